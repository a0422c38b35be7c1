//! Functions of the pallet: the list for the operator, sessions for `pallet-session`.

mod list;
mod session;

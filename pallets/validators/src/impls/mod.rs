//! Work of this pallet: the list for the operator, and sessions for `pallet-session`.

mod list;
mod session;

//! What the pallet does, by the one it does it for.

mod list;
mod session;

//! What the pallet does, by the one it does it for.

mod assets;
mod claim;
mod custody;
mod orders;

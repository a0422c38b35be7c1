//! Work of this pallet: for `pallet-assets`, for claims, for controllers of escrow, and for orders.

mod assets;
mod claim;
mod custody;
mod orders;

//! One file per call, and one for each thing that the controllers of escrow and `pallet-assets` rely on.

mod assets;
mod available;
mod claim;
mod helpers;
mod invariants;
mod pass;
mod pay;
mod take;
mod transfer;

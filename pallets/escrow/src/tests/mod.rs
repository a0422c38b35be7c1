//! One file per call, and one for each thing that the controllers of escrow and `pallet-assets` rely on.

mod assets;
mod available;
mod claim;
mod deposit;
mod helpers;
mod invariants;
mod move_exactly;
mod pay_out;
mod transfer;

//! Tests of this pallet: one file for each call, and one for each thing on which controllers and `pallet-assets` rely.

mod assets;
mod available;
mod claim;
mod deposit;
mod helpers;
mod invariants;
mod move_exactly;
mod pay_out;
mod transfer;

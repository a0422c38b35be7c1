//! What the database and the calls of our pallets cost, measured on this runtime.
//!
//! `scripts/benchmark` writes the other files of this folder, and nobody else does. Pallets of the SDK carry the weights
//! that come with them, with this chain's figures for the database.

pub mod database;
pub mod pallet_counterpart;
pub mod pallet_escrow;
pub mod pallet_participants;
pub mod pallet_settlement;
pub mod pallet_validators;

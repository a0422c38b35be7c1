//! What the calls cost. The runtime's own weights are generated; these are for tests.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What the calls cost, with `MaxValidators` listed.
pub trait WeightInfo {
    /// Lists one.
    fn add() -> Weight;
    /// Takes one off the list.
    fn remove() -> Weight;
}

impl WeightInfo for () {
    fn add() -> Weight {
        Weight::from_parts(30_000_000, 5_000).saturating_add(RocksDbWeight::get().reads_writes(3, 2))
    }
    fn remove() -> Weight {
        Weight::from_parts(250_000_000, 260_000).saturating_add(RocksDbWeight::get().reads_writes(104, 5))
    }
}

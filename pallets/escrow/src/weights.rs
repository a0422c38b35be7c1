//! What the calls cost. The runtime's own weights are generated; these are for tests.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What the calls cost.
pub trait WeightInfo {
    /// Pays one credit.
    fn claim() -> Weight;
}

impl WeightInfo for () {
    fn claim() -> Weight {
        Weight::from_parts(60_000_000, 6_000).saturating_add(RocksDbWeight::get().reads_writes(7, 5))
    }
}

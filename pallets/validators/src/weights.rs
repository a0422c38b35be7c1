//! Weights of this pallet's calls. The runtime has measured ones; `()` is for tests.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of this pallet's calls, with `MaxValidators` accounts listed.
pub trait WeightInfo {
    /// Weight of `add`, which lists one more account.
    fn add() -> Weight;
    /// Weight of `remove` of an account with session keys.
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

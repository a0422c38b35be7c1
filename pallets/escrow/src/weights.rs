//! Weights of the calls. The runtime uses generated ones; these serve tests.

use polkadot_sdk::frame_support::weights::{
    constants::{ParityDbWeight, RocksDbWeight},
    Weight,
};

/// Weights of the calls.
pub trait WeightInfo {
    /// Weight of `claim`, which pays one credit.
    fn claim() -> Weight;

    /// Additional weight of a claim whose credit is under another account than the signer's.
    ///
    /// An estimate until it is measured: reads of that account's record and of the `SUCCESSORS` that may have taken its
    /// place.
    fn claim_for_another() -> Weight {
        let read = Weight::from_parts(ParityDbWeight::get().read, 2_600);
        read.saturating_mul(SUCCESSORS.saturating_add(1))
    }
}

/// Largest number of accounts that are looked at to find the one that has another's place.
const SUCCESSORS: u64 = 9;

impl WeightInfo for () {
    fn claim() -> Weight {
        Weight::from_parts(60_000_000, 6_000).saturating_add(RocksDbWeight::get().reads_writes(7, 5))
    }
}

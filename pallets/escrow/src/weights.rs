//! Weights of this pallet's calls. The runtime has measured ones; `()` is for tests.

use polkadot_sdk::frame_support::weights::{
    constants::{ParityDbWeight, RocksDbWeight},
    Weight,
};

/// Weights of this pallet's calls.
pub trait WeightInfo {
    /// Weight of `claim`, which pays one credit.
    fn claim() -> Weight;

    /// Weight to add if the credit that is claimed is under another account than the signer's.
    ///
    /// An estimate until it is measured: one read of that account's record and one for each of the `SUCCESSORS` that
    /// may have taken its place.
    fn claim_for_another() -> Weight {
        let read = Weight::from_parts(ParityDbWeight::get().read, 2_600);
        read.saturating_mul(SUCCESSORS.saturating_add(1))
    }
}

/// Maximum number of accounts that are read to find the one that has taken another's place.
const SUCCESSORS: u64 = 9;

impl WeightInfo for () {
    fn claim() -> Weight {
        Weight::from_parts(60_000_000, 6_000).saturating_add(RocksDbWeight::get().reads_writes(7, 5))
    }
}

//! What the calls cost. The runtime gives measured figures; `()` serves tests.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// What the calls cost, by the number of legs where it matters.
pub trait WeightInfo {
    /// `instruct`, without a reservation.
    fn instruct(legs: u32) -> Weight;
    /// `affirm`, with a reservation that completes the trade.
    fn affirm(legs: u32) -> Weight;
    /// `set_party`.
    fn set_party() -> Weight;
    /// `reserve`, completing the trade.
    fn reserve(legs: u32) -> Weight;
    /// `release`.
    fn release() -> Weight;
    /// `settle_part`, settling.
    fn settle_part(legs: u32) -> Weight;
    /// `execute`, with the last token.
    fn execute(legs: u32) -> Weight;
    /// `settle`.
    fn settle(legs: u32) -> Weight;
    /// `settle_many` of `many` instructions with the most legs.
    fn settle_many(many: u32) -> Weight;
    /// `cancel`, returning all.
    fn cancel(legs: u32) -> Weight;
    /// `reject`, returning all.
    fn reject(legs: u32) -> Weight;
    /// `expire`, settling a part and returning the rest.
    fn expire(legs: u32) -> Weight;
    /// `set_flag`.
    fn set_flag() -> Weight;
    /// `clear_flag`.
    fn clear_flag() -> Weight;
    /// One look of the sweep at the first expiry.
    fn sweep_look() -> Weight;
    /// One closed record that the sweep moves or prunes.
    fn sweep_prune() -> Weight;
}

const fn estimate(reads: u64, writes: u64, legs: u32) -> Weight {
    let db = RocksDbWeight::get();
    // A leg's part: an asset account at either end, and the asset's own record.
    let leg = Weight::from_parts(20_000_000, 8_192)
        .saturating_add(Weight::from_parts(db.read, 0).saturating_mul(6))
        .saturating_add(Weight::from_parts(db.write, 0).saturating_mul(4));
    Weight::from_parts(30_000_000, 8_192)
        .saturating_add(Weight::from_parts(db.read, 0).saturating_mul(reads))
        .saturating_add(Weight::from_parts(db.write, 0).saturating_mul(writes))
        .saturating_add(leg.saturating_mul(legs as u64))
}

impl WeightInfo for () {
    fn instruct(legs: u32) -> Weight {
        estimate(3, 2, legs)
    }
    fn affirm(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn set_party() -> Weight {
        estimate(2, 1, 0)
    }
    fn reserve(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn release() -> Weight {
        estimate(2, 1, 1)
    }
    fn settle_part(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn execute(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn settle(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn settle_many(many: u32) -> Weight {
        Self::settle(tandem_primitives::MAX_LEGS).saturating_mul(many as u64)
    }
    fn cancel(legs: u32) -> Weight {
        estimate(2, 1, legs)
    }
    fn reject(legs: u32) -> Weight {
        estimate(2, 1, legs)
    }
    fn expire(legs: u32) -> Weight {
        estimate(3, 1, legs.saturating_mul(2))
    }
    fn set_flag() -> Weight {
        estimate(2, 1, 0)
    }
    fn clear_flag() -> Weight {
        estimate(2, 1, 0)
    }
    fn sweep_look() -> Weight {
        estimate(1, 0, 0)
    }
    fn sweep_prune() -> Weight {
        estimate(2, 3, 0)
    }
}

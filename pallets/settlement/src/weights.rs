//! Weights of the calls, and of what `pallet-counterpart` drives. The runtime gives measured figures; `()` serves tests.

use polkadot_sdk::frame_support::weights::{constants::ParityDbWeight, Weight};

/// Weights of the calls, by the number of legs where it matters.
///
/// Each is the worst case: every leg between parties of its own, whose accounts were replaced as often as they can be.
pub trait WeightInfo {
    /// `instruct`, without a reservation.
    fn instruct(legs: u32) -> Weight;
    /// `affirm` by an agent, with a reservation of every leg that completes the trade.
    fn affirm(legs: u32) -> Weight;
    /// `set_party` by an agent.
    fn set_party() -> Weight;
    /// `reserve` by an agent, completing the trade.
    fn reserve(legs: u32) -> Weight;
    /// `release` by an agent.
    fn release() -> Weight;
    /// `settle_part` by an agent before `reserve_by`, settling; after it the call costs what `expire` does.
    fn settle_part(legs: u32) -> Weight;
    /// `execute` by an agent, with the last token, returning the rest of every leg.
    fn execute(legs: u32) -> Weight;
    /// `settle` by an agent of a party, returning the rest of every leg.
    fn settle(legs: u32) -> Weight;
    /// `cancel`, returning all.
    fn cancel(legs: u32) -> Weight;
    /// `reject`, returning all.
    fn reject(legs: u32) -> Weight;
    /// `expire`, settling a part and returning the rest of every leg.
    fn expire(legs: u32) -> Weight;
    /// `set_flag`.
    fn set_flag() -> Weight;
    /// `clear_flag`, settling.
    fn clear_flag(legs: u32) -> Weight;
    /// `HeldInstructions::commit` by an agent of a party, of so many legs on both networks.
    fn commit(legs: u32) -> Weight;
    /// `HeldInstructions::deliver`, paying a part of every leg of this network and returning the rest of it.
    fn deliver(legs: u32) -> Weight;
    /// `HeldInstructions::take_back`, returning all.
    fn take_back(legs: u32) -> Weight;
    /// Looking for sanctioned parties, where a call does that beside what was measured of it.
    ///
    /// An estimate until it is measured: both accounts of each leg with `ACCOUNT_READS` reads, and the date of one
    /// status.
    fn sanction_check(legs: u32) -> Weight {
        let reads = (legs as u64).saturating_mul(2 * ACCOUNT_READS).saturating_add(1);
        database(reads, 0).saturating_add(Weight::from_parts(2_000_000, 2_600).saturating_mul(reads))
    }
    /// One look of the sweep at the first expiry.
    fn sweep_look() -> Weight;
    /// One closed record that the sweep moves or prunes.
    fn sweep_prune() -> Weight;
}

/// Reads for one account of a leg: itself, eight that have taken its place one after the other, and its owner.
const ACCOUNT_READS: u64 = 10;

/// Reads for the owners of 32 parties, and for their agents.
const PARTIES: u64 = 34;

const fn database(reads: u64, writes: u64) -> Weight {
    let db = ParityDbWeight::get();
    Weight::from_parts(db.read, 0)
        .saturating_mul(reads)
        .saturating_add(Weight::from_parts(db.write, 0).saturating_mul(writes))
}

/// What each leg adds that is paid: either end of it with eight replaced accounts before the current one and its
/// entry in the asset, the asset with its record in the registry, and escrow's entry.
const fn estimate(reads: u64, writes: u64, legs: u32) -> Weight {
    let leg = Weight::from_parts(40_000_000, 8_192).saturating_add(database(2 * 10 + 3, 5));
    Weight::from_parts(60_000_000, 8_192)
        .saturating_add(database(reads, writes))
        .saturating_add(leg.saturating_mul(legs as u64))
}

impl WeightInfo for () {
    fn instruct(legs: u32) -> Weight {
        estimate(3, 2, legs)
    }
    fn affirm(legs: u32) -> Weight {
        // Every leg is reserved too.
        estimate(5, 1, legs).saturating_add(database(0, 5).saturating_mul(legs as u64))
    }
    fn set_party() -> Weight {
        estimate(5, 1, 0)
    }
    fn reserve(legs: u32) -> Weight {
        estimate(6, 1, legs)
    }
    fn release() -> Weight {
        estimate(5, 1, 1)
    }
    fn settle_part(legs: u32) -> Weight {
        estimate(3 + PARTIES, 1, legs)
    }
    fn execute(legs: u32) -> Weight {
        estimate(5, 1, legs)
    }
    fn settle(legs: u32) -> Weight {
        estimate(12 + PARTIES, 1, legs)
    }
    fn cancel(legs: u32) -> Weight {
        estimate(5, 1, legs)
    }
    fn reject(legs: u32) -> Weight {
        estimate(5, 1, legs)
    }
    fn expire(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn set_flag() -> Weight {
        estimate(2, 1, 0)
    }
    fn clear_flag(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn commit(legs: u32) -> Weight {
        // The counterpart's two items, and every party's agents.
        estimate(14 + PARTIES, 1, legs)
    }
    fn deliver(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn take_back(legs: u32) -> Weight {
        estimate(3, 1, legs)
    }
    fn sweep_look() -> Weight {
        estimate(2, 0, 0)
    }
    fn sweep_prune() -> Weight {
        estimate(2, 3, 0)
    }
}

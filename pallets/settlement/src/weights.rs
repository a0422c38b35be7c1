//! Weights of this pallet's calls and of the work that `pallet-counterpart` starts. The runtime has measured ones; `()`
//! is for tests.

use polkadot_sdk::frame_support::weights::{constants::ParityDbWeight, Weight};

/// Weights of this pallet's calls and of its sweep. `legs` is the number of legs of the trade.
///
/// Each is of the worst case: every leg has parties of its own, whose accounts were replaced as often as possible.
pub trait WeightInfo {
    /// Weight of `instruct` without a reservation.
    fn instruct(legs: u32) -> Weight;
    /// Weight of `affirm` by an agent that also reserves every leg, which completes the trade.
    fn affirm(legs: u32) -> Weight;
    /// Weight of `set_party` by an agent.
    fn set_party() -> Weight;
    /// Weight of `reserve` by an agent, where it completes the trade.
    fn reserve(legs: u32) -> Weight;
    /// Weight of `release` by an agent.
    fn release() -> Weight;
    /// Weight of `settle_part` by an agent before `reserve_by`, where the part settles. From then on the call costs as
    /// much as `expire`.
    fn settle_part(legs: u32) -> Weight;
    /// Weight of `execute` by an agent with the last token, where the rest of every leg returns.
    fn execute(legs: u32) -> Weight;
    /// Weight of `settle` by an agent of a party, where the rest of every leg returns.
    fn settle(legs: u32) -> Weight;
    /// Weight of `cancel`, where everything returns.
    fn cancel(legs: u32) -> Weight;
    /// Weight of `reject`, where everything returns.
    fn reject(legs: u32) -> Weight;
    /// Weight of `expire`, where a part settles and the rest of every leg returns.
    fn expire(legs: u32) -> Weight;
    /// Weight of `set_flag`.
    fn set_flag() -> Weight;
    /// Weight of `clear_flag`, where the trade settles.
    fn clear_flag(legs: u32) -> Weight;
    /// Weight of `HeldInstructions::commit` by an agent of a party; `legs` counts those of both networks.
    fn commit(legs: u32) -> Weight;
    /// Weight of `HeldInstructions::deliver`, where a part of every leg of this network is paid and the rest returns.
    fn deliver(legs: u32) -> Weight;
    /// Weight of `HeldInstructions::take_back`, where everything returns.
    fn take_back(legs: u32) -> Weight;
    /// Weight of checking the parties of so many legs for sanctions, where the measured weight of a call leaves that
    /// out.
    ///
    /// Estimated until it is measured: `ACCOUNT_READS` reads for each of both accounts of a leg, and one for the date
    /// of a status.
    fn sanction_check(legs: u32) -> Weight {
        let reads = (legs as u64).saturating_mul(2 * ACCOUNT_READS).saturating_add(1);
        database(reads, 0).saturating_add(Weight::from_parts(2_000_000, 2_600).saturating_mul(reads))
    }
    /// Weight of checking the mandates of an agent for a party of a trade of so many legs, where the measured weight of a
    /// call leaves that out.
    ///
    /// Estimated until it is measured: five reads for each leg, of which two are the owner of its asset, and two mandates.
    fn mandate_check(legs: u32) -> Weight {
        let reads = (legs as u64).saturating_mul(5).saturating_add(2);
        database(reads, 0).saturating_add(Weight::from_parts(2_000_000, 2_600).saturating_mul(reads))
    }
    /// Weight of one visit of the sweep to the first entry of `Expiries`.
    fn sweep_look() -> Weight;
    /// Weight of moving the entry of one instruction in `Expiries`, or of removing one closed record.
    fn sweep_prune() -> Weight;
}

/// Number of reads for one account of a leg: the account, eight accounts that took its place one after the other, and
/// the owner.
const ACCOUNT_READS: u64 = 10;

/// Number of reads for the owners of 32 parties and for their agents.
const PARTIES: u64 = 34;

const fn database(reads: u64, writes: u64) -> Weight {
    let db = ParityDbWeight::get();
    Weight::from_parts(db.read, 0)
        .saturating_mul(reads)
        .saturating_add(Weight::from_parts(db.write, 0).saturating_mul(writes))
}

/// Estimated weight of a call with so many reads and writes that pays `legs` legs.
///
/// For each leg it adds both accounts with eight replaced ones before each and their entries in the asset, the asset
/// with its registry record, and escrow's entry.
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

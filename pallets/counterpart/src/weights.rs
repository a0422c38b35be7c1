//! What the calls cost. The runtime gives measured figures; `()` serves tests.

use polkadot_sdk::frame_support::weights::{constants::ParityDbWeight, Weight};

/// What the calls cost, by the number of legs where it matters and by the bytes of a proof.
///
/// Each is the worst case: every leg between parties of its own, whose accounts were replaced as often as they can be,
/// every proof of as many nodes as one can have, and the block-list full.
///
/// "Beside what the held instruction costs" is with one of as many legs as fit, of which one is here: what that one costs
/// is counted twice.
pub trait WeightInfo {
    /// `open_counterpart`, again.
    fn open_counterpart() -> Weight;
    /// `close_counterpart`.
    fn close_counterpart() -> Weight;
    /// `set_halted`.
    fn set_halted() -> Weight;
    /// `block_header`, the last that the list takes.
    fn block_header() -> Weight;
    /// `unblock_header` of a full list.
    fn unblock_header() -> Weight;
    /// `block_headers_until`.
    fn block_headers_until() -> Weight;
    /// `governed_release` in the place of one that is void, closing the counterpart.
    fn governed_release() -> Weight;
    /// `commit`, beside what the held instruction costs.
    fn commit() -> Weight;
    /// `deliver_by_proof`, beside what the held instruction costs.
    fn deliver_by_proof(bytes: u32) -> Weight;
    /// `return_by_proof` after the pay deadline, beside what the held instruction costs.
    fn return_by_proof(bytes: u32) -> Weight;
    /// `complete_release`, beside what the held instruction costs.
    fn complete_release() -> Weight;
    /// `instruct_by_proof`, executing what is reserved ahead.
    fn instruct_by_proof(legs: u32, bytes: u32) -> Weight;
    /// `reserve_ahead` by an agent of what is committed already, executing.
    fn reserve_ahead(legs: u32) -> Weight;
    /// `reserve` by an agent, executing.
    fn reserve(legs: u32) -> Weight;
    /// `execute` by an agent of a party in the place of a silent manager.
    fn execute(legs: u32) -> Weight;
    /// `refuse` by an agent, returning all.
    fn refuse(legs: u32) -> Weight;
    /// `expire`, returning all.
    fn expire(legs: u32) -> Weight;
    /// `forget_by_proof`.
    fn forget_by_proof(bytes: u32) -> Weight;
    /// A message of the lane that brings a commitment, executing what is reserved ahead.
    fn receive_commitment(legs: u32) -> Weight;
    /// A message of the lane that brings a decision, beside what the held instruction costs.
    fn receive_decision() -> Weight;
    /// One look of the sweep at the first expiry.
    fn sweep_look() -> Weight;
    /// `release` by an agent, of the last lots of a leg, ending the payment.
    ///
    /// An estimate until it is measured: signer, mandate, payment, expiry and the payout, and the parties of every leg.
    fn release(legs: u32) -> Weight {
        cost(10, 8, 120).saturating_add(Self::sanction_check(legs))
    }
    /// Looking for sanctioned parties, where nothing else reads their accounts.
    ///
    /// An estimate until it is measured: both accounts of each leg with `ACCOUNT_READS` reads, and the date of one status.
    fn sanction_check(legs: u32) -> Weight {
        let reads = (legs as u64).saturating_mul(2 * ACCOUNT_READS).saturating_add(1);
        cost(reads, 0, reads.saturating_mul(2))
    }
    /// Looking for sanctioned parties, where the call reads their accounts once more: time without the database.
    ///
    /// An estimate until it is measured: as for `sanction_check`.
    fn party_check(legs: u32) -> Weight {
        cost(0, 0, (legs as u64).saturating_mul(2 * 2 * ACCOUNT_READS))
    }
}

/// Reads for one account of a leg: itself, eight that have taken its place one after the other, and its owner.
const ACCOUNT_READS: u64 = 10;

/// Reads and writes of the database, and so many microseconds beside them.
fn cost(reads: u64, writes: u64, micros: u64) -> Weight {
    // Sums and products of small figures; a weight only ever says more than it costs.
    let database = ParityDbWeight::get();
    Weight::from_parts(micros.saturating_mul(1_000_000), 0)
        .saturating_add(database.reads(reads))
        .saturating_add(database.writes(writes))
}

/// A leg that is paid or taken: both standings through eight replaced accounts each, asset, registry, both balances
/// and accounts, a credit.
fn legs(count: u32) -> Weight {
    cost(32, 8, 60).saturating_mul(count.into())
}

/// Checking a proof: hashing each byte twice, and walking to three keys. 20 ns a byte were measured for `sp-trie`'s checks
/// of the messages pallet (its `receive_*_proof` weights); this takes twice that.
fn proof(bytes: u32) -> Weight {
    cost(5, 0, 100).saturating_add(Weight::from_parts(40_000, 0).saturating_mul(bytes.into()))
}

impl WeightInfo for () {
    fn open_counterpart() -> Weight {
        cost(2, 1, 20)
    }
    fn close_counterpart() -> Weight {
        cost(1, 1, 20)
    }
    fn set_halted() -> Weight {
        cost(2, 2, 20)
    }
    fn block_header() -> Weight {
        cost(2, 2, 30)
    }
    fn unblock_header() -> Weight {
        cost(2, 2, 30)
    }
    fn block_headers_until() -> Weight {
        cost(2, 2, 20)
    }
    fn governed_release() -> Weight {
        // The whole instruction, and all that a release depends on.
        cost(8, 2, 60)
    }
    fn commit() -> Weight {
        // The lane's data and its message beside the commitment.
        cost(6, 4, 60)
    }
    fn deliver_by_proof(bytes: u32) -> Weight {
        cost(6, 3, 40).saturating_add(proof(bytes))
    }
    fn return_by_proof(bytes: u32) -> Weight {
        cost(6, 3, 40).saturating_add(proof(bytes))
    }
    fn complete_release() -> Weight {
        cost(8, 3, 30)
    }
    fn instruct_by_proof(count: u32, bytes: u32) -> Weight {
        cost(8, 8, 150).saturating_add(legs(count).saturating_mul(2)).saturating_add(proof(bytes))
    }
    fn reserve_ahead(count: u32) -> Weight {
        cost(8, 5, 120).saturating_add(legs(count).saturating_mul(2))
    }
    fn reserve(count: u32) -> Weight {
        cost(6, 6, 100).saturating_add(legs(count).saturating_mul(2))
    }
    fn execute(count: u32) -> Weight {
        cost(8, 6, 100).saturating_add(legs(count))
    }
    fn refuse(count: u32) -> Weight {
        cost(6, 6, 80).saturating_add(legs(count))
    }
    fn expire(count: u32) -> Weight {
        cost(6, 6, 80).saturating_add(legs(count))
    }
    fn forget_by_proof(bytes: u32) -> Weight {
        cost(3, 1, 30).saturating_add(proof(bytes))
    }
    fn receive_commitment(count: u32) -> Weight {
        cost(8, 8, 150).saturating_add(legs(count).saturating_mul(2))
    }
    fn receive_decision() -> Weight {
        cost(3, 3, 30)
    }
    fn sweep_look() -> Weight {
        cost(1, 0, 5)
    }
}

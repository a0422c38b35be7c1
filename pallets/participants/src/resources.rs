//! Counters of the guard: time, bytes and opened state, by participant and by block. Nothing here knows `Config`.

use crate::types::MAX_ACCOUNTS;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_runtime::Perbill,
};
use scale_info::TypeInfo;
use tandem_primitives::{AccountId, GuardRefusal};

/// Execution time and bytes of transactions.
///
/// Sums saturate: these counters measure effort and not value, and a counter at its maximum refuses everything further.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Resources {
    /// Execution time, in picoseconds, as a weight has it.
    pub time: u64,
    /// Length of the encoded transactions, in bytes.
    pub bytes: u64,
}

impl Resources {
    /// Sum of time and sum of bytes.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self { time: self.time.saturating_add(other.time), bytes: self.bytes.saturating_add(other.bytes) }
    }

    /// Difference of time and difference of bytes, each at least zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self { time: self.time.saturating_sub(other.time), bytes: self.bytes.saturating_sub(other.bytes) }
    }

    /// Time and bytes, each multiplied by `times`.
    #[must_use]
    pub const fn saturating_mul(self, times: u64) -> Self {
        Self { time: self.time.saturating_mul(times), bytes: self.bytes.saturating_mul(times) }
    }

    /// True if neither time nor bytes are above the limit's.
    pub const fn fits(self, limit: Self) -> bool {
        self.time <= limit.time && self.bytes <= limit.bytes
    }

    /// Share of time and share of bytes, rounded down.
    #[must_use]
    pub fn part(self, share: Perbill) -> Self {
        Self { time: share.mul_floor(self.time), bytes: share.mul_floor(self.bytes) }
    }
}

/// Numbers of calls that open new state, by the kind of state.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Opened {
    /// Number of calls that open an instruction.
    pub instructions: u32,
    /// Number of calls that open a payment reserved ahead of its commitment.
    pub payments: u32,
    /// Number of calls that open any other state: multisig operations, proxies and announcements, approvals, an
    /// account's entries in assets, assets and their metadata, services.
    pub others: u32,
}

impl Opened {
    /// Count of one call that opens an instruction.
    pub const INSTRUCTION: Self = Self { instructions: 1, payments: 0, others: 0 };
    /// Count of one call that opens a payment reserved ahead.
    pub const PAYMENT: Self = Self { instructions: 0, payments: 1, others: 0 };
    /// Count of one call that opens any other state.
    pub const OTHER: Self = Self { instructions: 0, payments: 0, others: 1 };

    /// Sum of both counts, for each kind of state.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self {
            instructions: self.instructions.saturating_add(other.instructions),
            payments: self.payments.saturating_add(other.payments),
            others: self.others.saturating_add(other.others),
        }
    }

    /// Difference of both counts, for each kind of state, at least zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self {
            instructions: self.instructions.saturating_sub(other.instructions),
            payments: self.payments.saturating_sub(other.payments),
            others: self.others.saturating_sub(other.others),
        }
    }

    /// True if, for a kind of state that `more` opens, this count is above the cap in `caps`.
    pub const fn exceeds(&self, more: &Self, caps: &Self) -> bool {
        (more.instructions > 0 && self.instructions > caps.instructions)
            || (more.payments > 0 && self.payments > caps.payments)
            || (more.others > 0 && self.others > caps.others)
    }
}

/// Allowance of one participant: what it may use in a quota period and open in a day.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Allowance {
    /// Time and bytes for one quota period, for all transactions that do not compete in a lane.
    pub period: Resources,
    /// Caps on the calls that open state in one day, by the kind of state.
    pub day: Opened,
}

/// Time and bytes that one participant has used in one block, by lane.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct BlockUse {
    /// Time and bytes used outside the lanes.
    pub ordinary: Resources,
    /// Time and bytes used in the lane of finishing calls, which complete what exists.
    pub finishing: Resources,
    /// Time and bytes used in the lane of calls that carry proofs.
    pub proof: Resources,
}

/// Time and bytes that all participants together have used in the lanes of one block.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct LaneUse {
    /// Time and bytes used in the lane of finishing calls, which complete what exists.
    pub finishing: Resources,
    /// Time and bytes used in the lane of calls that carry proofs.
    pub proof: Resources,
    /// Time and bytes used outside the lanes, by transactions that found their lane full.
    pub overflow: Resources,
    /// By all participants that are starting: together they use as much of a block as one other.
    pub starting: BlockUse,
}

/// Time and bytes that one account has used in one block of the reserve for those who govern.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct GoverningUse {
    /// Account that signed the transactions.
    pub account: AccountId,
    /// Time and bytes of its transactions in the block.
    pub used: Resources,
}

/// Counters of one participant: all that the guard counts for it, in one storage item.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct QuotaUse {
    /// Number of the quota period that `ordinary` is for: the block number divided by the length of a period.
    pub period: u32,
    /// Time and bytes used in that period. They can exceed the allowance after calls failed in a lane; the next periods
    /// pay that back.
    pub ordinary: Resources,
    /// Number of the day that `opened` is for: the block number divided by the blocks of a day.
    pub day: u32,
    /// Numbers of calls that opened state on that day.
    pub opened: Opened,
    /// Number of the block that `in_block` and `governing` are for: that of the participant's last transaction.
    pub block: u32,
    /// Time and bytes used in that block, by lane.
    pub in_block: BlockUse,
    /// Use of that block's reserve for those who govern, one entry for each account.
    pub governing: BoundedVec<GoverningUse, ConstU32<MAX_ACCOUNTS>>,
    /// Allowance that the operator has set for this participant; `None` if it has the network's, or the starting one.
    pub allowance: Option<Allowance>,
    /// True for a participant that one account of the operator has registered, until two of them raise its allowance. All
    /// such participants together have one participant's share of a block.
    pub is_starting: bool,
}

impl QuotaUse {
    /// Counts the state that a transaction opens, or fails with [`GuardRefusal::CapReached`] if a cap of the day would
    /// be exceeded.
    pub(crate) fn open(&mut self, opened: &Opened, allowance: &Allowance) -> Result<(), GuardRefusal> {
        let then = self.opened.saturating_add(*opened);
        if then.exceeds(opened, &allowance.day) {
            return Err(GuardRefusal::CapReached);
        }
        self.opened = then;
        Ok(())
    }
}

/// Shares of a block that participants and lanes may use. All but the last are parts of the room for transactions that
/// do not govern.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct BlockShares {
    /// Maximum use of one participant outside the lanes.
    pub ordinary_each: Perbill,
    /// Maximum use of the lane of finishing calls by all participants together.
    pub finishing: Perbill,
    /// Maximum use of the lane of finishing calls by one participant.
    pub finishing_each: Perbill,
    /// Maximum use of the lane of proofs by all participants together.
    pub proof: Perbill,
    /// Maximum use of the lane of proofs by one participant with the role `Gateway`.
    pub proof_gateway: Perbill,
    /// Maximum use of the lane of proofs by one participant without that role.
    pub proof_each: Perbill,
    /// Maximum use outside the lanes by all transactions together that found their lane full. The rest of the block is
    /// for calls that start something.
    pub overflow: Perbill,
    /// Maximum use by one account of the reserve for those who govern, as a part of that reserve.
    pub governing_each: Perbill,
}

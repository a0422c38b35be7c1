//! Counters of the guard: time, bytes and opened state, by participant and by block. Nothing here knows `Config`.

use crate::types::MAX_ACCOUNTS;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_runtime::Perbill,
};
use scale_info::TypeInfo;
use tandem_primitives::{AccountId, GuardRefusal};

/// Time and bytes of transactions.
///
/// Saturating throughout: these are counters of effort and not of value, and one at its end refuses, as it should.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Resources {
    /// Weight of execution, in picoseconds.
    pub time: u64,
    /// Encoded length, in bytes.
    pub bytes: u64,
}

impl Resources {
    /// Sum of both counters.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self { time: self.time.saturating_add(other.time), bytes: self.bytes.saturating_add(other.bytes) }
    }

    /// Difference of both counters, at least zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self { time: self.time.saturating_sub(other.time), bytes: self.bytes.saturating_sub(other.bytes) }
    }

    /// Product of both counters and a number.
    #[must_use]
    pub const fn saturating_mul(self, times: u64) -> Self {
        Self { time: self.time.saturating_mul(times), bytes: self.bytes.saturating_mul(times) }
    }

    /// True if neither is above its limit.
    pub const fn fits(self, limit: Self) -> bool {
        self.time <= limit.time && self.bytes <= limit.bytes
    }

    /// A share of both, rounded down.
    #[must_use]
    pub fn part(self, share: Perbill) -> Self {
        Self { time: share.mul_floor(self.time), bytes: share.mul_floor(self.bytes) }
    }
}

/// State that transactions open, in numbers of calls that open some.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Opened {
    /// Instructions.
    pub instructions: u32,
    /// Payments reserved ahead of a commitment.
    pub payments: u32,
    /// All other kinds together: multisig operations, proxies and announcements, approvals, entries in assets, assets and
    /// their metadata, services.
    pub others: u32,
}

impl Opened {
    /// One instruction.
    pub const INSTRUCTION: Self = Self { instructions: 1, payments: 0, others: 0 };
    /// One payment.
    pub const PAYMENT: Self = Self { instructions: 0, payments: 1, others: 0 };
    /// One item of another kind.
    pub const OTHER: Self = Self { instructions: 0, payments: 0, others: 1 };

    /// The sum of each kind.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self {
            instructions: self.instructions.saturating_add(other.instructions),
            payments: self.payments.saturating_add(other.payments),
            others: self.others.saturating_add(other.others),
        }
    }

    /// The difference of each kind, at least zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self {
            instructions: self.instructions.saturating_sub(other.instructions),
            payments: self.payments.saturating_sub(other.payments),
            others: self.others.saturating_sub(other.others),
        }
    }

    /// True if a kind of which more is opened is above its cap.
    pub const fn exceeds(&self, more: &Self, caps: &Self) -> bool {
        (more.instructions > 0 && self.instructions > caps.instructions)
            || (more.payments > 0 && self.payments > caps.payments)
            || (more.others > 0 && self.others > caps.others)
    }
}

/// Allowance of one participant.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Allowance {
    /// Time and bytes of one period, for everything that does not compete in a lane.
    pub period: Resources,
    /// State that may be opened in one day.
    pub day: Opened,
}

/// Use of one block, by one participant or by all.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct BlockUse {
    /// Outside the lanes.
    pub ordinary: Resources,
    /// In the lane of what completes something.
    pub finishing: Resources,
    /// In the lane of proofs.
    pub proof: Resources,
}

/// Use of a block's lanes by all participants.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct LaneUse {
    /// In the lane of what completes something.
    pub finishing: Resources,
    /// In the lane of proofs.
    pub proof: Resources,
    /// Outside the lanes, after one of them was full.
    pub overflow: Resources,
}

/// Use of the reserve for those who govern, by one account in one block.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct GoverningUse {
    /// Account that signed.
    pub account: AccountId,
    /// Time and bytes of its transactions.
    pub used: Resources,
}

/// Counters of one participant: everything that the guard counts, in one item.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct QuotaUse {
    /// Number of the period: the block number divided by the length of a period.
    pub period: u32,
    /// Use of that period. Above the allowance after transactions failed in a lane; the next periods pay it back.
    pub ordinary: Resources,
    /// Number of the day: the block number divided by the blocks of a day.
    pub day: u32,
    /// State opened on that day.
    pub opened: Opened,
    /// Block of the last transaction.
    pub block: u32,
    /// Use of that block.
    pub in_block: BlockUse,
    /// Use of that block's reserve for those who govern, by account.
    pub governing: BoundedVec<GoverningUse, ConstU32<MAX_ACCOUNTS>>,
    /// Allowance that the operator has set; the network's if absent.
    pub allowance: Option<Allowance>,
}

impl QuotaUse {
    /// Counts what a transaction opens, unless that is above a cap.
    pub(crate) fn open(&mut self, opened: &Opened, allowance: &Allowance) -> Result<(), GuardRefusal> {
        let then = self.opened.saturating_add(*opened);
        if then.exceeds(opened, &allowance.day) {
            return Err(GuardRefusal::CapReached);
        }
        self.opened = then;
        Ok(())
    }
}

/// Shares of a block. All but the last are of the room for transactions that do not govern.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct BlockShares {
    /// Outside the lanes, for one participant.
    pub ordinary_each: Perbill,
    /// Lane of what completes something, for all together.
    pub finishing: Perbill,
    /// The part of it for one participant.
    pub finishing_each: Perbill,
    /// Lane of proofs, for all together.
    pub proof: Perbill,
    /// The part of it for one participant with the role `Gateway`.
    pub proof_gateway: Perbill,
    /// The part of it for one participant without that role.
    pub proof_each: Perbill,
    /// Outside the lanes, for all together that found their lane full. The rest is for what begins.
    pub overflow: Perbill,
    /// Of the reserve for those who govern, for one account.
    pub governing_each: Perbill,
}

//! Records of trades across two networks, as `pallet-counterpart` stores them and clients read them.

use crate::{
    AccountId, BlockingReason, Commitment, LegIndex, LotRange, Lots, Moment, ParticipantId, TermsHash, TrancheIndex,
    VersionedTerms, MAX_LEGS,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_core::H256,
};
use scale_info::TypeInfo;

/// Link to the counterpart chain.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Link {
    /// Genesis hash of the counterpart. It never changes.
    pub genesis: H256,
    /// True while trades with it may begin and be committed.
    pub open: bool,
}

/// Part of a trade that this chain decides: the legs here, and the lots reserved for them.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Payment {
    /// Complete terms of the trade, in the version that was sent.
    pub terms: VersionedTerms,
    /// Hash of the terms.
    pub terms_hash: TermsHash,
    /// Account that instructed on the holding network.
    pub instructing: AccountId,
    /// Number of lots that have settled.
    pub settled: Lots,
    /// Tranche that is decided next.
    pub tranche: TrancheIndex,
    /// Commitment of the holding network to that tranche, once it is proven.
    pub commitment: Option<Commitment>,
    /// Legs on this chain, in the order of the terms.
    pub legs: BoundedVec<PaymentLeg, ConstU32<MAX_LEGS>>,
}

/// Leg of a payment on this chain.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PaymentLeg {
    /// Position of the leg in the terms.
    pub leg: LegIndex,
    /// Owner of the account that gives.
    pub giver: ParticipantId,
    /// Owner of the account that gets.
    pub receiver: ParticipantId,
    /// Lots in reservation. Their amount is in escrow.
    pub reserved: Lots,
}

/// Release of a committed instruction that the operator has decided and that waits for its delay.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PendingRelease {
    /// Instant at which the wait began.
    pub since: Moment,
    /// Newest final state of the counterpart then: a newer one voids the release.
    pub newest: Option<H256>,
    /// Changes of the light client by the operator until then: one more voids the release.
    pub client_changes: u32,
}

impl Payment {
    /// Number of lots that have not settled.
    pub fn remaining(&self) -> Lots {
        // `settled` never exceeds the terms' lots: each tranche is a part of what remains.
        self.terms.lots.saturating_sub(self.settled)
    }

    /// Fewest lots reserved on any leg of this chain.
    pub fn covered(&self) -> Lots {
        self.legs.iter().map(|leg| leg.reserved).min().unwrap_or(0)
    }

    /// Largest part that is committed, reserved on every leg here, and accepted by the parties now. A part that leaves
    /// something waits for `partial_from`.
    pub fn executable(&self, now: Moment) -> Option<Lots> {
        let largest = self.coverable()?;
        Some(largest).filter(|lots| *lots == self.remaining() || now >= self.terms.partial_from)
    }

    /// Largest part that is committed, reserved and accepted, without regard to the time.
    pub fn coverable(&self) -> Option<Lots> {
        let commitment = self.commitment.as_ref()?;
        commitment.parts.largest(self.covered().min(commitment.lots))
    }

    /// Fewest lots that could be executed of the commitment; `None` if no part can.
    pub fn least(&self) -> Option<Lots> {
        let Commitment { lots, parts, .. } = self.commitment.as_ref()?;
        let LotRange { remaining, min: least, max: most } = *parts;
        Some(if least <= most { least } else { remaining }).filter(|fewest| fewest <= lots)
    }

    /// True if this tranche is known to be committed, or is decided already.
    pub fn knows(&self, tranche: TrancheIndex) -> bool {
        self.tranche > tranche || self.tranche == tranche && self.commitment.is_some()
    }

    /// Instant from which nothing is executed any more.
    pub fn pay_deadline(&self) -> Moment {
        // A payment has two networks: it is made of no other terms.
        self.terms.two_networks.as_ref().map_or(0, |two| two.pay_deadline)
    }

    /// Leg with this index, if it is on this chain.
    pub fn leg(&self, leg: LegIndex) -> Option<&PaymentLeg> {
        self.legs.iter().find(|known| known.leg == leg)
    }

    /// Leg with this index, for a change.
    pub fn leg_mut(&mut self, leg: LegIndex) -> Option<&mut PaymentLeg> {
        self.legs.iter_mut().find(|known| known.leg == leg)
    }
}

/// Answer to a client that asks for a payment.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PaymentView {
    /// Record of the payment.
    pub payment: Payment,
    /// Number of lots that would be executed now if nothing stood in the way.
    pub executable: Option<Lots>,
    /// Reasons that stand in the way, all of them.
    pub reasons: Vec<BlockingReason>,
}

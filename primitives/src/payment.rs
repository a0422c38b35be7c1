//! Records of trades across two networks on the network that decides them, as `pallet-counterpart` stores them and
//! clients read them.

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

/// Link of this chain to its counterpart.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Link {
    /// Genesis hash of the counterpart. It never changes.
    pub genesis: H256,
    /// True while trades with the counterpart may begin and be committed.
    pub open: bool,
}

/// Payment: the part of a trade across two networks that is on the deciding network, this chain. Has the legs here and
/// the lots reserved for them.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Payment {
    /// Complete terms of the trade, in the version in which they were sent.
    pub terms: VersionedTerms,
    /// Hash of the trade's terms.
    pub terms_hash: TermsHash,
    /// Account that instructed the trade on the holding network.
    pub instructing: AccountId,
    /// Number of lots of the trade that have settled.
    pub settled: Lots,
    /// Tranche about which this chain decides next.
    pub tranche: TrancheIndex,
    /// Commitment of the holding network to `tranche`; `None` until it is proven here.
    pub commitment: Option<Commitment>,
    /// Legs of the trade on this chain, in the order of the terms.
    pub legs: BoundedVec<PaymentLeg, ConstU32<MAX_LEGS>>,
}

/// Leg on the deciding network, with the lots that are reserved for it.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PaymentLeg {
    /// Position of the leg in the terms, from 0.
    pub leg: LegIndex,
    /// Participant that owns the account that gives.
    pub giver: ParticipantId,
    /// Participant that owns the account that receives.
    pub receiver: ParticipantId,
    /// Number of lots that are reserved: their amount is in escrow.
    pub reserved: Lots,
}

/// Release of an instruction from its commitment, because the counterpart stopped for good. The operator has decided
/// it, and it waits for the release delay.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PendingRelease {
    /// Instant at which the release delay began.
    pub since: Moment,
    /// Hash of the newest finalised header of the counterpart at that instant. A newer one voids the release.
    pub newest: Option<H256>,
    /// Number of changes that the operator had made to the light client by that instant. Another change voids the
    /// release.
    pub client_changes: u32,
}

impl Payment {
    /// Number of lots of the trade that have not settled.
    pub fn remaining(&self) -> Lots {
        // `settled` never exceeds the terms' lots: each tranche is a part of what remains.
        self.terms.lots.saturating_sub(self.settled)
    }

    /// Fewest lots that are reserved on any leg of this chain.
    pub fn covered(&self) -> Lots {
        self.legs.iter().map(|leg| leg.reserved).min().unwrap_or(0)
    }

    /// Largest part, in lots, that can be executed at `now`: committed, reserved on every leg here, and accepted by the
    /// parties. A part that leaves lots unsettled waits for `partial_from`.
    pub fn executable(&self, now: Moment) -> Option<Lots> {
        let largest = self.coverable()?;
        Some(largest).filter(|lots| *lots == self.remaining() || now >= self.terms.partial_from)
    }

    /// Largest part, in lots, that is committed, reserved on every leg here and accepted by the parties, whatever the
    /// time is.
    pub fn coverable(&self) -> Option<Lots> {
        let commitment = self.commitment.as_ref()?;
        commitment.parts.largest(self.covered().min(commitment.lots))
    }

    /// Smallest part, in lots, that the commitment lets this chain execute; `None` if it allows none.
    pub fn least(&self) -> Option<Lots> {
        let Commitment { lots, parts, .. } = self.commitment.as_ref()?;
        let LotRange { remaining, min: least, max: most } = *parts;
        Some(if least <= most { least } else { remaining }).filter(|fewest| fewest <= lots)
    }

    /// True if the commitment to this tranche is known here, or the tranche is decided already.
    pub fn knows(&self, tranche: TrancheIndex) -> bool {
        self.tranche > tranche || self.tranche == tranche && self.commitment.is_some()
    }

    /// Pay deadline of the terms: the instant from which no part of the trade is executed any more.
    pub fn pay_deadline(&self) -> Moment {
        // A payment has two networks: it is made of no other terms.
        self.terms.two_networks.as_ref().map_or(0, |two| two.pay_deadline)
    }

    /// True if a settlement manager of this chain decides how much is executed, and when.
    pub fn is_managed(&self) -> bool {
        self.terms.two_networks.as_ref().is_some_and(|two| two.managed_by.is_some())
    }

    /// Leg of this chain with this position in the terms; `None` if that leg is not here.
    pub fn leg(&self, leg: LegIndex) -> Option<&PaymentLeg> {
        self.legs.iter().find(|known| known.leg == leg)
    }

    /// Mutable leg of this chain with this position in the terms; `None` if that leg is not here.
    pub fn leg_mut(&mut self, leg: LegIndex) -> Option<&mut PaymentLeg> {
        self.legs.iter_mut().find(|known| known.leg == leg)
    }
}

/// Answer of this chain to a client that asks for a [`Payment`].
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PaymentView {
    /// Payment as it is stored.
    pub payment: Payment,
    /// Number of lots that would be executed now if none of `reasons` stood in the way; `None` if none could.
    pub executable: Option<Lots>,
    /// All reasons that keep the payment from being executed now.
    pub reasons: Vec<BlockingReason>,
}

//! Records of trades across two networks, as `pallet-counterpart` stores them and clients read them.

use crate::{
    AccountId, BlockingReason, Commitment, LegIndex, LotRange, Lots, Moment, ParticipantId, Terms, TermsHash,
    TrancheIndex, MAX_LEGS,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_core::H256,
};
use scale_info::TypeInfo;

/// The other chain of this one.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Link {
    /// Its genesis hash. It never changes.
    pub genesis: H256,
    /// Whether trades with it may begin and be committed.
    pub open: bool,
}

/// The part of a trade that this chain decides: its legs here, and what is reserved for them.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Payment {
    /// The terms, whole.
    pub terms: Terms,
    /// Their hash.
    pub terms_hash: TermsHash,
    /// The account that instructed on the holding network.
    pub instructing: AccountId,
    /// Lots that have settled.
    pub settled: Lots,
    /// The tranche that is decided next.
    pub tranche: TrancheIndex,
    /// What the holding network has committed of that tranche, once it is proven.
    pub commitment: Option<Commitment>,
    /// The legs on this chain, in the order of the terms.
    pub legs: BoundedVec<PaymentLeg, ConstU32<MAX_LEGS>>,
}

/// One leg on this chain.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PaymentLeg {
    /// Which leg of the terms it is.
    pub leg: LegIndex,
    /// The owner of the account that gives.
    pub giver: ParticipantId,
    /// The owner of the account that gets.
    pub receiver: ParticipantId,
    /// Lots in reservation. Their amount is in escrow.
    pub reserved: Lots,
}

/// A release of a committed instruction that the operator has decided and that waits.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PendingRelease {
    /// Since when it waits.
    pub since: Moment,
    /// The counterpart's newest final state then: a newer one voids the release.
    pub newest: Option<H256>,
    /// How often it had been halted, resumed or denied a header by then: one more voids the release.
    pub client_changes: u32,
}

impl Payment {
    /// Lots that have not settled.
    pub fn remaining(&self) -> Lots {
        // `settled` never exceeds the terms' lots: each tranche is a part of what remains.
        self.terms.lots.saturating_sub(self.settled)
    }

    /// The fewest lots reserved on any leg of this chain.
    pub fn covered(&self) -> Lots {
        self.legs.iter().map(|leg| leg.reserved).min().unwrap_or(0)
    }

    /// The largest part that is committed, reserved on every leg here, and that the parties take now: one that leaves
    /// something waits for the instant that all have agreed.
    pub fn executable(&self, now: Moment) -> Option<Lots> {
        let largest = self.coverable()?;
        Some(largest).filter(|lots| *lots == self.remaining() || now >= self.terms.partial_from)
    }

    /// The same without regard to the time.
    pub fn coverable(&self) -> Option<Lots> {
        let commitment = self.commitment.as_ref()?;
        commitment.parts.largest(self.covered().min(commitment.lots))
    }

    /// The fewest lots that could be executed of what is committed; `None` if no part can.
    pub fn least(&self) -> Option<Lots> {
        let Commitment { lots, parts, .. } = self.commitment.as_ref()?;
        let LotRange { remaining, min: least, max: most } = *parts;
        Some(if least <= most { least } else { remaining }).filter(|fewest| fewest <= lots)
    }

    /// True if this tranche is known to be committed, or is decided already.
    pub fn knows(&self, tranche: TrancheIndex) -> bool {
        self.tranche > tranche || self.tranche == tranche && self.commitment.is_some()
    }

    /// The instant from which nothing is executed any more.
    pub fn pay_deadline(&self) -> Moment {
        // A payment has two networks: it is made of no other terms.
        self.terms.two_networks.as_ref().map_or(0, |two| two.pay_deadline)
    }

    /// The leg with this index, if it is on this chain.
    pub fn leg(&self, leg: LegIndex) -> Option<&PaymentLeg> {
        self.legs.iter().find(|known| known.leg == leg)
    }

    /// The leg with this index, to change it.
    pub fn leg_mut(&mut self, leg: LegIndex) -> Option<&mut PaymentLeg> {
        self.legs.iter_mut().find(|known| known.leg == leg)
    }
}

/// What a client is told of a payment.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct PaymentView {
    /// What is kept of it.
    pub payment: Payment,
    /// How many lots would be executed now, if nothing stood in the way.
    pub executable: Option<Lots>,
    /// Everything that stands in the way.
    pub reasons: Vec<BlockingReason>,
}

//! Values that belong to one party and are not matched.

use crate::{AccountId, Balance, LegIndex, Lots, ParticipantId, Reference, TermsHash, VersionedTerms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Policy of one party: the partial settlements that it accepts (ISO 20022 `SettlementTransactionCondition5Code`).
///
/// A tranche forms only if the policies of all parties accept its size.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Default,
    Encode,
    Eq,
    MaxEncodedLen,
    PartialEq,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Policy {
    /// No partial settlement (`NPAR`): only the whole instruction.
    #[default]
    #[codec(index = 0)]
    Npar,
    /// Partial settlement in any number of lots (`PART`).
    #[codec(index = 1)]
    Part,
    /// Partial settlement of a minimum quantity (`PARQ`): a part of at least `min_lots` that leaves nothing, or at
    /// least `min_lots`, for later.
    #[codec(index = 2)]
    Parq {
        /// Fewest lots of a part, from 1 to the N of the terms.
        min_lots: Lots,
    },
    /// Partial settlement of a minimum amount (`PARC`): a part that moves at least `min_amount` of `leg` and leaves
    /// nothing of it, or at least as much, for later.
    #[codec(index = 3)]
    Parc {
        /// Leg whose amount counts; as a rule a payment.
        leg: LegIndex,
        /// Least amount of a part, in the smallest unit of the leg's asset; at most the leg's whole amount.
        min_amount: Balance,
    },
}

/// Number of lots that a call to reserve asks for.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Encode,
    Eq,
    MaxEncodedLen,
    PartialEq,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Quantity {
    /// Exactly this many lots; the call fails if the balance covers fewer.
    #[codec(index = 0)]
    Exactly(Lots),
    /// Up to this many lots: the most that the giver's balance covers and that bring the leg to the size of an allowed
    /// part. If there are none, the call succeeds without a reservation.
    #[codec(index = 1)]
    UpTo(Lots),
}

/// Values that one party sets for itself. They need not match the other parties' and can be changed until a tranche
/// forms.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PartyTerms {
    /// Participant for which an agent signs; `None` if the signer acts for its own participant.
    pub on_behalf_of: Option<ParticipantId>,
    /// Account of the terms for which the signer agrees, if one participant is at both ends of a leg; `None` for the
    /// account that signs.
    pub account: Option<AccountId>,
    /// Policy of this party on partial settlement.
    pub policy: Policy,
    /// Priority of the trade to this party; 0 is the lowest. Nothing on the chain depends on it; clients and managers
    /// settle higher priorities first.
    pub priority: u8,
    /// Own reference of this party; may be empty.
    pub reference: Reference,
}

/// Agreement of a party to an instruction's terms: their hash, or the terms as the party itself has them.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub enum Affirmation {
    /// Hash of the terms that the party agrees to.
    #[codec(index = 0)]
    Hash(TermsHash),
    /// Complete terms as the party has them. The chain compares them field by field with those that were instructed.
    #[codec(index = 1)]
    Terms(VersionedTerms),
}

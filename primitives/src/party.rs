//! Values that belong to one party and are not matched.

use crate::{AccountId, Balance, LegIndex, Lots, ParticipantId, Reference, TermsHash, VersionedTerms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Partial settlements that a party takes (ISO 20022 `SettlementTransactionCondition5Code`).
///
/// Of all parties' policies the strictest holds: a tranche forms only if every one takes it.
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
    /// Only the whole (`NPAR`).
    #[default]
    #[codec(index = 0)]
    Npar,
    /// Any part (`PART`).
    #[codec(index = 1)]
    Part,
    /// A part of at least this many lots that leaves nothing, or at least as many (`PARQ`).
    #[codec(index = 2)]
    Parq {
        /// The fewest lots of a part; 1 to N.
        min_lots: Lots,
    },
    /// A part that moves at least this amount of this leg and leaves nothing of it, or at least as much (`PARC`).
    #[codec(index = 3)]
    Parc {
        /// The leg whose amount counts; a payment as a rule.
        leg: LegIndex,
        /// The least amount of a part, in the asset's smallest unit; at most the leg's amount.
        min_amount: Balance,
    },
}

/// Number of lots to reserve.
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
    /// This many, or the call fails.
    #[codec(index = 0)]
    Exactly(Lots),
    /// Up to this many: the most that the balance covers and with which the leg has the lots of an allowed part. None is
    /// not a failure.
    #[codec(index = 1)]
    UpTo(Lots),
}

/// Values of a party's own: they may differ from the other party's and be changed until a tranche forms.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PartyTerms {
    /// The participant for whom an agent acts; `None` for the signer's own.
    pub on_behalf_of: Option<ParticipantId>,
    /// Account of the terms for whose side the signer agrees, where one participant is at both ends of a leg; `None` for
    /// the account that signs.
    pub account: Option<AccountId>,
    /// Partial settlements that this party takes.
    pub policy: Policy,
    /// 0 is the lowest. It orders nothing on the chain; clients and managers settle higher ones first.
    pub priority: u8,
    /// The party's own reference; may be empty.
    pub reference: Reference,
}

/// Agreement of a party: the terms by their hash, or its own view of them.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub enum Affirmation {
    /// The terms that have this hash.
    #[codec(index = 0)]
    Hash(TermsHash),
    /// The party's own terms, which the chain compares field by field.
    #[codec(index = 1)]
    Terms(VersionedTerms),
}

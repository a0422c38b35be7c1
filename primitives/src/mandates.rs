//! Mandates of agents, and changes of rights that wait: what is stored of both.

use crate::{AccountId, AssetId, Balance, Capacity, ChangeHash, Moment, ParticipantId, PartyLeg, Right, Rights};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The most assets, and the most counterparties, that one mandate lists; the most assets that it moves on one day.
pub const MAX_LISTED: u32 = 16;
/// The most changes of rights that wait for one participant at a time.
pub const MAX_REQUESTS: u32 = 8;
/// The most of them that one account has asked for: one key cannot keep the others from asking.
pub const MAX_REQUESTS_EACH: u32 = 2;
/// Milliseconds of a UTC day.
const DAY: Moment = 86_400_000;

/// Largest amounts of one asset that an agent may give for its principal, in the asset's smallest unit.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// In one instruction, all its legs together.
    pub per_instruction: Balance,
    /// On one UTC day, counted when the agent reserves.
    pub per_day: Balance,
}

impl Limits {
    /// No limit.
    pub const NONE: Limits = Limits { per_instruction: Balance::MAX, per_day: Balance::MAX };
}

/// One asset of a mandate with its limits.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssetLimits {
    /// The asset.
    pub asset: AssetId,
    /// Largest amounts of it.
    pub limits: Limits,
}

/// Assets of a mandate. An empty list allows none.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
pub enum MandateAssets {
    /// Every asset of the capacity, each with these limits.
    #[codec(index = 0)]
    Any(Limits),
    /// Only these, each with its own limits.
    #[codec(index = 1)]
    Only(BoundedVec<AssetLimits, ConstU32<MAX_LISTED>>),
}

/// Counterparties of a mandate. An empty list allows none.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
pub enum Counterparties {
    /// Every participant.
    #[codec(index = 0)]
    Any,
    /// Only these, and the principal itself.
    #[codec(index = 1)]
    Only(BoundedVec<ParticipantId, ConstU32<MAX_LISTED>>),
}

/// Limits within which an agent acts for its principal, in one capacity.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mandate {
    /// `Trade`, `Move` or both. Without `Trade` the principal affirms its trades itself.
    pub rights: Rights,
    /// Assets that the agent may give and receive.
    pub assets: MandateAssets,
    /// Participants at the other end of a leg.
    pub counterparties: Counterparties,
    /// True if the agent may give an asset for nothing. Without it, it does so only in trades whose terms an account of
    /// the principal has affirmed.
    pub free_of_payment: bool,
    /// Instant from which the mandate is no longer in force.
    pub expires: Moment,
}

impl Mandate {
    /// Everything but giving for nothing, without an end.
    pub fn widest() -> Self {
        Self {
            rights: Rights::OF_NEW,
            assets: MandateAssets::Any(Limits::NONE),
            counterparties: Counterparties::Any,
            free_of_payment: false,
            expires: Moment::MAX,
        }
    }

    /// True if the set of rights is one that an agent can have.
    pub fn is_well_formed(&self) -> bool {
        self.rights != Rights::NONE && Rights::OF_NEW.covers(self.rights)
    }

    /// True if the mandate is in force now with this right.
    pub fn has(&self, right: Right, now: Moment) -> bool {
        now < self.expires && self.rights.has(right)
    }

    /// Limits of an asset; `None` if the mandate does not have the asset.
    pub fn limits(&self, asset: &AssetId) -> Option<Limits> {
        match &self.assets {
            MandateAssets::Any(limits) => Some(*limits),
            MandateAssets::Only(list) => list.iter().find(|entry| entry.asset == *asset).map(|entry| entry.limits),
        }
    }

    /// True if the leg is within the mandate, whatever was moved on this day.
    pub fn allows(&self, leg: &PartyLeg) -> bool {
        let Some(limits) = self.limits(leg.asset) else { return false };
        let known = match &self.counterparties {
            Counterparties::Any => true,
            Counterparties::Only(list) => leg.counterparty == leg.party || list.contains(&leg.counterparty),
        };
        let given = !leg.gives
            || leg.amount <= limits.per_instruction && (leg.is_paid || leg.is_agreed || self.free_of_payment);
        known && given
    }
}

/// Amounts that an agent has reserved for its principal on one UTC day.
#[derive(Clone, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct DayUse {
    /// Number of the day since 1970-01-01.
    pub day: u64,
    /// Sum per asset; an asset stands here once.
    pub sums: BoundedVec<(AssetId, Balance), ConstU32<MAX_LISTED>>,
}

impl DayUse {
    /// The record with this amount in it; `None` if that is more than the day allows, or one asset too many.
    pub fn with(mut self, asset: &AssetId, amount: Balance, limit: Balance, now: Moment) -> Option<Self> {
        let day = now.checked_div(DAY)?;
        if self.day != day {
            self = Self { day, ..Self::default() };
        }
        let sum = match self.sums.iter_mut().find(|(known, _)| known == asset) {
            Some((_, sum)) => {
                *sum = sum.checked_add(amount)?;
                *sum
            }
            None => {
                self.sums.try_push((asset.clone(), amount)).ok()?;
                amount
            }
        };
        (sum <= limit).then_some(self)
    }
}

/// A change that raises what somebody may do with a participant's assets.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Change {
    /// An account gets more rights, and keeps those that it has.
    #[codec(index = 0)]
    Grant {
        /// The account, in use.
        account: AccountId,
        /// Rights that it gets.
        rights: Rights,
    },
    /// An agent gets a mandate, or another one than it has.
    #[codec(index = 1)]
    Mandate {
        /// The agent.
        agent: ParticipantId,
        /// Kind of legs.
        capacity: Capacity,
        /// Its limits.
        mandate: Mandate,
    },
    /// An account is replaced, when the operator has confirmed it too.
    #[codec(index = 2)]
    Replacement {
        /// The account to replace.
        old: AccountId,
        /// The account to take its place: a fresh one, or another of the participant.
        new: AccountId,
        /// Rights of a fresh account; another of the participant keeps its own.
        rights: Rights,
    },
    /// Operator and regulator together name an account that administers, or take that right away.
    #[codec(index = 3)]
    Administrator {
        /// The account, in use.
        account: AccountId,
        /// True if it administers from then on.
        administers: bool,
    },
}

/// A change that was asked for and has not happened yet.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Request {
    /// `blake2_256` of the SCALE encoding of the change.
    pub hash: ChangeHash,
    /// The change.
    pub change: Change,
    /// The account that asked; `None` for operator and regulator together.
    pub by: Option<AccountId>,
    /// When it was asked for. Accounts that could move or administer one delay before may stop it.
    pub at: Moment,
    /// Second account that administers, if one has approved.
    pub approved_by: Option<AccountId>,
    /// From when on it happens without a second account.
    pub not_before: Moment,
    /// When it lapses.
    pub until: Moment,
}

impl Request {
    /// True if it may happen now: two accounts want it, or its delay has passed.
    pub fn is_due(&self, now: Moment) -> bool {
        self.approved_by.is_some() || now >= self.not_before
    }
}

/// When an account could move or administer: the last unbroken time.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct GuardedSince {
    /// Since when; `None` if it never could.
    pub from: Option<Moment>,
    /// Until when; `None` if it still can.
    pub until: Option<Moment>,
}

impl GuardedSince {
    /// True if the account could at this instant.
    pub fn covers(&self, instant: Moment) -> bool {
        self.from.is_some_and(|from| from <= instant) && self.until.is_none_or(|until| instant < until)
    }

    /// The time as it is after the account's rights changed from one set to another.
    #[must_use]
    pub fn after(self, old: Rights, new: Rights, now: Moment) -> Self {
        match (old.guards(), new.guards()) {
            (false, true) => Self { from: Some(now), until: None },
            (true, false) => Self { until: Some(now), ..self },
            (true, true) | (false, false) => self,
        }
    }
}

/// A place among a participant's accounts: accounts that replaced each other share one.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo)]
pub struct PlaceId(pub u32);

/// Whose a place is now.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Place {
    /// An account in use has it: payouts to all accounts of this place go there.
    #[codec(index = 0)]
    Held {
        /// The account.
        by: AccountId,
        /// Bound of the steps that lead here from other places.
        rank: u8,
    },
    /// The account that had it was replaced by one with a place of its own.
    #[codec(index = 1)]
    Joined(PlaceId),
}

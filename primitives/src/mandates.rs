//! Mandates of agents, and requests to change rights, as `pallet-participants` stores them.

use crate::{AccountId, AssetId, Balance, Capacity, ChangeHash, Moment, ParticipantId, PartyLeg, Right, Rights};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Maximum number of assets in one mandate, of counterparties in one mandate, and of assets that an agent moves under
/// it on one day.
pub const MAX_LISTED: u32 = 16;
/// Maximum number of changes of rights that wait for one participant at a time.
pub const MAX_REQUESTS: u32 = 8;
/// Maximum number of a participant's waiting changes that one account has asked for, so that one key cannot keep the
/// others from asking.
pub const MAX_REQUESTS_EACH: u32 = 2;
/// Length of a UTC day, in milliseconds.
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
    /// Largest amount in one instruction, over all its legs together.
    pub per_instruction: Balance,
    /// Largest amount on one UTC day. An amount counts when the agent reserves it, also if it is released later.
    pub per_day: Balance,
}

impl Limits {
    /// Limits that allow any amount.
    pub const NONE: Limits = Limits { per_instruction: Balance::MAX, per_day: Balance::MAX };
}

/// One asset of a mandate with its limits.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssetLimits {
    /// Asset that the limits are for.
    pub asset: AssetId,
    /// Largest amounts that the agent may give of the asset.
    pub limits: Limits,
}

/// Assets that a mandate covers. An empty list covers none.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
pub enum MandateAssets {
    /// Every asset of the mandate's capacity (securities or cash), each with these limits.
    #[codec(index = 0)]
    Any(Limits),
    /// Only the listed assets, each with its own limits.
    #[codec(index = 1)]
    Only(BoundedVec<AssetLimits, ConstU32<MAX_LISTED>>),
}

/// Participants with which an agent may trade under its mandate. An empty list allows none but the principal itself.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
pub enum Counterparties {
    /// Any participant of the network.
    #[codec(index = 0)]
    Any,
    /// Only the listed participants, and the principal itself.
    #[codec(index = 1)]
    Only(BoundedVec<ParticipantId, ConstU32<MAX_LISTED>>),
}

/// Limits within which an agent acts for its principal, in one capacity.
#[derive(
    Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mandate {
    /// Rights that the agent has for its principal: `Trade`, `Move` or both. Without `Trade` the principal affirms its
    /// trades itself.
    pub rights: Rights,
    /// Assets that the agent may give and receive for its principal.
    pub assets: MandateAssets,
    /// Participants that may be at the other end of a leg.
    pub counterparties: Counterparties,
    /// True if the agent may give an asset without a payment in return, which [`Received`](crate::Received) defines. If
    /// false, it may do so only in trades whose terms an account of the principal itself has affirmed.
    pub free_of_payment: bool,
    /// Instant from which the mandate is no longer in force.
    pub expires: Moment,
}

impl Mandate {
    /// Widest mandate: both rights, any asset, amount and counterparty, without an end. Only giving for nothing is not
    /// allowed.
    pub fn widest() -> Self {
        Self {
            rights: Rights::OF_NEW,
            assets: MandateAssets::Any(Limits::NONE),
            counterparties: Counterparties::Any,
            free_of_payment: false,
            expires: Moment::MAX,
        }
    }

    /// True if the mandate's rights are `Trade`, `Move` or both, and no others.
    pub fn is_well_formed(&self) -> bool {
        self.rights != Rights::NONE && Rights::OF_NEW.covers(self.rights)
    }

    /// True if the mandate is in force at `now` and includes this right.
    pub fn has(&self, right: Right, now: Moment) -> bool {
        now < self.expires && self.rights.has(right)
    }

    /// Limits of the mandate for an asset; `None` if the mandate does not cover the asset.
    pub fn limits(&self, asset: &AssetId) -> Option<Limits> {
        match &self.assets {
            MandateAssets::Any(limits) => Some(*limits),
            MandateAssets::Only(list) => list.iter().find(|entry| entry.asset == *asset).map(|entry| entry.limits),
        }
    }

    /// True if the mandate covers the leg's asset, counterparty and amount per instruction. `capacity` is that of the
    /// leg's asset. The daily limit is not checked here.
    pub fn allows(&self, leg: &PartyLeg, capacity: Capacity) -> bool {
        let Some(limits) = self.limits(leg.asset) else { return false };
        let known = match &self.counterparties {
            Counterparties::Any => true,
            Counterparties::Only(list) => leg.counterparty == leg.party || list.contains(&leg.counterparty),
        };
        let given = !leg.gives
            || leg.amount <= limits.per_instruction
                && (leg.received.pays(capacity) || leg.is_agreed || self.free_of_payment);
        known && given
    }
}

/// Amounts that an agent has reserved for its principal on one UTC day.
#[derive(Clone, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct DayUse {
    /// Number of the UTC day since 1970-01-01.
    pub day: u64,
    /// Sum of the reserved amounts per asset. Each asset has at most one entry.
    pub sums: BoundedVec<(AssetId, Balance), ConstU32<MAX_LISTED>>,
}

impl DayUse {
    /// Copy of this record with `amount` of the asset added for the day of `now`. `None` if the day's sum would exceed
    /// `limit`, or more than [`MAX_LISTED`] assets would be listed.
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

/// Change that gives an account or an agent more power over a participant's assets, or takes that power from an
/// administrator.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Change {
    /// Grant: an account gets further rights and keeps those that it has.
    #[codec(index = 0)]
    Grant {
        /// Account in use that gets the rights.
        account: AccountId,
        /// Rights that the account gets in addition.
        rights: Rights,
    },
    /// Mandate: an agent is appointed with this mandate, or gets it in place of the one that it has.
    #[codec(index = 1)]
    Mandate {
        /// Participant that acts as the agent.
        agent: ParticipantId,
        /// Kind of legs for which the agent acts: deliveries or payments.
        capacity: Capacity,
        /// Limits within which the agent acts.
        mandate: Mandate,
    },
    /// Replacement: an account takes the place of another, once the operator has confirmed that too.
    #[codec(index = 2)]
    Replacement {
        /// Account that is replaced.
        old: AccountId,
        /// Account that takes the place of `old`: a fresh one, or another of the same participant.
        new: AccountId,
        /// Rights of `new` if it is fresh; if it belongs to the participant already it keeps its own.
        rights: Rights,
    },
    /// Administrator: operator and regulator together give an account the right `Administer`, or take that right away.
    #[codec(index = 3)]
    Administrator {
        /// Account in use whose right changes.
        account: AccountId,
        /// True if the account gets the right `Administer`; false if it loses it.
        administers: bool,
    },
}

/// Request for a change of rights that has not taken effect yet.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Request {
    /// `blake2_256` of the SCALE encoding of the change.
    pub hash: ChangeHash,
    /// Change that was asked for.
    pub change: Change,
    /// Account that asked for the change; `None` if operator and regulator asked together.
    pub by: Option<AccountId>,
    /// Instant of the request. Accounts that had `Move` or `Administer` one rights delay before it may veto the change.
    pub at: Moment,
    /// Second account with `Administer` that has approved the change; `None` so far.
    pub approved_by: Option<AccountId>,
    /// Instant from which the change may take effect without a second account.
    pub not_before: Moment,
    /// Instant from which the request has lapsed.
    pub until: Moment,
}

impl Request {
    /// True if the change may take effect at `now`: a second account has approved it, or its delay has passed.
    pub fn is_due(&self, now: Moment) -> bool {
        self.approved_by.is_some() || now >= self.not_before
    }
}

/// Last unbroken period in which an account had `Move` or `Administer`, and so guarded its participant. Decides if the
/// account may veto a [`Request`].
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct GuardedSince {
    /// Instant at which the period began; `None` if the account never had such a right.
    pub from: Option<Moment>,
    /// Instant at which the period ended; `None` if it has not ended.
    pub until: Option<Moment>,
}

impl GuardedSince {
    /// True if the period includes this instant.
    pub fn covers(&self, instant: Moment) -> bool {
        self.from.is_some_and(|from| from <= instant) && self.until.is_none_or(|until| instant < until)
    }

    /// Period after the account's rights changed from `old` to `new` at `now`.
    #[must_use]
    pub fn after(self, old: Rights, new: Rights, now: Moment) -> Self {
        match (old.guards(), new.guards()) {
            (false, true) => Self { from: Some(now), until: None },
            (true, false) => Self { until: Some(now), ..self },
            (true, true) | (false, false) => self,
        }
    }
}

/// Number of a place among a participant's accounts. An account and those that replaced it, one after the other, share
/// a place.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo)]
pub struct PlaceId(pub u32);

/// State of a place: the account in use that has it, or the place that it was joined to.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Place {
    /// Held by an account in use, to which payouts to all accounts of this place go.
    #[codec(index = 0)]
    Held {
        /// Account in use that has the place.
        by: AccountId,
        /// Upper bound of the number of steps by which another place leads to this one.
        rank: u8,
    },
    /// Joined to another place: its account was replaced by one that had that place already.
    #[codec(index = 1)]
    Joined(PlaceId),
}

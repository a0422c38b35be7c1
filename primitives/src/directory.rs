//! Roles, statuses and standings of participants, and the trait through which `pallet-participants` tells other pallets
//! who may act.

use crate::{AccountId, AssetId, Balance, Mandated, Moment, ParticipantId, PartyLeg, Right, Rights};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Role of a participant on the network. One participant may have several.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Encode,
    Eq,
    MaxEncodedLen,
    Ord,
    PartialEq,
    PartialOrd,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Role {
    /// Runs the network: registers participants, changes the validator set, upgrades.
    #[codec(index = 0)]
    Operator,
    /// Agrees and settles trades.
    #[codec(index = 1)]
    Trader,
    /// Creates securities or cash tokens.
    #[codec(index = 2)]
    Issuer,
    /// May be appointed as agent for another participant's deliveries.
    #[codec(index = 3)]
    Custodian,
    /// May be appointed as agent for another participant's payments.
    #[codec(index = 4)]
    SettlementBank,
    /// May be named as settlement manager in the terms of an instruction.
    #[codec(index = 5)]
    SettlementManager,
    /// Changes the status of participants and sets authority flags, which hold back settlement.
    #[codec(index = 6)]
    Regulator,
    /// Carries proofs between two networks, with a larger quota.
    #[codec(index = 7)]
    Gateway,
    /// Has no calls of its own: reads the chain, with accounts that are known.
    #[codec(index = 8)]
    Auditor,
}

impl Role {
    /// All roles, in the order of their indices.
    pub const ALL: [Role; 9] = [
        Role::Operator,
        Role::Trader,
        Role::Issuer,
        Role::Custodian,
        Role::SettlementBank,
        Role::SettlementManager,
        Role::Regulator,
        Role::Gateway,
        Role::Auditor,
    ];

    const fn bit(self) -> u16 {
        1u16 << (self as u16)
    }
}

/// Set of a participant's roles, as a bit field: bit n stands for the [`Role`] with index n.
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
pub struct Roles(pub u16);

impl Roles {
    /// True if the set contains this role.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Copy of the set with this role added.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// Copy of the set with this role removed.
    #[must_use]
    pub const fn without(self, role: Role) -> Self {
        Self(self.0 & !role.bit())
    }

    /// Iterator over the roles in the set, in the order of their indices.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

/// Status of a participant, which decides if it may start, finish or move anything.
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
pub enum Status {
    /// Active: the participant may do what its roles allow.
    #[default]
    #[codec(index = 0)]
    Active,
    /// Suspended: the participant starts nothing new; what is formed or committed settles.
    #[codec(index = 1)]
    Suspended,
    /// Sanctioned: nothing moves to or from the participant; what is due to it waits as a credit.
    #[codec(index = 2)]
    Sanctioned,
    /// Revoked: the participant has left the network for good and makes no call of settlement but `claim`. What is
    /// formed or committed still settles.
    #[codec(index = 3)]
    Revoked,
}

/// Standing of an account: its owner, the owner's roles and status, and the account's rights. A check of an account
/// reads only this.
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
pub struct Standing {
    /// Participant that owns the account.
    pub participant: ParticipantId,
    /// Roles of the participant that owns the account.
    pub roles: Roles,
    /// Status of the participant that owns the account.
    pub status: Status,
    /// Rights of the account itself, for its participant.
    pub rights: Rights,
}

impl Standing {
    /// True if the participant that owns the account is active.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    /// True if the participant is active or suspended, so that it may finish or take back what exists.
    pub fn may_finish(&self) -> bool {
        match self.status {
            Status::Active | Status::Suspended => true,
            Status::Sanctioned | Status::Revoked => false,
        }
    }

    /// True if the participant has a role with which it can be party of a trade: trader, issuer, custodian or
    /// settlement bank.
    pub fn may_settle(&self) -> bool {
        [Role::Trader, Role::Issuer, Role::Custodian, Role::SettlementBank].into_iter().any(|role| self.roles.has(role))
    }

    /// True if the participant is active and has this role.
    pub fn is_active_as(&self, role: Role) -> bool {
        self.is_active() && self.roles.has(role)
    }
}

/// Capacity of an agent: the kind of legs for which it acts.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Encode,
    Eq,
    MaxEncodedLen,
    Ord,
    PartialEq,
    PartialOrd,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Capacity {
    /// Delivery legs, in securities: the agent is a custodian.
    #[codec(index = 0)]
    Delivery,
    /// Payment legs, in cash: the agent is a settlement bank.
    #[codec(index = 1)]
    Payment,
}

impl Capacity {
    /// Role that a participant must have to be an agent in this capacity.
    pub fn role(self) -> Role {
        match self {
            Capacity::Delivery => Role::Custodian,
            Capacity::Payment => Role::SettlementBank,
        }
    }
}

/// Kind of an asset: security or cash.
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
pub enum AssetKind {
    /// Security: a leg in it is a delivery.
    #[codec(index = 0)]
    Security,
    /// Cash, which includes the native currency: a leg in it is a payment.
    #[codec(index = 1)]
    Cash,
}

impl AssetKind {
    /// Capacity in which an agent acts for legs in an asset of this kind.
    pub fn capacity(self) -> Capacity {
        match self {
            AssetKind::Security => Capacity::Delivery,
            AssetKind::Cash => Capacity::Payment,
        }
    }
}

/// Facts about an asset that settlement depends on.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct AssetTerms {
    /// Kind of the asset. A leg in a security is a delivery, one in cash a payment.
    pub kind: AssetKind,
    /// Smallest amount of a security that may be settled, in its smallest unit; at least 1. Every settled amount of a
    /// security is a multiple of it. For cash it is ignored: cash is divided to its smallest unit.
    pub settlement_unit: Balance,
    /// True if the asset was taken off the list, so that nothing new is agreed, reserved or committed in it.
    pub delisted: bool,
}

/// Directory of participants, agents and assets, which other pallets ask who may act and for whom.
/// `pallet-participants` implements it.
pub trait Directory {
    /// Standing of an account; `None` if no participant owns it.
    fn standing(account: &AccountId) -> Option<Standing>;

    /// Status of a participant; `None` if no participant has this number.
    fn status(participant: ParticipantId) -> Option<Status>;

    /// Instant from which the participant has had its status; `None` if no participant has this number.
    fn status_since(participant: ParticipantId) -> Option<Moment>;

    /// Account to which a payout that names `account` goes now: the one that took its place, or `account` itself.
    fn current_account(account: &AccountId) -> AccountId;

    /// Answer of the mandate that the leg's party has given to the participant of `agent`: may the agent use `right`
    /// ([`Right::Trade`] or [`Right::Move`]) on this leg?
    fn mandate(agent: &Standing, right: Right, leg: &PartyLeg) -> Mandated;

    /// Adds `amount` of the leg to what the agent has moved today under its mandate. False, and nothing is added, if
    /// the daily limit would be exceeded.
    fn count_move(agent: &Standing, leg: &PartyLeg, amount: Balance) -> bool;

    /// True if the participant of `agent` has a mandate of `principal` in force: one with this right, or any if `right`
    /// is `None`.
    fn is_agent(agent: &Standing, principal: ParticipantId, right: Option<Right>) -> bool;

    /// Runs `moving`, in which the asset may leave `account` although that account has neither `Move` nor `MoveAll`.
    /// Escrow uses it after another account with [`Right::MoveAll`], or an agent, has given the leg.
    fn with_move<R>(asset: &AssetId, account: &AccountId, moving: impl FnOnce() -> R) -> R;

    /// Kind of an asset that counts as payment where an agent acts; `None` if it is not listed, or if its giver or the
    /// agent has issued it.
    fn kind_as_payment(asset: &AssetId, giver: ParticipantId, agent: ParticipantId) -> Option<AssetKind>;

    /// Facts about an asset that settlement needs; `None` if the asset is in no registry and so cannot be settled.
    fn asset(asset: &AssetId) -> Option<AssetTerms>;

    /// True if `who` may give or take this leg: it is the leg's own account and has `Move`, or another account of that
    /// party with `MoveAll`, or an agent within its mandate. `signer` is the standing of `who`.
    fn may_move(who: &AccountId, signer: &Standing, leg: &PartyLeg) -> bool {
        if signer.participant == leg.party {
            let own = signer.rights.has(Right::Move) && who == leg.account;
            own || signer.rights.has(Right::MoveAll)
        } else {
            Self::mandate(signer, Right::Move, leg) == Mandated::Allowed
        }
    }

    /// True if `who` may move `amount` out of this leg's account now. If `who` is an agent, the amount is counted
    /// towards its daily limit.
    fn take(who: &AccountId, signer: &Standing, leg: &PartyLeg, amount: Balance) -> bool {
        let own = signer.participant == leg.party;
        Self::may_move(who, signer, leg) && (own || Self::count_move(signer, leg, amount))
    }

    /// True if the signer may agree a trade for `principal`, whose legs in it are `legs`. An agent needs a mandate for
    /// at least one of them, and must be within every mandate that concerns one.
    fn may_trade(signer: &Standing, principal: ParticipantId, legs: &[PartyLeg]) -> bool {
        if signer.participant == principal {
            return signer.rights.has(Right::Trade);
        }
        let answers = || legs.iter().map(|leg| Self::mandate(signer, Right::Trade, leg));
        answers().any(|answer| answer == Mandated::Allowed) && answers().all(|answer| answer != Mandated::Refused)
    }

    /// True if the signer may cancel or reject for `principal` and set its values of its own: an account of it with
    /// `Trade`, or an agent whose mandate includes `Trade`.
    fn may_speak(signer: &Standing, principal: ParticipantId) -> bool {
        if signer.participant == principal {
            signer.rights.has(Right::Trade)
        } else {
            Self::is_agent(signer, principal, Some(Right::Trade))
        }
    }

    /// True if the signer may finish what `principal` has agreed and reserved: an account of it with `Trade`, `Move` or
    /// `MoveAll`, or any agent of it.
    fn may_finish_for(signer: &Standing, principal: ParticipantId) -> bool {
        if signer.participant == principal {
            signer.rights.settles()
        } else {
            Self::is_agent(signer, principal, None)
        }
    }

    /// True if the owner of `account` is sanctioned, so that nothing may move to or from it. `owner` was its owner when
    /// the terms named the account.
    fn is_sanctioned(account: &AccountId, owner: ParticipantId) -> bool {
        let standing = Self::standing(&Self::current_account(account));
        let status = standing.map(|standing| standing.status).or_else(|| Self::status(owner));
        status == Some(Status::Sanctioned)
    }
}

//! Who may act: what `pallet-participants` tells the other pallets.

use crate::{AccountId, AssetId, Balance, Mandated, Moment, ParticipantId, PartyLeg, Right, Rights};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a participant may do on the network.
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
    /// May be appointed to act for another participant's deliveries.
    #[codec(index = 3)]
    Custodian,
    /// May be appointed to act for another participant's payments.
    #[codec(index = 4)]
    SettlementBank,
    /// May be named in terms as the orchestrator.
    #[codec(index = 5)]
    SettlementManager,
    /// Changes the status of participants and holds settlement back.
    #[codec(index = 6)]
    Regulator,
    /// Carries proofs between two networks, with a larger quota.
    #[codec(index = 7)]
    Gateway,
    /// Reads.
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

/// A set of roles: bit n stands for the role with index n.
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
    /// Whether the set has this role.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// The set with this role too.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// The set without this role.
    #[must_use]
    pub const fn without(self, role: Role) -> Self {
        Self(self.0 & !role.bit())
    }

    /// The roles of the set.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

/// The standing of a participant.
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
    /// May do what its roles allow.
    #[default]
    #[codec(index = 0)]
    Active,
    /// Starts nothing new; what is formed or committed settles.
    #[codec(index = 1)]
    Suspended,
    /// Nothing moves to or from it; what is due to it waits as a credit.
    #[codec(index = 2)]
    Sanctioned,
    /// Has left the network for good, and makes no call of settlement any more; what is formed or committed settles,
    /// and what is due to it can still be claimed.
    #[codec(index = 3)]
    Revoked,
}

/// What an account may do: the one record that a check reads.
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
    /// The owner of the account.
    pub participant: ParticipantId,
    /// The owner's roles.
    pub roles: Roles,
    /// The owner's status.
    pub status: Status,
    /// Rights of the account itself.
    pub rights: Rights,
}

impl Standing {
    /// Whether the owner is active.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    /// Whether the owner may finish or take back what exists: a suspended one may, too.
    pub fn may_finish(&self) -> bool {
        match self.status {
            Status::Active | Status::Suspended => true,
            Status::Sanctioned | Status::Revoked => false,
        }
    }

    /// Whether the owner has a role that a party of a trade needs.
    pub fn may_settle(&self) -> bool {
        [Role::Trader, Role::Issuer, Role::Custodian, Role::SettlementBank].into_iter().any(|role| self.roles.has(role))
    }

    /// Whether the owner is active and has this role.
    pub fn is_active_as(&self, role: Role) -> bool {
        self.is_active() && self.roles.has(role)
    }
}

/// What an agent acts for.
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
    /// Legs in securities: the agent is a custodian.
    #[codec(index = 0)]
    Delivery,
    /// Legs in cash: the agent is a settlement bank.
    #[codec(index = 1)]
    Payment,
}

impl Capacity {
    /// The role that an agent in this capacity must have.
    pub fn role(self) -> Role {
        match self {
            Capacity::Delivery => Role::Custodian,
            Capacity::Payment => Role::SettlementBank,
        }
    }
}

/// What an asset is.
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
    /// A security: a leg in it is a delivery.
    #[codec(index = 0)]
    Security,
    /// Cash, the native currency included: a leg in it is a payment.
    #[codec(index = 1)]
    Cash,
}

impl AssetKind {
    /// The capacity in which an agent acts for a leg of this kind.
    pub fn capacity(self) -> Capacity {
        match self {
            AssetKind::Security => Capacity::Delivery,
            AssetKind::Cash => Capacity::Payment,
        }
    }
}

/// What settlement must know of an asset.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct AssetTerms {
    /// Whether a leg in it is a delivery or a payment.
    pub kind: AssetKind,
    /// The smallest amount of a security that may be settled, in its smallest unit; at least 1. Every settled amount of
    /// a security is a multiple of it; cash is divided to its smallest unit, whatever this says.
    pub settlement_unit: Balance,
    /// The asset was taken off the list: nothing new is agreed, reserved or committed in it.
    pub delisted: bool,
}

/// Who may act, and for whom.
pub trait Directory {
    /// The owner of the account with its roles and status; `None` if no participant owns it.
    fn standing(account: &AccountId) -> Option<Standing>;

    /// The status of a participant; `None` if it is not registered.
    fn status(participant: ParticipantId) -> Option<Status>;

    /// Instant since which the participant has its status; `None` if it is not registered.
    fn status_since(participant: ParticipantId) -> Option<Moment>;

    /// Where a payout that names `account` goes now: the account that replaced it, or itself.
    fn current_account(account: &AccountId) -> AccountId;

    /// Answer of the mandate that the participant of `agent` has from the leg's party: may it use `right`
    /// ([`Right::Trade`] or [`Right::Move`]) on this leg?
    fn mandate(agent: &Standing, right: Right, leg: &PartyLeg) -> Mandated;

    /// Counts what an agent moves towards the daily amount of its mandate; false, and nothing is counted, if it would be
    /// too much.
    fn count_move(agent: &Standing, leg: &PartyLeg, amount: Balance) -> bool;

    /// Whether the participant of `agent` has a mandate of `principal` in force, with this right if one is named.
    fn is_agent(agent: &Standing, principal: ParticipantId, right: Option<Right>) -> bool;

    /// Runs `moving`, in which the asset may leave `account` although the account has no right to move it. For escrow,
    /// after another account with [`Right::MoveAll`] or an agent has given the leg.
    fn with_move<R>(asset: &AssetId, account: &AccountId, moving: impl FnOnce() -> R) -> R;

    /// What settlement must know of an asset; `None` if it is in no registry and cannot be settled.
    fn asset(asset: &AssetId) -> Option<AssetTerms>;

    /// Whether `who` may give this leg, or take it: it is the account of the leg and has `Move`, another account of the
    /// same participant and has `MoveAll`, or an agent within its mandate.
    fn may_move(who: &AccountId, signer: &Standing, leg: &PartyLeg) -> bool {
        if signer.participant == leg.party {
            let own = signer.rights.has(Right::Move) && who == leg.account;
            own || signer.rights.has(Right::MoveAll)
        } else {
            Self::mandate(signer, Right::Move, leg) == Mandated::Allowed
        }
    }

    /// Whether the signer may move the amount out of this leg's account now. What an agent moves counts towards its daily
    /// amount.
    fn take(who: &AccountId, signer: &Standing, leg: &PartyLeg, amount: Balance) -> bool {
        let own = signer.participant == leg.party;
        Self::may_move(who, signer, leg) && (own || Self::count_move(signer, leg, amount))
    }

    /// Whether the signer may agree a trade for `principal`, which has these legs in it. An agent needs a mandate for at
    /// least one of them, and stays within every mandate that concerns one.
    fn may_trade(signer: &Standing, principal: ParticipantId, legs: &[PartyLeg]) -> bool {
        if signer.participant == principal {
            return signer.rights.has(Right::Trade);
        }
        let answers = || legs.iter().map(|leg| Self::mandate(signer, Right::Trade, leg));
        answers().any(|answer| answer == Mandated::Allowed) && answers().all(|answer| answer != Mandated::Refused)
    }

    /// Whether the signer may cancel, reject and set what is the principal's own: an account with `Trade`, or an agent
    /// whose mandate has it.
    fn may_speak(signer: &Standing, principal: ParticipantId) -> bool {
        if signer.participant == principal {
            signer.rights.has(Right::Trade)
        } else {
            Self::is_agent(signer, principal, Some(Right::Trade))
        }
    }

    /// Whether the signer may finish what the principal has agreed and reserved: an account with a right in trades, or any
    /// agent.
    fn may_finish_for(signer: &Standing, principal: ParticipantId) -> bool {
        if signer.participant == principal {
            signer.rights.settles()
        } else {
            Self::is_agent(signer, principal, None)
        }
    }

    /// Whether nothing may move to or from the owner of this account, which belonged to `owner` when it was named.
    fn is_sanctioned(account: &AccountId, owner: ParticipantId) -> bool {
        let standing = Self::standing(&Self::current_account(account));
        let status = standing.map(|standing| standing.status).or_else(|| Self::status(owner));
        status == Some(Status::Sanctioned)
    }
}

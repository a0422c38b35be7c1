//! Who may act: what `pallet-participants` tells the other pallets.

use crate::{AccountId, AssetId, Balance, Moment, ParticipantId};
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

    /// Whether `agent` is appointed by `principal` in this capacity and still has the role for it.
    fn is_agent(agent: ParticipantId, principal: ParticipantId, capacity: Capacity) -> bool;

    /// What settlement must know of an asset; `None` if it is in no registry and cannot be settled.
    fn asset(asset: &AssetId) -> Option<AssetTerms>;

    /// Whether the signer may move an asset of `owner`: it is the owner, or its agent for such assets.
    fn may_move(signer: &Standing, owner: ParticipantId, asset: &AssetId) -> bool {
        signer.participant == owner
            || Self::asset(asset).is_some_and(|terms| Self::is_agent(signer.participant, owner, terms.kind.capacity()))
    }

    /// The participant for whom the signer acts: its own, or one that has appointed it in any capacity; `None` if that one
    /// has not.
    fn principal(signer: &Standing, on_behalf_of: Option<ParticipantId>) -> Option<ParticipantId> {
        let principal = on_behalf_of.unwrap_or(signer.participant);
        let acts = principal == signer.participant
            || [Capacity::Delivery, Capacity::Payment]
                .into_iter()
                .any(|capacity| Self::is_agent(signer.participant, principal, capacity));
        acts.then_some(principal)
    }

    /// Whether nothing may move to or from the owner of this account, which belonged to `owner` when it was named.
    fn is_sanctioned(account: &AccountId, owner: ParticipantId) -> bool {
        let standing = Self::standing(&Self::current_account(account));
        let status = standing.map(|standing| standing.status).or_else(|| Self::status(owner));
        status == Some(Status::Sanctioned)
    }
}

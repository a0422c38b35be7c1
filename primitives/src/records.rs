//! Records of the directory and the asset registry, as `pallet-participants` stores them and clients read them.

use crate::{
    decisions::{Decider, Reason},
    mandates::{GuardedSince, PlaceId},
    AccountId, AssetKind, AssetTerms, Balance, Capacity, Isin, Lei, Moment, ParticipantId, Right, Rights, Role, Roles,
    Standing, Status,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{traits::ConstU32, BoundedVec},
    sp_core::H256,
};
use scale_info::TypeInfo;

/// Maximum length of a [`Name`], in bytes (ISO 20022 `Max140Text` for names of parties).
pub const MAX_NAME: u32 = 140;
/// Maximum length of a service's [`Endpoint`], in bytes.
pub const MAX_ENDPOINT: u32 = 256;
/// Maximum length of the name of a service's protocol, in bytes.
pub const MAX_PROTOCOL: u32 = 32;
/// Maximum length of a service's version, in bytes.
pub const MAX_VERSION: u32 = 32;
/// Maximum number of accounts that one participant has in use at a time. A change of status writes each of them.
pub const MAX_ACCOUNTS: u32 = 64;

/// Name of a participant, a network or a service: UTF-8, not empty.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// Address of a service: a URL or a multiaddress. UTF-8 and not empty.
pub type Endpoint = BoundedVec<u8, ConstU32<MAX_ENDPOINT>>;
/// Protocol of a service. UTF-8 and not empty.
pub type Protocol = BoundedVec<u8, ConstU32<MAX_PROTOCOL>>;
/// Version of a service's interface. UTF-8 and not empty.
pub type Version = BoundedVec<u8, ConstU32<MAX_VERSION>>;
/// List of a participant's roles, as a wallet sends it. Each role is in it at most once.
pub type RoleList = BoundedVec<Role, ConstU32<9>>;
/// List of an account's rights, as a wallet sends it. Each right is in it at most once.
pub type RightList = BoundedVec<Right, ConstU32<4>>;
/// Rights of several accounts, one list for each account, in the order of the accounts.
pub type RightsList = BoundedVec<RightList, ConstU32<MAX_ACCOUNTS>>;
/// Accounts of one participant, at most [`MAX_ACCOUNTS`].
pub type AccountList = BoundedVec<AccountId, ConstU32<MAX_ACCOUNTS>>;

/// Record of one account: its owner, and all that decides what it may do, so that a check is one read.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct AccountRecord {
    /// Participant that owns the account.
    pub participant: ParticipantId,
    /// Roles of the participant; none once the account is replaced.
    pub roles: Roles,
    /// Status of the participant; `Revoked` once the account is replaced.
    pub status: Status,
    /// Rights of the account itself; none once the account is replaced.
    pub rights: Rights,
    /// Last period in which the account had `Move` or `Administer`, which decides if it may veto a request for a change
    /// of rights.
    pub guarded: GuardedSince,
    /// Account that took the place of this one; `None` while this one is in use. A replaced account starts nothing, and
    /// only `recover` moves assets from it.
    pub replaced_by: Option<AccountId>,
    /// Place that the account shares with those that it replaced or that replaced it; `None` if there are none.
    pub place: Option<PlaceId>,
}

impl AccountRecord {
    /// Standing of the account: its owner, the owner's roles and status, and the account's rights.
    pub fn standing(&self) -> Standing {
        Standing { participant: self.participant, roles: self.roles, status: self.status, rights: self.rights }
    }

    /// True if the account's own signature moves its assets: it is in use, its owner is active, and it has `Move` or
    /// `MoveAll`.
    pub fn moves(&self) -> bool {
        self.is_active() && self.rights.can_move()
    }

    /// True if the account is in use and the participant that owns it is active.
    pub fn is_active(&self) -> bool {
        self.replaced_by.is_none() && self.status == Status::Active
    }
}

/// SHA-256 fingerprint of an X.509 certificate.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Fingerprint(pub [u8; 32]);

/// Certificate with which a participant's systems identify themselves outside the chain.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Certificate {
    /// Fingerprint of the X.509 certificate.
    pub fingerprint: Fingerprint,
    /// Instant from which the certificate is no longer valid.
    pub expires: Moment,
}

/// Record of a participant, a registered legal entity.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ParticipantRecord {
    /// Legal name of the entity.
    pub name: Name,
    /// Legal Entity Identifier of the entity; each is registered once.
    pub lei: Lei,
    /// Certificate of the participant's systems; `None` if the participant has named none.
    pub certificate: Option<Certificate>,
    /// Roles of the participant, given by the operator.
    pub roles: Roles,
    /// Status of the participant: active, suspended, sanctioned or revoked.
    pub status: Status,
    /// Instant from which the participant has had this status.
    pub status_since: Moment,
    /// Reason that was given for the status.
    pub status_reason: Reason,
    /// Authority that set the status.
    pub status_by: Decider,
    /// Accounts of the participant in use, without those that were replaced.
    pub accounts: AccountList,
}

impl ParticipantRecord {
    /// True if the participant is operator or regulator, so that those two decide together about its accounts.
    pub fn governs(&self) -> bool {
        self.roles.has(Role::Operator) || self.roles.has(Role::Regulator)
    }
}

/// Agent that a participant has appointed, and the kind of legs for which it acts.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Agent {
    /// Participant that acts as the agent.
    pub participant: ParticipantId,
    /// Kind of legs for which the agent acts: deliveries or payments.
    pub capacity: Capacity,
}

/// Entry of the list of networks to which participants can connect: this one or another.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Network {
    /// Name of the listed network.
    pub name: Name,
    /// Name of the entity that runs the network.
    pub operator: Name,
    /// Address at which clients connect to the network.
    pub endpoint: Endpoint,
}

/// Kind of a [`Service`], such as an API or a node.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ServiceKind {
    /// Interface that programs call and that answers: REST, gRPC.
    #[codec(index = 0)]
    Api,
    /// Stream or store of data: events, history, statements.
    #[codec(index = 1)]
    Data,
    /// Exchange of messages, such as those of ISO 20022.
    #[codec(index = 2)]
    Message,
    /// Exchange of files, such as by SFTP.
    #[codec(index = 3)]
    File,
    /// Node of this network that answers RPC.
    #[codec(index = 4)]
    Node,
    /// Gateway that carries proofs between two networks.
    #[codec(index = 5)]
    Gateway,
}

/// State in the life cycle of a service: planned, live, deprecated, retired.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ServiceState {
    /// Planned: announced, and not in use yet.
    #[codec(index = 0)]
    Planned,
    /// Live: in use.
    #[codec(index = 1)]
    Live,
    /// Deprecated: in use, and about to be retired; new clients should choose another service.
    #[codec(index = 2)]
    Deprecated,
    /// Retired: out of use for good. A successor is listed as a service of its own.
    #[codec(index = 3)]
    Retired,
}

impl ServiceState {
    /// True if a service may be listed for the first time in this state: `Planned` or `Live`.
    pub fn may_begin(self) -> bool {
        match self {
            ServiceState::Planned | ServiceState::Live => true,
            ServiceState::Deprecated | ServiceState::Retired => false,
        }
    }

    /// True if a service in this state may be changed to the state `next`. Keeping the state is allowed.
    pub fn may_become(self, next: ServiceState) -> bool {
        match (self, next) {
            (ServiceState::Planned, ServiceState::Planned | ServiceState::Live | ServiceState::Retired)
            | (
                ServiceState::Live | ServiceState::Deprecated,
                ServiceState::Live | ServiceState::Deprecated | ServiceState::Retired,
            )
            | (ServiceState::Retired, ServiceState::Retired) => true,
            (ServiceState::Planned, ServiceState::Deprecated)
            | (ServiceState::Live | ServiceState::Deprecated, ServiceState::Planned)
            | (ServiceState::Retired, ServiceState::Planned | ServiceState::Live | ServiceState::Deprecated) => false,
        }
    }
}

/// `blake2_256` of the document that describes a service: an OpenAPI file, a schema, a message guideline.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct DescriptionHash(pub H256);

/// Service that a participant offers, known by its owner and its name.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Service {
    /// Name of the service; the owner has no other service of that name.
    pub name: Name,
    /// Kind of the service, such as an API or a node.
    pub kind: ServiceKind,
    /// Protocol that clients speak with it, such as `https`, `grpc`, `wss`, `sftp`. UTF-8 and not empty.
    pub protocol: Protocol,
    /// Address at which clients reach the service.
    pub endpoint: Endpoint,
    /// Version of the service's interface.
    pub version: Version,
    /// Hash of the document that describes the service's interface; `None` if there is none.
    pub description: Option<DescriptionHash>,
    /// State of the service in its life cycle.
    pub state: ServiceState,
}

/// Code by which the market knows an asset.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum AssetCode {
    /// ISIN of a security; no other asset has the same.
    #[codec(index = 0)]
    Isin(Isin),
    /// ISO 4217 code of the currency that a cash token stands for. Tokens of several issuers may share it.
    #[codec(index = 1)]
    Currency([u8; 3]),
}

impl AssetCode {
    /// Kind of the asset: an ISIN stands for a security, a currency for cash.
    pub fn kind(&self) -> AssetKind {
        match self {
            AssetCode::Isin(_) => AssetKind::Security,
            AssetCode::Currency(_) => AssetKind::Cash,
        }
    }
}

/// Listing of an asset: what settlement and the market know of it, beside its `pallet-assets` metadata.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct AssetRecord {
    /// Kind of the asset: a leg in a security is a delivery, a leg in cash a payment.
    pub kind: AssetKind,
    /// Code by which the market knows the asset: ISIN or currency.
    pub code: AssetCode,
    /// Classification of the asset (CFI, ISO 10962): six capital letters; `None` if it has none.
    pub cfi: Option<[u8; 6]>,
    /// Smallest amount of the asset that may be settled, in its smallest unit; at least 1.
    pub settlement_unit: Balance,
}

impl AssetRecord {
    /// Terms of the listing that settlement needs: kind, settlement unit, and `delisted` as it was passed.
    pub fn terms(&self, delisted: bool) -> AssetTerms {
        AssetTerms { kind: self.kind, settlement_unit: self.settlement_unit, delisted }
    }
}

/// Genesis hash of a network, by which the list of networks is keyed.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub struct GenesisHash(pub H256);

#[cfg(test)]
mod tests {
    use super::*;
    use ServiceState::*;

    #[test]
    fn service_should_go_through_its_life_forward_and_never_leave_retirement() {
        let states = [Planned, Live, Deprecated, Retired];
        let allowed: Vec<(ServiceState, ServiceState)> = states
            .into_iter()
            .flat_map(|state| states.into_iter().map(move |next| (state, next)))
            .filter(|(state, next)| state != next && state.may_become(*next))
            .collect();
        assert_eq!(
            allowed,
            [
                (Planned, Live),
                (Planned, Retired),
                (Live, Deprecated),
                (Live, Retired),
                // A deprecation that is called off.
                (Deprecated, Live),
                (Deprecated, Retired),
            ]
        );
        assert!(states.into_iter().all(|state| state.may_become(state)));
        assert_eq!(states.map(ServiceState::may_begin), [true, true, false, false]);
    }
}

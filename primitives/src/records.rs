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

/// Maximum length of a name, in bytes (ISO 20022 `Max140Text` for names of parties).
pub const MAX_NAME: u32 = 140;
/// Maximum length of a service's address, in bytes.
pub const MAX_ENDPOINT: u32 = 256;
/// Maximum length of a service's protocol, in bytes.
pub const MAX_PROTOCOL: u32 = 32;
/// Maximum length of a service's version, in bytes.
pub const MAX_VERSION: u32 = 32;
/// Maximum number of accounts of one participant at a time. It bounds a change of status, which touches each of them.
pub const MAX_ACCOUNTS: u32 = 64;

/// Name in UTF-8, not empty.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// Address of a service: a URL or a multiaddress. UTF-8 and not empty.
pub type Endpoint = BoundedVec<u8, ConstU32<MAX_ENDPOINT>>;
/// Protocol of a service. UTF-8 and not empty.
pub type Protocol = BoundedVec<u8, ConstU32<MAX_PROTOCOL>>;
/// Version of a service's interface. UTF-8 and not empty.
pub type Version = BoundedVec<u8, ConstU32<MAX_VERSION>>;
/// Roles as a wallet sends them: a list in which each stands at most once.
pub type RoleList = BoundedVec<Role, ConstU32<9>>;
/// Rights as a wallet sends them: a list in which each may stand once.
pub type RightList = BoundedVec<Right, ConstU32<4>>;
/// Rights of several accounts, in the order of the accounts.
pub type RightsList = BoundedVec<RightList, ConstU32<MAX_ACCOUNTS>>;
/// Accounts of one participant, at most [`MAX_ACCOUNTS`].
pub type AccountList = BoundedVec<AccountId, ConstU32<MAX_ACCOUNTS>>;

/// Owner of an account and what the account may do, so that a check is one read.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct AccountRecord {
    /// Owner of the account.
    pub participant: ParticipantId,
    /// Roles of the owner; none once the account is replaced.
    pub roles: Roles,
    /// Status of the owner; `Revoked` once the account is replaced.
    pub status: Status,
    /// Rights of the account itself; none once it is replaced.
    pub rights: Rights,
    /// Time during which it could move or administer, so that it may stop changes that were asked for.
    pub guarded: GuardedSince,
    /// Account that took its place. A replaced account starts nothing, and nothing moves from it but by `recover`.
    pub replaced_by: Option<AccountId>,
    /// Place that it shares with the accounts that it replaced or that replaced it, if there are any.
    pub place: Option<PlaceId>,
}

impl AccountRecord {
    /// Owner, roles and status, without the fields for replacement.
    pub fn standing(&self) -> Standing {
        Standing { participant: self.participant, roles: self.roles, status: self.status, rights: self.rights }
    }

    /// Whether the account's own signature moves what it has: its owner is active and it has the right.
    pub fn moves(&self) -> bool {
        self.is_active() && self.rights.can_move()
    }

    /// True if the account is in use and its owner active.
    pub fn is_active(&self) -> bool {
        self.replaced_by.is_none() && self.status == Status::Active
    }
}

/// SHA-256 fingerprint of an X.509 certificate.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Fingerprint(pub [u8; 32]);

/// Certificate by which a participant's systems are known outside the chain.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Certificate {
    /// Fingerprint that identifies the certificate.
    pub fingerprint: Fingerprint,
    /// Instant from which the certificate is no longer valid.
    pub expires: Moment,
}

/// A registered legal entity.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ParticipantRecord {
    /// Legal name of the entity.
    pub name: Name,
    /// Legal Entity Identifier; no other participant has the same.
    pub lei: Lei,
    /// Certificate, if the participant has named one.
    pub certificate: Option<Certificate>,
    /// Roles that the operator gave it.
    pub roles: Roles,
    /// Status, such as active or suspended.
    pub status: Status,
    /// Instant of the last change of status.
    pub status_since: Moment,
    /// Reason that was given for it.
    pub status_reason: Reason,
    /// Whoever set it.
    pub status_by: Decider,
    /// Accounts in use, without those that were replaced.
    pub accounts: AccountList,
}

impl ParticipantRecord {
    /// Whether operator and regulator decide together on its accounts: it is one of them.
    pub fn governs(&self) -> bool {
        self.roles.has(Role::Operator) || self.roles.has(Role::Regulator)
    }
}

/// Agent of a participant, and the legs for which it acts.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Agent {
    /// Participant that acts.
    pub participant: ParticipantId,
    /// Kind of legs for which it acts.
    pub capacity: Capacity,
}

/// Network that participants can reach: this one or another.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Network {
    /// Name of the network.
    pub name: Name,
    /// Name of the entity that runs it.
    pub operator: Name,
    /// Address at which clients connect.
    pub endpoint: Endpoint,
}

/// Kind of a service.
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

/// Life cycle of a service: planned, live, deprecated, retired.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ServiceState {
    /// Announced, and not in use yet.
    #[codec(index = 0)]
    Planned,
    /// Live: in use.
    #[codec(index = 1)]
    Live,
    /// In use, and about to be retired: new clients choose another service.
    #[codec(index = 2)]
    Deprecated,
    /// Out of use for good. A successor is a service of its own.
    #[codec(index = 3)]
    Retired,
}

impl ServiceState {
    /// True if a service may be listed in this state: one that is not in use any more is not listed anew.
    pub fn may_begin(self) -> bool {
        match self {
            ServiceState::Planned | ServiceState::Live => true,
            ServiceState::Deprecated | ServiceState::Retired => false,
        }
    }

    /// True if a service in this state may take the other one, or keep this one.
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

/// Service that a participant offers. The owner and the name identify it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Service {
    /// Name, one of a kind among the owner's services.
    pub name: Name,
    /// Kind of the service.
    pub kind: ServiceKind,
    /// Protocol that clients speak with it, such as `https`, `grpc`, `wss`, `sftp`. UTF-8 and not empty.
    pub protocol: Protocol,
    /// Address at which it is reached.
    pub endpoint: Endpoint,
    /// Version of the interface.
    pub version: Version,
    /// Hash of the document that describes the interface, if there is one.
    pub description: Option<DescriptionHash>,
    /// State in its life cycle.
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
    /// Kind of the asset, which the code implies.
    pub fn kind(&self) -> AssetKind {
        match self {
            AssetCode::Isin(_) => AssetKind::Security,
            AssetCode::Currency(_) => AssetKind::Cash,
        }
    }
}

/// Listing of an asset, beside its `pallet-assets` metadata.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct AssetRecord {
    /// Security or cash: a leg in it is a delivery or a payment.
    pub kind: AssetKind,
    /// Code by which the market knows it.
    pub code: AssetCode,
    /// Classification (ISO 10962), six capital letters.
    pub cfi: Option<[u8; 6]>,
    /// Smallest amount that may be settled, in the asset's smallest unit; at least 1.
    pub settlement_unit: Balance,
}

impl AssetRecord {
    /// Kind and settlement unit, as settlement needs them.
    pub fn terms(&self, delisted: bool) -> AssetTerms {
        AssetTerms { kind: self.kind, settlement_unit: self.settlement_unit, delisted }
    }
}

/// Key of a network: the hash of its genesis block.
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

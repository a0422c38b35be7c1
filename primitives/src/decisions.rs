//! Decisions that several accounts take together, and what they are about, as `pallet-participants` stores them and clients
//! read them.

use crate::{AccountId, AssetId, AssetRecord, Balance, CallHash, Moment, Role};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Most approvals of one proposal: twice the largest body, which has four accounts.
pub const MAX_APPROVALS: u32 = 8;
/// Longest note beside a reason, in bytes.
pub const MAX_NOTE: u32 = 140;

/// Accounts that decide together, by role. The index of a body of one role is that of the role.
#[derive(
    Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, Ord, PartialEq, PartialOrd, TypeInfo,
)]
pub enum Body {
    /// Two accounts of the operator.
    #[codec(index = 0)]
    Operator,
    /// Two accounts of the regulator.
    #[codec(index = 6)]
    Regulator,
    /// Two accounts of the operator and two of the regulator.
    #[codec(index = 32)]
    OperatorAndRegulator,
    /// Two accounts of the operator and one of the regulator.
    #[codec(index = 33)]
    OperatorAndOneRegulator,
    /// The account that owns the asset, and two of the regulator.
    #[codec(index = 34)]
    IssuerAndRegulator,
}

impl Body {
    /// All bodies, in the order of their indices.
    pub const ALL: [Body; 5] = [
        Body::Operator,
        Body::Regulator,
        Body::OperatorAndRegulator,
        Body::OperatorAndOneRegulator,
        Body::IssuerAndRegulator,
    ];

    /// Roles of the body, each with the number of different accounts that must approve.
    pub const fn quorum(self) -> &'static [(Role, u32)] {
        match self {
            Body::Operator => &[(Role::Operator, 2)],
            Body::Regulator => &[(Role::Regulator, 2)],
            Body::OperatorAndRegulator => &[(Role::Operator, 2), (Role::Regulator, 2)],
            Body::OperatorAndOneRegulator => &[(Role::Operator, 2), (Role::Regulator, 1)],
            Body::IssuerAndRegulator => &[(Role::Issuer, 1), (Role::Regulator, 2)],
        }
    }
}

/// Whoever took a decision, as events and records name it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Decider {
    /// The specification of the chain.
    #[codec(index = 0)]
    Genesis,
    /// One account of the operator.
    #[codec(index = 1)]
    Operator(AccountId),
    /// One account of the regulator.
    #[codec(index = 2)]
    Regulator(AccountId),
    /// Several accounts; the event `Approved` names them.
    #[codec(index = 3)]
    Together {
        /// The body that they formed.
        body: Body,
        /// The account of the issuer, where the body has one.
        issuer: Option<AccountId>,
    },
    /// Root: two accounts of the operator after the enactment delay, or the key of `Sudo`.
    #[codec(index = 4)]
    Root,
}

impl Decider {
    /// The decider that `body` is, without an issuer.
    pub const fn body(body: Body) -> Self {
        Decider::Together { body, issuer: None }
    }

    /// The body, if several accounts decided.
    pub const fn as_body(&self) -> Option<Body> {
        match self {
            Decider::Together { body, .. } => Some(*body),
            Decider::Genesis | Decider::Operator(_) | Decider::Regulator(_) | Decider::Root => None,
        }
    }
}

/// One account's approval of a proposal.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Approval {
    /// Account that approved.
    pub account: AccountId,
    /// Role of the body for which it counts.
    pub role: Role,
}

/// Approvals of a proposal, the oldest first: those that the body needs, and others that count when one of these is taken back.
pub type Approvals = BoundedVec<Approval, ConstU32<MAX_APPROVALS>>;

/// Stage of a proposal.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ProposalState {
    /// More accounts of the body must approve.
    #[codec(index = 0)]
    Proposed,
    /// The body is complete; the delay must pass.
    #[codec(index = 1)]
    Approved {
        /// Moment from which the call may be enacted.
        enact_after: Moment,
        /// Role of which any one account can stop it until then.
        veto: Option<Role>,
    },
}

/// A call that waits for a body, known by its hash.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Proposal {
    /// `blake2_256` of the SCALE encoding of the call.
    pub hash: CallHash,
    /// Account that proposed it.
    pub by: AccountId,
    /// Approvals so far, the proposer's included unless it took that back.
    pub approvals: Approvals,
    /// Stage that it has reached.
    pub state: ProposalState,
    /// Moment from which it counts for nothing.
    pub until: Moment,
}

/// Code of a reason, for reports.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ReasonCode {
    /// The participant was registered.
    #[codec(index = 0)]
    Registration,
    /// A key was lost or stolen.
    #[codec(index = 1)]
    KeyCompromised,
    /// A court or an authority ordered it.
    #[codec(index = 2)]
    CourtOrder,
    /// The party is on a sanctions list.
    #[codec(index = 3)]
    SanctionsList,
    /// The participant is insolvent.
    #[codec(index = 4)]
    Insolvency,
    /// The rules of the network were broken.
    #[codec(index = 5)]
    RuleBreach,
    /// The participant asked for it.
    #[codec(index = 6)]
    OwnRequest,
    /// The cause of an earlier measure is gone.
    #[codec(index = 7)]
    Resolved,
    /// An earlier entry was wrong.
    #[codec(index = 8)]
    Correction,
    /// Another cause, which the note says.
    #[codec(index = 9)]
    Other,
}

/// Reason of a decision.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Reason {
    /// Code of the reason, for reports.
    pub code: ReasonCode,
    /// Text for people: a file number, an order. UTF-8, may be empty.
    pub note: BoundedVec<u8, ConstU32<MAX_NOTE>>,
}

impl Reason {
    /// A reason without a note.
    pub fn new(code: ReasonCode) -> Self {
        Self { code, note: Default::default() }
    }
}

/// Place where a participant has something of an asset.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Holding {
    /// Balance of an account, one that was replaced included.
    #[codec(index = 0)]
    Account(AccountId),
    /// Credit in escrow under an account.
    #[codec(index = 1)]
    Credit(AccountId),
}

impl Holding {
    /// Account of the holding.
    pub fn account(&self) -> &AccountId {
        match self {
            Holding::Account(account) | Holding::Credit(account) => account,
        }
    }
}

/// Number of a licence.
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
    Ord,
    PartialEq,
    PartialOrd,
    TypeInfo,
)]
pub struct LicenceId(pub u32);

/// Permission to pay somebody out of what a sanctioned participant has.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Licence {
    /// Holding that is paid from.
    pub from: Holding,
    /// Asset that is paid.
    pub asset: AssetId,
    /// Amount that may still be paid, in the asset's smallest unit.
    pub amount: Balance,
    /// Account of an active participant that is paid.
    pub payee: AccountId,
    /// Moment from which nothing is paid any more.
    pub expires: Moment,
}

/// A listing, or a change of one, that the operator has not confirmed yet.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ListingRequest {
    /// Record that the issuer asks for.
    pub record: AssetRecord,
    /// Moment from which the request counts for nothing.
    pub until: Moment,
}

/// Accounts that manage an asset in `pallet-assets`.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Team {
    /// Account that changes the other three.
    pub owner: AccountId,
    /// Account that mints.
    pub issuer: AccountId,
    /// Account that thaws, and burns what it holds.
    pub admin: AccountId,
    /// Account that freezes holders and the asset.
    pub freezer: AccountId,
}

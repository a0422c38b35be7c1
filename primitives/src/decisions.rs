//! Decisions that several accounts take together, and what they are about, as `pallet-participants` stores them and clients
//! read them.

use crate::{AccountId, AssetId, AssetRecord, Balance, CallHash, Moment, Role};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Maximum number of approvals of one proposal: twice the four accounts of the largest [`Body`].
pub const MAX_APPROVALS: u32 = 8;
/// Maximum length of the note beside a reason, in bytes.
pub const MAX_NOTE: u32 = 140;

/// Body: accounts that decide a call together, by their roles. A body of one role has the index of that [`Role`].
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

/// Authority that took a decision, as events and records name it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Decider {
    /// Nobody but the specification of the chain, at genesis.
    #[codec(index = 0)]
    Genesis,
    /// One account of the operator alone.
    #[codec(index = 1)]
    Operator(AccountId),
    /// One account of the regulator alone.
    #[codec(index = 2)]
    Regulator(AccountId),
    /// Several accounts of a body together; the event `Approved` names them.
    #[codec(index = 3)]
    Together {
        /// Body that the accounts formed.
        body: Body,
        /// Account of the asset's issuer, if the body is [`Body::IssuerAndRegulator`].
        issuer: Option<AccountId>,
    },
    /// Root: two accounts of the operator after the enactment delay, or the key of `Sudo`.
    #[codec(index = 4)]
    Root,
}

impl Decider {
    /// Decider for a decision of `body` in which no issuer takes part.
    pub const fn body(body: Body) -> Self {
        Decider::Together { body, issuer: None }
    }

    /// Body that decided; `None` if a single account, root or the genesis did.
    pub const fn as_body(&self) -> Option<Body> {
        match self {
            Decider::Together { body, .. } => Some(*body),
            Decider::Genesis | Decider::Operator(_) | Decider::Regulator(_) | Decider::Root => None,
        }
    }
}

/// Approval of a proposal by one account.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Approval {
    /// Account that approved the proposal.
    pub account: AccountId,
    /// Role of the body for which it counts.
    pub role: Role,
}

/// Approvals of a proposal, the oldest first. Beyond those that the body needs there may be more, which count if one of
/// the others is withdrawn.
pub type Approvals = BoundedVec<Approval, ConstU32<MAX_APPROVALS>>;

/// State of a proposal: still short of approvals, or approved.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ProposalState {
    /// Proposed: more accounts of the body must approve.
    #[codec(index = 0)]
    Proposed,
    /// Approved by enough accounts of the body; the call waits for its delay.
    #[codec(index = 1)]
    Approved {
        /// Moment from which the call may be enacted.
        enact_after: Moment,
        /// Role of which any one account can veto the call until then; `None` if nobody can.
        veto: Option<Role>,
    },
}

/// Proposal of a call to a body. Only the hash of the call is stored.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Proposal {
    /// `blake2_256` of the SCALE encoding of the call.
    pub hash: CallHash,
    /// Account that proposed the call.
    pub by: AccountId,
    /// Approvals so far. The proposer's is one of them unless it was withdrawn.
    pub approvals: Approvals,
    /// State of the proposal: short of approvals, or approved.
    pub state: ProposalState,
    /// Moment from which the proposal has lapsed.
    pub until: Moment,
}

/// Code of the reason for a decision, for reports.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum ReasonCode {
    /// Registration of the participant.
    #[codec(index = 0)]
    Registration,
    /// Key of the participant was lost or stolen.
    #[codec(index = 1)]
    KeyCompromised,
    /// Order of a court or an authority.
    #[codec(index = 2)]
    CourtOrder,
    /// Participant is on a sanctions list.
    #[codec(index = 3)]
    SanctionsList,
    /// Participant has become insolvent.
    #[codec(index = 4)]
    Insolvency,
    /// Breach of the network's rules by the participant.
    #[codec(index = 5)]
    RuleBreach,
    /// Request of the participant itself.
    #[codec(index = 6)]
    OwnRequest,
    /// Cause of an earlier measure is gone.
    #[codec(index = 7)]
    Resolved,
    /// Correction of an earlier entry that was wrong.
    #[codec(index = 8)]
    Correction,
    /// Other cause, which the note of the reason tells.
    #[codec(index = 9)]
    Other,
}

/// Reason of a decision of those who govern: a code and a note.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Reason {
    /// Code of the reason, for reports.
    pub code: ReasonCode,
    /// Note for people, such as a file number or a court order. UTF-8, may be empty.
    pub note: BoundedVec<u8, ConstU32<MAX_NOTE>>,
}

impl Reason {
    /// Reason with this code and an empty note.
    pub fn new(code: ReasonCode) -> Self {
        Self { code, note: Default::default() }
    }
}

/// Place where a participant's amount of an asset is: an account's balance or a credit.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Holding {
    /// Balance of this account, which may have been replaced.
    #[codec(index = 0)]
    Account(AccountId),
    /// Credit that escrow owes under this account.
    #[codec(index = 1)]
    Credit(AccountId),
}

impl Holding {
    /// Account that has the balance, or under which the credit is.
    pub fn account(&self) -> &AccountId {
        match self {
            Holding::Account(account) | Holding::Credit(account) => account,
        }
    }
}

/// Number of a licence, in the order in which licences were granted.
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

/// Licence to pay one account out of a balance or credit of a sanctioned participant.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Licence {
    /// Balance or credit from which the payee is paid.
    pub from: Holding,
    /// Asset in which the payee is paid.
    pub asset: AssetId,
    /// Amount that may still be paid, in the asset's smallest unit.
    pub amount: Balance,
    /// Account that is paid; it belongs to an active participant.
    pub payee: AccountId,
    /// Moment from which nothing is paid under the licence any more.
    pub expires: Moment,
}

/// Request of an issuer to list an asset or to change its listing. It waits for the operator to confirm it.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ListingRequest {
    /// Record of the asset that the issuer asks for.
    pub record: AssetRecord,
    /// Moment from which the request has lapsed.
    pub until: Moment,
}

/// Accounts that have a role for an asset in `pallet-assets`.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Team {
    /// Owner of the asset: the account that changes the other three.
    pub owner: AccountId,
    /// Issuer of the asset: the account that mints it.
    pub issuer: AccountId,
    /// Admin of the asset: the account that thaws holders, and burns the amounts that it has itself.
    pub admin: AccountId,
    /// Freezer of the asset: the account that freezes single holders and the whole asset.
    pub freezer: AccountId,
}

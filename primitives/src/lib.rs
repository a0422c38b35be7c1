#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{frame_support::traits::fungible::NativeOrWithId, sp_runtime::AccountId32};

pub mod api;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
pub mod check_digits;
pub mod counterpart;
pub mod decisions;
pub mod directory;
pub mod escrow;
pub mod guard;
pub mod ids;
pub mod iso;
pub mod keys;
pub mod lane;
pub mod lots;
pub mod mandates;
pub mod orders;
pub mod outcome;
pub mod party;
pub mod payment;
pub mod records;
pub mod rights;
pub mod terms;
pub mod time;

pub use api::{FinalityPoints, InstructionView, LegView, PartyView, Position, Stage, TrancheView};
pub use check_digits::{Isin, Lei, Malformed};
pub use counterpart::{
    Commitment, Committed, Counterpart, CounterpartState, Decision, HeldInstructions, Message, ProofFault, ProvenState,
    Record, RejectReason, TakenBack, Transport, VersionedMessage, RECORD_VERSION,
};
pub use decisions::{
    Approval, Body, Decider, Holding, Licence, LicenceId, ListingRequest, Proposal, ProposalState, Reason, ReasonCode,
    Team,
};
pub use directory::{AssetKind, AssetTerms, Capacity, Directory, Role, Roles, Standing, Status};
pub use escrow::{Controller, Credit, Escrow, Payout, MAX_NAMED};
pub use guard::{GuardRefusal, UnknownRefusal};
pub use ids::{
    instruction_id, token_id, CallHash, ChangeHash, InstructionId, LegIndex, Lots, NetworkIndex, ParticipantId,
    Reference, TermsHash, TokenId, TrancheIndex, MAX_REFERENCE,
};
pub use keys::HeaderProof;
pub use lots::{cumulative, largest_covered, share, smallest, LotRange};
pub use orders::EscrowOrders;
pub use outcome::{BlockingReason, FlagKind, OnSettled, Outcome, TokenStatus};
pub use party::{Affirmation, PartyTerms, Policy, Quantity};
pub use payment::{Link, Payment, PaymentLeg, PaymentView, PendingRelease};
pub use records::{
    AccountRecord, Agent, AssetCode, AssetRecord, Certificate, DescriptionHash, Fingerprint, GenesisHash, Network,
    ParticipantRecord, Service, ServiceKind, ServiceState,
};
pub use rights::{Mandated, PartyLeg, Received, Right, Rights};
pub use terms::{
    Date, Execution, Leg, ManagedBy, OnIncomplete, Term, Terms, TermsFault, TwoNetworks, VersionedTerms, MAX_LEGS,
    MAX_PARTIES,
};
pub use time::{Bucket, SLOT_DURATION};

/// Account of a participant or of the chain itself: the public key of a signer, or a derived address. Printed as SS58
/// with prefix 42.
pub type AccountId = AccountId32;

/// Amount of one asset in its smallest unit (a cent, a share, a thousandth of a fund unit).
pub type Balance = u128;

/// Asset: the native currency, or an asset of `pallet-assets` by its number.
pub type AssetId = NativeOrWithId<u32>;

/// Instant of consensus time: milliseconds since 1970-01-01T00:00:00Z, as `Timestamp::now` gives it.
pub type Moment = u64;

/// Number of a block, from 0 for the genesis block.
pub type BlockNumber = u32;

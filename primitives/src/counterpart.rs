//! What the two networks of one trade say to each other: commitments, records, messages, and how either is proven.
//!
//! The network that *holds* the instruction commits: it gives up every way of its own to take the tranche back. The other
//! one, named by `commit_on`, *decides*: its [`Record`] is the one commit point, and the holding network only follows it.

use crate::{AccountId, InstructionId, Lots, Moment, Parts, TermsHash, TrancheIndex, VersionedTerms};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
    frame_support::{PalletError, Parameter},
    sp_core::H256,
    sp_runtime::{DispatchError, DispatchResult},
    sp_weights::Weight,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The version of what `Commitments` and `Records` are: their names, keys, hashers and encodings.
///
/// A chain keeps its own under `Counterpart::RecordVersion`, and each proof shows the other's. An absent record proves
/// nothing about a chain that keeps records elsewhere: whatever changes one of the four raises this in the same upgrade.
/// Messages do not show it: whatever changes what is in one, its meaning too, takes the next variant of
/// [`VersionedMessage`] in the same upgrade.
pub const RECORD_VERSION: u16 = 1;

/// What a network has committed of one tranche, and cannot take back before the other has decided.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Commitment {
    /// The hash of the terms that all parties on the holding network have affirmed.
    pub terms_hash: TermsHash,
    /// The account that instructed: with the genesis hash and the terms it makes the instruction's id.
    pub instructing: AccountId,
    /// Both genesis hashes, in the order of the terms.
    pub networks: [H256; 2],
    /// Lots that had settled before this tranche.
    pub settled: Lots,
    /// The most lots that may be executed: they are reserved on every leg of the holding network.
    pub lots: Lots,
    /// The smaller parts that the parties on the holding network take.
    pub parts: Parts,
}

impl Commitment {
    /// Whether the deciding network may execute exactly this many lots.
    pub fn allows(&self, lots: Lots) -> bool {
        lots <= self.lots && self.parts.takes(lots)
    }
}

/// What the deciding network has decided about one tranche. It never changes, and stays until the holding network has
/// been proven to be done with it.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Record {
    /// The hash of the terms that the tranche is of.
    pub terms_hash: TermsHash,
    /// Both genesis hashes, in the order of the terms.
    pub networks: [H256; 2],
    /// The pay deadline of the terms: before it the record does not go.
    pub pay_deadline: Moment,
    /// What was decided.
    pub decision: Decision,
}

/// A decision: its legs of the tranche are paid, or never will be.
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
pub enum Decision {
    /// Every leg of the deciding network has moved this many lots.
    #[codec(index = 0)]
    Executed {
        /// Lots.
        lots: Lots,
    },
    /// No leg has moved, and none ever will for this tranche.
    #[codec(index = 1)]
    Rejected {
        /// Why.
        reason: RejectReason,
    },
}

/// Why the deciding network refuses a tranche. ISO 20022 reasons are those of `sese.024`.
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
pub enum RejectReason {
    /// Its pay deadline had passed (`DEAD`).
    #[codec(index = 0)]
    TooLate,
    /// A party refused it there (`REJT`).
    #[codec(index = 1)]
    Refused,
    /// An account of one of its legs belongs to no active participant with a role to settle (`IEXE`, `SAFE`).
    #[codec(index = 2)]
    PartyNotActive,
    /// An asset of one of its legs is not registered there (`DSEC`).
    #[codec(index = 3)]
    AssetNotFound,
    /// A quantity cannot be divided into these lots there (`DQUA`).
    #[codec(index = 4)]
    NotAMultipleOfUnit,
    /// The manager whom the terms name for it is no settlement manager there (`IEXE`).
    #[codec(index = 5)]
    ManagerNotFound,
    /// Its pay deadline is further away than an instruction lives there (`DDEA`).
    #[codec(index = 6)]
    LifeTooLong,
}

impl RejectReason {
    /// The ISO 20022 code.
    pub fn iso_code(self) -> &'static str {
        match self {
            RejectReason::TooLate => "DEAD",
            RejectReason::Refused => "REJT",
            RejectReason::PartyNotActive | RejectReason::ManagerNotFound => "IEXE",
            RejectReason::AssetNotFound => "DSEC",
            RejectReason::NotAMultipleOfUnit => "DQUA",
            RejectReason::LifeTooLong => "DDEA",
        }
    }
}

/// What the ordinary lane carries. It saves a proof when it arrives in time; no decision depends on its arriving.
// One is as large as the terms it carries, the other small; both are only encoded, never kept.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum VersionedMessage {
    /// The first version.
    #[codec(index = 1)]
    V1(Message),
}

/// A message, first version.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Message {
    /// To the deciding network: this tranche is committed.
    #[codec(index = 0)]
    Committed {
        /// The terms, whole.
        terms: VersionedTerms,
        /// Which tranche.
        tranche: TrancheIndex,
        /// What is committed.
        commitment: Commitment,
    },
    /// To the holding network: this tranche is decided.
    #[codec(index = 1)]
    Decided {
        /// Which instruction.
        id: InstructionId,
        /// Which tranche.
        tranche: TrancheIndex,
        /// What is decided.
        record: Record,
    },
}

/// Why a proof shows nothing.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PalletError, PartialEq, TypeInfo)]
pub enum ProofFault {
    /// The light client is halted: nothing can be proven until it runs again.
    #[codec(index = 0)]
    Halted,
    /// The light client has not imported this header, or has dropped it: prove against a newer one.
    #[codec(index = 1)]
    HeaderNotFound,
    /// This header is on the block-list, or its number is blocked: prove against another one, or a newer one.
    #[codec(index = 2)]
    HeaderBlocked,
    /// The proof is not of this header's state: it has no node with that root.
    #[codec(index = 3)]
    WrongRoot,
    /// A node that leads to what is asked for is missing. That is not a proof of absence.
    #[codec(index = 4)]
    NodeMissing,
    /// The proof has a node that nothing needs, or the same one twice: send exactly what `state_getReadProof` gives.
    #[codec(index = 5)]
    NodeUnused,
    /// What is proven is not of the expected type.
    #[codec(index = 6)]
    Undecodable,
    /// The counterpart keeps records of another version than this runtime reads, or of none.
    #[codec(index = 7)]
    OtherRecordVersion,
    /// The proof has more than any proof needs.
    #[codec(index = 8)]
    TooLarge,
}

/// A way to learn what the counterpart's state is. The GRANDPA light client is one; an attested one, for cash on a ledger
/// that is no chain, would be another.
pub trait CounterpartState {
    /// What somebody brings to show it.
    type Proof: Parameter;
    /// What can be read of a proof that is good.
    type Reader: ProvenState;

    /// Opens the proof, unless the counterpart's state cannot be trusted now.
    fn open(proof: Self::Proof) -> Result<Self::Reader, ProofFault>;

    /// The size of the proof, in bytes: what reading it costs grows with it.
    fn size(proof: &Self::Proof) -> u32;

    /// Whether the proof has more than any proof needs.
    fn is_oversized(proof: &Self::Proof) -> bool;

    /// The newest state that is known to be final; `None` before the light client is initialised.
    fn newest() -> Option<H256>;

    /// Whether nothing can be proven now, whoever decided that.
    fn is_halted() -> bool;

    /// Makes it know a state.
    #[cfg(feature = "runtime-benchmarks")]
    fn know_for_benchmark();
}

/// The counterpart's state, as one proof shows it. What is not in the proof is a [`ProofFault`], never `None`.
pub trait ProvenState {
    /// The version of the records in this state; `None` if it has none.
    fn record_version(&mut self) -> Result<Option<u16>, ProofFault>;

    /// The counterpart's consensus time in this state, in milliseconds.
    fn now(&mut self) -> Result<Moment, ProofFault>;

    /// The genesis hash of the chain whose state this is. What is absent names no chain by itself.
    fn genesis(&mut self) -> Result<H256, ProofFault>;

    /// What the counterpart has committed of the tranche; `None` only if its absence is proven.
    fn commitment(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Commitment>, ProofFault>;

    /// What the counterpart has decided about the tranche; `None` only if its absence is proven.
    fn record(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Record>, ProofFault>;

    /// Fails if the proof has anything that was not asked for.
    fn close(self) -> Result<(), ProofFault>;
}

/// The counterpart, as `pallet-settlement` sees it. `()` where there is none.
pub trait Counterpart {
    /// Whether new trades with the network of this genesis may begin or be committed now.
    fn is_open_for(genesis: H256) -> bool;

    /// The least time between a commitment and the pay deadline, in milliseconds: finality of both chains, the
    /// gateway's budget and the drift of clocks.
    fn min_settle_window() -> Moment;

    /// Makes the counterpart open for this genesis.
    #[cfg(feature = "runtime-benchmarks")]
    fn open_for_benchmark(_genesis: H256) {}
}

impl Counterpart for () {
    fn is_open_for(_genesis: H256) -> bool {
        false
    }

    fn min_settle_window() -> Moment {
        0
    }
}

/// An instruction held on this network, as `pallet-counterpart` drives it. `pallet-settlement`.
pub trait HeldInstructions {
    /// Commits what is reserved on every leg of this network, or `lots` of it, for `who`, and says what is committed.
    ///
    /// Fails, without any change, unless `who` may and everything stands for it; see `Counterpart::commit`.
    fn commit(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<Committed, DispatchError>;

    /// What is committed of the instruction now: its terms and the tranche; `None` if nothing is.
    fn committed(id: InstructionId) -> Option<(VersionedTerms, TrancheIndex)>;

    /// Everything that is committed, as `commit` said it. It reads all instructions: for checks and reports, not for calls.
    fn all_committed() -> Vec<(InstructionId, Committed)>;

    /// Delivers exactly `lots` of the committed tranche, whatever status, flag or asset state says now, and frees the
    /// rest: it is reserved still while a further tranche can be committed, and returns otherwise.
    fn deliver(id: InstructionId, lots: Lots) -> DispatchResult;

    /// Returns everything and closes it: the counterpart has rejected the tranche, or its time passed there.
    fn take_back(id: InstructionId, why: TakenBack) -> DispatchResult;

    /// What `commit` costs at most, by the number of legs.
    fn commit_weight(legs: u32) -> Weight;

    /// What `deliver` costs at most, by the number of legs.
    fn deliver_weight(legs: u32) -> Weight;

    /// What `take_back` costs at most, by the number of legs.
    fn take_back_weight(legs: u32) -> Weight;

    /// Makes an instruction of as many legs as fit, of which one is here and reserved whole, and returns an account that
    /// may commit it.
    #[cfg(feature = "runtime-benchmarks")]
    fn hold_for_benchmark() -> (AccountId, InstructionId);
}

/// Why a committed tranche goes back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TakenBack {
    /// The counterpart rejected it.
    Rejected,
    /// The pay deadline passed on the counterpart without a record.
    TimedOut,
    /// The counterpart has stopped for good and the operator released it.
    Released,
}

/// A tranche that has been committed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Committed {
    /// The terms, whole.
    pub terms: VersionedTerms,
    /// Which tranche.
    pub tranche: TrancheIndex,
    /// What is committed.
    pub commitment: Commitment,
}

/// The ordinary way of messages. `()` where there is none: proofs serve alone.
pub trait Transport {
    /// Sends the message if the lane takes it, and says whether it did.
    fn send(message: VersionedMessage) -> bool;
}

impl Transport for () {
    fn send(_message: VersionedMessage) -> bool {
        false
    }
}

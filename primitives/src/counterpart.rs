//! Commitments, records and messages that the two networks of one trade exchange, and the traits that read and prove them.
//!
//! The network that *holds* the instruction commits: it gives up every way of its own to take the tranche back. The other
//! one, named by `commit_on`, *decides*: its [`Record`] is the one commit point, and the holding network only follows it.

use crate::{AccountId, InstructionId, LotRange, Lots, Moment, TermsHash, TrancheIndex, VersionedTerms};
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

/// Version of the storage items `Commitments` and `Records`: of their names, keys, hashers and encodings.
///
/// Each chain keeps its own version under `Counterpart::RecordVersion`, and each proof shows the other chain's. An absent
/// record proves nothing about a chain that keeps its records elsewhere. So an upgrade that changes one of the four raises
/// this number too. Messages do not carry the number: an upgrade that changes the content or the meaning of a message
/// takes the next variant of [`VersionedMessage`].
pub const RECORD_VERSION: u16 = 1;

/// Commitment of the holding network to one tranche. It cannot be taken back before the other network has decided.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Commitment {
    /// Hash of the terms that all parties on the holding network have affirmed.
    pub terms_hash: TermsHash,
    /// Account that instructed: with the genesis hash and the terms it makes the instruction's id.
    pub instructing: AccountId,
    /// Both genesis hashes, in the order of the terms.
    pub networks: [H256; 2],
    /// Lots that had settled before this tranche.
    pub settled: Lots,
    /// Maximum number of lots that may be executed: they are reserved on every leg of the holding network.
    pub lots: Lots,
    /// Smaller parts that the parties on the holding network accept.
    pub parts: LotRange,
}

impl Commitment {
    /// True if the deciding network may execute exactly this many lots.
    pub fn allows(&self, lots: Lots) -> bool {
        lots <= self.lots && self.parts.takes(lots)
    }
}

/// Decision of the deciding network about one tranche. It never changes, and stays until the holding network is proven to
/// have ended the tranche.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Record {
    /// Hash of the terms of the tranche's instruction.
    pub terms_hash: TermsHash,
    /// Both genesis hashes, in the order of the terms.
    pub networks: [H256; 2],
    /// Pay deadline of the terms: the record stays at least until then.
    pub pay_deadline: Moment,
    /// Decision, executed or rejected.
    pub decision: Decision,
}

/// Decision: the legs of the tranche are paid, or never will be.
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
        /// Number of lots that every leg has moved.
        lots: Lots,
    },
    /// No leg has moved, and none ever will for this tranche.
    #[codec(index = 1)]
    Rejected {
        /// Cause of the rejection.
        reason: RejectReason,
    },
}

/// Reason of the deciding network for a rejection. The codes are those of ISO 20022 `sese.024`: `PrcgSts/Rjctd`
/// (`RejectionReason75Code`), and `MtchgSts/Umtchd` (`UnmatchedReason11Code`) for a refusal by a party.
#[derive(
    Clone,
    Copy,
    Debug,
    Decode,
    DecodeWithMemTracking,
    Encode,
    Eq,
    MaxEncodedLen,
    PalletError,
    PartialEq,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum RejectReason {
    /// Pay deadline had passed (`LATE`).
    #[codec(index = 0)]
    TooLate,
    /// Refused by a party on the deciding network (`DTRA`).
    #[codec(index = 1)]
    Refused,
    /// Account of a leg belongs to no active participant with a role to settle (`SAFE`).
    #[codec(index = 2)]
    PartyNotActive,
    /// Asset of a leg is not listed on the deciding network (`DSEC`).
    #[codec(index = 3)]
    AssetNotFound,
    /// Quantity of a leg cannot be divided into these lots, by the asset's settlement unit there (`DQUA`).
    #[codec(index = 4)]
    NotAMultipleOfUnit,
    /// Manager whom the terms name is no settlement manager on the deciding network (`OTHR`).
    #[codec(index = 5)]
    ManagerNotFound,
    /// Pay deadline is further away than an instruction lives on the deciding network (`DDAT`).
    #[codec(index = 6)]
    LifeTooLong,
}

/// Message on the ordinary lane. It saves a proof if it arrives in time; no decision depends on its arriving.
// One is as large as the terms it carries, the other small; both are only encoded, never kept.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum VersionedMessage {
    /// First version of a message.
    #[codec(index = 1)]
    V1(Message),
}

/// Message of the first version.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Message {
    /// To the deciding network: this tranche is committed.
    #[codec(index = 0)]
    Committed {
        /// Complete terms of the instruction.
        terms: VersionedTerms,
        /// Tranche that is committed.
        tranche: TrancheIndex,
        /// Commitment of the holding network.
        commitment: Commitment,
    },
    /// To the holding network: this tranche is decided.
    #[codec(index = 1)]
    Decided {
        /// Instruction that the tranche is of.
        id: InstructionId,
        /// Tranche that is decided.
        tranche: TrancheIndex,
        /// Decision of the deciding network.
        record: Record,
    },
}

/// Fault for which a proof is refused.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PalletError, PartialEq, TypeInfo)]
pub enum ProofFault {
    /// Light client is halted: nothing can be proven until it runs again.
    #[codec(index = 0)]
    Halted,
    /// Header is not imported by the light client, or dropped: prove against a newer one.
    #[codec(index = 1)]
    HeaderNotFound,
    /// Header is on the block-list, or its number is blocked: prove against another one, or a newer one.
    #[codec(index = 2)]
    HeaderBlocked,
    /// Proof of another state: no node has this header's state root.
    #[codec(index = 3)]
    WrongRoot,
    /// Node on the way to a key is missing, which is no proof of absence.
    #[codec(index = 4)]
    NodeMissing,
    /// Node that no key needs, or a node twice: send exactly what `state_getReadProof` gives.
    #[codec(index = 5)]
    NodeUnused,
    /// Proven value is not of the expected type.
    #[codec(index = 6)]
    Undecodable,
    /// Counterpart keeps records of another version than this runtime reads, or of none.
    #[codec(index = 7)]
    OtherRecordVersion,
    /// Proof has more nodes or bytes than any proof needs.
    #[codec(index = 8)]
    TooLarge,
}

/// Access to the proven state of the counterpart. The GRANDPA light client implements it; an attested one, for cash on a
/// ledger that is no chain, would be another implementation.
pub trait CounterpartState {
    /// Proof as a transaction carries it.
    type Proof: Parameter;
    /// Reader of a proof that has been opened.
    type Reader: ProvenState;

    /// Opens the proof; fails if the counterpart's state cannot be trusted now.
    fn open(proof: Self::Proof) -> Result<Self::Reader, ProofFault>;

    /// Size of the proof, in bytes: the cost of reading grows with it.
    fn size(proof: &Self::Proof) -> u32;

    /// True if the proof has more nodes or bytes than any proof needs.
    fn is_oversized(proof: &Self::Proof) -> bool;

    /// Newest state known to be final; `None` before the light client is initialised.
    fn newest() -> Option<H256>;

    /// True while nothing can be proven, whoever halted it.
    fn is_halted() -> bool;
}

/// State of the counterpart as one proof shows it. A key that the proof does not cover is a [`ProofFault`], never `None`.
pub trait ProvenState {
    /// Version of the records in this state; `None` if it has none.
    fn record_version(&mut self) -> Result<Option<u16>, ProofFault>;

    /// Consensus time of the counterpart in this state, in milliseconds.
    fn now(&mut self) -> Result<Moment, ProofFault>;

    /// Genesis hash of the chain whose state this is. An absent record names no chain by itself.
    fn genesis(&mut self) -> Result<H256, ProofFault>;

    /// Commitment of the counterpart to the tranche; `None` only if its absence is proven.
    fn commitment(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Commitment>, ProofFault>;

    /// Decision of the counterpart about the tranche; `None` only if its absence is proven.
    fn record(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Record>, ProofFault>;

    /// Closes the proof; fails if it has a node that no read needed.
    fn close(self) -> Result<(), ProofFault>;
}

/// Counterpart as `pallet-settlement` needs it: open or not, and how much time a commitment needs. `()` where there is none.
pub trait Counterpart {
    /// True if new trades with the network of this genesis may begin or be committed now.
    fn is_open_for(genesis: H256) -> bool;

    /// Minimum time between a commitment and the pay deadline, in milliseconds: finality of both chains, the gateway's
    /// budget and the drift of clocks.
    fn min_settle_window() -> Moment;
}

impl Counterpart for () {
    fn is_open_for(_genesis: H256) -> bool {
        false
    }

    fn min_settle_window() -> Moment {
        0
    }
}

/// Instructions held on this network, as `pallet-counterpart` drives them. `pallet-settlement` implements it.
pub trait HeldInstructions {
    /// Commits the lots reserved on every leg of this network, or `lots` of them, for `who`, and returns the commitment.
    ///
    /// Fails without any change if `who` may not commit, or if a condition of `Counterpart::commit` is not met.
    fn commit(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<Committed, DispatchError>;

    /// Terms and tranche of the instruction that are committed now; `None` if nothing is.
    fn committed(id: InstructionId) -> Option<(VersionedTerms, TrancheIndex)>;

    /// Everything that is committed, as `commit` returned it. Reads all instructions: for checks and reports, not for calls.
    fn all_committed() -> Vec<(InstructionId, Committed)>;

    /// Delivers exactly `lots` of the committed tranche, whatever status, flag or asset state says now, and frees the
    /// rest. The rest stays reserved while a further tranche can be committed, and returns otherwise.
    fn deliver(id: InstructionId, lots: Lots) -> DispatchResult;

    /// Returns everything and closes the instruction, for the reason `why`.
    fn take_back(id: InstructionId, why: TakenBack) -> DispatchResult;

    /// Weight of `commit` at most, by the number of legs.
    fn commit_weight(legs: u32) -> Weight;

    /// Weight of `deliver` at most, by the number of legs.
    fn deliver_weight(legs: u32) -> Weight;

    /// Weight of `take_back` at most, by the number of legs.
    fn take_back_weight(legs: u32) -> Weight;
}

/// Reason for which a committed tranche returns.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TakenBack {
    /// Rejected by the counterpart.
    Rejected,
    /// Pay deadline passed on the counterpart without a record.
    TimedOut,
    /// Released by the operator, after the counterpart stopped for good.
    Released,
}

/// Committed tranche with its terms.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Committed {
    /// Complete terms of the instruction.
    pub terms: VersionedTerms,
    /// Tranche that is committed.
    pub tranche: TrancheIndex,
    /// Commitment of the holding network.
    pub commitment: Commitment,
}

/// Ordinary way of messages. `()` where there is none: proofs serve alone.
pub trait Transport {
    /// Sends the message if the lane takes it; true if it did.
    fn send(message: VersionedMessage) -> bool;
}

impl Transport for () {
    fn send(_message: VersionedMessage) -> bool {
        false
    }
}

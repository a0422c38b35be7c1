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
/// Each chain keeps its own version under `Counterpart::RecordVersion`, and each proof shows the other chain's. An
/// absent record proves nothing about a chain that keeps its records elsewhere. So an upgrade that changes a name, key,
/// hasher or encoding raises this number too. Messages do not carry the number: an upgrade that changes the content or
/// the meaning of a message takes the next variant of [`VersionedMessage`].
pub const RECORD_VERSION: u16 = 1;

/// Commitment of the holding network to one tranche. It cannot be taken back before the other network has decided.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Commitment {
    /// Hash of the terms that all parties on the holding network have affirmed.
    pub terms_hash: TermsHash,
    /// Account that instructed on the holding network. The instruction's id follows from it, the genesis hash and the
    /// terms.
    pub instructing: AccountId,
    /// Genesis hashes of both networks, in the order of the terms.
    pub networks: [H256; 2],
    /// Number of lots of the instruction that had settled before this tranche.
    pub settled: Lots,
    /// Largest number of lots that the deciding network may execute. They are reserved on every leg of the holding
    /// network.
    pub lots: Lots,
    /// Parts of these lots that the parties on the holding network accept.
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
    /// Genesis hashes of both networks, in the order of the terms.
    pub networks: [H256; 2],
    /// Pay deadline of the terms: the record stays at least until then.
    pub pay_deadline: Moment,
    /// Decision about the tranche: executed or rejected.
    pub decision: Decision,
}

/// Decision of the deciding network about a tranche: its legs have moved, or never will.
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
        /// Reason for the rejection.
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
    /// Pay deadline of the terms had passed (`LATE`).
    #[codec(index = 0)]
    TooLate,
    /// Refused by a party on the deciding network (`DTRA`).
    #[codec(index = 1)]
    Refused,
    /// Account of a leg belongs to no active participant that has a role to settle (`SAFE`).
    #[codec(index = 2)]
    PartyNotActive,
    /// Asset of a leg is not listed on the deciding network (`DSEC`).
    #[codec(index = 3)]
    AssetNotFound,
    /// Quantity of a leg cannot be divided into these lots, by the asset's settlement unit there (`DQUA`).
    #[codec(index = 4)]
    NotAMultipleOfUnit,
    /// Settlement manager whom the terms name does not have that role on the deciding network (`OTHR`).
    #[codec(index = 5)]
    ManagerNotFound,
    /// Pay deadline is further away than the deciding network lets an instruction live (`DDAT`).
    #[codec(index = 6)]
    LifeTooLong,
}

/// Message from one network to the other on the message lane. It saves a proof if it arrives in time; no decision
/// depends on its arrival.
// One is as large as the terms it carries, the other small; both are only encoded, never kept.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum VersionedMessage {
    /// Message in the first version of its format.
    #[codec(index = 1)]
    V1(Message),
}

/// Message between the networks, first version of its content.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum Message {
    /// Message to the deciding network: the holding network has committed a tranche.
    #[codec(index = 0)]
    Committed {
        /// Complete terms of the instruction.
        terms: VersionedTerms,
        /// Number of the tranche that is committed.
        tranche: TrancheIndex,
        /// Commitment that the holding network has made to this tranche.
        commitment: Commitment,
    },
    /// Message to the holding network: the deciding network has decided about a tranche.
    #[codec(index = 1)]
    Decided {
        /// Id of the instruction that the tranche belongs to.
        id: InstructionId,
        /// Number of the tranche that is decided.
        tranche: TrancheIndex,
        /// Record in which the deciding network has stored its decision.
        record: Record,
    },
}

/// Fault for which a proof of the counterpart's state is refused.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PalletError, PartialEq, TypeInfo)]
pub enum ProofFault {
    /// Light client is halted: no proof is accepted until it is resumed.
    #[codec(index = 0)]
    Halted,
    /// Header of the proof is not known to the light client, or no longer: prove against a newer one.
    #[codec(index = 1)]
    HeaderNotFound,
    /// Header of the proof is on the block-list, or its number is blocked: prove against another one, or a newer one.
    #[codec(index = 2)]
    HeaderBlocked,
    /// Proof belongs to another state: none of its nodes has the header's state root as hash.
    #[codec(index = 3)]
    WrongRoot,
    /// Trie node on the way to a key is missing, so that neither presence nor absence is proven.
    #[codec(index = 4)]
    NodeMissing,
    /// Proof has a trie node that no key needs, or has one twice: send exactly what `state_getReadProof` returns.
    #[codec(index = 5)]
    NodeUnused,
    /// Proven value cannot be decoded as the expected type.
    #[codec(index = 6)]
    Undecodable,
    /// Counterpart keeps its records in another version than this runtime reads, or names no version.
    #[codec(index = 7)]
    OtherRecordVersion,
    /// Proof has more nodes or bytes than any valid proof needs.
    #[codec(index = 8)]
    TooLarge,
}

/// Access to the proven state of the counterpart. The GRANDPA light client of `pallet-counterpart` implements it.
pub trait CounterpartState {
    /// Proof of the counterpart's state, as a transaction carries it.
    type Proof: Parameter;
    /// Reader of an opened proof, which returns the proven values.
    type Reader: ProvenState;

    /// Opens the proof for reading; fails if the light client does not know or trust the proof's header now.
    fn open(proof: Self::Proof) -> Result<Self::Reader, ProofFault>;

    /// Size of the proof, in bytes: the cost of reading grows with it.
    fn size(proof: &Self::Proof) -> u32;

    /// True if the proof has more nodes or bytes than any valid proof needs.
    fn is_oversized(proof: &Self::Proof) -> bool;

    /// Hash of the counterpart's newest header that is known to be final; `None` before the light client is
    /// initialised.
    fn newest() -> Option<H256>;

    /// True while the light client is halted, so that no proof is accepted.
    fn is_halted() -> bool;
}

/// Values of the counterpart's state in one opened proof. Reading a key that the proof does not cover is a
/// [`ProofFault`], never `None`.
pub trait ProvenState {
    /// Version in which the counterpart keeps its records, at the proof's header; `None` if it names none.
    fn record_version(&mut self) -> Result<Option<u16>, ProofFault>;

    /// Consensus time of the counterpart at the proof's header, in milliseconds.
    fn now(&mut self) -> Result<Moment, ProofFault>;

    /// Genesis hash of the chain that the proof is of. An absent record alone does not tell which chain it is.
    fn genesis(&mut self) -> Result<H256, ProofFault>;

    /// Commitment of the counterpart to this tranche of the instruction; `None` only if its absence is proven.
    fn commitment(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Commitment>, ProofFault>;

    /// Record of the counterpart about this tranche of the instruction; `None` only if its absence is proven.
    fn record(&mut self, id: InstructionId, tranche: TrancheIndex) -> Result<Option<Record>, ProofFault>;

    /// Ends reading; fails if the proof has a node that no read has needed.
    fn close(self) -> Result<(), ProofFault>;
}

/// Counterpart network as `pallet-settlement` needs it: is it open, and how much time does a commitment need? `()`
/// stands for a chain without a counterpart.
pub trait Counterpart {
    /// True if the counterpart has this genesis hash and trades with it may begin or be committed now.
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

/// Instructions that this network holds, for `pallet-counterpart`, which commits and ends them. `pallet-settlement`
/// implements it.
pub trait HeldInstructions {
    /// Commits the instruction for the account `who`: `lots` of the lots that are reserved on every leg of this
    /// network, or all of them if `None`. Returns the commitment.
    ///
    /// Fails without any change if `who` may not commit, or if a condition of the call `Counterpart::commit` is not
    /// met.
    fn commit(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<Committed, DispatchError>;

    /// Terms and tranche of the instruction that are committed now; `None` if it has no open commitment.
    fn committed(id: InstructionId) -> Option<(VersionedTerms, TrancheIndex)>;

    /// Number of legs of an open instruction, on both networks; `None` if no instruction with this id is open.
    fn legs(id: InstructionId) -> Option<u32>;

    /// All open commitments with their instructions, as `commit` returned them. Reads all instructions: for checks and
    /// reports, not for calls.
    fn all_committed() -> Vec<(InstructionId, Committed)>;

    /// Delivers exactly `lots` of the instruction's committed tranche, whatever status, flag or asset state says now.
    /// The other committed lots stay reserved while a further tranche can be committed, and return to their givers
    /// otherwise.
    ///
    /// `by` is the account that brought the proof, for the events; `None` if a message brought the decision.
    fn deliver(id: InstructionId, lots: Lots, by: Option<&AccountId>) -> DispatchResult;

    /// Returns everything that is reserved to its givers and closes the instruction, for the reason `why`. `by` is as for
    /// [`Self::deliver`].
    fn take_back(id: InstructionId, why: TakenBack, by: Option<&AccountId>) -> DispatchResult;

    /// Maximum weight of `commit`, by the instruction's number of legs.
    fn commit_weight(legs: u32) -> Weight;

    /// Maximum weight of `deliver`, by the instruction's number of legs.
    fn deliver_weight(legs: u32) -> Weight;

    /// Maximum weight of `take_back`, by the instruction's number of legs.
    fn take_back_weight(legs: u32) -> Weight;
}

/// Reason for which a committed tranche returns to its givers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TakenBack {
    /// Rejected by the deciding network.
    Rejected,
    /// Pay deadline passed on the deciding network without a record.
    TimedOut,
    /// Released by the operator, because the counterpart had stopped for good.
    Released,
}

/// Tranche that is committed, with the terms of its instruction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Committed {
    /// Complete terms of the instruction.
    pub terms: VersionedTerms,
    /// Number of the tranche that is committed.
    pub tranche: TrancheIndex,
    /// Commitment that the holding network has made to this tranche.
    pub commitment: Commitment,
}

/// Lane that carries messages to the counterpart. `()` stands for a chain without one, where proofs do all of it.
pub trait Transport {
    /// Sends the message if the lane accepts it; true if it was sent.
    fn send(message: VersionedMessage) -> bool;
}

impl Transport for () {
    fn send(_message: VersionedMessage) -> bool {
        false
    }
}

//! Instructions as `pallet-settlement` stores them, as far as a client reads the storage and not the runtime API.

use codec::Decode;
use tandem_primitives::{
    AccountId, BlockNumber, FlagKind, Lots, Moment, Outcome, ParticipantId, Policy, Reference, TermsHash, TokenStatus,
    TrancheIndex, VersionedTerms,
};

/// Value of `Settlement.Instructions`.
// The open one is large, and nearly all are open.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, Decode, Eq, PartialEq)]
pub enum Instruction {
    /// Instruction that can still settle, or return what is reserved.
    #[codec(index = 0)]
    Open(Open),
    /// Record of one that is over.
    #[codec(index = 1)]
    Closed(Closed),
}

/// Instruction that is not over. Fields that no client reads are private.
#[derive(Clone, Debug, Decode, Eq, PartialEq)]
pub struct Open {
    /// Terms that are agreed, or proposed.
    pub terms: VersionedTerms,
    /// Hash that the parties affirm.
    pub terms_hash: TermsHash,
    /// Account that instructed.
    pub instructing: AccountId,
    parties: Vec<Party>,
    legs: Vec<LegState>,
    state: State,
    /// Lots settled so far.
    pub settled: Lots,
    /// Tranche that forms next, or has formed.
    pub tranche: TrancheIndex,
    flags: Vec<(FlagKind, Vec<u8>)>,
    /// Blocks at which it passed the points of settlement finality.
    pub points: Points,
}

/// Instruction that is over.
#[derive(Clone, Debug, Decode, Eq, PartialEq)]
pub struct Closed {
    /// Hash that the parties affirmed, or were asked to.
    pub terms_hash: TermsHash,
    /// Outcome, such as settled or expired.
    pub outcome: Outcome,
    /// Lots that settled in all.
    pub lots: Lots,
    /// Tranches that settled in all.
    pub tranches: TrancheIndex,
    /// Deadline of the terms, in milliseconds of consensus time.
    pub deadline: Moment,
    /// Instant at which it was closed, in milliseconds of consensus time.
    pub ended: Moment,
    /// Blocks at which it passed the points of settlement finality.
    pub points: Points,
}

/// Blocks at which an instruction passed the points of settlement finality.
#[derive(Clone, Copy, Debug, Decode, Eq, PartialEq)]
pub struct Points {
    /// Block in which it was instructed.
    pub entered: BlockNumber,
    /// Block at which what the current tranche needs was committed, or else the last one.
    pub irrevocable: Option<BlockNumber>,
    /// Block in which the last tranche settled.
    pub last_tranche: Option<BlockNumber>,
}

#[derive(Clone, Debug, Decode, Eq, PartialEq)]
struct Party {
    participant: ParticipantId,
    account: Option<AccountId>,
    affirmed: bool,
    affirmed_itself: bool,
    policy: Policy,
    priority: u8,
    reference: Reference,
    cancel_until: Option<Moment>,
}

#[derive(Clone, Debug, Decode, Eq, PartialEq)]
struct LegState {
    ends: Option<(ParticipantId, ParticipantId)>,
    reserved: Lots,
    token: Option<TokenStatus>,
}

#[derive(Clone, Copy, Debug, Decode, Eq, PartialEq)]
enum State {
    #[codec(index = 0)]
    Proposed,
    #[codec(index = 1)]
    Matched,
    #[codec(index = 2)]
    Formed(Lots),
    #[codec(index = 3)]
    Executing(Lots),
    #[codec(index = 4)]
    Committed(Lots),
}

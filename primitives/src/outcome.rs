//! How instructions end, and what keeps one from settling. Each code has its ISO 20022 equivalent.

use crate::{InstructionId, LegIndex, Lots, Moment, ParticipantId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The terminal record of an instruction.
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
pub enum Outcome {
    /// All lots settled (`sese.025`).
    #[codec(index = 0)]
    Settled,
    /// Some lots settled and the rest never will (`sese.025` with `PARC`).
    #[codec(index = 1)]
    PartiallySettled,
    /// A party refused it before all had affirmed (`sese.024` `REJT`).
    #[codec(index = 2)]
    Rejected,
    /// A party before all had affirmed, or all together after that (`sese.027` `CAND`/`CANI`).
    #[codec(index = 3)]
    Cancelled,
    /// Time ran out and everything returned that nobody had delivered (`sese.024` `CANS`).
    #[codec(index = 4)]
    Expired,
    /// A delivery had been made and went back, because the other was not made in time (`sese.024` `CANS`).
    #[codec(index = 5)]
    Reversed,
    /// The counterpart stopped for good and the operator released it under dual control.
    #[codec(index = 6)]
    Released,
}

/// The life of a settlement token.
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
pub enum TokenStatus {
    /// Its leg is reserved, its tranche has not formed.
    #[codec(index = 0)]
    Issued,
    /// Its tranche has formed: its holder may use it, once, before the deadline.
    #[codec(index = 1)]
    Armed,
    /// Used: its leg is delivered.
    #[codec(index = 2)]
    Consumed,
    /// Was used, and the delivery went back. The instruction is over then and keeps no tokens: the event
    /// `TokenReversed` tells it, no record shows it.
    #[codec(index = 3)]
    Reversed,
    /// Never used, and never can be: what it stood for was released, or the instruction is over. No record shows it: the
    /// events `Released` (with none left) and `Closed` tell it.
    #[codec(index = 4)]
    Cancelled,
}

/// Who holds settlement back. No flag extends a deadline or stops a return.
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
pub enum FlagKind {
    /// A party of the instruction (`PREA`/`PTNR` on hold, T2S party hold).
    #[codec(index = 0)]
    Party(ParticipantId),
    /// The operator of the network (T2S CSD hold, `CSDH`).
    #[codec(index = 1)]
    Operator,
    /// The regulator (`PRSY`, a legal hold).
    #[codec(index = 2)]
    Authority,
    /// The settlement manager that the terms name, if it is no party (T2S conditional settlement hold, `CDLR`).
    #[codec(index = 3)]
    Independent(ParticipantId),
}

/// One thing that keeps an instruction from settling now. A report names all of them, not the first.
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
pub enum BlockingReason {
    /// This party has not affirmed (`sese.024` `NMAT`).
    #[codec(index = 0)]
    NotAffirmed(ParticipantId),
    /// The leg has this many lots fewer in reservation than the whole that remains (`LACK` securities, `CLAC` cash). A
    /// part can settle without them.
    #[codec(index = 1)]
    NotReserved {
        /// The leg.
        leg: LegIndex,
        /// Lots that are missing for the whole.
        missing: Lots,
    },
    /// What is reserved is less than any part that all parties take (`LALO`).
    #[codec(index = 2)]
    NoAllowedPart,
    /// Too early: settlement is possible from this instant (`FUTU`).
    #[codec(index = 3)]
    NotBefore(Moment),
    /// Somebody holds it back (`PREA`, `CSDH`, `PRSY`, `CDLR`).
    #[codec(index = 4)]
    Flagged(FlagKind),
    /// The leg's asset is frozen or being destroyed (`SBLO`).
    #[codec(index = 5)]
    AssetNotLive(LegIndex),
    /// The party may not receive or deliver (`PRCY`, sanctions).
    #[codec(index = 6)]
    Sanctioned(ParticipantId),
    /// The holder of this leg's token has not used it (`OTHR`).
    #[codec(index = 7)]
    TokenNotConsumed(LegIndex),
    /// The settlement manager has not decided (`OTHR`).
    #[codec(index = 8)]
    AwaitingManager,
    /// Nobody has shown the preimage (`OTHR`).
    #[codec(index = 9)]
    AwaitingPreimage,
    /// `reserve_by` has passed: what is left returns (past the cut-off).
    #[codec(index = 10)]
    PastReserveBy,
    /// The deadline has passed: anybody can close it (`DEAD`).
    #[codec(index = 11)]
    PastDeadline,
    /// The other network decides now.
    #[codec(index = 12)]
    Committed,
    /// It is over already.
    #[codec(index = 13)]
    Closed,
    /// Nobody has committed it, so that no network decides; on the one that would, as far as is known there (`OTHR`).
    #[codec(index = 14)]
    NotCommitted,
}

/// Told of each end of a tranche or an instruction. It must not fail and must not be expensive.
pub trait OnSettled {
    /// A tranche of this many lots has settled.
    fn on_tranche(_instruction: InstructionId, _lots: Lots) {}
    /// The instruction is closed; this many lots settled in all.
    fn on_closed(_instruction: InstructionId, _outcome: Outcome, _lots: Lots) {}
}

impl OnSettled for () {}

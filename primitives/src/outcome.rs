//! Outcomes of instructions, and reasons that keep one from settling.
//!
//! The codes in parentheses are those of ISO 20022; `/` divides what the two sides read. [`crate::iso`] computes them for
//! one reader.

use crate::{InstructionId, LegIndex, Lots, Moment, ParticipantId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Outcome of an instruction that is over. `sese.024` names are elements of the status advice.
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
    /// Some lots settled and the rest never will (`sese.025`, `PrtlSttlm` `PARC`).
    #[codec(index = 1)]
    PartiallySettled,
    /// Refused by a party before all had affirmed (`MtchgSts/Umtchd` `DTRA`, `PrcgSts/Canc` `CTHP`).
    #[codec(index = 2)]
    Rejected,
    /// Cancelled by one party before all had affirmed, or by all together (`PrcgSts/Canc` `CANI` / `CTHP`).
    #[codec(index = 3)]
    Cancelled,
    /// Out of time: everything returned, and nothing had been delivered (`PrcgSts/Canc` `CANS`).
    #[codec(index = 4)]
    Expired,
    /// Delivery went back, because the other one was not made in time (`PrcgSts/Canc` `CANS`).
    #[codec(index = 5)]
    Reversed,
    /// Released under dual control, after the counterpart stopped for good (`PrcgSts/Canc` `CANS`).
    #[codec(index = 6)]
    Released,
}

/// Status of a settlement token.
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
    /// Issued: the leg is reserved, and the tranche has not formed.
    #[codec(index = 0)]
    Issued,
    /// Armed: the tranche has formed, and the holder may use the token once, before the deadline.
    #[codec(index = 1)]
    Armed,
    /// Used: the leg is delivered.
    #[codec(index = 2)]
    Consumed,
}

/// Holder of a flag that stops settlement. No flag extends a deadline or stops a return.
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
    /// Party of the instruction (`PREA` / `PRCY`, and `BOTH` where both hold; T2S party hold).
    #[codec(index = 0)]
    Party(ParticipantId),
    /// Operator of the network (`CSDH`, T2S CSD hold).
    #[codec(index = 1)]
    Operator,
    /// Regulator, for a legal hold (`PRSY`).
    #[codec(index = 2)]
    Authority,
    /// Settlement manager that the terms name, if it is no party (`CDLR`, T2S conditional settlement hold).
    #[codec(index = 3)]
    Independent(ParticipantId),
}

/// Reason that keeps an instruction from settling now (`sese.024`, `SttlmSts`). A report names all of them.
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
    /// Party that has not affirmed (`MtchgSts/Umtchd` `CMIS`).
    #[codec(index = 0)]
    NotAffirmed(ParticipantId),
    /// Leg with fewer lots in reservation than remain (`LACK` / `CLAC` for securities, `MONY` / `CMON` for cash). A part
    /// can settle without them.
    #[codec(index = 1)]
    NotReserved {
        /// Position of the leg.
        leg: LegIndex,
        /// Number of lots that are missing for the whole.
        missing: Lots,
    },
    /// Reserved lots cover no part that all parties accept (`PATD` if any are covered).
    #[codec(index = 2)]
    NoAllowedPart,
    /// Too early: settlement is possible from this instant on (`FUTU`).
    #[codec(index = 3)]
    NotBefore(Moment),
    /// Flag that holds it back (see [`FlagKind`]).
    #[codec(index = 4)]
    Flagged(FlagKind),
    /// Asset of this leg is frozen, being destroyed or off the list (`SBLO`).
    #[codec(index = 5)]
    AssetNotLive(LegIndex),
    /// Sanctioned party: nothing moves to or from it (`BLOC` / `OTHR`).
    #[codec(index = 6)]
    Sanctioned(ParticipantId),
    /// Token of this leg not used by its holder (`AWMO` to who delivered, `AWSH` to who paid, else `OTHR`).
    #[codec(index = 7)]
    TokenNotConsumed(LegIndex),
    /// Settlement manager has not decided (`OTHR`).
    #[codec(index = 8)]
    AwaitingManager,
    /// Preimage of the hashlock has not been shown (`OTHR`).
    #[codec(index = 9)]
    AwaitingPreimage,
    /// Past `reserve_by`: what is left returns (`LATE`).
    #[codec(index = 10)]
    PastReserveBy,
    /// Past the deadline: anybody can close it (`LATE`).
    #[codec(index = 11)]
    PastDeadline,
    /// Committed: the other network decides now (`NCON`).
    #[codec(index = 12)]
    Committed,
    /// Closed: the instruction is over.
    #[codec(index = 13)]
    Closed,
    /// Not committed yet. Reported by the would-be deciding network too, from what it knows (`OTHR`).
    #[codec(index = 14)]
    NotCommitted,
}

/// Listener for settled tranches and closed instructions. An implementation must not fail and must not be expensive.
pub trait OnSettled {
    /// Called when a tranche of this many lots has settled.
    fn on_tranche(_instruction: InstructionId, _lots: Lots) {}
    /// Called when the instruction is closed, with the lots that settled in all.
    fn on_closed(_instruction: InstructionId, _outcome: Outcome, _lots: Lots) {}
}

impl OnSettled for () {}

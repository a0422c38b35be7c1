//! Outcomes of instructions, and reasons that keep one from settling.
//!
//! The codes in parentheses are those of ISO 20022; where two codes are divided by `/`, one party reads the first and
//! its counterparty the second. [`crate::iso`] computes them for one reader.

use crate::{InstructionId, LegIndex, Lots, Moment, ParticipantId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Outcome of a closed instruction. Names such as `PrcgSts/Canc` are elements of the ISO 20022 status advice,
/// `sese.024`.
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
    /// All lots of the instruction settled (`sese.025`).
    #[codec(index = 0)]
    Settled,
    /// Some lots settled and the rest never will (`sese.025`, `PrtlSttlm` `PARC`).
    #[codec(index = 1)]
    PartiallySettled,
    /// Rejected by a party before all parties had affirmed (`MtchgSts/Umtchd` `DTRA`, `PrcgSts/Canc` `CTHP`).
    #[codec(index = 2)]
    Rejected,
    /// Cancelled by one party before all parties had affirmed, or by all parties together (`PrcgSts/Canc` `CANI` /
    /// `CTHP`).
    #[codec(index = 3)]
    Cancelled,
    /// Out of time with nothing settled: what was reserved returned to its givers, and no leg had been delivered
    /// (`PrcgSts/Canc` `CANS`).
    #[codec(index = 4)]
    Expired,
    /// Reversed: what one leg had delivered went back to its giver, because another leg was not executed in time
    /// (`PrcgSts/Canc` `CANS`).
    #[codec(index = 5)]
    Reversed,
    /// Released from its commitment under dual control, because the counterpart had stopped for good; everything
    /// returned to its givers (`PrcgSts/Canc` `CANS`).
    #[codec(index = 6)]
    Released,
}

/// Status of a settlement token, from its issue to its use.
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
    /// Issued: the token's leg is reserved, and the tranche has not formed.
    #[codec(index = 0)]
    Issued,
    /// Armed: the tranche has formed, and the token's holder may use it once, before the deadline.
    #[codec(index = 1)]
    Armed,
    /// Consumed: the token was used, and its leg is delivered.
    #[codec(index = 2)]
    Consumed,
}

/// Flag that holds back the settlement of an instruction, by the authority that has set it. No flag extends a deadline
/// or stops a return.
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
    /// Flag of a party of the instruction (`PREA` / `PRCY`, and `BOTH` if both parties have one; T2S party hold).
    #[codec(index = 0)]
    Party(ParticipantId),
    /// Flag of the operator of the network (`CSDH`, T2S CSD hold).
    #[codec(index = 1)]
    Operator,
    /// Flag of a regulator, for a legal hold (`PRSY`).
    #[codec(index = 2)]
    Authority,
    /// Flag of the settlement manager that the terms name, if it is no party itself (`CDLR`, T2S conditional settlement
    /// hold).
    #[codec(index = 3)]
    Independent(ParticipantId),
}

/// Reason that keeps an instruction from settling now (`sese.024`, `SttlmSts`). A client gets all reasons that apply.
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
    /// Party that has not affirmed the terms (`MtchgSts/Umtchd` `CMIS`).
    #[codec(index = 0)]
    NotAffirmed(ParticipantId),
    /// Leg with fewer lots in reservation than remain unsettled (`LACK` / `CLAC` for securities, `MONY` / `CMON` for
    /// cash). A part may still settle.
    #[codec(index = 1)]
    NotReserved {
        /// Position of the leg in the terms, from 0.
        leg: LegIndex,
        /// Number of lots that must still be reserved before all that remains can settle.
        missing: Lots,
    },
    /// Reserved lots cover no part that all parties accept (`PATD` if at least one lot is covered).
    #[codec(index = 2)]
    NoAllowedPart,
    /// Too early: settlement is possible from this instant on (`FUTU`).
    #[codec(index = 3)]
    NotBefore(Moment),
    /// Flag that holds back the instruction (see [`FlagKind`]).
    #[codec(index = 4)]
    Flagged(FlagKind),
    /// Asset of this leg is frozen, being destroyed or off the list (`SBLO`).
    #[codec(index = 5)]
    AssetNotLive(LegIndex),
    /// Sanctioned party: nothing moves to or from it (`BLOC` to itself, `OTHR` to its counterparty).
    #[codec(index = 6)]
    Sanctioned(ParticipantId),
    /// Token of this leg that its holder has not used (`AWMO` to a viewer that has delivered, `AWSH` to one that has
    /// paid, else `OTHR`).
    #[codec(index = 7)]
    TokenNotConsumed(LegIndex),
    /// Settlement manager has not decided how much settles (`OTHR`).
    #[codec(index = 8)]
    AwaitingManager,
    /// Preimage of the hashlock has not been shown (`OTHR`).
    #[codec(index = 9)]
    AwaitingPreimage,
    /// Past `reserve_by` of the terms: what cannot settle returns to its givers (`LATE`).
    #[codec(index = 10)]
    PastReserveBy,
    /// Past the deadline of the terms: anybody can close the instruction (`LATE`).
    #[codec(index = 11)]
    PastDeadline,
    /// Committed to the other network, which decides now (`NCON`).
    #[codec(index = 12)]
    Committed,
    /// Closed: the instruction is over.
    #[codec(index = 13)]
    Closed,
    /// Not committed yet to the deciding network, which reports this reason itself as well (`OTHR`).
    #[codec(index = 14)]
    NotCommitted,
}

/// Listener that `pallet-settlement` informs of settled tranches and closed instructions. An implementation must not
/// fail and must not be expensive.
pub trait OnSettled {
    /// Called when a tranche of `lots` lots of the instruction has settled.
    fn on_tranche(_instruction: InstructionId, _lots: Lots) {}
    /// Called when the instruction is closed. `lots` is the number of its lots that settled in all.
    fn on_closed(_instruction: InstructionId, _outcome: Outcome, _lots: Lots) {}
}

impl OnSettled for () {}

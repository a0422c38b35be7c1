//! ISO 20022 status of an instruction, as one party reads it.
//!
//! A code depends on its reader: what one party lacks is the counterparty's shortage to the other. So the codes come from
//! one function, [`iso_status`], which takes the state and the viewer. The elements are those of `sese.024` (status
//! advice), `sese.025` (confirmation) and `sese.027` (answer to a request to cancel).

mod codes;

pub use codes::IsoCode;

use crate::{
    AssetKind, BlockingReason, Date, FlagKind, LegIndex, Lots, Moment, Outcome, ParticipantId, RejectReason, Stage,
    Term,
};
use alloc::{vec, vec::Vec};

/// Length of a UTC day, in milliseconds.
const DAY: Moment = 86_400_000;

/// Reason of a status: an ISO 20022 code and, if the code alone says too little, a text for `AddtlRsnInf`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct IsoReason {
    /// Code from the list of the message element that has the reason.
    pub code: IsoCode,
    /// Text that explains the code; every `OTHR` and `CANS` has one.
    pub text: Option<&'static str>,
}

impl From<IsoCode> for IsoReason {
    fn from(code: IsoCode) -> Self {
        Self { code, text: None }
    }
}

/// Reason `OTHR` with this text, for reasons that have no code of their own.
const fn other(text: &'static str) -> IsoReason {
    IsoReason { code: IsoCode::Othr, text: Some(text) }
}

/// Matching status, element `MtchgSts` of a `sese.024`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Matching {
    /// `Mtchd`: every party has affirmed.
    Matched,
    /// `Umtchd`: a party has not affirmed or has rejected, for these reasons.
    Unmatched(Vec<IsoReason>),
}

/// Settlement status, element `SttlmSts` of a `sese.024`. An empty list of reasons is written as `NoSpcfdRsn`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Settling {
    /// `Pdg`: the instruction has not settled, and the settlement date has not passed.
    Pending(Vec<IsoReason>),
    /// `Flng`: the instruction has not settled, and the settlement date has passed.
    Failing(Vec<IsoReason>),
}

/// Confirmation that a tranche or the whole instruction has settled, message `sese.025`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Confirmation {
    /// Whole instruction settled; the confirmation has no partial settlement indicator.
    Whole,
    /// Part settled, and more can follow (`PrtlSttlm` `PAIN`).
    PartMoreToCome,
    /// Part settled, and nothing more will (`PrtlSttlm` `PARC`).
    PartAndNoMore,
}

impl Confirmation {
    /// Code of the element `PrtlSttlm`; `None` if the whole instruction settled.
    pub fn code(self) -> Option<IsoCode> {
        match self {
            Confirmation::Whole => None,
            Confirmation::PartMoreToCome => Some(IsoCode::Pain),
            Confirmation::PartAndNoMore => Some(IsoCode::Parc),
        }
    }
}

/// ISO 20022 status of an instruction for one viewer. Several of its parts may be set together, as in a `sese.024`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct IsoStatus {
    /// Matching status (`MtchgSts`); `None` if matching is no longer of interest.
    pub matching: Option<Matching>,
    /// Settlement status (`SttlmSts`); `None` before the parties match and after the instruction is closed.
    pub settling: Option<Settling>,
    /// Reasons of a cancellation (`PrcgSts/Canc`); `None` unless the instruction is cancelled.
    pub cancelled: Option<Vec<IsoReason>>,
    /// Kind of the last confirmation; `None` while nothing has settled.
    pub confirmed: Option<Confirmation>,
}

/// Leg of the instruction on this network: its giver and the kind of its asset.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct IsoLeg {
    /// Position of the leg in the terms, from 0.
    pub leg: LegIndex,
    /// Participant that owns the account that gives.
    pub giver: ParticipantId,
    /// Kind of the leg's asset, security or cash.
    pub kind: AssetKind,
}

/// Facts from which the status of an instruction is computed. All of them come from `SettlementApi` and the events.
#[derive(Clone, Copy, Debug)]
pub struct IsoState<'a> {
    /// Stage in the life of the instruction.
    pub stage: Stage,
    /// Number of lots that have settled.
    pub settled: Lots,
    /// Fewest lots that are reserved on any leg of the instruction.
    pub covered: Lots,
    /// All reasons that keep the instruction from settling, as `blocking_reasons` returns them.
    pub reasons: &'a [BlockingReason],
    /// Terms in which the parties' views differ, as the last `MatchFailed` names them; empty if none did.
    pub differences: &'a [Term],
    /// Legs of the instruction on this network.
    pub legs: &'a [IsoLeg],
    /// Participants that cancelled the instruction, or that rejected it.
    pub ended_by: &'a [ParticipantId],
    /// Settlement date in the terms.
    pub settlement_date: Date,
    /// Consensus time, in milliseconds.
    pub now: Moment,
}

/// ISO 20022 status of an instruction as the participant `viewer` reads it. To a viewer that is no party, every party
/// is a counterparty.
pub fn iso_status(state: &IsoState<'_>, viewer: ParticipantId) -> IsoStatus {
    match state.stage {
        Stage::Proposed => IsoStatus { matching: Some(Matching::Unmatched(unmatched(state))), ..Default::default() },
        Stage::Matched | Stage::Formed { .. } | Stage::Executing { .. } | Stage::Committed { .. } => IsoStatus {
            matching: Some(Matching::Matched),
            settling: Some(settling(state, viewer)),
            cancelled: None,
            confirmed: Some(Confirmation::PartMoreToCome).filter(|_| state.settled > 0),
        },
        Stage::Closed { outcome } => closed(state, outcome, viewer),
    }
}

fn unmatched(state: &IsoState<'_>) -> Vec<IsoReason> {
    if state.differences.is_empty() {
        return vec![IsoCode::Cmis.into()];
    }
    each_once(state.differences.iter().map(|term| term.iso_reason()))
}

fn closed(state: &IsoState<'_>, outcome: Outcome, viewer: ParticipantId) -> IsoStatus {
    let cancelled_by_system = |text| Some(vec![IsoReason { code: IsoCode::Cans, text: Some(text) }]);
    let mut status = IsoStatus::default();
    match outcome {
        Outcome::Settled => status.confirmed = Some(Confirmation::Whole),
        Outcome::PartiallySettled => status.confirmed = Some(Confirmation::PartAndNoMore),
        Outcome::Rejected => {
            status.matching = Some(Matching::Unmatched(vec![IsoCode::Dtra.into()]));
            status.cancelled = Some(vec![IsoCode::Cthp.into()]);
        }
        Outcome::Cancelled => {
            let code = if state.ended_by.contains(&viewer) { IsoCode::Cani } else { IsoCode::Cthp };
            status.cancelled = Some(vec![code.into()]);
        }
        Outcome::Expired => status.cancelled = cancelled_by_system("its time ran out"),
        Outcome::Reversed => {
            status.cancelled = cancelled_by_system("the other leg was not executed in time, and the delivery went back")
        }
        Outcome::Released => {
            status.cancelled = cancelled_by_system("the other network stopped, and the operator released it")
        }
    }
    status
}

/// True from midnight UTC after the settlement date on.
fn is_failing(state: &IsoState<'_>) -> bool {
    let Date(day) = state.settlement_date;
    state.now >= Moment::from(day).saturating_add(1).saturating_mul(DAY)
}

fn settling(state: &IsoState<'_>, viewer: ParticipantId) -> Settling {
    let failing = is_failing(state);
    let mut reasons: Vec<IsoReason> = Vec::new();
    for reason in state.reasons {
        reasons.extend(pending(state, *reason, viewer, failing));
    }
    let has = |code| reasons.iter().any(|reason| reason.code == code);
    if has(IsoCode::Prea) && has(IsoCode::Prcy) {
        reasons.retain(|reason| reason.code != IsoCode::Prea && reason.code != IsoCode::Prcy);
        reasons.push(IsoCode::Both.into());
    }
    let reasons = each_once(reasons.into_iter());
    if failing {
        Settling::Failing(reasons)
    } else {
        Settling::Pending(reasons)
    }
}

/// Reason of the settlement status that this viewer reads for one blocking reason; `None` if another part of the status
/// says it already.
fn pending(state: &IsoState<'_>, reason: BlockingReason, viewer: ParticipantId, failing: bool) -> Option<IsoReason> {
    let own = |participant: ParticipantId| participant == viewer;
    Some(match reason {
        // Said by the matching status, and by it alone.
        BlockingReason::NotAffirmed(_) => return None,
        BlockingReason::NotReserved { leg, .. } => shortage(state, leg, viewer).into(),
        // With nothing covered it is the shortage alone that says why.
        BlockingReason::NoAllowedPart if state.covered == 0 => return None,
        BlockingReason::NoAllowedPart => IsoCode::Patd.into(),
        // `FUTU` is in no list of failing reasons.
        BlockingReason::NotBefore(_) if failing => other("the terms allow settlement from a later instant on"),
        BlockingReason::NotBefore(_) => IsoCode::Futu.into(),
        BlockingReason::Flagged(FlagKind::Party(party)) if own(party) => IsoCode::Prea.into(),
        BlockingReason::Flagged(FlagKind::Party(_)) => IsoCode::Prcy.into(),
        BlockingReason::Flagged(FlagKind::Operator) => IsoCode::Csdh.into(),
        BlockingReason::Flagged(FlagKind::Authority) => IsoCode::Prsy.into(),
        BlockingReason::Flagged(FlagKind::Independent(_)) => IsoCode::Cdlr.into(),
        BlockingReason::AssetNotLive(_) => IsoCode::Sblo.into(),
        BlockingReason::Sanctioned(party) if own(party) => IsoCode::Bloc.into(),
        BlockingReason::Sanctioned(_) => other("nothing moves to or from the counterparty"),
        BlockingReason::TokenNotConsumed(leg) => awaited(state, leg, viewer),
        BlockingReason::AwaitingManager => other("the settlement manager has not decided"),
        BlockingReason::AwaitingPreimage => other("the secret of the hashlock has not been shown"),
        BlockingReason::PastReserveBy | BlockingReason::PastDeadline => IsoCode::Late.into(),
        BlockingReason::Committed => IsoCode::Ncon.into(),
        // The stage says it.
        BlockingReason::Closed => return None,
        BlockingReason::NotCommitted => other("it is not committed to the other network"),
    })
}

fn shortage(state: &IsoState<'_>, leg: LegIndex, viewer: ParticipantId) -> IsoCode {
    let known = state.legs.iter().find(|known| known.leg == leg);
    let own = known.is_some_and(|known| known.giver == viewer);
    match known.map(|known| known.kind) {
        Some(AssetKind::Cash) if own => IsoCode::Mony,
        Some(AssetKind::Cash) => IsoCode::Cmon,
        Some(AssetKind::Security) if own => IsoCode::Lack,
        Some(AssetKind::Security) => IsoCode::Clac,
        // A leg of the other network: nothing is reserved for it here.
        None => IsoCode::Ncon,
    }
}

/// Reason that this viewer reads for a leg whose token is not used, while other legs of the tranche may be executed.
fn awaited(state: &IsoState<'_>, leg: LegIndex, viewer: ParticipantId) -> IsoReason {
    let is_open = |leg: LegIndex| state.reasons.contains(&BlockingReason::TokenNotConsumed(leg));
    let executing = matches!(state.stage, Stage::Executing { .. });
    let given = state.legs.iter().filter(|known| known.giver == viewer && known.leg != leg);
    let delivered = given.filter(|known| executing && !is_open(known.leg)).map(|known| known.kind).next();
    match delivered {
        Some(AssetKind::Security) => IsoCode::Awmo.into(),
        Some(AssetKind::Cash) => IsoCode::Awsh.into(),
        None => other("the settlement token of a leg has not been used"),
    }
}

fn each_once(reasons: impl Iterator<Item = IsoReason>) -> Vec<IsoReason> {
    let mut found = Vec::new();
    for reason in reasons {
        if !found.contains(&reason) {
            found.push(reason);
        }
    }
    found
}

impl Term {
    /// ISO code for a difference in this term (`sese.024`, `MtchgSts/Umtchd`, `UnmatchedReason11Code`).
    pub fn iso_code(self) -> IsoCode {
        self.iso_reason().code
    }

    /// ISO code for a difference in this term, with a text if the code is `OTHR`.
    pub fn iso_reason(self) -> IsoReason {
        match self {
            Term::Reference => IsoCode::Iind.into(),
            Term::Networks => IsoCode::Dept.into(),
            Term::LegCount => other("the number of legs differs"),
            Term::Payment => IsoCode::Frap.into(),
            Term::Asset => IsoCode::Dsec.into(),
            Term::Currency => IsoCode::Ncrr.into(),
            Term::Quantity | Term::Lots => IsoCode::Dqua.into(),
            Term::Amount => IsoCode::Dmon.into(),
            Term::Deliverer | Term::Receiver => IsoCode::Safe.into(),
            Term::TradeDate => IsoCode::Dtrd.into(),
            Term::SettlementDate => IsoCode::Ddat.into(),
            Term::Times => other("an instant differs"),
            Term::Execution => IsoCode::Sets.into(),
            Term::OnIncomplete => other("the end of a half-executed tranche differs"),
        }
    }
}

impl RejectReason {
    /// ISO code for this rejection by the deciding network (`sese.024`: `PrcgSts/Rjctd`, `RejectionReason75Code`; for a
    /// refusal by a party `MtchgSts/Umtchd`, `UnmatchedReason11Code`).
    pub fn iso_code(self) -> IsoCode {
        match self {
            RejectReason::TooLate => IsoCode::Late,
            RejectReason::Refused => IsoCode::Dtra,
            RejectReason::PartyNotActive => IsoCode::Safe,
            RejectReason::AssetNotFound => IsoCode::Dsec,
            RejectReason::NotAMultipleOfUnit => IsoCode::Dqua,
            RejectReason::ManagerNotFound => IsoCode::Othr,
            RejectReason::LifeTooLong => IsoCode::Ddat,
        }
    }
}

/// Answer to a request to cancel an instruction (`sese.020`), as a `sese.027` gives it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CancellationAnswer {
    /// Instruction is cancelled as asked (`PrcgSts/Canc`).
    Cancelled,
    /// Request is noted; the other parties must agree (`PrcgSts/PdgCxl`).
    AwaitsOthers,
    /// Denied: the instruction has settled (`PrcgSts/Dnd`).
    AlreadySettled,
    /// Denied: a tranche has formed, executes or is committed (`PrcgSts/Dnd`).
    InProgress,
    /// Denied: the instruction is cancelled already (`PrcgSts/Dnd`).
    AlreadyCancelled,
    /// Denied: the time for a cancellation has passed (`PrcgSts/Dnd`).
    TooLate,
}

impl CancellationAnswer {
    /// ISO code in the message element of this answer.
    pub fn code(self) -> IsoCode {
        match self {
            CancellationAnswer::Cancelled => IsoCode::Cani,
            CancellationAnswer::AwaitsOthers => IsoCode::Conf,
            CancellationAnswer::AlreadySettled => IsoCode::Dset,
            CancellationAnswer::InProgress => IsoCode::Dprg,
            CancellationAnswer::AlreadyCancelled => IsoCode::Dcan,
            CancellationAnswer::TooLate => IsoCode::Late,
        }
    }
}

#[cfg(test)]
mod tests;

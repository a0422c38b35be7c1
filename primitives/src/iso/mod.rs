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

/// Milliseconds of a day.
const DAY: Moment = 86_400_000;

/// One reason of a status: a code and, where the code says too little, a text for `AddtlRsnInf`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct IsoReason {
    /// Code of the element's list.
    pub code: IsoCode,
    /// Text beside the code; every `OTHR` and `CANS` has one.
    pub text: Option<&'static str>,
}

impl From<IsoCode> for IsoReason {
    fn from(code: IsoCode) -> Self {
        Self { code, text: None }
    }
}

/// A reason without a code of its own.
const fn other(text: &'static str) -> IsoReason {
    IsoReason { code: IsoCode::Othr, text: Some(text) }
}

/// `MtchgSts` of a `sese.024`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Matching {
    /// `Mtchd`: every party has affirmed.
    Matched,
    /// `Umtchd`, with its reasons.
    Unmatched(Vec<IsoReason>),
}

/// `SttlmSts` of a `sese.024`. No reason at all is `NoSpcfdRsn`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Settling {
    /// `Pdg`: not settled, and the settlement date has not passed.
    Pending(Vec<IsoReason>),
    /// `Flng`: not settled, and the settlement date has passed.
    Failing(Vec<IsoReason>),
}

/// A `sese.025`: a tranche, or the whole, has settled.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Confirmation {
    /// The whole: no partial settlement indicator.
    Whole,
    /// A part, and more can come (`PrtlSttlm` `PAIN`).
    PartMoreToCome,
    /// A part, and nothing more ever (`PrtlSttlm` `PARC`).
    PartAndNoMore,
}

impl Confirmation {
    /// Code of `PrtlSttlm`; `None` for the whole.
    pub fn code(self) -> Option<IsoCode> {
        match self {
            Confirmation::Whole => None,
            Confirmation::PartMoreToCome => Some(IsoCode::Pain),
            Confirmation::PartAndNoMore => Some(IsoCode::Parc),
        }
    }
}

/// Status of an instruction for one viewer. Several parts may stand together, as in a `sese.024`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct IsoStatus {
    /// `MtchgSts`; `None` where it is no longer of interest.
    pub matching: Option<Matching>,
    /// `SttlmSts`; `None` before the parties match and after the end.
    pub settling: Option<Settling>,
    /// Reasons of `PrcgSts/Canc`; `None` while it is not cancelled.
    pub cancelled: Option<Vec<IsoReason>>,
    /// Kind of the last confirmation; `None` while nothing has settled.
    pub confirmed: Option<Confirmation>,
}

/// Ends and kind of one leg on this network.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct IsoLeg {
    /// Position of the leg in the terms.
    pub leg: LegIndex,
    /// Owner of the account that gives.
    pub giver: ParticipantId,
    /// Kind of the leg's asset, security or cash.
    pub kind: AssetKind,
}

/// Facts of an instruction that its status depends on. All of them come from `SettlementApi` and the events.
#[derive(Clone, Copy, Debug)]
pub struct IsoState<'a> {
    /// Stage in the life of the instruction.
    pub stage: Stage,
    /// Lots that have settled.
    pub settled: Lots,
    /// Fewest lots reserved on any leg.
    pub covered: Lots,
    /// Everything that keeps it from settling, as `blocking_reasons` gives it.
    pub reasons: &'a [BlockingReason],
    /// Terms in which the parties' views differ, as the last `MatchFailed` names them; empty if none did.
    pub differences: &'a [Term],
    /// Legs on this network.
    pub legs: &'a [IsoLeg],
    /// Participants that asked for the end of it: who cancelled, or who rejected.
    pub ended_by: &'a [ParticipantId],
    /// Settlement date of the terms.
    pub settlement_date: Date,
    /// Consensus time, in milliseconds.
    pub now: Moment,
}

/// Status of an instruction as `viewer` reads it. A viewer that is no party reads every party as a counterparty.
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

/// True from midnight UTC after the settlement date.
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

/// The reason as this viewer reads it; `None` where another one says it.
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

/// The reason for a leg that is not executed, in a tranche of which others may be.
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
    /// Code for a difference in this term (`sese.024`, `MtchgSts/Umtchd`, `UnmatchedReason11Code`).
    pub fn iso_code(self) -> IsoCode {
        self.iso_reason().code
    }

    /// Code for a difference in this term, with a text where the code is `OTHR`.
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
    /// Code of a refusal by the deciding network (`sese.024`: `PrcgSts/Rjctd`, `RejectionReason75Code`; a refusal by a
    /// party is `MtchgSts/Umtchd`, `UnmatchedReason11Code`).
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

/// Answer to a request to cancel (`sese.020`), as a `sese.027` gives it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CancellationAnswer {
    /// Cancelled as asked (`PrcgSts/Canc`).
    Cancelled,
    /// Noted; the other parties must agree (`PrcgSts/PdgCxl`).
    AwaitsOthers,
    /// Denied: it has settled (`PrcgSts/Dnd`).
    AlreadySettled,
    /// Denied: a tranche has formed, executes or is committed (`PrcgSts/Dnd`).
    InProgress,
    /// Denied: it is cancelled already (`PrcgSts/Dnd`).
    AlreadyCancelled,
    /// Denied: the time for it has passed (`PrcgSts/Dnd`).
    TooLate,
}

impl CancellationAnswer {
    /// Code of the answer's element.
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

//! Tests of the ISO 20022 statuses: the table of statuses row by row, and every code against the code list of its
//! element.

use super::*;

const SELLER: ParticipantId = ParticipantId(1);
const BUYER: ParticipantId = ParticipantId(2);
const STRANGER: ParticipantId = ParticipantId(9);
const SECURITY: LegIndex = LegIndex(0);
const CASH: LegIndex = LegIndex(1);
const LEGS: [IsoLeg; 2] = [
    IsoLeg { leg: SECURITY, giver: SELLER, kind: AssetKind::Security },
    IsoLeg { leg: CASH, giver: BUYER, kind: AssetKind::Cash },
];

/// Codes of the ISO list `UnmatchedReason11Code` in `sese.024.001.14`.
const UNMATCHED: &str =
    "ADEA ACRU IIND CPCA CLAT NCRR DDEA DMCT DCMX DSEC DQUA INVE LEOG LATE MIME CMIS NMAS DTRA OTHR \
     FRAP PHYS PLIS INPS PLCE PODU DEPT ICAG ICUS IEXE REGD RTGS SAFE DMON DDAT SETS SETR TXST DTRD DELN UNBR";
/// Codes of the ISO list `PendingReason24Code` in `sese.024.001.14`.
const PENDING: &str = "AWMO ADEA CAIS REFU AWSH PHSE TAMM DOCY DOCC BLOC CHAS NEWI CLAC MUNO GLOB PREA PART NMAS NOFX \
     CMON YCOL COLL DEPO FLIM INCA LINK FUTU LACK LALO MONY NCON REFS SDUT BATC SBLO CPEC MINO IAAD OTHR PHCK BENO BOTH \
     CLHT DENO DISA DKNY FROZ LAAW LATE LIQU PRCY REGT SETS CERT PRSY CSDH CVAL CDLR INBC PREL PATD";
/// Codes of the ISO list `FailingReason4Code` in `sese.024.001.14`.
const FAILING: &str = "AWMO BYIY CLAT ADEA CANR CAIS OBJT AWSH PHSE STCD DOCY MLAT DOCC BLOC CHAS NEWI CLAC MUNO GLOB \
     PREA PART NOFX CMON YCOL COLL DEPO FLIM INCA LINK LACK LALO MONY NCON REFS SDUT BATC CYCL SBLO CPEC MINO IAAD OTHR \
     PHCK BENO BOTH CLHT DENO DISA DKNY FROZ LAAW LATE LIQU PRCY REGT SETS CERT PRSY CDLR CSDH CVAL INBC PREL PATD";
/// Codes of the ISO list `CancelledStatusReason16Code` in `sese.024.001.14`.
const CANCELLED: &str = "SCEX OTHR CXLR BYIY CTHP CANZ CANT CSUB CANS CANI CORP";
/// Codes of the ISO list `RejectionReason75Code` in `sese.024.001.14`.
const REJECTED: &str =
    "SAFE DQUA ADEA DSEC LATE CASH DDEA DTRD PLCE RTGS NCRR PHYS REFE DMON MINO BATC MUNO TXST SETS \
     IIND CAEV CASY DDAT SETR SDUT INPS OTHR ICUS ICAG DEPT IEXE INVB INVL INVN VALR INVE PLIS";
/// Codes of the ISO list `PartialSettlement2Code` in `sese.025.001.13`.
const PARTIAL: &str = "PAIN PARC";
/// Codes of the ISO list `CancelledStatusReason5Code` in `sese.027.001.09`.
const CANCELLED_ON_REQUEST: &str = "CANI OTHR";
/// Codes of the ISO list `PendingReason35Code` in `sese.027.001.09`.
const CANCELLATION_PENDING: &str = "ADEA CONF CDCY CDAC CDRE CDRG INBC OTHR";
/// Codes of the ISO list `DeniedReason6Code` in `sese.027.001.09`.
const DENIED: &str = "ADEA CDCY CDRE DCAN DSET DPRG DREP LATE OTHR CDRG";

fn is_in(list: &str, code: IsoCode) -> bool {
    list.split_whitespace().any(|known| known == code.as_str())
}

fn state(stage: Stage, reasons: &[BlockingReason]) -> IsoState<'_> {
    IsoState {
        stage,
        settled: 0,
        covered: 0,
        reasons,
        differences: &[],
        legs: &LEGS,
        ended_by: &[],
        settlement_date: Date(20_000),
        now: 20_000 * DAY,
    }
}

/// Test helper: one blocking reason of every variant.
fn all_reasons() -> Vec<BlockingReason> {
    vec![
        BlockingReason::NotAffirmed(BUYER),
        BlockingReason::NotReserved { leg: SECURITY, missing: 1 },
        BlockingReason::NotReserved { leg: CASH, missing: 1 },
        BlockingReason::NoAllowedPart,
        BlockingReason::NotBefore(1),
        BlockingReason::Flagged(FlagKind::Party(SELLER)),
        BlockingReason::Flagged(FlagKind::Party(BUYER)),
        BlockingReason::Flagged(FlagKind::Operator),
        BlockingReason::Flagged(FlagKind::Authority),
        BlockingReason::Flagged(FlagKind::Independent(STRANGER)),
        BlockingReason::AssetNotLive(SECURITY),
        BlockingReason::Sanctioned(SELLER),
        BlockingReason::TokenNotConsumed(SECURITY),
        BlockingReason::TokenNotConsumed(CASH),
        BlockingReason::AwaitingManager,
        BlockingReason::AwaitingPreimage,
        BlockingReason::PastReserveBy,
        BlockingReason::PastDeadline,
        BlockingReason::Committed,
        BlockingReason::Closed,
        BlockingReason::NotCommitted,
    ]
}

/// Test helper: codes of the settlement status for these blocking reasons, first as the seller reads them, then as the
/// buyer does.
fn both(stage: Stage, covered: Lots, reasons: &[BlockingReason]) -> [Vec<&'static str>; 2] {
    [SELLER, BUYER].map(|viewer| {
        let status = iso_status(&IsoState { covered, ..state(stage, reasons) }, viewer);
        assert_eq!(status.matching, Some(Matching::Matched));
        match status.settling {
            Some(Settling::Pending(reasons)) => reasons.iter().map(|reason| reason.code.as_str()).collect(),
            other => panic!("{other:?}"),
        }
    })
}

fn matched(reasons: &[BlockingReason]) -> [Vec<&'static str>; 2] {
    both(Stage::Matched, 1, reasons)
}

#[test]
fn proposed_should_be_unmatched_for_want_of_the_other_side() {
    let status = iso_status(&state(Stage::Proposed, &[BlockingReason::NotAffirmed(BUYER)]), SELLER);
    assert_eq!(status.matching, Some(Matching::Unmatched(vec![IsoCode::Cmis.into()])));
    assert_eq!((status.settling, status.cancelled, status.confirmed), (None, None, None));
}

#[test]
fn differing_terms_should_be_named_each_by_its_code_and_once() {
    let code = |term: Term| term.iso_code().as_str();
    let table = [
        (Term::Reference, "IIND"),
        (Term::Networks, "DEPT"),
        (Term::LegCount, "OTHR"),
        (Term::Payment, "FRAP"),
        (Term::Asset, "DSEC"),
        (Term::Currency, "NCRR"),
        (Term::Quantity, "DQUA"),
        (Term::Amount, "DMON"),
        (Term::Deliverer, "SAFE"),
        (Term::Receiver, "SAFE"),
        (Term::Lots, "DQUA"),
        (Term::TradeDate, "DTRD"),
        (Term::SettlementDate, "DDAT"),
        (Term::Times, "OTHR"),
        (Term::Execution, "SETS"),
        (Term::OnIncomplete, "OTHR"),
    ];
    for (term, expected) in table {
        assert_eq!(code(term), expected, "{term:?}");
        assert!(is_in(UNMATCHED, term.iso_code()), "{term:?}");
        assert_eq!(term.iso_reason().text.is_some(), expected == "OTHR", "{term:?}");
    }
    let differences = [Term::Quantity, Term::Deliverer, Term::Receiver, Term::Lots, Term::Times, Term::OnIncomplete];
    let status = iso_status(&IsoState { differences: &differences, ..state(Stage::Proposed, &[]) }, BUYER);
    let Some(Matching::Unmatched(reasons)) = status.matching else { panic!("matched") };
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code.as_str()).collect();
    // Two terms without a code of their own stay two reasons: their texts differ.
    assert_eq!(codes, ["DQUA", "SAFE", "OTHR", "OTHR"]);
}

#[test]
fn shortage_should_be_ones_own_or_the_counterpartys() {
    let short = |leg| matched(&[BlockingReason::NotReserved { leg, missing: 1 }]);
    assert_eq!(short(SECURITY), [["LACK"], ["CLAC"]]);
    assert_eq!(short(CASH), [["CMON"], ["MONY"]]);
    let reasons = [BlockingReason::NotReserved { leg: SECURITY, missing: 1 }];
    let status = iso_status(&IsoState { covered: 1, ..state(Stage::Matched, &reasons) }, STRANGER);
    assert_eq!(status.settling, Some(Settling::Pending(vec![IsoCode::Clac.into()])));
}

#[test]
fn part_that_nobody_takes_should_be_told_from_a_plain_shortage() {
    let reasons = [BlockingReason::NotReserved { leg: CASH, missing: 2 }, BlockingReason::NoAllowedPart];
    assert_eq!(both(Stage::Matched, 3, &reasons), [vec!["CMON", "PATD"], vec!["MONY", "PATD"]]);
    assert_eq!(both(Stage::Matched, 0, &reasons), [["CMON"], ["MONY"]]);
}

#[test]
fn too_early_should_be_future_until_the_settlement_date_has_passed() {
    let reasons = [BlockingReason::NotBefore(1)];
    assert_eq!(matched(&reasons), [["FUTU"], ["FUTU"]]);
    let at = |now| iso_status(&IsoState { now, ..state(Stage::Matched, &reasons) }, SELLER).settling;
    assert_eq!(at(20_001 * DAY - 1), Some(Settling::Pending(vec![IsoCode::Futu.into()])));
    let Some(Settling::Failing(failing)) = at(20_001 * DAY) else { panic!("not failing") };
    assert_eq!(failing.iter().map(|reason| reason.code).collect::<Vec<_>>(), [IsoCode::Othr]);
    assert!(failing.iter().all(|reason| reason.text.is_some()));
}

#[test]
fn flag_should_be_read_by_who_holds() {
    let flag = |kind| BlockingReason::Flagged(kind);
    assert_eq!(matched(&[flag(FlagKind::Party(SELLER))]), [["PREA"], ["PRCY"]]);
    let each = [flag(FlagKind::Party(SELLER)), flag(FlagKind::Operator), flag(FlagKind::Party(BUYER))];
    assert_eq!(matched(&each), [["CSDH", "BOTH"], ["CSDH", "BOTH"]]);
    assert_eq!(matched(&[flag(FlagKind::Authority)]), [["PRSY"], ["PRSY"]]);
    assert_eq!(matched(&[flag(FlagKind::Independent(STRANGER))]), [["CDLR"], ["CDLR"]]);
}

#[test]
fn frozen_asset_and_sanctioned_party_should_be_told_apart() {
    assert_eq!(matched(&[BlockingReason::AssetNotLive(SECURITY)]), [["SBLO"], ["SBLO"]]);
    assert_eq!(matched(&[BlockingReason::Sanctioned(SELLER)]), [["BLOC"], ["OTHR"]]);
}

#[test]
fn executing_should_tell_who_delivered_from_who_paid() {
    let executing = |open| both(Stage::Executing { lots: 1 }, 1, &[BlockingReason::TokenNotConsumed(open)]);
    // The securities are delivered; the money is awaited.
    assert_eq!(executing(CASH), [["AWMO"], ["OTHR"]]);
    // The money is paid; the securities are awaited.
    assert_eq!(executing(SECURITY), [["OTHR"], ["AWSH"]]);
    let none = [BlockingReason::TokenNotConsumed(SECURITY), BlockingReason::TokenNotConsumed(CASH)];
    assert_eq!(both(Stage::Formed { lots: 1 }, 1, &none), [["OTHR"], ["OTHR"]]);
}

#[test]
fn committed_should_await_the_other_network() {
    assert_eq!(both(Stage::Committed { lots: 1 }, 1, &[BlockingReason::Committed]), [["NCON"], ["NCON"]]);
}

#[test]
fn late_and_undecided_should_have_their_codes() {
    assert_eq!(matched(&[BlockingReason::PastReserveBy]), [["LATE"], ["LATE"]]);
    assert_eq!(matched(&[BlockingReason::PastDeadline]), [["LATE"], ["LATE"]]);
    for reason in [BlockingReason::AwaitingManager, BlockingReason::AwaitingPreimage, BlockingReason::NotCommitted] {
        assert_eq!(matched(&[reason]), [["OTHR"], ["OTHR"]]);
    }
    assert_eq!(matched(&[]), [Vec::<&str>::new(), Vec::new()]);
}

#[test]
fn settled_tranche_should_say_whether_more_can_come() {
    let confirmed = |stage, settled| iso_status(&IsoState { settled, ..state(stage, &[]) }, SELLER).confirmed;
    assert_eq!(confirmed(Stage::Matched, 0), None);
    assert_eq!(confirmed(Stage::Matched, 1).and_then(Confirmation::code), Some(IsoCode::Pain));
    let closed = |outcome| confirmed(Stage::Closed { outcome }, 1);
    assert_eq!(closed(Outcome::Settled), Some(Confirmation::Whole));
    assert_eq!(closed(Outcome::Settled).and_then(Confirmation::code), None);
    assert_eq!(closed(Outcome::PartiallySettled).and_then(Confirmation::code), Some(IsoCode::Parc));
}

#[test]
fn end_should_be_told_to_who_asked_and_to_the_other() {
    let codes = |outcome, ended_by: &[ParticipantId], viewer| {
        let status = iso_status(&IsoState { ended_by, ..state(Stage::Closed { outcome }, &[]) }, viewer);
        let codes: Vec<&str> = status.cancelled.iter().flatten().map(|reason| reason.code.as_str()).collect();
        (status.matching, codes)
    };
    assert_eq!(codes(Outcome::Cancelled, &[SELLER], SELLER), (None, vec!["CANI"]));
    assert_eq!(codes(Outcome::Cancelled, &[SELLER], BUYER), (None, vec!["CTHP"]));
    assert_eq!(codes(Outcome::Cancelled, &[SELLER, BUYER], BUYER), (None, vec!["CANI"]));
    let refused = Some(Matching::Unmatched(vec![IsoCode::Dtra.into()]));
    assert_eq!(codes(Outcome::Rejected, &[BUYER], SELLER), (refused, vec!["CTHP"]));
    for outcome in [Outcome::Expired, Outcome::Reversed, Outcome::Released] {
        let status = iso_status(&state(Stage::Closed { outcome }, &[]), SELLER);
        let reasons = status.cancelled.unwrap();
        assert!(reasons.iter().all(|reason| reason.code == IsoCode::Cans && reason.text.is_some()), "{outcome:?}");
        assert_eq!((status.settling, status.confirmed), (None, None));
    }
}

#[test]
fn answer_to_a_request_to_cancel_should_be_in_the_list_of_its_element() {
    let table = [
        (CancellationAnswer::Cancelled, "CANI", CANCELLED_ON_REQUEST),
        (CancellationAnswer::AwaitsOthers, "CONF", CANCELLATION_PENDING),
        (CancellationAnswer::AlreadySettled, "DSET", DENIED),
        (CancellationAnswer::InProgress, "DPRG", DENIED),
        (CancellationAnswer::AlreadyCancelled, "DCAN", DENIED),
        (CancellationAnswer::TooLate, "LATE", DENIED),
    ];
    for (answer, code, list) in table {
        assert_eq!(answer.code().as_str(), code);
        assert!(is_in(list, answer.code()));
    }
}

#[test]
fn refusal_by_the_deciding_network_should_be_in_the_list_of_its_element() {
    let table = [
        (RejectReason::TooLate, "LATE"),
        (RejectReason::PartyNotActive, "SAFE"),
        (RejectReason::AssetNotFound, "DSEC"),
        (RejectReason::NotAMultipleOfUnit, "DQUA"),
        (RejectReason::ManagerNotFound, "OTHR"),
        (RejectReason::LifeTooLong, "DDAT"),
    ];
    for (reason, code) in table {
        assert_eq!(reason.iso_code().as_str(), code);
        assert!(is_in(REJECTED, reason.iso_code()));
    }
    assert_eq!(RejectReason::Refused.iso_code().as_str(), "DTRA");
    assert!(is_in(UNMATCHED, RejectReason::Refused.iso_code()));
}

// Every code of every status, for every reason alone and for all together, is in the list of the element that has it.
#[test]
fn every_code_should_be_in_the_list_of_its_element() {
    let all = all_reasons();
    let mut sets: Vec<Vec<BlockingReason>> = all.iter().map(|reason| vec![*reason]).collect();
    sets.push(all);
    let stages =
        [Stage::Matched, Stage::Formed { lots: 1 }, Stage::Executing { lots: 1 }, Stage::Committed { lots: 1 }];
    for reasons in &sets {
        for stage in stages {
            for (now, viewer) in [(0, SELLER), (0, BUYER), (30_000 * DAY, SELLER), (30_000 * DAY, STRANGER)] {
                let state = IsoState { covered: 1, now, settled: 1, ..state(stage, reasons) };
                let status = iso_status(&state, viewer);
                let (list, given) = match status.settling {
                    Some(Settling::Pending(given)) => (PENDING, given),
                    Some(Settling::Failing(given)) => (FAILING, given),
                    None => panic!("no settlement status"),
                };
                for reason in given {
                    assert!(is_in(list, reason.code), "{reason:?} at {now}");
                    assert!(reason.code != IsoCode::Othr || reason.text.is_some(), "{reason:?}");
                }
                assert!(status.confirmed.and_then(Confirmation::code).is_some_and(|code| is_in(PARTIAL, code)));
            }
        }
    }
    for outcome in [Outcome::Rejected, Outcome::Cancelled, Outcome::Expired, Outcome::Reversed, Outcome::Released] {
        let status = iso_status(&state(Stage::Closed { outcome }, &[]), BUYER);
        for reason in status.cancelled.unwrap() {
            assert!(is_in(CANCELLED, reason.code), "{outcome:?}");
        }
        if let Some(Matching::Unmatched(reasons)) = status.matching {
            assert!(reasons.iter().all(|reason| is_in(UNMATCHED, reason.code)));
        }
    }
}

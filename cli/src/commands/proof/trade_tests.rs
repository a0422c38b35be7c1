use super::*;
use crate::{
    files::trades::Pay,
    settle::plan::{example_across, example_terms},
};
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{Outcome, RejectReason, TermsHash};

const DEADLINE: Moment = 25_000;
const TRANCHE: TrancheIndex = TrancheIndex(1);
const HELD: Held = Held { tranche: TRANCHE, pay_deadline: DEADLINE };
const EARLY: Shown = Shown { block: 9, now: DEADLINE - 1 };
const LATE: Shown = Shown { block: 9, now: DEADLINE };

fn id() -> InstructionId {
    InstructionId::from([1; 32])
}

fn view(stage: Stage, tranches: u32) -> InstructionView {
    let terms = VersionedTerms::V1(example_across(Pay::Later, |_| {}).terms);
    InstructionView {
        id: id(),
        terms_hash: terms.hash(),
        terms: (!matches!(stage, Stage::Closed { .. })).then_some(terms),
        stage,
        settled: tranches,
        tranches: TrancheIndex(tranches),
        parties: vec![],
        legs: vec![],
        flags: vec![],
    }
}

fn record(decision: Decision) -> Record {
    Record {
        terms_hash: TermsHash::from([2; 32]),
        networks: [H256([9; 32]), H256([10; 32])],
        pay_deadline: DEADLINE,
        decision,
    }
}

fn executed() -> Option<Record> {
    Some(record(Decision::Executed { lots: 4 }))
}

fn rejected() -> Option<Record> {
    Some(record(Decision::Rejected { reason: RejectReason::Refused }))
}

fn sentence<T: std::fmt::Debug>(ended: anyhow::Result<T>) -> String {
    ended.unwrap_err().to_string()
}

fn why<T: std::fmt::Debug>(ended: anyhow::Result<Due<T>>) -> String {
    match ended.unwrap() {
        Due::Done(why) => why,
        Due::Now(due) => panic!("{due:?} is due"),
    }
}

#[test]
fn held_should_be_what_is_committed() {
    assert_eq!(held(Some(view(Stage::Committed { lots: 4 }, 1))).unwrap(), Due::Now(HELD));
    assert!(sentence(held(Some(view(Stage::Matched, 0)))).contains("is not committed"));
    assert!(sentence(held(None)).contains("no such instruction"));
    let mut of_one = view(Stage::Committed { lots: 4 }, 1);
    of_one.terms = Some(VersionedTerms::V1(example_terms()));
    assert!(sentence(held(Some(of_one))).contains("one network only"));
}

#[test]
fn held_should_say_that_somebody_else_has_ended_it() {
    let over = why(held(Some(view(Stage::Closed { outcome: Outcome::Settled }, 1))));
    assert_eq!(over, "nothing is to be proven: the instruction is over (Settled), lots settled: 1");
    let matched = why(held(Some(view(Stage::Matched, 1))));
    assert_eq!(matched, "nothing is to be proven: nothing is committed now, lots settled: 1");
}

#[test]
fn delivered_should_prove_the_version_and_the_record() {
    let items = vec![Item::RecordVersion, Item::Record(id(), TRANCHE)];
    assert_eq!(delivered(id(), HELD, executed(), EARLY).unwrap(), items);
    assert_eq!(delivered(id(), HELD, executed(), LATE).unwrap(), items);
    assert!(sentence(delivered(id(), HELD, rejected(), LATE)).contains("with tandem proof return"));
    assert!(sentence(delivered(id(), HELD, None, EARLY)).contains("not decided tranche 1 in block 9"));
    assert!(sentence(delivered(id(), HELD, None, LATE)).contains("with tandem proof return"));
}

#[test]
fn returned_should_prove_the_time_only_where_there_is_no_record() {
    let refused = vec![Item::RecordVersion, Item::Record(id(), TRANCHE)];
    let absent = [&refused[..], &[Item::Now, Item::Genesis]].concat();
    assert_eq!(returned(id(), HELD, rejected(), EARLY).unwrap(), refused);
    assert_eq!(returned(id(), HELD, rejected(), LATE).unwrap(), refused);
    assert_eq!(returned(id(), HELD, None, LATE).unwrap(), absent);
    assert!(sentence(returned(id(), HELD, None, EARLY)).contains("has not come in block 9"));
    assert!(sentence(returned(id(), HELD, executed(), LATE)).contains("with tandem proof deliver"));
}

#[test]
fn brought_should_be_the_committed_tranche_unless_another_is_asked_for() {
    let at = At { number: 9, ..At::default() };
    let committed = || Some(view(Stage::Committed { lots: 4 }, 1));
    let tranche = |asked| match brought(committed(), asked, at) {
        Ok(Due::Now((tranche, _, pay_deadline))) => Some((tranche, pay_deadline)),
        Ok(Due::Done(_)) | Err(_) => None,
    };
    assert_eq!(tranche(None), Some((TRANCHE, DEADLINE)));
    assert_eq!(tranche(Some(TRANCHE)), Some((TRANCHE, DEADLINE)));
    let settled = why(brought(committed(), Some(TrancheIndex(0)), at));
    assert_eq!(settled, "nothing is to be proven: tranche 1 is committed, lots settled: 1");
    assert!(sentence(brought(committed(), Some(TrancheIndex(2)), at)).contains("tranche 2 is not committed in block 9"));
    assert!(sentence(brought(Some(view(Stage::Matched, 0)), None, at)).contains("tranche 0 is not committed"));
    assert!(sentence(brought(None, None, at)).contains("no such instruction in block 9"));
    let over = brought(Some(view(Stage::Closed { outcome: Outcome::Expired }, 0)), None, at);
    assert!(why(over).contains("is over (Expired)"));
}

#[test]
fn forgotten_should_wait_for_the_pay_deadline_on_both_networks_and_for_the_end() {
    let of = |now, is_committed, shown| forgotten(id(), TRANCHE, &executed().unwrap(), now, is_committed, shown);
    let items = vec![Item::RecordVersion, Item::Commitment(id(), TRANCHE), Item::Now, Item::Genesis];
    assert_eq!(of(DEADLINE, false, LATE).unwrap(), items);
    assert!(sentence(of(DEADLINE - 1, false, LATE)).contains("stays until the pay deadline"));
    assert!(sentence(of(DEADLINE, true, LATE)).contains("is still committed in block 9"));
    assert!(sentence(of(DEADLINE, false, EARLY)).contains("has not come in block 9"));
}

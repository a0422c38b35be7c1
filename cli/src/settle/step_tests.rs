use super::*;
use crate::{chain::calls::reference, settle::plan::example_terms};
use polkadot_sdk::sp_core::H256;
use tandem_primitives::{
    instruction_id, token_id, LegView, Outcome, PartyTerms, Policy, Quantity, Terms, TokenStatus, TrancheIndex,
};

fn plan(change: impl Fn(&mut Terms)) -> Plan {
    let mut terms = example_terms();
    change(&mut terms);
    let versioned = VersionedTerms::V1(terms.clone());
    let party = |n: u8| Party {
        account: [n; 32].into(),
        terms: versioned.clone(),
        own: PartyTerms {
            on_behalf_of: None,
            account: None,
            policy: Policy::Part,
            priority: 0,
            reference: reference("R"),
        },
        reserve: Some(Quantity::UpTo(10)),
    };
    let id = |n: u8| instruction_id(H256([9; 32]), &[n; 32].into(), versioned.hash());
    Plan {
        name: "T-1".into(),
        ids: [id(1), id(2)],
        instructing: [[1; 32].into(), [2; 32].into()],
        terms,
        seller: Some(party(1)),
        buyer: Some(party(2)),
        preimage: Some([3; 32]),
        pay: None,
    }
}

fn seen(plan: &Plan, stage: Stage, now: Moment) -> Seen {
    let versioned = VersionedTerms::V1(plan.terms.clone());
    let leg = |n: u8, to: u8| LegView {
        reserved: 10,
        amount_reserved: 0,
        amount_delivered: 0,
        token: Some((token_id(plan.ids[0], LegIndex(n), TrancheIndex(0)), [to; 32].into(), 10, TokenStatus::Armed)),
    };
    let view = InstructionView {
        id: plan.ids[0],
        terms_hash: versioned.hash(),
        terms: Some(versioned),
        stage,
        settled: 0,
        tranches: TrancheIndex(0),
        parties: vec![],
        legs: vec![leg(0, 2), leg(1, 1)],
        flags: vec![],
    };
    Seen { now, instruction: Some(view), ..Seen::default() }
}

/// What is sent, as `signer call`, with every key at hand but those listed.
fn sent(plan: &Plan, seen: &Seen, without: &[u8]) -> Vec<String> {
    let signs = |account: &AccountId| !without.iter().any(|n| *account == AccountId::from([*n; 32]));
    let means = Means { signs: &signs, mismatched: false, affirmation_refused: false, funded: &|_, _| false };
    match next(plan, seen, &means) {
        Next::Send(steps) => steps
            .iter()
            .map(|step| {
                let bytes: &[u8] = step.by.as_ref();
                format!("{} {}", bytes[0], step.call.title())
            })
            .collect(),
        Next::Wait => vec!["wait".into()],
        Next::Closed => vec!["closed".into()],
        Next::NeverSent => vec!["never sent".into()],
    }
}

#[test]
fn the_seller_should_instruct_and_the_buyer_affirm() {
    let plan = plan(|_| {});
    let nothing = Seen { now: 2_000, ..Seen::default() };
    assert_eq!(sent(&plan, &nothing, &[]), ["1 Settlement.instruct"]);
    assert_eq!(sent(&plan, &nothing, &[1]), ["wait"]);
    assert_eq!(sent(&plan, &Seen { now: 30_000, ..Seen::default() }, &[]), ["never sent"]);
    let proposed = seen(&plan, Stage::Proposed, 2_000);
    assert_eq!(sent(&plan, &proposed, &[]), ["2 Settlement.affirm"]);
    assert_eq!(sent(&plan, &proposed, &[2]), ["wait"]);
}

#[test]
fn the_buyer_should_instruct_when_it_is_alone() {
    let mut plan = plan(|_| {});
    plan.seller = None;
    let nothing = Seen { now: 2_000, ..Seen::default() };
    assert_eq!(sent(&plan, &nothing, &[]), ["2 Settlement.instruct"]);
}

#[test]
fn nobody_should_affirm_twice_what_differs() {
    let plan = plan(|_| {});
    let proposed = seen(&plan, Stage::Proposed, 2_000);
    let means = Means { signs: &|_| true, mismatched: true, affirmation_refused: false, funded: &|_, _| false };
    assert!(matches!(next(&plan, &proposed, &means), Next::Wait));
    let means = Means { signs: &|_| true, mismatched: false, affirmation_refused: true, funded: &|_, _| false };
    assert!(matches!(next(&plan, &proposed, &means), Next::Wait));
}

#[test]
fn a_part_should_settle_once_one_is_possible() {
    let plan = plan(|_| {});
    let matched = seen(&plan, Stage::Matched, 2_000);
    assert_eq!(sent(&plan, &matched, &[]), ["wait"]);
    let possible = Seen { part: Some(6), ..matched.clone() };
    assert_eq!(sent(&plan, &possible, &[]), ["1 Settlement.settle_part"]);
    assert_eq!(sent(&plan, &possible, &[1]), ["2 Settlement.settle_part"]);
    assert_eq!(sent(&plan, &Seen { now: 999, ..possible.clone() }, &[]), ["wait"]);
    assert_eq!(sent(&plan, &Seen { now: 20_000, ..possible }, &[]), ["wait"]);
}

#[test]
fn each_receiver_should_use_its_token() {
    let plan = plan(|terms| terms.execution = Execution::OnToken);
    let mut formed = seen(&plan, Stage::Formed { lots: 10 }, 2_000);
    assert_eq!(sent(&plan, &formed, &[]), ["2 Settlement.execute", "1 Settlement.execute"]);
    assert_eq!(sent(&plan, &formed, &[2]), ["1 Settlement.execute"]);
    if let Some((_, _, _, status)) = &mut formed.instruction.as_mut().unwrap().legs[0].token {
        *status = TokenStatus::Consumed;
    }
    assert_eq!(sent(&plan, &formed, &[]), ["1 Settlement.execute"]);
}

#[test]
fn the_manager_should_settle_and_a_party_in_its_place_when_it_is_silent() {
    let plan = plan(|terms| terms.execution = Execution::ByManager { manager: [8; 32].into(), manager_by: 25_000 });
    for stage in [Stage::Matched, Stage::Formed { lots: 10 }] {
        let matched = seen(&plan, stage, 2_000);
        assert_eq!(sent(&plan, &matched, &[]), ["wait"]);
        let possible = Seen { part: Some(10), ..matched };
        assert_eq!(sent(&plan, &possible, &[]), ["8 Settlement.settle"]);
        assert_eq!(sent(&plan, &possible, &[8]), ["wait"]);
        assert_eq!(sent(&plan, &Seen { now: 25_000, ..possible }, &[8]), ["1 Settlement.settle"]);
    }
}

#[test]
fn the_secret_should_be_shown_once_all_is_reserved() {
    let plan = plan(|terms| terms.execution = Execution::Hashlock { hash: H256([4; 32]) });
    assert_eq!(sent(&plan, &seen(&plan, Stage::Matched, 2_000), &[]), ["wait"]);
    assert_eq!(sent(&plan, &seen(&plan, Stage::Formed { lots: 10 }, 2_000), &[]), ["1 Settlement.execute"]);
}

#[test]
fn cli_c5_nothing_should_be_executed_before_the_trade_may_settle() {
    let by_manager = Execution::ByManager { manager: [8; 32].into(), manager_by: 25_000 };
    let hashlock = Execution::Hashlock { hash: H256([4; 32]) };
    for execution in [Execution::Immediate, Execution::OnToken, by_manager, hashlock] {
        let plan = plan(|terms| terms.execution = execution.clone());
        let ready = |now| Seen { part: Some(10), unblocked: true, ..seen(&plan, Stage::Formed { lots: 10 }, now) };
        assert_eq!(sent(&plan, &ready(999), &[]), ["wait"], "{execution:?}");
        assert_ne!(sent(&plan, &ready(1_000), &[]), ["wait"], "{execution:?}");
        // A manager forms what it settles, so that it has to wait before anything has formed.
        if matches!(execution, Execution::ByManager { .. }) {
            let matched = |now| Seen { part: Some(10), ..seen(&plan, Stage::Matched, now) };
            assert_eq!(sent(&plan, &matched(999), &[]), ["wait"]);
            assert_eq!(sent(&plan, &matched(2_000), &[]), ["8 Settlement.settle"]);
        }
    }
}

#[test]
fn a_deferred_tranche_should_settle_once_nothing_is_in_the_way() {
    let plan = plan(|_| {});
    let formed = seen(&plan, Stage::Formed { lots: 10 }, 2_000);
    assert_eq!(sent(&plan, &formed, &[]), ["wait"]);
    assert_eq!(sent(&plan, &Seen { unblocked: true, ..formed }, &[]), ["1 Settlement.settle"]);
}

#[test]
fn what_is_left_open_should_be_expired_after_the_sweep_had_its_time() {
    let plan = plan(|_| {});
    assert_eq!(sent(&plan, &seen(&plan, Stage::Matched, 30_000), &[]), ["wait"]);
    assert_eq!(sent(&plan, &seen(&plan, Stage::Matched, 36_000), &[]), ["1 Settlement.expire"]);
    assert_eq!(sent(&plan, &seen(&plan, Stage::Closed { outcome: Outcome::Settled }, 36_000), &[]), ["closed"]);
}

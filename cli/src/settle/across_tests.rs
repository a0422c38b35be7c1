use super::*;
use crate::settle::{
    plan::example_across,
    step::{next as step, Seen},
};
use tandem_primitives::{LegView, ManagedBy, Terms};

/// The seller (1) delivers on the first network, which holds the instruction; the buyer (2) pays on the second.
fn plan(pay: Pay, change: impl Fn(&mut Terms)) -> Plan {
    example_across(pay, change)
}

fn view(plan: &Plan, stage: Stage) -> InstructionView {
    let versioned = VersionedTerms::V1(plan.terms.clone());
    let leg = LegView { reserved: 10, amount_reserved: 0, amount_delivered: 0, token: None };
    InstructionView {
        id: plan.ids[0],
        terms_hash: versioned.hash(),
        terms: Some(versioned),
        stage,
        settled: 0,
        tranches: TrancheIndex(0),
        parties: vec![],
        legs: vec![leg.clone(), leg],
        flags: vec![],
    }
}

fn seen(plan: &Plan, stage: Stage, now: Moment, payment: Option<Paid>) -> Seen {
    Seen {
        now,
        instruction: Some(view(plan, stage)),
        part: matches!(stage, Stage::Matched).then_some(10),
        decider: Some(Decider { now, payment, decided: false, is_ahead: false }),
        ..Default::default()
    }
}

fn paid(committed: bool, reserved: Lots) -> Paid {
    Paid { committed, reserved: vec![(LegIndex(1), reserved)], ..Paid::default() }
}

/// What is sent, as `network signer call`, with every key at hand but those listed.
fn sent(plan: &Plan, seen: &Seen, without: &[u8], funded: bool) -> Vec<String> {
    let signs = |account: &AccountId| !without.iter().any(|n| *account == AccountId::from([*n; 32]));
    let funded = |_, _| funded;
    let means = Means { signs: &signs, mismatched: false, affirmation_refused: false, funded: &funded };
    match step(plan, seen, &means) {
        Next::Send(steps) => steps
            .iter()
            .map(|step| {
                let bytes: &[u8] = step.by.as_ref();
                format!("{} {} {}", step.on, bytes[0], step.call.title())
            })
            .collect(),
        Next::Wait => vec!["wait".into()],
        Next::Closed => vec!["closed".into()],
        Next::NeverSent => vec!["never sent".into()],
    }
}

const COMMITTED: Stage = Stage::Committed { lots: 10 };

#[test]
fn a_matched_trade_should_be_committed_where_it_is_held() {
    let later = plan(Pay::Later, |_| {});
    assert_eq!(sent(&later, &seen(&later, Stage::Matched, 2_000, None), &[], false), ["0 1 Counterpart.commit"]);
    assert_eq!(sent(&later, &seen(&later, Stage::Matched, 2_000, None), &[1], false), ["0 2 Counterpart.commit"]);
}

#[test]
fn cli_c17_nothing_should_be_bound_here_before_the_payer_has_reserved_ahead_for_good() {
    let ahead = plan(Pay::Ahead, |_| {});
    let mut matched = seen(&ahead, Stage::Matched, 2_000, None);
    // Nobody has reserved yet, as nothing was reserved with anybody's word.
    if let Some(view) = &mut matched.instruction {
        view.legs[0].reserved = 0;
    }
    matched.part = None;
    let party = ahead.seller.as_ref().unwrap();
    assert!(party.reserve.is_some() && ahead.reserves_with_its_word(party).is_none());
    assert_eq!(sent(&ahead, &matched, &[], false), ["1 2 Counterpart.reserve_ahead"]);
    // It is on its way, or included and not final: the seller, with a desk of its own or not, waits.
    assert_eq!(sent(&ahead, &matched, &[], true), ["wait"]);
    let included =
        Seen { decider: Some(Decider { payment: Some(paid(false, 10)), ..decider(&matched) }), ..matched.clone() };
    assert_eq!(sent(&ahead, &included, &[2], false), ["wait"]);
    assert_eq!(sent(&ahead, &Seen { part: Some(10), ..included.clone() }, &[2], false), ["wait"]);
    let last = Seen { decider: Some(Decider { is_ahead: true, ..decider(&included) }), ..included };
    assert_eq!(sent(&ahead, &last, &[2], false), ["0 1 Settlement.reserve"]);
    let mut reserved = Seen { part: Some(10), ..last.clone() };
    if let Some(view) = &mut reserved.instruction {
        view.legs[0].reserved = 10;
    }
    assert_eq!(sent(&ahead, &reserved, &[2], false), ["0 1 Counterpart.commit"]);
    // A seller that holds back is not made to reserve.
    let mut holds = ahead.clone();
    if let Some(seller) = &mut holds.seller {
        seller.reserve = None;
    }
    assert_eq!(sent(&holds, &last, &[2], false), ["wait"]);
    let later = plan(Pay::Later, |_| {});
    assert!(later.reserves_with_its_word(later.seller.as_ref().unwrap()).is_some());
}

fn decider(seen: &Seen) -> Decider {
    seen.decider.clone().unwrap()
}

#[test]
fn what_was_not_committed_in_time_should_expire_where_it_is_held() {
    let plan = plan(Pay::Later, |_| {});
    assert_eq!(sent(&plan, &seen(&plan, Stage::Matched, 20_000, None), &[], false), ["wait"]);
    assert_eq!(sent(&plan, &seen(&plan, Stage::Matched, 26_000, None), &[], false), ["0 1 Settlement.expire"]);
}

#[test]
fn the_payer_should_reserve_once_the_commitment_has_arrived() {
    let later = plan(Pay::Later, |_| {});
    assert_eq!(sent(&later, &seen(&later, COMMITTED, 2_000, None), &[], false), ["wait"]);
    let arrived = seen(&later, COMMITTED, 2_000, Some(paid(true, 0)));
    assert_eq!(sent(&later, &arrived, &[], false), ["1 2 Counterpart.reserve"]);
    assert_eq!(sent(&later, &arrived, &[], true), ["wait"]);
    let never = plan(Pay::Never, |_| {});
    assert_eq!(sent(&never, &seen(&never, COMMITTED, 2_000, Some(paid(true, 0))), &[], false), ["wait"]);
}

#[test]
fn what_a_run_that_was_cut_off_has_reserved_should_not_be_reserved_again() {
    let later = plan(Pay::Later, |_| {});
    let short = |tranche, reserved| {
        let payment = Paid { tranche: TrancheIndex(tranche), ..paid(true, reserved) };
        sent(&later, &seen(&later, COMMITTED, 2_000, Some(payment)), &[], false)
    };
    assert_eq!(short(0, 0), ["1 2 Counterpart.reserve"]);
    assert_eq!(short(0, 4), ["wait"]);
    // What is left of the first tranche is no reservation for the second.
    assert_eq!(short(1, 4), ["1 2 Counterpart.reserve"]);
}

#[test]
fn what_is_decided_should_not_be_reserved_ahead_again() {
    let ahead = plan(Pay::Ahead, |_| {});
    let mut decided = seen(&ahead, COMMITTED, 2_000, None);
    if let Some(decider) = &mut decided.decider {
        decider.decided = true;
    }
    assert_eq!(sent(&ahead, &decided, &[], false), ["wait"]);
}

#[test]
fn the_receiver_should_refuse_once_the_commitment_has_arrived() {
    let plan = plan(Pay::Refuse, |_| {});
    assert_eq!(sent(&plan, &seen(&plan, COMMITTED, 2_000, Some(paid(false, 0))), &[], false), ["wait"]);
    let arrived = seen(&plan, COMMITTED, 2_000, Some(paid(true, 0)));
    assert_eq!(sent(&plan, &arrived, &[], false), ["1 1 Counterpart.refuse"]);
}

#[test]
fn the_deciding_manager_should_execute_and_a_party_in_its_place_when_it_is_silent() {
    let managed = plan(Pay::Later, |terms| {
        if let Some(two) = &mut terms.two_networks {
            two.managed_by = Some(ManagedBy { manager: [8; 32].into(), manager_by: 15_000 });
        }
    });
    let payment = Paid { executable: Some(10), ..paid(true, 10) };
    let covered = |now| seen(&managed, COMMITTED, now, Some(payment.clone()));
    assert_eq!(sent(&managed, &covered(2_000), &[], true), ["1 8 Counterpart.execute"]);
    assert_eq!(sent(&managed, &covered(2_000), &[8], true), ["wait"]);
    assert_eq!(sent(&managed, &covered(15_000), &[8], true), ["1 2 Counterpart.execute"]);
}

#[test]
fn a_trade_should_end_when_nothing_is_left_on_either_network() {
    let plan = plan(Pay::Later, |_| {});
    let over = Stage::Closed { outcome: tandem_primitives::Outcome::Settled };
    assert_eq!(sent(&plan, &seen(&plan, over, 2_000, Some(paid(false, 4))), &[], true), ["wait"]);
    assert_eq!(sent(&plan, &seen(&plan, over, 25_000, Some(paid(false, 4))), &[], true), ["wait"]);
    assert_eq!(sent(&plan, &seen(&plan, over, 31_000, Some(paid(false, 4))), &[], true), ["1 2 Counterpart.expire"]);
    assert_eq!(sent(&plan, &seen(&plan, over, 2_000, None), &[], true), ["closed"]);
}

use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, Instructions, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{token_id, BlockingReason, Execution, InstructionId, OnIncomplete, Outcome, Policy, Status};

#[test]
fn expire_should_fail_until_reserve_by() {
    for (after_start, due) in [(RESERVE_BY - 1, false), (RESERVE_BY, true), (RESERVE_BY + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let proposed = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
            let short = matched(&named(dvp(10, Execution::Immediate), "S"), Policy::Npar, 9, 9);
            at(after_start);
            for id in [proposed, short] {
                if due {
                    assert_ok!(expire(&AUDITOR, id));
                    assert_eq!(outcome(id), (Outcome::Expired, 0));
                    assert_noop!(expire(&AUDITOR, id), Error::<Test>::AlreadyClosed);
                } else {
                    assert_noop!(expire(&AUDITOR, id), Error::<Test>::NotDue);
                }
            }
            if due {
                assert_moved(0, 0, (0, 0));
            }
        });
    }
}

#[test]
fn expire_should_settle_the_largest_part_at_reserve_by_and_return_the_rest() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 10, 8);
        at(RESERVE_BY);
        events();
        assert_ok!(expire(&THIRD, id));
        assert_eq!(
            events(),
            [
                Event::TrancheFormed { id, tranche: 0.into(), lots: 6, by: Some(THIRD), reference: trade_1() },
                Event::TrancheSettled {
                    id,
                    tranche: 0.into(),
                    lots: 6,
                    old: 0,
                    new: 6,
                    amounts: vec![600, 6_000],
                    by: Some(THIRD),
                    reference: trade_1(),
                },
                Event::Released {
                    id,
                    leg: DELIVERY,
                    old: 4,
                    new: 0,
                    amount: 400,
                    by: Some(THIRD),
                    reference: trade_1()
                },
                Event::Released {
                    id,
                    leg: PAYMENT,
                    old: 2,
                    new: 0,
                    amount: 2_000,
                    by: Some(THIRD),
                    reference: trade_1()
                },
                Event::Closed {
                    id,
                    outcome: Outcome::PartiallySettled,
                    lots: 6,
                    of: 10,
                    by: Some(THIRD),
                    reference: trade_1()
                },
            ]
        );
        assert_moved(600, 6_000, (0, 0));
    });
}

#[test]
fn expire_should_form_a_part_for_its_tokens_and_return_the_surplus() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 9, 6);
        at(RESERVE_BY);
        assert_ok!(expire(&THIRD, id));
        assert_eq!((open(id).state, reserved(id)), (State::Formed { lots: 6 }, vec![6, 6]));
        assert_moved(0, 0, (600, 6_000));
        assert_noop!(expire(&THIRD, id), Error::<Test>::NotDue);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_noop!(expire(&THIRD, id), Error::<Test>::NotDue);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 6));
        assert_moved(600, 6_000, (0, 0));
    });
}

#[test]
fn expire_should_return_the_surplus_of_what_formed_before() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 9, 6);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        at(RESERVE_BY);
        events();
        assert_ok!(expire(&THIRD, id));
        assert_eq!(
            events(),
            [Event::Released { id, leg: DELIVERY, old: 9, new: 6, amount: 300, by: Some(THIRD), reference: trade_1() }]
        );
        assert_eq!(open(id).state, State::Executing { lots: 6 });
        assert_moved(0, 0, (600, 6_000));
    });
}

#[test]
fn expire_should_return_everything_at_the_deadline_when_no_token_was_used() {
    for (after_start, due) in [(DEADLINE - 1, false), (DEADLINE, true), (DEADLINE + 1, true)] {
        for execution in [Execution::OnToken, by_manager(MANAGER_BY), hashlock()] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&dvp(10, execution), Policy::Npar, 10, 10);
                at(after_start);
                if due {
                    assert_ok!(expire(&SELLER, id));
                    assert_eq!(outcome(id), (Outcome::Expired, 0));
                    assert_moved(0, 0, (0, 0));
                } else {
                    assert_noop!(expire(&SELLER, id), Error::<Test>::NotDue);
                }
            });
        }
    }
}

#[test]
fn expire_should_complete_a_half_executed_tranche() {
    for (who, leg) in [(BUYER, DELIVERY), (SELLER, PAYMENT)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
            assert_ok!(execute(&who, id, leg));
            at(DEADLINE - 1);
            assert_noop!(expire(&THIRD, id), Error::<Test>::NotDue);
            at(DEADLINE);
            events();
            // Whoever keeps still gets its own leg all the same: neither holds a free option.
            assert_ok!(expire(&THIRD, id));
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            assert!(!events().iter().any(|event| matches!(event, Event::TokenReversed { .. })));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn expire_should_reverse_a_half_executed_tranche_where_the_terms_say_so() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::OnToken);
        terms.on_incomplete = OnIncomplete::Reverse;
        let id = matched(&terms, Policy::Part, 10, 10);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        at(DEADLINE);
        events();
        assert_ok!(expire(&THIRD, id));
        let token = token_id(id, DELIVERY, 0.into());
        let events = events();
        assert_eq!(
            events.first(),
            Some(&Event::TokenReversed { id, leg: DELIVERY, token, by: Some(THIRD), reference: trade_1() })
        );
        assert_eq!(events.iter().filter(|event| matches!(event, Event::TokenReversed { .. })).count(), 1);
        assert_eq!(outcome(id), (Outcome::Reversed, 0));
        assert_moved(0, 0, (0, 0));
        assert_noop!(execute(&SELLER, id, PAYMENT), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn expire_should_keep_what_earlier_tranches_settled_when_the_last_is_reversed() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::OnToken);
        terms.on_incomplete = OnIncomplete::Reverse;
        let id = matched(&terms, Policy::Part, 10, 4);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_ok!(reserve(&BUYER, id, PAYMENT, tandem_primitives::Quantity::Exactly(6)));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        at(DEADLINE);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 4));
        assert_moved(400, 4_000, (0, 0));
    });
}

#[test]
fn expire_should_return_a_deferred_tranche_at_the_deadline() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 8, 8);
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        at(RESERVE_BY);
        events();
        assert_ok!(expire(&THIRD, id));
        let reasons = vec![BlockingReason::Flagged(tandem_primitives::FlagKind::Authority)];
        assert!(events().contains(&Event::SettlementDeferred { id, reasons, by: Some(THIRD), reference: trade_1() }));
        assert_eq!(open(id).state, State::Formed { lots: 8 });
        assert_noop!(expire(&THIRD, id), Error::<Test>::NotDue);
        // No flag extends the deadline.
        at(DEADLINE);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn expire_should_settle_what_is_covered_when_the_two_limits_are_one() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.reserve_by = terms.deadline;
        let id = matched(&terms, Policy::Part, 8, 8);
        at(DEADLINE - 1);
        assert_noop!(expire(&THIRD, id), Error::<Test>::NotDue);
        at(DEADLINE);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 8));
        assert_moved(800, 8_000, (0, 0));
    });
}

#[test]
fn expire_should_close_what_nobody_looked_at_before_the_deadline() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 8, 8);
        at(DEADLINE);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn expire_should_credit_what_cannot_be_returned_and_close_all_the_same() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), EURO));
        assert_ok!(Assets::block(by(&ISSUER), SHARE, SELLER));
        at(DEADLINE);
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (1_000, 10_000));
        assert_eq!((claimable(&SELLER, SHARE), claimable(&BUYER, EURO)), (1_000, 10_000));
        assert_eq!((claimable(&SELLER, EURO), claimable(&BUYER, SHARE)), (0, 0));
    });
}

#[test]
fn expire_should_fail_for_who_is_not_active_and_change_nothing_of_what_is_closed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 10);
        let closed = Instructions::<Test>::get(id);
        at(DEADLINE);
        assert_noop!(expire(&SELLER, id), Error::<Test>::AlreadyClosed);
        assert_noop!(expire(&SELLER, InstructionId::default()).map_err(|failed| failed.error), Error::<Test>::NotFound);
        assert_noop!(expire(&OUTSIDER, id), Error::<Test>::NotAuthorized);
        set_status(SELLER_ID, Status::Suspended);
        assert_noop!(expire(&SELLER, id), Error::<Test>::NotActive);
        assert_eq!(Instructions::<Test>::get(id), closed);
    });
}

#[test]
fn chain_h2_expire_should_weigh_little_of_what_does_not_exist() {
    ExtBuilder.build_and_execute(|| {
        let failed = expire(&SELLER, InstructionId::default()).unwrap_err();
        use polkadot_sdk::frame_support::{traits::Get, weights::RuntimeDbWeight};
        let weights: RuntimeDbWeight = <Test as polkadot_sdk::frame_system::Config>::DbWeight::get();
        let reads = weights.reads(2);
        assert_eq!(failed.post_info.actual_weight, Some(reads));
    });
}

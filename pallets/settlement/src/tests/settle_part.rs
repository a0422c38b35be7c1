use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    cumulative, BlockingReason, Capacity, Execution, FlagKind, InstructionId, Outcome, Policy, Quantity, Status,
    TokenStatus,
};

#[test]
fn settle_part_should_settle_the_largest_part_that_leaves_the_minimum() {
    ExtBuilder.build_and_execute(|| {
        // 8 of 10 reserved, minimum 4: 6 settle.
        let id = matched(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 8, 8);
        at(PARTIAL_FROM);
        events();
        assert_ok!(settle_part(&SELLER, id));
        assert_eq!(
            events(),
            [
                Event::TrancheFormed { id, tranche: 0.into(), lots: 6, by: Some(SELLER), reference: trade_1() },
                Event::TrancheSettled {
                    id,
                    tranche: 0.into(),
                    lots: 6,
                    old: 0,
                    new: 6,
                    amounts: vec![600, 6_000],
                    by: Some(SELLER),
                    reference: trade_1(),
                },
            ]
        );
        assert_eq!((open(id).state, open(id).settled, reserved(id)), (State::Matched, 6, vec![2, 2]));
        assert!(open(id).legs.iter().all(|leg| leg.token == Some(TokenStatus::Issued)));
        assert_moved(600, 6_000, (200, 2_000));
        // What is left is no part that both take: it can be taken back, or completed.
        assert_noop!(settle_part(&SELLER, id), Error::<Test>::PartNotAllowed);
        assert_ok!(release(&SELLER, id, DELIVERY, 2));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(4)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(2)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_part_should_wait_for_partial_from() {
    for (after_start, in_time) in [(PARTIAL_FROM - 1, false), (PARTIAL_FROM, true), (PARTIAL_FROM + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 5);
            at(after_start);
            if in_time {
                assert_ok!(settle_part(&BUYER, id));
                assert_moved(500, 5_000, (0, 0));
            } else {
                assert_noop!(settle_part(&BUYER, id), Error::<Test>::TooEarly);
            }
        });
    }
}

#[test]
fn settle_part_should_be_open_to_anybody_from_reserve_by() {
    for (after_start, anybody) in [(RESERVE_BY - 1, false), (RESERVE_BY, true), (RESERVE_BY + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 7, 5);
            at(after_start);
            assert_noop!(settle_part(&OUTSIDER, id), Error::<Test>::NotAuthorized);
            if anybody {
                assert_ok!(settle_part(&AUDITOR, id));
                assert_eq!(outcome(id), (Outcome::PartiallySettled, 5));
                assert_moved(500, 5_000, (0, 0));
            } else {
                assert_noop!(settle_part(&AUDITOR, id), Error::<Test>::NotAuthorized);
                assert_noop!(settle_part(&MANAGER, id), Error::<Test>::NotAuthorized);
            }
        });
    }
}

#[test]
fn settle_part_should_fail_from_the_deadline_on() {
    for (after_start, in_time) in [(DEADLINE - 1, true), (DEADLINE, false), (DEADLINE + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 5);
            at(after_start);
            if in_time {
                assert_ok!(settle_part(&SELLER, id));
                assert_eq!(outcome(id), (Outcome::PartiallySettled, 5));
            } else {
                assert_noop!(settle_part(&SELLER, id), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn settle_part_should_close_what_has_no_part_from_reserve_by() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 9, 9);
        at(RESERVE_BY);
        assert_ok!(settle_part(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn settle_part_should_fail_when_no_covered_part_is_taken_by_all() {
    ExtBuilder.build_and_execute(|| {
        let nothing = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 0);
        let whole = matched(&named(dvp(10, Execution::Immediate), "W"), Policy::Npar, 9, 9);
        let strict = instructed(&named(dvp(10, Execution::Immediate), "S"), Policy::Part, 5);
        assert_ok!(affirm(strict, Policy::Parq { min_lots: 6 }, 5));
        let cash = instructed(&named(dvp(10, Execution::Immediate), "C"), Policy::Part, 9);
        assert_ok!(affirm(cash, Policy::Parc { leg: PAYMENT, min_amount: 5_001 }, 9));
        at(PARTIAL_FROM);
        for id in [nothing, whole, strict, cash] {
            assert_noop!(settle_part(&SELLER, id), Error::<Test>::PartNotAllowed);
        }
    });
}

#[test]
fn settle_part_should_settle_nine_of_a_hundred_lots_in_eleven_tranches() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(100, Execution::Immediate);
        terms.legs[1].amount = 10_007;
        let id = matched(&terms, Policy::Part, 9, 9);
        at(PARTIAL_FROM);
        for tranche in 1..=11u32 {
            if tranche > 1 {
                assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(9)));
                assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(9)));
            }
            assert_ok!(settle_part(&SELLER, id));
            let lots = 9 * tranche;
            assert_eq!((open(id).settled, open(id).tranche.0), (lots, tranche));
            let paid = cumulative(10_007, lots, 100).expect("fits");
            assert_moved(u128::from(lots) * 10, paid, (0, 0));
        }
        assert_noop!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(9)), Error::<Test>::TooManyLots);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::UpTo(9)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::UpTo(9)));
        assert_eq!(outcome(id), (Outcome::Settled, 100));
        assert_moved(1_000, 10_007, (0, 0));
    });
}

#[test]
fn settle_part_should_keep_the_surplus_for_the_next_tranche() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 3);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_eq!(reserved(id), [7, 0]);
        assert_moved(300, 3_000, (700, 0));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(7)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_part_should_fail_where_a_manager_or_a_secret_decides() {
    ExtBuilder.build_and_execute(|| {
        let managed = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 5, 5);
        let secret = matched(&dvp(10, hashlock()), Policy::Npar, 5, 5);
        for after_start in [PARTIAL_FROM, RESERVE_BY] {
            at(after_start);
            for id in [managed, secret] {
                assert_noop!(settle_part(&SELLER, id), Error::<Test>::WrongExecution);
            }
        }
    });
}

#[test]
fn settle_part_should_fail_before_matching_and_once_a_tranche_has_formed() {
    ExtBuilder.build_and_execute(|| {
        let proposed = instructed(&dvp(10, Execution::OnToken), Policy::Part, 5);
        let formed = matched(&named(dvp(10, Execution::OnToken), "F"), Policy::Part, 5, 5);
        at(PARTIAL_FROM);
        assert_noop!(settle_part(&SELLER, proposed), Error::<Test>::WrongState);
        assert_ok!(settle_part(&SELLER, formed));
        assert_noop!(settle_part(&SELLER, formed), Error::<Test>::WrongState);
        assert_ok!(execute(&BUYER, formed, DELIVERY));
        assert_noop!(settle_part(&SELLER, formed), Error::<Test>::WrongState);
        assert_noop!(
            settle_part(&SELLER, InstructionId::default()).map_err(|failed| failed.error),
            Error::<Test>::NotFound
        );
    });
}

#[test]
fn settle_part_should_fail_for_who_is_not_active_and_work_for_an_agent() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 5);
        at(PARTIAL_FROM);
        for status in [Status::Suspended, Status::Sanctioned] {
            set_status(SELLER_ID, status);
            assert_noop!(settle_part(&SELLER, id), Error::<Test>::NotActive);
        }
        set_status(SELLER_ID, Status::Active);
        assert_noop!(settle_part(&BANK, id), Error::<Test>::NotAuthorized);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        assert_ok!(settle_part(&BANK, id));
        assert_moved(500, 5_000, (0, 0));
        assert_noop!(settle_part(&BANK, id), Error::<Test>::PartNotAllowed);
    });
}

#[test]
fn settle_part_should_defer_a_part_that_is_held_back() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 5);
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        at(PARTIAL_FROM);
        events();
        assert_ok!(settle_part(&SELLER, id));
        let reasons = vec![BlockingReason::Flagged(FlagKind::Authority)];
        assert!(events().contains(&Event::SettlementDeferred { id, reasons, by: Some(SELLER), reference: trade_1() }));
        assert_eq!(open(id).state, State::Formed { lots: 5 });
        assert_moved(0, 0, (500, 5_000));
        assert_ok!(clear_flag(&REGULATOR, id, FlagSource::Authority));
        assert_noop!(settle(&AUDITOR, id, Some(4)), Error::<Test>::PartNotAllowed);
        assert_ok!(settle(&AUDITOR, id, None));
        assert_moved(500, 5_000, (0, 0));
        assert_eq!((open(id).state, open(id).settled), (State::Matched, 5));
    });
}

#[test]
fn settle_part_should_arm_the_tokens_of_the_part() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 7, 5);
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TokenNotArmed);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_eq!(open(id).state, State::Formed { lots: 5 });
        assert!(open(id).legs.iter().all(|leg| leg.token == Some(TokenStatus::Armed)));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_moved(500, 5_000, (200, 0));
    });
}

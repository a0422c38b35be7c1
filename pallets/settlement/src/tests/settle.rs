use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    AccountId, Capacity, Execution, InstructionId, Outcome, Policy, Quantity, Role, Status, TokenStatus,
};

/// Test helper: a trade that is reserved whole and may settle from five seconds after `START` on.
fn deferred() -> InstructionId {
    let mut terms = dvp(10, Execution::Immediate);
    terms.settle_from = START + 5_000;
    matched(&terms, Policy::Part, 10, 10)
}

#[test]
fn settle_should_be_open_to_anybody_for_what_was_deferred() {
    for (after_start, in_time) in [(4_999, false), (5_000, true), (5_001, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = deferred();
            assert_eq!(open(id).state, State::Formed { lots: 10 });
            at(after_start);
            if in_time {
                assert_ok!(settle(&AUDITOR, id, None));
                assert_eq!(outcome(id), (Outcome::Settled, 10));
                assert_moved(1_000, 10_000, (0, 0));
                assert_noop!(settle(&AUDITOR, id, None), Error::<Test>::AlreadyClosed);
            } else {
                assert_noop!(settle(&AUDITOR, id, None), Error::<Test>::Blocked);
            }
        });
    }
}

#[test]
fn settle_should_fail_from_the_deadline_on() {
    for (after_start, in_time) in [(DEADLINE - 1, true), (DEADLINE, false), (DEADLINE + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = deferred();
            let managed = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
            at(after_start);
            if in_time {
                assert_ok!(settle(&SELLER, id, Some(10)));
                assert_ok!(settle(&MANAGER, managed, Some(10)));
                assert_moved(2_000, 20_000, (0, 0));
            } else {
                assert_noop!(settle(&SELLER, id, None), Error::<Test>::TooLate);
                assert_noop!(settle(&MANAGER, managed, Some(10)), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn settle_should_fail_for_another_size_than_the_deferred_one() {
    ExtBuilder.build_and_execute(|| {
        let id = deferred();
        at(5_000);
        for lots in [0, 1, 9, 11] {
            assert_noop!(settle(&SELLER, id, Some(lots)), Error::<Test>::PartNotAllowed);
        }
        assert_ok!(settle(&SELLER, id, Some(10)));
    });
}

#[test]
fn settle_should_fail_while_anything_stands_in_the_way() {
    ExtBuilder.build_and_execute(|| {
        let id = deferred();
        at(5_000);
        assert_ok!(set_flag(&OPERATOR, id, FlagSource::Operator));
        assert_noop!(settle(&SELLER, id, None), Error::<Test>::Blocked);
        assert_ok!(clear_flag(&OPERATOR, id, FlagSource::Operator));
        set_status(BUYER_ID, Status::Sanctioned);
        assert_noop!(settle(&SELLER, id, None), Error::<Test>::Blocked);
        set_status(BUYER_ID, Status::Active);
        assert_ok!(settle(&SELLER, id, None));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_should_fail_when_nothing_is_formed_or_tokens_decide() {
    ExtBuilder.build_and_execute(|| {
        let covered = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 5);
        let proposed = instructed(&named(dvp(10, Execution::Immediate), "P"), Policy::Part, 10);
        let managed = instructed(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10);
        let tokens = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        let secret = matched(&dvp(10, hashlock()), Policy::Npar, 10, 10);
        assert_noop!(settle(&SELLER, covered, None), Error::<Test>::WrongState);
        assert_noop!(settle(&SELLER, proposed, None), Error::<Test>::WrongState);
        assert_noop!(settle(&MANAGER, managed, None), Error::<Test>::WrongState);
        assert_noop!(settle(&SELLER, tokens, None), Error::<Test>::WrongExecution);
        assert_noop!(settle(&SELLER, secret, None), Error::<Test>::WrongPreimage);
        assert_noop!(
            settle(&SELLER, InstructionId::default(), None).map_err(|failed| failed.error),
            Error::<Test>::NotFound
        );
        assert_noop!(settle(&OUTSIDER, covered, None), Error::<Test>::NotAuthorized);
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(settle(&SELLER, covered, None), Error::<Test>::NotActive);
    });
}

#[test]
fn settle_should_settle_any_allowed_size_that_the_manager_decides() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Parq { min_lots: 2 }, 9, 8);
        for (lots, error) in [
            (9, Error::<Test>::TooManyLots),
            (11, Error::<Test>::TooManyLots),
            (1, Error::<Test>::PartNotAllowed),
            (0, Error::<Test>::PartNotAllowed),
        ] {
            assert_noop!(settle(&MANAGER, id, Some(lots)), error);
        }
        events();
        assert_ok!(settle(&MANAGER, id, Some(3)));
        assert!(events().contains(&Event::TrancheFormed {
            id,
            tranche: 0.into(),
            lots: 3,
            by: Some(MANAGER),
            reference: trade_1()
        }));
        assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![6, 5]));
        assert_moved(300, 3_000, (600, 5_000));
        // Seven are left: six would leave one.
        assert_noop!(settle(&MANAGER, id, Some(6)), Error::<Test>::TooManyLots);
        assert_ok!(settle(&MANAGER, id, None));
        assert_moved(800, 8_000, (100, 0));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(2)));
        assert_eq!(open(id).state, State::Formed { lots: 2 });
        assert_noop!(settle(&MANAGER, id, Some(1)), Error::<Test>::PartNotAllowed);
        assert_ok!(settle(&MANAGER, id, Some(2)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_should_form_again_what_the_manager_leaves_of_the_whole() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
        assert_eq!(open(id).state, State::Formed { lots: 10 });
        assert_ok!(settle(&MANAGER, id, Some(4)));
        assert_eq!(open(id).state, State::Formed { lots: 6 });
        assert!(open(id).legs.iter().all(|leg| leg.token == Some(TokenStatus::Armed)));
        assert_moved(400, 4_000, (600, 6_000));
        // Neither party gets out of what is left.
        assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::Irrevocable);
        assert_noop!(cancel(&BUYER, id), Error::<Test>::AlreadyExecuted);
        assert_noop!(settle(&MANAGER, id, Some(7)), Error::<Test>::TooManyLots);
        assert_ok!(settle(&MANAGER, id, Some(6)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_should_leave_it_to_the_manager_until_manager_by() {
    for (after_start, party_may) in [(14_999, false), (15_000, true), (15_001, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
            at(after_start);
            for who in [THIRD, AUDITOR, OPERATOR, BANK] {
                assert_noop!(settle(&who, id, None), Error::<Test>::NotAuthorized);
            }
            // The size is the manager's to choose: a party settles the largest or nothing.
            assert_noop!(settle(&SELLER, id, Some(10)), Error::<Test>::NotAuthorized);
            if party_may {
                assert_ok!(settle(&SELLER, id, None));
                assert_eq!(outcome(id), (Outcome::Settled, 10));
                assert_moved(1_000, 10_000, (0, 0));
            } else {
                assert_noop!(settle(&SELLER, id, None), Error::<Test>::NotAuthorized);
                assert_ok!(settle(&MANAGER, id, None));
            }
        });
    }
}

#[test]
fn settle_should_let_an_agent_of_a_party_stand_in_for_a_silent_manager() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        at(15_000);
        dismiss(&BUYER, BANK_ID, Capacity::Payment);
        assert_noop!(settle(&BANK, id, None), Error::<Test>::NotAuthorized);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        assert_ok!(settle(&BANK, id, None));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_should_make_a_stand_in_wait_for_partial_from_with_a_part() {
    ExtBuilder.build_and_execute(|| {
        // The manager's time is up at once, the parts' time has not come.
        let id = matched(&dvp(10, by_manager(1_000)), Policy::Part, 5, 5);
        let whole = matched(&named(dvp(10, by_manager(1_000)), "WHOLE"), Policy::Part, 10, 10);
        at(PARTIAL_FROM - 1);
        assert_noop!(settle(&SELLER, id, None), Error::<Test>::TooEarly);
        assert_ok!(settle(&SELLER, whole, None));
        assert_ok!(settle(&MANAGER, id, Some(2)));
        at(PARTIAL_FROM);
        assert_ok!(settle(&SELLER, id, None));
        assert_moved(1_500, 15_000, (0, 0));
        assert_noop!(settle(&SELLER, id, None), Error::<Test>::PartNotAllowed);
    });
}

#[test]
fn settle_should_know_the_manager_by_its_participant_role_and_status() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
        set_status(MANAGER_ID, Status::Suspended);
        assert_noop!(settle(&MANAGER, id, None), Error::<Test>::NotAuthorized);
        set_status(MANAGER_ID, Status::Active);
        let roles = |role| vec![role].try_into().expect("one; qed");
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), MANAGER_ID, roles(Role::Auditor)));
        assert_noop!(settle(&MANAGER, id, None), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), MANAGER_ID, roles(Role::SettlementManager)));
        // Another key of the same manager, after the first one was lost.
        let (second, third) = (AccountId::new([150; 32]), AccountId::new([151; 32]));
        assert_ok!(Participants::add_account(by(&MANAGER), MANAGER_ID, second.clone(), None));
        assert_ok!(settle(&second, id, Some(4)));
        replace(&MANAGER, &MANAGER, &third);
        assert_noop!(settle(&MANAGER, id, None), Error::<Test>::NotActive);
        assert_ok!(settle(&third, id, None));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_should_not_let_the_manager_settle_what_a_party_would_not_take() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Npar, 9, 9);
        assert_noop!(settle(&MANAGER, id, None), Error::<Test>::PartNotAllowed);
        assert_noop!(settle(&MANAGER, id, Some(9)), Error::<Test>::PartNotAllowed);
        assert_noop!(settle(&MANAGER, id, Some(10)), Error::<Test>::TooManyLots);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(1)));
        assert_noop!(settle(&MANAGER, id, None), Error::<Test>::Blocked);
        assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(settle(&MANAGER, id, None));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn settle_should_return_the_rest_after_reserve_by() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 9, 8);
        at(RESERVE_BY);
        assert_ok!(settle(&MANAGER, id, Some(5)));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 5));
        assert_moved(500, 5_000, (0, 0));
    });
}

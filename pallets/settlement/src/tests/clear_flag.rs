use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{BlockingReason, Execution, FlagKind, InstructionId, Outcome, Policy, Quantity, Role, Status};

#[test]
fn clear_flag_should_let_it_settle_once_the_last_flag_is_gone() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Npar, 10);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        assert_ok!(affirm(id, Policy::Npar, 10));
        events();
        // Another account of the same participant.
        assert_ok!(clear_flag(&SELLER_2, id, FlagSource::Party));
        // The whole is committed from here on, and only delayed by the other flag.
        let kind = FlagKind::Party(SELLER_ID);
        let reasons = vec![BlockingReason::Flagged(FlagKind::Authority)];
        assert_eq!(
            events(),
            [
                Event::FlagCleared { id, kind },
                Event::TrancheFormed { id, tranche: 0.into(), lots: 10 },
                Event::SettlementDeferred { id, reasons },
            ]
        );
        assert_eq!(open(id).points.irrevocable, Some(1));
        assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::Irrevocable);
        assert_noop!(settle(&BUYER, id, None), Error::<Test>::Blocked);
        assert_ok!(clear_flag(&REGULATOR, id, FlagSource::Authority));
        assert_eq!(open(id).flags.len(), 0);
        // An authority settles nothing by letting go; anybody can now.
        assert_moved(0, 0, (1_000, 10_000));
        assert_ok!(settle(&THIRD, id, None));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn clear_flag_should_settle_with_the_last_flag_of_a_party() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 0);
        for who in [SELLER, BUYER] {
            assert_ok!(set_flag(&who, id, FlagSource::Party));
        }
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
        assert_ok!(clear_flag(&BUYER, id, FlagSource::Party));
        assert_moved(0, 0, (1_000, 10_000));
        assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn clear_flag_should_be_open_to_a_suspended_party_and_closed_to_a_sanctioned_one() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 10, 0);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(clear_flag(&SELLER, id, FlagSource::Party), Error::<Test>::NotActive);
        set_status(SELLER_ID, Status::Suspended);
        assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
        assert_eq!(open(id).flags.len(), 0);
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn clear_flag_should_fail_for_a_party_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 0);
            assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
            assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
            assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
            at(after_start);
            if in_time {
                assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
                assert_eq!(open(id).state, State::Formed { lots: 10 });
            } else {
                assert_noop!(clear_flag(&SELLER, id, FlagSource::Party), Error::<Test>::TooLate);
                assert_ok!(clear_flag(&REGULATOR, id, FlagSource::Authority));
                sweep();
                assert_eq!(outcome(id), (Outcome::Expired, 0));
                assert_moved(0, 0, (0, 0));
            }
        });
    }
}

#[test]
fn clear_flag_should_fail_when_it_is_not_set() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, by_manager(DEADLINE)), Policy::Npar, 10);
        assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
        for (who, source) in [
            (SELLER, FlagSource::Party),
            (OPERATOR, FlagSource::Operator),
            (REGULATOR, FlagSource::Authority),
            (MANAGER, FlagSource::Independent),
        ] {
            assert_noop!(clear_flag(&who, id, source), Error::<Test>::FlagNotFound);
        }
        assert_ok!(clear_flag(&BUYER, id, FlagSource::Party));
        assert_noop!(clear_flag(&BUYER, id, FlagSource::Party), Error::<Test>::FlagNotFound);
    });
}

#[test]
fn clear_flag_should_fail_for_who_has_not_that_capacity() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, by_manager(DEADLINE)), Policy::Npar, 10);
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
        for who in [SELLER, BUYER, OPERATOR, THIRD, OUTSIDER] {
            assert_noop!(clear_flag(&who, id, FlagSource::Authority), Error::<Test>::NotAuthorized);
            assert_noop!(clear_flag(&who, id, FlagSource::Independent), Error::<Test>::NotAuthorized);
        }
        assert_noop!(clear_flag(&SELLER, InstructionId::default(), FlagSource::Party), Error::<Test>::NotFound);
        set_status(MANAGER_ID, Status::Suspended);
        assert_noop!(clear_flag(&MANAGER, id, FlagSource::Independent), Error::<Test>::NotActive);
        // Another manager's flag is not one's own.
        let roles = vec![Role::SettlementManager].try_into().expect("one; qed");
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), THIRD_ID, roles));
        assert_noop!(clear_flag(&THIRD, id, FlagSource::Independent), Error::<Test>::NotAuthorized);
        assert_ok!(cancel(&SELLER, id));
        assert_noop!(clear_flag(&REGULATOR, id, FlagSource::Authority), Error::<Test>::AlreadyClosed);
    });
}

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
                Event::FlagCleared { id, kind, by: SELLER_2, reference: trade_1() },
                Event::TrancheFormed { id, tranche: 0.into(), lots: 10, by: Some(SELLER_2), reference: trade_1() },
                Event::SettlementDeferred { id, reasons, by: Some(SELLER_2), reference: trade_1() },
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
        let id = instructed(&dvp(10, by_manager(MANAGER_BY)), Policy::Npar, 10);
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
        let id = instructed(&dvp(10, by_manager(MANAGER_BY)), Policy::Npar, 10);
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
        assert_noop!(clear_flag(&OPERATOR, id, FlagSource::Authority), Error::<Test>::NotAuthorized);
        for who in [SELLER, BUYER, THIRD, OUTSIDER] {
            assert_noop!(clear_flag(&who, id, FlagSource::Authority), Error::<Test>::NotAuthorized);
            assert_noop!(clear_flag(&who, id, FlagSource::Independent), Error::<Test>::NotAuthorized);
        }
        assert_noop!(
            clear_flag(&SELLER, InstructionId::default(), FlagSource::Party).map_err(|failed| failed.error),
            Error::<Test>::NotFound
        );
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

#[test]
fn chain_m3_flag_of_the_manager_should_count_until_manager_by_only() {
    for (after_start, counts) in [(14_999, true), (15_000, false), (15_001, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
            assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
            at(after_start);
            if counts {
                assert_noop!(settle(&MANAGER, id, None), Error::<Test>::Blocked);
            } else {
                assert_ok!(settle(&BUYER, id, None));
                assert_moved(1_000, 10_000, (0, 0));
            }
        });
    }
}

#[test]
fn chain_m3_flag_of_the_manager_should_count_while_it_is_an_active_one_only() {
    for leaves in [true, false] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
            assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
            let flagged = BlockingReason::Flagged(FlagKind::Independent(MANAGER_ID));
            assert!(Settlement::blocking_reasons(id).contains(&flagged));
            if leaves {
                let roles = vec![Role::Auditor].try_into().expect("one; qed");
                assert_ok!(Participants::set_roles(RuntimeOrigin::root(), MANAGER_ID, roles));
            } else {
                set_status(MANAGER_ID, Status::Suspended);
            }
            assert!(!Settlement::blocking_reasons(id).contains(&flagged));
            at(15_000);
            assert_ok!(settle(&BUYER, id, None));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn chain_m3_operator_and_regulator_should_clear_the_flag_of_the_manager() {
    for who in [OPERATOR, REGULATOR] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
            assert_noop!(clear_flag(&who, id, FlagSource::Independent), Error::<Test>::FlagNotFound);
            assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
            for other in [SELLER, BUYER, THIRD] {
                assert_noop!(clear_flag(&other, id, FlagSource::Independent), Error::<Test>::NotAuthorized);
            }
            assert_ok!(clear_flag(&who, id, FlagSource::Independent));
            assert_eq!(open(id).flags.len(), 0);
            assert_ok!(settle(&MANAGER, id, None));
        });
    }
}

#[test]
fn chain_m3_flag_that_counts_no_longer_should_not_stand_in_the_way_of_a_commitment() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, by_manager(15_000)), Policy::Part, 10, 0);
        assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
        assert_eq!(commit(&MANAGER, id, None).map(|_| ()), Err(Error::<Test>::Blocked.into()));
        at(15_000);
        assert!(commit(&SELLER, id, None).is_ok());
        assert_eq!(open(id).flags.len(), 0);
    });
}

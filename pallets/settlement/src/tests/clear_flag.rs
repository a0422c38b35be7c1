use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{Execution, FlagKind, InstructionId, Outcome, Policy, Role, Status};

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
        assert_eq!(events(), [Event::FlagCleared { id, kind: FlagKind::Party(SELLER_ID) }]);
        assert_noop!(settle(&BUYER, id, None), Error::<Test>::Blocked);
        assert_ok!(clear_flag(&REGULATOR, id, FlagSource::Authority));
        assert_eq!(open(id).flags.len(), 0);
        // Clearing settles nothing by itself; anybody can now.
        assert_moved(0, 0, (1_000, 10_000));
        assert_ok!(settle(&THIRD, id, None));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn clear_flag_should_fail_when_it_is_not_set() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Npar, 10);
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
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Npar, 10);
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
        assert_ok!(Participants::set_roles(by(&OPERATOR), THIRD_ID, roles));
        assert_noop!(clear_flag(&THIRD, id, FlagSource::Independent), Error::<Test>::FlagNotFound);
        assert_ok!(cancel(&SELLER, id));
        assert_noop!(clear_flag(&REGULATOR, id, FlagSource::Authority), Error::<Test>::AlreadyClosed);
    });
}

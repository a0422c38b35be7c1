//! Tests of the sessions that follow from the list: a change takes effect at the right session, and none happens
//! without a reason.

use super::helpers::*;
use crate::{mock::*, Event, Pallet};
use polkadot_sdk::{frame_support::assert_ok, frame_system::RawOrigin, pallet_session::SessionManager};

#[test]
fn session_should_stay_the_same_when_nothing_changed() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..10 {
            next_sessions(1);
            assert_validating(&[1, 2, 3]);
        }
        assert_eq!(Consensus::changes(), 0);
        assert_eq!(events(), vec![]);
        assert_eq!(Pallet::<Test>::new_session(99), None);
    })
}

#[test]
fn added_should_validate_from_the_session_after_the_next() {
    ExtBuilder::default().build_and_execute(|| {
        next_sessions(3);
        add_with_keys(4);
        events();
        assert_eq!(Pallet::<Test>::new_session(99), Some(accounts(&[1, 2, 3, 4])));
        events();

        next_sessions(1);
        assert_eq!(events(), vec![Event::Planned { session: 5, validators: accounts(&[1, 2, 3, 4]) }]);
        assert_validating(&[1, 2, 3]);
        next_sessions(1);
        assert_validating(&[1, 2, 3, 4]);
        assert_eq!(Consensus::changes(), 1);
        // Once, and not again.
        next_sessions(5);
        assert_eq!(Consensus::changes(), 0);
        assert_eq!(events(), vec![]);
    })
}

#[test]
fn added_without_keys_should_be_reported_and_validate_once_it_has_them() {
    ExtBuilder::default().build_and_execute(|| {
        add(4);
        events();
        for session in 2..5 {
            next_sessions(1);
            // `Some` at every boundary, so that whoever gets or loses keys is noticed.
            assert_eq!(events(), vec![Event::KeysMissing { session, validators: accounts(&[4]) }]);
            assert_eq!(Pallet::<Test>::new_session(session), Some(accounts(&[1, 2, 3])));
            events();
            assert_validating(&[1, 2, 3]);
        }

        set_keys(4, 4);
        next_sessions(1);
        assert_eq!(events(), vec![Event::Planned { session: 5, validators: accounts(&[1, 2, 3, 4]) }]);
        next_sessions(1);
        assert_validating(&[1, 2, 3, 4]);
        Consensus::changes();
        next_sessions(5);
        assert_eq!(Consensus::changes(), 0);
        assert_eq!(Pallet::<Test>::new_session(99), None);
    })
}

#[test]
fn removed_should_validate_until_the_end_of_the_next_session() {
    ExtBuilder::default().build_and_execute(|| {
        next_sessions(3);
        remove(2);
        events();
        next_sessions(1);
        assert_eq!(events(), vec![Event::Planned { session: 5, validators: accounts(&[1, 3]) }]);
        assert_validating(&[1, 2, 3]);
        next_sessions(1);
        assert_validating(&[1, 3]);
        assert_eq!(Consensus::changes(), 1);
        next_sessions(5);
        assert_eq!(Consensus::changes(), 0);
    })
}

#[test]
fn one_in_and_one_out_should_be_one_change() {
    ExtBuilder::default().build_and_execute(|| {
        add_with_keys(4);
        remove(1);
        next_sessions(2);
        assert_validating(&[2, 3, 4]);
        assert_eq!(Consensus::changes(), 1);
    })
}

#[test]
fn added_and_removed_before_the_boundary_should_be_no_change() {
    ExtBuilder::default().build_and_execute(|| {
        add_with_keys(4);
        remove(4);
        next_sessions(5);
        assert_validating(&[1, 2, 3]);
        assert_eq!(Consensus::changes(), 0);
    })
}

#[test]
fn change_of_mind_after_the_boundary_should_take_effect() {
    ExtBuilder::default().build_and_execute(|| {
        add_with_keys(4);
        next_sessions(1);
        // Decided and not yet in effect.
        remove(4);
        next_sessions(1);
        assert_validating(&[1, 2, 3, 4]);
        next_sessions(1);
        assert_validating(&[1, 2, 3]);
        assert_eq!(Consensus::changes(), 2);
    })
}

#[test]
fn new_keys_should_take_effect_without_a_new_list() {
    ExtBuilder::default().build_and_execute(|| {
        set_keys(2, 22);
        assert_eq!(Pallet::<Test>::new_session(99), None);
        next_sessions(2);
        assert_eq!(Consensus::authorities(), vec![1, 22, 3]);
        assert_eq!(Consensus::changes(), 1);
        next_sessions(3);
        assert_eq!(Consensus::changes(), 0);
    })
}

#[test]
fn lost_keys_should_be_noticed_wherever_they_are_in_the_list() {
    for lost in 1..=3 {
        ExtBuilder::default().build_and_execute(|| {
            let rest: Vec<u8> = (1..=3).filter(|number| *number != lost).collect();
            assert_ok!(Session::purge_keys(RawOrigin::Signed(validator(lost)).into()));
            assert_eq!(Validators::without_keys(), accounts(&[lost]));
            next_sessions(2);
            assert_validating(&rest);
            // Back again with a new key.
            set_keys(lost, u64::from(lost));
            next_sessions(2);
            assert_validating(&[1, 2, 3]);
        })
    }
}

#[test]
fn manager_should_never_return_an_empty_set() {
    ExtBuilder::default().build_and_execute(|| {
        for number in 1..=3 {
            assert_ok!(Session::purge_keys(RawOrigin::Signed(validator(number)).into()));
        }
        assert_eq!(Pallet::<Test>::new_session(99), None);
        assert_eq!(events(), vec![Event::KeysMissing { session: 99, validators: accounts(&[1, 2, 3]) }]);
    })
}

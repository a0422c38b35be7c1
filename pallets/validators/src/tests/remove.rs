//! Tests of the call `remove`.

use super::helpers::*;
use crate::{mock::*, Error, Event};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    frame_system::RawOrigin,
    pallet_session::NextKeys,
    sp_runtime::DispatchError,
};

#[test]
fn remove_should_take_an_account_off_the_list() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Validators::remove(RuntimeOrigin::root(), validator(2)));

        assert_eq!(listed(), accounts(&[1, 3]));
        assert_eq!(events(), vec![Event::Removed { validator: validator(2) }]);
        // Nothing is left of it.
        assert!(!NextKeys::<Test>::contains_key(validator(2)));
        assert!(!System::account_exists(&validator(2)));
    })
}

#[test]
fn remove_should_keep_an_account_that_something_else_needs() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(System::inc_consumers(&validator(2)));
        assert_ok!(Validators::remove(RuntimeOrigin::root(), validator(2)));
        assert_eq!(listed(), accounts(&[1, 3]));
        assert_eq!(System::providers(&validator(2)), 1);
        assert_eq!(System::consumers(&validator(2)), 1);
    })
}

#[test]
fn remove_should_take_one_without_keys() {
    ExtBuilder::default().build_and_execute(|| {
        add(4);
        remove(4);
        assert_eq!(listed(), accounts(&[1, 2, 3]));
        assert!(!System::account_exists(&validator(4)));
    })
}

#[test]
fn remove_should_fail_when_origin_is_not_the_operators() {
    ExtBuilder::default().build_and_execute(|| {
        let signed = RawOrigin::Signed(validator(1));
        assert_noop!(Validators::remove(signed.into(), validator(1)), DispatchError::BadOrigin);
    })
}

#[test]
fn remove_should_fail_when_account_is_not_listed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Validators::remove(RuntimeOrigin::root(), validator(4)), Error::<Test>::NotFound);
    })
}

#[test]
fn remove_should_fail_when_too_few_would_be_left() {
    ExtBuilder::default().build_and_execute(|| {
        remove(1);
        assert_noop!(Validators::remove(RuntimeOrigin::root(), validator(2)), Error::<Test>::TooFew);
        assert_eq!(listed().len() as u32, MIN);
    })
}

#[test]
fn remove_should_not_count_those_without_keys() {
    ExtBuilder::default().build_and_execute(|| {
        remove(1);
        add(4);
        assert_noop!(Validators::remove(RuntimeOrigin::root(), validator(2)), Error::<Test>::TooFew);
        // But itself is none that validates.
        remove(4);
        add(4);
        set_keys(4, 4);
        remove(2);
        assert_eq!(listed(), accounts(&[3, 4]));
    })
}

// Two stolen keys of the operator cannot leave one validator of their choice.
#[test]
fn chain_h6_removals_at_once_should_leave_two_thirds_of_the_validators_in_a_session() {
    ExtBuilder::default().listed(&[1, 2, 3, 4, 5]).with_keys(&[1, 2, 3, 4, 5]).build_and_execute(|| {
        let at_once = |number: u8| Validators::remove(RawOrigin::Signed(STOPPER).into(), validator(number));
        assert_ok!(at_once(1));
        assert_noop!(at_once(2), Error::<Test>::TooManyRemovals);
        next_sessions(1);
        // The present session has the five still.
        assert_noop!(at_once(2), Error::<Test>::TooManyRemovals);
        next_sessions(1);
        assert_ok!(at_once(2));
        assert_noop!(at_once(3), Error::<Test>::TooManyRemovals);
        // Root has waited for the enactment delay.
        assert_ok!(Validators::remove(RuntimeOrigin::root(), validator(3)));
        assert_eq!(listed(), accounts(&[4, 5]));
    })
}

#[test]
fn remove_at_once_should_take_those_without_keys_at_any_time() {
    ExtBuilder::default().build_and_execute(|| {
        add(4);
        let at_once = |number: u8| Validators::remove(RawOrigin::Signed(STOPPER).into(), validator(number));
        assert_ok!(at_once(3));
        assert_ok!(at_once(4));
        assert_noop!(at_once(2), Error::<Test>::TooFew);
    })
}

//! Tests of the call `add`.

use super::helpers::*;
use crate::{mock::*, Error, Event};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    frame_system::RawOrigin,
    sp_runtime::DispatchError,
};

#[test]
fn add_should_list_an_account_that_owns_nothing() {
    ExtBuilder::default().build_and_execute(|| {
        assert!(!System::account_exists(&validator(4)));
        assert_ok!(Validators::add(RuntimeOrigin::root(), validator(4)));

        assert_eq!(listed(), accounts(&[1, 2, 3, 4]));
        assert_eq!(System::providers(&validator(4)), 1);
        assert_eq!(events(), vec![Event::Added { validator: validator(4), has_keys: false }]);
        // It can hold keys now.
        set_keys(4, 4);
        assert_eq!(System::consumers(&validator(4)), 1);
        assert_eq!(Validators::without_keys(), vec![]);
    })
}

#[test]
fn add_should_say_when_keys_are_set_already() {
    ExtBuilder::default().build_and_execute(|| {
        System::inc_providers(&validator(4));
        set_keys(4, 4);
        assert_ok!(Validators::add(RuntimeOrigin::root(), validator(4)));
        assert_eq!(events(), vec![Event::Added { validator: validator(4), has_keys: true }]);
    })
}

#[test]
fn add_should_fail_when_origin_is_not_the_operators() {
    ExtBuilder::default().build_and_execute(|| {
        let signed = RawOrigin::Signed(validator(1));
        assert_noop!(Validators::add(signed.into(), validator(4)), DispatchError::BadOrigin);
    })
}

#[test]
fn add_should_fail_when_account_is_listed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Validators::add(RuntimeOrigin::root(), validator(3)), Error::<Test>::AlreadyExists);
    })
}

#[test]
fn add_should_fail_when_list_is_full() {
    ExtBuilder::default().build_and_execute(|| {
        add(4);
        add(5);
        assert_noop!(Validators::add(RuntimeOrigin::root(), validator(6)), Error::<Test>::TooMany);
        assert_eq!(listed().len() as u32, MAX);
    })
}

//! Tests of the validators at genesis.

use super::helpers::*;
use crate::{mock::*, Event};

#[test]
fn genesis_should_list_and_start_the_validators() {
    ExtBuilder::default().build_and_execute(|| {
        assert_eq!(listed(), accounts(&[1, 2, 3]));
        assert_validating(&[1, 2, 3]);
        for number in 1..=3 {
            // One provider of ours, used by its keys.
            assert_eq!(System::providers(&validator(number)), 1);
            assert_eq!(System::consumers(&validator(number)), 1);
        }
    })
}

#[test]
fn genesis_should_take_those_with_keys_when_nobody_is_listed() {
    ExtBuilder::default().listed(&[]).build_and_execute(|| {
        assert_validating(&[1, 2, 3]);
        next_sessions(4);
        assert_validating(&[1, 2, 3]);
        assert_eq!(Consensus::changes(), 0);
    })
}

#[test]
fn genesis_should_follow_the_list_and_not_the_keys() {
    ExtBuilder::default().listed(&[3, 1]).build_and_execute(|| {
        assert_validating(&[3, 1]);
        next_sessions(4);
        assert_validating(&[3, 1]);
        assert_eq!(Consensus::changes(), 0);
    })
}

#[test]
fn genesis_should_start_without_those_that_have_no_keys() {
    ExtBuilder::default().with_keys(&[1, 3]).build_and_execute(|| {
        assert_eq!(Consensus::authorities(), vec![1, 3]);
        assert_eq!(Validators::without_keys(), accounts(&[2]));
        next_sessions(1);
        assert_eq!(events(), vec![Event::KeysMissing { session: 2, validators: accounts(&[2]) }]);
        assert_validating(&[1, 3]);
    })
}

#[test]
#[should_panic(expected = "a validator is listed twice")]
fn genesis_should_refuse_an_account_twice() {
    ExtBuilder::default().listed(&[1, 2, 1]).build();
}

#[test]
#[should_panic(expected = "fewer validators than MinValidators")]
fn genesis_should_refuse_too_few() {
    ExtBuilder::default().listed(&[1]).build();
}

#[test]
#[should_panic(expected = "more validators than MaxValidators")]
fn genesis_should_refuse_too_many() {
    ExtBuilder::default().listed(&[1, 2, 3, 4, 5, 6]).build();
}

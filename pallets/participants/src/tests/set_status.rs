use super::helpers::*;
use crate::{decisions::*, mock::*, Error, Event, FreezeReason, WeightInfo};
use polkadot_sdk::*;

use frame_support::{
    assert_noop, assert_ok,
    traits::{fungible::InspectFreeze, tokens::Preservation},
};
use pallet_assets::FrozenBalance;
use sp_runtime::{DispatchError, TokenError};
use tandem_primitives::{AccountId, Balance, ParticipantId, Status};

fn frozen(account: &AccountId) -> Balance {
    <Balances as InspectFreeze<AccountId>>::balance_frozen(&FreezeReason::NotActive.into(), account)
}

#[test]
fn set_status_should_reach_every_account_and_say_since_when() {
    run(|| {
        at(5_000);
        let post = Participants::set_status(signed(REG_1), TRADER, Status::Suspended, reason()).unwrap();
        let expected = <() as WeightInfo>::set_status(2).saturating_add(Participants::weight_of_governors());
        assert_eq!(post.actual_weight, Some(expected));
        assert_eq!(participant(TRADER).status, Status::Suspended);
        let record_of = participant(TRADER);
        assert_eq!(record_of.status_since, START + 5_000);
        assert_eq!((record_of.status_reason, record_of.status_by), (reason(), Decider::Regulator(REG_1)));
        for account in [TRADER_1, TRADER_2] {
            assert_eq!(record(&account).status, Status::Suspended);
            assert_eq!(frozen(&account), Balance::MAX);
        }
        expect_event(Event::StatusChanged {
            participant: TRADER,
            old: Status::Active,
            new: Status::Suspended,
            by: Decider::Regulator(REG_1),
            reason: reason(),
            since: START + 5_000,
        });
    });
}

#[test]
fn set_status_should_stop_assets_and_native_currency_and_let_them_go_again() {
    run(|| {
        for status in [Status::Suspended, Status::Sanctioned] {
            assert_ok!(set_status(TRADER, status));
            assert_eq!(Participants::frozen_balance(SHARE, &TRADER_1), Some(Balance::MAX));
            let asset = Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 1);
            assert_noop!(asset, pallet_assets::Error::<Test>::BalanceLow);
            let native = Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1);
            assert_noop!(native, TokenError::Frozen);
        }
        assert_ok!(set_status(TRADER, Status::Active));
        assert_eq!(Participants::frozen_balance(SHARE, &TRADER_1), None);
        assert_eq!(frozen(&TRADER_1), 0);
        assert_ok!(Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 500));
        assert_ok!(Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1_000));
        assert_eq!(System::consumers(&TRADER_1), 0);
    });
}

#[test]
fn set_status_should_also_freeze_what_arrives_later_on_an_empty_account() {
    run(|| {
        assert_eq!(Balances::free_balance(&TRADER_2), 0);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_ok!(Balances::transfer_allow_death(signed(OUTSIDER), TRADER_2, 700));
        assert_eq!(Balances::free_balance(&TRADER_2), 700);
        assert_noop!(Balances::transfer_allow_death(signed(TRADER_2), BANK_1, 1), TokenError::Frozen);
        assert_ok!(set_status(TRADER, Status::Active));
        assert_ok!(Balances::transfer_allow_death(signed(TRADER_2), BANK_1, 700));
    });
}

#[test]
fn accounts_of_nobody_should_be_frozen_and_those_of_the_chain_should_not() {
    run(|| {
        assert_eq!(Participants::frozen_balance(SHARE, &OUTSIDER), Some(Balance::MAX));
        let from_outsider = Assets::transfer(signed(OUTSIDER), SHARE, BANK_1, 1);
        assert_noop!(from_outsider, pallet_assets::Error::<Test>::BalanceLow);
        assert_eq!(Participants::frozen_balance(SHARE, &ESCROW), None);
        use frame_support::traits::fungibles::Mutate;
        assert_ok!(<Assets as Mutate<AccountId>>::transfer(SHARE, &ESCROW, &BANK_1, 500, Preservation::Expendable));
        assert!(!<Participants as FrozenBalance<u32, AccountId, Balance>>::contains_freezes(SHARE));
    });
}

#[test]
fn set_status_should_fail_for_whoever_governs_nothing() {
    run(|| {
        for origin in [signed(TRADER_1), signed(OUTSIDER), RuntimeOrigin::none()] {
            assert_noop!(set_status_by(origin, TRADER, Status::Suspended), DispatchError::BadOrigin);
        }
        for origin in [signed(OP_1), RuntimeOrigin::root(), by(Body::OperatorAndRegulator)] {
            assert_noop!(set_status_by(origin, TRADER, Status::Suspended), Error::<Test>::NeedsOtherBody);
        }
    });
}

#[test]
fn set_status_should_refuse_a_note_that_nobody_can_read() {
    run(|| {
        let reason = Reason { code: ReasonCode::Other, note: vec![0xff].try_into().unwrap() };
        let call = Participants::set_status(signed(REG_1), TRADER, Status::Suspended, reason);
        assert_noop!(call.map_err(|failed| failed.error), Error::<Test>::BadText);
    });
}

#[test]
fn chain_c2_one_regulator_account_should_neither_stop_who_governs_nor_end_anybody_for_good() {
    run(|| {
        let attempt = |participant, status| set_status_by(signed(REG_1), participant, status);
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            assert_noop!(attempt(OPERATOR, status), Error::<Test>::NeedsOtherBody);
            assert_noop!(attempt(SECOND_REGULATOR, status), Error::<Test>::NeedsOtherBody);
        }
        assert_noop!(attempt(TRADER, Status::Revoked), Error::<Test>::NeedsOtherBody);
        // What it may do at once is what can be taken back.
        assert_ok!(attempt(TRADER, Status::Suspended));
        assert_ok!(attempt(TRADER, Status::Sanctioned));
        for status in [Status::Active, Status::Suspended, Status::Revoked] {
            assert_noop!(attempt(TRADER, status), Error::<Test>::NeedsOtherBody);
        }
    });
}

#[test]
fn chain_c2_two_regulator_accounts_should_set_any_status_but_leave_who_governs() {
    run(|| {
        let attempt = |participant, status| set_status_by(by(Body::Regulator), participant, status);
        assert_ok!(attempt(OPERATOR, Status::Suspended));
        assert_noop!(attempt(OPERATOR, Status::Revoked), Error::<Test>::LastOperator);
        assert_ok!(attempt(OPERATOR, Status::Active));
        assert_ok!(attempt(SECOND_REGULATOR, Status::Sanctioned));
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            assert_noop!(attempt(REGULATOR, status), Error::<Test>::LastRegulator);
        }
        assert_ok!(attempt(SECOND_REGULATOR, Status::Active));
        assert_ok!(attempt(REGULATOR, Status::Revoked));
        assert_ok!(attempt(TRADER, Status::Revoked));
    });
}

#[test]
fn chain_c2_each_side_should_lift_only_what_it_has_set() {
    run(|| {
        let operators = |status| set_status_by(by(Body::Operator), TRADER, status);
        let regulators = |status| set_status_by(by(Body::Regulator), TRADER, status);
        assert_ok!(operators(Status::Suspended));
        assert_eq!(participant(TRADER).status_by, Decider::body(Body::Operator));
        assert_noop!(regulators(Status::Active), Error::<Test>::NeedsOtherBody);
        assert_ok!(operators(Status::Active));
        assert_ok!(set_status_by(signed(REG_1), TRADER, Status::Suspended));
        assert_noop!(operators(Status::Active), Error::<Test>::NeedsOtherBody);
        assert_ok!(regulators(Status::Active));
        // The operator sanctions and revokes nobody, and does not touch the regulator.
        for status in [Status::Sanctioned, Status::Revoked] {
            assert_noop!(operators(status), Error::<Test>::NeedsOtherBody);
        }
        let other = set_status_by(by(Body::Operator), REGULATOR, Status::Suspended);
        assert_noop!(other, Error::<Test>::NeedsOtherBody);
        // The regulator's word stands above the operator's.
        assert_ok!(operators(Status::Suspended));
        assert_ok!(set_status_by(signed(REG_2), TRADER, Status::Sanctioned));
        assert_noop!(operators(Status::Active), Error::<Test>::NeedsOtherBody);
        assert_ok!(regulators(Status::Active));
    });
}

#[test]
fn set_status_should_fail_when_unknown_or_unchanged() {
    run(|| {
        assert_noop!(set_status(ParticipantId(99), Status::Suspended), Error::<Test>::ParticipantNotFound);
        assert_noop!(set_status(TRADER, Status::Active), Error::<Test>::StatusUnchanged);
    });
}

#[test]
fn revoked_should_be_for_good() {
    run(|| {
        assert_ok!(set_status(TRADER, Status::Revoked));
        for status in [Status::Active, Status::Suspended, Status::Sanctioned, Status::Revoked] {
            assert_noop!(set_status(TRADER, status), Error::<Test>::ParticipantRevoked);
        }
        let call = Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1), None);
        assert_noop!(call, Error::<Test>::ParticipantRevoked);
    });
}

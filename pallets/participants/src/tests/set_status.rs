use super::helpers::*;
use crate::{mock::*, Error, Event, FreezeReason, WeightInfo};
use polkadot_sdk::*;

use frame_support::{
    assert_noop, assert_ok,
    traits::{fungible::InspectFreeze, tokens::Preservation},
};
use pallet_assets::FrozenBalance;
use sp_runtime::{DispatchError, TokenError};
use tandem_primitives::{AccountId, Balance, ParticipantId, Role, Status};

fn frozen(account: &AccountId) -> Balance {
    <Balances as InspectFreeze<AccountId>>::balance_frozen(&FreezeReason::NotActive.into(), account)
}

#[test]
fn set_status_should_reach_every_account_and_say_since_when() {
    run(|| {
        at(5_000);
        let post = Participants::set_status(signed(REG_1), TRADER, Status::Suspended).unwrap();
        assert_eq!(post.actual_weight, Some(<() as WeightInfo>::set_status(2)));
        assert_eq!(participant(TRADER).status, Status::Suspended);
        assert_eq!(participant(TRADER).status_since, START + 5_000);
        for account in [TRADER_1, TRADER_2] {
            assert_eq!(record(&account).status, Status::Suspended);
            assert_eq!(frozen(&account), Balance::MAX);
        }
        expect_event(Event::StatusChanged {
            participant: TRADER,
            old: Status::Active,
            new: Status::Suspended,
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
fn set_status_should_fail_for_anybody_but_a_regulator_root_included() {
    run(|| {
        for origin in [signed(OP_1), signed(TRADER_1), signed(OUTSIDER), RuntimeOrigin::root()] {
            let call = Participants::set_status(origin, TRADER, Status::Suspended);
            assert_noop!(call, DispatchError::BadOrigin);
        }
    });
}

#[test]
fn set_status_should_fail_for_its_own_participant_and_pass_for_another_regulator() {
    run(|| {
        let own = Participants::set_status(signed(REG_1), REGULATOR, Status::Suspended);
        assert_noop!(own, Error::<Test>::OwnStatus);
        assert_ok!(Participants::set_status(signed(REG_2), REGULATOR, Status::Suspended));
        let suspended = Participants::set_status(signed(REG_1), TRADER, Status::Suspended);
        assert_noop!(suspended, DispatchError::BadOrigin);
        assert_ok!(Participants::set_status(signed(REG_2), REGULATOR, Status::Active));
        assert_ok!(Participants::set_status(signed(REG_1), TRADER, Status::Suspended));
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
        let call = Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1));
        assert_noop!(call, Error::<Test>::ParticipantRevoked);
    });
}

#[test]
fn one_regulator_should_not_end_an_operator_or_a_regulator_for_good() {
    run(|| {
        for participant in [OPERATOR, REGULATOR] {
            assert_noop!(set_status(participant, Status::Revoked), Error::<Test>::NeedsDualControl);
            // What can be taken back it may.
            assert_ok!(set_status(participant, Status::Suspended));
            assert_noop!(set_status(participant, Status::Revoked), Error::<Test>::NeedsDualControl);
            assert_ok!(set_status(participant, Status::Active));
        }
        // Once it has lost that role it is a participant like any other.
        let second = ParticipantId(2);
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), second, roles(&[Role::Auditor])));
        assert_ok!(set_status(second, Status::Revoked));
    });
}

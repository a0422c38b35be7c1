//! Tests of `deposit`: amounts that enter escrow.

use super::helpers::*;
use crate::{mock::*, Error};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    frame_system,
    pallet_assets::{self, Error as AssetsError},
    sp_runtime::TokenError,
};
use tandem_primitives::{Balance, Escrow as _, Payout, Status};

#[test]
fn take_should_move_exactly_the_amount() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, 400));

        assert_eq!(balance(&asset(BOND), &SELLER), 600);
        assert_eq!(Escrow::held(&asset(BOND)), 400);
        assert_eq!(supply(&asset(BOND)), 1_000);
        System::assert_last_event(
            pallet_assets::Event::Transferred { asset_id: BOND, from: SELLER, to: Escrow::account_id(), amount: 400 }
                .into(),
        );
        assert_eq!(escrow_events(), vec![]);
    })
}

#[test]
fn take_should_move_a_whole_position() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1_001), assets_error(AssetsError::BalanceLow));
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, 1_000));

        assert!(!pallet_assets::Account::<Test>::contains_key(BOND, SELLER));
        assert_eq!(Escrow::held(&asset(BOND)), 1_000);
        assert_eq!(supply(&asset(BOND)), 1_000);
    })
}

#[test]
fn take_should_leave_the_last_unit() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, 999));
        assert_eq!(balance(&asset(BOND), &SELLER), 1);
        assert_eq!(Escrow::held(&asset(BOND)), 999);
    })
}

#[test]
fn take_should_move_a_whole_native_position() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::deposit(&NATIVE, &SELLER, 500));

        assert_eq!(balance(&NATIVE, &SELLER), 0);
        assert_eq!(Escrow::held(&NATIVE), 500);
        assert_eq!(supply(&NATIVE), 1_000);
        // Registration keeps the account, so that what it has in other assets is not touched.
        assert_eq!(System::providers(&SELLER), 1);
        assert_eq!(balance(&asset(BOND), &SELLER), 1_000);
    })
}

#[test]
fn take_should_fail_when_the_last_native_unit_keeps_the_account_alive() {
    ExtBuilder::default().build_and_execute(|| {
        // An account without the reference that registration gives.
        assert_ok!(System::dec_providers(&SELLER));
        assert_noop!(Escrow::deposit(&NATIVE, &SELLER, 500), TokenError::Frozen);
        assert_eq!(Escrow::available(&NATIVE, &SELLER), 499);
        assert_ok!(Escrow::deposit(&NATIVE, &SELLER, 499));
    })
}

#[test]
fn take_should_fail_when_amount_is_zero() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 0), Error::<Test>::ZeroAmount);
        assert_noop!(Escrow::deposit(&NATIVE, &SELLER, 0), Error::<Test>::ZeroAmount);
    })
}

#[test]
fn take_should_fail_when_account_belongs_to_nobody() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Escrow::deposit(&asset(BOND), &ISSUER, 1), Error::<Test>::NotRegistered);
        assert_noop!(Escrow::deposit(&asset(BOND), &Escrow::account_id(), 1), Error::<Test>::NotRegistered);
    })
}

#[test]
fn take_should_fail_when_owner_is_sanctioned() {
    ExtBuilder::default().build_and_execute(|| {
        Register::set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1), Error::<Test>::Sanctioned);
        assert_noop!(Escrow::deposit(&NATIVE, &SELLER, 1), Error::<Test>::Sanctioned);
    })
}

#[test]
fn take_should_fail_when_freezer_freezes_the_account() {
    ExtBuilder::default().build_and_execute(|| {
        Register::set_status(SELLER_ID, Status::Suspended);
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1), assets_error(AssetsError::BalanceLow));
    })
}

#[test]
fn take_should_fail_when_account_is_frozen_or_blocked() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Assets::freeze(signed(ISSUER), BOND, SELLER));
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1), assets_error(AssetsError::Frozen));
        block(BOND, &SELLER);
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1), assets_error(AssetsError::Frozen));
        thaw(BOND, &SELLER);
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, 1));
    })
}

#[test]
fn take_should_fail_when_asset_is_not_live() {
    ExtBuilder::default().build_and_execute(|| {
        freeze_asset(BOND);
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1), assets_error(AssetsError::AssetNotLive));
        force_destroying(BOND);
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 1), assets_error(AssetsError::AssetNotLive));
        assert_noop!(Escrow::deposit(&asset(77), &SELLER, 1), assets_error(AssetsError::Unknown));
    })
}

#[test]
fn take_should_not_touch_native_balance_that_is_frozen() {
    use polkadot_sdk::{frame_support::traits::fungible::MutateFreeze, pallet_balances};

    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(<Balances as MutateFreeze<_>>::set_freeze(&FreezeReason::Status, &SELLER, 300));
        assert_eq!(Escrow::available(&NATIVE, &SELLER), 200);
        assert_noop!(Escrow::deposit(&NATIVE, &SELLER, 201), TokenError::Frozen);
        assert_ok!(Escrow::deposit(&NATIVE, &SELLER, 200));

        assert_ok!(<Balances as MutateFreeze<_>>::set_freeze(&FreezeReason::Status, &SELLER, Balance::MAX));
        assert_noop!(Escrow::deposit(&NATIVE, &SELLER, 1), TokenError::Frozen);
        assert_eq!(pallet_balances::Pallet::<Test>::free_balance(&SELLER), 300);
        assert_eq!(frame_system::Pallet::<Test>::account(&SELLER).data.frozen, Balance::MAX);
    })
}

#[test]
fn try_state_should_find_what_no_controller_holds_and_what_one_holds_in_vain() {
    ExtBuilder::default().build().execute_with(|| {
        deposit(BOND, &SELLER, 400);
        for (booked, right) in [(399, false), (400, true), (401, false)] {
            Books::set(Some([(asset(BOND), booked)].into()));
            assert_eq!(Escrow::do_try_state().is_ok(), right, "{booked}");
        }
        Books::set(Some(Default::default()));
        assert!(Escrow::do_try_state().is_err());
        // A credit is accounted for by itself.
        freeze_asset(BOND);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &SELLER, 400), Ok(Payout::Credited));
        assert_eq!(Escrow::do_try_state(), Ok(()));
    })
}

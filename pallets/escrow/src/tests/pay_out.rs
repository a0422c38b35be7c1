//! Tests of `pay_out`: amounts that leave escrow, and those that become credits.

use super::helpers::*;
use crate::{mock::*, Claimable, Error, Event};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    pallet_assets::Error as AssetsError,
    sp_runtime::{DispatchError, TokenError},
};
use tandem_primitives::{AccountId, AssetId, Balance, Credit, Directory as _, Escrow as _, Payout, Status};

fn credited(to: AccountId, amount: Balance, claimable: Balance, reason: impl Into<DispatchError>) -> Event<Test> {
    let participant = Register::standing(&to).map(|standing| standing.participant);
    let (instruction, asset, reason) = (TRADE, asset(BOND), reason.into());
    Event::Credited { instruction, participant, asset, amount, claimable, account: to, reason }
}

/// Test helper: pays 400 bonds to the account, and asserts that they become a credit for this reason.
fn assert_credited(to: AccountId, reason: impl Into<DispatchError>) {
    escrow_events();
    let held = Escrow::held(&asset(BOND));
    let before = Escrow::claimable(&to, &asset(BOND));
    assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &to, 400), Ok(Payout::Credited));

    assert_eq!(Claimable::<Test>::get(&to, asset(BOND)).map(|credit| credit.amount), Some(before + 400));
    assert_eq!(Escrow::held(&asset(BOND)), held);
    assert_eq!(escrow_events(), vec![credited(to, 400, before + 400, reason)]);
}

#[test]
fn pay_should_move_exactly_the_amount() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 400);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 150), Ok(Payout::Paid));

        assert_eq!(balance(&asset(BOND), &BUYER), 150);
        assert_eq!(Escrow::held(&asset(BOND)), 250);
        assert_eq!(Escrow::claimable(&BUYER, &asset(BOND)), 0);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER_2, 250), Ok(Payout::Paid));
        assert_eq!(Escrow::held(&asset(BOND)), 0);
        assert_eq!(supply(&asset(BOND)), 1_000);
        assert_eq!(escrow_events(), vec![]);
    })
}

#[test]
fn pay_should_move_native_currency_and_keep_the_escrow_account() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::deposit(&NATIVE, &SELLER, 500));
        assert_eq!(Escrow::pay_out(TRADE, &NATIVE, &BUYER_2, 500), Ok(Payout::Paid));
        assert_eq!(balance(&NATIVE, &BUYER_2), 500);
        assert_eq!(Escrow::held(&NATIVE), 0);
        assert!(System::account_exists(&Escrow::account_id()));
    })
}

#[test]
fn pay_should_do_nothing_when_amount_is_zero() {
    ExtBuilder::default().build_and_execute(|| {
        Register::set_status(BUYER_ID, Status::Sanctioned);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 0), Ok(Payout::Paid));
        assert_eq!(Claimable::<Test>::iter().count(), 0);
    })
}

#[test]
fn pay_should_reach_an_owner_that_is_suspended_or_has_left() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 400);
        for status in [Status::Suspended, Status::Revoked] {
            Register::set_status(BUYER_ID, status);
            assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 200), Ok(Payout::Paid));
        }
        assert_eq!(balance(&asset(BOND), &BUYER), 400);
    })
}

#[test]
fn pay_should_credit_when_account_is_blocked() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        block(BOND, &BUYER);
        assert_credited(BUYER, TokenError::Blocked);
        // A second one adds up.
        assert_credited(BUYER, TokenError::Blocked);
        assert_eq!(Escrow::claimable_in_total(&asset(BOND)), 800);
        assert_eq!(Escrow::claimable_in_total(&asset(EURO)), 0);
    })
}

#[test]
fn pay_should_credit_when_asset_is_frozen() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        freeze_asset(BOND);
        assert_credited(BUYER, AssetsError::<Test>::AssetNotLive);
    })
}

#[test]
fn pay_should_credit_when_asset_is_being_destroyed() {
    // Cannot happen through calls, because escrow has something of it; see `assets.rs`.
    ExtBuilder::default().build().execute_with(|| {
        deposit(BOND, &SELLER, 1_000);
        force_destroying(BOND);
        assert_credited(BUYER, AssetsError::<Test>::AssetNotLive);
    })
}

#[test]
fn pay_should_credit_when_owner_is_sanctioned() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        Register::set_status(BUYER_ID, Status::Sanctioned);
        assert_credited(BUYER, Error::<Test>::Sanctioned);
        assert_eq!(balance(&asset(BOND), &BUYER), 0);
    })
}

#[test]
fn pay_should_credit_when_account_belongs_to_nobody() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        Register::remove(&BUYER);
        assert_credited(BUYER, Error::<Test>::NotRegistered);
    })
}

#[test]
fn pay_should_credit_when_account_is_escrow_itself() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        Register::put(&Escrow::account_id(), BUYER_ID, Status::Active);
        assert_credited(Escrow::account_id(), Error::<Test>::SameAccount);
    })
}

#[test]
fn pay_should_credit_when_account_cannot_exist() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        // Without the reference of registration and without native currency nothing carries the account.
        assert_ok!(System::dec_providers(&BUYER_2));
        assert_credited(BUYER_2, TokenError::CannotCreate);
    })
}

#[test]
fn pay_should_not_touch_credits_of_others() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        freeze_asset(BOND);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 600), Ok(Payout::Credited));
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &SELLER, 400), Ok(Payout::Credited));
        let stored = Claimable::<Test>::iter().map(|(account, asset, credit)| (account, asset, credit.amount));
        let mut credits: Vec<(AccountId, AssetId, Balance)> = stored.collect();
        credits.sort();
        assert_eq!(credits, vec![(SELLER, asset(BOND), 400), (BUYER, asset(BOND), 600)]);
    })
}

#[test]
fn pay_should_fail_when_escrow_does_not_have_it() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 400);
        assert_noop!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 401), Error::<Test>::NotInEscrow);
        assert_noop!(Escrow::pay_out(TRADE, &asset(EURO), &BUYER, 1), Error::<Test>::NotInEscrow);
        assert_noop!(Escrow::pay_out(TRADE, &NATIVE, &BUYER, 1), Error::<Test>::NotInEscrow);
        assert_noop!(Escrow::pay_out(TRADE, &asset(77), &BUYER, 1), Error::<Test>::NotInEscrow);
    })
}

#[test]
fn pay_should_fail_when_credit_overflows() {
    ExtBuilder::default().build().execute_with(|| {
        deposit(BOND, &SELLER, 400);
        freeze_asset(BOND);
        let credit = Credit { amount: Balance::MAX - 399, ..Credit::default() };
        Claimable::<Test>::insert(BUYER, asset(BOND), credit);
        assert_noop!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 400), Error::<Test>::Overflow);
        // More is credited than escrow has: the check finds it.
        assert!(Escrow::do_try_state().is_err());
    })
}

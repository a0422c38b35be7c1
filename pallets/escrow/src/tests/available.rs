//! Tests of `available`: the amount that `deposit` would take from an account now, and no more.

use super::helpers::*;
use crate::mock::*;
use polkadot_sdk::frame_support::{assert_err, assert_ok};
use tandem_primitives::{AccountId, AssetId, Balance, Escrow as _, Status};

/// Test helper: asserts that exactly `amount` is available: a deposit of one more fails, and one of all of it succeeds.
fn assert_available(asset: &AssetId, account: &AccountId, amount: Balance) {
    assert_eq!(Escrow::available(asset, account), amount);
    assert!(Escrow::deposit(asset, account, amount + 1).is_err());
    if amount > 0 {
        assert_ok!(Escrow::deposit(asset, account, amount));
    } else {
        assert_err!(Escrow::deposit(asset, account, 0), crate::Error::<Test>::ZeroAmount);
    }
}

#[test]
fn available_should_be_the_whole_balance() {
    ExtBuilder::default().build_and_execute(|| {
        assert_available(&asset(BOND), &SELLER, 1_000);
        assert_available(&NATIVE, &SELLER, 500);
        assert_eq!(Escrow::available(&asset(EURO), &SELLER), 0);
        assert_eq!(Escrow::available(&asset(77), &SELLER), 0);
    })
}

#[test]
fn available_should_be_nothing_when_account_is_blocked() {
    ExtBuilder::default().build_and_execute(|| {
        block(BOND, &SELLER);
        assert_eq!(Escrow::available(&asset(BOND), &SELLER), 0);
    })
}

#[test]
fn available_should_be_nothing_when_asset_is_not_live() {
    ExtBuilder::default().build_and_execute(|| {
        freeze_asset(BOND);
        assert_eq!(Escrow::available(&asset(BOND), &SELLER), 0);
    })
}

#[test]
fn available_should_be_nothing_when_owner_may_not_move() {
    ExtBuilder::default().build_and_execute(|| {
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            Register::set_status(SELLER_ID, status);
            assert_eq!(Escrow::available(&asset(BOND), &SELLER), 0);
        }
        assert_eq!(Escrow::available(&asset(BOND), &Escrow::account_id()), 0);
    })
}

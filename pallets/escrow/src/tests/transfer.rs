//! Tests of `transfer`: amounts that go straight from account to account, past escrow.

use super::helpers::*;
use crate::{mock::*, Error};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    pallet_assets::{self, Error as AssetsError},
    sp_runtime::TokenError,
};
use tandem_primitives::{Escrow as _, EscrowOrders as _, Status};

#[test]
fn pass_should_move_past_escrow() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 1_000));

        assert_eq!(balance(&asset(BOND), &SELLER), 0);
        assert_eq!(balance(&asset(BOND), &BUYER), 1_000);
        assert_eq!(Escrow::held(&asset(BOND)), 0);
        assert_eq!(supply(&asset(BOND)), 1_000);
        System::assert_last_event(
            pallet_assets::Event::Transferred { asset_id: BOND, from: SELLER, to: BUYER, amount: 1_000 }.into(),
        );

        assert_ok!(Escrow::transfer(&NATIVE, &BUYER, &SELLER, 500));
        assert_eq!(balance(&NATIVE, &SELLER), 1_000);
    })
}

#[test]
fn pass_should_fail_when_nothing_would_move() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 0), Error::<Test>::ZeroAmount);
        assert_noop!(Escrow::transfer(&asset(BOND), &SELLER, &SELLER, 1), Error::<Test>::SameAccount);
    })
}

#[test]
fn pass_should_fail_when_either_owner_is_sanctioned_or_unknown() {
    ExtBuilder::default().build_and_execute(|| {
        Register::set_status(BUYER_ID, Status::Sanctioned);
        assert_noop!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 1), Error::<Test>::Sanctioned);
        assert_noop!(Escrow::transfer(&asset(EURO), &BUYER, &SELLER, 1), Error::<Test>::Sanctioned);
        Register::remove(&BUYER);
        assert_noop!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 1), Error::<Test>::NotRegistered);
        assert_noop!(Escrow::transfer(&asset(EURO), &BUYER, &SELLER, 1), Error::<Test>::NotRegistered);
    })
}

#[test]
fn pass_should_reach_a_suspended_receiver() {
    ExtBuilder::default().build_and_execute(|| {
        Register::set_status(BUYER_ID, Status::Suspended);
        assert_ok!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 1));
        assert_noop!(Escrow::transfer(&asset(EURO), &BUYER, &SELLER, 1), assets_error(AssetsError::BalanceLow));
    })
}

#[test]
fn pass_should_fail_when_receiver_is_blocked() {
    ExtBuilder::default().build_and_execute(|| {
        block(BOND, &BUYER);
        assert_noop!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 1), TokenError::Blocked);
    })
}

#[test]
fn pass_should_fail_when_asset_is_frozen() {
    ExtBuilder::default().build_and_execute(|| {
        freeze_asset(BOND);
        assert_noop!(Escrow::transfer(&asset(BOND), &SELLER, &BUYER, 1), assets_error(AssetsError::AssetNotLive));
    })
}

// What escrow has is owed to those whose trades it holds, whoever orders otherwise.
#[test]
fn chain_h4_no_order_should_reach_into_escrow() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1_000);
        let escrow = Escrow::account_id();
        let order = Escrow::transfer_by_order(&asset(BOND), &escrow, &BUYER, 1);
        assert_eq!(order, Err(Error::<Test>::WrongAccount.into()));
        assert_eq!(Escrow::held(&asset(BOND)), 1_000);
        assert_ok!(Escrow::transfer_by_order(&asset(EURO), &BUYER, &SELLER, 1));
    });
}

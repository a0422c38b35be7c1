//! Tests of the one transfer function: it is exact at both ends, whatever the amount.

use super::helpers::*;
use crate::{mock::*, Error};
use polkadot_sdk::{
    frame_support::{
        assert_noop, assert_ok,
        traits::{fungibles::Mutate, tokens::Preservation::Expendable},
    },
    pallet_assets::Asset,
};
use tandem_primitives::{Balance, Escrow as _, Payout};

#[test]
fn transfer_should_be_exact_for_the_largest_amounts() {
    ExtBuilder::default().with_balance(BOND, SELLER, Balance::MAX).build_and_execute(|| {
        assert_eq!(Escrow::available(&asset(BOND), &SELLER), Balance::MAX);
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, Balance::MAX));
        assert_eq!(Escrow::held(&asset(BOND)), Balance::MAX);

        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, Balance::MAX - 1), Ok(Payout::Paid));
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 1), Ok(Payout::Paid));
        assert_ok!(Escrow::move_exactly(&asset(BOND), &BUYER, &SELLER, Balance::MAX));
        assert_eq!(balance(&asset(BOND), &SELLER), Balance::MAX);
        assert_eq!(supply(&asset(BOND)), Balance::MAX);
    })
}

#[test]
fn credits_should_add_up_to_the_largest_amount() {
    ExtBuilder::default().with_balance(BOND, SELLER, Balance::MAX).build_and_execute(|| {
        deposit(BOND, &SELLER, Balance::MAX);
        freeze_asset(BOND);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, Balance::MAX - 1), Ok(Payout::Credited));
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 1), Ok(Payout::Credited));
        thaw_asset(BOND);
        assert_ok!(Escrow::claim(signed(BUYER), BUYER, asset(BOND), BUYER));
        assert_eq!(balance(&asset(BOND), &BUYER), Balance::MAX);
    })
}

// The reason why `transfer` does not use `fungibles::Mutate`. If this test fails, the platform has been mended.
#[test]
fn the_platforms_own_transfer_loses_amounts_that_large() {
    ExtBuilder::default().with_balance(BOND, SELLER, Balance::MAX).build().execute_with(|| {
        let moved = <Assets as Mutate<_>>::transfer(BOND, &SELLER, &BUYER, Balance::MAX, Expendable);
        assert_eq!(moved, Ok(Balance::MAX));
        assert_eq!(balance(&asset(BOND), &SELLER), 0);
        assert_eq!(balance(&asset(BOND), &BUYER), 0);
    })
}

#[test]
fn transfer_should_fail_when_it_would_not_be_exact() {
    ExtBuilder::default().build().execute_with(|| {
        // No call can bring this about: `created` refuses it and `set_min_balance` is filtered.
        Asset::<Test>::mutate(BOND, |details| details.as_mut().expect("it exists").min_balance = 10);
        assert_noop!(Escrow::deposit(&asset(BOND), &SELLER, 995), Error::<Test>::NotExact);
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, 990));
        assert_noop!(Escrow::move_exactly(&asset(BOND), &SELLER, &BUYER, 5), Error::<Test>::NotExact);
        assert_ok!(Escrow::move_exactly(&asset(BOND), &SELLER, &BUYER, 10));
    })
}

#[test]
fn transfer_should_carry_one_unit() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Escrow::deposit(&asset(BOND), &SELLER, 1));
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 1), Ok(Payout::Paid));
        assert_eq!(balance(&asset(BOND), &BUYER), 1);
        assert_ok!(Escrow::deposit(&NATIVE, &SELLER, 1));
        assert_eq!(Escrow::pay_out(TRADE, &NATIVE, &BUYER_2, 1), Ok(Payout::Paid));
        assert_eq!(balance(&NATIVE, &BUYER_2), 1);
    })
}

//! Tests of the answers to `pallet-assets`: which assets may be created, and which may be destroyed.

use super::helpers::*;
use crate::mock::*;
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    pallet_assets::{self, Account, Asset, Error as AssetsError, ExistenceReason},
};
use tandem_primitives::{Balance, Escrow as _, Payout};

const NEW: u32 = 3;

/// Test helper: balance of escrow's entry in the asset, and the reason why the entry exists.
fn entry(id: u32) -> Option<(Balance, ExistenceReason<Balance, tandem_primitives::AccountId>)> {
    Account::<Test>::get(id, Escrow::account_id()).map(|account| (account.balance, account.reason))
}

#[test]
fn genesis_should_open_the_account_and_its_entries() {
    ExtBuilder::default().build_and_execute(|| {
        let account = System::account(Escrow::account_id());
        assert_eq!((account.providers, account.consumers, account.sufficients), (1, 0, 0));
        for id in [BOND, EURO] {
            assert_eq!(entry(id), Some((0, ExistenceReason::DepositHeld(0))));
            assert_eq!(Asset::<Test>::get(id).map(|details| details.accounts), Some(2));
        }
        // Safe to repeat, as a migration may.
        Escrow::open_account();
        assert_eq!(System::providers(&Escrow::account_id()), 1);
    })
}

#[test]
#[should_panic(expected = "genesis: asset 1 has a minimum balance of 2, so that dust could exist")]
fn genesis_should_refuse_an_asset_in_which_dust_could_exist() {
    ExtBuilder::default().build().execute_with(|| {
        Asset::<Test>::mutate(BOND, |details| details.as_mut().expect("it exists").min_balance = 2);
        Escrow::open_account();
    });
}

#[test]
fn create_should_open_an_entry_of_escrow() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Assets::create(signed(ISSUER), NEW, ISSUER, 1));
        assert_eq!(entry(NEW), Some((0, ExistenceReason::DepositHeld(0))));
        assert_ok!(Assets::force_create(RuntimeOrigin::root(), 4, ISSUER, true, 1));
        assert_eq!(entry(4), Some((0, ExistenceReason::DepositHeld(0))));
    })
}

#[test]
fn create_should_fail_when_dust_could_exist() {
    ExtBuilder::default().build_and_execute(|| {
        for min_balance in [2, 10, Balance::MAX] {
            assert_noop!(
                Assets::create(signed(ISSUER), NEW, ISSUER, min_balance),
                assets_error(AssetsError::CallbackFailed)
            );
            assert_noop!(
                Assets::force_create(RuntimeOrigin::root(), NEW, ISSUER, true, min_balance),
                assets_error(AssetsError::CallbackFailed)
            );
        }
        assert_noop!(Assets::create(signed(ISSUER), NEW, ISSUER, 0), assets_error(AssetsError::MinBalanceZero));
    })
}

#[test]
fn entry_should_stay_when_escrow_is_emptied_and_filled() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..3 {
            deposit(BOND, &SELLER, 1_000);
            assert_eq!(entry(BOND), Some((1_000, ExistenceReason::DepositHeld(0))));
            assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &SELLER, 1_000), Ok(Payout::Paid));
            assert_eq!(entry(BOND), Some((0, ExistenceReason::DepositHeld(0))));
        }
        let account = System::account(Escrow::account_id());
        assert_eq!((account.providers, account.consumers), (1, 0));
    })
}

#[test]
fn entry_should_not_be_closed_by_anybody_else() {
    ExtBuilder::default().build_and_execute(|| {
        let escrow = Escrow::account_id();
        // The admin of the asset may refund any entry that somebody else paid for.
        assert_noop!(Assets::refund_other(signed(ISSUER), BOND, escrow), assets_error(AssetsError::NoDeposit));
    })
}

#[test]
fn start_destroy_should_fail_when_escrow_has_any() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1);
        for origin in [signed(ISSUER), RuntimeOrigin::root()] {
            assert_noop!(Assets::start_destroy(origin, BOND), assets_error(AssetsError::ContainsHolds));
        }
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &SELLER, 1), Ok(Payout::Paid));
        assert_ok!(Assets::start_destroy(signed(ISSUER), BOND));
        assert!(!Escrow::is_live(&asset(BOND)));
    })
}

#[test]
fn start_destroy_should_fail_when_something_is_claimable() {
    ExtBuilder::default().build_and_execute(|| {
        deposit(BOND, &SELLER, 1);
        block(BOND, &BUYER);
        assert_eq!(Escrow::pay_out(TRADE, &asset(BOND), &BUYER, 1), Ok(Payout::Credited));
        assert_noop!(Assets::start_destroy(RuntimeOrigin::root(), BOND), assets_error(AssetsError::ContainsHolds));
    })
}

#[test]
fn destroy_should_finish_and_take_the_entry_with_it() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Assets::start_destroy(signed(ISSUER), EURO));
        assert_ok!(Assets::destroy_accounts(signed(ISSUER), EURO));
        assert_eq!(entry(EURO), None);
        assert_ok!(Assets::finish_destroy(signed(ISSUER), EURO));
        assert!(!pallet_assets::Asset::<Test>::contains_key(EURO));
        assert!(System::account_exists(&Escrow::account_id()));
        // That the number is never used again is the directory's to refuse: its tests, and those of settlement.
        assert!(!Escrow::is_live(&asset(EURO)));
    })
}

#[test]
fn is_live_should_be_the_status_of_the_asset() {
    ExtBuilder::default().build_and_execute(|| {
        assert!(Escrow::is_live(&NATIVE));
        assert!(Escrow::is_live(&asset(BOND)));
        assert!(!Escrow::is_live(&asset(77)));
        freeze_asset(BOND);
        assert!(!Escrow::is_live(&asset(BOND)));
        thaw_asset(BOND);
        assert!(Escrow::is_live(&asset(BOND)));
        assert_ok!(Assets::start_destroy(signed(ISSUER), BOND));
        assert!(!Escrow::is_live(&asset(BOND)));
    })
}

#[test]
fn try_state_should_find_an_asset_without_an_entry() {
    ExtBuilder::default().build().execute_with(|| {
        assert_eq!(Escrow::do_try_state(), Ok(()));
        Account::<Test>::remove(BOND, Escrow::account_id());
        assert!(Escrow::do_try_state().is_err());
    })
}

#[test]
fn try_state_should_find_another_minimum_balance() {
    ExtBuilder::default().build().execute_with(|| {
        Asset::<Test>::mutate(BOND, |details| details.as_mut().expect("it exists").min_balance = 2);
        assert!(Escrow::do_try_state().is_err());
    })
}

#[test]
fn account_should_be_a_constant_of_the_metadata() {
    use polkadot_sdk::frame_support::traits::PalletInfoAccess;

    ExtBuilder::default().build_and_execute(|| {
        let constants = Escrow::pallet_constants_metadata();
        let account = constants.iter().find(|constant| constant.name == "EscrowAccount");
        let escrow: [u8; 32] = Escrow::account_id().into();
        assert_eq!(account.map(|constant| constant.value.clone()), Some(escrow.to_vec()));
        assert_eq!(Escrow::name(), "Escrow");
    })
}

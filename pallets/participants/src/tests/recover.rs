use super::helpers::*;
use crate::{mock::*, Error, Event, Recovering};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use tandem_primitives::{AssetId, Balance, Status};

fn replaced(test: impl FnOnce()) {
    run(|| {
        replace(TRADER_1, fresh(1));
        test();
    });
}

#[test]
fn recover_should_move_a_whole_position_to_the_new_account() {
    replaced(|| {
        assert_ok!(Participants::recover(signed(TRADER_2), TRADER_1, AssetId::WithId(SHARE)));
        assert_eq!((shares(&TRADER_1), shares(&fresh(1))), (0, 500));
        assert_eq!(Recovering::<Test>::get(), None);
        expect_event(Event::Recovered {
            participant: TRADER,
            from: TRADER_1,
            to: fresh(1),
            asset: AssetId::WithId(SHARE),
            amount: 500,
        });
    });
}

#[test]
fn recover_should_move_native_currency_and_freeze_the_old_account_again() {
    replaced(|| {
        assert_ok!(Participants::recover(signed(fresh(1)), TRADER_1, AssetId::Native));
        assert_eq!((Balances::free_balance(&TRADER_1), Balances::free_balance(fresh(1))), (0, 1_000));
        assert_ok!(Balances::transfer_allow_death(signed(fresh(1)), TRADER_1, 10));
        assert_noop!(Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1), TokenError::Frozen);
        // What arrives later is recovered later.
        assert_ok!(Participants::recover(signed(OP_1), TRADER_1, AssetId::Native));
        assert_eq!(Balances::free_balance(fresh(1)), 1_000);
    });
}

// Supply and amount together exceed the largest balance: a withdrawal and a deposit would lose it all.
#[test]
fn recover_should_move_the_largest_position() {
    run(|| {
        let rest = Balance::MAX - Assets::total_supply(SHARE);
        assert_ok!(Assets::mint(signed(ISSUER_1), SHARE, TRADER_1, rest));
        let whole = shares(&TRADER_1);
        replace(TRADER_1, fresh(1));
        assert_ok!(Participants::recover(signed(fresh(1)), TRADER_1, AssetId::WithId(SHARE)));
        assert_eq!((shares(&TRADER_1), shares(&fresh(1))), (0, whole));
        assert_eq!(Assets::total_supply(SHARE), Balance::MAX);
        expect_event(Event::Recovered {
            participant: TRADER,
            from: TRADER_1,
            to: fresh(1),
            asset: AssetId::WithId(SHARE),
            amount: whole,
        });
    });
}

#[test]
fn recover_should_follow_the_chain() {
    replaced(|| {
        replace(fresh(1), fresh(2));
        assert_ok!(Participants::recover(signed(TRADER_2), TRADER_1, AssetId::WithId(SHARE)));
        assert_eq!(shares(&fresh(2)), 500);
    });
}

#[test]
fn recover_should_fail_for_strangers_the_old_key_and_accounts_in_use() {
    replaced(|| {
        let recover = |who, account| Participants::recover(signed(who), account, AssetId::WithId(SHARE));
        for who in [TRADER_1, BANK_1, OUTSIDER] {
            assert_noop!(recover(who, TRADER_1), Error::<Test>::NotAuthorized);
        }
        assert_noop!(recover(TRADER_2, TRADER_2), Error::<Test>::NotReplaced);
        assert_noop!(recover(TRADER_2, OUTSIDER), Error::<Test>::AccountNotFound);
    });
}

#[test]
fn recover_should_fail_when_there_is_nothing_or_the_owner_is_not_active() {
    replaced(|| {
        let recover = |who| Participants::recover(signed(who), TRADER_1, AssetId::WithId(SHARE));
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(recover(OP_1), Error::<Test>::NotActive);
        assert_ok!(set_status(TRADER, Status::Active));
        assert_ok!(recover(OP_1));
        assert_noop!(recover(OP_1), Error::<Test>::NothingToRecover);
    });
}

#[test]
fn recover_should_leave_no_door_open_when_the_asset_does_not_move() {
    replaced(|| {
        assert_ok!(Assets::freeze_asset(signed(ISSUER_1), SHARE));
        let recover = Participants::recover(signed(TRADER_2), TRADER_1, AssetId::WithId(SHARE));
        assert_noop!(recover, pallet_assets::Error::<Test>::AssetNotLive);
        assert_eq!(Recovering::<Test>::get(), None);
    });
}

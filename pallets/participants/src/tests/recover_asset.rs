use super::helpers::*;
use crate::{mock::*, types::*, Error, Event};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use tandem_primitives::AssetId;

fn team(owner: u8) -> Team {
    let account = fresh(owner);
    Team { owner: account.clone(), issuer: account.clone(), admin: account.clone(), freezer: account }
}

fn replaced(test: impl FnOnce()) {
    run(|| {
        replace(ISSUER_1, fresh(1));
        test();
    });
}

#[test]
fn chain_h5_the_assets_of_a_replaced_issuer_should_be_managed_from_its_new_account() {
    replaced(|| {
        let mint = || Assets::mint(signed(fresh(1)), SHARE, TRADER_1, 1);
        assert_noop!(mint(), pallet_assets::Error::<Test>::NoPermission);
        assert_ok!(Participants::recover_asset(signed(fresh(1)), SHARE));
        let old = Team { owner: ISSUER_1, issuer: ISSUER_1, admin: ISSUER_1, freezer: ISSUER_1 };
        expect_event(Event::AssetRecovered { asset: SHARE, old, new: team(1), by: Some(fresh(1)) });
        assert_ok!(mint());
        assert_ok!(Assets::freeze_asset(signed(fresh(1)), SHARE));
        assert_ok!(Assets::thaw_asset(signed(fresh(1)), SHARE));
        let record = security("QZ0004710017", 1);
        assert_ok!(Participants::list_asset(signed(fresh(1)), AssetId::WithId(SHARE), record));
        // The key that was replaced manages nothing any more.
        assert_noop!(Assets::mint(signed(ISSUER_1), SHARE, TRADER_1, 1), pallet_assets::Error::<Test>::NoPermission);
        assert_noop!(Participants::recover_asset(signed(fresh(1)), SHARE), Error::<Test>::NothingToRecover);
    });
}

#[test]
fn chain_h5_recover_asset_should_follow_the_chain_and_be_for_the_operator_too() {
    replaced(|| {
        replace(fresh(1), fresh(2));
        assert_ok!(Participants::recover_asset(signed(OP_1), SHARE));
        assert_eq!(<Assets as AssetTeams>::team(SHARE), Some(team(2)));
    });
}

#[test]
fn recover_asset_should_move_only_what_is_the_callers_own() {
    run(|| {
        assert_ok!(Assets::set_team(signed(ISSUER_1), SHARE, ISSUER_1, TRADER_1, BANK_1));
        replace(ISSUER_1, fresh(1));
        replace(TRADER_1, fresh(2));
        assert_ok!(Participants::recover_asset(signed(TRADER_2), SHARE));
        let expected = Team { owner: ISSUER_1, issuer: ISSUER_1, admin: fresh(2), freezer: BANK_1 };
        assert_eq!(<Assets as AssetTeams>::team(SHARE), Some(expected));
        assert_noop!(Participants::recover_asset(signed(BANK_1), SHARE), Error::<Test>::NothingToRecover);
        for who in [ISSUER_1, OUTSIDER] {
            assert_noop!(Participants::recover_asset(signed(who), SHARE), Error::<Test>::NotAuthorized);
        }
        assert_noop!(Participants::recover_asset(signed(OP_1), 99), Error::<Test>::AssetNotFound);
    });
}

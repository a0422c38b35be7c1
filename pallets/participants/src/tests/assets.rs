use super::helpers::*;
use crate::{
    decisions::Decider, mock::*, AssetCode, AssetRecord, AssetRegistry, Delisted, Error, Event, Isins, ListingRequests,
    RetiredAssets,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tandem_primitives::{AssetId, AssetKind, AssetTerms, Directory, Isin, Status};

const ISIN_1: &str = "QZ0004710017";
const ISIN_2: &str = "QZ0A1GBT0342";

fn share() -> AssetId {
    AssetId::WithId(SHARE)
}

fn ask(asset: AssetId, record: AssetRecord) -> sp_runtime::DispatchResult {
    Participants::list_asset(signed(ISSUER_1), asset, record)
}

fn confirm(asset: AssetId, record: AssetRecord) -> sp_runtime::DispatchResult {
    Participants::confirm_listing(signed(OP_1), asset, record)
}

fn list(record: AssetRecord) -> sp_runtime::DispatchResult {
    list_other(share(), record)
}

fn list_other(asset: AssetId, record: AssetRecord) -> sp_runtime::DispatchResult {
    ask(asset.clone(), record)?;
    confirm(asset, record)
}

#[test]
fn chain_h3_a_lowered_key_of_an_issuer_should_list_nothing() {
    run(|| {
        assert_ok!(list(security(ISIN_1, 100)));
        assert_ok!(Participants::lower_rights(signed(ISSUER_1), ISSUER_1, rights(&[tandem_primitives::Right::Trade])));
        let update = Participants::update_asset(signed(ISSUER_1), share(), security(ISIN_1, 1));
        assert_noop!(update, Error::<Test>::NotIssuer);
        assert_noop!(ask(AssetId::WithId(SHARE), security(ISIN_2, 1)), Error::<Test>::NotIssuer);
    });
}

#[test]
fn list_asset_should_tell_settlement_what_it_is() {
    run(|| {
        assert_eq!(Participants::asset(&share()), None);
        assert_ok!(list(security(ISIN_1, 100)));
        let terms = AssetTerms { kind: AssetKind::Security, settlement_unit: 100, delisted: false };
        assert_eq!(Participants::asset(&share()), Some(terms));
        assert_eq!(Isins::<Test>::get(isin(ISIN_1)), Some(share()));
        expect_event(Event::AssetChanged { asset: share(), old: None, new: Some(security(ISIN_1, 100)) });
    });
}

#[test]
fn list_asset_should_fail_for_anybody_but_the_assets_owner() {
    run(|| {
        for who in [TRADER_1, OP_1, OUTSIDER] {
            let call = Participants::list_asset(signed(who), share(), security(ISIN_1, 1));
            assert_noop!(call, Error::<Test>::NotIssuer);
        }
        let root = Participants::list_asset(RuntimeOrigin::root(), share(), security(ISIN_1, 1));
        assert_noop!(root, DispatchError::BadOrigin);
        let unknown = Participants::list_asset(signed(ISSUER_1), AssetId::WithId(9), security(ISIN_1, 1));
        assert_noop!(unknown, Error::<Test>::NotIssuer);
        assert_ok!(set_status(ISSUER, Status::Suspended));
        assert_noop!(list(security(ISIN_1, 1)), Error::<Test>::NotIssuer);
    });
}

#[test]
fn an_owner_without_the_role_should_not_list() {
    run(|| {
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), ISSUER, roles(&[])));
        assert_noop!(list(security(ISIN_1, 1)), Error::<Test>::NotIssuer);
        assert_noop!(Assets::create(signed(ISSUER_1), 5, ISSUER_1, 1), DispatchError::BadOrigin);
    });
}

#[test]
fn list_asset_should_fail_for_each_fault_of_the_record() {
    run(|| {
        let good = security(ISIN_1, 1);
        let wrong = Isin(*b"QZ0004710018");
        let faults = [
            (AssetRecord { kind: AssetKind::Cash, ..good }, Error::<Test>::CodeMismatch),
            (AssetRecord { kind: AssetKind::Security, ..cash(*b"EUR") }, Error::<Test>::CodeMismatch),
            (AssetRecord { code: AssetCode::Isin(wrong), ..good }, Error::<Test>::BadIsin),
            (cash(*b"EUr"), Error::<Test>::BadCurrency),
            (AssetRecord { cfi: Some(*b"ESVUF1"), ..good }, Error::<Test>::BadCfi),
            (AssetRecord { settlement_unit: 0, ..good }, Error::<Test>::BadSettlementUnit),
        ];
        for (record, error) in faults {
            assert_noop!(list(record), error);
        }
    });
}

#[test]
fn an_isin_should_be_listed_once_and_a_currency_many_times() {
    run(|| {
        assert_ok!(list(security(ISIN_1, 1)));
        assert_noop!(list(security(ISIN_1, 1)), Error::<Test>::AssetAlreadyExists);
        for id in 2..=4 {
            assert_ok!(Assets::create(signed(ISSUER_1), id, ISSUER_1, 1));
        }
        let other = |id, record| list_other(AssetId::WithId(id), record);
        assert_noop!(other(2, security(ISIN_1, 1)), Error::<Test>::IsinAlreadyExists);
        assert_ok!(other(2, security(ISIN_2, 1)));
        assert_ok!(other(3, cash(*b"EUR")));
        assert_ok!(other(4, cash(*b"EUR")));
    });
}

#[test]
fn the_native_currency_should_be_roots() {
    run(|| {
        let update = |origin| Participants::update_asset(origin, AssetId::Native, cash(*b"XTS"));
        assert_noop!(update(signed(ISSUER_1)), DispatchError::BadOrigin);
        assert_noop!(update(signed(OP_1)), DispatchError::BadOrigin);
        assert_ok!(update(RuntimeOrigin::root()));
        assert_eq!(AssetRegistry::<Test>::get(AssetId::Native), Some(cash(*b"XTS")));
        let again = Participants::list_asset(RuntimeOrigin::root(), AssetId::Native, cash(*b"XTS"));
        assert_noop!(again, Error::<Test>::AssetAlreadyExists);
    });
}

#[test]
fn update_asset_should_change_all_but_the_kind() {
    run(|| {
        let update = |record| Participants::update_asset(signed(ISSUER_1), share(), record);
        assert_noop!(update(security(ISIN_1, 1)), Error::<Test>::AssetNotFound);
        assert_ok!(list(security(ISIN_1, 1)));
        assert_noop!(update(cash(*b"EUR")), Error::<Test>::KindFixed);
        assert_noop!(update(security(ISIN_1, 0)), Error::<Test>::BadSettlementUnit);
        let stranger = Participants::update_asset(signed(TRADER_1), share(), security(ISIN_1, 5));
        assert_noop!(stranger, Error::<Test>::NotIssuer);
        assert_ok!(update(security(ISIN_1, 5)));
        assert_eq!(AssetRegistry::<Test>::get(share()), Some(security(ISIN_1, 5)));
        assert_ok!(update(security(ISIN_2, 5)));
        assert_eq!(AssetRegistry::<Test>::get(share()), Some(security(ISIN_1, 5)));
        assert_ok!(confirm(share(), security(ISIN_2, 5)));
        assert_eq!(Isins::<Test>::get(isin(ISIN_1)), None);
        assert_eq!(Isins::<Test>::get(isin(ISIN_2)), Some(share()));
        expect_event(Event::AssetChanged {
            asset: share(),
            old: Some(security(ISIN_1, 5)),
            new: Some(security(ISIN_2, 5)),
        });
    });
}

#[test]
fn a_destroyed_asset_should_leave_its_isin_and_keep_its_number() {
    run(|| {
        assert_ok!(Assets::create(signed(ISSUER_1), 2, ISSUER_1, 1));
        assert_ok!(list_other(AssetId::WithId(2), security(ISIN_1, 1)));
        assert_ok!(Assets::start_destroy(signed(ISSUER_1), 2));
        assert!(AssetRegistry::<Test>::contains_key(AssetId::WithId(2)));
        assert_ok!(Assets::finish_destroy(signed(ISSUER_1), 2));
        assert!(!AssetRegistry::<Test>::contains_key(AssetId::WithId(2)));
        assert_eq!(Isins::<Test>::get(isin(ISIN_1)), None);
        System::assert_has_event(
            Event::AssetChanged { asset: AssetId::WithId(2), old: Some(security(ISIN_1, 1)), new: None }.into(),
        );
        assert!(RetiredAssets::<Test>::contains_key(2));
        // Whoever has agreed to settle in the asset that was must not get another one.
        assert_noop!(Assets::create(signed(ISSUER_1), 2, ISSUER_1, 1), pallet_assets::Error::<Test>::CallbackFailed);
        assert_ok!(Assets::create(signed(ISSUER_1), 3, ISSUER_1, 1));
        // Another participant's account does not manage it: it could freeze what others hold.
        let admin = Assets::create(signed(ISSUER_1), 4, TRADER_1, 1);
        assert_noop!(admin, pallet_assets::Error::<Test>::CallbackFailed);
        assert_ok!(list_other(AssetId::WithId(3), security(ISIN_1, 1)));
    });
}

#[test]
fn chain_m8_a_listing_should_take_effect_when_the_operator_confirms_it() {
    run(|| {
        assert_ok!(ask(share(), security(ISIN_1, 1)));
        expect_event(Event::ListingRequested {
            asset: share(),
            old: None,
            new: security(ISIN_1, 1),
            until: START + LIFE,
        });
        assert_eq!(Participants::asset(&share()), None);
        assert_eq!(Isins::<Test>::get(isin(ISIN_1)), None);
        // Nobody confirms what the issuer has not asked for, and nobody but the operator confirms.
        assert_noop!(confirm(share(), security(ISIN_2, 1)), Error::<Test>::RequestNotFound);
        for who in [ISSUER_1, REG_1, OUTSIDER] {
            let call = Participants::confirm_listing(signed(who), share(), security(ISIN_1, 1));
            assert_noop!(call, DispatchError::BadOrigin);
        }
        at(LIFE);
        assert_noop!(confirm(share(), security(ISIN_1, 1)), Error::<Test>::RequestExpired);
        at(LIFE - 1);
        assert_ok!(confirm(share(), security(ISIN_1, 1)));
        assert!(Participants::asset(&share()).is_some());
        assert_eq!(ListingRequests::<Test>::get(share()), None);
    });
}

#[test]
fn chain_m8_a_squatter_should_hold_no_isin() {
    run(|| {
        assert_ok!(Assets::create(signed(ISSUER_1), 2, ISSUER_1, 1));
        // Both ask for one ISIN; the first that the operator confirms has it.
        assert_ok!(ask(AssetId::WithId(2), security(ISIN_1, 1)));
        assert_ok!(ask(share(), security(ISIN_1, 1)));
        assert_ok!(confirm(share(), security(ISIN_1, 1)));
        assert_noop!(confirm(AssetId::WithId(2), security(ISIN_1, 1)), Error::<Test>::IsinAlreadyExists);
        // One that was confirmed by mistake is taken off, and its ISIN is free.
        assert_ok!(Participants::delist_asset(signed(REG_1), share(), reason()));
        assert_ok!(confirm(AssetId::WithId(2), security(ISIN_1, 1)));
        assert_noop!(list(security(ISIN_1, 1)), Error::<Test>::IsinAlreadyExists);
    });
}

#[test]
fn chain_m8_one_account_of_the_operator_or_the_regulator_should_delist() {
    run(|| {
        for who in [OP_1, REG_1] {
            assert_ok!(list(security(ISIN_1, 100)));
            for stranger in [ISSUER_1, TRADER_1, OUTSIDER] {
                let call = Participants::delist_asset(signed(stranger), share(), reason());
                assert_noop!(call, DispatchError::BadOrigin);
            }
            assert_ok!(Participants::delist_asset(signed(who.clone()), share(), reason()));
            let by = if who == OP_1 { Decider::Operator(who) } else { Decider::Regulator(who) };
            expect_event(Event::AssetDelisted { asset: share(), record: security(ISIN_1, 100), by, reason: reason() });
            // Open trades still find what it is; nothing new is agreed in it.
            let terms = AssetTerms { kind: AssetKind::Security, settlement_unit: 100, delisted: true };
            assert_eq!(Participants::asset(&share()), Some(terms));
            let again = Participants::delist_asset(signed(OP_1), share(), reason());
            assert_noop!(again, Error::<Test>::AssetNotFound);
            assert_noop!(ask(share(), cash(*b"EUR")), Error::<Test>::KindFixed);
        }
        assert_ok!(list(security(ISIN_1, 100)));
        assert_eq!(Delisted::<Test>::get(share()), None);
    });
}

#[test]
fn a_destroyed_asset_should_leave_nothing_of_a_delisted_one() {
    run(|| {
        let other = AssetId::WithId(2);
        assert_ok!(Assets::create(signed(ISSUER_1), 2, ISSUER_1, 1));
        assert_ok!(list_other(other.clone(), security(ISIN_1, 1)));
        assert_ok!(Participants::delist_asset(signed(OP_1), other.clone(), reason()));
        assert_ok!(ask(other.clone(), security(ISIN_2, 1)));
        assert_ok!(Assets::start_destroy(signed(ISSUER_1), 2));
        assert_ok!(Assets::finish_destroy(signed(ISSUER_1), 2));
        assert!(!Delisted::<Test>::contains_key(&other));
        assert!(!ListingRequests::<Test>::contains_key(&other));
        assert_eq!(Participants::asset(&other), None);
    });
}

/// Test helper: destroys the asset [`SHARE`], with exactly this number of calls of `destroy_accounts`.
fn destroy_in(calls: u32) {
    assert_ok!(Assets::start_destroy(signed(ISSUER_1), SHARE));
    for _ in 0..calls {
        assert_ok!(Assets::destroy_accounts(signed(BANK_1), SHARE));
    }
    assert_ok!(Assets::finish_destroy(signed(BANK_1), SHARE));
}

#[test]
fn chain_c1_destroying_should_look_at_no_more_entries_than_it_weighs() {
    run(|| {
        for number in 0..20 {
            assert_ok!(Assets::touch_other(signed(BANK_1), SHARE, fresh(number)));
        }
        // Twenty entries and three holders, five a call.
        destroy_in(5);
    });
}

#[test]
fn chain_m1_an_asset_with_inactive_holders_should_be_destroyed() {
    for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
        run(|| {
            assert_ok!(set_status(TRADER, status));
            assert_eq!(shares(&TRADER_1), 500);
            // Nothing leaves it while the asset lives.
            assert!(Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 1).is_err());
            destroy_in(1);
        });
    }
}

//! Tests with one stolen key of an issuer.

use super::thief::*;
use crate::{tests::world::*, *};
use pallet_participants::{Call as Directory, GuardRefusal};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tandem_primitives::{Directory as _, Right, Status};

fn mint(to: sp_keyring::Sr25519Keyring, amount: Balance) -> RuntimeCall {
    pallet_assets::Call::mint { id: EURO.into(), beneficiary: id(to), amount }.into()
}

// At worst it makes supply, and keeps the asset from moving. What others hold stays theirs.
#[test]
fn a_thief_of_an_issuers_key_should_make_supply_and_take_nothing_from_holders() {
    execute_with_delay(|| {
        send_ok(ISSUER, mint(SELLER, 1_000_000));
        send_ok(ISSUER, pallet_assets::Call::freeze_asset { id: EURO.into() });
        not_administering(ISSUER, grabs(BUYER_ID, BUYER, ISSUER));
        // Taking from a holder is for issuer and regulator together.
        let force =
            pallet_assets::Call::force_transfer { id: EURO.into(), source: id(BUYER), dest: id(SELLER), amount: 1 };
        let burn = pallet_assets::Call::burn { id: EURO.into(), who: id(BUYER), amount: 1 };
        let reason = reason();
        let (from, to) = (BUYER.to_account_id(), SELLER.to_account_id());
        let claw = Directory::claw_back { asset: EURO, from, to, amount: 1, reason };
        let forbidden = || kept_out(GuardRefusal::Forbidden);
        let calls = vec![
            (force.into(), forbidden()),
            (burn.into(), failed(frame_system::Error::<Runtime>::CallFiltered)),
            (claw.into(), forbidden()),
        ];
        turned_down(ISSUER, calls);
        assert_eq!((balance(EURO, BUYER), balance(EURO, SELLER)), (100_000, 1_000_000));
    });
}

// The way back: the regulator suspends the issuer at once, and another account of the issuer thaws the asset later.
#[test]
fn a_stolen_issuers_key_should_make_nothing_once_its_participant_is_suspended() {
    execute_with_delay(|| {
        let issuer = Participants::standing(&ISSUER.to_account_id()).expect("registered").participant;
        set_status(issuer, Status::Suspended);
        let refusal = InvalidTransaction::Custom(GuardRefusal::NotActive as u8);
        assert_eq!(refused(ISSUER, mint(SELLER, 1)), TransactionValidityError::from(refusal));
    });
}

// The way back without the regulator: another account that administers takes `Move` from the stolen one.
#[test]
fn another_account_of_the_issuer_should_lower_the_stolen_ones_rights() {
    execute_with_delay(|| {
        let issuer = Participants::standing(&ISSUER.to_account_id()).expect("registered").participant;
        add_account(ISSUER, issuer, STRANGER.to_account_id());
        let lower = Directory::lower_rights { account: ISSUER.to_account_id(), rights: rights(&[]) };
        assert_eq!(outcome(STRANGER, lower.clone()), Err(pallet_participants::Error::<Runtime>::NotAuthorized.into()));
        pallet_participants::RightsDelay::<Runtime>::kill();
        let name =
            Directory::request_rights { account: STRANGER.to_account_id(), rights: rights(&[Right::Administer]) };
        send_ok(ISSUER, name);
        send_ok(STRANGER, lower);
        assert!(rights_of(ISSUER).is_none());
        let refusal = InvalidTransaction::Custom(GuardRefusal::NotAuthorized as u8);
        assert_eq!(refused(ISSUER, mint(SELLER, 1)), TransactionValidityError::from(refusal));
    });
}

// A key that was lowered after a theft keeps nobody's assets from moving.
#[test]
fn chain_h3_a_lowered_key_of_an_issuer_should_manage_no_asset() {
    execute_with_delay(|| {
        send_ok(ISSUER, Directory::lower_rights { account: ISSUER.to_account_id(), rights: rights(&[Right::Trade]) });
        use pallet_assets::Call as A;
        let refusal = |refusal: GuardRefusal| TransactionValidityError::from(refusal);
        let asset = || EURO.into();
        let calls: Vec<RuntimeCall> = vec![
            A::freeze { id: asset(), who: id(BUYER) }.into(),
            A::thaw { id: asset(), who: id(BUYER) }.into(),
            A::block { id: asset(), who: id(BUYER) }.into(),
            A::freeze_asset { id: asset() }.into(),
            A::thaw_asset { id: asset() }.into(),
            A::set_metadata { id: asset(), name: vec![b'X'], symbol: vec![b'X'], decimals: 0 }.into(),
            A::clear_metadata { id: asset() }.into(),
        ];
        for call in calls {
            assert_eq!(refused(ISSUER, call.clone()), refusal(GuardRefusal::NotAuthorized), "{call:?}");
            let batch = pallet_utility::Call::batch { calls: vec![call] };
            assert_eq!(refused(ISSUER, batch), refusal(GuardRefusal::NotAuthorized));
        }
        let issues: Vec<RuntimeCall> = vec![
            A::create { id: 99.into(), admin: id(ISSUER), min_balance: 1 }.into(),
            mint(ISSUER, 1),
            A::set_team { id: asset(), issuer: id(ISSUER), admin: id(ISSUER), freezer: id(ISSUER) }.into(),
            A::transfer_ownership { id: asset(), owner: id(ISSUER) }.into(),
            A::start_destroy { id: asset() }.into(),
        ];
        for call in issues {
            assert_eq!(refused(ISSUER, call.clone()), refusal(GuardRefusal::NotIssuer), "{call:?}");
        }
    });
}

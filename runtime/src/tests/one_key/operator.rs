//! Tests with one stolen key of the operator: it can register a limited number of participants a day and delist assets.
//! It gives nobody a role or an account of another, decides nothing alone, and is out of use as soon as the two others
//! say so.

use super::thief::*;
use crate::{presets, tests::world::*, *};
use pallet_participants::{Call as Directory, Error, GuardRefusal};
use pallet_settlement::FlagSource;
use sp_keyring::Sr25519Keyring::{self, FerdieStash as OTHER};
use sp_runtime::DispatchError;
use tandem_primitives::{Body, Directory as _, ParticipantId, Right, Role, Status};

const OPERATOR_ID: ParticipantId = ParticipantId(0);

/// Test helper: runs a test on a network without a key of `Sudo`, whose thief would be root.
fn without_sudo(test: impl FnOnce()) {
    genesis(presets::ASSET_LOCAL).execute_with(|| {
        begin_block(1);
        found();
        test();
        check_state();
    });
}

#[test]
fn a_thief_with_one_operator_key_should_change_nothing_alone() {
    without_sudo(|| {
        let roles = vec![Role::Gateway].try_into().expect("one");
        let stranger = || STRANGER.to_account_id();
        let status = Directory::set_status { participant: SELLER_ID, status: Status::Suspended, reason: reason() };
        let name = b"Renamed AS".to_vec().try_into().expect("short");
        let (second, third) = (OPERATOR_2.to_account_id(), OPERATOR_3.to_account_id());
        let none = Default::default;
        let others = || failed(Error::<Runtime>::NeedsOtherBody);
        let root = || kept_out(GuardRefusal::Forbidden);
        let calls: Vec<(RuntimeCall, Answer)> = vec![
            (Directory::set_roles { participant: SELLER_ID, roles }.into(), others()),
            (status.into(), others()),
            (Directory::add_account { participant: OPERATOR_ID, account: stranger(), rights: None }.into(), others()),
            (Directory::replace_account { old: second.clone(), new: stranger(), rights: none() }.into(), others()),
            (Directory::remove_account { account: second.clone(), successor: third }.into(), others()),
            (Directory::set_allowance { participant: SELLER_ID, allowance: None }.into(), root()),
            (Directory::update { participant: SELLER_ID, name }.into(), root()),
            (pallet_validators::Call::remove { validator: second }.into(), root()),
            (pallet_counterpart::Call::set_halted { halted: true }.into(), failed(DispatchError::BadOrigin)),
        ];
        turned_down(OPERATOR, calls);
        let operator = pallet_participants::Participants::<Runtime>::get(OPERATOR_ID).expect("registered");
        assert_eq!(operator.accounts.len(), 3);
        assert!(!pallet_counterpart::Halted::<Runtime>::get());
    });
}

#[test]
fn the_others_should_take_a_stolen_operator_key_out_of_use_at_once_and_undo_what_it_did() {
    without_sudo(|| {
        let delist = Directory::delist_asset { asset: AssetId::WithId(BOND), reason: reason() };
        send_ok(OPERATOR, delist);
        // It cannot stop its own removal.
        let remove = RuntimeCall::from(Directory::remove_account {
            account: OPERATOR.to_account_id(),
            successor: OPERATOR_3.to_account_id(),
        });
        let hash = hash_of(&remove);
        send_ok(OPERATOR_2, Directory::propose { body: Body::Operator, hash });
        let withdraw = Directory::withdraw_proposal { body: Body::Operator, hash };
        assert_eq!(outcome(OPERATOR, withdraw), Err(Error::<Runtime>::NotAuthorized.into()));
        send_ok(OPERATOR_3, Directory::approve { body: Body::Operator, call: Box::new(remove) });
        assert_eq!(enacted(hash), Some(Ok(())));
        let remark = frame_system::Call::remark { remark: vec![] };
        assert_eq!(send(OPERATOR, remark), kept_out(GuardRefusal::Replaced));
        // The issuer asks again, and another account of the operator confirms.
        let record = pallet_participants::Delisted::<Runtime>::get(AssetId::WithId(BOND)).expect("delisted");
        let asset = || AssetId::WithId(BOND);
        send_ok(ISSUER, Directory::list_asset { asset: asset(), record });
        send_ok(OPERATOR_2, Directory::confirm_listing { asset: asset(), record });
        assert!(pallet_participants::AssetRegistry::<Runtime>::contains_key(asset()));
    });
}

#[test]
fn a_thief_with_one_operator_key_should_at_worst_return_covered_trades() {
    execute(|| flags_should_return_at_worst(FlagSource::Operator, OPERATOR, OPERATOR_2));
}

/// Test helper: call with which the operator registers a trader with this account and LEI.
fn register(account: Sr25519Keyring, number: u32) -> RuntimeCall {
    Directory::register {
        name: b"Another".to_vec().try_into().expect("short"),
        lei: lei(number),
        roles: vec![Role::Trader].try_into().expect("one"),
        accounts: vec![account.to_account_id()].try_into().expect("one"),
        rights: Default::default(),
    }
    .into()
}

/// Test helper: has operator and regulator decide a call, waits for the enactment delay, and has it enacted.
fn together(call: RuntimeCall) -> Option<sp_runtime::DispatchResult> {
    let body = Body::OperatorAndRegulator;
    let hash = decide(body, &[REGULATOR, OPERATOR_2, OPERATOR_3, REGULATOR_2], call.clone());
    assert_eq!(enacted(hash), None);
    wait();
    send_ok(REGULATOR, Directory::enact { body, call: Box::new(call) });
    enacted(hash)
}

fn wait() {
    for _ in 0..16 {
        next_block();
    }
}

// The thief registers the public LEI of a bank that has not joined yet, with an account of its own.
#[test]
fn chain_h7_the_lei_of_a_bank_should_be_its_own_once_the_thief_is_revoked() {
    without_sudo(|| {
        let thief = pallet_participants::NextParticipant::<Runtime>::get();
        send_ok(OPERATOR, register(STRANGER, 7));
        let mine = |account| register(account, 7);
        assert_eq!(outcome(OPERATOR_2, mine(OTHER)), Err(Error::<Runtime>::LeiAlreadyExists.into()));
        let revoke = Directory::set_status { participant: thief, status: Status::Revoked, reason: reason() };
        assert_eq!(enacted(decide(Body::Regulator, &[REGULATOR, REGULATOR_2], revoke)), Some(Ok(())));
        assert_eq!(outcome(OPERATOR_2, mine(OTHER)), Err(Error::<Runtime>::NeedsOtherBody.into()));
        assert_eq!(together(mine(OTHER)), Some(Ok(())));
        let bank = Participants::standing(&OTHER.to_account_id()).expect("registered").participant;
        assert_eq!(pallet_participants::Leis::<Runtime>::get(lei(7)), Some(bank));
    });
}

// The thief registers the account that a replacement or a decision names, before it takes effect. The way back: the
// same with another account, at once.
#[test]
fn chain_h3_an_account_that_a_thief_registers_first_should_be_named_anew() {
    without_sudo(|| {
        pallet_participants::RightsDelay::<Runtime>::kill();
        let old = || BUYER_2.to_account_id();
        let ask = |new: Sr25519Keyring| Directory::request_replacement {
            old: old(),
            new: new.to_account_id(),
            rights: rights(&[Right::Trade]),
        };
        let replace = |new: Sr25519Keyring| Directory::replace_account {
            old: old(),
            new: new.to_account_id(),
            rights: rights(&[Right::Trade]),
        };
        let add = |account: Sr25519Keyring| Directory::add_account {
            participant: OPERATOR_ID,
            account: account.to_account_id(),
            rights: None,
        };
        send_ok(BUYER, ask(STRANGER));
        let body = Body::OperatorAndRegulator;
        let hash = decide(body, &[REGULATOR, OPERATOR_2, OPERATOR_3, REGULATOR_2], add(STRANGER));
        send_ok(OPERATOR, register(STRANGER, 8));
        assert_eq!(outcome(OPERATOR_2, replace(STRANGER)), Err(Error::<Runtime>::OtherOwner.into()));
        let hash_of_request = pallet_participants::Requests::<Runtime>::get(BUYER_ID)[0].hash;
        send_ok(BUYER, Directory::veto_change { participant: BUYER_ID, hash: hash_of_request });
        send_ok(BUYER, ask(OTHER));
        send_ok(OPERATOR_2, replace(OTHER));
        assert_eq!(Participants::current_account(&old()), OTHER.to_account_id());
        wait();
        send_ok(REGULATOR, Directory::enact { body, call: Box::new(add(STRANGER).into()) });
        assert_eq!(enacted(hash), Some(Err(Error::<Runtime>::AccountAlreadyExists.into())));
        next_block();
        assert_eq!(together(add(Sr25519Keyring::BobStash).into()), Some(Ok(())));
    });
}

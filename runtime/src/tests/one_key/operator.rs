//! Tests with one stolen key of the operator: it can register a limited number of participants a day and delist assets.
//! It gives nobody a role or an account of another, decides nothing alone, and is out of use as soon as the two others
//! say so.

use super::thief::*;
use crate::{presets, tests::world::*, *};
use pallet_participants::{Call as Directory, Error, GuardRefusal};
use pallet_settlement::FlagSource;
use sp_runtime::DispatchError;
use tandem_primitives::{Body, ParticipantId, Role, Status};

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

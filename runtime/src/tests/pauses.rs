use super::world::*;
use crate::{guard::table::ROWS, *};
use frame_support::{assert_noop, assert_ok, traits::GetCallMetadata, BoundedVec};
use pallet_tx_pause::{Error, RuntimeCallNameOf};

use sp_keyring::Sr25519Keyring::FerdieStash as STRANGER_2;

fn name(pallet: &str, call: &str) -> RuntimeCallNameOf<Runtime> {
    let bounded = |text: &str| BoundedVec::try_from(text.as_bytes().to_vec()).expect("short");
    (bounded(pallet), bounded(call))
}

/// Test helper: true if the table of calls says that the call is never paused.
fn never_paused(pallet: &str, call: &str) -> bool {
    ROWS.iter().any(|(p, c, row)| (*p, *c) == (pallet, call) && row.never_paused)
}

#[test]
fn every_name_should_fit() {
    for pallet in RuntimeCall::get_module_names() {
        for call in RuntimeCall::get_call_names(pallet) {
            // One that does not fit counts as paused for good.
            name(pallet, call);
        }
    }
}

#[test]
fn pause_should_fail_for_what_finishes_and_for_what_lifts_a_pause() {
    execute(|| {
        for (pallet, call, _) in ROWS.iter().filter(|(.., row)| row.never_paused) {
            assert_noop!(TxPause::pause(RuntimeOrigin::root(), name(pallet, call)), Error::<Runtime>::Unpausable);
        }
    });
}

#[test]
fn what_finishes_should_go_on_when_everything_else_is_paused() {
    execute(|| {
        for pallet in RuntimeCall::get_module_names() {
            for call in RuntimeCall::get_call_names(pallet) {
                let paused = TxPause::pause(RuntimeOrigin::root(), name(pallet, call));
                assert_eq!(paused.is_err(), never_paused(pallet, call), "{pallet}::{call}");
            }
        }
        assert_eq!(outcome(SELLER, transfer(BUYER, 1)), Err(frame_system::Error::<Runtime>::CallFiltered.into()));
        // They fail for what they are asked, not for the pause.
        let claim = pallet_escrow::Call::claim {
            account: SELLER.to_account_id(),
            asset: AssetId::WithId(BOND),
            to: SELLER.to_account_id(),
        };
        assert_eq!(outcome(SELLER, claim), Err(pallet_escrow::Error::<Runtime>::NothingToClaim.into()));
        let expire = pallet_settlement::Call::expire { id: Default::default() };
        assert_eq!(outcome(BUYER, expire), Err(pallet_settlement::Error::<Runtime>::NotFound.into()));
        // And the operator can lift it.
        let unpause = RuntimeCall::TxPause(pallet_tx_pause::Call::unpause { ident: name("Assets", "transfer") });
        send_ok(OPERATOR, pallet_sudo::Call::sudo { call: Box::new(unpause) });
        send_ok(SELLER, transfer(BUYER, 1));
    });
}

// Calls by which operator, regulator and participants get back what a thief took.
#[test]
fn chain_c2_no_pause_should_reach_what_takes_keys_out_of_use() {
    execute(|| {
        for call in [
            "register",
            "set_status",
            "set_roles",
            "add_account",
            "remove_account",
            "replace_account",
            "dismiss_agent",
            "propose",
            "approve",
            "enact",
            "withdraw_proposal",
            "veto",
            "use_licence",
            "delist_asset",
            "lower_rights",
            "request_rights",
            "remove_administrator",
            "approve_change",
            "apply_change",
            "veto_change",
        ] {
            let paused = TxPause::pause(RuntimeOrigin::root(), name("Participants", call));
            assert_eq!(paused, Err(Error::<Runtime>::Unpausable.into()), "{call}");
        }
    });
}

// Two stolen keys of the operator pause all that they can. Operator and regulator still replace the stolen key, and two
// accounts of the regulator give a suspended operator an account.
#[test]
fn chain_c2_two_operator_keys_should_not_pause_the_way_back() {
    execute(|| {
        for pallet in RuntimeCall::get_module_names() {
            for call in RuntimeCall::get_call_names(pallet) {
                let paused = TxPause::pause(RuntimeOrigin::root(), name(pallet, call));
                assert_eq!(paused.is_err(), never_paused(pallet, call), "{pallet}::{call}");
            }
        }
        use pallet_participants::Call as Directory;
        use tandem_primitives::{Body, ParticipantId, Status};
        let replace = Directory::replace_account {
            old: OPERATOR.to_account_id(),
            new: STRANGER_2.to_account_id(),
            rights: Default::default(),
        };
        let all = [REGULATOR, OPERATOR_3, OPERATOR_2, REGULATOR_2];
        assert_eq!(enacted(decide(Body::OperatorAndRegulator, &all, replace)), Some(Ok(())));
        next_block();
        let operator = ParticipantId(0);
        let suspend = Directory::set_status { participant: operator, status: Status::Suspended, reason: reason() };
        let regulators = [REGULATOR, REGULATOR_2];
        assert_eq!(enacted(decide(Body::Regulator, &regulators, suspend)), Some(Ok(())));
        next_block();
        let add = Directory::add_account { participant: operator, account: STRANGER.to_account_id(), rights: None };
        let hash = decide(Body::Regulator, &regulators, add.clone());
        let wait = <Runtime as pallet_participants::Config>::EstateDelay::get();
        let now = pallet_timestamp::Now::<Runtime>::get();
        pallet_timestamp::Now::<Runtime>::put(now + wait);
        send_ok(REGULATOR_3, Directory::enact { body: Body::Regulator, call: Box::new(add.into()) });
        assert_eq!(enacted(hash), Some(Ok(())));
        assert!(pallet_participants::Accounts::<Runtime>::contains_key(STRANGER.to_account_id()));
        // The block's time is that of its slot.
        pallet_timestamp::Now::<Runtime>::put(now);
    });
}

// Neither do they keep a participant from the way back after a theft of its own.
#[test]
fn chain_c2_two_operator_keys_should_not_pause_the_way_back_of_a_participant() {
    execute(|| {
        let proxy_type = configs::ProxyType::Any;
        send_ok(BUYER, pallet_proxy::Call::add_proxy { delegate: id(SELLER), proxy_type, delay: 0 });
        for pallet in RuntimeCall::get_module_names() {
            for call in RuntimeCall::get_call_names(pallet) {
                let paused = TxPause::pause(RuntimeOrigin::root(), name(pallet, call));
                assert_eq!(paused.is_err(), never_paused(pallet, call), "{pallet}::{call}");
            }
        }
        use pallet_participants::{Call as Directory, Error as Fault};
        let (stolen, fresh) = (BUYER_2.to_account_id(), STRANGER.to_account_id());
        send_ok(BUYER, pallet_proxy::Call::remove_proxy { delegate: id(SELLER), proxy_type, delay: 0 });
        send_ok(BUYER, pallet_proxy::Call::remove_proxies {});
        send_ok(BUYER, Directory::lower_rights { account: stolen.clone(), rights: Default::default() });
        let replace = Directory::request_replacement { old: stolen.clone(), new: fresh, rights: Default::default() };
        send_ok(BUYER, replace);
        // They fail for what they are asked, not for the pause.
        let recover = Directory::recover { account: stolen, asset: AssetId::WithId(EURO) };
        assert_eq!(outcome(BUYER, recover), Err(Fault::<Runtime>::NotReplaced.into()));
        let recover = Directory::recover_asset { asset: EURO };
        assert_eq!(outcome(ISSUER, recover), Err(Fault::<Runtime>::NothingToRecover.into()));
        for call in ["remove_proxy", "remove_proxies"] {
            assert!(never_paused("Proxy", call));
        }
        assert!(never_paused("Session", "set_keys"));
    });
}

#[test]
fn pause_should_hold_inside_wrappers() {
    execute(|| {
        assert_ok!(TxPause::pause(RuntimeOrigin::root(), name("Assets", "transfer")));
        let batch = pallet_utility::Call::batch_all { calls: vec![transfer(BUYER, 1)] };
        assert_eq!(outcome(SELLER, batch), Err(frame_system::Error::<Runtime>::CallFiltered.into()));
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

#[test]
fn pause_should_fail_when_the_signer_is_not_root() {
    execute(|| {
        for signer in [OPERATOR, REGULATOR, SELLER] {
            let pause = pallet_tx_pause::Call::pause { full_name: name("Assets", "transfer") };
            assert_eq!(refused(signer, pause), pallet_participants::GuardRefusal::Forbidden.into());
        }
    });
}

#[test]
fn what_finishes_should_go_on_inside_wrappers_when_everything_else_is_paused() {
    execute(|| {
        let mut signatories = [SELLER, ISSUER].map(|key| key.to_account_id());
        signatories.sort();
        let account = Multisig::multi_account_id(&signatories, 1);
        add_account(SELLER, SELLER_ID, account);
        for pallet in RuntimeCall::get_module_names() {
            for call in RuntimeCall::get_call_names(pallet) {
                let paused = TxPause::pause(RuntimeOrigin::root(), name(pallet, call));
                assert_eq!(paused.is_err(), never_paused(pallet, call), "{pallet}::{call}");
            }
        }
        let claim = || {
            let asset = AssetId::WithId(BOND);
            RuntimeCall::from(pallet_escrow::Call::claim {
                account: SELLER.to_account_id(),
                asset,
                to: SELLER.to_account_id(),
            })
        };
        // The only way in which an account that is a multisig can send anything, the operator's included.
        let as_multi = |call| pallet_multisig::Call::as_multi_threshold_1 {
            other_signatories: vec![ISSUER.to_account_id()],
            call: Box::new(call),
        };
        let batch = |call| pallet_utility::Call::batch_all { calls: vec![call] };
        let nothing = Err(pallet_escrow::Error::<Runtime>::NothingToClaim.into());
        assert_eq!(outcome(SELLER, as_multi(claim())), nothing);
        assert_eq!(outcome(SELLER, batch(claim())), nothing);
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        assert_eq!(outcome(SELLER, as_multi(transfer(BUYER, 1))), filtered);
        assert_eq!(outcome(SELLER, batch(transfer(BUYER, 1))), filtered);
    });
}

#[test]
fn a_pause_should_not_keep_the_regulator_from_its_work() {
    execute(|| {
        let set_status = name("Participants", "set_status");
        assert_noop!(TxPause::pause(RuntimeOrigin::root(), set_status), Error::<Runtime>::Unpausable);
    });
}

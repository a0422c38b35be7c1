//! Tests of every call of the runtime and what the guard does with it. A call that is in no list fails the test, so
//! that whoever adds one has to decide.

use super::world::*;
use crate::{
    guard::{
        filter::{is_completing, is_settlement, CallFilter},
        table::{row, Row, ROWS},
        wrappers::inside,
    },
    *,
};
use codec::{Decode, Encode};
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    traits::{Contains, GetCallMetadata},
};
use pallet_participants::{Access, CallClass};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{transaction_validity::InvalidTransaction, ApplyExtrinsicResult};
use std::collections::BTreeMap;
use tandem_primitives::Status;

/// Decision of the call filter about a call, by which the test groups the calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Verdict {
    /// Admits the call whatever its arguments: the pallet checks all there is to check.
    Pass,
    /// Admits the call depending on the account that it gives something to.
    Gives,
    /// Admits the call depending on the account that it takes something from, or does something to.
    Takes,
    /// Admits the call depending on the accounts that manage the asset.
    Owns,
    /// Admits the wrapper itself, and checks the calls inside it.
    Wraps,
    /// Refuses the wrapper for everybody, whatever is inside: it would sign for another account.
    Forges,
    /// Refuses the call for every sender.
    Refused,
}
use Verdict::*;

const CALLS: &[(&str, &[(Verdict, &[&str])])] = &[
    (
        "System",
        &[
            (Pass, &["remark", "remark_with_event", "set_heap_pages", "set_code"]),
            (Pass, &["authorize_upgrade", "apply_authorized_upgrade"]),
            (Refused, &["set_code_without_checks", "authorize_upgrade_without_checks"]),
            (Refused, &["set_storage", "kill_storage", "kill_prefix"]),
        ],
    ),
    ("Timestamp", &[(Pass, &["set"])]),
    (
        "Utility",
        &[
            (Wraps, &["batch", "batch_all", "force_batch", "if_else", "with_weight"]),
            (Wraps, &["as_derivative"]),
            (Forges, &["dispatch_as", "dispatch_as_fallible"]),
        ],
    ),
    (
        "Multisig",
        &[
            (Wraps, &["as_multi", "as_multi_threshold_1"]),
            (Pass, &["approve_as_multi", "cancel_as_multi", "poke_deposit"]),
        ],
    ),
    (
        "Proxy",
        &[
            (Wraps, &["proxy", "proxy_announced"]),
            (Pass, &["add_proxy", "remove_proxy", "remove_proxies", "create_pure", "kill_pure", "poke_deposit"]),
            (Pass, &["announce", "remove_announcement", "reject_announcement"]),
        ],
    ),
    ("Sudo", &[(Wraps, &["sudo", "sudo_unchecked_weight", "sudo_as"]), (Pass, &["set_key", "remove_key"])]),
    ("TxPause", &[(Pass, &["pause", "unpause"])]),
    (
        "Balances",
        &[
            (Gives, &["transfer_allow_death", "transfer_keep_alive", "transfer_all"]),
            (Gives, &["force_transfer", "force_set_balance"]),
            (Takes, &["force_unreserve"]),
            (Pass, &["burn"]),
            (Refused, &["force_adjust_total_issuance", "upgrade_accounts"]),
        ],
    ),
    (
        "Assets",
        &[
            (Gives, &["create", "transfer_ownership", "set_team", "mint", "approve_transfer", "transfer_approved"]),
            (Gives, &["transfer", "transfer_keep_alive", "transfer_all", "touch_other"]),
            (Owns, &["burn"]),
            (Takes, &["freeze", "thaw", "block", "refund_other", "cancel_approval"]),
            (Pass, &["start_destroy", "destroy_accounts", "destroy_approvals", "finish_destroy"]),
            (Pass, &["freeze_asset", "thaw_asset", "set_metadata", "clear_metadata", "touch", "refund"]),
            (Refused, &["force_create", "force_set_metadata", "force_clear_metadata", "force_asset_status"]),
            (Refused, &["force_cancel_approval", "set_min_balance", "set_reserves", "force_transfer"]),
        ],
    ),
    ("Validators", &[(Pass, &["add", "remove"])]),
    ("Session", &[(Pass, &["set_keys"]), (Refused, &["purge_keys"])]),
    ("Grandpa", &[(Pass, &["note_stalled"]), (Refused, &["report_equivocation", "report_equivocation_unsigned"])]),
    (
        "Participants",
        &[
            (Pass, &["register", "update", "set_status", "set_roles", "set_certificate"]),
            (Pass, &["add_account", "remove_account", "request_replacement", "replace_account", "recover"]),
            (Pass, &["appoint_agent", "dismiss_agent", "register_network", "update_network"]),
            (Pass, &["lower_rights", "request_rights", "remove_administrator"]),
            (Pass, &["approve_change", "apply_change", "veto_change"]),
            (Pass, &["register_service", "update_service", "remove_service", "list_asset", "update_asset"]),
            (
                Pass,
                &[
                    "propose",
                    "withdraw_proposal",
                    "set_enactment_delay",
                    "set_allowance",
                    "veto",
                    "transfer_estate",
                    "grant_licence",
                ],
            ),
            (Pass, &["use_licence", "recover_asset", "confirm_listing", "delist_asset"]),
            (Pass, &["claw_back", "burn_from", "destroy_asset"]),
            (Wraps, &["approve", "enact"]),
        ],
    ),
    ("Escrow", &[(Pass, &["claim"])]),
    (
        "Settlement",
        &[
            (Pass, &["instruct", "affirm", "set_party", "reserve", "release", "settle_part", "execute", "settle"]),
            (Pass, &["cancel", "reject", "expire", "set_flag", "clear_flag"]),
        ],
    ),
    (
        "Counterpart",
        &[
            (Pass, &["open_counterpart", "close_counterpart", "set_halted", "block_header", "unblock_header"]),
            (Pass, &["commit", "deliver_by_proof", "return_by_proof", "governed_release", "complete_release"]),
            (Pass, &["instruct_by_proof", "reserve_ahead", "reserve", "execute", "refuse", "expire"]),
            (Pass, &["forget_by_proof", "block_headers_until", "release"]),
        ],
    ),
    (
        "BridgeGrandpa",
        &[
            (Pass, &["initialize", "submit_finality_proof_ex", "force_set_pallet_state"]),
            (Refused, &["submit_finality_proof", "set_operating_mode", "set_owner"]),
        ],
    ),
    (
        "BridgeMessages",
        &[
            (Pass, &["set_operating_mode", "receive_messages_proof", "receive_messages_delivery_proof"]),
            (Refused, &["set_owner"]),
        ],
    ),
];

/// Calls of which no value can be decoded, because they carry a proof of a type without values.
const UNSENDABLE: &[(&str, &str)] = &[("Grandpa", "report_equivocation"), ("Grandpa", "report_equivocation_unsigned")];

fn verdicts() -> BTreeMap<(&'static str, &'static str), Verdict> {
    let mut verdicts = BTreeMap::new();
    for (pallet, groups) in CALLS {
        for (verdict, names) in *groups {
            for name in *names {
                assert_eq!(verdicts.insert((*pallet, *name), *verdict), None, "{pallet}::{name} is listed twice");
            }
        }
    }
    verdicts
}

fn names() -> Vec<(&'static str, &'static str)> {
    let calls = |pallet: &'static str| RuntimeCall::get_call_names(pallet).iter().map(move |call| (pallet, *call));
    RuntimeCall::get_module_names().iter().flat_map(|pallet| calls(pallet)).collect()
}

fn name(call: &RuntimeCall) -> (&'static str, &'static str) {
    let name = call.get_call_metadata();
    (name.pallet_name, name.function_name)
}

/// Test helper: one value of every call, made of zeros, which stand for empty lists, the account of zeros, and a remark
/// as inner call.
///
/// The first byte after the two indices is 0, and where that is no value (a version, an enum that begins with 1) it is
/// 1.
pub fn samples() -> Vec<RuntimeCall> {
    let mut found = BTreeMap::new();
    for pallet in 0..=u8::MAX {
        for call in 0..=u8::MAX {
            for first in [0, 1] {
                let mut bytes = vec![pallet, call, first];
                bytes.resize(4_096, 0);
                if let Ok(call) = RuntimeCall::decode(&mut bytes.as_slice()) {
                    found.entry(name(&call)).or_insert(call);
                }
            }
        }
    }
    found.into_values().collect()
}

#[test]
fn every_call_should_be_listed() {
    let listed: Vec<_> = verdicts().into_keys().collect();
    let mut names = names();
    names.sort();
    assert_eq!(names, listed);
}

#[test]
fn samples_should_cover_every_call_that_can_be_sent() {
    let mut sampled: Vec<_> = samples().iter().map(name).chain(UNSENDABLE.iter().copied()).collect();
    sampled.sort();
    let mut names = names();
    names.sort();
    assert_eq!(sampled, names);
}

#[test]
fn the_filter_should_do_what_is_listed() {
    execute(|| {
        let verdicts = verdicts();
        for call in samples() {
            // The accounts in the samples are all zeros, and belong to nobody.
            let (admitted, wraps) = match verdicts[&name(&call)] {
                Pass | Takes => (true, false),
                Wraps => (true, true),
                Forges => (false, true),
                Gives | Owns | Refused => (false, false),
            };
            // The list of an empty batch has nothing inside.
            let empty = matches!(name(&call), ("Utility", "batch" | "batch_all" | "force_batch"));
            assert_eq!(CallFilter::contains(&call), admitted, "{call:?}");
            assert_eq!(!inside(&call).is_empty(), wraps && !empty, "{call:?}");
        }
    });
}

/// Test helper: row of the table of calls for the pallet and call with these names.
fn listed(name: (&str, &str)) -> Row {
    ROWS.iter().find(|(pallet, call, _)| (*pallet, *call) == name).expect("listed").2
}

#[test]
fn the_table_should_have_one_row_for_every_call() {
    let mut rows: Vec<_> = ROWS.iter().map(|(pallet, call, _)| (*pallet, *call)).collect();
    rows.sort();
    let mut names = names();
    names.sort();
    assert_eq!(rows, names);
    for call in samples() {
        let by_name = listed(name(&call));
        let by_value = row(&call);
        // An act of dual control is of the role that it names.
        assert_eq!(Row { role: by_value.role, ..by_name }, by_value, "{call:?}");
    }
}

#[test]
fn filter_proxies_pauses_and_priority_should_follow_the_table() {
    let verdicts = verdicts();
    for call in samples() {
        let (row, name) = (row(&call), name(&call));
        let completes = matches!(row.class, CallClass::Finishing | CallClass::Proof);
        let settles = ["Settlement", "Escrow", "Counterpart"].contains(&name.0);
        let carries = row.class == CallClass::Proof;
        assert!(!carries || settles || ["BridgeGrandpa", "BridgeMessages"].contains(&name.0), "{name:?}");
        assert_eq!(is_completing(&call), carries || completes && settles, "{name:?}");
        // A proxy for settlement may do whatever one for completing may.
        let governs = matches!(row.class, CallClass::Governing | CallClass::Chain);
        assert_eq!(is_settlement(&call), carries || settles && !governs, "{name:?}");
        assert_eq!(row.refused, matches!(verdicts[&name], Refused | Forges), "{name:?}");
        // A pause would stop what completes something, and in a wrapper too.
        assert!(row.never_paused || !completes && verdicts[&name] != Wraps, "{name:?} can be paused");
        // What is kept for those who govern is for them alone, and all of it for them.
        let operational = call.get_dispatch_info().class == DispatchClass::Operational;
        let wraps = verdicts[&name] == Wraps && row.class == CallClass::Ordinary;
        if row.class == CallClass::Governing {
            assert!(operational, "{name:?} is not operational");
        } else if operational && !wraps {
            assert_eq!(row.class, CallClass::Chain, "{name:?} is operational");
        }
    }
}

#[test]
fn indices_should_never_change() {
    let index = |pallet: &str| {
        samples().iter().find(|call| name(call).0 == pallet).map(|call| call.using_encoded(|bytes| bytes[0]))
    };
    for (pallet, expected) in [
        ("System", 0),
        ("Timestamp", 1),
        ("Utility", 2),
        ("Multisig", 3),
        ("Proxy", 4),
        ("Sudo", 5),
        ("TxPause", 6),
        ("Balances", 10),
        ("Assets", 11),
        ("Validators", 20),
        ("Session", 21),
        ("Grandpa", 23),
        ("Participants", 30),
        ("Escrow", 31),
        ("Settlement", 32),
        ("Counterpart", 34),
        ("BridgeGrandpa", 40),
        ("BridgeMessages", 41),
    ] {
        assert_eq!(index(pallet), Some(expected), "{pallet}");
    }
}

/// Test helper: three ways to send a call for `party`, each with its signer: directly, in a batch in a proxy in a
/// multisig, and by `sudo_as`.
fn ways(party: Sr25519Keyring, call: &RuntimeCall) -> [(Sr25519Keyring, RuntimeCall); 3] {
    let batch = || Box::new(RuntimeCall::from(pallet_utility::Call::batch_all { calls: vec![call.clone()] }));
    let proxy = pallet_proxy::Call::proxy { real: id(party), force_proxy_type: None, call: batch() };
    let multisig = pallet_multisig::Call::as_multi_threshold_1 {
        other_signatories: vec![ISSUER.to_account_id()],
        call: Box::new(proxy.into()),
    };
    let sudo_as = pallet_sudo::Call::sudo_as { who: id(party), call: batch() };
    [(party, call.clone()), (BUYER, multisig.into()), (OPERATOR, sudo_as.into())]
}

/// Test helper: makes the multisig of [`ways`] an account of the buyer, so that only the party's own standing counts.
fn register_the_multisig() {
    let mut signatories = [BUYER, ISSUER].map(|key| key.to_account_id());
    signatories.sort();
    let account = Multisig::multi_account_id(&signatories, 1);
    add_account(BUYER, BUYER_ID, account);
}

#[test]
fn every_call_should_be_refused_for_whom_is_not_active_in_every_wrapper() {
    // The sample of a proof shows nothing new: it passes the guard and is refused as that.
    let obsolete = |call: &RuntimeCall, sent: &ApplyExtrinsicResult| {
        let refusals = [InvalidTransaction::Call, InvalidTransaction::Stale].map(|refusal| Err(refusal.into()));
        row(call).class == CallClass::Proof && refusals.contains(sent)
    };
    for status in [Status::Suspended, Status::Revoked, Status::Sanctioned] {
        execute(|| {
            register_the_multisig();
            set_status(SELLER_ID, status);
            for call in samples() {
                let admitted = match row(&call).access {
                    Access::Veto => status != Status::Revoked,
                    Access::Claim => status != Status::Sanctioned,
                    Access::Finish => status == Status::Suspended,
                    Access::Start | Access::Chain => false,
                };
                for (signer, sent) in ways(SELLER, &call) {
                    // A veto is sent by an operator or a regulator, suspended or sanctioned too, and the seller is
                    // neither.
                    let admitted = admitted && (row(&call).class != CallClass::Governing || signer == OPERATOR);
                    let sent = send(signer, sent);
                    // One account of the operator has only a share of a block.
                    pallet_participants::Quota::<Runtime>::remove(tandem_primitives::ParticipantId(0));
                    let passed = sent.is_ok() || obsolete(&call, &sent);
                    assert_eq!(passed, admitted, "{status:?} {signer:?} {:?}", name(&call));
                }
            }
            assert_eq!(balance(BOND, SELLER), 1_000);
        });
    }
}

#[test]
fn every_call_should_be_refused_for_a_stranger_in_every_wrapper() {
    execute(|| {
        register_the_multisig();
        frame_system::Pallet::<Runtime>::inc_providers(&STRANGER.to_account_id());
        for call in samples() {
            for (signer, sent) in ways(STRANGER, &call) {
                assert!(send(signer, sent).is_err(), "{signer:?} {:?}", name(&call));
            }
        }
    });
}

#[test]
fn what_the_filter_refuses_should_be_refused_in_every_wrapper() {
    execute(|| {
        let verdicts = verdicts();
        for call in samples().into_iter().filter(|call| matches!(verdicts[&name(call)], Gives | Forges | Refused)) {
            for (_, sent) in ways(SELLER, &call) {
                assert!(!CallFilter::contains(&sent), "{:?}", name(&call));
            }
            // What root would send, by `Sudo` or under dual control.
            let body = tandem_primitives::Body::Operator;
            let boxed = || Box::new(call.clone());
            for sent in [
                RuntimeCall::from(pallet_sudo::Call::sudo { call: boxed() }),
                pallet_participants::Call::approve { body, call: boxed() }.into(),
                pallet_participants::Call::enact { body, call: boxed() }.into(),
            ] {
                assert!(!CallFilter::contains(&sent), "{:?}", name(&call));
            }
        }
    });
}

// Issuing, validating and governing are nobody's by being a participant.
#[test]
fn what_needs_a_right_should_fail_for_who_has_none_in_every_wrapper() {
    execute(|| {
        let validator = || SELLER.to_account_id();
        let asset = || AssetId::WithId(BOND);
        let call = |call: pallet_participants::Call<Runtime>| RuntimeCall::from(call);
        use pallet_participants::Call as P;
        for call in [
            call(P::set_status { participant: SELLER_ID, status: Status::Suspended, reason: reason() }),
            call(P::add_account { participant: SELLER_ID, account: STRANGER.to_account_id(), rights: None }),
            call(P::lower_rights { account: SELLER.to_account_id(), rights: Default::default() }),
            call(P::remove_administrator { account: SELLER.to_account_id() }),
            call(P::replace_account {
                old: SELLER.to_account_id(),
                new: STRANGER.to_account_id(),
                rights: Default::default(),
            }),
            call(P::recover { account: SELLER.to_account_id(), asset: asset() }),
            call(P::set_enactment_delay { delay: 1 }),
            pallet_validators::Call::add { validator: validator() }.into(),
            pallet_validators::Call::remove { validator: OPERATOR.to_account_id() }.into(),
            pallet_assets::Call::mint { id: BOND.into(), beneficiary: id(BUYER), amount: 1 }.into(),
            pallet_assets::Call::start_destroy { id: BOND.into() }.into(),
        ] {
            let batch = pallet_utility::Call::batch_all { calls: vec![call.clone()] };
            let sudo_as = pallet_sudo::Call::sudo_as { who: id(BUYER), call: Box::new(call.clone()) };
            assert_ne!(send(BUYER, call.clone()), Ok(Ok(())), "{call:?}");
            assert_ne!(send(BUYER, batch), Ok(Ok(())), "{call:?}");
            // The guard refuses what is for issuers; of the rest Sudo reports in an event how the call ended.
            if send(OPERATOR, sudo_as).is_ok() {
                assert_ne!(row(&call).class, CallClass::Issuing);
                let failed = System::events().into_iter().any(|record| {
                    matches!(record.event, RuntimeEvent::Sudo(pallet_sudo::Event::SudoAsDone { sudo_result: Err(_) }))
                });
                assert!(failed, "{call:?}");
            }
            System::reset_events();
        }
    });
}

//! Every call of the runtime, with what the guard does with it: a call that is in no list fails the test, so that
//! nobody adds one without thinking about it.

use super::world::*;
use crate::{
    guard::{
        filter::{is_finishing, is_settlement, CallFilter},
        pause::NEVER_PAUSED,
        wrappers::inside,
    },
    *,
};
use codec::{Decode, Encode};
use frame_support::traits::{Contains, GetCallMetadata};
use std::collections::BTreeMap;

/// What the filter does with a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Verdict {
    /// Lets it pass: the pallet checks all there is to check.
    Pass,
    /// Looks at the account it gives something to.
    Gives,
    /// Looks at the account it takes something from, or does something to.
    Takes,
    /// Lets it pass by itself and looks at what is inside.
    Wraps,
    /// Lets nobody send it.
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
            (Wraps, &["as_derivative", "dispatch_as", "dispatch_as_fallible"]),
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
            (Gives, &["transfer", "transfer_keep_alive", "transfer_all", "force_transfer"]),
            (Takes, &["burn", "freeze", "thaw", "block", "touch_other", "refund_other", "cancel_approval"]),
            (Pass, &["start_destroy", "destroy_accounts", "destroy_approvals", "finish_destroy"]),
            (Pass, &["freeze_asset", "thaw_asset", "set_metadata", "clear_metadata", "touch", "refund"]),
            (Refused, &["force_create", "force_set_metadata", "force_clear_metadata", "force_asset_status"]),
            (Refused, &["force_cancel_approval", "set_min_balance", "set_reserves"]),
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
            (Pass, &["register_service", "update_service", "remove_service", "list_asset", "update_asset"]),
            (Pass, &["propose", "withdraw_proposal", "set_enactment_delay"]),
            (Wraps, &["approve", "enact"]),
        ],
    ),
    ("Escrow", &[(Pass, &["claim"])]),
    (
        "Settlement",
        &[
            (Pass, &["instruct", "affirm", "set_party", "reserve", "release", "settle_part", "execute", "settle"]),
            (Pass, &["settle_many", "cancel", "reject", "expire", "set_flag", "clear_flag"]),
        ],
    ),
];

/// What a suspended participant may still send: it has an allowance of its own and goes first.
const FINISHING: &[(&str, &[&str])] = &[
    ("Escrow", &["claim"]),
    ("Settlement", &["execute", "settle", "settle_many", "settle_part", "expire", "release", "cancel"]),
];

/// Nothing can be decoded to these: they carry a proof of a type without values.
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

/// One value of every call: zeros, which stand for empty lists, the account of zeros, and a remark as inner call.
///
/// The first byte after the two indices is 0, and where that is no value (a version, an enum that begins with 1) it is
/// 1.
fn samples() -> Vec<RuntimeCall> {
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
                Gives | Refused => (false, false),
            };
            // The list of an empty batch has nothing inside.
            let empty = matches!(name(&call), ("Utility", "batch" | "batch_all" | "force_batch"));
            assert_eq!(CallFilter::contains(&call), admitted, "{call:?}");
            assert_eq!(!inside(&call).is_empty(), wraps && !empty, "{call:?}");
        }
    });
}

#[test]
fn finishing_calls_should_be_those_that_are_listed() {
    let listed: Vec<_> =
        FINISHING.iter().flat_map(|(pallet, calls)| calls.iter().map(|call| (*pallet, *call))).collect();
    for call in samples() {
        assert_eq!(is_finishing(&call), listed.contains(&name(&call)), "{call:?}");
        assert_eq!(is_settlement(&call), ["Settlement", "Escrow"].contains(&name(&call).0), "{call:?}");
    }
    for name in listed {
        assert!(NEVER_PAUSED.contains(&name), "{name:?} can be paused");
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
    ] {
        assert_eq!(index(pallet), Some(expected), "{pallet}");
    }
}

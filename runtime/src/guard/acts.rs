//! Table of the kind of act that each call is: it decides which calls only stop something and take effect at once, and
//! which wait.
//!
//! `pallet_participants::decisions::Plan` says which body decides a kind and after which delay;
//! `docs/operators-guide.md` tells operators who may do what.

use crate::{Participants, Runtime, RuntimeCall};
use pallet_participants::{Act, ClassifyAct};
use polkadot_sdk::*;
use tandem_primitives::{AccountId, Directory, ParticipantId, Role, Roles};

/// Maximum depth of nested batches whose calls are classified; the call filter admits none deeper.
const MAX_DEPTH: u32 = super::MAX_DEPTH;

/// Maximum number of calls in a batch that are classified; a larger batch counts as [`Act::Root`].
const MAX_CALLS: u32 = 64;

/// Classifier of acts, for `pallet_participants::Config::Acts`.
pub struct Acts;

impl ClassifyAct<RuntimeCall> for Acts {
    fn act(call: &RuntimeCall) -> Act {
        if looks_at(call, 0) > MAX_CALLS.saturating_add(1) {
            return Act::Root;
        }
        act(call, 0)
    }

    fn looks_at(call: &RuntimeCall) -> u32 {
        looks_at(call, 0).min(MAX_CALLS.saturating_add(1))
    }
}

/// Number of calls in a batch, with the calls of batches inside it and the batch itself; 1 for any other call.
fn looks_at(call: &RuntimeCall, depth: u32) -> u32 {
    use pallet_utility::Call::{batch, batch_all, force_batch};
    match call {
        RuntimeCall::Utility(batch { calls } | batch_all { calls } | force_batch { calls }) if depth < MAX_DEPTH => {
            calls.iter().fold(1, |sum: u32, call| sum.saturating_add(looks_at(call, depth.saturating_add(1))))
        }
        _ => 1,
    }
}

/// Kind of act that the call is; `depth` is the number of batches around it.
// No wildcard over pallets, nor over the calls of one that has a call of another kind than `Root`.
fn act(call: &RuntimeCall, depth: u32) -> Act {
    match call {
        RuntimeCall::TxPause(call) => tx_pause(call),
        RuntimeCall::Validators(call) => validators(call),
        RuntimeCall::Counterpart(call) => counterpart(call),
        RuntimeCall::Participants(call) => participants(call),
        RuntimeCall::Utility(call) => utility(call, depth),
        RuntimeCall::System(_)
        | RuntimeCall::Timestamp(_)
        | RuntimeCall::Multisig(_)
        | RuntimeCall::Proxy(_)
        | RuntimeCall::Sudo(_)
        | RuntimeCall::Balances(_)
        | RuntimeCall::Assets(_)
        | RuntimeCall::Session(_)
        | RuntimeCall::Grandpa(_)
        | RuntimeCall::Escrow(_)
        | RuntimeCall::Settlement(_)
        | RuntimeCall::BridgeGrandpa(_)
        | RuntimeCall::BridgeMessages(_) => Act::Root,
    }
}

fn tx_pause(call: &pallet_tx_pause::Call<Runtime>) -> Act {
    use pallet_tx_pause::Call::*;
    match call {
        pause { .. } => Act::Stop,
        unpause { .. } => Act::Undo,
        __Ignore(..) => Act::Root,
    }
}

fn validators(call: &pallet_validators::Call<Runtime>) -> Act {
    use pallet_validators::Call::*;
    match call {
        remove { .. } => Act::Stop,
        add { .. } | __Ignore(..) => Act::Root,
    }
}

fn counterpart(call: &pallet_counterpart::Call<Runtime>) -> Act {
    use pallet_counterpart::Call::*;
    match call {
        close_counterpart { .. } | block_header { .. } => Act::Stop,
        set_halted { halted: true } => Act::Stop,
        set_halted { halted: false } => Act::Undo,
        block_headers_until { number } if pallet_counterpart::Pallet::<Runtime>::narrows(number) => Act::Stop,
        // What lets more headers prove something waits, so that everybody sees it coming.
        block_headers_until { .. }
        | unblock_header { .. }
        | open_counterpart { .. }
        | governed_release { .. }
        | commit { .. }
        | deliver_by_proof { .. }
        | return_by_proof { .. }
        | complete_release { .. }
        | instruct_by_proof { .. }
        | reserve { .. }
        | reserve_ahead { .. }
        | release { .. }
        | execute { .. }
        | refuse { .. }
        | expire { .. }
        | forget_by_proof { .. }
        | __Ignore(..) => Act::Root,
    }
}

fn participants(call: &pallet_participants::Call<Runtime>) -> Act {
    use pallet_participants::Call::*;
    match call {
        set_status { .. } => Act::Status,
        register { lei, .. } if Participants::is_lei_of_revoked(lei) => Act::Governors,
        register { roles, .. } => of_governors(roles.iter().copied().collect(), Act::Governors),
        set_roles { participant, roles } => {
            let old = roles_of(*participant);
            let touches = old.iter().chain(roles.iter().copied()).collect();
            of_governors(touches, Act::Governors)
        }
        add_account { participant, .. } => of_governors(roles_of(*participant), Act::Governors),
        replace_account { old, .. } => of_governors(roles_of_owner(old), Act::Governors),
        request_rights { .. } | remove_administrator { .. } | veto_change { .. } => Act::Governors,
        remove_account { account, .. } => of_governors(roles_of_owner(account), Act::Stop),
        transfer_estate { .. } | grant_licence { .. } => Act::Estate,
        claw_back { asset, .. } | burn_from { asset, .. } | destroy_asset { asset, .. } => Act::ClawBack(*asset),
        // Less of a quota stops a participant; more of one starts something, and less for who governs stops the others.
        set_allowance { participant, allowance } => match Participants::only_stops(*participant, allowance) {
            true => Act::Stop,
            false => Act::Root,
        },
        update { .. }
        | request_replacement { .. }
        | lower_rights { .. }
        | approve_change { .. }
        | apply_change { .. }
        | recover { .. }
        | set_certificate { .. }
        | appoint_agent { .. }
        | dismiss_agent { .. }
        | register_network { .. }
        | update_network { .. }
        | register_service { .. }
        | update_service { .. }
        | remove_service { .. }
        | list_asset { .. }
        | update_asset { .. }
        | propose { .. }
        | approve { .. }
        | enact { .. }
        | withdraw_proposal { .. }
        | set_enactment_delay { .. }
        | veto { .. }
        | use_licence { .. }
        | recover_asset { .. }
        | confirm_listing { .. }
        | delist_asset { .. }
        | __Ignore(..) => Act::Root,
    }
}

/// Kind of a batch: that of its calls if all have the same one, otherwise [`Act::Root`].
fn utility(call: &pallet_utility::Call<Runtime>, depth: u32) -> Act {
    use pallet_utility::Call::*;
    match call {
        batch { calls } | batch_all { calls } | force_batch { calls } if depth < MAX_DEPTH => {
            let mut acts = calls.iter().map(|call| act(call, depth.saturating_add(1)));
            match acts.next() {
                Some(first) if acts.all(|other| other == first) => first,
                Some(_) | None => Act::Root,
            }
        }
        batch { .. }
        | batch_all { .. }
        | force_batch { .. }
        | as_derivative { .. }
        | dispatch_as { .. }
        | dispatch_as_fallible { .. }
        | with_weight { .. }
        | if_else { .. }
        | __Ignore(..) => Act::Root,
    }
}

fn of_governors(roles: Roles, kind: Act) -> Act {
    if roles.has(Role::Operator) || roles.has(Role::Regulator) {
        kind
    } else {
        Act::Root
    }
}

fn roles_of(participant: ParticipantId) -> Roles {
    pallet_participants::Participants::<Runtime>::get(participant).map(|record| record.roles).unwrap_or_default()
}

fn roles_of_owner(account: &AccountId) -> Roles {
    Participants::standing(account).map(|standing| standing.roles).unwrap_or_default()
}

//! Call filter: refuses what no transaction may do, whoever sends it and however it is wrapped.
//!
//! The filter sees calls and never origins. It looks into wrappers itself, because calls that `Sudo` and dual control
//! send as root are not filtered again.
//!
//! | refused | why |
//! |---|---|
//! | whatever names the escrow account as the one to take from, give to, freeze or act for | nobody reaches into escrow |
//! | a transfer, an entry in an asset, or a role on one, to an account of no active or suspended participant | it could not be moved again, and nothing moves to a sanctioned one |
//! | `Utility`: `dispatch_as`, `dispatch_as_fallible` | whoever may send them would sign for anybody, and the victim would stand in the events |
//! | `Assets`: `set_min_balance`, the `force_*` calls, `set_reserves`, `refund` with `allow_burn` | dust; origins that nobody has; reserves of other chains; a burn in disguise |
//! | `Assets`: `force_transfer`, `burn` from another than its admin, `start_destroy` while others than its owner hold it | taking an asset from its holders is decided by its issuer and the regulator together |
//! | `Assets`: `transfer_ownership`, `set_team` to an account of another participant than the asset's owner | one key of an issuer would give an asset away for good |
//! | `Balances`: `force_adjust_total_issuance`, `upgrade_accounts` | the supply is the sum of balances; no old accounts exist |
//! | `System`: `set_storage`, `kill_storage`, `kill_prefix`, `*_without_checks` | state changes by code that was reviewed, never by a pen |
//! | `Session`: `purge_keys` | a validator that drops its keys leaves the set and nobody was asked: fewer than `MinValidators` could be left |
//! | `Sudo`, on a chain without its key | root could give one away, and whoever has it is root alone and at once |
//! | `Grandpa`: `report_equivocation*` | no offence is punished on the chain: the operator removes the validator |
//! | `BridgeGrandpa`, `BridgeMessages`: `set_owner` | whoever has that key could do alone and at once what root may do to the light client and the lane |
//! | `BridgeGrandpa`: `set_operating_mode` | `Counterpart.set_halted` does the same, and voids the releases that wait for the counterpart's silence |
//! | `BridgeGrandpa`: `submit_finality_proof` | `submit_finality_proof_ex` does the same and says by which validator set |

use super::{
    table,
    wrappers::{inside, SentFor, MAX_DEPTH},
};
use crate::{AccountId, Address, Escrow, Participants, Runtime, RuntimeCall};
use bp_runtime::BasicOperatingMode;
use pallet_participants::CallClass;
use polkadot_sdk::{frame_support::traits::Contains, sp_runtime::MultiAddress, *};
use tandem_primitives::{Directory, Status};

/// Filter of every call of the runtime, for `frame_system::Config::BaseCallFilter`, which also has `TxPause`.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
    fn contains(call: &RuntimeCall) -> bool {
        admits(call, 0)
    }
}

/// True for a call that a proxy of type `Settlement` may send: one of `Settlement`, `Escrow` or `Counterpart` that
/// does not govern, or a proof for the light client or the lane of messages.
pub fn is_settlement(call: &RuntimeCall) -> bool {
    let governs = matches!(table::row(call).class, CallClass::Governing | CallClass::Chain);
    settles(call) && !governs || is_completing(call)
}

/// True for a call that a proxy of type `Finishing` may send: one of `Settlement`, `Escrow` or `Counterpart` that
/// completes what exists, or a proof. No call of `Participants` is one of them: those concern who has the keys, and a
/// proxy for trades is not asked about that.
pub fn is_completing(call: &RuntimeCall) -> bool {
    let completes = matches!(table::row(call).class, CallClass::Finishing | CallClass::Proof);
    let carries = matches!(call, RuntimeCall::BridgeGrandpa(_) | RuntimeCall::BridgeMessages(_));
    completes && (settles(call) || carries)
}

fn settles(call: &RuntimeCall) -> bool {
    matches!(call, RuntimeCall::Settlement(_) | RuntimeCall::Escrow(_) | RuntimeCall::Counterpart(_))
}

fn admits(call: &RuntimeCall, depth: u32) -> bool {
    depth <= MAX_DEPTH
        && admits_alone(call)
        && inside(call).into_iter().all(|(sent_for, call)| {
            let account = match sent_for {
                SentFor::AnyOrigin | SentFor::Unknown => return false,
                SentFor::Account(account) => Some(account),
                SentFor::Sender | SentFor::Multisig { .. } | SentFor::Derivative(_) | SentFor::Chain => None,
            };
            account != Some(Escrow::account_id()) && admits(call, depth.saturating_add(1))
        })
}

/// True if the address names an account other than escrow's.
fn is_open(address: &Address) -> bool {
    match address {
        MultiAddress::Id(account) => *account != Escrow::account_id(),
        // `AccountIdLookup` knows no other form: the call would fail anyway.
        MultiAddress::Index(_) | MultiAddress::Raw(_) | MultiAddress::Address32(_) | MultiAddress::Address20(_) => {
            false
        }
    }
}

/// True if the address names an account of an active or suspended participant, so that something may be given to it.
fn may_receive(address: &Address) -> bool {
    match address {
        MultiAddress::Id(account) => may_own(account),
        MultiAddress::Index(_) | MultiAddress::Raw(_) | MultiAddress::Address32(_) | MultiAddress::Address20(_) => {
            false
        }
    }
}

/// True if the address names the asset's admin, as `pallet-assets` has it.
fn is_admin(asset: u32, address: &Address) -> bool {
    let details = pallet_assets::Asset::<Runtime>::get(asset);
    details.is_some_and(|details| MultiAddress::Id(details.admin) == *address)
}

/// True if the address names an account of the participant whose account owns the asset.
fn is_of_owner(asset: u32, address: &Address) -> bool {
    let MultiAddress::Id(account) = address else { return false };
    let participant = |account: &AccountId| Participants::standing(account).map(|standing| standing.participant);
    let owner = pallet_assets::Asset::<Runtime>::get(asset).and_then(|details| participant(&details.owner));
    owner.is_some() && owner == participant(account)
}

fn may_own(account: &AccountId) -> bool {
    Participants::standing(account).is_some_and(|standing| match standing.status {
        Status::Active | Status::Suspended => true,
        Status::Sanctioned | Status::Revoked => false,
    })
}

/// True if the filter admits the call itself, by its row in the table and the accounts that it names. Calls inside it
/// are not looked at.
fn admits_alone(call: &RuntimeCall) -> bool {
    if table::row(call).refused {
        return false;
    }
    match call {
        RuntimeCall::Balances(call) => balances(call),
        RuntimeCall::Assets(call) => assets(call),
        // A client that begins halted could never go on: nobody sets its mode, see `Counterpart::set_halted`.
        RuntimeCall::BridgeGrandpa(pallet_bridge_grandpa::Call::initialize { init_data }) => {
            init_data.operating_mode == BasicOperatingMode::Normal
        }
        // No call of it makes a key where there is none: genesis does, or nobody.
        RuntimeCall::Sudo(_) => pallet_sudo::Key::<Runtime>::exists(),
        // They name no account to which something is given, or from which something is taken.
        _ => true,
    }
}

/// Number of reads to learn whose account an address names, and the owner's status.
const ACCOUNT: u64 = 2;

/// Number of reads to learn whether an address is of the participant that owns an asset: the asset and both accounts.
const OF_OWNER: u64 = 1 + 2 * ACCOUNT;

/// Number of reads, at most, with which the filter looks at the accounts and assets that the call itself names. Calls
/// inside it are not counted.
pub fn reads(call: &RuntimeCall) -> u64 {
    use pallet_assets::Call as Assets;
    match call {
        RuntimeCall::Balances(_) => ACCOUNT,
        RuntimeCall::Assets(Assets::set_team { .. }) => 3 * (ACCOUNT + OF_OWNER),
        RuntimeCall::Assets(Assets::transfer_ownership { .. }) => ACCOUNT + OF_OWNER,
        // The owner's entry and the asset.
        RuntimeCall::Assets(Assets::start_destroy { .. }) => 3,
        RuntimeCall::Assets(_) => ACCOUNT,
        RuntimeCall::Sudo(_) => 1,
        _ => 0,
    }
}

fn balances(call: &pallet_balances::Call<Runtime>) -> bool {
    use pallet_balances::Call::*;
    match call {
        transfer_allow_death { dest, .. } | transfer_keep_alive { dest, .. } | transfer_all { dest, .. } => {
            may_receive(dest)
        }
        force_transfer { source, dest, .. } => is_open(source) && may_receive(dest),
        force_set_balance { who, .. } => may_receive(who),
        force_unreserve { who, .. } => is_open(who),
        burn { .. } => true,
        force_adjust_total_issuance { .. } | upgrade_accounts { .. } | __Ignore(..) => false,
    }
}

fn assets(call: &pallet_assets::Call<Runtime>) -> bool {
    use pallet_assets::Call::*;
    match call {
        transfer { target, .. } | transfer_keep_alive { target, .. } => may_receive(target),
        transfer_all { dest, .. } => may_receive(dest),
        mint { beneficiary, .. } => may_receive(beneficiary),
        transfer_approved { owner, destination, .. } => is_open(owner) && may_receive(destination),
        approve_transfer { delegate, .. } => may_receive(delegate),
        // An entry for an account of nobody could never be closed.
        touch_other { who, .. } => may_receive(who),
        create { admin, .. } => may_receive(admin),
        // One key of an issuer gives its asset to no other participant.
        transfer_ownership { id, owner } => may_receive(owner) && is_of_owner(id.0, owner),
        set_team { id, issuer, admin, freezer } => {
            [issuer, admin, freezer].into_iter().all(|account| may_receive(account) && is_of_owner(id.0, account))
        }
        // The issuer redeems what it has itself.
        burn { id, who, .. } => is_admin(id.0, who),
        freeze { who, .. } | thaw { who, .. } | block { who, .. } | refund_other { who, .. } => is_open(who),
        cancel_approval { delegate, .. } => is_open(delegate),
        refund { allow_burn, .. } => !allow_burn,
        start_destroy { id } => Participants::is_held_by_owner_only(id.0),
        destroy_accounts { .. }
        | destroy_approvals { .. }
        | finish_destroy { .. }
        | freeze_asset { .. }
        | thaw_asset { .. }
        | set_metadata { .. }
        | clear_metadata { .. }
        | touch { .. } => true,
        // What takes an asset from others is for its issuer and the regulator together: `Participants::claw_back`.
        force_transfer { .. }
        | set_min_balance { .. }
        | set_reserves { .. }
        | force_create { .. }
        | force_set_metadata { .. }
        | force_clear_metadata { .. }
        | force_asset_status { .. }
        | force_cancel_approval { .. }
        | __Ignore(..) => false,
    }
}

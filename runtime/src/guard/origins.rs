//! For whom a transaction really acts: the first layer of the guard asks, before a transaction enters a block.

use super::{
    filter,
    wrappers::{inside, SentFor, MAX_DEPTH},
};
use crate::{AccountId, Escrow, Multisig, Runtime, RuntimeCall};
use alloc::vec::Vec;
use pallet_participants::{CallClass, ClassifyCall, Effective, GuardRefusal};
use polkadot_sdk::*;

/// Computes the effective origin of every call that a transaction contains.
pub struct Classifier;

impl ClassifyCall<RuntimeCall> for Classifier {
    fn effective(signer: &AccountId, call: &RuntimeCall) -> Result<Vec<Effective>, GuardRefusal> {
        let mut found = Vec::new();
        walk(signer, &Sender::Account(signer.clone()), call, 0, &mut found)?;
        Ok(found)
    }

    fn origins(call: &RuntimeCall) -> u32 {
        changes_of_origin(call, 0).saturating_add(1)
    }
}

/// Who sends a call.
#[derive(Clone)]
enum Sender {
    Account(AccountId),
    /// No account: what it may do is checked where it got that right.
    Chain,
}

fn walk(
    signer: &AccountId,
    sender: &Sender,
    call: &RuntimeCall,
    depth: u32,
    found: &mut Vec<Effective>,
) -> Result<(), GuardRefusal> {
    if depth > MAX_DEPTH {
        return Err(GuardRefusal::TooDeep);
    }
    // Without a key `Sudo` serves nobody: the filter refuses it too.
    if matches!(call, RuntimeCall::Sudo(_)) && !pallet_sudo::Key::<Runtime>::exists() {
        return Err(GuardRefusal::Forbidden);
    }
    let calls = inside(call);
    // A wrapper acts for its sender if it contains nothing, and if what it contains is sent for the chain: it is the
    // sender that must have the right to that.
    let speaks_for_sender = calls.is_empty() || calls.iter().any(|(sent_for, _)| *sent_for == SentFor::Chain);
    if let (true, Sender::Account(account)) = (speaks_for_sender, sender) {
        found.push(Effective { account: account.clone(), class: class(account, call) });
    }
    let outside = found.len();
    let mut passes_on = false;
    for (sent_for, call) in calls {
        passes_on |= changes_origin(&sent_for);
        let sender = inner_sender(sender, sent_for)?;
        walk(signer, &sender, call, depth.saturating_add(1), found)?;
    }
    // An account between two wrappers, such as a multisig that is a proxy, acts too, although nothing is its own. The
    // signer is looked at in any case.
    if let (true, Sender::Account(account)) = (passes_on, sender) {
        if account != signer {
            let class = class_between(account, call, found.get(outside..).unwrap_or_default());
            found.push(Effective { account: account.clone(), class });
        }
    }
    Ok(())
}

/// The class of what an account passes on: it only finishes something if all that it passes does.
fn class_between(account: &AccountId, call: &RuntimeCall, inner: &[Effective]) -> CallClass {
    let finishing = !inner.is_empty() && inner.iter().all(|origin| origin.class == CallClass::Finishing);
    match class(account, call) {
        CallClass::Privileged => CallClass::Privileged,
        CallClass::Ordinary | CallClass::Issuing | CallClass::Finishing if finishing => CallClass::Finishing,
        CallClass::Ordinary | CallClass::Issuing | CallClass::Finishing => CallClass::Ordinary,
    }
}

/// Whether what is sent so has another account as its origin than the wrapper.
fn changes_origin(sent_for: &SentFor<'_>) -> bool {
    match sent_for {
        SentFor::Sender | SentFor::Chain => false,
        SentFor::Account(_)
        | SentFor::Multisig { .. }
        | SentFor::Derivative(_)
        | SentFor::AnyOrigin
        | SentFor::Unknown => true,
    }
}

fn inner_sender(sender: &Sender, sent_for: SentFor<'_>) -> Result<Sender, GuardRefusal> {
    let account = match (sent_for, sender) {
        (SentFor::Sender, sender) => return Ok(sender.clone()),
        (SentFor::Chain, _) => return Ok(Sender::Chain),
        (SentFor::Account(account), _) => account,
        (SentFor::Multisig { others, threshold }, Sender::Account(sender)) => {
            let mut signatories = others.to_vec();
            signatories.push(sender.clone());
            signatories.sort();
            Multisig::multi_account_id(&signatories, threshold)
        }
        (SentFor::Derivative(index), Sender::Account(sender)) => {
            pallet_utility::derivative_account_id(sender.clone(), index)
        }
        // The chain has no key to sign with and no account to derive from.
        (SentFor::Multisig { .. } | SentFor::Derivative(_), Sender::Chain) => return Err(GuardRefusal::Forbidden),
        (SentFor::AnyOrigin, _) => return Err(GuardRefusal::Forbidden),
        (SentFor::Unknown, _) => return Err(GuardRefusal::UnknownWrapper),
    };
    if account == Escrow::account_id() {
        return Err(GuardRefusal::Forbidden);
    }
    Ok(Sender::Account(account))
}

fn class(account: &AccountId, call: &RuntimeCall) -> CallClass {
    if matches!(call, RuntimeCall::Sudo(_)) && pallet_sudo::Key::<Runtime>::get().as_ref() == Some(account) {
        CallClass::Privileged
    } else if filter::is_finishing(call) {
        CallClass::Finishing
    } else if filter::is_issuing(call) {
        CallClass::Issuing
    } else {
        CallClass::Ordinary
    }
}

fn changes_of_origin(call: &RuntimeCall, depth: u32) -> u32 {
    // Deeper ones are not admitted.
    if depth > MAX_DEPTH {
        return 0;
    }
    inside(call).into_iter().fold(0, |sum, (sent_for, call)| {
        let changed = u32::from(changes_origin(&sent_for));
        sum.saturating_add(changed).saturating_add(changes_of_origin(call, depth.saturating_add(1)))
    })
}

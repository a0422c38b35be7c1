//! Classifier of transactions for the first layer of the guard: the accounts for which a transaction really acts, its
//! lane, and the state that it opens.

use super::{
    filter, table,
    wrappers::{fails_with_inside, inside, SentFor, MAX_DEPTH},
};
use crate::{AccountId, Escrow, Multisig, Runtime, RuntimeCall};
use alloc::vec::Vec;
use pallet_participants::{Access, CallClass, Classified, ClassifyCall, Effective, GuardRefusal, Lane, Opened};
use polkadot_sdk::*;

/// Classifier of the runtime's calls, which reads the table of calls.
pub struct Classifier;

impl ClassifyCall<RuntimeCall> for Classifier {
    fn classify(signer: &AccountId, call: &RuntimeCall) -> Result<Classified, GuardRefusal> {
        let mut found = Classified { effective: Vec::new(), lane: lane(call, 0), opened: Opened::default() };
        walk(signer, &Sender::Account(signer.clone()), call, 0, &mut found)?;
        Ok(found)
    }

    fn origins(call: &RuntimeCall) -> u32 {
        changes_of_origin(call, 0).saturating_add(1)
    }

    fn filter_reads(call: &RuntimeCall) -> u64 {
        filter_reads(call, 0)
    }
}

/// Sender of a call: an account, or the chain itself.
#[derive(Clone)]
enum Sender {
    Account(AccountId),
    /// Chain itself, by `Sudo` or a decision of several accounts. The wrapper that sends the call has checked the right
    /// to that.
    Chain,
}

fn walk(
    signer: &AccountId,
    sender: &Sender,
    call: &RuntimeCall,
    depth: u32,
    found: &mut Classified,
) -> Result<(), GuardRefusal> {
    if depth > MAX_DEPTH {
        return Err(GuardRefusal::TooDeep);
    }
    let calls = inside(call);
    if let Sender::Account(account) = sender {
        found.opened = found.opened.saturating_add(table::row(call).opened);
        // A wrapper acts for its sender if it contains nothing, and if what it contains is sent for the chain: the sender
        // must have the right to that.
        let for_chain = calls.iter().any(|(sent_for, _)| *sent_for == SentFor::Chain);
        if matches!(call, RuntimeCall::Sudo(_)) {
            // It serves its key alone, and nobody where there is none.
            if !is_sudo(account) {
                return Err(GuardRefusal::Forbidden);
            }
            if calls.is_empty() || for_chain {
                found.effective.push(Effective::new(account.clone(), Access::Chain));
            }
        } else if calls.is_empty() || for_chain {
            found.effective.push(act(account, call)?);
        }
    }
    let outside = found.effective.len();
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
            let inner = found.effective.get(outside..).unwrap_or_default();
            let access = match call {
                RuntimeCall::Sudo(_) => Access::Chain,
                _ => strictest(inner),
            };
            let rightless = !inner.is_empty() && inner.iter().all(|effective| effective.rightless);
            found.effective.push(Effective { rightless, ..Effective::new(account.clone(), access) });
        }
    }
    Ok(())
}

/// Demands on the account that sends the call, by the call's row in the table. Fails for a call that no account may
/// send.
fn act(account: &AccountId, call: &RuntimeCall) -> Result<Effective, GuardRefusal> {
    let row = table::row(call);
    match row.class {
        CallClass::Chain => Err(GuardRefusal::Forbidden),
        CallClass::Finishing | CallClass::Proof | CallClass::Ordinary | CallClass::Issuing | CallClass::Governing => {
            Ok(Effective {
                account: account.clone(),
                access: row.access,
                roles: row.roles(),
                moves: row.moves,
                rightless: row.rightless,
                without_role: row.without_role(),
            })
        }
    }
}

/// Status that an account must have if it only passes on the calls with these demands: the strictest one that they ask
/// for.
fn strictest(inner: &[Effective]) -> Access {
    let asked = inner.iter().map(|effective| effective.access).filter(|access| *access != Access::Chain);
    asked.max().unwrap_or(Access::Start)
}

/// True if the account is the key of `Sudo`.
fn is_sudo(account: &AccountId) -> bool {
    pallet_sudo::Key::<Runtime>::get().as_ref() == Some(account)
}

/// Lane of a call: that of the calls inside, if all have the same one and the wrapper fails when one of them fails;
/// otherwise the ordinary lane.
fn lane(call: &RuntimeCall, depth: u32) -> Lane {
    // Deeper ones are not admitted.
    if depth > MAX_DEPTH {
        return Lane::Ordinary;
    }
    let calls = inside(call);
    // In a wrapper it is a call like any other, and too large for a share.
    if depth == 0 && matches!(call, RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { .. })) {
        return Lane::Upgrade;
    }
    if calls.is_empty() {
        return match table::row(call).class {
            CallClass::Finishing => Lane::Finishing,
            CallClass::Proof => Lane::Proof,
            CallClass::Ordinary | CallClass::Issuing | CallClass::Governing | CallClass::Chain => Lane::Ordinary,
        };
    }
    if !fails_with_inside(call) {
        return Lane::Ordinary;
    }
    let mut lanes = calls.into_iter().map(|(_, call)| lane(call, depth.saturating_add(1)));
    let first = lanes.next().unwrap_or(Lane::Ordinary);
    if lanes.all(|other| other == first) {
        first
    } else {
        Lane::Ordinary
    }
}

/// True if a call inside a wrapper that is sent in this way has another origin than the wrapper itself.
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

/// Number of reads of the call filter for a call inside so many wrappers, and for the calls inside it. The filter sees
/// such a call once by itself and once with each wrapper.
fn filter_reads(call: &RuntimeCall, depth: u32) -> u64 {
    if depth > MAX_DEPTH {
        return 0;
    }
    let own = filter::reads(call).saturating_mul(u64::from(depth).saturating_add(1));
    let calls = inside(call).into_iter();
    calls.fold(own, |sum, (_, call)| sum.saturating_add(filter_reads(call, depth.saturating_add(1))))
}

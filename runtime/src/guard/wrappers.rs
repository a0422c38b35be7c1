//! Wrappers: calls that send other calls, such as batches, proxies and multisigs.

use crate::{AccountId, Address, RuntimeCall};
use alloc::vec::Vec;
use polkadot_sdk::{sp_runtime::MultiAddress, *};

/// Maximum depth of nested calls: a call inside four others is admitted, one inside five is not.
pub const MAX_DEPTH: u32 = 4;

/// Sender for which a wrapper sends the call inside it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SentFor<'a> {
    /// Sender of the wrapper itself.
    Sender,
    /// Account that the wrapper names; the wrapper checks the sender's right to act for it.
    Account(AccountId),
    /// Multisig account that these signatories and the sender of the wrapper form.
    Multisig {
        /// Signatories besides the sender of the wrapper.
        others: &'a [AccountId],
        /// Number of signatories that must agree.
        threshold: u16,
    },
    /// Account with this index that is derived from the sender of the wrapper.
    Derivative(u16),
    /// Chain itself: the call is dispatched as root, or with the origin of a body.
    Chain,
    /// Origin that the call names, without any proof of a right to it. Refused: two accounts of the operator could
    /// otherwise act as the regulator and as every participant.
    AnyOrigin,
    /// Account that is named in a form of address which this network does not know.
    Unknown,
}

fn account(address: &Address) -> SentFor<'static> {
    match address {
        MultiAddress::Id(account) => SentFor::Account(account.clone()),
        // `AccountIdLookup` knows no other form.
        MultiAddress::Index(_) | MultiAddress::Raw(_) | MultiAddress::Address32(_) | MultiAddress::Address20(_) => {
            SentFor::Unknown
        }
    }
}

/// True for a wrapper that fails if a call inside it fails. Any other wrapper may succeed and report the failure in an
/// event only.
pub fn fails_with_inside(call: &RuntimeCall) -> bool {
    use pallet_utility::Call as Utility;
    matches!(
        call,
        RuntimeCall::Utility(Utility::batch_all { .. } | Utility::as_derivative { .. })
            | RuntimeCall::Multisig(pallet_multisig::Call::as_multi_threshold_1 { .. })
    )
}

/// Calls directly inside `call`, each with the sender for which it is sent; none for a call that is no wrapper.
///
/// Calls that name another call by its hash alone (`approve_as_multi`, `announce`) contain none: that call is checked
/// when it is sent.
pub fn inside(call: &RuntimeCall) -> Vec<(SentFor<'_>, &RuntimeCall)> {
    use pallet_multisig::Call as Multisig;
    use pallet_participants::Call as Participants;
    use pallet_proxy::Call as Proxy;
    use pallet_sudo::Call as Sudo;
    use pallet_utility::Call as Utility;

    match call {
        RuntimeCall::Utility(Utility::batch { calls })
        | RuntimeCall::Utility(Utility::batch_all { calls })
        | RuntimeCall::Utility(Utility::force_batch { calls }) => {
            calls.iter().map(|call| (SentFor::Sender, call)).collect()
        }
        RuntimeCall::Utility(Utility::if_else { main, fallback }) => {
            alloc::vec![(SentFor::Sender, main.as_ref()), (SentFor::Sender, fallback.as_ref())]
        }
        RuntimeCall::Utility(Utility::as_derivative { index, call }) => {
            alloc::vec![(SentFor::Derivative(*index), call.as_ref())]
        }
        RuntimeCall::Utility(Utility::dispatch_as { call, .. })
        | RuntimeCall::Utility(Utility::dispatch_as_fallible { call, .. }) => {
            alloc::vec![(SentFor::AnyOrigin, call.as_ref())]
        }
        RuntimeCall::Utility(Utility::with_weight { call, .. }) => alloc::vec![(SentFor::Chain, call.as_ref())],
        RuntimeCall::Utility(Utility::__Ignore(..)) => Vec::new(),

        RuntimeCall::Multisig(Multisig::as_multi_threshold_1 { other_signatories, call }) => {
            alloc::vec![(SentFor::Multisig { others: other_signatories, threshold: 1 }, call.as_ref())]
        }
        RuntimeCall::Multisig(Multisig::as_multi { threshold, other_signatories, call, .. }) => {
            alloc::vec![(SentFor::Multisig { others: other_signatories, threshold: *threshold }, call.as_ref())]
        }
        RuntimeCall::Multisig(
            Multisig::approve_as_multi { .. }
            | Multisig::cancel_as_multi { .. }
            | Multisig::poke_deposit { .. }
            | Multisig::__Ignore(..),
        ) => Vec::new(),

        RuntimeCall::Proxy(Proxy::proxy { real, call, .. })
        | RuntimeCall::Proxy(Proxy::proxy_announced { real, call, .. }) => alloc::vec![(account(real), call.as_ref())],
        RuntimeCall::Proxy(
            Proxy::add_proxy { .. }
            | Proxy::remove_proxy { .. }
            | Proxy::remove_proxies {}
            | Proxy::create_pure { .. }
            | Proxy::kill_pure { .. }
            | Proxy::announce { .. }
            | Proxy::remove_announcement { .. }
            | Proxy::reject_announcement { .. }
            | Proxy::poke_deposit {}
            | Proxy::__Ignore(..),
        ) => Vec::new(),

        RuntimeCall::Sudo(Sudo::sudo { call } | Sudo::sudo_unchecked_weight { call, .. }) => {
            alloc::vec![(SentFor::Chain, call.as_ref())]
        }
        RuntimeCall::Sudo(Sudo::sudo_as { who, call }) => alloc::vec![(account(who), call.as_ref())],
        RuntimeCall::Sudo(Sudo::set_key { .. } | Sudo::remove_key {} | Sudo::__Ignore(..)) => Vec::new(),

        RuntimeCall::Participants(Participants::approve { call, .. } | Participants::enact { call, .. }) => {
            alloc::vec![(SentFor::Chain, call.as_ref())]
        }

        // These wrap nothing. A test walks the metadata and fails if a call of any of them carries another call.
        RuntimeCall::System(_)
        | RuntimeCall::Timestamp(_)
        | RuntimeCall::TxPause(_)
        | RuntimeCall::Balances(_)
        | RuntimeCall::Assets(_)
        | RuntimeCall::Validators(_)
        | RuntimeCall::Session(_)
        | RuntimeCall::Grandpa(_)
        | RuntimeCall::Participants(_)
        | RuntimeCall::Escrow(_)
        | RuntimeCall::Settlement(_)
        | RuntimeCall::Counterpart(_)
        | RuntimeCall::BridgeGrandpa(_)
        | RuntimeCall::BridgeMessages(_) => Vec::new(),
    }
}

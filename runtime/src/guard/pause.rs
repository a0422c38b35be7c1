//! What no pause can stop.

use crate::Runtime;
use polkadot_sdk::{frame_support::traits::Contains, pallet_tx_pause::RuntimeCallNameOf};

/// The calls that `TxPause` refuses to pause, by pallet and call.
///
/// What is formed settles, what is due returns, what is credited is paid, what the other network decided is followed: a
/// pause holds back what is new, and nobody's assets. Time goes on, and the light client with it. What lifts a pause is
/// never under one, and neither is what governs: the regulator's status, and dual control with the removal of a proposal.
///
/// Wrappers are not paused either. What is inside them is looked at again when it is sent, so that a pause of one in
/// truth stops nothing but multisigs and proxies, whose owners have no other way to finish or to govern.
pub const NEVER_PAUSED: &[(&str, &str)] = &[
    ("Settlement", "execute"),
    ("Settlement", "settle"),
    ("Settlement", "settle_part"),
    ("Settlement", "expire"),
    ("Settlement", "release"),
    ("Settlement", "cancel"),
    ("Settlement", "reject"),
    ("Settlement", "clear_flag"),
    ("Escrow", "claim"),
    ("Counterpart", "deliver_by_proof"),
    ("Counterpart", "return_by_proof"),
    ("Counterpart", "instruct_by_proof"),
    ("Counterpart", "forget_by_proof"),
    ("Counterpart", "execute"),
    ("Counterpart", "refuse"),
    ("Counterpart", "expire"),
    ("Counterpart", "complete_release"),
    ("BridgeGrandpa", "submit_finality_proof_ex"),
    ("BridgeMessages", "receive_messages_proof"),
    ("BridgeMessages", "receive_messages_delivery_proof"),
    ("Timestamp", "set"),
    ("TxPause", "pause"),
    ("TxPause", "unpause"),
    ("Sudo", "sudo"),
    ("Sudo", "sudo_unchecked_weight"),
    ("Sudo", "sudo_as"),
    ("Participants", "propose"),
    ("Participants", "approve"),
    ("Participants", "enact"),
    ("Participants", "withdraw_proposal"),
    ("Participants", "veto"),
    ("Participants", "set_status"),
    ("Utility", "batch"),
    ("Utility", "batch_all"),
    ("Utility", "force_batch"),
    ("Utility", "if_else"),
    ("Utility", "as_derivative"),
    ("Utility", "with_weight"),
    ("Multisig", "as_multi"),
    ("Multisig", "as_multi_threshold_1"),
    ("Multisig", "approve_as_multi"),
    ("Multisig", "cancel_as_multi"),
    ("Multisig", "poke_deposit"),
    ("Proxy", "proxy"),
    ("Proxy", "proxy_announced"),
    ("System", "apply_authorized_upgrade"),
];

/// [`NEVER_PAUSED`], for `pallet_tx_pause::Config::WhitelistedCalls`.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
    fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
        NEVER_PAUSED.iter().any(|(p, c)| p.as_bytes() == pallet.as_slice() && c.as_bytes() == call.as_slice())
    }
}

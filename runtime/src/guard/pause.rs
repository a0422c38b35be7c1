//! What no pause can stop.

use crate::Runtime;
use polkadot_sdk::{frame_support::traits::Contains, pallet_tx_pause::RuntimeCallNameOf};

/// The calls that `TxPause` refuses to pause, by pallet and call.
///
/// What is formed settles, what is due returns, what is credited is paid: a pause holds back what is new, and nobody's
/// assets. Time goes on. And what lifts a pause is never under one.
pub const NEVER_PAUSED: &[(&str, &str)] = &[
    ("Settlement", "execute"),
    ("Settlement", "settle"),
    ("Settlement", "settle_many"),
    ("Settlement", "settle_part"),
    ("Settlement", "expire"),
    ("Settlement", "release"),
    ("Settlement", "cancel"),
    ("Settlement", "reject"),
    ("Settlement", "clear_flag"),
    ("Escrow", "claim"),
    ("Timestamp", "set"),
    ("TxPause", "pause"),
    ("TxPause", "unpause"),
    ("Sudo", "sudo"),
    ("Participants", "propose"),
    ("Participants", "approve"),
    ("Participants", "enact"),
    ("System", "apply_authorized_upgrade"),
];

/// [`NEVER_PAUSED`], for `pallet_tx_pause::Config::WhitelistedCalls`.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
    fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
        NEVER_PAUSED.iter().any(|(p, c)| p.as_bytes() == pallet.as_slice() && c.as_bytes() == call.as_slice())
    }
}

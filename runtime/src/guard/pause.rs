//! Calls that no pause stops.

use super::table::ROWS;
use crate::Runtime;
use polkadot_sdk::{frame_support::traits::Contains, pallet_tx_pause::RuntimeCallNameOf};

/// Calls that `TxPause` refuses to pause: those of the table that are never paused.
///
/// A formed trade settles, a reservation that is due returns, a credit is paid, a decision of the other network is followed:
/// a pause holds back new business, and nobody's assets. Time goes on, and the light client with it. Neither is a call
/// under a pause that lifts one or that governs: the regulator's status, and dual control with the removal of a proposal.
///
/// Wrappers are not paused either. The calls inside them are looked at again when they are sent, so that a pause of a wrapper
/// stops nothing but multisigs and proxies, whose owners have no other way to finish or to govern.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
    fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
        ROWS.iter()
            .any(|(p, c, row)| row.never_paused && p.as_bytes() == pallet.as_slice() && c.as_bytes() == call.as_slice())
    }
}

//! Calls that `TxPause` can never pause.

use super::table::ROWS;
use crate::Runtime;
use polkadot_sdk::{frame_support::traits::Contains, pallet_tx_pause::RuntimeCallNameOf};

/// Calls that `TxPause` refuses to pause: those with `never_paused` in the table of calls.
///
/// A pause holds back new business and nobody's assets: formed tranches settle, reservations that are due return,
/// credits are paid, and decisions of the counterpart are followed. Consensus time and the light client go on. Calls
/// that lift a pause, set a status, or propose, approve and withdraw decisions are never paused either.
///
/// Wrappers are not paused either. The calls inside them are looked at again when they are sent, so that a pause of a
/// wrapper stops nothing but multisigs and proxies, whose owners have no other way to finish or to govern.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
    fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
        ROWS.iter()
            .any(|(p, c, row)| row.never_paused && p.as_bytes() == pallet.as_slice() && c.as_bytes() == call.as_slice())
    }
}

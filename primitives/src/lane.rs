//! Lane of messages between the two networks of a trade.

use polkadot_sdk::bp_messages::{HashedLaneId, LaneIdType, MessageNonce};

/// Name of the pallet under which both chains keep the lane.
pub const PALLET: &str = "BridgeMessages";

/// Maximum number of messages that one end has received and the other does not know to be received.
pub const MAX_UNCONFIRMED: MessageNonce = 128;

/// Maximum number of turns of gateways in those messages.
pub const MAX_TURNS: MessageNonce = 16;

/// Id of the lane. It is the same on both networks, whichever of its ends is named first.
pub fn id() -> HashedLaneId {
    HashedLaneId::try_new(*b"tdm1", *b"tdm2").expect("a hash can be made of any two ends; qed")
}

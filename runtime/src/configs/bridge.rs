//! Configuration of the link to the counterpart network: the light client that follows its finality, and the lane for
//! messages to it.
//!
//! A decision never depends on a message: whatever the lane does not carry in time is proven to the light client.

use super::{RuntimeBlockLength, RuntimeBlockWeights, MAX_VALIDATORS};
use crate::{
    AccountId, Balance, BlockNumber, BridgeMessages, Counterpart, Hash, Header, Nonce, Runtime, RuntimeEvent, Signature,
};
use bp_header_chain::ChainWithGrandpa;
use bp_messages::{source_chain::MessagesBridge, ChainWithMessages, HashedLaneId, MessageNonce};
use bp_runtime::{Chain, ChainId, RangeInclusiveExt, Size, UnderlyingChainProvider};
use codec::{Decode, DecodeWithMemTracking, Encode};
use pallet_counterpart::WeightInfo as _;
use polkadot_sdk::{
    frame_support::{dispatch::DispatchClass, parameter_types, traits::ConstU32, weights::Weight},
    sp_runtime::{traits::BlakeTwo256, StateVersion},
    *,
};
use scale_info::TypeInfo;
use tandem_primitives::{lane, Transport, VersionedMessage};

/// Maximum number of messages on the lane that wait to be confirmed. While so many wait no more are sent, and proofs do
/// their work.
///
/// A message takes a few kilobytes of state, so that all of them take a few megabytes while the counterpart is away.
pub const MAX_QUEUED: MessageNonce = 512;

/// Properties of a Tandem chain that a bridge needs, such as hash type and block limits. Both networks have these,
/// since both run this runtime.
///
/// An upgrade reaches one network first. So a change of anything here must be enacted on both before either can rely on
/// it.
pub struct TandemChain;

impl Chain for TandemChain {
    const ID: ChainId = *b"tndm";
    type BlockNumber = BlockNumber;
    type Hash = Hash;
    type Hasher = BlakeTwo256;
    type Header = Header;
    type AccountId = AccountId;
    type Balance = Balance;
    type Nonce = Nonce;
    type Signature = Signature;
    // `system_version` 1.
    const STATE_VERSION: StateVersion = StateVersion::V1;

    fn max_extrinsic_size() -> u32 {
        *RuntimeBlockLength::get().max.get(DispatchClass::Normal)
    }

    fn max_extrinsic_weight() -> Weight {
        let limits = RuntimeBlockWeights::get();
        limits.get(DispatchClass::Normal).max_extrinsic.unwrap_or(limits.max_block)
    }
}

impl ChainWithGrandpa for TandemChain {
    const WITH_CHAIN_GRANDPA_PALLET_NAME: &'static str = "BridgeGrandpa";
    const MAX_AUTHORITIES_COUNT: u32 = MAX_VALIDATORS;
    // Validators vote at most a few blocks beyond what they all agree on; a round takes about as long as a block.
    const REASONABLE_HEADERS_IN_JUSTIFICATION_ANCESTRY: u32 = 8;
    // A change of the set names each validator twice in one header: 40 bytes in `ScheduledChange` of GRANDPA (a key and
    // its weight) and 32 in `AuthoritiesChange` of Aura. The rest is as in any header.
    const MAX_MANDATORY_HEADER_SIZE: u32 = MAX_VALIDATORS * (40 + 32) + Self::AVERAGE_HEADER_SIZE;
    // Three hashes of 32 bytes, a number of at most 5, the slot (14) and the seal (71) of Aura: 187. And a margin.
    const AVERAGE_HEADER_SIZE: u32 = 256;
}

impl ChainWithMessages for TandemChain {
    const WITH_CHAIN_MESSAGES_PALLET_NAME: &'static str = "BridgeMessages";
    // Turns of gateways between two confirmations.
    const MAX_UNREWARDED_RELAYERS_IN_CONFIRMATION_TX: MessageNonce = lane::MAX_TURNS;
    const MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX: MessageNonce = lane::MAX_UNCONFIRMED;
}

/// Properties of this chain: [`TandemChain`].
pub struct ThisChain;

impl UnderlyingChainProvider for ThisChain {
    type Chain = TandemChain;
}

/// Properties of the counterpart chain: [`TandemChain`] too.
pub struct CounterpartChain;

impl UnderlyingChainProvider for CounterpartChain {
    type Chain = TandemChain;
}

parameter_types! {
    /// Distance between headers that are imported free of fees: `None`, because nothing costs a fee here.
    pub const FreeHeadersInterval: Option<u32> = None;
}

/// Number of imported headers of the counterpart that are kept, so that proofs against them can be checked.
///
/// If every block of the counterpart were imported, that is eight hours, in which a party can carry a proof by itself.
/// A header takes 36 bytes, and with its keys about 200: three megabytes of state.
const HEADERS_TO_KEEP: u32 = 14_400;

impl pallet_bridge_grandpa::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type BridgedChain = CounterpartChain;
    // No header is dearer than another: whether a gateway asks for a free one makes no difference.
    type MaxFreeHeadersPerBlock = ConstU32<{ u32::MAX }>;
    type FreeHeadersInterval = FreeHeadersInterval;
    type HeadersToKeep = ConstU32<HEADERS_TO_KEEP>;
    type WeightInfo = pallet_bridge_grandpa::weights::BridgeWeight<Runtime>;
}

impl pallet_bridge_messages::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = LaneWeight;
    type ThisChain = ThisChain;
    type BridgedChain = CounterpartChain;
    // Not the light client itself: what the operator has halted or blocked proves no message either.
    type BridgedHeaderChain = pallet_counterpart::LightClient<Runtime>;
    type OutboundPayload = Outbound;
    type InboundPayload = VersionedMessage;
    type LaneId = HashedLaneId;
    // Gateways are participants with an interest of their own: nobody is paid for carrying a message.
    type DeliveryPayments = ();
    type DeliveryConfirmationPayments = ();
    type OnMessagesDelivered = ();
    type MessageDispatch = Counterpart;
}

/// Weights of the lane's calls: those that the authors of `pallet-bridge-messages` measured, except for the bytes of a
/// proof and for the reads of the light client. Their weight for a byte is that of a long value in one node; a proof of
/// many small nodes takes many times as long.
pub struct LaneWeight;

type LaneMeasured = pallet_bridge_messages::weights::BridgeWeight<Runtime>;
type CounterpartWeight = <Runtime as pallet_counterpart::Config>::WeightInfo;

impl pallet_bridge_messages::WeightInfo for LaneWeight {
    fn receive_single_message_proof() -> Weight {
        LaneMeasured::receive_single_message_proof()
    }
    fn receive_n_messages_proof(n: u32) -> Weight {
        LaneMeasured::receive_n_messages_proof(n)
    }
    fn receive_single_message_proof_with_outbound_lane_state() -> Weight {
        LaneMeasured::receive_single_message_proof_with_outbound_lane_state()
    }
    fn receive_single_n_bytes_message_proof(n: u32) -> Weight {
        LaneMeasured::receive_single_n_bytes_message_proof(n)
    }
    fn receive_delivery_proof_for_single_message() -> Weight {
        LaneMeasured::receive_delivery_proof_for_single_message()
    }
    fn receive_delivery_proof_for_two_messages_by_single_relayer() -> Weight {
        LaneMeasured::receive_delivery_proof_for_two_messages_by_single_relayer()
    }
    fn receive_delivery_proof_for_two_messages_by_two_relayers() -> Weight {
        LaneMeasured::receive_delivery_proof_for_two_messages_by_two_relayers()
    }
    fn receive_single_n_bytes_message_proof_with_dispatch(n: u32) -> Weight {
        LaneMeasured::receive_single_n_bytes_message_proof_with_dispatch(n)
    }
}

/// Number of reads by which the light client checks a header: two halts, the blocked headers, and the blocked number.
const LIGHT_CLIENT_READS: u64 = 4;

impl pallet_bridge_messages::WeightInfoExt for LaneWeight {
    fn expected_extra_storage_proof_size() -> u32 {
        // Every byte is charged.
        0
    }
    fn receive_messages_proof_overhead_from_runtime() -> Weight {
        <Runtime as frame_system::Config>::DbWeight::get().reads(LIGHT_CLIENT_READS)
    }
    fn receive_messages_delivery_proof_overhead_from_runtime() -> Weight {
        <Runtime as frame_system::Config>::DbWeight::get().reads(LIGHT_CLIENT_READS)
    }
    /// Weight of a storage proof of this size, as measured for `forget_by_proof` with as many nodes as a proof can
    /// have.
    fn storage_proof_size_overhead(proof_size: u32) -> Weight {
        // Nothing of it is read from the state.
        Weight::from_parts(CounterpartWeight::forget_by_proof(proof_size).ref_time(), 0)
    }
}

/// Id of the one lane between the two networks, equal on both.
pub fn lane() -> HashedLaneId {
    lane::id()
}

/// Message to the counterpart in the type that the lane's pallet needs. Its encoding is that of the message itself.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct Outbound(pub VersionedMessage);

impl Size for Outbound {
    fn size(&self) -> u32 {
        u32::try_from(self.0.encoded_size()).unwrap_or(u32::MAX)
    }
}

/// Sender of messages to the counterpart on the one lane between the networks, [`lane()`].
pub struct Lane;

impl Transport for Lane {
    /// Sends the message and returns true. Returns false if the lane is halted or closed, or [`MAX_QUEUED`] messages
    /// wait already.
    fn send(message: VersionedMessage) -> bool {
        let has_room = BridgeMessages::outbound_lane_data(lane())
            .is_some_and(|data| data.queued_messages().saturating_len() < MAX_QUEUED);
        if !has_room {
            return false;
        }
        // What is validated knows its number already: it is sent before anything else can be.
        match BridgeMessages::validate_message(lane(), &Outbound(message)) {
            Ok(valid) => {
                BridgeMessages::send_message(valid);
                true
            }
            Err(_) => false,
        }
    }
}

//! Tests of the configuration of the light client and the lane: it fits both networks, and a block.

use super::world::*;
use crate::{
    configs::{lane, CounterpartChain, Lane, Outbound, TandemChain, ThisChain, MAX_QUEUED, MAX_VALIDATORS},
    *,
};
use bp_header_chain::{
    justification::{required_justification_precommits, GrandpaJustification},
    ChainWithGrandpa, InitializationData,
};
use bp_messages::{
    ChainWithMessages, HashedLaneId, InboundLaneData, LaneIdType, MessagesOperatingMode, HARD_MESSAGE_SIZE_LIMIT,
};
use bp_runtime::{BasicOperatingMode, Chain, Size};
use bp_test_utils::{accounts, make_justification_for_header, JustificationGeneratorParams};
use codec::{Encode, MaxEncodedLen};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::GetDispatchInfo,
    traits::{Get, PalletInfoAccess},
};
use pallet_bridge_messages::{
    ensure_able_to_receive_confirmation, ensure_able_to_receive_message, ensure_weights_are_correct,
    EXTRA_STORAGE_PROOF_SIZE,
};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_consensus_grandpa::{AuthorityList, ScheduledChange, GRANDPA_ENGINE_ID};
use sp_core::H256;
use sp_runtime::{traits::Header as _, Digest, DigestItem};
use tandem_primitives::{Decision, Message, Record, Transport, VersionedMessage};

type OfMessages = <Runtime as pallet_bridge_messages::Config>::WeightInfo;
type OfGrandpa = pallet_bridge_grandpa::Call<Runtime>;

/// Test helper: header of the counterpart with this number.
pub fn header(number: BlockNumber) -> Header {
    Header::new(number, H256::zero(), H256::repeat_byte(1), H256::zero(), Digest::default())
}

/// Test helper: authority set of the counterpart's first `count` validators.
fn validators(count: u32) -> AuthorityList {
    accounts(u16::try_from(count).expect("few")).into_iter().map(|key| (key.into(), 1)).collect()
}

/// Test helper: justification of the header by this many precommits, each for another block beyond the header.
fn justification(header: &Header, precommits: u32, set_id: u64) -> GrandpaJustification<Header> {
    make_justification_for_header(JustificationGeneratorParams {
        header: header.clone(),
        round: 1,
        set_id,
        authorities: accounts(u16::try_from(precommits).expect("few")).into_iter().map(|key| (key, 1)).collect(),
        ancestors: TandemChain::REASONABLE_HEADERS_IN_JUSTIFICATION_ANCESTRY,
        forks: 1,
    })
}

/// Test helper: initialises the light client at block 0 of the counterpart, with a set of this many validators.
pub fn follow(count: u32) {
    assert_ok!(BridgeGrandpa::initialize(
        RuntimeOrigin::root(),
        InitializationData {
            header: Box::new(header(0)),
            authority_list: validators(count),
            set_id: 0,
            operating_mode: BasicOperatingMode::Normal,
        }
    ));
}

/// Test helper: call that imports the header, justified by as many of the set's `count` validators as are required.
pub fn finalised(header: Header, count: u32, set_id: u64) -> RuntimeCall {
    let justification = justification(&header, required_justification_precommits(count), set_id);
    OfGrandpa::submit_finality_proof_ex {
        finality_target: Box::new(header),
        justification,
        current_set_id: set_id,
        is_free_execution_expected: false,
    }
    .into()
}

/// Test helper: header of this runtime with slot and seal; if `next` is given, also with a change to a set of that many
/// validators.
fn sealed(number: BlockNumber, next: Option<u32>) -> Header {
    let mut header = Header { number, ..header(number) };
    let mut logs = vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(u64::MAX).encode())];
    if let Some(count) = next {
        let authors: Vec<_> = (0..count).map(|_| sp_core::sr25519::Public::from_raw([7; 32]).into()).collect();
        let log =
            sp_consensus_aura::ConsensusLog::<sp_consensus_aura::sr25519::AuthorityId>::AuthoritiesChange(authors);
        logs.push(DigestItem::Consensus(AURA_ENGINE_ID, log.encode()));
        let change = ScheduledChange { next_authorities: validators(count), delay: 0 };
        let log = sp_consensus_grandpa::ConsensusLog::<BlockNumber>::ScheduledChange(change);
        logs.push(DigestItem::Consensus(GRANDPA_ENGINE_ID, log.encode()));
    }
    logs.push(DigestItem::Seal(AURA_ENGINE_ID, vec![0; 64]));
    header.digest = Digest { logs };
    header
}

fn decided() -> VersionedMessage {
    let decision = Decision::Executed { lots: 1 };
    let record = Record { terms_hash: Default::default(), networks: [H256::zero(); 2], pay_deadline: 0, decision };
    VersionedMessage::V1(Message::Decided { id: Default::default(), tranche: Default::default(), record })
}

// Both sides make the keys of what they prove of these names.
#[test]
fn the_pallets_should_have_the_names_that_proofs_are_made_of() {
    assert_eq!(BridgeGrandpa::name(), CounterpartChain::WITH_CHAIN_GRANDPA_PALLET_NAME);
    assert_eq!(BridgeMessages::name(), CounterpartChain::WITH_CHAIN_MESSAGES_PALLET_NAME);
    assert_eq!(BridgeMessages::name(), ThisChain::WITH_CHAIN_MESSAGES_PALLET_NAME);
    assert_eq!(Timestamp::name(), "Timestamp");
}

#[test]
fn the_light_client_should_know_as_many_validators_as_a_chain_may_have() {
    assert_eq!(CounterpartChain::MAX_AUTHORITIES_COUNT, MAX_VALIDATORS);
    let most: u32 = <Runtime as pallet_grandpa::Config>::MaxAuthorities::get();
    assert!(CounterpartChain::MAX_AUTHORITIES_COUNT >= most);
}

// Proofs are read as of a trie of version 1, in which long values stand beside their node.
#[test]
fn the_state_should_have_the_version_that_proofs_are_read_as() {
    assert_eq!(VERSION.system_version, 1);
    assert_eq!(VERSION.state_version(), CounterpartChain::STATE_VERSION);
}

#[test]
fn the_lane_should_be_the_same_from_both_ends() {
    assert_eq!(HashedLaneId::try_new(*b"tdm2", *b"tdm1"), Ok(lane()));
    assert_ne!(lane(), HashedLaneId::default());
}

#[test]
fn headers_should_be_no_longer_than_assumed() {
    let long = |next| u32::try_from(sealed(BlockNumber::MAX, next).encoded_size()).expect("short");
    assert!(long(None) <= TandemChain::AVERAGE_HEADER_SIZE, "{}", long(None));
    assert!(long(Some(MAX_VALIDATORS)) <= TandemChain::MAX_MANDATORY_HEADER_SIZE, "{}", long(Some(MAX_VALIDATORS)));
}

#[test]
fn a_finality_proof_of_every_validator_should_fit_a_block() {
    let header = sealed(1, Some(MAX_VALIDATORS));
    let call = RuntimeCall::from(OfGrandpa::submit_finality_proof_ex {
        justification: justification(&header, MAX_VALIDATORS, 0),
        finality_target: Box::new(header),
        current_set_id: 0,
        is_free_execution_expected: false,
    });
    let size = u32::try_from(call.encoded_size()).expect("short");
    assert!(size < TandemChain::max_extrinsic_size() / 100, "{size}");
    let info = call.get_dispatch_info();
    assert!(info.total_weight().all_lte(TandemChain::max_extrinsic_weight()), "{info:?}");
}

#[test]
fn a_change_of_the_largest_set_should_be_followed() {
    execute(|| {
        follow(MAX_VALIDATORS);
        send_ok(SELLER, finalised(sealed(5, Some(MAX_VALIDATORS)), MAX_VALIDATORS, 0));
        assert_eq!(pallet_bridge_grandpa::CurrentAuthoritySet::<Runtime>::get().set_id, 1);
        send_ok(SELLER, finalised(sealed(6, None), MAX_VALIDATORS, 1));
        assert_eq!(pallet_bridge_grandpa::BestFinalized::<Runtime>::get().expect("followed").number(), 6);
    });
}

#[test]
fn nobody_but_root_should_tell_the_light_client_where_to_begin() {
    execute(|| {
        let data = || InitializationData {
            header: Box::new(header(0)),
            authority_list: validators(4),
            set_id: 0,
            operating_mode: BasicOperatingMode::Normal,
        };
        for signer in [OPERATOR, REGULATOR, SELLER] {
            let call = OfGrandpa::initialize { init_data: data() };
            assert_eq!(refused(signer, call), pallet_participants::GuardRefusal::Forbidden.into());
        }
        // One that begins halted could never go on: nobody is admitted who would change that.
        let halted = InitializationData { operating_mode: BasicOperatingMode::Halted, ..data() };
        let call = pallet_sudo::Call::sudo { call: Box::new(OfGrandpa::initialize { init_data: halted }.into()) };
        assert!(outcome(OPERATOR, call).is_err());
        assert!(pallet_bridge_grandpa::BestFinalized::<Runtime>::get().is_none());
        send_ok(
            OPERATOR,
            pallet_sudo::Call::sudo { call: Box::new(OfGrandpa::initialize { init_data: data() }.into()) },
        );
        assert_eq!(pallet_bridge_grandpa::PalletOperatingMode::<Runtime>::get(), BasicOperatingMode::Normal);
        let again = pallet_bridge_grandpa::Error::<Runtime>::AlreadyInitialized;
        assert_noop!(BridgeGrandpa::initialize(RuntimeOrigin::root(), data()), again);
    });
}

#[test]
fn the_largest_message_should_fit_the_lane() {
    let most = VersionedMessage::max_encoded_len() as u32;
    assert!(most <= CounterpartChain::maximal_incoming_message_size(), "{most}");
    assert_eq!(CounterpartChain::maximal_incoming_message_size(), HARD_MESSAGE_SIZE_LIMIT);
    // As many as one confirmation takes can be brought in one transaction, and all that wait are a small state.
    let many = CounterpartChain::MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX as u32;
    assert!(most * many < ThisChain::max_extrinsic_size() * 2 / 3, "{most}");
    assert!(u64::from(most) * MAX_QUEUED < 8 * 1024 * 1024, "{most}");
}

#[test]
fn a_message_should_be_encoded_as_what_it_carries() {
    let outbound = Outbound(decided());
    assert_eq!(outbound.encode(), decided().encode());
    assert_eq!(outbound.size() as usize, decided().encoded_size());
}

#[test]
fn messages_and_confirmations_should_fit_a_block() {
    ensure_weights_are_correct::<OfMessages>();
    let (size, weight) = (ThisChain::max_extrinsic_size(), ThisChain::max_extrinsic_weight());
    let most = ThisChain::maximal_incoming_message_size() + EXTRA_STORAGE_PROOF_SIZE;
    let dispatch = ThisChain::maximal_incoming_message_dispatch_weight();
    ensure_able_to_receive_message::<OfMessages>(size, weight, most, dispatch);
    let relayers = CounterpartChain::MAX_UNREWARDED_RELAYERS_IN_CONFIRMATION_TX;
    let data = InboundLaneData::<AccountId>::encoded_size_hint_u32(relayers as usize);
    let most = data + EXTRA_STORAGE_PROOF_SIZE;
    let messages = CounterpartChain::MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX;
    ensure_able_to_receive_confirmation::<OfMessages>(size, weight, most, relayers, messages);
}

#[test]
fn the_lane_should_take_messages_until_too_many_wait() {
    execute(|| {
        for sent in 1..=MAX_QUEUED {
            assert!(Lane::send(decided()), "{sent}");
        }
        assert!(!Lane::send(decided()));
        let waiting = || BridgeMessages::outbound_lane_data(lane()).expect("open");
        assert_eq!(waiting().latest_generated_nonce, MAX_QUEUED);
        assert_eq!(pallet_bridge_messages::OutboundMessages::<Runtime>::iter().count() as u64, MAX_QUEUED);
        // Once one is confirmed there is room for one.
        let data = bp_messages::OutboundLaneData { latest_received_nonce: 1, ..waiting() };
        pallet_bridge_messages::OutboundLanes::<Runtime>::insert(lane(), data);
        assert!(Lane::send(decided()));
        assert!(!Lane::send(decided()));
    });
}

#[test]
fn the_lane_should_take_nothing_while_it_is_halted_or_closed() {
    execute(|| {
        let halted = MessagesOperatingMode::Basic(BasicOperatingMode::Halted);
        assert_ok!(BridgeMessages::set_operating_mode(RuntimeOrigin::root(), halted));
        assert!(!Lane::send(decided()));
        let normal = MessagesOperatingMode::Basic(BasicOperatingMode::Normal);
        assert_ok!(BridgeMessages::set_operating_mode(RuntimeOrigin::root(), normal));
        pallet_bridge_messages::OutboundLanes::<Runtime>::insert(lane(), bp_messages::OutboundLaneData::default());
        assert!(!Lane::send(decided()));
        pallet_bridge_messages::OutboundLanes::<Runtime>::remove(lane());
        assert!(!Lane::send(decided()));
        assert_eq!(pallet_bridge_messages::OutboundMessages::<Runtime>::iter().count(), 0);
    });
}

#[test]
fn nobody_should_own_the_light_client_or_the_lane() {
    execute(|| {
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        let owner = || Some(OPERATOR.to_account_id());
        for call in [
            RuntimeCall::from(OfGrandpa::set_owner { new_owner: owner() }),
            pallet_bridge_messages::Call::set_owner { new_owner: owner() }.into(),
        ] {
            assert_eq!(outcome(OPERATOR, pallet_sudo::Call::sudo { call: Box::new(call) }), filtered);
        }
        assert_eq!(pallet_bridge_grandpa::PalletOwner::<Runtime>::get(), None);
        assert_eq!(pallet_bridge_messages::PalletOwner::<Runtime>::get(), None);
    });
}

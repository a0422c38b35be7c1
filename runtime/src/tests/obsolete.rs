//! Tests of the extension that keeps obsolete proofs out of the pool and of blocks.

use super::{
    bridge::{finalised, follow, header},
    world::*,
};
use crate::{
    configs::{lane, CounterpartChain},
    guard::{obsolete::RefuseObsolete, MAX_DEPTH},
    *,
};
use bp_messages::{
    source_chain::FromBridgedChainMessagesDeliveryProof, target_chain::FromBridgedChainMessagesProof, HashedLaneId,
    InboundLaneData, LaneIdType, OutboundLaneData, UnrewardedRelayersState,
};
use bp_runtime::{BasicOperatingMode, HashOf};
use codec::Encode;
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight};
use pallet_bridge_messages::WeightInfoExt as _;
use pallet_counterpart::{
    grandpa::{MAX_BYTES_OF_KEY, MAX_NODES_OF_KEY},
    WeightInfo as _,
};
use pallet_participants::{extension::LANE_PRIORITY, GuardRefusal};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    traits::{Hash as _, TransactionExtension},
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError, UnknownTransaction,
        ValidTransaction,
    },
    DispatchError, TransactionOutcome,
};
use tandem_primitives::Status;

type OfCounterpart = <Runtime as pallet_counterpart::Config>::WeightInfo;

const VALIDATORS: u32 = 4;

fn stale() -> TransactionValidityError {
    InvalidTransaction::Stale.into()
}

fn invalid() -> TransactionValidityError {
    InvalidTransaction::Call.into()
}

fn imported(number: BlockNumber) -> RuntimeCall {
    finalised(header(number), VALIDATORS, 0)
}

/// Test helper: answer of the transaction pool to the signed call. The state stays as it is.
fn pool(signer: Sr25519Keyring, call: RuntimeCall) -> TransactionValidity {
    let transaction = sign(signer, call, 0);
    let mut answer = Ok(ValidTransaction::default());
    let asked = frame_support::storage::with_transaction(|| {
        answer = Executive::validate_transaction(TransactionSource::External, transaction, Hash::default());
        TransactionOutcome::Rollback(Ok::<(), DispatchError>(()))
    });
    assert_ok!(asked);
    answer
}

/// Test helper: the call itself, and the call in every wrapper that sends it for the same account.
fn wrapped(call: RuntimeCall) -> Vec<RuntimeCall> {
    let calls = || vec![RuntimeCall::from(frame_system::Call::remark { remark: vec![] }), call.clone()];
    vec![
        call.clone(),
        pallet_utility::Call::batch { calls: calls() }.into(),
        pallet_utility::Call::batch_all { calls: calls() }.into(),
        pallet_utility::Call::force_batch { calls: calls() }.into(),
        pallet_utility::Call::if_else { main: Box::new(calls().remove(0)), fallback: Box::new(call.clone()) }.into(),
        nested(call.clone(), MAX_DEPTH),
    ]
}

fn nested(call: RuntimeCall, times: u32) -> RuntimeCall {
    (0..times).fold(call, |call, _| pallet_utility::Call::batch_all { calls: vec![call] }.into())
}

fn confirmation(last_delivered_nonce: u64) -> RuntimeCall {
    let storage_proof = Default::default();
    let proof =
        FromBridgedChainMessagesDeliveryProof { bridged_header_hash: Hash::default(), storage_proof, lane: lane() };
    let relayers_state = UnrewardedRelayersState { last_delivered_nonce, ..Default::default() };
    pallet_bridge_messages::Call::receive_messages_delivery_proof { proof, relayers_state }.into()
}

fn delivery(nonces_start: u64, nonces_end: u64) -> RuntimeCall {
    let proof: FromBridgedChainMessagesProof<HashOf<CounterpartChain>, _> = FromBridgedChainMessagesProof {
        bridged_header_hash: Hash::default(),
        storage_proof: Default::default(),
        lane: lane(),
        nonces_start,
        nonces_end,
    };
    pallet_bridge_messages::Call::receive_messages_proof {
        relayer_id_at_bridged_chain: SELLER.to_account_id(),
        proof: Box::new(proof),
        messages_count: 1,
        dispatch_weight: Weight::zero(),
    }
    .into()
}

#[test]
fn a_header_that_is_known_should_be_stale_in_every_wrapper() {
    execute(|| {
        follow(VALIDATORS);
        send_ok(SELLER, imported(5));
        for number in [1, 4, 5] {
            for call in wrapped(imported(number)) {
                assert_eq!(pool(BUYER, call.clone()), Err(stale()), "{number} {call:?}");
                assert_eq!(refused(BUYER, call), stale());
            }
        }
        for call in wrapped(imported(6)) {
            assert!(pool(BUYER, call).is_ok());
        }
        let proxy =
            |call| pallet_proxy::Call::proxy { real: id(SELLER), force_proxy_type: None, call: Box::new(call) }.into();
        assert_eq!(pool(BUYER, proxy(imported(5))), Err(stale()));
        assert!(pool(BUYER, proxy(imported(6))).is_ok());
    });
}

#[test]
fn the_second_of_two_gateways_should_be_stale_in_the_same_block() {
    execute(|| {
        follow(VALIDATORS);
        assert!(pool(SELLER, imported(1)).is_ok());
        assert!(pool(BUYER, imported(1)).is_ok());
        send_ok(SELLER, imported(1));
        let nonce = System::account_nonce(BUYER.to_account_id());
        assert_eq!(refused(BUYER, imported(1)), stale());
        assert_eq!(System::account_nonce(BUYER.to_account_id()), nonce);
    });
}

#[test]
fn one_obsolete_proof_should_make_a_batch_stale() {
    execute(|| {
        follow(VALIDATORS);
        send_ok(SELLER, imported(5));
        let both = pallet_utility::Call::force_batch { calls: vec![imported(6), imported(5)] };
        assert_eq!(refused(BUYER, both), stale());
        assert_eq!(pallet_bridge_grandpa::BestFinalized::<Runtime>::get().expect("followed").number(), 5);
    });
}

#[test]
fn a_header_should_be_refused_when_the_light_client_cannot_take_it() {
    execute(|| {
        // Not initialised, and halted because of that.
        assert_eq!(pool(SELLER, imported(1)), Err(invalid()));
        follow(VALIDATORS);
        assert!(pool(SELLER, imported(1)).is_ok());
        // Of a set that it does not know.
        assert_eq!(pool(SELLER, finalised(header(1), VALIDATORS, 1)), Err(invalid()));
        assert_ok!(BridgeGrandpa::set_operating_mode(RuntimeOrigin::root(), BasicOperatingMode::Halted));
        for call in wrapped(imported(1)) {
            assert_eq!(pool(SELLER, call), Err(invalid()));
        }
    });
}

// Nothing costs a fee: who asks for a free header gets what everybody gets.
#[test]
fn a_header_should_be_taken_whether_or_not_it_is_to_be_free() {
    execute(|| {
        follow(VALIDATORS);
        let RuntimeCall::BridgeGrandpa(pallet_bridge_grandpa::Call::submit_finality_proof_ex {
            finality_target,
            justification,
            current_set_id,
            ..
        }) = imported(1)
        else {
            panic!("another call");
        };
        send_ok(
            SELLER,
            pallet_bridge_grandpa::Call::submit_finality_proof_ex {
                finality_target,
                justification,
                current_set_id,
                is_free_execution_expected: true,
            },
        );
    });
}

#[test]
fn a_confirmation_should_be_stale_when_it_confirms_nothing_new() {
    execute(|| {
        let known =
            OutboundLaneData { latest_received_nonce: 5, latest_generated_nonce: 9, ..OutboundLaneData::opened() };
        pallet_bridge_messages::OutboundLanes::<Runtime>::insert(lane(), known);
        for nonce in [0, 4, 5] {
            for call in wrapped(confirmation(nonce)) {
                assert_eq!(pool(SELLER, call), Err(stale()), "{nonce}");
            }
        }
        assert!(pool(SELLER, confirmation(6)).is_ok());
    });
}

#[test]
fn messages_should_be_stale_when_they_have_been_delivered() {
    execute(|| {
        // While nothing can be proven, every message is.
        assert_eq!(pool(SELLER, delivery(1, 1)), Err(stale()));
        follow(VALIDATORS);
        assert!(pool(SELLER, delivery(1, 1)).is_ok());
        let known = InboundLaneData { last_confirmed_nonce: 5, ..InboundLaneData::opened() };
        pallet_bridge_messages::InboundLanes::<Runtime>::insert(
            lane(),
            pallet_bridge_messages::StoredInboundLaneData::<Runtime, ()>(known),
        );
        for (start, end) in [(1, 5), (5, 5), (5, 6), (7, 8)] {
            for call in wrapped(delivery(start, end)) {
                assert_eq!(pool(SELLER, call), Err(stale()), "{start} to {end}");
            }
        }
        assert!(pool(SELLER, delivery(6, 8)).is_ok());
    });
}

#[test]
fn a_proof_should_finish_for_a_suspended_participant_and_fail_for_a_stranger() {
    execute(|| {
        follow(VALIDATORS);
        set_status(SELLER_ID, Status::Suspended);
        assert!(pool(SELLER, imported(1)).expect("valid").priority >= LANE_PRIORITY);
        send_ok(SELLER, imported(1));
        set_status(SELLER_ID, Status::Sanctioned);
        assert_eq!(refused(SELLER, imported(2)), GuardRefusal::Sanctioned.into());
        frame_system::Pallet::<Runtime>::inc_providers(&STRANGER.to_account_id());
        assert_eq!(refused(STRANGER, imported(2)), GuardRefusal::NotRegistered.into());
    });
}

#[test]
fn a_wrong_proof_should_fail_and_be_charged() {
    execute(|| {
        follow(VALIDATORS);
        // Signed by too few.
        let call = finalised(header(1), 1, 0);
        let wrong = pallet_bridge_grandpa::Error::<Runtime>::InvalidJustification;
        assert_eq!(outcome(SELLER, call), Err(wrong.into()));
        // On the quota of whatever else it sends.
        assert!(pallet_participants::Quota::<Runtime>::get(SELLER_ID).ordinary.time > 0);
    });
}

/// Test helper: the call, which carries a proof of the lane, with these trie nodes as its proof.
fn with_nodes(mut call: RuntimeCall, nodes: Vec<Vec<u8>>) -> RuntimeCall {
    use pallet_bridge_messages::Call::{receive_messages_delivery_proof, receive_messages_proof};
    match &mut call {
        RuntimeCall::BridgeMessages(receive_messages_proof { proof, .. }) => proof.storage_proof = nodes,
        RuntimeCall::BridgeMessages(receive_messages_delivery_proof { proof, .. }) => proof.storage_proof = nodes,
        other => panic!("{other:?} has no nodes"),
    }
    call
}

// Looking at nodes costs time for each, however small it is: nobody brings more than there can be on the way to the
// keys.
#[test]
fn a_proof_of_the_lane_should_be_no_larger_than_its_keys_need() {
    execute(|| {
        follow(VALIDATORS);
        let nodes = |count: usize| (0..count as u32).map(|node| node.encode()).collect::<Vec<_>>();
        for (call, keys) in [(delivery(1, 1), 2), (confirmation(1), 1)] {
            let most = MAX_NODES_OF_KEY * keys;
            assert!(pool(SELLER, with_nodes(call.clone(), nodes(most))).is_ok());
            let large = vec![vec![0; MAX_BYTES_OF_KEY as usize * keys + 1]];
            for oversized in [nodes(most + 1), large] {
                for call in wrapped(with_nodes(call.clone(), oversized.clone())) {
                    assert_eq!(pool(SELLER, call), Err(InvalidTransaction::ExhaustsResources.into()));
                }
            }
        }
    });
}

#[test]
fn a_proof_of_the_lane_should_weigh_more_with_each_byte() {
    let weight = |bytes: usize| with_nodes(confirmation(1), vec![vec![0; bytes]]).get_dispatch_info().call_weight;
    let of_bytes = weight(10_001) - weight(1);
    let of_proof = OfCounterpart::forget_by_proof(10_000).saturating_sub(OfCounterpart::forget_by_proof(0));
    assert_eq!(of_bytes.ref_time(), of_proof.ref_time());
    let theirs = pallet_bridge_messages::weights::BridgeWeight::<Runtime>::storage_proof_size_overhead(10_000);
    assert!(of_bytes.ref_time() > theirs.ref_time());
}

#[test]
fn what_is_of_another_lane_should_be_refused() {
    execute(|| {
        follow(VALIDATORS);
        let other = HashedLaneId::try_new(*b"tdm1", *b"tdm3").expect("two ends");
        let mut call = confirmation(1);
        if let RuntimeCall::BridgeMessages(pallet_bridge_messages::Call::receive_messages_delivery_proof {
            proof,
            ..
        }) = &mut call
        {
            proof.lane = other;
        }
        assert_eq!(pool(SELLER, call), Err(invalid()));
        let mut call = delivery(1, 1);
        if let RuntimeCall::BridgeMessages(pallet_bridge_messages::Call::receive_messages_proof { proof, .. }) =
            &mut call
        {
            proof.lane = other;
        }
        assert_eq!(pool(SELLER, call), Err(invalid()));
    });
}

#[test]
fn each_proof_should_be_weighed_wherever_it_is() {
    let one = <Runtime as frame_system::Config>::DbWeight::get().reads(4);
    assert_eq!(RefuseObsolete.weight(&transfer(BUYER, 1)), Weight::zero());
    assert_eq!(RefuseObsolete.weight(&confirmation(1)), one);
    let calls = vec![nested(confirmation(1), MAX_DEPTH - 1), delivery(1, 1), transfer(BUYER, 1)];
    assert_eq!(RefuseObsolete.weight(&pallet_utility::Call::batch { calls }.into()), one * 2);
    // What is too deep to be admitted is not looked for.
    assert_eq!(RefuseObsolete.weight(&nested(confirmation(1), MAX_DEPTH + 1)), Weight::zero());
    assert_eq!(RefuseObsolete.encoded_size(), 0);
}

// Who applies an authorised upgrade chooses its hour: that is the operator's.
#[test]
fn an_authorised_upgrade_should_enter_signed_only() {
    execute(|| {
        let code = vec![1, 2, 3];
        let hash = <Runtime as frame_system::Config>::Hashing::hash(&code);
        assert_ok!(System::authorize_upgrade_without_checks(RuntimeOrigin::root(), hash));
        let apply = RuntimeCall::from(frame_system::Call::apply_authorized_upgrade { code });
        let bare = UncheckedExtrinsic::new_bare(apply.clone());
        let asked = Executive::validate_transaction(TransactionSource::External, bare.clone(), Hash::default());
        assert_eq!(asked, Err(UnknownTransaction::NoUnsignedValidator.into()));
        assert_eq!(Executive::apply_extrinsic(bare), Err(UnknownTransaction::NoUnsignedValidator.into()));
        // The operator's own enters.
        next_block();
        assert_eq!(send(OPERATOR, apply).map(|_| ()), Ok(()));
    });
}

//! Tests of the message lane: what it carries, and what happens if it carries it wrongly or not at all.

use super::pair::*;
use crate::{
    configs::{lane, MAX_QUEUED},
    tests::world::{BUYER, SELLER},
    *,
};
use pallet_bridge_messages::Call as Messages;
use pallet_counterpart::{
    grandpa::keys::{commitment, record, record_version},
    Call, Commitments, Records,
};
use polkadot_sdk::bp_messages::{
    source_chain::FromBridgedChainMessagesDeliveryProof, storage_keys, target_chain::FromBridgedChainMessagesProof,
    HashedLaneId, LaneIdType, MessageNonce, ReceptionResult, UnrewardedRelayersState,
};
use tandem_primitives::Decision;

const NAME: &str = "BridgeMessages";

/// Test helper: proof of the messages with these numbers, as a gateway carries it, with the state of the lane if
/// `with_state`.
fn messages(
    pair: &mut Pair,
    to: To,
    numbers: std::ops::RangeInclusive<MessageNonce>,
    with_state: bool,
) -> FromBridgedChainMessagesProof<Hash, HashedLaneId> {
    let mut keys: Vec<Vec<u8>> =
        numbers.clone().map(|number| storage_keys::message_key(NAME, lane(), number).0).collect();
    if with_state {
        keys.push(storage_keys::outbound_lane_data_key(NAME, &lane()).0);
    }
    let proof = pair.prove(to, &keys);
    FromBridgedChainMessagesProof {
        bridged_header_hash: proof.header,
        storage_proof: proof.nodes,
        lane: lane(),
        nonces_start: *numbers.start(),
        nonces_end: *numbers.end(),
    }
}

fn receive(proof: FromBridgedChainMessagesProof<Hash, HashedLaneId>) -> Messages<Runtime> {
    let count = (proof.nonces_end + 1).saturating_sub(proof.nonces_start) as u32;
    Messages::receive_messages_proof {
        relayer_id_at_bridged_chain: CARRIER.to_account_id(),
        proof: Box::new(proof),
        messages_count: count,
        dispatch_weight: Counterpart::receive_weight().saturating_mul(count.into()),
    }
}

/// Test helper: imports a header and carries the messages with these numbers.
#[track_caller]
fn carry(pair: &mut Pair, to: To, numbers: std::ops::RangeInclusive<MessageNonce>) {
    pair.import(to);
    let proof = messages(pair, to, numbers, false);
    pair.ends(to).1.send_ok(CARRIER, receive(proof));
}

/// Test helper: imports a header and confirms to the sending chain what the other one has received.
#[track_caller]
fn confirm(pair: &mut Pair, to: To) {
    pair.import(to);
    let proof = pair.prove(to, &[storage_keys::inbound_lane_data_key(NAME, &lane()).0]);
    let (from, at) = pair.ends(to);
    let data = from.on(|| BridgeMessages::inbound_lane_data(lane())).expect("open");
    at.send_ok(
        CARRIER,
        Messages::receive_messages_delivery_proof {
            proof: FromBridgedChainMessagesDeliveryProof {
                bridged_header_hash: proof.header,
                storage_proof: proof.nodes,
                lane: lane(),
            },
            relayers_state: UnrewardedRelayersState::from(&data),
        },
    );
}

/// Test helper: results of the payment chain for the messages in the proof, sent past the pool, which would refuse
/// known ones.
#[track_caller]
fn received(
    pair: &mut Pair,
    proof: FromBridgedChainMessagesProof<Hash, HashedLaneId>,
) -> Vec<(MessageNonce, ReceptionResult<()>)> {
    assert_eq!(pair.payment.directly(CARRIER, receive(proof)), Ok(()));
    match pair.payment.on(System::events).pop().map(|record| record.event) {
        Some(RuntimeEvent::BridgeMessages(pallet_bridge_messages::Event::MessagesReceived(received))) => {
            received.receive_results
        }
        other => panic!("{other:?}"),
    }
}

fn queued(pair: &mut Pair) -> MessageNonce {
    pair.asset.on(|| {
        let data = BridgeMessages::outbound_lane_data(lane()).expect("open");
        data.latest_generated_nonce - data.latest_received_nonce
    })
}

#[test]
fn messages_alone_should_settle_a_trade() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    assert_eq!(queued(&mut pair), 1);
    carry(&mut pair, To::Payment, 1..=1);
    assert_eq!(pair.euros(SELLER), PRICE, "executed as it arrived");
    carry(&mut pair, To::Asset, 1..=1);
    confirm(&mut pair, To::Asset);
    assert_eq!(queued(&mut pair), 0, "confirmed, and gone from the lane");
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_proof_and_a_message_of_the_same_should_count_once() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    carry(&mut pair, To::Payment, 1..=1);
    assert_eq!(pair.euros(SELLER), PRICE);
    pair.carry_record(&trade);
    carry(&mut pair, To::Asset, 1..=1);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
    assert_eq!(pair.payment.on(|| Records::<Runtime>::iter().count()), 1);
}

#[test]
fn messages_should_come_in_order_and_once() {
    let mut pair = Pair::new();
    let trades = [1, 2, 3].map(|number: u8| {
        let trade = Trade::with(&mut pair, 1, |terms| {
            terms.reference = vec![b'A' + number].try_into().expect("short");
            terms.legs[0].amount = 100;
            terms.legs[1].amount = 1_000;
        });
        trade.committed(&mut pair);
        trade
    });
    pair.import(To::Payment);
    // The second before the first: nothing is taken in, and nothing is lost.
    let second = messages(&mut pair, To::Payment, 2..=2, false);
    let taken = |pair: &mut Pair| {
        pair.payment.on(|| BridgeMessages::inbound_lane_data(lane()).expect("open").last_delivered_nonce())
    };
    assert_eq!(received(&mut pair, second), [(2, ReceptionResult::InvalidNonce)]);
    assert_eq!(taken(&mut pair), 0);
    let all = messages(&mut pair, To::Payment, 1..=3, false);
    pair.payment.send_ok(CARRIER, receive(all.clone()));
    assert_eq!(taken(&mut pair), 3);
    assert_eq!(received(&mut pair, all), [1, 2, 3].map(|number| (number, ReceptionResult::InvalidNonce)));
    assert_eq!(taken(&mut pair), 3);
    for trade in &trades {
        assert!(pair.payment.on(|| Counterpart::payment(trade.id)).is_some());
    }
}

#[test]
fn each_field_of_a_message_proof_should_be_checked() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.import(To::Payment);
    let whole = messages(&mut pair, To::Payment, 1..=1, false);
    let mut tampered = Vec::new();
    let mut with = |change: &dyn Fn(&mut FromBridgedChainMessagesProof<Hash, HashedLaneId>)| {
        let mut proof = whole.clone();
        change(&mut proof);
        tampered.push(proof);
    };
    with(&|proof| proof.bridged_header_hash = Hash::zero());
    with(&|proof| proof.lane = HashedLaneId::try_new(*b"tdm1", *b"tdm3").expect("a lane"));
    with(&|proof| proof.nonces_start = 2);
    with(&|proof| proof.nonces_end = 2);
    with(&|proof| {
        proof.storage_proof.pop();
    });
    with(&|proof| proof.storage_proof.push(vec![1; 40]));
    with(&|proof| proof.storage_proof[0][5] ^= 1);
    for (index, proof) in tampered.into_iter().enumerate() {
        let found = pair.payment.directly(CARRIER, receive(proof));
        assert_eq!(found, Err(pallet_bridge_messages::Error::<Runtime>::InvalidMessagesProof.into()), "change {index}");
        assert!(pair.payment.on(|| Counterpart::payment(trade.id)).is_none());
    }
    pair.payment.send_ok(CARRIER, receive(whole));
    assert!(pair.payment.on(|| Counterpart::payment(trade.id)).is_some());
}

#[test]
fn what_another_lane_carries_should_not_be_received() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    // The asset chain's validators put the message into a lane of their own.
    let other = HashedLaneId::try_new(*b"tdm1", *b"tdm3").expect("a lane");
    pair.asset.on(|| {
        let key = |lane: HashedLaneId| storage_keys::message_key(NAME, lane, 1).0;
        let message = frame_support::storage::unhashed::get_raw(&key(lane())).expect("sent");
        frame_support::storage::unhashed::put_raw(&key(other), &message);
    });
    pair.import(To::Payment);
    let proof = pair.prove(To::Payment, &[storage_keys::message_key(NAME, other, 1).0]);
    let proof = FromBridgedChainMessagesProof {
        bridged_header_hash: proof.header,
        storage_proof: proof.nodes,
        lane: other,
        nonces_start: 1,
        nonces_end: 1,
    };
    let unknown = pallet_bridge_messages::LanesManagerError::UnknownInboundLane;
    let unknown = pallet_bridge_messages::Error::<Runtime>::LanesManager(unknown);
    assert_eq!(pair.payment.directly(CARRIER, receive(proof)), Err(unknown.into()));
    assert!(pair.payment.on(|| Counterpart::payment(trade.id)).is_none());
}

#[test]
fn a_halted_client_or_a_blocked_header_should_prove_no_message() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.import(To::Payment);
    let proof = messages(&mut pair, To::Payment, 1..=1, false);
    let header = proof.bridged_header_hash;
    let until = |number| Call::block_headers_until { number };
    for (on, off) in [
        (until(Some(BlockNumber::MAX)), until(None)),
        (Call::block_header { header }, Call::unblock_header { header }),
        (Call::set_halted { halted: true }, Call::set_halted { halted: false }),
    ] {
        assert_eq!(pair.payment.root(on), Ok(()));
        let invalid = pallet_bridge_messages::Error::<Runtime>::InvalidMessagesProof;
        assert_eq!(pair.payment.directly(CARRIER, receive(proof.clone())), Err(invalid.into()));
        assert_eq!(pair.payment.root(off), Ok(()));
    }
    pair.payment.send_ok(CARRIER, receive(proof));
    assert!(pair.payment.on(|| Counterpart::payment(trade.id)).is_some());
}

#[test]
fn a_message_that_says_nothing_true_should_change_nothing_and_not_stop_the_lane() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    // The asset chain's validators send what they never committed, and what cannot be read.
    let other = Trade::with(&mut pair, 10, |terms| terms.reference = b"FORGED".to_vec().try_into().expect("short"));
    let forged = pair.asset.on(|| {
        let said = Commitments::<Runtime>::get((trade.id, trade.tranche)).expect("committed");
        tandem_primitives::VersionedMessage::V1(tandem_primitives::Message::Committed {
            terms: other.versioned(),
            tranche: other.tranche,
            commitment: said,
        })
    });
    pair.asset.on(|| {
        use tandem_primitives::Transport;
        assert!(configs::Lane::send(forged));
        let message = tandem_primitives::VersionedMessage::V1(tandem_primitives::Message::Decided {
            id: trade.id,
            tranche: trade.tranche,
            record: tandem_primitives::Record {
                terms_hash: trade.versioned().hash(),
                networks: [pair.payment.genesis; 2],
                pay_deadline: trade.pay_deadline(),
                decision: Decision::Executed { lots: 10 },
            },
        });
        assert!(configs::Lane::send(message));
        let number = BridgeMessages::outbound_lane_data(lane()).expect("open").latest_generated_nonce;
        let key = storage_keys::message_key(NAME, lane(), number).0;
        frame_support::storage::unhashed::put(&key, &vec![0xffu8; 9]);
    });
    carry(&mut pair, To::Payment, 1..=3);
    let ignored = pair.payment.on(|| {
        System::events()
            .into_iter()
            .filter(|event| {
                matches!(event.event, RuntimeEvent::Counterpart(pallet_counterpart::Event::MessageIgnored { .. }))
            })
            .count()
    });
    assert_eq!(ignored, 2);
    assert!(pair.payment.on(|| Counterpart::payment(other.id)).is_none());
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_full_lane_should_cost_a_proof_and_no_asset() {
    let mut pair = Pair::new();
    // Nobody has carried anything for a long time.
    pair.asset.on(|| {
        use tandem_primitives::{Message, Record, TermsHash, TrancheIndex, Transport, VersionedMessage};
        let message = VersionedMessage::V1(Message::Decided {
            id: Default::default(),
            tranche: TrancheIndex(0),
            record: Record {
                terms_hash: TermsHash::default(),
                networks: Default::default(),
                pay_deadline: 0,
                decision: Decision::Executed { lots: 1 },
            },
        });
        while configs::Lane::send(message.clone()) {}
    });
    assert_eq!(queued(&mut pair), MAX_QUEUED);
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    assert_eq!(queued(&mut pair), MAX_QUEUED, "the message was not sent");
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_proof_of_the_lane_should_have_room_for_every_message_that_may_be_unconfirmed() {
    use bp_messages::ChainWithMessages;
    let most = configs::TandemChain::MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX;
    assert_eq!(u64::from(pallet_counterpart::grandpa::MAX_KEYS), most + 1);
}

#[test]
fn the_keys_of_proofs_should_be_those_of_the_storage() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    let key = (trade.id, trade.tranche);
    assert_eq!(Commitments::<Runtime>::hashed_key_for(key), commitment(trade.id, trade.tranche));
    assert_eq!(Records::<Runtime>::hashed_key_for(key), record(trade.id, trade.tranche));
    assert_eq!(pallet_counterpart::RecordVersion::<Runtime>::hashed_key().to_vec(), record_version());
    assert_eq!(pallet_timestamp::Now::<Runtime>::hashed_key().to_vec(), pallet_counterpart::grandpa::keys::now());
    assert_eq!(frame_system::BlockHash::<Runtime>::hashed_key_for(0), pallet_counterpart::grandpa::keys::genesis());
}

//! Tests of weights: calls on a trade weigh the legs that it has, and little where there is no such trade.

use super::pair::*;
use crate::{configs::lane, tests::world::BUYER, *};
use frame_support::weights::Weight;
use pallet_counterpart::{Call, WeightInfo as _};
use polkadot_sdk::bp_messages::{
    target_chain::{DispatchMessage, DispatchMessageData, MessageDispatch},
    MessageKey,
};
use tandem_primitives::{HeldInstructions, InstructionId, Message, VersionedMessage, MAX_LEGS};

type Measured = <Runtime as pallet_counterpart::Config>::WeightInfo;

/// Time of a millisecond, as a weight counts it.
const MUCH: u64 = 1_000_000_000;

#[test]
fn net_p2_proof_calls_and_commit_should_weigh_the_legs_of_their_trade() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    let (committed, declared, actual) = pair.asset.weighed(CARRIER, Call::commit { id: trade.id, lots: None });
    assert!(committed.is_err(), "it is no party");
    assert_eq!(declared, Counterpart::commit_weight(MAX_LEGS));
    assert_eq!(actual, Counterpart::commit_weight(2));
    let (committed, _, actual) = pair.asset.weighed(BUYER, Call::commit { id: trade.id, lots: None });
    assert_eq!((committed, actual), (Ok(()), Counterpart::commit_weight(2)));
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.import(To::Asset);
    let proof = pair.record(&trade);
    let of_proof = Measured::deliver_by_proof(proof.size());
    let deliver: Call<Runtime> = Call::deliver_by_proof { id: trade.id, proof };
    let (delivered, declared, actual) = pair.asset.weighed(CARRIER, deliver.clone());
    assert_eq!(delivered, Ok(()));
    assert_eq!(declared, of_proof + Settlement::deliver_weight(MAX_LEGS));
    assert_eq!(actual, of_proof + Settlement::deliver_weight(2));
    let (again, _, actual) = pair.asset.weighed(CARRIER, deliver);
    assert!(again.is_err() && actual.ref_time() < of_proof.ref_time(), "{actual:?}");
}

#[test]
fn net_p2_a_return_should_weigh_the_legs_of_its_trade() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    let deadline = trade.pay_deadline();
    pair.payment.wait_until(deadline);
    pair.import(To::Asset);
    let proof = pair.absence(&trade);
    let of_proof = Measured::return_by_proof(proof.size());
    let (returned, declared, actual) = pair.asset.weighed(CARRIER, Call::return_by_proof { id: trade.id, proof });
    assert_eq!(returned, Ok(()));
    assert_eq!(declared, of_proof + Settlement::take_back_weight(MAX_LEGS));
    assert_eq!(actual, of_proof + Settlement::take_back_weight(2));
}

#[test]
fn net_p2_calls_on_what_is_not_there_should_weigh_little() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    let nothing = InstructionId(Hash::repeat_byte(9));
    let proof = pair.absence(&trade);
    let foreign = Trade::with(&mut pair, 10, |terms| terms.networks[0] = Hash::repeat_byte(8));
    let calls: [RuntimeCall; 8] = [
        Call::commit { id: nothing, lots: None }.into(),
        Call::deliver_by_proof { id: nothing, proof: proof.clone() }.into(),
        Call::return_by_proof { id: nothing, proof: proof.clone() }.into(),
        Call::forget_by_proof { id: nothing, tranche: trade.tranche, proof: proof.clone() }.into(),
        Call::complete_release { id: nothing }.into(),
        Call::release { id: nothing, leg: PAYMENT, lots: 1 }.into(),
        foreign.instruct_by_proof(proof),
        foreign.reserve_ahead(1),
    ];
    for call in calls {
        let (result, declared, actual) = pair.payment.weighed(BUYER, call.clone());
        assert!(result.is_err(), "{call:?}");
        assert!(actual.ref_time() < MUCH / 10 && actual.ref_time() < declared.ref_time(), "{call:?}: {actual:?}");
    }
}

#[test]
fn net_p2_a_message_should_give_back_the_legs_that_its_trade_does_not_have() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let key = (trade.id, trade.tranche);
    let record = pair.payment.on(|| pallet_counterpart::Records::<Runtime>::get(key)).expect("decided");
    let decided = || DispatchMessage {
        key: MessageKey { lane_id: lane(), nonce: 1 },
        data: DispatchMessageData {
            payload: Ok(VersionedMessage::V1(Message::Decided { id: trade.id, tranche: trade.tranche, record })),
        },
    };
    let ending = |legs| Settlement::deliver_weight(legs).max(Settlement::take_back_weight(legs));
    let declared = Counterpart::dispatch_weight(&mut decided());
    let first = pair.asset.on(|| Counterpart::dispatch(decided())).unspent_weight;
    assert_eq!(first, declared - (Measured::receive_decision() + ending(2)));
    // One that comes again finds nothing, and gives back nearly all.
    let again = pair.asset.on(|| Counterpart::dispatch(decided())).unspent_weight;
    assert!((declared - again).all_lte(Weight::from_parts(MUCH / 10, 10_000)), "{again:?}");
    assert_eq!(pair.bonds(BUYER), QUANTITY);
}

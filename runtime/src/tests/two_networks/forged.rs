//! Tests of lies by a chain whose validators are dishonest, beyond changes of one field: each lie has an error of its
//! own.

use super::pair::*;
use crate::{tests::world::BUYER, *};
use pallet_counterpart::{
    grandpa::keys::{commitment, record, record_version},
    Call, Commitments, Error, Payments, Records,
};
use tandem_primitives::{Decision, Policy, RejectReason, TermsFault};

type Fault = Error<Runtime>;

#[test]
fn lots_that_the_parties_do_not_take_should_not_be_delivered() {
    // At least four of ten, and four at least are left; eight are committed.
    for lots in 0..=11 {
        let mut pair = Pair::new();
        let trade = Trade::new(&mut pair, 10);
        trade.agree_with(&mut pair, Policy::Parq { min_lots: 4 });
        trade.deliver_lots(&mut pair, 8);
        trade.commit(&mut pair);
        pair.carry_commitment(&trade);
        pair.payment.send_ok(BUYER, trade.pay(6));
        let key = (trade.id, trade.tranche);
        let mut said = pair.payment.on(|| Records::<Runtime>::get(key)).expect("paid");
        said.decision = Decision::Executed { lots };
        pair.payment.on(|| Records::<Runtime>::insert(key, said));
        pair.import(To::Asset);
        let proof = pair.prove(To::Asset, &[record_version(), record(key.0, key.1)]);
        let found = pair.asset.send(CARRIER, Call::deliver_by_proof { id: trade.id, proof });
        let expected = if (4..=6).contains(&lots) { Ok(()) } else { Err(Fault::LotsNotAllowed.into()) };
        assert_eq!(found, expected, "{lots}");
    }
}

#[test]
fn a_rejection_should_not_deliver_and_one_of_other_terms_not_return() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    let refuse = Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_ok(BUYER, refuse);
    let key = (trade.id, trade.tranche);
    let keys = [record_version(), record(key.0, key.1)];
    pair.import(To::Asset);
    let proof = pair.prove(To::Asset, &keys);
    pair.asset.send_err(CARRIER, Call::deliver_by_proof { id: trade.id, proof }, Fault::RecordIsRejection);
    let said = pair.payment.on(|| Records::<Runtime>::get(key)).expect("refused");
    assert_eq!(said.decision, Decision::Rejected { reason: RejectReason::Refused });
    let mut other = said;
    other.terms_hash = Default::default();
    pair.payment.on(|| Records::<Runtime>::insert(key, other));
    pair.import(To::Asset);
    let proof = pair.prove(To::Asset, &keys);
    pair.asset.send_err(CARRIER, Call::return_by_proof { id: trade.id, proof }, Fault::RecordDiffers);
    assert_eq!(pair.in_escrow().0, QUANTITY);
}

#[test]
fn a_genesis_of_zeros_or_twice_the_same_should_name_no_trade() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    let proof = pair.prove(To::Payment, &[record_version()]);
    let own = pair.payment.genesis;
    for (genesis, fault) in [(Hash::zero(), Fault::OtherNetwork), (own, Fault::BadTerms(TermsFault::BadNetworks))] {
        let mut other = trade.clone();
        other.terms.networks[0] = genesis;
        pair.payment.send_err(BUYER, other.instruct_by_proof(proof.clone()), fault);
        let fault = if genesis == own { Fault::BadTerms(TermsFault::BadNetworks) } else { Fault::OtherNetwork };
        pair.payment.send_err(BUYER, other.reserve_ahead(1), fault);
    }
}

#[test]
fn a_commitment_that_does_not_follow_what_has_settled_here_should_be_refused() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 6);
    trade.commit(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    let second = trade.next();
    second.deliver_lots(&mut pair, 4);
    second.commit(&mut pair);
    let key = (second.id, second.tranche);
    let said = pair.asset.on(|| Commitments::<Runtime>::get(key)).expect("committed");
    // Four are left here. The other chain says that five are, or commits the one after the next.
    let mut five = said.clone();
    (five.settled, five.parts.remaining, five.parts.max) = (5, 5, 5);
    for (tranche, lie) in [(second.tranche, &five), (second.next().tranche, &said)] {
        pair.asset.on(|| {
            Commitments::<Runtime>::remove(key);
            Commitments::<Runtime>::insert((second.id, tranche), lie);
        });
        pair.unchecked_import(To::Payment);
        let proof = pair.prove(To::Payment, &[record_version(), commitment(second.id, tranche)]);
        let other = Trade { tranche, ..second.clone() };
        pair.payment.send_err(CARRIER, other.instruct_by_proof(proof), Fault::CommitmentDiffers);
    }
    let payment = pair.payment.on(|| Payments::<Runtime>::get(trade.id)).expect("four lots are left");
    assert_eq!((payment.settled, payment.covered(), payment.commitment), (6, 4, None));
}

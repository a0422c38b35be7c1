//! Tests of blocked headers: imported headers that prove nothing, more of them than can be listed one by one.

use super::pair::*;
use crate::{tests::world::BUYER, *};
use frame_support::assert_ok;
use pallet_counterpart::{
    grandpa::keys::{record, record_version},
    BlockedUntil, Call, Error, Event, HeaderProof,
};
use tandem_primitives::ProofFault;

/// Test helper: trade that is committed and paid, with proofs of its record at three imported headers.
fn paid() -> (Pair, Trade, Vec<HeaderProof>) {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let keys = [record_version(), record(trade.id, trade.tranche)];
    let proofs = (0..3).map(|_| {
        pair.import(To::Asset);
        pair.prove(To::Asset, &keys)
    });
    let proofs = proofs.collect();
    (pair, trade, proofs)
}

fn number(pair: &Pair, proof: &HeaderProof) -> BlockNumber {
    let found = pair.payment.finalised.iter().find(|finalised| finalised.hash() == proof.header);
    found.expect("finalised").header.number
}

fn deliver(trade: &Trade, proof: &HeaderProof) -> Call<Runtime> {
    Call::deliver_by_proof { id: trade.id, proof: proof.clone() }
}

fn until(number: Option<BlockNumber>) -> Call<Runtime> {
    Call::block_headers_until { number }
}

#[test]
fn headers_up_to_the_number_should_prove_nothing_and_the_next_one_should() {
    let (mut pair, trade, proofs) = paid();
    let middle = number(&pair, &proofs[1]);
    assert_ok!(pair.asset.root(until(Some(middle))));
    for blocked in &proofs[..2] {
        pair.asset.send_err(CARRIER, deliver(&trade, blocked), Error::<Runtime>::Proof(ProofFault::HeaderBlocked));
    }
    // What was not imported is not there, whatever number it might have.
    let unknown = HeaderProof { header: Hash::repeat_byte(7), ..proofs[0].clone() };
    pair.asset.send_err(CARRIER, deliver(&trade, &unknown), Error::<Runtime>::Proof(ProofFault::HeaderNotFound));
    assert_eq!(number(&pair, &proofs[2]), middle + 1);
    pair.asset.send_ok(CARRIER, deliver(&trade, &proofs[2]));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn the_number_should_rise_fall_and_go() {
    let (mut pair, trade, proofs) = paid();
    let numbers = [0, 1, 2].map(|index| number(&pair, &proofs[index]));
    let said = |before, now| RuntimeEvent::Counterpart(Event::HeadersBlockedUntil { old: before, new: now });
    assert_eq!(pair.asset.root(until(None)), Err(Error::<Runtime>::NothingChanges.into()));
    let steps = [
        (None, Some(numbers[2])),
        (Some(numbers[2]), Some(numbers[1])),
        (Some(numbers[1]), Some(BlockNumber::MAX)),
        (Some(BlockNumber::MAX), Some(numbers[0])),
        (Some(numbers[0]), None),
    ];
    for (before, now) in steps {
        assert_ok!(pair.asset.root(until(now)));
        assert_eq!(pair.asset.on(BlockedUntil::<Runtime>::get), now);
        let last = pair.asset.on(System::events).pop().map(|record| record.event);
        assert_eq!(last, Some(said(before, now)));
        assert_eq!(pair.asset.root(until(now)), Err(Error::<Runtime>::NothingChanges.into()));
        for (number, proof) in numbers.iter().zip(&proofs) {
            let blocked = now.is_some_and(|until| *number <= until);
            if blocked {
                pair.asset.send_err(
                    CARRIER,
                    deliver(&trade, proof),
                    Error::<Runtime>::Proof(ProofFault::HeaderBlocked),
                );
            }
        }
        pair.asset.block();
    }
    pair.asset.send_ok(CARRIER, deliver(&trade, &proofs[0]));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_header_should_stay_on_the_list_whatever_the_number() {
    let (mut pair, trade, proofs) = paid();
    let header = proofs[2].header;
    assert_ok!(pair.asset.root(Call::block_header { header }));
    assert_ok!(pair.asset.root(until(Some(number(&pair, &proofs[0])))));
    assert_ok!(pair.asset.root(until(None)));
    pair.asset.send_err(CARRIER, deliver(&trade, &proofs[2]), Error::<Runtime>::Proof(ProofFault::HeaderBlocked));
    assert_ok!(pair.asset.root(until(Some(number(&pair, &proofs[2])))));
    assert_ok!(pair.asset.root(Call::unblock_header { header }));
    pair.asset.send_err(CARRIER, deliver(&trade, &proofs[2]), Error::<Runtime>::Proof(ProofFault::HeaderBlocked));
    assert_ok!(pair.asset.root(until(None)));
    pair.asset.send_ok(CARRIER, deliver(&trade, &proofs[2]));
}

#[test]
fn a_halted_client_should_go_on_importing_and_prove_by_what_it_imported() {
    let (mut pair, trade, proofs) = paid();
    assert_ok!(pair.asset.root(Call::set_halted { halted: true }));
    // What a forger has imported goes as true headers take its place, and nothing is proven meanwhile.
    pair.import(To::Asset);
    let newest = pair.prove(To::Asset, &[record_version(), record(trade.id, trade.tranche)]);
    for proof in [&proofs[2], &newest] {
        pair.asset.send_err(CARRIER, deliver(&trade, proof), Error::<Runtime>::Proof(ProofFault::Halted));
    }
    assert_ok!(pair.asset.root(Call::set_halted { halted: false }));
    pair.asset.send_ok(CARRIER, deliver(&trade, &newest));
}

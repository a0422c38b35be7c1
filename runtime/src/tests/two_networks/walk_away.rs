//! Tests of parties that want both the asset and the money, or that make the other one wait.

use super::pair::*;
use crate::{
    tests::world::{set_status, BOND, BUYER, BUYER_ID, EURO, ISSUER, SELLER, SELLER_ID},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{
    grandpa::keys::{commitment, record, record_version},
    Call, Error, Payments,
};
use pallet_settlement::{Closed, Instruction, Instructions};
use tandem_primitives::{Decision, Leg, Outcome, ProofFault, RejectReason, Status};

fn refuse(trade: &Trade) -> Call<Runtime> {
    Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() }
}

#[track_caller]
fn outcome(pair: &mut Pair, trade: &Trade) -> (Outcome, u32) {
    match pair.asset.on(|| Instructions::<Runtime>::get(trade.id)) {
        Some(Instruction::Closed(Closed { outcome, lots, .. })) => (outcome, lots),
        other => panic!("not closed: {other:?}"),
    }
}

/// Test helper: imports a header that shows the record of a rejection into the asset chain, and returns the delivery by
/// it.
#[track_caller]
fn carry_rejection(pair: &mut Pair, trade: &Trade) {
    pair.import(To::Asset);
    let proof = pair.prove(To::Asset, &[record_version(), record(trade.id, trade.tranche)]);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
}

fn freeze(asset: u32) -> pallet_assets::Call<Runtime> {
    pallet_assets::Call::freeze_asset { id: asset.into() }
}

fn thaw(asset: u32) -> pallet_assets::Call<Runtime> {
    pallet_assets::Call::thaw_asset { id: asset.into() }
}

/// Test helper: trade with a third leg, by which the buyer pays a commission of a cent to the issuer.
fn with_commission(pair: &mut Pair) -> Trade {
    Trade::with(pair, 1, |terms| {
        let commission = Leg { amount: 1, to: ISSUER.to_account_id(), ..terms.legs[1].clone() };
        terms.legs.try_push(commission).expect("few");
    })
}

#[test]
fn a_friend_of_the_payer_should_not_let_go_what_the_payer_has_reserved_ahead() {
    let mut pair = Pair::new();
    let trade = with_commission(&mut pair);
    let commission = |trade: &Trade| match trade.reserve_ahead(1) {
        RuntimeCall::Counterpart(Call::reserve_ahead { terms, instructing, quantity, .. }) => {
            Call::reserve_ahead { terms, instructing, leg: 2.into(), quantity }
        }
        other => panic!("{other:?}"),
    };
    pair.payment.send_ok(BUYER, trade.reserve_ahead(1));
    pair.payment.send_ok(BUYER, commission(&trade));
    // The seller sees all of it reserved, and gives up its own way back.
    trade.committed(&mut pair);
    // The price has moved. Whoever is paid a cent would let the buyer go before the commitment arrives.
    pair.payment.send_err(ISSUER, refuse(&trade), Error::<Runtime>::Irrevocable);
    // Nor does the seller: what it lets go would be the other's too.
    pair.payment.send_err(SELLER, refuse(&trade), Error::<Runtime>::Irrevocable);
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 1 }));
    pair.carry_record(&trade);
    assert_eq!((pair.bonds(BUYER), pair.euros(SELLER), pair.euros(ISSUER)), (QUANTITY, PRICE, 1));
}

#[test]
fn each_of_several_payees_should_still_refuse_what_is_committed_and_not_covered() {
    for who in [SELLER, ISSUER] {
        let mut pair = Pair::new();
        let trade = with_commission(&mut pair);
        pair.payment.send_ok(BUYER, trade.reserve_ahead(1));
        trade.committed(&mut pair);
        pair.carry_commitment(&trade);
        assert_eq!(pair.decision(&trade), None, "the commission is not reserved");
        pair.payment.send_ok(who, refuse(&trade));
        carry_rejection(&mut pair, &trade);
        assert_eq!(outcome(&mut pair, &trade), (Outcome::Rejected, 0));
        pair.ended((1_000, 0), (0, 100_000));
    }
}

#[test]
fn what_is_refused_should_not_be_paid_later_nor_committed_again() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    // The payee lets the payer go, and a moment later its commitment arrives: neither has lost anything.
    pair.payment.send_ok(SELLER, refuse(&trade));
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), None);
    // Now the payer says no, and thinks better of it.
    pair.payment.send_ok(BUYER, refuse(&trade));
    assert_eq!(pair.decision(&trade), Some(Decision::Rejected { reason: RejectReason::Refused }));
    pair.payment.send_err(BUYER, trade.pay(10), Error::<Runtime>::PaymentNotFound);
    pair.payment.send_err(BUYER, trade.reserve_ahead(10), Error::<Runtime>::AlreadyExists);
    pair.import(To::Payment);
    let again = pair.prove(To::Payment, &[record_version(), commitment(trade.id, trade.tranche)]);
    let again = trade.instruct_by_proof(again);
    assert_eq!(pair.payment.directly(CARRIER, again), Err(Error::<Runtime>::AlreadyExists.into()));
    carry_rejection(&mut pair, &trade);
    let commit = Call::commit { id: trade.id, lots: None };
    pair.asset.send_err(SELLER, commit, pallet_settlement::Error::<Runtime>::AlreadyClosed);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn the_record_of_one_tranche_should_not_end_the_next() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 6);
    trade.commit(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(6));
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    let second = trade.next();
    second.deliver_lots(&mut pair, 4);
    second.commit(&mut pair);
    pair.import(To::Asset);
    // Six lots were executed. Of the four that are committed now nothing is known yet.
    let first = pair.prove(To::Asset, &[record_version(), record(trade.id, trade.tranche)]);
    let found = pair.asset.send(BUYER, Call::deliver_by_proof { id: trade.id, proof: first });
    let refusals =
        [Error::<Runtime>::Proof(ProofFault::NodeMissing), Error::RecordNotFound, Error::Proof(ProofFault::NodeUnused)]
            .map(|no| Err(no.into()));
    assert!(refusals.contains(&found), "{found:?}");
    let absent = pair.prove(To::Asset, &[record_version(), record(second.id, second.tranche)]);
    pair.asset.send_err(
        BUYER,
        Call::deliver_by_proof { id: trade.id, proof: absent },
        Error::<Runtime>::RecordNotFound,
    );
    let early = pair.absence(&second);
    pair.asset.send_err(SELLER, Call::return_by_proof { id: trade.id, proof: early }, Error::<Runtime>::NotTimedOut);
    pair.time_out(&second);
    assert_eq!(outcome(&mut pair, &trade), (Outcome::PartiallySettled, 6));
    pair.ended((640, 35_640), (360, 64_360));
}

#[test]
fn a_sanction_on_either_side_should_return_both_sides_as_credits() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.payment.on(|| set_status(BUYER_ID, Status::Sanctioned));
    pair.asset.on(|| set_status(SELLER_ID, Status::Sanctioned));
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), None, "nothing moves to or from it");
    // It is committed and covered: neither gets out of it by somebody's misfortune, but by time.
    pair.payment.send_err(SELLER, refuse(&trade), Error::<Runtime>::Irrevocable);
    pair.time_out(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Rejected { reason: RejectReason::TooLate }));
    assert_eq!(pair.in_escrow(), (QUANTITY, PRICE), "credits that wait");
    pair.check();
    pair.payment.on(|| set_status(BUYER_ID, Status::Active));
    pair.asset.on(|| set_status(SELLER_ID, Status::Active));
    pair.claim(To::Payment, BUYER, EURO);
    pair.claim(To::Asset, SELLER, BOND);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_suspension_after_the_commitment_should_change_nothing() {
    for suspended in [SELLER_ID, BUYER_ID] {
        let mut pair = Pair::new();
        let trade = Trade::new(&mut pair, 10);
        pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
        trade.committed(&mut pair);
        for network in [&mut pair.asset, &mut pair.payment] {
            network.on(|| set_status(suspended, Status::Suspended));
        }
        pair.carry_commitment(&trade);
        pair.carry_record(&trade);
        assert_eq!(outcome(&mut pair, &trade), (Outcome::Settled, 10));
        pair.ended((400, PRICE), (QUANTITY, 40_600));
    }
}

#[test]
fn a_payee_that_is_suspended_before_the_commitment_arrives_should_get_everything_back() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.payment.on(|| set_status(SELLER_ID, Status::Suspended));
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Rejected { reason: RejectReason::PartyNotActive }));
    // It is back in favour a moment later; what is decided stays decided.
    pair.payment.on(|| set_status(SELLER_ID, Status::Active));
    pair.payment.send_err(BUYER, trade.reserve_ahead(10), Error::<Runtime>::AlreadyExists);
    carry_rejection(&mut pair, &trade);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn an_issuer_should_not_destroy_what_is_committed_reserved_or_credited() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    let in_use = || frame_system::Error::<Runtime>::CallFiltered;
    let destroy = |asset: u32| pallet_assets::Call::<Runtime>::start_destroy { id: asset.into() };
    for (network, asset) in [(&mut pair.asset, BOND), (&mut pair.payment, EURO)] {
        network.send_err(ISSUER, destroy(asset), in_use());
        network.send_ok(ISSUER, freeze(asset));
        network.send_err(ISSUER, destroy(asset), in_use());
    }
    pair.payment.send_ok(ISSUER, thaw(EURO));
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    // Paid there, and a credit here: it is the buyer's, and nobody destroys it.
    assert_eq!(pair.in_escrow(), (QUANTITY, 0));
    pair.asset.send_err(ISSUER, destroy(BOND), in_use());
    pair.asset.send_ok(ISSUER, thaw(BOND));
    pair.claim(To::Asset, BUYER, BOND);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_counterpart_that_is_closed_in_between_should_bind_nobody_for_good() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(4));
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    assert_ok!(pair.asset.root(Call::close_counterpart {}));
    let commit = Call::commit { id: trade.id, lots: None };
    let closed = pallet_settlement::Error::<Runtime>::CounterpartNotOpen;
    pair.asset.send_err(SELLER, commit, closed);
    let genesis = pair.payment.genesis;
    assert_ok!(pair.asset.root(Call::open_counterpart { genesis }));
    trade.commit(&mut pair);
    // The deciding chain closes next: what is committed still arrives and is paid, and nothing begins ahead of it.
    assert_ok!(pair.payment.root(Call::close_counterpart {}));
    pair.payment.send_err(BUYER, trade.reserve_ahead(1), Error::<Runtime>::CounterpartNotOpen);
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 4 }));
    pair.carry_record(&trade);
    let second = trade.next();
    second.commit(&mut pair);
    pair.carry_commitment(&second);
    pair.payment.send_ok(BUYER, second.pay(6));
    pair.carry_record(&second);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_proof_should_win_over_a_release_until_the_release_is_complete() {
    let week = <Runtime as pallet_counterpart::Config>::ReleaseDelay::get();
    for proof_first in [true, false] {
        let mut pair = Pair::new();
        let trade = Trade::new(&mut pair, 10);
        pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
        trade.committed(&mut pair);
        pair.carry_commitment(&trade);
        pair.import(To::Asset);
        // The proof is there, and nobody carries it; then the other chain falls silent.
        let proof = pair.prove(To::Asset, &[record_version(), record(trade.id, trade.tranche)]);
        assert_ok!(pair.asset.root(Call::governed_release { id: trade.id }));
        let since = pair.asset.now();
        pair.asset.wait_until(since + week);
        let complete = Call::complete_release { id: trade.id };
        let deliver = Call::deliver_by_proof { id: trade.id, proof };
        if proof_first {
            pair.asset.send_ok(BUYER, deliver);
            pair.asset.send_err(SELLER, complete, Error::<Runtime>::ReleaseNotFound);
            pair.ended((400, PRICE), (QUANTITY, 40_600));
        } else {
            pair.asset.send_ok(SELLER, complete);
            assert_eq!(pair.asset.directly(BUYER, deliver), Err(Error::<Runtime>::NotCommitted.into()));
            // I10: the one case in which the two sides differ, and it is named.
            assert_eq!(outcome(&mut pair, &trade), (Outcome::Released, 0));
            pair.ended((1_000, PRICE), (0, 40_600));
        }
    }
}

#[test]
fn a_chain_that_comes_back_after_a_release_should_pay_nothing() {
    let week = <Runtime as pallet_counterpart::Config>::ReleaseDelay::get();
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.import(To::Payment);
    let proof = pair.prove(To::Payment, &[record_version(), commitment(trade.id, trade.tranche)]);
    assert_ok!(pair.asset.root(Call::governed_release { id: trade.id }));
    let since = pair.asset.now();
    pair.asset.wait_until(since + week);
    pair.asset.send_ok(SELLER, Call::complete_release { id: trade.id });
    // It stood still, and its first block has the time of day.
    pair.payment.wait_until(since + week);
    pair.payment.send_err(CARRIER, trade.instruct_by_proof(proof), Error::<Runtime>::TooLate);
    pair.payment.block();
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_sanction_on_one_chain_should_say_nothing_on_the_other() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    // Each network has a regulator of its own; what is paid is delivered where nothing is held against the receiver.
    pair.payment.on(|| set_status(BUYER_ID, Status::Sanctioned));
    pair.carry_record(&trade);
    assert_eq!(pair.bonds(BUYER), QUANTITY);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

//! Tests of two networks before, at and after each instant of the terms, by the clock of the chain that counts.

use super::pair::*;
use crate::{
    tests::world::{set_status, BUYER, BUYER_ID, SELLER, SELLER_ID},
    *,
};
use pallet_counterpart::{
    grandpa::keys::{record, record_version},
    Call, Error, Payments, Records,
};
use pallet_settlement::{Closed, Instruction, Instructions};
use tandem_primitives::{Decision, Outcome, Status};

fn return_by_proof(pair: &mut Pair, trade: &Trade) -> RuntimeCall {
    let proof = pair.absence(trade);
    Call::return_by_proof { id: trade.id, proof }.into()
}

#[track_caller]
fn outcome(pair: &mut Pair, trade: &Trade) -> Outcome {
    let id = trade.id;
    match pair.holding(trade).on(|| Instructions::<Runtime>::get(id)) {
        Some(Instruction::Closed(Closed { outcome, .. })) => outcome,
        other => panic!("not closed: {other:?}"),
    }
}

#[test]
fn a_return_should_wait_for_the_pay_deadline_by_the_deciding_clock() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    let pay_deadline = trade.pay_deadline();
    // The holding chain's own clock is far beyond it; that says nothing.
    pair.asset.wait_until(pay_deadline + 100_000);
    pair.payment.wait_until(pay_deadline - SLOT_DURATION);
    pair.import(To::Asset);
    let call = return_by_proof(&mut pair, &trade);
    pair.asset.send_err(CARRIER, call, Error::<Runtime>::NotTimedOut);
    // The next block of the deciding chain is at the pay deadline.
    assert!(pair.payment.now() >= pay_deadline);
    pair.import(To::Asset);
    let call = return_by_proof(&mut pair, &trade);
    pair.asset.send_ok(CARRIER, call);
    assert_eq!(outcome(&mut pair, &trade), Outcome::Expired);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn nothing_should_execute_from_the_pay_deadline_on() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    // Swept or not, the answer is no.
    let found = pair.payment.send(BUYER, trade.pay(10));
    assert!(found.is_err());
    pair.payment.block();
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0, "the sweep has ended it");
    let decided = pair.payment.on(|| Records::<Runtime>::get((trade.id, trade.tranche))).map(|record| record.decision);
    assert!(matches!(decided, Some(Decision::Rejected { .. })));
    pair.import(To::Asset);
    let proof = pair.prove(To::Asset, &[record_version(), record(trade.id, trade.tranche)]);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    assert_eq!(outcome(&mut pair, &trade), Outcome::Rejected);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn the_last_block_before_the_pay_deadline_should_execute() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    let last = trade.pay_deadline() - SLOT_DURATION;
    pair.payment.wait_until(last);
    assert!(pair.payment.now() < trade.pay_deadline());
    pair.payment.send_ok(BUYER, trade.pay(10));
    // Long after, whatever the clocks say by then, the delivery follows.
    let deadline = trade.terms.deadline;
    pair.asset.wait_until(deadline + 1_000_000);
    pair.carry_record(&trade);
    assert_eq!(outcome(&mut pair, &trade), Outcome::Settled);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_commitment_that_arrives_too_late_should_not_be_accepted_and_should_return() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    pair.import(To::Payment);
    let keys = [record_version(), pallet_counterpart::grandpa::keys::commitment(trade.id, trade.tranche)];
    let proof = pair.prove(To::Payment, &keys);
    let call = trade.instruct_by_proof(proof);
    pair.payment.send_err(CARRIER, call, Error::<Runtime>::TooLate);
    pair.payment.block();
    assert_eq!(pair.in_escrow(), (QUANTITY, 0), "what was reserved ahead is back");
    pair.import(To::Asset);
    let call = return_by_proof(&mut pair, &trade);
    pair.asset.send_ok(CARRIER, call);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_commitment_should_leave_the_window() {
    let mut pair = Pair::new();
    let window = <Runtime as pallet_counterpart::Config>::MinSettleWindow::get();
    let start = pair.asset.now();
    let late = Trade::with(&mut pair, 1, |terms| {
        terms.reserve_by = start + PAY_DEADLINE - window + 1;
    });
    let instruct =
        pallet_settlement::Call::instruct { terms: late.versioned(), party: Default::default(), reserve: None };
    assert!(pair.asset.send(SELLER, instruct).is_err(), "no time is left between the last commitment and the payment");
    let trade = Trade::with(&mut pair, 1, |terms| terms.reserve_by = start + PAY_DEADLINE - window);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 1);
    let reserve_by = trade.terms.reserve_by;
    pair.asset.wait_until(reserve_by - SLOT_DURATION);
    assert!(pair.asset.now() < reserve_by);
    trade.commit(&mut pair);
}

#[test]
fn what_is_not_committed_at_reserve_by_should_return() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    let reserve_by = trade.terms.reserve_by;
    pair.asset.wait_until(reserve_by);
    assert!(pair.asset.send(SELLER, Call::commit { id: trade.id, lots: None }).is_err());
    pair.asset.block();
    assert_eq!(outcome(&mut pair, &trade), Outcome::Expired);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_committed_party_that_is_sanctioned_should_deliver_by_a_credit() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    // After the payment nothing on the asset chain takes the delivery back.
    pair.asset.on(|| {
        set_status(SELLER_ID, Status::Sanctioned);
        set_status(BUYER_ID, Status::Sanctioned);
    });
    pair.carry_record(&trade);
    assert_eq!(outcome(&mut pair, &trade), Outcome::Settled);
    pair.check();
    assert_eq!((pair.bonds(BUYER), pair.in_escrow().0), (0, QUANTITY), "a credit that waits");
    pair.asset.on(|| {
        set_status(SELLER_ID, Status::Active);
        set_status(BUYER_ID, Status::Active);
    });
    let asset = AssetId::WithId(crate::tests::world::BOND);
    let claim = pallet_escrow::Call::claim { account: BUYER.to_account_id(), asset, to: BUYER.to_account_id() };
    pair.asset.send_ok(BUYER, claim);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_payer_that_is_sanctioned_should_hold_the_payment_back_until_its_time() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.payment.on(|| set_status(BUYER_ID, Status::Sanctioned));
    pair.carry_commitment(&trade);
    assert_eq!(pair.payment.on(|| Records::<Runtime>::iter().count()), 0, "deferred");
    pair.payment.send_err(CARRIER, Call::execute { id: trade.id, lots: None }, Error::<Runtime>::Blocked);
    // It is lifted in time, and anybody goes on.
    pair.payment.on(|| set_status(BUYER_ID, Status::Active));
    pair.payment.send_ok(CARRIER, Call::execute { id: trade.id, lots: None });
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn an_asset_that_is_frozen_after_the_commitment_should_deliver_by_a_credit() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let bond = crate::tests::world::BOND;
    pair.asset.send_ok(CARRIER, pallet_assets::Call::freeze_asset { id: bond.into() });
    pair.carry_record(&trade);
    assert_eq!(outcome(&mut pair, &trade), Outcome::Settled);
    assert_eq!(pair.in_escrow().0, QUANTITY);
    pair.asset.send_ok(CARRIER, pallet_assets::Call::thaw_asset { id: bond.into() });
    pair.asset.send_ok(
        BUYER,
        pallet_escrow::Call::claim {
            account: BUYER.to_account_id(),
            asset: AssetId::WithId(bond),
            to: BUYER.to_account_id(),
        },
    );
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn no_way_back_should_be_open_to_a_party_once_it_is_committed() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    use pallet_settlement::{Call as Settle, FlagSource};
    let id = trade.id;
    for call in [
        Settle::<Runtime>::release { id, leg: DELIVERY, lots: 1 },
        Settle::reserve { id, leg: DELIVERY, quantity: tandem_primitives::Quantity::Exactly(1) },
        Settle::cancel { id, on_behalf_of: None },
        Settle::set_party { id, party: Default::default() },
        Settle::set_flag { id, source: FlagSource::Party, reason: Default::default() },
        Settle::settle { id, lots: None },
        Settle::settle_part { id },
        Settle::execute { id, leg: DELIVERY, preimage: None },
        Settle::expire { id },
    ] {
        for who in [SELLER, BUYER] {
            assert!(pair.asset.send(who, call.clone()).is_err(), "{call:?}");
        }
    }
    // Time alone does not open one either.
    let deadline = trade.terms.deadline;
    pair.asset.wait_until(deadline + 1_000_000);
    pair.asset.block();
    assert!(pair.asset.send(CARRIER, Settle::expire { id }).is_err());
    assert_eq!(pair.in_escrow(), (QUANTITY, 0));
    pair.check();
}

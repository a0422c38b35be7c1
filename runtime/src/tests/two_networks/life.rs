//! Tests of trades across two networks from beginning to end, carried by proofs alone.

use super::pair::*;
use crate::{
    tests::world::{BUYER, SELLER},
    *,
};
use pallet_counterpart::{
    grandpa::keys::{commitment, genesis, now, record_version},
    Call, Commitments, Error, Payments, Records,
};
use pallet_settlement::{Closed, Instruction, Instructions};
use tandem_primitives::{Decision, NetworkIndex, Outcome, Policy, RejectReason, Stage, TrancheIndex};

/// Test helper: outcome of the closed instruction on the holding chain, with its lots and tranches.
#[track_caller]
fn closed(pair: &mut Pair, trade: &Trade) -> (Outcome, u32, u32) {
    let id = trade.id;
    match pair.holding(trade).on(|| Instructions::<Runtime>::get(id)) {
        Some(Instruction::Closed(Closed { outcome, lots, tranches, .. })) => (outcome, lots, tranches.0),
        other => panic!("not closed: {other:?}"),
    }
}

fn decision(pair: &mut Pair, trade: &Trade) -> Option<Decision> {
    let key = (trade.id, trade.tranche);
    pair.deciding(trade).on(|| Records::<Runtime>::get(key)).map(|record| record.decision)
}

#[test]
fn a_whole_trade_should_settle_on_both_chains() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    assert_eq!(pair.in_escrow(), (QUANTITY, 0));
    pair.carry_commitment(&trade);
    assert_eq!(decision(&mut pair, &trade), None);
    pair.payment.send_ok(BUYER, trade.pay(10));
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 10 }));
    assert_eq!(pair.in_escrow(), (QUANTITY, 0), "paid, and not delivered yet");
    pair.carry_record(&trade);
    assert_eq!(closed(&mut pair, &trade), (Outcome::Settled, 10, 1));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
    assert_eq!(pair.asset.on(|| Commitments::<Runtime>::iter().count()), 0);
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0);
}

#[test]
fn what_is_reserved_ahead_should_execute_when_the_commitment_arrives() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    assert_eq!(pair.in_escrow(), (0, PRICE));
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 10 }));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn the_asset_network_may_decide_and_the_payment_network_hold() {
    let mut pair = Pair::new();
    let trade = Trade::with(&mut pair, 10, |terms| {
        if let Some(two) = &mut terms.two_networks {
            two.commit_on = NetworkIndex(0);
        }
    });
    assert_eq!((trade.deciding, trade.holding()), (To::Asset, To::Payment));
    trade.committed(&mut pair);
    assert_eq!(pair.in_escrow(), (0, PRICE), "the cash is committed");
    pair.carry_commitment(&trade);
    pair.asset.send_ok(SELLER, trade.pay(10));
    assert_eq!(pair.bonds(BUYER), QUANTITY, "the security has moved: that is the commit point");
    pair.carry_record(&trade);
    assert_eq!(closed(&mut pair, &trade), (Outcome::Settled, 10, 1));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn two_tranches_should_settle_one_after_the_other() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 6);
    trade.commit(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.carry_commitment(&trade);
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 6 }));
    pair.carry_record(&trade);
    assert_eq!((pair.bonds(BUYER), pair.euros(SELLER)), (360, 35_640));
    assert_eq!(pair.in_escrow(), (0, 23_760), "what the buyer has reserved beyond waits for the rest");

    let second = trade.next();
    second.deliver_lots(&mut pair, 4);
    second.commit(&mut pair);
    pair.carry_commitment(&second);
    assert_eq!(decision(&mut pair, &second), Some(Decision::Executed { lots: 4 }));
    pair.carry_record(&second);
    assert_eq!(closed(&mut pair, &trade), (Outcome::Settled, 10, 2));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_payer_that_is_short_should_settle_a_part_and_free_the_rest() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(4));
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 4 }));
    pair.carry_record(&trade);
    let stage = pair.asset.on(|| Settlement::instruction(trade.id)).map(|view| view.stage);
    assert_eq!(stage, Some(Stage::Matched), "a further window is open");
    assert_eq!(pair.in_escrow(), (360, 0));
    // What is left can be taken back, as it could before.
    pair.asset.send_ok(SELLER, pallet_settlement::Call::release { id: trade.id, leg: DELIVERY, lots: 6 });
    let reserve_by = trade.terms.reserve_by;
    pair.asset.wait_until(reserve_by);
    pair.asset.block();
    assert_eq!(closed(&mut pair, &trade), (Outcome::PartiallySettled, 4, 1));
    pair.ended((760, 23_760), (240, 76_240));
}

#[test]
fn odd_amounts_should_add_up_over_tranches() {
    let mut pair = Pair::new();
    // 100.01 of cash in three lots: 33.33, 33.34, 33.34.
    let trade = Trade::with(&mut pair, 3, |terms| terms.legs[1].amount = 10_001);
    let mut each = trade.clone();
    trade.agree(&mut pair);
    for paid in [3_333, 6_667, 10_001] {
        each.deliver_lots(&mut pair, 1);
        each.commit(&mut pair);
        pair.payment.send_ok(BUYER, each.reserve_ahead(1));
        pair.carry_commitment(&each);
        pair.carry_record(&each);
        assert_eq!(pair.euros(SELLER), paid);
        each = each.next();
    }
    assert_eq!(closed(&mut pair, &trade), (Outcome::Settled, 3, 3));
    pair.ended((400, 10_001), (QUANTITY, 89_999));
}

#[test]
fn a_policy_should_hold_across_both_chains() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree_with(&mut pair, Policy::Parq { min_lots: 4 });
    trade.deliver_lots(&mut pair, 10);
    trade.commit(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(3));
    assert_eq!(decision(&mut pair, &trade), None, "three are too few");
    pair.payment.send_ok(BUYER, trade.pay(5));
    // Eight are covered; six leave four, which is the minimum.
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Executed { lots: 6 }));
    pair.carry_record(&trade);
    pair.check();
    assert_eq!(pair.in_escrow(), (240, 2 * 5_940));
}

#[test]
fn a_payee_should_refuse_and_everything_should_return_at_once() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree_with(&mut pair, Policy::Npar);
    trade.deliver_lots(&mut pair, 10);
    trade.commit(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(5));
    let refuse =
        Call::refuse { id: trade.id, on_behalf_of: None, reason: b"other bank".to_vec().try_into().expect("short") };
    pair.payment.send_ok(SELLER, refuse);
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Rejected { reason: RejectReason::Refused }));
    pair.import(To::Asset);
    let proof =
        pair.prove(To::Asset, &[record_version(), pallet_counterpart::grandpa::keys::record(trade.id, trade.tranche)]);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    assert_eq!(closed(&mut pair, &trade), (Outcome::Rejected, 0, 0));
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_payer_should_be_bound_once_it_covers_what_can_be_executed() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree_with(&mut pair, Policy::Parq { min_lots: 4 });
    trade.deliver_lots(&mut pair, 10);
    trade.commit(&mut pair);
    let refuse = || Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_ok(BUYER, trade.reserve_ahead(3));
    // Before the commitment is known: what is reserved ahead is somebody's reason to commit.
    pair.payment.send_err(BUYER, refuse(), Error::<Runtime>::Irrevocable);
    pair.carry_commitment(&trade);
    // Three lots are no part that anybody takes: the payer may still say no.
    pair.payment.send_ok(BUYER, refuse());
    assert_eq!(decision(&mut pair, &trade), Some(Decision::Rejected { reason: RejectReason::Refused }));
    assert_eq!(pair.in_escrow(), (QUANTITY, 0));
}

#[test]
fn a_payee_should_let_go_what_was_reserved_ahead() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    let refuse = Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_ok(SELLER, refuse);
    assert_eq!(pair.payment.on(|| Records::<Runtime>::iter().count()), 0, "nothing was committed: nothing is decided");
    pair.ended((1_000, 0), (0, 100_000));
    // The trade can still settle.
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_later_tranche_should_be_rejected_once_the_payee_has_let_the_rest_go() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 6);
    trade.commit(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    pair.payment.send_ok(SELLER, Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() });
    let second = trade.next();
    second.deliver_lots(&mut pair, 4);
    second.commit(&mut pair);
    pair.carry_commitment(&second);
    assert_eq!(decision(&mut pair, &second), Some(Decision::Rejected { reason: RejectReason::Refused }));
    pair.import(To::Asset);
    let proof = pair
        .prove(To::Asset, &[record_version(), pallet_counterpart::grandpa::keys::record(second.id, second.tranche)]);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    assert_eq!(closed(&mut pair, &trade), (Outcome::PartiallySettled, 6, 1));
    pair.ended((640, 35_640), (360, 64_360));
}

#[test]
fn a_record_should_go_when_the_other_chain_is_done_and_the_time_has_passed() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let keys = [record_version(), commitment(trade.id, trade.tranche), now(), genesis()];
    let forget = |pair: &mut Pair| {
        let proof = pair.prove(To::Payment, &keys);
        Call::forget_by_proof { id: trade.id, tranche: trade.tranche, proof }
    };
    pair.import(To::Payment);
    let call = forget(&mut pair);
    pair.payment.send_err(CARRIER, call, Error::<Runtime>::TooEarly);
    // The pay deadline has passed on both, and the delivery is still committed.
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    pair.asset.wait_until(pay_deadline);
    pair.import(To::Payment);
    let call = forget(&mut pair);
    pair.payment.send_err(CARRIER, call, Error::<Runtime>::StillCommitted);
    pair.carry_record(&trade);
    pair.import(To::Payment);
    let call = forget(&mut pair);
    pair.payment.send_ok(CARRIER, call);
    assert_eq!(pair.payment.on(|| Records::<Runtime>::iter().count()), 0);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn a_header_from_before_the_commitment_should_not_end_a_record() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.import(To::Payment);
    let early = pair.asset.top();
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    let keys = [record_version(), commitment(trade.id, trade.tranche), now(), genesis()];
    let proof = pair.asset.finalised[early].prove(&keys);
    let forget = Call::forget_by_proof { id: trade.id, tranche: TrancheIndex(0), proof };
    pair.payment.send_err(CARRIER, forget, Error::<Runtime>::NotTimedOut);
}

//! Tests of the sweep of the deciding chain, which executes what nobody has to decide any more when its time has come or a
//! sanction has ended.

use super::{
    frozen::{register_manager, MANAGER},
    pair::*,
};
use crate::{
    tests::world::{set_status, BUYER, SELLER_ID},
    *,
};
use pallet_counterpart::{Event, Expiries, Payments, Records};
use tandem_primitives::{Decision, ManagedBy, Policy, Status};

/// Test helper: number of entries of the sweep on the payment chain.
fn looks(pair: &mut Pair) -> usize {
    pair.payment.on(|| Expiries::<Runtime>::iter_keys().count())
}

/// Test helper: asserts that the payment chain has executed exactly so many lots.
#[track_caller]
fn executed(pair: &mut Pair, trade: &Trade, lots: u32) {
    assert_eq!(pair.decision(trade), Some(Decision::Executed { lots }));
}

#[test]
fn net_p8_what_waits_for_settle_from_should_be_executed() {
    let mut pair = Pair::new();
    let start = pair.asset.now();
    let from = start + 100_000;
    let trade = Trade::with(&mut pair, 10, |terms| (terms.settle_from, terms.partial_from) = (from, from));
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    // The clock of the holding chain is ahead.
    pair.asset.wait_until(from);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), None);
    assert_eq!(looks(&mut pair), 2, "its pay deadline, and the instant from which it settles");
    pair.payment.wait_until(from - SLOT_DURATION);
    pair.payment.block();
    assert_eq!(pair.decision(&trade), None, "the block before");
    // The block that has the instant executes it.
    pair.payment.block();
    executed(&mut pair, &trade, 10);
    assert_eq!(looks(&mut pair), 0);
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn net_p8_a_part_should_be_executed_by_the_sweep_from_partial_from_on() {
    let mut pair = Pair::new();
    let start = pair.asset.now();
    let from = start + 100_000;
    let trade = Trade::with(&mut pair, 10, |terms| terms.partial_from = from);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.asset.wait_until(from);
    trade.agree_with(&mut pair, Policy::Part);
    trade.deliver_lots(&mut pair, 4);
    trade.commit(&mut pair);
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), None, "a part has to wait here as well");
    pair.payment.wait_until(from);
    pair.payment.block();
    executed(&mut pair, &trade, 4);
    assert_eq!(looks(&mut pair), 1, "what is left waits for the next commitment, or its time");
    pair.carry_record(&trade);
    pair.time_out_rest(&trade);
    pair.ended((760, 23_760), (240, 76_240));
}

#[test]
fn net_p8_the_sweep_should_find_the_end_of_a_sanction() {
    // In the first minute, and seconds before the pay deadline.
    for before_the_end in [PAY_DEADLINE - 60_000, 20_000] {
        let mut pair = Pair::new();
        let trade = Trade::new(&mut pair, 10);
        pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
        trade.committed(&mut pair);
        pair.payment.on(|| set_status(SELLER_ID, Status::Sanctioned));
        pair.carry_commitment(&trade);
        let lifted = trade.pay_deadline() - before_the_end;
        while pair.payment.now() < lifted {
            pair.payment.block();
            assert_eq!(pair.decision(&trade), None, "nothing moves to it");
            assert!(looks(&mut pair) <= 2, "one look at a time");
        }
        pair.payment.on(|| set_status(SELLER_ID, Status::Active));
        // Nobody calls. A sixteenth of the time that is left is the most that it takes.
        let most = lifted + before_the_end / 16 + 6_000 + SLOT_DURATION;
        while pair.payment.now() <= most && pair.decision(&trade).is_none() {
            pair.payment.block();
        }
        executed(&mut pair, &trade, 10);
        pair.carry_record(&trade);
        pair.ended((400, PRICE), (QUANTITY, 40_600));
    }
}

#[test]
fn net_p8_a_sanction_that_stays_should_end_at_the_pay_deadline() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.payment.on(|| set_status(SELLER_ID, Status::Sanctioned));
    pair.carry_commitment(&trade);
    pair.time_out(&trade);
    assert_eq!(looks(&mut pair), 0);
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0);
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn net_p8_the_sweep_should_decide_nothing_for_a_manager() {
    let mut pair = Pair::new();
    let trade = Trade::with(&mut pair, 10, |terms| {
        let manager_by = terms.reserve_by;
        let two = terms.two_networks.as_mut().expect("two");
        two.managed_by = Some(ManagedBy { manager: MANAGER.to_account_id(), manager_by });
    });
    pair.payment.on(register_manager);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    assert_eq!(looks(&mut pair), 1, "its pay deadline");
    let last = trade.pay_deadline() - SLOT_DURATION;
    pair.payment.wait_until(last);
    pair.payment.block();
    assert_eq!(pair.decision(&trade), None);
    pair.payment.block();
    assert!(matches!(pair.decision(&trade), Some(Decision::Rejected { .. })));
}

#[test]
fn net_p8_a_look_at_what_somebody_has_executed_should_do_nothing() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.payment.on(|| set_status(SELLER_ID, Status::Sanctioned));
    pair.carry_commitment(&trade);
    pair.payment.on(|| set_status(SELLER_ID, Status::Active));
    pair.payment.send_ok(CARRIER, pallet_counterpart::Call::execute { id: trade.id, lots: None });
    assert_eq!(looks(&mut pair), 1, "one that nothing waits for any more");
    let deadline = trade.pay_deadline();
    pair.payment.wait_until(deadline);
    pair.payment.block();
    assert_eq!(looks(&mut pair), 0);
    assert_eq!(pair.payment.on(|| Records::<Runtime>::iter().count()), 1);
    let failed = |event: &Event<Runtime>| matches!(event, Event::SweepFailed { .. });
    assert!(!pair.payment.events().iter().any(failed));
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

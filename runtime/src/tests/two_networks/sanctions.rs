//! Tests of sanctions on the deciding chain: nobody reserves towards a sanctioned party, the others leave where nothing is
//! committed, and what is committed is decided by the record alone.

use super::pair::*;
use crate::{
    tests::world::{set_status, BUYER, BUYER_ID, ISSUER, SELLER, SELLER_ID},
    *,
};
use pallet_counterpart::{grandpa::keys, Call, Error, Event, Payments};
use tandem_primitives::{BlockingReason, Decision, Leg, LegIndex, Quantity, RejectReason, Status};

const DAY: Moment = 86_400_000;

/// Test helper: trade that lives for four days, so that a sanction can last.
fn long(pair: &mut Pair) -> Trade {
    let start = pair.asset.now();
    Trade::with(pair, 10, |terms| {
        terms.reserve_by = start + 2 * DAY;
        terms.two_networks.as_mut().expect("two").pay_deadline = start + 3 * DAY;
        terms.deadline = start + 4 * DAY;
    })
}

/// Test helper: trade with a third leg, by which the buyer pays a commission to the issuer, and that leg.
fn with_commission(pair: &mut Pair) -> (Trade, LegIndex) {
    let trade = Trade::with(pair, 10, |terms| {
        let commission = Leg { amount: 100, to: ISSUER.to_account_id(), ..terms.legs[1].clone() };
        terms.legs.try_push(commission).expect("few");
    });
    (trade, LegIndex(2))
}

fn ahead_on(trade: &Trade, leg: LegIndex, lots: u32) -> Call<Runtime> {
    let (terms, instructing) = (trade.versioned(), trade.instructing.to_account_id());
    Call::reserve_ahead { terms, instructing, leg, quantity: Quantity::Exactly(lots) }
}

fn sanction(network: &mut super::network::Network, party: tandem_primitives::ParticipantId) {
    network.on(|| set_status(party, Status::Sanctioned));
}

fn lift(network: &mut super::network::Network, party: tandem_primitives::ParticipantId) {
    network.on(|| set_status(party, Status::Active));
}

#[test]
fn chain_m2_nobody_should_reserve_towards_a_sanctioned_party() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(4));
    sanction(&mut pair.payment, SELLER_ID);
    for call in [trade.reserve_ahead(1), trade.pay(1)] {
        pair.payment.send_err(BUYER, call, Error::<Runtime>::Blocked);
    }
    let up_to = Call::reserve { id: trade.id, leg: PAYMENT, quantity: Quantity::UpTo(6) };
    pair.payment.send_err(BUYER, up_to, Error::<Runtime>::Blocked);
    // Another trade with it does not begin.
    let another = Trade::with(&mut pair, 10, |terms| terms.reference = b"CROSS-2".to_vec().try_into().expect("short"));
    let inactive = Error::<Runtime>::NotSettleable(RejectReason::PartyNotActive);
    pair.payment.send_err(BUYER, another.reserve_ahead(1), inactive);
    assert_eq!(pair.in_escrow().1, 23_760);
    lift(&mut pair.payment, SELLER_ID);
    pair.payment.send_ok(BUYER, trade.pay(6));
}

#[test]
fn chain_m2_nobody_should_reserve_while_any_party_here_is_sanctioned() {
    let mut pair = Pair::new();
    let (trade, commission) = with_commission(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(4));
    let issuer = tandem_primitives::ParticipantId(4);
    sanction(&mut pair.payment, issuer);
    pair.payment.send_err(BUYER, trade.pay(1), Error::<Runtime>::Blocked);
    // A commitment that arrives is kept: the trade can go on when the sanction is lifted.
    trade.committed(&mut pair);
    pair.carry_commitment_by(&trade, SELLER);
    pair.payment.send_err(BUYER, trade.pay(1), Error::<Runtime>::Blocked);
    lift(&mut pair.payment, issuer);
    pair.payment.send_ok(BUYER, ahead_on(&trade, commission, 4));
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 4 }));
}

// A commitment may be on its way, and a sanction of an hour must not give the payer a choice that the deliverer has paid
// for: what one could cover goes only when the sanction has lasted.
#[test]
fn chain_m2_a_payer_should_leave_a_sanctioned_payee_when_the_sanction_has_lasted() {
    let mut pair = Pair::new();
    let trade = long(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.payment.send_err(BUYER, trade.release(10), Error::<Runtime>::Irrevocable);
    sanction(&mut pair.payment, SELLER_ID);
    let since = pair.payment.now();
    pair.payment.send_err(BUYER, trade.release(10), Error::<Runtime>::Irrevocable);
    pair.payment.wait_until(since + DAY - SLOT_DURATION);
    pair.payment.send_err(BUYER, trade.release(1), Error::<Runtime>::Irrevocable);
    pair.payment.wait_until(since + DAY);
    assert_eq!(pair.payment.now(), since + DAY);
    // Nobody else does it for the payer, and not more than there is.
    pair.payment.send_err(ISSUER, trade.release(1), Error::<Runtime>::NotAuthorized);
    pair.payment.send_err(BUYER, trade.release(0), Error::<Runtime>::ZeroLots);
    pair.payment.send_err(BUYER, trade.release(11), Error::<Runtime>::TooManyLots);
    pair.payment.send_ok(BUYER, trade.release(4));
    assert_eq!(pair.in_escrow().1, 35_640);
    pair.payment.send_ok(BUYER, trade.release(6));
    let said = pair.payment.events();
    let reference = trade.terms.reference.clone();
    let by = Some(BUYER.to_account_id());
    let ended = Event::PaymentEnded { id: trade.id, lots: 0, of: 10, by, reference };
    assert_eq!(said.last(), Some(&ended));
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0, "nothing is left of it");
    pair.ended((1_000, 0), (0, 100_000));
}

// The payer leaves while the commitment is on its way, and would pay or not as the price moves once the sanction is
// lifted: it has not paid, so that nothing is delivered, and what is committed returns by the record or its absence.
#[test]
fn chain_m2_who_leaves_should_get_the_delivery_only_by_paying() {
    for pays in [false, true] {
        let mut pair = Pair::new();
        let trade = long(&mut pair);
        pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
        sanction(&mut pair.payment, SELLER_ID);
        let since = pair.payment.now();
        pair.asset.wait_until(since + DAY);
        trade.committed(&mut pair);
        pair.payment.wait_until(since + DAY);
        pair.payment.send_ok(BUYER, trade.release(10));
        pair.check();
        lift(&mut pair.payment, SELLER_ID);
        pair.carry_commitment(&trade);
        assert_eq!(pair.decision(&trade), None, "nobody has paid");
        if pays {
            pair.payment.send_ok(BUYER, trade.pay(10));
            pair.carry_record(&trade);
            pair.ended((400, PRICE), (QUANTITY, 40_600));
        } else {
            pair.time_out(&trade);
            pair.ended((1_000, 0), (0, 100_000));
        }
    }
}

// A commitment that arrives while the payee is sanctioned, after the payer has left, is rejected at once.
#[test]
fn chain_m2_a_commitment_should_be_rejected_after_the_payer_has_left() {
    let mut pair = Pair::new();
    let trade = long(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    sanction(&mut pair.payment, SELLER_ID);
    let since = pair.payment.now();
    pair.asset.wait_until(since + DAY);
    pair.payment.wait_until(since + DAY);
    trade.committed(&mut pair);
    pair.payment.send_ok(BUYER, trade.release(10));
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Rejected { reason: RejectReason::PartyNotActive }));
    pair.import(To::Asset);
    let proof = pair.record(&trade);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn chain_m2_what_is_committed_and_covered_should_never_be_released() {
    let mut pair = Pair::new();
    let trade = long(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 4);
    trade.commit(&mut pair);
    sanction(&mut pair.payment, SELLER_ID);
    let since = pair.payment.now();
    pair.carry_commitment(&trade);
    let reasons = pair.payment.on(|| Counterpart::payment(trade.id)).expect("it waits").reasons;
    assert_eq!(reasons, [BlockingReason::Sanctioned(SELLER_ID)]);
    // Four of ten are committed and covered. The rest is free, at once.
    pair.payment.send_err(BUYER, trade.release(7), Error::<Runtime>::Irrevocable);
    pair.payment.send_ok(BUYER, trade.release(6));
    pair.payment.wait_until(since + DAY + 10_000);
    pair.payment.send_err(BUYER, trade.release(1), Error::<Runtime>::Irrevocable);
    assert_eq!(pair.in_escrow().1, 23_760);
    lift(&mut pair.payment, SELLER_ID);
    pair.payment.send_ok(CARRIER, Call::execute { id: trade.id, lots: None });
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 4 }));
    pair.carry_record(&trade);
    pair.time_out_rest(&trade);
    pair.ended((760, 23_760), (240, 76_240));
}

#[test]
fn chain_m2_what_no_commitment_could_cover_should_go_at_once() {
    let mut pair = Pair::new();
    let (trade, commission) = with_commission(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.payment.send_ok(BUYER, ahead_on(&trade, commission, 3));
    sanction(&mut pair.payment, SELLER_ID);
    // Three lots are covered on every leg, and could be committed.
    pair.payment.send_err(BUYER, trade.release(8), Error::<Runtime>::Irrevocable);
    pair.payment.send_ok(BUYER, trade.release(7));
    let release = Call::release { id: trade.id, leg: commission, lots: 1 };
    pair.payment.send_err(BUYER, release, Error::<Runtime>::Irrevocable);
    let unknown = Call::release { id: trade.id, leg: DELIVERY, lots: 1 };
    pair.payment.send_err(BUYER, unknown, Error::<Runtime>::LegNotFound);
    pair.check();
}

#[test]
fn chain_m2_what_no_part_takes_should_go_at_once_after_the_commitment() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(6));
    trade.agree_with(&mut pair, tandem_primitives::Policy::Npar);
    trade.deliver_lots(&mut pair, 10);
    trade.commit(&mut pair);
    sanction(&mut pair.payment, SELLER_ID);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.release(6));
    assert_eq!(pair.in_escrow(), (QUANTITY, 0));
    // The payment stays, and with it the commitment: it is decided by a record, here by the payer's refusal.
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 1);
    let refuse = Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_ok(BUYER, refuse);
    pair.import(To::Asset);
    let proof = pair.record(&trade);
    pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn chain_m2_a_sanctioned_payer_should_take_nothing_back() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    sanction(&mut pair.payment, BUYER_ID);
    assert_eq!(pair.payment.directly(BUYER, trade.release(1)), Err(Error::<Runtime>::NotActive.into()));
    lift(&mut pair.payment, BUYER_ID);
    // A suspension frees nobody: who is suspended finishes what it has begun.
    pair.payment.on(|| set_status(SELLER_ID, Status::Suspended));
    pair.payment.send_err(BUYER, trade.release(1), Error::<Runtime>::Irrevocable);
    let deadline = trade.pay_deadline();
    pair.payment.wait_until(deadline);
    pair.payment.send_err(BUYER, trade.release(1), Error::<Runtime>::TooLate);
    pair.ended((1_000, 0), (0, 100_000));
}

// The end of a tranche names who brought the proof, and the trade.
#[test]
fn chain_l4_what_ends_a_tranche_should_name_who_brought_it() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    let (by, reference) = (Some(CARRIER.to_account_id()), trade.terms.reference.clone());
    let executed = |event: &Event<Runtime>| match event {
        Event::Executed { by, reference, .. } => Some((by.clone(), reference.clone())),
        _ => None,
    };
    let payer = Some((Some(BUYER.to_account_id()), reference.clone()));
    assert_eq!(pair.payment.events().iter().find_map(executed), payer);
    pair.import(To::Asset);
    let proof = pair.prove(To::Asset, &[keys::record_version(), keys::record(trade.id, trade.tranche)]);
    pair.asset.send_ok(CARRIER, Call::deliver_by_proof { id: trade.id, proof });
    let delivered = Event::Delivered {
        id: trade.id,
        tranche: trade.tranche,
        old: 0,
        lots: 10,
        by: by.clone(),
        reference: reference.clone(),
    };
    assert_eq!(pair.asset.events().last(), Some(&delivered));
    let named = pair.asset.on(System::events).into_iter().filter_map(|record| match record.event {
        RuntimeEvent::Settlement(
            pallet_settlement::Event::TokenProven { by, reference, .. }
            | pallet_settlement::Event::TrancheSettled { by, reference, .. }
            | pallet_settlement::Event::Closed { by, reference, .. },
        ) => Some((by, reference)),
        _ => None,
    });
    assert_eq!(named.collect::<Vec<_>>(), vec![(by, reference); 3]);
}

//! Tests of the deciding chain: what it accepts, and from whom.

use super::pair::*;
use crate::{
    tests::world::{set_status, BOND, BUYER, BUYER_ID, EURO, ISSUER, SELLER, STRANGER},
    *,
};
use pallet_counterpart::{Call, Error, Payments, Records};
use tandem_primitives::{Decision, LegIndex, Quantity, RejectReason, Status};

fn rejection(pair: &mut Pair, trade: &Trade) -> Option<RejectReason> {
    let key = (trade.id, trade.tranche);
    match pair.deciding(trade).on(|| Records::<Runtime>::get(key))?.decision {
        Decision::Rejected { reason } => Some(reason),
        Decision::Executed { .. } => None,
    }
}

#[test]
fn only_the_payer_should_reserve_the_payment() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_err(SELLER, trade.reserve_ahead(10), Error::<Runtime>::NotAuthorized);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    for other in [SELLER, ISSUER] {
        pair.payment.send_err(other, trade.pay(10), Error::<Runtime>::NotAuthorized);
    }
    let leg = |leg| Call::reserve { id: trade.id, leg: LegIndex(leg), quantity: Quantity::Exactly(1) };
    pair.payment.send_err(SELLER, leg(0), Error::<Runtime>::LegNotFound);
    pair.payment.send_err(SELLER, leg(7), Error::<Runtime>::LegNotFound);
    pair.payment.send_err(BUYER, trade.pay(0), Error::<Runtime>::ZeroLots);
    pair.payment.send_err(BUYER, trade.pay(11), Error::<Runtime>::TooManyLots);
    assert_eq!(pair.in_escrow(), (QUANTITY, 0));
}

#[test]
fn up_to_should_reserve_what_the_balance_covers() {
    let mut pair = Pair::new();
    let trade = Trade::with(&mut pair, 10, |terms| terms.legs[1].amount = 150_000);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    let reserve = Call::reserve { id: trade.id, leg: PAYMENT, quantity: Quantity::UpTo(10) };
    pair.payment.send_ok(BUYER, reserve);
    // 100,000 cover six lots of 15,000.
    pair.carry_record(&trade);
    pair.check();
    assert_eq!((pair.bonds(BUYER), pair.euros(SELLER)), (360, 90_000));
}

#[test]
fn a_trade_that_cannot_be_settled_here_should_be_rejected_as_it_arrives() {
    let cases: [(fn(&mut tandem_primitives::Terms), RejectReason); 4] = [
        (|terms| terms.legs[1].asset = AssetId::WithId(99), RejectReason::AssetNotFound),
        (|terms| terms.legs[1].to = STRANGER.to_account_id(), RejectReason::PartyNotActive),
        (|terms| terms.legs[1].asset = AssetId::WithId(BOND), RejectReason::NotAMultipleOfUnit),
        (
            |terms| {
                // The end of what an instruction may live here, as the other chain's clock is ahead.
                let two = terms.two_networks.as_mut().expect("two");
                two.pay_deadline = terms.deadline;
            },
            RejectReason::LifeTooLong,
        ),
    ];
    for (index, (change, reason)) in cases.into_iter().enumerate() {
        let mut pair = Pair::new();
        if reason == RejectReason::LifeTooLong {
            for _ in 0..4 {
                pair.asset.block_after(3_600);
            }
        }
        let life = <Runtime as pallet_settlement::Config>::MaxInstructionLife::get();
        let start = pair.asset.now();
        let trade = Trade::with(&mut pair, 7, |terms| {
            terms.legs[0].amount = 700;
            terms.legs[1].amount = 7_001;
            terms.deadline = start + life - 10_000;
            change(terms);
        });
        trade.committed(&mut pair);
        pair.carry_commitment(&trade);
        assert_eq!(rejection(&mut pair, &trade), Some(reason), "case {index}");
        pair.import(To::Asset);
        let keys = [
            pallet_counterpart::grandpa::keys::record_version(),
            pallet_counterpart::grandpa::keys::record(trade.id, trade.tranche),
        ];
        let proof = pair.prove(To::Asset, &keys);
        pair.asset.send_ok(CARRIER, Call::return_by_proof { id: trade.id, proof });
        pair.ended((1_000, 0), (0, 100_000));
    }
}

#[test]
fn a_suspended_payer_should_start_nothing_and_settle_what_it_has_reserved() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(6));
    pair.payment.on(|| set_status(BUYER_ID, Status::Suspended));
    trade.committed(&mut pair);
    assert!(pair.payment.directly(BUYER, trade.pay(4)).is_err());
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    pair.check();
    assert_eq!((pair.bonds(BUYER), pair.euros(SELLER)), (360, 35_640));
}

#[test]
fn what_is_reserved_ahead_should_not_be_taken_back_by_the_payer() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    let refuse = Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_err(BUYER, refuse, Error::<Runtime>::Irrevocable);
    let stranger = Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_err(ISSUER, stranger, Error::<Runtime>::NotAuthorized);
    pair.payment.send_err(ISSUER, Call::expire { id: trade.id }, Error::<Runtime>::TooEarly);
    let pay_deadline = trade.pay_deadline();
    pair.payment.wait_until(pay_deadline);
    // Anybody, where the sweep has not been there yet; by itself otherwise.
    pair.payment.send_ok(ISSUER, Call::expire { id: trade.id });
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_payer_that_is_also_paid_should_be_bound_as_a_payer() {
    let mut pair = Pair::new();
    // A rebate of one cent from the seller, and a leg to another account of the buyer.
    let trade = Trade::with(&mut pair, 1, |terms| {
        let mut rebate = terms.legs[1].clone();
        (rebate.from, rebate.to) = (rebate.to, rebate.from);
        rebate.amount = 1;
        terms.legs.try_push(rebate).expect("few");
        let mut own = terms.legs[1].clone();
        (own.to, own.amount) = (crate::tests::world::BUYER_2.to_account_id(), 1);
        terms.legs.try_push(own).expect("few");
    });
    pair.payment.send_ok(BUYER, trade.reserve_ahead(1));
    let refuse = || Call::refuse { id: trade.id, on_behalf_of: None, reason: Default::default() };
    pair.payment.send_err(BUYER, refuse(), Error::<Runtime>::Irrevocable);
    // The seller gives the rebate: it is bound as well, until it is known what is committed.
    pair.payment.send_err(SELLER, refuse(), Error::<Runtime>::Irrevocable);
}

#[test]
fn the_same_payment_should_not_begin_again_after_it_was_decided() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    pair.payment.send_err(BUYER, trade.reserve_ahead(1), Error::<Runtime>::AlreadyExists);
    pair.payment.send_err(BUYER, trade.pay(1), Error::<Runtime>::PaymentNotFound);
}

#[test]
fn positions_should_show_what_is_reserved_on_the_deciding_chain() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    let euro = |pair: &mut Pair| {
        let all = pair.payment.on(|| crate::positions::of(&BUYER.to_account_id()));
        let euro = all.into_iter().find(|position| position.asset == AssetId::WithId(EURO)).expect("it has some");
        (euro.available, euro.reserved, euro.total)
    };
    assert_eq!(euro(&mut pair), (40_600, PRICE, 100_000));
    // The whole position, so that nothing is left at its disposal.
    let rest = Trade::with(&mut pair, 1, |terms| {
        terms.reference = b"REST".to_vec().try_into().expect("short");
        terms.legs[1].amount = 40_600;
    });
    pair.payment.send_ok(BUYER, rest.reserve_ahead(1));
    assert_eq!(euro(&mut pair), (0, 100_000, 100_000));
}

// A payment is kept for what is in it: terms that cost their sender nothing leave nothing behind.
#[test]
fn a_payment_should_not_begin_without_anything_reserved() {
    let mut pair = Pair::new();
    let trade = Trade::with(&mut pair, 10, |terms| terms.legs[1].amount = 1_000_000_000);
    let nothing = Call::reserve_ahead {
        terms: trade.versioned(),
        instructing: trade.instructing.to_account_id(),
        leg: PAYMENT,
        quantity: Quantity::UpTo(10),
    };
    pair.payment.send_err(BUYER, nothing, Error::<Runtime>::ZeroLots);
    assert_eq!(pair.payment.on(|| Payments::<Runtime>::iter().count()), 0);
    pair.ended((1_000, 0), (0, 100_000));
}

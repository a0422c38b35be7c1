//! Tests of assets that are frozen or taken off the list: what is covered settles, into credits; nothing new is reserved.

use super::pair::*;
use crate::{
    tests::world::{reason, BOND, BUYER, EURO, ISSUER, SELLER},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{Call, Error, Event};
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{BlockingReason, Decision, Leg, LegIndex, Quantity, RejectReason};

fn freeze(asset: u32) -> pallet_assets::Call<Runtime> {
    pallet_assets::Call::freeze_asset { id: asset.into() }
}

fn thaw(asset: u32) -> pallet_assets::Call<Runtime> {
    pallet_assets::Call::thaw_asset { id: asset.into() }
}

fn delist(pair: &mut Pair) {
    let asset = AssetId::WithId(EURO);
    pair.payment.on(|| {
        assert_ok!(Participants::delist_asset(RuntimeOrigin::root(), asset, reason()));
    });
}

fn up_to(trade: &Trade, lots: u32) -> Call<Runtime> {
    Call::reserve { id: trade.id, leg: PAYMENT, quantity: Quantity::UpTo(lots) }
}

// Whoever controls the asset that is paid would take the delivery back by it, after the deliverer has committed.
#[test]
fn chain_h4_a_frozen_payment_should_settle_into_a_credit() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.payment.send_ok(ISSUER, freeze(EURO));
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 10 }));
    assert_eq!(pair.in_escrow(), (QUANTITY, PRICE), "a credit that waits");
    // The payer gets nothing of it back, and has been delivered.
    pair.carry_record(&trade);
    assert_eq!((pair.bonds(BUYER), pair.euros(BUYER)), (QUANTITY, 40_600));
    pair.payment.send_ok(ISSUER, thaw(EURO));
    pair.claim(To::Payment, SELLER, EURO);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn chain_h4_both_sides_frozen_should_settle_into_credits_on_both() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    for (network, asset) in [(&mut pair.payment, EURO), (&mut pair.asset, BOND)] {
        network.send_ok(ISSUER, freeze(asset));
    }
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    assert_eq!(pair.in_escrow(), (QUANTITY, PRICE), "credits that wait for the thaw");
    let destroy = |asset: u32| pallet_assets::Call::<Runtime>::start_destroy { id: asset.into() };
    let in_use = || frame_system::Error::<Runtime>::CallFiltered;
    for (to, asset, owner) in [(To::Payment, EURO, SELLER), (To::Asset, BOND, BUYER)] {
        pair.ends(to).1.send_err(ISSUER, destroy(asset), in_use());
        pair.ends(to).1.send_ok(ISSUER, thaw(asset));
        pair.claim(to, owner, asset);
    }
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn chain_h4_a_manager_should_execute_whatever_is_frozen_or_delisted() {
    let mut pair = Pair::new();
    let trade = Trade::with(&mut pair, 10, |terms| {
        let manager_by = terms.reserve_by;
        let two = terms.two_networks.as_mut().expect("two");
        two.managed_by = Some(tandem_primitives::ManagedBy { manager: MANAGER.to_account_id(), manager_by });
    });
    pair.payment.on(register_manager);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), None, "the manager decides");
    pair.payment.send_ok(ISSUER, freeze(EURO));
    delist(&mut pair);
    pair.payment.send_ok(MANAGER, Call::execute { id: trade.id, lots: Some(4) });
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 4 }));
    pair.carry_record(&trade);
    let deadline = trade.pay_deadline();
    for network in [&mut pair.asset, &mut pair.payment] {
        network.wait_until(deadline);
    }
    pair.payment.send_ok(ISSUER, thaw(EURO));
    pair.check();
    // The four lots were paid while it was frozen.
    pair.claim(To::Payment, SELLER, EURO);
    pair.ended((760, 23_760), (240, 76_240));
}

/// Key of the manager that [`register_manager`] registers.
pub const MANAGER: Sr25519Keyring = Sr25519Keyring::BobStash;

/// Test helper: registers a settlement manager.
pub fn register_manager() {
    assert_ok!(Participants::register(
        RuntimeOrigin::root(),
        b"Manager".to_vec().try_into().expect("short"),
        tandem_primitives::Lei(*b"TNDM00MANAGER0000230"),
        vec![tandem_primitives::Role::SettlementManager].try_into().expect("one"),
        vec![MANAGER.to_account_id()].try_into().expect("one"),
        Default::default(),
    ));
}

#[test]
fn chain_h4_what_is_covered_should_settle_when_its_asset_leaves_the_list() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(6));
    delist(&mut pair);
    // Nothing new in it.
    pair.payment.send_err(BUYER, trade.pay(4), Error::<Runtime>::Blocked);
    pair.payment.send_ok(BUYER, up_to(&trade, 4));
    assert_eq!(pair.in_escrow().1, 35_640);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Executed { lots: 6 }));
    pair.carry_record(&trade);
    let deadline = trade.pay_deadline();
    for network in [&mut pair.asset, &mut pair.payment] {
        network.wait_until(deadline);
        network.block();
    }
    pair.ended((640, 35_640), (360, 64_360));
}

#[test]
fn chain_h4_a_frozen_asset_should_still_stop_what_is_new() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(4));
    pair.payment.send_ok(ISSUER, freeze(EURO));
    assert!(pair.payment.send(BUYER, trade.pay(1)).is_err());
    pair.payment.send_ok(BUYER, up_to(&trade, 1));
    let short = pair.payment.events();
    assert!(matches!(short.last(), Some(Event::ReservationShort { wanted: 1, reserved: 0, .. })), "{short:?}");
    // The view says why nothing more can be reserved.
    let view = pair.payment.on(|| Counterpart::payment(trade.id)).expect("it waits");
    assert_eq!(view.reasons, [BlockingReason::NotCommitted, BlockingReason::AssetNotLive(PAYMENT)]);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    pair.payment.send_ok(ISSUER, thaw(EURO));
    pair.claim(To::Payment, SELLER, EURO);
    pair.time_out_rest(&trade);
    pair.ended((760, 23_760), (240, 76_240));
}

// Nobody pays on one leg what another payer, who has reserved, could not pay at that moment.
#[test]
fn chain_h4_nothing_should_be_reserved_beside_a_frozen_leg() {
    let mut pair = Pair::new();
    // The seller gives a rebate in its own security, which is on the payment network too.
    let trade = Trade::with(&mut pair, 10, |terms| {
        let rebate = Leg {
            asset: AssetId::WithId(BOND),
            amount: 10,
            from: SELLER.to_account_id(),
            to: BUYER.to_account_id(),
            ..terms.legs[1].clone()
        };
        terms.legs.try_push(rebate).expect("few");
    });
    let rebate = LegIndex(2);
    let (terms, instructing) = (trade.versioned(), trade.instructing.to_account_id());
    let ahead = Call::reserve_ahead { terms, instructing, leg: rebate, quantity: Quantity::Exactly(10) };
    pair.payment.send_ok(SELLER, ahead);
    pair.payment.send_ok(ISSUER, freeze(BOND));
    pair.payment.send_err(BUYER, trade.pay(10), Error::<Runtime>::Blocked);
    pair.payment.send_ok(BUYER, up_to(&trade, 10));
    assert_eq!(pair.in_escrow().1, 0);
    pair.payment.send_ok(ISSUER, thaw(BOND));
    pair.payment.send_ok(BUYER, trade.pay(10));
    assert_eq!(pair.in_escrow().1, PRICE);
}

#[test]
fn chain_h4_what_nobody_covers_should_be_rejected_at_its_time_and_strand_nothing() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree_with(&mut pair, tandem_primitives::Policy::Npar);
    trade.deliver_lots(&mut pair, 10);
    trade.commit(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(4));
    pair.payment.send_ok(ISSUER, freeze(EURO));
    pair.carry_commitment(&trade);
    pair.time_out(&trade);
    assert_eq!(pair.decision(&trade), Some(Decision::Rejected { reason: RejectReason::TooLate }));
    pair.payment.send_ok(ISSUER, thaw(EURO));
    pair.claim(To::Payment, BUYER, EURO);
    pair.ended((1_000, 0), (0, 100_000));
}

//! Tests of opening, closing and halting a counterpart, and of one that stops for good.

use super::pair::*;
use crate::{
    tests::world::{BUYER, SELLER},
    *,
};
use frame_support::assert_ok;
use pallet_counterpart::{Call, CounterpartLink, Error, Event, Link, Releases};
use pallet_settlement::{Closed, Instruction, Instructions};
use tandem_primitives::{Outcome, ProofFault};

fn release(trade: &Trade) -> Call<Runtime> {
    Call::governed_release { id: trade.id }
}

fn complete(trade: &Trade) -> Call<Runtime> {
    Call::complete_release { id: trade.id }
}

const fn delay() -> Moment {
    7 * 86_400_000
}

#[track_caller]
fn voided(pair: &mut Pair, trade: &Trade) {
    let id = trade.id;
    assert!(pair.asset.on(System::events).iter().any(
        |found| matches!(&found.event, RuntimeEvent::Counterpart(Event::ReleaseVoided { id: of, .. }) if *of == id)
    ));
    assert_eq!(pair.asset.on(|| Releases::<Runtime>::get(id)), None);
    assert_eq!(pair.in_escrow().0, QUANTITY, "still committed");
}

#[test]
fn nothing_should_begin_before_the_counterpart_is_opened() {
    let mut pair = Pair::unlinked();
    let trade = Trade::new(&mut pair, 10);
    let instruct =
        || pallet_settlement::Call::instruct { terms: trade.versioned(), party: Default::default(), reserve: None };
    pair.asset.send_err(SELLER, instruct(), pallet_settlement::Error::<Runtime>::CounterpartNotOpen);
    pair.payment.send_err(BUYER, trade.reserve_ahead(1), Error::<Runtime>::CounterpartNotOpen);
    pair.link();
    pair.asset.send_ok(SELLER, instruct());
}

#[test]
fn nothing_should_begin_before_the_light_client_is_told_where() {
    let mut pair = Pair::unlinked();
    let trade = Trade::new(&mut pair, 10);
    let genesis = [pair.payment.genesis, pair.asset.genesis];
    for (network, genesis) in [&mut pair.asset, &mut pair.payment].into_iter().zip(genesis) {
        assert_ok!(network.root(Call::open_counterpart { genesis }));
    }
    let instruct =
        pallet_settlement::Call::instruct { terms: trade.versioned(), party: Default::default(), reserve: None };
    pair.asset.send_err(SELLER, instruct, pallet_settlement::Error::<Runtime>::CounterpartNotOpen);
    pair.payment.send_err(BUYER, trade.reserve_ahead(1), Error::<Runtime>::CounterpartNotOpen);
}

// Nothing is bound to a proof while none is taken: what is reserved goes back.
#[test]
fn nothing_should_begin_or_be_committed_while_the_light_client_is_halted() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 10);
    for network in [&mut pair.asset, &mut pair.payment] {
        assert_ok!(network.root(Call::set_halted { halted: true }));
    }
    let commit = || Call::commit { id: trade.id, lots: None };
    pair.asset.send_err(SELLER, commit(), pallet_settlement::Error::<Runtime>::CounterpartNotOpen);
    pair.asset.send_err(BUYER, commit(), pallet_settlement::Error::<Runtime>::CounterpartNotOpen);
    pair.payment.send_err(BUYER, trade.reserve_ahead(1), Error::<Runtime>::CounterpartNotOpen);
    pair.asset.send_ok(SELLER, pallet_settlement::Call::release { id: trade.id, leg: DELIVERY, lots: 10 });
    assert_eq!(pair.in_escrow(), (0, 0));
    for network in [&mut pair.asset, &mut pair.payment] {
        assert_ok!(network.root(Call::set_halted { halted: false }));
    }
    trade.deliver_lots(&mut pair, 10);
    trade.commit(&mut pair);
    pair.payment.send_ok(BUYER, trade.reserve_ahead(10));
    pair.carry_commitment(&trade);
    pair.carry_record(&trade);
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

#[test]
fn only_root_should_govern_and_the_genesis_should_never_change() {
    let mut pair = Pair::new();
    let genesis = pair.payment.genesis;
    for call in [
        Call::open_counterpart { genesis },
        Call::close_counterpart {},
        Call::block_header { header: genesis },
        Call::unblock_header { header: genesis },
        Call::block_headers_until { number: Some(1) },
        Call::governed_release { id: Default::default() },
    ] {
        for who in [SELLER, crate::tests::world::OPERATOR] {
            let refused = pair.asset.on(|| crate::tests::world::refused(who, call.clone()));
            assert_eq!(refused, pallet_participants::GuardRefusal::Forbidden.into());
        }
    }
    let halt = Call::set_halted { halted: true };
    let refused = pair.asset.on(|| crate::tests::world::refused(SELLER, halt));
    assert_eq!(refused, pallet_participants::GuardRefusal::NotAuthorized.into());
    let other = Hash::repeat_byte(5);
    assert_eq!(
        pair.asset.root(Call::open_counterpart { genesis: other }),
        Err(Error::<Runtime>::CounterpartDiffers.into())
    );
    assert_eq!(pair.asset.root(Call::open_counterpart { genesis }), Err(Error::<Runtime>::NothingChanges.into()));
    assert_ok!(pair.asset.root(Call::close_counterpart {}));
    assert_eq!(pair.asset.root(Call::close_counterpart {}), Err(Error::<Runtime>::CounterpartNotOpen.into()));
    assert_ok!(pair.asset.root(Call::open_counterpart { genesis }));
    let own = pair.asset.genesis;
    let mut alone = Pair::unlinked();
    assert_eq!(
        alone.asset.root(Call::open_counterpart { genesis: own }),
        Err(Error::<Runtime>::CounterpartDiffers.into())
    );
}

#[test]
fn a_closed_counterpart_should_finish_what_is_committed_and_commit_nothing_new() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.agree(&mut pair);
    trade.deliver_lots(&mut pair, 4);
    trade.commit(&mut pair);
    assert_ok!(pair.asset.root(Call::close_counterpart {}));
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(4));
    pair.carry_record(&trade);
    trade.deliver_lots(&mut pair, 6);
    let commit = Call::commit { id: trade.id, lots: None };
    pair.asset.send_err(SELLER, commit, pallet_settlement::Error::<Runtime>::CounterpartNotOpen);
    pair.check();
}

#[test]
fn a_release_should_take_effect_only_after_the_delay_in_silence() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.asset.send_err(SELLER, complete(&trade), Error::<Runtime>::ReleaseNotFound);
    assert_ok!(pair.asset.root(release(&trade)));
    assert_eq!(pair.asset.root(release(&trade)), Err(Error::<Runtime>::AlreadyReleasing.into()));
    let since = pair.asset.now();
    assert_eq!(
        pair.asset.on(CounterpartLink::<Runtime>::get),
        Some(Link { genesis: pair.payment.genesis, open: false })
    );
    pair.asset.wait_until(since + delay() - SLOT_DURATION);
    assert!(pair.asset.now() < since + delay());
    pair.asset.send_err(SELLER, complete(&trade), Error::<Runtime>::TooEarly);
    pair.asset.wait_until(since + delay());
    pair.asset.send_ok(SELLER, complete(&trade));
    let id = trade.id;
    match pair.asset.on(|| Instructions::<Runtime>::get(id)) {
        Some(Instruction::Closed(Closed { outcome: Outcome::Released, lots: 0, .. })) => (),
        other => panic!("{other:?}"),
    }
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_release_should_wait_for_the_pay_deadline_too() {
    let mut pair = Pair::new();
    let start = pair.asset.now();
    let trade = Trade::with(&mut pair, 10, |terms| {
        terms.deadline = start + 2 * delay();
        if let Some(two) = &mut terms.two_networks {
            two.pay_deadline = start + 2 * delay();
        }
    });
    trade.committed(&mut pair);
    assert_ok!(pair.asset.root(release(&trade)));
    let pay_deadline = trade.pay_deadline();
    pair.asset.wait_until(pay_deadline - SLOT_DURATION);
    pair.asset.send_err(SELLER, complete(&trade), Error::<Runtime>::TooEarly);
    pair.asset.wait_until(pay_deadline);
    pair.asset.send_ok(SELLER, complete(&trade));
    pair.ended((1_000, 0), (0, 100_000));
}

#[test]
fn a_release_should_not_begin_while_the_client_is_halted() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    assert_ok!(pair.asset.root(Call::set_halted { halted: true }));
    assert_eq!(pair.asset.root(release(&trade)), Err(Error::<Runtime>::Proof(ProofFault::Halted).into()));
    assert_ok!(pair.asset.root(Call::set_halted { halted: false }));
    assert_ok!(pair.asset.root(release(&trade)));
}

#[test]
fn a_new_header_should_void_a_release() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    assert_ok!(pair.asset.root(release(&trade)));
    pair.import(To::Asset);
    let since = pair.asset.now();
    pair.asset.wait_until(since + delay() + 10_000);
    pair.asset.send_ok(SELLER, complete(&trade));
    voided(&mut pair, &trade);
    // Another one begins anew.
    assert_ok!(pair.asset.root(release(&trade)));
    pair.asset.send_err(SELLER, complete(&trade), Error::<Runtime>::TooEarly);
}

#[test]
fn an_operator_that_stops_the_client_should_void_its_own_release() {
    use polkadot_sdk::bp_runtime::BasicOperatingMode;
    let header = Hash::repeat_byte(3);
    let hindrances: [RuntimeCall; 4] = [
        Call::set_halted { halted: true }.into(),
        Call::block_header { header }.into(),
        Call::block_headers_until { number: Some(1) }.into(),
        pallet_bridge_grandpa::Call::set_operating_mode { operating_mode: BasicOperatingMode::Halted }.into(),
    ];
    for hindrance in hindrances {
        let mut pair = Pair::new();
        let trade = Trade::new(&mut pair, 10);
        trade.committed(&mut pair);
        assert_ok!(pair.asset.root(release(&trade)));
        assert_ok!(pair.asset.root(hindrance));
        let since = pair.asset.now();
        pair.asset.wait_until(since + delay() + 10_000);
        pair.asset.send_ok(SELLER, complete(&trade));
        voided(&mut pair, &trade);
    }
}

#[test]
fn a_release_should_wait_for_nothing_that_has_ended() {
    let mut pair = Pair::new();
    let trade = Trade::new(&mut pair, 10);
    trade.committed(&mut pair);
    pair.carry_commitment(&trade);
    pair.payment.send_ok(BUYER, trade.pay(10));
    assert_ok!(pair.asset.root(release(&trade)));
    pair.carry_record(&trade);
    assert_eq!(pair.asset.on(|| Releases::<Runtime>::iter().count()), 0);
    pair.asset.send_err(SELLER, complete(&trade), Error::<Runtime>::ReleaseNotFound);
    assert_eq!(pair.asset.root(release(&trade)), Err(Error::<Runtime>::NotCommitted.into()));
    pair.ended((400, PRICE), (QUANTITY, 40_600));
}

//! Every order of events within the bounds, with every guard in place.

use stateright::{Checker, Model};
use tandem_model::Protocol;

/// Searches every state, and asserts all properties and that everything that should be reachable is.
fn check(name: &str, protocol: Protocol) {
    let checker = protocol.checker().threads(2).spawn_bfs().join();
    println!("{name}: {} states, {} steps", checker.unique_state_count(), checker.state_count());
    checker.assert_properties();
}

#[test]
fn one_lot_should_settle_on_both_or_on_neither() {
    check("one lot, all operators", Protocol { halts: true, releases: true, upgrades: true, ..Protocol::new(1) });
}

#[test]
fn one_lot_should_settle_on_both_or_on_neither_when_chains_lose_blocks() {
    check("one lot, two reorganisations", Protocol { reorgs: 2, ..Protocol::new(1) });
}

#[test]
fn one_lot_should_settle_on_both_or_on_neither_when_chains_lose_blocks_and_release() {
    let proofs_alone = Protocol { lane: false, ..Protocol::new(1) };
    check("one lot, a reorganisation, releases, proofs alone", Protocol { reorgs: 1, releases: true, ..proofs_alone });
}

#[test]
fn two_lots_should_settle_on_both_or_on_neither_in_any_parts() {
    check("two lots", Protocol::new(2));
}

#[test]
fn two_lots_should_settle_on_both_or_on_neither_without_the_lane() {
    check("two lots, proofs alone", Protocol { lane: false, ..Protocol::new(2) });
}

#[test]
fn two_lots_should_settle_on_both_or_on_neither_when_operators_release() {
    check("two lots, halts, releases", Protocol { halts: true, releases: true, ..Protocol::new(2) });
}

#[test]
fn two_lots_should_settle_on_both_or_on_neither_when_runtimes_are_upgraded() {
    check("two lots, upgrades", Protocol { upgrades: true, ..Protocol::new(2) });
}

#[test]
fn two_lots_should_settle_on_both_or_on_neither_when_chains_lose_blocks() {
    check("two lots, a reorganisation, proofs alone", Protocol { reorgs: 1, lane: false, ..Protocol::new(2) });
}

#[test]
fn commitment_should_leave_time_to_pay_when_clocks_are_less_than_the_window_apart() {
    check("two lots, a window", Protocol { window: 2, pay_deadline: 3, drift: 1, ..Protocol::new(2) });
}

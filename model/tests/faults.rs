//! Each guard left out on its own. The checker must find what goes wrong then: otherwise it would not see it if the
//! protocol were wrong.

use stateright::{Checker, HasDiscoveries, Model};
use tandem_model::{properties, Fault, Protocol};

/// Asserts that the property holds with the guard, and that the checker finds where it fails without.
fn find(fault: Fault, property: &'static str, protocol: Protocol) {
    let sound = protocol.checker().spawn_bfs().join();
    assert!(sound.discovery(property).is_none(), "`{property}` fails without a fault");
    let checker = Protocol { fault: Some(fault), ..protocol }
        .checker()
        .finish_when(HasDiscoveries::AnyOf([property].into()))
        .spawn_bfs()
        .join();
    let path = checker.discovery(property);
    let steps = path.map(|path| path.into_actions()).unwrap_or_else(|| panic!("{fault:?} does not break `{property}`"));
    println!("{fault:?} breaks `{property}` in {} steps, {} states:", steps.len(), checker.unique_state_count());
    for step in steps {
        println!("  {step:?}");
    }
}

const ONE_LOT: Protocol = Protocol::new(1);

#[test]
fn absence_should_need_the_time() {
    find(Fault::AbsenceWithoutTime, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn absence_should_need_the_time_in_the_same_header() {
    find(Fault::TimeOfAnotherHeader, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn absence_should_need_the_version_of_records() {
    find(Fault::AbsenceOfMovedRecord, properties::PAID_IS_DELIVERED, Protocol { upgrades: true, ..ONE_LOT });
}

#[test]
fn absence_should_need_the_version_of_commitments() {
    find(Fault::AbsenceOfMovedCommitment, properties::PAID_IS_DELIVERED, Protocol { upgrades: true, ..ONE_LOT });
}

#[test]
fn absence_should_return_what_nobody_pays() {
    find(Fault::AbsenceReturnsNothing, properties::ENDS, ONE_LOT);
}

#[test]
fn record_should_count_for_its_own_tranche_only() {
    find(Fault::RecordOfAnotherTranche, properties::DELIVERED_IS_PAID, Protocol::new(2));
}

#[test]
fn header_should_be_final() {
    find(Fault::UnfinalisedHeader, properties::FINAL, Protocol { reorgs: 1, ..ONE_LOT });
    find(Fault::UnfinalisedHeader, properties::DELIVERED_IS_PAID, Protocol { reorgs: 1, ..ONE_LOT });
}

#[test]
fn committed_lots_should_not_be_released() {
    find(Fault::ReleaseOfCommitted, properties::ESCROW, ONE_LOT);
    find(Fault::ReleaseOfCommitted, properties::ENDS, ONE_LOT);
}

#[test]
fn committed_instruction_should_not_expire() {
    find(Fault::ExpiryOfCommitted, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn commitment_should_need_a_window() {
    let ticking = Protocol { window: 2, pay_deadline: 3, drift: 1, ..ONE_LOT };
    find(Fault::CommitWithoutWindow, properties::WINDOW, ticking);
}

#[test]
fn commitment_should_come_before_the_pay_deadline() {
    find(Fault::CommitAfterDeadline, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn execution_should_come_before_the_pay_deadline() {
    find(Fault::ExecuteAfterDeadline, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn execution_should_take_what_is_committed() {
    find(Fault::ExecuteMoreThanCommitted, properties::ENDS, Protocol::new(2));
}

#[test]
fn tranche_should_be_decided_once() {
    find(Fault::DecideAgain, properties::ONCE, Protocol::new(2));
}

#[test]
fn record_should_stay_until_the_commitment_has_ended() {
    find(Fault::ForgetBeforeEnd, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn record_should_stay_until_no_commitment_can_be_made() {
    find(Fault::ForgetByEarlyHeader, properties::PAID_IS_DELIVERED, ONE_LOT);
}

#[test]
fn record_should_stay_until_its_own_deadline() {
    find(Fault::ForgetBeforeDeadline, properties::ONCE, Protocol::new(2));
}

#[test]
fn release_should_be_void_when_a_header_comes() {
    find(Fault::ReleaseDespiteHeader, properties::SILENCE, Protocol { releases: true, ..ONE_LOT });
}

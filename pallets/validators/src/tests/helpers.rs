//! Test helpers that the tests of this pallet share.

use crate::{mock::*, Event, Listed};
use polkadot_sdk::{frame_support::assert_ok, pallet_session};
use tandem_primitives::AccountId;

pub fn accounts(numbers: &[u8]) -> Vec<AccountId> {
    numbers.iter().copied().map(validator).collect()
}

pub fn add(number: u8) {
    assert_ok!(Validators::add(RuntimeOrigin::root(), validator(number)));
}

pub fn remove(number: u8) {
    assert_ok!(Validators::remove(RuntimeOrigin::root(), validator(number)));
}

/// Test helper: lists the account with this number and sets its session key.
pub fn add_with_keys(number: u8) {
    add(number);
    set_keys(number, u64::from(number));
}

pub fn listed() -> Vec<AccountId> {
    Listed::<Test>::get().into_inner()
}

/// Test helper: asserts that exactly these accounts validate now, for `pallet-session` and for consensus.
pub fn assert_validating(numbers: &[u8]) {
    assert_eq!(pallet_session::Validators::<Test>::get(), accounts(numbers));
    assert_eq!(Consensus::authorities(), numbers.iter().copied().map(u64::from).collect::<Vec<_>>());
}

/// Test helper: events of this pallet since the last call of this helper, in order.
pub fn events() -> Vec<Event<Test>> {
    let events = System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Validators(event) => Some(event),
            _ => None,
        })
        .collect();
    System::reset_events();
    events
}

//! Tests of the calls that the listener of `OnSettled` receives.

use super::helpers::*;
use crate::mock::*;
use polkadot_sdk::frame_support::assert_ok;
use tandem_primitives::{Execution, Outcome, Policy, Quantity};

#[test]
fn on_settled_should_hear_of_each_tranche_and_of_the_end_once() {
    ExtBuilder.build_and_execute(|| {
        Heard::take();
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 4);
        at(PARTIAL_FROM);
        assert_eq!(Heard::take(), []);
        assert_ok!(settle_part(&SELLER, id));
        assert_eq!(Heard::take(), [(id, None, 4)]);
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(6)));
        assert_eq!(Heard::take(), [(id, None, 6), (id, Some(Outcome::Settled), 10)]);
        at(DEADLINE);
        sweep();
        assert_eq!(Heard::take(), []);
    });
}

#[test]
fn on_settled_should_hear_how_it_ended_when_nothing_settled() {
    ExtBuilder.build_and_execute(|| {
        Heard::take();
        let cancelled = instructed(&named(dvp(10, Execution::Immediate), "C"), Policy::Part, 10);
        assert_ok!(cancel(&SELLER, cancelled));
        let rejected = instructed(&named(dvp(10, Execution::Immediate), "R"), Policy::Part, 10);
        assert_ok!(Settlement::reject(by(&BUYER), rejected, None, because("no")));
        let expired = instructed(&named(dvp(10, Execution::Immediate), "E"), Policy::Part, 10);
        at(RESERVE_BY);
        sweep();
        assert_eq!(
            Heard::take(),
            [
                (cancelled, Some(Outcome::Cancelled), 0),
                (rejected, Some(Outcome::Rejected), 0),
                (expired, Some(Outcome::Expired), 0)
            ]
        );
    });
}

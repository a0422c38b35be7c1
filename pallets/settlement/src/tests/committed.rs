//! Tests of a committed instruction: every call on it fails until the other network's decision is proven.

use super::{helpers::*, sweep::due};
use crate::{mock::*, Error, FlagSource, Instructions, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{Execution, LegIndex, Outcome, Policy, Quantity};

#[test]
fn committed_should_refuse_every_call_at_every_instant() {
    for execution in [Execution::Immediate, by_manager(MANAGER_BY_ACROSS)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&across(10, execution), Policy::Parq { min_lots: 4 }, 8, 0);
            at(PARTIAL_FROM);
            let by_parties = commit(&SELLER, id, None).is_ok();
            assert!(by_parties || commit(&MANAGER, id, None).is_ok());
            let stored = open(id);
            assert_eq!(stored.state, State::Committed { lots: 6 });
            for after_start in [PARTIAL_FROM, RESERVE_BY - 1, RESERVE_BY, PAY_DEADLINE, DEADLINE, DEADLINE + RETENTION]
            {
                at(after_start);
                // Neither the surplus nor more of it.
                for lots in [1, 2, 8] {
                    assert_noop!(release(&SELLER, id, DELIVERY, lots), Error::<Test>::AlreadyCommitted);
                }
                let late =
                    if after_start < RESERVE_BY { Error::<Test>::AlreadyCommitted } else { Error::<Test>::TooLate };
                assert_noop!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)), late);
                assert_noop!(reserve(&SELLER, id, LegIndex(1), Quantity::Exactly(1)), Error::<Test>::LegElsewhere);
                for who in [SELLER, BUYER] {
                    let committed = || Error::<Test>::AlreadyCommitted;
                    assert_noop!(cancel(&who, id), committed());
                    assert_noop!(set_flag(&who, id, FlagSource::Party), committed());
                    assert_noop!(clear_flag(&who, id, FlagSource::Party), committed());
                    assert_noop!(Settlement::set_party(by(&who), id, party(Policy::Part)), committed());
                    assert_noop!(affirm_as(&who, id, party(Policy::Part)), Error::<Test>::AlreadyAffirmed);
                    let refused = Settlement::reject(by(&who), id, None, because("no"));
                    assert_noop!(refused, Error::<Test>::AlreadyAffirmed);
                }
                for (who, source) in [(OPERATOR, FlagSource::Operator), (REGULATOR, FlagSource::Authority)] {
                    assert_noop!(set_flag(&who, id, source), Error::<Test>::AlreadyCommitted);
                    assert_noop!(clear_flag(&who, id, source), Error::<Test>::AlreadyCommitted);
                }
                let due =
                    if after_start < RESERVE_BY { Error::<Test>::NotDue } else { Error::<Test>::AlreadyCommitted };
                assert_noop!(expire(&AUDITOR, id), due);
                assert_eq!(open(id), stored);
            }
            assert_moved(0, 0, (800, 0));
        });
    }
}

const HOUR: u64 = 3_600_000;

#[test]
fn sweep_should_look_at_it_again_without_a_word() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        events();
        for (after_start, next) in [
            (RESERVE_BY - 1, RESERVE_BY),
            (RESERVE_BY, DEADLINE),
            (DEADLINE - 1, DEADLINE),
            (DEADLINE, DEADLINE + HOUR),
            (DEADLINE + HOUR - 1, DEADLINE + HOUR),
            (DEADLINE + HOUR, DEADLINE + 2 * HOUR),
            (DEADLINE + 10 * HOUR, DEADLINE + 11 * HOUR),
        ] {
            at(after_start);
            sweep();
            assert_eq!((events(), due(id)), (vec![], vec![next]));
            check_invariants();
        }
        assert_eq!(open(id).state, State::Committed { lots: 10 });
        assert_ok!(deliver(id, 10));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        // It ended late, and is kept for the retention after that.
        at(DEADLINE + 10 * HOUR + RETENTION - 1);
        sweep();
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        at(DEADLINE + 11 * HOUR);
        sweep();
        assert!(!Instructions::<Test>::contains_key(id) && due(id).is_empty());
        assert_moved(1_000, 0, (0, 0));
    });
}

#[test]
fn sweep_should_close_the_rest_that_nobody_commits_again() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        assert_ok!(deliver(id, 4));
        at(RESERVE_BY - 1);
        sweep();
        assert_eq!(open(id).state, State::Matched);
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 4));
        assert_moved(400, 0, (0, 0));
        at(DEADLINE + RETENTION);
        sweep();
        assert!(!Instructions::<Test>::contains_key(id));
    });
}

#[test]
fn sweep_should_go_on_past_it() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        let other = instructed(&named(dvp(10, Execution::Immediate), "O"), Policy::Part, 10);
        at(DEADLINE);
        sweep();
        assert_eq!((open(id).state, outcome(other)), (State::Committed { lots: 10 }, (Outcome::Expired, 0)));
    });
}

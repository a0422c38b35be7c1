//! Tests of a chain that stood still past the deadline: a tranche covered in time settles at the first call, everything
//! else returns.

use super::helpers::*;
use crate::{mock::*, FlagSource, State};
use polkadot_sdk::frame_support::assert_ok;
use tandem_primitives::{BlockingReason, Execution, InstructionId, Outcome, Policy, Quantity, Status, Terms};

/// Test helper: makes the first call after a standstill, which is the sweep or an account's `expire`.
fn touch(id: InstructionId, by_sweep: bool) {
    if by_sweep {
        sweep();
    } else {
        assert_ok!(expire(&THIRD, id));
    }
}

#[test]
fn chain_m5_covered_part_should_settle_however_late_the_first_touch_comes() {
    for late in [DEADLINE, DEADLINE + 1, DEADLINE + 10 * RETENTION] {
        for by_sweep in [true, false] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 10, 8);
                assert_eq!(open(id).state, State::Matched);
                at(late);
                touch(id, by_sweep);
                assert_eq!(outcome(id), (Outcome::PartiallySettled, 6));
                assert_moved(600, 6_000, (0, 0));
                // A record that ended late is kept as long as any.
                at(late + RETENTION - 1_000);
                sweep();
                assert_eq!(outcome(id), (Outcome::PartiallySettled, 6));
            });
        }
    }
}

#[test]
fn chain_m5_formed_tranche_that_had_to_wait_should_settle_late() {
    for by_sweep in [true, false] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, Execution::Immediate);
            terms.settle_from = START + 5_000;
            let id = matched(&terms, Policy::Npar, 10, 10);
            assert_eq!(open(id).state, State::Formed { lots: 10 });
            at(DEADLINE + 1);
            touch(id, by_sweep);
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn chain_m5_what_was_blocked_at_the_deadline_should_return() {
    for looked_at_in_time in [true, false] {
        ExtBuilder.build_and_execute(|| {
            let flagged = matched(&named(dvp(10, Execution::Immediate), "F"), Policy::Part, 6, 6);
            assert_ok!(set_flag(&REGULATOR, flagged, FlagSource::Authority));
            let held = matched(&named(dvp(10, Execution::Immediate), "H"), Policy::Part, 6, 0);
            assert_ok!(set_flag(&SELLER, held, FlagSource::Party));
            assert_ok!(reserve(&BUYER, held, PAYMENT, Quantity::Exactly(6)));
            if looked_at_in_time {
                at(RESERVE_BY);
                sweep();
                // A party that holds it back then has held it back for good.
                assert_eq!(outcome(held), (Outcome::Expired, 0));
                assert_eq!(open(flagged).state, State::Formed { lots: 6 });
            }
            at(DEADLINE + 5_000);
            sweep();
            for id in [flagged, held] {
                assert_eq!(outcome(id), (Outcome::Expired, 0));
            }
            assert_moved(0, 0, (0, 0));
        });
    }
}

#[test]
fn chain_m5_sanction_should_count_as_it_stands_at_the_touch() {
    for lifted in [true, false] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 6);
            set_status(SELLER_ID, Status::Sanctioned);
            at(DEADLINE + 5_000);
            if lifted {
                set_status(SELLER_ID, Status::Active);
            }
            sweep();
            assert_eq!(outcome(id), if lifted { (Outcome::PartiallySettled, 6) } else { (Outcome::Expired, 0) });
        });
    }
}

#[test]
fn chain_m5_every_other_execution_should_end_at_its_deadline() {
    for execution in [Execution::OnToken, by_manager(MANAGER_BY), hashlock()] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, execution.clone()), Policy::Npar, 10, 10);
            at(DEADLINE);
            sweep();
            assert_eq!(outcome(id), (Outcome::Expired, 0));
            assert_moved(0, 0, (0, 0));
        });
    }
}

#[test]
fn chain_m5_what_is_covered_at_reserve_by_should_be_executed_by_its_tokens_before_anybody_looks() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 9, 6);
        at(RESERVE_BY);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_eq!(open(id).state, State::Executing { lots: 6 });
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 6));
        assert_moved(600, 6_000, (0, 0));
    });
}

#[test]
fn net_p8_sweep_should_settle_what_had_to_wait_for_settle_from() {
    for (after_start, settled) in [(4_999, false), (5_000, true)] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, Execution::Immediate);
            terms.settle_from = START + 5_000;
            let id = matched(&terms, Policy::Npar, 10, 10);
            let secret =
                matched(&named(Terms { settle_from: START + 5_000, ..dvp(10, hashlock()) }, "S"), Policy::Npar, 10, 10);
            assert_ok!(reveal(&BUYER, secret, SECRET));
            at(after_start);
            sweep();
            if settled {
                assert_eq!((outcome(id), outcome(secret)), ((Outcome::Settled, 10), (Outcome::Settled, 10)));
                assert_moved(2_000, 20_000, (0, 0));
            } else {
                assert_eq!(Settlement::blocking_reasons(id), [BlockingReason::NotBefore(START + 5_000)]);
            }
        });
    }
}

#[test]
fn net_p8_sweep_should_settle_what_somebody_held_back_when_the_sweep_came_first() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.settle_from = START + 5_000;
        let id = matched(&terms, Policy::Npar, 10, 10);
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        at(5_000);
        sweep();
        assert_eq!(open(id).state, State::Formed { lots: 10 });
        assert_ok!(clear_flag(&REGULATOR, id, FlagSource::Authority));
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn net_p8_sweep_should_form_and_settle_the_part_at_reserve_by() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 4);
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 4));
        assert_moved(400, 4_000, (0, 0));
    });
}

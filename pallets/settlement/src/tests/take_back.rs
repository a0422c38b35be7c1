use super::{helpers::*, sweep::due};
use crate::{mock::*, Error, Event, Instructions};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{Execution, InstructionId, Outcome, Policy, Status, TakenBack};

const WAYS: [(TakenBack, Outcome); 3] = [
    (TakenBack::Rejected, Outcome::Rejected),
    (TakenBack::TimedOut, Outcome::Expired),
    (TakenBack::Released, Outcome::Released),
];

#[test]
fn take_back_should_return_everything_and_say_why() {
    for (why, expected) in WAYS {
        for after_start in [0, RESERVE_BY, PAY_DEADLINE, DEADLINE, DEADLINE + RETENTION] {
            ExtBuilder.build_and_execute(|| {
                let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
                at(after_start);
                events();
                Heard::take();
                assert_ok!(take_back(id, why));
                assert_eq!(
                    events(),
                    [
                        Event::Released {
                            id,
                            leg: DELIVERY,
                            old: 10,
                            new: 0,
                            amount: 1_000,
                            by: None,
                            reference: trade_1()
                        },
                        Event::Closed { id, outcome: expected, lots: 0, of: 10, by: None, reference: trade_1() },
                    ]
                );
                assert_eq!(Heard::take(), [(id, Some(expected), 0)]);
                assert_eq!(outcome(id), (expected, 0));
                assert_moved(0, 0, (0, 0));
                assert_noop!(take_back(id, why), Error::<Test>::AlreadyClosed);
                assert_noop!(deliver(id, 10), Error::<Test>::AlreadyClosed);
            });
        }
    }
}

#[test]
fn take_back_should_leave_what_had_settled() {
    for (why, _) in WAYS {
        ExtBuilder.build_and_execute(|| {
            let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
            assert_ok!(deliver(id, 4));
            assert_ok!(commit(&SELLER, id, None));
            assert_ok!(take_back(id, why));
            assert_eq!(outcome(id), (Outcome::PartiallySettled, 4));
            assert_moved(400, 0, (0, 0));
        });
    }
}

#[test]
fn take_back_should_fail_when_nothing_is_committed() {
    ExtBuilder.build_and_execute(|| {
        let terms = across(10, Execution::Immediate);
        let proposed = instructed(&named(terms.clone(), "A"), Policy::Part, 10);
        let id = matched(&terms, Policy::Part, 10, 0);
        let formed = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        for (why, _) in WAYS {
            assert_noop!(take_back(InstructionId::default(), why), Error::<Test>::NotFound);
            for waiting in [proposed, id, formed] {
                assert_noop!(take_back(waiting, why), Error::<Test>::NotCommitted);
            }
        }
        assert_ok!(commit(&SELLER, id, None));
        assert_ok!(deliver(id, 4));
        assert_noop!(take_back(id, TakenBack::TimedOut), Error::<Test>::NotCommitted);
    });
}

#[test]
fn take_back_should_credit_what_cannot_return() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        set_status(SELLER_ID, Status::Sanctioned);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        assert_ok!(take_back(id, TakenBack::Rejected));
        assert_eq!((outcome(id), claimable(&SELLER, SHARE)), ((Outcome::Rejected, 0), 1_000));
    });
}

#[test]
fn take_back_should_leave_a_record_that_goes_like_any_other() {
    // Before the sweep has ever come, between its looks, and long after the retention.
    for after_start in [0, RESERVE_BY + 1, DEADLINE + 1, DEADLINE + 2 * RETENTION] {
        ExtBuilder.build_and_execute(|| {
            let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
            for looked_at in [RESERVE_BY, DEADLINE, after_start] {
                if looked_at <= after_start {
                    at(looked_at);
                    sweep();
                }
            }
            assert_ok!(take_back(id, TakenBack::TimedOut));
            let kept_until = after_start.max(DEADLINE) + RETENTION;
            at(kept_until - 1_000);
            sweep();
            assert_eq!(outcome(id), (Outcome::Expired, 0));
            if after_start < DEADLINE {
                assert_eq!(due(id), [kept_until]);
            }
            // What another network decides is looked at hourly from the deadline on.
            at(kept_until + 3_600_000);
            sweep();
            assert!(!Instructions::<Test>::contains_key(id) && due(id).is_empty());
        });
    }
}

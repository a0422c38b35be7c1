use super::helpers::*;
use crate::{mock::*, Error, Event};
use polkadot_sdk::frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use tandem_primitives::{AccountId, Capacity, Execution, InstructionId, Outcome, ParticipantId, Policy, Status};

fn reject(who: &AccountId, id: InstructionId) -> DispatchResultWithPostInfo {
    reject_for(who, id, None)
}

fn reject_for(who: &AccountId, id: InstructionId, whom: Option<ParticipantId>) -> DispatchResultWithPostInfo {
    Settlement::reject(by(who), id, whom, because("not our trade"))
}

#[test]
fn reject_should_close_the_trade_and_return_all() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        events();
        assert_ok!(reject(&BUYER, id));
        assert_eq!(
            events(),
            [
                Event::Rejected {
                    id,
                    participant: BUYER_ID,
                    reason: because("not our trade"),
                    by: BUYER,
                    reference: trade_1()
                },
                Event::Released {
                    id,
                    leg: DELIVERY,
                    old: 10,
                    new: 0,
                    amount: 1_000,
                    by: Some(BUYER),
                    reference: trade_1()
                },
                Event::Closed {
                    id,
                    outcome: Outcome::Rejected,
                    lots: 0,
                    of: 10,
                    by: Some(BUYER),
                    reference: trade_1()
                },
            ]
        );
        assert_eq!(outcome(id), (Outcome::Rejected, 0));
        assert_moved(0, 0, (0, 0));
        assert_noop!(reject(&BUYER, id), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn reject_should_fail_for_who_has_affirmed() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        assert_noop!(reject(&SELLER, id), Error::<Test>::AlreadyAffirmed);
        assert_ok!(affirm(id, Policy::Part, 5));
        assert_noop!(reject(&BUYER, id), Error::<Test>::AlreadyAffirmed);
        assert_noop!(reject(&SELLER, id), Error::<Test>::AlreadyAffirmed);
    });
}

#[test]
fn reject_should_fail_for_who_is_no_party() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10);
        for who in [THIRD, OUTSIDER, MANAGER, BANK, REGULATOR] {
            assert_noop!(reject(&who, id), Error::<Test>::NotAuthorized);
        }
        assert_noop!(reject_for(&SELLER, id, Some(BUYER_ID)), Error::<Test>::NotAuthorized);
        assert_noop!(reject(&BUYER, InstructionId::default()).map_err(|failed| failed.error), Error::<Test>::NotFound);
    });
}

#[test]
fn reject_should_let_an_agent_act_until_it_is_dismissed() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        dismiss(&BUYER, BANK_ID, Capacity::Payment);
        assert_noop!(reject_for(&BANK, id, Some(BUYER_ID)), Error::<Test>::NotAuthorized);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        assert_ok!(reject_for(&BANK, id, Some(BUYER_ID)));
        assert_eq!(outcome(id), (Outcome::Rejected, 0));
    });
}

#[test]
fn reject_should_be_open_to_a_suspended_party_and_closed_to_a_sanctioned_one() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        set_status(BUYER_ID, Status::Sanctioned);
        assert_noop!(reject(&BUYER, id), Error::<Test>::NotActive);
        set_status(BUYER_ID, Status::Suspended);
        assert_ok!(reject(&BUYER, id));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn reject_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in
        [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false), (DEADLINE, false)]
    {
        ExtBuilder.build_and_execute(|| {
            let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
            at(after_start);
            if in_time {
                assert_ok!(reject(&BUYER, id));
                assert_eq!(outcome(id), (Outcome::Rejected, 0));
            } else {
                assert_noop!(reject(&BUYER, id), Error::<Test>::TooLate);
                sweep();
                assert_eq!(outcome(id), (Outcome::Expired, 0));
            }
            assert_moved(0, 0, (0, 0));
        });
    }
}

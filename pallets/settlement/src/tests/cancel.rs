use super::helpers::*;
use crate::{mock::*, Error, Event, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{Capacity, Execution, InstructionId, Outcome, Policy, Quantity, Status};

#[test]
fn cancel_should_be_for_one_party_alone_until_all_have_affirmed() {
    for (who, participant) in [(SELLER, SELLER_ID), (BUYER, BUYER_ID)] {
        ExtBuilder.build_and_execute(|| {
            let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
            events();
            assert_ok!(cancel(&who, id));
            assert_eq!(
                events(),
                [
                    Event::CancelRequested {
                        id,
                        participant,
                        until: START + CANCEL_LIFE,
                        by: who.clone(),
                        reference: trade_1()
                    },
                    Event::Released {
                        id,
                        leg: DELIVERY,
                        old: 10,
                        new: 0,
                        amount: 1_000,
                        by: Some(who.clone()),
                        reference: trade_1()
                    },
                    Event::Closed {
                        id,
                        outcome: Outcome::Cancelled,
                        lots: 0,
                        of: 10,
                        by: Some(who.clone()),
                        reference: trade_1()
                    },
                ]
            );
            assert_eq!(outcome(id), (Outcome::Cancelled, 0));
            assert_moved(0, 0, (0, 0));
        });
    }
}

#[test]
fn cancel_should_need_all_parties_once_all_have_affirmed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 4);
        events();
        assert_ok!(cancel(&SELLER, id));
        let until = START + CANCEL_LIFE;
        assert_eq!(
            events(),
            [Event::CancelRequested { id, participant: SELLER_ID, until, by: SELLER, reference: trade_1() }]
        );
        assert_eq!(party_of(id, SELLER_ID).cancel_until, Some(until));
        // Again, and from another account, it is still one party.
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&SELLER_2, id));
        assert_eq!(open(id).state, State::Matched);
        assert_ok!(cancel(&BUYER, id));
        assert_eq!(outcome(id), (Outcome::Cancelled, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn cancel_request_should_stop_nothing() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 4);
        assert_ok!(cancel(&SELLER, id));
        assert_noop!(release(&SELLER, id, DELIVERY, 7), Error::<Test>::Irrevocable);
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(6)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn cancel_request_should_lapse() {
    for (later, stands) in [(CANCEL_LIFE - 1, true), (CANCEL_LIFE, false), (CANCEL_LIFE + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, Execution::Immediate);
            terms.reserve_by = START + 10 * CANCEL_LIFE;
            terms.deadline = START + 20 * CANCEL_LIFE;
            let id = matched(&terms, Policy::Part, 10, 4);
            assert_ok!(cancel(&SELLER, id));
            at(later);
            assert_ok!(cancel(&BUYER, id));
            if stands {
                assert_eq!(outcome(id), (Outcome::Cancelled, 0));
                assert_moved(0, 0, (0, 0));
            } else {
                assert_eq!(open(id).state, State::Matched);
                // The buyer's own request stands now.
                assert_ok!(cancel(&SELLER, id));
                assert_eq!(outcome(id), (Outcome::Cancelled, 0));
            }
        });
    }
}

#[test]
fn cancel_should_return_a_formed_tranche_when_all_agree() {
    ExtBuilder.build_and_execute(|| {
        for (name, execution) in [("A", Execution::OnToken), ("B", by_manager(MANAGER_BY)), ("C", hashlock())] {
            let id = matched(&named(dvp(10, execution), name), Policy::Npar, 10, 10);
            assert_ok!(cancel(&BUYER, id));
            assert_eq!(open(id).state, State::Formed { lots: 10 });
            assert_ok!(cancel(&SELLER, id));
            assert_eq!(outcome(id), (Outcome::Cancelled, 0));
            assert_moved(0, 0, (0, 0));
        }
    });
}

#[test]
fn cancel_should_fail_once_a_token_is_used_or_a_tranche_has_settled() {
    ExtBuilder.build_and_execute(|| {
        let tokens = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        // The seller asks first, so that the buyer could take the shares back with one call after paying nothing.
        assert_ok!(cancel(&SELLER, tokens));
        assert_ok!(execute(&SELLER, tokens, PAYMENT));
        for who in [SELLER, BUYER] {
            assert_noop!(cancel(&who, tokens), Error::<Test>::AlreadyExecuted);
        }
        let parts = matched(&named(dvp(10, Execution::Immediate), "P"), Policy::Part, 5, 5);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, parts));
        for who in [SELLER, BUYER] {
            assert_noop!(cancel(&who, parts), Error::<Test>::AlreadyExecuted);
        }
    });
}

#[test]
fn cancel_alone_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (DEADLINE, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
            at(after_start);
            if in_time {
                assert_ok!(cancel(&BUYER, id));
                assert_eq!(outcome(id), (Outcome::Cancelled, 0));
            } else {
                assert_noop!(cancel(&SELLER, id), Error::<Test>::TooLate);
                sweep();
                assert_eq!(outcome(id), (Outcome::Expired, 0));
            }
            assert_moved(0, 0, (0, 0));
        });
    }
}

#[test]
fn cancel_by_all_should_be_for_what_has_formed_from_reserve_by_on() {
    for (after_start, uncovered, covered) in
        [(RESERVE_BY - 1, true, true), (RESERVE_BY, false, true), (DEADLINE - 1, false, true), (DEADLINE, false, false)]
    {
        ExtBuilder.build_and_execute(|| {
            let nothing = matched(&named(dvp(10, Execution::OnToken), "N"), Policy::Part, 10, 0);
            // Time alone forms the part of it, whether anybody looks or not.
            let part = matched(&named(dvp(10, Execution::OnToken), "P"), Policy::Part, 10, 4);
            let formed = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
            at(after_start);
            for (id, possible) in [(nothing, uncovered), (part, covered), (formed, covered)] {
                if possible {
                    assert_ok!(cancel(&BUYER, id));
                    assert_ok!(cancel(&SELLER, id));
                    assert_eq!(outcome(id), (Outcome::Cancelled, 0));
                } else {
                    assert_noop!(cancel(&BUYER, id), Error::<Test>::TooLate);
                    assert_noop!(cancel(&SELLER, id), Error::<Test>::TooLate);
                }
            }
        });
    }
}

#[test]
fn cancel_should_fail_for_who_is_no_party() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
        for who in [THIRD, OUTSIDER, MANAGER, OPERATOR, REGULATOR, CUSTODIAN] {
            assert_noop!(cancel(&who, id), Error::<Test>::NotAuthorized);
        }
        // Nor for the other party.
        assert_noop!(Settlement::cancel(by(&SELLER), id, Some(BUYER_ID)), Error::<Test>::NotAuthorized);
        assert_noop!(cancel(&SELLER, InstructionId::default()).map_err(|failed| failed.error), Error::<Test>::NotFound);
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(cancel(&SELLER, id), Error::<Test>::NotActive);
        set_status(SELLER_ID, Status::Suspended);
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&BUYER, id));
        assert_noop!(cancel(&BUYER, id), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn cancel_should_let_an_agent_act_until_it_is_dismissed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        dismiss(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        let for_seller = || Settlement::cancel(by(&CUSTODIAN), id, Some(SELLER_ID));
        assert_noop!(for_seller(), Error::<Test>::NotAuthorized);
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        assert_ok!(for_seller());
        assert_ok!(cancel(&BUYER, id));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn cancel_and_affirm_should_have_one_winner_in_either_order_in_one_block() {
    let trade = || instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
    // Affirmed with cash: settled, and nobody cancels.
    for who in [SELLER, BUYER] {
        ExtBuilder.build_and_execute(|| {
            let id = trade();
            assert_ok!(affirm(id, Policy::Part, 10));
            assert_noop!(cancel(&who, id), Error::<Test>::AlreadyClosed);
            assert_moved(1_000, 10_000, (0, 0));
        });
        // Cancelled first, by either: nothing is left to affirm.
        ExtBuilder.build_and_execute(|| {
            let id = trade();
            assert_ok!(cancel(&who, id));
            assert_noop!(affirm_as(&BUYER, id, party(Policy::Part)), Error::<Test>::AlreadyClosed);
            assert_moved(0, 0, (0, 0));
        });
        // Affirmed without cash: the cancellation has become a request.
        ExtBuilder.build_and_execute(|| {
            let id = trade();
            assert_ok!(affirm(id, Policy::Part, 0));
            assert_ok!(cancel(&who, id));
            assert_eq!(open(id).state, State::Matched);
            assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn cancel_should_credit_what_cannot_be_returned() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&BUYER, id));
        assert_moved(0, 0, (1_000, 0));
        assert_eq!(claimable(&SELLER, SHARE), 1_000);
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        assert_ok!(claim(&SELLER, SHARE));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn chain_l2_request_to_cancel_should_end_when_a_tranche_forms() {
    for execution in [Execution::OnToken, by_manager(MANAGER_BY), hashlock()] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, execution.clone()), Policy::Npar, 10, 0);
            assert_ok!(cancel(&SELLER, id));
            assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
            assert!(open(id).parties.iter().all(|party| party.cancel_until.is_none()));
            // The buyer alone takes nothing back.
            assert_ok!(cancel(&BUYER, id));
            assert_eq!(open(id).state, State::Formed { lots: 10 });
        });
    }
}

#[test]
fn chain_l2_request_to_cancel_should_end_when_that_party_reserves() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 0);
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)));
        assert_eq!(party_of(id, SELLER_ID).cancel_until, None);
        assert_ok!(cancel(&BUYER, id));
        assert_eq!(open(id).state, State::Matched);
        // Another party's reservation ends its own request and no other.
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)));
        assert!(party_of(id, BUYER_ID).cancel_until.is_some());
    });
}

#[test]
fn chain_l2_request_from_before_should_not_unwind_what_time_has_formed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 6, 6);
        at(RESERVE_BY - 1);
        assert_ok!(cancel(&SELLER, id));
        at(RESERVE_BY);
        assert_ok!(cancel(&BUYER, id));
        assert_eq!(open(id).state, State::Matched);
        assert_moved(0, 0, (600, 6_000));
        assert_ok!(cancel(&SELLER, id));
        assert_eq!(outcome(id), (Outcome::Cancelled, 0));
    });
}

#[test]
fn chain_l2_request_to_cancel_should_end_when_a_part_becomes_irrevocable() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 6, 0);
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(4)));
        assert!(open(id).parties.iter().all(|party| party.cancel_until.is_none()));
        // The buyer alone ends nothing that is irrevocable.
        assert_ok!(cancel(&BUYER, id));
        assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![6, 4]));
        // More of it ends no request that was made since.
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)));
        assert_ok!(cancel(&SELLER, id));
        assert_eq!(outcome(id), (Outcome::Cancelled, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn chain_l2_request_to_cancel_should_end_when_what_is_covered_is_committed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        assert_ok!(cancel(&SELLER, id));
        assert!(party_of(id, SELLER_ID).cancel_until.is_some());
        assert!(commit(&SELLER, id, None).is_ok());
        assert!(open(id).parties.iter().all(|party| party.cancel_until.is_none()));
    });
}

//! Tests of sanctions: nothing new may begin in the trades of a sanctioned party, and the other parties may leave
//! alone.

use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, Instruction, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{Capacity, Execution, Outcome, Policy, Quantity, Status, TokenStatus};

#[test]
fn chain_m2_nobody_should_affirm_or_reserve_while_a_party_is_sanctioned() {
    ExtBuilder.build_and_execute(|| {
        let proposed = instructed(&named(dvp(10, Execution::Immediate), "P"), Policy::Npar, 0);
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 10, 0);
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)), Error::<Test>::Blocked);
        assert_noop!(reserve(&BUYER, id, PAYMENT, Quantity::UpTo(10)), Error::<Test>::Blocked);
        assert_noop!(affirm_as(&BUYER, proposed, party(Policy::Npar)), Error::<Test>::Blocked);
        // Neither does anything form because of a looser policy, or of a flag that goes.
        let looser = Settlement::set_party(by(&BUYER), id, party(Policy::Part));
        assert_noop!(looser, Error::<Test>::Blocked);
        assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
        assert_noop!(clear_flag(&BUYER, id, FlagSource::Party), Error::<Test>::Blocked);
        assert_moved(0, 0, (1_000, 0));
        set_status(SELLER_ID, Status::Active);
        assert_ok!(clear_flag(&BUYER, id, FlagSource::Party));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn chain_m2_other_party_should_release_at_once_what_no_tranche_has_formed_from() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 6);
        assert_noop!(release(&BUYER, id, PAYMENT, 6), Error::<Test>::Irrevocable);
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(release(&SELLER, id, DELIVERY, 6), Error::<Test>::NotActive);
        assert_ok!(release(&BUYER, id, PAYMENT, 6));
        assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![6, 0]));
        assert_moved(0, 0, (600, 0));
        // Once the sanction is lifted everything can go on.
        set_status(SELLER_ID, Status::Active);
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(6)));
        assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::Irrevocable);
    });
}

#[test]
fn chain_m2_other_party_should_cancel_alone_what_no_tranche_has_formed_from() {
    for settled in [false, true] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 6);
            if settled {
                at(PARTIAL_FROM);
                assert_ok!(settle_part(&SELLER, id));
            }
            set_status(SELLER_ID, Status::Sanctioned);
            events();
            assert_ok!(cancel(&BUYER, id));
            let expected = if settled { (Outcome::PartiallySettled, 6) } else { (Outcome::Cancelled, 0) };
            assert_eq!(outcome(id), expected);
            // What is the sanctioned party's waits as its credit; the other one has its own.
            assert_eq!(claimable(&SELLER, SHARE), if settled { 0 } else { 600 });
            assert_eq!(in_escrow(EURO), 0);
        });
    }
}

#[test]
fn chain_m2_other_party_should_leave_a_formed_tranche_when_the_sanction_has_lasted() {
    for (lasted, free) in [(SANCTION_GRACE - 1, false), (SANCTION_GRACE, true), (SANCTION_GRACE + 1, true)] {
        for execution in [Execution::OnToken, by_manager(MANAGER_BY), hashlock()] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&dvp(10, execution.clone()), Policy::Npar, 10, 10);
                at(1_000);
                set_status(SELLER_ID, Status::Sanctioned);
                at(1_000 + lasted);
                if free {
                    assert_ok!(cancel(&BUYER, id));
                    assert_eq!(outcome(id), (Outcome::Cancelled, 0));
                    assert_moved(0, 0, (1_000, 0));
                } else {
                    assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::Irrevocable);
                    assert_ok!(cancel(&BUYER, id));
                    assert_eq!(open(id).state, State::Formed { lots: 10 });
                    assert_moved(0, 0, (1_000, 10_000));
                }
            });
        }
    }
}

#[test]
fn chain_m2_release_from_a_formed_tranche_should_dissolve_it() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        set_status(SELLER_ID, Status::Sanctioned);
        at(SANCTION_GRACE);
        events();
        assert_ok!(release(&BUYER, id, PAYMENT, 10));
        let (tranche, by, reference) = (0.into(), Some(BUYER), trade_1());
        assert_eq!(events()[0], Event::TrancheDissolved { id, tranche, lots: 10, by, reference });
        let stored = open(id);
        assert_eq!((stored.state, reserved(id)), (State::Matched, vec![10, 0]));
        assert_eq!((stored.legs[0].token, stored.legs[1].token), (Some(TokenStatus::Issued), None));
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TokenNotArmed);
        assert_moved(0, 0, (1_000, 0));
    });
}

#[test]
fn chain_m2_sanction_should_free_nobody_from_an_executing_tranche_before_its_deadline() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        set_status(SELLER_ID, Status::Sanctioned);
        at(DEADLINE - 1);
        assert_noop!(cancel(&BUYER, id), Error::<Test>::AlreadyExecuted);
        assert_noop!(release(&BUYER, id, PAYMENT, 10), Error::<Test>::Irrevocable);
        at(DEADLINE);
        assert_ok!(expire(&BUYER, id));
        assert_eq!(outcome(id), (Outcome::Reversed, 0));
        assert_moved(0, 0, (1_000, 0));
    });
}

#[test]
fn chain_m2_sanction_should_free_nobody_from_what_is_committed() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = across(10, Execution::Immediate);
        terms.legs[0].to = THIRD;
        let id = instructed(&terms, Policy::Part, 10);
        assert_ok!(affirm_as(&THIRD, id, party(Policy::Part)));
        assert_ok!(commit(&SELLER, id, None));
        set_status(THIRD_ID, Status::Sanctioned);
        at(DEADLINE + SANCTION_GRACE);
        assert_noop!(cancel(&SELLER, id), Error::<Test>::AlreadyCommitted);
        assert_noop!(release(&SELLER, id, DELIVERY, 10), Error::<Test>::AlreadyCommitted);
    });
}

#[test]
fn chain_m2_nobody_should_commit_while_a_party_is_sanctioned() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        set_status(BUYER_ID, Status::Sanctioned);
        assert_eq!(commit(&SELLER, id, None), Err(Error::<Test>::Blocked.into()));
        set_status(BUYER_ID, Status::Active);
        assert!(commit(&SELLER, id, None).is_ok());
    });
}

#[test]
fn chain_m2_sanctioned_party_should_not_be_freed_by_an_agent() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 6);
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(release(&CUSTODIAN, id, DELIVERY, 6), Error::<Test>::Irrevocable);
        // It asks for its principal, as before all have asked.
        assert_ok!(Settlement::cancel(by(&CUSTODIAN), id, Some(SELLER_ID)));
        assert!(matches!(crate::Instructions::<Test>::get(id), Some(Instruction::Open(_))));
        assert_moved(0, 0, (600, 6_000));
    });
}

#[test]
fn chain_m2_what_time_has_formed_should_need_a_sanction_that_has_lasted() {
    for (lasted, free) in [(SANCTION_GRACE - 1, false), (SANCTION_GRACE, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 6, 6);
            at(RESERVE_BY);
            set_status(SELLER_ID, Status::Sanctioned);
            at(RESERVE_BY + lasted);
            let released = release(&BUYER, id, PAYMENT, 6);
            assert_eq!(released.is_ok(), free, "{released:?}");
        });
    }
}

#[test]
fn chain_m2_nobody_should_form_a_part_while_a_party_is_sanctioned() {
    for execution in [Execution::Immediate, Execution::OnToken] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, execution), Policy::Part, 6, 6);
            at(PARTIAL_FROM);
            set_status(SELLER_ID, Status::Sanctioned);
            assert_noop!(settle_part(&BUYER, id), Error::<Test>::Blocked);
            assert_eq!(open(id).state, State::Matched);
            // So the other party can leave at once.
            assert_ok!(release(&BUYER, id, PAYMENT, 6));
            set_status(SELLER_ID, Status::Active);
            assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(6)));
            assert_ok!(settle_part(&BUYER, id));
        });
    }
}

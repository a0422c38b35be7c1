use super::helpers::*;
use crate::{mock::*, Error, Event, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    AccountId, Capacity, Execution, InstructionId, LegIndex, Outcome, Policy, Quantity, Status, TokenStatus,
};

#[test]
fn release_should_return_lots_that_no_tranche_needs() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 0);
        events();
        assert_ok!(release(&SELLER, id, DELIVERY, 2));
        assert_eq!(
            events(),
            [Event::Released {
                id,
                leg: DELIVERY,
                old: 6,
                new: 4,
                amount: 200,
                by: Some(SELLER),
                reference: trade_1()
            }]
        );
        assert_eq!(open(id).legs[0].token, Some(TokenStatus::Issued));
        assert_moved(0, 0, (400, 0));
        assert_ok!(release(&SELLER, id, DELIVERY, 4));
        assert_eq!((reserved(id), open(id).legs[0].token), (vec![0, 0], None));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn release_should_be_free_until_all_have_affirmed() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        assert_ok!(release(&SELLER, id, DELIVERY, 10));
        assert_moved(0, 0, (0, 0));
        // The buyer, who relied on the reservation it saw, has committed to nothing by affirming.
        assert_ok!(affirm(id, Policy::Part, 10));
        assert_ok!(release(&BUYER, id, PAYMENT, 10));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn release_should_fail_for_what_a_covered_part_needs() {
    ExtBuilder.build_and_execute(|| {
        // 8 of 10 on either leg, parts and what they leave are at least 4: 6 are committed.
        let id = matched(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 8, 8);
        for (who, leg) in [(SELLER, DELIVERY), (BUYER, PAYMENT)] {
            assert_noop!(release(&who, id, leg, 3), Error::<Test>::Irrevocable);
            assert_noop!(release(&who, id, leg, 8), Error::<Test>::Irrevocable);
            assert_ok!(release(&who, id, leg, 2));
            assert_noop!(release(&who, id, leg, 1), Error::<Test>::Irrevocable);
        }
        assert_moved(0, 0, (600, 6_000));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_moved(600, 6_000, (0, 0));
    });
}

#[test]
fn release_should_be_free_while_no_part_is_taken() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 9, 9);
        assert_ok!(release(&SELLER, id, DELIVERY, 9));
        assert_ok!(release(&BUYER, id, PAYMENT, 1));
        assert_moved(0, 0, (0, 8_000));
    });
}

#[test]
fn release_should_fail_for_what_is_formed_and_take_back_the_surplus() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 9, 4);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_noop!(release(&SELLER, id, DELIVERY, 6), Error::<Test>::Irrevocable);
        assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::Irrevocable);
        assert_ok!(release(&SELLER, id, DELIVERY, 1));
        // After the delivery of one leg nothing more of it can be taken back either.
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_noop!(release(&SELLER, id, DELIVERY, 5), Error::<Test>::Irrevocable);
        assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::Irrevocable);
        assert_ok!(release(&SELLER, id, DELIVERY, 4));
        assert_eq!((open(id).state, reserved(id)), (State::Executing { lots: 4 }, vec![4, 4]));
        assert_moved(0, 0, (400, 4_000));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_moved(400, 4_000, (0, 0));
    });
}

#[test]
fn release_should_not_open_a_way_out_between_reserve_by_and_the_deadline() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 7, 5);
        for after_start in [RESERVE_BY, DEADLINE - 1] {
            at(after_start);
            assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::Irrevocable);
            assert_noop!(release(&SELLER, id, DELIVERY, 3), Error::<Test>::Irrevocable);
        }
        assert_ok!(expire(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 5));
        assert_moved(500, 5_000, (0, 0));
    });
}

#[test]
fn release_should_return_the_last_lots_so_that_the_rest_still_adds_up() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.legs[1].amount = 10_007;
        let id = matched(&terms, Policy::Part, 0, 9);
        assert_eq!(in_escrow(EURO), 9_006);
        events();
        assert_ok!(release(&BUYER, id, PAYMENT, 4));
        assert_eq!(
            events(),
            [Event::Released {
                id,
                leg: PAYMENT,
                old: 9,
                new: 5,
                amount: 4_003,
                by: Some(BUYER),
                reference: trade_1()
            }]
        );
        assert_eq!(in_escrow(EURO), 5_003);
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(5)));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)));
        assert_moved(1_000, 10_007, (0, 0));
    });
}

#[test]
fn release_should_fail_for_zero_lots_too_many_and_no_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 0);
        assert_noop!(release(&SELLER, id, DELIVERY, 0), Error::<Test>::ZeroLots);
        assert_noop!(release(&SELLER, id, DELIVERY, 7), Error::<Test>::TooManyLots);
        assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::TooManyLots);
        assert_noop!(release(&SELLER, id, LegIndex(2), 1), Error::<Test>::LegNotFound);
        assert_noop!(release(&SELLER, InstructionId::default(), DELIVERY, 1), Error::<Test>::NotFound);
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&BUYER, id));
        assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn release_should_fail_for_who_does_not_give_the_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 0);
        for who in [BUYER, THIRD, OUTSIDER, OPERATOR, REGULATOR, CUSTODIAN] {
            assert_noop!(release(&who, id, DELIVERY, 1), Error::<Test>::NotAuthorized);
        }
        appoint(&SELLER, BANK_ID, Capacity::Payment);
        assert_noop!(release(&BANK, id, DELIVERY, 1), Error::<Test>::NotAuthorized);
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        assert_ok!(release(&CUSTODIAN, id, DELIVERY, 1));
        // It returns to the owner, whoever asks.
        assert_moved(0, 0, (500, 0));
        dismiss(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        assert_noop!(release(&CUSTODIAN, id, DELIVERY, 1), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn release_should_be_open_to_a_suspended_giver_and_closed_to_a_sanctioned_one() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 0);
        set_status(SELLER_ID, Status::Suspended);
        assert_ok!(release(&SELLER, id, DELIVERY, 1));
        assert_moved(0, 0, (500, 0));
        for status in [Status::Sanctioned, Status::Revoked] {
            set_status(SELLER_ID, status);
            assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::NotActive);
        }
    });
}

#[test]
fn release_should_pay_the_account_that_replaced_the_one_in_the_terms() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 0);
        let new = AccountId::new([150; 32]);
        replace(&SELLER, &SELLER_2, &new);
        assert_noop!(release(&SELLER, id, DELIVERY, 6), Error::<Test>::NotActive);
        assert_ok!(release(&new, id, DELIVERY, 6));
        assert_eq!((balance(SHARE, &new), in_escrow(SHARE)), (600, 0));
    });
}

#[test]
fn release_should_credit_the_giver_when_its_account_is_blocked() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 0);
        assert_ok!(Assets::block(by(&ISSUER), SHARE, SELLER));
        assert_ok!(release(&SELLER, id, DELIVERY, 6));
        assert_eq!((reserved(id), claimable(&SELLER, SHARE), in_escrow(SHARE)), (vec![0, 0], 600, 600));
        assert_ok!(Assets::thaw(by(&ISSUER), SHARE, SELLER));
        assert_ok!(claim(&SELLER, SHARE));
        assert_moved(0, 0, (0, 0));
    });
}

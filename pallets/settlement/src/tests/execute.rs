use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    token_id, BlockingReason, Capacity, Execution, InstructionId, LegIndex, OnIncomplete, Outcome, Policy, Quantity,
    Status, TokenStatus,
};

/// Test helper: a trade under `OnToken` that is reserved whole, so that its tokens are armed.
fn armed() -> InstructionId {
    matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10)
}

/// Test helper: a trade under `Hashlock` that is reserved whole and waits for the preimage, with `settle_from` so many
/// milliseconds after `START`.
fn locked(settle_from: u64) -> InstructionId {
    let mut terms = dvp(10, hashlock());
    terms.settle_from = START + settle_from;
    matched(&terms, Policy::Npar, 10, 10)
}

#[test]
fn execute_should_deliver_provisionally_and_settle_with_the_last_token() {
    ExtBuilder.build_and_execute(|| {
        let id = armed();
        events();
        assert_ok!(execute(&BUYER, id, DELIVERY));
        let token = |leg| token_id(id, leg, 0.into());
        assert_eq!(
            events(),
            [Event::TokenConsumed { id, leg: DELIVERY, token: token(DELIVERY), by: BUYER, reference: trade_1() }]
        );
        assert_eq!(open(id).state, State::Executing { lots: 10 });
        assert_eq!(open(id).legs[0].token, Some(TokenStatus::Consumed));
        assert_eq!(open(id).legs[1].token, Some(TokenStatus::Armed));
        // Delivered, and at nobody's disposal: the buyer cannot walk away with the shares.
        assert_moved(0, 0, (1_000, 10_000));
        assert_eq!(claimable(&BUYER, SHARE), 0);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_eq!(
            events(),
            [
                Event::TokenConsumed { id, leg: PAYMENT, token: token(PAYMENT), by: SELLER, reference: trade_1() },
                Event::TrancheSettled {
                    id,
                    tranche: 0.into(),
                    lots: 10,
                    old: 0,
                    new: 10,
                    amounts: vec![1_000, 10_000],
                    by: Some(SELLER),
                    reference: trade_1(),
                },
                Event::Closed {
                    id,
                    outcome: Outcome::Settled,
                    lots: 10,
                    of: 10,
                    by: Some(SELLER),
                    reference: trade_1()
                },
            ]
        );
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_fail_when_token_is_consumed() {
    ExtBuilder.build_and_execute(|| {
        let id = armed();
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TokenConsumed);
        assert_noop!(execute(&BUYER_2, id, DELIVERY), Error::<Test>::TokenConsumed);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::AlreadyClosed);
        assert_noop!(execute(&SELLER, id, PAYMENT), Error::<Test>::AlreadyClosed);
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_fail_for_the_wrong_holder_and_the_wrong_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = armed();
        // The token belongs to who receives, so nobody can use the one of what it gives.
        assert_noop!(execute(&SELLER, id, DELIVERY), Error::<Test>::NotAuthorized);
        assert_noop!(execute(&BUYER, id, PAYMENT), Error::<Test>::NotAuthorized);
        for who in [THIRD, OUTSIDER, MANAGER, OPERATOR, REGULATOR, CUSTODIAN] {
            assert_noop!(execute(&who, id, DELIVERY), Error::<Test>::NotAuthorized);
            assert_noop!(execute(&who, id, PAYMENT), Error::<Test>::NotAuthorized);
        }
        assert_noop!(execute(&BUYER, id, LegIndex(2)), Error::<Test>::LegNotFound);
        assert_noop!(
            execute(&BUYER, InstructionId::default(), DELIVERY).map_err(|failed| failed.error),
            Error::<Test>::NotFound
        );
        // Any account of the holder will do; the assets go to the one in the terms.
        assert_ok!(execute(&BUYER_2, id, DELIVERY));
        assert_ok!(execute(&SELLER_2, id, PAYMENT));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_fail_from_the_deadline_on() {
    for (after_start, in_time) in [(DEADLINE - 1, true), (DEADLINE, false), (DEADLINE + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let (id, secret) = (armed(), locked(0));
            at(after_start);
            if in_time {
                assert_ok!(execute(&BUYER, id, DELIVERY));
                assert_ok!(reveal(&THIRD, secret, SECRET));
                assert_eq!(outcome(secret), (Outcome::Settled, 10));
            } else {
                assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TooLate);
                assert_noop!(reveal(&THIRD, secret, SECRET), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn execute_should_fail_before_a_tranche_has_formed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 4);
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TokenNotArmed);
        assert_noop!(execute(&SELLER, id, PAYMENT), Error::<Test>::TokenNotArmed);
        let empty = matched(&named(dvp(10, Execution::OnToken), "E"), Policy::Part, 0, 0);
        assert_noop!(execute(&BUYER, empty, DELIVERY), Error::<Test>::TokenNotArmed);
        let secret = matched(&dvp(10, hashlock()), Policy::Npar, 10, 9);
        assert_noop!(reveal(&BUYER, secret, SECRET), Error::<Test>::TokenNotArmed);
    });
}

#[test]
fn execute_should_not_take_the_token_of_an_earlier_tranche_for_the_next() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 5, 5);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_moved(500, 5_000, (0, 0));
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TokenNotArmed);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(5)));
        // Issued for the next tranche, and a token of its own.
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::TokenNotArmed);
        let token = token_id(id, DELIVERY, 1.into());
        assert_ne!(token, token_id(id, DELIVERY, 0.into()));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(5)));
        events();
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_eq!(events(), [Event::TokenConsumed { id, leg: DELIVERY, token, by: BUYER, reference: trade_1() }]);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_let_agents_act_each_for_its_kind_of_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = armed();
        appoint(&BUYER, CUSTODIAN_ID, Capacity::Delivery);
        appoint(&SELLER, BANK_ID, Capacity::Payment);
        assert_noop!(execute(&BANK, id, DELIVERY), Error::<Test>::NotAuthorized);
        assert_noop!(execute(&CUSTODIAN, id, PAYMENT), Error::<Test>::NotAuthorized);
        assert_ok!(execute(&CUSTODIAN, id, DELIVERY));
        dismiss(&SELLER, BANK_ID, Capacity::Payment);
        assert_noop!(execute(&BANK, id, PAYMENT), Error::<Test>::NotAuthorized);
        appoint(&SELLER, BANK_ID, Capacity::Payment);
        assert_ok!(execute(&BANK, id, PAYMENT));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_fail_while_settlement_is_held_back() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::OnToken);
        terms.settle_from = START + 5_000;
        let id = matched(&terms, Policy::Part, 10, 10);
        at(4_999);
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::Blocked);
        at(5_000);
        assert_ok!(set_flag(&OPERATOR, id, FlagSource::Operator));
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::Blocked);
        assert_ok!(clear_flag(&OPERATOR, id, FlagSource::Operator));
        set_status(SELLER_ID, Status::Sanctioned);
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::Blocked);
        set_status(SELLER_ID, Status::Active);
        assert_ok!(execute(&BUYER, id, DELIVERY));
    });
}

#[test]
fn execute_should_be_open_to_a_suspended_holder_and_closed_to_a_sanctioned_one() {
    ExtBuilder.build_and_execute(|| {
        let id = armed();
        set_status(BUYER_ID, Status::Sanctioned);
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::NotActive);
        set_status(BUYER_ID, Status::Suspended);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        set_status(BUYER_ID, Status::Revoked);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        // What was formed settles, for who has left the network too.
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_fail_where_neither_token_nor_secret_decides() {
    ExtBuilder.build_and_execute(|| {
        let mut later = dvp(10, Execution::Immediate);
        later.settle_from = START + 5_000;
        let deferred = matched(&later, Policy::Part, 10, 10);
        let managed = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
        for id in [deferred, managed] {
            assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::WrongExecution);
            assert_noop!(reveal(&BUYER, id, SECRET), Error::<Test>::WrongExecution);
        }
    });
}

#[test]
fn execute_should_move_every_leg_for_who_shows_the_preimage() {
    ExtBuilder.build_and_execute(|| {
        let id = locked(0);
        for preimage in [None, Some([0; 32]), Some([43; 32])] {
            assert_noop!(Settlement::execute(by(&BUYER), id, DELIVERY, preimage), Error::<Test>::WrongPreimage);
        }
        assert_noop!(reveal(&OUTSIDER, id, SECRET), Error::<Test>::NotAuthorized);
        assert_noop!(Settlement::execute(by(&BUYER), id, LegIndex(2), Some(SECRET)), Error::<Test>::LegNotFound);
        events();
        assert_ok!(reveal(&AUDITOR, id, SECRET));
        let consumed = events().iter().filter(|event| matches!(event, Event::TokenConsumed { .. })).count();
        assert_eq!(consumed, 2);
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_stand_when_the_preimage_is_shown_while_settlement_is_blocked() {
    ExtBuilder.build_and_execute(|| {
        let id = locked(5_000);
        assert_noop!(settle(&BUYER, id, None), Error::<Test>::WrongPreimage);
        events();
        assert_ok!(reveal(&BUYER, id, SECRET));
        let reasons = vec![BlockingReason::NotBefore(START + 5_000)];
        assert!(events().contains(&Event::SettlementDeferred { id, reasons, by: Some(BUYER), reference: trade_1() }));
        assert_eq!(open(id).state, State::Executing { lots: 10 });
        assert_moved(0, 0, (1_000, 10_000));
        assert_noop!(reveal(&BUYER, id, SECRET), Error::<Test>::TokenConsumed);
        // The secret is out: neither side gets its asset back.
        assert_noop!(release(&SELLER, id, DELIVERY, 10), Error::<Test>::Irrevocable);
        assert_noop!(cancel(&SELLER, id), Error::<Test>::AlreadyExecuted);
        assert_noop!(set_flag(&SELLER, id, FlagSource::Party), Error::<Test>::Irrevocable);
        assert_noop!(settle(&THIRD, id, None), Error::<Test>::Blocked);
        at(5_000);
        assert_noop!(settle(&THIRD, id, Some(9)), Error::<Test>::PartNotAllowed);
        assert_ok!(settle(&THIRD, id, None));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn execute_should_complete_at_the_deadline_what_a_shown_preimage_decided() {
    for on_incomplete in [OnIncomplete::Complete, OnIncomplete::Reverse] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, hashlock());
            terms.on_incomplete = on_incomplete;
            let id = matched(&terms, Policy::Npar, 10, 10);
            assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
            assert_ok!(reveal(&SELLER, id, SECRET));
            assert_ok!(Assets::freeze_asset(by(&ISSUER), EURO));
            at(DEADLINE - 1);
            assert_noop!(expire(&SELLER, id), Error::<Test>::NotDue);
            at(DEADLINE);
            assert_noop!(settle(&SELLER, id, None), Error::<Test>::TooLate);
            assert_ok!(expire(&AUDITOR, id));
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            // The frozen cash is the seller's already, and waits for it.
            assert_moved(1_000, 0, (0, 10_000));
            assert_eq!(claimable(&SELLER, EURO), 10_000);
            assert_ok!(Assets::thaw_asset(by(&ISSUER), EURO));
            assert_ok!(claim(&SELLER, EURO));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn execute_should_credit_a_receiver_that_cannot_take_it() {
    ExtBuilder.build_and_execute(|| {
        let id = armed();
        assert_ok!(Assets::touch_other(by(&ISSUER), SHARE, BUYER));
        assert_ok!(Assets::block(by(&ISSUER), SHARE, BUYER));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(0, 10_000, (1_000, 0));
        assert_eq!(claimable(&BUYER, SHARE), 1_000);
        // To another of its accounts, which is not blocked.
        let asset = tandem_primitives::AssetId::WithId(SHARE);
        assert!(claim(&BUYER, SHARE).is_err());
        assert!(Escrow::claim(by(&SELLER), BUYER, asset.clone(), SELLER).is_err());
        assert!(Escrow::claim(by(&BUYER), BUYER, asset.clone(), SELLER).is_err());
        assert_ok!(Escrow::claim(by(&BUYER), BUYER, asset.clone(), BUYER_2));
        assert_eq!((balance(SHARE, &BUYER_2), in_escrow(SHARE)), (1_000, 0));
        assert!(Escrow::claim(by(&BUYER), BUYER, asset, BUYER_2).is_err());
    });
}

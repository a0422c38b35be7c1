use super::helpers::*;
use crate::{mock::*, Error, Event, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    token_id, Execution, InstructionId, Leg, LegIndex, NetworkIndex, Outcome, Policy, Quantity, Status, TokenStatus,
};

#[test]
fn deliver_should_settle_what_was_executed_there_and_use_the_tokens() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        events();
        Heard::take();
        assert_ok!(deliver(id, 10));
        assert_eq!(
            events(),
            [
                Event::TokenProven {
                    id,
                    leg: DELIVERY,
                    token: token_id(id, DELIVERY, 0.into()),
                    by: None,
                    reference: trade_1()
                },
                Event::TrancheSettled {
                    id,
                    tranche: 0.into(),
                    lots: 10,
                    old: 0,
                    new: 10,
                    // Those of the other network too.
                    amounts: vec![1_000, 10_000],
                    by: None,
                    reference: trade_1(),
                },
                Event::Closed { id, outcome: Outcome::Settled, lots: 10, of: 10, by: None, reference: trade_1() },
            ]
        );
        assert_eq!(Heard::take(), [(id, None, 10), (id, Some(Outcome::Settled), 10)]);
        assert_moved(1_000, 0, (0, 0));
    });
}

#[test]
fn deliver_should_leave_the_rest_matched_for_the_next_tranche() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = across(3, Execution::Immediate);
        (terms.legs[0].asset, terms.legs[0].from, terms.legs[0].to) =
            (leg(EURO, 1, BUYER, SELLER).asset, BUYER, SELLER);
        (terms.legs[0].amount, terms.legs[1].amount) = (10_001, 100);
        let id = matched(&terms, Policy::Part, 0, 0);
        assert_ok!(reserve(&BUYER, id, DELIVERY, Quantity::Exactly(3)));
        assert_ok!(commit(&BUYER, id, None));
        events();
        assert_ok!(deliver(id, 1));
        let settled = |event: &Event<Test>| match event {
            Event::TrancheSettled { amounts, lots, new: now, .. } => Some((amounts.clone(), *lots, *now)),
            _ => None,
        };
        assert_eq!(events().iter().find_map(settled), Some((vec![3_333, 33], 1, 1)));
        let stored = open(id);
        assert_eq!((stored.state, stored.settled, stored.tranche), (State::Matched, 1, 1.into()));
        assert_eq!((stored.legs[0].reserved, stored.legs[0].token), (2, Some(TokenStatus::Issued)));
        assert_eq!((stored.legs[1].reserved, stored.legs[1].token), (0, None));
        assert_moved(0, 3_333, (0, 6_668));
        // What is left is its owner's to take, and to commit again.
        assert_ok!(release(&BUYER, id, DELIVERY, 1));
        assert_ok!(reserve(&BUYER, id, DELIVERY, Quantity::Exactly(1)));
        let next = commit(&SELLER, id, None).expect("a window fits");
        assert_eq!((next.tranche, next.commitment.settled, next.commitment.lots), (1.into(), 1, 2));
        events();
        assert_ok!(deliver(id, 2));
        assert_eq!(events().iter().find_map(settled), Some((vec![6_668, 67], 2, 3)));
        assert_eq!(outcome(id), (Outcome::Settled, 3));
        assert_moved(0, 10_001, (0, 0));
    });
}

#[test]
fn deliver_should_pay_every_leg_of_this_network_and_no_other() {
    for other_order in [false, true] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = across(10, Execution::Immediate);
            // There, here, here: the same assets and accounts mean others there.
            let there = NetworkIndex(1);
            terms.legs = vec![
                Leg { network: there, ..leg(SHARE, 500, SELLER, BUYER) },
                leg(SHARE, 1_000, SELLER, BUYER),
                leg(EURO, 10_007, BUYER, THIRD),
            ]
            .try_into()
            .expect("three; qed");
            let terms = if other_order { turned(terms) } else { terms };
            let id = matched(&terms, Policy::Part, 10, 10);
            assert_ok!(affirm_as(&THIRD, id, party(Policy::Part)));
            assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![0, 10, 10]));
            at(PARTIAL_FROM);
            assert_ok!(release(&BUYER, id, LegIndex(2), 1));
            assert_eq!(commit(&THIRD, id, None).map(|made| made.commitment.lots), Ok(9));
            events();
            assert_ok!(deliver(id, 7));
            let token = |leg| Event::TokenProven {
                id,
                leg,
                token: token_id(id, leg, 0.into()),
                by: None,
                reference: trade_1(),
            };
            let said = events();
            assert_eq!(said[..2], [token(LegIndex(1)), token(LegIndex(2))]);
            assert!(matches!(&said[2..], [Event::TrancheSettled { amounts, .. }] if *amounts == [350, 700, 7_004]));
            assert_eq!(reserved(id), [0, 3, 2]);
            assert_eq!((balance(SHARE, &BUYER), balance(EURO, &THIRD)), (700, 7_004));
            assert_eq!((in_escrow(SHARE), in_escrow(EURO)), (300, 2_002));
            at(RESERVE_BY);
            sweep();
            assert_eq!(outcome(id), (Outcome::PartiallySettled, 7));
            assert_eq!((in_escrow(SHARE), in_escrow(EURO)), (0, 0));
            assert_eq!((balance(SHARE, &SELLER), balance(EURO, &BUYER)), (OPENING - 700, OPENING - 7_004));
        });
    }
}

#[test]
fn deliver_should_return_the_rest_from_reserve_by_on() {
    for (after_start, over) in [(RESERVE_BY - 1, false), (RESERVE_BY, true), (PAY_DEADLINE, true), (DEADLINE, true)] {
        ExtBuilder.build_and_execute(|| {
            let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
            at(after_start);
            assert_ok!(deliver(id, 4));
            if over {
                assert_eq!(outcome(id), (Outcome::PartiallySettled, 4));
                assert_moved(400, 0, (0, 0));
            } else {
                assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![6, 0]));
                assert_moved(400, 0, (600, 0));
            }
        });
    }
}

#[test]
fn deliver_should_take_any_committed_part_that_all_take_and_no_other() {
    for (lots, refused) in [
        (0, Some(Error::<Test>::PartNotAllowed)),
        (1, Some(Error::<Test>::PartNotAllowed)),
        (3, Some(Error::<Test>::PartNotAllowed)),
        (4, None),
        (6, None),
        // Reserved, and what all take, but not what is committed.
        (7, Some(Error::<Test>::TooManyLots)),
        (u32::MAX, Some(Error::<Test>::TooManyLots)),
    ] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&across(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 8, 0);
            at(PARTIAL_FROM);
            assert_ok!(commit(&SELLER, id, None));
            match refused {
                Some(error) => {
                    assert_noop!(deliver(id, lots), error);
                }
                None => {
                    assert_ok!(deliver(id, lots));
                    assert_eq!(reserved(id), [8 - lots, 0]);
                    assert_moved(u128::from(lots) * 100, 0, (u128::from(8 - lots) * 100, 0));
                }
            }
        });
    }
}

#[test]
fn deliver_should_fail_when_nothing_is_committed() {
    ExtBuilder.build_and_execute(|| {
        assert_noop!(deliver(InstructionId::default(), 1), Error::<Test>::NotFound);
        let terms = across(10, Execution::Immediate);
        let proposed = instructed(&named(terms.clone(), "A"), Policy::Part, 10);
        assert_noop!(deliver(proposed, 1), Error::<Test>::NotCommitted);
        let formed = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        assert_noop!(deliver(formed, 10), Error::<Test>::NotCommitted);
        let id = matched(&terms, Policy::Part, 10, 0);
        assert_noop!(deliver(id, 10), Error::<Test>::NotCommitted);
        assert_ok!(commit(&SELLER, id, None));
        assert_ok!(deliver(id, 4));
        // The same proof a second time.
        assert_noop!(deliver(id, 4), Error::<Test>::NotCommitted);
        assert_ok!(commit(&SELLER, id, Some(6)));
        assert_ok!(deliver(id, 6));
        assert_noop!(deliver(id, 6), Error::<Test>::AlreadyClosed);
        assert_moved(1_000, 0, (2_000, 10_000));
    });
}

#[test]
fn deliver_should_credit_what_cannot_be_taken_whatever_stands_in_the_way() {
    for sanctioned in [SELLER_ID, BUYER_ID] {
        ExtBuilder.build_and_execute(|| {
            let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
            set_status(sanctioned, Status::Sanctioned);
            at(RESERVE_BY);
            assert_ok!(deliver(id, 7));
            assert_eq!(outcome(id), (Outcome::PartiallySettled, 7));
            let waits = (claimable(&SELLER, SHARE), claimable(&BUYER, SHARE));
            let delivered = if sanctioned == SELLER_ID { (300, 0) } else { (0, 700) };
            assert_eq!(waits, delivered);
            assert_eq!(in_escrow(SHARE), waits.0 + waits.1);
        });
    }
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        at(DEADLINE + 1);
        assert_ok!(deliver(id, 7));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 7));
        assert_eq!((claimable(&SELLER, SHARE), claimable(&BUYER, SHARE)), (300, 700));
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        assert_ok!(claim(&BUYER, SHARE));
        assert_ok!(claim(&SELLER, SHARE));
        assert_moved(700, 0, (0, 0));
    });
}

#[test]
fn deliver_should_pay_the_suspended_and_the_revoked() {
    for status in [Status::Suspended, Status::Revoked] {
        ExtBuilder.build_and_execute(|| {
            let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
            set_status(SELLER_ID, status);
            set_status(BUYER_ID, status);
            // Nor does it matter whether the counterpart is open for anything new.
            OpenFor::set(None);
            assert_ok!(deliver(id, 10));
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            assert_moved(1_000, 0, (0, 0));
        });
    }
}

#[test]
fn deliver_should_follow_replaced_accounts() {
    ExtBuilder.build_and_execute(|| {
        let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
        let new = tandem_primitives::AccountId::new([150; 32]);
        replace(&BUYER, &BUYER_2, &new);
        assert_ok!(deliver(id, 10));
        assert_eq!((balance(SHARE, &new), balance(SHARE, &BUYER)), (1_000, 0));
    });
}

#[test]
fn chain_l4_deliver_and_take_back_should_name_who_brought_the_proof() {
    use crate::Pallet;
    use tandem_primitives::{HeldInstructions, TakenBack};
    let named = |event: &Event<Test>| match event {
        Event::TokenProven { by, reference, .. }
        | Event::TrancheSettled { by, reference, .. }
        | Event::Released { by, reference, .. }
        | Event::Closed { by, reference, .. } => (by.clone(), reference.clone()),
        other => panic!("{other:?}"),
    };
    for by in [Some(AUDITOR), None] {
        for delivers in [true, false] {
            ExtBuilder.build_and_execute(|| {
                let id = committed(&across(10, Execution::Immediate), Policy::Part, 10);
                assert_eq!(Pallet::<Test>::legs(id), Some(2));
                events();
                if delivers {
                    assert_ok!(<Pallet<Test> as HeldInstructions>::deliver(id, 10, by.as_ref()));
                } else {
                    let why = TakenBack::TimedOut;
                    assert_ok!(<Pallet<Test> as HeldInstructions>::take_back(id, why, by.as_ref()));
                }
                let said = events();
                assert!(said.len() > 1 && said.iter().all(|event| named(event) == (by.clone(), trade_1())), "{said:?}");
                assert_eq!(Pallet::<Test>::legs(id), None, "it is closed");
            });
        }
    }
}

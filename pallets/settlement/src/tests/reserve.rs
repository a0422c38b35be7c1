use super::helpers::*;
use crate::{mock::*, Affirmation, Error, Event, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    pallet_assets,
};
use tandem_primitives::{
    token_id, AccountId, BlockingReason, Capacity, Execution, InstructionId, LegIndex, Outcome, Policy, Quantity,
    Status, TokenStatus,
};

use Quantity::{Exactly, UpTo};

#[test]
fn reserve_should_move_lots_into_escrow_and_issue_the_token() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 0);
        events();
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(3)));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(2)));
        let token = token_id(id, DELIVERY, 0.into());
        assert_eq!(
            events(),
            [
                Event::Reserved {
                    id,
                    leg: DELIVERY,
                    old: 0,
                    new: 3,
                    amount: 300,
                    token,
                    by: SELLER,
                    reference: trade_1()
                },
                Event::Reserved {
                    id,
                    leg: DELIVERY,
                    old: 3,
                    new: 5,
                    amount: 200,
                    token,
                    by: SELLER,
                    reference: trade_1()
                },
            ]
        );
        assert_eq!(reserved(id), [5, 0]);
        assert_eq!(open(id).legs[0].token, Some(TokenStatus::Issued));
        assert_eq!(open(id).legs[1].token, None);
        assert_moved(0, 0, (500, 0));
    });
}

#[test]
fn reserve_should_take_the_exact_balance_one_more_and_one_less() {
    // The whole needs 1,000 shares, in ten lots of 100.
    for (has, exactly, upto) in [(999, false, 9), (1_000, true, 10), (1_001, true, 10), (100, false, 1), (99, false, 0)]
    {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 0);
            leave_with(SHARE, &SELLER, has);
            let result = reserve(&SELLER, id, DELIVERY, Exactly(10));
            assert_eq!(result.is_ok(), exactly);
            if exactly {
                assert_eq!((balance(SHARE, &SELLER), in_escrow(SHARE)), (has - 1_000, 1_000));
            } else {
                assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(10)), pallet_assets::Error::<Test>::BalanceLow);
            }
        });
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 0);
            leave_with(SHARE, &SELLER, has);
            events();
            assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(10)));
            assert_eq!(reserved(id), [upto, 0]);
            let moved = u128::from(upto) * 100;
            assert_eq!((balance(SHARE, &SELLER), in_escrow(SHARE)), (has - moved, moved));
            let short = Event::ReservationShort {
                id,
                leg: DELIVERY,
                wanted: 10,
                reserved: upto,
                by: SELLER,
                reference: trade_1(),
            };
            assert_eq!(events().contains(&short), upto < 10);
        });
    }
}

#[test]
fn reserve_should_take_a_whole_position_to_zero() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 10);
        leave_with(SHARE, &SELLER, 1_000);
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(4)));
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(10)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!((balance(SHARE, &SELLER), balance(SHARE, &BUYER)), (0, 1_000));
        assert!(!pallet_assets::Account::<Test>::contains_key(SHARE, SELLER));
    });
}

#[test]
fn reserve_should_fail_when_more_lots_are_asked_for_than_remain() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 4, 0);
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(7)), Error::<Test>::TooManyLots);
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(u32::MAX)), Error::<Test>::TooManyLots);
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(u32::MAX)));
        assert_eq!(reserved(id), [10, 0]);
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(1)), Error::<Test>::TooManyLots);
        events();
        // Nothing is left to reserve: not a failure, and nothing is short.
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(1)));
        assert_eq!(events(), []);
        assert_moved(0, 0, (1_000, 0));
    });
}

#[test]
fn reserve_should_fail_for_zero_lots_and_for_no_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 0);
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(0)), Error::<Test>::ZeroLots);
        assert_noop!(reserve(&SELLER, id, DELIVERY, UpTo(0)), Error::<Test>::ZeroLots);
        assert_noop!(reserve(&SELLER, id, LegIndex(2), Exactly(1)), Error::<Test>::LegNotFound);
        assert_noop!(reserve(&SELLER, id, LegIndex(255), Exactly(1)), Error::<Test>::LegNotFound);
        assert_noop!(
            reserve(&SELLER, InstructionId::default(), DELIVERY, Exactly(1)).map_err(|failed| failed.error),
            Error::<Test>::NotFound
        );
    });
}

#[test]
fn reserve_should_fail_for_who_does_not_give_the_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 0);
        for who in [BUYER, THIRD, OUTSIDER, CUSTODIAN, MANAGER, OPERATOR] {
            assert_noop!(reserve(&who, id, DELIVERY, Exactly(1)), Error::<Test>::NotAuthorized);
        }
        // Another account of the giver may; the assets come from the account in the terms.
        assert_ok!(reserve(&SELLER_2, id, DELIVERY, Exactly(1)));
        assert_moved(0, 0, (100, 0));
    });
}

#[test]
fn reserve_should_fail_before_the_giver_has_affirmed() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 0);
        assert_noop!(reserve(&BUYER, id, PAYMENT, Exactly(1)), Error::<Test>::NotAffirmed);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(10)));
        assert_eq!((open(id).state, reserved(id)), (State::Proposed, vec![10, 0]));
    });
}

#[test]
fn reserve_should_let_agents_act_each_for_its_kind_of_leg() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 0);
        for principal in [SELLER, BUYER] {
            appoint(&principal, CUSTODIAN_ID, Capacity::Delivery);
            appoint(&principal, BANK_ID, Capacity::Payment);
        }
        assert_noop!(reserve(&BANK, id, DELIVERY, Exactly(1)), Error::<Test>::NotAuthorized);
        assert_noop!(reserve(&CUSTODIAN, id, PAYMENT, Exactly(1)), Error::<Test>::NotAuthorized);
        assert_ok!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(10)));
        dismiss(&BUYER, BANK_ID, Capacity::Payment);
        assert_noop!(reserve(&BANK, id, PAYMENT, Exactly(10)), Error::<Test>::NotAuthorized);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        assert_ok!(reserve(&BANK, id, PAYMENT, Exactly(10)));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn reserve_should_fail_when_signer_or_giver_is_not_active() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 0);
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            set_status(SELLER_ID, status);
            assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(1)), Error::<Test>::NotActive);
            let sanctioned = status == Status::Sanctioned;
            for quantity in [Exactly(1), UpTo(1)] {
                let refused = if sanctioned { Error::<Test>::Blocked } else { Error::<Test>::PartyNotActive };
                assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, quantity), refused);
            }
        }
        set_status(CUSTODIAN_ID, Status::Suspended);
        assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(1)), Error::<Test>::NotActive);
    });
}

#[test]
fn reserve_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 10);
            at(after_start);
            if in_time {
                assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(10)));
                assert_moved(1_000, 10_000, (0, 0));
            } else {
                assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(10)), Error::<Test>::TooLate);
                assert_noop!(reserve(&SELLER, id, DELIVERY, UpTo(10)), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn reserve_should_fail_while_a_tranche_is_executed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 5, 4);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(1)), Error::<Test>::WrongState);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(1)), Error::<Test>::WrongState);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(1)));
        assert_eq!(reserved(id), [2, 0]);
    });
}

#[test]
fn reserve_should_fail_when_the_instruction_is_closed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 10);
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(1)), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn reserve_should_commit_what_is_covered_and_say_so_once_for_each_size() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 8, 0);
        events();
        assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(3)));
        assert!(!events().iter().any(|event| matches!(event, Event::Irrevocable { .. })));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(1)));
        assert!(events().contains(&Event::Irrevocable { id, lots: 4, by: Some(BUYER), reference: trade_1() }));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(4)));
        assert!(events().contains(&Event::Irrevocable { id, lots: 6, by: Some(BUYER), reference: trade_1() }));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(1)));
        assert!(!events().iter().any(|event| matches!(event, Event::Irrevocable { .. })));
        assert_eq!(open(id).points.irrevocable, Some(1));
    });
}

#[test]
fn reserve_should_form_the_tranche_that_completes_the_whole() {
    ExtBuilder.build_and_execute(|| {
        for (name, execution) in [("A", Execution::OnToken), ("B", by_manager(MANAGER_BY)), ("C", hashlock())] {
            let id = matched(&named(dvp(10, execution), name), Policy::Npar, 10, 9);
            assert_eq!(open(id).state, State::Matched);
            assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(1)));
            assert_eq!(open(id).state, State::Formed { lots: 10 });
            assert!(open(id).legs.iter().all(|leg| leg.token == Some(TokenStatus::Armed)));
            let (tranche, by, reference) = (0.into(), Some(BUYER), reference(name));
            assert!(events().contains(&Event::TrancheFormed { id, tranche, lots: 10, by, reference }));
        }
    });
}

#[test]
fn reserve_should_defer_when_settlement_may_not_begin_yet() {
    for (after_start, settles) in [(4_999, false), (5_000, true), (5_001, true)] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, Execution::Immediate);
            terms.settle_from = START + 5_000;
            let id = matched(&terms, Policy::Npar, 10, 0);
            at(after_start);
            events();
            assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(10)));
            if settles {
                assert_eq!(outcome(id), (Outcome::Settled, 10));
                assert_moved(1_000, 10_000, (0, 0));
            } else {
                let reasons = vec![BlockingReason::NotBefore(START + 5_000)];
                assert!(events().contains(&Event::SettlementDeferred {
                    id,
                    reasons,
                    by: Some(BUYER),
                    reference: trade_1()
                }));
                assert_eq!(open(id).state, State::Formed { lots: 10 });
                assert_moved(0, 0, (1_000, 10_000));
            }
        });
    }
}

#[test]
fn reserve_should_fail_when_the_asset_or_the_account_is_frozen() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 0);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(1)), pallet_assets::Error::<Test>::AssetNotLive);
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        assert_ok!(Assets::freeze(by(&ISSUER), SHARE, SELLER));
        assert!(reserve(&SELLER, id, DELIVERY, Exactly(1)).is_err());
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(1)));
        assert_eq!(reserved(id), [0, 0]);
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn reserve_should_add_up_to_the_amount_in_any_steps() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::OnToken);
        terms.legs[1].amount = 10_007;
        let id = matched(&terms, Policy::Npar, 0, 0);
        let mut sum = 0;
        for lots in [1, 2, 3, 1, 3] {
            let before = in_escrow(EURO);
            assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(lots)));
            sum += in_escrow(EURO) - before;
        }
        assert_eq!((sum, in_escrow(EURO)), (10_007, 10_007));
        assert_ok!(release(&BUYER, id, PAYMENT, 3));
        assert_eq!(in_escrow(EURO), 7_004);
    });
}

#[test]
fn reserve_should_give_from_the_account_that_replaced_the_one_in_the_terms() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 10);
        let new = AccountId::new([150; 32]);
        replace(&SELLER, &SELLER_2, &new);
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(10)), Error::<Test>::NotActive);
        assert_noop!(reserve(&new, id, DELIVERY, Exactly(10)), pallet_assets::Error::<Test>::NoAccount);
        assert_ok!(Participants::recover(by(&new), SELLER, tandem_primitives::AssetId::WithId(SHARE)));
        assert_ok!(reserve(&new, id, DELIVERY, Exactly(10)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!((balance(EURO, &new), balance(EURO, &SELLER)), (10_000, 0));
        assert_eq!(balance(SHARE, &new), OPENING - 1_000);
    });
}

#[test]
fn reserve_should_credit_a_blocked_receiver_when_it_completes_the_whole() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Npar, 10);
        assert_ok!(Assets::touch_other(by(&ISSUER), EURO, SELLER));
        assert_ok!(Assets::block(by(&ISSUER), EURO, SELLER));
        let hash = Affirmation::Hash(open(id).terms_hash);
        assert_ok!(Settlement::affirm(by(&BUYER), id, hash, party(Policy::Npar), Some(Exactly(10))));
        // The buyer is not held up by what is the matter with the seller's account.
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 0, (0, 10_000));
        assert_eq!(claimable(&SELLER, EURO), 10_000);
        assert_ok!(Assets::thaw(by(&ISSUER), EURO, SELLER));
        assert_ok!(claim(&SELLER, EURO));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn net_p8_up_to_should_reserve_nothing_where_only_the_whole_is_allowed_and_one_unit_is_short() {
    for (has, policy, expected) in [
        (999, Policy::Npar, 0),
        (1_000, Policy::Npar, 10),
        (999, Policy::Part, 9),
        (399, Policy::Parq { min_lots: 4 }, 0),
        (400, Policy::Parq { min_lots: 4 }, 4),
        // Seven would leave three, which is below the minimum.
        (799, Policy::Parq { min_lots: 4 }, 6),
        (999, Policy::Parc { leg: PAYMENT, min_amount: 5_001 }, 0),
    ] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), policy, 0, 0);
            leave_with(SHARE, &SELLER, has);
            assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(10)));
            assert_eq!(reserved(id), [expected, 0], "{has} {policy:?}");
        });
    }
}

#[test]
fn net_p8_up_to_should_bring_the_total_of_the_leg_to_an_allowed_part() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Parq { min_lots: 4 }, 0, 0);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(2)));
        leave_with(SHARE, &SELLER, 100);
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(8)));
        assert_eq!(reserved(id), [2, 0], "three are no part");
        leave_with(SHARE, &SELLER, 300);
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(8)));
        assert_eq!(reserved(id), [5, 0]);
        leave_with(SHARE, &SELLER, 1_000);
        assert_ok!(reserve(&SELLER, id, DELIVERY, UpTo(8)));
        assert_eq!(reserved(id), [10, 0]);
    });
}

#[test]
fn chain_l4_act_of_an_agent_should_be_told_from_its_principals() {
    ExtBuilder.build_and_execute(|| {
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 0, 0);
        for who in [SELLER, SELLER_2, CUSTODIAN] {
            events();
            assert_ok!(reserve(&who, id, DELIVERY, Exactly(1)));
            assert_ok!(release(&who, id, DELIVERY, 1));
            let said = events();
            assert!(matches!(&said[0], Event::Reserved { by, reference, .. } if *by == who && *reference == trade_1()));
            let released = matches!(&said[1], Event::Released { by, reference, .. }
                if by.as_ref() == Some(&who) && *reference == trade_1());
            assert!(released, "{said:?}");
        }
    });
}

#[test]
fn chain_l9_nothing_should_be_paid_that_does_not_settle() {
    use crate::impls::{Act, Passed};
    ExtBuilder.build_and_execute(|| {
        let passed = || Some(Passed { leg: PAYMENT, amount: 10_000 });
        let not_matched = instructed(&named(dvp(10, Execution::Immediate), "N"), Policy::Part, 0);
        let part = matched(&named(dvp(10, Execution::Immediate), "P"), Policy::Part, 4, 4);
        let tokens = matched(&named(dvp(10, Execution::OnToken), "T"), Policy::Part, 0, 0);
        for id in [not_matched, part, tokens] {
            let advanced = Settlement::advance(&Act::unsigned(id), open(id), 0, passed());
            assert_eq!(advanced.err(), Some(Error::<Test>::WrongState.into()));
        }
        let formed = Settlement::form(&Act::unsigned(tokens), open(tokens), 1, 0, passed());
        assert_eq!(formed.err(), Some(Error::<Test>::WrongState.into()));
    });
}

#[test]
fn chain_m8_nobody_should_reserve_a_delisted_asset() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 4, 0);
        let other = matched(&named(dvp(10, Execution::Immediate), "O"), Policy::Part, 4, 4);
        delist(SHARE);
        // Neither the asset itself, nor money for what is reserved of it.
        for (who, leg) in [(SELLER, DELIVERY), (BUYER, PAYMENT)] {
            assert_noop!(reserve(&who, id, leg, Exactly(1)), Error::<Test>::Blocked);
            assert_ok!(reserve(&who, id, leg, UpTo(10)));
        }
        assert_eq!(reserved(id), [4, 0]);
        assert!(Settlement::blocking_reasons(id).contains(&BlockingReason::AssetNotLive(DELIVERY)));
        // What was covered before settles, and the rest returns.
        at(RESERVE_BY);
        sweep();
        assert_eq!((outcome(id), outcome(other)), ((Outcome::Expired, 0), (Outcome::PartiallySettled, 4)));
        assert_moved(400, 4_000, (0, 0));
    });
}

#[test]
fn chain_m8_nothing_should_form_from_what_was_delisted_before() {
    ExtBuilder.build_and_execute(|| {
        let proposed = instructed(&named(dvp(10, Execution::Immediate), "P"), Policy::Part, 4);
        let held = matched(&named(dvp(10, Execution::Immediate), "H"), Policy::Part, 0, 0);
        assert_ok!(set_flag(&SELLER, held, crate::FlagSource::Party));
        assert_ok!(reserve(&SELLER, held, DELIVERY, Exactly(10)));
        assert_ok!(reserve(&BUYER, held, PAYMENT, Exactly(10)));
        let strict = matched(&named(dvp(10, Execution::Immediate), "S"), Policy::Npar, 4, 4);
        delist(SHARE);
        assert_noop!(affirm_as(&BUYER, proposed, party(Policy::Part)), Error::<Test>::Blocked);
        assert_noop!(clear_flag(&SELLER, held, crate::FlagSource::Party), Error::<Test>::Blocked);
        assert_noop!(Settlement::set_party(by(&BUYER), strict, party(Policy::Part)), Error::<Test>::Blocked);
        at(RESERVE_BY);
        sweep();
        assert_moved(0, 0, (0, 0));
    });
}

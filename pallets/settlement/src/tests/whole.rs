//! Tests of complete trades of every kind, and of a party that tries to keep both the asset and the money.

use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok, traits::fungible::Inspect},
    pallet_assets,
};
use tandem_primitives::{Execution, OnIncomplete, Outcome, Policy, Quantity};

#[test]
fn payment_versus_payment_should_settle_with_the_native_currency() {
    ExtBuilder.build_and_execute(|| {
        // The whole native position of the seller: its account outlives it.
        let id = matched(
            &with_legs(4, vec![native(OPENING, SELLER, BUYER), leg(EURO, 10_001, BUYER, SELLER)]),
            Policy::Part,
            4,
            1,
        );
        let escrow = Escrow::account_id();
        assert_eq!((Balances::balance(&SELLER), Balances::balance(&escrow)), (0, OPENING));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_eq!((Balances::balance(&BUYER), balance(EURO, &SELLER)), (OPENING + 250_000, 2_500));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(3)));
        assert_eq!(outcome(id), (Outcome::Settled, 4));
        assert_eq!((Balances::balance(&BUYER), Balances::balance(&escrow)), (2 * OPENING, 0));
        assert_eq!((balance(EURO, &SELLER), in_escrow(EURO)), (10_001, 0));
    });
}

#[test]
fn free_of_payment_should_settle_with_the_receivers_word_only() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&with_legs(10, vec![leg(SHARE, 1_000, SELLER, BUYER)]), Policy::Part, 10);
        assert_eq!(open(id).state, State::Proposed);
        assert_ok!(affirm(id, Policy::Npar, 0));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 0, (0, 0));
    });
}

#[test]
fn asset_should_not_be_destroyed_while_any_of_it_is_in_escrow() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 4);
        for asset in [SHARE, EURO] {
            assert_noop!(Assets::start_destroy(by(&ISSUER), asset), pallet_assets::Error::<Test>::ContainsHolds);
        }
        assert_ok!(release(&SELLER, id, DELIVERY, 6));
        at(DEADLINE);
        sweep();
        assert_moved(0, 0, (0, 0));
        assert_ok!(Assets::start_destroy(by(&ISSUER), SHARE));
    });
}

#[test]
fn asset_being_destroyed_should_not_keep_the_other_partys_money() {
    ExtBuilder.build_and_execute(|| {
        // The issuer destroys the asset before any of it is in escrow.
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 0, 10);
        assert_ok!(Assets::start_destroy(by(&ISSUER), SHARE));
        assert_noop!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)), pallet_assets::Error::<Test>::AssetNotLive);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::UpTo(10)));
        assert_ok!(release(&BUYER, id, PAYMENT, 4));
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_eq!((balance(EURO, &BUYER), in_escrow(EURO)), (OPENING, 0));
    });
}

#[test]
fn asset_that_took_the_number_of_a_destroyed_one_should_not_settle_the_trade() {
    ExtBuilder.build_and_execute(|| {
        // The buyer's cash waits for the seller's shares; nothing of the shares is in escrow.
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 10);
        assert_ok!(Assets::start_destroy(by(&ISSUER), SHARE));
        assert_ok!(Assets::destroy_accounts(by(&SELLER), SHARE));
        assert_ok!(Assets::finish_destroy(by(&SELLER), SHARE));
        // Worthless ones of its own would do for the seller, if they could have the same number.
        for who in [SELLER, ISSUER] {
            assert_noop!(Assets::create(by(&who), SHARE, who, 1), pallet_assets::Error::<Test>::CallbackFailed);
        }
        assert!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)).is_err());
        assert_eq!(balance(EURO, &SELLER), 0);
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_eq!((balance(EURO, &BUYER), in_escrow(EURO)), (OPENING, 0));
    });
}

#[test]
fn chain_h4_issuer_that_is_a_party_should_hold_no_option_by_freezing() {
    for asset in [SHARE, EURO] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
            assert_ok!(Assets::freeze_asset(by(&ISSUER), asset));
            assert_ok!(execute(&BUYER, id, DELIVERY));
            assert_ok!(execute(&SELLER, id, PAYMENT));
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            // What cannot be taken is the receiver's credit, and nobody else's.
            let (receiver, amount) = if asset == SHARE { (BUYER, 1_000) } else { (SELLER, 10_000) };
            assert_eq!(claimable(&receiver, asset), amount);
            assert_ok!(Assets::thaw_asset(by(&ISSUER), asset));
            assert_ok!(claim(&receiver, asset));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn chain_h4_frozen_asset_should_stop_no_settlement_whatever_executes_it() {
    for (name, execution) in [("I", Execution::Immediate), ("M", by_manager(15_000)), ("H", hashlock())] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = named(dvp(10, execution.clone()), name);
            terms.settle_from = START + 5_000;
            let id = matched(&terms, Policy::Npar, 10, 10);
            assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
            at(5_000);
            let executed = match execution {
                Execution::Immediate | Execution::OnToken => settle(&THIRD, id, None),
                Execution::ByManager { .. } => settle(&MANAGER, id, None),
                Execution::Hashlock { .. } => reveal(&THIRD, id, SECRET),
            };
            assert_ok!(executed);
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            assert_eq!((claimable(&BUYER, SHARE), balance(EURO, &SELLER)), (1_000, 10_000));
        });
    }
}

#[test]
fn chain_h4_frozen_asset_should_still_stop_new_reservations() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 0);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        // Nobody pays for what its giver could not deliver now.
        assert_noop!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)), Error::<Test>::Blocked);
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::UpTo(10)));
        assert_eq!(reserved(id), [10, 0]);
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::UpTo(10)));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn both_receivers_blocked_should_still_settle_and_leave_each_a_credit() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.settle_from = START + 5_000;
        let id = matched(&terms, Policy::Npar, 10, 10);
        for (asset, account) in [(SHARE, BUYER), (EURO, SELLER)] {
            assert_ok!(Assets::touch_other(by(&ISSUER), asset, account.clone()));
            assert_ok!(Assets::block(by(&ISSUER), asset, account));
        }
        at(5_000);
        assert_ok!(settle(&THIRD, id, None));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(0, 0, (1_000, 10_000));
        assert_eq!((claimable(&BUYER, SHARE), claimable(&SELLER, EURO)), (1_000, 10_000));
        // Nobody can have what it gave away.
        assert!(claim(&SELLER, SHARE).is_err() && claim(&BUYER, EURO).is_err());
        for (asset, account) in [(SHARE, BUYER), (EURO, SELLER)] {
            assert_ok!(Assets::thaw(by(&ISSUER), asset, account.clone()));
            assert_ok!(claim(&account, asset));
            assert!(claim(&account, asset).is_err());
        }
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn thief_should_not_get_the_delivery_and_keep_the_payment() {
    // The buyer takes the shares with its token and then tries every way to keep its cash.
    for on_incomplete in [OnIncomplete::Complete, OnIncomplete::Reverse] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, Execution::OnToken);
            terms.on_incomplete = on_incomplete;
            let id = matched(&terms, Policy::Part, 10, 10);
            assert_ok!(cancel(&SELLER, id));
            assert_ok!(execute(&BUYER, id, DELIVERY));
            assert_noop!(cancel(&BUYER, id), Error::<Test>::AlreadyExecuted);
            assert_noop!(release(&BUYER, id, PAYMENT, 1), Error::<Test>::Irrevocable);
            assert_noop!(set_flag(&BUYER, id, FlagSource::Party), Error::<Test>::Irrevocable);
            assert_noop!(Settlement::set_party(by(&BUYER), id, party(Policy::Npar)), Error::<Test>::WrongState);
            assert_noop!(Settlement::reject(by(&BUYER), id, None, because("no")), Error::<Test>::AlreadyAffirmed);
            assert_noop!(settle_part(&BUYER, id), Error::<Test>::WrongState);
            assert!(Assets::transfer(by(&BUYER), SHARE, THIRD, 1).is_err());
            assert!(claim(&BUYER, SHARE).is_err() && claim(&BUYER, EURO).is_err());
            for after_start in [RESERVE_BY, DEADLINE - 1] {
                at(after_start);
                sweep();
                assert_noop!(expire(&BUYER, id), Error::<Test>::NotDue);
                assert_moved(0, 0, (1_000, 10_000));
            }
            at(DEADLINE);
            assert_ok!(expire(&BUYER, id));
            match on_incomplete {
                OnIncomplete::Complete => assert_moved(1_000, 10_000, (0, 0)),
                OnIncomplete::Reverse => assert_moved(0, 0, (0, 0)),
            }
            assert_noop!(expire(&BUYER, id), Error::<Test>::AlreadyClosed);
        });
    }
}

#[test]
fn thief_should_not_keep_the_other_waiting_by_holding_back() {
    ExtBuilder.build_and_execute(|| {
        // It holds back before anything is covered, so that its flag stands, and would see how the price goes.
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 0);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
        // The other one is no more bound than it is.
        assert_ok!(release(&BUYER, id, PAYMENT, 10));
        assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
        assert_moved(0, 0, (1_000, 0));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(9)));
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(1)));
        at(RESERVE_BY);
        assert_noop!(clear_flag(&SELLER, id, FlagSource::Party), Error::<Test>::TooLate);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn thief_should_not_settle_one_trade_twice_by_repeating_the_last_call() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 10);
        assert_noop!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)), Error::<Test>::AlreadyClosed);
        assert_noop!(affirm_as(&BUYER, id, party(Policy::Part)), Error::<Test>::AlreadyClosed);
        assert_noop!(settle(&BUYER, id, None), Error::<Test>::AlreadyClosed);
        assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::AlreadyClosed);
        assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::AlreadyClosed);
        assert_noop!(cancel(&SELLER, id), Error::<Test>::AlreadyClosed);
        assert_noop!(expire(&SELLER, id), Error::<Test>::AlreadyClosed);
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn one_position_should_not_be_reserved_for_two_trades() {
    ExtBuilder.build_and_execute(|| {
        leave_with(SHARE, &SELLER, 1_500);
        let first = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 0);
        let second = instructed(&named(dvp(10, Execution::OnToken), "SECOND"), Policy::Part, 10);
        assert_eq!((reserved(first), reserved(second)), (vec![10, 0], vec![5, 0]));
        assert_eq!((balance(SHARE, &SELLER), in_escrow(SHARE)), (0, 1_500));
        assert!(Assets::transfer(by(&SELLER), SHARE, THIRD, 1).is_err());
        assert_noop!(reserve(&SELLER, second, DELIVERY, Quantity::Exactly(1)), pallet_assets::Error::<Test>::NoAccount);
        assert_ok!(release(&SELLER, first, DELIVERY, 5));
        assert_ok!(reserve(&SELLER, second, DELIVERY, Quantity::Exactly(5)));
        assert_eq!((reserved(first), reserved(second)), (vec![5, 0], vec![10, 0]));
    });
}

#[test]
fn events_alone_should_add_up_to_the_balances() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::OnToken);
        terms.legs[1].amount = 10_007;
        let id = matched(&terms, Policy::Part, 9, 4);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(3)));
        assert_ok!(release(&SELLER, id, DELIVERY, 2));
        at(RESERVE_BY);
        sweep();
        assert_ok!(execute(&BUYER, id, DELIVERY));
        at(DEADLINE);
        sweep();
        let (mut held, mut paid) = ([0i128; 2], [0i128; 2]);
        for event in events() {
            match event {
                Event::Reserved { leg, amount, .. } => held[usize::from(leg.0)] += amount as i128,
                Event::Released { leg, amount, .. } => held[usize::from(leg.0)] -= amount as i128,
                Event::TrancheSettled { amounts, .. } => {
                    for (leg, amount) in amounts.into_iter().enumerate() {
                        held[leg] -= amount as i128;
                        paid[leg] += amount as i128;
                    }
                }
                _ => {}
            }
        }
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 7));
        assert_eq!((held, paid), ([0, 0], [700, 7_004]));
        assert_moved(700, 7_004, (0, 0));
    });
}

//! Tests of the largest trades (legs, amounts, lots), and of the smallest reservation that completes one.

use super::helpers::*;
use crate::{mock::*, Error, State};
use polkadot_sdk::frame_support::{
    assert_noop, assert_ok,
    traits::fungible::{Inspect, Mutate},
};
use tandem_primitives::{Balance, Execution, Leg, Outcome, Policy, Quantity, Terms};

#[test]
fn basket_should_settle_all_legs_or_none() {
    ExtBuilder.build_and_execute(|| {
        let legs = vec![
            leg(SHARE, 1_000, SELLER, BUYER),
            leg(BOND, 5_000, SELLER, BUYER),
            leg(EURO, 10_003, BUYER, SELLER),
            leg(DOLLAR, 7, BUYER, THIRD),
        ];
        let id = instructed(&with_legs(5, legs), Policy::Part, 5);
        leave_with(DOLLAR, &BUYER, 6);
        assert_ok!(affirm(id, Policy::Part, 5));
        assert_ok!(affirm_as(&THIRD, id, party(Policy::Part)));
        // Six dollars cover four of five lots: cum(4) = 5.
        assert_eq!(reserved(id), [5, 5, 5, 4]);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&THIRD, id));
        assert_moved(800, 8_002, (200, 2_001));
        assert_eq!((balance(BOND, &BUYER), balance(DOLLAR, &THIRD), balance(DOLLAR, &BUYER)), (4_000, 5, 1));
        leave_with(DOLLAR, &BUYER, 2);
        assert_ok!(reserve(&BUYER, id, tandem_primitives::LegIndex(3), Quantity::Exactly(1)));
        assert_eq!(outcome(id), (Outcome::Settled, 5));
        assert_moved(1_000, 10_003, (0, 0));
        assert_eq!((balance(BOND, &BUYER), balance(DOLLAR, &THIRD)), (5_000, 7));
    });
}

#[test]
fn basket_should_return_every_leg_when_one_is_missing() {
    for missing in 0..4u8 {
        ExtBuilder.build_and_execute(|| {
            let legs = vec![
                leg(SHARE, 1_000, SELLER, BUYER),
                leg(BOND, 5_000, SELLER, BUYER),
                leg(EURO, 10_003, BUYER, SELLER),
                leg(DOLLAR, 7, BUYER, THIRD),
            ];
            let givers = [SELLER, SELLER, BUYER, BUYER];
            let id = matched(&with_legs(5, legs), Policy::Part, 0, 0);
            assert_ok!(affirm_as(&THIRD, id, party(Policy::Part)));
            for (index, giver) in (0..4u8).zip(&givers).filter(|(index, _)| *index != missing) {
                assert_ok!(reserve(giver, id, index.into(), Quantity::Exactly(5)));
            }
            at(RESERVE_BY);
            sweep();
            assert_eq!(outcome(id), (Outcome::Expired, 0));
            assert_moved(0, 0, (0, 0));
            let untouched = (balance(BOND, &SELLER), balance(DOLLAR, &BUYER), in_escrow(BOND), in_escrow(DOLLAR));
            assert_eq!(untouched, (OPENING, OPENING, 0, 0));
            assert_eq!((balance(BOND, &BUYER), balance(DOLLAR, &THIRD)), (0, 0));
        });
    }
}

#[test]
fn sixteen_legs_should_settle_in_one_step() {
    for execution in [Execution::Immediate, Execution::OnToken] {
        ExtBuilder.build_and_execute(|| {
            let legs: Vec<Leg> = (0..8u128)
                .flat_map(|n| [leg(SHARE, 10 + n, SELLER, BUYER), leg(EURO, 100 + n, BUYER, SELLER)])
                .collect();
            assert!(tandem_primitives::MAX_LEGS as usize == legs.len());
            let mut terms = with_legs(1, legs);
            terms.execution = execution.clone();
            let id = matched(&terms, Policy::Npar, 1, 1);
            if execution == Execution::OnToken {
                assert_eq!(open(id).state, State::Formed { lots: 1 });
                for n in 0..16u8 {
                    let holder = if n % 2 == 0 { BUYER } else { SELLER };
                    assert_moved(0, 0, (108, 828));
                    assert_ok!(execute(&holder, id, n.into()));
                }
            }
            assert_eq!(outcome(id), (Outcome::Settled, 1));
            assert_moved(108, 828, (0, 0));
        });
    }
}

#[test]
fn amounts_near_the_largest_balance_should_settle_to_the_unit() {
    ExtBuilder.build_and_execute(|| {
        leave_with(EURO, &BUYER, Balance::MAX);
        let id = matched(
            &with_legs(7, vec![leg(SHARE, 7, SELLER, BUYER), leg(EURO, Balance::MAX, BUYER, SELLER)]),
            Policy::Part,
            7,
            0,
        );
        at(PARTIAL_FROM);
        let mut paid = 0;
        for lots in 1..=6u32 {
            assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::UpTo(1)));
            assert_ok!(settle_part(&BUYER, id));
            let seventh = balance(EURO, &SELLER) - paid;
            assert!(seventh == Balance::MAX / 7 || seventh == Balance::MAX / 7 + 1, "lot {lots}: {seventh}");
            paid += seventh;
            assert_eq!(balance(EURO, &BUYER), Balance::MAX - paid);
        }
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(1)));
        assert_eq!(outcome(id), (Outcome::Settled, 7));
        assert_eq!((balance(EURO, &SELLER), balance(EURO, &BUYER), in_escrow(EURO)), (Balance::MAX, 0, 0));
    });
}

#[test]
fn most_lots_should_settle_one_and_the_rest() {
    ExtBuilder.build_and_execute(|| {
        let lots = u32::MAX;
        let amount = 10 * Balance::from(lots);
        leave_with(SHARE, &SELLER, amount);
        leave_with(EURO, &BUYER, amount + 9);
        let id = matched(
            &with_legs(lots, vec![leg(SHARE, amount, SELLER, BUYER), leg(EURO, amount + 9, BUYER, SELLER)]),
            Policy::Part,
            1,
            lots,
        );
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_eq!((balance(SHARE, &BUYER), balance(EURO, &SELLER)), (10, 10));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::UpTo(lots)));
        assert_eq!(outcome(id), (Outcome::Settled, lots));
        assert_eq!((balance(SHARE, &BUYER), balance(EURO, &SELLER)), (amount, amount + 9));
    });
}

#[test]
fn amounts_near_the_largest_balance_should_be_released_and_returned_to_the_unit() {
    ExtBuilder.build_and_execute(|| {
        leave_with(EURO, &BUYER, Balance::MAX);
        let mut terms = with_legs(7, vec![leg(SHARE, 7, SELLER, BUYER), leg(EURO, Balance::MAX, BUYER, SELLER)]);
        terms.execution = Execution::OnToken;
        let cum = |lots| tandem_primitives::cumulative(Balance::MAX, lots, 7).expect("lots are at most seven");
        let id = instructed(&terms, Policy::Part, 7);
        // A third now and a third later: three or four of seven lots.
        assert_ok!(affirm(id, Policy::Parc { leg: PAYMENT, min_amount: Balance::MAX / 3 }, 5));
        assert_eq!(in_escrow(EURO), cum(5));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_eq!(open(id).state, State::Formed { lots: 4 });
        assert_noop!(release(&BUYER, id, PAYMENT, 2), Error::<Test>::Irrevocable);
        assert_ok!(release(&BUYER, id, PAYMENT, 1));
        assert_eq!(in_escrow(EURO), cum(4));
        at(DEADLINE);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_eq!((balance(EURO, &BUYER), in_escrow(EURO)), (Balance::MAX, 0));
        assert_eq!((balance(SHARE, &SELLER), in_escrow(SHARE)), (OPENING, 0));
    });
}

#[test]
fn native_currency_should_be_reserved_to_the_last_unit_one_more_and_one_less() {
    for (has, exactly, upto) in [(999, false, 9), (1_000, true, 10), (1_001, true, 10), (100, false, 1), (99, false, 0)]
    {
        for all in [true, false] {
            ExtBuilder.build_and_execute(|| {
                let mut terms = with_legs(10, vec![native(1_000, SELLER, BUYER), leg(EURO, 10_000, BUYER, SELLER)]);
                terms.execution = Execution::OnToken;
                let id = matched(&terms, Policy::Part, 0, 0);
                Balances::set_balance(&SELLER, has);
                let quantity = if all { Quantity::Exactly(10) } else { Quantity::UpTo(10) };
                let result = reserve(&SELLER, id, DELIVERY, quantity);
                assert_eq!(result.is_ok(), exactly || !all);
                let lots = if all && !exactly { 0 } else { upto };
                let moved = u128::from(lots) * 100;
                assert_eq!(reserved(id), [lots, 0]);
                let escrow = Escrow::account_id();
                assert_eq!((Balances::balance(&SELLER), Balances::balance(&escrow)), (has - moved, moved));
            });
        }
    }
}

fn sixteen(execution: Execution) -> Terms {
    let legs: Vec<Leg> =
        (0..8u128).flat_map(|n| [leg(SHARE, 10 + n, SELLER, BUYER), leg(EURO, 100 + n, BUYER, SELLER)]).collect();
    Terms { execution, ..with_legs(1, legs) }
}

#[test]
fn sixteen_legs_should_settle_by_a_manager_and_by_a_secret() {
    ExtBuilder.build_and_execute(|| {
        let managed = matched(&sixteen(by_manager(MANAGER_BY)), Policy::Npar, 1, 1);
        assert_ok!(settle(&MANAGER, managed, None));
        assert_moved(108, 828, (0, 0));
        let secret = matched(&sixteen(hashlock()), Policy::Npar, 1, 1);
        assert_ok!(reveal(&THIRD, secret, SECRET));
        assert_moved(216, 1_656, (0, 0));
    });
}

#[test]
fn sixteen_legs_should_all_return_when_one_is_missing() {
    for execution in [Execution::Immediate, Execution::OnToken, by_manager(MANAGER_BY), hashlock()] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&sixteen(execution), Policy::Npar, 0, 0);
            for n in 0..15u8 {
                let giver = if n % 2 == 0 { SELLER } else { BUYER };
                assert_ok!(reserve(&giver, id, n.into(), Quantity::Exactly(1)));
            }
            assert_moved(0, 0, (108, 828 - 107));
            at(RESERVE_BY);
            sweep();
            assert_eq!(outcome(id), (Outcome::Expired, 0));
            assert_moved(0, 0, (0, 0));
        });
    }
}

use super::helpers::*;
use crate::{
    decisions::{Body, Decider, Reason, ReasonCode},
    mandates::GuardedSince,
    mock::*,
    types::RightList,
    AccountRecord, Accounts, Error, Event, Leis, NextParticipant, ParticipantRecord, Participants as Directory,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, DispatchError};
use tandem_primitives::{AccountId, Lei, ParticipantId, Right, Rights, Role, Roles, Status};

fn register(origin: RuntimeOrigin, number: u32, role: Role, of: &[AccountId]) -> sp_runtime::DispatchResult {
    Participants::register(origin, text("Nordhav AS"), lei(number), roles(&[role]), accounts(of), Default::default())
}

#[test]
fn register_should_store_participant_and_accounts_and_keep_them_alive() {
    run(|| {
        assert_ok!(register(signed(OP_1), 20, Role::Trader, &[fresh(1), fresh(2)]));
        let new = ParticipantId(8);
        let trader = Roles::default().with(Role::Trader);
        let expected = ParticipantRecord {
            name: text("Nordhav AS"),
            lei: lei(20),
            certificate: None,
            roles: trader,
            status: Status::Active,
            status_since: START,
            status_reason: Reason::new(ReasonCode::Registration),
            status_by: Decider::Operator(OP_1),
            accounts: accounts(&[fresh(1), fresh(2)]),
        };
        assert_eq!(Directory::<Test>::get(new), Some(expected));
        assert_eq!(Leis::<Test>::get(lei(20)), Some(new));
        assert_eq!(NextParticipant::<Test>::get(), ParticipantId(9));
        for account in [fresh(1), fresh(2)] {
            let first = account == fresh(1);
            let expected = AccountRecord {
                participant: new,
                roles: trader,
                status: Status::Active,
                rights: if first { Rights::OF_FIRST } else { Rights::OF_NEW },
                guarded: GuardedSince { from: Some(0), until: None },
                replaced_by: None,
                place: None,
            };
            assert_eq!(Accounts::<Test>::get(&account), Some(expected));
            assert_eq!(System::providers(&account), 1);
            assert_eq!(Balances::free_balance(&account), 0);
        }
        expect_event(Event::Registered {
            participant: new,
            lei: lei(20),
            name: text("Nordhav AS"),
            roles: trader,
            accounts: accounts(&[fresh(1), fresh(2)]),
            rights: vec![Rights::OF_FIRST, Rights::OF_NEW].try_into().unwrap(),
            by: Decider::Operator(OP_1),
        });
    });
}

// A vault: a multisig that moves beside keys that only trade.
#[test]
fn register_should_give_the_rights_that_the_call_names() {
    run(|| {
        let register = |of: &[AccountId], list: Vec<RightList>| {
            let list = list.try_into().unwrap();
            Participants::register(signed(OP_1), text("A"), lei(20), roles(&[Role::Trader]), accounts(of), list)
        };
        let vault = rights(&[Right::Move, Right::Administer]);
        let two = vec![vault, rights(&[Right::Trade])];
        assert_noop!(register(&[fresh(1)], two.clone()), Error::<Test>::BadRights);
        assert_ok!(register(&[fresh(1), fresh(2), fresh(3)], two));
        let of = |number| record(&fresh(number)).rights;
        assert_eq!(of(1), Rights::NONE.with(Right::Move).with(Right::Administer));
        assert_eq!((of(2), of(3)), (Rights::NONE.with(Right::Trade), Rights::OF_NEW));
    });
}

#[test]
fn register_should_take_an_account_that_has_a_balance_already() {
    run(|| {
        assert_ok!(register(signed(OP_1), 20, Role::Trader, &[OUTSIDER]));
        assert_eq!(System::providers(&OUTSIDER), 2);
        assert_ok!(Balances::transfer_allow_death(signed(OUTSIDER), fresh(1), 1_000));
        assert_eq!(System::providers(&OUTSIDER), 1);
        assert_ok!(Assets::transfer(signed(OUTSIDER), SHARE, fresh(1), 500));
    });
}

#[test]
fn register_should_fail_for_anybody_but_the_operator() {
    run(|| {
        for who in [TRADER_1, OUTSIDER] {
            assert_noop!(register(signed(who), 20, Role::Trader, &[fresh(1)]), DispatchError::BadOrigin);
        }
        for origin in [signed(REG_1), by(Body::Operator), by(Body::Regulator), by(Body::OperatorAndRegulator)] {
            assert_noop!(register(origin, 20, Role::Trader, &[fresh(1)]), Error::<Test>::NeedsOtherBody);
        }
        assert_noop!(register(RuntimeOrigin::none(), 20, Role::Trader, &[fresh(1)]), DispatchError::BadOrigin);
    });
}

#[test]
fn register_should_need_operator_and_regulator_together_for_one_of_them() {
    run(|| {
        for (number, role) in [(20, Role::Operator), (21, Role::Regulator)] {
            let account = [fresh(number as u8)];
            for origin in [signed(OP_1), by(Body::Operator), by(Body::Regulator), RuntimeOrigin::root()] {
                assert_noop!(register(origin, number, role, &account), Error::<Test>::NeedsOtherBody);
            }
            assert_ok!(register(by(Body::OperatorAndRegulator), number, role, &account));
        }
        let both = roles(&[Role::Operator, Role::Regulator]);
        let origin = by(Body::OperatorAndRegulator);
        let refused =
            Participants::register(origin, text("Both"), lei(22), both, accounts(&[fresh(30)]), Default::default());
        assert_noop!(refused, Error::<Test>::OperatorAndRegulator);
    });
}

#[test]
fn register_should_be_so_many_times_a_day_for_one_account() {
    const DAY: u64 = 86_400_000;
    run(|| {
        let attempt = |origin, number: u32| register(origin, number, Role::Trader, &[fresh(number as u8)]);
        for number in 20..20 + DAILY {
            assert_ok!(attempt(signed(OP_1), number));
        }
        assert_noop!(attempt(signed(OP_1), 110), Error::<Test>::TooManyRegistrations);
        // Another account and root go on, so that a thief who has used up the day of one stops nobody.
        assert_ok!(attempt(signed(OP_2), 110));
        assert_ok!(attempt(RuntimeOrigin::root(), 111));
        let rest_of_day = DAY - START % DAY;
        at(rest_of_day - 1);
        assert_noop!(attempt(signed(OP_1), 112), Error::<Test>::TooManyRegistrations);
        at(rest_of_day);
        assert_ok!(attempt(signed(OP_1), 112));
    });
}

#[test]
fn register_should_fail_when_the_lei_is_wrong_or_taken() {
    run(|| {
        let wrong = Lei(*b"TNDM00NORDHAV0000058");
        let call = Participants::register(
            signed(OP_1),
            text("A"),
            wrong,
            roles(&[]),
            accounts(&[fresh(1)]),
            Default::default(),
        );
        assert_noop!(call, Error::<Test>::BadLei);
        assert_noop!(register(signed(OP_1), 3, Role::Trader, &[fresh(1)]), Error::<Test>::LeiAlreadyExists);
    });
}

// One stolen key of the operator registers the LEI of a bank that has not joined yet.
#[test]
fn chain_h7_the_lei_of_a_revoked_participant_should_not_be_lost() {
    run(|| {
        let (taken, thief) = (20, ParticipantId(8));
        assert_ok!(register(signed(OP_1), taken, Role::Trader, &[fresh(1)]));
        let both = || by(Body::OperatorAndRegulator);
        assert_noop!(register(both(), taken, Role::Trader, &[fresh(2)]), Error::<Test>::NeedsOtherBody);
        for status in [Status::Suspended, Status::Sanctioned] {
            assert_ok!(set_status(thief, status));
            assert_noop!(register(signed(OP_2), taken, Role::Trader, &[fresh(2)]), Error::<Test>::LeiAlreadyExists);
        }
        assert_ok!(set_status(thief, Status::Revoked));
        for origin in [signed(OP_2), RuntimeOrigin::root(), by(Body::Operator), by(Body::Regulator)] {
            let one = register(origin, taken, Role::Trader, &[fresh(2)]);
            assert_noop!(one, Error::<Test>::NeedsOtherBody);
        }
        assert_ok!(register(both(), taken, Role::Trader, &[fresh(2)]));
        let bank = ParticipantId(9);
        assert_eq!(Leis::<Test>::get(lei(taken)), Some(bank));
        assert_eq!((participant(thief).lei, participant(thief).status), (lei(taken), Status::Revoked));
        // From now on it is taken again, and once more free for both when its bearer is revoked.
        assert_noop!(register(signed(OP_1), taken, Role::Trader, &[fresh(3)]), Error::<Test>::LeiAlreadyExists);
        assert_ok!(set_status(bank, Status::Revoked));
        assert_ok!(register(both(), taken, Role::Trader, &[fresh(3)]));
        Participants::do_try_state().expect("three bear it, and the last has it");
        Leis::<Test>::insert(lei(taken), thief);
        assert!(Participants::do_try_state().is_err(), "it leads to the last");
        Leis::<Test>::insert(lei(taken), ParticipantId(10));
    });
}

#[test]
fn register_should_fail_when_the_name_is_unreadable() {
    run(|| {
        for name in [vec![], vec![0xff, 0xfe]] {
            let name = name.try_into().unwrap();
            let call = Participants::register(
                signed(OP_1),
                name,
                lei(20),
                roles(&[]),
                accounts(&[fresh(1)]),
                Default::default(),
            );
            assert_noop!(call, Error::<Test>::BadText);
        }
    });
}

#[test]
fn register_should_fail_when_accounts_are_missing_taken_repeated_or_the_chains() {
    run(|| {
        let attempt = |of: &[AccountId]| register(signed(OP_1), 20, Role::Trader, of);
        assert_noop!(attempt(&[]), Error::<Test>::NoAccounts);
        assert_noop!(attempt(&[fresh(1), TRADER_1]), Error::<Test>::AccountAlreadyExists);
        assert_noop!(attempt(&[fresh(1), fresh(1)]), Error::<Test>::AccountAlreadyExists);
        assert_noop!(attempt(&[ESCROW]), Error::<Test>::ReservedAccount);
    });
}

#[test]
fn register_should_fail_when_all_numbers_are_given() {
    ExtBuilder::default().build().execute_with(|| {
        NextParticipant::<Test>::put(ParticipantId(u32::MAX));
        assert_noop!(register(signed(OP_1), 20, Role::Trader, &[fresh(1)]), ArithmeticError::Overflow);
    });
}

use super::helpers::*;
use crate::{mock::*, types::MAX_ACCOUNTS, Accounts, Error, Event, Replacements};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};
use tandem_primitives::{AccountId, Directory, ParticipantId, Role, Roles, Standing, Status};

fn numbered(number: u32) -> AccountId {
    let mut bytes = [250; 32];
    bytes[..4].copy_from_slice(&number.to_le_bytes());
    AccountId::new(bytes)
}

#[test]
fn add_account_should_give_it_the_standing_of_its_owner() {
    run(|| {
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1)));
        assert_eq!(Participants::standing(&fresh(1)), Participants::standing(&TRADER_1));
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_1, TRADER_2, fresh(1)]));
        assert_eq!(System::providers(&fresh(1)), 1);
        expect_event(Event::AccountAdded { participant: TRADER, account: fresh(1) });
    });
}

#[test]
fn add_account_should_freeze_what_the_account_has_when_its_owner_is_suspended() {
    run(|| {
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), TRADER, OUTSIDER));
        assert_noop!(Balances::transfer_allow_death(signed(OUTSIDER), BANK_1, 1), TokenError::Frozen);
    });
}

#[test]
fn add_account_should_fail_for_others_and_for_accounts_that_are_taken() {
    run(|| {
        for who in [TRADER_1, OUTSIDER] {
            let call = Participants::add_account(signed(who), TRADER, fresh(1));
            assert_noop!(call, DispatchError::BadOrigin);
        }
        let add = |participant, account| Participants::add_account(RuntimeOrigin::root(), participant, account);
        assert_noop!(add(ParticipantId(99), fresh(1)), Error::<Test>::ParticipantNotFound);
        assert_noop!(add(TRADER, BANK_1), Error::<Test>::AccountAlreadyExists);
        assert_noop!(add(TRADER, TRADER_1), Error::<Test>::AccountAlreadyExists);
        assert_noop!(add(TRADER, ESCROW), Error::<Test>::ReservedAccount);
    });
}

/// Who has an account of a participant acts for it, and gets at what it owns.
#[test]
fn one_operator_account_should_not_make_itself_an_account_of_a_participant() {
    run(|| {
        for participant in [TRADER, BANK, ISSUER, CUSTODIAN] {
            let call = Participants::add_account(signed(OP_1), participant, fresh(1));
            assert_noop!(call, Error::<Test>::NeedsDualControl);
        }
        assert!(!Accounts::<Test>::contains_key(fresh(1)));
        // Nor may it name one that was not asked for, or ask by itself.
        let request = Participants::request_replacement(signed(OP_1), TRADER_1, fresh(1));
        assert_noop!(request, Error::<Test>::NotAuthorized);
        let replace = Participants::replace_account(signed(OP_1), TRADER_1, fresh(1));
        assert_noop!(replace, Error::<Test>::RequestNotFound);
        // What it takes out of use stays the participant's.
        assert_ok!(Participants::remove_account(signed(OP_1), TRADER_1));
        assert_eq!(Participants::current_account(&TRADER_1), TRADER_2);
    });
}

#[test]
fn add_account_should_fail_when_there_are_too_many() {
    run(|| {
        for number in 2..MAX_ACCOUNTS {
            assert_ok!(Participants::add_account(RuntimeOrigin::root(), TRADER, numbered(number)));
        }
        let call = Participants::add_account(RuntimeOrigin::root(), TRADER, numbered(MAX_ACCOUNTS));
        assert_noop!(call, Error::<Test>::TooManyAccounts);
        // A fresh account may still take the place of one of them.
        assert_ok!(Participants::replace_account(RuntimeOrigin::root(), TRADER_1, fresh(1)));
        assert_eq!(participant(TRADER).accounts.len() as u32, MAX_ACCOUNTS);
    });
}

#[test]
fn remove_account_should_leave_an_heir_and_freeze_what_is_left() {
    run(|| {
        assert_ok!(Participants::remove_account(signed(TRADER_2), TRADER_1));
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_2]));
        assert_eq!(Participants::current_account(&TRADER_1), TRADER_2);
        let expected = Standing { participant: TRADER, roles: Roles::default(), status: Status::Revoked };
        assert_eq!(Participants::standing(&TRADER_1), Some(expected));
        expect_event(Event::AccountRemoved { participant: TRADER, account: TRADER_1, successor: TRADER_2 });
        let native = Balances::transfer_allow_death(signed(TRADER_1), BANK_1, 1);
        assert_noop!(native, TokenError::Frozen);
        let asset = Assets::transfer(signed(TRADER_1), SHARE, BANK_1, 1);
        assert_noop!(asset, pallet_assets::Error::<Test>::BalanceLow);
        assert_eq!(System::providers(&TRADER_1), 2);
        let again = Participants::add_account(RuntimeOrigin::root(), BANK, TRADER_1);
        assert_noop!(again, Error::<Test>::AccountAlreadyExists);
    });
}

#[test]
fn remove_account_should_be_for_its_owner_and_the_operator() {
    run(|| {
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1)));
        assert_noop!(Participants::remove_account(signed(BANK_1), TRADER_1), Error::<Test>::NotAuthorized);
        assert_noop!(Participants::remove_account(signed(OUTSIDER), TRADER_1), Error::<Test>::NotAuthorized);
        assert_noop!(Participants::remove_account(RuntimeOrigin::none(), TRADER_1), DispatchError::BadOrigin);
        assert_ok!(Participants::remove_account(signed(OP_1), TRADER_1));
        // An account may also retire itself.
        assert_ok!(Participants::remove_account(signed(TRADER_2), TRADER_2));
        assert_eq!(Participants::current_account(&TRADER_1), fresh(1));
        assert_eq!(record(&fresh(1)).hops, 2);
    });
}

#[test]
fn remove_account_should_fail_for_the_last_an_unknown_and_a_removed_one() {
    run(|| {
        assert_noop!(Participants::remove_account(signed(BANK_1), BANK_1), Error::<Test>::LastAccount);
        assert_noop!(Participants::remove_account(signed(OP_1), OUTSIDER), Error::<Test>::AccountNotFound);
        assert_ok!(Participants::remove_account(signed(TRADER_1), TRADER_2));
        assert_noop!(Participants::remove_account(signed(TRADER_1), TRADER_2), Error::<Test>::AlreadyReplaced);
    });
}

#[test]
fn request_replacement_should_wait_for_the_operator() {
    run(|| {
        assert_ok!(Participants::request_replacement(signed(TRADER_2), TRADER_1, fresh(1)));
        let stored = Replacements::<Test>::get(TRADER_1).unwrap();
        assert_eq!((stored.new, stored.by, stored.until), (fresh(1), TRADER_2, START + LIFE));
        expect_event(Event::ReplacementRequested {
            participant: TRADER,
            old: TRADER_1,
            new: fresh(1),
            by: TRADER_2,
            until: START + LIFE,
        });
        // Nothing has changed yet.
        assert_eq!(Participants::current_account(&TRADER_1), TRADER_1);
        assert!(record(&TRADER_1).is_active());
    });
}

#[test]
fn request_replacement_should_fail_for_the_account_itself_strangers_and_the_suspended() {
    run(|| {
        let request = |who| Participants::request_replacement(signed(who), TRADER_1, fresh(1));
        for who in [TRADER_1, BANK_1, OP_1, OUTSIDER] {
            assert_noop!(request(who), Error::<Test>::NotAuthorized);
        }
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(request(TRADER_2), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn request_replacement_should_fail_for_accounts_that_cannot_take_the_place() {
    run(|| {
        let request = |old, new| Participants::request_replacement(signed(TRADER_2), old, new);
        assert_noop!(request(OUTSIDER, fresh(1)), Error::<Test>::AccountNotFound);
        assert_noop!(request(TRADER_1, TRADER_1), Error::<Test>::SameAccount);
        assert_noop!(request(TRADER_1, BANK_1), Error::<Test>::OtherOwner);
        assert_noop!(request(TRADER_1, ESCROW), Error::<Test>::ReservedAccount);
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1)));
        assert_ok!(Participants::remove_account(signed(TRADER_2), fresh(1)));
        assert_noop!(request(TRADER_1, fresh(1)), Error::<Test>::AlreadyReplaced);
        assert_noop!(request(fresh(1), fresh(2)), Error::<Test>::AlreadyReplaced);
    });
}

#[test]
fn replace_account_should_confirm_what_the_owner_asked_for() {
    run(|| {
        assert_ok!(Participants::request_replacement(signed(TRADER_2), TRADER_1, fresh(1)));
        assert_ok!(Participants::replace_account(signed(OP_1), TRADER_1, fresh(1)));
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_2, fresh(1)]));
        assert_eq!(Participants::current_account(&TRADER_1), fresh(1));
        assert_eq!(Participants::standing(&fresh(1)), Participants::standing(&TRADER_2));
        assert_eq!(Replacements::<Test>::get(TRADER_1), None);
        expect_event(Event::AccountReplaced { participant: TRADER, old: TRADER_1, new: fresh(1) });
        assert_noop!(Participants::replace_account(signed(OP_1), TRADER_1, fresh(2)), Error::<Test>::AlreadyReplaced);
    });
}

#[test]
fn replace_account_should_fail_without_a_request_with_another_and_with_a_late_one() {
    run(|| {
        let replace = |new| Participants::replace_account(signed(OP_1), TRADER_1, new);
        assert_noop!(replace(fresh(1)), Error::<Test>::RequestNotFound);
        assert_ok!(Participants::request_replacement(signed(TRADER_2), TRADER_1, fresh(1)));
        assert_noop!(replace(fresh(2)), Error::<Test>::RequestNotFound);
        assert_noop!(Participants::replace_account(signed(TRADER_2), TRADER_1, fresh(1)), DispatchError::BadOrigin);
        at(LIFE);
        assert_noop!(replace(fresh(1)), Error::<Test>::RequestExpired);
        at(LIFE - 1);
        assert_ok!(replace(fresh(1)));
    });
}

#[test]
fn replace_account_should_fail_when_who_asked_no_longer_acts() {
    run(|| {
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1)));
        assert_ok!(Participants::request_replacement(signed(TRADER_2), TRADER_1, fresh(2)));
        let replace = || Participants::replace_account(signed(OP_1), TRADER_1, fresh(2));
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(replace(), Error::<Test>::RequestNotFound);
        assert_ok!(set_status(TRADER, Status::Active));
        // The key of who asked turns out to be stolen.
        assert_ok!(Participants::remove_account(signed(fresh(1)), TRADER_2));
        assert_noop!(replace(), Error::<Test>::RequestNotFound);
        assert_ok!(Participants::request_replacement(signed(fresh(1)), TRADER_1, fresh(2)));
        assert_ok!(replace());
    });
}

#[test]
fn two_operator_accounts_should_replace_the_only_account_of_a_participant() {
    run(|| {
        assert_noop!(Participants::replace_account(signed(OP_1), BANK_1, fresh(1)), Error::<Test>::RequestNotFound);
        assert_ok!(Participants::replace_account(RuntimeOrigin::root(), BANK_1, fresh(1)));
        assert_eq!(participant(BANK).accounts, accounts(&[fresh(1)]));
        assert_eq!(Participants::current_account(&BANK_1), fresh(1));
    });
}

#[test]
fn replace_account_should_take_another_account_of_the_same_participant() {
    run(|| {
        assert_ok!(Participants::replace_account(RuntimeOrigin::root(), TRADER_1, TRADER_2));
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_2]));
        assert_eq!(record(&TRADER_2).hops, 1);
        assert_noop!(
            Participants::replace_account(RuntimeOrigin::root(), TRADER_2, TRADER_1),
            Error::<Test>::AlreadyReplaced
        );
        assert_noop!(Participants::replace_account(RuntimeOrigin::root(), TRADER_2, BANK_1), Error::<Test>::OtherOwner);
        assert_noop!(
            Participants::replace_account(RuntimeOrigin::root(), OUTSIDER, BANK_1),
            Error::<Test>::AccountNotFound
        );
    });
}

#[test]
fn a_chain_of_replacements_should_be_followed_to_its_end_and_have_one() {
    run(|| {
        let mut last = BANK_1;
        for number in 1..=8 {
            assert_ok!(Participants::replace_account(RuntimeOrigin::root(), last, fresh(number)));
            last = fresh(number);
        }
        assert_eq!(Participants::current_account(&BANK_1), fresh(8));
        assert_eq!(record(&fresh(8)).hops, 8);
        let ninth = Participants::replace_account(RuntimeOrigin::root(), fresh(8), fresh(9));
        assert_noop!(ninth, Error::<Test>::TooManyReplacements);
        assert!(!Accounts::<Test>::contains_key(fresh(9)));
        // It can still stop being used.
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), BANK, fresh(10)));
        assert_noop!(Participants::remove_account(signed(fresh(10)), fresh(8)), Error::<Test>::TooManyReplacements);
    });
}

#[test]
fn a_replaced_account_should_count_as_sanctioned_with_its_owner() {
    run(|| {
        assert_ok!(Participants::replace_account(RuntimeOrigin::root(), TRADER_1, fresh(1)));
        let status = || Participants::standing(&TRADER_1).unwrap().status;
        assert_eq!(status(), Status::Revoked);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_eq!(status(), Status::Revoked);
        assert_ok!(set_status(TRADER, Status::Sanctioned));
        assert_eq!(status(), Status::Sanctioned);
    });
}

#[test]
fn a_replaced_account_should_start_nothing() {
    run(|| {
        assert_ok!(Participants::replace_account(RuntimeOrigin::root(), ISSUER_1, fresh(1)));
        let call = Assets::create(signed(ISSUER_1), 7, ISSUER_1, 1);
        assert_noop!(call, DispatchError::BadOrigin);
        assert_ok!(Assets::create(signed(fresh(1)), 7, fresh(1), 1));
        assert_noop!(Participants::register_service(signed(ISSUER_1), service("A")), Error::<Test>::NotAuthorized);
        assert!(!record(&ISSUER_1).standing().is_active_as(Role::Issuer));
    });
}

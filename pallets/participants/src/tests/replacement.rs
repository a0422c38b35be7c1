use super::helpers::*;
use crate::{
    decisions::Body,
    mandates::{Change, Place},
    mock::*,
    Accounts, Error, Event, NextPlace, Places, Requests,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tandem_primitives::{AccountId, Directory, Right, Rights, Role, Status};

fn request(who: AccountId, old: AccountId, new: AccountId) -> sp_runtime::DispatchResult {
    Participants::request_replacement(signed(who), old, new, rights(&[Right::Trade, Right::Move]))
}

fn confirm(old: AccountId, new: AccountId) -> sp_runtime::DispatchResult {
    Participants::replace_account(signed(OP_1), old, new, rights(&[Right::Trade, Right::Move]))
}

#[test]
fn request_replacement_should_wait_for_its_delay_and_for_the_operator() {
    run(|| {
        assert_ok!(request(TRADER_1, TRADER_2, fresh(1)));
        let change = Change::Replacement { old: TRADER_2, new: fresh(1), rights: Rights::OF_NEW };
        expect_event(Event::ChangeRequested {
            participant: TRADER,
            hash: Participants::change_hash(&change),
            change,
            by: Some(TRADER_1),
            not_before: START + RIGHTS_DELAY,
            until: START + RIGHTS_DELAY + LIFE,
        });
        // Nothing has changed yet.
        assert!(record(&TRADER_2).is_active());
        at(RIGHTS_DELAY - 1);
        assert_noop!(confirm(TRADER_2, fresh(1)), Error::<Test>::TooEarly);
        at(RIGHTS_DELAY);
        assert_ok!(confirm(TRADER_2, fresh(1)));
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_1, fresh(1)]));
        assert_eq!(Participants::current_account(&TRADER_2), fresh(1));
        assert_eq!(record(&fresh(1)).rights, Rights::OF_NEW);
        assert!(!Requests::<Test>::contains_key(TRADER));
        expect_event(Event::AccountReplaced { participant: TRADER, old: TRADER_2, new: fresh(1) });
        assert_noop!(confirm(TRADER_2, fresh(2)), Error::<Test>::AlreadyReplaced);
    });
}

#[test]
fn replace_account_should_not_wait_for_what_two_accounts_want() {
    run(|| {
        grant(TRADER_2, Right::Administer);
        assert_ok!(request(TRADER_1, TRADER_2, fresh(1)));
        let hash = Requests::<Test>::get(TRADER)[0].hash;
        assert_ok!(Participants::approve_change(signed(TRADER_2), hash));
        expect_event(Event::ChangeApproved { participant: TRADER, hash, by: TRADER_2 });
        // Nobody but these two stops it any more, and nobody but the operator makes it.
        assert_noop!(Participants::apply_change(signed(TRADER_1), TRADER, hash), Error::<Test>::NeedsOperator);
        assert_ok!(confirm(TRADER_2, fresh(1)));
    });
}

#[test]
fn request_replacement_should_fail_for_strangers_the_suspended_and_who_does_not_administer() {
    run(|| {
        for who in [TRADER_2, BANK_1, OUTSIDER] {
            assert_noop!(request(who, TRADER_1, fresh(1)), Error::<Test>::NotAuthorized);
        }
        assert_noop!(request(OP_1, TRADER_1, fresh(1)), Error::<Test>::NeedsBothAuthorities);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(request(TRADER_1, TRADER_2, fresh(1)), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn request_replacement_should_fail_for_accounts_that_cannot_take_the_place() {
    run(|| {
        let request = |old, new| request(TRADER_1, old, new);
        assert_noop!(request(OUTSIDER, fresh(1)), Error::<Test>::AccountNotFound);
        assert_noop!(request(BANK_1, fresh(1)), Error::<Test>::NotAuthorized);
        assert_noop!(request(TRADER_1, TRADER_1), Error::<Test>::SameAccount);
        assert_noop!(request(TRADER_1, BANK_1), Error::<Test>::OtherOwner);
        assert_noop!(request(TRADER_1, ESCROW), Error::<Test>::ReservedAccount);
        replace(TRADER_2, fresh(1));
        assert_noop!(request(TRADER_1, TRADER_2), Error::<Test>::AlreadyReplaced);
        assert_noop!(request(TRADER_2, fresh(2)), Error::<Test>::AlreadyReplaced);
    });
}

#[test]
fn replace_account_should_fail_without_a_request_with_another_and_with_a_late_one() {
    run(|| {
        assert_noop!(confirm(TRADER_2, fresh(1)), Error::<Test>::RequestNotFound);
        assert_ok!(request(TRADER_1, TRADER_2, fresh(1)));
        at(RIGHTS_DELAY);
        assert_noop!(confirm(TRADER_2, fresh(2)), Error::<Test>::RequestNotFound);
        let usual = rights(&[Right::Trade, Right::Move]);
        let own = Participants::replace_account(signed(TRADER_1), TRADER_2, fresh(1), usual);
        assert_noop!(own, DispatchError::BadOrigin);
        at(RIGHTS_DELAY + LIFE);
        assert_noop!(confirm(TRADER_2, fresh(1)), Error::<Test>::RequestExpired);
        at(RIGHTS_DELAY + LIFE - 1);
        assert_ok!(confirm(TRADER_2, fresh(1)));
    });
}

#[test]
fn replace_account_should_fail_when_who_asked_no_longer_administers() {
    run(|| {
        assert_ok!(request(TRADER_1, TRADER_2, fresh(2)));
        at(RIGHTS_DELAY);
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(confirm(TRADER_2, fresh(2)), Error::<Test>::RequesterLapsed);
        assert_ok!(set_status(TRADER, Status::Active));
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_1, rights(&[Right::Trade])));
        assert_noop!(confirm(TRADER_2, fresh(2)), Error::<Test>::RequesterLapsed);
    });
}

#[test]
fn two_operator_accounts_should_not_replace_an_account_that_nobody_asked_for() {
    run(|| {
        let root = |old| Participants::replace_account(RuntimeOrigin::root(), old, fresh(1), rights(&[]));
        assert_noop!(root(BANK_1), Error::<Test>::RequestNotFound);
        assert_noop!(root(OUTSIDER), Error::<Test>::AccountNotFound);
    });
}

#[test]
fn replace_account_should_name_what_was_asked_to_the_last_right() {
    run(|| {
        assert_ok!(Participants::request_replacement(signed(TRADER_1), TRADER_2, fresh(1), rights(&[Right::Trade])));
        at(RIGHTS_DELAY);
        // Two requests for the same accounts are two: the operator says which one it has looked at.
        let confirm = |list: &[Right]| Participants::replace_account(signed(OP_1), TRADER_2, fresh(1), rights(list));
        for other in [&[][..], &[Right::Move], &[Right::Trade, Right::Move]] {
            assert_noop!(confirm(other), Error::<Test>::RequestNotFound);
        }
        assert_ok!(confirm(&[Right::Trade]));
        assert_eq!(record(&fresh(1)).rights, Rights::NONE.with(Right::Trade));
    });
}

#[test]
fn a_replacement_should_raise_no_rights() {
    run(|| {
        let ask =
            |old, list: &[Right]| Participants::request_replacement(signed(TRADER_1), old, fresh(1), rights(list));
        for more in [Right::MoveAll, Right::Administer] {
            assert_noop!(ask(TRADER_2, &[Right::Trade, more]), Error::<Test>::BadRights);
        }
        // What any new account gets is no raise: the old one may have been lowered because it was stolen.
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        assert_ok!(ask(TRADER_2, &[Right::Trade, Right::Move]));
        // An account that administers hands that on, as long as it does.
        let all = [Right::Trade, Right::Move, Right::Administer];
        assert_ok!(ask(TRADER_1, &all));
        at(RIGHTS_DELAY);
        grant(TRADER_2, Right::Administer);
        assert_ok!(Participants::approve_change(signed(TRADER_2), Requests::<Test>::get(TRADER)[1].hash));
        let confirm = || Participants::replace_account(signed(OP_1), TRADER_1, fresh(1), rights(&all));
        assert_ok!(confirm());
        assert_eq!(record(&fresh(1)).rights, Rights::OF_FIRST);
    });
}

#[test]
fn a_replacement_should_give_no_right_that_the_old_account_lost_while_it_waited() {
    run(|| {
        grant(TRADER_2, Right::Administer);
        let all = [Right::Trade, Right::Move, Right::Administer];
        let ask = Participants::request_replacement(signed(TRADER_1), TRADER_2, fresh(1), rights(&all));
        assert_ok!(ask);
        at(RIGHTS_DELAY);
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[])));
        let confirm = Participants::replace_account(signed(OP_1), TRADER_2, fresh(1), rights(&all));
        assert_noop!(confirm, Error::<Test>::BadRights);
    });
}

// With every key lost: an account without rights is added, operator and regulator name it, and it asks.
#[test]
fn a_participant_should_come_back_when_all_its_keys_are_lost() {
    run(|| {
        assert_ok!(Participants::add_account(RuntimeOrigin::root(), BANK, fresh(1), None));
        let name = Participants::request_rights(by(Body::OperatorAndRegulator), fresh(1), rights(&[Right::Administer]));
        assert_ok!(name);
        let hash = Requests::<Test>::get(BANK)[0].hash;
        // Whoever has found the key cannot stop it.
        let veto = Participants::veto_change(signed(BANK_1), BANK, hash);
        assert_noop!(veto, Error::<Test>::NotAuthorized);
        at(RIGHTS_DELAY);
        assert_ok!(Participants::apply_change(signed(TRADER_1), BANK, hash));
        assert_eq!(record(&fresh(1)).rights, Rights::NONE.with(Right::Administer));
        assert_ok!(Participants::lower_rights(signed(fresh(1)), BANK_1, rights(&[])));
        assert_ok!(request(fresh(1), BANK_1, fresh(2)));
        at(3 * RIGHTS_DELAY);
        assert_ok!(confirm(BANK_1, fresh(2)));
        assert_eq!(Participants::current_account(&BANK_1), fresh(2));
    });
}

#[test]
fn replace_account_should_take_another_account_of_the_same_participant() {
    run(|| {
        let own = record(&TRADER_2).rights;
        replace(TRADER_1, TRADER_2);
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_2]));
        assert_eq!(record(&TRADER_2).rights, own);
        assert_eq!(Participants::current_account(&TRADER_1), TRADER_2);
    });
}

// A bank that changes its key each quarter could neither replace nor remove the ninth, were it stolen.
#[test]
fn chain_m6_an_account_should_be_replaced_any_number_of_times() {
    run(|| {
        let mut last = BANK_1;
        for number in 1..=60 {
            replace(last.clone(), fresh(number));
            // It has done its part, so that the next may ask.
            last = fresh(number);
            assert_eq!(Participants::current_account(&BANK_1), last);
        }
        for number in 1..60 {
            assert_eq!(Participants::current_account(&fresh(number)), last);
        }
        // All of them share one place: two reads lead from any of them to the last.
        assert_eq!(Places::<Test>::iter().count(), 1);
        assert_eq!(record(&BANK_1).place, record(&last).place);
    });
}

// Two lines of accounts that each have replaced others meet, again and again.
#[test]
fn replaced_accounts_should_be_found_after_many_places_have_joined() {
    run(|| {
        let mut lines = [TRADER_1];
        let mut all = vec![TRADER_1];
        let mut number = 0u8;
        let mut next = || {
            number += 1;
            fresh(number)
        };
        for _ in 0..20 {
            let new = next();
            let add = Participants::add_account(signed(lines[0].clone()), TRADER, new.clone(), None);
            assert_ok!(add);
            let newer = next();
            replace(new.clone(), newer.clone());
            all.extend([new, newer.clone()]);
            // The line that administers stays: the others end in it.
            replace(newer, lines[0].clone());
            let first = next();
            replace(lines[0].clone(), first.clone());
            lines[0] = first.clone();
            all.push(first);
        }
        for account in &all {
            assert_eq!(Participants::current_account(account), lines[0]);
        }
        let ranks = Places::<Test>::iter_values().filter_map(|place| match place {
            Place::Held { rank, .. } => Some(rank),
            Place::Joined(_) => None,
        });
        // Nineteen places have joined one, each by one step.
        assert_eq!(ranks.collect::<Vec<_>>(), [1]);
        assert_eq!(NextPlace::<Test>::get().0, 20);
    });
}

#[test]
fn a_replaced_account_should_count_as_sanctioned_with_its_owner() {
    run(|| {
        replace(TRADER_1, fresh(1));
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
        replace(ISSUER_1, fresh(1));
        let call = Assets::create(signed(ISSUER_1), 7, ISSUER_1, 1);
        assert_noop!(call, DispatchError::BadOrigin);
        assert_ok!(Assets::create(signed(fresh(1)), 7, fresh(1), 1));
        assert_noop!(Participants::register_service(signed(ISSUER_1), service("A")), Error::<Test>::NotAuthorized);
        assert!(!record(&ISSUER_1).standing().is_active_as(Role::Issuer));
        assert!(Accounts::<Test>::contains_key(&ISSUER_1));
    });
}

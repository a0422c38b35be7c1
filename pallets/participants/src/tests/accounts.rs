use super::helpers::*;
use crate::{
    decisions::Body,
    mock::*,
    types::{MAX_ACCOUNTS, RESERVED_PLACES},
    Accounts, Error, Event,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;
use tandem_primitives::{AccountId, Directory, ParticipantId, Right, Rights, Status};

fn numbered(number: u32) -> AccountId {
    let mut bytes = [250; 32];
    bytes[..4].copy_from_slice(&number.to_le_bytes());
    AccountId::new(bytes)
}

fn add(by: RuntimeOrigin, participant: ParticipantId, account: AccountId) -> sp_runtime::DispatchResult {
    Participants::add_account(by, participant, account, None)
}

#[test]
fn add_account_should_give_it_the_standing_of_its_owner_and_the_usual_rights() {
    run(|| {
        assert_ok!(add(signed(TRADER_1), TRADER, fresh(1)));
        assert_eq!(Participants::standing(&fresh(1)), Participants::standing(&TRADER_2));
        assert_eq!(record(&fresh(1)).rights, Rights::OF_NEW);
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_1, TRADER_2, fresh(1)]));
        assert_eq!(System::providers(&fresh(1)), 1);
        expect_event(Event::AccountAdded {
            participant: TRADER,
            account: fresh(1),
            rights: Rights::OF_NEW,
            by: Some(TRADER_1),
        });
    });
}

#[test]
fn add_account_should_give_fewer_rights_if_the_call_says_so_and_never_more() {
    run(|| {
        let add =
            |account, list: &[Right]| Participants::add_account(signed(TRADER_1), TRADER, account, Some(rights(list)));
        assert_ok!(add(fresh(1), &[Right::Trade]));
        assert_eq!(record(&fresh(1)).rights, Rights::NONE.with(Right::Trade));
        assert_ok!(add(fresh(2), &[]));
        assert_eq!(record(&fresh(2)).rights, Rights::NONE);
        for more in [Right::MoveAll, Right::Administer] {
            assert_noop!(add(fresh(3), &[Right::Trade, more]), Error::<Test>::BadRights);
        }
    });
}

#[test]
fn add_account_should_freeze_what_an_account_without_move_has() {
    run(|| {
        let call = Participants::add_account(signed(TRADER_1), TRADER, OUTSIDER, Some(rights(&[Right::Trade])));
        assert_ok!(call);
        assert_noop!(Balances::transfer_allow_death(signed(OUTSIDER), BANK_1, 1), TokenError::Frozen);
        let asset = Assets::transfer(signed(OUTSIDER), SHARE, BANK_1, 1);
        assert_noop!(asset, pallet_assets::Error::<Test>::BalanceLow);
    });
}

#[test]
fn add_account_should_freeze_what_the_account_has_when_its_owner_is_suspended() {
    run(|| {
        assert_ok!(set_status(TRADER, Status::Suspended));
        assert_noop!(add(signed(TRADER_1), TRADER, OUTSIDER), Error::<Test>::NotAuthorized);
        assert_ok!(add(RuntimeOrigin::root(), TRADER, OUTSIDER));
        assert_noop!(Balances::transfer_allow_death(signed(OUTSIDER), BANK_1, 1), TokenError::Frozen);
    });
}

#[test]
fn add_account_should_fail_for_others_and_for_accounts_that_are_taken() {
    run(|| {
        // The second account has no right to administer, the others no business with the participant.
        for who in [TRADER_2, BANK_1, OUTSIDER] {
            assert_noop!(add(signed(who), TRADER, fresh(1)), Error::<Test>::NotAuthorized);
        }
        let add = |participant, account| add(signed(TRADER_1), participant, account);
        assert_noop!(add(ParticipantId(99), fresh(1)), Error::<Test>::ParticipantNotFound);
        assert_noop!(add(TRADER, BANK_1), Error::<Test>::AccountAlreadyExists);
        assert_noop!(add(TRADER, TRADER_1), Error::<Test>::AccountAlreadyExists);
        assert_noop!(add(TRADER, ESCROW), Error::<Test>::ReservedAccount);
    });
}

// Who has an account with rights acts for the participant: what the operator adds has none.
#[test]
fn the_operator_should_not_make_itself_an_account_that_acts_for_a_participant() {
    run(|| {
        for participant in [TRADER, BANK, ISSUER, CUSTODIAN] {
            for who in [OP_1, REG_1] {
                let call = add(signed(who), participant, fresh(1));
                assert_noop!(call, Error::<Test>::NeedsBothAuthorities);
            }
        }
        let with =
            |list: &[Right]| Participants::add_account(RuntimeOrigin::root(), TRADER, fresh(1), Some(rights(list)));
        for right in Right::ALL {
            assert_noop!(with(&[right]), Error::<Test>::BadRights);
        }
        assert_ok!(add(RuntimeOrigin::root(), TRADER, fresh(1)));
        assert_eq!(record(&fresh(1)).rights, Rights::NONE);
    });
}

#[test]
fn accounts_of_who_governs_should_be_for_both_authorities() {
    run(|| {
        for (who, participant) in [(OP_1, OPERATOR), (REG_1, REGULATOR)] {
            assert_noop!(add(signed(who), participant, fresh(1)), Error::<Test>::NeedsOtherBody);
        }
        assert_ok!(add(by(Body::OperatorAndRegulator), OPERATOR, fresh(1)));
        assert_eq!(record(&fresh(1)).rights, Rights::OF_NEW);
        let ask = Participants::request_replacement(signed(OP_1), OP_2, fresh(2), rights(&[]));
        assert_noop!(ask, Error::<Test>::NeedsBothAuthorities);
        let replace = Participants::replace_account(signed(OP_1), OP_2, fresh(2), rights(&[]));
        assert_noop!(replace, Error::<Test>::NeedsOtherBody);
        let remove = Participants::remove_account(signed(OP_1), OP_2, OP_3);
        assert_noop!(remove, Error::<Test>::NeedsOtherBody);
        let usual = rights(&[Right::Trade, Right::Move]);
        assert_ok!(Participants::replace_account(by(Body::OperatorAndRegulator), OP_2, fresh(2), usual));
        assert_eq!(record(&fresh(2)).rights, Rights::OF_NEW);
    });
}

#[test]
fn add_account_should_fail_when_there_are_too_many() {
    run(|| {
        let own = MAX_ACCOUNTS - RESERVED_PLACES;
        for number in 2..own {
            assert_ok!(add(signed(TRADER_1), TRADER, numbered(number)));
        }
        let call = add(signed(TRADER_1), TRADER, numbered(own));
        assert_noop!(call, Error::<Test>::TooManyAccounts);
        for number in own..MAX_ACCOUNTS {
            assert_ok!(add(RuntimeOrigin::root(), TRADER, numbered(number)));
        }
        let call = add(RuntimeOrigin::root(), TRADER, numbered(MAX_ACCOUNTS));
        assert_noop!(call, Error::<Test>::TooManyAccounts);
        // A fresh account may still take the place of one of them.
        replace(TRADER_1, fresh(1));
        assert_eq!(participant(TRADER).accounts.len() as u32, MAX_ACCOUNTS);
    });
}

// A thief with the key that administers fills the list with accounts of its own, and lowers everybody else.
#[test]
fn chain_h3_a_full_list_should_leave_a_place_for_the_way_back() {
    run(|| {
        let thief = TRADER_1;
        assert_ok!(Participants::lower_rights(signed(thief.clone()), TRADER_2, rights(&[])));
        let added = (0..MAX_ACCOUNTS).filter(|number| add(signed(thief.clone()), TRADER, numbered(*number)).is_ok());
        assert_eq!(added.count() as u32, MAX_ACCOUNTS - RESERVED_PLACES - 2);
        let both = || by(Body::OperatorAndRegulator);
        assert_ok!(add(both(), TRADER, fresh(1)));
        assert_ok!(Participants::request_rights(both(), fresh(1), rights(&[Right::Administer])));
        assert_ok!(Participants::remove_administrator(both(), thief.clone()));
        at(RIGHTS_DELAY);
        for request in crate::Requests::<Test>::get(TRADER) {
            assert_noop!(
                Participants::veto_change(signed(thief.clone()), TRADER, request.hash),
                Error::<Test>::NotAuthorized
            );
            assert_ok!(Participants::apply_change(signed(BANK_1), TRADER, request.hash));
        }
        assert!(record(&fresh(1)).rights.has(Right::Administer) && !record(&thief).rights.has(Right::Administer));
    });
}

#[test]
fn remove_account_should_leave_the_named_successor_and_freeze_what_is_left() {
    run(|| {
        assert_ok!(Balances::transfer_allow_death(signed(TRADER_1), OP_1, 100));
        assert_ok!(Participants::remove_account(by(Body::Operator), OP_1, OP_3));
        assert_eq!(participant(OPERATOR).accounts, accounts(&[OP_2, OP_3]));
        assert_eq!(Participants::current_account(&OP_1), OP_3);
        let standing = Participants::standing(&OP_1).unwrap();
        assert_eq!((standing.status, standing.rights), (Status::Revoked, Rights::NONE));
        expect_event(Event::AccountRemoved { participant: OPERATOR, account: OP_1, successor: OP_3 });
        assert_noop!(Balances::transfer_allow_death(signed(OP_1), BANK_1, 1), TokenError::Frozen);
        let again = Participants::remove_account(by(Body::Operator), OP_1, OP_2);
        assert_noop!(again, Error::<Test>::AlreadyReplaced);
        // Two stay.
        let last = Participants::remove_account(by(Body::Operator), OP_2, OP_3);
        assert_noop!(last, Error::<Test>::TooFewAccounts);
    });
}

#[test]
fn remove_account_should_fail_for_accounts_of_others_and_successors_of_others() {
    run(|| {
        let remove = |account, successor| Participants::remove_account(by(Body::Operator), account, successor);
        assert_noop!(remove(TRADER_1, TRADER_2), Error::<Test>::NeedsReplacement);
        assert_noop!(remove(OUTSIDER, OP_2), Error::<Test>::AccountNotFound);
        assert_noop!(remove(OP_1, OP_1), Error::<Test>::SameAccount);
        assert_noop!(remove(OP_1, REG_1), Error::<Test>::OtherOwner);
        assert_noop!(remove(OP_1, fresh(1)), Error::<Test>::AccountNotFound);
        let signed = Participants::remove_account(signed(TRADER_1), TRADER_2, TRADER_1);
        assert_noop!(signed, Error::<Test>::NeedsReplacement);
    });
}

// The participant names who gets what is due to the account: it used to be whichever of its accounts stood first.
#[test]
fn chain_l7_the_successor_should_be_the_account_that_is_named() {
    run(|| {
        assert_ok!(add(signed(TRADER_1), TRADER, fresh(1)));
        assert_ok!(add(signed(TRADER_1), TRADER, fresh(2)));
        replace(TRADER_2, fresh(2));
        assert_eq!(participant(TRADER).accounts, accounts(&[TRADER_1, fresh(1), fresh(2)]));
        assert_eq!(Participants::current_account(&TRADER_2), fresh(2));
        assert_ok!(Participants::remove_account(by(Body::Operator), OP_1, OP_3));
        assert_eq!(Participants::current_account(&OP_1), OP_3);
    });
}

// One key of a participant took another of its accounts out of use and recovered what that one had.
#[test]
fn chain_h3_one_account_should_not_take_another_out_of_use() {
    run(|| {
        let remove = Participants::remove_account(signed(TRADER_2), TRADER_1, TRADER_2);
        assert_noop!(remove, Error::<Test>::NeedsReplacement);
        let ask = |who| Participants::request_replacement(signed(who), TRADER_1, TRADER_2, rights(&[]));
        assert_noop!(ask(TRADER_2), Error::<Test>::NotAuthorized);
        // Even one that administers waits, and the operator has to agree.
        assert_ok!(Participants::lower_rights(signed(TRADER_1), TRADER_2, rights(&[Right::Trade])));
        assert_ok!(ask(TRADER_1));
        let replace = Participants::replace_account(signed(OP_1), TRADER_1, TRADER_2, rights(&[]));
        assert_noop!(replace, Error::<Test>::TooEarly);
        let recover = Participants::recover(signed(TRADER_2), TRADER_1, SHARE.into());
        assert_noop!(recover, Error::<Test>::NotReplaced);
        assert_eq!((shares(&TRADER_1), shares(&TRADER_2)), (500, 0));
        assert!(Accounts::<Test>::get(TRADER_1).unwrap().is_active());
    });
}

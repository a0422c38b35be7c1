//! Tests of what one account of the operator cannot do alone: get at what a participant owns.

use super::world::*;
use crate::*;
use pallet_participants::Call as Directory;
use sp_keyring::Sr25519Keyring;

/// Test helper: sends each call with its signer, and tells for each if it was admitted and succeeded.
fn attempt(steps: Vec<(Sr25519Keyring, RuntimeCall)>) -> Vec<bool> {
    steps.into_iter().map(|(signer, call)| send(signer, call) == Ok(Ok(()))).collect()
}

fn add_own_account() -> (Sr25519Keyring, RuntimeCall) {
    let call = Directory::add_account { participant: SELLER_ID, account: STRANGER.to_account_id(), rights: None };
    (OPERATOR, call.into())
}

fn recover() -> RuntimeCall {
    Directory::recover { account: SELLER.to_account_id(), asset: AssetId::WithId(BOND) }.into()
}

#[test]
fn adding_an_account_and_removing_the_owners_should_move_nothing() {
    execute(|| {
        let remove = Directory::remove_account { account: SELLER.to_account_id(), successor: STRANGER.to_account_id() };
        let passed = attempt(vec![
            add_own_account(),
            (OPERATOR, remove.into()),
            (OPERATOR, recover()),
            (STRANGER, transfer(BUYER, 1_000)),
        ]);
        assert_eq!(passed, [false; 4]);
        assert_eq!((balance(BOND, SELLER), balance(BOND, STRANGER), balance(BOND, BUYER)), (1_000, 0, 0), "{passed:?}");
    });
}

#[test]
fn adding_an_account_should_not_stand_for_the_owner_in_a_replacement() {
    execute(|| {
        let (old, new) = (SELLER.to_account_id(), STRANGER.to_account_id());
        let rights = || tandem_primitives::Right::ALL.to_vec().try_into().expect("four");
        let request = Directory::request_replacement { old: old.clone(), new: new.clone(), rights: rights() };
        let passed = attempt(vec![
            add_own_account(),
            (STRANGER, request.clone().into()),
            (OPERATOR, request.into()),
            (OPERATOR, Directory::replace_account { old, new, rights: rights() }.into()),
            (STRANGER, recover()),
        ]);
        assert_eq!(passed, [false; 5]);
        assert_eq!((balance(BOND, SELLER), balance(BOND, STRANGER)), (1_000, 0), "{passed:?}");
    });
}

#[test]
fn one_account_of_the_operator_should_not_add_an_account() {
    execute(|| {
        let (signer, call) = add_own_account();
        assert_eq!(outcome(signer, call), Err(pallet_participants::Error::<Runtime>::NeedsBothAuthorities.into()));
    });
}

// Two of its accounts add one for a participant that has lost its keys: it has no right, and moves nothing.
#[test]
fn an_account_that_the_operator_added_should_do_nothing_by_itself() {
    execute(|| {
        let account = STRANGER.to_account_id();
        let added = Participants::add_account(RuntimeOrigin::root(), SELLER_ID, account.clone(), None);
        assert_eq!(added, Ok(()));
        let rights = tandem_primitives::Right::ALL.to_vec().try_into().expect("four");
        let passed = attempt(vec![
            (STRANGER, Directory::request_rights { account, rights }.into()),
            (STRANGER, transfer(BUYER, 1)),
            (STRANGER, recover()),
        ]);
        assert_eq!(passed, [false; 3]);
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

//! What one account of the operator cannot do alone: get at what a participant owns.

use super::world::*;
use crate::*;
use pallet_participants::Call as Directory;
use sp_keyring::Sr25519Keyring;

/// Sends each, whether or not it is refused, and says which succeeded.
fn attempt(steps: Vec<(Sr25519Keyring, RuntimeCall)>) -> Vec<bool> {
    steps.into_iter().map(|(signer, call)| send(signer, call) == Ok(Ok(()))).collect()
}

fn add_own_account() -> (Sr25519Keyring, RuntimeCall) {
    let call = Directory::add_account { participant: SELLER_ID, account: STRANGER.to_account_id() };
    (OPERATOR, call.into())
}

fn recover() -> RuntimeCall {
    Directory::recover { account: SELLER.to_account_id(), asset: AssetId::WithId(BOND) }.into()
}

#[test]
fn adding_an_account_and_removing_the_owners_should_move_nothing() {
    execute(|| {
        let remove = Directory::remove_account { account: SELLER.to_account_id() };
        let passed = attempt(vec![
            add_own_account(),
            (OPERATOR, remove.into()),
            (OPERATOR, recover()),
            (STRANGER, transfer(BUYER, 1_000)),
        ]);
        assert_eq!((balance(BOND, SELLER), balance(BOND, STRANGER), balance(BOND, BUYER)), (1_000, 0, 0), "{passed:?}");
    });
}

#[test]
fn adding_an_account_should_not_stand_for_the_owner_in_a_replacement() {
    execute(|| {
        let (old, new) = (SELLER.to_account_id(), STRANGER.to_account_id());
        let passed = attempt(vec![
            add_own_account(),
            (STRANGER, Directory::request_replacement { old: old.clone(), new: new.clone() }.into()),
            (OPERATOR, Directory::replace_account { old, new }.into()),
            (STRANGER, recover()),
        ]);
        assert_eq!((balance(BOND, SELLER), balance(BOND, STRANGER)), (1_000, 0), "{passed:?}");
    });
}

#[test]
fn one_account_of_the_operator_should_not_add_an_account() {
    execute(|| {
        let (signer, call) = add_own_account();
        assert_eq!(outcome(signer, call), Err(pallet_participants::Error::<Runtime>::NeedsDualControl.into()));
    });
}

/// The other of its powers over accounts: what it removes stays the participant's, and so does what it recovers.
#[test]
fn removing_an_account_should_leave_its_assets_with_the_participant() {
    execute(|| {
        let passed = attempt(vec![
            (OPERATOR, Directory::remove_account { account: BUYER.to_account_id() }.into()),
            (OPERATOR, Directory::recover { account: BUYER.to_account_id(), asset: AssetId::WithId(EURO) }.into()),
        ]);
        assert_eq!(passed, [true, true]);
        assert_eq!((balance(EURO, BUYER), balance(EURO, BUYER_2), balance(EURO, OPERATOR)), (0, 100_000, 0));
    });
}

//! Tests with one stolen key of a settlement manager.

use super::thief::*;
use crate::{
    tests::{dvp, world::*},
    *,
};
use pallet_participants::Call as Directory;
use sp_keyring::Sr25519Keyring::BobStash as MANAGER;
use tandem_primitives::{Execution, InstructionId, LegIndex, Quantity, Right, Role, VersionedTerms};

/// Test helper: runs a test with a trade that both parties have affirmed and reserved and that the manager settles.
/// Passes its id and `manager_by`.
fn managed(test: impl FnOnce(InstructionId, Moment)) {
    execute_with_delay(|| {
        register(
            &[Role::SettlementManager],
            &[(MANAGER.to_account_id(), &[Right::Trade, Right::Move, Right::Administer])],
        );
        let VersionedTerms::V1(mut terms) = dvp::terms("MANAGED");
        let manager_by = terms.reserve_by;
        terms.execution = Execution::ByManager { manager: MANAGER.to_account_id(), manager_by };
        let terms = VersionedTerms::V1(terms);
        let id = dvp::id_of(&terms);
        send_ok(SELLER, dvp::instruct(terms.clone()));
        send_ok(BUYER, dvp::affirm(id, &terms));
        test(id, manager_by);
    });
}

// At worst it settles what the parties have agreed, or keeps silent until they settle themselves.
#[test]
fn a_thief_of_a_managers_key_should_settle_what_was_agreed_or_nothing() {
    managed(|id, _| {
        // A trade in which nothing is settled yet: its parties release, reserve and cancel, the manager does not.
        let VersionedTerms::V1(mut terms) = dvp::terms("OPEN");
        terms.execution = Execution::ByManager { manager: MANAGER.to_account_id(), manager_by: terms.reserve_by };
        terms.legs[0].amount = 100;
        terms.legs[1].amount = 100;
        let terms = VersionedTerms::V1(terms);
        send_ok(SELLER, dvp::instruct(terms.clone()));
        let open = dvp::id_of(&terms);
        let leg = LegIndex(0);
        let calls = || -> Vec<RuntimeCall> {
            vec![
                pallet_settlement::Call::release { id: open, leg, lots: 1 }.into(),
                pallet_settlement::Call::reserve { id: open, leg, quantity: Quantity::Exactly(1) }.into(),
                pallet_settlement::Call::cancel { id: open, on_behalf_of: None }.into(),
            ]
        };
        let no = || failed(pallet_settlement::Error::<Runtime>::NotAuthorized);
        turned_down(MANAGER, calls().into_iter().map(|call| (call, no())).collect());
        calls().into_iter().for_each(|call| send_ok(SELLER, call));
        not_administering(MANAGER, grabs(BUYER_ID, BUYER, MANAGER));
        assert_eq!((balance(BOND, SELLER), balance(EURO, BUYER)), (400, 40_600));
        send_ok(MANAGER, pallet_settlement::Call::settle { id, lots: None });
        assert_eq!((balance(BOND, BUYER), balance(EURO, SELLER)), (600, 59_400));
    });
}

// The way back: its rights are lowered at once, and the parties settle from the time that they agreed.
#[test]
fn a_stolen_managers_key_should_be_stopped_and_the_parties_should_stand_in() {
    managed(|id, manager_by| {
        let own = MANAGER.to_account_id();
        send_ok(MANAGER, Directory::lower_rights { account: own, rights: rights(&[Right::Administer]) });
        let settle = || pallet_settlement::Call::settle { id, lots: None };
        let refused = Err(pallet_settlement::Error::<Runtime>::NotAuthorized.into());
        assert_eq!(outcome(MANAGER, settle()), refused);
        assert_eq!(outcome(SELLER, settle()), refused);
        while Timestamp::get() < manager_by {
            next_block();
        }
        send_ok(SELLER, settle());
        assert_eq!((balance(BOND, BUYER), balance(EURO, SELLER)), (600, 59_400));
    });
}

use super::helpers::*;
use crate::{decisions::*, mock::*, Error, Governors};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use tandem_primitives::{AccountId, Directory, ParticipantId, Right, Rights};

/// Operator and regulator, each with the account of it that a test changes.
const MINE: [(ParticipantId, AccountId); 2] = [(OPERATOR, OP_1), (REGULATOR, REG_1)];

#[test]
fn chain_c2_one_role_alone_should_not_say_which_accounts_govern() {
    run(|| {
        for (participant, account) in MINE {
            for origin in [signed(OP_1), signed(REG_1), by(Body::Operator), by(Body::Regulator), RuntimeOrigin::root()]
            {
                let add = Participants::add_account(origin.clone(), participant, fresh(1), None);
                assert_noop!(add, Error::<Test>::NeedsOtherBody);
                let replace = Participants::replace_account(origin, account.clone(), fresh(1), rights(&[]));
                assert_noop!(replace, Error::<Test>::NeedsOtherBody);
            }
            let add = Participants::add_account(signed(TRADER_1), participant, fresh(1), None);
            assert_noop!(add, DispatchError::BadOrigin);
        }
    });
}

#[test]
fn operator_and_regulator_together_should_add_and_replace_accounts() {
    run(|| {
        for (number, (participant, account)) in MINE.into_iter().enumerate() {
            let (added, new) = (fresh(number as u8), fresh(10 + number as u8));
            assert_ok!(Participants::add_account(by(Body::OperatorAndRegulator), participant, added.clone(), None));
            let list = rights(&[Right::Trade]);
            assert_ok!(Participants::replace_account(
                by(Body::OperatorAndRegulator),
                account.clone(),
                new.clone(),
                list
            ));
            assert_eq!(record(&new).rights, Rights::NONE.with(Right::Trade));
            assert_eq!(Participants::current_account(&account), new);
            assert!(record(&added).is_active());
        }
    });
}

#[test]
fn two_operator_accounts_should_take_an_account_out_of_use_while_two_stay() {
    run(|| {
        for ((_, account), successor) in MINE.into_iter().zip([OP_3, REG_1B]) {
            for origin in [signed(OP_2), signed(REG_2), by(Body::Regulator), RuntimeOrigin::root()] {
                let remove = Participants::remove_account(origin, account.clone(), successor.clone());
                assert_noop!(remove, Error::<Test>::NeedsOtherBody);
            }
            assert_ok!(Participants::remove_account(by(Body::Operator), account.clone(), successor.clone()));
            assert!(!record(&account).is_active());
        }
        for (account, successor) in [(OP_2, OP_3), (REG_1B, REG_1)] {
            let remove = Participants::remove_account(by(Body::Operator), account, successor);
            assert_noop!(remove, Error::<Test>::TooFewAccounts);
        }
    });
}

#[test]
fn a_role_with_one_account_left_should_get_another_by_the_other_role() {
    run(|| {
        let second = ParticipantId(2);
        // Two accounts of the regulator are left, so that both roles still decide.
        assert_ok!(Participants::remove_account(by(Body::Operator), REG_1, REG_1B));
        let alone = Participants::add_account(by(Body::Operator), second, fresh(1), None);
        assert_noop!(alone, Error::<Test>::NeedsOtherBody);
        // One of the two is suspended with its participant.
        assert_ok!(set_status(second, tandem_primitives::Status::Suspended));
        assert_eq!(Participants::usable_accounts(tandem_primitives::Role::Regulator), 1);
        assert_ok!(Participants::add_account(by(Body::Operator), REGULATOR, fresh(1), None));
        // From now on there are two.
        let alone = Participants::add_account(by(Body::Operator), REGULATOR, fresh(2), None);
        assert_noop!(alone, Error::<Test>::NeedsOtherBody);
        // The operator has three, so that the regulator alone gives it none.
        let other = Participants::add_account(by(Body::Regulator), OPERATOR, fresh(3), None);
        assert_noop!(other, Error::<Test>::NeedsOtherBody);
    });
}

#[test]
fn whoever_is_left_of_a_role_should_veto_what_the_other_decides_for_it() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let second = ParticipantId(2);
        assert_ok!(Participants::remove_account(by(Body::Operator), REG_1, REG_1B));
        assert_ok!(set_status(second, tandem_primitives::Status::Suspended));
        let call: Box<RuntimeCall> = Box::new(
            crate::Call::<Test>::add_account { participant: REGULATOR, account: fresh(1), rights: None }.into(),
        );
        let hash = Participants::call_hash(&call);
        let decide = || {
            assert_ok!(Participants::propose(signed(OP_1), Body::Operator, hash));
            assert_ok!(Participants::approve(signed(OP_2), Body::Operator, call.clone()));
        };
        decide();
        assert!(!crate::Accounts::<Test>::contains_key(fresh(1)), "it waits for the enactment delay");
        for who in [OP_1, OP_2, TRADER_1, REG_1, OUTSIDER] {
            assert_noop!(Participants::veto(signed(who), Body::Operator, hash), Error::<Test>::NotAuthorized);
        }
        assert_ok!(Participants::veto(signed(REG_1B), Body::Operator, hash));
        expect_event(crate::Event::Vetoed { body: Body::Operator, hash, by: REG_1B });
        decide();
        let enact = || Participants::enact(signed(TRADER_1), Body::Operator, call.clone()).map_err(|e| e.error);
        at(ESTATE_DELAY - 1);
        assert_noop!(enact(), Error::<Test>::TooEarly);
        at(ESTATE_DELAY);
        assert_ok!(Participants::enact(signed(TRADER_1), Body::Operator, call));
        assert!(record(&fresh(1)).is_active());
        assert_eq!(Governors::<Test>::get().into_inner(), vec![OPERATOR, REGULATOR, second]);
    });
}

// Two stolen keys of the regulator suspend the operator and then appoint accounts of their own to it.
#[test]
fn chain_c2_two_regulator_keys_should_not_seize_the_operator() {
    run(|| {
        assert_ok!(set_status(OPERATOR, tandem_primitives::Status::Suspended));
        let call: Box<RuntimeCall> = Box::new(
            crate::Call::<Test>::add_account { participant: OPERATOR, account: fresh(1), rights: None }.into(),
        );
        let hash = Participants::call_hash(&call);
        let decide = || {
            assert_ok!(Participants::propose(signed(REG_1), Body::Regulator, hash));
            assert_ok!(Participants::approve(signed(REG_1B), Body::Regulator, call.clone()));
            // Without an enactment delay too, it waits for as long as an estate does.
            assert!(!crate::Accounts::<Test>::contains_key(fresh(1)));
        };
        let veto = |who| Participants::veto(signed(who), Body::Regulator, hash);
        // The suspended operator objects, and so does the third account of the regulator.
        for who in [OP_1, OP_3, REG_2] {
            decide();
            for thief in [REG_1, REG_1B] {
                assert_noop!(veto(thief), Error::<Test>::NotAuthorized);
            }
            assert_ok!(veto(who));
        }
        // A revoked one does not.
        assert_ok!(set_status(ParticipantId(2), tandem_primitives::Status::Revoked));
        decide();
        assert_noop!(veto(REG_2), Error::<Test>::NotAuthorized);
        at(ESTATE_DELAY);
        assert_ok!(Participants::enact(signed(REG_1), Body::Regulator, call.clone()));
        assert!(crate::Accounts::<Test>::contains_key(fresh(1)));
    });
}

// A sanction keeps the operator from everything but the objection.
#[test]
fn chain_c2_two_regulator_keys_should_not_sanction_the_operator_and_seize_it() {
    run(|| {
        assert_ok!(set_status(OPERATOR, tandem_primitives::Status::Sanctioned));
        let call: Box<RuntimeCall> = Box::new(
            crate::Call::<Test>::add_account { participant: OPERATOR, account: fresh(1), rights: None }.into(),
        );
        let hash = Participants::call_hash(&call);
        for who in [OP_1, OP_2, OP_3] {
            assert_ok!(Participants::propose(signed(REG_1), Body::Regulator, hash));
            assert_ok!(Participants::approve(signed(REG_1B), Body::Regulator, call.clone()));
            let veto = |who| Participants::veto(signed(who), Body::Regulator, hash);
            for other in [TRADER_1, OUTSIDER, REG_1] {
                assert_noop!(veto(other), Error::<Test>::NotAuthorized);
            }
            assert_ok!(veto(who.clone()));
            expect_event(crate::Event::Vetoed { body: Body::Regulator, hash, by: who });
        }
        at(ESTATE_DELAY);
        let enact = Participants::enact(signed(REG_1), Body::Regulator, call).map_err(|failed| failed.error);
        assert_noop!(enact, Error::<Test>::ProposalNotFound);
    });
}

#[test]
fn veto_should_fail_where_nobody_has_one() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call: Box<RuntimeCall> = Box::new(crate::Call::<Test>::set_enactment_delay { delay: 1 }.into());
        let hash = Participants::call_hash(&call);
        let veto = || Participants::veto(signed(REG_1), Body::Operator, hash);
        assert_noop!(veto(), Error::<Test>::ProposalNotFound);
        assert_ok!(Participants::propose(signed(OP_1), Body::Operator, hash));
        assert_noop!(veto(), Error::<Test>::NoVeto);
        assert_ok!(Participants::approve(signed(OP_2), Body::Operator, call));
        assert_noop!(veto(), Error::<Test>::NoVeto);
    });
}

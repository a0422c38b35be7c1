use super::helpers::*;
use crate::{
    decisions::{Act, Approval, Plan, MAX_PROPOSALS, MAX_PROPOSALS_EACH},
    mock::*,
    Body, EnactmentDelay, EnsureApproved, Error, Event, Origin, Proposal, ProposalState, Proposals,
};
use polkadot_sdk::*;

use frame_support::{assert_noop, assert_ok, traits::EnsureOrigin};
use sp_runtime::DispatchError;
use tandem_primitives::{AccountId, CallHash, Directory, Role, Status};

const OPERATORS: Body = Body::Operator;

/// Test helper: call that only root may send, and that stores `value` under a key.
fn only_root(value: u8) -> Box<RuntimeCall> {
    Box::new(frame_system::Call::set_storage { items: vec![(vec![b'k'], vec![value])] }.into())
}

fn hash(call: &RuntimeCall) -> CallHash {
    Participants::call_hash(call)
}

pub fn approvals(of: &[(AccountId, Role)]) -> crate::decisions::Approvals {
    let all = of.iter().map(|(account, role)| Approval { account: account.clone(), role: *role });
    all.collect::<Vec<_>>().try_into().unwrap()
}

fn propose(who: AccountId, call: &RuntimeCall) {
    assert_ok!(Participants::propose(signed(who), OPERATORS, hash(call)));
}

fn stored() -> Option<Vec<u8>> {
    frame_support::storage::unhashed::get_raw(b"k")
}

macro_rules! refused {
    ($call:expr, $error:expr) => {
        assert_eq!($call.map(|_| ()).map_err(|failed| failed.error), Err($error.into()))
    };
}

#[test]
fn two_operator_accounts_should_be_root() {
    run(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        let until = START + LIFE;
        expect_event(Event::Proposed { body: OPERATORS, hash: hash(&call), by: OP_1, until });
        let first = approvals(&[(OP_1, Role::Operator)]);
        let expected =
            Proposal { hash: hash(&call), by: OP_1, approvals: first, state: ProposalState::Proposed, until };
        assert_eq!(Proposals::<Test>::get(OPERATORS).into_inner(), vec![expected]);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        assert_eq!(stored(), Some(vec![1]));
        assert!(!Proposals::<Test>::contains_key(OPERATORS));
        System::assert_has_event(
            Event::Approved {
                body: OPERATORS,
                hash: hash(&call),
                approvals: approvals(&[(OP_1, Role::Operator), (OP_2, Role::Operator)]),
                enact_after: START,
                veto: None,
            }
            .into(),
        );
        expect_event(Event::Enacted { body: OPERATORS, hash: hash(&call), result: Ok(()) });
        // It is spent.
        refused!(Participants::approve(signed(OP_3), OPERATORS, call), Error::<Test>::ProposalNotFound);
    });
}

#[test]
fn a_failing_call_should_leave_its_error_and_nothing_else() {
    run(|| {
        let call: Box<RuntimeCall> = Box::new(crate::Call::<Test>::set_enactment_delay { delay: MAX_DELAY + 1 }.into());
        propose(OP_1, &call);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        let result = Err(Error::<Test>::DelayTooLong.into());
        expect_event(Event::Enacted { body: OPERATORS, hash: hash(&call), result });
        assert!(!Proposals::<Test>::contains_key(OPERATORS));
    });
}

#[test]
fn propose_should_fail_for_others_and_twice() {
    run(|| {
        let call = only_root(1);
        let attempt = |who| Participants::propose(signed(who), OPERATORS, hash(&call));
        for who in [TRADER_1, REG_1, OUTSIDER] {
            assert_noop!(attempt(who), Error::<Test>::NotAuthorized);
        }
        assert_ok!(attempt(OP_1));
        assert_noop!(attempt(OP_1), Error::<Test>::ProposalAlreadyExists);
        assert_noop!(attempt(OP_2), Error::<Test>::ProposalAlreadyExists);
    });
}

/// Test helper: adds as many accounts to the operator as it takes to fill its list of proposals, and returns them.
fn many_operators() -> Vec<AccountId> {
    let more = (0..MAX_PROPOSALS / MAX_PROPOSALS_EACH).map(|number| fresh(10 + number as u8));
    more.inspect(|account| {
        assert_ok!(Participants::add_account(by(Body::OperatorAndRegulator), OPERATOR, account.clone(), None));
    })
    .collect()
}

#[test]
fn propose_should_fail_when_too_many_wait() {
    run(|| {
        let accounts = many_operators();
        for number in 0..MAX_PROPOSALS {
            let by = accounts[(number / MAX_PROPOSALS_EACH) as usize].clone();
            propose(by, &only_root(number as u8));
        }
        let one_more = Participants::propose(signed(OP_1), OPERATORS, hash(&only_root(200)));
        assert_noop!(one_more, Error::<Test>::TooManyProposals);
        // Another role is not hindered.
        assert_ok!(Participants::propose(signed(REG_1), Body::Regulator, hash(&only_root(200))));
    });
}

#[test]
fn one_account_should_not_use_up_the_proposals_of_its_role() {
    run(|| {
        for number in 0..MAX_PROPOSALS_EACH {
            propose(OP_1, &only_root(number as u8));
        }
        let one_more = || Participants::propose(signed(OP_1), OPERATORS, hash(&only_root(200)));
        assert_noop!(one_more(), Error::<Test>::TooManyProposals);
        propose(OP_2, &only_root(201));
        assert_ok!(Participants::withdraw_proposal(signed(OP_1), OPERATORS, hash(&only_root(0))));
        assert_ok!(one_more());
        assert_noop!(
            Participants::propose(signed(OP_1), OPERATORS, hash(&only_root(202))),
            Error::<Test>::TooManyProposals
        );
    });
}

#[test]
fn approve_should_fail_for_the_proposer_others_other_calls_and_other_roles() {
    run(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        let approve = |who, role, call| Participants::approve(signed(who), role, call);
        refused!(approve(OP_1, OPERATORS, call.clone()), Error::<Test>::OwnProposal);
        refused!(approve(REG_1, OPERATORS, call.clone()), Error::<Test>::NotAuthorized);
        refused!(approve(OUTSIDER, OPERATORS, call.clone()), Error::<Test>::NotAuthorized);
        refused!(approve(OP_2, OPERATORS, only_root(2)), Error::<Test>::ProposalNotFound);
        refused!(approve(REG_1, Body::Regulator, call), Error::<Test>::ProposalNotFound);
        assert_eq!(stored(), None);
    });
}

#[test]
fn approve_should_be_in_time() {
    run(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        for late in [LIFE, LIFE + 1] {
            at(late);
            refused!(Participants::approve(signed(OP_2), OPERATORS, call.clone()), Error::<Test>::ProposalExpired);
        }
        at(LIFE - 1);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call));
    });
}

#[test]
fn an_approval_should_count_only_while_its_account_acts() {
    run(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        assert_ok!(Participants::replace_account(by(Body::OperatorAndRegulator), OP_1, fresh(1), rights(&[])));
        // The key that was replaced can do nothing with it, and another account takes its place.
        refused!(Participants::approve(signed(OP_1), OPERATORS, call.clone()), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        expect_event(Event::ApprovalAdded { body: OPERATORS, hash: hash(&call), by: OP_2, role: Role::Operator });
        assert_eq!(stored(), None);
        assert_ok!(Participants::approve(signed(fresh(1)), OPERATORS, call));
        assert_eq!(stored(), Some(vec![1]));
    });
}

#[test]
fn a_suspended_operator_should_propose_and_approve_nothing() {
    run(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        assert_ok!(set_status(OPERATOR, Status::Suspended));
        refused!(Participants::approve(signed(OP_2), OPERATORS, call.clone()), Error::<Test>::NotAuthorized);
        assert_noop!(Participants::propose(signed(OP_2), OPERATORS, hash(&only_root(2))), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn with_a_delay_a_call_should_wait_and_be_enacted_by_anybody() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        let enact = |who| Participants::enact(signed(who), OPERATORS, call.clone());
        refused!(enact(TRADER_1), Error::<Test>::NotApproved);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        assert_eq!(stored(), None);
        expect_event(Event::Approved {
            body: OPERATORS,
            hash: hash(&call),
            approvals: approvals(&[(OP_1, Role::Operator), (OP_2, Role::Operator)]),
            enact_after: START + 5_000,
            veto: None,
        });
        refused!(Participants::approve(signed(OP_2), OPERATORS, call.clone()), Error::<Test>::OwnProposal);
        at(4_999);
        refused!(enact(TRADER_1), Error::<Test>::TooEarly);
        at(5_000);
        refused!(enact(OUTSIDER), Error::<Test>::NotAuthorized);
        assert_ok!(enact(TRADER_1));
        assert_eq!(stored(), Some(vec![1]));
        refused!(enact(TRADER_1), Error::<Test>::ProposalNotFound);
    });
}

#[test]
fn an_approved_call_should_lapse_too() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        at(5_000 + LIFE);
        refused!(Participants::enact(signed(TRADER_1), OPERATORS, call.clone()), Error::<Test>::ProposalExpired);
        at(5_000 + LIFE - 1);
        assert_ok!(Participants::enact(signed(TRADER_1), OPERATORS, call));
    });
}

#[test]
fn enact_should_fail_when_one_of_the_two_no_longer_acts() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        at(5_000);
        assert_ok!(Participants::replace_account(by(Body::OperatorAndRegulator), OP_2, fresh(1), rights(&[])));
        refused!(Participants::enact(signed(TRADER_1), OPERATORS, call), Error::<Test>::ProposerLapsed);
    });
}

#[test]
fn withdraw_proposal_should_be_for_who_took_part_and_for_the_body_once_lapsed() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        let withdraw = |who| Participants::withdraw_proposal(signed(who), OPERATORS, hash(&call));
        assert_noop!(withdraw(OP_1), Error::<Test>::ProposalNotFound);
        propose(OP_1, &call);
        for who in [TRADER_1, REG_1, OUTSIDER, OP_2, OP_3] {
            assert_noop!(withdraw(who), Error::<Test>::NotAuthorized);
        }
        assert_ok!(withdraw(OP_1));
        expect_event(Event::Withdrawn { body: OPERATORS, hash: hash(&call), by: Some(OP_1) });
        // Each of the two that approved it may think better of it: its own approval is gone, and the delay begins anew.
        for who in [OP_1, OP_2] {
            propose(OP_1, &call);
            assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
            assert_noop!(withdraw(OP_3), Error::<Test>::NotAuthorized);
            assert_ok!(withdraw(who.clone()));
            expect_event(Event::ApprovalWithdrawn { body: OPERATORS, hash: hash(&call), by: who.clone() });
            let left = Proposals::<Test>::get(OPERATORS);
            assert_eq!((left[0].approvals.len(), &left[0].state), (1, &ProposalState::Proposed));
            assert_noop!(withdraw(who.clone()), Error::<Test>::NotAuthorized);
            assert_ok!(withdraw(if who == OP_1 { OP_2 } else { OP_1 }));
            assert!(Proposals::<Test>::get(OPERATORS).is_empty());
        }
        propose(OP_1, &call);
        at(LIFE - 1);
        assert_noop!(withdraw(OP_3), Error::<Test>::NotAuthorized);
        at(LIFE);
        for who in [TRADER_1, REG_1, OUTSIDER] {
            assert_noop!(withdraw(who), Error::<Test>::NotAuthorized);
        }
        assert_ok!(withdraw(OP_3));
        propose(OP_1, &call);
        // Whoever approved does not make it live on by taking its approval back.
        at(2 * LIFE);
        assert_ok!(withdraw(OP_1));
        assert!(Proposals::<Test>::get(OPERATORS).is_empty());
    });
}

#[test]
fn withdraw_proposal_should_be_for_no_issuer_once_lapsed() {
    run(|| {
        let call: Box<RuntimeCall> =
            Box::new(crate::Call::<Test>::destroy_asset { asset: SHARE, reason: reason() }.into());
        let body = Body::IssuerAndRegulator;
        assert_ok!(Participants::propose(signed(REG_1), body, hash(&call)));
        assert_ok!(Participants::approve(signed(ISSUER_1), body, call.clone()));
        at(LIFE);
        let withdraw = |who| Participants::withdraw_proposal(signed(who), body, hash(&call));
        for who in [ISSUER_1, OP_1, TRADER_1] {
            assert_noop!(withdraw(who), Error::<Test>::NotAuthorized);
        }
        assert_ok!(withdraw(REG_2));
    });
}

// The invariants know that each role has room for twice its quorum.
#[test]
fn chain_c2_a_third_approval_should_be_within_the_invariants() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        for who in [OP_2, OP_3] {
            assert_ok!(Participants::approve(signed(who), OPERATORS, call.clone()));
        }
        assert_eq!(Proposals::<Test>::get(OPERATORS)[0].approvals.len(), 3);
        assert_ok!(Participants::do_try_state());
        // There is room for a fourth, and for no fifth.
        for (number, admitted) in [(1, true), (2, false)] {
            let both = by(Body::OperatorAndRegulator);
            assert_ok!(Participants::add_account(both, OPERATOR, fresh(number), None));
            let approve = Participants::approve(signed(fresh(number)), OPERATORS, call.clone());
            assert_eq!(approve.is_ok(), admitted);
        }
        let enough = Proposals::<Test>::get(OPERATORS);
        Proposals::<Test>::mutate(OPERATORS, |proposals| {
            let one_more = Approval { account: fresh(2), role: Role::Operator };
            proposals[0].approvals.try_push(one_more).unwrap();
        });
        assert!(Participants::do_try_state().is_err());
        Proposals::<Test>::insert(OPERATORS, enough);
    });
}

// A stolen key approves with two others, and takes that back at the last moment.
#[test]
fn chain_c2_a_third_approval_should_keep_a_decision_when_one_is_taken_back() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        for who in [OP_2, OP_3] {
            assert_ok!(Participants::approve(signed(who), OPERATORS, call.clone()));
        }
        expect_event(Event::ApprovalAdded { body: OPERATORS, hash: hash(&call), by: OP_3, role: Role::Operator });
        at(4_999);
        assert_ok!(Participants::withdraw_proposal(signed(OP_1), OPERATORS, hash(&call)));
        at(5_000);
        assert_ok!(Participants::enact(signed(TRADER_1), OPERATORS, call.clone()));
        assert_eq!(stored(), Some(vec![1]));
        // With two it is gone, and the delay begins with the next that approves.
        let call = only_root(2);
        propose(OP_1, &call);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        at(10_000);
        assert_ok!(Participants::withdraw_proposal(signed(OP_1), OPERATORS, hash(&call)));
        refused!(Participants::enact(signed(TRADER_1), OPERATORS, call.clone()), Error::<Test>::NotApproved);
        assert_ok!(Participants::approve(signed(OP_3), OPERATORS, call.clone()));
        refused!(Participants::enact(signed(TRADER_1), OPERATORS, call.clone()), Error::<Test>::TooEarly);
        at(15_000);
        assert_ok!(Participants::enact(signed(TRADER_1), OPERATORS, call));
    });
}

#[test]
fn withdraw_proposal_should_be_for_root_and_for_nobody_without_an_account() {
    run(|| {
        let call = only_root(1);
        propose(OP_1, &call);
        let withdraw = |origin| Participants::withdraw_proposal(origin, OPERATORS, hash(&call));
        assert_noop!(withdraw(RuntimeOrigin::none()), DispatchError::BadOrigin);
        assert_ok!(withdraw(RuntimeOrigin::root()));
        expect_event(Event::Withdrawn { body: OPERATORS, hash: hash(&call), by: None });
    });
}

#[test]
fn withdraw_proposal_should_be_for_the_role_when_one_that_took_part_no_longer_acts() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call = only_root(1);
        let withdraw = |who| Participants::withdraw_proposal(signed(who), OPERATORS, hash(&call));
        propose(OP_1, &call);
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
        assert_ok!(Participants::replace_account(by(Body::OperatorAndRegulator), OP_2, fresh(1), rights(&[])));
        assert_noop!(withdraw(OP_2), Error::<Test>::NotAuthorized);
        assert_noop!(withdraw(TRADER_1), Error::<Test>::NotAuthorized);
        assert_ok!(withdraw(OP_3));
    });
}

#[test]
fn a_stolen_key_should_not_veto_its_own_removal() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let call: Box<RuntimeCall> =
            Box::new(crate::Call::<Test>::remove_account { account: OP_1, successor: OP_3 }.into());
        let veto = || Participants::withdraw_proposal(signed(OP_1), OPERATORS, hash(&call));
        propose(OP_2, &call);
        assert_noop!(veto(), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::approve(signed(OP_3), OPERATORS, call));
        // At once, whatever the enactment delay is.
        assert_eq!(Participants::current_account(&OP_1), OP_3);
    });
}

/// Test helper: call that the mock runtime counts as a stop, such as a pause.
fn stop() -> Box<RuntimeCall> {
    Box::new(frame_system::Call::set_heap_pages { pages: 1 }.into())
}

/// Test helper: call that the mock runtime counts as the end of a stop.
fn undo() -> Box<RuntimeCall> {
    Box::new(frame_system::Call::remark_with_event { remark: vec![1] }.into())
}

fn enacted(body: Body, call: &RuntimeCall) -> bool {
    let events = System::events();
    events.iter().any(|record| {
        matches!(&record.event, RuntimeEvent::Participants(Event::Enacted { body: by, hash: of, .. })
            if *by == body && *of == hash(call))
    })
}

#[test]
fn chain_h6_two_operator_accounts_should_stop_at_once_and_change_after_the_delay() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        propose(OP_1, &stop());
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, stop()));
        assert!(enacted(OPERATORS, &stop()), "what only stops takes effect at once");

        propose(OP_1, &only_root(1));
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, only_root(1)));
        assert!(!enacted(OPERATORS, &only_root(1)), "what changes something waits");
        propose(OP_1, &undo());
        assert_ok!(Participants::approve(signed(OP_2), OPERATORS, undo()));
        assert!(!enacted(OPERATORS, &undo()), "two of the operator undo a stop only after the delay");
    });
}

#[test]
fn chain_h6_a_stop_should_be_undone_at_once_by_two_of_the_operator_and_one_of_the_regulator() {
    ExtBuilder::default().with_delay(5_000).build_and_execute(|| {
        let body = Body::OperatorAndOneRegulator;
        assert_ok!(Participants::propose(signed(REG_1), body, hash(&undo())));
        assert_ok!(Participants::approve(signed(OP_1), body, undo()));
        // A second of the regulator is one more than it takes, and stands for no operator; there is room for no third.
        assert_ok!(Participants::approve(signed(REG_2), body, undo()));
        refused!(Participants::approve(signed(REG_1B), body, undo()), Error::<Test>::AlreadyApproved);
        refused!(Participants::approve(signed(OP_1), body, undo()), Error::<Test>::OwnProposal);
        assert!(!enacted(body, &undo()));
        assert_ok!(Participants::approve(signed(OP_3), body, undo()));
        assert!(enacted(body, &undo()));
    });
}

#[test]
fn chain_m7_an_approval_should_never_be_the_signature_of_somebody_else() {
    ExtBuilder::default().build_and_execute(|| {
        // Two accounts of the operator set no status that is the regulator's, not even as root.
        for status in [Status::Sanctioned, Status::Revoked] {
            let call: Box<RuntimeCall> =
                Box::new(crate::Call::<Test>::set_status { participant: TRADER, status, reason: reason() }.into());
            propose(OP_1, &call);
            assert_ok!(Participants::approve(signed(OP_2), OPERATORS, call.clone()));
            let result = Err(Error::<Test>::NeedsOtherBody.into());
            expect_event(Event::Enacted { body: OPERATORS, hash: hash(&call), result });
            let as_root = Participants::set_status(RuntimeOrigin::root(), TRADER, status, reason());
            refused!(as_root, Error::<Test>::NeedsOtherBody);
        }
        assert_eq!(participant(TRADER).status, Status::Active);
    });
}

#[test]
fn a_body_should_decide_only_what_is_its_own() {
    run(|| {
        let acts = [Act::Stop, Act::Undo, Act::Status, Act::Governors, Act::Estate, Act::ClawBack(SHARE), Act::Root];
        let decided = |body| acts.iter().filter(|act| Plan::of(body, **act).is_some()).count();
        let counts = Body::ALL.map(decided);
        assert_eq!(counts, [5, 2, 2, 1, 1]);
        let as_root = |body| acts.iter().any(|act| Plan::of(body, *act).is_some_and(|plan| plan.as_root));
        assert_eq!(Body::ALL.map(as_root), [true, false, false, false, false]);
        let call = only_root(1);
        assert_ok!(Participants::propose(signed(REG_1), Body::Regulator, hash(&call)));
        refused!(Participants::approve(signed(REG_2), Body::Regulator, call), Error::<Test>::WrongBody);
        assert_eq!(stored(), None);
    });
}

#[test]
fn the_origin_of_a_body_should_be_no_other() {
    run(|| {
        type Together = EnsureApproved<crate::origins::ByOperator>;
        let origin = |body| RuntimeOrigin::from(Origin::Approved { body, issuer: None });
        assert_eq!(Together::ensure_origin(origin(Body::Operator)).ok(), Some(Body::Operator));
        for body in Body::ALL.into_iter().filter(|body| *body != Body::Operator) {
            assert!(Together::ensure_origin(origin(body)).is_err());
        }
        assert!(Together::ensure_origin(signed(OP_1)).is_err());
        assert!(Together::ensure_origin(RuntimeOrigin::root()).is_err());
    });
}

#[test]
fn an_issuer_alone_should_fill_no_list() {
    run(|| {
        let propose = Participants::propose(signed(ISSUER_1), Body::IssuerAndRegulator, hash(&stop()));
        assert_noop!(propose, Error::<Test>::NotAuthorized);
    });
}

#[test]
fn set_enactment_delay_should_be_roots_and_bounded() {
    run(|| {
        assert_noop!(Participants::set_enactment_delay(signed(OP_1), 1), DispatchError::BadOrigin);
        let too_long = Participants::set_enactment_delay(RuntimeOrigin::root(), MAX_DELAY + 1);
        assert_noop!(too_long, Error::<Test>::DelayTooLong);
        assert_ok!(Participants::set_enactment_delay(RuntimeOrigin::root(), MAX_DELAY));
        assert_eq!(EnactmentDelay::<Test>::get(), MAX_DELAY);
        expect_event(Event::EnactmentDelayChanged { old: 0, new: MAX_DELAY });
    });
}

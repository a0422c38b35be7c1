//! Faults that are planted in the stored state, and that `try_state` finds.

use super::helpers::*;
use crate::{
    decisions::{Approval, Body, Proposal, ProposalState},
    mandates::{Change, Place, PlaceId, Request},
    mock::*,
    Accounts, EnactmentDelay, Mandate, NextPlace, Places, Proposals, Registrations, Requests, RightsDelay,
};
use polkadot_sdk::*;

use frame_support::assert_ok;
use sp_runtime::TryRuntimeError;
use tandem_primitives::{AccountId, Capacity, ParticipantId, Right, Rights, Role};

/// A chain on which accounts were replaced, a change waits, and a call was approved that waits for its delay.
fn busy() {
    // Two places of which one joined the other, and one that was handed on.
    replace(TRADER_2, fresh(1));
    replace(fresh(1), fresh(2));
    replace(TRADER_1, fresh(3));
    replace(fresh(2), fresh(3));
    replace(BANK_1, fresh(4));
    let asked = Participants::request_rights(signed(fresh(3)), fresh(3), rights(&[Right::MoveAll]));
    assert_ok!(asked);
    EnactmentDelay::<Test>::put(1_000);
    let call = Box::new(RuntimeCall::from(frame_system::Call::set_storage { items: vec![] }));
    assert_ok!(Participants::propose(signed(OP_1), Body::Operator, Participants::call_hash(&call)));
    // One more may approve than the body needs: it takes the place of one that thinks better of it.
    for account in [OP_2, OP_3] {
        assert_ok!(Participants::approve(signed(account), Body::Operator, call.clone()).map_err(|failed| failed.error));
    }
}

/// Plants a fault in a state without any, and expects it to be found.
#[track_caller]
fn found(fault: &'static str, plant: impl FnOnce()) {
    ExtBuilder::default().build().execute_with(|| {
        busy();
        assert_eq!(Participants::do_try_state(), Ok(()));
        plant();
        assert_eq!(Participants::do_try_state(), Err(TryRuntimeError::Other(fault)));
    });
}

fn in_proposal(change: impl FnOnce(&mut Proposal)) {
    Proposals::<Test>::mutate(Body::Operator, |proposals| change(&mut proposals[0]));
}

fn in_request(change: impl FnOnce(&mut Request)) {
    Requests::<Test>::mutate(TRADER, |requests| change(&mut requests[0]));
}

/// Test helper: makes the planted request ask for `change`, with the hash of that.
fn asked(change: Change) {
    in_request(|request| {
        request.hash = Participants::change_hash(&change);
        request.change = change;
    });
}

fn hand_to(account: AccountId, change: impl FnOnce(&mut crate::AccountRecord)) {
    Accounts::<Test>::mutate_extant(account, change);
}

#[test]
fn a_broken_proposal_should_be_found() {
    found("P8: nobody approves a call that waits", || in_proposal(|proposal| proposal.approvals.clear()));
    found("P8: an account approves in a role that the body does not have", || {
        in_proposal(|proposal| proposal.approvals[0].role = Role::Regulator)
    });
    found("P8: an unknown account has approved a call", || {
        in_proposal(|proposal| proposal.approvals[0].account = OUTSIDER)
    });
    found("P8: an account has approved a call twice", || {
        in_proposal(|proposal| proposal.approvals[0].account = proposal.approvals[1].account.clone())
    });
    found("P8: a call has more approvals than there is room for", || {
        in_proposal(|proposal| {
            for account in [TRADER_1, BANK_1] {
                proposal.approvals.try_push(Approval { account, role: Role::Operator }).unwrap();
            }
        })
    });
    found("P8: a proposal outlives its life", || {
        in_proposal(|proposal| {
            proposal.state = ProposalState::Proposed;
            proposal.until = START + LIFE + 1;
        })
    });
    let longest = MAX_DELAY.max(ESTATE_DELAY);
    found("P8: an approved call waits longer than it may", || {
        in_proposal(|proposal| {
            proposal.state = ProposalState::Approved { enact_after: START + longest + 1, veto: None };
            proposal.until = START + longest + 1 + LIFE;
        })
    });
    found("P8: an approved call has another life than any", || in_proposal(|proposal| proposal.until += 1));
    found("P8: a role that does not govern may veto a call", || {
        in_proposal(|proposal| {
            proposal.state = ProposalState::Approved { enact_after: START + 1_000, veto: Some(Role::Trader) }
        })
    });
}

#[test]
fn a_broken_place_should_be_found() {
    let place = |account: AccountId| record(&account).place.unwrap();
    found("P5: a place has a number that was not given yet", || NextPlace::<Test>::mutate(|next| next.0 -= 1));
    found("P5: a place is missing", || NextPlace::<Test>::mutate(|next| next.0 += 1));
    found("P5: an account in use does not hold its place", || Places::<Test>::remove(place(fresh(4))));
    found("P5: a replaced account leads nowhere", || hand_to(BANK_1, |record| record.place = None));
    found("P5: a place leads nowhere", || {
        // Of no account any more, and it points at nothing.
        NextPlace::<Test>::mutate(|next| next.0 += 1);
        Places::<Test>::insert(PlaceId(NextPlace::<Test>::get().0 - 1), Place::Joined(PlaceId(99)));
    });
    found("P5: places lead in a circle, or too far", || {
        let next = NextPlace::<Test>::mutate(|next| {
            next.0 += 1;
            PlaceId(next.0 - 1)
        });
        Places::<Test>::insert(next, Place::Joined(next));
    });
    found("P5: a place is farther from its holder than the rank says", || {
        Places::<Test>::insert(place(fresh(3)), Place::Held { by: fresh(3), rank: 0 })
    });
    found("P5: an account in use does not hold its place", || {
        Places::<Test>::insert(place(fresh(4)), Place::Held { by: CUSTODIAN_1, rank: 0 })
    });
    found("P5: the holder of a place does not know of it", || {
        hand_to(fresh(4), |record| record.place = None);
    });
    found("P5: accounts have replaced each other in a circle", || {
        hand_to(fresh(1), |record| record.replaced_by = Some(TRADER_2))
    });
    found("P5: a replaced account and its place lead to two accounts", || {
        hand_to(BANK_1, |record| record.replaced_by = Some(CUSTODIAN_1))
    });
}

#[test]
fn a_broken_request_should_be_found() {
    found("P15: an empty list of changes is kept", || {
        Requests::<Test>::insert(TRADER, frame_support::BoundedVec::default())
    });
    found("P15: a change has another hash", || in_request(|request| request.hash = Default::default()));
    found("P15: a change was asked for in a time to come", || in_request(|request| request.at = START + 1));
    found("P15: a change is due before it was asked for", || in_request(|request| request.not_before = START - 1));
    found("P15: a change waits longer than any may", || {
        in_request(|request| {
            request.not_before += 1;
            request.until += 1;
        })
    });
    found("P15: a change has another life than any", || in_request(|request| request.until += 1));
    found("P15: a stranger asked for a change", || in_request(|request| request.by = Some(BANK_1)));
    found("P15: operator and regulator ask for who administers, and for nothing else", || {
        in_request(|request| request.by = None)
    });
    found("P15: one account decided alone", || in_request(|request| request.approved_by = request.by.clone()));
    // A right that two accounts want is given at once.
    let two = "P15: a change that two accounts wanted still waits, or a stranger wanted it";
    found(two, || in_request(|request| request.approved_by = Some(TRADER_2)));
    let replacement = || Change::Replacement { old: fresh(3), new: fresh(9), rights: Rights::NONE };
    found(two, || {
        asked(replacement());
        in_request(|request| request.approved_by = Some(BANK_1));
    });
    let stranger = || CUSTODIAN_1;
    for (fault, change) in [
        (
            "P15: a right is asked for an account of another",
            Change::Grant { account: stranger(), rights: Rights::NONE.with(Right::Move) },
        ),
        (
            "P15: an account of another would be replaced",
            Change::Replacement { old: stranger(), new: fresh(9), rights: Rights::NONE },
        ),
        (
            "P15: an account of another would administer",
            Change::Administrator { account: stranger(), administers: true },
        ),
        (
            "P15: a mandate is asked for an unknown agent",
            Change::Mandate { agent: ParticipantId(99), capacity: Capacity::Payment, mandate: Mandate::widest() },
        ),
    ] {
        found(fault, || asked(change));
    }
}

#[test]
fn a_broken_delay_should_be_found() {
    found("P14: the delay of rights is too long", || RightsDelay::<Test>::put(RIGHTS_DELAY + 1));
    found("P14: the enactment delay is too long", || EnactmentDelay::<Test>::put(MAX_DELAY + 1));
    found("P14: an unknown account has registered participants", || Registrations::<Test>::insert(OUTSIDER, (1, 1)));
    found("P14: participants were registered on a day to come", || {
        Registrations::<Test>::insert(OP_1, (Participants::today() + 1, 1))
    });
    found("P14: an account has registered more than it may", || {
        Registrations::<Test>::insert(OP_1, (Participants::today(), DAILY + 1))
    });
}

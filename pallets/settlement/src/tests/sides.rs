//! Tests of trades between accounts of one participant, which is then a party with each of them.

use super::helpers::*;
use crate::{mock::*, Affirmation, Error, Event, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    sp_runtime::DispatchResult,
};
use tandem_primitives::{
    AccountId, BlockingReason, Capacity, InstructionId, Outcome, PartyTerms, Policy, Quantity, Term, Terms,
    VersionedTerms,
};

/// Test helper: terms of shares from the seller's first account to its second, which pays for them.
fn own_trade() -> Terms {
    let legs = vec![leg(SHARE, 1_000, SELLER, SELLER_2), leg(EURO, 10_000, SELLER_2, SELLER)];
    leave_with(EURO, &SELLER_2, 10_000);
    with_legs(10, legs)
}

/// Test helper: party terms of a signer that affirms for this account.
fn side(account: &AccountId, policy: Policy) -> PartyTerms {
    PartyTerms { account: Some(account.clone()), ..party(policy) }
}

fn affirm_for(who: &AccountId, id: InstructionId, own: PartyTerms, reserve: Option<Quantity>) -> DispatchResult {
    let hash = Affirmation::Hash(open(id).terms_hash);
    Settlement::affirm(by(who), id, hash, own, reserve).map(|_| ()).map_err(|failure| failure.error)
}

#[test]
fn net_p8_trade_of_one_participant_should_be_affirmed_once_for_each_side() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&own_trade(), Policy::Npar, 10);
        let stored = open(id);
        let sides: Vec<_> = stored.parties.iter().map(|party| (party.account.clone(), party.affirmed)).collect();
        assert_eq!(sides, [(Some(SELLER), true), (Some(SELLER_2), false)]);
        assert_eq!((stored.state, reserved(id)), (State::Proposed, vec![10, 0]), "only this side gives now");
        let (participant, account, reference) = (SELLER_ID, Some(SELLER_2), trade_1());
        assert!(events().contains(&Event::InstructionAlleged { id, participant, account, by: SELLER, reference }));
        assert_eq!(Settlement::allegements(SELLER_ID), [id]);
        assert!(Settlement::blocking_reasons(id).contains(&BlockingReason::NotAffirmed(SELLER_ID)));
        // The side that has agreed does not agree for the other one.
        assert_eq!(affirm_for(&SELLER, id, party(Policy::Npar), None), Err(Error::<Test>::AlreadyAffirmed.into()));
        assert_ok!(affirm_for(&SELLER_2, id, party(Policy::Npar), Some(Quantity::UpTo(10))));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!((balance(SHARE, &SELLER_2), balance(EURO, &SELLER)), (1_000, 10_000));
    });
}

#[test]
fn net_p8_side_that_is_held_back_or_differs_should_not_settle() {
    ExtBuilder.build_and_execute(|| {
        let terms = own_trade();
        let id = instructed(&terms, Policy::Npar, 10);
        let mut theirs = terms;
        theirs.legs[1].amount = 9_000;
        let terms = Affirmation::Terms(VersionedTerms::V1(theirs));
        events();
        assert_ok!(Settlement::affirm(by(&SELLER_2), id, terms, party(Policy::Npar), Some(Quantity::UpTo(10))));
        let (participant, account, fields) = (SELLER_ID, Some(SELLER_2), vec![Term::Amount]);
        let failed = Event::MatchFailed { id, participant, account, fields, by: SELLER_2, reference: trade_1() };
        assert_eq!(events(), [failed]);
        // Agreed, and nothing reserved for this side: it waits, and expires.
        assert_ok!(affirm_for(&SELLER_2, id, party(Policy::Npar), None));
        assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![10, 0]));
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_eq!((balance(SHARE, &SELLER), balance(EURO, &SELLER_2)), (OPENING, 10_000));
    });
}

#[test]
fn net_p8_each_side_should_have_its_own_policy() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&own_trade(), Policy::Part, 6);
        assert_ok!(affirm_for(&SELLER_2, id, party(Policy::Npar), Some(Quantity::Exactly(6))));
        let policies = || open(id).parties.iter().map(|party| party.policy).collect::<Vec<_>>();
        assert_eq!(policies(), [Policy::Part, Policy::Npar]);
        assert_ok!(release(&SELLER, id, DELIVERY, 1));
        assert_ok!(Settlement::set_party(by(&SELLER_2), id, party(Policy::Part)));
        assert_eq!(policies(), [Policy::Part, Policy::Part]);
        assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::Irrevocable);
    });
}

#[test]
fn net_p8_agent_should_name_the_side() {
    ExtBuilder.build_and_execute(|| {
        appoint(&SELLER, BANK_ID, Capacity::Payment);
        let id = instructed(&own_trade(), Policy::Npar, 10);
        let own = |account: Option<&AccountId>| PartyTerms {
            on_behalf_of: Some(SELLER_ID),
            account: account.cloned(),
            ..party(Policy::Npar)
        };
        // Its own account is no side of the trade.
        assert_eq!(affirm_for(&BANK, id, own(None), None), Err(Error::<Test>::NotAuthorized.into()));
        assert_eq!(affirm_for(&BANK, id, own(Some(&BUYER)), None), Err(Error::<Test>::NotAuthorized.into()));
        assert_ok!(affirm_for(&BANK, id, own(Some(&SELLER_2)), Some(Quantity::UpTo(10))));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
    });
}

#[test]
fn net_p8_participant_should_stay_one_party_where_no_leg_is_between_its_accounts() {
    ExtBuilder.build_and_execute(|| {
        let legs = vec![leg(SHARE, 1_000, SELLER, BUYER), leg(EURO, 10_000, BUYER, SELLER_2)];
        let id = instructed(&with_legs(10, legs), Policy::Npar, 10);
        let parties: Vec<_> = open(id).parties.into_iter().map(|party| (party.participant, party.account)).collect();
        assert_eq!(parties, [(SELLER_ID, None), (BUYER_ID, None)]);
        assert_ok!(affirm(id, Policy::Npar, 10));
        assert_eq!((outcome(id), balance(EURO, &SELLER_2)), ((Outcome::Settled, 10), 10_000));
    });
}

#[test]
fn net_p8_replaced_side_should_be_agreed_by_the_account_that_has_its_place() {
    ExtBuilder.build_and_execute(|| {
        let new = AccountId::new([150; 32]);
        let id = instructed(&own_trade(), Policy::Npar, 10);
        replace(&SELLER_2, &SELLER, &new);
        assert_ok!(affirm_for(&new, id, party(Policy::Npar), None));
        assert_eq!(open(id).state, State::Matched);
        // Where both have become one, each side is named.
        let other = named(own_trade_of(&new), "B");
        let again = instructed(&other, Policy::Npar, 0);
        replace(&SELLER, &new, &new);
        assert_ok!(affirm_for(&new, again, side(&new, Policy::Npar), None));
        assert_eq!(open(again).state, State::Matched);
    });
}

/// Test helper: the terms of [`own_trade`] with another second account.
fn own_trade_of(second: &AccountId) -> Terms {
    let legs = vec![leg(SHARE, 1_000, SELLER, second.clone()), leg(EURO, 10_000, second.clone(), SELLER)];
    with_legs(10, legs)
}

#[test]
fn net_p8_account_without_move_all_should_agree_for_its_own_side_only() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&own_trade(), Policy::Npar, 10);
        let kept = vec![tandem_primitives::Right::Trade, tandem_primitives::Right::Move];
        assert_ok!(Participants::lower_rights(by(&SELLER), SELLER, kept.try_into().expect("two; qed")));
        let refused = Err(Error::<Test>::NotAuthorized.into());
        assert_eq!(affirm_for(&SELLER, id, side(&SELLER_2, Policy::Npar), None), refused);
        let again = named(own_trade(), "AGAIN");
        assert_eq!(instruct_as(&SELLER, &again, side(&SELLER_2, Policy::Npar)), refused);
        // Its own side it agrees.
        assert_ok!(instruct_as(&SELLER, &again, party(Policy::Npar)));
        let own = Settlement::set_party(by(&SELLER), id, side(&SELLER_2, Policy::Npar));
        assert_noop!(own, Error::<Test>::NotAuthorized);
        assert_ok!(Participants::request_rights(by(&SELLER_2), SELLER, all_rights()));
        assert_ok!(affirm_for(&SELLER, id, side(&SELLER_2, Policy::Npar), None));
        assert_eq!(open(id).state, State::Matched);
    });
}

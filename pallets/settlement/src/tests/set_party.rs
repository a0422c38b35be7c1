use super::helpers::*;
use crate::{mock::*, Error, Event, OwnTerms, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use tandem_primitives::{AccountId, Capacity, Execution, InstructionId, Outcome, PartyTerms, Policy, Quantity, Status};

fn set_party(who: &AccountId, id: InstructionId, policy: Policy) -> DispatchResultWithPostInfo {
    Settlement::set_party(by(who), id, party(policy))
}

#[test]
fn set_party_should_change_what_is_the_partys_own_and_nothing_of_the_others() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 0, 0);
        let buyer = party_of(id, BUYER_ID);
        events();
        let own = PartyTerms { priority: 9, reference: reference("MINE"), ..party(Policy::Parq { min_lots: 5 }) };
        let before = OwnTerms::from(party(Policy::Part));
        assert_ok!(Settlement::set_party(by(&SELLER), id, own.clone()));
        let (participant, account, old, new) = (SELLER_ID, None, before, own.into());
        let changed = Event::PartyChanged { id, participant, account, old, new, by: SELLER, reference: trade_1() };
        assert_eq!(events(), [changed]);
        let seller = party_of(id, SELLER_ID);
        assert_eq!((seller.policy, seller.priority), (Policy::Parq { min_lots: 5 }, 9));
        assert_eq!(seller.reference, reference("MINE"));
        assert_eq!(party_of(id, BUYER_ID), buyer);
    });
}

#[test]
fn set_party_should_be_possible_before_the_others_affirm() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Npar, 6);
        assert_ok!(set_party(&SELLER, id, Policy::Part));
        assert_noop!(set_party(&BUYER, id, Policy::Part), Error::<Test>::NotAffirmed);
        assert_ok!(affirm(id, Policy::Part, 4));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_moved(400, 4_000, (200, 0));
    });
}

#[test]
fn set_party_should_commit_what_a_looser_policy_takes() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 6, 5);
        assert_ok!(set_party(&SELLER, id, Policy::Part));
        assert_eq!(open(id).points.irrevocable, None);
        events();
        assert_ok!(set_party(&BUYER, id, Policy::Part));
        assert!(events().contains(&Event::Irrevocable { id, lots: 5, by: Some(BUYER), reference: trade_1() }));
        assert_eq!(open(id).points.irrevocable, Some(1));
        assert_noop!(release(&SELLER, id, DELIVERY, 2), Error::<Test>::Irrevocable);
        assert_ok!(release(&SELLER, id, DELIVERY, 1));
    });
}

#[test]
fn set_party_should_fail_when_a_covered_part_would_be_refused_afterwards() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 4);
        // The way out: get the other one to reserve, then ask for more than it can.
        for who in [SELLER, BUYER] {
            assert_noop!(set_party(&who, id, Policy::Npar), Error::<Test>::Irrevocable);
            assert_noop!(set_party(&who, id, Policy::Parq { min_lots: 5 }), Error::<Test>::Irrevocable);
            // Not a looser one either: the policy stands.
            assert_noop!(set_party(&who, id, Policy::Parq { min_lots: 1 }), Error::<Test>::Irrevocable);
        }
        // What binds nobody can still change.
        let own = PartyTerms { policy: Policy::Part, priority: 2, ..PartyTerms::default() };
        assert_ok!(Settlement::set_party(by(&SELLER), id, own));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_moved(400, 4_000, (200, 0));
    });
}

#[test]
fn set_party_should_fail_once_a_tranche_has_formed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        assert_eq!(open(id).state, State::Formed { lots: 10 });
        assert_noop!(set_party(&SELLER, id, Policy::Part), Error::<Test>::WrongState);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_noop!(set_party(&SELLER, id, Policy::Part), Error::<Test>::WrongState);
    });
}

#[test]
fn set_party_should_fail_between_two_tranches() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 3, 3);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_eq!((open(id).state, open(id).settled), (State::Matched, 3));
        assert_noop!(set_party(&SELLER, id, Policy::Npar), Error::<Test>::WrongState);
    });
}

#[test]
fn set_party_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 6, 6);
            at(after_start);
            assert_eq!(set_party(&SELLER, id, Policy::Part).is_ok(), in_time);
            if !in_time {
                assert_noop!(set_party(&SELLER, id, Policy::Part), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn set_party_should_fail_when_the_policy_cannot_be_met() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 0, 0);
        assert_noop!(set_party(&SELLER, id, Policy::Parq { min_lots: 11 }), Error::<Test>::MinimumNotPossible);
        let secret = matched(&dvp(10, hashlock()), Policy::Npar, 0, 0);
        assert_noop!(set_party(&SELLER, secret, Policy::Part), Error::<Test>::PartialWithHashlock);
    });
}

#[test]
fn set_party_should_fail_for_who_may_not() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 0, 0);
        for who in [THIRD, OUTSIDER, MANAGER, OPERATOR] {
            assert_noop!(set_party(&who, id, Policy::Npar), Error::<Test>::NotAuthorized);
        }
        let for_buyer = for_party(BUYER_ID, Policy::Npar);
        assert_noop!(Settlement::set_party(by(&SELLER), id, for_buyer), Error::<Test>::NotAuthorized);
        assert_noop!(set_party(&SELLER, InstructionId::default(), Policy::Npar), Error::<Test>::NotFound);
        set_status(SELLER_ID, Status::Suspended);
        assert_noop!(set_party(&SELLER, id, Policy::Npar), Error::<Test>::NotActive);
        set_status(SELLER_ID, Status::Active);
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&BUYER, id));
        assert_noop!(set_party(&SELLER, id, Policy::Npar), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn set_party_should_let_an_agent_act_for_an_active_party() {
    ExtBuilder.build_and_execute(|| {
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 6, 6);
        let own = for_party(SELLER_ID, Policy::Part);
        assert_ok!(Settlement::set_party(by(&CUSTODIAN), id, own.clone()));
        assert_eq!(party_of(id, SELLER_ID).policy, Policy::Part);
        set_status(SELLER_ID, Status::Suspended);
        assert_noop!(Settlement::set_party(by(&CUSTODIAN), id, own.clone()), Error::<Test>::PartyNotActive);
        set_status(SELLER_ID, Status::Active);
        dismiss(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        assert_noop!(Settlement::set_party(by(&CUSTODIAN), id, own), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn set_party_should_hold_the_strictest_of_all_policies() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 6, 6);
        assert_ok!(set_party(&SELLER, id, Policy::Parq { min_lots: 3 }));
        // At least 5,000 now and at least 5,000 later: five lots and nothing else but the whole.
        assert_ok!(set_party(&BUYER, id, Policy::Parc { leg: PAYMENT, min_amount: 5_000 }));
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_moved(500, 5_000, (100, 1_000));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(4)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(4)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

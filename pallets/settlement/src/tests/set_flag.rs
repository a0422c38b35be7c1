use super::helpers::*;
use crate::{mock::*, types::MAX_FLAGS, Error, Event, FlagSource, State};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    AccountId, Execution, FlagKind, InstructionId, Outcome, Policy, Quantity, Role, Status, Terms,
};

/// Test helper: terms and accounts of eight traders, each of which gives one share to the next.
fn ring() -> (Terms, Vec<AccountId>) {
    let accounts = traders(8);
    let around = accounts.iter().cycle().skip(1).zip(&accounts);
    let legs: Vec<_> = around.map(|(to, from)| leg(SHARE, 1, from.clone(), to.clone())).collect();
    let mut terms = dvp(1, Execution::Immediate);
    terms.legs = legs.try_into().expect("eight; qed");
    (terms, accounts)
}

#[test]
fn set_flag_of_a_party_should_hold_back_what_would_form_and_bind_nobody() {
    for (name, execution) in [("A", Execution::Immediate), ("B", Execution::OnToken), ("C", by_manager(MANAGER_BY))] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&named(dvp(10, execution), name), Policy::Npar, 10, 0);
            events();
            assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
            let kind = FlagKind::Party(SELLER_ID);
            let (reason, reference) = (because("checking"), reference(name));
            assert_eq!(events(), [Event::FlagSet { id, kind, reason, by: SELLER, reference }]);
            assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(10)));
            assert!(matches!(events().as_slice(), [Event::Reserved { .. }]), "it reserves, and nothing follows");
            assert_eq!((open(id).state, open(id).points.irrevocable), (State::Matched, None));
            assert_eq!(Settlement::preview_tranche(id), None);
            assert_moved(0, 0, (1_000, 10_000));
            // Neither has bound itself: each takes back what it wants.
            assert_ok!(release(&BUYER, id, PAYMENT, 10));
            assert_ok!(release(&SELLER, id, DELIVERY, 3));
            assert_moved(0, 0, (700, 0));
        });
    }
}

#[test]
fn set_flag_of_a_party_should_be_no_option_on_what_the_other_has_reserved() {
    ExtBuilder.build_and_execute(|| {
        // The buyer's cash is in escrow when the seller holds back, and then reserves.
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 0, 10);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)));
        at(PARTIAL_FROM);
        for who in [SELLER, BUYER] {
            assert_noop!(settle_part(&who, id), Error::<Test>::Blocked);
        }
        // The buyer holds back too, and neither needs the other to let go.
        assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
        assert_ok!(release(&BUYER, id, PAYMENT, 10));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(4)));
        assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
        assert_noop!(settle_part(&SELLER, id), Error::<Test>::Blocked);
        assert_ok!(Settlement::set_party(by(&BUYER), id, party(Policy::Parq { min_lots: 2 })));
        // At the time the flag still stands, whatever is covered.
        at(RESERVE_BY);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn set_flag_should_hold_a_later_tranche_back_for_good_at_reserve_by() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 5, 5);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&SELLER, id));
        assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(5)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(5)));
        assert_eq!(open(id).state, State::Matched);
        at(RESERVE_BY);
        assert_ok!(settle_part(&THIRD, id));
        assert_eq!(outcome(id), (Outcome::PartiallySettled, 5));
        assert_moved(500, 5_000, (0, 0));
    });
}

#[test]
fn set_flag_should_fail_for_a_party_once_a_part_is_committed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 5, 0);
        assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(1)));
        // Nothing is committed while the buyer holds back, so that the seller may hold back as well.
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
        assert_ok!(clear_flag(&SELLER, id, FlagSource::Party));
        assert_eq!(open(id).points.irrevocable, None);
        events();
        assert_ok!(clear_flag(&BUYER, id, FlagSource::Party));
        let kind = FlagKind::Party(BUYER_ID);
        let cleared = Event::FlagCleared { id, kind, by: BUYER, reference: trade_1() };
        assert_eq!(events(), [cleared, Event::Irrevocable { id, lots: 1, by: Some(BUYER), reference: trade_1() }]);
        for who in [SELLER, BUYER] {
            assert_noop!(set_flag(&who, id, FlagSource::Party), Error::<Test>::Irrevocable);
        }
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        assert_noop!(set_flag(&SELLER, id, FlagSource::Party), Error::<Test>::Irrevocable);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_noop!(set_flag(&BUYER, id, FlagSource::Party), Error::<Test>::Irrevocable);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_moved(100, 1_000, (400, 0));
        // Of what is left nothing is covered: the next tranche may be held back again.
        assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
    });
}

#[test]
fn set_flag_should_fail_for_a_party_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 5, 0);
            at(after_start);
            if in_time {
                assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
            } else {
                assert_noop!(set_flag(&SELLER, id, FlagSource::Party), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn set_flag_of_an_independent_manager_should_be_for_the_one_that_the_terms_name() {
    ExtBuilder.build_and_execute(|| {
        let managed = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
        let another = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
        let roles = vec![Role::SettlementManager].try_into().expect("one; qed");
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), THIRD_ID, roles));
        assert_noop!(set_flag(&THIRD, managed, FlagSource::Independent), Error::<Test>::NotAuthorized);
        assert_noop!(set_flag(&MANAGER, another, FlagSource::Independent), Error::<Test>::NotAuthorized);
        assert_ok!(set_flag(&MANAGER, managed, FlagSource::Independent));
        assert_noop!(settle(&MANAGER, managed, None), Error::<Test>::Blocked);
    });
}

#[test]
fn set_flag_should_be_possible_for_the_authorities_at_any_time() {
    for (who, source, kind) in [
        (OPERATOR, FlagSource::Operator, FlagKind::Operator),
        (REGULATOR, FlagSource::Authority, FlagKind::Authority),
        (MANAGER, FlagSource::Independent, FlagKind::Independent(MANAGER_ID)),
    ] {
        ExtBuilder.build_and_execute(|| {
            let proposed = instructed(&named(dvp(10, by_manager(MANAGER_BY)), "P"), Policy::Part, 10);
            assert_ok!(set_flag(&who, proposed, source));
            assert_eq!(open(proposed).flags.first().map(|flag| flag.kind), Some(kind));
            if source == FlagSource::Independent {
                return;
            }
            let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 10);
            assert_ok!(execute(&BUYER, id, DELIVERY));
            assert_ok!(set_flag(&who, id, source));
            assert_eq!(open(id).flags.first().map(|flag| flag.kind), Some(kind));
            assert_noop!(execute(&SELLER, id, PAYMENT), Error::<Test>::Blocked);
            // It extends no deadline and stops no completion.
            at(DEADLINE);
            assert_ok!(expire(&THIRD, id));
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            assert_moved(1_000, 10_000, (1_000, 0));
        });
    }
}

#[test]
fn set_flag_should_fail_for_who_has_not_that_capacity() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 5, 0);
        for (who, source) in [
            (THIRD, FlagSource::Party),
            (MANAGER, FlagSource::Party),
            (OUTSIDER, FlagSource::Party),
            (SELLER, FlagSource::Operator),
            (REGULATOR, FlagSource::Operator),
            (OPERATOR, FlagSource::Authority),
            (BUYER, FlagSource::Authority),
            (SELLER, FlagSource::Independent),
            (REGULATOR, FlagSource::Independent),
        ] {
            assert_noop!(set_flag(&who, id, source), Error::<Test>::NotAuthorized);
        }
        // A manager that is a party is not independent of it.
        let roles = vec![Role::Trader, Role::SettlementManager].try_into().expect("two; qed");
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), SELLER_ID, roles));
        assert_noop!(set_flag(&SELLER, id, FlagSource::Independent), Error::<Test>::NotAuthorized);
        set_status(SELLER_ID, Status::Suspended);
        assert_noop!(set_flag(&SELLER, id, FlagSource::Party), Error::<Test>::NotActive);
        assert_noop!(set_flag(&BUYER, InstructionId::default(), FlagSource::Party), Error::<Test>::NotFound);
        assert_ok!(cancel(&SELLER, id));
        assert_ok!(cancel(&BUYER, id));
        assert_noop!(set_flag(&BUYER, id, FlagSource::Party), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn set_flag_should_fail_when_the_same_one_is_set() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 5, 0);
        for (who, source) in [
            (SELLER, FlagSource::Party),
            (BUYER, FlagSource::Party),
            (OPERATOR, FlagSource::Operator),
            (REGULATOR, FlagSource::Authority),
            (MANAGER, FlagSource::Independent),
        ] {
            assert_ok!(set_flag(&who, id, source));
            assert_noop!(set_flag(&who, id, source), Error::<Test>::FlagAlreadySet);
        }
        assert_noop!(set_flag(&SELLER_2, id, FlagSource::Party), Error::<Test>::FlagAlreadySet);
        assert_eq!(open(id).flags.len(), 5);
    });
}

#[test]
fn set_flag_should_keep_room_for_the_authorities_however_many_parties_hold_back() {
    ExtBuilder.build_and_execute(|| {
        let (terms, accounts) = ring();
        let [first, .., last] = accounts.as_slice() else { panic!("eight") };
        let terms = Terms { execution: by_manager(MANAGER_BY), ..terms };
        assert_ok!(instruct_as(first, &terms, party(Policy::Npar)));
        let id = id_of(&terms, first);
        let most = MAX_FLAGS as usize - 2;
        for account in &accounts[..most] {
            assert_ok!(set_flag(account, id, FlagSource::Party));
        }
        assert_noop!(set_flag(last, id, FlagSource::Party), Error::<Test>::TooManyFlags);
        assert_noop!(set_flag(&MANAGER, id, FlagSource::Independent), Error::<Test>::TooManyFlags);
        assert_ok!(set_flag(&REGULATOR, id, FlagSource::Authority));
        assert_noop!(set_flag(last, id, FlagSource::Party), Error::<Test>::TooManyFlags);
        assert_ok!(set_flag(&OPERATOR, id, FlagSource::Operator));
        assert_eq!(open(id).flags.len(), MAX_FLAGS as usize);
        assert_ok!(clear_flag(first, id, FlagSource::Party));
        assert_ok!(set_flag(last, id, FlagSource::Party));
    });
}

#[test]
fn chain_m4_party_should_set_no_flag_but_its_own_whatever_its_other_roles() {
    for (role, source) in [
        (Role::Operator, FlagSource::Operator),
        (Role::Regulator, FlagSource::Authority),
        (Role::SettlementManager, FlagSource::Independent),
    ] {
        ExtBuilder.build_and_execute(|| {
            let roles = vec![Role::Trader, role].try_into().expect("two; qed");
            let governs = [Role::Operator, Role::Regulator].contains(&role);
            let both = || together(pallet_participants::Body::OperatorAndRegulator);
            let by = if governs { both() } else { RuntimeOrigin::root() };
            assert_ok!(Participants::set_roles(by, SELLER_ID, roles));
            let execution = Execution::ByManager { manager: SELLER, manager_by: START + MANAGER_BY };
            let managed = source == FlagSource::Independent;
            let terms = dvp(10, if managed { execution } else { Execution::OnToken });
            let id = matched(&terms, Policy::Npar, 10, 10);
            assert_noop!(set_flag(&SELLER, id, source), Error::<Test>::NotAuthorized);
            assert_noop!(set_flag(&SELLER, id, FlagSource::Party), Error::<Test>::Irrevocable);
        });
    }
}

#[test]
fn chain_m4_party_should_clear_no_flag_of_the_manager_whatever_its_other_roles() {
    for role in [Role::Operator, Role::Regulator] {
        ExtBuilder.build_and_execute(|| {
            let roles = vec![Role::Trader, role].try_into().expect("two; qed");
            assert_ok!(Participants::set_roles(
                together(pallet_participants::Body::OperatorAndRegulator),
                SELLER_ID,
                roles
            ));
            let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Npar, 10, 10);
            assert_ok!(set_flag(&MANAGER, id, FlagSource::Independent));
            assert_noop!(clear_flag(&SELLER, id, FlagSource::Independent), Error::<Test>::NotAuthorized);
            assert_ok!(clear_flag(&OPERATOR, id, FlagSource::Independent));
        });
    }
}

#[test]
fn chain_m4_no_flag_should_be_set_or_cleared_from_the_deadline_on() {
    for (after_start, in_time) in [(DEADLINE - 1, true), (DEADLINE, false), (DEADLINE + 1, false)] {
        for (who, source) in [(OPERATOR, FlagSource::Operator), (REGULATOR, FlagSource::Authority)] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
                let other = matched(&named(dvp(10, Execution::OnToken), "O"), Policy::Npar, 10, 10);
                assert_ok!(set_flag(&who, other, source));
                at(after_start);
                assert_eq!(set_flag(&who, id, source).is_ok(), in_time);
                assert_eq!(clear_flag(&who, other, source).is_ok(), in_time);
                if !in_time {
                    assert_noop!(set_flag(&who, id, source), Error::<Test>::TooLate);
                    assert_noop!(clear_flag(&who, other, source), Error::<Test>::TooLate);
                }
            });
        }
    }
}

//! Tests of trades across two networks before anything is committed.

use super::helpers::*;
use crate::{mock::*, Ends, Error, Event, FlagSource, Instructions, LegState, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    sp_core::H256,
    sp_runtime::DispatchError,
};
use tandem_primitives::{
    AccountId, AssetId, BlockingReason, Execution, LegIndex, NetworkIndex, Outcome, Policy, Quantity, Terms,
    TermsFault, TokenStatus, TwoNetworks, VersionedTerms,
};

fn refusal(change: impl FnOnce(&mut Terms, &mut TwoNetworks)) -> DispatchError {
    let mut terms = across(10, Execution::Immediate);
    let mut two = terms.two_networks.clone().expect("two; qed");
    change(&mut terms, &mut two);
    terms.two_networks = Some(two);
    let error = instruct_as(&SELLER, &terms, party(Policy::Part)).expect_err("refused");
    assert_eq!(Instructions::<Test>::iter().count(), 0);
    error
}

#[test]
fn instruct_should_hold_what_the_other_network_decides_in_either_order() {
    for terms in [across(10, Execution::Immediate), turned(across(10, Execution::Immediate))] {
        ExtBuilder.build_and_execute(|| {
            let id = instructed(&terms, Policy::Part, 4);
            let stored = open(id);
            assert_eq!((stored.state, stored.instructing.clone()), (State::Proposed, SELLER));
            let parties: Vec<_> = stored.parties.iter().map(|party| party.participant).collect();
            assert_eq!(parties, [SELLER_ID, BUYER_ID]);
            let ends = Some(Ends { giver: SELLER_ID, receiver: BUYER_ID });
            assert_eq!(
                stored.legs.to_vec(),
                [
                    LegState { ends, reserved: 4, token: Some(TokenStatus::Issued) },
                    LegState { ends: None, reserved: 0, token: None },
                ]
            );
            assert_moved(0, 0, (400, 0));
            assert_ok!(affirm(id, Policy::Part, 10));
            // The buyer gives nothing on this network.
            assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![4, 0]));
            assert_moved(0, 0, (400, 0));
        });
    }
}

#[test]
fn instruct_should_not_look_up_what_is_on_the_other_network() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = across(10, Execution::Immediate);
        let unknown = leg(999, 10_007, OUTSIDER, AccountId::new([201; 32]));
        terms.legs[1] = tandem_primitives::Leg { network: NetworkIndex(1), ..unknown };
        let id = instructed(&terms, Policy::Part, 10);
        assert_eq!((open(id).legs[1].ends, open(id).parties.len()), (None, 2));
        // What is on this one is looked up as ever.
        terms.legs[0].to = OUTSIDER;
        assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Part)), Error::<Test>::PartyNotFound);
        terms.legs[0].asset = AssetId::WithId(999);
        assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Part)), Error::<Test>::AssetNotFound);
    });
}

#[test]
fn instruct_should_name_each_fault_of_terms_across_networks() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(refusal(|_, two| two.commit_on = NetworkIndex(0)), Error::<Test>::OtherNetwork.into());
        assert_eq!(refusal(|terms, _| terms.networks[0] = H256([1; 32])), Error::<Test>::OtherNetwork.into());
        assert_eq!(refusal(|terms, _| terms.networks[1] = H256([1; 32])), Error::<Test>::CounterpartNotOpen.into());
        let alone = refusal(|terms, _| terms.legs[1].network = NetworkIndex(0));
        assert_eq!(alone, Error::<Test>::BadTerms(TermsFault::NetworkWithoutLeg).into());
        let early = refusal(|terms, two| two.pay_deadline = terms.reserve_by - 1);
        assert_eq!(early, Error::<Test>::BadTerms(TermsFault::PayDeadlineOutOfOrder).into());
        let late = refusal(|terms, two| two.pay_deadline = terms.deadline + 1);
        assert_eq!(late, Error::<Test>::BadTerms(TermsFault::PayDeadlineOutOfOrder).into());
        for execution in [Execution::OnToken, hashlock()] {
            assert_eq!(
                refusal(|terms, _| terms.execution = execution),
                Error::<Test>::BadTerms(TermsFault::NotOnTwoNetworks).into()
            );
        }
        OpenFor::set(None);
        assert_eq!(refusal(|_, _| ()), Error::<Test>::CounterpartNotOpen.into());
        // What is on one network asks nobody.
        assert_ok!(instruct_as(&SELLER, &dvp(10, Execution::Immediate), party(Policy::Part)));
    });
}

#[test]
fn instruct_should_fail_when_the_window_after_reserve_by_is_too_short() {
    for (pay_deadline, long_enough) in [(PAY_DEADLINE - 1, false), (PAY_DEADLINE, true), (PAY_DEADLINE + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let mut terms = across(10, Execution::Immediate);
            terms.two_networks.as_mut().expect("two; qed").pay_deadline = START + pay_deadline;
            if long_enough {
                assert_ok!(instruct_as(&SELLER, &terms, party(Policy::Part)));
            } else {
                assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Part)), Error::<Test>::WindowTooShort);
            }
        });
    }
}

#[test]
fn calls_should_fail_for_a_leg_of_the_other_network() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 4, 0);
        for who in [SELLER, BUYER] {
            assert_noop!(reserve(&who, id, PAYMENT, Quantity::UpTo(1)), Error::<Test>::LegElsewhere);
            assert_noop!(release(&who, id, PAYMENT, 1), Error::<Test>::LegElsewhere);
            assert_noop!(execute(&who, id, PAYMENT), Error::<Test>::LegElsewhere);
            assert_noop!(reserve(&who, id, LegIndex(2), Quantity::UpTo(1)), Error::<Test>::LegNotFound);
            assert_noop!(release(&who, id, LegIndex(2), 1), Error::<Test>::LegNotFound);
            assert_noop!(execute(&who, id, LegIndex(2)), Error::<Test>::LegNotFound);
        }
    });
}

#[test]
fn covered_whole_should_form_nothing_and_bind_nobody_before_it_is_committed() {
    for execution in [Execution::Immediate, by_manager(MANAGER_BY_ACROSS)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&across(10, execution), Policy::Part, 10, 0);
            assert_eq!((open(id).state, open(id).points.irrevocable), (State::Matched, None));
            let bound = |event: &Event<Test>| {
                matches!(event, Event::Irrevocable { .. } | Event::TrancheFormed { .. } | Event::TrancheSettled { .. })
            };
            assert!(!events().iter().any(bound));
            // A party holds it back and lets go, and changes its mind about parts.
            assert_ok!(set_flag(&BUYER, id, FlagSource::Party));
            assert_ok!(clear_flag(&BUYER, id, FlagSource::Party));
            assert_ok!(Settlement::set_party(by(&BUYER), id, party(Policy::Npar)));
            assert!(!events().iter().any(bound));
            assert_ok!(release(&SELLER, id, DELIVERY, 10));
            assert_moved(0, 0, (0, 0));
            assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)));
            assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![10, 0]));
            assert_moved(0, 0, (1_000, 0));
        });
    }
}

#[test]
fn calls_that_settle_on_one_network_should_fail() {
    for execution in [Execution::Immediate, by_manager(PARTIAL_FROM)] {
        ExtBuilder.build_and_execute(|| {
            let terms = across(10, execution);
            let free = matched(&terms, Policy::Part, 10, 0);
            let bound = committed(&named(across(10, Execution::Immediate), "C"), Policy::Part, 10);
            for after_start in [0, PARTIAL_FROM, RESERVE_BY, DEADLINE] {
                at(after_start);
                for id in [free, bound] {
                    for who in [SELLER, BUYER, MANAGER] {
                        assert_noop!(settle(&who, id, None), Error::<Test>::NeedsCommit);
                        assert_noop!(settle_part(&who, id), Error::<Test>::NeedsCommit);
                        assert_noop!(execute(&who, id, DELIVERY), Error::<Test>::NeedsCommit);
                        assert_noop!(reveal(&who, id, SECRET), Error::<Test>::NeedsCommit);
                    }
                }
            }
            assert_moved(0, 0, (2_000, 0));
        });
    }
}

#[test]
fn everything_should_return_at_reserve_by_when_nothing_is_committed() {
    for swept in [true, false] {
        for (after_start, due) in [(RESERVE_BY - 1, false), (RESERVE_BY, true), (DEADLINE, true)] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
                at(after_start);
                match (swept, due) {
                    (true, _) => sweep(),
                    (false, true) => {
                        assert_ok!(expire(&AUDITOR, id));
                    }
                    (false, false) => {
                        assert_noop!(expire(&AUDITOR, id), Error::<Test>::NotDue);
                    }
                }
                if due {
                    assert_eq!(outcome(id), (Outcome::Expired, 0));
                    assert_moved(0, 0, (0, 0));
                } else {
                    assert_eq!(open(id).state, State::Matched);
                    assert_moved(0, 0, (1_000, 0));
                }
            });
        }
    }
}

#[test]
fn both_parties_should_cancel_together_before_it_is_committed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        assert_ok!(cancel(&SELLER, id));
        assert_eq!(open(id).state, State::Matched);
        assert_ok!(cancel(&BUYER, id));
        assert_eq!(outcome(id), (Outcome::Cancelled, 0));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn views_should_show_nothing_of_the_other_networks_legs() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = across(10, Execution::Immediate);
        // The same number means another asset there.
        terms.legs[1].asset = AssetId::WithId(SHARE);
        let id = matched(&terms, Policy::Part, 8, 0);
        let view = Settlement::instruction(id).expect("it is there");
        assert_eq!(view.terms, Some(VersionedTerms::V1(terms)));
        assert_eq!((view.legs[0].reserved, view.legs[0].amount_reserved), (8, 800));
        assert_eq!((view.legs[1].reserved, view.legs[1].amount_reserved), (0, 0));
        assert_eq!(view.legs[1].token, None);
        assert_eq!(Settlement::tokens(id).len(), 1);
        let preview = Settlement::preview_tranche(id).expect("a part is covered");
        assert_eq!((preview.lots, preview.amounts, preview.surplus), (8, vec![800, 8_000], vec![0, 0]));
        let missing = BlockingReason::NotReserved { leg: DELIVERY, missing: 2 };
        assert_eq!(Settlement::blocking_reasons(id), [missing, BlockingReason::NotCommitted]);
        let positions = |who: &AccountId| Settlement::positions(who, [AssetId::WithId(SHARE)].into_iter());
        assert_eq!((positions(&SELLER)[0].reserved, positions(&SELLER)[0].total), (800, OPENING));
        assert_eq!(positions(&BUYER), []);
        at(PARTIAL_FROM);
        assert_ok!(commit(&BUYER, id, None));
        assert_eq!(Settlement::blocking_reasons(id), [BlockingReason::Committed]);
        let preview = Settlement::preview_tranche(id).expect("a part is committed");
        assert_eq!((preview.lots, preview.amounts), (8, vec![800, 8_000]));
        let token = Settlement::tokens(id)[0].clone();
        assert_eq!((token.0, token.2, token.3, token.4), (DELIVERY, BUYER, 8, TokenStatus::Armed));
    });
}

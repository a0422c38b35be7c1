use super::helpers::*;
use crate::{mock::*, Affirmation, Error, Event, Instructions, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    pallet_assets,
};
use tandem_primitives::{
    token_id, Capacity, Date, Execution, InstructionId, LegIndex, Outcome, ParticipantId, Policy, Quantity, Status,
    Term, Terms, VersionedTerms,
};

/// Test helper: calls `affirm` as the buyer with its own version of the terms, and reserves all lots.
fn affirm_terms(id: InstructionId, terms: Terms) -> polkadot_sdk::frame_support::dispatch::DispatchResultWithPostInfo {
    let own = Affirmation::Terms(VersionedTerms::V1(terms));
    Settlement::affirm(by(&BUYER), id, own, party(Policy::Part), Some(Quantity::UpTo(10)))
}

/// Test helper: terms of shares for euros between seller and buyer, and of dollars from the buyer to a third party.
fn three_parties() -> Terms {
    let mut terms = dvp(10, Execution::Immediate);
    terms.legs.try_push(leg(DOLLAR, 500, BUYER, THIRD)).expect("three; qed");
    terms
}

#[test]
fn affirm_should_match_when_the_last_party_agrees() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 0);
        events();
        assert_ok!(affirm(id, Policy::Parq { min_lots: 2 }, 0));
        assert_eq!(
            events(),
            [
                Event::Affirmed {
                    id,
                    participant: BUYER_ID,
                    account: None,
                    by: BUYER,
                    own: party(Policy::Parq { min_lots: 2 }).into(),
                    reference: trade_1(),
                },
                Event::Matched { id, by: Some(BUYER), reference: trade_1() },
            ]
        );
        assert_eq!(open(id).state, State::Matched);
        assert_eq!(party_of(id, BUYER_ID).policy, Policy::Parq { min_lots: 2 });
    });
}

#[test]
fn affirm_should_wait_for_every_party() {
    ExtBuilder.build_and_execute(|| {
        let terms = three_parties();
        let id = instructed(&terms, Policy::Part, 10);
        assert_ok!(affirm(id, Policy::Part, 10));
        assert_eq!(open(id).state, State::Proposed);
        assert_eq!(reserved(id), [10, 10, 10]);
        assert_moved(0, 0, (1_000, 10_000));
        // The third gives nothing, and nothing moves to it without its word.
        assert_ok!(affirm_as(&THIRD, id, party(Policy::Npar)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
        assert_eq!(balance(DOLLAR, &THIRD), 500);
    });
}

#[test]
fn affirm_should_match_with_own_terms_that_are_equal() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let id = instructed(&terms, Policy::Part, 10);
        assert_ok!(affirm_terms(id, terms));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn affirm_should_name_every_term_that_differs_and_change_nothing() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let id = instructed(&terms, Policy::Part, 10);
        let before = Instructions::<Test>::get(id);
        events();
        let mut theirs = terms.clone();
        theirs.legs[0].amount = 1_100;
        theirs.legs[1].amount = 11_000;
        theirs.legs[1].to = SELLER_2;
        theirs.settlement_date = Date(20_003);
        theirs.deadline += 1;
        assert_ok!(affirm_terms(id, theirs));
        let fields = vec![Term::Quantity, Term::Amount, Term::Receiver, Term::SettlementDate, Term::Times];
        let failed =
            Event::MatchFailed { id, participant: BUYER_ID, account: None, fields, by: BUYER, reference: trade_1() };
        assert_eq!(events(), [failed]);
        assert_eq!(Instructions::<Test>::get(id), before);
        assert_moved(0, 0, (1_000, 0));
        // It can still agree.
        assert_ok!(affirm_terms(id, terms));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
    });
}

#[test]
fn affirm_should_fail_when_the_hash_is_another() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 0);
        let other = VersionedTerms::V1(dvp(9, Execution::Immediate)).hash();
        assert_noop!(
            Settlement::affirm(by(&BUYER), id, Affirmation::Hash(other), party(Policy::Part), None),
            Error::<Test>::TermsDiffer
        );
    });
}

#[test]
fn affirm_should_fail_when_the_party_has_affirmed() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&three_parties(), Policy::Part, 0);
        assert_noop!(affirm_as(&SELLER, id, party(Policy::Part)), Error::<Test>::AlreadyAffirmed);
        assert_noop!(affirm_as(&SELLER_2, id, party(Policy::Part)), Error::<Test>::AlreadyAffirmed);
        assert_ok!(affirm(id, Policy::Part, 0));
        assert_noop!(affirm_as(&BUYER, id, party(Policy::Npar)), Error::<Test>::AlreadyAffirmed);
        assert_ok!(affirm_as(&THIRD, id, party(Policy::Part)));
        assert_noop!(affirm_as(&THIRD, id, party(Policy::Part)), Error::<Test>::AlreadyAffirmed);
    });
}

#[test]
fn affirm_should_fail_for_who_is_no_party() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 0);
        for who in [THIRD, OUTSIDER, CUSTODIAN, MANAGER] {
            assert_noop!(affirm_as(&who, id, party(Policy::Part)), Error::<Test>::NotAuthorized);
        }
        assert_noop!(affirm_as(&BANK, id, for_party(BUYER_ID, Policy::Part)), Error::<Test>::NotAuthorized);
        // The instructing party cannot speak for the other one.
        assert_noop!(affirm_as(&SELLER, id, for_party(BUYER_ID, Policy::Part)), Error::<Test>::NotAuthorized);
        assert_noop!(affirm_as(&BUYER, id, for_party(ParticipantId(77), Policy::Part)), Error::<Test>::NotAuthorized);
        let nothing = InstructionId::default();
        assert_noop!(
            affirm_as(&BUYER, nothing, party(Policy::Part)).map_err(|failed| failed.error),
            Error::<Test>::NotFound
        );
        assert_ok!(cancel(&SELLER, id));
        assert_noop!(affirm_as(&BUYER, id, party(Policy::Part)), Error::<Test>::AlreadyClosed);
    });
}

#[test]
fn affirm_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = instructed(&dvp(1, Execution::Immediate), Policy::Npar, 1);
            at(after_start);
            if in_time {
                assert_ok!(affirm(id, Policy::Npar, 1));
                assert_moved(1_000, 10_000, (0, 0));
            } else {
                assert_noop!(affirm_as(&BUYER, id, party(Policy::Npar)), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn affirm_should_fail_when_the_signer_is_not_active() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(1, Execution::Immediate), Policy::Npar, 1);
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            set_status(BUYER_ID, status);
            assert_noop!(affirm_as(&BUYER, id, party(Policy::Npar)), Error::<Test>::NotActive);
        }
    });
}

#[test]
fn affirm_should_fail_when_an_agent_signs_for_a_party_that_is_not_active() {
    ExtBuilder.build_and_execute(|| {
        appoint(&BUYER, CUSTODIAN_ID, Capacity::Delivery);
        // Free of payment: the buyer only receives, so that its affirmation alone would settle.
        let mut terms = dvp(1, Execution::Immediate);
        terms.legs.pop();
        let id = instructed(&terms, Policy::Npar, 1);
        for status in [Status::Suspended, Status::Sanctioned] {
            set_status(BUYER_ID, status);
            assert_noop!(affirm_as(&CUSTODIAN, id, for_party(BUYER_ID, Policy::Npar)), Error::<Test>::PartyNotActive);
        }
        set_status(BUYER_ID, Status::Active);
        assert_ok!(affirm_as(&CUSTODIAN, id, for_party(BUYER_ID, Policy::Npar)));
        assert_eq!(outcome(id), (Outcome::Settled, 1));
        assert_moved(1_000, 0, (0, 0));
    });
}

#[test]
fn affirm_should_let_an_agent_act_until_it_is_dismissed() {
    ExtBuilder.build_and_execute(|| {
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        let id = instructed(&dvp(1, Execution::Immediate), Policy::Npar, 1);
        dismiss(&BUYER, BANK_ID, Capacity::Payment);
        assert_noop!(affirm_as(&BANK, id, for_party(BUYER_ID, Policy::Npar)), Error::<Test>::NotAuthorized);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        let hash = Affirmation::Hash(open(id).terms_hash);
        let own = for_party(BUYER_ID, Policy::Npar);
        assert_ok!(Settlement::affirm(by(&BANK), id, hash, own, Some(Quantity::Exactly(1))));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn affirm_should_fail_when_the_policy_cannot_be_met() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 0);
        for policy in [
            Policy::Parq { min_lots: 11 },
            Policy::Parq { min_lots: 0 },
            Policy::Parc { leg: PAYMENT, min_amount: 10_001 },
            Policy::Parc { leg: LegIndex(2), min_amount: 1 },
        ] {
            assert_noop!(affirm_as(&BUYER, id, party(policy)), Error::<Test>::MinimumNotPossible);
        }
        let secret = instructed(&dvp(10, hashlock()), Policy::Npar, 0);
        assert_noop!(affirm_as(&BUYER, secret, party(Policy::Part)), Error::<Test>::PartialWithHashlock);
    });
}

#[test]
fn affirm_should_send_the_completing_leg_straight_to_its_receiver() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        System::reset_events();
        assert_ok!(affirm(id, Policy::Part, 10));
        let transfers: Vec<_> = System::events()
            .into_iter()
            .filter_map(|record| match record.event {
                RuntimeEvent::Assets(pallet_assets::Event::Transferred { asset_id, from, to, amount }) => {
                    Some((asset_id, from, to, amount))
                }
                _ => None,
            })
            .collect();
        assert_eq!(
            transfers,
            [(EURO, BUYER, SELLER, 10_000), (SHARE, Escrow::account_id(), BUYER, 1_000)],
            "the payment does not pass through escrow"
        );
        let token = token_id(id, PAYMENT, 0.into());
        let own = party(Policy::Part).into();
        assert_eq!(
            events(),
            [
                Event::Affirmed { id, participant: BUYER_ID, account: None, by: BUYER, own, reference: trade_1() },
                Event::Matched { id, by: Some(BUYER), reference: trade_1() },
                Event::Reserved {
                    id,
                    leg: PAYMENT,
                    old: 0,
                    new: 10,
                    amount: 10_000,
                    token,
                    by: BUYER,
                    reference: trade_1()
                },
                Event::TrancheFormed { id, tranche: 0.into(), lots: 10, by: Some(BUYER), reference: trade_1() },
                Event::TrancheSettled {
                    id,
                    tranche: 0.into(),
                    lots: 10,
                    old: 0,
                    new: 10,
                    amounts: vec![1_000, 10_000],
                    by: Some(BUYER),
                    reference: trade_1(),
                },
                Event::Closed {
                    id,
                    outcome: Outcome::Settled,
                    lots: 10,
                    of: 10,
                    by: Some(BUYER),
                    reference: trade_1()
                },
            ]
        );
    });
}

#[test]
fn affirm_should_reserve_what_the_balance_covers_when_cash_is_short() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        leave_with(EURO, &BUYER, 3_999);
        events();
        assert_ok!(affirm(id, Policy::Part, 10));
        assert_eq!((open(id).state, reserved(id)), (State::Matched, vec![10, 3]));
        assert_eq!(balance(EURO, &BUYER), 999);
        let events = events();
        assert!(events.contains(&Event::ReservationShort {
            id,
            leg: PAYMENT,
            wanted: 10,
            reserved: 3,
            by: BUYER,
            reference: trade_1()
        }));
        assert!(events.contains(&Event::Irrevocable { id, lots: 3, by: Some(BUYER), reference: trade_1() }));
    });
}

#[test]
fn affirm_should_undo_all_when_its_reservation_fails() {
    ExtBuilder.build_and_execute(|| {
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        leave_with(EURO, &BUYER, 9_999);
        let hash = Affirmation::Hash(open(id).terms_hash);
        assert_noop!(
            Settlement::affirm(by(&BUYER), id, hash, party(Policy::Part), Some(Quantity::Exactly(10))),
            pallet_assets::Error::<Test>::BalanceLow
        );
        assert_eq!(open(id).state, State::Proposed);
    });
}

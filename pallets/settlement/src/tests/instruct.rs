use super::helpers::*;
use crate::{mock::*, Bucket, Error, Event, Expiries, Instruction, Instructions, State};
use codec::Encode;
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok, storage::unhashed},
    pallet_assets,
    sp_core::H256,
    sp_runtime::DispatchError,
};
use tandem_primitives::{
    token_id, AccountId, AssetId, Capacity, Execution, LegIndex, NetworkIndex, Outcome, PartyTerms, Policy, Quantity,
    Role, Status, Terms, TermsFault, TokenStatus, TwoNetworks, VersionedTerms,
};

/// Test helper: error of `instruct` for the terms of [`dvp`] with this change. Asserts that nothing is stored.
fn refusal(change: impl FnOnce(&mut Terms)) -> DispatchError {
    let mut terms = dvp(10, Execution::Immediate);
    change(&mut terms);
    let before = Instructions::<Test>::iter().count();
    let error = instruct_as(&SELLER, &terms, party(Policy::Part)).expect_err("refused");
    assert_eq!(Instructions::<Test>::iter().count(), before);
    error
}

#[test]
fn instruct_should_store_the_trade_and_allege_the_other_party() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let own = PartyTerms { priority: 3, reference: reference("OWN"), ..party(Policy::Part) };
        assert_ok!(instruct_as(&SELLER, &terms, own.clone()));
        let id = id_of(&terms, &SELLER);
        let versioned = VersionedTerms::V1(terms.clone());
        assert_eq!(
            events(),
            [
                Event::Instructed {
                    id,
                    terms_hash: versioned.hash(),
                    terms: versioned.clone(),
                    by: SELLER,
                    participant: SELLER_ID,
                    account: None,
                    own: own.into(),
                },
                Event::InstructionAlleged {
                    id,
                    participant: BUYER_ID,
                    account: None,
                    by: SELLER,
                    reference: trade_1()
                },
            ]
        );
        let stored = open(id);
        assert_eq!((stored.state, stored.settled, stored.terms_hash), (State::Proposed, 0, versioned.hash()));
        assert_eq!(*stored.terms, terms);
        assert_eq!(stored.points.entered, 1);
        let seller = party_of(id, SELLER_ID);
        assert!(seller.affirmed && seller.priority == 3 && seller.reference == reference("OWN"));
        let buyer = party_of(id, BUYER_ID);
        assert!(!buyer.affirmed && buyer.policy == Policy::Part);
        assert!(Expiries::<Test>::contains_key(Bucket::of(START + RESERVE_BY), (SELLER_ID, id)));
        assert_moved(0, 0, (0, 0));
    });
}

#[test]
fn instruct_should_reserve_what_the_party_gives_when_asked() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let id = instructed(&terms, Policy::Part, 4);
        assert_eq!(reserved(id), [4, 0]);
        assert_eq!(open(id).legs[0].token, Some(TokenStatus::Issued));
        assert_moved(0, 0, (400, 0));
        let token = token_id(id, DELIVERY, 0.into());
        assert!(events().contains(&Event::Reserved {
            id,
            leg: DELIVERY,
            old: 0,
            new: 4,
            amount: 400,
            token,
            by: SELLER,
            reference: trade_1()
        }));
    });
}

#[test]
fn instruct_and_affirm_should_settle_in_two_calls_when_both_reserve_in_full() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(1, Execution::Immediate);
        let id = matched(&terms, Policy::Npar, 1, 1);
        assert_eq!(outcome(id), (Outcome::Settled, 1));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn instruct_should_fail_when_the_same_account_repeats_the_same_terms() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(1, Execution::Immediate);
        let id = instructed(&terms, Policy::Npar, 0);
        // Not with another policy either: what is a party's own is not part of the id.
        assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Part)), Error::<Test>::AlreadyExists);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(1)));
        assert_ok!(affirm(id, Policy::Npar, 1));
        assert_eq!(outcome(id), (Outcome::Settled, 1));
        assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Npar)), Error::<Test>::AlreadyExists);
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn instruct_should_take_an_equal_trade_under_another_reference_or_from_the_other_party() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(1, Execution::Immediate);
        let other = named(terms.clone(), "TRADE-2");
        assert_ok!(instruct_as(&SELLER, &terms, party(Policy::Npar)));
        assert_ok!(instruct_as(&SELLER, &other, party(Policy::Npar)));
        assert_ok!(instruct_as(&SELLER_2, &terms, party(Policy::Npar)));
        assert_ok!(instruct_as(&BUYER, &terms, party(Policy::Npar)));
        assert_eq!(Instructions::<Test>::iter().count(), 4);
        assert!(party_of(id_of(&terms, &BUYER), BUYER_ID).affirmed);
    });
}

#[test]
fn instruct_should_name_each_fault_of_the_terms() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(refusal(|t| t.legs = Default::default()), Error::<Test>::BadTerms(TermsFault::NoLegs).into());
        assert_eq!(refusal(|t| t.lots = 0), Error::<Test>::BadTerms(TermsFault::NoLots).into());
        assert_eq!(refusal(|t| t.legs[0].amount = 9), Error::<Test>::BadTerms(TermsFault::AmountBelowLots).into());
        assert_eq!(refusal(|t| t.legs[0].amount = 0), Error::<Test>::BadTerms(TermsFault::AmountBelowLots).into());
        assert_eq!(refusal(|t| t.legs[0].to = SELLER), Error::<Test>::BadTerms(TermsFault::LegToItself).into());
        assert_eq!(
            refusal(|t| t.partial_from = t.settle_from - 1),
            Error::<Test>::BadTerms(TermsFault::TimesOutOfOrder).into()
        );
        assert_eq!(
            refusal(|t| t.reserve_by = t.partial_from - 1),
            Error::<Test>::BadTerms(TermsFault::TimesOutOfOrder).into()
        );
        assert_eq!(
            refusal(|t| t.deadline = t.reserve_by - 1),
            Error::<Test>::BadTerms(TermsFault::TimesOutOfOrder).into()
        );
        let no_time = refusal(|t| (t.execution, t.reserve_by) = (Execution::OnToken, t.deadline));
        assert_eq!(no_time, Error::<Test>::BadTerms(TermsFault::NoTimeForTokens).into());
        let late = refusal(|t| t.execution = by_manager(DEADLINE + 1));
        assert_eq!(late, Error::<Test>::BadTerms(TermsFault::ManagerTooLate).into());
        assert_eq!(
            refusal(|t| t.reference = Default::default()),
            Error::<Test>::BadTerms(TermsFault::BadReference).into()
        );
        assert_eq!(
            refusal(|t| t.reference = reference("/A")),
            Error::<Test>::BadTerms(TermsFault::BadReference).into()
        );
        assert_eq!(
            refusal(|t| t.networks = Default::default()),
            Error::<Test>::BadTerms(TermsFault::BadNetworks).into()
        );
        assert_eq!(
            refusal(|t| t.legs[1].network = NetworkIndex(1)),
            Error::<Test>::BadTerms(TermsFault::UnknownNetwork).into()
        );
        assert_eq!(
            refusal(|t| t.networks = vec![H256([1; 32])].try_into().unwrap()),
            Error::<Test>::OtherNetwork.into()
        );
    });
}

#[test]
fn instruct_should_fail_when_the_terms_name_a_second_network() {
    ExtBuilder.build_and_execute(|| {
        let both = |t: &mut Terms, commit_on| {
            t.networks = vec![GENESIS, H256([1; 32])].try_into().unwrap();
            t.two_networks =
                Some(TwoNetworks { commit_on: NetworkIndex(commit_on), pay_deadline: t.deadline, managed_by: None });
            t.legs[1].network = NetworkIndex(1);
        };
        assert_eq!(refusal(|t| both(t, 1)), Error::<Test>::CounterpartNotOpen.into());
        assert_eq!(refusal(|t| both(t, 2)), Error::<Test>::BadTerms(TermsFault::BadNetworks).into());
        let swapped = refusal(|t| {
            both(t, 1);
            t.networks = vec![H256([1; 32]), GENESIS].try_into().unwrap();
        });
        assert_eq!(swapped, Error::<Test>::OtherNetwork.into());
    });
}

#[test]
fn instruct_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let terms = dvp(1, Execution::Immediate);
            at(after_start);
            if in_time {
                assert_ok!(instruct_as(&SELLER, &terms, party(Policy::Npar)));
            } else {
                assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Npar)), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn instruct_should_fail_when_the_deadline_is_beyond_the_longest_life() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(refusal(|t| t.deadline = START + LIFE + 1), Error::<Test>::LifeTooLong.into());
        assert_eq!(refusal(|t| t.deadline = u64::MAX), Error::<Test>::LifeTooLong.into());
        let mut longest = dvp(1, Execution::Immediate);
        longest.deadline = START + LIFE;
        assert_ok!(instruct_as(&SELLER, &longest, party(Policy::Npar)));
    });
}

#[test]
fn instruct_should_fail_when_a_party_cannot_settle() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(refusal(|t| t.legs[0].to = OUTSIDER), Error::<Test>::PartyNotFound.into());
        assert_eq!(refusal(|t| t.legs[0].to = Escrow::account_id()), Error::<Test>::PartyNotFound.into());
        for idle in [MANAGER, REGULATOR, OPERATOR, AUDITOR] {
            assert_eq!(refusal(|t| t.legs[0].to = idle), Error::<Test>::PartyWithoutRole.into());
        }
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            set_status(BUYER_ID, status);
            assert_eq!(refusal(|_| ()), Error::<Test>::PartyNotActive.into());
        }
    });
}

#[test]
fn instruct_should_fail_when_an_account_of_a_leg_has_been_replaced() {
    ExtBuilder.build_and_execute(|| {
        replace(&BUYER, &BUYER_2, &AccountId::new([150; 32]));
        assert_eq!(refusal(|_| ()), Error::<Test>::PartyNotActive.into());
    });
}

#[test]
fn instruct_should_fail_when_the_signer_is_nobody_or_not_active_or_no_party() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(1, Execution::Immediate);
        for who in [OUTSIDER, THIRD, AUDITOR, REGULATOR] {
            assert_noop!(instruct_as(&who, &terms, party(Policy::Npar)), Error::<Test>::NotAuthorized);
        }
        // Nor for a party that has not appointed the signer.
        assert_noop!(instruct_as(&CUSTODIAN, &terms, for_party(SELLER_ID, Policy::Npar)), Error::<Test>::NotAuthorized);
        assert_noop!(
            Settlement::instruct(RuntimeOrigin::root(), VersionedTerms::V1(terms.clone()), Default::default(), None),
            DispatchError::BadOrigin
        );
        for status in [Status::Suspended, Status::Sanctioned, Status::Revoked] {
            set_status(SELLER_ID, status);
            assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Npar)), Error::<Test>::NotActive);
        }
    });
}

#[test]
fn instruct_should_fail_when_the_manager_is_no_active_settlement_manager() {
    ExtBuilder.build_and_execute(|| {
        let managed = |manager: AccountId| {
            move |t: &mut Terms| t.execution = Execution::ByManager { manager, manager_by: START + RESERVE_BY }
        };
        assert_eq!(refusal(managed(OUTSIDER)), Error::<Test>::ManagerNotFound.into());
        assert_eq!(refusal(managed(THIRD)), Error::<Test>::ManagerNotFound.into());
        set_status(MANAGER_ID, Status::Suspended);
        assert_eq!(refusal(managed(MANAGER)), Error::<Test>::ManagerNotFound.into());
        set_status(MANAGER_ID, Status::Active);
        assert_ok!(instruct_as(&SELLER, &dvp(1, by_manager(MANAGER_BY)), party(Policy::Npar)));
    });
}

#[test]
fn instruct_should_fail_when_an_asset_is_not_listed() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(refusal(|t| t.legs[0].asset = AssetId::WithId(99)), Error::<Test>::AssetNotFound.into());
    });
}

#[test]
fn instruct_should_divide_securities_into_whole_units_and_cash_to_the_cent() {
    ExtBuilder.build_and_execute(|| {
        assert_eq!(refusal(|t| t.lots = 3), Error::<Test>::NotAMultipleOfUnit.into());
        let mut bonds = dvp(10, Execution::Immediate);
        bonds.legs[0].asset = AssetId::WithId(BOND);
        // 1,000 in units of 100: ten lots of one unit, and no more.
        assert_ok!(instruct_as(&SELLER, &bonds, party(Policy::Part)));
        for (lots, amount) in [(20, 1_000), (10, 1_050), (10, 1_100)] {
            let refused = refusal(|t| {
                t.legs[0].asset = AssetId::WithId(BOND);
                t.legs[0].amount = amount;
                t.lots = lots;
            });
            assert_eq!(refused, Error::<Test>::NotAMultipleOfUnit.into());
        }
        let mut odd = named(dvp(10, Execution::Immediate), "ODD");
        odd.legs[1].amount = 10_007;
        assert_ok!(instruct_as(&SELLER, &odd, party(Policy::Part)));
    });
}

#[test]
fn instruct_should_fail_when_a_lot_of_units_is_more_than_any_amount() {
    ExtBuilder.build_and_execute(|| {
        let asset = AssetId::WithId(BOND);
        let mut record = pallet_participants::AssetRegistry::<Test>::get(&asset).expect("listed");
        record.settlement_unit = u128::MAX;
        assert_ok!(Participants::update_asset(by(&ISSUER), asset.clone(), record));
        assert_eq!(refusal(|t| t.legs[0].asset = asset), Error::<Test>::NotAMultipleOfUnit.into());
    });
}

#[test]
fn instruct_should_fail_when_the_minimum_can_never_be_met() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let amount = |leg: u8, min_amount| Policy::Parc { leg: LegIndex(leg), min_amount };
        for policy in [
            Policy::Parq { min_lots: 0 },
            Policy::Parq { min_lots: 11 },
            amount(1, 0),
            amount(1, 10_001),
            amount(2, 1),
            amount(255, 1),
        ] {
            assert_noop!(instruct_as(&SELLER, &terms, party(policy)), Error::<Test>::MinimumNotPossible);
        }
        for (policy, name) in [(Policy::Parq { min_lots: 10 }, "A"), (amount(1, 10_000), "B"), (amount(0, 1), "C")] {
            assert_ok!(instruct_as(&SELLER, &named(terms.clone(), name), party(policy)));
        }
    });
}

#[test]
fn instruct_should_fail_when_a_party_wants_parts_with_a_hashlock() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, hashlock());
        for policy in [Policy::Part, Policy::Parq { min_lots: 10 }] {
            assert_noop!(instruct_as(&SELLER, &terms, party(policy)), Error::<Test>::PartialWithHashlock);
        }
        assert_ok!(instruct_as(&SELLER, &terms, party(Policy::Npar)));
    });
}

#[test]
fn instruct_should_undo_all_when_its_reservation_fails() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let with = |quantity| {
            let terms = VersionedTerms::V1(terms.clone());
            Settlement::instruct(by(&SELLER), terms, party(Policy::Part), Some(quantity))
        };
        assert_noop!(with(Quantity::Exactly(11)), Error::<Test>::TooManyLots);
        assert_noop!(with(Quantity::Exactly(0)), Error::<Test>::ZeroLots);
        assert_noop!(with(Quantity::UpTo(0)), Error::<Test>::ZeroLots);
        leave_with(SHARE, &SELLER, 999);
        System::reset_events();
        assert_noop!(with(Quantity::Exactly(10)), pallet_assets::Error::<Test>::BalanceLow);
        assert_ok!(with(Quantity::UpTo(10)));
        assert_eq!(reserved(id_of(&terms, &SELLER)), [9, 0]);
        assert_eq!((balance(SHARE, &SELLER), in_escrow(SHARE)), (99, 900));
    });
}

#[test]
fn instruct_should_let_an_agent_reserve_only_what_it_acts_for() {
    ExtBuilder.build_and_execute(|| {
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        let mut terms = dvp(10, Execution::Immediate);
        // The seller gives shares and, as its share of the fee, euros.
        terms.legs.try_push(leg(EURO, 100, SELLER, BUYER)).unwrap();
        assert_ok!(Assets::mint(by(&ISSUER), EURO, SELLER, 100));
        let own = for_party(SELLER_ID, Policy::Part);
        assert_ok!(Settlement::instruct(
            by(&CUSTODIAN),
            VersionedTerms::V1(terms.clone()),
            own,
            Some(Quantity::UpTo(10))
        ));
        let id = id_of(&terms, &CUSTODIAN);
        assert_eq!(reserved(id), [10, 0, 0]);
        let stored = open(id);
        assert!(party_of(id, SELLER_ID).affirmed);
        assert!(!stored.has_party(CUSTODIAN_ID));
        // With the role the appointment is gone, too.
        let roles = vec![Role::Auditor].try_into().unwrap();
        assert_ok!(Participants::set_roles(RuntimeOrigin::root(), CUSTODIAN_ID, roles));
        let other = named(terms, "TRADE-2");
        assert_noop!(instruct_as(&CUSTODIAN, &other, for_party(SELLER_ID, Policy::Part)), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn instruct_should_wait_for_the_other_side_between_two_accounts_of_one_participant() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(1, Execution::Immediate);
        terms.legs = vec![leg(SHARE, 1_000, SELLER, SELLER_2)].try_into().unwrap();
        let id = instructed(&terms, Policy::Npar, 1);
        assert_eq!(open(id).state, State::Proposed);
        // The other side agrees as well, and that settles it.
        assert_ok!(affirm_as(&SELLER_2, id, party(Policy::Npar)));
        assert_eq!(outcome(id), (Outcome::Settled, 1));
        assert_eq!((balance(SHARE, &SELLER_2), in_escrow(SHARE)), (1_000, 0));
        assert!(matches!(Instructions::<Test>::get(id), Some(Instruction::Closed(closed)) if closed.tranches.0 == 1));
    });
}

#[test]
fn instruct_should_take_a_party_at_each_end_of_sixteen_legs() {
    ExtBuilder.build_and_execute(|| {
        let accounts = traders(32);
        let ends = accounts.chunks(2).map(|pair| leg(SHARE, 1, pair[0].clone(), pair[1].clone()));
        let mut terms = dvp(1, Execution::Immediate);
        terms.legs = ends.collect::<Vec<_>>().try_into().expect("sixteen; qed");
        assert_ok!(instruct_as(&accounts[31], &terms, party(Policy::Npar)));
        let id = id_of(&terms, &accounts[31]);
        assert_eq!(open(id).parties.len(), 32);
        let alleged = events().iter().filter(|event| matches!(event, Event::InstructionAlleged { .. })).count();
        assert_eq!(alleged, 31);
        // A seventeenth leg is no terms at all.
        assert!(terms.legs.try_push(leg(SHARE, 1, SELLER, BUYER)).is_err());
    });
}

#[test]
fn chain_l1_terms_that_leave_no_time_to_settle_should_be_refused() {
    for (window, fits) in [(MIN_SETTLE_TIME - 1, false), (MIN_SETTLE_TIME, true), (MIN_SETTLE_TIME + 1, true)] {
        for execution in [Execution::Immediate, by_manager(5_000), hashlock()] {
            ExtBuilder.build_and_execute(|| {
                let mut terms = dvp(10, execution.clone());
                terms.deadline = START + DEADLINE;
                terms.settle_from = terms.deadline - window;
                (terms.partial_from, terms.reserve_by) = (terms.settle_from, terms.deadline);
                let policy = if matches!(execution, Execution::Hashlock { .. }) { Policy::Npar } else { Policy::Part };
                let refused = instruct_as(&SELLER, &terms, party(policy));
                assert_eq!(refused, if fits { Ok(()) } else { Err(Error::<Test>::NoTimeToSettle.into()) });
            });
        }
    }
}

#[test]
fn chain_l1_manager_by_should_leave_time_for_the_parties() {
    for (manager_by, fits) in [(MANAGER_BY, true), (MANAGER_BY + 1, false), (DEADLINE, false)] {
        ExtBuilder.build_and_execute(|| {
            let refused = instruct_as(&SELLER, &dvp(10, by_manager(manager_by)), party(Policy::Part));
            assert_eq!(refused, if fits { Ok(()) } else { Err(Error::<Test>::NoTimeToSettle.into()) });
        });
    }
}

#[test]
fn chain_l1_two_networks_should_leave_time_to_commit() {
    for (late, fits) in [(MANAGER_BY_ACROSS, true), (MANAGER_BY_ACROSS + 1, false), (RESERVE_BY, false)] {
        ExtBuilder.build_and_execute(|| {
            let expected = if fits { Ok(()) } else { Err(Error::<Test>::NoTimeToSettle.into()) };
            let managed = across(10, by_manager(late));
            assert_eq!(instruct_as(&SELLER, &managed, party(Policy::Part)), expected);
            let mut from = across(10, Execution::Immediate);
            from.settle_from = START + late;
            from.partial_from = from.reserve_by;
            assert_eq!(instruct_as(&SELLER, &from, party(Policy::Part)), expected);
        });
    }
}

#[test]
fn chain_m8_nobody_should_instruct_in_a_delisted_asset() {
    for asset in [SHARE, EURO] {
        ExtBuilder.build_and_execute(|| {
            delist(asset);
            let refused = instruct_as(&SELLER, &dvp(10, Execution::Immediate), party(Policy::Part));
            assert_eq!(refused, Err(Error::<Test>::AssetNotFound.into()));
        });
    }
}

#[test]
fn chain_l5_stored_terms_should_begin_with_their_version() {
    ExtBuilder.build_and_execute(|| {
        let terms = dvp(10, Execution::Immediate);
        let id = instructed(&terms, Policy::Npar, 0);
        let stored = unhashed::get_raw(&Instructions::<Test>::hashed_key_for(id)).expect("stored; qed");
        // After the byte that tells an open instruction from a closed one.
        assert!(stored[1..].starts_with(&VersionedTerms::V1(terms).encode()));
    });
}

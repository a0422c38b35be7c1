use super::helpers::*;
use crate::{mock::*, Error, Event, FlagSource, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    sp_core::H256,
};
use tandem_primitives::{
    Capacity, Commitment, Committed, Execution, InstructionId, LotRange, Policy, Status, TokenStatus, VersionedTerms,
};

const WHOLE: LotRange = LotRange { remaining: 10, min: 1, max: 10 };

#[test]
fn commit_should_give_up_every_way_back_and_say_what_is_committed() {
    for who in [SELLER, BUYER] {
        ExtBuilder.build_and_execute(|| {
            let terms = across(10, Execution::Immediate);
            let id = matched(&terms, Policy::Part, 10, 0);
            events();
            at(4_000);
            let versioned = VersionedTerms::V1(terms);
            let commitment = Commitment {
                terms_hash: versioned.hash(),
                instructing: SELLER,
                networks: [GENESIS, OTHER],
                settled: 0,
                lots: 10,
                parts: WHOLE,
            };
            let expected = Committed { terms: versioned.clone(), tranche: 0.into(), commitment };
            assert_eq!(commit(&who, id, None), Ok(expected));
            let reference = reference("TRADE-1");
            assert_eq!(events(), [Event::Committed { id, tranche: 0.into(), lots: 10, by: who.clone(), reference }]);
            let stored = open(id);
            assert_eq!((stored.state, stored.points.irrevocable), (State::Committed { lots: 10 }, Some(3)));
            assert_eq!((stored.legs[0].token, stored.legs[1].token), (Some(TokenStatus::Armed), None));
            let held = <Settlement as tandem_primitives::HeldInstructions>::committed(id);
            assert_eq!(held, Some((versioned, 0.into())));
            assert_moved(0, 0, (1_000, 0));
        });
    }
}

#[test]
fn commit_should_name_the_networks_in_the_order_of_the_terms() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&turned(across(10, Execution::Immediate)), Policy::Part, 10, 0);
        let committed = commit(&SELLER, id, None).expect("it stands for it");
        assert_eq!(committed.commitment.networks, [OTHER, GENESIS]);
    });
}

#[test]
fn commit_should_take_the_whole_at_once_and_a_part_from_partial_from() {
    for (after_start, in_time) in [(PARTIAL_FROM - 1, false), (PARTIAL_FROM, true), (PARTIAL_FROM + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let terms = across(10, Execution::Immediate);
            let whole = matched(&terms, Policy::Part, 10, 0);
            let part = matched(&named(terms, "P"), Policy::Part, 9, 0);
            at(after_start);
            assert_ok!(commit(&SELLER, whole, None));
            if in_time {
                assert_eq!(commit(&SELLER, part, None).map(|made| made.commitment.lots), Ok(9));
            } else {
                assert_noop!(commit(&SELLER, part, None), Error::<Test>::TooEarly);
            }
        });
    }
}

#[test]
fn commit_should_fail_from_reserve_by_on() {
    for (after_start, in_time) in [(RESERVE_BY - 1, true), (RESERVE_BY, false), (RESERVE_BY + 1, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
            at(after_start);
            if in_time {
                assert_ok!(commit(&SELLER, id, None));
            } else {
                assert_noop!(commit(&SELLER, id, None), Error::<Test>::TooLate);
            }
        });
    }
}

#[test]
fn commit_should_fail_when_no_window_is_left_before_the_pay_deadline() {
    // The window has grown since the trade was instructed.
    for (after_start, in_time) in [(14_999, true), (15_000, true), (15_001, false)] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
            Window::set(PAY_DEADLINE - 15_000);
            at(after_start);
            if in_time {
                assert_ok!(commit(&SELLER, id, None));
            } else {
                assert_noop!(commit(&SELLER, id, None), Error::<Test>::WindowTooShort);
            }
        });
    }
}

#[test]
fn commit_should_fail_when_the_counterpart_is_not_open() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        for other in [None, Some(H256([1; 32])), Some(GENESIS)] {
            OpenFor::set(other);
            assert_noop!(commit(&SELLER, id, None), Error::<Test>::CounterpartNotOpen);
        }
        OpenFor::set(Some(OTHER));
        assert_ok!(commit(&SELLER, id, None));
    });
}

#[test]
fn commit_should_fail_when_there_is_nothing_to_commit() {
    ExtBuilder.build_and_execute(|| {
        assert_noop!(commit(&SELLER, InstructionId::default(), None), Error::<Test>::NotFound);
        let terms = across(10, Execution::Immediate);
        let proposed = instructed(&named(terms.clone(), "A"), Policy::Part, 10);
        assert_noop!(commit(&SELLER, proposed, None), Error::<Test>::WrongState);
        assert_ok!(cancel(&SELLER, proposed));
        assert_noop!(commit(&SELLER, proposed, None), Error::<Test>::AlreadyClosed);
        let alone = matched(&dvp(10, Execution::Immediate), Policy::Part, 8, 8);
        assert_noop!(commit(&SELLER, alone, None), Error::<Test>::OneNetwork);
        let short = matched(&named(terms.clone(), "B"), Policy::Npar, 9, 0);
        assert_noop!(commit(&SELLER, short, None), Error::<Test>::PartNotAllowed);
        let empty = matched(&named(terms.clone(), "C"), Policy::Part, 0, 0);
        assert_noop!(commit(&SELLER, empty, None), Error::<Test>::PartNotAllowed);
        let twice = committed(&terms, Policy::Part, 10);
        assert_noop!(commit(&BUYER, twice, None), Error::<Test>::AlreadyCommitted);
    });
}

#[test]
fn commit_should_fail_for_whoever_is_no_active_party() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        for who in [OUTSIDER, THIRD, MANAGER, OPERATOR, REGULATOR, CUSTODIAN] {
            assert_noop!(commit(&who, id, None), Error::<Test>::NotAuthorized);
        }
        set_status(SELLER_ID, Status::Suspended);
        assert_noop!(commit(&SELLER, id, None), Error::<Test>::NotActive);
        set_status(SELLER_ID, Status::Active);
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        assert_ok!(commit(&CUSTODIAN, id, None));
    });
}

#[test]
fn commit_should_fail_while_something_stands_in_the_way_here() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = across(10, by_manager(MANAGER_BY_ACROSS));
        terms.settle_from = START + 1;
        let id = matched(&terms, Policy::Part, 10, 0);
        assert_noop!(commit(&MANAGER, id, None), Error::<Test>::Blocked);
        at(1);
        let flags = [
            (SELLER, FlagSource::Party),
            (OPERATOR, FlagSource::Operator),
            (REGULATOR, FlagSource::Authority),
            (MANAGER, FlagSource::Independent),
        ];
        for (who, source) in flags {
            assert_ok!(set_flag(&who, id, source));
            assert_noop!(commit(&MANAGER, id, None), Error::<Test>::Blocked);
            assert_ok!(clear_flag(&who, id, source));
        }
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        assert_noop!(commit(&MANAGER, id, None), Error::<Test>::Blocked);
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        set_status(BUYER_ID, Status::Sanctioned);
        assert_noop!(commit(&MANAGER, id, None), Error::<Test>::Blocked);
        set_status(BUYER_ID, Status::Active);
        // What has the same number there is another asset.
        assert_ok!(Assets::freeze_asset(by(&ISSUER), EURO));
        assert_ok!(commit(&MANAGER, id, None));
    });
}

#[test]
fn commit_should_leave_what_the_strictest_party_wants_left() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Parq { min_lots: 4 }, 8, 0);
        at(PARTIAL_FROM);
        for lots in [0, 3, 4, 5, 7, 8] {
            assert_noop!(commit(&SELLER, id, Some(lots)), Error::<Test>::PartNotAllowed);
        }
        for lots in [9, 10, u32::MAX] {
            assert_noop!(commit(&SELLER, id, Some(lots)), Error::<Test>::TooManyLots);
        }
        let commitment = commit(&SELLER, id, Some(6)).expect("the largest part").commitment;
        assert_eq!((commitment.lots, commitment.parts), (6, LotRange { remaining: 10, min: 4, max: 6 }));
        let allowed: Vec<_> = (0..=11).filter(|lots| commitment.allows(*lots)).collect();
        assert_eq!(allowed, [4, 5, 6]);
        assert_eq!(reserved(id), [8, 0]);
    });
}

#[test]
fn commit_should_be_the_managers_choice_until_manager_by() {
    for (after_start, stands_in) in [(PARTIAL_FROM - 1, false), (PARTIAL_FROM, true), (PARTIAL_FROM + 1, true)] {
        ExtBuilder.build_and_execute(|| {
            let terms = across(10, by_manager(PARTIAL_FROM));
            let silent = matched(&named(terms.clone(), "S"), Policy::Parq { min_lots: 2 }, 8, 0);
            let id = matched(&terms, Policy::Parq { min_lots: 2 }, 8, 0);
            at(after_start);
            if stands_in {
                assert_noop!(commit(&BUYER, silent, Some(3)), Error::<Test>::PartNotAllowed);
                assert_eq!(commit(&BUYER, silent, None).map(|made| made.commitment.lots), Ok(8));
            } else {
                assert_noop!(commit(&BUYER, silent, None), Error::<Test>::NotAuthorized);
            }
            assert_noop!(commit(&MANAGER, id, Some(1)), Error::<Test>::PartNotAllowed);
            assert_noop!(commit(&MANAGER, id, Some(9)), Error::<Test>::TooManyLots);
            // Any part that all take, and before the parties could.
            assert_eq!(commit(&MANAGER, id, Some(3)).map(|made| made.commitment.lots), Ok(3));
            assert_eq!(open(id).state, State::Committed { lots: 3 });
        });
    }
}

#[test]
fn commit_should_wait_for_partial_from_when_a_party_stands_in_with_a_part() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, by_manager(0)), Policy::Part, 8, 0);
        assert_noop!(commit(&SELLER, id, None), Error::<Test>::TooEarly);
        at(PARTIAL_FROM);
        assert_ok!(commit(&SELLER, id, None));
    });
}

#[test]
fn commit_should_fail_when_the_manager_is_no_longer_one() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, by_manager(MANAGER_BY_ACROSS)), Policy::Part, 10, 0);
        set_status(MANAGER_ID, Status::Suspended);
        assert_noop!(commit(&MANAGER, id, None), Error::<Test>::NotActive);
    });
}

#[test]
fn chain_m9_nobody_should_commit_for_a_party_that_is_not_active() {
    for status in [Status::Suspended, Status::Revoked] {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
            appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
            set_status(SELLER_ID, status);
            // Neither its agent nor the other party starts its delivery.
            for who in [CUSTODIAN, BUYER] {
                assert_eq!(commit(&who, id, None).map(|_| ()), Err(Error::<Test>::PartyNotActive.into()));
            }
            assert_eq!(open(id).state, State::Matched);
        });
    }
}

#[test]
fn chain_m9_agent_of_a_suspended_receiver_should_not_commit_either() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        appoint(&BUYER, BANK_ID, Capacity::Payment);
        set_status(BUYER_ID, Status::Suspended);
        assert_eq!(commit(&BANK, id, None).map(|_| ()), Err(Error::<Test>::PartyNotActive.into()));
        // The active giver still may: the receiver only receives.
        assert!(commit(&SELLER, id, None).is_ok());
    });
}

#[test]
fn chain_h4_frozen_asset_should_not_be_committed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        assert_eq!(commit(&SELLER, id, None).map(|_| ()), Err(Error::<Test>::Blocked.into()));
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        assert!(commit(&SELLER, id, None).is_ok());
    });
}

#[test]
fn chain_m8_delisted_asset_should_not_be_committed() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&across(10, Execution::Immediate), Policy::Part, 10, 0);
        let bound = committed(&named(across(10, Execution::Immediate), "B"), Policy::Part, 10);
        delist(SHARE);
        assert_eq!(commit(&SELLER, id, None).map(|_| ()), Err(Error::<Test>::Blocked.into()));
        // What is committed already settles.
        assert_ok!(deliver(bound, 10));
        assert_eq!(balance(SHARE, &BUYER), 1_000);
    });
}

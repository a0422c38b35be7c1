//! Tests of a changed status of a party in each state of its trade (I8): others' assets never wait for it.

use super::helpers::*;
use crate::{mock::*, Affirmation, Error, Event, State};
use polkadot_sdk::{
    frame_support::{assert_noop, assert_ok},
    pallet_assets,
};
use tandem_primitives::{
    AccountId, AssetId, BlockingReason, Capacity, Execution, OnIncomplete, Outcome, Policy, Quantity, Status,
};

const INACTIVE: [Status; 3] = [Status::Suspended, Status::Sanctioned, Status::Revoked];

#[test]
fn status_before_affirming_should_keep_the_party_out_and_return_the_others_assets() {
    for status in INACTIVE {
        ExtBuilder.build_and_execute(|| {
            let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
            set_status(BUYER_ID, status);
            assert_noop!(affirm_as(&BUYER, id, party(Policy::Part)), Error::<Test>::NotActive);
            assert_ok!(release(&SELLER, id, DELIVERY, 5));
            at(RESERVE_BY);
            sweep();
            assert_eq!(outcome(id), (Outcome::Expired, 0));
            assert_moved(0, 0, (0, 0));
        });
    }
}

#[test]
fn status_of_the_giver_before_reserving_should_stop_its_reservation_only() {
    for status in INACTIVE {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Npar, 0, 9);
            appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
            set_status(SELLER_ID, status);
            assert_noop!(reserve(&SELLER, id, DELIVERY, Quantity::Exactly(10)), Error::<Test>::NotActive);
            if status == Status::Sanctioned {
                // Nobody brings anything more into its trades.
                assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, Quantity::Exactly(10)), Error::<Test>::Blocked);
                assert_noop!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(1)), Error::<Test>::Blocked);
            } else {
                let more = reserve(&CUSTODIAN, id, DELIVERY, Quantity::Exactly(10));
                assert_eq!(more, Err(Error::<Test>::PartyNotActive.into()));
                assert_ok!(reserve(&BUYER, id, PAYMENT, Quantity::Exactly(1)));
            }
            assert_ok!(release(&BUYER, id, PAYMENT, reserved(id)[1]));
            assert_moved(0, 0, (0, 0));
        });
    }
}

#[test]
fn status_after_a_part_is_committed_should_let_it_settle_unless_sanctioned() {
    for status in INACTIVE {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 6);
            set_status(SELLER_ID, status);
            at(RESERVE_BY);
            sweep();
            if status == Status::Sanctioned {
                let reasons = vec![BlockingReason::Sanctioned(SELLER_ID)];
                assert!(events().contains(&Event::SettlementDeferred { id, reasons, by: None, reference: trade_1() }));
                assert_noop!(settle(&BUYER, id, None), Error::<Test>::Blocked);
                at(DEADLINE);
                sweep();
                // The buyer has its cash back; what is the seller's waits.
                assert_eq!(outcome(id), (Outcome::Expired, 0));
                assert_moved(0, 0, (600, 0));
                assert_eq!(claimable(&SELLER, SHARE), 600);
                assert!(claim(&SELLER, SHARE).is_err());
                set_status(SELLER_ID, Status::Active);
                assert_ok!(claim(&SELLER, SHARE));
                assert_moved(0, 0, (0, 0));
            } else {
                assert_eq!(outcome(id), (Outcome::PartiallySettled, 6));
                assert_moved(600, 6_000, (0, 0));
            }
        });
    }
}

#[test]
fn status_of_the_receiver_after_forming_should_let_it_settle_unless_sanctioned() {
    for status in INACTIVE {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, Execution::Immediate);
            terms.settle_from = START + 5_000;
            let id = matched(&terms, Policy::Npar, 10, 10);
            assert_eq!(open(id).state, State::Formed { lots: 10 });
            set_status(BUYER_ID, status);
            at(5_000);
            if status == Status::Sanctioned {
                assert_noop!(settle(&SELLER, id, None), Error::<Test>::Blocked);
                set_status(BUYER_ID, Status::Suspended);
            }
            assert_ok!(settle(&SELLER, id, None));
            assert_moved(1_000, 10_000, (0, 0));
            // Received, and at its disposal once it is active again.
            assert!(Assets::transfer(by(&BUYER), SHARE, THIRD, 1).is_err());
        });
    }
}

#[test]
fn status_after_one_token_should_complete_at_the_deadline_unless_sanctioned() {
    for status in INACTIVE {
        for (used_by, leg) in [(BUYER, DELIVERY), (SELLER, PAYMENT)] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
                assert_ok!(execute(&used_by, id, leg));
                set_status(BUYER_ID, status);
                at(DEADLINE);
                sweep();
                if status == Status::Sanctioned {
                    // Nothing moves to or from a sanctioned party: both legs go back, its own as a credit.
                    assert_eq!(outcome(id), (Outcome::Reversed, 0));
                    assert_moved(0, 0, (0, 10_000));
                    assert_eq!(claimable(&BUYER, EURO), 10_000);
                } else {
                    assert_eq!(outcome(id), (Outcome::Settled, 10));
                    assert_moved(1_000, 10_000, (0, 0));
                }
            });
        }
    }
}

#[test]
fn status_should_not_open_a_way_out_of_a_half_executed_tranche() {
    ExtBuilder.build_and_execute(|| {
        let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        set_status(SELLER_ID, Status::Suspended);
        assert_noop!(release(&SELLER, id, DELIVERY, 1), Error::<Test>::Irrevocable);
        assert_noop!(cancel(&SELLER, id), Error::<Test>::AlreadyExecuted);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

#[test]
fn status_should_turn_a_shown_secret_into_a_return_only_for_a_sanctioned_party() {
    for status in INACTIVE {
        ExtBuilder.build_and_execute(|| {
            let mut terms = dvp(10, hashlock());
            terms.settle_from = START + 5_000;
            let id = matched(&terms, Policy::Npar, 10, 10);
            assert_ok!(reveal(&BUYER, id, SECRET));
            set_status(SELLER_ID, status);
            at(DEADLINE);
            sweep();
            if status == Status::Sanctioned {
                assert_eq!(outcome(id), (Outcome::Reversed, 0));
                assert_moved(0, 0, (1_000, 0));
                assert_eq!(claimable(&SELLER, SHARE), 1_000);
            } else {
                assert_eq!(outcome(id), (Outcome::Settled, 10));
                assert_moved(1_000, 10_000, (0, 0));
            }
        });
    }
}

#[test]
fn replaced_account_should_receive_where_its_owner_is_now_at_each_step() {
    let new = AccountId::new([150; 32]);
    // Before the other reserves, after the tranche has formed, and with one token used.
    for step in 0..3 {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, if step == 0 { 0 } else { 10 });
            if step == 2 {
                assert_ok!(execute(&BUYER, id, DELIVERY));
            }
            replace(&BUYER, &BUYER_2, &new);
            assert_noop!(execute(&BUYER, id, DELIVERY), Error::<Test>::NotActive);
            if step == 0 {
                assert_ok!(Participants::recover(by(&BUYER_2), BUYER, AssetId::WithId(EURO)));
                assert_ok!(reserve(&new, id, PAYMENT, Quantity::Exactly(10)));
            }
            if step < 2 {
                assert_ok!(execute(&new, id, DELIVERY));
            }
            assert_ok!(execute(&SELLER, id, PAYMENT));
            assert_eq!(outcome(id), (Outcome::Settled, 10));
            assert_eq!((balance(SHARE, &new), balance(SHARE, &BUYER)), (1_000, 0));
            assert_eq!((balance(EURO, &SELLER), in_escrow(SHARE), in_escrow(EURO)), (10_000, 0, 0));
        });
    }
}

#[test]
fn replaced_account_should_get_its_own_back_at_the_deadline() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::OnToken);
        terms.on_incomplete = OnIncomplete::Reverse;
        let id = matched(&terms, Policy::Npar, 10, 10);
        assert_ok!(execute(&BUYER, id, DELIVERY));
        let (first, second) = (AccountId::new([150; 32]), AccountId::new([151; 32]));
        replace(&SELLER, &SELLER_2, &first);
        replace(&first, &SELLER_2, &second);
        at(DEADLINE);
        sweep();
        assert_eq!(outcome(id), (Outcome::Reversed, 0));
        assert_eq!((balance(SHARE, &second), in_escrow(SHARE)), (1_000, 0));
        assert_eq!(balance(EURO, &BUYER), OPENING);
    });
}

#[test]
fn replaced_account_should_pay_itself_when_both_ends_have_become_one() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(1, Execution::OnToken);
        terms.legs = vec![leg(SHARE, 1_000, SELLER, SELLER_2)].try_into().expect("one; qed");
        let id = instructed(&terms, Policy::Npar, 1);
        assert_ok!(affirm_as(&SELLER_2, id, party(Policy::Npar)));
        replace(&SELLER, &SELLER_2, &SELLER_2);
        assert_ok!(execute(&SELLER_2, id, DELIVERY));
        assert_eq!(outcome(id), (Outcome::Settled, 1));
        assert_eq!((balance(SHARE, &SELLER_2), in_escrow(SHARE)), (1_000, 0));
    });
}

#[test]
fn sanctioned_owner_of_a_replaced_account_should_block_as_before() {
    ExtBuilder.build_and_execute(|| {
        let mut terms = dvp(10, Execution::Immediate);
        terms.settle_from = START + 5_000;
        let id = matched(&terms, Policy::Npar, 10, 10);
        let new = AccountId::new([150; 32]);
        replace(&BUYER, &BUYER_2, &new);
        set_status(BUYER_ID, Status::Sanctioned);
        at(5_000);
        assert_noop!(settle(&SELLER, id, None), Error::<Test>::Blocked);
        at(DEADLINE);
        sweep();
        assert_eq!(outcome(id), (Outcome::Expired, 0));
        assert_eq!((balance(SHARE, &SELLER), claimable(&new, EURO)), (OPENING, 10_000));
    });
}

#[test]
fn agent_should_be_out_from_its_dismissal_on_at_each_step() {
    ExtBuilder.build_and_execute(|| {
        let out = |how: &dyn Fn()| {
            dismiss(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
            how();
            appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        };
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        appoint(&SELLER, BANK_ID, Capacity::Payment);
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 9);
        let custodian_reserves = |lots| reserve(&CUSTODIAN, id, DELIVERY, Quantity::Exactly(lots));
        out(&|| {
            assert_noop!(custodian_reserves(6), Error::<Test>::NotAuthorized);
        });
        assert_ok!(custodian_reserves(9));
        // What an agent has reserved stands after its dismissal, and is the principal's.
        out(&|| {
            assert_noop!(release(&CUSTODIAN, id, DELIVERY, 1), Error::<Test>::NotAuthorized);
            assert_noop!(
                Settlement::set_party(by(&CUSTODIAN), id, for_party(SELLER_ID, Policy::Part)),
                Error::<Test>::NotAuthorized
            );
        });
        at(PARTIAL_FROM);
        dismiss(&SELLER, BANK_ID, Capacity::Payment);
        out(&|| {
            assert_noop!(settle_part(&CUSTODIAN, id), Error::<Test>::NotAuthorized);
        });
        assert_ok!(settle_part(&CUSTODIAN, id));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        // One token is used: the dismissed bank cannot use the other one, its principal can.
        assert_noop!(execute(&BANK, id, PAYMENT), Error::<Test>::NotAuthorized);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_moved(900, 9_000, (0, 0));
    });
}

#[test]
fn agent_that_is_not_active_should_do_nothing() {
    ExtBuilder.build_and_execute(|| {
        appoint(&SELLER, CUSTODIAN_ID, Capacity::Delivery);
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 4, 0);
        set_status(CUSTODIAN_ID, Status::Suspended);
        let more = reserve(&CUSTODIAN, id, DELIVERY, Quantity::Exactly(1));
        assert_eq!(more, Err(Error::<Test>::NotActive.into()));
        // It may still take back what it has started.
        assert_ok!(release(&CUSTODIAN, id, DELIVERY, 1));
        set_status(CUSTODIAN_ID, Status::Sanctioned);
        assert_noop!(release(&CUSTODIAN, id, DELIVERY, 1), Error::<Test>::NotActive);
        assert_moved(0, 0, (300, 0));
    });
}

#[test]
fn replaced_account_should_affirm_and_reserve_in_the_place_of_the_one_in_the_terms() {
    ExtBuilder.build_and_execute(|| {
        let new = AccountId::new([150; 32]);
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        replace(&BUYER, &BUYER_2, &new);
        assert_noop!(affirm_as(&BUYER, id, party(Policy::Part)), Error::<Test>::NotActive);
        assert_ok!(Participants::recover(by(&BUYER_2), BUYER, AssetId::WithId(EURO)));
        let hash = Affirmation::Hash(open(id).terms_hash);
        assert_ok!(Settlement::affirm(by(&new), id, hash, party(Policy::Part), Some(Quantity::Exactly(10))));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!((balance(SHARE, &new), balance(SHARE, &BUYER)), (1_000, 0));
        assert_eq!((balance(EURO, &new), balance(EURO, &SELLER)), (OPENING - 10_000, 10_000));
        assert_eq!((in_escrow(SHARE), in_escrow(EURO)), (0, 0));
    });
}

#[test]
fn replaced_account_should_get_what_goes_past_escrow() {
    ExtBuilder.build_and_execute(|| {
        let new = AccountId::new([150; 32]);
        let id = instructed(&dvp(10, Execution::Immediate), Policy::Part, 10);
        replace(&SELLER, &SELLER_2, &new);
        System::reset_events();
        assert_ok!(affirm(id, Policy::Part, 10));
        let passed =
            pallet_assets::Event::<Test>::Transferred { asset_id: EURO, from: BUYER, to: new.clone(), amount: 10_000 };
        System::assert_has_event(passed.into());
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!((balance(EURO, &new), balance(EURO, &SELLER)), (10_000, 0));
        assert_eq!((balance(SHARE, &BUYER), in_escrow(SHARE), in_escrow(EURO)), (1_000, 0, 0));
    });
}

#[test]
fn replaced_account_should_go_on_between_two_tranches() {
    ExtBuilder.build_and_execute(|| {
        let new = AccountId::new([150; 32]);
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 10, 4);
        at(PARTIAL_FROM);
        assert_ok!(settle_part(&BUYER, id));
        replace(&BUYER, &BUYER_2, &new);
        assert_ok!(Participants::recover(by(&BUYER_2), BUYER, AssetId::WithId(EURO)));
        assert_ok!(reserve(&new, id, PAYMENT, Quantity::Exactly(6)));
        assert_eq!(outcome(id), (Outcome::Settled, 10));
        assert_eq!((balance(SHARE, &BUYER), balance(SHARE, &new)), (400, 600));
        assert_eq!((balance(EURO, &SELLER), in_escrow(SHARE), in_escrow(EURO)), (10_000, 0, 0));
    });
}

#[test]
fn status_of_a_party_should_not_keep_the_manager_from_settling_unless_sanctioned() {
    for status in INACTIVE {
        for (participant, credit) in [(SELLER_ID, (1_000, 0)), (BUYER_ID, (0, 10_000))] {
            ExtBuilder.build_and_execute(|| {
                let id = matched(&dvp(10, by_manager(MANAGER_BY)), Policy::Part, 10, 10);
                set_status(participant, status);
                if status == Status::Sanctioned {
                    assert_noop!(settle(&MANAGER, id, None), Error::<Test>::Blocked);
                    assert_noop!(settle(&MANAGER, id, Some(1)), Error::<Test>::Blocked);
                    at(DEADLINE);
                    sweep();
                    assert_eq!(outcome(id), (Outcome::Expired, 0));
                    assert_moved(0, 0, credit);
                    assert_eq!((claimable(&SELLER, SHARE), claimable(&BUYER, EURO)), credit);
                } else {
                    assert_ok!(settle(&MANAGER, id, Some(4)));
                    assert_ok!(settle(&MANAGER, id, None));
                    assert_eq!(outcome(id), (Outcome::Settled, 10));
                    assert_moved(1_000, 10_000, (0, 0));
                }
            });
        }
    }
}

#[test]
fn status_of_the_manager_should_leave_it_to_the_parties_from_manager_by() {
    for status in INACTIVE {
        ExtBuilder.build_and_execute(|| {
            let id = matched(&dvp(10, by_manager(15_000)), Policy::Part, 10, 10);
            set_status(MANAGER_ID, status);
            assert!(settle(&MANAGER, id, None).is_err());
            at(14_999);
            assert_noop!(settle(&BUYER, id, None), Error::<Test>::NotAuthorized);
            at(15_000);
            assert_ok!(settle(&BUYER, id, None));
            assert_moved(1_000, 10_000, (0, 0));
        });
    }
}

#[test]
fn replaced_account_should_neither_claim_nor_be_claimed_to() {
    ExtBuilder.build_and_execute(|| {
        let new = AccountId::new([150; 32]);
        let id = matched(&dvp(10, Execution::OnToken), Policy::Part, 10, 0);
        assert_ok!(Assets::freeze_asset(by(&ISSUER), SHARE));
        assert_ok!(release(&SELLER, id, DELIVERY, 10));
        assert_ok!(Assets::thaw_asset(by(&ISSUER), SHARE));
        assert_eq!(claimable(&SELLER, SHARE), 1_000);
        replace(&SELLER, &SELLER_2, &new);
        assert_eq!(claimable(&new, SHARE), 1_000);
        let asset = AssetId::WithId(SHARE);
        for (signer, to) in [(&SELLER, &SELLER), (&SELLER, &new), (&new, &SELLER)] {
            let claim = Escrow::claim(by(signer), SELLER, asset.clone(), to.clone());
            assert_noop!(claim, pallet_escrow::Error::<Test>::AccountReplaced);
        }
        // What was meant for the replaced account goes to the one that has its place.
        assert_ok!(Escrow::claim(by(&new), SELLER, asset, new.clone()));
        assert_eq!(balance(SHARE, &new), 1_000);
    });
}

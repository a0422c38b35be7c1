//! Tests of the rights of accounts and of the mandates of agents in trades.

use super::helpers::*;
use crate::{mock::*, Error, FlagSource};
use pallet_participants::{types::RightList, AssetLimits, Counterparties, Limits, Mandate, MandateAssets};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};
use tandem_primitives::{
    AccountId, AssetId, Capacity, Execution, InstructionId, ParticipantId, Policy, Quantity::Exactly, Right, Rights,
};

/// Account that these tests add to the seller's participant.
const SECOND: AccountId = AccountId::new([150; 32]);

fn list(rights: &[Right]) -> RightList {
    rights.to_vec().try_into().expect("at most four; qed")
}

/// Test helper: adds the account [`SECOND`] to the seller's participant, with these rights.
fn second(rights: &[Right]) {
    assert_ok!(Participants::add_account(by(&SELLER), SELLER_ID, SECOND, Some(list(&[]))));
    if !rights.is_empty() {
        assert_ok!(Participants::request_rights(by(&SELLER), SECOND, list(rights)));
    }
}

fn matched_dvp() -> InstructionId {
    matched(&dvp(10, Execution::OnToken), Policy::Part, 0, 0)
}

/// Test helper: a mandate for shares alone, never free of payment, with these limits for one instruction and for one
/// day.
fn limited(per_instruction: u128, per_day: u128) -> Mandate {
    let limits = Limits { per_instruction, per_day };
    let entry = AssetLimits { asset: AssetId::WithId(SHARE), limits };
    let assets = MandateAssets::Only(vec![entry].try_into().expect("one; qed"));
    Mandate { assets, ..Mandate::widest() }
}

fn custodian(mandate: Mandate) {
    appoint_within(&SELLER, CUSTODIAN_ID, Capacity::Delivery, mandate);
}

// Before the fix one account with `Move` could give a leg of another account of its participant, such as a vault.
#[test]
fn chain_h3_one_account_should_not_give_a_leg_of_another() {
    ExtBuilder.build_and_execute(|| {
        second(&[Right::Trade, Right::Move]);
        let id = matched_dvp();
        assert_noop!(reserve(&SECOND, id, DELIVERY, Exactly(1)), Error::<Test>::NotAuthorized);
        // Nor in the call that instructs: it agrees, and reserves nothing of what is not its own.
        let named = named(dvp(10, Execution::OnToken), "SECOND");
        let mine = id_of(&named, &SECOND);
        let terms = tandem_primitives::VersionedTerms::V1(named);
        assert_ok!(Settlement::instruct(by(&SECOND), terms, party(Policy::Part), Some(Exactly(10))));
        assert_eq!(reserved(mine), [0, 0]);
        assert_moved(0, 0, (0, 0));
        // What it has the right to, it gives.
        assert_ok!(Participants::request_rights(by(&SELLER), SECOND, list(&[Right::MoveAll])));
        assert_ok!(reserve(&SECOND, id, DELIVERY, Exactly(1)));
        assert_moved(0, 0, (100, 0));
    });
}

// The token of what another account receives is that account's.
#[test]
fn chain_h3_one_account_should_not_take_a_leg_of_another() {
    ExtBuilder.build_and_execute(|| {
        second(&[Right::Trade, Right::Move]);
        let id = matched(&dvp(10, Execution::OnToken), Policy::Npar, 10, 10);
        assert_noop!(execute(&SECOND, id, PAYMENT), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::request_rights(by(&SELLER), SECOND, list(&[Right::MoveAll])));
        assert_ok!(execute(&SECOND, id, PAYMENT));
    });
}

#[test]
fn chain_h3_one_account_should_claim_nothing_of_another_for_itself() {
    ExtBuilder.build_and_execute(|| {
        second(&[Right::Trade, Right::Move]);
        let mut terms = dvp(10, Execution::Immediate);
        terms.settle_from = START + 5_000;
        let id = matched(&terms, Policy::Npar, 10, 10);
        assert_ok!(Assets::touch_other(by(&ISSUER), EURO, SELLER));
        assert_ok!(Assets::block(by(&ISSUER), EURO, SELLER));
        at(5_000);
        assert_ok!(settle(&THIRD, id, None));
        assert_eq!(claimable(&SELLER, EURO), 10_000);
        let to_itself = || Escrow::claim(by(&SECOND), SELLER, AssetId::WithId(EURO), SECOND);
        assert_noop!(to_itself(), pallet_escrow::Error::<Test>::WrongAccount);
        // With the right to move all that there is, it takes it to where it can be paid.
        assert_ok!(Participants::request_rights(by(&SELLER), SECOND, list(&[Right::MoveAll])));
        assert_ok!(to_itself());
        assert_eq!((claimable(&SELLER, EURO), balance(EURO, &SECOND)), (0, 10_000));
    });
}

// A key that was lowered to nothing finishes nothing in its participant's name either.
#[test]
fn chain_h3_an_account_without_a_right_in_trades_should_form_no_part() {
    ExtBuilder.build_and_execute(|| {
        second(&[]);
        let id = matched(&dvp(10, Execution::Immediate), Policy::Part, 6, 6);
        at(PARTIAL_FROM);
        assert_noop!(settle_part(&SECOND, id), Error::<Test>::NotAuthorized);
        assert_ok!(Participants::request_rights(by(&SELLER), SECOND, list(&[Right::Trade])));
        assert_ok!(settle_part(&SECOND, id));
    });
}

// A vault has `Move` and only its own signature moves its assets; accounts with `Trade` affirm its trades.
#[test]
fn a_vault_should_give_by_itself_what_others_have_agreed() {
    ExtBuilder.build_and_execute(|| {
        second(&[Right::Trade]);
        let terms = dvp(10, Execution::OnToken);
        assert_ok!(Participants::lower_rights(by(&SELLER), SELLER, list(&[Right::Move])));
        assert_noop!(instruct_as(&SELLER, &terms, party(Policy::Part)), Error::<Test>::NotAuthorized);
        assert_ok!(instruct_as(&SECOND, &terms, party(Policy::Part)));
        let id = id_of(&terms, &SECOND);
        assert_ok!(affirm(id, Policy::Part, 10));
        assert_noop!(reserve(&SECOND, id, DELIVERY, Exactly(10)), Error::<Test>::NotAuthorized);
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(10)));
        // The token of what the vault receives is the vault's, too.
        assert_noop!(execute(&SECOND, id, PAYMENT), Error::<Test>::NotAuthorized);
        assert_ok!(execute(&SELLER, id, PAYMENT));
        assert_ok!(execute(&BUYER, id, DELIVERY));
        assert_moved(1_000, 10_000, (0, 0));
    });
}

// The leg's account can receive but not move; an account with `MoveAll` gives for it.
#[test]
fn an_account_with_move_all_should_give_for_one_that_cannot_move() {
    ExtBuilder.build_and_execute(|| {
        second(&[Right::MoveAll]);
        let id = matched_dvp();
        assert_ok!(Participants::lower_rights(by(&SELLER), SELLER, list(&[Right::Administer])));
        assert_noop!(reserve(&SELLER, id, DELIVERY, Exactly(10)), Error::<Test>::NotAuthorized);
        assert_ok!(reserve(&SECOND, id, DELIVERY, tandem_primitives::Quantity::UpTo(10)));
        assert_moved(0, 0, (1_000, 0));
        assert_ok!(release(&SECOND, id, DELIVERY, 4));
        assert_moved(0, 0, (600, 0));
    });
}

#[test]
fn without_trade_an_account_should_neither_cancel_nor_hold_back() {
    ExtBuilder.build_and_execute(|| {
        second(&[Right::Move]);
        let id = matched_dvp();
        assert_noop!(cancel(&SECOND, id), Error::<Test>::NotAuthorized);
        assert_noop!(set_flag(&SECOND, id, FlagSource::Party), Error::<Test>::NotAuthorized);
        assert_noop!(Settlement::set_party(by(&SECOND), id, party(Policy::Npar)), Error::<Test>::NotAuthorized);
        assert_ok!(set_flag(&SELLER, id, FlagSource::Party));
    });
}

#[test]
fn an_agent_should_give_within_its_amounts_only() {
    ExtBuilder.build_and_execute(|| {
        custodian(limited(999, 5_000));
        let id = matched_dvp();
        assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(1)), Error::<Test>::NotAuthorized);
        custodian(limited(1_000, 500));
        assert_ok!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(3)));
        assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(3)), Error::<Test>::BeyondMandate);
        assert_ok!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(2)));
        assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(1)), Error::<Test>::BeyondMandate);
        // Principal and agent may both act.
        assert_ok!(reserve(&SELLER, id, DELIVERY, Exactly(1)));
        assert_moved(0, 0, (600, 0));
        assert_ok!(release(&CUSTODIAN, id, DELIVERY, 6));
    });
}

#[test]
fn an_agent_should_agree_and_give_to_its_counterparties_only() {
    ExtBuilder.build_and_execute(|| {
        let of = |list: &[ParticipantId]| Counterparties::Only(list.to_vec().try_into().expect("few; qed"));
        let terms = dvp(10, Execution::OnToken);
        custodian(Mandate { counterparties: of(&[MANAGER_ID]), ..Mandate::widest() });
        let instruct = || instruct_as(&CUSTODIAN, &terms, for_party(SELLER_ID, Policy::Part));
        assert_noop!(instruct(), Error::<Test>::BeyondMandate);
        custodian(Mandate { counterparties: of(&[BUYER_ID]), ..Mandate::widest() });
        assert_ok!(instruct());
    });
}

// An agent whose mandate names nobody changes nothing of a trade that its principal has agreed itself.
#[test]
fn chain_h3_an_agent_should_speak_only_in_trades_within_its_mandate() {
    ExtBuilder.build_and_execute(|| {
        let to_nobody = Mandate { counterparties: Counterparties::Only(Default::default()), ..Mandate::widest() };
        custodian(to_nobody.clone());
        let terms = dvp(10, Execution::Immediate);
        let id = instructed(&terms, Policy::Npar, 6);
        assert_ok!(affirm_as(&BUYER, id, party(Policy::Part)));
        assert_ok!(reserve(&BUYER, id, PAYMENT, Exactly(6)));
        let change = || Settlement::set_party(by(&CUSTODIAN), id, for_party(SELLER_ID, Policy::Part));
        let cancel = || Settlement::cancel(by(&CUSTODIAN), id, Some(SELLER_ID));
        assert_noop!(change(), Error::<Test>::BeyondMandate);
        assert_noop!(cancel(), Error::<Test>::BeyondMandate);
        // Nor does it refuse what its principal is asked.
        let asked = {
            let mut asked = named(terms, "ASKED");
            asked.legs =
                vec![leg(SHARE, 1_000, BUYER, SELLER), leg(EURO, 1_000, SELLER, BUYER)].try_into().expect("two");
            assert_ok!(instruct_as(&BUYER, &asked, party(Policy::Part)));
            id_of(&asked, &BUYER)
        };
        let reject = || Settlement::reject(by(&CUSTODIAN), asked, Some(SELLER_ID), because("not theirs"));
        assert_noop!(reject(), Error::<Test>::BeyondMandate);
        // Within its mandate it does all three.
        custodian(Mandate { counterparties: Counterparties::Any, ..to_nobody });
        assert_ok!(reject());
        assert_ok!(change());
        assert_ok!(cancel());
    });
}

#[test]
fn an_agent_should_give_for_nothing_only_what_its_principal_has_agreed() {
    ExtBuilder.build_and_execute(|| {
        let free = with_legs(10, vec![leg(SHARE, 1_000, SELLER, BUYER)]);
        custodian(Mandate::widest());
        let by_agent = instruct_as(&CUSTODIAN, &free, for_party(SELLER_ID, Policy::Part));
        assert_noop!(by_agent, Error::<Test>::BeyondMandate);
        assert_ok!(instruct_as(&SELLER, &free, party(Policy::Part)));
        assert_ok!(reserve(&CUSTODIAN, id_of(&free, &SELLER), DELIVERY, Exactly(10)));
        // With the right to deliver free of payment it agrees, too.
        custodian(Mandate { free_of_payment: true, ..Mandate::widest() });
        let again = named(free, "AGAIN");
        assert_ok!(instruct_as(&CUSTODIAN, &again, for_party(SELLER_ID, Policy::Part)));
        assert_ok!(reserve(&CUSTODIAN, id_of(&again, &CUSTODIAN), DELIVERY, Exactly(10)));
    });
}

#[test]
fn an_agent_without_trade_should_give_what_its_principal_has_agreed() {
    ExtBuilder.build_and_execute(|| {
        custodian(Mandate { rights: Rights::NONE.with(Right::Move), ..Mandate::widest() });
        let terms = dvp(10, Execution::OnToken);
        let by_agent = instruct_as(&CUSTODIAN, &terms, for_party(SELLER_ID, Policy::Part));
        assert_noop!(by_agent, Error::<Test>::NotAuthorized);
        let id = matched_dvp();
        assert_ok!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(1)));
        assert_noop!(cancel(&CUSTODIAN, id), Error::<Test>::NotAuthorized);
    });
}

#[test]
fn a_mandate_should_end_with_its_time() {
    ExtBuilder.build_and_execute(|| {
        custodian(Mandate { expires: START + 10, ..Mandate::widest() });
        let id = matched_dvp();
        at(9);
        assert_ok!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(1)));
        at(10);
        assert_noop!(reserve(&CUSTODIAN, id, DELIVERY, Exactly(1)), Error::<Test>::NotAuthorized);
    });
}

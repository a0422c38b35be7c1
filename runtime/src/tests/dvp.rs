//! Tests of a trade from beginning to end, with the transactions that clients send.

use super::world::*;
use crate::*;
use pallet_settlement::Affirmation;
use sp_keyring::Sr25519Keyring;
use tandem_primitives::{
    instruction_id, BlockingReason, Date, Execution, InstructionId, Leg, NetworkIndex, OnIncomplete, Outcome,
    PartyTerms, Quantity, Stage, Status, Terms, VersionedTerms,
};

/// Test helper: terms of a trade of 600 of the security against 59,400.00 of cash, in one lot.
pub fn terms(reference: &str) -> VersionedTerms {
    let leg = |asset, amount, from: Sr25519Keyring, to: Sr25519Keyring| Leg {
        network: NetworkIndex(0),
        asset: AssetId::WithId(asset),
        amount,
        from: from.to_account_id(),
        to: to.to_account_id(),
    };
    let now = Timestamp::get();
    VersionedTerms::V1(Terms {
        reference: reference.as_bytes().to_vec().try_into().expect("short"),
        networks: vec![System::block_hash(0)].try_into().expect("one"),
        two_networks: None,
        legs: vec![leg(BOND, 600, SELLER, BUYER), leg(EURO, 59_400, BUYER, SELLER)].try_into().expect("two"),
        lots: 1,
        trade_date: Date(20_000),
        settlement_date: Date(20_002),
        settle_from: 0,
        partial_from: now,
        reserve_by: now + 60_000,
        deadline: now + 120_000,
        execution: Execution::Immediate,
        on_incomplete: OnIncomplete::Complete,
    })
}

pub fn instruct(terms: VersionedTerms) -> RuntimeCall {
    let party = PartyTerms::default();
    pallet_settlement::Call::instruct { terms, party, reserve: Some(Quantity::Exactly(1)) }.into()
}

pub fn affirm(id: InstructionId, terms: &VersionedTerms) -> RuntimeCall {
    pallet_settlement::Call::affirm {
        id,
        affirmation: Affirmation::Hash(terms.hash()),
        party: PartyTerms::default(),
        reserve: Some(Quantity::Exactly(1)),
    }
    .into()
}

pub fn id_of(terms: &VersionedTerms) -> InstructionId {
    instruction_id(System::block_hash(0), &SELLER.to_account_id(), terms.hash())
}

fn deadline(VersionedTerms::V1(terms): &VersionedTerms) -> Moment {
    terms.deadline
}

#[test]
fn two_signed_transactions_should_settle_a_trade() {
    execute(|| {
        let terms = terms("DVP-1");
        let id = id_of(&terms);
        send_ok(SELLER, instruct(terms.clone()));
        assert_eq!(balance(BOND, SELLER), 400);
        assert_eq!(Assets::balance(BOND, Escrow::account_id()), 600);
        assert_eq!(Settlement::instruction(id).expect("open").stage, Stage::Proposed);
        assert!(!Settlement::blocking_reasons(id).is_empty());

        send_ok(BUYER, affirm(id, &terms));
        assert_eq!(balance(BOND, BUYER), 600);
        assert_eq!(balance(EURO, SELLER), 59_400);
        assert_eq!(balance(EURO, BUYER), 40_600);
        assert_eq!(Assets::balance(BOND, Escrow::account_id()), 0);
        let view = Settlement::instruction(id).expect("kept");
        assert_eq!(view.stage, Stage::Closed { outcome: Outcome::Settled });
        assert_eq!(view.settled, 1);
    });
}

#[test]
fn what_is_due_to_a_sanctioned_party_should_wait_as_a_credit() {
    execute(|| {
        let VersionedTerms::V1(mut terms) = terms("DVP-2");
        (terms.settle_from, terms.partial_from) = (terms.reserve_by, terms.reserve_by);
        let terms = VersionedTerms::V1(terms);
        let id = id_of(&terms);
        send_ok(SELLER, instruct(terms.clone()));
        // All is reserved, and has to wait.
        send_ok(BUYER, affirm(id, &terms));
        set_status(SELLER_ID, Status::Sanctioned);
        // Nothing moves to or from the sanctioned party.
        assert_eq!(balance(BOND, BUYER), 0);
        assert_eq!(balance(EURO, SELLER), 0);
        assert!(Settlement::blocking_reasons(id).contains(&BlockingReason::Sanctioned(SELLER_ID)));

        // At the deadline the sweep closes it: the buyer has its cash again, and the seller a credit.
        while Timestamp::get() < deadline(&terms) {
            next_block();
        }
        next_block();
        assert_eq!(Settlement::instruction(id).expect("kept").stage, Stage::Closed { outcome: Outcome::Expired });
        assert_eq!(balance(EURO, BUYER), 100_000);
        let credit = pallet_escrow::Claimable::<Runtime>::get(SELLER.to_account_id(), AssetId::WithId(BOND));
        assert_eq!(credit.map(|credit| (credit.amount, credit.instructions.to_vec())), Some((600, vec![id])));

        // It is paid once the regulator has reinstated it.
        let (account, asset, to) = (SELLER.to_account_id(), AssetId::WithId(BOND), SELLER.to_account_id());
        let claim = pallet_escrow::Call::claim { account, asset, to };
        set_status(SELLER_ID, Status::Active);
        send_ok(SELLER, claim);
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

#[test]
fn chain_m5_a_chain_that_stood_still_past_the_deadline_should_settle_what_was_covered_and_return_the_rest() {
    execute(|| {
        let waiting = |reference| {
            let VersionedTerms::V1(mut terms) = terms(reference);
            (terms.settle_from, terms.partial_from) = (terms.reserve_by, terms.reserve_by);
            VersionedTerms::V1(terms)
        };
        let (covered, mut token) = (waiting("DVP-8"), waiting("DVP-9"));
        let VersionedTerms::V1(by_token) = &mut token;
        by_token.execution = Execution::OnToken;
        by_token.legs.iter_mut().for_each(|leg| leg.amount /= 6);
        for terms in [&covered, &token] {
            send_ok(SELLER, instruct(terms.clone()));
            send_ok(BUYER, affirm(id_of(terms), terms));
        }
        // No block was made from here until long after every deadline.
        stand_still((deadline(&covered) - Timestamp::get() + 3_600_000) / SLOT_DURATION);
        assert!(Timestamp::get() > deadline(&covered) + 3_600_000);
        let stage = |terms: &VersionedTerms| Settlement::instruction(id_of(terms)).expect("kept").stage;
        assert_eq!(stage(&covered), Stage::Closed { outcome: Outcome::Settled });
        assert_eq!(stage(&token), Stage::Closed { outcome: Outcome::Expired });
        assert_eq!((balance(BOND, BUYER), balance(EURO, SELLER)), (600, 59_400));
        assert_eq!((balance(BOND, SELLER), balance(EURO, BUYER)), (400, 40_600));
    });
}

#[test]
fn the_sweep_should_close_what_nobody_settles() {
    execute(|| {
        let terms = terms("DVP-3");
        let id = id_of(&terms);
        send_ok(SELLER, instruct(terms));
        for _ in 0..61 {
            next_block();
        }
        let view = Settlement::instruction(id).expect("kept");
        assert_eq!(view.stage, Stage::Closed { outcome: Outcome::Expired });
        assert_eq!(balance(BOND, SELLER), 1_000);
    });
}

#[test]
fn an_asset_with_anything_in_escrow_should_not_be_destroyed_by_anybody() {
    execute(|| {
        send_ok(SELLER, instruct(terms("DVP-4")));
        let destroy = || RuntimeCall::from(pallet_assets::Call::start_destroy { id: BOND.into() });
        let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
        assert_eq!(outcome(ISSUER, destroy()), filtered);
        let sudo_as = pallet_sudo::Call::sudo_as { who: id(ISSUER), call: Box::new(destroy()) };
        assert_eq!(outcome(OPERATOR, sudo_as), filtered);
        // Nor by its issuer and the regulator together.
        let joint = pallet_participants::Call::destroy_asset { asset: BOND, reason: reason() };
        let body = tandem_primitives::Body::IssuerAndRegulator;
        let hash = decide(body, &[REGULATOR, REGULATOR_2, ISSUER], joint);
        assert_eq!(enacted(hash), Some(Err(pallet_assets::Error::<Runtime>::ContainsHolds.into())));
        assert!(pallet_assets::Asset::<Runtime>::get(BOND).expect("there").status == pallet_assets::AssetStatus::Live);
    });
}

#[test]
fn an_asset_in_which_dust_could_exist_should_not_be_created() {
    execute(|| {
        let create = |min_balance| pallet_assets::Call::create { id: 7.into(), admin: id(ISSUER), min_balance };
        assert_eq!(outcome(ISSUER, create(2)), Err(pallet_assets::Error::<Runtime>::CallbackFailed.into()));
        send_ok(ISSUER, create(1));
        let raise = pallet_assets::Call::set_min_balance { id: 7.into(), min_balance: 2 };
        assert_eq!(refused(ISSUER, raise), pallet_participants::GuardRefusal::Forbidden.into());
        let not_an_issuer = pallet_assets::Call::create { id: 8.into(), admin: id(SELLER), min_balance: 1 };
        assert_eq!(refused(SELLER, not_an_issuer), pallet_participants::GuardRefusal::NotIssuer.into());
    });
}

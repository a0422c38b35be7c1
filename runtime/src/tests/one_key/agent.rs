//! Tests with one stolen key of an agent: a settlement bank that pays for the buyer, within its mandate.

use super::thief::*;
use crate::{
    tests::{dvp, world::*},
    *,
};
use pallet_participants::{AssetLimits, Call as Directory, Counterparties, Limits, Mandate, MandateAssets};
use sp_keyring::Sr25519Keyring::{self, BobStash as BANK};
use tandem_primitives::{
    instruction_id, Capacity, InstructionId, Leg, LegIndex, ParticipantId, PartyTerms, Quantity, Right, Role,
    VersionedTerms,
};

/// Test helper: runs a test with a bank that may pay the seller for the buyer: at most 1,000 in a trade and 2,000 on a
/// day, never for nothing.
fn with_bank(test: impl FnOnce(ParticipantId)) {
    execute(|| {
        let bank = register(Role::SettlementBank, &[(BANK.to_account_id(), &[Right::Trade, Right::Move])]);
        let limits = Limits { per_instruction: 1_000, per_day: 2_000 };
        let assets = vec![AssetLimits { asset: AssetId::WithId(EURO), limits }];
        let mandate = Mandate {
            assets: MandateAssets::Only(assets.try_into().expect("one")),
            counterparties: Counterparties::Only(vec![SELLER_ID].try_into().expect("one")),
            ..Mandate::widest()
        };
        send_ok(BUYER, Directory::appoint_agent { agent: bank, capacity: Capacity::Payment, mandate });
        pallet_participants::RightsDelay::<Runtime>::put(DELAY);
        test(bank);
    });
}

/// Test helper: instruction of the bank for the buyer, which pays `amount` to `to` for one security, or for nothing if
/// `free`. Gives the call and the id.
fn trade(reference: &str, to: Sr25519Keyring, amount: Balance, free: bool) -> (RuntimeCall, InstructionId) {
    let VersionedTerms::V1(mut terms) = dvp::terms(reference);
    let pay = Leg { amount, to: to.to_account_id(), ..terms.legs[1].clone() };
    let deliver = Leg { amount: 1, from: to.to_account_id(), ..terms.legs[0].clone() };
    let legs = if free { vec![pay] } else { vec![deliver, pay] };
    terms.legs = legs.try_into().expect("few");
    let terms = VersionedTerms::V1(terms);
    let id = instruction_id(System::block_hash(0), &BANK.to_account_id(), terms.hash());
    let party = PartyTerms { on_behalf_of: Some(BUYER_ID), ..PartyTerms::default() };
    (pallet_settlement::Call::instruct { terms, party, reserve: Some(Quantity::Exactly(1)) }.into(), id)
}

#[test]
fn chain_h3_a_thief_of_an_agents_key_should_stay_within_the_mandate() {
    with_bank(|_| {
        let beyond = Err(pallet_settlement::Error::<Runtime>::BeyondMandate.into());
        // To somebody else, for nothing, too much in one trade.
        assert_eq!(outcome(BANK, trade("OTHER", ISSUER, 1_000, false).0), beyond);
        assert_eq!(outcome(BANK, trade("FREE", SELLER, 1_000, true).0), beyond);
        assert_eq!(outcome(BANK, trade("MUCH", SELLER, 1_001, false).0), beyond);
        // At worst: what the mandate lets it pay on a day, to whom it names, against a delivery.
        for reference in ["FIRST", "SECOND"] {
            send_ok(BANK, trade(reference, SELLER, 1_000, false).0);
        }
        assert_eq!(outcome(BANK, trade("THIRD", SELLER, 1_000, false).0), beyond);
        assert_eq!(balance(EURO, BUYER), 98_000);
        // It has no account of the principal, and moves nothing by itself.
        assert_eq!(succeeded(BANK, grabs(BUYER_ID, BUYER, BANK, SELLER_ID)), 0);
        assert_eq!(balance(EURO, BUYER), 98_000);
    });
}

// The way back: the principal dismisses its agent at once, and takes back what nobody has answered yet.
#[test]
fn a_stolen_agents_key_should_be_dismissed_at_once() {
    with_bank(|bank| {
        let (instruct, id) = trade("PENDING", SELLER, 1_000, false);
        send_ok(BANK, instruct);
        send_ok(BUYER, Directory::dismiss_agent { agent: bank, capacity: Capacity::Payment });
        let again = outcome(BANK, trade("AGAIN", SELLER, 1_000, false).0);
        assert_eq!(again, Err(pallet_settlement::Error::<Runtime>::NotAuthorized.into()));
        let leg = LegIndex(1);
        send_ok(BUYER, pallet_settlement::Call::release { id, leg, lots: 1 });
        assert_eq!(balance(EURO, BUYER), 100_000);
    });
}

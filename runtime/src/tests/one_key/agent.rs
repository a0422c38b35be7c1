//! Tests with one stolen key of an agent: a settlement bank that pays for the buyer, within its mandate.

use super::thief::*;
use crate::{
    tests::{dvp, world::*},
    *,
};
use pallet_participants::{
    AssetCode, AssetLimits, AssetRecord, Call as Directory, Counterparties, Limits, Mandate, MandateAssets,
};
use sp_keyring::Sr25519Keyring::{self, BobStash as BANK};
use tandem_primitives::{
    instruction_id, Capacity, InstructionId, Leg, LegIndex, ParticipantId, PartyTerms, Quantity, Right, Role,
    VersionedTerms,
};

/// Test helper: runs a test with a bank that may pay the seller for the buyer: at most 1,000 in a trade and 2,000 on a
/// day, never for nothing.
fn with_bank(test: impl FnOnce(ParticipantId)) {
    execute(|| {
        let bank = register(&[Role::SettlementBank], &[(BANK.to_account_id(), &[Right::Trade, Right::Move])]);
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
        not_administering(BANK, grabs(BUYER_ID, BUYER, BANK));
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

/// A second security of the issuer, of which the seller has 1,000. The market knows it, and it may be worth nothing.
const OTHER_BOND: u32 = 3;

fn list_other_bond() {
    let isin = tandem_primitives::Isin::parse("QZ0005122071").expect("check digit fits");
    let record = AssetRecord {
        kind: tandem_primitives::AssetKind::Security,
        code: AssetCode::Isin(isin),
        cfi: None,
        settlement_unit: 1,
    };
    send_ok(ISSUER, pallet_assets::Call::create { id: OTHER_BOND.into(), admin: id(ISSUER), min_balance: 1 });
    send_ok(ISSUER, Directory::list_asset { asset: AssetId::WithId(OTHER_BOND), record });
    send_ok(OPERATOR, Directory::confirm_listing { asset: AssetId::WithId(OTHER_BOND), record });
    send_ok(ISSUER, pallet_assets::Call::mint { id: OTHER_BOND.into(), beneficiary: id(SELLER), amount: 1_000 });
}

/// A trade of these legs, (asset, amount, giver, receiver), as an agent instructs it for a principal.
fn legs(
    reference: &str,
    principal: ParticipantId,
    legs: &[(u32, Balance, Sr25519Keyring, Sr25519Keyring)],
) -> RuntimeCall {
    let VersionedTerms::V1(mut terms) = dvp::terms(reference);
    let leg = |(asset, amount, from, to): &(u32, Balance, Sr25519Keyring, Sr25519Keyring)| Leg {
        asset: AssetId::WithId(*asset),
        amount: *amount,
        from: from.to_account_id(),
        to: to.to_account_id(),
        ..terms.legs[0].clone()
    };
    terms.legs = legs.iter().map(leg).collect::<Vec<_>>().try_into().expect("few");
    // Named where the principal is at both ends of a leg.
    let account = terms.legs.iter().any(|leg| leg.to == STRANGER.to_account_id()).then(|| SELLER.to_account_id());
    let party = PartyTerms { on_behalf_of: Some(principal), account, ..PartyTerms::default() };
    let terms = VersionedTerms::V1(terms);
    pallet_settlement::Call::instruct { terms, party, reserve: Some(Quantity::Exactly(1)) }.into()
}

/// What a custodian's key may deliver against payment it does not give for a security, nor for what the receiver, the
/// agent or the principal itself pays with nothing.
#[test]
fn chain_h3_a_thief_of_a_custodians_key_should_deliver_against_money_only() {
    use Sr25519Keyring::BobStash as CUSTODIAN;
    execute(|| {
        list_other_bond();
        let custodian = register(&[Role::Custodian], &[(CUSTODIAN.to_account_id(), &[Right::Trade, Right::Move])]);
        let mandate = Mandate::widest();
        send_ok(SELLER, Directory::appoint_agent { agent: custodian, capacity: Capacity::Delivery, mandate });
        add_account(SELLER, SELLER_ID, STRANGER.to_account_id());
        send_ok(BUYER, pallet_assets::Call::transfer { id: EURO.into(), target: id(ISSUER), amount: 1_000 });
        let beyond = Err(pallet_settlement::Error::<Runtime>::BeyondMandate.into());
        for (reference, other) in [
            // A security, whatever it is worth.
            ("SECURITY", (OTHER_BOND, 100, BUYER, SELLER)),
            // Cash that its giver has issued itself.
            ("OWN-MONEY", (EURO, 100, ISSUER, SELLER)),
            // Cash that the principal pays to itself.
            ("TO-ITSELF", (EURO, 100, SELLER, STRANGER)),
        ] {
            let thief = other.2;
            let to = if thief == SELLER { BUYER } else { thief };
            let call = legs(reference, SELLER_ID, &[(BOND, 100, SELLER, to), other]);
            assert_eq!(outcome(CUSTODIAN, call), beyond, "{reference}");
        }
        send_ok(CUSTODIAN, legs("MONEY", SELLER_ID, &[(BOND, 100, SELLER, BUYER), (EURO, 100, BUYER, SELLER)]));
        assert_eq!(balance(BOND, SELLER), 900);
    });
}

/// What a bank's key pays for is a listed asset of somebody else's, not one that the bank or the seller has issued.
#[test]
fn chain_h3_a_thief_of_a_banks_key_should_not_pay_for_an_asset_of_its_own() {
    with_bank(|_| {
        list_other_bond();
        let beyond = Err(pallet_settlement::Error::<Runtime>::BeyondMandate.into());
        let buy =
            |reference| legs(reference, BUYER_ID, &[(OTHER_BOND, 1, SELLER, BUYER), (EURO, 1_000, BUYER, SELLER)]);
        let owner = |from: Sr25519Keyring, to| {
            // Past the filter, which lets nobody hand an asset to another participant: as if `to` had created it.
            let origin = RuntimeOrigin::signed(from.to_account_id());
            frame_support::assert_ok!(Assets::transfer_ownership(origin, OTHER_BOND.into(), id(to)));
        };
        owner(ISSUER, BANK);
        assert_eq!(outcome(BANK, buy("OF-THE-BANK")), beyond);
        owner(BANK, SELLER);
        assert_eq!(outcome(BANK, buy("OF-THE-SELLER")), beyond);
        owner(SELLER, ISSUER);
        send_ok(BANK, buy("OF-ANOTHER"));
        assert_eq!(balance(EURO, BUYER), 99_000);
    });
}

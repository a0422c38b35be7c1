//! Tests with one stolen signatory of a vault: a multisig that moves and administers, beside keys that only trade.

use super::thief::*;
use crate::{
    tests::{dvp, world::*},
    *,
};
use frame_support::weights::Weight;
use pallet_participants::Call as Directory;
use sp_keyring::Sr25519Keyring::{self, BobStash as KEY_1, EveStash as KEY_2, FerdieStash as KEY_3};
use tandem_primitives::{instruction_id, LegIndex, ParticipantId, Quantity, Right, Rights, Role, VersionedTerms};

fn vault() -> AccountId {
    Multisig::multi_account_id(&signatories(), 2)
}

fn signatories() -> Vec<AccountId> {
    let mut all = [KEY_1, KEY_2, KEY_3].map(|key| key.to_account_id()).to_vec();
    all.sort();
    all
}

/// Test helper: runs a test with a participant whose vault, a multisig of two of its three keys, has 1,000 of the
/// security.
fn with_vault(test: impl FnOnce(ParticipantId)) {
    execute_with_delay(|| {
        let trade: &[Right] = &[Right::Trade];
        let keys = [KEY_1, KEY_2, KEY_3].map(|key| (key.to_account_id(), trade));
        let first: (AccountId, &[Right]) = (vault(), &[Right::Move, Right::Administer]);
        let all: Vec<_> = std::iter::once(first).chain(keys).collect();
        let owner = register(&[Role::Trader], &all);
        let target = Address::from(vault());
        send_ok(SELLER, pallet_assets::Call::transfer { id: BOND.into(), target, amount: 1_000 });
        test(owner);
    });
}

/// Test helper: call with which the signatory approves `call` as one of the vault's.
fn by_vault(signer: Sr25519Keyring, call: RuntimeCall) -> RuntimeCall {
    let others = signatories().into_iter().filter(|account| *account != signer.to_account_id()).collect();
    let hash = sp_io::hashing::blake2_256(&codec::Encode::encode(&call));
    let known = pallet_multisig::Multisigs::<Runtime>::get(vault(), hash);
    pallet_multisig::Call::as_multi {
        threshold: 2,
        other_signatories: others,
        maybe_timepoint: known.map(|multisig| multisig.when),
        call: Box::new(call),
        max_weight: Weight::from_parts(100_000_000_000, 1_000_000),
    }
    .into()
}

fn lower(key: Sr25519Keyring) -> RuntimeCall {
    Directory::lower_rights { account: key.to_account_id(), rights: rights(&[]) }.into()
}

#[test]
fn chain_h3_one_signatory_should_move_nothing_of_the_vault() {
    with_vault(|owner| {
        let take = transfer(BUYER, 1_000);
        // Its own signature begins what a second one would have to end.
        send_ok(KEY_1, by_vault(KEY_1, take));
        assert_eq!(Assets::balance(BOND, vault()), 1_000);
        // It agrees to a trade of the vault's, and gives nothing.
        let VersionedTerms::V1(mut terms) = dvp::terms("VAULT");
        terms.legs[0].from = vault();
        let terms = VersionedTerms::V1(terms);
        // The payment comes to the seller: the thief's accomplice.
        let trade = instruction_id(System::block_hash(0), &KEY_1.to_account_id(), terms.hash());
        send_ok(KEY_1, dvp::instruct(terms));
        let reserve = pallet_settlement::Call::reserve { id: trade, leg: LegIndex(0), quantity: Quantity::Exactly(1) };
        assert_eq!(outcome(KEY_1, reserve), Err(pallet_settlement::Error::<Runtime>::NotAuthorized.into()));
        // Nor does it prepare a transfer by another that would follow once the account may move.
        let delegate = Address::from(BUYER.to_account_id());
        let approve = pallet_assets::Call::approve_transfer { id: BOND.into(), delegate, amount: Balance::MAX };
        refused(KEY_1, approve);
        // Nor does it get at accounts, rights and agents.
        let own = KEY_1.to_account_id();
        let calls: Vec<RuntimeCall> = vec![
            Directory::lower_rights { account: vault(), rights: rights(&[]) }.into(),
            Directory::request_rights { account: own.clone(), rights: rights(&[Right::Move]) }.into(),
            Directory::request_replacement { old: vault(), new: own, rights: rights(&[]) }.into(),
            Directory::add_account { participant: owner, account: STRANGER.to_account_id(), rights: None }.into(),
        ];
        not_administering(KEY_1, calls);
        assert_eq!((Assets::balance(BOND, vault()), balance(BOND, BUYER)), (1_000, 0));
    });
}

// What is sent to a key that only trades stays there.
#[test]
fn a_signatory_should_not_move_what_it_is_sent_itself() {
    with_vault(|_| {
        let target = Address::from(KEY_1.to_account_id());
        let send_it = pallet_assets::Call::transfer { id: BOND.into(), target, amount: 10 };
        send_ok(KEY_2, by_vault(KEY_2, send_it.clone().into()));
        send_ok(KEY_3, by_vault(KEY_3, send_it.into()));
        assert_eq!(balance(BOND, KEY_1), 10);
        let error = pallet_assets::Error::<Runtime>::BalanceLow;
        assert_eq!(outcome(KEY_1, transfer(BUYER, 1)), Err(error.into()));
    });
}

// The way back: the two others lower the rights of the stolen key, as the vault.
#[test]
fn the_other_signatories_should_stop_a_stolen_one() {
    with_vault(|_| {
        send_ok(KEY_2, by_vault(KEY_2, lower(KEY_1)));
        send_ok(KEY_3, by_vault(KEY_3, lower(KEY_1)));
        assert_eq!(rights_of(KEY_1), Rights::NONE);
        let refusal = pallet_participants::GuardRefusal::NotAuthorized.into();
        assert_eq!(refused(KEY_1, dvp::instruct(dvp::terms("LATE"))), refusal);
    });
}

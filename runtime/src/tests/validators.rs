//! Tests of the validator set, which two accounts of the operator change at the session boundary.

use super::world::*;
use crate::{opaque::SessionKeys, presets, *};
use codec::Encode;
use frame_support::assert_ok;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use tandem_primitives::{Body, CallHash};

/// Test helper: two accounts of the operator decide the call, which is enacted after the network's enactment delay.
fn decide(call: RuntimeCall) {
    let hash = CallHash(sp_core::H256(call.using_encoded(sp_io::hashing::blake2_256)));
    send_ok(OPERATOR, pallet_participants::Call::propose { body: Body::Operator, hash });
    let approve = pallet_participants::Call::approve { body: Body::Operator, call: Box::new(call.clone()) };
    send_ok(OPERATOR_2, approve);
    let delay = pallet_participants::EnactmentDelay::<Runtime>::get();
    let enact = || pallet_participants::Call::enact { body: Body::Operator, call: Box::new(call.clone()) };
    assert_eq!(outcome(REGULATOR, enact()), Err(pallet_participants::Error::<Runtime>::TooEarly.into()));
    for _ in 0..delay.div_ceil(SLOT_DURATION) {
        next_block();
    }
    send_ok(REGULATOR, enact());
    let enacted = pallet_participants::Event::Enacted { body: Body::Operator, hash, result: Ok(()) };
    System::assert_has_event(enacted.into());
}

/// Test helper: two accounts of the operator decide the call, which takes effect at once because it is a stop.
fn stop(call: RuntimeCall) {
    let hash = CallHash(sp_core::H256(call.using_encoded(sp_io::hashing::blake2_256)));
    send_ok(OPERATOR, pallet_participants::Call::propose { body: Body::Operator, hash });
    send_ok(OPERATOR_2, pallet_participants::Call::approve { body: Body::Operator, call: Box::new(call) });
    let enacted = pallet_participants::Event::Enacted { body: Body::Operator, hash, result: Ok(()) };
    System::assert_has_event(enacted.into());
}

fn sessions(count: u32) {
    for _ in 0..count * configs::SESSION_BLOCKS {
        next_block();
    }
}

fn validators() -> Vec<AccountId> {
    pallet_session::Validators::<Runtime>::get()
}

#[test]
fn a_validator_should_join_and_leave_at_session_boundaries() {
    // A network without `Sudo`: nobody decides this alone.
    let mut chain = genesis(presets::ASSET_LOCAL);
    chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    chain.execute_with(|| {
        begin_block(1);
        let newcomer = STRANGER.to_account_id();
        send_ok(
            OPERATOR,
            pallet_participants::Call::register {
                name: b"Validator AS".to_vec().try_into().expect("short"),
                lei: tandem_primitives::Lei(*b"TNDM00NORDHAV0000059"),
                roles: Default::default(),
                accounts: vec![newcomer.clone()].try_into().expect("one"),
                rights: Default::default(),
            },
        );
        decide(pallet_validators::Call::add { validator: newcomer.clone() }.into());

        // Without keys it changes nothing.
        sessions(3);
        assert_eq!(validators().len(), 2);
        let generated = SessionKeys::generate(&newcomer.encode(), None);
        let (keys, proof) = (generated.keys, generated.proof.encode());
        send_ok(STRANGER, pallet_session::Call::set_keys { keys, proof });
        sessions(3);
        assert_eq!(validators().len(), 3);
        assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 3);
        assert_eq!(Grandpa::grandpa_authorities().len(), 3);
        let sets = pallet_grandpa::CurrentSetId::<Runtime>::get();
        assert!(sets > 0);

        // A set that stays is not announced again.
        sessions(3);
        assert_eq!(pallet_grandpa::CurrentSetId::<Runtime>::get(), sets);

        stop(pallet_validators::Call::remove { validator: newcomer.clone() }.into());
        sessions(3);
        assert!(!validators().contains(&newcomer));
        assert_eq!(Grandpa::grandpa_authorities().len(), 2);
        check_state();
    });
}

#[test]
fn a_validator_should_not_be_added_by_one_account_of_the_operator() {
    execute(|| {
        let add = pallet_validators::Call::add { validator: SELLER.to_account_id() };
        for signer in [OPERATOR, REGULATOR, SELLER] {
            assert_eq!(refused(signer, add.clone()), pallet_participants::GuardRefusal::Forbidden.into());
        }
    });
}

#[test]
fn a_validator_should_not_drop_its_keys_by_itself() {
    execute(|| {
        let purge = pallet_session::Call::purge_keys {};
        assert_eq!(refused(OPERATOR, purge), pallet_participants::GuardRefusal::Forbidden.into());
        assert!(pallet_session::NextKeys::<Runtime>::contains_key(OPERATOR.to_account_id()));
    });
}

#[test]
fn keys_should_be_refused_when_the_proof_is_of_another_account() {
    let mut chain = genesis(presets::DEVELOPMENT);
    chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    chain.execute_with(|| {
        begin_block(1);
        let generated = SessionKeys::generate(&OPERATOR_2.to_account_id().encode(), None);
        let (keys, proof) = (generated.keys, generated.proof.encode());
        let stolen = pallet_session::Call::set_keys { keys: keys.clone(), proof: proof.clone() };
        assert_eq!(outcome(OPERATOR, stolen), Err(pallet_session::Error::<Runtime>::InvalidProof.into()));
        assert_ok!(outcome(OPERATOR_2, pallet_session::Call::set_keys { keys, proof }));
    });
}

#[test]
fn the_first_block_of_a_session_should_carry_transactions() {
    execute(|| {
        while !System::block_number().is_multiple_of(configs::SESSION_BLOCKS) {
            next_block();
        }
        send_ok(SELLER, transfer(BUYER, 1));
    });
}

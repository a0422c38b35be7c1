//! Tests with one stolen key of the regulator: it can stop ordinary participants and halt a link for a day. It revokes
//! nobody, reinstates nobody, moves nothing, and is out of use as soon as two accounts of the operator say so.

use super::thief::{flags_should_return_at_worst, kept_out};
use crate::{tests::world::*, *};
use pallet_participants::{Call as Directory, Error, GuardRefusal, Proposals};
use pallet_settlement::FlagSource;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};
use tandem_primitives::{Body, ParticipantId, Status};

const OPERATOR_ID: ParticipantId = ParticipantId(0);
const REGULATOR_ID: ParticipantId = ParticipantId(1);

fn set(participant: ParticipantId, status: Status) -> RuntimeCall {
    Directory::set_status { participant, status, reason: reason() }.into()
}

fn needs_others() -> DispatchError {
    Error::<Runtime>::NeedsOtherBody.into()
}

#[test]
fn chain_c2_a_thief_with_one_regulator_key_should_not_end_the_network() {
    execute(|| {
        // It may stop every ordinary participant, in one transaction.
        let worst = vec![set(SELLER_ID, Status::Sanctioned), set(BUYER_ID, Status::Sanctioned)];
        send_ok(REGULATOR, pallet_utility::Call::batch_all { calls: worst });
        // It ends nobody for good, and neither stops the operator nor another regulator.
        for participant in [SELLER_ID, BUYER_ID, OPERATOR_ID, REGULATOR_ID] {
            next_block();
            assert_eq!(outcome(REGULATOR, set(participant, Status::Revoked)), Err(needs_others()));
        }
        for participant in [OPERATOR_ID, REGULATOR_ID] {
            for status in [Status::Suspended, Status::Sanctioned] {
                next_block();
                assert_eq!(outcome(REGULATOR, set(participant, status)), Err(needs_others()));
            }
        }
        // Nor does it lift what stands.
        next_block();
        assert_eq!(outcome(REGULATOR, set(SELLER_ID, Status::Active)), Err(needs_others()));

        // The way back: two accounts of the operator take the key out of use, two of the regulator lift what it did.
        next_block();
        let remove =
            Directory::remove_account { account: REGULATOR.to_account_id(), successor: REGULATOR_2.to_account_id() };
        assert_eq!(enacted(decide(Body::Operator, &[OPERATOR, OPERATOR_2], remove)), Some(Ok(())));
        assert_eq!(send(REGULATOR, set(SELLER_ID, Status::Suspended)), kept_out(GuardRefusal::Replaced));
        for participant in [SELLER_ID, BUYER_ID] {
            next_block();
            let lift = set(participant, Status::Active);
            assert_eq!(enacted(decide(Body::Regulator, &[REGULATOR_2, REGULATOR_3], lift)), Some(Ok(())));
        }
        send_ok(SELLER, transfer(BUYER, 1));
    });
}

// Two stolen keys sanction the operator at once, and add an account of their own to it alone.
#[test]
fn chain_c2_a_sanctioned_operator_should_veto_through_the_guard() {
    execute(|| {
        let thieves = [REGULATOR, REGULATOR_2];
        let sanction = decide(Body::Regulator, &thieves, set(OPERATOR_ID, Status::Sanctioned));
        assert_eq!(enacted(sanction), Some(Ok(())));
        let add =
            || Directory::add_account { participant: OPERATOR_ID, account: STRANGER.to_account_id(), rights: None };
        let veto = |hash| Directory::veto { body: Body::Regulator, hash };
        for who in [OPERATOR, OPERATOR_2, OPERATOR_3] {
            next_block();
            let hash = decide(Body::Regulator, &thieves, add());
            assert_eq!(enacted(hash), None, "it waits for the estate delay");
            // It sends nothing else, and nobody else vetoes.
            for call in [RuntimeCall::from(frame_system::Call::remark { remark: vec![] }), add().into()] {
                assert_eq!(refused(who, call.clone()), GuardRefusal::Sanctioned.into());
                let both = vec![veto(hash).into(), call];
                let batch = pallet_utility::Call::batch_all { calls: both };
                assert_eq!(refused(who, batch), GuardRefusal::Sanctioned.into());
            }
            assert_eq!(refused(SELLER, veto(hash)), GuardRefusal::NotAuthorized.into());
            // Through a wrapper as well.
            if who == OPERATOR_3 {
                send_ok(who, pallet_utility::Call::batch_all { calls: vec![veto(hash).into()] });
            } else {
                send_ok(who, veto(hash));
            }
            assert!(Proposals::<Runtime>::get(Body::Regulator).is_empty());
        }
        assert!(!pallet_participants::Accounts::<Runtime>::contains_key(STRANGER.to_account_id()));
        // A sanctioned participant that governs nothing vetoes nothing.
        next_block();
        send_ok(REGULATOR_3, set(SELLER_ID, Status::Sanctioned));
        assert_eq!(refused(SELLER, veto(Default::default())), GuardRefusal::NotAuthorized.into());
    });
}

// A quota of all accounts together would let one of them keep the others from approving a claw-back.
#[test]
fn chain_h1_one_regulator_key_should_use_up_nothing_of_the_others() {
    execute(|| {
        let full: sp_runtime::transaction_validity::TransactionValidityError =
            InvalidTransaction::ExhaustsResources.into();
        let long = || frame_system::Call::remark { remark: vec![0; 250_000] };
        for number in 0..40u8 {
            send_ok(REGULATOR, long());
            assert_eq!(refused(REGULATOR, long()), full);
            let (body, hash) = (Body::IssuerAndRegulator, tandem_primitives::CallHash::from([number; 32]));
            send_ok(REGULATOR_2, Directory::propose { body, hash });
            send_ok(REGULATOR_2, Directory::withdraw_proposal { body, hash });
            next_block();
        }
        assert_eq!(Participants::quota_of(REGULATOR_ID).0.ordinary, Default::default());
    });
}

#[test]
fn a_thief_with_one_regulator_key_should_move_and_admit_nothing() {
    execute(|| {
        let reason = reason();
        let (seller, stranger) = (SELLER.to_account_id(), STRANGER.to_account_id());
        let claw = Directory::claw_back { asset: BOND, from: seller, to: stranger.clone(), amount: 1, reason };
        assert_eq!(send(REGULATOR, claw), kept_out(GuardRefusal::Forbidden));
        let add = Directory::add_account { participant: REGULATOR_ID, account: stranger, rights: None };
        assert_eq!(outcome(REGULATOR, add), Err(needs_others()));
        assert_eq!(balance(BOND, SELLER), 1_000);
        // It fills its share of the proposals, and the others still decide.
        for number in 0..8u8 {
            let hash = tandem_primitives::CallHash::from([number; 32]);
            send_ok(REGULATOR, Directory::propose { body: Body::Regulator, hash });
            next_block();
        }
        let stop = set(SELLER_ID, Status::Suspended);
        assert_eq!(enacted(decide(Body::Regulator, &[REGULATOR_2, REGULATOR_3], stop)), Some(Ok(())));
    });
}

#[test]
fn a_thief_with_one_regulator_key_should_at_worst_return_covered_trades() {
    execute(|| flags_should_return_at_worst(FlagSource::Authority, REGULATOR, REGULATOR_2));
}

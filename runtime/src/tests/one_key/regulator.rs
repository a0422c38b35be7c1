//! Tests with one stolen key of the regulator: it can stop ordinary participants and halt a link for a day. It revokes
//! nobody, reinstates nobody, moves nothing, and is out of use as soon as two accounts of the operator say so.

use super::thief::{flags_should_return_at_worst, kept_out};
use crate::{tests::world::*, *};
use pallet_participants::{Call as Directory, Error, GuardRefusal};
use pallet_settlement::FlagSource;
use sp_runtime::DispatchError;
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

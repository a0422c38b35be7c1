//! Tests with one stolen key of a gateway.

use super::thief::*;
use crate::{tests::world::*, *};
use pallet_participants::GuardRefusal;
use sp_keyring::Sr25519Keyring::BobStash as GATEWAY;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tandem_primitives::{Right, Role, Status};

// At worst it uses up its participant's quota: it carries proofs, which decide by themselves, and has no authority.
#[test]
fn a_thief_of_a_gateways_key_should_move_nothing_and_prove_nothing() {
    execute_with_delay(|| {
        register(&[Role::Gateway], &[(GATEWAY.to_account_id(), &[Right::Trade, Right::Move, Right::Administer])]);
        not_administering(GATEWAY, grabs(BUYER_ID, BUYER, GATEWAY));
        let pull = pallet_assets::Call::transfer_approved {
            id: EURO.into(),
            owner: id(BUYER),
            destination: id(SELLER),
            amount: 1,
        };
        // It has no say in what the network trusts either.
        let halt = pallet_counterpart::Call::set_halted { halted: true };
        turned_down(
            GATEWAY,
            vec![
                (pull.into(), failed(pallet_assets::Error::<Runtime>::Unapproved)),
                (halt.into(), kept_out(GuardRefusal::NotAuthorized)),
            ],
        );
        assert_eq!((balance(EURO, BUYER), balance(BOND, SELLER)), (100_000, 1_000));
    });
}

// The way back: the regulator suspends it at once; anybody else carries proofs in its place.
#[test]
fn a_stolen_gateways_key_should_be_kept_out_once_its_participant_is_suspended() {
    execute_with_delay(|| {
        let gateway = register(&[Role::Gateway], &[(GATEWAY.to_account_id(), &[Right::Trade])]);
        set_status(gateway, Status::Suspended);
        let remark = frame_system::Call::remark { remark: vec![] };
        let refusal = InvalidTransaction::Custom(GuardRefusal::NotActive as u8);
        assert_eq!(refused(GATEWAY, remark), TransactionValidityError::from(refusal));
    });
}

//! Tests of attacks by one key of the operator that sends governing calls as large and as heavy as it can.

use super::super::world::*;
use super::{
    honest,
    pool::{Made, Pool},
};
use crate::*;
use pallet_participants::GuardRefusal;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use tandem_primitives::Body;

fn approve(bytes: usize) -> RuntimeCall {
    let remark = frame_system::Call::remark { remark: vec![0; bytes] };
    pallet_participants::Call::approve { body: Body::Operator, call: Box::new(remark.into()) }.into()
}

// The first call of an account in a block has its share and no more: otherwise one approval of four megabytes fills it.
#[test]
fn chain_h1_an_approval_of_four_megabytes_should_never_be_admitted() {
    execute(|| {
        let quota: TransactionValidityError = GuardRefusal::QuotaExceeded.into();
        for bytes in [4_000_000, 1_000_000, 400_000] {
            assert_eq!(refused(OPERATOR_2, approve(bytes)), quota);
            let batch = pallet_utility::Call::batch_all { calls: vec![approve(bytes)] };
            assert_eq!(refused(OPERATOR_2, batch), quota);
        }
        // The code of an upgrade is authorised by its hash and enters once.
        let code = frame_system::Call::apply_authorized_upgrade { code: vec![0; 1_000_000] };
        assert_eq!(refused(OPERATOR_2, code), InvalidTransaction::Call.into());
    });
}

// Whatever one key of the operator sends, the others govern and everybody trades.
#[test]
fn chain_h1_one_governing_key_should_keep_nobody_out() {
    genesis(presets::DEVELOPMENT).execute_with(|| {
        begin_block(1);
        found();
        let (mut pool, mut made, mut proposed) = (Pool::default(), Made::default(), Vec::new());
        for round in 0..super::blocks() {
            for serial in 0..40 {
                pool.send(&OPERATOR_2.pair(), approve(if serial % 4 == 0 { 1_000 } else { 300_000 }), None);
            }
            honest(&mut pool, round, &mut proposed);
            next_block();
            pool.fill_block(&mut made);
        }
        for _ in 0..2 {
            next_block();
            pool.fill_block(&mut made);
        }
        assert!(made.others > 0, "nobody attacks");
        for what in ["instruct", "claim", "status", "propose", "withdraw"] {
            for round in 0..super::blocks() {
                let waited = made.waited.get(&format!("{what} {round}"));
                assert!(waited.is_some_and(|blocks| *blocks <= 2), "{what} {round} waited {waited:?}");
            }
        }
        check_state();
    });
}

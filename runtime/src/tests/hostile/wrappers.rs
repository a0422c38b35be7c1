use super::against;
use crate::*;
use tandem_primitives::{Body, Role};

// Batches that succeed while everything inside them fails, and batches that do not.
#[test]
fn chain_h2_wrappers_of_failing_calls_should_keep_nobody_out() {
    for foes in 1..=3 {
        against(foes, &[Role::Trader], |_, _, serial| {
            let expire = || RuntimeCall::from(pallet_settlement::Call::expire { id: Default::default() });
            let calls = (0..3).map(|_| expire()).collect();
            match serial % 3 {
                0 => pallet_utility::Call::force_batch { calls }.into(),
                1 => pallet_utility::Call::batch { calls }.into(),
                _ => pallet_utility::Call::batch_all { calls }.into(),
            }
        });
    }
}

// The reserve of those who govern is not reached through their accounts.
#[test]
fn chain_h2_wrappers_around_governing_calls_should_keep_nobody_out() {
    let regulator = super::super::world::REGULATOR.to_account_id();
    against(3, &[Role::Trader], |_, _, serial| {
        let hash = Default::default();
        let inner = pallet_participants::Call::propose { body: Body::Regulator, hash }.into();
        match serial % 2 {
            0 => pallet_proxy::Call::proxy {
                real: regulator.clone().into(),
                force_proxy_type: None,
                call: Box::new(inner),
            }
            .into(),
            _ => frame_system::Call::remark { remark: vec![1; 32] }.into(),
        }
    });
}

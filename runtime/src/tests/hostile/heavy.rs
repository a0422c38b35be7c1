use super::against;
use crate::*;

// Batches as heavy as one participant's share, whose calls succeed.
#[test]
fn chain_h2_one_heavy_call_should_keep_nobody_out() {
    for foes in 1..=3 {
        against(foes, &[], |_, _, serial| {
            let touch = |number: u8| {
                RuntimeCall::from(frame_system::Call::remark_with_event {
                    remark: vec![number; 16 + serial as usize % 7],
                })
            };
            let calls = (0..200).map(touch).collect();
            pallet_utility::Call::batch_all { calls }.into()
        });
    }
}

// Calls that are heavier than any share are never admitted.
#[test]
fn chain_h2_calls_heavier_than_a_share_should_keep_nobody_out() {
    against(3, &[], |_, _, serial| {
        let expire = || RuntimeCall::from(pallet_settlement::Call::expire { id: Default::default() });
        match serial % 2 {
            0 => pallet_utility::Call::force_batch { calls: (0..65).map(|_| expire()).collect() }.into(),
            _ => frame_system::Call::remark { remark: vec![serial as u8; 64] }.into(),
        }
    });
}

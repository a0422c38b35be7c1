use super::{super::world, against};
use crate::*;
use tandem_primitives::{InstructionId, Role};

fn unknown(serial: u32) -> InstructionId {
    InstructionId(sp_core::H256(sp_io::hashing::blake2_256(&serial.to_le_bytes())))
}

// Calls that would go first, and fail.
#[test]
fn chain_h2_failing_calls_in_a_lane_should_keep_nobody_out() {
    for foes in 1..=3 {
        against(foes, &[Role::Trader], |foe, key, serial| match serial % 3 {
            0 => pallet_settlement::Call::expire { id: unknown(serial) }.into(),
            1 => pallet_settlement::Call::settle { id: unknown(serial), lots: None }.into(),
            _ => pallet_escrow::Call::claim {
                account: foe.account(key),
                asset: AssetId::WithId(world::BOND),
                to: foe.account(key),
            }
            .into(),
        });
    }
}

#[test]
fn net_p2_failing_calls_on_payments_should_keep_nobody_out() {
    against(3, &[Role::Gateway], |_, _, serial| match serial % 2 {
        0 => pallet_counterpart::Call::execute { id: unknown(serial), lots: None }.into(),
        _ => pallet_counterpart::Call::expire { id: unknown(serial) }.into(),
    });
}

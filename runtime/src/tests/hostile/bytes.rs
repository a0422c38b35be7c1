use super::against;
use crate::RuntimeCall;

// Remarks of four kilobytes, and shorter ones for the gaps.
#[test]
fn chain_h1_long_remarks_should_keep_nobody_out() {
    for foes in 1..=3 {
        against(foes, &[], |_, _, serial| {
            let length = if serial.is_multiple_of(3) { 100 } else { 4_000 };
            RuntimeCall::System(polkadot_sdk::frame_system::Call::remark { remark: vec![serial as u8; length] })
        });
    }
}

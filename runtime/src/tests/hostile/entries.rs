use super::{super::world::*, against};
use crate::*;
use tandem_primitives::Role;

// Entries in assets, approvals and metadata, as many as the cap and the quota let through, and destructions of an
// asset.
#[test]
fn chain_c1_entries_of_assets_should_keep_nobody_out() {
    for foes in 1..=3 {
        against(foes, &[Role::Issuer], |foe, key, serial| {
            // Ten at a time, so that what waits in the pool is more than a block holds.
            let ten = |call: &dyn Fn(u32) -> RuntimeCall| -> RuntimeCall {
                pallet_utility::Call::batch_all { calls: (0..10).map(call).collect() }.into()
            };
            match serial % 4 {
                0 => ten(&|number| {
                    let own = 1_000 + 10 * serial + number;
                    pallet_assets::Call::create { id: own.into(), admin: foe.account(key).into(), min_balance: 1 }
                        .into()
                }),
                1 => {
                    pallet_assets::Call::touch_other { id: EURO.into(), who: foe.account((key + 1) % 4).into() }.into()
                }
                2 => ten(&|_| {
                    let delegate = foe.account((key + 2) % 4).into();
                    pallet_assets::Call::approve_transfer { id: EURO.into(), delegate, amount: 1 }.into()
                }),
                _ => pallet_assets::Call::destroy_accounts { id: BOND.into() }.into(),
            }
        });
    }
}

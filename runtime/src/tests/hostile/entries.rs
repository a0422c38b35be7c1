use super::{super::world::*, against};
use crate::*;
use tandem_primitives::Role;

// Entries in assets, approvals and metadata, as many as the cap and the quota let through, and destructions of an
// asset.
#[test]
fn chain_c1_entries_of_assets_should_keep_nobody_out() {
    for foes in 1..=3 {
        against(foes, &[Role::Issuer], |foe, key, serial| {
            let own = 1_000 + serial;
            match serial % 4 {
                0 => pallet_assets::Call::create { id: own.into(), admin: foe.account(key).into(), min_balance: 1 }
                    .into(),
                1 => {
                    pallet_assets::Call::touch_other { id: EURO.into(), who: foe.account((key + 1) % 4).into() }.into()
                }
                2 => pallet_assets::Call::approve_transfer {
                    id: EURO.into(),
                    delegate: foe.account((key + 2) % 4).into(),
                    amount: 1,
                }
                .into(),
                _ => pallet_assets::Call::destroy_accounts { id: BOND.into() }.into(),
            }
        });
    }
}

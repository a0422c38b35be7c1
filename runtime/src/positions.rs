//! Positions of an account in every asset, in all pallets that may hold some of it.

use crate::{AccountId, AssetId, Counterpart, Runtime, Settlement};
use alloc::vec::Vec;
use polkadot_sdk::pallet_assets;
use tandem_primitives::Position;

/// Position of the account in each asset of which it has, has reserved or awaits anything. Reads every instruction and
/// every payment once.
pub fn of(account: &AccountId) -> Vec<Position> {
    let created = pallet_assets::Asset::<Runtime>::iter_keys().map(AssetId::WithId);
    let assets = core::iter::once(AssetId::Native).chain(created);
    let mut positions = Settlement::positions(account, assets);
    for (asset, reserved) in Counterpart::reserved_by(account) {
        match positions.iter_mut().find(|position| position.asset == asset) {
            // Saturating: parts of one supply, which fits.
            Some(position) => {
                position.reserved = position.reserved.saturating_add(reserved);
                position.total = position.total.saturating_add(reserved);
            }
            // The account has nothing else of it.
            None => positions.push(Position {
                asset,
                available: 0,
                reserved,
                provisional_in: 0,
                provisional_out: 0,
                claimable: 0,
                total: reserved,
            }),
        }
    }
    positions
}

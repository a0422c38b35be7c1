//! Bounds of the directory, and access to the accounts that manage an asset. Nothing here knows `Config`; the records
//! are those of `tandem-primitives`.

use tandem_primitives::{AccountId, Balance};

pub use crate::resources::*;
pub use tandem_primitives::{decisions::*, records::*};

/// Maximum number of agents that one participant has at a time.
pub const MAX_AGENTS: u32 = 32;
/// Maximum number of services that one participant lists at a time.
pub const MAX_SERVICES: u32 = 32;
/// Maximum number of networks that are listed at a time.
pub const MAX_NETWORKS: u32 = 64;
/// Number of places for accounts that a participant's own `add_account` leaves free of [`MAX_ACCOUNTS`]: operator and
/// regulator, or root, add an account to a participant whose list a thief has filled.
pub const RESERVED_PLACES: u32 = 8;
/// Maximum number of participants that are operator or regulator.
pub const MAX_GOVERNORS: u32 = 16;
/// Maximum number of different accounts for which one transaction may act, the signer among them.
pub const MAX_ORIGINS: u32 = 16;

/// Access to the accounts that have a role for an asset: its owner, issuer, admin and freezer. `pallet_assets`
/// implements it.
pub trait AssetTeams {
    /// Accounts that have a role for the asset; `None` if there is no such asset.
    fn team(asset: u32) -> Option<Team>;
    /// Gives the roles for the asset to the accounts of `team`; nothing happens if there is no such asset.
    fn set_team(asset: u32, team: &Team);
    /// True if `account` holds the whole supply of the asset, or there is no such asset.
    fn is_held_only_by(asset: u32, account: &AccountId) -> bool;
}

impl<T> AssetTeams for polkadot_sdk::pallet_assets::Pallet<T>
where
    T: polkadot_sdk::pallet_assets::Config<AssetId = u32, Balance = Balance>
        + polkadot_sdk::frame_system::Config<AccountId = AccountId>,
{
    fn team(asset: u32) -> Option<Team> {
        let details = polkadot_sdk::pallet_assets::Asset::<T>::get(asset)?;
        Some(Team { owner: details.owner, issuer: details.issuer, admin: details.admin, freezer: details.freezer })
    }

    // No call of that pallet does it: each asks the owner, whose key is the one that was lost. Deposits are zero, so
    // that none moves with the owner.
    fn set_team(asset: u32, team: &Team) {
        polkadot_sdk::pallet_assets::Asset::<T>::mutate_extant(asset, |details| {
            details.owner = team.owner.clone();
            details.issuer = team.issuer.clone();
            details.admin = team.admin.clone();
            details.freezer = team.freezer.clone();
        });
    }

    fn is_held_only_by(asset: u32, account: &AccountId) -> bool {
        let supply = polkadot_sdk::pallet_assets::Asset::<T>::get(asset).map(|details| details.supply);
        supply.is_none_or(|supply| supply == Self::balance(asset, account))
    }
}

//! Bounds and quotas of the directory. Nothing here knows `Config`; the records are those of `tandem-primitives`.

use codec::{Decode, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_support::weights::Weight, sp_runtime::Perbill};
use scale_info::TypeInfo;
use tandem_primitives::{AccountId, Balance};

pub use tandem_primitives::{decisions::*, records::*};

/// The most agents that one participant has appointed at a time.
pub const MAX_AGENTS: u32 = 32;
/// The most services that one participant lists at a time.
pub const MAX_SERVICES: u32 = 32;
/// The most networks that are listed at a time.
pub const MAX_NETWORKS: u32 = 64;
/// Most participants that are operator or regulator.
pub const MAX_GOVERNORS: u32 = 16;
/// What one participant may use of a block's room for transactions: half, so that it never keeps all others out.
pub const BLOCK_SHARE: Perbill = Perbill::from_percent(50);
/// The same for a gateway, whose quota would not fit into half of all blocks.
pub const GATEWAY_BLOCK_SHARE: Perbill = Perbill::from_percent(75);
/// The longest chain of accounts, each replaced by the next.
pub const MAX_HOPS: u8 = 8;
/// The most different accounts for which one transaction may act.
pub const MAX_ORIGINS: u32 = 16;

/// Access to the accounts that manage an asset: `pallet_assets`.
pub trait AssetTeams {
    /// The accounts; `None` if there is no such asset.
    fn team(asset: u32) -> Option<Team>;
    /// Replaces them; nothing happens if there is no such asset.
    fn set_team(asset: u32, team: &Team);
    /// Nobody but this account holds any of the asset.
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

/// Use that a participant has made of one period.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct QuotaUse {
    /// Number of the period: the block number divided by the length of a period.
    pub period: u32,
    /// Weight of ordinary transactions.
    pub ordinary: Weight,
    /// Weight of transactions that only finish what exists.
    pub finishing: Weight,
    /// The block of the last transaction.
    pub block: u32,
    /// Weight of all transactions in that block.
    pub in_block: Weight,
}

/// What one participant may use in one period.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct QuotaLimits {
    /// Weight of ordinary transactions.
    pub ordinary: Weight,
    /// The same for a participant with the role `Gateway`.
    pub gateway: Weight,
    /// Weight of transactions that only finish what exists: an allowance of their own, so that a participant that has
    /// used up its quota can still end what it began. A gateway has the larger of the two.
    pub finishing: Weight,
}

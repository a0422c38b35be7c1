//! Implementations of the traits by which `pallet-assets` asks the directory about frozen balances, creation and
//! destruction.

use crate::{types::AssetTeams, Accounts, AssetDestruction, Config, Giving, Pallet, Recovering, RetiredAssets};
use polkadot_sdk::*;

use frame_support::traits::Contains;
use pallet_assets::{AssetsCallback, FrozenBalance};
use tandem_primitives::{AccountId, AssetId, Balance};

/// Third layer of the guard: freezes the whole balance of an account that belongs to no active participant or has
/// neither `Move` nor `MoveAll`, so that no call or wrapper moves assets out of it.
impl<T: Config> FrozenBalance<u32, AccountId, Balance> for Pallet<T> {
    fn frozen_balance(asset: u32, who: &AccountId) -> Option<Balance> {
        if T::Exempt::contains(who) {
            return None;
        }
        let moves = match Accounts::<T>::get(who) {
            Some(record) if record.moves() => true,
            // Only calls open this door that have checked whose order it is, and they close it behind them. What an
            // account without `Move` has leaves it by escrow only, whatever call and wrapper asks.
            Some(record) => {
                let open = |door: Option<AccountId>| door.is_some_and(|account| account == *who);
                open(Recovering::<T>::get()) || record.is_active() && open(Giving::<T>::get())
            }
            None => Recovering::<T>::get().is_some_and(|recovering| recovering == *who),
        };
        // `destroy_accounts` passes over a frozen account without counting it: its work would have no bound, and an
        // asset with one inactive holder could never be destroyed. The status is read last: the asset is in memory by
        // then, and the common answer needs no read of it.
        (!moves && !T::AssetOwners::is_being_destroyed(asset)).then_some(Balance::MAX)
    }

    fn died(_: u32, _: &AccountId) {}

    // A status freezes a participant, not an asset: it never keeps an asset from being destroyed.
    fn contains_freezes(_: u32) -> bool {
        false
    }
}

/// Callback for `pallet_assets::Config::CallbackHandle`: the listing of an asset goes with the asset, and its number is
/// never used again.
impl<T: Config> AssetsCallback<u32, AccountId> for Pallet<T> {
    /// Refuses to create an asset with the number of a destroyed one. Open instructions may still name it, and the new
    /// issuer could settle them in what it mints. Refuses an admin of another participant than the owner's, too:
    /// `set_team` names none later either.
    fn created(id: &u32, owner: &AccountId) -> Result<(), ()> {
        let owner_of = |account: &AccountId| Accounts::<T>::get(account).map(|record| record.participant);
        let team = T::AssetTeams::team(*id).ok_or(())?;
        let own =
            [&team.issuer, &team.admin, &team.freezer].into_iter().all(|account| owner_of(account) == owner_of(owner));
        match own && !RetiredAssets::<T>::contains_key(id) {
            true => Ok(()),
            false => Err(()),
        }
    }

    fn destroyed(id: &u32) -> Result<(), ()> {
        Self::forget_asset(AssetId::WithId(*id));
        RetiredAssets::<T>::insert(id, ());
        Ok(())
    }
}

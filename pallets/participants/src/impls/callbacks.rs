//! What `pallet-assets` asks the directory and tells it.

use crate::{Accounts, Config, Pallet, Recovering, RetiredAssets};
use polkadot_sdk::*;

use frame_support::traits::Contains;
use pallet_assets::{AssetsCallback, FrozenBalance};
use tandem_primitives::{AccountId, AssetId, Balance};

/// The third layer of the guard: whatever call and whatever wrapper it came through, nothing leaves an account that
/// belongs to no active participant.
impl<T: Config> FrozenBalance<u32, AccountId, Balance> for Pallet<T> {
    fn frozen_balance(_: u32, who: &AccountId) -> Option<Balance> {
        if T::Exempt::contains(who) {
            return None;
        }
        let moves = match Accounts::<T>::get(who) {
            Some(record) if record.is_active() => true,
            // Only calls open this door that have checked whose order it is, and they close it behind them.
            Some(_) | None => Recovering::<T>::get().is_some_and(|recovering| recovering == *who),
        };
        (!moves).then_some(Balance::MAX)
    }

    fn died(_: u32, _: &AccountId) {}

    // What stands still is the participant, not the asset: it never keeps an asset from being destroyed.
    fn contains_freezes(_: u32) -> bool {
        false
    }
}

/// For `pallet_assets::Config::CallbackHandle`: what was known of an asset goes with it, and its number stays taken.
impl<T: Config> AssetsCallback<u32, AccountId> for Pallet<T> {
    /// Open instructions may still name a destroyed asset: whoever created its number again could settle them in
    /// what it mints itself.
    fn created(id: &u32, _owner: &AccountId) -> Result<(), ()> {
        match RetiredAssets::<T>::contains_key(id) {
            true => Err(()),
            false => Ok(()),
        }
    }

    fn destroyed(id: &u32) -> Result<(), ()> {
        Self::forget_asset(AssetId::WithId(*id));
        RetiredAssets::<T>::insert(id, ());
        Ok(())
    }
}

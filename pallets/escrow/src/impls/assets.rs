//! Answers to `pallet-assets`: which assets may be created, and that none can be destroyed while escrow has anything of
//! it.

use crate::{Config, Pallet};
use polkadot_sdk::{
    frame_support::traits::{fungible::NativeOrWithId, AccountTouch},
    frame_system,
    pallet_assets::{self, AssetsCallback, BalanceOnHold},
};
use tandem_primitives::{AccountId, Balance, Escrow};

impl<T: Config> Pallet<T> {
    /// Creates the escrow account, which never dies, and opens its entry (its record of a balance in `pallet-assets`)
    /// in every asset in which it has none.
    ///
    /// Called at genesis; panics there if an asset has another minimum balance than 1, because dust could exist in it.
    /// A chain that adds escrow later calls it in a migration, and must bound the number of assets itself.
    pub fn open_account() {
        let escrow = Self::account_id();
        if frame_system::Pallet::<T>::providers(&escrow) == 0 {
            frame_system::Pallet::<T>::inc_providers(&escrow);
        }
        for (id, details) in pallet_assets::Asset::<T>::iter() {
            // An asset of genesis is not `created`.
            let least = details.min_balance;
            assert!(
                least == 1,
                "genesis: asset {id} has a minimum balance of {least}, so that dust could exist; it must be 1"
            );
            if !pallet_assets::Account::<T>::contains_key(id, &escrow) {
                assert!(Self::open_entry(id).is_ok(), "a live asset without an entry of escrow takes one; qed");
            }
        }
    }

    /// Opens the entry of the escrow account in an asset, its record of a balance in `pallet-assets`, with a deposit of
    /// zero that the escrow account itself has made.
    ///
    /// An entry with a deposit stays when its balance is zero, so that emptying escrow and filling it again can never
    /// fail. A deposit of somebody else could be taken back by that account and by the asset's admin.
    fn open_entry(id: u32) -> Result<(), ()> {
        let escrow = Self::account_id();
        <pallet_assets::Pallet<T> as AccountTouch<u32, AccountId>>::touch(id, &escrow, &escrow).map_err(|_| ())
    }
}

impl<T: Config> AssetsCallback<u32, AccountId> for Pallet<T> {
    /// Opens the entry of escrow in a new asset. Fails, which undoes the creation, unless the minimum balance is 1,
    /// because in other assets dust could exist.
    fn created(id: &u32, _owner: &AccountId) -> Result<(), ()> {
        match pallet_assets::Asset::<T>::get(id) {
            Some(details) if details.min_balance == 1 => Self::open_entry(*id),
            _ => Err(()),
        }
    }
}

impl<T: Config> BalanceOnHold<u32, AccountId, Balance> for Pallet<T> {
    /// Amount of the account that is on hold: always `None`, because reserved amounts are in the escrow account.
    fn balance_on_hold(_: u32, _: &AccountId) -> Option<Balance> {
        None
    }

    fn died(_: u32, _: &AccountId) {}

    /// True while escrow has anything of the asset. Then nobody can start to destroy the asset, root included.
    fn contains_holds(id: u32) -> bool {
        Self::held(&NativeOrWithId::WithId(id)) > 0
    }
}

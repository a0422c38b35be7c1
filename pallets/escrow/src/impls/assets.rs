//! For `pallet-assets`: which assets may exist, and that none is destroyed while escrow has anything of it.

use crate::{Config, Pallet};
use polkadot_sdk::{
    frame_support::traits::{fungible::NativeOrWithId, AccountTouch},
    frame_system,
    pallet_assets::{self, AssetsCallback, BalanceOnHold},
};
use tandem_primitives::{AccountId, Balance, Escrow};

impl<T: Config> Pallet<T> {
    /// Makes the escrow account exist for good, and gives it an entry in every asset that has none.
    ///
    /// Called at genesis, which it ends with a sentence if dust could exist in an asset. A chain that adds escrow later
    /// calls it in a migration, which must bound the assets.
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

    /// An entry that was opened by a deposit (of zero) stays when its balance is zero, so that emptying escrow and
    /// filling it again costs nothing and can never fail for want of a reference. The escrow account is its own
    /// depositor: a deposit of somebody else could be taken back by it and by the asset's admin.
    fn open_entry(id: u32) -> Result<(), ()> {
        let escrow = Self::account_id();
        <pallet_assets::Pallet<T> as AccountTouch<u32, AccountId>>::touch(id, &escrow, &escrow).map_err(|_| ())
    }
}

impl<T: Config> AssetsCallback<u32, AccountId> for Pallet<T> {
    /// Refuses an asset in which dust could exist, and opens the entry of escrow in any other.
    fn created(id: &u32, _owner: &AccountId) -> Result<(), ()> {
        match pallet_assets::Asset::<T>::get(id) {
            Some(details) if details.min_balance == 1 => Self::open_entry(*id),
            _ => Err(()),
        }
    }
}

impl<T: Config> BalanceOnHold<u32, AccountId, Balance> for Pallet<T> {
    /// Nothing is on hold: what is reserved is in the escrow account.
    fn balance_on_hold(_: u32, _: &AccountId) -> Option<Balance> {
        None
    }

    fn died(_: u32, _: &AccountId) {}

    /// While escrow has anything of an asset nobody can start to destroy it, root included.
    fn contains_holds(id: u32) -> bool {
        Self::held(&NativeOrWithId::WithId(id)) > 0
    }
}

//! Checks of the stored state against the invariants, which must hold after every call.

use crate::{Claimable, Config, Pallet};
use alloc::collections::BTreeMap;
use polkadot_sdk::{
    frame_support::{ensure, traits::fungible::NativeOrWithId},
    frame_system,
    pallet_assets::{self, AssetStatus},
    sp_runtime::TryRuntimeError,
};
use tandem_primitives::{AssetId, Balance, Controller, Escrow};

impl<T: Config> Pallet<T> {
    /// Checks I2 in every asset, that no dust can exist, and that escrow has an entry in every asset.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_credits()?;
        Self::check_balances()?;
        Self::check_entries()
    }

    /// Checks I2 for credits: in every asset escrow has at least all that is credited, and no credit is zero.
    fn check_credits() -> Result<(), TryRuntimeError> {
        let mut credited = BTreeMap::<AssetId, Balance>::new();
        for (_, asset, credit) in Claimable::<T>::iter() {
            let amount = credit.amount;
            ensure!(amount > 0, "I2: a credit is zero");
            ensure!(!credit.instructions.is_empty(), "a credit names the instruction that it came from");
            let total = credited.entry(asset).or_default();
            *total = total.checked_add(amount).ok_or("I2: credits exceed the largest balance")?;
        }
        for (asset, total) in credited {
            ensure!(total <= Self::held(&asset), "I2: credits exceed the balance of escrow");
        }
        Ok(())
    }

    /// Checks I2 for balances: in every asset escrow's balance is the sum of its controllers' holdings and of all
    /// credits.
    fn check_balances() -> Result<(), TryRuntimeError> {
        for asset in Self::assets() {
            let accounted = T::Controllers::holds(&asset).checked_add(Self::claimable_in_total(&asset));
            ensure!(accounted == Some(Self::held(&asset)), "I2: escrow is not what is reserved and claimable");
        }
        Ok(())
    }

    /// Checks that every asset has a minimum balance of 1, and that escrow has an entry in every asset that is not
    /// being destroyed.
    fn check_entries() -> Result<(), TryRuntimeError> {
        let escrow = Self::account_id();
        ensure!(frame_system::Pallet::<T>::providers(&escrow) > 0, "the escrow account does not exist");
        for (id, details) in pallet_assets::Asset::<T>::iter() {
            ensure!(details.min_balance == 1, "an asset has another minimum balance than 1");
            match details.status {
                AssetStatus::Live | AssetStatus::Frozen => ensure!(
                    pallet_assets::Account::<T>::contains_key(id, &escrow),
                    "escrow has no entry in an asset; is the pallet listed after pallet-assets?"
                ),
                AssetStatus::Destroying => {
                    ensure!(Self::held(&NativeOrWithId::WithId(id)) == 0, "an asset in escrow is being destroyed")
                }
            }
        }
        Ok(())
    }
}

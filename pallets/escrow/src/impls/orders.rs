//! Orders of those who govern: the exact transfer, past the standing of the giver.

use crate::{Claimable, Config, Error, Pallet};
use polkadot_sdk::{
    frame_support::{ensure, storage::with_storage_layer},
    sp_runtime::DispatchResult,
};
use tandem_primitives::{AccountId, AssetId, Balance, Escrow, EscrowOrders};

impl<T: Config> EscrowOrders for Pallet<T> {
    fn transfer_by_order(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult {
        // Nobody reaches into escrow, by no order: its balance is what its controllers hold.
        ensure!(*from != Self::account_id(), Error::<T>::WrongAccount);
        Self::ensure_movable(to)?;
        Self::move_exactly(asset, from, to, amount)
    }

    fn credited(account: &AccountId, asset: &AssetId) -> Balance {
        Claimable::<T>::get(account, asset).map(|credit| credit.amount).unwrap_or_default()
    }

    fn pay_credit_by_order(account: &AccountId, asset: &AssetId, to: &AccountId, amount: Balance) -> DispatchResult {
        Self::ensure_movable(to)?;
        ensure!(Self::is_live(asset), Error::<T>::NotLive);
        with_storage_layer(|| {
            Claimable::<T>::try_mutate_exists(account, asset, |stored| -> DispatchResult {
                let mut credit = stored.take().ok_or(Error::<T>::NothingToClaim)?;
                credit.amount = credit.amount.checked_sub(amount).ok_or(Error::<T>::NothingToClaim)?;
                *stored = (credit.amount > 0).then_some(credit);
                Ok(())
            })?;
            Self::move_exactly(asset, &Self::account_id(), to, amount)
        })
    }
}

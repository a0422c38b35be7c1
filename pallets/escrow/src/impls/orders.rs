//! Transfers and payments of credits that operator, regulator or issuer have ordered together, whatever the giver's
//! status.

use crate::{Claimable, Config, Error, Event, Pallet};
use polkadot_sdk::{
    frame_support::{ensure, storage::with_storage_layer},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{AccountId, AssetId, Balance, Directory, Escrow, EscrowOrders};

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
            let claimable = Claimable::<T>::try_mutate_exists(account, asset, |stored| {
                let mut credit = stored.take().ok_or(Error::<T>::NothingToClaim)?;
                credit.amount = credit.amount.checked_sub(amount).ok_or(Error::<T>::NothingToClaim)?;
                let left = credit.amount;
                *stored = (left > 0).then_some(credit);
                Ok::<_, DispatchError>(left)
            })?;
            Self::move_exactly(asset, &Self::account_id(), to, amount)?;
            Self::deposit_event(Event::CreditPaidByOrder {
                participant: T::Directory::standing(account).map(|standing| standing.participant),
                asset: asset.clone(),
                amount,
                claimable,
                account: account.clone(),
                to: to.clone(),
            });
            Ok(())
        })
    }
}

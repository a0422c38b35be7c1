//! Claims of credits by their owners.

use crate::{Claimable, Config, Error, Event, Pallet};
use polkadot_sdk::{frame_support::ensure, sp_runtime::DispatchResult};
use tandem_primitives::{AccountId, AssetId, Directory, Escrow, Right};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_claim(by: AccountId, account: AccountId, asset: AssetId, to: AccountId) -> DispatchResult {
        for used in [&by, &to] {
            // Whoever has the key of a replaced account may be anybody: it neither asks for a credit nor gets one.
            ensure!(T::Directory::current_account(used) == *used, Error::<T>::AccountReplaced);
        }
        let participant = Self::ensure_movable(&by)?;
        for named in [&account, &to] {
            let standing = T::Directory::standing(named).ok_or(Error::<T>::NotRegistered)?;
            ensure!(standing.participant == participant, Error::<T>::WrongAccount);
        }
        // To where it was meant for any account of the participant claims, to another one those that move all.
        let meant = T::Directory::current_account(&account) == to;
        let moves_all = T::Directory::standing(&by).is_some_and(|standing| standing.rights.has(Right::MoveAll));
        ensure!(meant || moves_all, Error::<T>::WrongAccount);
        let credit = Claimable::<T>::get(&account, &asset).ok_or(Error::<T>::NothingToClaim)?;
        ensure!(Self::is_live(&asset), Error::<T>::NotLive);
        Self::move_exactly(&asset, &Self::account_id(), &to, credit.amount)?;
        Claimable::<T>::remove(&account, &asset);
        Self::deposit_event(Event::Claimed {
            instructions: credit.instructions.into_inner(),
            unnamed: credit.unnamed,
            participant,
            asset,
            amount: credit.amount,
            account,
            to,
            by,
        });
        Ok(())
    }
}

//! For participants: the credits that wait for them.

use crate::{Claimable, Config, Error, Event, Pallet};
use polkadot_sdk::{frame_support::ensure, sp_runtime::DispatchResult};
use tandem_primitives::{AccountId, AssetId, Directory, Escrow};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_claim(signer: &AccountId, asset: AssetId, to: &AccountId) -> DispatchResult {
        for account in [signer, to] {
            // Whoever has the key of a replaced account may be anybody: it neither asks for a credit nor gets one.
            ensure!(T::Directory::current_account(account) == *account, Error::<T>::AccountReplaced);
        }
        let participant = Self::ensure_movable(signer)?;
        Self::ensure_payable(to, participant)?;
        let amount = Claimable::<T>::get(participant, &asset).ok_or(Error::<T>::NothingToClaim)?;
        ensure!(Self::is_live(&asset), Error::<T>::NotLive);
        Self::move_exactly(&asset, &Self::account_id(), to, amount)?;
        Claimable::<T>::remove(participant, &asset);
        Self::deposit_event(Event::Claimed { participant, asset, amount, account: to.clone() });
        Ok(())
    }
}

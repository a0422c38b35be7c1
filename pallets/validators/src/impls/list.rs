//! List of validators, and their session keys.

use crate::{Config, Error, Event, Listed, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, traits::Get, BoundedVec},
    frame_system::{self, RawOrigin},
    pallet_session,
    sp_runtime::DispatchResult,
};
use tandem_primitives::AccountId;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_add(validator: AccountId) -> DispatchResult {
        let mut listed = Listed::<T>::get();
        ensure!(!listed.contains(&validator), Error::<T>::AlreadyExists);
        listed.try_push(validator.clone()).map_err(|_| Error::<T>::TooMany)?;
        Listed::<T>::put(listed);
        // An account needs a provider to hold session keys, and a validator's may own nothing.
        frame_system::Pallet::<T>::inc_providers(&validator);
        let has_keys = Self::has_keys(&validator);
        Self::deposit_event(Event::Added { validator, has_keys });
        Ok(())
    }

    /// Takes an account off the list. `at_once` is true if no delay came before it.
    pub(crate) fn do_remove(validator: &AccountId, at_once: bool) -> DispatchResult {
        let mut listed = Listed::<T>::get();
        let position = listed.iter().position(|other| other == validator).ok_or(Error::<T>::NotFound)?;
        listed.remove(position);
        // Those without keys do not validate: if they counted, the last one that does could be removed.
        let remaining = listed.iter().filter(|other| Self::has_keys(other)).count();
        ensure!(remaining >= T::MinValidators::get() as usize, Error::<T>::TooFew);
        if at_once && Self::has_keys(validator) {
            let validating = pallet_session::Validators::<T>::decode_len().unwrap_or_default();
            let leaving = validating.saturating_sub(remaining);
            ensure!(leaving <= Self::may_leave(validating), Error::<T>::TooManyRemovals);
        }
        Listed::<T>::put(listed);
        Self::release(validator)?;
        Self::deposit_event(Event::Removed { validator: validator.clone() });
        Ok(())
    }

    /// Number of so many validators that may leave in one session without delay: those that may fail while consensus goes
    /// on, and one of a set of fewer than four.
    fn may_leave(validating: usize) -> usize {
        (validating.saturating_sub(1) / 3).max(1)
    }

    /// Removes the session keys of an account that is no longer listed, and the provider reference that listing gave
    /// it.
    ///
    /// The keys go first, because they need the provider. Sessions that are already decided have copies of them.
    fn release(validator: &AccountId) -> DispatchResult {
        if Self::has_keys(validator) {
            pallet_session::Pallet::<T>::purge_keys(RawOrigin::Signed(validator.clone()).into())?;
        }
        // Something else may need the account, for example assets that were sent to it. Then it keeps the provider
        // and lives on, which harms nobody; that it stays a validator would.
        if frame_system::Pallet::<T>::can_dec_provider(validator) {
            frame_system::Pallet::<T>::dec_providers(validator)?;
        }
        Ok(())
    }

    pub(crate) fn list_at_genesis(validators: &[AccountId]) {
        let min = T::MinValidators::get() as usize;
        assert!(validators.is_empty() || validators.len() >= min, "fewer validators than MinValidators");
        let mut listed = BoundedVec::<AccountId, T::MaxValidators>::default();
        for validator in validators {
            assert!(!listed.contains(validator), "a validator is listed twice");
            assert!(listed.try_push(validator.clone()).is_ok(), "more validators than MaxValidators");
            frame_system::Pallet::<T>::inc_providers(validator);
        }
        Listed::<T>::put(listed);
    }

    /// True if the account has set session keys for the next sessions.
    pub(crate) fn has_keys(validator: &AccountId) -> bool {
        pallet_session::NextKeys::<T>::contains_key(validator)
    }

    /// Listed accounts with session keys, and listed accounts without, each in the order of the list.
    pub(crate) fn by_keys() -> (Vec<AccountId>, Vec<AccountId>) {
        Listed::<T>::get().into_iter().partition(Self::has_keys)
    }

    /// Listed accounts that cannot validate yet, because they have no session keys.
    pub fn without_keys() -> Vec<AccountId> {
        Self::by_keys().1
    }
}

//! Checks of the stored state against the invariants, which must hold after every call.

use crate::{Config, Listed, Pallet};
use alloc::collections::BTreeSet;
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    frame_system,
    sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
    /// Checks that no account is listed twice, that the list is empty or has at least `MinValidators` accounts, and
    /// that each account exists.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let listed = Listed::<T>::get();
        let different: BTreeSet<_> = listed.iter().collect();
        ensure!(different.len() == listed.len(), "a validator is listed twice");
        ensure!(
            listed.is_empty() || listed.len() >= T::MinValidators::get() as usize,
            "fewer validators than MinValidators"
        );
        for validator in &listed {
            ensure!(frame_system::Pallet::<T>::providers(validator) > 0, "a validator's account does not exist");
        }
        Ok(())
    }
}

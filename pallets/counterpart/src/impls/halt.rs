//! Halts of the light client: by whom, for how long, and their end.

use crate::{types::SingleHalt, Config, Error, Event, HaltByOne, Halted, Pallet, SpentHalts};
use polkadot_sdk::{
    frame_support::{ensure, traits::Get, weights::Weight},
    sp_runtime::DispatchResult,
};
use tandem_primitives::AccountId;

impl<T: Config> Pallet<T> {
    fn switch(halted: bool) {
        let old = Halted::<T>::get();
        Halted::<T>::put(halted);
        HaltByOne::<T>::kill();
        Self::count_client_change();
        Self::deposit_event(Event::HaltChanged { old, new: halted });
    }

    /// Halts until others resume; a halt by one account becomes such a halt.
    pub(crate) fn do_halt() -> DispatchResult {
        ensure!(!Halted::<T>::get() || HaltByOne::<T>::exists(), Error::<T>::NothingChanges);
        Self::switch(true);
        SpentHalts::<T>::kill();
        Ok(())
    }

    pub(crate) fn do_resume() -> DispatchResult {
        ensure!(Halted::<T>::get(), Error::<T>::NothingChanges);
        Self::switch(false);
        SpentHalts::<T>::kill();
        Ok(())
    }

    /// Halts for a time. A second account that halts confirms it.
    pub(crate) fn do_halt_by_one(by: AccountId) -> DispatchResult {
        if Halted::<T>::get() {
            let halt = HaltByOne::<T>::get().ok_or(Error::<T>::NothingChanges)?;
            ensure!(halt.by != by, Error::<T>::NothingChanges);
            HaltByOne::<T>::kill();
            SpentHalts::<T>::kill();
            Self::deposit_event(Event::HaltConfirmed { first: halt.by, second: by });
            return Ok(());
        }
        SpentHalts::<T>::try_mutate(|spent| -> DispatchResult {
            // A stolen key could otherwise keep the link halted, one life after the other.
            ensure!(!spent.contains(&by), Error::<T>::HaltSpent);
            spent.try_push(by.clone()).map_err(|_| Error::<T>::HaltSpent)?;
            Ok(())
        })?;
        let until = Self::now().saturating_add(T::HaltLife::get());
        Self::switch(true);
        HaltByOne::<T>::put(SingleHalt { by: by.clone(), until });
        Self::deposit_event(Event::HaltedByOne { by, until });
        Ok(())
    }

    /// Ends a halt by one account whose time has passed.
    pub(crate) fn lapse_halt() -> Weight {
        let lapsed = HaltByOne::<T>::get().is_some_and(|halt| Self::now() >= halt.until);
        if !lapsed {
            return T::DbWeight::get().reads(2);
        }
        Self::switch(false);
        T::DbWeight::get().reads_writes(4, 3)
    }
}

//! Benchmarks of every call in its worst case: a full list.

use crate::{Call, Config, Event, Listed, Pallet};
use alloc::vec::Vec;
use codec::Decode;
use polkadot_sdk::{
    frame_benchmarking::v2::*,
    frame_support::traits::{EnsureOrigin, Get},
    frame_system, pallet_session,
    sp_runtime::traits::TrailingZeroInput,
};
use tandem_primitives::AccountId;

/// Benchmark helper: lists `count` accounts, each with session keys, and returns them.
///
/// The keys are written to storage directly: setting them by a call takes a proof by their private halves.
fn list<T: Config>(count: u32) -> Result<Vec<AccountId>, BenchmarkError> {
    let keys =
        T::Keys::decode(&mut TrailingZeroInput::zeroes()).map_err(|_| BenchmarkError::Stop("keys of zeros decode"))?;
    let _ = Listed::<T>::take();
    let validators: Vec<AccountId> = (0..count).map(|index| account("validator", index, 0)).collect();
    for validator in &validators {
        Pallet::<T>::do_add(validator.clone())?;
        pallet_session::NextKeys::<T>::insert(validator, &keys);
        frame_system::Pallet::<T>::inc_consumers(validator)?;
    }
    Ok(validators)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn add() -> Result<(), BenchmarkError> {
        list::<T>(<T as Config>::MaxValidators::get().saturating_sub(1))?;
        let validator: AccountId = account("added", 0, 0);
        let origin = T::AddOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, validator.clone());

        assert!(Listed::<T>::get().contains(&validator));
        frame_system::Pallet::<T>::assert_last_event(Event::<T>::Added { validator, has_keys: false }.into());
        Ok(())
    }

    /// Benchmark of `remove` for the last account of a full list, which has session keys.
    #[benchmark]
    fn remove() -> Result<(), BenchmarkError> {
        let validators = list::<T>(<T as Config>::MaxValidators::get())?;
        let validator = validators.last().cloned().ok_or(BenchmarkError::Stop("the list is full"))?;
        let origin = T::RemoveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, validator.clone());

        assert!(!Listed::<T>::get().contains(&validator));
        frame_system::Pallet::<T>::assert_last_event(Event::<T>::Removed { validator }.into());
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}

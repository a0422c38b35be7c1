#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects))]

extern crate alloc;

pub use pallet::*;
pub use weights::WeightInfo;

pub mod weights;

mod impls;

#[cfg(any(feature = "try-runtime", test))]
mod try_state;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use polkadot_sdk::*;

#[frame_support::pallet]
pub mod pallet {
    use super::WeightInfo;
    use alloc::vec::Vec;
    use core::marker::PhantomData;
    use polkadot_sdk::{
        frame_support::{self, pallet_prelude::*},
        frame_system::pallet_prelude::*,
        pallet_session, sp_staking,
    };
    use sp_staking::SessionIndex;
    use tandem_primitives::AccountId;

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

    /// The runtime sets `pallet_session::Config::SessionManager` to this pallet, `ValidatorId` to the account and
    /// `ValidatorIdOf` to `ConvertInto`. It lists this pallet before `pallet-session`, which asks for the genesis
    /// list, and before the pallets whose authorities follow the session; their own genesis authorities stay empty.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId> + pallet_session::Config<ValidatorId = AccountId>
    {
        /// Who decides about validators: the operator under dual control, or root.
        type OperatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// The fewest validators with keys that a removal leaves. At least 1; 4 survive the failure of one.
        #[pallet::constant]
        type MinValidators: Get<u32>;

        /// The most validators. At most what the pallets of consensus take as authorities; 100 is ample.
        #[pallet::constant]
        type MaxValidators: Get<u32>;

        /// The weights of the calls.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// The accounts that shall validate, in the order in which they were added. Written by `add` and `remove`; at most
    /// `MaxValidators`, each once. Those of them that have keys are the validators from the next session but one.
    #[pallet::storage]
    pub type Listed<T: Config> = StorageValue<_, BoundedVec<AccountId, <T as Config>::MaxValidators>, ValueQuery>;

    /// The first validators. Their keys are in the genesis of `pallet-session`.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// The first validators; with none, the accounts that have keys at genesis validate.
        pub validators: Vec<AccountId>,
        #[serde(skip)]
        #[doc(hidden)]
        pub _config: PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::list_at_genesis(&self.validators);
        }
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// An account was listed as a validator.
        Added {
            /// The account.
            validator: AccountId,
            /// Whether it has session keys. Without them it is listed and does not validate yet.
            has_keys: bool,
        },
        /// An account is no longer listed, and its session keys are gone.
        Removed {
            /// The account.
            validator: AccountId,
        },
        /// The validators of a later session were decided, and are others than now.
        Planned {
            /// The first session of these validators.
            session: SessionIndex,
            /// The validators.
            validators: Vec<AccountId>,
        },
        /// Some listed accounts have no session keys, and will not validate until they have set them. Emitted at the
        /// beginning of every session while that is so.
        KeysMissing {
            /// The session for which they are left out.
            session: SessionIndex,
            /// Those without keys.
            validators: Vec<AccountId>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The account is listed already.
        AlreadyExists,
        /// The account is not listed.
        NotFound,
        /// There would be more than `MaxValidators`. Remove one first.
        TooMany,
        /// Fewer than `MinValidators` with keys would be left. Add another first, and wait until it has set its keys.
        TooFew,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Lists an account as a validator.
        ///
        /// ## Dispatch Origin
        /// The operator under dual control, or root.
        ///
        /// ## Details
        /// It validates from the session after the next, or, if it has set no session keys yet, two sessions after
        /// it has. Start its node first: validators that do not run count as failed.
        ///
        /// ## Errors
        /// - [`Error::AlreadyExists`]: it is listed.
        /// - [`Error::TooMany`]: as many as possible are.
        ///
        /// ## Events
        /// - [`Event::Added`], which says whether it has keys.
        #[pallet::call_index(0)]
        #[pallet::weight(<T as Config>::WeightInfo::add())]
        pub fn add(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_add(validator)
        }

        /// Takes an account off the list of validators.
        ///
        /// ## Dispatch Origin
        /// The operator under dual control, or root.
        ///
        /// ## Details
        /// It validates until the end of the next session: keep its node running until then. Its session keys are
        /// removed; to be listed again it sets new ones.
        ///
        /// ## Errors
        /// - [`Error::NotFound`]: it is not listed.
        /// - [`Error::TooFew`]: too few with keys would be left.
        ///
        /// ## Events
        /// - [`Event::Removed`].
        #[pallet::call_index(1)]
        #[pallet::weight(<T as Config>::WeightInfo::remove())]
        pub fn remove(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_remove(&validator)
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            let (min, max) = (T::MinValidators::get(), <T as Config>::MaxValidators::get());
            assert!(min >= 1, "a chain without validators stops");
            assert!(min <= max, "MinValidators exceeds MaxValidators");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}

#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects))]

extern crate alloc;

pub use pallet::*;
pub use weights::WeightInfo;

pub mod weights;

mod impls;

#[cfg(any(test, feature = "invariants", feature = "try-runtime"))]
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

    /// Version of the stored data: it rises with each migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The runtime sets `pallet_session::Config::SessionManager` to this pallet, `ValidatorId` to the account and
    /// `ValidatorIdOf` to `ConvertInto`. It lists this pallet before `pallet-session`, which asks for the genesis
    /// list, and before the pallets whose authorities follow the session; their own genesis authorities stay empty.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId> + pallet_session::Config<ValidatorId = AccountId>
    {
        /// Whoever adds validators: root, which is two accounts of the operator after the enactment delay.
        type OperatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Whoever removes validators: two accounts of the operator at once, or root.
        type RemoveOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Minimum number of validators with keys that a removal leaves. At least 1; 4 survive the failure of one.
        #[pallet::constant]
        type MinValidators: Get<u32>;

        /// Maximum number of validators, no more than consensus takes as authorities; 100 is ample.
        #[pallet::constant]
        type MaxValidators: Get<u32>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Accounts listed as validators, in the order in which they were added. Written by `add` and `remove`; at most
    /// `MaxValidators`, each once. Listed accounts that have keys are the validators from the next session but one.
    #[pallet::storage]
    pub type Listed<T: Config> = StorageValue<_, BoundedVec<AccountId, <T as Config>::MaxValidators>, ValueQuery>;

    /// Genesis list of validators. Their keys are in the genesis of `pallet-session`.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Accounts that validate at genesis; if empty, the accounts that have keys then.
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
        /// Account was listed as a validator.
        Added {
            /// Account that was listed.
            validator: AccountId,
            /// True if it has session keys. Without them it is listed and does not validate yet.
            has_keys: bool,
        },
        /// Account was taken off the list, and its session keys are gone.
        Removed {
            /// Account that was removed.
            validator: AccountId,
        },
        /// Validators of a later session were decided, and differ from the present ones.
        Planned {
            /// First session of these validators.
            session: SessionIndex,
            /// Validators from that session on.
            validators: Vec<AccountId>,
        },
        /// Listed accounts without session keys will not validate until they have set them. Emitted at the beginning of
        /// every session while there are any.
        KeysMissing {
            /// Session for which they are left out.
            session: SessionIndex,
            /// Listed accounts without keys.
            validators: Vec<AccountId>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// Account is listed already.
        AlreadyExists,
        /// Account is not listed.
        NotFound,
        /// List would exceed `MaxValidators`. Remove one first.
        TooMany,
        /// Removal would leave fewer than `MinValidators` with keys. Add another first, and wait until it has set its keys.
        TooFew,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Lists an account as a validator.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay.
        ///
        /// ## Details
        /// It validates from the session after the next, or, if it has set no session keys yet, two sessions after
        /// it has. Start its node first: validators that do not run count as failed.
        ///
        /// ## Errors
        /// - [`Error::AlreadyExists`]: the account is listed.
        /// - [`Error::TooMany`]: `MaxValidators` are listed.
        ///
        /// ## Events
        /// - [`Event::Added`], with `has_keys`.
        #[pallet::call_index(0)]
        #[pallet::weight(<T as Config>::WeightInfo::add())]
        pub fn add(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
            T::OperatorOrigin::ensure_origin(origin)?;
            Self::do_add(validator)
        }

        /// Takes an account off the list of validators.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator, at once; root.
        ///
        /// ## Details
        /// It validates until the end of the next session: keep its node running until then. Its session keys are
        /// removed; to be listed again it sets new ones.
        ///
        /// ## Errors
        /// - [`Error::NotFound`]: the account is not listed.
        /// - [`Error::TooFew`]: fewer than `MinValidators` with keys would be left.
        ///
        /// ## Events
        /// - [`Event::Removed`].
        #[pallet::call_index(1)]
        #[pallet::weight(<T as Config>::WeightInfo::remove())]
        pub fn remove(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
            T::RemoveOrigin::ensure_origin(origin)?;
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

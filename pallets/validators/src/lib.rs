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

    /// Version of this pallet's storage layout. Each migration raises it.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// Origins and bounds that a runtime gives to this pallet.
    ///
    /// The runtime sets `pallet_session::Config::SessionManager` to this pallet, `ValidatorId` to the account and
    /// `ValidatorIdOf` to `ConvertInto`. It lists this pallet before `pallet-session`, which asks for the genesis list,
    /// and before the pallets whose authorities follow the session; their own genesis authorities stay empty.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId> + pallet_session::Config<ValidatorId = AccountId>
    {
        /// Origin that may add validators: root, which needs two accounts of the operator and the enactment delay.
        type AddOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Origin that may remove validators: two accounts of the operator, at once, or root.
        type RemoveOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Minimum number of listed validators with session keys that a removal must leave. At least 1; with 4 the
        /// chain survives the failure of one.
        #[pallet::constant]
        type MinValidators: Get<u32>;

        /// Maximum number of listed validators. Consensus must accept as many authorities; 100 is ample.
        #[pallet::constant]
        type MaxValidators: Get<u32>;

        /// Weights of this pallet's calls.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Accounts listed as validators, in the order in which they were added; each once, at most `MaxValidators`.
    ///
    /// `add` and `remove` write the list. A listed account that has session keys validates from the session after the
    /// next.
    #[pallet::storage]
    pub type Listed<T: Config> = StorageValue<_, BoundedVec<AccountId, <T as Config>::MaxValidators>, ValueQuery>;

    /// Genesis list of validators. The genesis of `pallet-session` has their session keys.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Accounts that validate from genesis on. If empty, `pallet-session` takes the accounts that have keys at
        /// genesis.
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
        /// The operator listed an account as a validator.
        Added {
            /// Account that was listed.
            validator: AccountId,
            /// True if the account has session keys. Without keys it does not validate yet.
            has_keys: bool,
        },
        /// The operator took an account off the list of validators, and its session keys were removed.
        Removed {
            /// Account that was taken off the list.
            validator: AccountId,
        },
        /// The validators of a later session were decided, and differ from the present ones.
        Planned {
            /// Number of the first session in which these accounts validate.
            session: SessionIndex,
            /// Accounts that validate from that session on.
            validators: Vec<AccountId>,
        },
        /// Some listed accounts have no session keys, and so cannot validate in a later session. Emitted at the
        /// beginning of every session until they have set them.
        KeysMissing {
            /// Number of the session in which these accounts will not validate.
            session: SessionIndex,
            /// Listed accounts that have no session keys.
            validators: Vec<AccountId>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The account is listed as a validator already. Nothing is left to do.
        AlreadyExists,
        /// The account is not listed as a validator. Query `Listed` for those that are.
        NotFound,
        /// The list has `MaxValidators` accounts. Remove one first.
        TooMany,
        /// The removal would leave fewer than `MinValidators` listed accounts with session keys. List another account
        /// first, and wait until it has set its keys.
        TooFew,
        /// Too many validators have been removed in this session without delay. Wait for the session after the next, or
        /// let root remove this one.
        TooManyRemovals,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Lists an account as a validator.
        ///
        /// ## Dispatch Origin
        /// Root: two accounts of the operator after the enactment delay.
        ///
        /// ## Details
        /// The account validates from the session after the next or, if it has set no session keys yet, from the second
        /// session after the one in which it sets them. Start its node first: validators that do not run count as
        /// failed.
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
            T::AddOrigin::ensure_origin(origin)?;
            Self::do_add(validator)
        }

        /// Takes an account off the list of validators.
        ///
        /// ## Dispatch Origin
        /// Two accounts of the operator, at once; root.
        ///
        /// ## Details
        /// The account validates until the end of the next session: keep its node running until then. Its session keys
        /// are removed; to be listed again it sets new ones. At once, no more validators leave in a session than may
        /// fail while consensus goes on: fewer than a third, and one of a set of fewer than four. Two stolen keys of the
        /// operator so cannot leave a single validator of their choice.
        ///
        /// ## Errors
        /// - [`Error::NotFound`]: the account is not listed.
        /// - [`Error::TooFew`]: fewer than `MinValidators` with keys would be left.
        /// - [`Error::TooManyRemovals`]: the origin is not root, and fewer than two thirds of the accounts that validate
        ///   now would be left, or more than one of three or fewer would go.
        ///
        /// ## Events
        /// - [`Event::Removed`].
        #[pallet::call_index(1)]
        // The present validators are read too.
        #[pallet::weight(<T as Config>::WeightInfo::remove().saturating_add(T::DbWeight::get().reads(1)))]
        pub fn remove(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
            let is_root = polkadot_sdk::frame_system::ensure_root(origin.clone()).is_ok();
            T::RemoveOrigin::ensure_origin(origin)?;
            Self::do_remove(&validator, !is_root)
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

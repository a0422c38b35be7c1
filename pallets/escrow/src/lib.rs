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
    use core::marker::PhantomData;
    use polkadot_sdk::{
        frame_support::{self, pallet_prelude::*, traits::fungible, PalletId},
        frame_system::pallet_prelude::*,
        pallet_assets,
    };
    use tandem_primitives::{AccountId, AssetId, Balance, Controller, Directory, ParticipantId};

    /// Version of the stored data: it rises with each migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// Escrow moves the native currency and the assets of `pallet-assets`, and is the one pallet that knows it.
    ///
    /// The runtime must also set `pallet_assets::Config::Holder` and `CallbackHandle` to this pallet, and list it
    /// after `pallet-assets`, so that genesis assets exist when it is built.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId>
        + pallet_assets::Config<AssetId = u32, Balance = Balance>
    {
        /// The native currency: `Balances`. Its existential deposit is 1.
        type Native: fungible::Mutate<AccountId, Balance = Balance>;

        /// Who owns an account, and whether anything may move to or from it: `Participants`.
        type Directory: Directory;

        /// Everybody who takes and pays: what they hold and all credits are the balance of escrow (I2). Read by checks
        /// only.
        type Controllers: Controller;

        /// What the keyless escrow account is derived from. It never changes on a live chain.
        #[pallet::constant]
        type PalletId: Get<PalletId>;

        /// The weights of the calls.
        type WeightInfo: WeightInfo;

        /// Set-up of what the benchmarks need of other pallets.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: tandem_primitives::benchmarking::SetUpDirectory;
    }

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What escrow owes to a participant, per asset, because a payout could not be taken. Written by a payout that
    /// fails and by [`Call::claim`], which removes it; never zero. At most one entry per participant and asset.
    // Participants are numbered by the chain, so nobody can choose a key; asset numbers are chosen by issuers.
    #[pallet::storage]
    pub type Claimable<T> =
        StorageDoubleMap<_, Twox64Concat, ParticipantId, Blake2_128Concat, AssetId, Balance, OptionQuery>;

    /// Gives the escrow account its existence, and an entry in every genesis asset.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T> {
        #[serde(skip)]
        #[doc(hidden)]
        pub _config: PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::open_account();
        }
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A payout could not be taken and waits for `claim`.
        Credited {
            /// The owner of the credit.
            participant: ParticipantId,
            /// The asset.
            asset: AssetId,
            /// What was credited now.
            amount: Balance,
            /// All that is credited now.
            claimable: Balance,
            /// The account that could not take it.
            account: AccountId,
            /// Why.
            reason: DispatchError,
        },
        /// A credit was paid.
        Claimed {
            /// The owner of the credit.
            participant: ParticipantId,
            /// The asset.
            asset: AssetId,
            /// What was paid: the whole credit.
            amount: Balance,
            /// The account it was paid to.
            account: AccountId,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The account belongs to no participant. Register it, or use one that is registered.
        NotRegistered,
        /// The participant is sanctioned: nothing moves to or from it until the regulator lifts that.
        Sanctioned,
        /// The account belongs to another participant. A payout goes to an account of its owner only.
        WrongAccount,
        /// Nothing of this asset is credited to the participant.
        NothingToClaim,
        /// The asset does not exist, is frozen or is being destroyed. Wait until it is live.
        NotLive,
        /// There is nothing to move: the amount is zero.
        ZeroAmount,
        /// The asset would move from an account to itself.
        SameAccount,
        /// The transfer would not have changed both balances by exactly the amount, and was undone.
        NotExact,
        /// Escrow does not have what it is asked to pay: its caller has paid it before.
        NotInEscrow,
        /// The credit would exceed the largest balance.
        Overflow,
        /// The signer or the account to be paid was replaced. Use the account that took its place.
        AccountReplaced,
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// The escrow account. Nobody has a key to it.
        #[pallet::constant_name(EscrowAccount)]
        fn escrow_account() -> AccountId {
            Self::account_id()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pays to an account of yours all that is credited to you in one asset.
        ///
        /// ## Dispatch Origin
        /// Signed, by any account in use of a participant that is not sanctioned.
        ///
        /// ## Details
        /// A payout is credited when its account is blocked, its asset is frozen, or its owner is sanctioned. Once
        /// that has passed, this pays the whole credit. A suspended participant may claim: it starts nothing new.
        ///
        /// ## Errors
        /// - [`Error::AccountReplaced`]: the signer or `to` is an account that was replaced.
        /// - [`Error::NotRegistered`]: the signer is no participant's account.
        /// - [`Error::Sanctioned`]: the participant is sanctioned.
        /// - [`Error::WrongAccount`]: `to` is not an account of the same participant.
        /// - [`Error::NothingToClaim`]: there is no credit.
        /// - [`Error::NotLive`]: the asset does not move now.
        /// - What the transfer says if `to` cannot take it, for example that it is blocked.
        ///
        /// ## Events
        /// - [`Event::Claimed`].
        #[pallet::call_index(0)]
        #[pallet::weight(<T as Config>::WeightInfo::claim())]
        pub fn claim(origin: OriginFor<T>, asset: AssetId, to: AccountId) -> DispatchResult {
            let signer = ensure_signed(origin)?;
            Self::do_claim(&signer, asset, &to)
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            use fungible::Inspect;
            assert_eq!(T::Native::minimum_balance(), 1, "any other existential deposit lets dust exist");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}

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
        frame_support::{self, pallet_prelude::*, traits::fungible, PalletId},
        frame_system::pallet_prelude::*,
        pallet_assets,
    };
    use tandem_primitives::{AccountId, AssetId, Balance, Controller, Credit, Directory, InstructionId, ParticipantId};

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

        /// Owners of accounts and their statuses, which say whether anything may move: `Participants`.
        type Directory: Directory;

        /// Pallets that take and pay: their holdings and all credits are the balance of escrow (I2). Read by checks
        /// only.
        type Controllers: Controller;

        /// Constant from which the keyless escrow account is derived. Never changed on a live chain.
        #[pallet::constant]
        type PalletId: Get<PalletId>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;

        /// Set-up of what the benchmarks need of other pallets.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: tandem_primitives::benchmarking::SetUpDirectory;
    }

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Credits by the account that could not take a payout, and by asset. Written by a payout that fails and by
    /// [`Call::claim`], which removes the entry; never zero. At most one entry per account and asset.
    // Owners choose their accounts, and issuers the numbers of their assets.
    #[pallet::storage]
    pub type Claimable<T> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Blake2_128Concat, AssetId, Credit, OptionQuery>;

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
            /// Instruction that the payout belongs to.
            instruction: InstructionId,
            /// Owner of the account; none only if the account belongs to nobody.
            participant: Option<ParticipantId>,
            /// Asset that was to be paid.
            asset: AssetId,
            /// Amount of this payout, in the asset's smallest unit.
            amount: Balance,
            /// Whole credit under this account and asset now.
            claimable: Balance,
            /// Account that could not take the payout.
            account: AccountId,
            /// Failure of the payout.
            reason: DispatchError,
        },
        /// A credit was paid, whole.
        Claimed {
            /// Instructions that the credit came from, the first ones if there were more than it can name.
            instructions: Vec<InstructionId>,
            /// Number of payouts in the credit that `instructions` does not name; their `Credited` events do.
            unnamed: u32,
            /// Owner of the credit.
            participant: ParticipantId,
            /// Asset of the credit.
            asset: AssetId,
            /// Amount that was paid, in the asset's smallest unit.
            amount: Balance,
            /// Account that the credit was meant for.
            account: AccountId,
            /// Account that got it.
            to: AccountId,
            /// Account that signed.
            by: AccountId,
        },
        /// A part of a credit, or all of it, was paid by an order of those who govern: of an estate, or by a licence.
        CreditPaidByOrder {
            /// Owner of the account; none only if the account belongs to nobody.
            participant: Option<ParticipantId>,
            /// Asset of the credit.
            asset: AssetId,
            /// Amount that was paid, in the asset's smallest unit.
            amount: Balance,
            /// Whole credit under this account and asset now.
            claimable: Balance,
            /// Account that the credit was meant for.
            account: AccountId,
            /// Account that got it.
            to: AccountId,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The account belongs to no participant. Register it, or use one that is registered.
        NotRegistered,
        /// The participant is sanctioned: nothing moves to or from it until the regulator lifts that.
        Sanctioned,
        /// The accounts belong to different participants. A credit goes to an account of its owner only.
        WrongAccount,
        /// Nothing of this asset is credited under this account.
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
        /// Pays all that is credited under an account in one asset.
        ///
        /// ## Dispatch Origin
        /// Signed, by any account in use of the participant that owns the credit, if that is not sanctioned.
        ///
        /// ## Details
        /// A payout is credited when its account is blocked, its asset is frozen, or its owner is sanctioned. Once
        /// that has passed, this pays the whole credit: to the account that it was meant for, to the one that has taken
        /// that account's place, or to another account of the same participant. A suspended participant may claim: it
        /// starts nothing new.
        ///
        /// ## Errors
        /// - [`Error::AccountReplaced`]: the signer or `to` is an account that was replaced.
        /// - [`Error::NotRegistered`]: the signer is no participant's account.
        /// - [`Error::Sanctioned`]: the participant is sanctioned.
        /// - [`Error::WrongAccount`]: `account` or `to` is not an account of the signer's participant.
        /// - [`Error::NothingToClaim`]: there is no credit.
        /// - [`Error::NotLive`]: the asset does not move now.
        /// - What the transfer says if `to` cannot take it, for example that it is blocked.
        ///
        /// ## Events
        /// - [`Event::Claimed`].
        #[pallet::call_index(0)]
        #[pallet::weight(<T as Config>::WeightInfo::claim().saturating_add(<T as Config>::WeightInfo::claim_for_another()))]
        pub fn claim(
            origin: OriginFor<T>,
            account: AccountId,
            asset: AssetId,
            to: AccountId,
        ) -> DispatchResultWithPostInfo {
            let signer = ensure_signed(origin)?;
            let own = account == signer;
            Self::do_claim(signer, account, asset, to)?;
            Ok(own.then(<T as Config>::WeightInfo::claim).into())
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

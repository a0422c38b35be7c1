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

    /// Version of this pallet's storage layout. Each migration raises it.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// Other pallets and constants that a runtime gives to this pallet. Escrow moves the native currency and the assets
    /// of `pallet-assets`; it is the only pallet in Tandem that moves reserved assets.
    ///
    /// The runtime must also set `pallet_assets::Config::Holder` and `CallbackHandle` to this pallet, and list it after
    /// `pallet-assets`, so that genesis assets exist when it is built.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<AccountId = AccountId>
        + pallet_assets::Config<AssetId = u32, Balance = Balance>
    {
        /// Native currency: `Balances`. Its existential deposit must be 1.
        type Native: fungible::Mutate<AccountId, Balance = Balance>;

        /// Access to the owners of accounts, their status and rights: `pallet-participants`. The status decides whether
        /// assets may move.
        type Directory: Directory;

        /// Pallets that deposit into escrow and pay out of it. Per asset, their holdings and all credits add up to
        /// escrow's balance (I2). Only checks read it.
        type Controllers: Controller;

        /// Constant from which the address of the keyless escrow account is derived. Never changed on a live chain.
        #[pallet::constant]
        type PalletId: Get<PalletId>;

        /// Weights of this pallet's calls.
        type WeightInfo: WeightInfo;

        /// Helper that prepares participants and listed assets for benchmarks.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkHelper: tandem_primitives::benchmarking::SetUpDirectory;
    }

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// Credits: amounts that escrow owes because an account could not take a payout. The keys are that account and the
    /// asset.
    ///
    /// A payout that fails adds to the credit. [`Call::claim`] pays it whole and removes the entry, as an order of
    /// operator and regulator does when nothing is left. Never zero; at most one entry for each account and asset.
    // Owners choose their accounts, and issuers the numbers of their assets.
    #[pallet::storage]
    pub type Claimable<T> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Blake2_128Concat, AssetId, Credit, OptionQuery>;

    /// Genesis configuration. It has no values: at genesis the escrow account is created, with an entry in every
    /// genesis asset.
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
        /// A payout failed, because the account could not take it. Escrow keeps the amount as a credit under the
        /// account, until it is claimed.
        Credited {
            /// Id of the instruction whose payout failed.
            instruction: InstructionId,
            /// Participant that owns `account`; `None` only if the account belongs to nobody.
            participant: Option<ParticipantId>,
            /// Asset of the payout.
            asset: AssetId,
            /// Amount of this payout, in the asset's smallest unit.
            amount: Balance,
            /// Whole credit under `account` in this asset now, this payout included, in the asset's smallest unit.
            claimable: Balance,
            /// Account that could not take the payout.
            account: AccountId,
            /// Error with which the payout failed.
            reason: DispatchError,
        },
        /// A credit was claimed: escrow paid it whole.
        Claimed {
            /// Ids of the instructions whose payouts made up the credit: the first ones, as many as a credit can name.
            instructions: Vec<InstructionId>,
            /// Number of the credit's payouts whose instructions `instructions` does not name. The `Credited` events
            /// name them.
            unnamed: u32,
            /// Participant that owns `account`, and whose account signed.
            participant: ParticipantId,
            /// Asset of the credit.
            asset: AssetId,
            /// Amount of the credit that was paid, in the asset's smallest unit.
            amount: Balance,
            /// Account that could not take the payouts, and under which the credit was.
            account: AccountId,
            /// Account that received the credit.
            to: AccountId,
            /// Account that signed the `claim` call.
            by: AccountId,
        },
        /// A credit was paid, in part or whole, by an order of operator and regulator: out of the estate of a revoked
        /// participant, or under a licence for a sanctioned one.
        CreditPaidByOrder {
            /// Participant that owns `account`; `None` only if the account belongs to nobody.
            participant: Option<ParticipantId>,
            /// Asset of the credit.
            asset: AssetId,
            /// Amount that the order paid, in the asset's smallest unit.
            amount: Balance,
            /// Credit that is left under `account` in this asset, in the asset's smallest unit.
            claimable: Balance,
            /// Account under which the credit was.
            account: AccountId,
            /// Account that received the payment.
            to: AccountId,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The account belongs to no participant. Register it, or use one that is registered.
        NotRegistered,
        /// The participant that owns the account is sanctioned, so nothing moves to or from it. Wait until the
        /// regulator lifts the sanction.
        Sanctioned,
        /// The credit and its receiver are of different participants, the signer lacks `MoveAll` to pay the credit to
        /// another account than the one it is under, or the giver is the escrow account. Name an account of the
        /// signer's participant.
        WrongAccount,
        /// No credit, or too small a one, is under this account in this asset. Look up the account named in the event
        /// `Credited`.
        NothingToClaim,
        /// The asset does not exist, is frozen or is being destroyed. Name an existing asset, or wait until its issuer
        /// has thawed it.
        NotLive,
        /// The amount to move is zero. Give at least one smallest unit.
        ZeroAmount,
        /// Giver and receiver are one account. Name another receiver.
        SameAccount,
        /// The transfer would not have changed both balances by exactly the amount, and was undone. Report it to the
        /// operator: no asset of this chain should behave so.
        NotExact,
        /// Escrow has less of the asset than its controller asks it to pay, so that this payout must have been made
        /// before.
        NotInEscrow,
        /// The credit under this account in this asset would exceed the largest balance. Claim it first.
        Overflow,
        /// The signer or the account to be paid was replaced by another one. Use the account that took its place.
        AccountReplaced,
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// Address of the escrow account. Nobody has a key to it.
        #[pallet::constant_name(EscrowAccount)]
        fn escrow_account() -> AccountId {
            Self::account_id()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pays the whole credit that escrow owes under an account in one asset.
        ///
        /// ## Dispatch Origin
        /// Signed by any account of the participant that owns `account`, unless the participant is sanctioned. To pay
        /// to another account than `account`, or the one that has taken its place, the signer needs `MoveAll`.
        ///
        /// ## Details
        /// A payout becomes a credit when its account is blocked, its asset is frozen, or its owner is sanctioned. Once
        /// that has passed, this call pays the whole credit to `to`: to the account that it was meant for, to the one
        /// that has taken that account's place, or to another account of the same participant. A suspended participant
        /// may claim, because that starts nothing new.
        ///
        /// ## Errors
        /// - [`Error::AccountReplaced`]: the signer or `to` is an account that was replaced.
        /// - [`Error::NotRegistered`]: the signer, `account` or `to` belongs to no participant.
        /// - [`Error::Sanctioned`]: the participant is sanctioned.
        /// - [`Error::WrongAccount`]: `account` or `to` is not an account of the signer's participant, or the signer
        /// lacks `MoveAll`.
        /// - [`Error::NothingToClaim`]: there is no credit under `account` in this asset.
        /// - [`Error::NotLive`]: the asset is frozen or being destroyed.
        /// - The error of the transfer if `to` cannot take the amount, for example because it is blocked.
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

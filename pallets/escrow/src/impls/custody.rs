//! Custody for the controllers of escrow: the trait [`Escrow`], and the one function that moves assets.

use crate::{Claimable, Config, Error, Event, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{
        ensure,
        storage::with_storage_layer,
        traits::{
            fungible::{Inspect, Mutate, NativeOrWithId},
            fungibles,
            tokens::{Fortitude::Polite, Preservation::Expendable},
            Get,
        },
    },
    pallet_assets::{self, AssetStatus, TransferFlags},
    sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, AssetId, Balance, Credit, Directory, Escrow, InstructionId, ParticipantId, Payout, Status,
};

impl<T: Config> Pallet<T> {
    /// Address of the escrow account. Nobody has a key to it.
    pub fn account_id() -> AccountId {
        <T as Config>::PalletId::get().into_account_truncating()
    }

    /// Moves exactly `amount` from one account to the other, or fails and changes nothing. Every asset that enters,
    /// leaves or passes escrow goes through this function.
    ///
    /// Calls `do_transfer` of `pallet-assets`, and not `fungibles::Mutate::transfer`, which withdraws and then deposits
    /// as if it minted: where supply + amount exceeds `Balance::MAX` the deposit fails, its failure is dropped, and the
    /// amount is gone. See `tests/move_exactly.rs`.
    pub(crate) fn move_exactly(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult {
        ensure!(amount > 0, Error::<T>::ZeroAmount);
        ensure!(from != to, Error::<T>::SameAccount);
        with_storage_layer(|| {
            let from_before = Self::balance(asset, from);
            let to_before = Self::balance(asset, to);
            match asset {
                NativeOrWithId::Native => {
                    T::Native::transfer(from, to, amount, Expendable)?;
                }
                NativeOrWithId::WithId(id) => {
                    let flags = TransferFlags { keep_alive: false, best_effort: false, burn_dust: false };
                    pallet_assets::Pallet::<T>::do_transfer(*id, from, to, amount, None, flags)?;
                }
            }
            // With a minimum balance of 1 the two transfers above are exact. If that is ever not so (another minimum
            // balance, a changed platform), nobody loses anything: the call fails.
            let from_after = from_before.checked_sub(amount).ok_or(Error::<T>::NotExact)?;
            let to_after = to_before.checked_add(amount).ok_or(Error::<T>::NotExact)?;
            ensure!(Self::balance(asset, from) == from_after, Error::<T>::NotExact);
            ensure!(Self::balance(asset, to) == to_after, Error::<T>::NotExact);
            Ok(())
        })
    }

    pub(crate) fn balance(asset: &AssetId, account: &AccountId) -> Balance {
        match asset {
            NativeOrWithId::Native => T::Native::balance(account),
            NativeOrWithId::WithId(id) => pallet_assets::Pallet::<T>::balance(*id, account),
        }
    }

    /// Participant that owns the account, if assets may move to and from it. Fails with `NotRegistered` if the account
    /// belongs to nobody, and with `Sanctioned` if the participant is sanctioned. Costs one read.
    pub(crate) fn ensure_movable(account: &AccountId) -> Result<ParticipantId, DispatchError> {
        let standing = T::Directory::standing(account).ok_or(Error::<T>::NotRegistered)?;
        match standing.status {
            Status::Sanctioned => Err(Error::<T>::Sanctioned.into()),
            // Suspended and revoked participants start nothing, which their controllers check; what they have
            // started settles (I8).
            Status::Active | Status::Suspended | Status::Revoked => Ok(standing.participant),
        }
    }

    fn credit(
        instruction: InstructionId,
        asset: &AssetId,
        to: &AccountId,
        amount: Balance,
        reason: DispatchError,
    ) -> DispatchResult {
        // A credit that nothing backs would be paid out of what is reserved for somebody else.
        ensure!(Self::held(asset) >= amount, Error::<T>::NotInEscrow);
        let claimable = Claimable::<T>::try_mutate(to, asset, |stored| -> Result<Balance, DispatchError> {
            let credit = stored.get_or_insert_with(Credit::default);
            credit.add(instruction, amount).ok_or(Error::<T>::Overflow)?;
            Ok(credit.amount)
        })?;
        Self::deposit_event(Event::Credited {
            instruction,
            participant: T::Directory::standing(to).map(|standing| standing.participant),
            asset: asset.clone(),
            amount,
            claimable,
            account: to.clone(),
            reason,
        });
        Ok(())
    }
}

impl<T: Config> Escrow for Pallet<T> {
    fn deposit(asset: &AssetId, from: &AccountId, amount: Balance) -> DispatchResult {
        Self::ensure_movable(from)?;
        T::Directory::with_move(asset, from, || Self::move_exactly(asset, from, &Self::account_id(), amount))
    }

    fn pay_out(
        instruction: InstructionId,
        asset: &AssetId,
        to: &AccountId,
        amount: Balance,
    ) -> Result<Payout, DispatchError> {
        // Nothing is paid by doing nothing: unlike `deposit` and `transfer`, this must not fail.
        if amount == 0 {
            return Ok(Payout::Paid);
        }
        let paid = Self::ensure_movable(to).and_then(|_| Self::move_exactly(asset, &Self::account_id(), to, amount));
        match paid {
            Ok(()) => Ok(Payout::Paid),
            Err(reason) => Self::credit(instruction, asset, to, amount, reason).map(|()| Payout::Credited),
        }
    }

    fn transfer(asset: &AssetId, from: &AccountId, to: &AccountId, amount: Balance) -> DispatchResult {
        Self::ensure_movable(from)?;
        Self::ensure_movable(to)?;
        T::Directory::with_move(asset, from, || Self::move_exactly(asset, from, to, amount))
    }

    fn is_live(asset: &AssetId) -> bool {
        match asset {
            NativeOrWithId::Native => true,
            NativeOrWithId::WithId(id) => {
                pallet_assets::Asset::<T>::get(id).is_some_and(|details| details.status == AssetStatus::Live)
            }
        }
    }

    fn available(asset: &AssetId, account: &AccountId) -> Balance {
        if Self::ensure_movable(account).is_err() {
            return 0;
        }
        // Its controller has asked who gives: the account need not have the right to move by itself.
        T::Directory::with_move(asset, account, || match asset {
            NativeOrWithId::Native => T::Native::reducible_balance(account, Expendable, Polite),
            NativeOrWithId::WithId(id) => {
                <pallet_assets::Pallet<T> as fungibles::Inspect<AccountId>>::reducible_balance(
                    *id, account, Expendable, Polite,
                )
            }
        })
    }

    fn held(asset: &AssetId) -> Balance {
        Self::balance(asset, &Self::account_id())
    }

    fn assets() -> Vec<AssetId> {
        let mut assets: Vec<AssetId> = pallet_assets::Asset::<T>::iter_keys().map(NativeOrWithId::WithId).collect();
        assets.push(NativeOrWithId::Native);
        assets.retain(|asset| Self::held(asset) > 0);
        for (_, asset, _) in Claimable::<T>::iter() {
            if !assets.contains(&asset) {
                assets.push(asset);
            }
        }
        assets
    }

    fn claimable(account: &AccountId, asset: &AssetId) -> Balance {
        // Saturating, because a sum above the supply is a fault that `try_state` reports, and no reason to stop.
        Claimable::<T>::iter()
            .filter(|(owner, credited, _)| credited == asset && T::Directory::current_account(owner) == *account)
            .fold(0, |total: Balance, (_, _, credit)| total.saturating_add(credit.amount))
    }

    fn claimable_in_total(asset: &AssetId) -> Balance {
        // Saturating, because a sum above the supply is a fault that `try_state` reports, and no reason to stop.
        Claimable::<T>::iter()
            .filter(|(_, credited, _)| credited == asset)
            .fold(0, |total: Balance, (_, _, credit)| total.saturating_add(credit.amount))
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> tandem_primitives::benchmarking::SetUpEscrow for Pallet<T> {
    fn fund(asset: &AssetId, account: &AccountId, amount: Balance) {
        use polkadot_sdk::frame_system;
        use tandem_primitives::{benchmarking::SetUpDirectory, AssetKind, AssetTerms};

        if frame_system::Pallet::<T>::providers(account) == 0 {
            frame_system::Pallet::<T>::inc_providers(account);
        }
        let kind = match asset {
            NativeOrWithId::Native => AssetKind::Cash,
            NativeOrWithId::WithId(_) => AssetKind::Security,
        };
        if T::Directory::asset(asset).is_none() {
            <T as Config>::BenchmarkHelper::list(asset, AssetTerms { kind, settlement_unit: 1, delisted: false });
        }
        let funded = match asset {
            NativeOrWithId::Native => T::Native::mint_into(account, amount),
            NativeOrWithId::WithId(id) => {
                Self::create_for_benchmark(*id, account);
                <pallet_assets::Pallet<T> as fungibles::Mutate<AccountId>>::mint_into(*id, account, amount)
            }
        };
        assert_eq!(funded, Ok(amount), "a benchmark's account can be funded");
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> Pallet<T> {
    fn create_for_benchmark(id: u32, admin: &AccountId) {
        use polkadot_sdk::frame_support::traits::fungibles::Create;

        if !pallet_assets::Asset::<T>::contains_key(id) {
            let created = <pallet_assets::Pallet<T> as Create<AccountId>>::create(id, admin.clone(), false, 1);
            assert_eq!(created, Ok(()), "a benchmark's asset can be created");
        }
    }
}

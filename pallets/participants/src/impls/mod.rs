//! Implementation of the calls and of the traits for other pallets, one file for each feature.

mod accounts;
mod agents;
mod assets;
mod callbacks;
mod claw_back;
mod decisions;
mod directory;
mod estates;
mod governors;
mod participants;
mod places;
mod quota;
mod rights;
mod services;
mod status;

#[cfg(any(test, feature = "invariants", feature = "runtime-benchmarks", feature = "try-runtime"))]
pub(crate) use places::MAX_RANK;
pub(crate) use quota::{Admission, Charge, Place};

use crate::{
    types::{AccountRecord, MAX_ACCOUNTS, MAX_ORIGINS},
    Accounts, Config, Error, FreezeReason, Pallet,
};
use polkadot_sdk::*;

use frame_support::{
    dispatch::DispatchClass,
    ensure,
    traits::{fungible::MutateFreeze, EnsureOrigin, Get, Time},
    weights::Weight,
};
use frame_system::ensure_signed;
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};
use tandem_primitives::{AccountId, Balance, Moment, ParticipantId, Role};

impl<T: Config> Pallet<T> {
    /// Consensus time of the current block, in milliseconds.
    pub(crate) fn now() -> Moment {
        T::Time::now()
    }

    /// Record of an account in use. Fails if no participant owns it or it was replaced.
    pub(crate) fn live_account(account: &AccountId) -> Result<AccountRecord, DispatchError> {
        let record = Accounts::<T>::get(account).ok_or(Error::<T>::AccountNotFound)?;
        ensure!(record.replaced_by.is_none(), Error::<T>::AlreadyReplaced);
        Ok(record)
    }

    /// Participant that owns `who`. Fails unless the account is in use and the participant active.
    pub(crate) fn acting(who: &AccountId) -> Result<ParticipantId, DispatchError> {
        let record = Accounts::<T>::get(who).filter(AccountRecord::is_active).ok_or(Error::<T>::NotAuthorized)?;
        Ok(record.participant)
    }

    /// True if `who` is an account in use of an active participant with this role.
    pub(crate) fn acts_as(who: &AccountId, role: Role) -> bool {
        Accounts::<T>::get(who).is_some_and(|record| record.standing().is_active_as(role))
    }

    /// Passes the operator, or an active account of `owner`, and gives the account that signed: `None` for root.
    pub(crate) fn ensure_owner_or_operator(
        origin: T::RuntimeOrigin,
        owner: ParticipantId,
    ) -> Result<Option<AccountId>, DispatchError> {
        match T::OperatorOrigin::try_origin(origin) {
            Ok(by) => Ok(by),
            Err(origin) => {
                let who = ensure_signed(origin)?;
                ensure!(Self::acting(&who)? == owner, Error::<T>::NotAuthorized);
                Ok(Some(who))
            }
        }
    }

    /// Checks that the bytes are UTF-8 text and not empty.
    pub(crate) fn ensure_text(text: &[u8]) -> DispatchResult {
        ensure!(!text.is_empty() && core::str::from_utf8(text).is_ok(), Error::<T>::BadText);
        Ok(())
    }

    /// Freezes the native balance of an account, whatever its amount, or lifts that freeze.
    pub(crate) fn set_native_frozen(account: &AccountId, frozen: bool) -> DispatchResult {
        let reason = FreezeReason::NotActive.into();
        if frozen {
            T::Native::set_freeze(&reason, account, Balance::MAX)
        } else {
            T::Native::thaw(&reason, account)
        }
    }

    /// Freezes the native balance of an account that may not move its assets, by its record, and lifts the freeze of
    /// one that may.
    pub(crate) fn follow(account: &AccountId, record: &AccountRecord) -> DispatchResult {
        Self::set_native_frozen(account, !record.moves())
    }

    /// Asserts for `integrity_test` that bounds and weights fit a block, and the heaviest transaction a quota;
    /// otherwise nobody could send it.
    pub(crate) fn check_integrity() {
        use crate::WeightInfo;
        assert!(!T::QuotaPeriod::get().is_zero(), "a quota's period has at least one block");
        assert!(T::ProposalLife::get() > 0, "a proposal must live long enough to be approved");
        let blocks = T::BlockWeights::get();
        let normal = blocks.get(DispatchClass::Normal).max_extrinsic.unwrap_or(blocks.max_block);
        Self::check_shares();
        let heaviest: [Weight; 4] = [
            T::WeightInfo::register(MAX_ACCOUNTS),
            T::WeightInfo::set_status(MAX_ACCOUNTS).saturating_add(Self::weight_of_governors()),
            T::WeightInfo::set_roles(MAX_ACCOUNTS).saturating_add(Self::weight_of_governors()),
            T::WeightInfo::guard(MAX_ORIGINS),
        ];
        for weight in heaviest {
            assert!(normal.all_gte(weight), "a call of the directory must fit a block");
        }
    }
}

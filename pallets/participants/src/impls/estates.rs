//! Estates and licences: assets of revoked or sanctioned participants, moved by operator and regulator together.

use crate::{
    decisions::{Body, Decider, Reason},
    types::{Holding, Licence, LicenceId},
    Accounts, Config, Error, Event, Licences, NextLicence, Pallet, Participants, Recovering,
};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungibles::Inspect, Get},
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tandem_primitives::{AccountId, AssetId, Balance, EscrowOrders, Moment, ParticipantId, Role, Status};

impl<T: Config> Pallet<T> {
    fn ensure_estate_body(by: &Decider) -> DispatchResult {
        ensure!(by.as_body() == Some(Body::OperatorAndRegulator), Error::<T>::NeedsOtherBody);
        Ok(())
    }

    /// Checks that the participant has had this status for the estate delay, and gives the moment from which it has had
    /// it. Otherwise a decision that was approved before the status was set would take effect together with it. `other`
    /// is the error for another status.
    fn ensure_settled_status(
        participant: ParticipantId,
        status: Status,
        other: Error<T>,
    ) -> Result<Moment, DispatchError> {
        let record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        ensure!(record.status == status, other);
        let due = record.status_since.checked_add(T::EstateDelay::get()).ok_or(ArithmeticError::Overflow)?;
        ensure!(Self::now() >= due, Error::<T>::TooEarly);
        Ok(record.status_since)
    }

    /// Checks that the account belongs to the participant, or did before it was replaced.
    fn ensure_account_of(account: &AccountId, participant: ParticipantId) -> DispatchResult {
        let record = Accounts::<T>::get(account).ok_or(Error::<T>::AccountNotFound)?;
        ensure!(record.participant == participant, Error::<T>::OtherOwner);
        Ok(())
    }

    fn ensure_payee(account: &AccountId) -> DispatchResult {
        let record = Self::live_account(account)?;
        ensure!(record.is_active(), Error::<T>::NotActive);
        Ok(())
    }

    /// Amount of the asset that this balance or credit has.
    fn amount_in(holding: &Holding, asset: &AssetId) -> Balance {
        match holding {
            Holding::Account(account) => T::Assets::balance(asset.clone(), account),
            Holding::Credit(account) => T::Escrow::credited(account, asset),
        }
    }

    /// Moves `amount` out of a balance or credit whose participant cannot move it itself.
    fn move_out_of(holding: &Holding, asset: &AssetId, to: &AccountId, amount: Balance) -> DispatchResult {
        match holding {
            Holding::Account(account) => {
                Self::with_door_open(asset, account, || T::Escrow::transfer_by_order(asset, account, to, amount))
            }
            Holding::Credit(account) => T::Escrow::pay_credit_by_order(account, asset, to, amount),
        }
    }

    /// Runs `moving`, in which the asset may leave `account` although that is replaced, lacks the right to move, or has
    /// an owner that is not active.
    pub(crate) fn with_door_open(
        asset: &AssetId,
        account: &AccountId,
        moving: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        let frozen = !Accounts::<T>::get(account).is_some_and(|record| record.moves());
        if frozen && *asset == AssetId::Native {
            Self::set_native_frozen(account, false)?;
        }
        Recovering::<T>::put(account);
        let moved = moving();
        Recovering::<T>::kill();
        moved?;
        if frozen && *asset == AssetId::Native {
            Self::set_native_frozen(account, true)?;
        }
        Ok(())
    }

    pub(crate) fn do_transfer_estate(
        by: Decider,
        participant: ParticipantId,
        from: Holding,
        asset: AssetId,
        to: AccountId,
        reason: Reason,
    ) -> DispatchResult {
        Self::ensure_estate_body(&by)?;
        Self::check_note(&reason)?;
        Self::ensure_settled_status(participant, Status::Revoked, Error::<T>::NotRevoked)?;
        Self::ensure_account_of(from.account(), participant)?;
        Self::ensure_payee(&to)?;
        let amount = Self::amount_in(&from, &asset);
        ensure!(amount > 0, Error::<T>::NothingToRecover);
        Self::move_out_of(&from, &asset, &to, amount)?;
        Self::deposit_event(Event::EstateTransferred { participant, from, to, asset, amount, reason });
        Ok(())
    }

    pub(crate) fn do_grant_licence(
        by: Decider,
        participant: ParticipantId,
        licence: Licence,
        reason: Reason,
    ) -> DispatchResult {
        Self::ensure_estate_body(&by)?;
        Self::check_note(&reason)?;
        let since = Self::ensure_settled_status(participant, Status::Sanctioned, Error::<T>::NotSanctioned)?;
        Self::ensure_account_of(licence.from.account(), participant)?;
        Self::ensure_payee(&licence.payee)?;
        ensure!(licence.amount > 0, Error::<T>::NothingToRecover);
        ensure!(Self::now() < licence.expires, Error::<T>::LicenceExpired);
        let id = NextLicence::<T>::get();
        let next = id.0.checked_add(1).ok_or(ArithmeticError::Overflow)?;
        NextLicence::<T>::put(LicenceId(next));
        Licences::<T>::insert(id, (participant, since, licence.clone()));
        Self::deposit_event(Event::LicenceGranted { id, participant, licence, reason });
        Ok(())
    }

    /// Pays `amount` under a licence. A licence that has expired, or whose sanction was lifted, is removed instead.
    pub(crate) fn do_use_licence(who: AccountId, id: LicenceId, amount: Balance) -> DispatchResult {
        let caller = Self::acting(&who)?;
        let (participant, since, mut licence) = Licences::<T>::get(id).ok_or(Error::<T>::LicenceNotFound)?;
        let record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        let sanctioned = record.status == Status::Sanctioned && record.status_since == since;
        if Self::now() >= licence.expires || !sanctioned {
            Licences::<T>::remove(id);
            Self::deposit_event(Event::LicenceEnded { id, participant, by: who });
            return Ok(());
        }
        let payee = Self::live_account(&licence.payee)?;
        let may_use =
            caller == payee.participant || Self::acts_as(&who, Role::Operator) || Self::acts_as(&who, Role::Regulator);
        ensure!(may_use, Error::<T>::NotAuthorized);
        ensure!(payee.is_active(), Error::<T>::NotActive);
        ensure!(amount > 0, Error::<T>::NothingToRecover);
        licence.amount = licence.amount.checked_sub(amount).ok_or(Error::<T>::LicenceExceeded)?;
        Self::move_out_of(&licence.from, &licence.asset, &licence.payee, amount)?;
        let left = licence.amount;
        let (from, to, asset) = (licence.from.clone(), licence.payee.clone(), licence.asset.clone());
        if left == 0 {
            Licences::<T>::remove(id);
        } else {
            Licences::<T>::insert(id, (participant, since, licence));
        }
        Self::deposit_event(Event::LicenceUsed { id, participant, from, to, asset, amount, left, by: who });
        Ok(())
    }
}

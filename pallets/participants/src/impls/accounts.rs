//! Accounts: added, removed, replaced, and what a replaced one still holds.

use crate::{
    types::{AccountRecord, Replacement, MAX_HOPS},
    Accounts, Config, Error, Event, Pallet, Participants, Recovering, Replacements,
};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungibles::Inspect, Contains, Get},
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tandem_primitives::{AccountId, AssetId, Directory, Escrow, ParticipantId, Roles, Status};

impl<T: Config> Pallet<T> {
    /// Makes an account that nobody owns belong to a participant.
    pub(crate) fn link(
        account: &AccountId,
        participant: ParticipantId,
        roles: Roles,
        status: Status,
    ) -> DispatchResult {
        ensure!(!T::Exempt::contains(account), Error::<T>::ReservedAccount);
        ensure!(!Accounts::<T>::contains_key(account), Error::<T>::AccountAlreadyExists);
        // The account must live without any balance, to sign and to hold assets. The reference stays as long as the
        // record does: a replaced account may still hold what waits to be recovered.
        frame_system::Pallet::<T>::inc_providers(account);
        Accounts::<T>::insert(account, AccountRecord { participant, roles, status, replaced_by: None, hops: 0 });
        if status != Status::Active {
            Self::follow_status(account, status)?;
        }
        Ok(())
    }

    pub(crate) fn do_add_account(
        by: Option<AccountId>,
        participant: ParticipantId,
        account: AccountId,
    ) -> DispatchResult {
        // Whoever has an account of a participant acts for it: claims what is due to it, recovers what it owns, asks in
        // its name for another account to be replaced. No one key of the operator may get that far.
        ensure!(by.is_none(), Error::<T>::NeedsDualControl);
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        ensure!(record.status != Status::Revoked, Error::<T>::ParticipantRevoked);
        record.accounts.try_push(account.clone()).map_err(|_| Error::<T>::TooManyAccounts)?;
        Self::link(&account, participant, record.roles, record.status)?;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::AccountAdded { participant, account });
        Ok(())
    }

    pub(crate) fn do_remove_account(origin: T::RuntimeOrigin, account: AccountId) -> DispatchResult {
        let old = Self::live_account(&account)?;
        let participant = old.participant;
        Self::ensure_removes(origin, participant, old.roles)?;
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        record.accounts.retain(|other| *other != account);
        let successor = record.accounts.first().cloned().ok_or(Error::<T>::LastAccount)?;

        Self::retire(&account, old, &successor)?;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::AccountRemoved { participant, account, successor });
        Ok(())
    }

    /// Checks that `new` may take the place of `old`, and says whether it is a fresh account.
    fn check_replacement(old: &AccountId, record: &AccountRecord, new: &AccountId) -> Result<bool, DispatchError> {
        ensure!(old != new, Error::<T>::SameAccount);
        ensure!(!T::Exempt::contains(new), Error::<T>::ReservedAccount);
        match Accounts::<T>::get(new) {
            None => Ok(true),
            Some(other) if other.participant != record.participant => Err(Error::<T>::OtherOwner.into()),
            Some(other) if other.replaced_by.is_some() => Err(Error::<T>::AlreadyReplaced.into()),
            Some(_) => Ok(false),
        }
    }

    pub(crate) fn do_request_replacement(who: AccountId, old: AccountId, new: AccountId) -> DispatchResult {
        let record = Self::live_account(&old)?;
        let participant = record.participant;
        ensure!(who != old && Self::acting(&who)? == participant, Error::<T>::NotAuthorized);
        Self::check_replacement(&old, &record, &new)?;
        let until = Self::now().checked_add(T::ProposalLife::get()).ok_or(ArithmeticError::Overflow)?;
        Replacements::<T>::insert(&old, Replacement { new: new.clone(), by: who.clone(), until });
        Self::deposit_event(Event::ReplacementRequested { participant, old, new, by: who, until });
        Ok(())
    }

    pub(crate) fn do_replace_account(by: Option<AccountId>, old: AccountId, new: AccountId) -> DispatchResult {
        let replaced = Self::live_account(&old)?;
        Self::ensure_may_decide(&by, replaced.roles)?;
        let fresh = Self::check_replacement(&old, &replaced, &new)?;
        if by.is_some() {
            let request = Replacements::<T>::get(&old).filter(|request| request.new == new);
            let request = request.ok_or(Error::<T>::RequestNotFound)?;
            ensure!(Self::now() < request.until, Error::<T>::RequestExpired);
            // Whose key was stolen may have asked before it was taken out of use.
            let asker = Self::acting(&request.by);
            ensure!(asker == Ok(replaced.participant), Error::<T>::RequestNotFound);
        }
        let participant = replaced.participant;
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;

        record.accounts.retain(|other| *other != old);
        if fresh {
            record.accounts.try_push(new.clone()).map_err(|_| Error::<T>::TooManyAccounts)?;
            Self::link(&new, participant, record.roles, record.status)?;
        }
        Self::retire(&old, replaced, &new)?;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::AccountReplaced { participant, old, new });
        Ok(())
    }

    /// The one transition of an account: out of use, with `successor` in its place.
    fn retire(account: &AccountId, record: AccountRecord, successor: &AccountId) -> DispatchResult {
        let hops = record.hops.checked_add(1).filter(|hops| *hops <= MAX_HOPS);
        let hops = hops.ok_or(Error::<T>::TooManyReplacements)?;
        Accounts::<T>::try_mutate(successor, |entry| -> DispatchResult {
            let entry = entry.as_mut().ok_or(Error::<T>::AccountNotFound)?;
            entry.hops = entry.hops.max(hops);
            Ok(())
        })?;
        let retired = AccountRecord {
            roles: Roles::default(),
            status: Status::Revoked,
            replaced_by: Some(successor.clone()),
            ..record
        };
        Accounts::<T>::insert(account, retired);
        Replacements::<T>::remove(account);
        Self::set_native_frozen(account, true)
    }

    pub(crate) fn do_recover(origin: T::RuntimeOrigin, account: AccountId, asset: AssetId) -> DispatchResult {
        let record = Accounts::<T>::get(&account).ok_or(Error::<T>::AccountNotFound)?;
        ensure!(record.replaced_by.is_some(), Error::<T>::NotReplaced);
        let participant = record.participant;
        Self::ensure_owner_or_operator(origin, participant)?;
        ensure!(<Self as Directory>::status(participant) == Some(Status::Active), Error::<T>::NotActive);
        let amount = T::Assets::balance(asset.clone(), &account);
        ensure!(amount > 0, Error::<T>::NothingToRecover);
        let to = Self::current_account(&account);

        if asset == AssetId::Native {
            Self::set_native_frozen(&account, false)?;
        }
        Recovering::<T>::put(&account);
        // Not `T::Assets`, whose transfer loses what exceeds the largest balance together with the supply.
        let moved = T::Escrow::transfer(&asset, &account, &to, amount);
        Recovering::<T>::kill();
        moved?;
        if asset == AssetId::Native {
            Self::set_native_frozen(&account, true)?;
        }
        Self::deposit_event(Event::Recovered { participant, from: account, to, asset, amount });
        Ok(())
    }
}

//! Accounts of participants: adding, replacing and retiring them, and recovering what a replaced one holds.

use super::rights::is_governing;
use crate::{
    mandates::{Change, GuardedSince},
    types::{AccountRecord, MAX_ACCOUNTS, RESERVED_PLACES},
    Accounts, Config, Error, Event, Pallet, Participants, Recovering,
};
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{fungibles::Inspect, Contains, EnsureOrigin},
};
use frame_system::ensure_signed_or_root;
use sp_runtime::{DispatchError, DispatchResult};
use tandem_primitives::{
    AccountId, AssetId, ChangeHash, Directory, Escrow, Moment, ParticipantId, Rights, Roles, Status,
};

impl<T: Config> Pallet<T> {
    /// Makes `account`, which nobody owns, an account of the participant.
    ///
    /// `since` is the instant from which the account counts as a guard of its participant, if it has `Move` or
    /// `Administer`: zero for the accounts of a registration, because there were none before them.
    pub(crate) fn link(
        account: &AccountId,
        participant: ParticipantId,
        roles: Roles,
        status: Status,
        rights: Rights,
        since: Moment,
    ) -> DispatchResult {
        ensure!(!T::Exempt::contains(account), Error::<T>::ReservedAccount);
        ensure!(!Accounts::<T>::contains_key(account), Error::<T>::AccountAlreadyExists);
        // The account must live without any balance, to sign and to hold assets. The reference stays as long as the
        // record does: a replaced account may still hold what waits to be recovered.
        frame_system::Pallet::<T>::inc_providers(account);
        let guarded = GuardedSince::default().after(Rights::NONE, rights, since);
        let record = AccountRecord { participant, roles, status, rights, guarded, replaced_by: None, place: None };
        if !record.moves() {
            Self::follow(account, &record)?;
        }
        Accounts::<T>::insert(account, record);
        Ok(())
    }

    pub(crate) fn do_add_account(
        origin: T::RuntimeOrigin,
        participant: ParticipantId,
        account: AccountId,
        rights: Option<Rights>,
    ) -> DispatchResult {
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        let governs = record.governs();
        let (by, most) = if governs {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::ensure_appoints(&by, record.roles)?;
            (None, Rights::ALL)
        } else {
            // Whoever has an account with rights acts for the participant. What others than itself add has none, and
            // operator and regulator name it as the one that administers.
            let signer = match Self::both_authorities(origin) {
                Ok(()) => None,
                Err(origin) => ensure_signed_or_root(origin)?,
            };
            match signer {
                None => (None, Rights::NONE),
                Some(who) => {
                    ensure!(Self::administering(&who)? == participant, Error::<T>::NotAuthorized);
                    (Some(who), Rights::OF_NEW)
                }
            }
        };
        let usual = if most.covers(Rights::OF_NEW) { Rights::OF_NEW } else { Rights::NONE };
        let rights = rights.unwrap_or(usual);
        ensure!(most.covers(rights), Error::<T>::BadRights);
        ensure!(record.status != Status::Revoked, Error::<T>::ParticipantRevoked);
        // Whoever stole a key that administers would otherwise leave no place for the way back.
        let own = MAX_ACCOUNTS.saturating_sub(RESERVED_PLACES) as usize;
        ensure!(by.is_none() || record.accounts.len() < own, Error::<T>::TooManyAccounts);
        record.accounts.try_push(account.clone()).map_err(|_| Error::<T>::TooManyAccounts)?;
        Self::link(&account, participant, record.roles, record.status, rights, Self::now())?;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::AccountAdded { participant, account, rights, by });
        Ok(())
    }

    /// Takes an account of an operator or a regulator out of use. Any other account must be replaced, because it may
    /// await payouts.
    pub(crate) fn do_remove_account(
        origin: T::RuntimeOrigin,
        account: AccountId,
        successor: AccountId,
    ) -> DispatchResult {
        let old = Self::live_account(&account)?;
        ensure!(is_governing(&old), Error::<T>::NeedsReplacement);
        let by = T::DeciderOrigin::ensure_origin(origin)?;
        Self::ensure_retires(&by, old.roles)?;
        ensure!(!Self::check_replacement(&account, &old, &successor)?, Error::<T>::AccountNotFound);
        let participant = old.participant;
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        record.accounts.retain(|other| *other != account);

        Self::retire(&account, old, &successor)?;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::AccountRemoved { participant, account, successor });
        Ok(())
    }

    /// Checks that `new` may take the place of `old`, whose record is `record`. True if `new` is a fresh account, which
    /// no participant owns.
    pub(crate) fn check_replacement(
        old: &AccountId,
        record: &AccountRecord,
        new: &AccountId,
    ) -> Result<bool, DispatchError> {
        ensure!(old != new, Error::<T>::SameAccount);
        ensure!(!T::Exempt::contains(new), Error::<T>::ReservedAccount);
        match Accounts::<T>::get(new) {
            None => Ok(true),
            Some(other) if other.participant != record.participant => Err(Error::<T>::OtherOwner.into()),
            Some(other) if other.replaced_by.is_some() => Err(Error::<T>::AlreadyReplaced.into()),
            Some(_) => Ok(false),
        }
    }

    pub(crate) fn do_request_replacement(
        who: AccountId,
        old: AccountId,
        new: AccountId,
        rights: Rights,
    ) -> DispatchResult {
        let participant = Self::administering(&who)?;
        ensure!(Self::live_account(&old)?.participant == participant, Error::<T>::NotAuthorized);
        Self::file(participant, Some(who), Change::Replacement { old, new, rights })
    }

    /// Checks that an account may take another's place with these rights: a fresh one with no right that the old one
    /// lacks, beyond those that any new account gets. More is asked for by itself, so that everybody sees it.
    pub(crate) fn check_replacement_by(
        old: &AccountId,
        record: &AccountRecord,
        new: &AccountId,
        rights: Rights,
    ) -> DispatchResult {
        let fresh = Self::check_replacement(old, record, new)?;
        ensure!(!fresh || record.rights.union(Rights::OF_NEW).covers(rights), Error::<T>::BadRights);
        Ok(())
    }

    /// The request for a replacement that the operator names, hence has looked at. For an operator or a regulator there is
    /// none: both together decide, on the rights too.
    fn confirmed_request(
        origin: T::RuntimeOrigin,
        record: &AccountRecord,
        change: Change,
    ) -> Result<Option<ChangeHash>, DispatchError> {
        if is_governing(record) {
            let by = T::DeciderOrigin::ensure_origin(origin)?;
            Self::ensure_appoints(&by, record.roles)?;
            return Ok(None);
        }
        T::OperatorOrigin::ensure_origin(origin)?;
        let request = Self::standing_request(record.participant, Self::change_hash(&change))?;
        ensure!(request.is_due(Self::now()), Error::<T>::TooEarly);
        // The old account's rights may have been lowered since it was asked for.
        Self::check_change(record.participant, &change)?;
        Ok(Some(request.hash))
    }

    pub(crate) fn do_replace_account(
        origin: T::RuntimeOrigin,
        old: AccountId,
        new: AccountId,
        rights: Rights,
    ) -> DispatchResult {
        let replaced = Self::live_account(&old)?;
        let fresh = Self::check_replacement(&old, &replaced, &new)?;
        let change = Change::Replacement { old: old.clone(), new: new.clone(), rights };
        let asked = Self::confirmed_request(origin, &replaced, change)?;
        let participant = replaced.participant;
        Self::put_in_place(old, replaced, new, fresh.then_some(rights))?;
        if let Some(hash) = asked {
            Self::remove_request(participant, hash);
        }
        Ok(())
    }

    /// Replaces `old` by `new`. `fresh` has the rights of `new` if no participant owns it yet, and is `None` otherwise.
    pub(crate) fn put_in_place(
        old: AccountId,
        replaced: AccountRecord,
        new: AccountId,
        fresh: Option<Rights>,
    ) -> DispatchResult {
        let participant = replaced.participant;
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        record.accounts.retain(|other| *other != old);
        if let Some(rights) = fresh {
            record.accounts.try_push(new.clone()).map_err(|_| Error::<T>::TooManyAccounts)?;
            // It guards from now on, as any new account does.
            Self::link(&new, participant, record.roles, record.status, rights, Self::now())?;
        }
        Self::retire(&old, replaced, &new)?;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::AccountReplaced { participant, old, new });
        Ok(())
    }

    /// Takes `account` out of use and puts `successor` in its place. No other function does this.
    fn retire(account: &AccountId, record: AccountRecord, successor: &AccountId) -> DispatchResult {
        Accounts::<T>::try_mutate(successor, |entry| -> DispatchResult {
            let entry = entry.as_mut().ok_or(Error::<T>::AccountNotFound)?;
            entry.place = Some(Self::hand_on(record.place, entry.place, successor)?);
            Ok(())
        })?;
        let retired = AccountRecord {
            roles: Roles::default(),
            status: Status::Revoked,
            rights: Rights::NONE,
            guarded: GuardedSince::default(),
            replaced_by: Some(successor.clone()),
            place: Accounts::<T>::get(successor).and_then(|entry| entry.place),
            ..record
        };
        Self::follow(account, &retired)?;
        Accounts::<T>::insert(account, retired);
        Ok(())
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

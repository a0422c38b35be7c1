//! Rights of accounts: lowered at once, raised by two accounts or after the rights delay.

use crate::{
    decisions::Body,
    mandates::{Change, Request, MAX_REQUESTS_EACH},
    types::AccountRecord,
    Accounts, Config, Error, Event, Pallet, Requests, RightsDelay,
};
use codec::Encode;
use polkadot_sdk::*;

use frame_support::{
    ensure,
    traits::{EnsureOrigin, Get},
};
use frame_system::ensure_signed;
use sp_io::hashing::blake2_256;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tandem_primitives::{AccountId, ChangeHash, ParticipantId, Right, Rights, Role, Status};

/// True if the account's owner is operator or regulator, so that those two decide together about its accounts.
pub(crate) fn is_governing(record: &AccountRecord) -> bool {
    record.roles.has(Role::Operator) || record.roles.has(Role::Regulator)
}

impl<T: Config> Pallet<T> {
    /// Hash by which a change of rights is approved, applied or vetoed: `blake2_256` of its SCALE encoding.
    pub fn change_hash(change: &Change) -> ChangeHash {
        change.using_encoded(blake2_256).into()
    }

    /// Passes an origin that is operator and regulator together, and gives back any other origin.
    pub(crate) fn both_authorities(origin: T::RuntimeOrigin) -> Result<(), T::RuntimeOrigin> {
        match T::DeciderOrigin::try_origin(origin.clone()) {
            Ok(by) if by.as_body() == Some(Body::OperatorAndRegulator) => Ok(()),
            Ok(_) | Err(_) => Err(origin),
        }
    }

    /// Participant whose accounts, rights and agents this account may change, because it has `Administer`. Fails for an
    /// account of an operator or a regulator, whose accounts these two change together.
    pub(crate) fn administering(who: &AccountId) -> Result<ParticipantId, DispatchError> {
        let record = Accounts::<T>::get(who).filter(AccountRecord::is_active).ok_or(Error::<T>::NotAuthorized)?;
        Self::administers(&record)
    }

    /// Participant for which this account may lower rights and dismiss agents: it has `Administer`, and its participant
    /// may be suspended.
    pub(crate) fn stopping(who: &AccountId) -> Result<ParticipantId, DispatchError> {
        Self::administers(&Self::finishing(who)?)
    }

    /// Record of an account in use whose owner is active or suspended.
    fn finishing(who: &AccountId) -> Result<AccountRecord, DispatchError> {
        let may = |record: &AccountRecord| record.replaced_by.is_none() && record.standing().may_finish();
        Ok(Accounts::<T>::get(who).filter(may).ok_or(Error::<T>::NotAuthorized)?)
    }

    fn administers(record: &AccountRecord) -> Result<ParticipantId, DispatchError> {
        ensure!(record.rights.has(Right::Administer), Error::<T>::NotAuthorized);
        ensure!(!is_governing(record), Error::<T>::NeedsBothAuthorities);
        Ok(record.participant)
    }

    /// Participant whose certificate and services this account may change, because it has `Administer`; also an
    /// operator or a regulator.
    pub(crate) fn keeping(who: &AccountId) -> Result<ParticipantId, DispatchError> {
        let record = Accounts::<T>::get(who).filter(AccountRecord::is_active).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(record.rights.has(Right::Administer), Error::<T>::NotAuthorized);
        Ok(record.participant)
    }

    /// Sets the rights of an account in use. No other function changes them.
    fn set_rights(by: Option<AccountId>, account: AccountId, new: Rights) -> DispatchResult {
        let mut record = Self::live_account(&account)?;
        let old = core::mem::replace(&mut record.rights, new);
        record.guarded = record.guarded.after(old, new, Self::now());
        Self::follow(&account, &record)?;
        let participant = record.participant;
        Accounts::<T>::insert(&account, record);
        Self::deposit_event(Event::AccountRightsChanged { participant, account, old, new, by });
        Ok(())
    }

    pub(crate) fn do_lower_rights(who: AccountId, account: AccountId, new: Rights) -> DispatchResult {
        let record = Self::live_account(&account)?;
        if who == account {
            Self::finishing(&who)?;
        } else {
            ensure!(Self::stopping(&who)? == record.participant, Error::<T>::NotAuthorized);
        }
        ensure!(record.rights.covers(new) && record.rights != new, Error::<T>::RightsNotLowered);
        Self::set_rights(Some(who), account, new)
    }

    pub(crate) fn do_request_rights(origin: T::RuntimeOrigin, account: AccountId, rights: Rights) -> DispatchResult {
        let record = Self::live_account(&account)?;
        let participant = record.participant;
        match Self::both_authorities(origin) {
            Ok(()) if is_governing(&record) => {
                ensure!(!rights.beyond(record.rights).is_none(), Error::<T>::RightsUnchanged);
                Self::set_rights(None, account, record.rights.union(rights))
            }
            Ok(()) => {
                // Of another participant both name who administers, and that is all.
                ensure!(rights == Rights::NONE.with(Right::Administer), Error::<T>::BadRights);
                Self::file(participant, None, Change::Administrator { account, administers: true })
            }
            Err(origin) => {
                let who = ensure_signed(origin)?;
                ensure!(Self::administering(&who)? == participant, Error::<T>::NotAuthorized);
                // Who trades moves nothing: one account decides that.
                if rights == Rights::NONE.with(Right::Trade) && !record.rights.has(Right::Trade) {
                    return Self::set_rights(Some(who), account, record.rights.union(rights));
                }
                Self::file(participant, Some(who), Change::Grant { account, rights })
            }
        }
    }

    pub(crate) fn do_remove_administrator(origin: T::RuntimeOrigin, account: AccountId) -> DispatchResult {
        Self::both_authorities(origin).map_err(|_| Error::<T>::NeedsOtherBody)?;
        let record = Self::live_account(&account)?;
        Self::file(record.participant, None, Change::Administrator { account, administers: false })
    }

    /// Checks that the change could take effect now.
    pub(crate) fn check_change(participant: ParticipantId, change: &Change) -> DispatchResult {
        match change {
            Change::Grant { account, rights } => {
                let record = Self::live_account(account)?;
                ensure!(record.participant == participant, Error::<T>::OtherOwner);
                ensure!(!is_governing(&record), Error::<T>::NeedsBothAuthorities);
                ensure!(!rights.beyond(record.rights).is_none(), Error::<T>::RightsUnchanged);
            }
            Change::Administrator { account, administers } => {
                let record = Self::live_account(account)?;
                ensure!(record.participant == participant, Error::<T>::OtherOwner);
                ensure!(record.status != Status::Revoked, Error::<T>::ParticipantRevoked);
                ensure!(!is_governing(&record), Error::<T>::BadRights);
                ensure!(record.rights.has(Right::Administer) != *administers, Error::<T>::RightsUnchanged);
            }
            Change::Mandate { agent, capacity, mandate } => {
                Self::check_mandate(participant, *agent, *capacity, mandate)?;
            }
            Change::Replacement { old, new, rights } => {
                let record = Self::live_account(old)?;
                ensure!(record.participant == participant, Error::<T>::OtherOwner);
                ensure!(!is_governing(&record), Error::<T>::NeedsBothAuthorities);
                Self::check_replacement_by(old, &record, new, *rights)?;
            }
        }
        Ok(())
    }

    /// Stores a request for the change, which waits for a second account or for its delay. On a network without a
    /// rights delay the change takes effect at once.
    pub(crate) fn file(participant: ParticipantId, by: Option<AccountId>, change: Change) -> DispatchResult {
        Self::check_change(participant, &change)?;
        let now = Self::now();
        let delay = RightsDelay::<T>::get();
        let not_before = now.checked_add(delay).ok_or(ArithmeticError::Overflow)?;
        let until = not_before.checked_add(T::ProposalLife::get()).ok_or(ArithmeticError::Overflow)?;
        let hash = Self::change_hash(&change);
        let asked =
            Event::ChangeRequested { participant, hash, change: change.clone(), by: by.clone(), not_before, until };
        let at_once = match &change {
            Change::Grant { .. } | Change::Mandate { .. } | Change::Administrator { .. } => delay == 0,
            // The operator has to confirm it.
            Change::Replacement { .. } => false,
        };
        if at_once {
            Self::deposit_event(asked);
            return Self::make_change(participant, by, change);
        }
        let request = Request { hash, change, by, at: now, approved_by: None, not_before, until };
        Requests::<T>::try_mutate(participant, |requests| -> DispatchResult {
            requests.retain(|other| now < other.until);
            ensure!(requests.iter().all(|other| other.hash != hash), Error::<T>::RequestAlreadyExists);
            let own = requests.iter().filter(|other| other.by == request.by).count();
            ensure!(own < MAX_REQUESTS_EACH as usize, Error::<T>::TooManyRequests);
            requests.try_push(request).map_err(|_| Error::<T>::TooManyRequests)?;
            Ok(())
        })?;
        Self::deposit_event(asked);
        Ok(())
    }

    /// Request that is still valid: it has not lapsed, and the account that made it still has `Administer`.
    pub(crate) fn standing_request(participant: ParticipantId, hash: ChangeHash) -> Result<Request, DispatchError> {
        let request = Requests::<T>::get(participant).into_iter().find(|request| request.hash == hash);
        let request = request.ok_or(Error::<T>::RequestNotFound)?;
        ensure!(Self::now() < request.until, Error::<T>::RequestExpired);
        // Whose key was stolen may have asked before its rights were lowered.
        if let Some(by) = &request.by {
            ensure!(Self::administering(by) == Ok(participant), Error::<T>::RequesterLapsed);
        }
        Ok(request)
    }

    pub(crate) fn remove_request(participant: ParticipantId, hash: ChangeHash) {
        Requests::<T>::mutate_exists(participant, |stored| {
            let mut requests = stored.take().unwrap_or_default();
            requests.retain(|request| request.hash != hash);
            *stored = (!requests.is_empty()).then_some(requests);
        });
    }

    pub(crate) fn do_approve_change(who: AccountId, hash: ChangeHash) -> DispatchResult {
        let participant = Self::administering(&who)?;
        let request = Self::standing_request(participant, hash)?;
        ensure!(request.approved_by.is_none(), Error::<T>::AlreadyApproved);
        // What operator and regulator ask for takes its time.
        let by = request.by.clone().ok_or(Error::<T>::NotAuthorized)?;
        ensure!(by != who, Error::<T>::OwnRequest);
        Self::check_change(participant, &request.change)?;
        Self::deposit_event(Event::ChangeApproved { participant, hash, by: who.clone() });
        match request.change {
            Change::Replacement { .. } => Requests::<T>::mutate(participant, |requests| {
                for stored in requests.iter_mut().filter(|stored| stored.hash == hash) {
                    stored.approved_by = Some(who.clone());
                }
                Ok(())
            }),
            change @ (Change::Grant { .. } | Change::Mandate { .. } | Change::Administrator { .. }) => {
                Self::remove_request(participant, hash);
                Self::make_change(participant, Some(by), change)
            }
        }
    }

    pub(crate) fn do_apply_change(who: AccountId, participant: ParticipantId, hash: ChangeHash) -> DispatchResult {
        Self::acting(&who)?;
        let request = Self::standing_request(participant, hash)?;
        ensure!(request.is_due(Self::now()), Error::<T>::TooEarly);
        Self::make_change(participant, request.by, request.change)?;
        Self::remove_request(participant, hash);
        Ok(())
    }

    fn make_change(participant: ParticipantId, by: Option<AccountId>, change: Change) -> DispatchResult {
        Self::check_change(participant, &change)?;
        match change {
            Change::Grant { account, rights } => {
                let old = Self::live_account(&account)?.rights;
                Self::set_rights(by, account, old.union(rights))
            }
            Change::Administrator { account, administers } => {
                let old = Self::live_account(&account)?.rights;
                let new = match administers {
                    true => old.with(Right::Administer),
                    false => old.without(Right::Administer),
                };
                Self::set_rights(by, account, new)
            }
            Change::Mandate { agent, capacity, mandate } => Self::insert_mandate(participant, agent, capacity, mandate),
            // The operator confirms it by `replace_account`.
            Change::Replacement { .. } => Err(Error::<T>::NeedsOperator.into()),
        }
    }

    /// True if this account may veto the request.
    fn may_veto(who: &AccountId, record: &AccountRecord, request: &Request) -> bool {
        let Some(by) = &request.by else { return false };
        if let Some(second) = &request.approved_by {
            // Two accounts have decided: nobody else stops that.
            return who == by || who == second;
        }
        let before = request.at.saturating_sub(RightsDelay::<T>::get());
        who == by || record.guarded.covers(before)
    }

    pub(crate) fn do_veto_change(
        origin: T::RuntimeOrigin,
        participant: ParticipantId,
        hash: ChangeHash,
    ) -> DispatchResult {
        let request = Requests::<T>::get(participant).into_iter().find(|request| request.hash == hash);
        let request = request.ok_or(Error::<T>::RequestNotFound)?;
        let by = match Self::both_authorities(origin) {
            // Whoever asked: all keys of a participant may be in one thief's hands.
            Ok(()) => None,
            Err(origin) => {
                let who = ensure_signed(origin)?;
                let record = Self::live_account(&who)?;
                let may = record.participant == participant
                    && record.standing().may_finish()
                    && Self::may_veto(&who, &record, &request);
                ensure!(may, Error::<T>::NotAuthorized);
                Some(who)
            }
        };
        Self::remove_request(participant, hash);
        Self::deposit_event(Event::ChangeVetoed { participant, hash, by });
        Ok(())
    }
}

//! Registration of participants, and their names, roles and certificates.

use crate::{
    decisions::{Body, Decider, Reason, ReasonCode},
    types::{AccountList, Certificate, Name, ParticipantRecord, RightsList},
    Accounts, Config, Error, Event, Leis, NextParticipant, Pallet, Participants, WeightInfo,
};
use polkadot_sdk::*;

use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResultWithPostInfo, ensure, BoundedVec};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tandem_primitives::{AccountId, Lei, ParticipantId, Rights, Roles, Status};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_register(
        by: Decider,
        name: Name,
        lei: Lei,
        roles: Roles,
        accounts: AccountList,
        rights: RightsList,
    ) -> DispatchResult {
        Self::ensure_registers(&by, roles, Self::is_lei_of_revoked(&lei))?;
        ensure!(rights.len() <= accounts.len(), Error::<T>::BadRights);
        let rights = rights.into_iter().map(|list| list.into_iter().collect());
        Self::insert_participant(by, name, lei, roles, Status::Active, accounts, rights.collect()).map(|_| ())
    }

    /// True if the LEI is that of a revoked participant. Operator and regulator together register it for another one,
    /// because a thief may have registered it before the entity that it identifies.
    pub fn is_lei_of_revoked(lei: &Lei) -> bool {
        let owner = Leis::<T>::get(lei).and_then(Participants::<T>::get);
        owner.is_some_and(|owner| owner.status == Status::Revoked)
    }

    /// Registers a participant, from a call or at genesis. An account for which `rights` has no entry gets the rights
    /// that are usual for it.
    pub(crate) fn insert_participant(
        by: Decider,
        name: Name,
        lei: Lei,
        roles: Roles,
        status: Status,
        accounts: AccountList,
        rights: Vec<Rights>,
    ) -> Result<ParticipantId, DispatchError> {
        Self::ensure_text(&name)?;
        lei.check().map_err(|_| Error::<T>::BadLei)?;
        let passed_on = by.as_body() == Some(Body::OperatorAndRegulator) && Self::is_lei_of_revoked(&lei);
        ensure!(passed_on || !Leis::<T>::contains_key(lei), Error::<T>::LeiAlreadyExists);
        ensure!(!accounts.is_empty(), Error::<T>::NoAccounts);
        let participant = NextParticipant::<T>::get();
        let next = participant.0.checked_add(1).ok_or(ArithmeticError::Overflow)?;

        NextParticipant::<T>::put(ParticipantId(next));
        Leis::<T>::insert(lei, participant);
        Self::follow_roles(participant, roles)?;
        let mut given = BoundedVec::new();
        for (at, account) in accounts.iter().enumerate() {
            let usual = if at == 0 { Rights::OF_FIRST } else { Rights::OF_NEW };
            let rights = rights.get(at).copied().unwrap_or(usual);
            Self::link(account, participant, roles, status, rights, 0)?;
            given.try_push(rights).map_err(|_| Error::<T>::TooManyAccounts)?;
        }
        let record = ParticipantRecord {
            name: name.clone(),
            lei,
            certificate: None,
            roles,
            status,
            status_since: Self::now(),
            status_reason: Reason::new(ReasonCode::Registration),
            status_by: by.clone(),
            accounts: accounts.clone(),
        };
        Participants::<T>::insert(participant, record);
        // One key registers hundreds a day: nothing that they send may keep others out.
        if matches!(by, Decider::Operator(_)) {
            Self::begin_starting(participant);
        }
        Self::deposit_event(Event::Registered { participant, lei, name, roles, accounts, rights: given, by });
        Ok(participant)
    }

    pub(crate) fn do_update(participant: ParticipantId, name: Name) -> DispatchResult {
        Self::ensure_text(&name)?;
        let old = Participants::<T>::try_mutate(participant, |record| -> Result<Name, DispatchError> {
            let record = record.as_mut().ok_or(Error::<T>::ParticipantNotFound)?;
            Ok(core::mem::replace(&mut record.name, name.clone()))
        })?;
        Self::deposit_event(Event::Renamed { participant, old, new: name });
        Ok(())
    }

    pub(crate) fn do_set_roles(by: Decider, participant: ParticipantId, new: Roles) -> DispatchResultWithPostInfo {
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        let old = record.roles;
        Self::ensure_sets_roles(&by, participant, old, new)?;
        Self::follow_roles(participant, new)?;
        record.roles = new;
        for account in &record.accounts {
            Accounts::<T>::mutate_extant(account, |entry| entry.roles = new);
        }
        let accounts = record.accounts.len() as u32;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::RolesChanged { participant, old, new, by });
        Ok(Some(T::WeightInfo::set_roles(accounts).saturating_add(Self::weight_of_governors())).into())
    }

    pub(crate) fn do_set_certificate(who: AccountId, new: Option<Certificate>) -> DispatchResult {
        let participant = Self::keeping(&who)?;
        ensure!(new.is_none_or(|certificate| Self::now() < certificate.expires), Error::<T>::CertificateExpired);
        let old = Participants::<T>::try_mutate(participant, |record| -> Result<Option<Certificate>, DispatchError> {
            let record = record.as_mut().ok_or(Error::<T>::ParticipantNotFound)?;
            Ok(core::mem::replace(&mut record.certificate, new))
        })?;
        Self::deposit_event(Event::CertificateChanged { participant, old, new });
        Ok(())
    }
}

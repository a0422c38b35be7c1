//! Status of participants: who may set it, and what follows from it.

use crate::{
    decisions::{Body, Decider, Reason},
    types::ParticipantRecord,
    Accounts, Config, Error, Event, Pallet, Participants, WeightInfo,
};
use polkadot_sdk::*;

use frame_support::{dispatch::DispatchResultWithPostInfo, ensure};
use sp_runtime::DispatchResult;
use tandem_primitives::{ParticipantId, Role, Status};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_set_status(
        by: Decider,
        participant: ParticipantId,
        new: Status,
        reason: Reason,
    ) -> DispatchResultWithPostInfo {
        let mut record = Participants::<T>::get(participant).ok_or(Error::<T>::ParticipantNotFound)?;
        Self::check_note(&reason)?;
        let old = record.status;
        ensure!(old != Status::Revoked, Error::<T>::ParticipantRevoked);
        ensure!(old != new, Error::<T>::StatusUnchanged);
        Self::ensure_may_set_status(&by, participant, &record, new)?;

        let since = Self::now();
        record.status = new;
        record.status_since = since;
        record.status_reason = reason.clone();
        record.status_by = by.clone();
        for account in &record.accounts {
            Accounts::<T>::mutate_extant(account, |entry| entry.status = new);
            Self::follow(account, &Self::live_account(account)?)?;
        }
        let accounts = record.accounts.len() as u32;
        Participants::<T>::insert(participant, record);
        Self::deposit_event(Event::StatusChanged { participant, old, new, by, reason, since });
        Ok(Some(T::WeightInfo::set_status(accounts).saturating_add(Self::weight_of_governors())).into())
    }

    /// Checks that `by` may give the participant the status `new`. No other function decides this.
    ///
    /// One account alone only stops, and only an ordinary participant. Two accounts decide what cannot be taken back,
    /// what reinstates a participant, and what concerns those who govern. So no single stolen key ends a participant or
    /// the network.
    fn ensure_may_set_status(
        by: &Decider,
        participant: ParticipantId,
        record: &ParticipantRecord,
        new: Status,
    ) -> DispatchResult {
        if Self::governs(record.roles) {
            return Self::ensure_may_set_status_of_governor(by, participant, record, new);
        }
        let old = record.status;
        let allowed = match (by, new) {
            (Decider::Regulator(_), Status::Suspended) => old == Status::Active,
            (Decider::Regulator(_), Status::Sanctioned) => true,
            (Decider::Regulator(_), Status::Active | Status::Revoked) => false,
            (Decider::Together { body: Body::Regulator, .. }, Status::Active) => {
                !Self::is_suspended_by_operator(record)
            }
            (Decider::Together { body: Body::Regulator, .. }, _) => true,
            (Decider::Together { body: Body::Operator, .. }, Status::Suspended) => old == Status::Active,
            (Decider::Together { body: Body::Operator, .. }, Status::Active) => Self::is_suspended_by_operator(record),
            (Decider::Together { body: Body::Operator, .. }, Status::Sanctioned | Status::Revoked) => false,
            (
                Decider::Together {
                    body: Body::OperatorAndRegulator | Body::OperatorAndOneRegulator | Body::IssuerAndRegulator,
                    ..
                }
                | Decider::Genesis
                | Decider::Operator(_)
                | Decider::Root,
                _,
            ) => false,
        };
        ensure!(allowed, Error::<T>::NeedsOtherBody);
        Ok(())
    }

    /// Checks the same for an operator or a regulator: two accounts of the regulator decide, and the network keeps an
    /// active regulator and an operator that is not revoked.
    fn ensure_may_set_status_of_governor(
        by: &Decider,
        participant: ParticipantId,
        record: &ParticipantRecord,
        new: Status,
    ) -> DispatchResult {
        ensure!(by.as_body() == Some(Body::Regulator), Error::<T>::NeedsOtherBody);
        let last = |role: Role| {
            let others = Self::active_governors(role).into_iter().filter(|(other, _)| *other != participant);
            record.roles.has(role) && others.count() == 0
        };
        ensure!(new == Status::Active || !last(Role::Regulator), Error::<T>::LastRegulator);
        ensure!(new != Status::Revoked || !last(Role::Operator), Error::<T>::LastOperator);
        Ok(())
    }

    fn is_suspended_by_operator(record: &ParticipantRecord) -> bool {
        record.status == Status::Suspended && record.status_by.as_body() == Some(Body::Operator)
    }

    /// Checks that the note of a reason is UTF-8; it may be empty.
    pub(crate) fn check_note(reason: &Reason) -> DispatchResult {
        ensure!(core::str::from_utf8(&reason.note).is_ok(), Error::<T>::BadText);
        Ok(())
    }
}

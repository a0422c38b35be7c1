//! Governors, the participants that are operator or regulator: who may change their accounts and roles.

use crate::{
    decisions::{Body, Decider},
    Config, Error, Governors, Pallet, Participants, Registrations,
};
use alloc::vec::Vec;
use polkadot_sdk::*;

use frame_support::{ensure, traits::Get, weights::Weight};
use sp_runtime::{DispatchResult, SaturatedConversion};
use tandem_primitives::{AccountId, ParticipantId, Role, Roles, Status};

/// Length of a UTC day, in milliseconds.
const DAY: u64 = 86_400_000;
/// Minimum number of accounts that operators keep, and that regulators keep, when one is taken out of use: a decision
/// needs two.
const MIN_ACCOUNTS: usize = 2;

impl<T: Config> Pallet<T> {
    /// True if a participant with these roles is operator or regulator.
    pub(crate) fn governs(roles: Roles) -> bool {
        roles.has(Role::Operator) || roles.has(Role::Regulator)
    }

    /// Upper bound of the weight of reading the list of governors and the record of each.
    pub(crate) fn weight_of_governors() -> Weight {
        T::DbWeight::get().reads(u64::from(crate::types::MAX_GOVERNORS).saturating_add(1))
    }

    /// Active participants with this role, each with the number of its accounts in use.
    pub(crate) fn active_governors(role: Role) -> Vec<(ParticipantId, usize)> {
        let governors = Governors::<T>::get().into_iter();
        let active = governors.filter_map(|participant| {
            let record = Participants::<T>::get(participant)?;
            let acts = record.status == Status::Active && record.roles.has(role);
            acts.then_some((participant, record.accounts.len()))
        });
        active.collect()
    }

    /// Number of accounts in use of all active participants with this role.
    pub(crate) fn usable_accounts(role: Role) -> usize {
        Self::active_governors(role).into_iter().fold(0, |sum, (_, accounts)| sum.saturating_add(accounts))
    }

    /// Adds the participant to the list of governors, or removes it, as its new roles say. Fails if it would be both
    /// operator and regulator.
    pub(crate) fn follow_roles(participant: ParticipantId, roles: Roles) -> DispatchResult {
        ensure!(!(roles.has(Role::Operator) && roles.has(Role::Regulator)), Error::<T>::OperatorAndRegulator);
        let listed = Governors::<T>::get().contains(&participant);
        if Self::governs(roles) == listed {
            return Ok(());
        }
        Governors::<T>::try_mutate(|governors| -> DispatchResult {
            if listed {
                governors.retain(|other| *other != participant);
            } else {
                governors.try_push(participant).map_err(|_| Error::<T>::TooManyGovernors)?;
            }
            Ok(())
        })
    }

    /// Checks that `by` may decide which accounts a participant with these roles has: operator and regulator together,
    /// or the other role alone if one of them has fewer than two accounts left.
    pub(crate) fn ensure_appoints(by: &Decider, roles: Roles) -> DispatchResult {
        let too_few = |role: Role| roles.has(role) && Self::usable_accounts(role) < MIN_ACCOUNTS;
        let allowed = match by.as_body() {
            Some(Body::OperatorAndRegulator) => true,
            Some(Body::Operator) => too_few(Role::Regulator),
            Some(Body::Regulator) => too_few(Role::Operator),
            Some(Body::OperatorAndOneRegulator | Body::IssuerAndRegulator) | None => false,
        };
        ensure!(allowed, Error::<T>::NeedsOtherBody);
        Ok(())
    }

    /// Checks that `by` may take an account of a participant with these roles out of use: two accounts of the operator,
    /// and two accounts of each of these roles stay.
    pub(crate) fn ensure_retires(by: &Decider, roles: Roles) -> DispatchResult {
        ensure!(by.as_body() == Some(Body::Operator), Error::<T>::NeedsOtherBody);
        for role in [Role::Operator, Role::Regulator] {
            let stays = !roles.has(role) || Self::usable_accounts(role) > MIN_ACCOUNTS;
            ensure!(stays, Error::<T>::TooFewAccounts);
        }
        Ok(())
    }

    /// Checks that `by` may register a participant with these roles, and counts the registration if one account of the
    /// operator decides. `passed_on` is true if the LEI is that of a revoked participant, which both decide together.
    pub(crate) fn ensure_registers(by: &Decider, roles: Roles, passed_on: bool) -> DispatchResult {
        if Self::governs(roles) || passed_on {
            ensure!(by.as_body() == Some(Body::OperatorAndRegulator), Error::<T>::NeedsOtherBody);
            return Ok(());
        }
        match by {
            Decider::Operator(account) => Self::count_registration(account),
            Decider::Root => Ok(()),
            Decider::Genesis | Decider::Regulator(_) | Decider::Together { .. } => {
                Err(Error::<T>::NeedsOtherBody.into())
            }
        }
    }

    /// Number of the UTC day since 1970-01-01.
    pub(crate) fn today() -> u32 {
        Self::now().checked_div(DAY).unwrap_or_default().saturated_into()
    }

    fn count_registration(account: &AccountId) -> DispatchResult {
        let today = Self::today();
        Registrations::<T>::try_mutate(account, |(day, count)| -> DispatchResult {
            if *day != today {
                (*day, *count) = (today, 0);
            }
            ensure!(*count < T::DailyRegistrations::get(), Error::<T>::TooManyRegistrations);
            *count = count.saturating_add(1);
            Ok(())
        })
    }

    /// Checks that `by` may change the participant's roles: root, or operator and regulator together if one of those
    /// two roles is among the old or new ones.
    pub(crate) fn ensure_sets_roles(
        by: &Decider,
        participant: ParticipantId,
        old: Roles,
        new: Roles,
    ) -> DispatchResult {
        if !Self::governs(old) && !Self::governs(new) {
            ensure!(*by == Decider::Root, Error::<T>::NeedsOtherBody);
            return Ok(());
        }
        ensure!(by.as_body() == Some(Body::OperatorAndRegulator), Error::<T>::NeedsOtherBody);
        for (role, error) in [(Role::Operator, Error::<T>::LastOperator), (Role::Regulator, Error::<T>::LastRegulator)]
        {
            if old.has(role) && !new.has(role) {
                let mut others = Self::active_governors(role).into_iter().filter(|(other, _)| *other != participant);
                ensure!(others.next().is_some(), error);
            }
        }
        Ok(())
    }
}

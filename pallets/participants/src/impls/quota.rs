//! Admission of a transaction: standing of everybody for whom it acts, and the quota of its signer.

use crate::{
    types::{AccountRecord, QuotaLimits, QuotaUse, BLOCK_SHARE, GATEWAY_BLOCK_SHARE, MAX_ORIGINS},
    Accounts, CallClass, Config, Effective, GuardRefusal, Pallet, Quota,
};
use alloc::vec::Vec;
use polkadot_sdk::*;

use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};
use sp_runtime::SaturatedConversion;
use tandem_primitives::{AccountId, ParticipantId, Role, Status};

/// How a transaction was let in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Admission {
    /// Sent by a signer that the chain itself knows: no quota.
    Free,
    /// On a participant's quota.
    Charged {
        /// Whose quota.
        participant: ParticipantId,
        /// Whether it draws on the allowance for what only finishes.
        finishing: bool,
        /// The quota with this transaction in it, to be written.
        quota: QuotaUse,
    },
}

impl<T: Config> Pallet<T> {
    /// Whether a transaction of `signer` that acts for these accounts may enter, and what it is charged.
    pub(crate) fn admit(
        signer: &AccountId,
        effective: &[Effective],
        declared: Weight,
    ) -> Result<Admission, GuardRefusal> {
        let all = |class: CallClass| !effective.is_empty() && effective.iter().all(|origin| origin.class == class);
        if all(CallClass::Privileged) && effective.iter().all(|origin| origin.account == *signer) {
            return Ok(Admission::Free);
        }
        let finishing = all(CallClass::Finishing);
        let record = Accounts::<T>::get(signer).ok_or(GuardRefusal::NotRegistered)?;
        Self::check_standing(&record, finishing)?;
        let issuing = |origin: &Effective| origin.class == CallClass::Issuing && origin.account == *signer;
        Self::check_right(&record, effective.iter().any(issuing))?;

        // Each other account once, by the strictest of the calls that act for it.
        let mut others: Vec<(&AccountId, bool, bool)> = Vec::new();
        for Effective { account, class } in effective {
            let (finishes, issues) = match class {
                CallClass::Privileged => continue,
                CallClass::Finishing => (true, false),
                CallClass::Ordinary => (false, false),
                CallClass::Issuing => (false, true),
            };
            if account == signer {
                continue;
            }
            match others.iter_mut().find(|(other, ..)| *other == account) {
                Some((_, all_finish, any_issues)) => {
                    *all_finish = *all_finish && finishes;
                    *any_issues = *any_issues || issues;
                }
                None => others.push((account, finishes, issues)),
            }
            // The signer is one of them.
            if others.len() >= MAX_ORIGINS as usize {
                return Err(GuardRefusal::TooManyOrigins);
            }
        }
        for (account, finishes, issues) in others {
            let other = Accounts::<T>::get(account).ok_or(GuardRefusal::NotRegistered)?;
            Self::check_standing(&other, finishes)?;
            Self::check_right(&other, issues)?;
        }
        Self::charge(&record, finishing, declared)
    }

    fn check_standing(record: &AccountRecord, finishing: bool) -> Result<(), GuardRefusal> {
        if record.replaced_by.is_some() {
            return Err(GuardRefusal::Replaced);
        }
        match record.status {
            Status::Active => Ok(()),
            Status::Suspended | Status::Revoked if finishing => Ok(()),
            Status::Suspended | Status::Revoked => Err(GuardRefusal::NotActive),
            Status::Sanctioned => Err(GuardRefusal::Sanctioned),
        }
    }

    fn check_right(record: &AccountRecord, issuing: bool) -> Result<(), GuardRefusal> {
        if issuing && !record.roles.has(Role::Issuer) {
            return Err(GuardRefusal::NotIssuer);
        }
        Ok(())
    }

    /// The period that the current block belongs to.
    fn period() -> u32 {
        let now: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
        let length: u64 = T::QuotaPeriod::get().saturated_into();
        now.checked_div(length).unwrap_or(now).saturated_into()
    }

    fn charge(record: &AccountRecord, finishing: bool, declared: Weight) -> Result<Admission, GuardRefusal> {
        let QuotaLimits { ordinary, gateway, finishing: allowance } = T::Quotas::get();
        let is_gateway = record.roles.has(Role::Gateway);
        let limit = match (finishing, is_gateway) {
            (true, true) => allowance.max(gateway),
            (true, false) => allowance,
            (false, true) => gateway,
            (false, false) => ordinary,
        };
        let mut quota = Quota::<T>::get(record.participant);
        let period = Self::period();
        if quota.period != period {
            quota = QuotaUse { period, ..Default::default() };
        }
        let used = if finishing { &mut quota.finishing } else { &mut quota.ordinary };
        // It is a counter of effort, not of value: at its end it refuses, which is what it is for.
        *used = used.saturating_add(declared);
        if used.any_gt(limit) {
            return Err(GuardRefusal::QuotaExceeded);
        }
        let block = frame_system::Pallet::<T>::block_number().saturated_into();
        if quota.block != block {
            quota.block = block;
            quota.in_block = Weight::zero();
        }
        // What is heavier than the share by itself could otherwise never be sent: it is admitted as the first.
        let first = quota.in_block == Weight::zero();
        quota.in_block = quota.in_block.saturating_add(declared);
        if !first && quota.in_block.any_gt(Self::block_share(is_gateway)) {
            return Err(GuardRefusal::BlockShareUsed);
        }
        Ok(Admission::Charged { participant: record.participant, finishing, quota })
    }

    /// What one participant may use of one block.
    fn block_share(is_gateway: bool) -> Weight {
        let blocks = T::BlockWeights::get();
        let room = blocks.get(DispatchClass::Normal).max_total.unwrap_or(blocks.max_block);
        let share = if is_gateway { GATEWAY_BLOCK_SHARE } else { BLOCK_SHARE };
        Weight::from_parts(share.mul_floor(room.ref_time()), share.mul_floor(room.proof_size()))
    }

    /// Gives back what a transaction declared and did not use.
    pub(crate) fn refund(participant: ParticipantId, finishing: bool, unused: Weight) {
        Quota::<T>::mutate(participant, |quota| {
            let used = if finishing { &mut quota.finishing } else { &mut quota.ordinary };
            // Never more than was charged in this very transaction.
            *used = used.saturating_sub(unused);
            quota.in_block = quota.in_block.saturating_sub(unused);
        });
    }

    /// What is left of a participant's quotas in this period: of the ordinary one, and of the one for what only
    /// finishes.
    pub fn quota_left(participant: ParticipantId) -> (Weight, Weight) {
        let QuotaLimits { ordinary, gateway, finishing } = T::Quotas::get();
        let is_gateway =
            crate::Participants::<T>::get(participant).is_some_and(|record| record.roles.has(Role::Gateway));
        let (ordinary, finishing) = if is_gateway { (gateway, finishing.max(gateway)) } else { (ordinary, finishing) };
        let quota = Quota::<T>::get(participant);
        if quota.period != Self::period() {
            return (ordinary, finishing);
        }
        (ordinary.saturating_sub(quota.ordinary), finishing.saturating_sub(quota.finishing))
    }
}

//! Cancellation and rejection of an instruction by its parties.

use super::access::Act;
use crate::{Config, Error, Event, Instruction, Instructions, Open, Pallet, Reason, State};
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::{ArithmeticError, DispatchError},
};
use tandem_primitives::{AccountId, InstructionId, Moment, Outcome, ParticipantId};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_cancel(
        who: AccountId,
        id: InstructionId,
        on_behalf_of: Option<ParticipantId>,
    ) -> Result<u32, DispatchError> {
        let signer = Self::finishing(&who)?;
        let principal = Self::principal(&signer, on_behalf_of)?;
        let mut open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        Self::ensure_may_agree_all(&signer, &open, principal)?;
        Self::ensure_not_committed(&open)?;
        let now = Self::now();
        // From `reserve_by` on there is only a tranche left to cancel: the one that has formed, or that time has formed.
        let limit = if open.irrevocable() > 0 { open.terms.deadline } else { open.terms.reserve_by };
        ensure!(now < limit, Error::<T>::TooLate);
        let until = now.checked_add(T::CancelLife::get()).ok_or(ArithmeticError::Overflow)?;
        let freed = Self::sanction_frees(&open, principal, now);
        let act = Act::of(id, &who);
        let reference = open.terms.reference.clone();
        let request = Event::CancelRequested { id, participant: principal, until, by: who, reference };
        let next = match open.state {
            State::Committed { .. } => return Err(Error::<T>::AlreadyCommitted.into()),
            State::Executing { .. } => return Err(Error::<T>::AlreadyExecuted.into()),
            State::Proposed => {
                Self::deposit_event(request);
                Self::close(&act, open, Outcome::Cancelled)?
            }
            State::Matched | State::Formed { .. } => {
                ensure!(freed || open.settled == 0, Error::<T>::AlreadyExecuted);
                open.request_cancel(principal, until);
                Self::deposit_event(request);
                if freed || Self::all_ask(&open, now) {
                    Self::close(&act, open, Outcome::Cancelled)?
                } else {
                    Instruction::Open(open)
                }
            }
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// True if every party has a request to cancel that has not lapsed.
    ///
    /// From `reserve_by` on a covered tranche counts as formed at that instant, even if no call has recorded it;
    /// requests from before do not count then.
    fn all_ask(open: &Open, now: Moment) -> bool {
        let formed_by_time = open.state == State::Matched && now >= open.terms.reserve_by;
        let since = if formed_by_time { open.terms.reserve_by } else { 0 };
        let stands = |until: Moment| now < until && until.saturating_sub(T::CancelLife::get()) >= since;
        open.parties.iter().all(|party| party.cancel_until.is_some_and(stands))
    }

    pub(crate) fn do_reject(
        who: AccountId,
        id: InstructionId,
        on_behalf_of: Option<ParticipantId>,
        reason: Reason,
    ) -> Result<u32, DispatchError> {
        let signer = Self::finishing(&who)?;
        let principal = Self::principal(&signer, on_behalf_of)?;
        let open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        Self::ensure_may_agree_all(&signer, &open, principal)?;
        let mut own = open.parties.iter().filter(|party| party.participant == principal);
        ensure!(own.any(|party| !party.affirmed), Error::<T>::AlreadyAffirmed);
        // What not all have affirmed has expired then, whether anybody has looked or not.
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        let act = Act::of(id, &who);
        let reference = open.terms.reference.clone();
        Self::deposit_event(Event::Rejected { id, participant: principal, reason, by: who, reference });
        let next = Self::close(&act, open, Outcome::Rejected)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }
}

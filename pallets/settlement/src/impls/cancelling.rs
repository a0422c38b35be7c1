//! Ends that the parties decide: cancellation and rejection.

use crate::{Config, Error, Event, Instruction, Instructions, Pallet, Reason, State};
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::{ArithmeticError, DispatchError},
};
use tandem_primitives::{AccountId, InstructionId, Outcome, ParticipantId};

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
        ensure!(open.party(principal).is_some(), Error::<T>::NotAuthorized);
        Self::ensure_not_committed(&open)?;
        let now = Self::now();
        // From `reserve_by` on there is only a tranche left to cancel: the one that has formed, or that time has formed.
        let limit = if open.irrevocable() > 0 { open.terms.deadline } else { open.terms.reserve_by };
        ensure!(now < limit, Error::<T>::TooLate);
        let until = now.checked_add(T::CancelLife::get()).ok_or(ArithmeticError::Overflow)?;
        let request = Event::CancelRequested { id, participant: principal, until };
        let next = match open.state {
            State::Proposed => {
                Self::deposit_event(request);
                Self::close(id, open, Outcome::Cancelled)?
            }
            State::Executing { .. } => return Err(Error::<T>::AlreadyExecuted.into()),
            State::Committed { .. } => return Err(Error::<T>::AlreadyCommitted.into()),
            State::Matched | State::Formed { .. } => {
                ensure!(open.settled == 0, Error::<T>::AlreadyExecuted);
                if let Some(party) = open.party_mut(principal) {
                    party.cancel_until = Some(until);
                }
                Self::deposit_event(request);
                if open.parties.iter().all(|party| party.cancel_until.is_some_and(|until| now < until)) {
                    Self::close(id, open, Outcome::Cancelled)?
                } else {
                    Instruction::Open(open)
                }
            }
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
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
        let known = open.party(principal).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(!known.affirmed, Error::<T>::AlreadyAffirmed);
        // What not all have affirmed has expired then, whether anybody has looked or not.
        ensure!(Self::now() < open.terms.reserve_by, Error::<T>::TooLate);
        Self::deposit_event(Event::Rejected { id, participant: principal, reason });
        let next = Self::close(id, open, Outcome::Rejected)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }
}

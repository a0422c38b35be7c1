//! How instructions end: cancelled, rejected, or because their time is up.

use crate::{policy::parts_of, Closed, Config, Error, Event, Instruction, Instructions, Open, Pallet, State};
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::DispatchError,
};
use tandem_primitives::{
    token_id, AccountId, InstructionId, LegIndex, Moment, OnIncomplete, OnSettled, Outcome, ParticipantId, TokenStatus,
};

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
        let limit = if Self::irrevocable(&open) > 0 { open.terms.deadline } else { open.terms.reserve_by };
        ensure!(now < limit, Error::<T>::TooLate);
        let until = now.checked_add(T::CancelLife::get()).ok_or(Error::<T>::ArithmeticFailure)?;
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

    pub(crate) fn do_expire(who: AccountId, id: InstructionId) -> Result<u32, DispatchError> {
        Self::active(&who)?;
        let open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        let next = Self::expire_open(id, open, Self::now())?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Does what time has decided, or fails with `NotDue` where it has decided nothing new.
    pub(crate) fn expire_open(id: InstructionId, open: Open, now: Moment) -> Result<Instruction, DispatchError> {
        ensure!(now >= open.terms.reserve_by, Error::<T>::NotDue);
        let over = now >= open.terms.deadline;
        match open.state {
            State::Proposed => Self::close(id, open, Outcome::Expired),
            // Whoever holds it back at `reserve_by` has held it back for good, and nobody can commit any more.
            State::Matched if over || open.is_held() || open.is_across() => Self::close(id, open, Outcome::Expired),
            State::Matched => match parts_of(&open).largest(open.covered()) {
                None => Self::close(id, open, Outcome::Expired),
                Some(lots) => match Self::form(id, open, lots, lots, None)? {
                    Instruction::Open(formed) => Self::return_surplus(id, formed),
                    closed @ Instruction::Closed(_) => Ok(closed),
                },
            },
            State::Formed { .. } if over => Self::close(id, open, Outcome::Expired),
            State::Executing { .. } if over => Self::finish_incomplete(id, open),
            State::Formed { lots } | State::Executing { lots } => {
                ensure!(open.legs.iter().any(|leg| leg.reserved > lots), Error::<T>::NotDue);
                Self::return_surplus(id, open)
            }
            // Only what the other network decides, or its time, ends it.
            State::Committed { .. } => Err(Error::<T>::AlreadyCommitted.into()),
        }
    }

    /// At the deadline with some tokens consumed and not all, or with a secret shown that could not settle yet.
    fn finish_incomplete(id: InstructionId, open: Open) -> Result<Instruction, DispatchError> {
        let lots = open.state.formed().ok_or(Error::<T>::WrongState)?;
        let completes = match open.terms.on_incomplete {
            OnIncomplete::Complete => true,
            OnIncomplete::Reverse => open.all_consumed(),
        };
        // Nothing moves to or from a sanctioned party: for it, and only then, a completion turns into a return.
        if completes && Self::sanctioned_parties(&open).is_empty() {
            Self::settle_tranche(id, open, lots, None)
        } else {
            Self::close(id, open, Outcome::Reversed)
        }
    }

    /// Returns what the formed tranche does not need.
    fn return_surplus(id: InstructionId, mut open: Open) -> Result<Instruction, DispatchError> {
        let lots = open.state.formed().ok_or(Error::<T>::WrongState)?;
        for index in (0u8..).map(LegIndex).take(open.legs.len()) {
            let before = open.legs.get(usize::from(index.0)).ok_or(Error::<T>::LegNotFound)?.reserved;
            let surplus = before.checked_sub(lots).ok_or(Error::<T>::ArithmeticFailure)?;
            if surplus > 0 {
                let amount = Self::give_back(&mut open, index, surplus)?;
                Self::deposit_event(Event::Released { id, leg: index, old: before, new: lots, amount });
            }
        }
        Ok(Instruction::Open(open))
    }

    /// Returns everything that is reserved, and leaves the record. `otherwise` is how it ended if nothing settled.
    pub(crate) fn close(id: InstructionId, mut open: Open, otherwise: Outcome) -> Result<Instruction, DispatchError> {
        for index in (0u8..).map(LegIndex).take(open.legs.len()) {
            let state = open.legs.get(usize::from(index.0)).copied().ok_or(Error::<T>::LegNotFound)?;
            if state.token == Some(TokenStatus::Consumed) {
                let token = token_id(id, index, open.tranche);
                Self::deposit_event(Event::TokenReversed { id, leg: index, token });
            }
            if state.reserved > 0 {
                let amount = Self::give_back(&mut open, index, state.reserved)?;
                Self::deposit_event(Event::Released { id, leg: index, old: state.reserved, new: 0, amount });
            }
        }
        let (lots, of) = (open.settled, open.terms.lots);
        let outcome = match lots {
            0 => otherwise,
            lots if lots == of => Outcome::Settled,
            _ => Outcome::PartiallySettled,
        };
        Self::deposit_event(Event::Closed { id, outcome, lots, of, reference: open.terms.reference });
        T::OnSettled::on_closed(id, outcome, lots);
        Ok(Instruction::Closed(Closed {
            terms_hash: open.terms_hash,
            outcome,
            lots,
            tranches: open.tranche,
            deadline: open.terms.deadline,
            points: open.points,
        }))
    }
}

//! Ends that time decides, at `reserve_by` and at the deadline.

use crate::{policy::parts_of, Config, Error, Event, Instruction, Instructions, Open, Pallet, State};
use polkadot_sdk::{
    frame_support::ensure,
    sp_runtime::{ArithmeticError, DispatchError},
};
use tandem_primitives::{AccountId, InstructionId, LegIndex, Moment, OnIncomplete, Outcome};

impl<T: Config> Pallet<T> {
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
            let surplus = before.checked_sub(lots).ok_or(ArithmeticError::Underflow)?;
            if surplus > 0 {
                let amount = Self::give_back(&mut open, index, surplus)?;
                Self::deposit_event(Event::Released { id, leg: index, old: before, new: lots, amount });
            }
        }
        Ok(Instruction::Open(open))
    }
}

//! Changes that are due at `settle_from`, at `reserve_by` and at the deadline, and need no decision of anybody.

use super::access::Act;
use crate::{policy::parts_of, Config, Error, Instruction, Instructions, Open, Pallet, State};
use polkadot_sdk::{
    frame_support::ensure,
    sp_runtime::{ArithmeticError, DispatchError},
};
use tandem_primitives::{AccountId, Execution, InstructionId, LegIndex, Lots, Moment, OnIncomplete, Outcome};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_expire(who: AccountId, id: InstructionId) -> Result<u32, DispatchError> {
        Self::active(&who)?;
        let open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        let next = Self::expire_open(&Act::of(id, &who), open, Self::now())?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Does what is due for the instruction: settles a tranche that waited for `settle_from`, or does what is due from
    /// `reserve_by` on. Fails with `NotDue` if nothing new is due.
    pub(crate) fn do_due(act: &Act, open: Open, now: Moment) -> Result<Instruction, DispatchError> {
        if now < open.terms.reserve_by {
            Self::settle_deferred(act, open, now)
        } else {
            Self::expire_open(act, open, now)
        }
    }

    /// Does what is due for the instruction at `reserve_by` or at the deadline. Fails with `NotDue` if nothing new is
    /// due.
    pub(crate) fn expire_open(act: &Act, open: Open, now: Moment) -> Result<Instruction, DispatchError> {
        ensure!(now >= open.terms.reserve_by, Error::<T>::NotDue);
        let over = now >= open.terms.deadline;
        match open.state {
            State::Proposed => Self::close(act, open, Outcome::Expired),
            // Whoever holds it back at `reserve_by` has held it back for good, and nobody can commit any more.
            State::Matched if open.is_held() || open.is_across() => Self::close(act, open, Outcome::Expired),
            State::Matched => match parts_of(&open).largest(open.covered()) {
                None => Self::close(act, open, Outcome::Expired),
                Some(lots) if over => Self::finish_late(act, open, lots, now),
                Some(lots) => match Self::form(act, open, lots, lots, None)? {
                    Instruction::Open(formed) => Self::return_surplus(act, formed, lots),
                    closed @ Instruction::Closed(_) => Ok(closed),
                },
            },
            State::Formed { lots } if over => Self::finish_late(act, open, lots, now),
            State::Executing { .. } if over => Self::finish_incomplete(act, open),
            State::Formed { lots } | State::Executing { lots } => {
                if Self::settles_alone(&open, now) {
                    return Self::settle_tranche(act, open, lots, None);
                }
                ensure!(open.legs.iter().any(|leg| leg.reserved > lots), Error::<T>::NotDue);
                Self::return_surplus(act, open, lots)
            }
            // Only what the other network decides, or its time, ends it.
            State::Committed { .. } => Err(Error::<T>::AlreadyCommitted.into()),
        }
    }

    /// True if a tranche has formed that needs no further decision (`Immediate`, or `Hashlock` with the preimage
    /// shown), and nothing blocks its settlement now.
    fn settles_alone(open: &Open, now: Moment) -> bool {
        let decided = match open.terms.execution {
            Execution::Immediate => open.state.formed().is_some(),
            Execution::Hashlock { .. } => open.state.formed().is_some() && open.all_consumed(),
            Execution::OnToken | Execution::ByManager { .. } => false,
        };
        decided && Self::blockers(open, now).is_empty()
    }

    /// Settles a formed tranche that was blocked and no longer is; fails with `NotDue` if there is none.
    fn settle_deferred(act: &Act, open: Open, now: Moment) -> Result<Instruction, DispatchError> {
        ensure!(Self::settles_alone(&open, now), Error::<T>::NotDue);
        let lots = open.state.formed().ok_or(Error::<T>::NotDue)?;
        Self::settle_tranche(act, open, lots, None)
    }

    /// Ends an instruction at or after its deadline that has a covered tranche of `lots` and no used token: settles the
    /// tranche or returns everything.
    ///
    /// An `Immediate` tranche settles unless a flag holds it back or a party is sanctioned now: nothing but the chain
    /// was late. Flags cannot change from the deadline on, so they are as they were then.
    fn finish_late(act: &Act, mut open: Open, lots: Lots, now: Moment) -> Result<Instruction, DispatchError> {
        let settles = open.terms.execution == Execution::Immediate
            && Self::holding_back(&open, now).next().is_none()
            && Self::sanctioned_parties(&open).is_empty();
        if !settles {
            return Self::close(act, open, Outcome::Expired);
        }
        if open.state == State::Matched {
            Self::record_formed(act, &mut open, lots, lots)?;
        }
        Self::settle_tranche(act, open, lots, None)
    }

    /// Ends an instruction at its deadline of which some tokens are used, or whose preimage was shown while something
    /// blocked settlement.
    ///
    /// Settles the tranche or reverses it, as `on_incomplete` says; a shown preimage always settles it. With a
    /// sanctioned party it is always reversed.
    fn finish_incomplete(act: &Act, open: Open) -> Result<Instruction, DispatchError> {
        let lots = open.state.formed().ok_or(Error::<T>::WrongState)?;
        let completes = match open.terms.on_incomplete {
            OnIncomplete::Complete => true,
            OnIncomplete::Reverse => open.all_consumed(),
        };
        // Nothing moves to or from a sanctioned party: for it, and only then, a completion turns into a return.
        if completes && Self::sanctioned_parties(&open).is_empty() {
            Self::settle_tranche(act, open, lots, None)
        } else {
            Self::close(act, open, Outcome::Reversed)
        }
    }

    /// Returns to the givers all reserved lots that the formed tranche of `lots` does not need.
    fn return_surplus(act: &Act, mut open: Open, lots: Lots) -> Result<Instruction, DispatchError> {
        for index in (0u8..).map(LegIndex).take(open.legs.len()) {
            let before = open.legs.get(usize::from(index.0)).ok_or(Error::<T>::LegNotFound)?.reserved;
            let surplus = before.checked_sub(lots).ok_or(ArithmeticError::Underflow)?;
            if surplus > 0 {
                Self::give_back(act, &mut open, index, surplus)?;
            }
        }
        Ok(Instruction::Open(open))
    }
}

//! Forming and settling tranches.

use super::payouts::Passed;
use crate::{policy::parts_of, Config, Error, Event, Instruction, Open, Pallet, State, Step};
use alloc::vec::Vec;
use polkadot_sdk::sp_runtime::{ArithmeticError, DispatchError};
use tandem_primitives::{Execution, InstructionId, Lots, OnSettled, Outcome, TokenStatus, TrancheIndex};

impl<T: Config> Pallet<T> {
    /// Does what follows from a changed reservation, affirmation or policy, or from the last flag of a party: the
    /// completed whole forms a tranche.
    ///
    /// Across two networks nothing follows: `commit` is a party's own decision.
    ///
    /// `before` is what was committed before the change, `passed` what has gone to its receiver already.
    pub(crate) fn advance(
        id: InstructionId,
        mut open: Open,
        before: Lots,
        passed: Option<Passed>,
    ) -> Result<Instruction, DispatchError> {
        if open.state != State::Matched || open.is_held() || open.is_across() {
            return Ok(Instruction::Open(open));
        }
        let remaining = open.remaining();
        if open.covered() == remaining && parts_of(&open).takes(remaining) {
            return Self::form(id, open, remaining, before, passed);
        }
        let committed = open.irrevocable();
        if committed > before {
            if before == 0 {
                open.points.irrevocable = Some(Self::block());
            }
            Self::deposit_event(Event::Irrevocable { id, lots: committed });
        }
        Ok(Instruction::Open(open))
    }

    /// Forms a tranche, and settles it where that follows at once.
    pub(crate) fn form(
        id: InstructionId,
        mut open: Open,
        lots: Lots,
        before: Lots,
        passed: Option<Passed>,
    ) -> Result<Instruction, DispatchError> {
        open.step(Step::TrancheFormed(lots)).ok_or(Error::<T>::WrongState)?;
        if before == 0 {
            open.points.irrevocable = Some(Self::block());
        }
        open.set_tokens(TokenStatus::Armed);
        Self::deposit_event(Event::TrancheFormed { id, tranche: open.tranche, lots });
        match open.terms.execution {
            Execution::Immediate => {
                // What was passed on was passed because nothing stands in the way.
                let reasons = if passed.is_some() { Vec::new() } else { Self::blockers(&open, Self::now()) };
                if reasons.is_empty() {
                    return Self::settle_tranche(id, open, lots, passed);
                }
                Self::deposit_event(Event::SettlementDeferred { id, reasons });
                Ok(Instruction::Open(open))
            }
            Execution::OnToken | Execution::ByManager { .. } | Execution::Hashlock { .. } => {
                Ok(Instruction::Open(open))
            }
        }
    }

    /// Pays every leg of this network for the tranche, then goes on with what is left.
    pub(crate) fn settle_tranche(
        id: InstructionId,
        mut open: Open,
        lots: Lots,
        passed: Option<Passed>,
    ) -> Result<Instruction, DispatchError> {
        let amounts = Self::pay_legs(&mut open, lots, passed)?;
        let before = open.settled;
        let now = before.checked_add(lots).ok_or(ArithmeticError::Overflow)?;
        let tranche = open.tranche;
        open.step(Step::TrancheSettled).ok_or(Error::<T>::WrongState)?;
        open.settled = now;
        open.tranche = TrancheIndex(tranche.0.checked_add(1).ok_or(ArithmeticError::Overflow)?);
        open.points.last_tranche = Some(Self::block());
        let reference = open.terms.reference.clone();
        Self::deposit_event(Event::TrancheSettled { id, tranche, lots, old: before, new: now, amounts, reference });
        T::OnSettled::on_tranche(id, lots);
        if open.remaining() == 0 || Self::now() >= open.terms.reserve_by {
            return Self::close(id, open, Outcome::Expired);
        }
        // What is left may be covered whole already: a manager settled less than all.
        Self::advance(id, open, 0, None)
    }
}

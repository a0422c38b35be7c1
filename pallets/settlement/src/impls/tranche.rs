//! Forming and settling tranches.

use super::{access::Act, payouts::Passed};
use crate::{policy::parts_of, Config, Error, Event, Instruction, Open, Pallet, State, Step};
use alloc::vec::Vec;
use polkadot_sdk::sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use tandem_primitives::{Execution, Lots, OnSettled, Outcome, TrancheIndex};

impl<T: Config> Pallet<T> {
    /// Forms a tranche if the whole is now reserved on every leg and accepted by all parties; otherwise reports a
    /// covered part that has become irrevocable. Called after each change of reservations, affirmations, policies or
    /// parties' flags.
    ///
    /// Does nothing for a trade across two networks, where only `commit` goes on. `before` is the number of lots that
    /// were irrevocable before the change, `passed` the amount that has gone straight to its receiver.
    pub(crate) fn advance(
        act: &Act,
        mut open: Open,
        before: Lots,
        passed: Option<Passed>,
    ) -> Result<Instruction, DispatchError> {
        if open.state != State::Matched || open.is_held() || open.is_across() {
            Self::ensure_nothing_passed(passed)?;
            return Ok(Instruction::Open(open));
        }
        let remaining = open.remaining();
        if open.covered() == remaining && parts_of(&open).takes(remaining) {
            return Self::form(act, open, remaining, before, passed);
        }
        Self::ensure_nothing_passed(passed)?;
        let committed = open.irrevocable();
        if committed > before {
            if before == 0 {
                open.points.irrevocable = Some(Self::block());
                // Who asked to cancel did so while everything could still be taken back.
                open.end_requests();
            }
            let reference = open.terms.reference.clone();
            Self::deposit_event(Event::Irrevocable { id: act.id, lots: committed, by: act.by.clone(), reference });
        }
        Ok(Instruction::Open(open))
    }

    /// Records a formed tranche of `lots`, arms its tokens and ends requests to cancel. `before` is the number of lots
    /// that were irrevocable before.
    pub(crate) fn record_formed(act: &Act, open: &mut Open, lots: Lots, before: Lots) -> DispatchResult {
        open.form(lots).ok_or(Error::<T>::WrongState)?;
        if before == 0 {
            open.points.irrevocable = Some(Self::block());
        }
        let (tranche, by, reference) = (open.tranche, act.by.clone(), open.terms.reference.clone());
        Self::deposit_event(Event::TrancheFormed { id: act.id, tranche, lots, by, reference });
        Ok(())
    }

    /// Forms a tranche of `lots` and, under `Immediate`, settles it unless something blocks it.
    pub(crate) fn form(
        act: &Act,
        mut open: Open,
        lots: Lots,
        before: Lots,
        passed: Option<Passed>,
    ) -> Result<Instruction, DispatchError> {
        Self::record_formed(act, &mut open, lots, before)?;
        match open.terms.execution {
            Execution::Immediate => {
                // A leg goes straight to its receiver only if nothing blocks the tranche.
                let reasons = if passed.is_some() { Vec::new() } else { Self::blockers(&open, Self::now()) };
                if reasons.is_empty() {
                    return Self::settle_tranche(act, open, lots, passed);
                }
                Self::say_deferred(act, &open, reasons);
                Ok(Instruction::Open(open))
            }
            Execution::OnToken | Execution::ByManager { .. } | Execution::Hashlock { .. } => {
                Self::ensure_nothing_passed(passed)?;
                Ok(Instruction::Open(open))
            }
        }
    }

    /// Deposits the event `SettlementDeferred`, with all reasons that block the formed tranche now.
    pub(crate) fn say_deferred(act: &Act, open: &Open, reasons: Vec<tandem_primitives::BlockingReason>) {
        let reference = open.terms.reference.clone();
        Self::deposit_event(Event::SettlementDeferred { id: act.id, reasons, by: act.by.clone(), reference });
    }

    /// Pays every leg of this network for the tranche of `lots`. Then ends the instruction if no lots are left or
    /// `reserve_by` has come, and otherwise makes it ready for the next tranche.
    pub(crate) fn settle_tranche(
        act: &Act,
        mut open: Open,
        lots: Lots,
        passed: Option<Passed>,
    ) -> Result<Instruction, DispatchError> {
        let amounts = Self::pay_legs(act, &mut open, lots, passed)?;
        let old = open.settled;
        let new = old.checked_add(lots).ok_or(ArithmeticError::Overflow)?;
        let tranche = open.tranche;
        open.step(Step::TrancheSettled).ok_or(Error::<T>::WrongState)?;
        open.settled = new;
        open.tranche = TrancheIndex(tranche.0.checked_add(1).ok_or(ArithmeticError::Overflow)?);
        open.points.last_tranche = Some(Self::block());
        let (by, reference) = (act.by.clone(), open.terms.reference.clone());
        Self::deposit_event(Event::TrancheSettled { id: act.id, tranche, lots, old, new, amounts, by, reference });
        T::OnSettled::on_tranche(act.id, lots);
        if open.remaining() == 0 || Self::now() >= open.terms.reserve_by {
            return Self::close(act, open, Outcome::Expired);
        }
        // What is left may be covered whole already: a manager settled less than all.
        Self::advance(act, open, 0, None)
    }
}

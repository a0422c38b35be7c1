//! Forming and settling tranches.

use super::reservation::Passed;
use crate::{policy::parts_of, Config, Error, Event, Instruction, Open, Pallet, State, Step};
use alloc::vec::Vec;
use polkadot_sdk::sp_runtime::{DispatchError, DispatchResult};
use tandem_primitives::{
    share, BlockingReason, Directory, Escrow, Execution, InstructionId, LegIndex, Lots, Moment, OnSettled, Outcome,
    TokenStatus, TrancheIndex,
};

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
        let committed = Self::irrevocable(&open);
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
        Self::step(&mut open, Step::TrancheFormed(lots))?;
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
        let mut amounts = Vec::new();
        for (index, (leg, state)) in (0u8..).map(LegIndex).zip(open.terms.legs.iter().zip(open.legs.iter_mut())) {
            let amount = share(leg.amount, open.settled, lots, open.terms.lots).ok_or(Error::<T>::ArithmeticFailure)?;
            amounts.push(amount);
            // The other network has paid its legs.
            let Some(ends) = state.ends else { continue };
            let gone = passed.filter(|passed| passed.leg == index).map_or(0, |passed| passed.amount);
            let due = amount.checked_sub(gone).ok_or(Error::<T>::ArithmeticFailure)?;
            if due > 0 {
                let to = T::Directory::current_account(&leg.to);
                T::Escrow::pay_out(&leg.asset, ends.receiver, &to, due)?;
            }
            state.reserved = state.reserved.checked_sub(lots).ok_or(Error::<T>::ArithmeticFailure)?;
            state.token = (state.reserved > 0).then_some(TokenStatus::Issued);
        }
        let before = open.settled;
        let now = before.checked_add(lots).ok_or(Error::<T>::ArithmeticFailure)?;
        let tranche = open.tranche;
        Self::step(&mut open, Step::TrancheSettled)?;
        open.settled = now;
        open.tranche = TrancheIndex(tranche.0.checked_add(1).ok_or(Error::<T>::ArithmeticFailure)?);
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

    /// Everything on this network that keeps a tranche from settling, or from being committed, now.
    pub(crate) fn blockers(open: &Open, now: Moment) -> Vec<BlockingReason> {
        let mut reasons = Vec::new();
        if now < open.terms.settle_from {
            reasons.push(BlockingReason::NotBefore(open.terms.settle_from));
        }
        if now >= open.terms.deadline {
            reasons.push(BlockingReason::PastDeadline);
        }
        reasons.extend(open.flags.iter().map(|flag| BlockingReason::Flagged(flag.kind)));
        for (index, leg, _, _) in open.local() {
            if !T::Escrow::is_live(&leg.asset) {
                reasons.push(BlockingReason::AssetNotLive(index));
            }
        }
        for participant in Self::sanctioned_parties(open) {
            reasons.push(BlockingReason::Sanctioned(participant));
        }
        reasons
    }

    /// The parties on this network that are sanctioned now, each once.
    pub(crate) fn sanctioned_parties(open: &Open) -> Vec<tandem_primitives::ParticipantId> {
        let mut found = Vec::new();
        for (_, leg, _, ends) in open.local() {
            for (account, owner) in [(&leg.from, ends.giver), (&leg.to, ends.receiver)] {
                if !found.contains(&owner) && T::Directory::is_sanctioned(account, owner) {
                    found.push(owner);
                }
            }
        }
        found
    }

    /// Fails unless a formed tranche may settle now.
    pub(crate) fn ensure_unblocked(open: &Open, now: Moment) -> DispatchResult {
        polkadot_sdk::frame_support::ensure!(Self::blockers(open, now).is_empty(), Error::<T>::Blocked);
        Ok(())
    }
}

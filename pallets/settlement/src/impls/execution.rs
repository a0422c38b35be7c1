//! Execution of formed tranches: by tokens, by a preimage, by the manager, or later after something blocked them.

use super::access::Act;
use crate::{policy::parts_of, Config, Error, Event, Instruction, Instructions, Open, Pallet, State, Step};
use polkadot_sdk::{
    frame_support::ensure,
    sp_io::hashing::sha2_256,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{token_id, AccountId, Execution, InstructionId, LegIndex, Lots, Moment, Standing, TokenStatus};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_settle_part(who: AccountId, id: InstructionId) -> Result<u32, DispatchError> {
        let signer = Self::active(&who)?;
        let open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        ensure!(!open.is_across(), Error::<T>::NeedsCommit);
        match open.terms.execution {
            Execution::Immediate | Execution::OnToken => {}
            Execution::ByManager { .. } | Execution::Hashlock { .. } => return Err(Error::<T>::WrongExecution.into()),
        }
        ensure!(open.state == State::Matched, Error::<T>::WrongState);
        let now = Self::now();
        ensure!(now < open.terms.deadline, Error::<T>::TooLate);
        let act = Act::of(id, &who);
        let next = if now >= open.terms.reserve_by {
            Self::expire_open(&act, open, now)?
        } else {
            ensure!(Self::speaks_for_a_party(&signer, &open), Error::<T>::NotAuthorized);
            ensure!(now >= open.terms.partial_from, Error::<T>::TooEarly);
            // A party that holds it back holds every part back: nothing forms before its flag is gone.
            ensure!(!open.is_held(), Error::<T>::Blocked);
            Self::ensure_nobody_sanctioned(&open)?;
            let lots = parts_of(&open).largest(open.covered()).ok_or(Error::<T>::PartNotAllowed)?;
            // A covered part was committed before this call, so the point of irrevocability stays where it is.
            Self::form(&act, open, lots, lots, None)?
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    pub(crate) fn do_execute(
        who: AccountId,
        id: InstructionId,
        leg: LegIndex,
        preimage: Option<[u8; 32]>,
    ) -> Result<u32, DispatchError> {
        let signer = Self::finishing(&who)?;
        let mut open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        if open.is_across() {
            Self::ends(&open, leg)?;
            return Err(Error::<T>::NeedsCommit.into());
        }
        let now = Self::now();
        ensure!(now < open.terms.deadline, Error::<T>::TooLate);
        let act = Act::of(id, &who);
        Self::form_by_time(&act, &mut open, now)?;
        let next = match open.terms.execution {
            Execution::OnToken => Self::execute_token(&act, open, leg, who, &signer, now)?,
            Execution::Hashlock { hash } => {
                let shown = preimage.is_some_and(|preimage| sha2_256(&preimage) == hash.0);
                ensure!(shown, Error::<T>::WrongPreimage);
                Self::execute_all(&act, open, leg, who, now)?
            }
            Execution::Immediate | Execution::ByManager { .. } => return Err(Error::<T>::WrongExecution.into()),
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Records a covered tranche as formed, once `reserve_by` has come and if no call has recorded it yet.
    fn form_by_time(act: &Act, open: &mut Open, now: Moment) -> DispatchResult {
        let lots = open.next_part();
        let by_time = open.state == State::Matched && !open.is_across() && now >= open.terms.reserve_by && lots > 0;
        if by_time {
            Self::record_formed(act, open, lots, lots)?;
        }
        Ok(())
    }

    fn execute_token(
        act: &Act,
        mut open: Open,
        index: LegIndex,
        who: AccountId,
        signer: &Standing,
        now: Moment,
    ) -> Result<Instruction, DispatchError> {
        Self::ensure_may_take(&who, signer, &open, index)?;
        let state = open.legs.get_mut(usize::from(index.0)).ok_or(Error::<T>::LegNotFound)?;
        match state.token {
            Some(TokenStatus::Armed) => state.token = Some(TokenStatus::Consumed),
            Some(TokenStatus::Consumed) => return Err(Error::<T>::TokenConsumed.into()),
            Some(TokenStatus::Issued) | None => return Err(Error::<T>::TokenNotArmed.into()),
        }
        Self::ensure_unblocked(&open, now)?;
        let lots = open.state.formed().ok_or(Error::<T>::TokenNotArmed)?;
        open.step(Step::TokenConsumed).ok_or(Error::<T>::WrongState)?;
        let (token, reference) = (token_id(act.id, index, open.tranche), open.terms.reference.clone());
        Self::deposit_event(Event::TokenConsumed { id: act.id, leg: index, token, by: who, reference });
        if open.all_consumed() {
            Self::settle_tranche(act, open, lots, None)
        } else {
            Ok(Instruction::Open(open))
        }
    }

    /// Delivers all legs after the right preimage was shown, and settles the tranche unless something blocks it now.
    ///
    /// The secret is public from then on, so only a party that is sanctioned at the deadline can still undo the
    /// delivery (I8).
    fn execute_all(
        act: &Act,
        mut open: Open,
        index: LegIndex,
        who: AccountId,
        now: Moment,
    ) -> Result<Instruction, DispatchError> {
        Self::leg(&open, index)?;
        let lots = open.state.formed().ok_or(Error::<T>::TokenNotArmed)?;
        ensure!(!open.all_consumed(), Error::<T>::TokenConsumed);
        open.set_tokens(TokenStatus::Consumed);
        for (leg, _, _, _) in open.local() {
            let (token, reference) = (token_id(act.id, leg, open.tranche), open.terms.reference.clone());
            Self::deposit_event(Event::TokenConsumed { id: act.id, leg, token, by: who.clone(), reference });
        }
        open.step(Step::TokenConsumed).ok_or(Error::<T>::WrongState)?;
        let reasons = Self::blockers(&open, now);
        if reasons.is_empty() {
            return Self::settle_tranche(act, open, lots, None);
        }
        Self::say_deferred(act, &open, reasons);
        Ok(Instruction::Open(open))
    }

    pub(crate) fn do_settle(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<u32, DispatchError> {
        let signer = Self::finishing(who)?;
        let mut open = Self::load(id)?;
        let legs = open.legs.len() as u32;
        ensure!(!open.is_across(), Error::<T>::NeedsCommit);
        let now = Self::now();
        ensure!(now < open.terms.deadline, Error::<T>::TooLate);
        let act = Act::of(id, who);
        let next = match &open.terms.execution {
            Execution::Immediate => {
                Self::form_by_time(&act, &mut open, now)?;
                Self::settle_formed(&act, open, lots, now)?
            }
            Execution::Hashlock { .. } => {
                ensure!(open.all_consumed(), Error::<T>::WrongPreimage);
                Self::settle_formed(&act, open, lots, now)?
            }
            Execution::ByManager { manager: _, manager_by } => {
                let manages = Self::manages(&signer, &open);
                let stands_in = now >= *manager_by && lots.is_none();
                let may = manages || stands_in && Self::speaks_for_a_party(&signer, &open);
                ensure!(may, Error::<T>::NotAuthorized);
                // A party that stands in is a party still: a part has to wait for the instant that all have agreed.
                let whole = open.covered() == open.remaining();
                ensure!(manages || whole || now >= open.terms.partial_from, Error::<T>::TooEarly);
                Self::settle_as_manager(&act, open, lots, now)?
            }
            Execution::OnToken => return Err(Error::<T>::WrongExecution.into()),
        };
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    fn settle_formed(act: &Act, open: Open, lots: Option<Lots>, now: Moment) -> Result<Instruction, DispatchError> {
        let formed = open.state.formed().ok_or(Error::<T>::WrongState)?;
        ensure!(lots.is_none_or(|lots| lots == formed), Error::<T>::PartNotAllowed);
        Self::ensure_unblocked(&open, now)?;
        Self::settle_tranche(act, open, formed, None)
    }

    fn settle_as_manager(
        act: &Act,
        mut open: Open,
        lots: Option<Lots>,
        now: Moment,
    ) -> Result<Instruction, DispatchError> {
        let covered = match open.state {
            State::Proposed | State::Committed { .. } => return Err(Error::<T>::WrongState.into()),
            State::Matched => open.covered(),
            State::Formed { lots } | State::Executing { lots } => lots,
        };
        let range = parts_of(&open);
        let lots = match lots {
            None => range.largest(covered).ok_or(Error::<T>::PartNotAllowed)?,
            Some(lots) => {
                ensure!(lots <= covered, Error::<T>::TooManyLots);
                ensure!(range.takes(lots), Error::<T>::PartNotAllowed);
                lots
            }
        };
        Self::ensure_unblocked(&open, now)?;
        if open.state == State::Matched {
            // What a manager may settle was covered, and so committed, before.
            Self::record_formed(act, &mut open, lots, lots)?;
        }
        Self::settle_tranche(act, open, lots, None)
    }
}

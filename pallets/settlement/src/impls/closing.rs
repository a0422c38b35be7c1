//! End of an instruction: everything that has not settled returns, and a small record stays.

use super::access::Act;
use crate::{Closed, Config, Error, Event, Instruction, Open, Pallet};
use polkadot_sdk::sp_runtime::DispatchError;
use tandem_primitives::{token_id, LegIndex, OnSettled, Outcome, TokenStatus};

impl<T: Config> Pallet<T> {
    /// Ends the instruction: returns everything reserved to the givers, and gives back the record to store.
    ///
    /// The outcome is `otherwise` if no lots have settled, and `Settled` or `PartiallySettled` if some have.
    pub(crate) fn close(act: &Act, mut open: Open, otherwise: Outcome) -> Result<Instruction, DispatchError> {
        let (id, by, reference) = (act.id, act.by.clone(), open.terms.reference.clone());
        for index in (0u8..).map(LegIndex).take(open.legs.len()) {
            let state = open.legs.get(usize::from(index.0)).copied().ok_or(Error::<T>::LegNotFound)?;
            if state.token == Some(TokenStatus::Consumed) {
                let token = token_id(id, index, open.tranche);
                let (by, reference) = (by.clone(), reference.clone());
                Self::deposit_event(Event::TokenReversed { id, leg: index, token, by, reference });
            }
            if state.reserved > 0 {
                Self::give_back(act, &mut open, index, state.reserved)?;
            }
        }
        let (lots, of) = (open.settled, open.terms.lots);
        let outcome = match lots {
            0 => otherwise,
            lots if lots == of => Outcome::Settled,
            _ => Outcome::PartiallySettled,
        };
        Self::deposit_event(Event::Closed { id, outcome, lots, of, by, reference });
        T::OnSettled::on_closed(id, outcome, lots);
        Ok(Instruction::Closed(Closed {
            terms_hash: open.terms_hash,
            outcome,
            lots,
            tranches: open.tranche,
            deadline: open.terms.deadline,
            ended: Self::now(),
            points: open.points,
        }))
    }
}

//! Payments out of escrow: to the receivers of a settled tranche, and back to the givers.

use super::access::Act;
use crate::{Config, Error, Event, Open, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::ensure,
    sp_runtime::{ArithmeticError, DispatchError, DispatchResult},
};
use tandem_primitives::{share, Balance, Directory, Escrow, LegIndex, Lots, TokenStatus};

/// Amount of a leg that went straight from giver to receiver, past escrow, because its reservation completed the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passed {
    pub leg: LegIndex,
    pub amount: Balance,
}

impl<T: Config> Pallet<T> {
    /// Pays every leg of this network for a tranche of `lots`, and returns the amount that the tranche moves on each
    /// leg of the terms. The amount in `passed` has reached its receiver already.
    pub(crate) fn pay_legs(
        act: &Act,
        open: &mut Open,
        lots: Lots,
        passed: Option<Passed>,
    ) -> Result<Vec<Balance>, DispatchError> {
        let mut amounts = Vec::new();
        for (index, (leg, state)) in (0u8..).map(LegIndex).zip(open.terms.legs.iter().zip(open.legs.iter_mut())) {
            let amount = share(leg.amount, open.settled, lots, open.terms.lots).ok_or(ArithmeticError::Overflow)?;
            amounts.push(amount);
            // The other network has paid its legs.
            if state.ends.is_none() {
                continue;
            }
            let gone = passed.filter(|passed| passed.leg == index).map_or(0, |passed| passed.amount);
            let due = amount.checked_sub(gone).ok_or(ArithmeticError::Underflow)?;
            if due > 0 {
                let to = T::Directory::current_account(&leg.to);
                T::Escrow::pay_out(act.id, &leg.asset, &to, due)?;
            }
            state.reserved = state.reserved.checked_sub(lots).ok_or(ArithmeticError::Underflow)?;
            state.token = (state.reserved > 0).then_some(TokenStatus::Issued);
        }
        Ok(amounts)
    }

    /// Returns the last `lots` of a leg's reserved lots from escrow to the giver.
    pub(crate) fn give_back(act: &Act, open: &mut Open, index: LegIndex, lots: Lots) -> DispatchResult {
        let leg = Self::leg(open, index)?.clone();
        let state = open.legs.get_mut(usize::from(index.0)).ok_or(Error::<T>::LegNotFound)?;
        let old = state.reserved;
        let new = old.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
        let from = open.settled.checked_add(new).ok_or(ArithmeticError::Overflow)?;
        let amount = share(leg.amount, from, lots, open.terms.lots).ok_or(ArithmeticError::Overflow)?;
        state.reserved = new;
        if new == 0 {
            state.token = None;
        }
        let to = T::Directory::current_account(&leg.from);
        T::Escrow::pay_out(act.id, &leg.asset, &to, amount)?;
        let (by, reference) = (act.by.clone(), open.terms.reference.clone());
        Self::deposit_event(Event::Released { id: act.id, leg: index, old, new, amount, by, reference });
        Ok(())
    }

    /// Fails if an amount has gone straight to its receiver in a call that then settles nothing. The failure undoes the
    /// call.
    pub(crate) fn ensure_nothing_passed(passed: Option<Passed>) -> DispatchResult {
        ensure!(passed.is_none(), Error::<T>::WrongState);
        Ok(())
    }
}

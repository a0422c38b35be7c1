//! Payments out of escrow: what a settled tranche moves, and what goes back to its owner.

use crate::{Config, Error, Open, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::sp_runtime::{ArithmeticError, DispatchError};
use tandem_primitives::{share, Balance, Directory, Escrow, LegIndex, Lots, TokenStatus};

/// What went straight from giver to receiver, past escrow, because it completed the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passed {
    pub leg: LegIndex,
    pub amount: Balance,
}

impl<T: Config> Pallet<T> {
    /// Pays every leg of this network for a tranche of `lots`, and says what each leg of the terms moved.
    ///
    /// `passed` has gone to its receiver already.
    pub(crate) fn pay_legs(open: &mut Open, lots: Lots, passed: Option<Passed>) -> Result<Vec<Balance>, DispatchError> {
        let mut amounts = Vec::new();
        for (index, (leg, state)) in (0u8..).map(LegIndex).zip(open.terms.legs.iter().zip(open.legs.iter_mut())) {
            let amount = share(leg.amount, open.settled, lots, open.terms.lots).ok_or(ArithmeticError::Overflow)?;
            amounts.push(amount);
            // The other network has paid its legs.
            let Some(ends) = state.ends else { continue };
            let gone = passed.filter(|passed| passed.leg == index).map_or(0, |passed| passed.amount);
            let due = amount.checked_sub(gone).ok_or(ArithmeticError::Underflow)?;
            if due > 0 {
                let to = T::Directory::current_account(&leg.to);
                T::Escrow::pay_out(&leg.asset, ends.receiver, &to, due)?;
            }
            state.reserved = state.reserved.checked_sub(lots).ok_or(ArithmeticError::Underflow)?;
            state.token = (state.reserved > 0).then_some(TokenStatus::Issued);
        }
        Ok(amounts)
    }

    /// Returns the last `lots` reserved lots of a leg to their owner, and says what they amounted to.
    pub(crate) fn give_back(open: &mut Open, index: LegIndex, lots: Lots) -> Result<Balance, DispatchError> {
        let leg = Self::leg(open, index)?.clone();
        let giver = Self::ends(open, index)?.giver;
        let state = open.legs.get_mut(usize::from(index.0)).ok_or(Error::<T>::LegNotFound)?;
        let left = state.reserved.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
        let from = open.settled.checked_add(left).ok_or(ArithmeticError::Overflow)?;
        let amount = share(leg.amount, from, lots, open.terms.lots).ok_or(ArithmeticError::Overflow)?;
        state.reserved = left;
        if left == 0 {
            state.token = None;
        }
        let to = T::Directory::current_account(&leg.from);
        T::Escrow::pay_out(&leg.asset, giver, &to, amount)?;
        Ok(amount)
    }
}

//! Places: they lead from a replaced account to the one in use, to which payouts go.
//!
//! Accounts that replaced each other share a place, and the place knows the one that is in use: however often an
//! account is replaced by a fresh one, finding its successor takes two reads. Only where an account is replaced by
//! another of the same participant, and both have replaced accounts before, one place joins the other, the one with the
//! lower rank: a place of rank r stands for at least 2^r others, so that no more than [`MAX_RANK`] steps lead from a
//! place to the one that is held.

use crate::{
    mandates::{Place, PlaceId},
    Accounts, Config, Error, NextPlace, Pallet, Places,
};
use polkadot_sdk::sp_runtime::{ArithmeticError, DispatchError};
use tandem_primitives::AccountId;

/// Maximum number of steps that lead from a joined place to the one that an account in use has.
pub const MAX_RANK: u8 = 7;

impl<T: Config> Pallet<T> {
    /// Held place to which `place` leads, with its rank and the account in use that has it.
    fn root(mut place: PlaceId) -> Option<(PlaceId, u8, AccountId)> {
        for _ in 0..=MAX_RANK {
            match Places::<T>::get(place)? {
                Place::Held { by, rank } => return Some((place, rank, by)),
                Place::Joined(next) => place = next,
            }
        }
        None
    }

    /// Account in use that took the place of this one; `None` if this one is in use itself, or belongs to no
    /// participant.
    pub(crate) fn successor(account: &AccountId) -> Option<AccountId> {
        let record = Accounts::<T>::get(account).filter(|record| record.replaced_by.is_some())?;
        Self::root(record.place?).map(|(_, _, holder)| holder)
    }

    /// Account in use to which this place leads.
    #[cfg(any(test, feature = "invariants", feature = "try-runtime"))]
    pub(crate) fn holder(place: PlaceId) -> Option<AccountId> {
        Self::root(place).map(|(_, _, holder)| holder)
    }

    /// Creates a place that `holder` has.
    fn new_place(holder: &AccountId) -> Result<PlaceId, DispatchError> {
        let place = NextPlace::<T>::get();
        NextPlace::<T>::put(PlaceId(place.0.checked_add(1).ok_or(ArithmeticError::Overflow)?));
        Places::<T>::insert(place, Place::Held { by: holder.clone(), rank: 0 });
        Ok(place)
    }

    /// Gives the place of a replaced account to its successor, and returns the place that both share then.
    ///
    /// `old` and `new` are the places that the replaced account and the successor had before.
    pub(crate) fn hand_on(
        old: Option<PlaceId>,
        new: Option<PlaceId>,
        successor: &AccountId,
    ) -> Result<PlaceId, DispatchError> {
        let found = |place: PlaceId| Self::root(place).ok_or(Error::<T>::AccountNotFound);
        match (old, new) {
            (None, None) => Self::new_place(successor),
            (Some(place), None) | (None, Some(place)) => {
                let (root, rank, _) = found(place)?;
                Places::<T>::insert(root, Place::Held { by: successor.clone(), rank });
                Ok(root)
            }
            (Some(old), Some(new)) => {
                let (old, old_rank, _) = found(old)?;
                let (new, new_rank, _) = found(new)?;
                let (stays, joins, higher, lower) = match old_rank > new_rank {
                    true => (old, new, old_rank, new_rank),
                    false => (new, old, new_rank, old_rank),
                };
                let rank = if higher == lower { higher.saturating_add(1) } else { higher };
                if rank > MAX_RANK {
                    return Err(Error::<T>::TooManyReplacements.into());
                }
                Places::<T>::insert(joins, Place::Joined(stays));
                Places::<T>::insert(stays, Place::Held { by: successor.clone(), rank });
                Ok(stays)
            }
        }
    }
}

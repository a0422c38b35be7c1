//! Moving lots of a leg into escrow, and back while no tranche needs them.

use super::payouts::Passed;
use crate::{policy::parts_of, Config, Error, Event, Instruction, Instructions, Open, Pallet, State};
use polkadot_sdk::{
    frame_support::{ensure, storage::with_storage_layer},
    sp_runtime::{ArithmeticError, DispatchError, DispatchResult},
};
use tandem_primitives::{
    largest_covered, share, token_id, AccountId, Balance, Directory, Escrow, Execution, InstructionId, Leg, LegIndex,
    Lots, Quantity, TokenStatus,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_reserve(
        who: AccountId,
        id: InstructionId,
        leg: LegIndex,
        quantity: Quantity,
    ) -> Result<u32, DispatchError> {
        let signer = Self::active(&who)?;
        let mut open = Self::load(id)?;
        let giver = Self::ends(&open, leg)?.giver;
        ensure!(T::Directory::may_move(&signer, giver, &Self::leg(&open, leg)?.asset), Error::<T>::NotAuthorized);
        let before = open.irrevocable();
        let legs = open.legs.len() as u32;
        let passed = Self::reserve_leg(id, &mut open, leg, quantity)?;
        let next = Self::advance(id, open, before, passed)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Reserves lots of a leg. If they complete the whole and it settles now, they go straight to the receiver.
    pub(crate) fn reserve_leg(
        id: InstructionId,
        open: &mut Open,
        index: LegIndex,
        quantity: Quantity,
    ) -> Result<Option<Passed>, DispatchError> {
        let now = Self::now();
        ensure!(now < open.terms.reserve_by, Error::<T>::TooLate);
        let state = open.legs.get(usize::from(index.0)).copied().ok_or(Error::<T>::LegNotFound)?;
        let giver = Self::ends(open, index)?.giver;
        ensure!(open.party(giver).is_some_and(|party| party.affirmed), Error::<T>::NotAffirmed);
        match open.state {
            State::Proposed | State::Matched => {}
            State::Formed { .. } | State::Executing { .. } => return Err(Error::<T>::WrongState.into()),
            State::Committed { .. } => return Err(Error::<T>::AlreadyCommitted.into()),
        }
        let mut leg = Self::leg(open, index)?.clone();
        // The account may have been replaced since the terms were agreed: its owner gives from the current one.
        leg.from = T::Directory::current_account(&leg.from);
        // A giver that is no longer active starts nothing new, whoever signs for it.
        let owner = T::Directory::standing(&leg.from).ok_or(Error::<T>::PartyNotFound)?;
        ensure!(owner.is_active(), Error::<T>::PartyNotActive);

        let free = open.remaining().checked_sub(state.reserved).ok_or(ArithmeticError::Underflow)?;
        let from = open.settled.checked_add(state.reserved).ok_or(ArithmeticError::Overflow)?;
        let lots = match quantity {
            Quantity::Exactly(0) | Quantity::UpTo(0) => return Err(Error::<T>::ZeroLots.into()),
            Quantity::Exactly(lots) => {
                ensure!(lots <= free, Error::<T>::TooManyLots);
                lots
            }
            Quantity::UpTo(most) => {
                let wanted = most.min(free);
                let available = T::Escrow::available(&leg.asset, &leg.from);
                let lots = largest_covered(leg.amount, from, wanted, open.terms.lots, available);
                if lots < wanted {
                    Self::deposit_event(Event::ReservationShort { id, leg: index, wanted, reserved: lots });
                }
                lots
            }
        };
        if lots == 0 {
            return Ok(None);
        }
        let amount = share(leg.amount, from, lots, open.terms.lots).ok_or(ArithmeticError::Overflow)?;
        let reserved = state.reserved.checked_add(lots).ok_or(ArithmeticError::Overflow)?;
        if let Some(state) = open.legs.get_mut(usize::from(index.0)) {
            state.reserved = reserved;
            state.token = Some(TokenStatus::Issued);
        }
        let passed = Self::pass_if_complete(open, index, &leg, amount, now);
        if passed.is_none() {
            T::Escrow::deposit(&leg.asset, &leg.from, amount)?;
        }
        Self::deposit_event(Event::Reserved {
            id,
            leg: index,
            old: state.reserved,
            new: reserved,
            amount,
            token: token_id(id, index, open.tranche),
        });
        Ok(passed)
    }

    /// Moves the amount straight to the receiver if that settles the whole at once; never where another network decides.
    fn pass_if_complete(open: &Open, index: LegIndex, leg: &Leg, amount: Balance, now: u64) -> Option<Passed> {
        let settles = open.state == State::Matched
            && !open.is_across()
            && open.terms.execution == Execution::Immediate
            && open.covered() == open.remaining()
            && parts_of(open).takes(open.remaining())
            && Self::blockers(open, now).is_empty();
        if !settles {
            return None;
        }
        let to = T::Directory::current_account(&leg.to);
        // A receiver that cannot take it now gets a credit, by way of escrow.
        with_storage_layer(|| T::Escrow::transfer(&leg.asset, &leg.from, &to, amount))
            .ok()
            .map(|()| Passed { leg: index, amount })
    }

    pub(crate) fn do_release(who: AccountId, id: InstructionId, index: LegIndex, lots: Lots) -> DispatchResult {
        let signer = Self::finishing(&who)?;
        let mut open = Self::load(id)?;
        let leg = Self::leg(&open, index)?.clone();
        let state = open.legs.get(usize::from(index.0)).copied().ok_or(Error::<T>::LegNotFound)?;
        ensure!(
            T::Directory::may_move(&signer, Self::ends(&open, index)?.giver, &leg.asset),
            Error::<T>::NotAuthorized
        );
        Self::ensure_not_committed(&open)?;
        ensure!(lots > 0, Error::<T>::ZeroLots);
        ensure!(lots <= state.reserved, Error::<T>::TooManyLots);
        let left = state.reserved.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
        ensure!(left >= open.irrevocable(), Error::<T>::Irrevocable);
        let amount = Self::give_back(&mut open, index, lots)?;
        Self::deposit_event(Event::Released { id, leg: index, old: state.reserved, new: left, amount });
        Instructions::<T>::insert(id, Instruction::Open(open));
        Ok(())
    }
}

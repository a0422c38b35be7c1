//! Reserving lots of a leg in escrow, and releasing lots that no tranche needs.

use super::{access::Act, payouts::Passed};
use crate::{policy::parts_of, Config, Error, Event, Instruction, Instructions, Open, Pallet, State, Step};
use polkadot_sdk::{
    frame_support::{ensure, storage::with_storage_layer},
    sp_runtime::{ArithmeticError, DispatchError, DispatchResult},
};
use tandem_primitives::{
    largest_covered, share, token_id, AccountId, Balance, Directory, Escrow, Execution, InstructionId, Leg, LegIndex,
    Lots, Moment, Quantity, Standing, TokenStatus,
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
        Self::ensure_may_give(&who, &signer, &open, leg)?;
        Self::ensure_nobody_sanctioned(&open)?;
        let before = open.irrevocable();
        let legs = open.legs.len() as u32;
        let act = Act::of(id, &who);
        let passed = Self::reserve_leg(id, &who, &mut open, &signer, leg, quantity)?;
        let next = Self::advance(&act, open, before, passed)?;
        Instructions::<T>::insert(id, next);
        Ok(legs)
    }

    /// Reserves lots of a leg that the signer may give. If they complete the whole and it settles now, they go straight
    /// to the receiver; returns that amount, and `None` if the lots went into escrow.
    pub(crate) fn reserve_leg(
        id: InstructionId,
        by: &AccountId,
        open: &mut Open,
        signer: &Standing,
        index: LegIndex,
        quantity: Quantity,
    ) -> Result<Option<Passed>, DispatchError> {
        let now = Self::now();
        ensure!(now < open.terms.reserve_by, Error::<T>::TooLate);
        let state = open.legs.get(usize::from(index.0)).copied().ok_or(Error::<T>::LegNotFound)?;
        let ends = Self::ends(open, index)?;
        let mut leg = Self::leg(open, index)?.clone();
        let giver = (ends.giver, leg.from.clone());
        let affirmed = open.party_mut(giver.0, &giver.1).is_some_and(|party| party.affirmed);
        ensure!(affirmed, Error::<T>::NotAffirmed);
        match open.state {
            State::Proposed | State::Matched => {}
            State::Formed { .. } | State::Executing { .. } => return Err(Error::<T>::WrongState.into()),
            State::Committed { .. } => return Err(Error::<T>::AlreadyCommitted.into()),
        }
        // The account may have been replaced since the terms were agreed: its owner gives from the current one.
        leg.from = T::Directory::current_account(&leg.from);
        // A giver that is no longer active starts nothing new, whoever signs for it.
        let owner = T::Directory::standing(&leg.from).ok_or(Error::<T>::PartyNotFound)?;
        ensure!(owner.is_active(), Error::<T>::PartyNotActive);

        let from = open.settled.checked_add(state.reserved).ok_or(ArithmeticError::Overflow)?;
        let lots = Self::lots_to_reserve(id, by, open, index, &leg, from, quantity)?;
        if lots == 0 {
            return Ok(None);
        }
        let amount = share(leg.amount, from, lots, open.terms.lots).ok_or(ArithmeticError::Overflow)?;
        Self::count_given(signer, open, index, amount)?;
        let reserved = state.reserved.checked_add(lots).ok_or(ArithmeticError::Overflow)?;
        if let Some(state) = open.legs.get_mut(usize::from(index.0)) {
            state.reserved = reserved;
            state.token = Some(TokenStatus::Issued);
        }
        // A party that goes on has thought better of its request to cancel.
        if let Some(party) = open.party_mut(giver.0, &giver.1) {
            party.cancel_until = None;
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
            by: by.clone(),
            reference: open.terms.reference.clone(),
        });
        Ok(passed)
    }

    /// Number of lots that `quantity` reserves now, where the leg has the first `from` lots of the terms settled or
    /// reserved. For `UpTo` it may be 0; for `Exactly` the call fails if that number cannot be reserved.
    fn lots_to_reserve(
        id: InstructionId,
        by: &AccountId,
        open: &Open,
        index: LegIndex,
        leg: &Leg,
        from: Lots,
        quantity: Quantity,
    ) -> Result<Lots, DispatchError> {
        let free = open.terms.lots.checked_sub(from).ok_or(ArithmeticError::Underflow)?;
        let reserved = from.checked_sub(open.settled).ok_or(ArithmeticError::Underflow)?;
        // Nobody pays for what its giver could not deliver now, and nothing new is reserved in an asset that is off the
        // list. Whether the asset of this leg moves is found by the transfer.
        let assets_allow = || {
            let mut others = open.local().filter(|(other, _, state, _)| *other != index && state.reserved > 0);
            Self::is_listed(&leg.asset)
                && others.all(|(_, other, _, _)| T::Escrow::is_live(&other.asset) && Self::is_listed(&other.asset))
        };
        match quantity {
            Quantity::Exactly(0) | Quantity::UpTo(0) => Err(Error::<T>::ZeroLots.into()),
            Quantity::Exactly(lots) => {
                ensure!(lots <= free, Error::<T>::TooManyLots);
                ensure!(assets_allow(), Error::<T>::Blocked);
                Ok(lots)
            }
            Quantity::UpTo(most) => {
                let wanted = most.min(free);
                let available = if assets_allow() { T::Escrow::available(&leg.asset, &leg.from) } else { 0 };
                let payable = largest_covered(leg.amount, from, wanted, open.terms.lots, available);
                // Lots that no part can use would be of no use here, and are missing for another trade.
                let total = reserved.checked_add(payable).ok_or(ArithmeticError::Overflow)?;
                let part = parts_of(open).largest(total).unwrap_or(0);
                let lots = part.saturating_sub(reserved);
                if lots < wanted {
                    let (by, reference) = (by.clone(), open.terms.reference.clone());
                    let short = Event::ReservationShort { id, leg: index, wanted, reserved: lots, by, reference };
                    Self::deposit_event(short);
                }
                Ok(lots)
            }
        }
    }

    /// Transfers the amount straight from giver to receiver if this reservation completes the whole and it can settle
    /// now. Returns `None` otherwise, and if the receiver cannot take it: then it is reserved in escrow.
    fn pass_if_complete(open: &Open, index: LegIndex, leg: &Leg, amount: Balance, now: Moment) -> Option<Passed> {
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

    /// Releases lots of a leg to its giver. Returns the number of legs whose parties were checked for sanctions, for
    /// the weight.
    pub(crate) fn do_release(
        who: AccountId,
        id: InstructionId,
        index: LegIndex,
        lots: Lots,
    ) -> Result<u32, DispatchError> {
        let signer = Self::finishing(&who)?;
        let mut open = Self::load(id)?;
        let ends = Self::ends(&open, index)?;
        let state = open.legs.get(usize::from(index.0)).copied().ok_or(Error::<T>::LegNotFound)?;
        Self::ensure_may_give(&who, &signer, &open, index)?;
        Self::ensure_not_committed(&open)?;
        ensure!(lots > 0, Error::<T>::ZeroLots);
        let left = state.reserved.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
        let act = Act::of(id, &who);
        let mut looked_at = 0;
        let before = open.irrevocable();
        if left < before {
            looked_at = open.legs.len() as u32;
            ensure!(Self::sanction_frees(&open, ends.giver, Self::now()), Error::<T>::Irrevocable);
            Self::dissolve(&act, &mut open)?;
        }
        Self::give_back(&act, &mut open, index, lots)?;
        if before > 0 && open.irrevocable() == 0 {
            open.points.irrevocable = None;
        }
        Instructions::<T>::insert(id, Instruction::Open(open));
        Ok(looked_at)
    }

    /// Undoes a tranche that has formed, because lots of one of its legs are about to be released; does nothing if none
    /// has.
    fn dissolve(act: &Act, open: &mut Open) -> DispatchResult {
        match open.state {
            State::Proposed | State::Matched => Ok(()),
            State::Formed { lots } => {
                open.step(Step::TrancheDissolved).ok_or(Error::<T>::WrongState)?;
                open.set_tokens(TokenStatus::Issued);
                let (tranche, by, reference) = (open.tranche, act.by.clone(), open.terms.reference.clone());
                Self::deposit_event(Event::TrancheDissolved { id: act.id, tranche, lots, by, reference });
                Ok(())
            }
            State::Executing { .. } | State::Committed { .. } => Err(Error::<T>::WrongState.into()),
        }
    }
}

//! Reservations on the deciding chain: lots of a leg that move into escrow.

use crate::{Config, Error, Event, Pallet, Payment, Payments};
use polkadot_sdk::{
    frame_support::ensure,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    largest_covered, share, AccountId, Counterpart, Directory, Escrow, InstructionId, Leg, LegIndex, Lots, PartyLeg,
    Quantity, Received, RejectReason, Standing, VersionedTerms,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_reserve_ahead(
        who: AccountId,
        versioned: VersionedTerms,
        instructing: AccountId,
        leg: LegIndex,
        quantity: Quantity,
    ) -> DispatchResult {
        Self::ensure_active(&who)?;
        let id = Self::identify(&versioned, &instructing)?;
        ensure!(Self::is_open_for(Self::counterpart_genesis()?), Error::<T>::CounterpartNotOpen);
        let (payment, is_new) = match Payments::<T>::get(id) {
            Some(payment) => (payment, false),
            None => {
                // A decided tranche does not begin again.
                let first = (id, tandem_primitives::TrancheIndex(0));
                ensure!(!crate::Records::<T>::contains_key(first), Error::<T>::AlreadyExists);
                let payment = Self::new_payment(versioned.clone(), instructing.clone(), Self::now())
                    .map_err(Error::<T>::NotSettleable)?;
                Self::deposit_event(Event::PaymentBegun { id, terms: versioned, instructing });
                (payment, true)
            }
        };
        let lots = Self::reserve_leg(&who, id, payment, leg, quantity)?;
        // A payment is kept for what is in it: nobody fills the chain with terms that cost it nothing.
        ensure!(lots > 0 || !is_new, Error::<T>::ZeroLots);
        Ok(())
    }

    pub(crate) fn do_reserve(who: AccountId, id: InstructionId, leg: LegIndex, quantity: Quantity) -> DispatchResult {
        let payment = Payments::<T>::get(id).ok_or(Error::<T>::PaymentNotFound)?;
        Self::reserve_leg(&who, id, payment, leg, quantity)?;
        Ok(())
    }

    /// One leg on this chain as its giver sees it. `leg` has the account in use.
    fn given_leg<'a>(
        signer: &Standing,
        payment: &Payment,
        index: LegIndex,
        leg: &'a Leg,
    ) -> Result<PartyLeg<'a>, DispatchError> {
        let state = payment.legs.iter().find(|state| state.leg == index).ok_or(Error::<T>::LegNotFound)?;
        let party = state.giver;
        let mut given = PartyLeg {
            party,
            account: &leg.from,
            asset: &leg.asset,
            gives: true,
            amount: 0,
            counterparty: state.receiver,
            received: Received::default(),
            // On this chain nobody affirms: whoever gives reserves.
            is_agreed: false,
        };
        // Only a mandate asks for the rest.
        if signer.participant == party {
            return Ok(given);
        }
        for (other, place) in payment.terms.legs.iter().zip(0u8..) {
            let here = payment.legs.iter().find(|state| state.leg == LegIndex(place));
            // Of the other network's legs this one cannot see whether they are worth anything.
            if let Some(ends) = here.filter(|ends| ends.receiver == party && ends.giver != party) {
                if other.asset != leg.asset {
                    let kind = T::Directory::kind_as_payment(&other.asset, ends.giver, signer.participant);
                    given.received = kind.map_or(given.received, |kind| given.received.and(kind));
                }
            }
            if here.is_some_and(|state| state.giver == party) && other.asset == leg.asset {
                // Saturating, because a sum above the largest amount is above every limit too.
                given.amount = given.amount.saturating_add(other.amount);
            }
        }
        Ok(given)
    }

    /// Reserves lots, and returns their number, which may be zero with [`Quantity::UpTo`].
    fn reserve_leg(
        who: &AccountId,
        id: InstructionId,
        mut payment: Payment,
        index: LegIndex,
        quantity: Quantity,
    ) -> Result<Lots, DispatchError> {
        let signer = Self::ensure_active(who)?;
        let now = Self::now();
        ensure!(now < payment.pay_deadline(), Error::<T>::TooLate);
        let (settled, of, remaining) = (payment.settled, payment.terms.lots, payment.remaining());
        let mut leg = payment.terms.legs.get(usize::from(index.0)).cloned().ok_or(Error::<T>::LegNotFound)?;
        // The account may have been replaced since the terms were agreed: its owner gives from the current one.
        leg.from = T::Directory::current_account(&leg.from);
        let given = Self::given_leg(&signer, &payment, index, &leg)?;
        ensure!(T::Directory::may_move(who, &signer, &given), Error::<T>::NotAuthorized);
        let state = payment.leg_mut(index).ok_or(Error::<T>::LegNotFound)?;
        let inactive = Error::<T>::NotSettleable(RejectReason::PartyNotActive);
        let is_active = T::Directory::standing(&leg.from).is_some_and(|owner| owner.is_active());
        ensure!(is_active, inactive);

        let before = state.reserved;
        let free = remaining.checked_sub(before).ok_or(Error::<T>::ArithmeticFailure)?;
        let from = settled.checked_add(before).ok_or(Error::<T>::ArithmeticFailure)?;
        let lots = match quantity {
            Quantity::Exactly(0) | Quantity::UpTo(0) => return Err(Error::<T>::ZeroLots.into()),
            Quantity::Exactly(lots) => {
                ensure!(lots <= free, Error::<T>::TooManyLots);
                lots
            }
            Quantity::UpTo(most) => {
                let wanted = most.min(free);
                let available = T::Escrow::available(&leg.asset, &leg.from);
                let lots = largest_covered(leg.amount, from, wanted, of, available);
                if lots < wanted {
                    Self::deposit_event(Event::ReservationShort { id, leg: index, wanted, reserved: lots });
                }
                lots
            }
        };
        if lots > 0 {
            let amount = share(leg.amount, from, lots, of).ok_or(Error::<T>::ArithmeticFailure)?;
            let counted = signer.participant == given.party || T::Directory::count_move(&signer, &given, amount);
            ensure!(counted, Error::<T>::BeyondMandate);
            state.reserved = before.checked_add(lots).ok_or(Error::<T>::ArithmeticFailure)?;
            let reserved = state.reserved;
            T::Escrow::deposit(&leg.asset, &leg.from, amount)?;
            Self::deposit_event(Event::Reserved {
                id,
                leg: index,
                old: before,
                new: reserved,
                amount,
                by: who.clone(),
            });
        }
        Self::proceed(id, payment, now)?;
        Ok(lots)
    }
}

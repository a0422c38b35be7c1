//! Reservations on the deciding chain: lots of a leg that move into escrow, and back where a sanction lets a payer go.

use super::access::Act;
use crate::{Config, Error, Event, Pallet, Payment, Payments};
use polkadot_sdk::{
    frame_support::{
        dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
        ensure,
    },
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
    ) -> DispatchResultWithPostInfo {
        let early = |error: DispatchError| error.with_weight(Self::early());
        Self::ensure_active(&who).map_err(early)?;
        let id = Self::identify(&versioned, &instructing).map_err(early)?;
        ensure!(Self::is_open_for(Self::counterpart_genesis()?), Error::<T>::CounterpartNotOpen);
        let (payment, is_new) = match Payments::<T>::get(id) {
            Some(payment) => (payment, false),
            None => {
                // A decided tranche does not begin again.
                let first = (id, tandem_primitives::TrancheIndex(0));
                ensure!(!crate::Records::<T>::contains_key(first), Error::<T>::AlreadyExists);
                let payment = Self::new_payment(versioned.clone(), instructing.clone(), Self::now())
                    .map_err(Error::<T>::NotSettleable)?;
                Self::deposit_event(Event::PaymentBegun { id, terms: versioned, instructing, by: who.clone() });
                (payment, true)
            }
        };
        let lots = Self::reserve_leg(&who, id, payment, leg, quantity)?;
        // A payment is kept for what is in it: nobody fills the chain with terms that cost it nothing.
        ensure!(lots > 0 || !is_new, Error::<T>::ZeroLots);
        Ok(().into())
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
        let inactive = Error::<T>::NotSettleable(RejectReason::PartyNotActive);
        let is_active = T::Directory::standing(&leg.from).is_some_and(|owner| owner.is_active());
        ensure!(is_active, inactive);
        Self::ensure_nobody_sanctioned(&payment)?;
        let assets_allow = Self::assets_allow(&payment, index);
        let reference = payment.terms.reference.clone();
        let state = payment.leg_mut(index).ok_or(Error::<T>::LegNotFound)?;

        let before = state.reserved;
        let free = remaining.checked_sub(before).ok_or(Error::<T>::ArithmeticFailure)?;
        let from = settled.checked_add(before).ok_or(Error::<T>::ArithmeticFailure)?;
        let lots = match quantity {
            Quantity::Exactly(0) | Quantity::UpTo(0) => return Err(Error::<T>::ZeroLots.into()),
            Quantity::Exactly(lots) => {
                ensure!(lots <= free, Error::<T>::TooManyLots);
                ensure!(assets_allow, Error::<T>::Blocked);
                lots
            }
            Quantity::UpTo(most) => {
                let wanted = most.min(free);
                let available = if assets_allow { T::Escrow::available(&leg.asset, &leg.from) } else { 0 };
                let lots = largest_covered(leg.amount, from, wanted, of, available);
                if lots < wanted {
                    let (by, reference) = (who.clone(), reference.clone());
                    let short = Event::ReservationShort { id, leg: index, wanted, reserved: lots, by, reference };
                    Self::deposit_event(short);
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
                reference,
            });
        }
        Self::proceed(&Act::of(id, who), payment, now)?;
        Ok(lots)
    }

    pub(crate) fn do_release(who: AccountId, id: InstructionId, index: LegIndex, lots: Lots) -> DispatchResult {
        let signer = Self::ensure_may_finish(&who)?;
        let mut payment = Payments::<T>::get(id).ok_or(Error::<T>::PaymentNotFound)?;
        let now = Self::now();
        ensure!(now < payment.pay_deadline(), Error::<T>::TooLate);
        let mut leg = payment.terms.legs.get(usize::from(index.0)).cloned().ok_or(Error::<T>::LegNotFound)?;
        leg.from = T::Directory::current_account(&leg.from);
        let given = Self::given_leg(&signer, &payment, index, &leg)?;
        ensure!(T::Directory::may_move(&who, &signer, &given), Error::<T>::NotAuthorized);
        ensure!(lots > 0, Error::<T>::ZeroLots);
        let reserved = payment.leg(index).ok_or(Error::<T>::LegNotFound)?.reserved;
        let left = reserved.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
        ensure!(Self::sanction_frees(&payment, given.party, left, now), Error::<T>::Irrevocable);
        let act = Act::of(id, &who);
        Self::give_back(&act, &mut payment, index, lots)?;
        let is_empty = payment.legs.iter().all(|leg| leg.reserved == 0);
        // One of which a tranche has settled stays: it tells which tranche comes next.
        if is_empty && payment.commitment.is_none() && payment.settled == 0 {
            return Self::end_payment(&act, payment);
        }
        Self::keep(id, payment);
        Ok(())
    }
}

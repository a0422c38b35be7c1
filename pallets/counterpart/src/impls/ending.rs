//! Ends of payments and records: refusals, deadlines, proofs that the other network is done.

use super::access::Act;
use crate::{Config, Error, Event, Expiries, Pallet, Payment, Payments, ProofOf, Reason, Records};
use polkadot_sdk::{frame_support::ensure, sp_runtime::DispatchResult};
use tandem_primitives::{
    share, AccountId, Bucket, Directory, Escrow, InstructionId, LegIndex, Lots, ParticipantId, ProvenState,
    RejectReason, TrancheIndex,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_refuse(
        who: AccountId,
        id: InstructionId,
        on_behalf_of: Option<ParticipantId>,
        reason: Reason,
    ) -> DispatchResult {
        let signer = Self::ensure_may_finish(&who)?;
        let participant = on_behalf_of.unwrap_or(signer.participant);
        ensure!(T::Directory::may_speak(&signer, participant), Error::<T>::NotAuthorized);
        let payment = Payments::<T>::get(id).ok_or(Error::<T>::PaymentNotFound)?;
        ensure!(Self::now() < payment.pay_deadline(), Error::<T>::TooLate);
        // What is committed and covered is irrevocable for everybody: it waits for its manager or its time.
        ensure!(payment.coverable().is_none(), Error::<T>::Irrevocable);
        let gives = |who| payment.legs.iter().any(|leg| leg.giver == who);
        // A leg from a participant to itself pays nobody.
        let gets = |who| payment.legs.iter().any(|leg| leg.receiver == who && leg.giver != who);
        ensure!(gives(participant) || gets(participant), Error::<T>::NotAuthorized);
        // Who gives is bound as a payer, also if it is paid something too, or refuses as the agent of one that is.
        for payer in [participant, signer.participant].into_iter().filter(|who| gives(*who)) {
            ensure!(Self::may_still_refuse(&payment, payer), Error::<T>::Irrevocable);
        }
        // What is reserved ahead is a promise to everybody who is paid. One of several, perhaps the payer's own, must not
        // let it go for the others, who may be committing in reliance on it.
        let alone = payment.commitment.is_some() || Self::is_only_payee(&payment, participant);
        ensure!(alone, Error::<T>::Irrevocable);
        let (act, reference) = (Act::of(id, &who), payment.terms.reference.clone());
        Self::deposit_event(Event::Refused { id, participant, reason, by: who, reference });
        Self::end(&act, payment, RejectReason::Refused)
    }

    /// True if the payer's reservation does not cover the fewest lots that could be executed. Before the commitment is known
    /// every payer is bound.
    fn may_still_refuse(payment: &Payment, payer: ParticipantId) -> bool {
        payment.least().is_some_and(|least| {
            payment.legs.iter().any(|leg| leg.giver == payer && leg.receiver != payer && leg.reserved < least)
        })
    }

    /// True if every leg on this chain that pays anybody pays this participant.
    fn is_only_payee(payment: &Payment, participant: ParticipantId) -> bool {
        payment.legs.iter().all(|leg| leg.receiver == participant || leg.receiver == leg.giver)
    }

    pub(crate) fn do_expire(who: AccountId, id: InstructionId) -> DispatchResult {
        Self::ensure_may_finish(&who)?;
        let payment = Payments::<T>::get(id).ok_or(Error::<T>::PaymentNotFound)?;
        ensure!(Self::now() >= payment.pay_deadline(), Error::<T>::TooEarly);
        Self::end(&Act::of(id, &who), payment, RejectReason::TooLate)
    }

    /// Rejects the tranche that is committed, if one is, and returns everything.
    pub(crate) fn end(act: &Act, payment: Payment, reason: RejectReason) -> DispatchResult {
        if payment.commitment.is_some() {
            Self::reject(act, payment.tranche, payment.terms.clone(), reason)?;
        }
        Self::end_payment(act, payment)
    }

    /// Returns what is still reserved, and forgets the payment.
    ///
    /// An entry of the sweep for an earlier look may stay behind: the sweep drops it when its time has come.
    pub(crate) fn end_payment(act: &Act, mut payment: Payment) -> DispatchResult {
        let id = act.id;
        for (leg, reserved) in payment.legs.clone().into_iter().map(|state| (state.leg, state.reserved)) {
            if reserved > 0 {
                Self::give_back(act, &mut payment, leg, reserved)?;
            }
        }
        Payments::<T>::remove(id);
        Expiries::<T>::remove(Bucket::of(payment.pay_deadline()), id);
        let (lots, of, reference) = (payment.settled, payment.terms.lots, payment.terms.reference.clone());
        Self::deposit_event(Event::PaymentEnded { id, lots, of, by: act.by.clone(), reference });
        Ok(())
    }

    /// Returns the last `lots` reserved lots of a leg to their owner.
    pub(crate) fn give_back(act: &Act, payment: &mut Payment, index: LegIndex, lots: Lots) -> DispatchResult {
        let (settled, of) = (payment.settled, payment.terms.lots);
        let leg = payment.terms.legs.get(usize::from(index.0)).cloned().ok_or(Error::<T>::LegNotFound)?;
        let state = payment.leg_mut(index).ok_or(Error::<T>::LegNotFound)?;
        let old = state.reserved;
        let new = old.checked_sub(lots).ok_or(Error::<T>::TooManyLots)?;
        let from = settled.checked_add(new).ok_or(Error::<T>::ArithmeticFailure)?;
        let amount = share(leg.amount, from, lots, of).ok_or(Error::<T>::ArithmeticFailure)?;
        state.reserved = new;
        T::Escrow::pay_out(act.id, &leg.asset, &T::Directory::current_account(&leg.from), amount)?;
        let (by, reference) = (act.by.clone(), payment.terms.reference.clone());
        Self::deposit_event(Event::Returned { id: act.id, leg: index, old, new, amount, by, reference });
        Ok(())
    }

    pub(crate) fn do_forget_by_proof(
        who: AccountId,
        id: InstructionId,
        tranche: TrancheIndex,
        proof: ProofOf<T>,
    ) -> DispatchResult {
        Self::ensure_may_finish(&who)?;
        let record = Records::<T>::get((id, tranche)).ok_or(Error::<T>::RecordNotFound)?;
        ensure!(Self::now() >= record.pay_deadline, Error::<T>::TooEarly);
        let mut state = Self::open_proof(proof)?;
        let commitment = state.commitment(id, tranche).map_err(Error::<T>::from)?;
        ensure!(commitment.is_none(), Error::<T>::StillCommitted);
        let proven_at = Self::time_of_absence(&mut state)?;
        state.close().map_err(Error::<T>::from)?;
        // A header from before the commitment does not have it either. None can be made from the pay deadline on.
        ensure!(proven_at >= record.pay_deadline, Error::<T>::NotTimedOut);
        Records::<T>::remove((id, tranche));
        Self::deposit_event(Event::RecordForgotten { id, tranche, by: who });
        Ok(())
    }
}

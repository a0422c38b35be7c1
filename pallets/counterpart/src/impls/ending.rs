//! Ends of payments and records: refusals, deadlines, the sweep.

use crate::{Config, Error, Event, Expiries, Pallet, Payment, Payments, ProofOf, Reason, Records, WeightInfo};
use polkadot_sdk::{
    frame_support::{ensure, storage::with_storage_layer, weights::WeightMeter},
    sp_runtime::DispatchResult,
};
use tandem_primitives::{
    share, AccountId, Bucket, Directory, Escrow, InstructionId, LegIndex, Moment, ParticipantId, ProvenState,
    RejectReason, TrancheIndex,
};

/// Time after which the sweep tries a payment again that it could not end, in milliseconds.
const RETRY: Moment = 60_000;

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
        Self::deposit_event(Event::Refused { id, participant, reason });
        Self::end(id, payment, RejectReason::Refused)
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
        Self::end(id, payment, RejectReason::TooLate)
    }

    /// Rejects the tranche that is committed, if one is, and returns everything.
    fn end(id: InstructionId, payment: Payment, reason: RejectReason) -> DispatchResult {
        if payment.commitment.is_some() {
            Self::reject(id, payment.tranche, payment.terms.clone(), reason)?;
        }
        Self::end_payment(id, payment)
    }

    /// Returns what is still reserved, and forgets the payment.
    pub(crate) fn end_payment(id: InstructionId, payment: Payment) -> DispatchResult {
        let of = payment.terms.lots;
        for state in &payment.legs {
            if state.reserved > 0 {
                let leg = payment.terms.legs.get(usize::from(state.leg.0)).ok_or(Error::<T>::LegNotFound)?;
                let amount =
                    share(leg.amount, payment.settled, state.reserved, of).ok_or(Error::<T>::ArithmeticFailure)?;
                T::Escrow::pay_out(id, &leg.asset, &T::Directory::current_account(&leg.from), amount)?;
                let leg: LegIndex = state.leg;
                Self::deposit_event(Event::Returned { id, leg, old: state.reserved, new: 0, amount });
            }
        }
        Payments::<T>::remove(id);
        Expiries::<T>::remove(Bucket::of(payment.pay_deadline()), id);
        let reference = payment.terms.reference.clone();
        Self::deposit_event(Event::PaymentEnded { id, lots: payment.settled, of, reference });
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
        Self::deposit_event(Event::RecordForgotten { id, tranche });
        Ok(())
    }

    /// Ends the payments that are due, the earliest first, while the meter lasts.
    pub(crate) fn sweep(meter: &mut WeightMeter) {
        let now = Self::now();
        let mut due = Expiries::<T>::iter_keys();
        while meter.try_consume(T::WeightInfo::sweep_look()).is_ok() {
            let Some((bucket, id)) = due.next().filter(|(bucket, _)| bucket.instant() <= now) else {
                return;
            };
            if meter.try_consume(T::WeightInfo::expire(tandem_primitives::MAX_LEGS)).is_err() {
                return;
            }
            Expiries::<T>::remove(bucket, id);
            // Where `expire` was quicker nothing is left to do.
            let Some(payment) = Payments::<T>::get(id) else { continue };
            if let Err(error) = with_storage_layer(|| Self::end(id, payment, RejectReason::TooLate)) {
                // It should not happen; whatever it is must not stop the rest. `expire` by anybody still ends it.
                Expiries::<T>::insert(Bucket::of(now.saturating_add(RETRY)), id, ());
                Self::deposit_event(Event::SweepFailed { id, error });
            }
        }
    }
}

//! Sweep: executes what can be executed by itself, and ends what is past its pay deadline, within the weight that a block
//! has left.

use super::access::Act;
use crate::{Config, Event, Expiries, Pallet, Payment, Payments, WeightInfo};
use polkadot_sdk::{
    frame_support::{
        storage::with_storage_layer,
        traits::Get,
        weights::{Weight, WeightMeter},
    },
    sp_runtime::DispatchResult,
};
use tandem_primitives::{Bucket, Lots, Moment, RejectReason};

/// Time after which the sweep tries a payment again that it could not execute or end, in milliseconds.
const RETRY: Moment = 60_000;

/// Task of the sweep at one of its entries.
#[derive(Clone, Copy, Debug)]
enum Due {
    /// Nothing: the payment has ended since, or was executed whole.
    Nothing,
    /// Another look later, if something still waits for time or for the end of a sanction.
    Look,
    /// Execution of so many lots.
    Execution(Lots),
    /// End of the payment, whose pay deadline has passed.
    End,
}

impl<T: Config> Pallet<T> {
    /// Executes and ends the payments that are due, the earliest first, while the meter lasts.
    pub(crate) fn sweep(meter: &mut WeightMeter) {
        let now = Self::now();
        let mut entries = Expiries::<T>::iter_keys();
        while meter.try_consume(T::WeightInfo::sweep_look()).is_ok() {
            let Some((bucket, id)) = entries.next().filter(|(bucket, _)| bucket.instant() <= now) else {
                return;
            };
            let payment = Payments::<T>::get(id);
            let legs = payment.as_ref().map_or(0, |payment| payment.terms.legs.len() as u32);
            let due = payment.as_ref().map_or(Due::Nothing, |payment| Self::due(payment, now));
            let cost = match due {
                Due::Nothing => Weight::zero(),
                Due::Look => T::WeightInfo::sanction_check(legs),
                Due::Execution(_) => T::WeightInfo::execute(legs),
                Due::End => T::WeightInfo::expire(legs),
            };
            // Beside it the payment, and its entry that goes or moves.
            let cost = cost.saturating_add(T::DbWeight::get().reads_writes(1, 2));
            if meter.try_consume(cost).is_err() {
                return;
            }
            Expiries::<T>::remove(bucket, id);
            let Some(payment) = payment else { continue };
            let reference = payment.terms.reference.clone();
            if let Err(error) = with_storage_layer(|| Self::do_due(&Act::unsigned(id), payment, due, now)) {
                // It should not happen; whatever it is must not stop the rest. A call by anybody still does it.
                Expiries::<T>::insert(Bucket::of(now.saturating_add(RETRY)), id, ());
                Self::deposit_event(Event::SweepFailed { id, error, reference });
            }
        }
    }

    /// Task at a payment: its end from its pay deadline on. Before it, what nobody has to decide, or another look later.
    fn due(payment: &Payment, now: Moment) -> Due {
        if now >= payment.pay_deadline() {
            return Due::End;
        }
        match Self::settles_alone(payment, now).filter(|_| Self::blockers(payment, now).is_empty()) {
            Some(lots) => Due::Execution(lots),
            None => Due::Look,
        }
    }

    fn do_due(act: &Act, payment: Payment, due: Due, now: Moment) -> DispatchResult {
        match due {
            Due::Nothing => Ok(()),
            Due::Look => {
                Self::look_later(act.id, &payment, now);
                Ok(())
            }
            Due::Execution(lots) => Self::execute_lots(act, payment, lots),
            Due::End => Self::end(act, payment, RejectReason::TooLate),
        }
    }
}

//! Parts that nobody has to decide any more, and the instants at which the sweep looks at those that have to wait.

use crate::{Config, Expiries, Pallet, Payment};
use tandem_primitives::{Bucket, InstructionId, Lots, Moment};

/// Least time between two looks at a payment that a sanction holds back, in milliseconds: three blocks.
const LEAST_LOOK: Moment = 6_000;

/// Most time between two such looks, in milliseconds: an hour.
const MOST_LOOK: Moment = 3_600_000;

/// Looks at such a payment in the time that is left to it, beside those that `LEAST_LOOK` and `MOST_LOOK` make.
const LOOKS: Moment = 16;

impl<T: Config> Pallet<T> {
    /// Largest part that nobody has to decide any more: committed, covered, due by its time, and not for a manager. What
    /// else may stand in the way is a sanction, see [`Self::blockers`].
    pub(crate) fn settles_alone(payment: &Payment, now: Moment) -> Option<Lots> {
        payment.executable(now).filter(|_| !payment.is_managed())
    }

    /// Instant at which the sweep looks again at a part that waits for time or for the end of a sanction; `None` if nothing
    /// waits for that.
    pub(crate) fn next_look(payment: &Payment, now: Moment) -> Option<Moment> {
        let lots = payment.coverable().filter(|_| !payment.is_managed())?;
        let is_whole = lots == payment.remaining();
        let terms = &payment.terms;
        let from = if is_whole { terms.settle_from } else { terms.settle_from.max(terms.partial_from) };
        if now < from {
            return Some(from);
        }
        // Nobody tells when a sanction ends. The nearer the pay deadline, the sooner it has to be found.
        let left = payment.pay_deadline().checked_sub(now)?;
        let wait = left.checked_div(LOOKS)?.clamp(LEAST_LOOK, MOST_LOOK);
        now.checked_add(wait)
    }

    /// Has the sweep look at the payment again before its pay deadline, if something waits for that.
    pub(crate) fn look_later(id: InstructionId, payment: &Payment, now: Moment) {
        // At the pay deadline it looks in any case.
        if let Some(again) = Self::next_look(payment, now).filter(|again| *again < payment.pay_deadline()) {
            Expiries::<T>::insert(Bucket::of(again), id, ());
        }
    }
}

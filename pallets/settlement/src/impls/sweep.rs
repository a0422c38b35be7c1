//! Sweep of `on_idle`: settles, ends and removes what is due, with the weight that a block has left.

use super::access::Act;
use crate::{Bucket, Config, Error, Event, Expiries, Instruction, Instructions, Open, Pallet, State, WeightInfo};
use polkadot_sdk::{
    frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter},
    sp_runtime::DispatchError,
};
use tandem_primitives::{Execution, InstructionId, Moment, Terms};

/// Time, in milliseconds, after which the sweep comes back to an instruction for which it failed.
pub(crate) const RETRY: Moment = 60_000;

/// Time, in milliseconds, between two visits of the sweep to a committed instruction from its deadline on.
pub(crate) const COMMITTED_LOOK: Moment = 3_600_000;

impl<T: Config> Pallet<T> {
    /// Instant at which the sweep first visits a new instruction: `settle_from`, if that is to come and a tranche can
    /// then settle without anybody's decision; otherwise `reserve_by`.
    pub(crate) fn first_look(terms: &Terms, now: Moment) -> Moment {
        let settles_alone = match terms.execution {
            Execution::Immediate | Execution::Hashlock { .. } => terms.two_networks.is_none(),
            Execution::OnToken | Execution::ByManager { .. } => false,
        };
        if settles_alone && now < terms.settle_from {
            terms.settle_from
        } else {
            terms.reserve_by
        }
    }

    /// Visits the instructions whose bucket has come, the earliest first, until the meter has no weight left. Does what
    /// is due for open ones, and removes the records of closed ones after their retention.
    pub(crate) fn sweep(meter: &mut WeightMeter) {
        let now = Self::now();
        let mut due = Expiries::<T>::iter_keys();
        while meter.try_consume(T::WeightInfo::sweep_look()).is_ok() {
            let Some((bucket, id)) = due.next().filter(|(bucket, _)| bucket.instant() <= now) else {
                return;
            };
            // Every expiry moves, or goes with its record.
            let moves = T::WeightInfo::sweep_prune();
            match Instructions::<T>::get(id) {
                Some(Instruction::Open(open)) => {
                    let only_moves = Self::only_moves(&open, now);
                    let expiry = T::WeightInfo::expire(Self::legs_to_pay(&open));
                    let cost = if only_moves { moves } else { moves.saturating_add(expiry) };
                    if meter.try_consume(cost).is_err() {
                        return;
                    }
                    let again = if only_moves { Self::later(&open, now) } else { Self::sweep_open(id, open, now) };
                    Expiries::<T>::remove(bucket, id);
                    Expiries::<T>::insert(Bucket::of(again), id, ());
                }
                Some(Instruction::Closed(_)) | None => {
                    if meter.try_consume(moves).is_err() {
                        return;
                    }
                    Self::sweep_closed(bucket, id, now);
                }
            }
        }
    }

    /// True if the sweep has nothing to do for the instruction now and only moves its entry to a later bucket. That is
    /// so while the other network decides, and before `reserve_by` while no tranche has formed.
    fn only_moves(open: &Open, now: Moment) -> bool {
        match open.state {
            State::Proposed | State::Matched => now < open.terms.reserve_by,
            State::Formed { .. } | State::Executing { .. } => false,
            State::Committed { .. } => true,
        }
    }

    /// Number of legs that may be paid out or returned, for the weight of the visit. Without reserved lots it is 0, so
    /// that the sweep ends many such instructions in the time of one trade.
    fn legs_to_pay(open: &Open) -> u32 {
        let legs = match open.state {
            State::Proposed | State::Matched => open.legs.iter().filter(|leg| leg.reserved > 0).count(),
            State::Formed { .. } | State::Executing { .. } | State::Committed { .. } => open.legs.len(),
        };
        legs as u32
    }

    /// Does what is due for an open instruction, and returns the instant of the sweep's next visit to it.
    fn sweep_open(id: InstructionId, open: Open, now: Moment) -> Moment {
        let (later, reference) = (Self::later(&open, now), open.terms.reference.clone());
        let swept = with_storage_layer(|| -> Result<Option<Moment>, DispatchError> {
            let next = Self::do_due(&Act::unsigned(id), open, now)?;
            let kept = match &next {
                Instruction::Closed(closed) => Some(closed.kept_until(T::Retention::get())),
                Instruction::Open(_) => None,
            };
            Instructions::<T>::insert(id, next);
            Ok(kept)
        });
        let nothing_new: DispatchError = Error::<T>::NotDue.into();
        match swept {
            Ok(kept) => kept.unwrap_or(later),
            Err(error) if error == nothing_new => later,
            Err(error) => {
                Self::deposit_event(Event::SweepFailed { id, error, reference });
                now.saturating_add(RETRY)
            }
        }
    }

    /// Next instant at which something is due for an open instruction: `reserve_by`, then the deadline, then every
    /// [`COMMITTED_LOOK`].
    fn later(open: &Open, now: Moment) -> Moment {
        if now < open.terms.reserve_by {
            open.terms.reserve_by
        } else if now < open.terms.deadline {
            open.terms.deadline
        } else {
            // Only what the other network decides is open after its deadline.
            now.saturating_add(COMMITTED_LOOK)
        }
    }

    fn sweep_closed(bucket: Bucket, id: InstructionId, now: Moment) {
        Expiries::<T>::remove(bucket, id);
        let Some(Instruction::Closed(closed)) = Instructions::<T>::get(id) else {
            return;
        };
        let kept_until = closed.kept_until(T::Retention::get());
        if now >= kept_until {
            Instructions::<T>::remove(id);
            Self::deposit_event(Event::Pruned { id });
        } else {
            Expiries::<T>::insert(Bucket::of(kept_until), id, ());
        }
    }
}

//! Executing, closing and cleaning up what is due, within the weight that a block has left.

use super::access::Act;
use crate::{Bucket, Config, Error, Event, Expiries, Instruction, Instructions, Open, Pallet, State, WeightInfo};
use polkadot_sdk::{
    frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter},
    sp_runtime::DispatchError,
};
use tandem_primitives::{Execution, InstructionId, Moment, Terms};

/// Time for which the sweep leaves an instruction alone that it could not close, in milliseconds.
pub(crate) const RETRY: Moment = 60_000;

/// Time between two looks at an instruction that another network decides, in milliseconds.
pub(crate) const COMMITTED_LOOK: Moment = 3_600_000;

impl<T: Config> Pallet<T> {
    /// Instant at which the sweep looks at a new instruction first: when something can settle that had to wait for it, and
    /// else when reservations must be in.
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

    /// Does what is due and prunes what is past its retention, the earliest first, while the meter lasts.
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

    /// True if there is nothing to do but to look again later: the other network decides, or it is before `reserve_by` and no
    /// tranche has formed.
    fn only_moves(open: &Open, now: Moment) -> bool {
        match open.state {
            State::Proposed | State::Matched => now < open.terms.reserve_by,
            State::Formed { .. } | State::Executing { .. } => false,
            State::Committed { .. } => true,
        }
    }

    /// Legs of which something may be paid out or returned. Of what nobody has reserved there is none, so that the sweep
    /// closes many of them in the time of one trade.
    fn legs_to_pay(open: &Open) -> u32 {
        let legs = match open.state {
            State::Proposed | State::Matched => open.legs.iter().filter(|leg| leg.reserved > 0).count(),
            State::Formed { .. } | State::Executing { .. } | State::Committed { .. } => open.legs.len(),
        };
        legs as u32
    }

    /// Does what is due of an open instruction, and says when the sweep comes back to it.
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

    /// Next instant at which something of an open instruction is due.
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

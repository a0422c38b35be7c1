//! Sweep of `on_idle`: settles, ends and removes what is due, with the weight that a block has left.

use super::access::Act;
use crate::{
    Bucket, Config, Error, Event, Expiries, Instruction, Instructions, Open, Pallet, State, SweptTo, WeightInfo,
};
use alloc::collections::BTreeMap;
use polkadot_sdk::{
    frame_support::{
        storage::{with_storage_layer, KeyPrefixIterator},
        traits::Get,
        weights::{Weight, WeightMeter},
    },
    sp_core::H256,
    sp_runtime::DispatchError,
};
use tandem_primitives::{Execution, InstructionId, Moment, ParticipantId, Terms};

/// Time, in milliseconds, after which the sweep comes back to an instruction for which it failed.
pub(crate) const RETRY: Moment = 60_000;

/// Time, in milliseconds, between two visits of the sweep to a committed instruction from its deadline on.
pub(crate) const COMMITTED_LOOK: Moment = 3_600_000;

/// Part of the sweep's weight in a block that one participant's instructions have, before those of others are served:
/// one of so many parts.
const SHARES: u64 = 16;

/// Second key of [`Expiries`]: the participant that instructed, and its instruction.
type Entry = (ParticipantId, InstructionId);

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

    /// Visits the instructions whose bucket has come until the meter has no weight left. Does what is due for open ones,
    /// and removes the records of closed ones after their retention.
    ///
    /// First those that no sweep has passed yet, of each participant no more than its share of the meter: whoever has
    /// thousands due at one time holds up nobody else. Then, with the rest, the earliest that were passed over.
    pub(crate) fn sweep(meter: &mut WeightMeter) {
        if meter.try_consume(Self::cursor_weight()).is_err() || Self::sweep_shares(meter) {
            return;
        }
        let mut due = Expiries::<T>::iter_keys();
        while meter.try_consume(T::WeightInfo::sweep_look()).is_ok() {
            let Some((bucket, entry)) = Self::next_due(&mut due) else {
                return SweptTo::<T>::kill();
            };
            if Self::visit(bucket, entry, meter).is_none() {
                return;
            }
        }
    }

    /// Weight of reading and writing [`SweptTo`], which the sweep does once in each block.
    pub(crate) fn cursor_weight() -> Weight {
        T::DbWeight::get().reads_writes(1, 1)
    }

    /// Visits what is due and was not passed yet, in order of time and within the shares of the participants. Returns
    /// true if nothing that is due is left; otherwise [`SweptTo`] is the last bucket that it has passed.
    fn sweep_shares(meter: &mut WeightMeter) -> bool {
        let share = meter.remaining().ref_time() / SHARES;
        let mut used = BTreeMap::<ParticipantId, u64>::new();
        let start = SweptTo::<T>::get();
        let (mut passed, mut current) = (start, start);
        let mut is_all = start.is_none();
        let mut due = match start {
            Some(bucket) => Self::entries_after(bucket, ParticipantId(u32::MAX)),
            None => Expiries::<T>::iter_keys(),
        };
        while meter.try_consume(T::WeightInfo::sweep_look()).is_ok() {
            let Some((bucket, entry)) = Self::next_due(&mut due) else {
                // The bucket that was begun is through, too.
                passed = current;
                if is_all {
                    return true;
                }
                break;
            };
            if current != Some(bucket) {
                passed = current;
                current = Some(bucket);
            }
            let taken = used.entry(entry.0).or_default();
            if *taken >= share {
                is_all = false;
                due = Self::entries_after(bucket, entry.0);
                continue;
            }
            let Some(cost) = Self::visit(bucket, entry, meter) else { break };
            *taken = taken.saturating_add(cost.ref_time());
        }
        if passed != start {
            SweptTo::<T>::set(passed);
        }
        false
    }

    /// Keys of [`Expiries`] in order, from the first one after those of the participant in this bucket.
    fn entries_after(bucket: Bucket, participant: ParticipantId) -> KeyPrefixIterator<(Bucket, Entry)> {
        // No instruction has this id, a hash.
        let last = (participant, InstructionId(H256::repeat_byte(0xff)));
        Expiries::<T>::iter_keys_from(Expiries::<T>::hashed_key_for(bucket, last))
    }

    fn next_due(keys: &mut KeyPrefixIterator<(Bucket, Entry)>) -> Option<(Bucket, Entry)> {
        keys.next().filter(|(bucket, _)| bucket.instant() <= Self::now())
    }

    /// Does what is due for the instruction of one entry, and moves the entry or removes it. Returns the weight of that,
    /// or `None`, and then nothing has changed, if the meter has less left.
    fn visit(bucket: Bucket, entry: Entry, meter: &mut WeightMeter) -> Option<Weight> {
        let (now, (participant, id)) = (Self::now(), entry);
        // Every expiry moves, or goes with its record.
        let moves = T::WeightInfo::sweep_prune();
        match Instructions::<T>::get(id) {
            Some(Instruction::Open(open)) => {
                let only_moves = Self::only_moves(&open, now);
                let expiry = T::WeightInfo::expire(Self::legs_to_pay(&open));
                let cost = if only_moves { moves } else { moves.saturating_add(expiry) };
                meter.try_consume(cost).ok()?;
                let again = if only_moves { Self::later(&open, now) } else { Self::sweep_open(id, open, now) };
                Expiries::<T>::remove(bucket, entry);
                Expiries::<T>::insert(Bucket::of(again), (participant, id), ());
                Some(cost)
            }
            Some(Instruction::Closed(_)) | None => {
                meter.try_consume(moves).ok()?;
                Self::sweep_closed(bucket, entry, now);
                Some(moves)
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

    fn sweep_closed(bucket: Bucket, entry: Entry, now: Moment) {
        let (_, id) = entry;
        Expiries::<T>::remove(bucket, entry);
        let Some(Instruction::Closed(closed)) = Instructions::<T>::get(id) else {
            return;
        };
        let kept_until = closed.kept_until(T::Retention::get());
        if now >= kept_until {
            Instructions::<T>::remove(id);
            Self::deposit_event(Event::Pruned { id });
        } else {
            Expiries::<T>::insert(Bucket::of(kept_until), entry, ());
        }
    }
}

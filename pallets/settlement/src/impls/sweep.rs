//! Cleaning up what is due, within the weight that a block has left.

use crate::{Bucket, Config, Error, Event, Expiries, Instruction, Instructions, Open, Pallet, State, WeightInfo};
use polkadot_sdk::{
    frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{InstructionId, Moment};

/// How long the sweep leaves an instruction alone that it could not close, or that another network decides, in
/// milliseconds.
const RETRY: Moment = 60_000;

impl<T: Config> Pallet<T> {
    /// Expires what is due and prunes what is past its retention, the earliest first, while the meter lasts.
    pub(crate) fn sweep(meter: &mut WeightMeter) {
        let now = Self::now();
        let mut due = Expiries::<T>::iter_keys();
        while meter.try_consume(T::WeightInfo::sweep_look()).is_ok() {
            let Some((bucket, id)) = due.next().filter(|(bucket, _)| bucket.instant() <= now) else {
                return;
            };
            let cost = match Instructions::<T>::get(id) {
                Some(Instruction::Open(open)) => {
                    // Its expiry moves, as that of a closed one does.
                    let cost =
                        T::WeightInfo::expire(open.legs.len() as u32).saturating_add(T::WeightInfo::sweep_prune());
                    if meter.try_consume(cost).is_err() {
                        return;
                    }
                    Self::sweep_open(bucket, id, open, now);
                    continue;
                }
                Some(Instruction::Closed(_)) | None => T::WeightInfo::sweep_prune(),
            };
            if meter.try_consume(cost).is_err() {
                return;
            }
            Self::sweep_closed(bucket, id, now);
        }
    }

    fn sweep_open(bucket: Bucket, id: InstructionId, open: Open, now: Moment) {
        let (reserve_by, deadline) = (open.terms.reserve_by, open.terms.deadline);
        // The other network decides: there is nothing to report, and no instant here ends it.
        let committed = matches!(open.state, State::Committed { .. });
        let expired = with_storage_layer(|| -> DispatchResult {
            let next = Self::expire_open(id, open, now)?;
            Instructions::<T>::insert(id, next);
            Ok(())
        });
        let nothing_new: DispatchError = Error::<T>::NotDue.into();
        let again = match expired {
            Err(error) if !committed && error != nothing_new => {
                Self::deposit_event(Event::SweepFailed { id, error });
                now.saturating_add(RETRY)
            }
            _ if now < reserve_by => reserve_by,
            _ if now < deadline => deadline,
            _ if committed => now.saturating_add(RETRY),
            _ => deadline.saturating_add(T::Retention::get()),
        };
        Expiries::<T>::remove(bucket, id);
        Expiries::<T>::insert(Bucket::of(again), id, ());
    }

    fn sweep_closed(bucket: Bucket, id: InstructionId, now: Moment) {
        Expiries::<T>::remove(bucket, id);
        let Some(Instruction::Closed(closed)) = Instructions::<T>::get(id) else {
            return;
        };
        // Saturating: an instant beyond the end of time only means that the record is kept.
        let kept_until = closed.deadline.saturating_add(T::Retention::get());
        if now >= kept_until {
            Instructions::<T>::remove(id);
            Self::deposit_event(Event::Pruned { id });
        } else {
            Expiries::<T>::insert(Bucket::of(kept_until), id, ());
        }
    }
}

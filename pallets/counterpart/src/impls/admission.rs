//! Calls that the pool refuses before they cost anything: oversized proofs, and proofs that somebody else has carried.

use crate::{Call, Config, Pallet, Payments, Records};
use tandem_primitives::{CounterpartState, HeldInstructions};

impl<T: Config> Pallet<T> {
    /// True if the call has a proof with more nodes or bytes than any proof needs: checking it would cost more than refusing it.
    pub fn is_oversized(call: &Call<T>) -> bool {
        match call {
            Call::deliver_by_proof { proof, .. }
            | Call::return_by_proof { proof, .. }
            | Call::instruct_by_proof { proof, .. }
            | Call::forget_by_proof { proof, .. } => T::State::is_oversized(proof),
            Call::open_counterpart { .. }
            | Call::close_counterpart {}
            | Call::set_halted { .. }
            | Call::block_header { .. }
            | Call::unblock_header { .. }
            | Call::block_headers_until { .. }
            | Call::commit { .. }
            | Call::governed_release { .. }
            | Call::complete_release { .. }
            | Call::reserve_ahead { .. }
            | Call::reserve { .. }
            | Call::execute { .. }
            | Call::refuse { .. }
            | Call::release { .. }
            | Call::expire { .. }
            | Call::__Ignore(..) => false,
        }
    }

    /// True if the call has no effect any more, because somebody else has carried the proof already.
    pub fn is_obsolete(call: &Call<T>) -> bool {
        match call {
            Call::deliver_by_proof { id, .. } | Call::return_by_proof { id, .. } => T::Held::committed(*id).is_none(),
            Call::instruct_by_proof { terms, instructing, tranche, .. } => Self::identify(terms, instructing)
                .is_ok_and(|id| {
                    let known = Payments::<T>::get(id)
                        .is_some_and(|payment| payment.tranche == *tranche && payment.commitment.is_some());
                    known || Records::<T>::contains_key((id, *tranche))
                }),
            Call::forget_by_proof { id, tranche, .. } => !Records::<T>::contains_key((*id, *tranche)),
            Call::open_counterpart { .. }
            | Call::close_counterpart {}
            | Call::set_halted { .. }
            | Call::block_header { .. }
            | Call::unblock_header { .. }
            | Call::block_headers_until { .. }
            | Call::commit { .. }
            | Call::governed_release { .. }
            | Call::complete_release { .. }
            | Call::reserve_ahead { .. }
            | Call::reserve { .. }
            | Call::execute { .. }
            | Call::refuse { .. }
            | Call::release { .. }
            | Call::expire { .. }
            | Call::__Ignore(..) => false,
        }
    }
}

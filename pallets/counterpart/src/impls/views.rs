//! What clients are told.

use crate::{Call, Config, Pallet, Payment, PaymentView, Payments, Records};
use alloc::vec::Vec;
use tandem_primitives::{
    share, AccountId, AssetId, Balance, BlockingReason, Controller, CounterpartState, Directory, HeldInstructions,
    InstructionId,
};

impl<T: Config> Pallet<T> {
    /// The payment that this chain has to decide, and what stands in its way.
    pub fn payment(id: InstructionId) -> Option<PaymentView> {
        let payment = Payments::<T>::get(id)?;
        let now = Self::now();
        let executable = payment.executable(now);
        let mut reasons = Self::blockers(&payment, now);
        if payment.commitment.is_none() {
            reasons.push(BlockingReason::NotCommitted);
        } else if payment.coverable().is_none() {
            reasons.push(BlockingReason::NoAllowedPart);
        } else if executable.is_none() {
            reasons.push(BlockingReason::NotBefore(payment.terms.partial_from));
        } else if payment.terms.two_networks.as_ref().is_some_and(|two| two.managed_by.is_some()) {
            reasons.push(BlockingReason::AwaitingManager);
        }
        Some(PaymentView { payment, executable, reasons })
    }

    /// What is reserved of the asset from this account on the deciding side. It reads every payment.
    pub fn reserved_by(account: &AccountId, asset: &AssetId) -> Balance {
        Self::held_where(asset, |from| T::Directory::current_account(from) == *account)
    }

    fn held_where(asset: &AssetId, counts: impl Fn(&AccountId) -> bool) -> Balance {
        // Saturating, because a sum above the supply is a fault that `try_state` reports, and no reason to stop.
        Payments::<T>::iter_values().fold(0, |total: Balance, payment| {
            Self::held_by(&payment, asset, &counts).into_iter().fold(total, Balance::saturating_add)
        })
    }

    fn held_by(payment: &Payment, asset: &AssetId, counts: impl Fn(&AccountId) -> bool) -> Vec<Balance> {
        let legs = payment.legs.iter().filter_map(|state| {
            let leg = payment.terms.legs.get(usize::from(state.leg.0))?;
            (leg.asset == *asset && counts(&leg.from)).then_some((leg, state))
        });
        legs.filter_map(|(leg, state)| share(leg.amount, payment.settled, state.reserved, payment.terms.lots)).collect()
    }

    /// Whether the call brings more than any proof needs: it would cost more to look at than to refuse.
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
            | Call::expire { .. }
            | Call::__Ignore(..) => false,
        }
    }

    /// Whether the call can do nothing any more: somebody else has carried the proof already.
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
            | Call::expire { .. }
            | Call::__Ignore(..) => false,
        }
    }
}

impl<T: Config> Controller for Pallet<T> {
    fn holds(asset: &AssetId) -> Balance {
        Self::held_where(asset, |_| true)
    }
}

//! Answers to clients, and the pallet's share of escrow.

use crate::{Config, Pallet, Payment, PaymentView, Payments};
use alloc::vec::Vec;
use tandem_primitives::{share, AccountId, AssetId, Balance, BlockingReason, Controller, Directory, InstructionId};

impl<T: Config> Pallet<T> {
    /// Payment that this chain has to decide, and the reasons that stand in its way.
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
        } else if payment.is_managed() {
            reasons.push(BlockingReason::AwaitingManager);
        }
        if payment.coverable().is_none() {
            reasons.extend(Self::asset_blockers(&payment));
        }
        Some(PaymentView { payment, executable, reasons })
    }

    /// Amounts reserved from this account on the deciding side, by asset, in one pass over the payments.
    pub fn reserved_by(account: &AccountId) -> Vec<(AssetId, Balance)> {
        let mut held: Vec<(AssetId, Balance)> = Vec::new();
        for payment in Payments::<T>::iter_values() {
            for state in &payment.legs {
                let Some(leg) = payment.terms.legs.get(usize::from(state.leg.0)) else { continue };
                let amount = share(leg.amount, payment.settled, state.reserved, payment.terms.lots).unwrap_or_default();
                if amount == 0 || T::Directory::current_account(&leg.from) != *account {
                    continue;
                }
                match held.iter_mut().find(|(asset, _)| *asset == leg.asset) {
                    // Saturating: parts of one supply, which fits.
                    Some((_, total)) => *total = total.saturating_add(amount),
                    None => held.push((leg.asset.clone(), amount)),
                }
            }
        }
        held
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
}

impl<T: Config> Controller for Pallet<T> {
    fn holds(asset: &AssetId) -> Balance {
        Self::held_where(asset, |_| true)
    }
}

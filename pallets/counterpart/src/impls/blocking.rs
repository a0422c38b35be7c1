//! Reasons that keep a payment from being executed or reserved now, and what a sanction allows the other payers.

use crate::{Config, Error, Pallet, Payment, PaymentLeg};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::DispatchResult,
};
use tandem_primitives::{AssetId, BlockingReason, Directory, Escrow, Leg, LegIndex, Lots, Moment, ParticipantId};

impl<T: Config> Pallet<T> {
    /// Reasons that keep what is committed and covered from being executed now.
    ///
    /// The status of an asset is none of them: what a receiver cannot take becomes its credit, so that no issuer decides
    /// by freezing whether a trade settles.
    pub(crate) fn blockers(payment: &Payment, now: Moment) -> Vec<BlockingReason> {
        let mut reasons = Vec::new();
        if now < payment.terms.settle_from {
            reasons.push(BlockingReason::NotBefore(payment.terms.settle_from));
        }
        if now >= payment.pay_deadline() {
            reasons.push(BlockingReason::PastDeadline);
        }
        reasons.extend(Self::sanctioned_parties(payment).into_iter().map(BlockingReason::Sanctioned));
        reasons
    }

    /// Legs on this chain with the terms of each.
    pub(crate) fn local(payment: &Payment) -> impl Iterator<Item = (&PaymentLeg, &Leg)> {
        payment.legs.iter().filter_map(move |state| Some((state, payment.terms.legs.get(usize::from(state.leg.0))?)))
    }

    /// Parties on this chain that are sanctioned now, each once.
    pub(crate) fn sanctioned_parties(payment: &Payment) -> Vec<ParticipantId> {
        let mut found = Vec::new();
        for (state, leg) in Self::local(payment) {
            for (account, owner) in [(&leg.from, state.giver), (&leg.to, state.receiver)] {
                if !found.contains(&owner) && T::Directory::is_sanctioned(account, owner) {
                    found.push(owner);
                }
            }
        }
        found
    }

    /// Fails while a party is sanctioned: nobody brings anything new into its trades.
    pub(crate) fn ensure_nobody_sanctioned(payment: &Payment) -> DispatchResult {
        ensure!(Self::sanctioned_parties(payment).is_empty(), Error::<T>::Blocked);
        Ok(())
    }

    /// True while the asset is on the list: nothing new is reserved in one that was taken off.
    fn is_listed(asset: &AssetId) -> bool {
        T::Directory::asset(asset).is_some_and(|terms| !terms.delisted)
    }

    /// Legs whose asset does not move now or is off the list. They keep lots from being reserved.
    pub(crate) fn asset_blockers(payment: &Payment) -> Vec<BlockingReason> {
        let stuck = |asset: &AssetId| !T::Escrow::is_live(asset) || !Self::is_listed(asset);
        let stuck = Self::local(payment).filter(|(_, leg)| stuck(&leg.asset));
        stuck.map(|(state, _)| BlockingReason::AssetNotLive(state.leg)).collect()
    }

    /// True if lots of this leg may be reserved, as far as the assets go: nobody pays on one leg what another payer, who
    /// has reserved, could not pay now. Whether the leg's own asset moves is found by the transfer.
    pub(crate) fn assets_allow(payment: &Payment, index: LegIndex) -> bool {
        Self::local(payment).all(|(state, leg)| match state.leg == index {
            true => Self::is_listed(&leg.asset),
            false => state.reserved == 0 || T::Escrow::is_live(&leg.asset) && Self::is_listed(&leg.asset),
        })
    }

    /// True if the sanction of another party lets this payer keep only `left` lots of a leg in reservation.
    ///
    /// What a known commitment covers stays: it is decided by the record or by its time. What a commitment that is on
    /// its way could cover goes when the sanction has lasted `SanctionGrace`, so that a short one gives the payer no
    /// choice that the deliverer has paid for. Whatever no commitment could cover goes at once.
    pub(crate) fn sanction_frees(payment: &Payment, payer: ParticipantId, left: Lots, now: Moment) -> bool {
        let sanctioned = Self::sanctioned_parties(payment);
        if sanctioned.is_empty() || sanctioned.contains(&payer) {
            return false;
        }
        if payment.commitment.is_some() {
            return payment.coverable().is_none_or(|formed| left >= formed);
        }
        let lasted = |participant: &ParticipantId| {
            let since = T::Directory::status_since(*participant);
            since.and_then(|since| since.checked_add(T::SanctionGrace::get())).is_some_and(|end| now >= end)
        };
        left >= payment.covered() || sanctioned.iter().any(lasted)
    }
}

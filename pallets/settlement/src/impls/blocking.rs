//! Reasons that block the settlement of a tranche, and the rights that a party's sanction gives to the other parties.

use crate::{Config, Error, Open, Pallet, State};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_runtime::DispatchResult,
};
use tandem_primitives::{AssetId, BlockingReason, Directory, Escrow, Execution, FlagKind, Moment, ParticipantId};

impl<T: Config> Pallet<T> {
    /// All reasons on this network for which a formed tranche cannot settle now: an instant, flags, sanctioned parties.
    ///
    /// The status of an asset is no such reason. An amount that the receiver cannot take becomes its credit, so that no
    /// issuer can stop a tranche by freezing the asset.
    pub(crate) fn blockers(open: &Open, now: Moment) -> Vec<BlockingReason> {
        let mut reasons = Vec::new();
        if now < open.terms.settle_from {
            reasons.push(BlockingReason::NotBefore(open.terms.settle_from));
        }
        if now >= open.terms.deadline {
            reasons.push(BlockingReason::PastDeadline);
        }
        reasons.extend(Self::holding_back(open, now).map(BlockingReason::Flagged));
        reasons.extend(Self::sanctioned_parties(open).into_iter().map(BlockingReason::Sanctioned));
        reasons
    }

    /// True while the asset is on the list of the registry. Nothing new is affirmed, reserved or committed in a
    /// delisted asset.
    pub(crate) fn is_listed(asset: &AssetId) -> bool {
        T::Directory::asset(asset).is_some_and(|terms| !terms.delisted)
    }

    /// Fails with `Blocked` if the asset of a leg of this network is delisted.
    pub(crate) fn ensure_all_listed(open: &Open) -> DispatchResult {
        ensure!(open.local().all(|(_, leg, _, _)| Self::is_listed(&leg.asset)), Error::<T>::Blocked);
        Ok(())
    }

    /// Legs of this network whose asset is frozen, being destroyed or delisted, as blocking reasons. Until that changes
    /// no lots are reserved `Exactly` or committed.
    pub(crate) fn asset_blockers(open: &Open) -> Vec<BlockingReason> {
        let stuck = |asset: &AssetId| !T::Escrow::is_live(asset) || !Self::is_listed(asset);
        let stuck = open.local().filter(|(_, leg, _, _)| stuck(&leg.asset));
        stuck.map(|(index, _, _, _)| BlockingReason::AssetNotLive(index)).collect()
    }

    /// Kinds of the flags that hold back settlement now. The flag of a manager no longer counts from `manager_by`, or
    /// when it is no active settlement manager.
    pub(crate) fn holding_back(open: &Open, now: Moment) -> impl Iterator<Item = FlagKind> + '_ {
        open.flags.iter().map(|flag| flag.kind).filter(move |kind| match kind {
            FlagKind::Party(_) | FlagKind::Operator | FlagKind::Authority => true,
            FlagKind::Independent(manager) => match &open.terms.execution {
                Execution::ByManager { manager_by, .. } => now < *manager_by && Self::manager(open) == Some(*manager),
                Execution::Immediate | Execution::OnToken | Execution::Hashlock { .. } => false,
            },
        })
    }

    /// Parties on this network that are sanctioned now, each participant once.
    pub(crate) fn sanctioned_parties(open: &Open) -> Vec<ParticipantId> {
        let mut found = Vec::new();
        for (_, leg, _, ends) in open.local() {
            for (account, owner) in [(&leg.from, ends.giver), (&leg.to, ends.receiver)] {
                if !found.contains(&owner) && T::Directory::is_sanctioned(account, owner) {
                    found.push(owner);
                }
            }
        }
        found
    }

    /// Fails with `Blocked` if anything blocks the settlement of a formed tranche now.
    pub(crate) fn ensure_unblocked(open: &Open, now: Moment) -> DispatchResult {
        ensure!(Self::blockers(open, now).is_empty(), Error::<T>::Blocked);
        Ok(())
    }

    /// Fails with `Blocked` while a party on this network is sanctioned: nothing new may begin in its trades.
    pub(crate) fn ensure_nobody_sanctioned(open: &Open) -> DispatchResult {
        ensure!(Self::sanctioned_parties(open).is_empty(), Error::<T>::Blocked);
        Ok(())
    }

    /// True if `party` may leave the trade without the consent of the others, because another party is sanctioned.
    ///
    /// While no tranche has formed it may leave at once; from a formed tranche once the sanction has lasted
    /// `SanctionGrace`; from an executing or committed tranche never.
    pub(crate) fn sanction_frees(open: &Open, party: ParticipantId, now: Moment) -> bool {
        let sanctioned = Self::sanctioned_parties(open);
        if sanctioned.is_empty() || sanctioned.contains(&party) {
            return false;
        }
        let formed_by_time = now >= open.terms.reserve_by && open.next_part() > 0;
        let lasted = |participant: &ParticipantId| {
            let since = T::Directory::status_since(*participant);
            since.and_then(|since| since.checked_add(T::SanctionGrace::get())).is_some_and(|end| now >= end)
        };
        match open.state {
            State::Proposed => true,
            State::Matched if !formed_by_time => true,
            State::Matched | State::Formed { .. } => sanctioned.iter().any(lasted),
            State::Executing { .. } | State::Committed { .. } => false,
        }
    }
}

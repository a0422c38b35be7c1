//! Reasons that keep a tranche from settling now.

use crate::{Config, Error, Open, Pallet};
use alloc::vec::Vec;
use polkadot_sdk::{frame_support::ensure, sp_runtime::DispatchResult};
use tandem_primitives::{BlockingReason, Directory, Escrow, Moment, ParticipantId};

impl<T: Config> Pallet<T> {
    /// Everything on this network that keeps a tranche from settling, or from being committed, now.
    pub(crate) fn blockers(open: &Open, now: Moment) -> Vec<BlockingReason> {
        let mut reasons = Vec::new();
        if now < open.terms.settle_from {
            reasons.push(BlockingReason::NotBefore(open.terms.settle_from));
        }
        if now >= open.terms.deadline {
            reasons.push(BlockingReason::PastDeadline);
        }
        reasons.extend(open.flags.iter().map(|flag| BlockingReason::Flagged(flag.kind)));
        for (index, leg, _, _) in open.local() {
            if !T::Escrow::is_live(&leg.asset) {
                reasons.push(BlockingReason::AssetNotLive(index));
            }
        }
        for participant in Self::sanctioned_parties(open) {
            reasons.push(BlockingReason::Sanctioned(participant));
        }
        reasons
    }

    /// The parties on this network that are sanctioned now, each once.
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

    /// Fails unless a formed tranche may settle now.
    pub(crate) fn ensure_unblocked(open: &Open, now: Moment) -> DispatchResult {
        ensure!(Self::blockers(open, now).is_empty(), Error::<T>::Blocked);
        Ok(())
    }
}

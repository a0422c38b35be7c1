//! Trades across two networks, on the holding network: committing a tranche, and applying the other network's decision.

use super::access::Act;
use crate::{policy::parts_of, Config, Error, Event, Instruction, Instructions, Open, Pallet, State, Step, WeightInfo};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{ensure, weights::Weight},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    token_id, AccountId, Commitment, Committed, Directory, Execution, HeldInstructions, InstructionId, Lots, Moment,
    Outcome, Standing, TakenBack, TokenStatus, TrancheIndex, VersionedTerms,
};

impl<T: Config> HeldInstructions for Pallet<T> {
    fn commit(who: &AccountId, id: InstructionId, lots: Option<Lots>) -> Result<Committed, DispatchError> {
        let signer = Self::active(who)?;
        let mut open = Self::load(id)?;
        ensure!(open.is_across(), Error::<T>::OneNetwork);
        let now = Self::now();
        let manages = Self::commits_as_manager(&signer, &open, now)?;
        Self::ensure_not_committed(&open)?;
        ensure!(open.state == State::Matched, Error::<T>::WrongState);
        ensure!(now < open.terms.reserve_by, Error::<T>::TooLate);
        Self::check_counterpart(&open.terms, now)?;
        let lots = Self::chosen_lots(&open, lots, manages, now)?;
        Self::ensure_unblocked(&open, now)?;
        ensure!(Self::asset_blockers(&open).is_empty(), Error::<T>::Blocked);
        Self::ensure_givers_active(&open)?;

        let said = Self::committed_as(&open, lots).ok_or(Error::<T>::OneNetwork)?;
        let (tranche, reference) = (open.tranche, open.terms.reference.clone());
        open.step(Step::Committed(lots)).ok_or(Error::<T>::WrongState)?;
        open.set_tokens(TokenStatus::Armed);
        open.end_requests();
        // What is left counts no longer, and nobody clears anything before the other network has decided.
        open.flags = Default::default();
        open.points.irrevocable = Some(Self::block());
        Instructions::<T>::insert(id, Instruction::Open(open));
        Self::deposit_event(Event::Committed { id, tranche, lots, by: who.clone(), reference });
        Ok(said)
    }

    fn committed(id: InstructionId) -> Option<(VersionedTerms, TrancheIndex)> {
        let (open, _) = Self::load_committed(id).ok()?;
        Some((open.terms, open.tranche))
    }

    fn all_committed() -> Vec<(InstructionId, Committed)> {
        let committed = |(id, instruction)| {
            let Instruction::Open(open) = instruction else { return None };
            let State::Committed { lots } = open.state else { return None };
            Self::committed_as(&open, lots).map(|said| (id, said))
        };
        Instructions::<T>::iter().filter_map(committed).collect()
    }

    fn legs(id: InstructionId) -> Option<u32> {
        Self::load(id).ok().map(|open| open.legs.len() as u32)
    }

    fn deliver(id: InstructionId, lots: Lots, by: Option<&AccountId>) -> DispatchResult {
        let (mut open, most) = Self::load_committed(id)?;
        let act = Act { id, by: by.cloned() };
        ensure!(lots <= most, Error::<T>::TooManyLots);
        ensure!(parts_of(&open).takes(lots), Error::<T>::PartNotAllowed);
        open.set_tokens(TokenStatus::Consumed);
        for (leg, _, _, _) in open.local() {
            let (token, reference) = (token_id(id, leg, open.tranche), open.terms.reference.clone());
            Self::deposit_event(Event::TokenProven { id, leg, token, by: act.by.clone(), reference });
        }
        // The other leg is paid: no status, flag or frozen asset stands in the way here, where a payout that cannot be
        // taken becomes a credit.
        let next = Self::settle_tranche(&act, open, lots, None)?;
        Instructions::<T>::insert(id, next);
        Ok(())
    }

    fn take_back(id: InstructionId, why: TakenBack, by: Option<&AccountId>) -> DispatchResult {
        let (open, _) = Self::load_committed(id)?;
        let outcome = match why {
            TakenBack::Rejected => Outcome::Rejected,
            TakenBack::TimedOut => Outcome::Expired,
            TakenBack::Released => Outcome::Released,
        };
        let next = Self::close(&Act { id, by: by.cloned() }, open, outcome)?;
        Instructions::<T>::insert(id, next);
        Ok(())
    }

    fn commit_weight(legs: u32) -> Weight {
        T::WeightInfo::commit(legs).saturating_add(Self::listing_check(legs))
    }

    fn deliver_weight(legs: u32) -> Weight {
        T::WeightInfo::deliver(legs)
    }

    fn take_back_weight(legs: u32) -> Weight {
        T::WeightInfo::take_back(legs)
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> tandem_primitives::benchmarking::SetUpHeld for Pallet<T> {
    fn hold() -> (AccountId, InstructionId) {
        crate::benchmarking::hold::<T>()
    }
}

impl<T: Config> Pallet<T> {
    /// Committed instruction with this id, and the maximum number of lots that the other network may execute. Fails
    /// with `NotCommitted` if no tranche is committed.
    fn load_committed(id: InstructionId) -> Result<(Open, Lots), DispatchError> {
        let open = Self::load(id)?;
        match open.state {
            State::Committed { lots } => Ok((open, lots)),
            State::Proposed | State::Matched | State::Formed { .. } | State::Executing { .. } => {
                Err(Error::<T>::NotCommitted.into())
            }
        }
    }

    /// Commitment of `lots` lots of the current tranche, with the terms, in the form in which the other network reads
    /// it; `None` if the trade is on one network.
    ///
    /// Equal for as long as the tranche is committed, because nobody can change its contents meanwhile.
    fn committed_as(open: &Open, lots: Lots) -> Option<Committed> {
        let commitment = Commitment {
            terms_hash: open.terms_hash,
            instructing: open.instructing.clone(),
            networks: open.terms.both_networks()?,
            settled: open.settled,
            lots,
            parts: parts_of(open),
        };
        Some(Committed { terms: open.terms.clone(), tranche: open.tranche, commitment })
    }

    /// True if the signer commits as the manager of the terms, false if as a party or its agent. Fails with
    /// `NotAuthorized` or `PartyNotActive` if it may not commit.
    fn commits_as_manager(signer: &Standing, open: &Open, now: Moment) -> Result<bool, DispatchError> {
        let by_parties = match &open.terms.execution {
            Execution::Immediate => true,
            Execution::ByManager { manager: _, manager_by } => now >= *manager_by,
            // Terms across two networks have neither.
            Execution::OnToken | Execution::Hashlock { .. } => false,
        };
        let manages = Self::manages(signer, open);
        ensure!(manages || by_parties && Self::speaks_for_a_party(signer, open), Error::<T>::NotAuthorized);
        ensure!(manages || Self::speaks_for_an_active_party(signer, open), Error::<T>::PartyNotActive);
        Ok(manages)
    }

    /// Fails with `PartyNotActive` unless the givers of all legs of this network are active. A commitment starts their
    /// delivery, whoever signs it.
    fn ensure_givers_active(open: &Open) -> DispatchResult {
        for (_, leg, _, _) in open.local() {
            let owner = T::Directory::standing(&T::Directory::current_account(&leg.from));
            ensure!(owner.is_some_and(|owner| owner.is_active()), Error::<T>::PartyNotActive);
        }
        Ok(())
    }

    /// Number of lots to commit: the `wanted` ones, or by default the largest part that every leg covers and all
    /// parties accept. A signer that is not the manager cannot want another number.
    fn chosen_lots(open: &Open, wanted: Option<Lots>, manages: bool, now: Moment) -> Result<Lots, DispatchError> {
        let covered = open.covered();
        let range = parts_of(open);
        let largest = range.largest(covered).ok_or(Error::<T>::PartNotAllowed)?;
        let lots = wanted.unwrap_or(largest);
        ensure!(lots <= covered, Error::<T>::TooManyLots);
        ensure!(range.takes(lots), Error::<T>::PartNotAllowed);
        if !manages {
            // A party has no choice, and a part has to wait for the instant that all have agreed.
            ensure!(lots == largest, Error::<T>::PartNotAllowed);
            ensure!(lots == open.remaining() || now >= open.terms.partial_from, Error::<T>::TooEarly);
        }
        Ok(lots)
    }
}

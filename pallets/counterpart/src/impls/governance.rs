//! Link to the counterpart, its halts and blocked headers, and the release of instructions that it leaves for good.

use crate::{
    BlockedHeaders, BlockedUntil, ClientChanges, Commitments, Config, CounterpartLink, Error, Event, Link, Pallet,
    PendingRelease, Releases,
};
use polkadot_sdk::{
    frame_support::{ensure, traits::Get},
    sp_core::H256,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, BlockNumber, Counterpart, CounterpartState, HeldInstructions, InstructionId, Moment, ProofFault,
    TakenBack, VersionedTerms,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_open(genesis: H256) -> DispatchResult {
        if let Some(link) = CounterpartLink::<T>::get() {
            ensure!(link.genesis == genesis, Error::<T>::CounterpartDiffers);
            ensure!(!link.open, Error::<T>::NothingChanges);
        }
        ensure!(genesis != Self::own_genesis(), Error::<T>::CounterpartDiffers);
        CounterpartLink::<T>::put(Link { genesis, open: true });
        Self::deposit_event(Event::Opened { genesis });
        Ok(())
    }

    pub(crate) fn do_close() -> DispatchResult {
        let link = CounterpartLink::<T>::get().filter(|link| link.open).ok_or(Error::<T>::CounterpartNotOpen)?;
        Self::close_link(link);
        Ok(())
    }

    fn close_link(link: Link) {
        CounterpartLink::<T>::put(Link { open: false, ..link });
        Self::deposit_event(Event::ClosedForNew { genesis: link.genesis });
    }

    pub(crate) fn do_block_header(header: H256) -> DispatchResult {
        BlockedHeaders::<T>::try_mutate(|blocked| {
            ensure!(!blocked.contains(&header), Error::<T>::AlreadyBlocked);
            blocked.try_push(header).map_err(|_| Error::<T>::TooManyBlocked)
        })?;
        Self::count_client_change();
        Self::deposit_event(Event::HeaderBlocked { header });
        Ok(())
    }

    pub(crate) fn do_unblock_header(header: H256) -> DispatchResult {
        BlockedHeaders::<T>::try_mutate(|blocked| {
            let before = blocked.len();
            blocked.retain(|known| *known != header);
            ensure!(blocked.len() < before, Error::<T>::NotBlocked);
            Ok::<(), Error<T>>(())
        })?;
        Self::count_client_change();
        Self::deposit_event(Event::HeaderUnblocked { header });
        Ok(())
    }

    /// The number blocks more headers than are blocked now.
    pub fn narrows(number: &Option<BlockNumber>) -> bool {
        match (BlockedUntil::<T>::get(), number) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(old), Some(new)) => *new > old,
        }
    }

    pub(crate) fn do_block_headers_until(now: Option<BlockNumber>) -> DispatchResult {
        let before = BlockedUntil::<T>::get();
        ensure!(before != now, Error::<T>::NothingChanges);
        BlockedUntil::<T>::set(now);
        Self::count_client_change();
        Self::deposit_event(Event::HeadersBlockedUntil { old: before, new: now });
        Ok(())
    }

    /// Counts a change of the light client. One that is halted or restricted cannot receive proofs, so that its silence must not
    /// count against the counterpart.
    pub(crate) fn count_client_change() {
        // Saturating: it is only compared with an earlier value, and a week has fewer blocks than 2^32.
        ClientChanges::<T>::mutate(|count| *count = count.saturating_add(1));
    }

    pub(crate) fn do_governed_release(id: InstructionId) -> DispatchResult {
        let (terms, _) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        // The silence of a halted client says nothing about the counterpart.
        ensure!(!T::State::is_halted(), Error::<T>::Proof(ProofFault::Halted));
        ensure!(Self::is_void(id) != Some(false), Error::<T>::AlreadyReleasing);
        let since = Self::now();
        let earliest = Self::earliest_release(since, &terms)?;
        let VersionedTerms::V1(terms) = terms;
        Releases::<T>::insert(
            id,
            PendingRelease { since, newest: T::State::newest(), client_changes: ClientChanges::<T>::get() },
        );
        Self::deposit_event(Event::ReleaseBegun { id, since, earliest, reference: terms.reference });
        if let Some(link) = CounterpartLink::<T>::get().filter(|link| link.open) {
            Self::close_link(link);
        }
        Ok(())
    }

    /// Earliest instant of a release: after the delay, and not before the pay deadline. A counterpart that comes back later
    /// finds, by its own clock, that it is too late to execute.
    fn earliest_release(since: Moment, terms: &VersionedTerms) -> Result<Moment, DispatchError> {
        let VersionedTerms::V1(terms) = terms;
        let pay_deadline = terms.two_networks.as_ref().map_or(0, |two| two.pay_deadline);
        let after = since.checked_add(T::ReleaseDelay::get()).ok_or(Error::<T>::ArithmeticFailure)?;
        Ok(after.max(pay_deadline))
    }

    /// True if the release that waits for this instruction is void; `None` if none waits.
    fn is_void(id: InstructionId) -> Option<bool> {
        let release = Releases::<T>::get(id)?;
        let silent = release.newest == T::State::newest()
            && !T::State::is_halted()
            && release.client_changes == ClientChanges::<T>::get();
        Some(!silent)
    }

    pub(crate) fn do_complete_release(who: AccountId, id: InstructionId) -> DispatchResult {
        Self::ensure_may_finish(&who)?;
        let void = Self::is_void(id).ok_or(Error::<T>::ReleaseNotFound)?;
        // A release goes with the commitment that it is of.
        let (terms, tranche) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let reference = {
            let VersionedTerms::V1(terms) = &terms;
            terms.reference.clone()
        };
        if void {
            Releases::<T>::remove(id);
            Self::deposit_event(Event::ReleaseVoided { id, by: who, reference });
            return Ok(());
        }
        let since = Releases::<T>::get(id).ok_or(Error::<T>::ReleaseNotFound)?.since;
        ensure!(Self::now() >= Self::earliest_release(since, &terms)?, Error::<T>::TooEarly);
        T::Held::take_back(id, TakenBack::Released, Some(&who))?;
        Commitments::<T>::remove((id, tranche));
        Releases::<T>::remove(id);
        Self::deposit_event(Event::ReleasedByGovernance { id, tranche, by: who, reference });
        Ok(())
    }
}

impl<T: Config> Counterpart for Pallet<T> {
    fn is_open_for(genesis: H256) -> bool {
        // A trade that begins while nothing can be proven could not end by a proof either.
        let is_followed = || !T::State::is_halted() && T::State::newest().is_some();
        CounterpartLink::<T>::get().is_some_and(|link| link.open && link.genesis == genesis) && is_followed()
    }

    fn min_settle_window() -> Moment {
        T::MinSettleWindow::get()
    }
}

#[cfg(feature = "runtime-benchmarks")]
impl<T: Config> tandem_primitives::benchmarking::SetUpCounterpart for Pallet<T> {
    fn open(genesis: H256) {
        use tandem_primitives::benchmarking::SetUpState;

        CounterpartLink::<T>::put(Link { genesis, open: true });
        T::BenchmarkHelper::know();
    }
}

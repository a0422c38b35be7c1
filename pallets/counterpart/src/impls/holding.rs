//! The holding side: committing, and following what the counterpart has decided.

use crate::{Commitments, Config, CounterpartLink, Error, Event, Pallet, ProofOf, Releases};
use polkadot_sdk::{
    frame_support::{ensure, traits::Time},
    frame_system::{self, pallet_prelude::BlockNumberFor},
    sp_core::H256,
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{
    AccountId, Committed, CounterpartState, Decision, Directory, HeldInstructions, InstructionId, Lots, Message,
    Moment, ProvenState, Record, Standing, TakenBack, TrancheIndex, Transport, VersionedMessage, VersionedTerms,
    RECORD_VERSION,
};

impl<T: Config> Pallet<T> {
    /// Consensus time.
    pub(crate) fn now() -> Moment {
        T::Time::now()
    }

    /// This chain's genesis hash.
    pub(crate) fn own_genesis() -> H256 {
        frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(0u32))
    }

    /// The signer's standing, if its participant is active.
    pub(crate) fn active(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.is_active(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// The signer's standing, for calls that only finish or take back what exists: suspended ones may make them.
    pub(crate) fn finishing(who: &AccountId) -> Result<Standing, DispatchError> {
        let standing = T::Directory::standing(who).ok_or(Error::<T>::NotAuthorized)?;
        ensure!(standing.may_finish(), Error::<T>::NotActive);
        Ok(standing)
    }

    /// Opens a proof, and makes sure that its state keeps records as this code reads them.
    pub(crate) fn open_proof(proof: ProofOf<T>) -> Result<<T::State as CounterpartState>::Reader, DispatchError> {
        let mut state = T::State::open(proof).map_err(Error::<T>::from)?;
        let version = state.record_version().map_err(Error::<T>::from)?;
        ensure!(version == Some(RECORD_VERSION), Error::<T>::OtherRecordVersion);
        Ok(state)
    }

    /// When it was that something was absent: by the counterpart's time, in the counterpart's state and no other chain's.
    pub(crate) fn absent_at(state: &mut impl ProvenState) -> Result<Moment, DispatchError> {
        let genesis = state.genesis().map_err(Error::<T>::from)?;
        ensure!(genesis == Self::counterpart_genesis()?, Error::<T>::OtherNetwork);
        Ok(state.now().map_err(Error::<T>::from)?)
    }

    pub(crate) fn do_commit(who: AccountId, id: InstructionId, lots: Option<Lots>) -> DispatchResult {
        let Committed { terms, tranche, commitment } = T::Held::commit(&who, id, lots)?;
        let reference = {
            let VersionedTerms::V1(terms) = &terms;
            terms.reference.clone()
        };
        Commitments::<T>::insert((id, tranche), &commitment);
        let message = Message::Committed { terms, tranche, commitment: commitment.clone() };
        // The record counts and not the message: a lane that takes none costs a proof and no asset.
        let sent = T::Transport::send(VersionedMessage::V1(message));
        Self::deposit_event(Event::Committed { id, tranche, commitment, sent, reference });
        Ok(())
    }

    pub(crate) fn do_deliver_by_proof(who: AccountId, id: InstructionId, proof: ProofOf<T>) -> DispatchResult {
        Self::finishing(&who)?;
        let (_, tranche) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let mut state = Self::open_proof(proof)?;
        let record = state.record(id, tranche).map_err(Error::<T>::from)?.ok_or(Error::<T>::RecordNotFound)?;
        state.close().map_err(Error::<T>::from)?;
        match record.decision {
            Decision::Executed { .. } => Self::follow(id, tranche, record),
            Decision::Rejected { .. } => Err(Error::<T>::RecordIsRejection.into()),
        }
    }

    pub(crate) fn do_return_by_proof(who: AccountId, id: InstructionId, proof: ProofOf<T>) -> DispatchResult {
        Self::finishing(&who)?;
        let (VersionedTerms::V1(terms), tranche) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let mut state = Self::open_proof(proof)?;
        match state.record(id, tranche).map_err(Error::<T>::from)? {
            Some(record) => {
                state.close().map_err(Error::<T>::from)?;
                match record.decision {
                    Decision::Executed { .. } => Err(Error::<T>::AlreadyExecuted.into()),
                    Decision::Rejected { .. } => Self::follow(id, tranche, record),
                }
            }
            None => {
                let proven_at = Self::absent_at(&mut state)?;
                state.close().map_err(Error::<T>::from)?;
                let pay_deadline = terms.two_networks.ok_or(Error::<T>::NotCommitted)?.pay_deadline;
                ensure!(proven_at >= pay_deadline, Error::<T>::NotTimedOut);
                T::Held::take_back(id, TakenBack::TimedOut)?;
                Self::end_commitment(id, tranche);
                Self::deposit_event(Event::ReturnedOnTimeout { id, tranche, proven_at });
                Ok(())
            }
        }
    }

    /// Does what the counterpart has decided, once: the commitment goes with it.
    pub(crate) fn follow(id: InstructionId, tranche: TrancheIndex, record: Record) -> DispatchResult {
        let commitment = Commitments::<T>::get((id, tranche)).ok_or(Error::<T>::NotCommitted)?;
        let (VersionedTerms::V1(terms), _) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let same = record.terms_hash == commitment.terms_hash
            && record.networks == commitment.networks
            && terms.two_networks.is_some_and(|two| two.pay_deadline == record.pay_deadline);
        ensure!(same, Error::<T>::RecordDiffers);
        match record.decision {
            Decision::Executed { lots } => {
                ensure!(commitment.allows(lots), Error::<T>::LotsNotAllowed);
                T::Held::deliver(id, lots)?;
                Self::deposit_event(Event::Delivered { id, tranche, old: commitment.settled, lots });
            }
            Decision::Rejected { reason } => {
                T::Held::take_back(id, TakenBack::Rejected)?;
                Self::deposit_event(Event::ReturnedOnRejection { id, tranche, reason });
            }
        }
        Self::end_commitment(id, tranche);
        Ok(())
    }

    /// Every way out of a commitment removes what was kept for it.
    fn end_commitment(id: InstructionId, tranche: TrancheIndex) {
        Commitments::<T>::remove((id, tranche));
        Releases::<T>::remove(id);
    }

    /// The counterpart's genesis, if this chain has one, open or not.
    pub(crate) fn counterpart_genesis() -> Result<H256, DispatchError> {
        CounterpartLink::<T>::get().map(|link| link.genesis).ok_or_else(|| Error::<T>::CounterpartNotOpen.into())
    }
}

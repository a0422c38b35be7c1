//! The holding side: commitments, and the decisions of the counterpart that end them.

use super::access::Act;
use crate::{Commitments, Config, Error, Event, Pallet, ProofOf, Releases};
use polkadot_sdk::{frame_support::ensure, sp_runtime::DispatchResult};
use tandem_primitives::{
    AccountId, Committed, Decision, HeldInstructions, InstructionId, Lots, Message, ProvenState, Record, TakenBack,
    TrancheIndex, Transport, VersionedMessage, VersionedTerms,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_commit(who: AccountId, id: InstructionId, lots: Option<Lots>) -> DispatchResult {
        let Committed { terms, tranche, commitment } = T::Held::commit(&who, id, lots)?;
        let reference = {
            let VersionedTerms::V1(terms) = &terms;
            terms.reference.clone()
        };
        Commitments::<T>::insert((id, tranche), &commitment);
        let message = Message::Committed { terms, tranche, commitment: commitment.clone() };
        // Only the record counts: if the lane does not take the message, a proof replaces it.
        let sent = T::Transport::send(VersionedMessage::V1(message));
        Self::deposit_event(Event::Committed { id, tranche, commitment, sent, by: who, reference });
        Ok(())
    }

    pub(crate) fn do_deliver_by_proof(who: AccountId, id: InstructionId, proof: ProofOf<T>) -> DispatchResult {
        Self::ensure_may_finish(&who)?;
        let (_, tranche) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let mut state = Self::open_proof(proof)?;
        let record = state.record(id, tranche).map_err(Error::<T>::from)?.ok_or(Error::<T>::RecordNotFound)?;
        state.close().map_err(Error::<T>::from)?;
        match record.decision {
            Decision::Executed { .. } => Self::follow(&Act::of(id, &who), tranche, record),
            Decision::Rejected { .. } => Err(Error::<T>::RecordIsRejection.into()),
        }
    }

    pub(crate) fn do_return_by_proof(who: AccountId, id: InstructionId, proof: ProofOf<T>) -> DispatchResult {
        Self::ensure_may_finish(&who)?;
        let (VersionedTerms::V1(terms), tranche) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let mut state = Self::open_proof(proof)?;
        match state.record(id, tranche).map_err(Error::<T>::from)? {
            Some(record) => {
                state.close().map_err(Error::<T>::from)?;
                match record.decision {
                    Decision::Executed { .. } => Err(Error::<T>::AlreadyExecuted.into()),
                    Decision::Rejected { .. } => Self::follow(&Act::of(id, &who), tranche, record),
                }
            }
            None => {
                let proven_at = Self::time_of_absence(&mut state)?;
                state.close().map_err(Error::<T>::from)?;
                let pay_deadline = terms.two_networks.as_ref().ok_or(Error::<T>::NotCommitted)?.pay_deadline;
                ensure!(proven_at >= pay_deadline, Error::<T>::NotTimedOut);
                T::Held::take_back(id, TakenBack::TimedOut, Some(&who))?;
                Self::end_commitment(id, tranche);
                let (by, reference) = (who, terms.reference);
                Self::deposit_event(Event::ReturnedOnTimeout { id, tranche, proven_at, by, reference });
                Ok(())
            }
        }
    }

    /// Applies the decision of the counterpart, once: the commitment goes with it.
    pub(crate) fn follow(act: &Act, tranche: TrancheIndex, record: Record) -> DispatchResult {
        let (id, by) = (act.id, act.by.clone());
        let commitment = Commitments::<T>::get((id, tranche)).ok_or(Error::<T>::NotCommitted)?;
        let (VersionedTerms::V1(terms), _) = T::Held::committed(id).ok_or(Error::<T>::NotCommitted)?;
        let same = record.terms_hash == commitment.terms_hash
            && record.networks == commitment.networks
            && terms.two_networks.as_ref().is_some_and(|two| two.pay_deadline == record.pay_deadline);
        ensure!(same, Error::<T>::RecordDiffers);
        let reference = terms.reference;
        match record.decision {
            Decision::Executed { lots } => {
                ensure!(commitment.allows(lots), Error::<T>::LotsNotAllowed);
                T::Held::deliver(id, lots, by.as_ref())?;
                let old = commitment.settled;
                Self::deposit_event(Event::Delivered { id, tranche, old, lots, by, reference });
            }
            Decision::Rejected { reason } => {
                T::Held::take_back(id, TakenBack::Rejected, by.as_ref())?;
                Self::deposit_event(Event::ReturnedOnRejection { id, tranche, reason, by, reference });
            }
        }
        Self::end_commitment(id, tranche);
        Ok(())
    }

    /// Removes the commitment and its release, on every way out of it.
    fn end_commitment(id: InstructionId, tranche: TrancheIndex) {
        Commitments::<T>::remove((id, tranche));
        Releases::<T>::remove(id);
    }
}

//! Records: the decisions of this chain, each written once.

use super::access::Act;
use crate::{Config, Error, Event, Pallet, Records};
use polkadot_sdk::sp_runtime::{DispatchError, DispatchResult};
use tandem_primitives::{
    Decision, InstructionId, Message, Record, RejectReason, Terms, TermsHash, TrancheIndex, Transport,
    VersionedMessage, VersionedTerms,
};

impl<T: Config> Pallet<T> {
    /// Record of a decision about a tranche of these terms.
    pub(crate) fn record_of(terms: &Terms, terms_hash: TermsHash, decision: Decision) -> Result<Record, DispatchError> {
        let networks = terms.both_networks().ok_or(Error::<T>::OtherNetwork)?;
        let pay_deadline = terms.two_networks.as_ref().ok_or(Error::<T>::OtherNetwork)?.pay_deadline;
        Ok(Record { terms_hash, networks, pay_deadline, decision })
    }

    /// Writes a record, and sends it if the lane takes it; true if it did.
    pub(crate) fn write_record(id: InstructionId, tranche: TrancheIndex, record: Record) -> bool {
        Records::<T>::insert((id, tranche), record);
        T::Transport::send(VersionedMessage::V1(Message::Decided { id, tranche, record }))
    }

    /// Writes the decision that a committed tranche will never be executed.
    pub(crate) fn reject(
        act: &Act,
        tranche: TrancheIndex,
        versioned: VersionedTerms,
        reason: RejectReason,
    ) -> DispatchResult {
        let terms_hash = versioned.hash();
        let VersionedTerms::V1(terms) = versioned;
        let record = Self::record_of(&terms, terms_hash, Decision::Rejected { reason })?;
        let sent = Self::write_record(act.id, tranche, record);
        let (by, reference) = (act.by.clone(), terms.reference);
        Self::deposit_event(Event::Rejected { id: act.id, tranche, reason, sent, by, reference });
        Ok(())
    }
}

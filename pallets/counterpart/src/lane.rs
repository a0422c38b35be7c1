//! Messages of the ordinary lane. Each counts as a proof, because the lane's own pallet has proven it.

use crate::{impls::Act, Config, Error, Event, Pallet, WeightInfo};
use polkadot_sdk::{
    bp_messages::{
        target_chain::{DispatchMessage, MessageDispatch},
        HashedLaneId,
    },
    bp_runtime::messages::MessageDispatchResult,
    frame_support::{storage::with_storage_layer, weights::Weight},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{CounterpartState, Message, ProofFault, VersionedMessage, MAX_LEGS};

impl<T: Config> Pallet<T> {
    /// Maximum weight of any message.
    pub fn receive_weight() -> Weight {
        let decision = T::WeightInfo::receive_decision().saturating_add(Self::ending_weight(MAX_LEGS));
        T::WeightInfo::receive_commitment(MAX_LEGS).max(decision)
    }

    /// Applies a proven message, or fails without any change.
    pub(crate) fn receive(message: VersionedMessage) -> DispatchResult {
        let VersionedMessage::V1(message) = message;
        match message {
            Message::Committed { terms, tranche, commitment } => {
                let id = Self::identify(&terms, &commitment.instructing)?;
                Self::accept(&Act::unsigned(id), terms, tranche, commitment)
            }
            Message::Decided { id, tranche, record } => Self::follow(&Act::unsigned(id), tranche, record),
        }
    }

    /// Weight of a message that is about to be applied, by the legs of its trade. [`MessageDispatch::dispatch_weight`] knows
    /// no more than the message.
    fn actual_weight(message: &VersionedMessage) -> Weight {
        let VersionedMessage::V1(message) = message;
        match message {
            Message::Committed { terms, .. } => T::WeightInfo::receive_commitment(Self::legs_of(terms)),
            Message::Decided { id, .. } => match Self::legs_of_committed(*id) {
                Some(legs) => T::WeightInfo::receive_decision().saturating_add(Self::ending_weight(legs)),
                None => Self::early(),
            },
        }
    }
}

impl<T: Config> MessageDispatch for Pallet<T> {
    type DispatchPayload = VersionedMessage;
    type DispatchLevelResult = ();
    type LaneId = HashedLaneId;

    fn is_active(_lane: HashedLaneId) -> bool {
        !T::State::is_halted()
    }

    fn dispatch_weight(message: &mut DispatchMessage<VersionedMessage, HashedLaneId>) -> Weight {
        match &message.data.payload {
            Ok(VersionedMessage::V1(Message::Committed { terms, .. })) => {
                T::WeightInfo::receive_commitment(Self::legs_of(terms))
            }
            Ok(VersionedMessage::V1(Message::Decided { .. })) | Err(_) => Self::receive_weight(),
        }
    }

    fn dispatch(mut message: DispatchMessage<VersionedMessage, HashedLaneId>) -> MessageDispatchResult<()> {
        let declared = Self::dispatch_weight(&mut message);
        let actual = message.data.payload.as_ref().map_or_else(|_| Self::early(), Self::actual_weight);
        let done = with_storage_layer(|| match message.data.payload {
            Ok(message) => Self::receive(message),
            Err(_) => Err(DispatchError::from(Error::<T>::Proof(ProofFault::Undecodable))),
        });
        // A refused message must not stop the lane. Proofs repeat its content where that matters.
        if let Err(error) = done {
            Self::deposit_event(Event::MessageIgnored { error });
        }
        MessageDispatchResult { unspent_weight: declared.saturating_sub(actual), dispatch_level_result: () }
    }
}

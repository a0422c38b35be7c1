//! Messages of the ordinary lane. Each counts as a proof, because the lane's own pallet has proven it.

use crate::{Config, Error, Event, Pallet, WeightInfo};
use polkadot_sdk::{
    bp_messages::{
        target_chain::{DispatchMessage, MessageDispatch},
        HashedLaneId,
    },
    bp_runtime::messages::MessageDispatchResult,
    frame_support::{storage::with_storage_layer, weights::Weight},
    sp_runtime::{DispatchError, DispatchResult},
};
use tandem_primitives::{CounterpartState, HeldInstructions, Message, ProofFault, VersionedMessage, MAX_LEGS};

impl<T: Config> Pallet<T> {
    /// Maximum weight of any message.
    pub fn receive_weight() -> Weight {
        let ending = T::Held::deliver_weight(MAX_LEGS).max(T::Held::take_back_weight(MAX_LEGS));
        T::WeightInfo::receive_commitment(MAX_LEGS).max(T::WeightInfo::receive_decision().saturating_add(ending))
    }

    /// Applies a proven message, or fails without any change.
    pub(crate) fn receive(message: VersionedMessage) -> DispatchResult {
        let VersionedMessage::V1(message) = message;
        match message {
            Message::Committed { terms, tranche, commitment } => {
                let id = Self::identify(&terms, &commitment.instructing)?;
                Self::accept(id, terms, tranche, commitment)
            }
            Message::Decided { id, tranche, record } => Self::follow(id, tranche, record),
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

    fn dispatch(message: DispatchMessage<VersionedMessage, HashedLaneId>) -> MessageDispatchResult<()> {
        let done = with_storage_layer(|| match message.data.payload {
            Ok(message) => Self::receive(message),
            Err(_) => Err(DispatchError::from(Error::<T>::Proof(ProofFault::Undecodable))),
        });
        // A refused message must not stop the lane. Proofs repeat its content where that matters.
        if let Err(error) = done {
            Self::deposit_event(Event::MessageIgnored { error });
        }
        MessageDispatchResult { unspent_weight: Weight::zero(), dispatch_level_result: () }
    }
}

//! Makes the call for a task: exactly the keys that it needs, in one proof, against a header that the target knows.

use crate::{
    chain::{lane, At, Justified, Node, Trouble, MESSAGES},
    steps::{messages, Task},
};
use codec::{DecodeAll, Encode};
use polkadot_sdk::{
    bp_messages::{
        source_chain::FromBridgedChainMessagesDeliveryProof,
        storage_keys::{inbound_lane_data_key, message_key, outbound_lane_data_key},
        target_chain::{DispatchMessage, DispatchMessageData, FromBridgedChainMessagesProof, MessageDispatch},
        MessageKey, MessageNonce,
    },
    bp_runtime::Chain,
    frame_support::{
        dispatch::{DispatchClass, GetDispatchInfo},
        weights::Weight,
    },
    pallet_bridge_grandpa, pallet_bridge_messages,
    sp_runtime::Perbill,
};
use tandem_primitives::{keys, AccountId, HeaderProof, VersionedMessage};
use tandem_runtime::{
    configs::{RuntimeBlockWeights, TandemChain},
    Runtime, RuntimeCall,
};

/// Bytes of a transaction beside its call: signature, account, extensions.
const ENVELOPE: usize = 256;

/// The call that imports a header.
pub fn header(justified: Justified, set_id: u64) -> RuntimeCall {
    RuntimeCall::BridgeGrandpa(pallet_bridge_grandpa::Call::submit_finality_proof_ex {
        finality_target: Box::new(justified.header),
        justification: justified.justification,
        current_set_id: set_id,
        is_free_execution_expected: false,
    })
}

/// The call for a task, proven against the source's state at `at`. `account` is who carries it.
pub async fn call(task: &Task, source: &Node, at: At, account: &AccountId) -> Result<RuntimeCall, Trouble> {
    type Call = pallet_counterpart::Call<Runtime>;
    let proof = |keys: Vec<Vec<u8>>| async move {
        Ok::<_, Trouble>(HeaderProof { header: at.hash, nodes: source.prove(&keys, at.hash).await? })
    };
    let call = match task {
        Task::Confirm(state) => {
            let key = inbound_lane_data_key(MESSAGES, &lane()).0;
            let storage_proof = source.prove(&[key], at.hash).await?;
            let proof =
                FromBridgedChainMessagesDeliveryProof { bridged_header_hash: at.hash, storage_proof, lane: lane() };
            return Ok(RuntimeCall::BridgeMessages(pallet_bridge_messages::Call::receive_messages_delivery_proof {
                proof,
                relayers_state: state.clone(),
            }));
        }
        Task::Messages { first, last, with_state } => {
            return batch(source, at, account, *first, *last, *with_state).await
        }
        Task::Instruct((id, tranche)) => {
            let (terms, instructing) = source.terms(*id, at.hash).await?;
            let proof = proof(vec![keys::record_version(), keys::commitment(*id, *tranche)]).await?;
            Call::instruct_by_proof { terms, instructing, tranche: *tranche, proof }
        }
        Task::Deliver((id, tranche)) => {
            let proof = proof(vec![keys::record_version(), keys::record(*id, *tranche)]).await?;
            Call::deliver_by_proof { id: *id, proof }
        }
        Task::ReturnRejected((id, tranche)) => {
            let proof = proof(vec![keys::record_version(), keys::record(*id, *tranche)]).await?;
            Call::return_by_proof { id: *id, proof }
        }
        Task::ReturnTimedOut((id, tranche)) => {
            let proof =
                proof(vec![keys::record_version(), keys::record(*id, *tranche), keys::now(), keys::genesis()]).await?;
            Call::return_by_proof { id: *id, proof }
        }
        Task::Forget((id, tranche)) => {
            let proof =
                proof(vec![keys::record_version(), keys::commitment(*id, *tranche), keys::now(), keys::genesis()])
                    .await?;
            Call::forget_by_proof { id: *id, tranche: *tranche, proof }
        }
    };
    Ok(RuntimeCall::Counterpart(call))
}

/// As many messages as fit one transaction of the target's lane of proofs.
async fn batch(
    source: &Node,
    at: At,
    account: &AccountId,
    first: MessageNonce,
    last: MessageNonce,
    with_state: bool,
) -> Result<RuntimeCall, Trouble> {
    let keys: Vec<Vec<u8>> = (first..=last).map(|nonce| message_key(MESSAGES, lane(), nonce).0).collect();
    let payloads: Vec<Option<Vec<u8>>> = source.values(&keys, at.hash).await?;
    let weights: Vec<Weight> = (first..).zip(&payloads).map(|(nonce, payload)| weight_of(nonce, payload)).collect();
    let room = room();
    let mut count = messages::fitting(&weights, room.weight);
    loop {
        let end = first.saturating_add(MessageNonce::from(count)).saturating_sub(1);
        let taken = usize::try_from(count).unwrap_or(usize::MAX);
        let mut keys: Vec<Vec<u8>> = keys.iter().take(taken).cloned().collect();
        if with_state {
            keys.push(outbound_lane_data_key(MESSAGES, &lane()).0);
        }
        let proof = FromBridgedChainMessagesProof {
            bridged_header_hash: at.hash,
            storage_proof: source.prove(&keys, at.hash).await?,
            lane: lane(),
            nonces_start: first,
            nonces_end: end,
        };
        let call = RuntimeCall::BridgeMessages(pallet_bridge_messages::Call::receive_messages_proof {
            relayer_id_at_bridged_chain: account.clone(),
            proof: Box::new(proof),
            messages_count: count,
            dispatch_weight: weights.iter().take(taken).fold(Weight::zero(), |sum, each| sum.saturating_add(*each)),
        });
        if count == 1 || room.holds(&call) {
            return Ok(call);
        }
        count = count.saturating_sub(count.div_ceil(4)).max(1);
    }
}

/// Room for one transaction.
#[derive(Clone, Copy, Debug)]
struct Room {
    weight: Weight,
    bytes: u32,
}

impl Room {
    fn holds(self, call: &RuntimeCall) -> bool {
        let bytes = call.encoded_size().saturating_add(ENVELOPE);
        u32::try_from(bytes).is_ok_and(|bytes| bytes <= self.bytes)
            && call.get_dispatch_info().total_weight().all_lte(self.weight)
    }
}

/// Share of a block's lane of proofs that one transaction's call takes; the rest is for its signature and its extensions.
const OF_LANE: Perbill = Perbill::from_percent(90);

/// Room in the part of a block's lane of proofs that a participant with the role Gateway has. What is larger, or sent without
/// the role, is charged to the quota of the participant, which may refuse it.
fn room() -> Room {
    let share = <Runtime as pallet_participants::Config>::BlockShares::get().proof_gateway;
    let limits = RuntimeBlockWeights::get();
    let weight = limits.get(DispatchClass::Normal).max_total.unwrap_or(limits.max_block);
    Room {
        weight: Weight::from_parts(OF_LANE * (share * weight.ref_time()), weight.proof_size()),
        bytes: OF_LANE * (share * TandemChain::max_extrinsic_size()),
    }
}

/// Weight of dispatching a message, and a quarter more: the target may run a later runtime, in which it weighs more. One that
/// cannot be read is taken for the heaviest.
fn weight_of(nonce: MessageNonce, payload: &Option<Vec<u8>>) -> Weight {
    type Dispatch = <Runtime as pallet_bridge_messages::Config>::MessageDispatch;
    let key = MessageKey { lane_id: lane(), nonce };
    let payload = match payload {
        Some(bytes) => VersionedMessage::decode_all(&mut &bytes[..]),
        None => Err(codec::Error::from("nothing is stored")),
    };
    let weight = Dispatch::dispatch_weight(&mut DispatchMessage { key, data: DispatchMessageData { payload } });
    weight.saturating_add(weight.saturating_div(4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::testing::executed;
    use tandem_primitives::{InstructionId, Message, TrancheIndex};

    #[test]
    fn room_should_hold_several_of_the_heaviest_messages() {
        let each = weight_of(1, &None);
        assert!(each.ref_time() > 0);
        assert!(messages::fitting(&[each; 128], room().weight) > 2, "{each:?} of {:?}", room());
    }

    #[test]
    fn weight_of_should_not_exceed_that_of_the_heaviest_message() {
        let (id, record) = (InstructionId([1; 32].into()), executed(1));
        let decided = VersionedMessage::V1(Message::Decided { id, tranche: TrancheIndex(0), record });
        let weight = weight_of(1, &Some(decided.encode()));
        assert!(weight.ref_time() > 0 && weight.all_lte(weight_of(1, &None)), "{weight:?}");
    }
}

//! Makes the call for a task: exactly the keys that it needs, in one proof, against a header that the target knows.

use crate::{
    chain::{lane, At, Justified, Node, Trouble, MESSAGES},
    steps::{messages, Task},
};
use codec::Encode;
use polkadot_sdk::{
    bp_messages::{
        source_chain::FromBridgedChainMessagesDeliveryProof,
        storage_keys::{inbound_lane_data_key, message_key, outbound_lane_data_key},
        target_chain::{DispatchMessage, DispatchMessageData, FromBridgedChainMessagesProof, MessageDispatch},
        MessageKey, MessageNonce,
    },
    bp_runtime::Chain,
    frame_support::{dispatch::GetDispatchInfo, weights::Weight},
    pallet_bridge_grandpa, pallet_bridge_messages,
};
use tandem_primitives::{keys, AccountId, HeaderProof};
use tandem_runtime::{configs::TandemChain, Runtime, RuntimeCall};

/// What a transaction has beside its call, in bytes: signature, account, extensions.
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

/// As many messages as fit one transaction that leaves room in its block.
async fn batch(
    source: &Node,
    at: At,
    account: &AccountId,
    first: MessageNonce,
    last: MessageNonce,
    with_state: bool,
) -> Result<RuntimeCall, Trouble> {
    let each = weight_of_one();
    let limit = TandemChain::max_extrinsic_weight().saturating_div(2);
    let waiting = last.saturating_sub(first).saturating_add(1);
    let mut count = messages::fitting(waiting, each.ref_time(), limit.ref_time());
    loop {
        let end = first.saturating_add(count).saturating_sub(1);
        let mut keys: Vec<Vec<u8>> = (first..=end).map(|nonce| message_key(MESSAGES, lane(), nonce).0).collect();
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
            messages_count: u32::try_from(count).unwrap_or(u32::MAX),
            dispatch_weight: each.saturating_mul(count),
        });
        if count == 1 || fits(&call, limit) {
            return Ok(call);
        }
        count = (count / 2).max(1);
    }
}

/// Whether the call takes no more than this, and no more than half of the bytes that a transaction may have.
fn fits(call: &RuntimeCall, limit: Weight) -> bool {
    let bytes = call.encoded_size().saturating_add(ENVELOPE);
    let most = usize::try_from(TandemChain::max_extrinsic_size() / 2).unwrap_or(usize::MAX);
    bytes <= most && call.get_dispatch_info().total_weight().all_lte(limit)
}

/// What dispatching any message weighs: all are taken for the heaviest.
fn weight_of_one() -> Weight {
    type Dispatch = <Runtime as pallet_bridge_messages::Config>::MessageDispatch;
    let key = MessageKey { lane_id: lane(), nonce: 0 };
    let payload = Err(codec::Error::from("its payload is not looked at"));
    Dispatch::dispatch_weight(&mut DispatchMessage { key, data: DispatchMessageData { payload } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_of_one_should_leave_room_for_several_in_a_transaction() {
        let limit = TandemChain::max_extrinsic_weight().saturating_div(2);
        let each = weight_of_one();
        assert!(each.ref_time() > 0);
        assert!(messages::fitting(128, each.ref_time(), limit.ref_time()) > 1, "{each:?} of {limit:?}");
    }
}

//! Makes the call for a task: exactly the keys that it needs, in one proof, against a header that the target knows.

use crate::{
    steps::{messages, Task},
    views,
};
use polkadot_sdk::{
    bp_messages::{
        storage_keys::{inbound_lane_data_key, message_key, outbound_lane_data_key},
        MessageNonce,
    },
    sp_weights::Weight,
};
use tandem_client::{
    calls::{DeliveryProof, MessagesProof},
    weights::{self, MessageWeights, Room},
    BlockRef, Call, Chain, Error,
};
use tandem_primitives::{
    keys,
    lane::{self, PALLET},
    AccountId,
};

/// Carrier of proofs from one chain to another, and the account that signs.
pub struct Carrier<'a> {
    /// Chain whose state is proven.
    pub source: &'a Chain,
    /// Chain that takes the proofs, and weighs them.
    pub target: &'a Chain,
    /// Account that carries.
    pub account: &'a AccountId,
}

impl Carrier<'_> {
    /// Call for a task, proven against the source's state at `at`.
    pub async fn call(&self, task: &Task, at: BlockRef) -> Result<Call, Error> {
        let proof = |keys: Vec<Vec<u8>>| async move { self.source.header_proof(&keys, at.hash).await };
        Ok(match task {
            Task::Confirm(state) => {
                let key = inbound_lane_data_key(PALLET, &lane::id()).0;
                let storage_proof = self.source.prove(&[key], at.hash).await?;
                let proof = DeliveryProof { bridged_header_hash: at.hash, storage_proof, lane: lane::id() };
                Call::confirm_messages(&proof, state)
            }
            Task::Messages { first, last, with_state } => self.messages(at, *first, *last, *with_state).await?,
            Task::Instruct((id, tranche)) => {
                let (terms, instructing) = views::terms(self.source, *id, at.hash).await?;
                let proof = proof(vec![keys::record_version(), keys::commitment(*id, *tranche)]).await?;
                Call::instruct_by_proof(&terms, &instructing, *tranche, &proof)
            }
            Task::Deliver((id, tranche)) => {
                let proof = proof(vec![keys::record_version(), keys::record(*id, *tranche)]).await?;
                Call::deliver_by_proof(*id, &proof)
            }
            Task::ReturnRejected((id, tranche)) => {
                let proof = proof(vec![keys::record_version(), keys::record(*id, *tranche)]).await?;
                Call::return_by_proof(*id, &proof)
            }
            Task::ReturnTimedOut((id, tranche)) => {
                let keys = vec![keys::record_version(), keys::record(*id, *tranche), keys::now(), keys::genesis()];
                Call::return_by_proof(*id, &proof(keys).await?)
            }
            Task::Forget((id, tranche)) => {
                let keys = vec![keys::record_version(), keys::commitment(*id, *tranche), keys::now(), keys::genesis()];
                Call::forget_by_proof(*id, *tranche, &proof(keys).await?)
            }
        })
    }

    /// As many messages as fit one transaction of the target's lane of proofs.
    async fn messages(
        &self,
        at: BlockRef,
        first: MessageNonce,
        last: MessageNonce,
        with_state: bool,
    ) -> Result<Call, Error> {
        let keys: Vec<Vec<u8>> = (first..=last).map(|nonce| message_key(PALLET, lane::id(), nonce).0).collect();
        let payloads: Vec<Option<Vec<u8>>> = self.source.values(&keys, at.hash).await?;
        let mut of_messages = MessageWeights::default();
        let mut weights: Vec<Weight> = Vec::with_capacity(payloads.len());
        for payload in &payloads {
            weights.push(of_messages.of(self.target, payload).await?);
        }
        let room = Room::of(self.target)?;
        let mut count = messages::fitting(&weights, room.weight);
        loop {
            let end = first.saturating_add(MessageNonce::from(count)).saturating_sub(1);
            let taken = usize::try_from(count).unwrap_or(usize::MAX);
            let mut keys: Vec<Vec<u8>> = keys.iter().take(taken).cloned().collect();
            if with_state {
                keys.push(outbound_lane_data_key(PALLET, &lane::id()).0);
            }
            let proof = MessagesProof {
                bridged_header_hash: at.hash,
                storage_proof: self.source.prove(&keys, at.hash).await?,
                lane: lane::id(),
                nonces_start: first,
                nonces_end: end,
            };
            let weight = weights.iter().take(taken).fold(Weight::zero(), |sum, each| sum.saturating_add(*each));
            let call = Call::receive_messages(self.account, &proof, count, weight);
            let encoded = self.target.encode(&call)?;
            if count == 1 || room.holds(encoded.len(), weights::of_call(self.target, &encoded).await?) {
                return Ok(call);
            }
            count = count.saturating_sub(count.div_ceil(4)).max(1);
        }
    }
}

//! Reading a chain's state at a block, and proving it.

use super::node::{Node, Trouble};
use codec::{Decode, DecodeAll};
use polkadot_sdk::{
    bp_messages::HashedLaneId,
    sp_core::{Bytes, H256},
};
use subxt::rpcs::client::rpc_params;

/// The pallet under whose name both chains keep the lane.
pub const MESSAGES: &str = "BridgeMessages";

/// Number of keys that are asked for at a time.
const PAGE: u32 = 512;

/// Length of the prefix of a storage map.
const PREFIX: usize = 32;

/// Length of the hash before a key in a map that keeps keys after a hash of theirs.
pub const HASHED: usize = 16;

/// The lane between the two networks.
pub fn lane() -> HashedLaneId {
    tandem_runtime::configs::lane()
}

#[derive(serde::Deserialize)]
struct Changes {
    changes: Vec<(Bytes, Option<Bytes>)>,
}

#[derive(serde::Deserialize)]
struct ReadProof {
    at: H256,
    proof: Vec<Bytes>,
}

impl Node {
    /// The value under a key; `None` if nothing is stored.
    pub async fn value<T: Decode>(&self, key: &[u8], at: H256) -> Result<Option<T>, Trouble> {
        let found: Option<Bytes> = self.request("state_getStorage", rpc_params![Bytes(key.to_vec()), at]).await?;
        found.map(|bytes| self.decode(&bytes.0)).transpose()
    }

    /// The values under many keys, in their order.
    pub async fn values<T: Decode>(&self, keys: &[Vec<u8>], at: H256) -> Result<Vec<Option<T>>, Trouble> {
        let mut found = Vec::with_capacity(keys.len());
        for page in keys.chunks(PAGE as usize) {
            let asked: Vec<Bytes> = page.iter().cloned().map(Bytes).collect();
            let sets: Vec<Changes> = self.request("state_queryStorageAt", rpc_params![asked, at]).await?;
            let answers: std::collections::BTreeMap<Vec<u8>, Option<Bytes>> =
                sets.into_iter().flat_map(|set| set.changes).map(|(key, value)| (key.0, value)).collect();
            for key in page {
                let value = answers.get(key).and_then(Option::as_ref);
                found.push(value.map(|bytes| self.decode(&bytes.0)).transpose()?);
            }
        }
        Ok(found)
    }

    /// Everything in a map whose keys follow `hash` bytes of a hash of theirs.
    pub async fn map<K: Decode, V: Decode>(
        &self,
        prefix: [u8; PREFIX],
        hash: usize,
        at: H256,
    ) -> Result<Vec<(K, V)>, Trouble> {
        let mut found = Vec::new();
        let mut last: Option<Bytes> = None;
        loop {
            let params = rpc_params![Bytes(prefix.to_vec()), PAGE, last, at];
            let keys: Vec<Bytes> = self.request("state_getKeysPaged", params).await?;
            let Some(end) = keys.last().cloned() else { return Ok(found) };
            let keys: Vec<Vec<u8>> = keys.into_iter().map(|key| key.0).collect();
            let values: Vec<Option<V>> = self.values(&keys, at).await?;
            for (key, value) in keys.iter().zip(values) {
                let own = key.get(PREFIX.saturating_add(hash)..).unwrap_or_default();
                if let Some(value) = value {
                    found.push((self.decode(own)?, value));
                }
            }
            last = Some(end);
        }
    }

    /// The nodes of the state's trie that show these keys, and no others.
    pub async fn prove(&self, keys: &[Vec<u8>], at: H256) -> Result<Vec<Vec<u8>>, Trouble> {
        let asked: Vec<Bytes> = keys.iter().cloned().map(Bytes).collect();
        let proof: ReadProof = self.request("state_getReadProof", rpc_params![asked, at]).await?;
        if proof.at != at {
            return Err(self.passing("the node proved the state of another block"));
        }
        Ok(proof.proof.into_iter().map(|node| node.0).collect())
    }

    fn decode<T: Decode>(&self, bytes: &[u8]) -> Result<T, Trouble> {
        T::decode_all(&mut &*bytes)
            .map_err(|error| self.passing(&format!("what is stored is not of the expected type: {error}")))
    }
}

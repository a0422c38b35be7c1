//! Reading a chain's state at a block, and proving it.

use crate::{
    connection::Chain,
    error::Error,
    keys::{self, PREFIX},
};
use codec::{Decode, DecodeAll};
use polkadot_sdk::sp_core::{Bytes, H256};
use std::collections::BTreeMap;
use subxt::{ext::scale_decode::DecodeAsType, rpcs::client::rpc_params};
use tandem_primitives::{HeaderProof, Moment};

/// Number of keys that are asked for at a time.
const PAGE: u32 = 512;

#[derive(serde::Deserialize)]
struct Changes {
    changes: Vec<(Bytes, Option<Bytes>)>,
}

#[derive(serde::Deserialize)]
struct ReadProof {
    at: H256,
    proof: Vec<Bytes>,
}

impl Chain {
    /// Value under a key; `None` if nothing is stored.
    pub async fn value<T: Decode>(&self, key: &[u8], at: H256) -> Result<Option<T>, Error> {
        let found = self.encoded_value(key, at).await?;
        found.map(|bytes| self.decode(&bytes)).transpose()
    }

    /// Value under a key in its encoding; `None` if nothing is stored.
    pub async fn encoded_value(&self, key: &[u8], at: H256) -> Result<Option<Vec<u8>>, Error> {
        let found: Option<Bytes> = self.request("state_getStorage", rpc_params![Bytes(key.to_vec()), at]).await?;
        Ok(found.map(|bytes| bytes.0))
    }

    /// Value of a storage item under its hashed keys, decoded by the chain's metadata; `None` if nothing is stored.
    pub async fn described_value<T: DecodeAsType>(
        &self,
        pallet: &str,
        item: &str,
        hashed: &[u8],
        at: H256,
    ) -> Result<Option<T>, Error> {
        let found = self.encoded_value(&keys::entry(pallet, item, hashed), at).await?;
        found.map(|bytes| self.decode_described(pallet, item, &bytes)).transpose()
    }

    /// Values under many keys, in their order.
    pub async fn values<T: Decode>(&self, keys: &[Vec<u8>], at: H256) -> Result<Vec<Option<T>>, Error> {
        let found = self.encoded_values(keys, at).await?;
        found.into_iter().map(|value| value.map(|bytes| self.decode(&bytes)).transpose()).collect()
    }

    async fn encoded_values(&self, keys: &[Vec<u8>], at: H256) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let mut found = Vec::with_capacity(keys.len());
        for page in keys.chunks(PAGE as usize) {
            let asked: Vec<Bytes> = page.iter().cloned().map(Bytes).collect();
            let sets: Vec<Changes> = self.request("state_queryStorageAt", rpc_params![asked, at]).await?;
            let answers: BTreeMap<Vec<u8>, Option<Bytes>> =
                sets.into_iter().flat_map(|set| set.changes).map(|(key, value)| (key.0, value)).collect();
            found.extend(page.iter().map(|key| answers.get(key).and_then(Option::as_ref).map(|bytes| bytes.0.clone())));
        }
        Ok(found)
    }

    /// Everything in a map: each key after `hash` bytes of a hash, and the value.
    pub async fn map<K: Decode, V: Decode>(
        &self,
        pallet: &str,
        item: &str,
        hash: usize,
        at: H256,
    ) -> Result<Vec<(K, V)>, Error> {
        let entries = self.encoded_map(pallet, item, at).await?;
        let read = |(key, value): (Vec<u8>, Vec<u8>)| {
            Ok::<(K, V), Error>((self.decode(key.get(hash..).unwrap_or_default())?, self.decode(&value)?))
        };
        entries.into_iter().map(read).collect()
    }

    /// Everything in a map, with what follows the map's prefix in each key; values are decoded by the chain's metadata.
    pub async fn described_map<V: DecodeAsType>(
        &self,
        pallet: &str,
        item: &str,
        at: H256,
    ) -> Result<Vec<(Vec<u8>, V)>, Error> {
        let entries = self.encoded_map(pallet, item, at).await?;
        entries.into_iter().map(|(key, value)| Ok((key, self.decode_described(pallet, item, &value)?))).collect()
    }

    /// Everything in a map, in its encoding, with what follows the map's prefix in each key.
    pub async fn encoded_map(&self, pallet: &str, item: &str, at: H256) -> Result<Vec<(Vec<u8>, Vec<u8>)>, Error> {
        let prefix = keys::prefix(pallet, item);
        let mut found = Vec::new();
        let mut last: Option<Bytes> = None;
        loop {
            let params = rpc_params![Bytes(prefix.to_vec()), PAGE, last, at];
            let keys: Vec<Bytes> = self.request("state_getKeysPaged", params).await?;
            let Some(end) = keys.last().cloned() else { return Ok(found) };
            let keys: Vec<Vec<u8>> = keys.into_iter().map(|key| key.0).collect();
            let values = self.encoded_values(&keys, at).await?;
            for (key, value) in keys.iter().zip(values) {
                let own = key.get(PREFIX..).unwrap_or_default();
                found.extend(value.map(|value| (own.to_vec(), value)));
            }
            last = Some(end);
        }
    }

    /// Nodes of the state's trie that show these keys, and no others.
    pub async fn prove(&self, keys: &[Vec<u8>], at: H256) -> Result<Vec<Vec<u8>>, Error> {
        let asked: Vec<Bytes> = keys.iter().cloned().map(Bytes).collect();
        let proof: ReadProof = self.request("state_getReadProof", rpc_params![asked, at]).await?;
        if proof.at != at {
            return Err(self.transient("the node proved the state of another block"));
        }
        Ok(proof.proof.into_iter().map(|node| node.0).collect())
    }

    /// Proof of exactly these keys of the state at a block, for a light client that knows its header.
    pub async fn header_proof(&self, keys: &[Vec<u8>], at: H256) -> Result<HeaderProof, Error> {
        Ok(HeaderProof { header: at, nodes: self.prove(keys, at).await? })
    }

    /// Consensus time at a block, in milliseconds.
    pub async fn now(&self, at: H256) -> Result<Moment, Error> {
        let now: Option<Moment> = self.value(&keys::prefix("Timestamp", "Now"), at).await?;
        Ok(now.unwrap_or_default())
    }

    fn decode<T: Decode>(&self, bytes: &[u8]) -> Result<T, Error> {
        T::decode_all(&mut &*bytes)
            .map_err(|error| self.transient(&format!("what is stored is not of the expected type: {error}")))
    }

    fn decode_described<T: DecodeAsType>(&self, pallet: &str, item: &str, bytes: &[u8]) -> Result<T, Error> {
        let metadata = self.codec.metadata_ref();
        let entry = metadata
            .pallet_by_name(pallet)
            .and_then(|pallet| pallet.storage())
            .and_then(|storage| storage.entry_by_name(item))
            .ok_or_else(|| self.incompatible(&format!("it has no storage item {pallet}.{item}")))?;
        T::decode_as_type(&mut &*bytes, entry.value_ty(), metadata.types())
            .map_err(|error| self.transient(&format!("{pallet}.{item}: {error}")))
    }
}

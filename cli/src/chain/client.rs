//! One connection to one chain whose interface is exactly the one that this program was built for, though its runtime may be a
//! later one.

use super::trouble::{is_forgotten, Forgotten, Unreachable};
use crate::fault::fault;
use anyhow::{anyhow, Context};
use codec::{Decode, Encode};
use polkadot_sdk::{sp_core::H256, sp_io::hashing::twox_128};
use std::{sync::Arc, time::Duration};
use subxt::{
    config::{substrate::SpecVersionForRange, RpcConfigFor},
    ext::scale_decode::DecodeAsType,
    metadata::ArcMetadata,
    rpcs::{LegacyRpcMethods, RpcClient},
    Metadata, OfflineClient, OfflineClientAtBlock, SubstrateConfig,
};
use tandem_primitives::Moment;

/// The interface that this program was built for. `scripts/metadata` writes it, and a test compares it with the
/// runtime's. What is encoded for a chain is encoded by its own, once the two have been compared.
pub const METADATA: &[u8] = include_bytes!("../../../client/artifacts/tandem.scale");

/// What this program calls or reads: the rest of the interface may differ.
const PALLETS: [&str; 10] = [
    "System",
    "Timestamp",
    "Balances",
    "Assets",
    "Utility",
    "Participants",
    "Escrow",
    "Settlement",
    "Counterpart",
    "BridgeGrandpa",
];

/// The runtime API that it asks.
pub const API: &str = "SettlementApi";

const PATIENCE: Duration = Duration::from_secs(15);

/// A block that is known to exist.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct At {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: H256,
}

/// The head of `RuntimeVersion`, as far as it matters here.
#[derive(Debug, Decode)]
struct Version {
    name: String,
    _implementation: String,
    _authoring: u32,
    spec: u32,
    _implementation_version: u32,
    _apis: Vec<([u8; 8], u32)>,
    transaction: u32,
}

/// The native currency, as the chain's properties describe it.
#[derive(Clone, Debug)]
pub struct Native {
    /// Its code.
    pub symbol: String,
    /// Its decimals.
    pub decimals: u8,
}

/// A connection.
pub struct Chain {
    pub(super) url: String,
    pub(super) client: RpcClient,
    /// The methods of the node.
    pub rpc: LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>,
    /// What encodes and decodes by the chain's metadata.
    pub codec: OfflineClientAtBlock<SubstrateConfig>,
    /// The hash of the first block.
    pub genesis: H256,
    /// The native currency.
    pub native: Native,
}

/// The committed metadata.
pub fn committed() -> anyhow::Result<Metadata> {
    Metadata::decode_from(METADATA).map_err(|error| anyhow!("the committed metadata cannot be read: {error}"))
}

fn committed_version(metadata: &Metadata) -> anyhow::Result<Version> {
    let constant = metadata.pallet_by_name("System").and_then(|system| system.constant_by_name("Version"));
    let bytes = constant.context("the committed metadata has no version")?.value();
    Version::decode(&mut &*bytes).context("the committed metadata's version")
}

impl Chain {
    /// Connects to the node that `--url` names, and refuses any chain whose interface is another.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        Self::connect_as(url, "--url").await
    }

    /// The same, for the node that this option names.
    pub async fn connect_as(url: &str, option: &str) -> anyhow::Result<Self> {
        if !["ws://", "wss://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(fault(format!("{url}: is no address of a node; write one such as ws://127.0.0.1:9944")));
        }
        let unreachable =
            |reason: String| -> anyhow::Error { Unreachable::from_the_start(url, &reason, option).into() };
        let client = match tokio::time::timeout(PATIENCE, RpcClient::from_insecure_url(url)).await {
            Err(_) => return Err(unreachable("no connection within 15 seconds".to_owned())),
            Ok(Err(error)) => return Err(unreachable(innermost(&error))),
            Ok(Ok(client)) => client,
        };
        let rpc = LegacyRpcMethods::<RpcConfigFor<SubstrateConfig>>::new(client.clone());
        let metadata = committed()?;
        let known = committed_version(&metadata)?;
        let running = rpc.state_get_runtime_version(None).await.map_err(|error| unreachable(innermost(&error)))?;
        let name = running.other.get("specName").and_then(|name| name.as_str()).unwrap_or("an unnamed runtime");
        if name != known.name {
            return Err(fault(format!("{url}: the chain runs {name}, not {}; name another with {option}", known.name)));
        }
        if running.transaction_version != known.transaction {
            return Err(fault(format!(
                "{url}: the chain runs {name} {}.{} and this program was built for {}.{}; use the tandem of the chain's release",
                running.spec_version, running.transaction_version, known.spec, known.transaction
            )));
        }
        let theirs = metadata_of(&rpc).await.map_err(|error| unreachable(error.to_string()))?;
        if interface(&theirs) != interface(&metadata) {
            return Err(fault(format!(
                "{url}: the chain's runtime {name} {} has another interface than the one this program was built for ({}); use \
                 the tandem of the chain's release",
                running.spec_version, known.spec
            )));
        }
        let genesis = H256(rpc.genesis_hash().await.map_err(|error| unreachable(innermost(&error)))?.0);
        let properties = rpc.system_properties().await.map_err(|error| unreachable(innermost(&error)))?;
        let native = Native {
            symbol: properties.get("tokenSymbol").and_then(|symbol| symbol.as_str()).unwrap_or("UNIT").to_owned(),
            decimals: properties
                .get("tokenDecimals")
                .and_then(|decimals| decimals.as_u64())
                .and_then(|decimals| u8::try_from(decimals).ok())
                .unwrap_or(0),
        };
        // Its own, because events of other pallets may be new, and because every signature covers its version.
        let codec = offline(theirs, running.spec_version, running.transaction_version, genesis)?;
        Ok(Self { url: url.to_owned(), client, rpc, codec, genesis, native })
    }

    /// The metadata, shared.
    pub fn metadata(&self) -> ArcMetadata {
        self.codec.metadata()
    }

    /// The sentence for a node that has gone away, or has dropped what it was asked for.
    pub(super) fn lost(&self, error: &subxt::rpcs::Error) -> anyhow::Error {
        if is_forgotten(error) {
            return Forgotten::at(&self.url).into();
        }
        Unreachable::since(&self.url, &innermost(error)).into()
    }

    /// The sentence for a chain whose runtime is another by now: what is signed for the one before is not valid.
    pub(super) fn upgraded(&self) -> anyhow::Error {
        fault(format!(
            "{}: the chain has upgraded its runtime; run the same command again, which goes on where it was",
            self.url
        ))
    }

    /// The best block now.
    pub async fn best(&self) -> anyhow::Result<At> {
        let hash = self.rpc.chain_get_block_hash(None).await.map_err(|error| self.lost(&error))?;
        let hash = hash.context("the node has no best block")?;
        self.at(H256(hash.0)).await
    }

    /// The last final block now.
    pub async fn finalized(&self) -> anyhow::Result<At> {
        let hash = self.rpc.chain_get_finalized_head().await.map_err(|error| self.lost(&error))?;
        self.at(H256(hash.0)).await
    }

    /// The block with this hash.
    pub async fn at(&self, hash: H256) -> anyhow::Result<At> {
        Ok(At { number: self.header(hash).await?.0, hash })
    }

    /// The number of a block, and its parent.
    pub async fn header(&self, hash: H256) -> anyhow::Result<(u64, H256)> {
        let header = self.rpc.chain_get_header(Some(hash.0.into())).await.map_err(|error| self.lost(&error))?;
        let header = header.with_context(|| format!("the node does not know block {hash:?}"))?;
        Ok((header.number, H256(header.parent_hash.0)))
    }

    /// The hash of the block with this number, if there is one on the best chain.
    pub async fn hash_of(&self, number: u32) -> anyhow::Result<Option<H256>> {
        let hash = self.rpc.chain_get_block_hash(Some(number.into())).await.map_err(|error| self.lost(&error))?;
        Ok(hash.map(|hash| H256(hash.0)))
    }

    /// Consensus time at a block, in milliseconds.
    pub async fn now(&self, at: H256) -> anyhow::Result<Moment> {
        let now: Option<Moment> = self.fetch("Timestamp", "Now", &[], at).await?;
        Ok(now.unwrap_or_default())
    }

    /// Asks the runtime API.
    pub async fn ask<A: Encode, R: Decode>(&self, method: &str, arguments: A, at: H256) -> anyhow::Result<R> {
        let bytes = self
            .rpc
            .state_call(&format!("{API}_{method}"), Some(&arguments.encode()), Some(at.0.into()))
            .await
            .map_err(|error| self.lost(&error))?;
        R::decode(&mut &bytes[..]).with_context(|| format!("the answer of {API}.{method}"))
    }

    /// A constant of a pallet.
    pub fn constant<T: DecodeAsType>(&self, pallet: &str, name: &str) -> anyhow::Result<T> {
        let metadata = self.codec.metadata_ref();
        let constant = metadata.pallet_by_name(pallet).and_then(|pallet| pallet.constant_by_name(name));
        let constant = constant.with_context(|| format!("the metadata has no constant {pallet}.{name}"))?;
        T::decode_as_type(&mut constant.value(), constant.ty(), metadata.types())
            .map_err(|error| anyhow!("constant {pallet}.{name}: {error}"))
    }

    /// The value under a key, whose hashed parts are given; `None` if nothing is stored.
    pub async fn fetch<T: DecodeAsType>(
        &self,
        pallet: &str,
        item: &str,
        key: &[u8],
        at: H256,
    ) -> anyhow::Result<Option<T>> {
        let key = [&prefix(pallet, item)[..], key].concat();
        let found = self.rpc.state_get_storage(&key, Some(at.0.into())).await.map_err(|error| self.lost(&error))?;
        found.map(|bytes| self.decode(pallet, item, &bytes)).transpose()
    }

    /// The same, for a value whose type the runtime is compiled with.
    pub async fn read<T: Decode>(&self, pallet: &str, item: &str, key: &[u8], at: H256) -> anyhow::Result<Option<T>> {
        let key = [&prefix(pallet, item)[..], key].concat();
        let found = self.rpc.state_get_storage(&key, Some(at.0.into())).await.map_err(|error| self.lost(&error))?;
        found.map(|bytes| T::decode(&mut &bytes[..]).with_context(|| format!("{pallet}.{item}"))).transpose()
    }

    /// Everything under a storage map, with what follows the map's prefix in each key.
    pub async fn entries<T: DecodeAsType>(
        &self,
        pallet: &str,
        item: &str,
        at: H256,
    ) -> anyhow::Result<Vec<(Vec<u8>, T)>> {
        let found = self.encoded_entries(pallet, item, at).await?;
        found.into_iter().map(|(key, value)| Ok((key, self.decode(pallet, item, &value)?))).collect()
    }

    /// Entries of a storage map whose type the runtime is compiled with.
    pub async fn read_entries<T: Decode>(
        &self,
        pallet: &str,
        item: &str,
        at: H256,
    ) -> anyhow::Result<Vec<(Vec<u8>, T)>> {
        let found = self.encoded_entries(pallet, item, at).await?;
        let read = |bytes: Vec<u8>| T::decode(&mut &bytes[..]).with_context(|| format!("{pallet}.{item}"));
        found.into_iter().map(|(key, value)| Ok((key, read(value)?))).collect()
    }

    async fn encoded_entries(&self, pallet: &str, item: &str, at: H256) -> anyhow::Result<Vec<(Vec<u8>, Vec<u8>)>> {
        const PAGE: u32 = 512;
        let prefix = prefix(pallet, item);
        let block = Some(at.0.into());
        let mut found = Vec::new();
        let mut last: Option<Vec<u8>> = None;
        loop {
            let keys = self
                .rpc
                .state_get_keys_paged(&prefix, PAGE, last.as_deref(), block)
                .await
                .map_err(|error| self.lost(&error))?;
            let Some(end) = keys.last().cloned() else { break };
            let sets = self
                .rpc
                .state_query_storage_at(keys.iter().map(Vec::as_slice), block)
                .await
                .map_err(|error| self.lost(&error))?;
            for (key, value) in sets.into_iter().flat_map(|set| set.changes) {
                if let Some(value) = value {
                    let rest = key.0.get(prefix.len()..).unwrap_or_default().to_vec();
                    found.push((rest, value.0));
                }
            }
            last = Some(end);
        }
        Ok(found)
    }

    fn decode<T: DecodeAsType>(&self, pallet: &str, item: &str, bytes: &[u8]) -> anyhow::Result<T> {
        let metadata = self.codec.metadata_ref();
        let entry = metadata
            .pallet_by_name(pallet)
            .and_then(|pallet| pallet.storage())
            .and_then(|storage| storage.entry_by_name(item))
            .with_context(|| format!("the metadata has no storage {pallet}.{item}"))?;
        T::decode_as_type(&mut &*bytes, entry.value_ty(), metadata.types())
            .map_err(|error| anyhow!("{pallet}.{item}: {error}"))
    }
}

/// What encodes and decodes without a chain.
fn offline(
    metadata: Metadata,
    spec: u32,
    transaction: u32,
    genesis: H256,
) -> anyhow::Result<OfflineClientAtBlock<SubstrateConfig>> {
    let config = SubstrateConfig::builder()
        .set_genesis_hash(genesis.0.into())
        .set_metadata_for_spec_versions([(spec, Arc::new(metadata))])
        .set_spec_version_for_block_ranges([SpecVersionForRange {
            block_range: 0..u64::MAX,
            spec_version: spec,
            transaction_version: transaction,
        }])
        .build();
    OfflineClient::new_with_config(config).at_block(0u64).map_err(|error| anyhow!("the committed metadata: {error}"))
}

/// For tests: the codec of the committed metadata, without a chain.
#[cfg(test)]
pub fn codec_for_tests() -> anyhow::Result<OfflineClientAtBlock<SubstrateConfig>> {
    let metadata = committed()?;
    let version = committed_version(&metadata)?;
    offline(metadata, version.spec, version.transaction, H256::zero())
}

/// The chain's metadata, in the version in which ours is committed.
async fn metadata_of(rpc: &LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>) -> anyhow::Result<Metadata> {
    // After four bytes that say that it is metadata comes its version.
    let version = u32::from(*METADATA.get(4).context("the committed metadata is empty")?);
    let answer = rpc
        .state_call("Metadata_metadata_at_version", Some(&version.encode()), None)
        .await
        .map_err(|error| anyhow!(innermost(&error)))?;
    let bytes = Option::<Vec<u8>>::decode(&mut &answer[..])?
        .with_context(|| format!("its runtime has no metadata of version {version}"))?;
    Metadata::decode_from(&bytes).map_err(|error| anyhow!("its metadata cannot be read: {error}"))
}

/// A digest of everything that this program calls or reads.
pub fn interface(metadata: &Metadata) -> [u8; 32] {
    let apis = [API];
    metadata.hasher().only_these_pallets(&PALLETS).only_these_runtime_apis(&apis).ignore_custom_values().hash()
}

/// The storage prefix of a pallet's item.
pub(super) fn prefix(pallet: &str, item: &str) -> [u8; 32] {
    let mut key = [0; 32];
    let (first, second) = key.split_at_mut(16);
    first.copy_from_slice(&twox_128(pallet.as_bytes()));
    second.copy_from_slice(&twox_128(item.as_bytes()));
    key
}

/// What an error says at its root: the words of the operating system, or of the node.
pub fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut current = error;
    while let Some(source) = current.source() {
        current = source;
    }
    // The layers of the connection put their own names before what the next one says.
    let text = current.to_string();
    let text = text.rsplit("client error: ").next().unwrap_or_default();
    // It is the connection that begins again, not the node.
    if text.ends_with("restart required") {
        return "the connection was closed".to_owned();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_should_be_that_of_frame() {
        assert_eq!(
            hex::encode(prefix("System", "Events")),
            "26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7"
        );
    }

    #[test]
    fn committed_metadata_should_have_what_is_called_and_read() {
        let metadata = committed().unwrap();
        for pallet in PALLETS {
            assert!(metadata.pallet_by_name(pallet).is_some(), "{pallet}");
        }
        let api = metadata.runtime_api_trait_by_name(API).unwrap();
        for method in ["instruction", "blocking_reasons", "preview_tranche", "allegements", "positions", "finality"] {
            assert!(api.method_by_name(method).is_some(), "{method}");
        }
        assert_eq!(committed_version(&metadata).unwrap().name, "tandem");
    }
}

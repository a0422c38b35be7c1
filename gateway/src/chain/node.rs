//! The connection, and the refusal of a chain whose runtime this program was not built for.

use codec::Decode;
use polkadot_sdk::{
    sp_core::{Bytes, H256},
    sp_runtime::traits::Header as _,
};
use serde::de::DeserializeOwned;
use std::{fmt, sync::OnceLock, time::Duration};
use subxt::{
    rpcs::{
        client::{rpc_params, RpcParams, RpcSubscription},
        Error as RpcError, RpcClient,
    },
    Metadata,
};
use tandem_runtime::{Header, Runtime, VERSION};

/// Pallets that this program calls, reads or waits for. Of the others only calls, events and errors have to be the known
/// ones, since an event of theirs may stand before one that is waited for.
const PALLETS: [&str; 8] =
    ["System", "Timestamp", "Utility", "Participants", "Settlement", "Counterpart", "BridgeGrandpa", "BridgeMessages"];

/// The version of metadata that both sides are compared in.
const METADATA_VERSION: u32 = 15;

/// Longest time that a node may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// One of the two networks.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Side {
    /// Network that holds the securities.
    Asset,
    /// Network that holds the cash.
    Payment,
}

impl Side {
    /// Name of the network in labels and sentences.
    pub fn name(self) -> &'static str {
        match self {
            Side::Asset => "asset",
            Side::Payment => "payment",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Cause for which something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// No retry helps: the chain is not the one that this program is for, or the command is wrong.
    #[error("{0}")]
    Foreign(String),
    /// The node answers, and not as expected or that it cannot: later it may.
    #[error("{0}")]
    Passing(String),
    /// The node does not answer: the connection has to be made anew.
    #[error("{0}")]
    Lost(String),
}

/// Number and hash of a block.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct At {
    /// Number of the block.
    pub number: u32,
    /// Hash of the block.
    pub hash: H256,
}

impl From<&Header> for At {
    fn from(header: &Header) -> Self {
        Self { number: *header.number(), hash: header.hash() }
    }
}

/// A connection to a chain that runs this program's runtime, or one with the same interface.
pub struct Node {
    /// Network that the node belongs to.
    pub side: Side,
    /// The hash of its first block.
    pub genesis: H256,
    /// The number of the running code, which every signature covers.
    pub spec_version: u32,
    url: String,
    rpc: RpcClient,
}

/// Head of what `state_getRuntimeVersion` answers.
struct Running {
    name: String,
    spec: u32,
    transaction: u32,
}

impl Node {
    /// Connects, and refuses a runtime that this program was not built for.
    pub async fn connect(side: Side, url: &str) -> Result<Self, Trouble> {
        if !["ws://", "wss://"].iter().any(|scheme| url.starts_with(scheme)) {
            let sentence = format!("{url}: is no address of a node; write one such as ws://127.0.0.1:9944");
            return Err(Trouble::Foreign(sentence));
        }
        let rpc = match tokio::time::timeout(PATIENCE, RpcClient::from_insecure_url(url)).await {
            Err(_) => return Err(Trouble::Lost(format!("{url}: no connection within 15 seconds"))),
            Ok(Err(error)) => {
                return Err(Trouble::Lost(format!("{url}: the node does not answer ({})", innermost(&error))))
            }
            Ok(Ok(rpc)) => rpc,
        };
        Self::meet(side, url, rpc).await
    }

    /// Takes a connection that is made, and refuses a runtime that this program was not built for.
    pub(super) async fn meet(side: Side, url: &str, rpc: RpcClient) -> Result<Self, Trouble> {
        let mut node = Self { side, genesis: H256::zero(), spec_version: 0, url: url.to_owned(), rpc };
        let running = node.running().await?;
        if let Some(sentence) = foreign(&node.url, &running) {
            return Err(Trouble::Foreign(sentence));
        }
        let theirs = node.metadata().await?;
        if interface(&theirs) != known_interface() {
            return Err(Trouble::Foreign(format!(
                "{url}: the chain's runtime {} {} has another interface than the one this program was built for ({}); \
                 use the tandem-gateway of the chain's release",
                running.name, running.spec, VERSION.spec_version
            )));
        }
        node.spec_version = running.spec;
        let genesis: Option<H256> = node.request("chain_getBlockHash", rpc_params![0]).await?;
        node.genesis = genesis.ok_or_else(|| node.passing("the node has no first block"))?;
        Ok(node)
    }

    /// One that was met.
    #[cfg(test)]
    pub(super) fn stub(rpc: RpcClient) -> Self {
        Self {
            side: Side::Asset,
            genesis: H256::zero(),
            spec_version: VERSION.spec_version,
            url: "ws://asset".to_owned(),
            rpc,
        }
    }

    /// Fails once the chain runs other code than when this connection was made. The next connection compares the
    /// interface again, and signs for the new code or gives up.
    pub async fn check_unchanged(&self) -> Result<(), Trouble> {
        let running = self.running().await?;
        if running.spec != self.spec_version {
            return Err(self.passing(&format!("the chain has upgraded its runtime to {}", running.spec)));
        }
        Ok(())
    }

    /// A sentence about this node that passes.
    pub fn passing(&self, what: &str) -> Trouble {
        Trouble::Passing(format!("{}: {what}", self.url))
    }

    /// Sorts an error of the connection: the node's own refusal, or no answer at all.
    pub fn trouble(&self, of: &str, error: &RpcError) -> Trouble {
        let sentence = format!("{}: {of}: {}", self.url, innermost(error));
        match error {
            RpcError::User(_) | RpcError::Deserialization(_) => Trouble::Passing(sentence),
            _ => Trouble::Lost(sentence),
        }
    }

    /// A sentence about this node for which there is no cure but another command.
    pub fn foreign(&self, what: &str) -> Trouble {
        Trouble::Foreign(format!("{}: {what}", self.url))
    }

    async fn running(&self) -> Result<Running, Trouble> {
        let answer: serde_json::Value = self.request("state_getRuntimeVersion", rpc_params![]).await?;
        let number = |field: &str| {
            let number = answer.get(field).and_then(serde_json::Value::as_u64);
            number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
        };
        Ok(Running {
            name: answer.get("specName").and_then(|name| name.as_str()).unwrap_or("an unnamed runtime").to_owned(),
            spec: number("specVersion"),
            transaction: number("transactionVersion"),
        })
    }

    async fn metadata(&self) -> Result<Metadata, Trouble> {
        let bytes: Option<Vec<u8>> = self.runtime_call("Metadata_metadata_at_version", &METADATA_VERSION, None).await?;
        let bytes = bytes.ok_or_else(|| {
            self.foreign(&format!("its runtime has no metadata of version {METADATA_VERSION}; name another chain"))
        })?;
        Metadata::decode_from(&bytes).map_err(|error| self.foreign(&format!("its metadata cannot be read: {error}")))
    }

    /// Asks the node, and waits for its answer.
    pub async fn request<T: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<T, Trouble> {
        match tokio::time::timeout(PATIENCE, self.rpc.request(method, params)).await {
            Err(_) => Err(Trouble::Lost(format!("{}: {method} is not answered within 15 seconds", self.url))),
            Ok(Err(error)) => Err(self.trouble(method, &error)),
            Ok(Ok(answer)) => Ok(answer),
        }
    }

    /// Subscribes to what the node tells.
    pub async fn subscribe<T: DeserializeOwned>(
        &self,
        method: &str,
        params: RpcParams,
        end: &str,
    ) -> Result<RpcSubscription<T>, RpcError> {
        self.rpc.subscribe(method, params, end).await
    }

    /// Calls the runtime's API at a block, or at the best one.
    pub async fn runtime_call<A: codec::Encode, T: Decode>(
        &self,
        method: &str,
        arguments: &A,
        at: Option<H256>,
    ) -> Result<T, Trouble> {
        self.runtime_call_raw(method, arguments.encode(), at).await
    }

    /// Calls the runtime's API with arguments that are encoded already.
    pub async fn runtime_call_raw<T: Decode>(
        &self,
        method: &str,
        arguments: Vec<u8>,
        at: Option<H256>,
    ) -> Result<T, Trouble> {
        let answer: Bytes = self.request("state_call", rpc_params![method, Bytes(arguments), at]).await?;
        T::decode(&mut &answer.0[..]).map_err(|error| self.passing(&format!("the answer of {method}: {error}")))
    }

    /// The header with this hash.
    pub async fn header(&self, hash: H256) -> Result<Header, Trouble> {
        let header: Option<Header> = self.request("chain_getHeader", rpc_params![hash]).await?;
        let header = header.ok_or_else(|| self.passing(&format!("the node does not know block {hash:?}")))?;
        if header.hash() != hash {
            return Err(self.passing(&format!("the node gave another header than {hash:?}")));
        }
        Ok(header)
    }

    /// The hash of the block with this number, of those that are final or on the best chain.
    pub async fn hash_of(&self, number: u32) -> Result<H256, Trouble> {
        let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![number]).await?;
        hash.ok_or_else(|| self.passing(&format!("the node has no block {number}")))
    }

    /// Best block of the node.
    pub async fn best(&self) -> Result<At, Trouble> {
        let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![]).await?;
        let hash = hash.ok_or_else(|| self.passing("the node has no best block"))?;
        Ok((&self.header(hash).await?).into())
    }

    /// The last final block.
    pub async fn finalized(&self) -> Result<At, Trouble> {
        let hash: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
        Ok((&self.header(hash).await?).into())
    }
}

/// The sentence for a chain with another runtime; `None` if name and encoding of transactions are the known ones.
fn foreign(url: &str, running: &Running) -> Option<String> {
    let Running { name, spec, transaction } = running;
    if *name != VERSION.spec_name {
        return Some(format!("{url}: the chain runs {name}, not {}; name another chain", VERSION.spec_name));
    }
    (*transaction != VERSION.transaction_version).then(|| {
        format!(
            "{url}: the chain runs {name} {spec}.{transaction} and this program was built for {}.{}; \
             use the tandem-gateway of the chain's release",
            VERSION.spec_version, VERSION.transaction_version
        )
    })
}

/// A digest of everything that this program calls or reads.
fn interface(metadata: &Metadata) -> Option<[u8; 32]> {
    if PALLETS.iter().any(|pallet| metadata.pallet_by_name(pallet).is_none()) {
        return None;
    }
    let apis: [&str; 0] = [];
    let mut hasher = metadata.hasher();
    Some(hasher.only_these_pallets(&PALLETS).only_these_runtime_apis(&apis).ignore_custom_values().hash())
}

/// Digest of the interface that this program was built with.
fn known_interface() -> Option<[u8; 32]> {
    static KNOWN: OnceLock<Option<[u8; 32]>> = OnceLock::new();
    *KNOWN.get_or_init(|| {
        let bytes = Runtime::metadata_at_version(METADATA_VERSION)?;
        interface(&Metadata::decode_from(&bytes[..]).ok()?)
    })
}

/// Innermost words of an error: those of the operating system, or of the node.
pub fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut current = error;
    while let Some(source) = current.source() {
        current = source;
    }
    // The layers of the connection put their own names before what the next one says.
    let text = current.to_string();
    let text = text.rsplit("client error: ").next().unwrap_or_default();
    // It is the connection that begins again, not the node.
    if text.ends_with("restart required") || text.contains("Error reason could not be found") {
        return "the connection was closed".to_owned();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::testing::Runs;

    fn running(name: &str, spec: u32, transaction: u32) -> Running {
        Running { name: name.to_owned(), spec, transaction }
    }

    #[test]
    fn foreign_should_name_what_differs_in_one_sentence() {
        let known = running("tandem", VERSION.spec_version, VERSION.transaction_version);
        assert_eq!(foreign("ws://a", &known), None);
        let other = foreign("ws://a", &running("polkadot", 1, 1)).unwrap();
        assert_eq!(other, "ws://a: the chain runs polkadot, not tandem; name another chain");
        let newer = running("tandem", VERSION.spec_version, VERSION.transaction_version + 1);
        assert!(foreign("ws://a", &newer).unwrap().contains("was built for"));
    }

    #[test]
    fn foreign_should_leave_a_later_code_to_the_comparison_of_interfaces() {
        let later = running("tandem", VERSION.spec_version + 1, VERSION.transaction_version);
        assert_eq!(foreign("ws://a", &later), None);
    }

    #[test]
    fn known_interface_should_have_every_pallet() {
        assert!(known_interface().is_some());
    }

    #[tokio::test]
    async fn meet_should_sign_for_a_later_code_with_the_same_interface() {
        let runs = Runs::default();
        let before = runs.meet().await.unwrap();
        assert_eq!(before.spec_version, VERSION.spec_version);
        before.check_unchanged().await.unwrap();
        runs.upgrade(VERSION.spec_version + 1);
        let Err(Trouble::Passing(sentence)) = before.check_unchanged().await else { panic!("it is not noticed") };
        assert!(sentence.ends_with(&format!("has upgraded its runtime to {}", VERSION.spec_version + 1)), "{sentence}");
        assert_eq!(runs.meet().await.unwrap().spec_version, VERSION.spec_version + 1);
    }

    #[tokio::test]
    async fn meet_should_refuse_a_later_code_with_another_interface() {
        let runs = Runs::default();
        runs.upgrade(VERSION.spec_version + 1);
        runs.rename("BridgeMessages", "BridgeMessagez");
        let Err(Trouble::Foreign(sentence)) = runs.meet().await else { panic!("it is taken") };
        let words = "has another interface than the one this program was built for";
        assert!(sentence.contains(words) && sentence.ends_with("use the tandem-gateway of the chain's release"));
    }
}

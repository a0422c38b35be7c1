//! Connection to a node of one chain, and the refusal of a chain that the program was not built for.

use crate::{
    error::Error,
    interface::{known_version, Interface, METADATA_VERSION},
};
use codec::{Decode, Encode};
use polkadot_sdk::{
    sp_core::{Bytes, H256},
    sp_runtime::{generic, traits::BlakeTwo256},
};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};
use subxt::{
    config::substrate::SpecVersionForRange,
    ext::scale_decode::DecodeAsType,
    metadata::{ArcMetadata, Metadata},
    rpcs::{
        client::{rpc_params, RpcParams, RpcSubscription},
        Error as RpcError, RpcClient, UserError,
    },
    OfflineClient, OfflineClientAtBlock, SubstrateConfig,
};

/// Header of a block of a Tandem chain.
pub type Header = generic::Header<u32, BlakeTwo256>;

/// Longest time that a node may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Number and hash of a block.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct BlockRef {
    /// Number of the block.
    pub number: u32,
    /// Hash of the block.
    pub hash: H256,
}

impl From<&Header> for BlockRef {
    fn from(header: &Header) -> Self {
        Self { number: header.number, hash: header.hash() }
    }
}

/// Connection to a chain whose interface is the one that the program was built for, as far as the program uses it.
pub struct Chain {
    /// Hash of the chain's first block.
    pub genesis: H256,
    /// Number of the running code, which every signature covers.
    pub spec_version: u32,
    /// Encoder and decoder by the chain's own metadata: calls and events that no program knows are no hindrance.
    pub codec: OfflineClientAtBlock<SubstrateConfig>,
    url: String,
    rpc: RpcClient,
}

/// Head of the answer to `state_getRuntimeVersion`.
struct Running {
    name: String,
    spec: u32,
    transaction: u32,
}

impl Chain {
    /// Connects to the first of these addresses that answers, and refuses a chain that the program was not built for.
    ///
    /// Several addresses have commas between them: nodes of one network, any of which will do.
    pub async fn connect(addresses: &str, interface: &Interface) -> Result<Self, Error> {
        let mut last = None;
        for url in addresses.split(',').map(str::trim).filter(|url| !url.is_empty()) {
            match Self::connect_to(url, interface).await {
                Err(Error::Disconnected(sentence)) => last = Some(Error::Disconnected(sentence)),
                found => return found,
            }
        }
        Err(last.unwrap_or_else(|| not_an_address(addresses)))
    }

    async fn connect_to(url: &str, interface: &Interface) -> Result<Self, Error> {
        if !["ws://", "wss://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(not_an_address(url));
        }
        let rpc = match tokio::time::timeout(PATIENCE, RpcClient::from_insecure_url(url)).await {
            Err(_) => return Err(Error::Disconnected(format!("{url}: no connection within 15 seconds"))),
            Ok(Err(error)) => {
                return Err(Error::Disconnected(format!("{url}: the node does not answer ({})", innermost(&error))))
            }
            Ok(Ok(rpc)) => rpc,
        };
        Self::meet(url, rpc, interface).await
    }

    /// Takes a connection that is made, and refuses a chain that the program was not built for.
    pub async fn meet(url: &str, rpc: RpcClient, interface: &Interface) -> Result<Self, Error> {
        let node = Node { url, rpc: &rpc };
        let running = node.running().await?;
        if let Some(sentence) = foreign(url, &running, interface.program) {
            return Err(Error::Incompatible(sentence));
        }
        let metadata = node.metadata().await?;
        let differences = interface.differences(&metadata);
        if !differences.is_empty() {
            return Err(Error::Incompatible(format!(
                "{url}: the chain's runtime {} {} has another interface than the one this program was built for ({}): {}; \
                 use the {} of the chain's release",
                running.name,
                running.spec,
                known_version().spec,
                differences.join(", "),
                interface.program
            )));
        }
        let genesis: Option<H256> = node.request("chain_getBlockHash", rpc_params![0]).await?;
        let genesis = genesis.ok_or_else(|| Error::Transient(format!("{url}: the node has no first block")))?;
        let codec = offline(metadata, &running, genesis)
            .map_err(|error| Error::Incompatible(format!("{url}: its metadata cannot be used: {error}")))?;
        Ok(Self { genesis, spec_version: running.spec, codec, url: url.to_owned(), rpc })
    }

    /// A chain of the known runtime, without the questions of a connection.
    #[cfg(any(test, feature = "testing"))]
    pub fn stub(rpc: RpcClient) -> Self {
        let known = known_version();
        let running = Running { name: known.name.clone(), spec: known.spec, transaction: known.transaction };
        let metadata = Metadata::decode_from(crate::METADATA).expect("a test reads the committed metadata; qed");
        let codec =
            offline(metadata, &running, H256::zero()).expect("its own version is the one that is asked for; qed");
        Self { genesis: H256::zero(), spec_version: running.spec, codec, url: "ws://asset".to_owned(), rpc }
    }

    /// Fails once the chain runs other code than when this connection was made. The next connection compares the
    /// interface again, and signs for the new code or gives up.
    pub async fn check_unchanged(&self) -> Result<(), Error> {
        let running = self.node().running().await?;
        if running.spec != self.spec_version {
            return Err(self.transient(&format!("the chain has upgraded its runtime to {}", running.spec)));
        }
        Ok(())
    }

    /// Address of the node.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Metadata of the chain.
    pub fn metadata(&self) -> ArcMetadata {
        self.codec.metadata()
    }

    /// Error about this node that passes.
    pub fn transient(&self, what: &str) -> Error {
        self.node().transient(what)
    }

    /// Error about this node for which there is no cure but another command.
    pub fn incompatible(&self, what: &str) -> Error {
        Error::Incompatible(format!("{}: {what}", self.url))
    }

    /// Sorts an error of the connection: the node's own refusal, or no answer at all.
    pub fn error(&self, of: &str, error: &RpcError) -> Error {
        self.node().error(of, error)
    }

    /// Asks the node, and waits for its answer.
    pub async fn request<T: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<T, Error> {
        self.node().request(method, params).await
    }

    /// Asks the node, and leaves its refusal as it is.
    pub(crate) async fn answer<T: DeserializeOwned>(
        &self,
        method: &str,
        params: RpcParams,
    ) -> Result<Result<T, UserError>, Error> {
        self.node().answer(method, params).await
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
    pub async fn runtime_call<A: Encode, T: Decode>(
        &self,
        method: &str,
        arguments: &A,
        at: Option<H256>,
    ) -> Result<T, Error> {
        self.runtime_call_raw(method, arguments.encode(), at).await
    }

    /// Calls the runtime's API with arguments that are encoded already.
    pub async fn runtime_call_raw<T: Decode>(
        &self,
        method: &str,
        arguments: Vec<u8>,
        at: Option<H256>,
    ) -> Result<T, Error> {
        self.node().runtime_call(method, arguments, at).await
    }

    /// Asks the runtime API about settlement at a block.
    pub async fn ask<A: Encode, T: Decode>(&self, method: &str, arguments: A, at: H256) -> Result<T, Error> {
        self.runtime_call(&format!("SettlementApi_{method}"), &arguments, Some(at)).await
    }

    /// Value of a constant of a pallet, decoded by the metadata.
    pub fn constant<T: DecodeAsType>(&self, pallet: &str, name: &str) -> Result<T, Error> {
        let metadata = self.codec.metadata_ref();
        let constant = metadata.pallet_by_name(pallet).and_then(|pallet| pallet.constant_by_name(name));
        let constant = constant.ok_or_else(|| self.incompatible(&format!("it has no constant {pallet}.{name}")))?;
        T::decode_as_type(&mut constant.value(), constant.ty(), metadata.types())
            .map_err(|error| self.incompatible(&format!("the constant {pallet}.{name}: {error}")))
    }

    /// Header with this hash.
    pub async fn header(&self, hash: H256) -> Result<Header, Error> {
        let header: Option<Header> = self.request("chain_getHeader", rpc_params![hash]).await?;
        let header = header.ok_or_else(|| self.transient(&format!("the node does not know block {hash:?}")))?;
        if header.hash() != hash {
            return Err(self.transient(&format!("the node gave another header than {hash:?}")));
        }
        Ok(header)
    }

    /// Hash of the block with this number, of those that are final or on the best chain.
    pub async fn hash_of(&self, number: u32) -> Result<H256, Error> {
        let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![number]).await?;
        hash.ok_or_else(|| self.transient(&format!("the node has no block {number}")))
    }

    /// Best block of the node.
    pub async fn best(&self) -> Result<BlockRef, Error> {
        let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![]).await?;
        let hash = hash.ok_or_else(|| self.transient("the node has no best block"))?;
        Ok((&self.header(hash).await?).into())
    }

    /// Last final block of the node.
    pub async fn finalized(&self) -> Result<BlockRef, Error> {
        let hash: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
        Ok((&self.header(hash).await?).into())
    }

    fn node(&self) -> Node<'_> {
        Node { url: &self.url, rpc: &self.rpc }
    }
}

/// A node that answers, before its chain is known to be the right one.
struct Node<'a> {
    url: &'a str,
    rpc: &'a RpcClient,
}

impl Node<'_> {
    fn transient(&self, what: &str) -> Error {
        Error::Transient(format!("{}: {what}", self.url))
    }

    fn error(&self, of: &str, error: &RpcError) -> Error {
        let reason = innermost(error);
        match error {
            RpcError::User(refusal) if refusal.message.contains("State already discarded") => Error::Pruned(format!(
                "{}: the node does not keep the state of so old a block; name one that keeps all states \
                 (--state-pruning archive-canonical)",
                self.url
            )),
            RpcError::User(_) | RpcError::Deserialization(_) => {
                Error::Transient(format!("{}: {of}: {reason}", self.url))
            }
            _ => Error::Disconnected(format!("{}: the node stopped answering ({reason})", self.url)),
        }
    }

    async fn request<T: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<T, Error> {
        self.answer(method, params).await?.map_err(|refusal| self.error(method, &RpcError::User(refusal)))
    }

    async fn answer<T: DeserializeOwned>(
        &self,
        method: &str,
        params: RpcParams,
    ) -> Result<Result<T, UserError>, Error> {
        match tokio::time::timeout(PATIENCE, self.rpc.request(method, params)).await {
            Err(_) => Err(Error::Disconnected(format!(
                "{}: the node stopped answering ({method} takes more than 15 seconds)",
                self.url
            ))),
            Ok(Err(RpcError::User(refusal))) => Ok(Err(refusal)),
            Ok(Err(error)) => Err(self.error(method, &error)),
            Ok(Ok(answer)) => Ok(Ok(answer)),
        }
    }

    async fn runtime_call<T: Decode>(&self, method: &str, arguments: Vec<u8>, at: Option<H256>) -> Result<T, Error> {
        let answer: Bytes = self.request("state_call", rpc_params![method, Bytes(arguments), at]).await?;
        T::decode(&mut &answer.0[..]).map_err(|error| self.transient(&format!("the answer of {method}: {error}")))
    }

    async fn running(&self) -> Result<Running, Error> {
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

    async fn metadata(&self) -> Result<Metadata, Error> {
        let incompatible = |what: String| Error::Incompatible(format!("{}: {what}", self.url));
        let bytes: Option<Vec<u8>> =
            self.runtime_call("Metadata_metadata_at_version", METADATA_VERSION.encode(), None).await?;
        let bytes = bytes.ok_or_else(|| {
            incompatible(format!("its runtime has no metadata of version {METADATA_VERSION}; name another chain"))
        })?;
        Metadata::decode_from(&bytes).map_err(|error| incompatible(format!("its metadata cannot be read: {error}")))
    }
}

fn not_an_address(url: &str) -> Error {
    Error::Incompatible(format!("{url}: is no address of a node; write one such as ws://127.0.0.1:9944"))
}

/// The sentence for a chain with another runtime; `None` if name and encoding of transactions are the known ones.
fn foreign(url: &str, running: &Running, program: &str) -> Option<String> {
    let Running { name, spec, transaction } = running;
    let known = known_version();
    if *name != known.name {
        return Some(format!("{url}: the chain runs {name}, not {}; name another chain", known.name));
    }
    (*transaction != known.transaction).then(|| {
        format!(
            "{url}: the chain runs {name} {spec}.{transaction} and this program was built for {}.{}; \
             use the {program} of the chain's release",
            known.spec, known.transaction
        )
    })
}

/// Encoder and decoder for a chain with these metadata.
fn offline(
    metadata: Metadata,
    running: &Running,
    genesis: H256,
) -> Result<OfflineClientAtBlock<SubstrateConfig>, impl std::error::Error> {
    let config = SubstrateConfig::builder()
        .set_genesis_hash(genesis.0.into())
        .set_metadata_for_spec_versions([(running.spec, Arc::new(metadata))])
        .set_spec_version_for_block_ranges([SpecVersionForRange {
            block_range: 0..u64::MAX,
            spec_version: running.spec,
            transaction_version: running.transaction,
        }])
        .build();
    OfflineClient::new_with_config(config).at_block(0u64)
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
    use crate::testing::{StubChain, StubRuntime};

    fn running(name: &str, spec: u32, transaction: u32) -> Running {
        Running { name: name.to_owned(), spec, transaction }
    }

    fn foreign_of(running: Running) -> Option<String> {
        foreign("ws://a", &running, "tandem-gateway")
    }

    #[test]
    fn foreign_should_name_what_differs_in_one_sentence() {
        let known = known_version();
        assert_eq!(foreign_of(running("tandem", known.spec, known.transaction)), None);
        let other = foreign_of(running("polkadot", 1, 1)).unwrap();
        assert_eq!(other, "ws://a: the chain runs polkadot, not tandem; name another chain");
        let newer = foreign_of(running("tandem", known.spec, known.transaction + 1)).unwrap();
        assert!(newer.contains("was built for"), "{newer}");
    }

    #[test]
    fn foreign_should_leave_a_later_code_to_the_comparison_of_interfaces() {
        let known = known_version();
        assert_eq!(foreign_of(running("tandem", known.spec + 1, known.transaction)), None);
    }

    #[tokio::test]
    async fn meet_should_sign_for_a_later_code_with_the_same_interface() {
        let (runs, known) = (StubRuntime::default(), known_version());
        let before = runs.meet().await.unwrap();
        assert_eq!(before.spec_version, known.spec);
        before.check_unchanged().await.unwrap();
        runs.upgrade(known.spec + 1);
        let Err(Error::Transient(sentence)) = before.check_unchanged().await else { panic!("it is not noticed") };
        assert!(sentence.ends_with(&format!("has upgraded its runtime to {}", known.spec + 1)), "{sentence}");
        assert_eq!(runs.meet().await.unwrap().spec_version, known.spec + 1);
    }

    #[tokio::test]
    async fn meet_should_refuse_a_later_code_with_another_interface() {
        let runs = StubRuntime::default();
        runs.upgrade(known_version().spec + 1);
        runs.rename("BridgeMessages", "BridgeMessagez");
        let Err(Error::Incompatible(sentence)) = runs.meet().await else { panic!("it is taken") };
        let words = "has another interface than the one this program was built for";
        assert!(sentence.contains(words) && sentence.ends_with("use the tandem-gateway of the chain's release"));
    }

    #[tokio::test]
    async fn net_g1_meet_should_take_a_later_code_with_one_event_more() {
        let runs = StubRuntime::default();
        runs.upgrade(known_version().spec + 1);
        runs.add_event("Settlement", "SomethingNew");
        assert!(runs.meet().await.is_ok());
    }

    #[tokio::test]
    async fn connect_should_try_the_next_address_where_a_node_does_not_answer() {
        let interface = crate::testing::INTERFACE;
        let Err(Error::Disconnected(sentence)) = Chain::connect("ws://127.0.0.1:1, ws://127.0.0.1:2", &interface).await
        else {
            panic!("nobody listens there")
        };
        assert!(sentence.starts_with("ws://127.0.0.1:2: "), "{sentence}");
        for wrong in ["", "http://127.0.0.1:1"] {
            assert!(matches!(Chain::connect(wrong, &interface).await, Err(Error::Incompatible(_))), "{wrong}");
        }
    }

    #[tokio::test]
    async fn request_should_tell_a_pruned_state_from_a_block_that_is_not_known() {
        let chain = StubChain::of(10, &[5]).with_states_from(8);
        assert!(matches!(chain.chain().set_id(chain.at(3).hash).await, Err(Error::Pruned(_))));
        assert!(matches!(chain.chain().set_id(H256::zero()).await, Err(Error::Transient(_))));
    }
}

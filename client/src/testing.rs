//! Stubs of a chain and of a runtime, for tests: nodes that answer what a test gives them.

use crate::{
    connection::{BlockRef, Chain, Header},
    error::Error,
    interface::{known_version, Interface, METADATA},
};
use codec::{Decode, Encode};
use polkadot_sdk::{
    bp_header_chain::AuthoritySet,
    sp_consensus_grandpa::{localized_payload, Message, Precommit},
    sp_core::{ed25519, Bytes, Pair as _, H256},
    sp_runtime::{
        traits::Header as _,
        transaction_validity::{TransactionValidity, ValidTransaction},
        BoundedVec,
    },
    sp_weights::Weight,
};
use scale_info::{form::PortableForm, TypeDef, Variant};
use serde_json::{json, Value};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use subxt::{
    ext::frame_metadata::{v15::RuntimeMetadataV15, RuntimeMetadata, RuntimeMetadataPrefixed},
    rpcs::{
        client::{RawRpcFuture, RawRpcSubscription, RawValue, RpcClientT},
        Error as RpcError, RpcClient, UserError,
    },
};
use tandem_primitives::{AccountId, AssetId, Date, Execution, Leg, NetworkIndex, OnIncomplete, Reference, Terms};

/// Parts of the interface that the stub's programs use.
pub const INTERFACE: Interface = Interface {
    program: "tandem-gateway",
    calls: &[("BridgeMessages", "receive_messages_proof")],
    storage: &[("Settlement", "Instructions")],
    events: &[],
    constants: &[],
    apis: &[],
};

/// Weight of every call, as the stub's runtime answers.
pub const WEIGHT_OF_A_CALL: Weight = Weight::from_parts(1_000_000, 1_000);

/// Answer of a node to a method with these parameters, or the words with which it refuses.
type Answer = dyn Fn(&str, &[Value]) -> Result<Value, String> + Send + Sync;

/// A connection to nothing but such answers. It refuses every subscription after it was asked for it.
struct Answers(Box<Answer>);

impl RpcClientT for Answers {
    fn request_raw<'a>(&'a self, method: &'a str, params: Option<Box<RawValue>>) -> RawRpcFuture<'a, Box<RawValue>> {
        let params: Vec<Value> = params.map_or_else(Vec::new, |params| serde_json::from_str(params.get()).unwrap());
        let answer = match (self.0)(method, &params) {
            Ok(answer) => Ok(RawValue::from_string(answer.to_string()).unwrap()),
            Err(message) => Err(RpcError::User(UserError { code: 4, message, data: None })),
        };
        Box::pin(async move { answer })
    }

    fn subscribe_raw<'a>(
        &'a self,
        method: &'a str,
        _: Option<Box<RawValue>>,
        _: &'a str,
    ) -> RawRpcFuture<'a, RawRpcSubscription> {
        let message = (self.0)(method, &[]).err().unwrap_or_else(|| format!("{method} is no subscription"));
        Box::pin(async move { Err(RpcError::User(UserError { code: 4, message, data: None })) })
    }
}

fn rpc(answer: impl Fn(&str, &[Value]) -> Result<Value, String> + Send + Sync + 'static) -> RpcClient {
    RpcClient::new(Answers(Box::new(answer)))
}

/// Chain of the known runtime whose node answers this.
pub fn chain(answer: impl Fn(&str, &[Value]) -> Result<Value, String> + Send + Sync + 'static) -> Chain {
    Chain::stub(rpc(answer))
}

/// Metadata after a change.
pub fn changed(metadata: &[u8], change: impl FnOnce(&mut RuntimeMetadataV15)) -> Vec<u8> {
    let RuntimeMetadataPrefixed(magic, decoded) = RuntimeMetadataPrefixed::decode(&mut &*metadata).unwrap();
    let RuntimeMetadata::V15(mut decoded) = decoded else { panic!("it is of version 15") };
    change(&mut decoded);
    RuntimeMetadataPrefixed(magic, RuntimeMetadata::V15(decoded)).encode()
}

/// Terms of a trade with two legs on one network.
pub fn example_terms() -> Terms {
    let leg = |asset: u32, amount, from: u8, to: u8| Leg {
        network: NetworkIndex(0),
        asset: AssetId::WithId(asset),
        amount,
        from: AccountId::from([from; 32]),
        to: AccountId::from([to; 32]),
    };
    Terms {
        reference: Reference::truncate_from(b"T-1".to_vec()),
        networks: BoundedVec::truncate_from(vec![H256([9; 32])]),
        two_networks: None,
        legs: BoundedVec::truncate_from(vec![leg(1, 1_000, 1, 2), leg(2, 10_000, 2, 1)]),
        lots: 10,
        trade_date: Date(20_000),
        settlement_date: Date(20_002),
        settle_from: 1_000,
        partial_from: 1_000,
        reserve_by: 20_000,
        deadline: 30_000,
        execution: Execution::Immediate,
        on_incomplete: OnIncomplete::Complete,
    }
}

/// The parameter at this place, as it was before it was asked with.
pub fn parameter<T: serde::de::DeserializeOwned>(params: &[Value], at: usize) -> T {
    serde_json::from_value(params.get(at).cloned().unwrap_or_default()).unwrap()
}

/// Value in the form in which `state_call` answers.
pub fn encoded(value: impl Encode) -> Value {
    json!(Bytes(value.encode()))
}

/// The header with this number. Nothing in it depends on those before.
pub fn header(number: u32) -> Header {
    Header::new(number, H256::zero(), H256::zero(), H256::zero(), Default::default())
}

fn version(spec: u32) -> Value {
    json!({
        "specName": known_version().name,
        "specVersion": spec,
        "transactionVersion": known_version().transaction,
    })
}

/// Runtime of a chain that can be exchanged.
#[derive(Clone)]
pub struct StubRuntime(Arc<Mutex<(u32, Vec<u8>)>>);

impl Default for StubRuntime {
    /// Runtime that this crate was built for.
    fn default() -> Self {
        Self(Arc::new(Mutex::new((known_version().spec, METADATA.to_vec()))))
    }
}

impl StubRuntime {
    /// Runs a code with this number from now on.
    pub fn upgrade(&self, spec: u32) {
        self.0.lock().unwrap().0 = spec;
    }

    /// Replaces a name in the interface by another one of the same length.
    pub fn rename(&self, from: &str, to: &str) {
        assert_eq!(from.len(), to.len());
        let metadata = &mut self.0.lock().unwrap().1;
        let places: Vec<usize> = metadata
            .windows(from.len())
            .enumerate()
            .filter(|(_, found)| *found == from.as_bytes())
            .map(|(at, _)| at)
            .collect();
        assert!(!places.is_empty(), "{from} is in the metadata");
        for at in places {
            metadata[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }

    /// Adds an event to a pallet.
    pub fn add_event(&self, pallet: &str, name: &str) {
        let metadata = &mut self.0.lock().unwrap().1;
        *metadata = changed(metadata, |metadata| {
            let pallet = metadata.pallets.iter().find(|one| one.name == pallet).unwrap();
            let events = pallet.event.as_ref().unwrap().ty.id as usize;
            let TypeDef::Variant(events) = &mut metadata.types.types[events].ty.type_def else { panic!("an enum") };
            let (name, index) = (name.to_owned(), u8::MAX);
            events.variants.push(Variant::<PortableForm> { name, index, fields: Vec::new(), docs: Vec::new() });
        });
    }

    /// Connects to it anew.
    pub async fn meet(&self) -> Result<Chain, Error> {
        let own = self.clone();
        let answer = move |method: &str, params: &[Value]| {
            let (spec, metadata) = &*own.0.lock().unwrap();
            match method {
                "state_getRuntimeVersion" => Ok(version(*spec)),
                "state_call" if parameter::<String>(params, 0) == "Metadata_metadata_at_version" => {
                    Ok(encoded(Some(metadata)))
                }
                "chain_getBlockHash" => Ok(json!(H256::repeat_byte(1))),
                _ => Err(format!("{method} is not known")),
            }
        };
        Chain::meet("ws://asset", rpc(answer), &INTERFACE).await
    }
}

/// Chain up to its best block, and what its node keeps of it. All of it is final unless it is said otherwise.
#[derive(Clone)]
pub struct StubChain {
    last: u32,
    last_final: u32,
    /// The last blocks of the sets of validators.
    changes: Vec<u32>,
    /// The first block whose state is there still.
    states_from: u32,
    /// Stored values, alike at every block.
    state: BTreeMap<Vec<u8>, Vec<u8>>,
    /// A method that it refuses.
    refused: &'static str,
    /// Answer of its runtime about each transaction.
    validity: TransactionValidity,
    asked: Arc<Mutex<Vec<String>>>,
    numbers: Arc<BTreeMap<H256, u32>>,
}

impl StubChain {
    /// Chain with this last block and all its states; `changes` are the last blocks of its sets of validators.
    pub fn of(last: u32, changes: &[u32]) -> Self {
        Self {
            last,
            last_final: last,
            changes: changes.to_vec(),
            states_from: 0,
            state: BTreeMap::new(),
            refused: "",
            validity: Ok(ValidTransaction::default()),
            asked: Arc::default(),
            numbers: Arc::new((0..=last).map(|number| (header(number).hash(), number)).collect()),
        }
    }

    /// Without the states of blocks before this one.
    pub fn with_states_from(self, number: u32) -> Self {
        Self { states_from: number, ..self }
    }

    /// Chain of which only the blocks up to this one are final.
    pub fn with_final(self, number: u32) -> Self {
        Self { last_final: number, ..self }
    }

    /// Chain whose runtime finds this of each transaction.
    pub fn with_validity(self, validity: TransactionValidity) -> Self {
        Self { validity, ..self }
    }

    /// With this stored under a key.
    pub fn with_value(mut self, key: impl AsRef<[u8]>, value: impl Encode) -> Self {
        self.state.insert(key.as_ref().to_vec(), value.encode());
        self
    }

    /// Chain whose node refuses this method.
    pub fn refusing(self, refused: &'static str) -> Self {
        Self { refused, ..self }
    }

    /// A block of it.
    pub fn at(&self, number: u32) -> BlockRef {
        (&header(number)).into()
    }

    /// One of its sets.
    pub fn set(&self, set_id: u64) -> AuthoritySet {
        AuthoritySet::new(vec![(validator(set_id).public().into(), 1)], set_id)
    }

    /// The signatures of a block by those who have to give them, as they are encoded.
    pub fn signatures(&self, number: u32) -> Vec<u8> {
        const ROUND: u64 = 7;
        let before = self.changes.iter().filter(|change| **change < number).count();
        let set_id = u64::try_from(before).unwrap();
        let target = (header(number).hash(), number);
        let (target_hash, target_number) = target;
        let vote = Message::<Header>::Precommit(Precommit::<Header> { target_hash, target_number });
        let signed = validator(set_id).sign(&localized_payload(ROUND, set_id, &vote));
        let votes = vec![(target, signed, validator(set_id).public())];
        (ROUND, (target, votes), Vec::<Header>::new()).encode()
    }

    /// Number of times that the node was asked this.
    pub fn asked(&self, method: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == method).count()
    }

    /// Connection to its node.
    pub fn chain(&self) -> Chain {
        let own = self.clone();
        chain(move |method, params| {
            own.asked.lock().unwrap().push(method.to_owned());
            own.answer(method, params)
        })
    }

    fn answer(&self, method: &str, params: &[Value]) -> Result<Value, String> {
        let number = |at: usize| self.numbers.get(&parameter::<H256>(params, at)).copied().ok_or("an unknown block");
        match method {
            _ if method == self.refused => Err(format!("{method} is refused")),
            "chain_getBlockHash" if params.is_empty() => Ok(json!(header(self.last).hash())),
            "chain_getBlockHash" => Ok(json!(header(parameter(params, 0)).hash())),
            "chain_getFinalizedHead" => Ok(json!(header(self.last_final).hash())),
            "chain_getHeader" => Ok(json!(header(number(0)?))),
            "state_call" if parameter::<String>(params, 0) == "GrandpaApi_current_set_id" => {
                let number = number(2)?;
                if number < self.states_from {
                    return Err("State already discarded".to_owned());
                }
                Ok(encoded(self.changes.iter().filter(|change| **change <= number).count() as u64))
            }
            "state_call" if parameter::<String>(params, 0) == "TaggedTransactionQueue_validate_transaction" => {
                Ok(encoded(&self.validity))
            }
            "state_call" if parameter::<String>(params, 0) == "TransactionPaymentCallApi_query_call_info" => {
                // Weight, class and fee.
                Ok(encoded((WEIGHT_OF_A_CALL, 0u8, 0u128)))
            }
            "grandpa_proveFinality" => self.prove(parameter(params, 0)),
            "state_getRuntimeVersion" => Ok(version(known_version().spec)),
            "state_getStorage" => {
                let stored = self.state.get(&parameter::<Bytes>(params, 0).0);
                Ok(json!(stored.cloned().map(Bytes)))
            }
            "state_queryStorageAt" => {
                let keys = parameter::<Vec<Bytes>>(params, 0);
                let stored = |key: &Bytes| self.state.get(&key.0).cloned().map(Bytes);
                let changes: Vec<(Bytes, Option<Bytes>)> = keys.iter().map(|key| (key.clone(), stored(key))).collect();
                Ok(json!([{ "block": params[1], "changes": changes }]))
            }
            "state_getKeysPaged" => Ok(json!([])),
            "state_getReadProof" => Ok(json!({ "at": params[1], "proof": [] })),
            "system_accountNextIndex" => Ok(json!(0)),
            _ => Err(format!("{method} is not known")),
        }
    }

    /// As a node does, down to the size of its answer.
    fn prove(&self, number: u32) -> Result<Value, String> {
        if number > self.last {
            return Err("Block not yet finalized".to_owned());
        }
        if self.changes.is_empty() {
            return Err("Block not covered by authority set changes".to_owned());
        }
        let signed = self.changes.iter().copied().find(|change| *change >= number).unwrap_or(self.last);
        let unknown: Vec<Header> = (number + 1..=signed).map(header).collect();
        // Real headers are longer than these: they have the slot and the author's seal.
        if unknown.len() > 28_000 {
            return Err("Response is too big".to_owned());
        }
        Ok(encoded((header(signed).hash(), self.signatures(signed), unknown)))
    }
}

fn validator(set_id: u64) -> ed25519::Pair {
    ed25519::Pair::from_seed(&[u8::try_from(set_id).unwrap() + 1; 32])
}

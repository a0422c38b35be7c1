//! What a chain keeps of trades across two networks, and what it knows of the other one.

use super::{
    client::{innermost, At, Chain},
    types::{Header, HeaderProof, PaymentRecord},
};
use anyhow::{anyhow, Context};
use codec::{Decode, Encode};
use polkadot_sdk::{
    bp_header_chain::{justification::GrandpaJustification, AuthoritySet},
    sp_core::{Bytes, H256},
    sp_io::hashing::blake2_128,
};
use std::time::Duration;
use subxt::rpcs::rpc_params;
use tandem_primitives::{Commitment, InstructionId, Record, TrancheIndex};

/// The pallet under whose name both chains keep what they prove to each other.
const PALLET: &str = "Counterpart";

/// How long a node has to finalise something.
const REPORTS: Duration = Duration::from_secs(60);

/// What a node gives to prove that a block is final.
#[derive(Debug, Decode)]
struct FinalityProof {
    _block: H256,
    justification: Vec<u8>,
    _unknown_headers: Vec<Header>,
}

impl Chain {
    /// The payment of a trade that this chain has to decide.
    pub async fn payment(&self, id: InstructionId, at: H256) -> anyhow::Result<Option<PaymentRecord>> {
        self.fetch(PALLET, "Payments", &id.encode(), at).await
    }

    /// What this chain has decided about a tranche.
    pub async fn record(&self, id: InstructionId, tranche: TrancheIndex, at: H256) -> anyhow::Result<Option<Record>> {
        self.read(PALLET, "Records", &tranche_key(id, tranche), at).await
    }

    /// What this chain has committed of a tranche.
    pub async fn commitment(
        &self,
        id: InstructionId,
        tranche: TrancheIndex,
        at: H256,
    ) -> anyhow::Result<Option<Commitment>> {
        self.read(PALLET, "Commitments", &tranche_key(id, tranche), at).await
    }

    /// The genesis hash of the other network, and whether trades with it may begin.
    pub async fn counterpart(&self, at: H256) -> anyhow::Result<Option<(H256, bool)>> {
        self.read(PALLET, "Counterparty", &[], at).await
    }

    /// The newest header of the other network that this chain's light client has imported.
    pub async fn imported(&self, at: H256) -> anyhow::Result<Option<At>> {
        let best: Option<(u32, H256)> = self.read("BridgeGrandpa", "BestFinalized", &[], at).await?;
        Ok(best.map(|(number, hash)| At { number: number.into(), hash }))
    }

    /// The validators of the other network, as the light client knows them.
    pub async fn other_validators(&self, at: H256) -> anyhow::Result<AuthoritySet> {
        let found = self.read("BridgeGrandpa", "CurrentAuthoritySet", &[], at).await?;
        found.context("the light client has no validators; initialise it first")
    }

    /// The justification of the last block of the validators who signed the one of this number, or the newest there is.
    pub async fn justification(&self, number: u64) -> anyhow::Result<GrandpaJustification<Header>> {
        let number = u32::try_from(number).context("the number of a block")?;
        // Until its first change of validators a node answers that it does not know: what it reports next serves then.
        let proof: Option<Bytes> =
            self.client.request("grandpa_proveFinality", rpc_params![number]).await.unwrap_or_default();
        let encoded = match proof {
            Some(proof) => {
                FinalityProof::decode(&mut &proof[..]).context("the node's proof of finality")?.justification
            }
            None => self.next_justification().await?,
        };
        GrandpaJustification::decode(&mut &encoded[..]).context("the node's justification")
    }

    async fn next_justification(&self) -> anyhow::Result<Vec<u8>> {
        let cannot = |reason: String| anyhow!("the node does not report what is final: {reason}");
        let mut reported = self
            .client
            .subscribe::<Bytes>("grandpa_subscribeJustifications", rpc_params![], "grandpa_unsubscribeJustifications")
            .await
            .map_err(|error| cannot(innermost(&error)))?;
        match tokio::time::timeout(REPORTS, reported.next()).await {
            Ok(Some(Ok(bytes))) => Ok(bytes.0),
            Ok(Some(Err(error))) => Err(cannot(innermost(&error))),
            Ok(None) => Err(cannot("it has ended its reports".to_owned())),
            Err(_) => Err(cannot("nothing was for a minute".to_owned())),
        }
    }

    /// The header with this hash, whole.
    pub async fn whole_header(&self, hash: H256) -> anyhow::Result<Header> {
        let header: Option<Header> = self
            .client
            .request("chain_getHeader", rpc_params![hash])
            .await
            .map_err(|error| anyhow!("the node has no header {hash:?}: {}", innermost(&error)))?;
        header.with_context(|| format!("the node does not know block {hash:?}"))
    }

    /// A proof of exactly these items of this chain at a block.
    pub async fn prove(&self, items: &[Item], at: H256) -> anyhow::Result<HeaderProof> {
        let keys: Vec<Vec<u8>> = items.iter().map(Item::key).collect();
        let proof = self.rpc.state_get_read_proof(keys.iter().map(Vec::as_slice), Some(at.0.into())).await.map_err(
            |error| {
                anyhow!(
                    "the node has no state of block {at:?} any more ({}); import a newer header, or name a node that \
                     keeps all states",
                    innermost(&error)
                )
            },
        )?;
        Ok(HeaderProof { header: at, nodes: proof.proof.into_iter().map(|node| node.0).collect() })
    }
}

/// What is proven of a chain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Item {
    /// In which version it keeps records.
    RecordVersion,
    /// Its time.
    Now,
    /// What it has committed of a tranche.
    Commitment(InstructionId, TrancheIndex),
    /// What it has decided about a tranche.
    Record(InstructionId, TrancheIndex),
}

impl Item {
    fn key(&self) -> Vec<u8> {
        let of = |pallet, item, key: &[u8]| [&super::client::prefix(pallet, item)[..], key].concat();
        match self {
            Item::RecordVersion => of(PALLET, "RecordVersion", &[]),
            Item::Now => of("Timestamp", "Now", &[]),
            Item::Commitment(id, tranche) => of(PALLET, "Commitments", &tranche_key(*id, *tranche)),
            Item::Record(id, tranche) => of(PALLET, "Records", &tranche_key(*id, *tranche)),
        }
    }
}

/// The key of commitments and records, after the map's prefix: the hasher is `Blake2_128Concat`.
fn tranche_key(id: InstructionId, tranche: TrancheIndex) -> Vec<u8> {
    let key = (id, tranche).encode();
    [&blake2_128(&key)[..], &key].concat()
}

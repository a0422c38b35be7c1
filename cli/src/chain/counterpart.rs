//! What a chain keeps of trades across two networks, and what it knows of the other one.

use super::{
    client::{At, Chain},
    trouble::Forgotten,
    types::Header,
};
use anyhow::Context;
use codec::Encode;
use polkadot_sdk::{
    bp_header_chain::AuthoritySet, bp_runtime::BasicOperatingMode, sp_core::H256, sp_io::hashing::blake2_128,
};
use subxt::rpcs::rpc_params;
use tandem_primitives::{
    keys::{self, PALLET},
    Commitment, HeaderProof, InstructionId, Payment, Record, TrancheIndex,
};

/// What a proof brings about on the chain that takes it. Anybody may be quicker than we are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// The light client has imported a header with at least this number.
    Imported(u64),
    /// The tranche is committed no more.
    Ended(InstructionId, TrancheIndex),
    /// The chain knows that the tranche is committed, or has decided it.
    Known(InstructionId, TrancheIndex),
    /// The record of the tranche is gone.
    Forgotten(InstructionId, TrancheIndex),
}

/// What a node has of a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kept {
    /// Its state too.
    All,
    /// Its state no more.
    Header,
    /// Not even its header.
    Nothing,
}

impl Chain {
    /// The payment of a trade that this chain has to decide.
    pub async fn payment(&self, id: InstructionId, at: H256) -> anyhow::Result<Option<Payment>> {
        self.read(PALLET, "Payments", &id.encode(), at).await
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
        self.read(PALLET, "CounterpartLink", &[], at).await
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

    /// Whether the light client imports nothing now: the operator has halted it.
    pub async fn imports_nothing(&self, at: H256) -> anyhow::Result<bool> {
        let mode: Option<BasicOperatingMode> = self.read("BridgeGrandpa", "PalletOperatingMode", &[], at).await?;
        Ok(mode.is_some_and(|mode| mode != BasicOperatingMode::Normal))
    }

    /// Whether nothing can be proven to this chain now.
    pub async fn is_halted(&self, at: H256) -> anyhow::Result<bool> {
        let halted: Option<bool> = self.read(PALLET, "Halted", &[], at).await?;
        Ok(halted.unwrap_or_default() || self.imports_nothing(at).await?)
    }

    /// Whether this has come about here, whoever brought it.
    pub async fn shows(&self, effect: Effect, at: H256) -> anyhow::Result<bool> {
        match effect {
            Effect::Imported(number) => Ok(self.imported(at).await?.is_some_and(|imported| imported.number >= number)),
            Effect::Ended(id, tranche) => Ok(self.commitment(id, tranche, at).await?.is_none()),
            Effect::Known(id, tranche) => {
                if self.record(id, tranche, at).await?.is_some() {
                    return Ok(true);
                }
                Ok(self.payment(id, at).await?.is_some_and(|payment| payment.knows(tranche)))
            }
            Effect::Forgotten(id, tranche) => Ok(self.record(id, tranche, at).await?.is_none()),
        }
    }

    /// Whether the node knows the header of this block, and whether it still has its state.
    pub async fn keeps(&self, at: H256) -> anyhow::Result<Kept> {
        let header: Option<Header> =
            self.client.request("chain_getHeader", rpc_params![at]).await.map_err(|error| self.lost(&error))?;
        if header.is_none() {
            return Ok(Kept::Nothing);
        }
        match self.read::<u16>(PALLET, "RecordVersion", &[], at).await {
            Ok(_) => Ok(Kept::All),
            Err(error) if error.is::<Forgotten>() => Ok(Kept::Header),
            Err(error) => Err(error),
        }
    }

    /// A proof of exactly these items of this chain at a block.
    pub async fn prove(&self, items: &[Item], at: H256) -> anyhow::Result<HeaderProof> {
        let keys: Vec<Vec<u8>> = items.iter().map(Item::key).collect();
        let proof = self.rpc.state_get_read_proof(keys.iter().map(Vec::as_slice), Some(at.0.into()));
        let proof = proof.await.map_err(|error| self.lost(&error))?;
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
    /// Its first block: what is absent names no chain by itself.
    Genesis,
    /// What it has committed of a tranche.
    Commitment(InstructionId, TrancheIndex),
    /// What it has decided about a tranche.
    Record(InstructionId, TrancheIndex),
}

impl Item {
    fn key(&self) -> Vec<u8> {
        match self {
            Item::RecordVersion => keys::record_version(),
            Item::Now => keys::now(),
            Item::Genesis => keys::genesis(),
            Item::Commitment(id, tranche) => keys::commitment(*id, *tranche),
            Item::Record(id, tranche) => keys::record(*id, *tranche),
        }
    }
}

/// The key of commitments and records, after the map's prefix: the hasher is `Blake2_128Concat`.
fn tranche_key(id: InstructionId, tranche: TrancheIndex) -> Vec<u8> {
    let key = (id, tranche).encode();
    [&blake2_128(&key)[..], &key].concat()
}

//! State of trades across two networks on one of them, and its knowledge of the other.

use crate::{
    connection::{BlockRef, Chain, Header},
    error::Error,
    keys,
};
use polkadot_sdk::{bp_header_chain::AuthoritySet, bp_runtime::BasicOperatingMode, sp_core::H256};
use subxt::rpcs::client::rpc_params;
use tandem_primitives::{
    keys::{self as proven, PALLET},
    Commitment, HeaderProof, InstructionId, Link, Payment, Record, TrancheIndex,
};

/// Effect of a proof on the chain that takes it. Anybody may be quicker than the program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// The light client has imported a header with at least this number.
    Imported(u32),
    /// The tranche is committed no more.
    Ended(InstructionId, TrancheIndex),
    /// The chain knows that the tranche is committed, or has decided it.
    Known(InstructionId, TrancheIndex),
    /// The record of the tranche is gone.
    Forgotten(InstructionId, TrancheIndex),
}

/// Part of a block that a node still has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kept {
    /// Header and state of the block.
    All,
    /// Header of the block, without its state.
    Header,
    /// Nothing, not even the header.
    Nothing,
}

impl Chain {
    /// Payment of a trade that this chain has to decide.
    pub async fn payment(&self, id: InstructionId, at: H256) -> Result<Option<Payment>, Error> {
        self.value(&keys::payment(id), at).await
    }

    /// Decision of this chain about a tranche.
    pub async fn record(&self, id: InstructionId, tranche: TrancheIndex, at: H256) -> Result<Option<Record>, Error> {
        self.value(&proven::record(id, tranche), at).await
    }

    /// Commitment of this chain to a tranche.
    pub async fn commitment(
        &self,
        id: InstructionId,
        tranche: TrancheIndex,
        at: H256,
    ) -> Result<Option<Commitment>, Error> {
        self.value(&proven::commitment(id, tranche), at).await
    }

    /// Link to the other network; `None` before one is opened.
    pub async fn link(&self, at: H256) -> Result<Option<Link>, Error> {
        self.value(&keys::prefix(PALLET, "CounterpartLink"), at).await
    }

    /// Newest header of the other network that this chain's light client has imported; `None` before it is initialised.
    pub async fn imported(&self, at: H256) -> Result<Option<BlockRef>, Error> {
        let best: Option<(u32, H256)> = self.value(&keys::prefix("BridgeGrandpa", "BestFinalized"), at).await?;
        Ok(best.map(|(number, hash)| BlockRef { number, hash }))
    }

    /// Validators of the other network, as the light client knows them; an empty set before it is initialised.
    pub async fn other_validators(&self, at: H256) -> Result<AuthoritySet, Error> {
        let found = self.value(&keys::prefix("BridgeGrandpa", "CurrentAuthoritySet"), at).await?;
        Ok(found.unwrap_or_default())
    }

    /// True while the light client imports nothing: the operator has halted it.
    pub async fn imports_nothing(&self, at: H256) -> Result<bool, Error> {
        let mode: Option<BasicOperatingMode> =
            self.value(&keys::prefix("BridgeGrandpa", "PalletOperatingMode"), at).await?;
        Ok(mode.is_some_and(|mode| mode != BasicOperatingMode::Normal))
    }

    /// True while nothing can be proven to this chain.
    pub async fn is_halted(&self, at: H256) -> Result<bool, Error> {
        let halted: Option<bool> = self.value(&keys::prefix(PALLET, "Halted"), at).await?;
        Ok(halted.unwrap_or_default() || self.imports_nothing(at).await?)
    }

    /// True if this has come about here, whoever brought it.
    pub async fn shows(&self, effect: Effect, at: H256) -> Result<bool, Error> {
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

    /// Part of this block that the node still has.
    pub async fn keeps(&self, at: H256) -> Result<Kept, Error> {
        let header: Option<Header> = self.request("chain_getHeader", rpc_params![at]).await?;
        if header.is_none() {
            return Ok(Kept::Nothing);
        }
        match self.value::<u16>(&proven::record_version(), at).await {
            Ok(_) => Ok(Kept::All),
            Err(Error::Pruned(_)) => Ok(Kept::Header),
            Err(error) => Err(error),
        }
    }

    /// Proof of exactly these items of this chain at a block.
    pub async fn prove_items(&self, items: &[Item], at: H256) -> Result<HeaderProof, Error> {
        let keys: Vec<Vec<u8>> = items.iter().map(Item::key).collect();
        self.header_proof(&keys, at).await
    }
}

/// Item of a chain's state that is proven to the other network.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Item {
    /// Version in which the chain keeps its records.
    RecordVersion,
    /// Consensus time of the chain.
    Now,
    /// Hash of the first block: what is absent names no chain by itself.
    Genesis,
    /// Commitment of the chain to a tranche.
    Commitment(InstructionId, TrancheIndex),
    /// Decision of the chain about a tranche.
    Record(InstructionId, TrancheIndex),
}

impl Item {
    fn key(&self) -> Vec<u8> {
        match self {
            Item::RecordVersion => proven::record_version(),
            Item::Now => proven::now(),
            Item::Genesis => proven::genesis(),
            Item::Commitment(id, tranche) => proven::commitment(*id, *tranche),
            Item::Record(id, tranche) => proven::record(*id, *tranche),
        }
    }
}

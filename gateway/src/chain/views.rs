//! What one direction has to know of both chains. Plain data: what is done next is decided on it alone.

use super::{
    node::{At, Node, Trouble},
    state::{lane, HASHED},
};
use pallet_settlement::types::Instruction;
use polkadot_sdk::{
    bp_header_chain::AuthoritySet,
    bp_messages::{InboundLaneData, OutboundLaneData},
    bp_runtime::{BasicOperatingMode, HeaderId},
    frame_support::storage::storage_prefix,
    pallet_bridge_grandpa, pallet_bridge_messages, pallet_timestamp,
    sp_core::H256,
};
use std::collections::{BTreeMap, BTreeSet};
use tandem_primitives::{
    AccountId, Commitment, InstructionId, Link, Moment, Payment, Record, TrancheIndex, VersionedTerms,
};
use tandem_runtime::{BlockNumber, Hash, Runtime, SLOT_DURATION};

/// One tranche of one instruction.
pub type TrancheKey = (InstructionId, TrancheIndex);

/// A tranche that its network has committed and the other has to decide.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// From when on it is not executed any more, in milliseconds of the deciding network's time.
    pub pay_deadline: Moment,
    /// The block that committed it.
    pub since: BlockNumber,
}

/// The chain whose state is carried, at one of its final blocks.
#[derive(Clone, Debug)]
pub struct SourceView {
    /// Final block whose state this is.
    pub at: At,
    /// Consensus time, in milliseconds.
    pub now: Moment,
    /// Messages that it has sent.
    pub outbound: OutboundLaneData,
    /// Messages that it has received.
    pub inbound: InboundLaneData<AccountId>,
    /// Tranches that it holds for the target's decision.
    pub commitments: BTreeMap<TrancheKey, Held>,
    /// Decisions that it has made.
    pub records: BTreeMap<TrancheKey, Record>,
}

/// The chain that the state is carried to, at its best block.
#[derive(Clone, Debug)]
pub struct TargetView {
    /// Best block, whose state this is.
    pub at: At,
    /// Consensus time, in milliseconds.
    pub now: Moment,
    /// The newest header of the source that it knows; `None` before the light client is initialised.
    pub imported: Option<At>,
    /// The source's validators, as it knows them.
    pub set: AuthoritySet,
    /// True while it takes no headers.
    pub light_client_halted: bool,
    /// True while nothing can be proven to it.
    pub halted: bool,
    /// The chain that it has for its counterpart, and whether new trades with it may begin.
    pub counterpart: Option<Link>,
    /// Messages that it has sent.
    pub outbound: OutboundLaneData,
    /// Messages that it has received.
    pub inbound: InboundLaneData<AccountId>,
    /// Tranches that it holds for the source's decision.
    pub commitments: BTreeMap<TrancheKey, Held>,
    /// Decisions that it has made.
    pub records: BTreeMap<TrancheKey, Record>,
    /// Tranches that it has to decide and whose commitment it knows.
    pub known: BTreeSet<TrancheKey>,
    /// Number of payments that it has to decide, those for which something is only reserved ahead among them.
    pub payments: usize,
}

/// Milliseconds at this block since the oldest of these was committed.
pub fn oldest(held: &BTreeMap<TrancheKey, Held>, at: At) -> Moment {
    let since = held.values().map(|held| held.since).min();
    since.map_or(0, |since| SLOT_DURATION.saturating_mul(at.number.saturating_sub(since).into()))
}

impl Node {
    /// Reads all that a direction has to know of its source.
    pub async fn source_view(&self, at: At) -> Result<SourceView, Trouble> {
        Ok(SourceView {
            at,
            now: self.now(at.hash).await?,
            outbound: self.outbound(at.hash).await?,
            inbound: self.inbound(at.hash).await?,
            commitments: self.commitments(at.hash).await?,
            records: self.records(at.hash).await?,
        })
    }

    /// Reads all that a direction has to know of its target.
    pub async fn target_view(&self, at: At) -> Result<TargetView, Trouble> {
        type Client = pallet_bridge_grandpa::PalletOperatingMode<Runtime>;
        type Imported = pallet_bridge_grandpa::BestFinalized<Runtime>;
        type Set = pallet_bridge_grandpa::CurrentAuthoritySet<Runtime>;
        let hash = at.hash;
        let mode: Option<BasicOperatingMode> = self.value(&Client::hashed_key(), hash).await?;
        let imported: Option<HeaderId<Hash, BlockNumber>> = self.value(&Imported::hashed_key(), hash).await?;
        let set: Option<AuthoritySet> = self.value(&Set::hashed_key(), hash).await?;
        let halted: Option<bool> = self.value(&pallet_counterpart::Halted::<Runtime>::hashed_key(), hash).await?;
        let light_client_halted = mode.unwrap_or_default() != BasicOperatingMode::Normal;
        let prefix = storage_prefix(b"Counterpart", b"Payments");
        let payments: Vec<(InstructionId, Payment)> = self.map(prefix, 0, hash).await?;
        let known = payments.iter().filter(|(_, payment)| payment.commitment.is_some());
        Ok(TargetView {
            at,
            now: self.now(hash).await?,
            imported: imported.map(|HeaderId(number, hash)| At { number, hash }),
            set: set.unwrap_or_default(),
            light_client_halted,
            halted: light_client_halted || halted.unwrap_or_default(),
            counterpart: self.value(&pallet_counterpart::CounterpartLink::<Runtime>::hashed_key(), hash).await?,
            outbound: self.outbound(hash).await?,
            inbound: self.inbound(hash).await?,
            commitments: self.commitments(hash).await?,
            records: self.records(hash).await?,
            known: known.map(|(id, payment)| (*id, payment.tranche)).collect(),
            payments: payments.len(),
        })
    }

    /// Consensus time at a block, in milliseconds.
    pub async fn now(&self, at: H256) -> Result<Moment, Trouble> {
        let now: Option<Moment> = self.value(&pallet_timestamp::Now::<Runtime>::hashed_key(), at).await?;
        Ok(now.unwrap_or_default())
    }

    async fn outbound(&self, at: H256) -> Result<OutboundLaneData, Trouble> {
        let key = pallet_bridge_messages::OutboundLanes::<Runtime>::hashed_key_for(lane());
        self.value(&key, at).await?.ok_or_else(|| self.foreign(NO_LANE))
    }

    async fn inbound(&self, at: H256) -> Result<InboundLaneData<AccountId>, Trouble> {
        let key = pallet_bridge_messages::InboundLanes::<Runtime>::hashed_key_for(lane());
        self.value(&key, at).await?.ok_or_else(|| self.foreign(NO_LANE))
    }

    /// The terms of an instruction that is open at this block, and the account that instructed.
    pub async fn terms(&self, id: InstructionId, at: H256) -> Result<(VersionedTerms, AccountId), Trouble> {
        let key = pallet_settlement::Instructions::<Runtime>::hashed_key_for(id);
        match self.value(&key, at).await? {
            Some(Instruction::Open(open)) => Ok((open.terms, open.instructing)),
            Some(Instruction::Closed(_)) | None => Err(self.passing("a commitment without an open instruction")),
        }
    }

    async fn records(&self, at: H256) -> Result<BTreeMap<TrancheKey, Record>, Trouble> {
        let records = self.map(storage_prefix(b"Counterpart", b"Records"), HASHED, at).await?;
        Ok(records.into_iter().collect())
    }

    async fn commitments(&self, at: H256) -> Result<BTreeMap<TrancheKey, Held>, Trouble> {
        let committed: Vec<(TrancheKey, Commitment)> =
            self.map(storage_prefix(b"Counterpart", b"Commitments"), HASHED, at).await?;
        let keys: Vec<Vec<u8>> = committed
            .iter()
            .map(|((id, _), _)| pallet_settlement::Instructions::<Runtime>::hashed_key_for(id))
            .collect();
        let instructions: Vec<Option<Instruction>> = self.values(&keys, at).await?;
        let held = committed.into_iter().zip(instructions).filter_map(|((key, _), instruction)| {
            let Some(Instruction::Open(open)) = instruction else { return None };
            let pay_deadline = open.terms.two_networks.as_ref()?.pay_deadline;
            let since = open.points.irrevocable.unwrap_or(open.points.entered);
            Some((key, Held { pay_deadline, since }))
        });
        Ok(held.collect())
    }
}

const NO_LANE: &str = "the chain has no lane to a counterpart; start it from a specification of this release";

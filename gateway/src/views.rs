//! What one direction has to know of both chains. Plain data: what is done next is decided on it alone.

use polkadot_sdk::{
    bp_header_chain::AuthoritySet,
    bp_messages::{InboundLaneData, OutboundLaneData},
    bp_runtime::{BasicOperatingMode, HeaderId},
    sp_core::H256,
};
use std::collections::{BTreeMap, BTreeSet};
use tandem_client::{
    instructions::Instruction,
    keys::{self, BLAKE2},
    BlockRef, Chain, Error,
};
use tandem_primitives::{
    lane, AccountId, BlockNumber, Commitment, InstructionId, Link, Moment, Payment, Record, TrancheIndex,
    VersionedTerms, SLOT_DURATION,
};

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
    pub at: BlockRef,
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
    pub at: BlockRef,
    /// Consensus time, in milliseconds.
    pub now: Moment,
    /// The newest header of the source that it knows; `None` before the light client is initialised.
    pub imported: Option<BlockRef>,
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
pub fn oldest(held: &BTreeMap<TrancheKey, Held>, at: BlockRef) -> Moment {
    let since = held.values().map(|held| held.since).min();
    since.map_or(0, |since| SLOT_DURATION.saturating_mul(at.number.saturating_sub(since).into()))
}

/// Reads all that a direction has to know of its source.
pub async fn source_view(chain: &Chain, at: BlockRef) -> Result<SourceView, Error> {
    Ok(SourceView {
        at,
        now: chain.now(at.hash).await?,
        outbound: outbound(chain, at.hash).await?,
        inbound: inbound(chain, at.hash).await?,
        commitments: commitments(chain, at.hash).await?,
        records: records(chain, at.hash).await?,
    })
}

/// Reads all that a direction has to know of its target.
pub async fn target_view(chain: &Chain, at: BlockRef) -> Result<TargetView, Error> {
    let hash = at.hash;
    let mode: Option<BasicOperatingMode> = chain.value(&light_client("PalletOperatingMode"), hash).await?;
    let imported: Option<HeaderId<H256, BlockNumber>> = chain.value(&light_client("BestFinalized"), hash).await?;
    let set: Option<AuthoritySet> = chain.value(&light_client("CurrentAuthoritySet"), hash).await?;
    let halted: Option<bool> = chain.value(&keys::prefix("Counterpart", "Halted"), hash).await?;
    let light_client_halted = mode.unwrap_or_default() != BasicOperatingMode::Normal;
    let payments: Vec<(InstructionId, Payment)> = chain.map("Counterpart", "Payments", 0, hash).await?;
    let known = payments.iter().filter(|(_, payment)| payment.commitment.is_some());
    Ok(TargetView {
        at,
        now: chain.now(hash).await?,
        imported: imported.map(|HeaderId(number, hash)| BlockRef { number, hash }),
        set: set.unwrap_or_default(),
        light_client_halted,
        halted: light_client_halted || halted.unwrap_or_default(),
        counterpart: chain.value(&keys::prefix("Counterpart", "CounterpartLink"), hash).await?,
        outbound: outbound(chain, hash).await?,
        inbound: inbound(chain, hash).await?,
        commitments: commitments(chain, hash).await?,
        records: records(chain, hash).await?,
        known: known.map(|(id, payment)| (*id, payment.tranche)).collect(),
        payments: payments.len(),
    })
}

/// Terms of an instruction that is open at this block, and the account that instructed.
pub async fn terms(chain: &Chain, id: InstructionId, at: H256) -> Result<(VersionedTerms, AccountId), Error> {
    match chain.value(&keys::instruction(id), at).await? {
        Some(Instruction::Open(open)) => Ok((open.terms, open.instructing)),
        Some(Instruction::Closed(_)) | None => Err(chain.transient("a commitment without an open instruction")),
    }
}

/// Key of an item of the light client.
pub fn light_client(item: &str) -> [u8; keys::PREFIX] {
    keys::prefix("BridgeGrandpa", item)
}

/// Key of one end of the lane.
pub fn lane_end(item: &str) -> Vec<u8> {
    keys::entry(lane::PALLET, item, &keys::blake2_concat(&lane::id()))
}

async fn outbound(chain: &Chain, at: H256) -> Result<OutboundLaneData, Error> {
    chain.value(&lane_end("OutboundLanes"), at).await?.ok_or_else(|| chain.incompatible(NO_LANE))
}

async fn inbound(chain: &Chain, at: H256) -> Result<InboundLaneData<AccountId>, Error> {
    chain.value(&lane_end("InboundLanes"), at).await?.ok_or_else(|| chain.incompatible(NO_LANE))
}

async fn records(chain: &Chain, at: H256) -> Result<BTreeMap<TrancheKey, Record>, Error> {
    let records: Vec<(TrancheKey, Record)> = chain.map("Counterpart", "Records", BLAKE2, at).await?;
    Ok(records.into_iter().collect())
}

async fn commitments(chain: &Chain, at: H256) -> Result<BTreeMap<TrancheKey, Held>, Error> {
    let committed: Vec<(TrancheKey, Commitment)> = chain.map("Counterpart", "Commitments", BLAKE2, at).await?;
    let keys: Vec<Vec<u8>> = committed.iter().map(|((id, _), _)| keys::instruction(*id)).collect();
    let instructions: Vec<Option<Instruction>> = chain.values(&keys, at).await?;
    let held = committed.into_iter().zip(instructions).filter_map(|((key, _), instruction)| {
        let Some(Instruction::Open(open)) = instruction else { return None };
        let pay_deadline = open.terms.two_networks.as_ref()?.pay_deadline;
        let since = open.points.irrevocable.unwrap_or(open.points.entered);
        Some((key, Held { pay_deadline, since }))
    });
    Ok(held.collect())
}

const NO_LANE: &str = "the chain has no lane to a counterpart; start it from a specification of this release";

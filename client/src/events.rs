//! Blocks with the ends of their transactions and their events, and the best chain followed block by block.

use crate::{
    blocks::CallResult,
    connection::{BlockRef, Chain},
    error::Error,
    keys,
};
use codec::Decode;
use polkadot_sdk::sp_core::H256;
use std::collections::BTreeMap;
use subxt::{
    events::{Event, Phase},
    ext::scale_value::Composite,
    SubstrateConfig,
};
use tandem_primitives::{AccountId, Decision, InstructionId, Lots, ParticipantId, RejectReason, Term, TrancheIndex};

/// Events of `Counterpart` that are about no instruction.
const OF_NO_INSTRUCTION: [&str; 9] = [
    "Opened",
    "ClosedForNew",
    "HaltChanged",
    "HaltConfirmed",
    "HaltedByOne",
    "HeaderBlocked",
    "HeaderUnblocked",
    "HeadersBlockedUntil",
    "MessageIgnored",
];

/// Event of a block.
#[derive(Clone, Debug)]
pub struct ChainEvent {
    /// Pallet that deposited it.
    pub pallet: String,
    /// Name of the event in its pallet.
    pub name: String,
    /// Fields of the event, decoded by the metadata.
    pub fields: Composite<()>,
    /// Instruction that it is about, if it is about one.
    pub instruction: Option<InstructionId>,
    /// Party and the terms that differ, if it says so.
    pub mismatch: Option<(ParticipantId, Vec<Term>)>,
    /// Decision of this chain about a tranche, if it says so.
    pub decided: Option<(TrancheIndex, Decision)>,
}

/// Block of a chain, as far as a program looks at it.
pub struct Block {
    /// Number and hash of the block.
    pub at: BlockRef,
    /// Hash of the block before it.
    pub parent: H256,
    /// End of each transaction, by its hash.
    pub transactions: BTreeMap<H256, CallResult>,
    /// Events in their order, without those that tell how a transaction ended.
    pub events: Vec<ChainEvent>,
}

impl Chain {
    /// Reads a block.
    pub async fn block(&self, hash: H256) -> Result<Block, Error> {
        let header = self.header(hash).await?;
        let hashes = self.transactions(hash).await?;
        let bytes = self.encoded_value(&keys::events(), hash).await?.unwrap_or_default();
        let encoded = self.codec.events().from_bytes(bytes);
        let (mut transactions, mut events) = (BTreeMap::new(), Vec::new());
        for event in encoded.iter() {
            let event = event.map_err(|error| self.transient(&format!("the events of block {hash:?}: {error}")))?;
            if let (Phase::ApplyExtrinsic(index), "System") = (event.phase(), event.pallet_name()) {
                let transaction = hashes.get(index as usize).copied().unwrap_or_default();
                let ended = match event.event_name() {
                    "ExtrinsicSuccess" => Some(CallResult::Done),
                    "ExtrinsicFailed" => Some(CallResult::Failed(self.reason(event.field_bytes()))),
                    _ => None,
                };
                if let Some(ended) = ended {
                    transactions.insert(transaction, ended);
                    continue;
                }
            }
            let read = read(&event).map_err(|error| {
                self.transient(&format!("the event {}.{}: {error}", event.pallet_name(), event.event_name()))
            })?;
            events.push(read);
        }
        Ok(Block { at: (&header).into(), parent: header.parent_hash, transactions, events })
    }
}

fn read(event: &Event<'_, SubstrateConfig>) -> Result<ChainEvent, Box<subxt::error::EventsError>> {
    let bytes = event.field_bytes();
    let of_counterpart = event.pallet_name() == "Counterpart";
    let about = of_counterpart && !OF_NO_INSTRUCTION.contains(&event.event_name());
    let ours = event.pallet_name() == "Settlement" || about;
    // Every event of ours that is about an instruction begins with its id.
    let instruction = if ours { InstructionId::decode(&mut &bytes[..]).ok() } else { None };
    let decided = match event.event_name() {
        "Executed" if of_counterpart => <(InstructionId, TrancheIndex, Lots)>::decode(&mut &bytes[..])
            .ok()
            .map(|(_, tranche, lots)| (tranche, Decision::Executed { lots })),
        "Rejected" if of_counterpart => <(InstructionId, TrancheIndex, RejectReason)>::decode(&mut &bytes[..])
            .ok()
            .map(|(_, tranche, reason)| (tranche, Decision::Rejected { reason })),
        _ => None,
    };
    let mismatch = if ours && event.event_name() == "MatchFailed" {
        let decoded = <(InstructionId, ParticipantId, Option<AccountId>, Vec<Term>)>::decode(&mut &bytes[..]);
        decoded.ok().map(|(_, participant, _, fields)| (participant, fields))
    } else {
        None
    };
    let fields = event.decode_fields_unchecked_as::<Composite<()>>().map_err(Box::new)?;
    Ok(ChainEvent {
        pallet: event.pallet_name().to_owned(),
        name: event.event_name().to_owned(),
        fields,
        instruction,
        mismatch,
        decided,
    })
}

/// Follows the best chain, block by block, across small reorganisations.
pub struct Follower {
    seen: BTreeMap<H256, u32>,
    last: BlockRef,
}

/// Number of blocks back that a follower keeps in mind.
const MEMORY: u32 = 256;

impl Follower {
    /// Follower that starts after the block that is best now.
    pub fn after(best: BlockRef) -> Self {
        Self { seen: BTreeMap::from([(best.hash, best.number)]), last: best }
    }

    /// Best block that was read.
    pub fn last(&self) -> BlockRef {
        self.last
    }

    /// Blocks that became part of the best chain since the last time, the oldest first.
    pub async fn advance(&mut self, chain: &Chain) -> Result<Vec<Block>, Error> {
        let best = chain.best().await?;
        if best == self.last {
            return Ok(Vec::new());
        }
        let oldest = self.last.number.saturating_sub(MEMORY);
        let mut fresh = Vec::new();
        let mut next = best;
        while !self.seen.contains_key(&next.hash) && next.number > oldest {
            let block = chain.block(next.hash).await?;
            next = BlockRef { number: next.number.saturating_sub(1), hash: block.parent };
            fresh.push(block);
        }
        fresh.reverse();
        for block in &fresh {
            self.seen.insert(block.at.hash, block.at.number);
        }
        self.seen.retain(|_, number| number.saturating_add(MEMORY) > best.number);
        self.last = best;
        Ok(fresh)
    }
}

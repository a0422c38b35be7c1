//! What happened in a block: which of our transactions it has, how they ended, and what changed.

use super::client::{At, Chain};
use anyhow::{anyhow, Context};
use codec::Decode;
use polkadot_sdk::{sp_core::H256, sp_io::hashing::blake2_256};
use std::collections::BTreeMap;
use subxt::{
    error::DispatchError,
    events::{Event, Phase},
    ext::scale_value::Composite,
    SubstrateConfig,
};
use tandem_primitives::{AccountId, Decision, InstructionId, Lots, ParticipantId, RejectReason, Term, TrancheIndex};

/// The events of `Counterpart` that are about no instruction.
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

/// How a transaction ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Result {
    /// It did what it was to do.
    Done,
    /// It did nothing, for this reason.
    Failed(Reason),
}

/// Why the chain did not do it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    /// Such as `Settlement.PartyNotActive`.
    pub code: String,
    /// The first sentence of what the chain's metadata says of it.
    pub text: String,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.text.is_empty() {
            f.write_str(&self.code)
        } else {
            f.write_str(self.text.trim_end_matches('.'))
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Happened {
    /// The pallet.
    pub pallet: String,
    /// The event's name.
    pub name: String,
    /// Its fields, for people.
    pub fields: Composite<()>,
    /// The instruction that it is about.
    pub instruction: Option<InstructionId>,
    /// The terms that differ, if it says so.
    pub mismatch: Option<(ParticipantId, Vec<Term>)>,
    /// What this chain has decided about a tranche, if it says so.
    pub decided: Option<(TrancheIndex, Decision)>,
}

/// A block.
pub struct Block {
    /// Which.
    pub at: At,
    /// The block before it.
    pub parent: H256,
    /// How each transaction ended, by its hash.
    pub transactions: BTreeMap<H256, Result>,
    /// What happened, in order.
    pub happened: Vec<Happened>,
}

impl Chain {
    /// Reads a block.
    pub async fn block(&self, hash: H256) -> anyhow::Result<Block> {
        let found = self.rpc.chain_get_block(Some(hash.0.into())).await.map_err(|error| self.lost(&error))?;
        let block = found.with_context(|| format!("the node does not know block {hash:?}"))?.block;
        let hashes: Vec<H256> = block.extrinsics.iter().map(|bytes| H256(blake2_256(bytes))).collect();
        let key = [
            &polkadot_sdk::sp_io::hashing::twox_128(b"System")[..],
            &polkadot_sdk::sp_io::hashing::twox_128(b"Events")[..],
        ]
        .concat();
        let found = self.rpc.state_get_storage(&key, Some(hash.0.into())).await.map_err(|error| self.lost(&error))?;
        let bytes = found.unwrap_or_default();
        let events = self.codec.events().from_bytes(bytes);
        let mut transactions = BTreeMap::new();
        let mut happened = Vec::new();
        for event in events.iter() {
            let event = event.map_err(|error| anyhow!("the events of block {hash:?}: {error}"))?;
            if let (Phase::ApplyExtrinsic(index), "System") = (event.phase(), event.pallet_name()) {
                let transaction = hashes.get(index as usize).copied().unwrap_or_default();
                match event.event_name() {
                    "ExtrinsicSuccess" => {
                        transactions.insert(transaction, Result::Done);
                        continue;
                    }
                    "ExtrinsicFailed" => {
                        let reason = self.reason(event.field_bytes());
                        transactions.insert(transaction, Result::Failed(reason));
                        continue;
                    }
                    _ => {}
                }
            }
            happened.push(read(&event)?);
        }
        let at = At { number: block.header.number, hash };
        Ok(Block { at, parent: H256(block.header.parent_hash.0), transactions, happened })
    }

    /// Puts an encoded dispatch error into words.
    pub fn reason(&self, bytes: &[u8]) -> Reason {
        match DispatchError::decode_from(bytes, self.metadata()) {
            Ok(DispatchError::Module(error)) => match error.details() {
                Ok(details) => Reason {
                    code: format!("{}.{}", details.pallet.name(), details.variant.name),
                    text: first_sentence(&details.variant.docs.join(" ")),
                },
                Err(_) => Reason { code: "an unknown error of a pallet".to_owned(), text: String::new() },
            },
            Ok(DispatchError::BadOrigin) => {
                Reason { code: "BadOrigin".to_owned(), text: "the signer has no role that may do this".to_owned() }
            }
            Ok(other) => Reason { code: other.to_string().trim_end_matches('.').to_owned(), text: String::new() },
            Err(error) => Reason { code: error.to_string(), text: String::new() },
        }
    }
}

fn first_sentence(text: &str) -> String {
    let text = text.trim();
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

fn read(event: &Event<'_, SubstrateConfig>) -> anyhow::Result<Happened> {
    let bytes = event.field_bytes();
    let across = event.pallet_name() == "Counterpart";
    let about = across && !OF_NO_INSTRUCTION.contains(&event.event_name());
    let ours = event.pallet_name() == "Settlement" || about;
    // Every event of ours that is about an instruction begins with its id.
    let instruction = if ours { InstructionId::decode(&mut &bytes[..]).ok() } else { None };
    let decided = match event.event_name() {
        "Executed" if across => <(InstructionId, TrancheIndex, Lots)>::decode(&mut &bytes[..])
            .ok()
            .map(|(_, tranche, lots)| (tranche, Decision::Executed { lots })),
        "Rejected" if across => <(InstructionId, TrancheIndex, RejectReason)>::decode(&mut &bytes[..])
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
    let fields = event
        .decode_fields_unchecked_as::<Composite<()>>()
        .map_err(|error| anyhow!("the event {}.{}: {error}", event.pallet_name(), event.event_name()))?;
    Ok(Happened {
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
    seen: BTreeMap<H256, u64>,
    last: At,
}

/// How far back a follower keeps what it has seen.
const MEMORY: u64 = 256;

impl Follower {
    /// Starts after the block that is best now.
    pub fn after(best: At) -> Self {
        Self { seen: BTreeMap::from([(best.hash, best.number)]), last: best }
    }

    /// The best block that it has read.
    pub fn last(&self) -> At {
        self.last
    }

    /// The blocks that became part of the best chain since the last time, the oldest first.
    pub async fn advance(&mut self, chain: &Chain) -> anyhow::Result<Vec<Block>> {
        let best = chain.best().await?;
        if best == self.last {
            return Ok(Vec::new());
        }
        let oldest = self.last.number.saturating_sub(MEMORY);
        let mut fresh = Vec::new();
        let mut next = best;
        while !self.seen.contains_key(&next.hash) && next.number > oldest {
            let block = chain.block(next.hash).await?;
            next = At { number: next.number.saturating_sub(1), hash: block.parent };
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

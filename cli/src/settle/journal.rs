//! What a run must remember to go on after a cut: from when each trade's times count, and how it ended.

pub mod mark;
pub mod place;
mod store;
#[cfg(test)]
mod tests;

use crate::{
    fault::fault,
    files::{dates, expect::Ended, trades::Trade},
};
use anyhow::Context;
use codec::Encode;
use polkadot_sdk::{
    sp_core::{sr25519, Pair, H256},
    sp_io::hashing::blake2_256,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};
use tandem_primitives::{AssetId, AssetKind, LegIndex, Lots, Moment, RejectReason, TrancheIndex};

pub use store::write as write_file;

/// A journal, kept in the user's state folder.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Journal {
    version: u32,
    /// Identity of the chain: two of the same specification have the same genesis, and another first block.
    chain: Identity,
    /// From which the secrets of hashlocks follow. Whoever has it can open them.
    seed: String,
    trades: BTreeMap<String, Entry>,
    /// Across two networks, the final block of each up to which everything was read.
    #[serde(default)]
    heard: BTreeMap<usize, u32>,
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    dirty: bool,
    /// Trades that an earlier run has begun, and this one not anew.
    #[serde(skip)]
    earlier: BTreeSet<String>,
    /// Sentences for what a person should know of it.
    #[serde(skip)]
    notices: Vec<String>,
}

/// Hashes that tell one chain from every other.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// The hash of block 0.
    pub genesis: String,
    /// The hash of block 1.
    pub first: String,
}

impl Identity {
    /// Identity of two chains together.
    pub fn both(asset: &Identity, payment: &Identity) -> Self {
        let first = blake2_256([asset.first.as_str(), payment.first.as_str()].concat().as_bytes());
        Self { genesis: format!("{}+{}", asset.genesis, payment.genesis), first: hex::encode(first) }
    }

    /// From the hashes of the first two blocks.
    pub fn of(genesis: H256, first: H256) -> Self {
        Self { genesis: hex::encode(genesis), first: hex::encode(first) }
    }

    /// First digits of it, for the names of files.
    fn short(&self) -> String {
        self.first.chars().take(8).collect()
    }
}

/// State of one trade, as far as the chain cannot tell it.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Entry {
    /// A digest of its lines, so that a changed line is noticed.
    pub digest: String,
    /// The instant from which its relative times count.
    pub start: Moment,
    /// Assets that it was sent with, by code, for each network: what is listed may change.
    #[serde(default)]
    pub assets: Vec<BTreeMap<String, Known>>,
    /// True once all parties have been seen to agree.
    #[serde(default)]
    pub matched: bool,
    /// The codes of the terms that differ, from the chain.
    #[serde(default)]
    pub mismatch: Option<String>,
    /// Instant at which it was begun, by this machine's clock, in milliseconds.
    #[serde(default)]
    pub begun: Moment,
    /// The legs that were reserved on the deciding network, each with the tranche: they are reserved once.
    #[serde(default)]
    pub funded: BTreeSet<(u8, u32)>,
    /// Decisions of the deciding network about each tranche, final.
    #[serde(default)]
    pub decided: BTreeMap<u32, Decided>,
    /// True if blocks in which it may have decided could not be read any more.
    #[serde(default)]
    pub unheard: bool,
    /// End of the trade, once that is final.
    #[serde(default)]
    pub ended: Option<End>,
}

/// Asset that a trade was sent with.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Known {
    /// Number of the asset; the native currency has none.
    pub number: Option<u32>,
    /// A delivery or a payment.
    pub kind: AssetKind,
}

impl From<&(AssetId, AssetKind)> for Known {
    fn from((id, kind): &(AssetId, AssetKind)) -> Self {
        let number = match id {
            AssetId::Native => None,
            AssetId::WithId(number) => Some(*number),
        };
        Self { number, kind: *kind }
    }
}

impl From<&Known> for (AssetId, AssetKind) {
    fn from(known: &Known) -> Self {
        (known.number.map_or(AssetId::Native, AssetId::WithId), known.kind)
    }
}

/// Decision of the deciding network about a tranche.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Decided {
    /// Execution of so many lots.
    Executed(Lots),
    /// Rejection: no lot is executed.
    Rejected(RejectReason),
}

/// End of a trade, with its times.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct End {
    /// The status, and its words.
    #[serde(flatten)]
    pub ended: Ended,
    /// The instruction, if it became one.
    pub id: Option<String>,
    /// Number of lots that settled.
    pub lots: Lots,
    /// Lots that the deciding network has executed, if there are two and it is known.
    #[serde(default)]
    pub executed: Option<Lots>,
    /// True if that is not known, because neither the blocks nor the records that said so are there any more.
    #[serde(default)]
    pub unheard: bool,
    /// Time until all of that was final, in milliseconds.
    #[serde(default)]
    pub took: Option<Moment>,
    /// Instant at which that was, by this machine's clock, in milliseconds.
    #[serde(default)]
    pub at: Moment,
}

const VERSION: u32 = 2;

impl Journal {
    /// Reads the journal, or begins one if there is none. `fresh` forgets the trades but not the seed: a secret follows from
    /// the start of its trade as well, so it is another one.
    pub fn open(path: &Path, chain: Identity, fresh: bool) -> anyhow::Result<Self> {
        let cure = "name another folder with --state";
        let parse = |text: &str| serde_json::from_str::<Journal>(text).map_err(|error| error.to_string());
        let place = path.display();
        let mut notices = Vec::new();
        let found = match store::read(path, parse) {
            Ok(store::Found::Newest(found)) => Some(found),
            Ok(store::Found::Copy(found, why)) => {
                let copy = store::copy_of(path);
                notices.push(format!("{place}: is no journal ({why}); its copy {} takes its place", copy.display()));
                Some(found)
            }
            Ok(store::Found::Nothing) => None,
            Err(why) if fresh => {
                notices.push(format!(
                    "{place}: cannot be read ({why}), so nobody knows which trades of earlier runs are still open; those that                      are end on the chain by themselves"
                ));
                None
            }
            Err(why) => {
                return Err(fault(format!(
                    "{place}: neither it nor its copy can be read ({why}); restore it from a backup, or see with tandem report                      what has settled, and settle all of the file once more with --fresh only if that is right"
                )));
            }
        };
        let Some(mut found) = found else {
            let (_, seed) = sr25519::Pair::generate();
            return Ok(Self {
                version: VERSION,
                chain,
                seed: hex::encode(seed),
                trades: BTreeMap::new(),
                heard: BTreeMap::new(),
                path: path.to_owned(),
                dirty: true,
                earlier: BTreeSet::new(),
                notices,
            });
        };
        if found.version != VERSION {
            return Err(fault(format!("{place}: is of another version of tandem; {cure}")));
        }
        if found.chain != chain {
            return Err(fault(format!("{place}: is of another chain; {cure}")));
        }
        if fresh {
            let open = found.trades.values().filter(|entry| entry.ended.is_none()).count();
            notices.push(format!(
                "starting over: {open} of {} trades of earlier runs of this file may still be open; those that are end on \
                 the chain by themselves",
                found.trades.len()
            ));
            found.trades.clear();
            found.heard.clear();
        }
        let earlier = found.trades.keys().cloned().collect();
        // A copy that has taken the journal's place becomes the journal with the next save.
        let dirty = fresh || !notices.is_empty();
        Ok(Self { path: path.to_owned(), dirty, earlier, notices, ..found })
    }

    /// Sentences for what a person should know of it.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The seed of the secrets.
    pub fn seed(&self) -> anyhow::Result<[u8; 32]> {
        let bytes = hex::decode(&self.seed).context("the journal's seed")?;
        bytes.try_into().map_err(|_| anyhow::anyhow!("the journal's seed has not 32 bytes"))
    }

    /// State of a trade that was begun.
    pub fn entry(&self, trade: &str) -> Option<&Entry> {
        self.trades.get(trade)
    }

    /// State of a trade that was begun, to change it; it is written at the next [`Journal::save`].
    pub fn entry_mut(&mut self, trade: &str) -> Option<&mut Entry> {
        self.dirty = true;
        self.trades.get_mut(trade)
    }

    /// True for a trade that an earlier run has begun.
    pub fn is_earlier(&self, trade: &str) -> bool {
        self.earlier.contains(trade)
    }

    /// Instant at which an earlier run ended the trade, if one did, in words.
    pub fn ended_earlier(&self, trade: &str) -> Option<String> {
        let entry = self.entry(trade).filter(|_| self.is_earlier(trade))?;
        entry.ended.as_ref().map(|end| dates::format(end.at))
    }

    /// Notes that a trade is about to be sent with these assets.
    pub fn begin(&mut self, trade: &Trade, start: Moment, assets: Vec<BTreeMap<String, Known>>) {
        self.dirty = true;
        let entry = Entry { digest: digest(trade), start, assets, begun: clock(), ..Entry::default() };
        self.trades.insert(trade.name.clone(), entry);
        self.earlier.remove(&trade.name);
    }

    /// Notes the end of a trade, which is final.
    pub fn end(&mut self, trade: &str, end: End) {
        if let Some(entry) = self.entry_mut(trade) {
            entry.ended = Some(end);
        }
        self.earlier.remove(trade);
    }

    /// Notes that a leg was reserved for a tranche on the deciding network.
    pub fn fund(&mut self, trade: &str, leg: LegIndex, tranche: TrancheIndex) {
        if let Some(entry) = self.entry_mut(trade) {
            entry.funded.insert((leg.0, tranche.0));
        }
    }

    /// The final block of a network up to which everything was read.
    pub fn heard(&self, network: usize) -> Option<u32> {
        self.heard.get(&network).copied()
    }

    /// Notes that everything up to this final block was read.
    pub fn set_heard(&mut self, network: usize, block: u32) {
        self.dirty = true;
        self.heard.insert(network, block);
    }

    /// The trades that were sent before with other words, one sentence each.
    pub fn changed(&self, file: &str, trades: &[Trade]) -> Vec<String> {
        let changed =
            trades.iter().filter(|trade| self.entry(&trade.name).is_some_and(|entry| entry.digest != digest(trade)));
        changed
            .map(|trade| {
                let line = trade.lines.first().map_or(0, |line| line.number);
                format!(
                    "{file}:{line}:trade: trade {} was sent before with other terms; give it another reference, or start \
                     over with --fresh",
                    trade.name
                )
            })
            .collect()
    }

    /// Writes it and its copy, if anything has changed. Both are on the disk when this returns.
    pub fn save(&mut self) -> anyhow::Result<()> {
        if !self.dirty {
            return Ok(());
        }
        let text = serde_json::to_string_pretty(self).context("the journal")?;
        store::write_twice(&self.path, &text).map_err(|error| {
            fault(format!(
                "{}: cannot be written ({error}); name a folder for the journal with --state",
                self.path.display()
            ))
        })?;
        self.dirty = false;
        Ok(())
    }
}

/// This machine's clock, in milliseconds.
pub fn clock() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Moment::try_from(since.as_millis()).unwrap_or(Moment::MAX)
}

/// A digest of what is sent for a trade, in an encoding that no release changes: SCALE with fixed indices. What is expected
/// of it does not count, nor where it stands in the file.
fn digest(trade: &Trade) -> String {
    hex::encode(blake2_256(&("tandem trade, version 1", trade).encode()))
}

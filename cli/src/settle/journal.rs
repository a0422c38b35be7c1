//! What a run must remember to go on after a cut: from when each trade's times count, and how it ended.

use crate::{
    fault::fault,
    files::{expect::Ended, trades::Trade},
};
use anyhow::Context;
use polkadot_sdk::{
    sp_core::{sr25519, Pair, H256},
    sp_io::hashing::blake2_256,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::{Path, PathBuf},
};
use tandem_primitives::{LegIndex, Lots, Moment, RejectReason, TrancheIndex};

/// A journal, kept beside the trade file.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Journal {
    version: u32,
    /// Which chain: two of the same specification have the same genesis, and another first block.
    chain: Identity,
    /// From which the secrets of hashlocks follow. Whoever has it can open them.
    seed: String,
    trades: BTreeMap<String, Entry>,
    /// Across two networks, the final block of each up to which everything was read.
    #[serde(default)]
    heard: BTreeMap<usize, u64>,
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    dirty: bool,
}

/// What tells one chain from every other.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// The hash of block 0.
    pub genesis: String,
    /// The hash of block 1.
    pub first: String,
}

impl Identity {
    /// That of two chains together.
    pub fn both(asset: &Identity, payment: &Identity) -> Self {
        let first = blake2_256([asset.first.as_str(), payment.first.as_str()].concat().as_bytes());
        Self { genesis: format!("{}+{}", asset.genesis, payment.genesis), first: hex::encode(first) }
    }

    /// From the hashes of the first two blocks.
    pub fn of(genesis: H256, first: H256) -> Self {
        Self { genesis: hex::encode(genesis), first: hex::encode(first) }
    }
}

/// What is known of one trade.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Entry {
    /// A digest of its lines, so that a changed line is noticed.
    pub digest: String,
    /// The instant from which its relative times count.
    pub start: Moment,
    /// Whether all parties have been seen to agree.
    #[serde(default)]
    pub matched: bool,
    /// The codes of the terms that differ, from the chain.
    #[serde(default)]
    pub mismatch: Option<String>,
    /// When it was begun, by this machine's clock, in milliseconds.
    #[serde(default)]
    pub begun: Moment,
    /// The legs that were reserved on the deciding network, each with the tranche: they are reserved once.
    #[serde(default)]
    pub funded: BTreeSet<(u8, u32)>,
    /// What the deciding network has said of each tranche, final.
    #[serde(default)]
    pub decided: BTreeMap<u32, Decided>,
    /// Whether blocks in which it may have decided could not be read any more.
    #[serde(default)]
    pub unheard: bool,
    /// How it ended, once that is final.
    #[serde(default)]
    pub ended: Option<End>,
}

/// What the deciding network has said of a tranche.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Decided {
    /// It has executed so many lots.
    Executed(Lots),
    /// It will execute none.
    Rejected(RejectReason),
}

/// How a trade ended.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct End {
    /// The status, and its words.
    #[serde(flatten)]
    pub ended: Ended,
    /// The instruction, if it became one.
    pub id: Option<String>,
    /// Lots that settled.
    pub lots: Lots,
    /// Lots that the deciding network has executed, if there are two and it is known.
    #[serde(default)]
    pub executed: Option<Lots>,
    /// Whether it is not known, because neither the blocks nor the records that said so are there any more.
    #[serde(default)]
    pub unheard: bool,
    /// How long it took until all of that was final, in milliseconds.
    #[serde(default)]
    pub took: Option<Moment>,
}

const VERSION: u32 = 1;

impl Journal {
    /// Where the journal of a trade file on a chain is: beside the file or in a directory of the operator's choice. Each
    /// chain has one of its own, so that settling the same file elsewhere forgets nothing.
    pub fn path_for(trades: &Path, state: Option<&Path>, chain: &Identity) -> PathBuf {
        let name = trades.file_name().unwrap_or_default().to_string_lossy();
        let chain: String = chain.first.chars().take(8).collect();
        let name = format!("{name}.{chain}.tandem.json");
        match state {
            Some(directory) => directory.join(name),
            None => trades.with_file_name(name),
        }
    }

    /// Reads the journal, or begins one if there is none. `fresh` forgets the trades but not the seed: the secrets of what
    /// is still open stay known.
    pub fn open(path: &Path, chain: Identity, fresh: bool) -> anyhow::Result<Self> {
        let cure = "correct or remove it, or name another directory with --state";
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(fault(format!("{}: cannot be read ({error}); {cure}", path.display()))),
        };
        let Some(text) = text else {
            let (_, seed) = sr25519::Pair::generate();
            let seed = hex::encode(seed);
            let (trades, heard) = (BTreeMap::new(), BTreeMap::new());
            return Ok(Self { version: VERSION, chain, seed, trades, heard, path: path.to_owned(), dirty: true });
        };
        let mut found: Journal = serde_json::from_str(&text)
            .map_err(|error| fault(format!("{}: is no journal ({error}); {cure}", path.display())))?;
        if found.version != VERSION {
            return Err(fault(format!("{}: is of another version of tandem; {cure}", path.display())));
        }
        if found.chain != chain {
            return Err(fault(format!("{}: is of another chain; {cure}", path.display())));
        }
        if fresh {
            found.trades.clear();
            found.heard.clear();
            found.dirty = true;
        }
        Ok(Self { path: path.to_owned(), ..found })
    }

    /// The seed of the secrets.
    pub fn seed(&self) -> anyhow::Result<[u8; 32]> {
        let bytes = hex::decode(&self.seed).context("the journal's seed")?;
        bytes.try_into().map_err(|_| anyhow::anyhow!("the journal's seed has not 32 bytes"))
    }

    /// What is known of a trade.
    pub fn entry(&self, trade: &str) -> Option<&Entry> {
        self.trades.get(trade)
    }

    /// What is known of a trade, to change it; it is written at the next [`Journal::save`].
    pub fn entry_mut(&mut self, trade: &str) -> Option<&mut Entry> {
        self.dirty = true;
        self.trades.get_mut(trade)
    }

    /// Notes that a trade is about to be sent.
    pub fn begin(&mut self, trade: &Trade, start: Moment) {
        self.dirty = true;
        let entry = Entry { digest: digest(trade), start, begun: clock(), ..Entry::default() };
        self.trades.insert(trade.name.clone(), entry);
    }

    /// Notes that a leg was reserved for a tranche on the deciding network.
    pub fn fund(&mut self, trade: &str, leg: LegIndex, tranche: TrancheIndex) {
        if let Some(entry) = self.entry_mut(trade) {
            entry.funded.insert((leg.0, tranche.0));
        }
    }

    /// The final block of a network up to which everything was read.
    pub fn heard(&self, network: usize) -> Option<u64> {
        self.heard.get(&network).copied()
    }

    /// Notes that everything up to this final block was read.
    pub fn set_heard(&mut self, network: usize, block: u64) {
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

    /// Writes it, if anything has changed: the old one stays whole until the new one is.
    pub fn save(&mut self) -> anyhow::Result<()> {
        if !self.dirty {
            return Ok(());
        }
        let text = serde_json::to_string_pretty(self).context("the journal")?;
        let beside = self.path.with_extension("json.new");
        let written = write_private(&beside, &text).and_then(|()| std::fs::rename(&beside, &self.path));
        written.map_err(|error| {
            fault(format!(
                "{}: cannot be written ({error}); name a directory for the journal with --state",
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

/// Writes a file that only its owner may read: whoever has the seed can open the hashlocks.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// A digest of what is sent for a trade. What is expected of it does not count, nor where it stands in the file.
fn digest(trade: &Trade) -> String {
    let mut trade = trade.clone();
    for line in &mut trade.lines {
        line.number = 0;
        line.expect = None;
    }
    hex::encode(blake2_256(format!("{trade:?}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::expect::Status;

    /// A journal's place in a directory that goes with the test.
    fn place() -> (tempfile::TempDir, PathBuf) {
        let directory = tempfile::tempdir().unwrap();
        let path = Journal::path_for(Path::new("trades.csv"), Some(directory.path()), &chain(2));
        (directory, path)
    }

    fn chain(first: u8) -> Identity {
        Identity::of(H256([1; 32]), H256([first; 32]))
    }

    fn trade(priority: u8) -> Trade {
        use crate::files::{dates::Day, dates::Limit, trades::*};
        let end = |code: &str, n: u8| End { code: code.into(), account: [n; 32].into() };
        let view = View {
            trade_date: Day::After(0),
            settle_date: Day::After(0),
            deadline: Limit::At(5),
            seller: end("A", 1),
            buyer: end("B", 2),
            deliveries: vec![],
            payment: None,
            lots: 1,
            execution: Execution::Immediate,
            on_incomplete: tandem_primitives::OnIncomplete::Complete,
            across: None,
        };
        let line = Line {
            number: 7,
            reference: "R".into(),
            side: Side::Both,
            view,
            policy: tandem_primitives::Policy::Npar,
            priority,
            reserve: true,
            expect: Some("settled".into()),
        };
        Trade { name: "T".into(), lines: vec![line] }
    }

    #[test]
    fn open_should_go_on_with_what_was_saved() {
        let (_directory, path) = place();
        let mut journal = Journal::open(&path, chain(2), true).unwrap();
        journal.begin(&trade(0), 123);
        let ended = End {
            ended: Ended { status: Status::Settled, text: "settled".into() },
            id: None,
            lots: 1,
            executed: None,
            unheard: false,
            took: None,
        };
        journal.entry_mut("T").unwrap().ended = Some(ended.clone());
        journal.fund("T", LegIndex(1), TrancheIndex(2));
        journal.save().unwrap();
        let again = Journal::open(&path, chain(2), false).unwrap();
        assert_eq!(again.seed().unwrap(), journal.seed().unwrap());
        assert_eq!(again.entry("T").unwrap().start, 123);
        assert_eq!(again.entry("T").unwrap().ended, Some(ended));
        assert_eq!(again.entry("T").unwrap().funded, BTreeSet::from([(1, 2)]));
    }

    #[test]
    fn open_should_forget_the_trades_and_keep_the_seed_when_asked_to_begin_anew() {
        let (_directory, path) = place();
        let mut journal = Journal::open(&path, chain(2), false).unwrap();
        journal.begin(&trade(0), 123);
        journal.save().unwrap();
        let anew = Journal::open(&path, chain(2), true).unwrap();
        assert!(anew.entry("T").is_none());
        assert_eq!(anew.seed().unwrap(), journal.seed().unwrap());
        assert!(Journal::open(&path, chain(2), false).unwrap().entry("T").is_some());
    }

    #[test]
    fn open_should_leave_the_journal_of_another_chain_alone() {
        let (directory, path) = place();
        let mut journal = Journal::open(&path, chain(2), false).unwrap();
        journal.begin(&trade(0), 123);
        journal.save().unwrap();
        let sentence = Journal::open(&path, chain(3), true).unwrap_err().to_string();
        assert!(sentence.contains("is of another chain"), "{sentence}");
        let other = Journal::path_for(Path::new("trades.csv"), Some(directory.path()), &chain(3));
        assert!(Journal::open(&other, chain(3), false).unwrap().entry("T").is_none());
        assert!(Journal::open(&path, chain(2), false).unwrap().entry("T").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn save_should_keep_the_seed_from_others() {
        use std::os::unix::fs::PermissionsExt;
        let (_directory, path) = place();
        Journal::open(&path, chain(2), false).unwrap().save().unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn changed_should_name_trades_that_were_sent_with_other_terms() {
        let (_directory, path) = place();
        let mut journal = Journal::open(&path, chain(2), false).unwrap();
        journal.begin(&trade(0), 123);
        assert!(journal.changed("t.csv", &[trade(0)]).is_empty());
        let mut moved = trade(0);
        moved.lines[0].number = 9;
        moved.lines[0].expect = None;
        assert!(journal.changed("t.csv", &[moved]).is_empty());
        assert_eq!(
            journal.changed("t.csv", &[trade(1)]),
            ["t.csv:7:trade: trade T was sent before with other terms; give it another reference, or start over with \
              --fresh"]
        );
    }

    #[test]
    fn open_should_refuse_what_is_no_journal() {
        let (_directory, path) = place();
        std::fs::write(&path, "{").unwrap();
        let sentence = Journal::open(&path, chain(2), false).unwrap_err().to_string();
        assert!(sentence.contains("is no journal"), "{sentence}");
    }
}

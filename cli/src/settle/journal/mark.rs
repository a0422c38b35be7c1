//! Marks of files whose trades were sent to a chain, so that a copy of one under another name does not settle all of it twice.

use super::{clock, digest, place, store, Identity};
use crate::{
    fault::fault,
    files::{dates, trades::Trade},
};
use anyhow::Context;
use polkadot_sdk::sp_io::hashing::blake2_256;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tandem_primitives::Moment;

/// Mark of one content on one chain, with the files that had it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Mark {
    chain: Identity,
    content: String,
    files: Vec<Settled>,
    #[serde(skip)]
    path: PathBuf,
}

/// File whose trades were sent.
#[derive(Debug, Deserialize, Serialize)]
struct Settled {
    file: String,
    /// Instant at which a run first sent them, by this machine's clock, in milliseconds.
    at: Moment,
}

impl Mark {
    /// Mark for these trades, with what is known of it already.
    pub fn open(folder: &Path, trades: &[Trade], chain: &Identity) -> anyhow::Result<Self> {
        let content = content(trades);
        let path = place::mark(folder, &content, chain);
        let parse = |text: &str| serde_json::from_str::<Mark>(text).map_err(|error| error.to_string());
        let found = store::read(&path, parse).map_err(|error| {
            fault(format!(
                "{}: the note of which files were settled is broken ({error}); restore it from a backup, or name another \
                 folder with --state if none of them had these trades",
                path.display()
            ))
        })?;
        let fresh = || Self { chain: chain.clone(), content: content.clone(), files: Vec::new(), path: path.clone() };
        Ok(match found {
            store::Found::Newest(mark) | store::Found::Copy(mark, _)
                if mark.chain == *chain && mark.content == content =>
            {
                Self { path: path.clone(), ..mark }
            }
            store::Found::Newest(_) | store::Found::Copy(..) | store::Found::Nothing => fresh(),
        })
    }

    /// Place of the mark.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A sentence if the content was settled under another name, and not under this one.
    pub fn elsewhere(&self, file: &Path) -> Option<String> {
        let name = place::canonical(file).display().to_string();
        if self.files.iter().any(|settled| settled.file == name) {
            return None;
        }
        let first = self.files.first()?;
        Some(format!(
            "{}: the trades of this file were settled before, at {}, from {}; settle that file again to go on with it, or \
             settle all of them a second time with --again",
            file.display(),
            dates::format(first.at),
            first.file
        ))
    }

    /// Notes that the trades of this file are about to be sent, on the disk before anything is.
    pub fn note(&mut self, file: &Path) -> anyhow::Result<()> {
        let file = place::canonical(file).display().to_string();
        if self.files.iter().any(|settled| settled.file == file) {
            return Ok(());
        }
        self.files.push(Settled { file, at: clock() });
        let text = serde_json::to_string_pretty(self).context("the mark of a file")?;
        store::write_twice(&self.path, &text).map_err(|error| {
            fault(format!("{}: cannot be written ({error}); name a folder for it with --state", self.path.display()))
        })
    }
}

/// Digest of what the trades of a file say, in any order of them, without comments and without what is expected.
fn content(trades: &[Trade]) -> String {
    let mut digests: Vec<String> = trades.iter().map(digest).collect();
    digests.sort();
    hex::encode(blake2_256(digests.concat().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::trade;
    use super::*;
    use polkadot_sdk::sp_core::H256;

    #[test]
    fn cli_c8_a_copy_under_another_name_should_be_recognised() {
        let folder = tempfile::tempdir().unwrap();
        let chain = Identity::of(H256([1; 32]), H256([2; 32]));
        let open = |trades: &[Trade]| Mark::open(folder.path(), trades, &chain).unwrap();
        let (first, copy) = (folder.path().join("mon.csv"), folder.path().join("tue.csv"));
        let mut mark = open(&[trade(0)]);
        assert_eq!(mark.elsewhere(&first), None);
        mark.note(&first).unwrap();
        let mark = open(&[trade(0)]);
        assert_eq!(mark.elsewhere(&first), None, "the file itself goes on");
        let sentence = mark.elsewhere(&copy).unwrap();
        assert!(sentence.contains(": the trades of this file were settled before, at 20"), "{sentence}");
        assert!(sentence.contains("mon.csv; settle that file again") && sentence.ends_with("with --again"));
        // What is expected and the place in the file are no part of what a trade is.
        let mut other = trade(0);
        other.lines[0].number = 12;
        other.lines[0].expect = None;
        assert!(open(&[other]).elsewhere(&copy).is_some());
        assert_eq!(open(&[trade(1)]).elsewhere(&copy), None, "other terms");
        let elsewhere = Identity::of(H256([1; 32]), H256([3; 32]));
        assert_eq!(Mark::open(folder.path(), &[trade(0)], &elsewhere).unwrap().elsewhere(&copy), None, "another chain");
        // Once it was settled again, the copy goes on as well.
        let mut again = open(&[trade(0)]);
        again.note(&copy).unwrap();
        assert_eq!(open(&[trade(0)]).elsewhere(&copy), None);
    }
}

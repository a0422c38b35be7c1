//! Participants that a run registers and whose statuses it has still to set, kept in a file for as long.
//!
//! The chain does not tell a participant whose status was never set from one that the regulator has reinstated. So a run
//! writes down whom it registers before it does, and the run after a cut-off one sets the statuses of those and of nobody
//! else. The file goes once the last of them is set: whoever removes it earlier only loses these.

use crate::{fault::fault, settle::journal::write_file};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    io::ErrorKind,
    path::{Path, PathBuf},
};
use tandem_primitives::Lei;

/// Participants of unfinished runs, by LEI.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Unfinished {
    registered: BTreeSet<String>,
    #[serde(skip)]
    path: PathBuf,
}

impl Unfinished {
    /// Reads what an earlier run has left at this place, if anything.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let cure = "name another folder with --state, and set the statuses that are missing with tandem set-status";
        let found = match std::fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|error| fault(format!("{}: cannot be read ({error}); {cure}", path.display())))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(fault(format!("{}: cannot be read ({error}); {cure}", path.display()))),
        };
        Ok(Self { path: path.to_owned(), ..found })
    }

    /// True for a participant whose status is still to be set.
    pub fn has(&self, lei: Lei) -> bool {
        self.registered.contains(&lei.to_string())
    }

    /// Adds participants that are about to be registered, and writes the file before that happens.
    pub fn add(&mut self, leis: impl IntoIterator<Item = Lei>) -> anyhow::Result<()> {
        let before = self.registered.len();
        self.registered.extend(leis.into_iter().map(|lei| lei.to_string()));
        if self.registered.len() == before {
            return Ok(());
        }
        let text = serde_json::to_string_pretty(self).context("the unfinished run")?;
        write_file(&self.path, &text).map_err(|error| self.cannot_change(&error))
    }

    /// Removes the file: every status is set.
    pub fn end(self) -> anyhow::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.cannot_change(&error)),
            _ => Ok(()),
        }
    }

    fn cannot_change(&self, error: &std::io::Error) -> anyhow::Error {
        fault(format!(
            "{}: cannot be written or removed ({error}); name a folder for it with --state",
            self.path.display()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEI: Lei = Lei(*b"TNDM00ALPSTEIN000083");

    #[test]
    fn cli_c6_a_cut_off_run_should_leave_whom_it_registers_and_a_whole_one_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("p.toml.0202.tandem.json");
        let mut first = Unfinished::open(&path).unwrap();
        first.add([]).unwrap();
        assert!(!first.has(LEI) && !path.exists());
        first.add([LEI]).unwrap();
        drop(first);
        let mut second = Unfinished::open(&path).unwrap();
        assert!(second.has(LEI) && !second.has(Lei(*b"TNDM00NORDHAV0000059")));
        second.add([LEI]).unwrap();
        second.end().unwrap();
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
        assert!(!Unfinished::open(&path).unwrap().has(LEI));
    }

    #[test]
    fn open_should_refuse_what_it_cannot_read() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("p.toml.0202.tandem.json");
        std::fs::write(&path, "{").unwrap();
        let sentence = Unfinished::open(&path).unwrap_err().to_string();
        assert!(
            sentence.ends_with(
                "; name another folder with --state, and set the statuses that are missing with tandem set-status"
            ),
            "{sentence}"
        );
    }
}

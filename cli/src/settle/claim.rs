//! One run at a time settles a file: two would each begin its trades, and settle them twice.

use crate::fault::fault;
use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// A run's claim to a journal. It ends with the process, however that ends; the empty file stays.
#[derive(Debug)]
pub struct Claim {
    _file: File,
}

impl Claim {
    /// Claims the journal at this place, which need not exist yet.
    pub fn of(journal: &Path) -> anyhow::Result<Self> {
        let path = journal.with_extension("lock");
        let cannot = |error: std::io::Error| {
            fault(format!("{}: cannot be locked ({error}); name a folder for the journal with --state", path.display()))
        };
        let file = File::options().write(true).create(true).truncate(false).open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(fault(format!("{}: another run is settling this file; wait until it has ended", path.display())))
            }
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_should_refuse_a_second_run_until_the_first_has_ended() {
        let directory = tempfile::tempdir().unwrap();
        let journal = directory.path().join("trades.csv.0202.tandem.json");
        let first = Claim::of(&journal).unwrap();
        let sentence = Claim::of(&journal).unwrap_err().to_string();
        assert!(sentence.ends_with("another run is settling this file; wait until it has ended"), "{sentence}");
        assert!(Claim::of(&directory.path().join("other.csv.0202.tandem.json")).is_ok());
        drop(first);
        assert!(Claim::of(&journal).is_ok());
    }
}

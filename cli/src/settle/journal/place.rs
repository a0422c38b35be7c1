//! Where journals are: in the user's state folder, by the name of the trade file and a digest of its path.

use super::Identity;
use crate::fault::fault;
use polkadot_sdk::sp_io::hashing::blake2_256;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

/// Hexadecimal digits of a digest in the name of a file.
const DIGITS: usize = 12;

/// Maximum length of the readable part of a name, in characters, so that no file system refuses the whole.
const READABLE: usize = 80;

/// Folder for what runs remember: the one that is named, or else the user's state folder. It is made if it is not there.
pub fn folder(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let default = || default(std::env::var_os("XDG_STATE_HOME"), std::env::var_os("HOME"));
    let folder = named.map(Path::to_owned).or_else(default).ok_or_else(|| {
        fault("there is no folder for the journal, as neither XDG_STATE_HOME nor HOME is set; name one with --state")
    })?;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(|error| {
        fault(format!(
            "{}: the folder for the journal cannot be made ({error}); name another with --state",
            folder.display()
        ))
    })?;
    Ok(folder)
}

/// `$XDG_STATE_HOME/tandem`, or `~/.local/state/tandem` where that is not set. A relative path counts as not set.
fn default(state_home: Option<OsString>, home: Option<OsString>) -> Option<PathBuf> {
    let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
    let state = state_home.and_then(absolute);
    state.or_else(|| Some(home.and_then(absolute)?.join(".local/state"))).map(|state| state.join("tandem"))
}

/// Path of a file without links and relative parts, which tells it from every other file of its name.
pub fn canonical(file: &Path) -> PathBuf {
    file.canonicalize().or_else(|_| std::path::absolute(file)).unwrap_or_else(|_| file.to_owned())
}

/// Journal of a file on a chain, in this folder. Files of one name in two folders have two journals, and so has one file on two
/// chains.
pub fn journal(folder: &Path, file: &Path, chain: &Identity) -> PathBuf {
    let name: String = file.file_name().unwrap_or_default().to_string_lossy().chars().take(READABLE).collect();
    let digest = hex::encode(blake2_256(canonical(file).as_os_str().as_encoded_bytes()));
    let digest: String = digest.chars().take(DIGITS).collect();
    folder.join(format!("{name}.{digest}.{}.tandem.json", chain.short()))
}

/// Mark of a file's content on a chain, in this folder.
pub fn mark(folder: &Path, content: &str, chain: &Identity) -> PathBuf {
    let digest: String = content.chars().take(DIGITS).collect();
    folder.join(format!("settled.{digest}.{}.tandem.json", chain.short()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use polkadot_sdk::sp_core::H256;

    #[test]
    fn cli_c9_files_of_one_name_should_have_journals_of_their_own() {
        let state = tempfile::tempdir().unwrap();
        let chain = Identity::of(H256([1; 32]), H256([2; 32]));
        let paths = ["mon", "tue"].map(|day| {
            std::fs::create_dir(state.path().join(day)).unwrap();
            let file = state.path().join(day).join("trades.csv");
            std::fs::write(&file, "").unwrap();
            // One file has one journal, whichever way its path is written.
            let around = state.path().join(day).join("..").join(day).join("trades.csv");
            assert_eq!(journal(state.path(), &file, &chain), journal(state.path(), &around, &chain));
            journal(state.path(), &file, &chain)
        });
        assert_ne!(paths[0], paths[1]);
        for path in &paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(name.starts_with("trades.csv.") && name.ends_with(".02020202.tandem.json"), "{name}");
            assert_eq!(path.parent(), Some(state.path()));
        }
        let elsewhere = Identity::of(H256([1; 32]), H256([3; 32]));
        assert_ne!(journal(state.path(), &state.path().join("mon/trades.csv"), &elsewhere), paths[0]);
    }

    #[test]
    fn cli_c8_journals_should_be_in_the_users_state_folder() {
        let default = |state: Option<&str>, home: Option<&str>| default(state.map(Into::into), home.map(Into::into));
        assert_eq!(default(Some("/state"), Some("/home/desk")), Some("/state/tandem".into()));
        assert_eq!(default(None, Some("/home/desk")), Some("/home/desk/.local/state/tandem".into()));
        assert_eq!(default(Some("state"), Some("/home/desk")), Some("/home/desk/.local/state/tandem".into()));
        assert_eq!(default(Some(""), None), None);
    }

    #[test]
    fn folder_should_be_made_and_be_the_owners_alone() {
        let state = tempfile::tempdir().unwrap();
        let named = state.path().join("a/b");
        assert_eq!(folder(Some(&named)).unwrap(), named);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&named.metadata().unwrap().permissions()) & 0o777, 0o700);
        std::fs::write(state.path().join("file"), "").unwrap();
        let sentence = folder(Some(&state.path().join("file"))).unwrap_err().to_string();
        assert!(sentence.ends_with("name another with --state"), "{sentence}");
    }
}

//! Files that outlive a power cut: each is whole on the disk, and has a copy beside it.

use std::{
    fs::File,
    io::{Error, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// Place of the copy of a file.
pub fn copy_of(path: &Path) -> PathBuf {
    path.with_extension("json.copy")
}

/// Writes a file, and then its copy. Whichever of the two a cut may break, the other one is whole.
pub fn write_twice(path: &Path, text: &str) -> Result<(), Error> {
    write(path, text)?;
    write(&copy_of(path), text)
}

/// Writes a file that only its owner may read. It has the old content until the new one is on the disk, name and all.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    // A new name is on the disk once its folder is.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Contents of a file, or of its copy.
pub enum Found<T> {
    /// Neither of the two is there.
    Nothing,
    /// The file as it was written last.
    Newest(T),
    /// The copy, as the file itself is missing or broken: why.
    Copy(T, String),
}

/// Reads a file, or else its copy. An error says why neither can be read.
pub fn read<T>(path: &Path, parse: impl Fn(&str) -> Result<T, String>) -> Result<Found<T>, String> {
    let read = |path: &Path| match std::fs::read_to_string(path) {
        Ok(text) => parse(&text).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    };
    let newest = read(path);
    if let Ok(Some(found)) = newest {
        return Ok(Found::Newest(found));
    }
    match (newest, read(&copy_of(path))) {
        (Ok(_), Ok(None)) => Ok(Found::Nothing),
        (Ok(_), Ok(Some(found))) => Ok(Found::Copy(found, "it is not there".to_owned())),
        (Err(error), Ok(Some(found))) => Ok(Found::Copy(found, error)),
        (Err(error), Ok(None) | Err(_)) | (Ok(_), Err(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<u8, String> {
        text.parse().map_err(|_| format!("{text:?} is no number"))
    }

    #[test]
    fn cli_c8_a_file_should_be_read_from_its_copy_when_it_is_broken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tandem.json");
        assert!(matches!(read(&path, number), Ok(Found::Nothing)));
        write_twice(&path, "7").unwrap();
        assert!(matches!(read(&path, number), Ok(Found::Newest(7))));
        for broken in ["", "x"] {
            std::fs::write(&path, broken).unwrap();
            assert!(matches!(read(&path, number), Ok(Found::Copy(7, _))), "{broken:?}");
        }
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(read(&path, number), Ok(Found::Copy(7, _))));
        std::fs::write(copy_of(&path), "").unwrap();
        assert!(read(&path, number).is_err());
        std::fs::write(&path, "8").unwrap();
        assert!(matches!(read(&path, number), Ok(Found::Newest(8))));
    }

    #[test]
    fn cli_c8_a_write_that_was_cut_off_should_leave_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tandem.json");
        write_twice(&path, "7").unwrap();
        // The cut came while the new content was written, and before it took the name.
        std::fs::write(folder.path().join("t.tandem.json.new"), "").unwrap();
        assert!(matches!(read(&path, number), Ok(Found::Newest(7))));
        // It came between the file and its copy.
        write(&path, "8").unwrap();
        assert!(matches!(read(&path, number), Ok(Found::Newest(8))));
    }
}

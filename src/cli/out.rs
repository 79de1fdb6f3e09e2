//! Standard output, standard error and files: what a command prints, without a panic when nobody listens.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::Failure;

/// Writes data to standard output. A reader that closed the pipe has seen enough: that is no error.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Writes talk to standard error; nobody to talk to is no error.
pub(super) fn talk(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a JSON document, every character of it harmless, and a line feed.
pub(super) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    data(&(crate::text::json(value) + "\n"))
}

/// Writes a file; an existing one is replaced whole or not at all.
pub(super) fn file(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text).map_err(|source| Failure::Write { path: path.to_owned(), source })
}

/// Writes beside the file and renames.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::File::create(path)?.write_all(text.as_bytes());
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

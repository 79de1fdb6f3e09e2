//! The right of one process to append to a session.
//!
//! A lock of the operating system, so it ends with the process, whatever ends it. The lock file says which process that
//! is; it is taken away with the claim, and one that a killed process left is used again.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::{StoreError, files, id};

/// Keeps every other process from appending to a session until it is dropped.
#[must_use = "the session is free again as soon as the claim is dropped"]
pub struct Claim {
    _held: Box<dyn Send>,
}

impl Claim {
    /// Wraps what ends the claim when it is dropped.
    pub(super) fn new(held: impl Send + 'static) -> Self {
        Self { _held: Box::new(held) }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim").finish_non_exhaustive()
    }
}

/// A locked lock file.
struct Held {
    path: PathBuf,
    _file: File,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Still locked: who opened the file before this finds it gone when the lock comes free, and opens the next one.
        let _ = fs::remove_file(&self.path);
    }
}

/// Claims a session by the lock file beside the store.
pub(super) fn by_file(store: &Path, session: &str) -> Result<Claim, StoreError> {
    id::require(session)?;
    loop {
        let (path, mut file) = files::open_lock(store, session)?;
        match file.try_lock() {
            Ok(()) if !is_at(&file, &path) => {}
            Ok(()) => {
                // Only a courtesy to the process that comes second: a full disk must not keep the first one out.
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                return Ok(Claim::new(Held { path, _file: file }));
            }
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let _ = file.read_to_string(&mut pid);
                return Err(StoreError::Busy { session: session.to_owned(), pid: pid.parse().ok() });
            }
            Err(TryLockError::Error(error)) => return Err(files::cannot("lock", &path)(error)),
        }
    }
}

/// Tells whether a path still leads to the open file.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(found)) => (open.dev(), open.ino()) == (found.dev(), found.ino()),
        _ => false,
    }
}

//! What can go wrong with a store, one variant for each thing the command line has to tell apart.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// Says why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such session.
    #[error("there is no session `{wanted}`")]
    NotFound {
        /// The id or the beginning of one, as it was given.
        wanted: String,
    },
    /// More than one session begins so.
    #[error("{} sessions begin with `{prefix}`", matches.len())]
    Ambiguous {
        /// The beginning, as it was given.
        prefix: String,
        /// The ids that begin so, sorted.
        matches: Vec<String>,
    },
    /// No session can have this id.
    #[error("`{id}` is not a session id")]
    BadId {
        /// What was given.
        id: String,
    },
    /// There is a session with this id.
    #[error("session `{session}` exists already")]
    Taken {
        /// The id.
        session: String,
    },
    /// Another process holds the claim.
    #[error("session `{session}` is open in another process{}", pid.map_or_else(String::new, |pid| format!(" ({pid})")))]
    Busy {
        /// The session.
        session: String,
        /// The process, where it could be read.
        pid: Option<u32>,
    },
    /// Another process stored an event with this number first.
    #[error("event {n} of session `{session}` was stored by another process in the meantime")]
    Overtaken {
        /// The session.
        session: String,
        /// The number.
        n: u32,
    },
    /// Records are not numbered from 1 without gaps.
    #[error("event {n} of session `{session}` cannot be stored: number {expected} comes next")]
    Gap {
        /// The session.
        session: String,
        /// The number of the record.
        n: u32,
        /// The number that can be stored.
        expected: u32,
    },
    /// An imported session and the stored one went different ways.
    #[error("session `{session}` went on in two places: event {n} is not the one in the store")]
    Diverged {
        /// The session.
        session: String,
        /// The first number at which they differ.
        n: u32,
    },
    /// A session, stored or to be stored, is not whole.
    #[error("session `{session}` is damaged: {what}")]
    Damaged {
        /// The session.
        session: String,
        /// What is wrong with it.
        what: String,
    },
    /// The file is something else.
    #[error("`{}` is not a rootwalk store", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
    },
    /// The file is an `SQLite` database that contradicts itself.
    #[error("the store `{}` is damaged", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// A newer program made or migrated the store.
    #[error("the store `{}` has schema {found}, and this program knows schemas up to {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The latest one known.
        known: i64,
    },
    /// The disk, the quota or the size limit is used up, or the device refuses to be written. Nothing of it was stored.
    #[error("cannot write to the store `{}`", path.display())]
    Full {
        /// The file.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// Other processes kept the file locked for longer than a write takes.
    #[error("the store `{}` is kept locked by another process", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// A file or folder could not be made, opened or synced.
    #[error("cannot {doing} `{}`", path.display())]
    Io {
        /// What was tried: a verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// `SQLite` fails in another way.
    #[error("cannot use the store `{}`", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What `SQLite` says.
        source: rusqlite::Error,
    },
    /// The system gives no random numbers to make an id of.
    #[error("cannot make a session id")]
    NoRandomness(#[source] getrandom::Error),
}

/// A failure inside a transaction: `SQLite`'s own, which learns its path on the way out, or one that is complete.
#[derive(Debug)]
pub(super) enum Failure {
    Sqlite(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    /// Completes the failure with the file it happened in.
    pub(super) fn at(self, path: &Path) -> StoreError {
        let source = match self {
            Self::Store(error) => return error,
            Self::Sqlite(source) => source,
        };
        let path = path.to_owned();
        let extended = source.sqlite_error().map_or(0, |error| error.extended_code);
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::NotAStore { path },
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Corrupt { path, source },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { path, source },
            Some(ErrorCode::DiskFull) => StoreError::Full { path, source },
            // A quota and a size limit are not told as a full disk; the second code is the index of the log that cannot
            // grow.
            Some(ErrorCode::SystemIoFailure)
                if [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_SHMSIZE].contains(&extended) =>
            {
                StoreError::Full { path, source }
            }
            _ => StoreError::Sqlite { path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: std::ffi::c_int, expected: &str) {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        let error = Failure::from(error).at(Path::new("s.db"));
        assert!(format!("{error:?}").starts_with(expected), "{code}: {error:?}");
        assert!(error.to_string().contains("`s.db`"), "{error}");
    }

    #[test]
    fn each_failure_of_sqlite_has_its_variant() {
        check(ffi::SQLITE_FULL, "Full");
        check(ffi::SQLITE_IOERR_WRITE, "Full");
        check(ffi::SQLITE_IOERR_SHMSIZE, "Full");
        check(ffi::SQLITE_IOERR_READ, "Sqlite");
        check(ffi::SQLITE_BUSY, "Locked");
        check(ffi::SQLITE_NOTADB, "NotAStore");
        check(ffi::SQLITE_CORRUPT, "Corrupt");
        check(ffi::SQLITE_CANTOPEN, "Sqlite");
    }
}

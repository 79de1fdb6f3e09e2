//! The folders and files of a store: made for their owner only, and synced so that a power cut does not take them.
//!
//! What exists keeps its mode. A database is never opened here once it may be in use: closing it would drop the locks
//! that `SQLite` holds on it in this process (<https://www.sqlite.org/howtocorrupt.html>, 2.2).

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::StoreError;

/// The lock under which a store is made or migrated; no session id.
const OPENING: &str = "opening";

/// Makes an empty file at a path and the folders it needs, unless another process just did.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    make_folder(folder_of(path))?;
    let _alone = be_alone(path)?;
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => file.sync_all().map_err(cannot("sync", path))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(cannot("create", path)(error)),
    }
    sync_folder(folder_of(path))
}

/// Waits until no other process makes or migrates the store, and keeps the others waiting while the file is open.
pub(super) fn be_alone(store: &Path) -> Result<File, StoreError> {
    let (path, file) = open_lock(store, OPENING)?;
    file.lock().map_err(cannot("lock", &path))?;
    Ok(file)
}

/// Opens the lock file of that name.
pub(super) fn open_lock(store: &Path, name: &str) -> Result<(PathBuf, File), StoreError> {
    let folder = beside(store, ".locks");
    make_folder(&folder)?;
    let path = folder.join(name);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    match file {
        Ok(file) => Ok((path, file)),
        Err(error) => Err(cannot("open", &path)(error)),
    }
}

/// Returns the path with something at the end of its name.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// Says what failed and where.
pub(super) fn cannot(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    move |source| StoreError::Io { doing, path: path.to_owned(), source }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Makes a folder and those above it, each on disk before the next.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    make_folder(folder_of(folder))?;
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => sync_folder(folder_of(folder)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(cannot("create", folder)(error)),
    }
}

fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(cannot("sync", folder))
}

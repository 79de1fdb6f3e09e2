//! A file that is looked at again and again: whether it was saved, and what stands in it.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

/// Watches a file. An editor may write it in pieces or replace it by another, so it may be away or half there for a moment.
#[derive(Debug)]
pub(super) struct Watched {
    path: PathBuf,
    /// As it was when it was last taken to be changed.
    taken: Option<Stamp>,
    /// As it was when it was last looked at.
    seen: Option<Stamp>,
}

/// What changes with each save, as far as the file system tells.
type Stamp = (SystemTime, u64);

impl Watched {
    /// Begins to watch a file as it is now.
    pub(super) fn begin(path: PathBuf) -> Self {
        let now = stamp(&path);
        Self { path, taken: now, seen: now }
    }

    /// Tells whether the file has changed since it last said so, and stayed as it is since it was last looked at. While the file is away
    /// it has not changed.
    pub(super) fn has_changed(&mut self) -> bool {
        let now = stamp(&self.path);
        let is_settled = now == self.seen;
        self.seen = now;
        let has_changed = now.is_some() && is_settled && now != self.taken;
        if has_changed {
            self.taken = now;
        }
        has_changed
    }
}

fn stamp(path: &std::path::Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_changed_once_it_is_saved_and_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lamp.ron");
        fs::write(&path, "one").expect("written");
        let mut watched = Watched::begin(path.clone());
        assert!(!watched.has_changed() && !watched.has_changed());
        fs::write(&path, "two, longer").expect("written");
        assert!(!watched.has_changed(), "it may be half written");
        assert!(watched.has_changed());
        assert!(!watched.has_changed());
    }

    #[test]
    fn a_file_that_is_replaced_is_away_for_a_moment() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, other) = (folder.path().join("lamp.ron"), folder.path().join("lamp.ron~"));
        fs::write(&path, "one").expect("written");
        let mut watched = Watched::begin(path.clone());
        fs::rename(&path, &other).expect("renamed");
        assert!(!watched.has_changed() && !watched.has_changed());
        fs::write(&path, "two, longer").expect("written");
        assert!(!watched.has_changed());
        assert!(watched.has_changed());
    }
}

//! Where shared steps are looked for: the folder `shared` beside a flow file, those of the layers, and what is built in.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Layers, built_in, read_source, walk};
use crate::diag::Findings;
use crate::flow::{find_shared, put_in_place};
use crate::source::{Source, Span};

/// The folder that holds files of shared steps.
pub(super) const FOLDER: &str = "shared";

/// As many folders above that of a flow file are looked into.
const MAX_ABOVE: usize = 3;

/// Holds the folders of shared steps, each read once and only when a flow names one.
#[derive(Debug)]
pub struct Shelves {
    /// Those of the layers, the winning one first.
    folders: Vec<PathBuf>,
    read: Mutex<BTreeMap<PathBuf, Arc<Shelf>>>,
}

/// Holds the steps of one folder.
#[derive(Debug, Default)]
struct Shelf {
    steps: HashMap<String, (Arc<Source>, Span)>,
    /// What is wrong with files that are passed over.
    broken: Vec<Findings>,
}

impl Shelves {
    /// Names the folders of the layers; looks into none of them.
    pub fn of(layers: &Layers) -> Self {
        let folders = layers.folders().map(|(_, folder, _)| folder.join(FOLDER)).collect();
        Self { folders, read: Mutex::default() }
    }

    /// Reads a flow file with the shared steps that it names in place: those beside it win, then those of the layers.
    pub fn read_flow(&self, path: &Path) -> Result<Source, Findings> {
        let source = read_source(path)?;
        Ok(self.put_in_place(source, Some(path)))
    }

    /// Puts the shared steps that a flow names in place; `path` is where its file lies, if it is not looked for in a layer.
    pub fn put_in_place(&self, source: Source, path: Option<&Path>) -> Source {
        let shelves = std::cell::OnceCell::new();
        let shelves = || {
            shelves.get_or_init(|| {
                let near = path.and_then(beside);
                near.iter().chain(&self.folders).map(|folder| self.shelf(folder)).collect::<Vec<_>>()
            })
        };
        let find = |id: &str| {
            let on_disk = shelves().iter().find_map(|shelf| shelf.steps.get(id).cloned());
            on_disk.or_else(|| built_in::find_shared(id))
        };
        let offered = || {
            let on_disk = shelves().iter().flat_map(|shelf| shelf.steps.keys().cloned());
            on_disk.chain(built_in::shared_ids().map(str::to_owned)).collect()
        };
        put_in_place(source, find, offered)
    }

    /// Tells whether no layer has shared steps of its own.
    pub(super) fn are_empty(&self) -> bool {
        self.folders.iter().all(|folder| self.shelf(folder).steps.is_empty())
    }

    /// Says what is wrong with files of shared steps that were passed over until now.
    pub(super) fn broken(&self) -> Vec<Findings> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.values().flat_map(|shelf| &shelf.broken).cloned().collect()
    }

    fn shelf(&self, folder: &Path) -> Arc<Shelf> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelf) = read.get(folder) {
            return Arc::clone(shelf);
        }
        let new = Arc::new(Shelf::read(folder));
        read.insert(folder.to_owned(), Arc::clone(&new));
        new
    }
}

impl Shelf {
    fn read(folder: &Path) -> Self {
        let mut shelf = Self::default();
        for path in walk(folder, true).unwrap_or_default().into_iter().map(|found| found.path) {
            match read_source(&path).and_then(find_shared) {
                Ok(file) => {
                    for (id, span) in file.steps() {
                        shelf.steps.entry(id.clone()).or_insert_with(|| (Arc::clone(file.source()), *span));
                    }
                }
                Err(findings) => shelf.broken.push(findings),
            }
        }
        shelf
    }
}

/// Finds the folder of shared steps beside a flow file, or in the nearest folder above it that has one.
fn beside(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let folder = whole.parent()?.ancestors().take(1 + MAX_ABOVE).map(|above| above.join(FOLDER));
    let folder = folder.into_iter().find(|folder| folder.is_dir())?;
    // It is called as the file is, so that a person knows it again.
    let is_it = |named: &PathBuf| std::path::absolute(named).is_ok_and(|whole| whole == folder);
    let named = path.parent()?.ancestors().map(|above| above.join(FOLDER)).find(is_it);
    Some(named.unwrap_or(folder))
}

//! The catalog: which flows there are, and who wins when two have the same id.
//!
//! Purpose: find flow files in layers (flag, environment, project, user, built in; an earlier layer wins) and open just those that
//! are needed, with the shared steps that they name put in place. Must not: judge a flow beyond reading it. Place: beside the way; it
//! hands sources to `flow`.

mod built_in;
mod shelf;
#[cfg(test)]
mod tests;

pub use shelf::Shelves;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use built_in::{BuiltIn, FLOWS};
use shelf::FOLDER;

use crate::diag::{Code, Diagnostic, Findings};
use crate::flow::{self, Head, MAX_FILE};
use crate::search::{self, Named};
use crate::source::{Source, Span};
use crate::walk::Edition;

/// Deepest folder below a layer that is looked into: links may lead round in circles.
const MAX_DEPTH: usize = 8;

/// Says where a flow comes from, the winning one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A folder named on the command line.
    Flag,
    /// A folder named in `$ROOTWALK_FLOWS`.
    Environment,
    /// The project's `.rootwalk/flows`.
    Project,
    /// The user's data folder.
    User,
    /// Part of the program.
    BuiltIn,
}

impl Origin {
    /// Returns the word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::Project => "project",
            Self::User => "user",
            Self::BuiltIn => "built-in",
        }
    }
}

/// Names the folders to look into; those of a layer that is always looked into need not exist.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Folders from the command line.
    pub flag: Vec<PathBuf>,
    /// Folders from the environment.
    pub environment: Vec<PathBuf>,
    /// The project's folder.
    pub project: Option<PathBuf>,
    /// The user's folder.
    pub user: Option<PathBuf>,
}

/// Holds all flows the program can see, unread. Those that are built in stand in their own table.
#[derive(Debug)]
pub struct Catalog {
    /// The flow files on the disk by id, the winning one first.
    on_disk: BTreeMap<String, Vec<OnDisk>>,
    /// The files of shared steps on the disk, the winning one first.
    shared: Vec<PathBuf>,
    shelves: Shelves,
}

#[derive(Debug)]
struct OnDisk {
    origin: Origin,
    path: PathBuf,
}

/// Names a file of a flow.
#[derive(Clone, Copy)]
enum File<'a> {
    OnDisk(&'a OnDisk),
    BuiltIn(&'static BuiltIn),
}

/// Says why a flow cannot be had.
#[derive(Debug, Error)]
pub enum CatalogError {
    /// A folder that was named cannot be read.
    #[error("the flow folder `{path}` cannot be read")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No flow has that name.
    #[error("there is no flow for `{wanted}`")]
    NotFound {
        /// What was asked for.
        wanted: String,
        /// The nearest id or code.
        nearest: Option<String>,
    },
    /// Several flows have that code or title.
    #[error("`{wanted}` may be one of several errors")]
    Several {
        /// What was asked for.
        wanted: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// Every file of the id is broken.
    #[error("the flow `{id}` cannot be used")]
    Broken {
        /// The id.
        id: String,
    },
}

/// Holds an edition together with the broken files that were passed over to find it.
#[derive(Debug)]
pub struct Opened {
    /// The flow.
    pub edition: Edition,
    /// Where it stands.
    pub source: Source,
    /// What is wrong with files that would have come first.
    pub broken: Vec<Findings>,
}

impl Catalog {
    /// Looks which files there are; reads none of them.
    pub fn look(layers: &Layers) -> Result<Self, CatalogError> {
        let (mut on_disk, mut shared): (BTreeMap<String, Vec<OnDisk>>, _) = (BTreeMap::new(), Vec::new());
        for (origin, path, is_required) in layers.folders() {
            let found = match walk(path, false) {
                Err(error) if !is_required && error.kind() == io::ErrorKind::NotFound => continue,
                Err(source) => return Err(CatalogError::Folder { path: path.to_owned(), source }),
                Ok(found) => found,
            };
            for Found { path, is_shared } in found {
                if is_shared {
                    shared.push(path);
                } else {
                    on_disk.entry(stem(&path)).or_default().push(OnDisk { origin, path });
                }
            }
        }
        Ok(Self { on_disk, shared, shelves: Shelves::of(layers) })
    }

    /// Returns the ids of all flows, sorted.
    pub fn ids(&self) -> Vec<String> {
        let on_disk = self.on_disk.keys().map(String::as_str);
        let ids: BTreeSet<&str> = on_disk.chain(FLOWS.iter().map(|flow| flow.id)).collect();
        ids.into_iter().map(str::to_owned).collect()
    }

    /// Returns the files of an id, the winning one first.
    fn files(&self, id: &str) -> impl Iterator<Item = File<'_>> {
        let on_disk = self.on_disk.get(id).into_iter().flatten().map(File::OnDisk);
        on_disk.chain(built_in::find(id).map(File::BuiltIn))
    }

    /// Returns where the winning file of an id comes from.
    pub fn origin(&self, id: &str) -> Option<Origin> {
        self.files(id).next().map(|file| match file {
            File::OnDisk(file) => file.origin,
            File::BuiltIn(_) => Origin::BuiltIn,
        })
    }

    /// Opens a flow by id, code or title. Only when it is no id are the heads of the others read.
    pub fn find(&self, wanted: &str) -> Result<Opened, CatalogError> {
        let id = search::slug(wanted);
        for id in [wanted, &id] {
            if self.files(id).next().is_some() {
                return self.open(id);
            }
        }
        let (named, _) = self.names();
        match search::find(wanted, &named) {
            search::Found::One(n) => self.open(&named[n].id),
            search::Found::Several(several) => {
                let ids = several.into_iter().map(|n| named[n].id.clone()).collect();
                Err(CatalogError::Several { wanted: wanted.to_owned(), ids })
            }
            search::Found::None(nearest) => Err(CatalogError::NotFound { wanted: wanted.to_owned(), nearest }),
        }
    }

    /// Opens the flow of an id: the first file that can be used. A broken one costs only itself.
    pub fn open(&self, id: &str) -> Result<Opened, CatalogError> {
        let mut files = self.files(id).peekable();
        if files.peek().is_none() {
            return Err(CatalogError::NotFound { wanted: id.to_owned(), nearest: None });
        }
        let mut broken = Vec::new();
        for read in files.flat_map(|file| self.read(file)) {
            match read.and_then(|(source, hash)| flow::read(&source).map(|flow| (flow, source, hash))) {
                Ok((flow, source, hash)) => {
                    let edition = match hash {
                        None => Edition::new(flow, source.text()),
                        Some(hash) => Edition::with_hash(flow, source.text(), hash),
                    };
                    if source.inlays().is_some() {
                        broken.extend(self.shelves.broken());
                    }
                    return Ok(Opened { edition, source, broken });
                }
                Err(findings) => broken.push(findings),
            }
        }
        Err(CatalogError::Broken { id: id.to_owned() })
    }

    /// Reads the heads of all flows, and of each no more than its head; files of which it cannot be read are returned beside
    /// them. A flow that is broken further down shows when it is opened.
    pub fn heads(&self) -> (Vec<Head>, Vec<Findings>) {
        let (mut heads, mut broken) = (Vec::new(), Vec::new());
        for id in self.ids() {
            for file in self.files(&id) {
                match self.head(file) {
                    Ok(head) => {
                        heads.push(Head { id: id.clone(), ..head });
                        break;
                    }
                    Err(findings) => broken.extend(findings),
                }
            }
        }
        (heads, broken)
    }

    /// Reads the names of all flows; files of which the head cannot be read are returned beside them.
    pub fn names(&self) -> (Vec<Named>, Vec<Findings>) {
        let (heads, broken) = self.heads();
        (heads.into_iter().map(Named::from).collect(), broken)
    }

    /// Reads the head of a file; where that cannot be done, the whole file says what is wrong.
    fn head(&self, file: File<'_>) -> Result<Head, Vec<Findings>> {
        let source = file.source().map_err(|findings| vec![findings])?;
        if let Some(head) = flow::head(source.text()) {
            return Ok(head);
        }
        let mut broken = Vec::new();
        for read in self.read(file) {
            match read.and_then(|(source, _)| flow::read(&source)) {
                Ok(flow) => return Ok(Head::of(&flow)),
                Err(findings) => broken.push(findings),
            }
        }
        Err(broken)
    }

    /// Returns the ids that a flow hands off to; none where its file cannot be read.
    pub fn hand_offs(&self, id: &str) -> Vec<String> {
        let source = self.files(id).next().and_then(|file| file.source().ok());
        source.map_or_else(Vec::new, |source| flow::hand_offs(source.text()).into_iter().map(str::to_owned).collect())
    }

    /// Says what is wrong with each broken file of an id.
    pub fn broken(&self, id: &str) -> Vec<Findings> {
        let read = self.files(id).flat_map(|file| self.read(file));
        let broken = read.filter_map(|read| read.and_then(|(source, _)| flow::read(&source).map(drop)).err());
        let mut broken: Vec<Findings> = broken.collect();
        broken.extend(self.shelves.broken());
        broken
    }

    /// Reads the winning file of an id, shared steps in place; nothing where there is none.
    pub fn source(&self, id: &str) -> Option<Result<Source, Findings>> {
        let mut read = self.files(id).take(1).flat_map(|file| self.read(file));
        read.next().map(|read| read.map(|(source, _)| source))
    }

    /// Returns where shared steps are looked for.
    pub fn shelves(&self) -> &Shelves {
        &self.shelves
    }

    /// Returns all files of shared steps, the winning one first: paths, then the texts that are built in.
    pub fn shared(&self) -> (&[PathBuf], impl Iterator<Item = Arc<Source>> + use<>) {
        (&self.shared, built_in::shared_files())
    }

    /// Reads a file, with the hash of its text where that is known. For a flow that is built in, its own shared steps stand in for those
    /// of the layers where they make it unusable.
    fn read<'a>(&'a self, file: File<'_>) -> impl Iterator<Item = Read> + use<'a> {
        let (on_disk, built_in) = match file {
            File::OnDisk(_) => (Some(file.source()), None),
            File::BuiltIn(flow) => {
                let is_changed = flow.is_spliced() && !self.shelves.are_empty();
                (is_changed.then(|| file.source()), Some(flow))
            }
        };
        let in_place = |source: Source| (self.shelves.put_in_place(source, None), None);
        let first = on_disk.map(move |source| source.map(in_place));
        first.into_iter().chain(built_in.map(|flow| Ok((flow.source_in_place(), Some(flow.hash)))))
    }
}

impl File<'_> {
    /// Reads the text as it stands in the file.
    fn source(self) -> Result<Source, Findings> {
        match self {
            Self::OnDisk(file) => read_source(&file.path),
            Self::BuiltIn(flow) => Ok(flow.source()),
        }
    }
}

/// The text of a flow, and its hash where that is known.
type Read = Result<(Source, Option<&'static str>), Findings>;

impl Layers {
    /// Returns the folders, the winning one first, and whether each has to be there.
    fn folders(&self) -> impl Iterator<Item = (Origin, &Path, bool)> {
        let named = self.flag.iter().map(|path| (Origin::Flag, path, true));
        let named = named.chain(self.environment.iter().map(|path| (Origin::Environment, path, true)));
        let named = named.chain(self.project.iter().map(|path| (Origin::Project, path, false)));
        named
            .chain(self.user.iter().map(|path| (Origin::User, path, false)))
            .map(|(o, path, must)| (o, path.as_path(), must))
    }
}

/// Reads a file as text, or says why it is none.
pub fn read_source(path: &Path) -> Result<Source, Findings> {
    let name = path.display().to_string();
    let fail = |code: Code, message: String| {
        Findings::new(Source::new(name.clone(), ""), vec![Diagnostic::new(code, Span::default(), message)])
    };
    let unreadable = |error: io::Error| fail(Code::Unreadable, format!("the file cannot be read: {error}"));
    let mut file = fs::File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    if length > MAX_FILE as u64 {
        return Err(fail(Code::TooLarge, format!("the file has {length} bytes, a flow at most {MAX_FILE}")));
    }
    // A device has no length, and a file may grow while it is read.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.by_ref().take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_FILE {
        return Err(fail(Code::TooLarge, format!("there is no end after {MAX_FILE} bytes, the most a flow has")));
    }
    String::from_utf8(bytes).map(|text| Source::new(name.clone(), text)).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let source = Source::new(name.clone(), text);
        let diagnostic =
            Diagnostic::new(Code::NotUtf8, Span::new(byte, byte + '\u{fffd}'.len_utf8()), "this is not UTF-8")
                .help("save the file as UTF-8".to_owned());
        Findings::new(source, vec![diagnostic])
    })
}

/// A file that was found below a folder.
struct Found {
    path: PathBuf,
    /// Whether it lies in a folder of shared steps.
    is_shared: bool,
}

/// Lists the flow files below a folder, sorted; what is hidden, what lies in a folder `shared`, and what is neither file nor folder, is
/// left out.
pub fn ron_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(walk(folder, false)?.into_iter().filter(|found| !found.is_shared).map(|found| found.path).collect())
}

/// Lists the flow files below a folder, and the files of shared steps, each sorted. The folder itself may be one of shared steps.
pub fn flow_and_shared_files(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (shared, flows): (Vec<_>, Vec<_>) =
        walk(folder, is_shared(folder))?.into_iter().partition(|found| found.is_shared);
    let paths = |found: Vec<Found>| found.into_iter().map(|found| found.path).collect();
    Ok((paths(flows), paths(shared)))
}

/// Tells whether a folder is one of shared steps, by its name.
pub fn is_shared(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == FOLDER)
}

fn walk(folder: &Path, is_shared_folder: bool) -> io::Result<Vec<Found>> {
    fn collect(folder: &Path, is_shared_folder: bool, depth: usize, files: &mut Vec<Found>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            if is_hidden {
                continue;
            }
            let is_flow = path.extension().is_some_and(|extension| extension == "ron");
            match fs::metadata(&path) {
                Ok(place) if place.is_dir() && depth < MAX_DEPTH => {
                    collect(&path, is_shared_folder || is_shared(&path), depth + 1, files)?;
                }
                // A pipe or a socket would be waited for; nobody named it.
                Ok(place) if !place.is_file() => {}
                _ if is_flow => files.push(Found { path, is_shared: is_shared_folder }),
                _ => {}
            }
        }
        Ok(())
    }
    let mut files = Vec::new();
    collect(folder, is_shared_folder, 0, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Returns the name of a file without its ending: the id that its flow must have.
pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

//! The catalog: which flows there are, and who wins when two have the same id.
//!
//! Purpose: find flow files in layers (flag, environment, project, user, built in; an earlier layer wins) and open just those that
//! are needed. Must not: judge a flow beyond reading it. Place: beside the way; it hands sources to `flow`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::diag::{Code, Diagnostic, Findings};
use crate::flow::{self, Flow, MAX_FILE};
use crate::search::{self, Found, Named};
use crate::source::{Source, Span};
use crate::walk::Edition;

struct BuiltIn {
    id: &'static str,
    name: &'static str,
    /// SHA-256 of the text, taken when the program was built.
    hash: &'static str,
    text: &'static str,
}

static BUILT_IN: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

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

/// Holds all flows the program can see, unread.
#[derive(Debug)]
pub struct Catalog {
    /// By id, the winning file first.
    files: BTreeMap<String, Vec<File>>,
}

#[derive(Debug, Clone)]
struct File {
    origin: Origin,
    place: FilePlace,
}

#[derive(Debug, Clone)]
enum FilePlace {
    Disk(PathBuf),
    BuiltIn(usize),
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
        let mut files: BTreeMap<String, Vec<File>> = BTreeMap::new();
        let named = layers.flag.iter().map(|path| (Origin::Flag, path, true));
        let named = named.chain(layers.environment.iter().map(|path| (Origin::Environment, path, true)));
        let named = named.chain(layers.project.iter().map(|path| (Origin::Project, path, false)));
        for (origin, path, is_required) in named.chain(layers.user.iter().map(|path| (Origin::User, path, false))) {
            let found = match ron_files(path) {
                Err(error) if !is_required && error.kind() == io::ErrorKind::NotFound => continue,
                Err(source) => return Err(CatalogError::Folder { path: path.clone(), source }),
                Ok(found) => found,
            };
            for path in found {
                let id = stem(&path);
                files.entry(id).or_default().push(File { origin, place: FilePlace::Disk(path) });
            }
        }
        for (n, built_in) in BUILT_IN.iter().enumerate() {
            let file = File { origin: Origin::BuiltIn, place: FilePlace::BuiltIn(n) };
            files.entry(built_in.id.to_owned()).or_default().push(file);
        }
        Ok(Self { files })
    }

    /// Returns the ids of all flows, sorted.
    pub fn ids(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// Returns where the winning file of an id comes from.
    pub fn origin(&self, id: &str) -> Option<Origin> {
        self.files.get(id).map(|files| files[0].origin)
    }

    /// Opens a flow by id, code or title. Only when it is no id are the other flows read.
    pub fn find(&self, wanted: &str) -> Result<Opened, CatalogError> {
        let id = search::slug(wanted);
        for id in [wanted, &id] {
            if self.files.contains_key(id) {
                return self.open(id);
            }
        }
        let (named, _) = self.names();
        match search::find(wanted, &named) {
            Found::One(n) => self.open(&named[n].id),
            Found::Several(several) => {
                let ids = several.into_iter().map(|n| named[n].id.clone()).collect();
                Err(CatalogError::Several { wanted: wanted.to_owned(), ids })
            }
            Found::None(nearest) => Err(CatalogError::NotFound { wanted: wanted.to_owned(), nearest }),
        }
    }

    /// Opens the flow of an id: the first file that can be used. A broken one costs only itself.
    pub fn open(&self, id: &str) -> Result<Opened, CatalogError> {
        let not_found = || CatalogError::NotFound { wanted: id.to_owned(), nearest: None };
        let files = self.files.get(id).ok_or_else(not_found)?;
        let mut broken = Vec::new();
        for file in files {
            let read = file.source().and_then(|source| flow::read(&source).map(|flow| (flow, source)));
            match read {
                Ok((flow, source)) => {
                    return Ok(Opened { edition: file.edition(flow, &source), source, broken });
                }
                Err(findings) => broken.push(findings),
            }
        }
        Err(CatalogError::Broken { id: id.to_owned() })
    }

    /// Reads all flows for their names; the broken ones are returned beside them.
    pub fn names(&self) -> (Vec<Named>, Vec<Findings>) {
        let (mut named, mut broken) = (Vec::new(), Vec::new());
        for id in self.files.keys() {
            if let Ok(opened) = self.open(id) {
                broken.extend(opened.broken);
                let error = opened.edition.flow().error();
                named.push(Named {
                    id: id.clone(),
                    code: error.code.clone(),
                    title: error.title.clone(),
                    product: error.product.clone(),
                });
            } else {
                broken.extend(self.broken(id));
            }
        }
        (named, broken)
    }

    /// Says what is wrong with each broken file of an id.
    pub fn broken(&self, id: &str) -> Vec<Findings> {
        let files = self.files.get(id).into_iter().flatten();
        files.filter_map(|file| file.source().and_then(|source| flow::read(&source).map(drop)).err()).collect()
    }

    /// Reads the winning file of an id; nothing where there is none.
    pub fn source(&self, id: &str) -> Option<Result<Source, Findings>> {
        self.files.get(id).map(|files| files[0].source())
    }
}

impl File {
    fn edition(&self, flow: Flow, source: &Source) -> Edition {
        match &self.place {
            FilePlace::Disk(_) => Edition::new(flow, source.text()),
            FilePlace::BuiltIn(n) => Edition::with_hash(flow, source.text(), BUILT_IN[*n].hash),
        }
    }

    fn source(&self) -> Result<Source, Findings> {
        match &self.place {
            FilePlace::Disk(path) => read_source(path),
            FilePlace::BuiltIn(n) => Ok(Source::new(format!("built-in:{}", BUILT_IN[*n].name), BUILT_IN[*n].text)),
        }
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

/// Lists the flow files below a folder, sorted; what is hidden, and what is neither file nor folder, is left out.
pub fn ron_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            if is_hidden {
                continue;
            }
            let is_flow = path.extension().is_some_and(|extension| extension == "ron");
            match fs::metadata(&path) {
                Ok(place) if place.is_dir() && depth < MAX_DEPTH => collect(&path, depth + 1, files)?,
                // A pipe or a socket would be waited for; nobody named it.
                Ok(place) if !place.is_file() => {}
                _ if is_flow => files.push(path),
                _ => {}
            }
        }
        Ok(())
    }
    let mut files = Vec::new();
    collect(folder, 0, &mut files)?;
    files.sort();
    Ok(files)
}

/// Returns the name of a file without its ending: the id that its flow must have.
pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_taken_when_the_program_was_built_is_that_of_the_text() {
        for built_in in BUILT_IN {
            assert_eq!(built_in.hash, Edition::hash_of(built_in.text), "{}", built_in.id);
        }
    }

    #[test]
    fn an_earlier_layer_wins_and_a_broken_file_costs_only_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let id = "powerbi-token-expired";
        let own = folder.path().join(format!("{id}.ron"));
        let layers = Layers { flag: vec![folder.path().to_owned()], ..Layers::default() };
        let title = |title: &str| {
            let built_in = BUILT_IN.iter().find(|built_in| built_in.id == id).expect("shipped");
            built_in.text.replacen("title: \"", &format!("title: \"{title} "), 1)
        };
        fs::write(&own, title("Ours")).expect("written");
        let opened = Catalog::look(&layers).and_then(|catalog| catalog.open(id)).expect("good");
        assert!(opened.edition.flow().error().title.starts_with("Ours "));
        fs::write(&own, "Flow(").expect("written");
        let opened = Catalog::look(&layers).and_then(|catalog| catalog.open(id)).expect("the one built in");
        assert!(!opened.edition.flow().error().title.starts_with("Ours "));
        assert_eq!(opened.broken.len(), 1);
    }
}

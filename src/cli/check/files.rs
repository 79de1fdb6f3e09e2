//! The files that `check` and `rehearse` are about: flows, and files of shared steps.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::super::error::Failure;
use crate::catalog::{Catalog, flow_and_shared_files, is_shared, read_source, stem};
use crate::diag::Findings;
use crate::source::Source;

/// One flow file of those that a command is about; it is read when its turn comes, and let go after it.
pub(in super::super) struct File {
    pub(super) stem: String,
    /// Where it lies; nothing for the catalog's own.
    pub(super) path: Option<PathBuf>,
    /// Another file with the same stem, which came before.
    pub(super) twin: Option<String>,
}

/// What a command is about.
pub(in super::super) struct Files {
    pub(in super::super) flows: Vec<File>,
    /// The files of shared steps.
    pub(super) shared: Vec<Shared>,
}

/// A file of shared steps.
pub(super) struct Shared {
    pub(super) source: Result<Source, Findings>,
    /// The folder in which an id stands once; nothing for what is built in.
    pub(super) folder: Option<PathBuf>,
    /// Whether the flows that may name its steps are looked at, too.
    pub(super) is_with_flows: bool,
}

impl Files {
    /// Collects the files that are named, or all that the program can see where none is.
    pub(in super::super) fn of(catalog: &Catalog, paths: &[PathBuf]) -> Result<Self, Failure> {
        if paths.is_empty() {
            let flows = catalog.ids().into_iter().map(|stem| File { stem, path: None, twin: None }).collect();
            let (on_disk, built_in) = catalog.shared();
            // Whoever has flows in the place of shipped ones need not name all that is built in.
            let built_in = built_in.map(|source| Shared {
                source: Ok(Source::clone(&source)),
                folder: None,
                is_with_flows: false,
            });
            let on_disk = on_disk.iter().map(|path| Shared::at(path, true));
            return Ok(Self { flows, shared: on_disk.chain(built_in).collect() });
        }
        let file = |path: PathBuf| File { stem: stem(&path), path: Some(path), twin: None };
        let mut files = Self { flows: Vec::new(), shared: Vec::new() };
        for path in paths {
            let fail = |source| Failure::Input { path: path.clone(), source };
            if path.is_dir() {
                let (flows, shared) = flow_and_shared_files(path).map_err(fail)?;
                files.flows.extend(flows.into_iter().map(file));
                files.shared.extend(shared.iter().map(|file| Shared::at(file, !is_shared(path))));
                continue;
            }
            std::fs::metadata(path).map_err(fail)?;
            let shared = Shared::at(path, false);
            if path.parent().is_some_and(is_shared) && !shared.is_flow() {
                files.shared.push(shared);
            } else {
                files.flows.push(file(path.clone()));
            }
        }
        files.name_twins();
        Ok(files)
    }

    /// Two files with the same name in one folder tree: only one of them would ever be walked.
    fn name_twins(&mut self) {
        let mut first: HashMap<String, String> = HashMap::new();
        for file in &mut self.flows {
            let Some(path) = &file.path else { continue };
            let name = path.display().to_string();
            file.twin = first.insert(file.stem.clone(), name.clone()).filter(|earlier| *earlier != name);
        }
    }
}

impl File {
    /// Reads its text, with the shared steps that it names in place, or says why that cannot be had.
    pub(in super::super) fn read(&self, catalog: &Catalog) -> Result<Source, Findings> {
        match &self.path {
            Some(path) => catalog.shelves().read_flow(path),
            None => catalog.source(&self.stem).expect("the catalog named it"),
        }
    }
}

impl Shared {
    fn at(path: &Path, is_with_flows: bool) -> Self {
        Self { source: read_source(path), folder: path.parent().map(Path::to_owned), is_with_flows }
    }

    /// Any folder may be called `shared`: what says that it is a flow is one.
    fn is_flow(&self) -> bool {
        self.source
            .as_ref()
            .is_ok_and(|source| source.text().lines().any(|line| line.trim_start().starts_with("Flow(")))
    }
}

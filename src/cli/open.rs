//! The flow that a command is about: an error of the catalog, or a file that is still being written.

use std::path::Path;

use super::error::Failure;
use super::out;
use super::settings::Settings;
use crate::catalog::{Catalog, CatalogError, Opened, Shelves};
use crate::diag::{self, Findings, did_you_mean};
use crate::flow::{self, CauseIx, Flow, QuestionIx};
use crate::source::Source;
use crate::text::one_line;
use crate::walk::Edition;

/// Opens what an author names: a path to a flow file, or the id, code or name of an error that the catalog knows. For a file
/// nobody looks which others there are.
pub(super) fn open_flow(settings: &Settings, wanted: &str) -> Result<Opened, Failure> {
    if is_file(wanted) {
        open_file(&Shelves::of(&settings.layers), Path::new(wanted))
    } else {
        open(&settings.catalog()?, wanted)
    }
}

/// Opens the same where the catalog is there already.
pub(super) fn open_from(catalog: &Catalog, wanted: &str) -> Result<Opened, Failure> {
    if is_file(wanted) { open_file(catalog.shelves(), Path::new(wanted)) } else { open(catalog, wanted) }
}

/// Tells whether a path is meant: it ends in `.ron`, or it has a slash and leads to a file. A bare word is none, so that a
/// file that happens to be called `2403` does not hide the error.
pub(super) fn is_file(wanted: &str) -> bool {
    let path = Path::new(wanted);
    path.extension().is_some_and(|extension| extension == "ron") || (path.components().count() > 1 && path.is_file())
}

/// Opens a flow file.
fn open_file(shelves: &Shelves, path: &Path) -> Result<Opened, Failure> {
    let source = read_file(shelves, path)?;
    let flow = flow::read(&source).map_err(|findings| Failure::Findings(vec![findings]))?;
    Ok(Opened { edition: Edition::new(flow, source.text()), source, broken: Vec::new() })
}

/// Reads the text of a flow file, whatever it holds, with the shared steps that it names in place.
pub(super) fn read_file(shelves: &Shelves, path: &Path) -> Result<Source, Failure> {
    std::fs::metadata(path).map_err(|source| Failure::Input { path: path.to_owned(), source })?;
    shelves.read_flow(path).map_err(|findings| Failure::Findings(vec![findings]))
}

/// Finds a question that is named on the command line.
pub(super) fn find_question(flow: &Flow, id: &str) -> Result<QuestionIx, Failure> {
    let known = || flow.questions().iter().map(|question| question.id.as_str());
    flow.find_question(id).ok_or_else(|| unknown(flow, "question", id, did_you_mean(id, known())))
}

/// Finds a cause that is named on the command line.
pub(super) fn find_cause(flow: &Flow, id: &str) -> Result<CauseIx, Failure> {
    let known = || flow.causes().iter().map(|cause| cause.id.as_str());
    flow.find_cause(id).ok_or_else(|| unknown(flow, "cause", id, did_you_mean(id, known())))
}

fn unknown(flow: &Flow, kind: &str, id: &str, help: Option<String>) -> Failure {
    Failure::Argument { message: format!("`{}` has no {kind} `{id}`", flow.id()), help }
}

/// Opens a flow of the catalog; broken files passed over on the way are reported and cost only themselves.
pub(super) fn open(catalog: &Catalog, wanted: &str) -> Result<Opened, Failure> {
    match catalog.find(wanted) {
        Ok(opened) => {
            warn(&opened.broken);
            Ok(opened)
        }
        Err(error) => {
            if let CatalogError::Broken { id } = &error {
                warn(&catalog.broken(id));
            }
            Err(error.into())
        }
    }
}

/// Reports files that are passed over.
pub(super) fn warn(broken: &[Findings]) {
    for findings in broken {
        out::talk(&diag::render(findings, false));
        out::talk(&format!("warning: `{}` is passed over\n", one_line(findings.source.name())));
    }
}

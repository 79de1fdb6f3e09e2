//! `rootwalk diff OLD NEW`: what a change to a flow does to people's walks. Exit code 1 when walks change.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::args::{self, Comparing};
use super::error::{Exit, Failure};
use super::ledger::fold;
use super::open::{is_file, open_flow};
use super::out;
use super::settings::Settings;
use crate::catalog::Shelves;
use crate::diff::{self, Comparison, Meeting};
use crate::flow;
use crate::source::Source;
use crate::store::Store as _;
use crate::walk::Edition;

/// Names a revision of the other file.
const GIT: &str = "git:";

pub(super) fn diff(settings: &Settings, args: &args::Diff) -> Result<Exit, Failure> {
    let old = open(settings, &args.old, &args.new)?;
    let new = open(settings, &args.new, &args.old)?;
    let comparison = diff::compare(old.flow(), new.flow());
    let sessions = open_sessions(settings, &comparison, &old)?;
    match args.format {
        Comparing::Text => out::data(&diff::to_text(&comparison, &sessions))?,
        Comparing::Markdown => out::data(&diff::to_markdown(&comparison, &sessions))?,
        Comparing::Json => out::json(&diff::to_json(&comparison, &sessions))?,
    }
    Ok(if comparison.changes_walks() { Exit::No } else { Exit::Done })
}

/// Opens one of the two; a revision is of the file that the other one names.
fn open(settings: &Settings, wanted: &str, other: &str) -> Result<Edition, Failure> {
    let Some(revision) = wanted.strip_prefix(GIT) else { return Ok(open_flow(settings, wanted)?.edition) };
    if other.starts_with(GIT) || !is_file(other) {
        return Err(Failure::Argument {
            message: format!("`{wanted}` says of no file which one is meant"),
            help: Some("name the file as the other one: rootwalk diff git:HEAD flows/my-flow.ron".to_owned()),
        });
    }
    let source = Source::new(format!("{revision}:{other}"), show(revision, Path::new(other))?);
    let source = Shelves::of(&settings.layers).put_in_place(source, Some(Path::new(other)));
    let flow = flow::read(&source).map_err(|findings| Failure::Findings(vec![findings]))?;
    Ok(Edition::new(flow, source.text()))
}

/// Asks git for a file as it is in a revision.
fn show(revision: &str, path: &Path) -> Result<String, Failure> {
    let fail = |why: String| Failure::Git { revision: revision.to_owned(), path: path.to_owned(), why };
    if revision.is_empty() || revision.starts_with('-') {
        return Err(fail("it names no revision".to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["show", "--end-of-options"])
        .arg(format!("{revision}:./{}", name.display()))
        .output()
        .map_err(|error| fail(format!("git cannot be run: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(fail(said.trim().trim_start_matches("fatal: ").to_owned()));
    }
    String::from_utf8(output.stdout).map_err(|_| fail("the file is not UTF-8 there".to_owned()))
}

/// Finds the open sessions that walk the old version now, by its text.
fn open_sessions(settings: &Settings, comparison: &Comparison<'_>, old: &Edition) -> Result<Vec<Meeting>, Failure> {
    let Some(store) = settings.existing_store()? else { return Ok(Vec::new()) };
    let mut meetings = Vec::new();
    for stored in store.list(usize::MAX)?.into_iter().flatten() {
        if !stored.editions.iter().any(|edition| edition.hash == old.hash()) {
            continue;
        }
        // A damaged session stands nowhere; `rootwalk sessions` says what is wrong with it.
        if let Ok(session) = fold(&stored)
            && session.ended().is_none()
            && session.edition().hash() == old.hash()
        {
            meetings.push(comparison.meet(session.id(), session.leg()));
        }
    }
    Ok(meetings)
}

//! Shared steps: files of steps that many flows name, and putting them into a flow's text as if they stood in it.

use std::sync::Arc;

use super::model::Step;
use super::splice::{BEHIND, PREFIX, outline};
use super::{Parsed, add_located, parse, shape, validate};
use crate::diag::Findings;
use crate::source::{Inlay, Source, Span};

/// Holds a file of shared steps.
#[derive(Debug)]
pub struct SharedFile {
    source: Arc<Source>,
    /// Each step's id and its bytes, from the first of its id.
    steps: Vec<(String, Span)>,
}

/// Holds the steps of a file of shared ones as far as they could be read, and what is wrong with it.
#[derive(Debug)]
pub struct SharedDraft {
    /// The steps in the order of the file. With findings they promise nothing.
    pub steps: Vec<Step>,
    /// Whether a part was made up, because the file says nothing that can be read there.
    pub is_guess: bool,
    /// What is wrong; may be empty.
    pub findings: Findings,
}

impl SharedFile {
    /// Returns where the file comes from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Returns the id of each step and its bytes.
    pub fn steps(&self) -> &[(String, Span)] {
        &self.steps
    }
}

/// Reads a file of shared steps as far as it goes.
pub fn draft_shared(source: &Source) -> SharedDraft {
    let Parsed { raw, is_guess, mut found } = parse(source, &shape::SHARED);
    let (steps, problems) = raw.map_or_else(Default::default, validate::shared);
    add_located(source, problems, &mut found);
    SharedDraft { steps, is_guess, findings: Findings::new(source.clone(), found) }
}

/// Finds the steps of a file of shared ones, or says why that cannot be done. What is wrong with a step shows where it is put in place,
/// so that it costs only the flows that name it.
pub fn find_shared(source: Source) -> Result<SharedFile, Findings> {
    let Some(outline) = outline(source.text()) else {
        return Err(draft_shared(&source).findings);
    };
    let steps = outline.steps.iter().map(|step| (step.id.to_owned(), Span::new(step.start, step.end))).collect();
    Ok(SharedFile { steps, source: Arc::new(source) })
}

/// Names the shared steps that a flow's text names, without `shared/`, each once, in the order in which they are met.
pub fn names_shared(text: &str) -> Vec<&str> {
    if !text.contains(PREFIX) {
        return Vec::new();
    }
    outline(text).map_or_else(Vec::new, |outline| outline.names)
}

/// Puts the shared steps that a flow names behind its own, each under `shared/` and its id. What is not found is left out; then
/// `offered` names what could have been found.
pub fn put_in_place(
    source: Source,
    mut find: impl FnMut(&str) -> Option<(Arc<Source>, Span)>,
    offered: impl FnOnce() -> Vec<String>,
) -> Source {
    if !source.text().contains(PREFIX) {
        return source;
    }
    let Some((outline, slot)) = outline(source.text()).and_then(|outline| outline.slot.map(|slot| (outline, slot)))
    else {
        return source;
    };
    let is_own = |name: &str| outline.steps.iter().any(|step| step.id.strip_prefix(PREFIX) == Some(name));
    let wanted: Vec<&str> = outline.names.iter().copied().filter(|name| !is_own(name)).collect();
    let found: Vec<_> = wanted.iter().filter_map(|name| find(name)).collect();
    let offered = if found.len() == wanted.len() { Vec::new() } else { offered() };
    let inlay = |(n, (from, span))| Inlay { before: slot.before(n), from, span };
    let inlays = found.into_iter().enumerate().map(inlay).collect();
    let offered = offered.into_iter().map(|id| format!("{PREFIX}{id}")).collect();
    source.with_inlays(slot.at, inlays, BEHIND, offered)
}

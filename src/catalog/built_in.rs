//! The flows and shared steps that are part of the program, as the build script found them.

use std::sync::{Arc, OnceLock};

use crate::flow::Slot;
use crate::source::{Inlay, Source, Span};

/// Holds a flow.
pub(super) struct BuiltIn {
    pub(super) id: &'static str,
    name: &'static str,
    /// SHA-256 of the text with its shared steps in place, taken when the program was built.
    pub(super) hash: &'static str,
    /// The text as LZ4 packs it.
    packed: &'static [u8],
    splice: Option<Splice>,
}

/// Says which shared steps a flow names, by their number, and where they go.
struct Splice {
    at: usize,
    is_comma_missing: bool,
    steps: &'static [usize],
}

/// Holds a file of shared steps.
struct SharedText {
    name: &'static str,
    text: &'static str,
}

/// Says where a shared step stands.
struct SharedStep {
    id: &'static str,
    file: usize,
    start: usize,
    end: usize,
}

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

impl BuiltIn {
    /// Returns the text as it stands in its file.
    pub(super) fn source(&self) -> Source {
        let text = lz4_flex::decompress_size_prepended(self.packed).expect("the build script packed it");
        let text = String::from_utf8(text).expect("the build script packed a text");
        Source::new(format!("built-in:{}", self.name), text)
    }

    /// Returns the text with the shared steps in place, those that are built in.
    pub(super) fn source_in_place(&self) -> Source {
        let Some(Splice { at, is_comma_missing, steps }) = self.splice else { return self.source() };
        let slot = Slot { at, is_comma_missing };
        let inlays = steps.iter().enumerate().map(|(n, &step)| {
            let (from, span) = SHARED_STEPS[step].place();
            Inlay { before: slot.before(n), from, span }
        });
        self.source().with_inlays(at, inlays.collect(), crate::flow::BEHIND, Vec::new())
    }

    /// Tells whether the flow names shared steps that are all built in.
    pub(super) fn is_spliced(&self) -> bool {
        self.splice.is_some()
    }
}

impl SharedStep {
    fn place(&self) -> (Arc<Source>, Span) {
        (shared_file(self.file), Span::new(self.start, self.end))
    }
}

/// Finds the flow of an id.
pub(super) fn find(id: &str) -> Option<&'static BuiltIn> {
    FLOWS.binary_search_by(|flow| flow.id.cmp(id)).ok().map(|n| &FLOWS[n])
}

/// Returns a file of shared steps; each is made once.
fn shared_file(n: usize) -> Arc<Source> {
    static MADE: OnceLock<Vec<OnceLock<Arc<Source>>>> = OnceLock::new();
    let made = MADE.get_or_init(|| SHARED_FILES.iter().map(|_| OnceLock::new()).collect());
    let SharedText { name, text } = SHARED_FILES[n];
    Arc::clone(made[n].get_or_init(|| Arc::new(Source::new(format!("built-in:{name}"), text))))
}

/// Returns all files of shared steps.
pub(super) fn shared_files() -> impl Iterator<Item = Arc<Source>> {
    (0..SHARED_FILES.len()).map(shared_file)
}

/// Finds a shared step.
pub(super) fn find_shared(id: &str) -> Option<(Arc<Source>, Span)> {
    SHARED_STEPS.binary_search_by(|step| step.id.cmp(id)).ok().map(|n| SHARED_STEPS[n].place())
}

/// Returns the ids of all shared steps.
pub(super) fn shared_ids() -> impl Iterator<Item = &'static str> {
    SHARED_STEPS.iter().map(|step| step.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{draft_shared, names_shared, read};
    use crate::walk::Edition;

    #[test]
    fn the_hash_taken_when_the_program_was_built_is_that_of_the_text() {
        for flow in FLOWS {
            assert_eq!(flow.hash, Edition::hash_of(flow.source_in_place().text()), "{}", flow.id);
        }
    }

    #[test]
    fn what_was_put_down_when_the_program_was_built_is_what_is_found_now() {
        for flow in FLOWS {
            let now = crate::flow::put_in_place(flow.source(), find_shared, Vec::new);
            assert_eq!(flow.source_in_place(), now, "{}", flow.id);
            assert_eq!(flow.is_spliced(), !names_shared(flow.source().text()).is_empty(), "{}", flow.id);
            assert!(read(&now).is_ok(), "{}", flow.id);
        }
        let all: usize = shared_files().map(|file| draft_shared(&file).steps.len()).sum();
        assert_eq!(all, SHARED_STEPS.len());
    }
}

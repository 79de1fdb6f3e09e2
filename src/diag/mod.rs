//! Diagnostics: what is wrong with a file an author wrote, where, and what to do about it.
//!
//! Purpose: one type for every finding, its forms for people and machines, and a page on each code. Must not: look
//! for anything itself, print, or stop at the first finding. Place: after source; `flow`, `check` and `rehearse`
//! make diagnostics, `cli` shows them.

mod code;
mod github;
mod json;
mod page;
mod render;
mod sarif;

pub use code::{Code, Severity};
pub use github::to_github;
pub use json::to_json;
pub use page::{Example, Page, indent, page};
pub use render::render;
pub use sarif::{sarif_document, to_sarif_results};

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::{Source, Span};
use crate::text::{one_line, shorten};

/// Says what is wrong at one place of a file. The place is a [`Span`], or a name for one that is looked up later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic<At = Span> {
    /// Which rule speaks.
    pub code: Code,
    /// What happened: a lower-case fragment, names in backticks, no full stop.
    pub message: String,
    /// The place that has to change.
    pub at: At,
    /// A few words at the caret; may be empty.
    pub label: String,
    /// Other places of the same file that belong to it.
    pub related: Vec<(At, String)>,
    /// The answers that show it, in the order in which a walk gives them: question and answer; empty where none do.
    pub way: Vec<(String, &'static str)>,
    /// What to do, when that is known.
    pub help: Option<String>,
}

/// Holds what was found in one file, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// The file.
    pub source: Source,
    /// What was found in it; not empty in an `Err`.
    pub diagnostics: Vec<Diagnostic>,
}

impl<At> Diagnostic<At> {
    /// Makes a diagnostic that points at a place; label, related places and help are added with the other methods.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            at,
            label: String::new(),
            related: Vec::new(),
            way: Vec::new(),
            help: None,
        }
    }

    /// Adds the words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place of the same file.
    #[must_use]
    pub fn related(mut self, at: At, text: impl Into<String>) -> Self {
        self.related.push((at, text.into()));
        self
    }

    /// Adds the answers that show it.
    #[must_use]
    pub fn way(mut self, way: Vec<(String, &'static str)>) -> Self {
        self.way = way;
        self
    }

    /// Adds what to do; nothing where it is not known.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// Turns each place into another kind of place.
    pub fn map<To>(self, mut to: impl FnMut(At) -> To) -> Diagnostic<To> {
        Diagnostic {
            code: self.code,
            message: self.message,
            at: to(self.at),
            label: self.label,
            related: self.related.into_iter().map(|(at, text)| (to(at), text)).collect(),
            way: self.way,
            help: self.help,
        }
    }

    /// Returns the answers that show it as words: `` `plugged`: yes, `power`: no ``; of many the last ones.
    pub fn way_in_words(&self) -> Option<String> {
        const MOST: usize = 12;
        let left_out = self.way.len().saturating_sub(MOST);
        let words = self.way[left_out..].iter().map(|(name, answer)| format!("{}: {answer}", named(name)));
        let words = words.collect::<Vec<_>>().join(", ");
        match (self.way.is_empty(), left_out) {
            (true, _) => None,
            (false, 0) => Some(words),
            (false, more) => Some(format!("{more} answers, then {words}")),
        }
    }
}

impl Findings {
    /// Puts the diagnostics of one file in the order of the file.
    pub fn new(source: Source, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by_key(|diagnostic| (diagnostic.at, diagnostic.code));
        Self { source, diagnostics }
    }

    /// Sorts the findings by the file in which each stands: first those of the file itself, then those of files of which parts were put
    /// in. A related place in another file is left out.
    pub fn by_file(&self) -> Vec<Cow<'_, Self>> {
        if self.source.inlays().is_none() {
            return vec![Cow::Borrowed(self)];
        }
        let mut own = Vec::new();
        let mut others: Vec<(&Arc<Source>, Vec<Diagnostic>)> = Vec::new();
        for diagnostic in &self.diagnostics {
            let (file, _) = self.source.origin(diagnostic.at);
            let mut diagnostic = diagnostic.clone();
            diagnostic.related.retain(|(at, _)| self.source.origin(*at).0.map(Arc::as_ptr) == file.map(Arc::as_ptr));
            let diagnostic = diagnostic.map(|at| self.source.origin(at).1);
            match file {
                None => own.push(diagnostic),
                Some(file) => match others.iter_mut().find(|(other, _)| Arc::ptr_eq(other, file)) {
                    Some((_, found)) => found.push(diagnostic),
                    None => others.push((file, vec![diagnostic])),
                },
            }
        }
        let others = others.into_iter().map(|(file, found)| Cow::Owned(Self::new(Source::clone(file), found)));
        std::iter::once(Cow::Owned(Self::new(self.source.own(), own))).chain(others).collect()
    }

    /// Counts the diagnostics of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count()
    }
}

/// Returns a name as messages show it: in backticks, on one line, harmless, and cut when no person would read it to its end.
pub fn named(name: &str) -> String {
    const WIDTH: usize = 60;
    // Cut twice, so that a name of a megabyte costs no more than its beginning.
    let end = name.char_indices().nth(8 * WIDTH).map_or(name.len(), |(byte, _)| byte);
    format!("`{}`", shorten(&one_line(&name[..end]), WIDTH))
}

/// Returns `did you mean …?` for the known name nearest to a mistyped one, or nothing when none is near.
pub fn did_you_mean<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(given, known).map(|name| format!("did you mean {}?", named(name)))
}

/// Returns the known name nearest to a mistyped one, or nothing when none is near.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.75;
    /// Longer names are no slips of the pen, and comparing them costs the product of their lengths.
    const LONGEST: usize = 200;
    if given.len() > LONGEST {
        return None;
    }
    let given = given.to_lowercase();
    known
        .into_iter()
        .filter(|name| name.len() <= LONGEST)
        .map(|name| (strsim::jaro_winkler(&given, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

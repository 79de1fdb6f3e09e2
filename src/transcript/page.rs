//! The page: a transcript laid out for a reader, once for all renderings. What is in it is harmless already; a rendering only
//! escapes its own markup.

use super::Transcript;
use crate::text::{one_line, visible};

/// Holds a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) title: Line,
    pub(super) sections: Vec<Section>,
}

/// Holds a section with at least one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    pub(super) blocks: Vec<Block>,
}

/// Holds a part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A sentence.
    Text(Line),
    /// Labels and values.
    Facts(Vec<(&'static str, Line)>),
    /// A text as it was pasted.
    Pasted(Lines),
    /// What happened, in order.
    Moments(Vec<Moment>),
    /// Things of one kind.
    List(Vec<Item>),
}

/// Holds a harmless text without a line feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line(String);

/// Holds a harmless text with the lines it was typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines(String);

/// Holds something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) n: u32,
    pub(super) at: String,
    pub(super) by: Option<Line>,
    pub(super) what: Line,
    pub(super) answer: Line,
    pub(super) followed: Vec<Line>,
    pub(super) is_taken_back: bool,
}

/// Holds an entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// One word about it; may be empty.
    pub(super) mark: &'static str,
    pub(super) text: Line,
    pub(super) details: Vec<Lines>,
    /// To copy; never run.
    pub(super) command: Option<Lines>,
}

impl Line {
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self(one_line(text.as_ref()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Lines {
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self(visible(text.as_ref()).into_owned())
    }

    /// Returns the lines that are not blank.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines().map(str::trim_end).filter(|line| !line.is_empty())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Item {
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self { mark: "", text: Line::new(text), details: Vec::new(), command: None }
    }
}

impl Page {
    /// Lays a transcript out.
    pub(super) fn of(transcript: &Transcript) -> Self {
        let error = transcript.legs.last().map(|leg| &leg.error);
        let title = error.map_or_else(String::new, |error| format!("Error {}: {}", error.code, error.title));
        let mut sections = super::sections::all(transcript);
        sections.retain(|section| !section.blocks.is_empty());
        Self { title: Line::new(title), sections }
    }
}

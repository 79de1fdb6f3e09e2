//! The sheet: a document laid out for a reader.
//!
//! Purpose: [`Sheet`] is what a reader gets, in sections and blocks; [`text`], [`markdown`] and [`html`] lay it out and escape their own
//! markup, so none says more than another. What is in it is harmless already: [`Line`] and [`Lines`] see to that. Must not: know what
//! it is about (the transcript and the guide do). Place: after text; whoever makes a document uses it.

mod html;
mod markdown;
mod plain;

pub use html::{Frame, STYLE, html};
pub use markdown::{escape as escape_markdown, markdown};
pub use plain::{WIDTH, text};

use crate::text::{one_line, visible};

/// Holds a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is about.
    pub title: Line,
    /// How that stands, in a word; shown beside the title where there is room for it.
    pub state: &'static str,
    /// What it says.
    pub sections: Vec<Section>,
}

/// Holds a section; one without a block says nothing and is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name in the document; consists of letters and `-`.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Holds a part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A sentence that stands out.
    Text(Line),
    /// Sentences.
    Prose(Lines),
    /// A heading within the section, of what others refer to; what follows belongs to it.
    Part(Part),
    /// A heading of what follows, within a part.
    Label(&'static str),
    /// Labels and values.
    Facts(Vec<(&'static str, Line)>),
    /// A text as it was pasted.
    Pasted(Lines),
    /// What happened, in order.
    Moments(Vec<Moment>),
    /// Things of one kind.
    List(Vec<Item>),
    /// Things to do one after the other.
    Steps(Vec<Item>),
    /// Where one goes from here.
    Ways(Vec<Way>),
    /// A drawing; only where something can be drawn.
    Drawing(Drawing),
}

/// Holds a harmless text without a line feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(String);

/// Holds a harmless text with the lines it was typed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines(String);

/// Holds the heading of a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Its name in the document; consists of letters, digits and `-`.
    pub anchor: String,
    /// The number or letter by which the document refers to it.
    pub number: String,
    /// The heading.
    pub title: Line,
    /// A few words on it; may be empty.
    pub note: Line,
}

/// Holds where one goes from here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Way {
    /// When one goes there, or what it is.
    pub label: Line,
    /// What leads there; may be empty.
    pub link: Line,
    /// Where that leads in HTML, such as `#n4`; nowhere if it is nothing.
    pub href: Option<String>,
    /// What is there; may be empty.
    pub text: Lines,
}

/// Holds a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawing {
    /// What it shows, without a full stop.
    pub caption: Line,
    /// The SVG element, escaped where it was drawn.
    pub svg: String,
    /// Explains what is drawn: a class of the swatch, and words.
    pub legend: &'static [(&'static str, &'static str)],
    /// Whether it can be made to fit the width.
    pub fits: bool,
}

/// Holds something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Its number.
    pub n: u32,
    /// When.
    pub at: String,
    /// Who did it.
    pub by: Option<Line>,
    /// What was asked or done.
    pub what: Line,
    /// The answer.
    pub answer: Line,
    /// What came of it.
    pub followed: Vec<Line>,
    /// Whether it no longer counts.
    pub is_taken_back: bool,
}

/// Holds an entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// One word about it; may be empty.
    pub mark: &'static str,
    /// What it is.
    pub text: Line,
    /// What to know first.
    pub warning: Option<Lines>,
    /// What there is to say.
    pub details: Vec<Lines>,
    /// To copy; never run.
    pub command: Option<Lines>,
    /// What to look for in what comes back.
    pub look_for: Option<Lines>,
}

impl Line {
    /// Makes a text harmless, and one line.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(one_line(text.as_ref()))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Lines {
    /// Makes a text harmless.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(visible(text.as_ref()).into_owned())
    }

    /// Returns the lines that are not blank.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.as_typed().filter(|line| !line.is_empty())
    }

    /// Returns all lines, the blank ones too.
    pub fn as_typed(&self) -> impl Iterator<Item = &str> {
        self.0.lines().map(str::trim_end)
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Way {
    /// Returns the label as it stands before what it leads to, in a text.
    fn opening(&self) -> String {
        let label = self.label.as_str();
        if label.ends_with('→') { label.to_owned() } else { format!("{label}:") }
    }
}

impl Item {
    /// Makes an entry of a text alone.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self { text: Line::new(text), ..Self::default() }
    }
}

impl Sheet {
    /// Makes a document of the sections that say something.
    pub fn new(title: impl AsRef<str>, state: &'static str, mut sections: Vec<Section>) -> Self {
        sections.retain(|section| !section.blocks.is_empty());
        Self { title: Line::new(title), state, sections }
    }
}

/// Says what the texts before a warning and before what to look for are, in every form.
const BEFORE: &str = "Before:";
const LOOK_FOR: &str = "Look for:";

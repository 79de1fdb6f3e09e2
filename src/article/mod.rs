//! Articles: from a page about an error to the first draft of its flow.
//!
//! Purpose: a knowledge base has the causes, the steps and the questions people ask, but in prose. `plain`, `markdown` and `html`
//! each turn their input into one list of blocks; `recognise` makes an [`Article`] of blocks; `plan` proposes what an author
//! decides (which step belongs to which cause, what to ask); `write` writes the flow, with a mark at each proposal. Must not: open
//! files, read a clock, or pretend to know: what is guessed or missing is marked in the draft and told. Place:
//! beside the way; `cli` reads the article and writes the file.

mod begin;
mod block;
mod facts;
mod faq;
mod html;
mod items;
mod markdown;
mod plain;
mod plan;
mod question;
mod recognise;
mod ron;
mod sections;
mod words;
mod write;

pub use begin::Essentials;
pub use words::id_of;
pub use write::{Draft, MARK, write};

use thiserror::Error;

use crate::flow::Severity;

/// Largest article that is read, in bytes.
pub const MAX_ARTICLE: usize = 1024 * 1024;

/// Most causes that an article may have: more is no article but a list of something else.
const MAX_CAUSES: usize = 100;

/// Most steps, and most FAQ entries.
const MAX_ENTRIES: usize = 300;

/// Says how an article is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines as a browser's "copy all" gives them.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

impl Format {
    /// Tells the format from the ending of the file's name, and where that says nothing from the text.
    pub fn of(text: &str, ending: Option<&str>) -> Self {
        match ending.map(str::to_lowercase).as_deref() {
            Some("md" | "markdown" | "mdown") => Self::Markdown,
            Some("html" | "htm" | "xhtml") => Self::Html,
            _ if html::looks_like(text) => Self::Html,
            _ if markdown::looks_like(text) => Self::Markdown,
            _ => Self::Plain,
        }
    }
}

/// Holds one thing that an article says, guesses at, or leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact<T> {
    /// The article says so.
    Said(T),
    /// It follows from something else in the article.
    Guessed(T),
    /// Nothing in the article tells.
    Missing,
}

impl<T> Fact<T> {
    /// Returns what is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Said(fact) | Self::Guessed(fact) => Some(fact),
            Self::Missing => None,
        }
    }
}

impl<T> From<Option<T>> for Fact<T> {
    fn from(fact: Option<T>) -> Self {
        fact.map_or(Self::Missing, Self::Said)
    }
}

/// Holds what an article says of one error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The id its flow gets.
    pub id: String,
    /// The code as the product prints it.
    pub code: Fact<String>,
    /// The error in a few words.
    pub title: Fact<String>,
    /// Where it occurs.
    pub product: Fact<String>,
    /// What kind of error it is.
    pub category: Fact<String>,
    /// How much it hurts.
    pub severity: Fact<Severity>,
    /// What it means.
    pub meaning: Fact<String>,
    /// Fixed parts of the product's message.
    pub signatures: Vec<String>,
    /// Where the article can be found.
    pub source: Fact<String>,
    /// The possible causes, in the article's order. A draft of a flow without any has two that stand in for them.
    pub causes: Vec<String>,
    /// The things to do, in the article's order.
    pub steps: Vec<Instruction>,
    /// What people ask.
    pub faq: Vec<Entry>,
    /// Lines that belong to none of these.
    pub left_out: Vec<String>,
}

/// Holds one thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// What to do.
    pub text: String,
    /// The command to copy, if the article shows one.
    pub command: Option<String>,
}

/// Holds one frequently asked question; the answer may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Option<String>,
}

/// Says why a text gives no draft.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is nothing to read.
    #[error("there is no text in it")]
    Empty,
    /// It is larger than an article is.
    #[error("it is larger than an article can be ({MAX_ARTICLE} bytes)")]
    TooLarge,
    /// It has more of something than an article has.
    #[error("it seems to have {count} {what}, an article at most {most}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many.
        count: usize,
        /// How many at most.
        most: usize,
    },
    /// No cause was found: without one there is nothing to walk to.
    #[error("no causes were found in it")]
    NoCauses,
}

/// Returns the folder under `flows/` in which flows of a product stand.
pub fn folder_of(product: &str) -> String {
    let slug = words::slug(product);
    let short = slug.strip_prefix("microsoft-").unwrap_or(&slug);
    match short {
        "" => "other".to_owned(),
        _ if short == "powerbi" || short.starts_with("powerbi-") => "powerbi".to_owned(),
        short => short.to_owned(),
    }
}

/// Reads an article; the name of its file names the error where nothing in it does.
pub fn read(text: &str, format: Format, name: Option<&str>) -> Result<Article, Refusal> {
    if text.len() > MAX_ARTICLE {
        return Err(Refusal::TooLarge);
    }
    let text = block::lines(text);
    let page = match format {
        Format::Plain => plain::read(&text),
        Format::Markdown => markdown::read(&text),
        Format::Html => html::read(&text),
    };
    recognise::recognise(page, name)
}

#[cfg(test)]
mod tests;

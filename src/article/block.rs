//! Blocks: what all three readers make of their input, every text in it one harmless line.

use std::borrow::Cow;

use crate::text::is_hostile;

/// Says what a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading, 1 the highest.
    Heading(u8),
    /// An item of a list, by how deep the list stands in others.
    Item(u8),
    /// A line or a paragraph.
    Line,
    /// A code block: its lines stay lines.
    Code,
}

/// Holds a piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Whether something parts it from the block before: a blank line, or the end of an element.
    pub(super) is_apart: bool,
}

/// Holds a page as its reader saw it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    /// Where the page says that it can be found.
    pub(super) address: Option<String>,
}

impl Page {
    /// Adds a block, made harmless; what is empty then is not added.
    pub(super) fn push(&mut self, kind: Kind, text: &str, is_apart: bool) {
        let text = if kind == Kind::Code {
            let lines: Vec<String> = text.lines().map(clean).filter(|line| !line.is_empty()).collect();
            lines.join("\n")
        } else {
            clean(text)
        };
        if !text.is_empty() {
            self.blocks.push(Block { kind, text, is_apart });
        }
    }
}

/// Returns the text with a line feed for every way to end a line, and without a byte order mark.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches('\u{feff}');
    let ends = |c: char| matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if text.contains(ends) { Cow::Owned(text.replace("\r\n", "\n").replace(ends, "\n")) } else { Cow::Borrowed(text) }
}

/// Returns one line without a hostile character: controls become spaces, what is invisible goes, white space shrinks.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_hostile(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

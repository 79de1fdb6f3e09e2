//! Source text: a named text, byte spans in it, and the line and column of a byte.
//!
//! Purpose: everything that points into a file points with a [`Span`] of bytes; only here does a byte become a
//! line and a column for a person. Must not: read files or know what the text means. Place: first on the way;
//! every later room may use it.

use std::ops::Range;

/// Holds a text together with the name it is shown under (a path, or `built-in:…`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
}

/// Marks a half-open range of bytes, always on character boundaries of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after the range.
    pub end: usize,
}

/// Names a place for a person: both numbers start at 1, the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Takes a text under a name. A leading byte order mark is dropped: it is no part of the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self { name: name.into(), text }
    }

    /// Returns the name the source is shown under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the line and column of a byte; a byte past the end counts as the end.
    pub fn position(&self, byte: usize) -> Position {
        let before = &self.text[..self.floor(byte)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// Returns the byte at a line and column; the inverse of [`Source::position`], clamped to the text.
    pub fn byte(&self, position: Position) -> usize {
        let line_start = match position.line {
            0 | 1 => 0,
            line => self.text.match_indices('\n').nth(line - 2).map_or(self.text.len(), |(newline, _)| newline + 1),
        };
        let line = &self.text[line_start..];
        line_start + line.char_indices().nth(position.column.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte)
    }

    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

impl Span {
    /// Makes a span from two bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the span as a range, to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_and_byte_are_inverse_on_every_boundary() {
        let source = Source::new("t", "a\n\nžluť 宽\nend");
        for (byte, _) in source.text().char_indices() {
            assert_eq!(source.byte(source.position(byte)), byte);
        }
        assert_eq!(source.position(3), Position { line: 3, column: 1 });
        assert_eq!(source.position(9_999), Position { line: 4, column: 4 });
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(Source::new("t", "\u{feff}x").text(), "x");
    }
}

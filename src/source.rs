//! Source text: a named text, byte spans in it, and the line and column of a byte.
//!
//! Purpose: everything that points into a file points with a [`Span`] of bytes; only here does a byte become a
//! line and a column for a person. Must not: read files or know what the text means. Place: first on the way;
//! every later room may use it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How many bytes lie between two marks of the index.
const STRIDE: usize = 1024;

/// Holds a text together with the name it is shown under (a path, or `built-in:…`).
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// A byte of each stretch of the text and its position: made when a position is first asked for, so that the
    /// thousandth costs no more than the first.
    marks: OnceLock<Vec<(usize, Position)>>,
    assembly: Option<Arc<Assembly>>,
}

/// Says what was put into a text from elsewhere.
#[derive(Debug)]
struct Assembly {
    /// All that was put in, with what stands around the parts.
    whole: Span,
    /// Each part: its bytes in the whole text, where it comes from, and its first byte there.
    parts: Vec<(Span, Arc<Source>, usize)>,
    offered: Vec<String>,
}

/// Names a part of another source that is put into a text, and what stands before it there.
#[derive(Debug, Clone)]
pub struct Inlay {
    /// What stands before it.
    pub before: &'static str,
    /// Where it comes from.
    pub from: Arc<Source>,
    /// Its bytes there.
    pub span: Span,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Eq for Source {}

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
        Self { name: name.into(), text, marks: OnceLock::new(), assembly: None }
    }

    /// Puts parts of other sources into the text, before a byte, with something behind the last; `offered` names what else could
    /// have been put in.
    #[must_use]
    pub fn with_inlays(self, at: usize, inlays: Vec<Inlay>, behind: &str, offered: Vec<String>) -> Self {
        let Self { name, text, .. } = self;
        let mut put_in = String::new();
        let mut parts = Vec::with_capacity(inlays.len());
        for Inlay { before, from, span } in inlays {
            put_in.push_str(before);
            let start = at + put_in.len();
            put_in.push_str(&from.text[span.range()]);
            parts.push((Span::new(start, at + put_in.len()), from, span.start));
        }
        if !parts.is_empty() {
            put_in.push_str(behind);
        }
        let whole = Span::new(at, at + put_in.len());
        let text = [&text[..at], &put_in, &text[at..]].concat();
        Self { name, text, marks: OnceLock::new(), assembly: Some(Arc::new(Assembly { whole, parts, offered })) }
    }

    /// Returns how many parts of other sources are in the text; nothing where it was never looked for any.
    pub fn inlays(&self) -> Option<usize> {
        self.assembly.as_ref().map(|assembly| assembly.parts.len())
    }

    /// Names what else could have been put in.
    pub fn offered(&self) -> &[String] {
        self.assembly.as_ref().map_or(&[], |assembly| &assembly.offered)
    }

    /// Returns the text without what was put in, as it stands in its file.
    #[must_use]
    pub fn own(&self) -> Self {
        let put_in = self.assembly.as_ref().map_or(Span::default(), |assembly| assembly.whole);
        Self::new(self.name.as_str(), [&self.text[..put_in.start], &self.text[put_in.end..]].concat())
    }

    /// Returns the bytes of a span in the file where it begins, and that file where it is another one.
    pub fn origin(&self, span: Span) -> (Option<&Arc<Self>>, Span) {
        let (file, start) = self.origin_of(span.start);
        let last = self.origin_of(span.end.max(span.start + 1) - 1);
        let is_whole = span.end > span.start && last.0.map(Arc::as_ptr) == file.map(Arc::as_ptr);
        (file, Span::new(start, if is_whole { last.1 + 1 } else { start }))
    }

    /// Returns the name of the file in which a byte stands, and its position there.
    pub fn place(&self, byte: usize) -> (&str, Position) {
        match self.origin_of(byte) {
            (Some(file), byte) => (&file.name, file.position(byte)),
            (None, _) if self.assembly.is_none() => (&self.name, self.position(byte)),
            (None, byte) => (&self.name, self.own().position(byte)),
        }
    }

    fn origin_of(&self, byte: usize) -> (Option<&Arc<Self>>, usize) {
        match self.assembly.as_deref() {
            Some(Assembly { whole, parts, .. }) if byte >= whole.start && byte < whole.end => {
                let next = parts.iter().find(|(part, ..)| byte < part.end).or(parts.last());
                let (part, from, start) = next.expect("without parts nothing is put in");
                // What stands before a part stands for the quote before its id.
                let there = (start + byte.min(part.end)).checked_sub(part.start.max(1)).filter(|there| there >= start);
                (Some(from), there.unwrap_or(start.saturating_sub(1)))
            }
            Some(Assembly { whole, .. }) if byte >= whole.end => (None, byte - (whole.end - whole.start)),
            _ => (None, byte),
        }
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
        let byte = self.floor(byte);
        let marks = self.marks.get_or_init(|| self.mark());
        let (from, at) = marks[marks.partition_point(|(mark, _)| *mark <= byte) - 1];
        at.after(&self.text[from..byte])
    }

    /// Returns the line that holds a byte, without its end, but no more than `reach` bytes of it to either side.
    pub fn line_around(&self, byte: usize, reach: usize) -> Span {
        let byte = self.floor(byte);
        let (first, last) = (self.floor(byte.saturating_sub(reach)), self.floor(byte.saturating_add(reach)));
        let start = self.text[first..byte].rfind('\n').map_or(first, |newline| first + newline + 1);
        let end = self.text[byte..last].find('\n').map_or(last, |newline| byte + newline);
        Span::new(start, end)
    }

    fn mark(&self) -> Vec<(usize, Position)> {
        let mut marks = vec![(0, Position { line: 1, column: 1 })];
        let (mut from, mut at) = marks[0];
        while from + STRIDE < self.text.len() {
            let to = self.floor(from + STRIDE);
            at = at.after(&self.text[from..to]);
            marks.push((to, at));
            from = to;
        }
        marks
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

impl Position {
    /// Returns the position behind a text that begins at this one.
    fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            Some(newline) => Self {
                line: self.line + text.bytes().filter(|&byte| byte == b'\n').count(),
                column: text[newline + 1..].chars().count() + 1,
            },
            None => Self { line: self.line, column: self.column + text.chars().count() },
        }
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
    fn a_position_is_the_same_however_far_down_the_text_it_is() {
        let source = Source::new("t", "žluť\n".repeat(STRIDE) + &"宽".repeat(2 * STRIDE));
        let last = source.text().len();
        assert_eq!(source.position(last), Position { line: STRIDE + 1, column: 2 * STRIDE + 1 });
        for byte in (0..last).step_by(97) {
            let before = &source.text()[..source.floor(byte)];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            assert_eq!(source.position(byte), Position { line, column });
        }
    }

    #[test]
    fn a_line_is_cut_where_the_reach_ends() {
        let source = Source::new("t", "one\ntwo three\n");
        let line = |byte, reach| &source.text()[source.line_around(byte, reach).range()];
        assert_eq!(
            [line(0, 99), line(3, 99), line(8, 99), line(8, 3), line(14, 99)],
            ["one", "one", "two three", "wo thr", ""]
        );
    }

    #[test]
    fn what_is_put_in_is_known_by_its_own_file() {
        let shared = Arc::new(Source::new("s", "ab\n\"id\": 1,\n"));
        let inlay = |before| Inlay { before, from: Arc::clone(&shared), span: Span::new(4, 10) };
        let source =
            Source::new("t", "{\n}\nend").with_inlays(1, vec![inlay("\n \"x/"), inlay(",\"x/")], ",", Vec::new());
        assert_eq!(source.text(), "{\n \"x/id\": 1,\"x/id\": 1,\n}\nend");
        assert_eq!(source.own(), Source::new("t", "{\n}\nend"));
        for (text, n) in [("\"x/id\"", 0), ("id\": 1", 0), ("\"x/id\"", 1), ("1", 1)] {
            let start = source.text().match_indices(text).nth(n).expect("there").0;
            let (file, span) = source.origin(Span::new(start, start + text.len()));
            assert_eq!(file.map(|file| &file.text()[span.range()]), Some(&*text.replace("x/", "")), "{text}");
        }
        let end = source.text().len();
        assert_eq!(source.origin(Span::new(end - 3, end)), (None, Span::new(4, 7)));
        assert_eq!(source.origin(Span::new(end, end)), (None, Span::new(7, 7)));
        assert_eq!(source.origin(Span::new(0, end)), (None, Span::new(0, 7)));
        assert_eq!(source.place(end - 3), ("t", Position { line: 3, column: 1 }));
        assert_eq!(source.place(6), ("s", Position { line: 2, column: 2 }));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(Source::new("t", "\u{feff}x").text(), "x");
    }
}

//! RON, line by line, as the shipped flows are written: four spaces, a text on one line, a comma at each end.

use std::fmt::Write as _;

use super::write::MARK;

/// Longest field, in characters, behind which a comment is still seen.
const SHORT: usize = 60;

/// Writes lines, and counts the marks among them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    pub(super) marks: usize,
    depth: usize,
    count: usize,
}

impl Lines {
    /// Writes a line as it is.
    pub(super) fn line(&mut self, line: &str) {
        let width = self.depth * 4;
        let _ = writeln!(self.text, "{:width$}{line}", "");
        self.count += 1;
    }

    /// Opens what a bracket at the end of the line holds.
    pub(super) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    /// Closes it.
    pub(super) fn close(&mut self, line: &str) {
        self.depth -= 1;
        self.line(line);
    }

    /// Writes a field with a text.
    pub(super) fn field(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}: {},", literal(text)));
    }

    /// Writes a field that somebody has to decide on, with the mark behind it, or above where it would be out of
    /// sight; returns the field's line.
    pub(super) fn decide(&mut self, field: &str, what: &str) -> usize {
        if field.chars().count() > SHORT {
            self.mark(what);
            self.line(&format!("{field},"));
        } else {
            self.line(&format!("{field}, // {MARK} {what}"));
            self.marks += 1;
        }
        self.count
    }

    /// Writes a mark on a line of its own.
    pub(super) fn mark(&mut self, what: &str) {
        self.line(&format!("// {MARK} {what}"));
        self.marks += 1;
    }
}

/// Returns a text as RON writes it.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Returns a list of texts on one line.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    format!("[{}]", texts.into_iter().map(literal).collect::<Vec<_>>().join(", "))
}

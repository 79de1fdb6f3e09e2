//! A finding as text: message, file, line, column, the source lines with carets, and help.
//!
//! The form is that of `rustc`. It is drawn here because a line may be a hundred kilobytes long: only what is around
//! the place is looked at and shown, while line and column stay those of the file.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use super::{Code, Diagnostic, Findings, Severity};
use crate::source::{Source, Span};
use crate::text::{is_hostile, one_line, shorten};

/// Longest line that is shown whole, in bytes.
const LONGEST: usize = 200;

/// Longest part of a longer line that is shown, to either side of a place, in bytes.
const REACH: usize = 80;

/// Longest message and help, in columns.
const MAX_WORDS: usize = 600;

/// Columns that a tab takes.
const TAB: &str = "    ";

/// How the parts of a finding look on a terminal.
struct Style {
    error: &'static str,
    warning: &'static str,
    strong: &'static str,
    frame: &'static str,
    end: &'static str,
}

const PLAIN: Style = Style { error: "", warning: "", strong: "", frame: "", end: "" };

const STYLED: Style = Style {
    error: "\u{1b}[1;91m",
    warning: "\u{1b}[1;33m",
    strong: "\u{1b}[1m",
    frame: "\u{1b}[1;94m",
    end: "\u{1b}[0m",
};

/// Renders all findings of one file, each followed by an empty line; with colours when `styled`.
pub fn render(findings: &Findings, styled: bool) -> String {
    let style = if styled { &STYLED } else { &PLAIN };
    let mut out = String::new();
    for findings in findings.by_file() {
        for diagnostic in &findings.diagnostics {
            // A String takes whatever is written to it.
            let _ = render_one(&findings.source, diagnostic, style, &mut out);
        }
    }
    out
}

fn render_one(source: &Source, diagnostic: &Diagnostic, style: &Style, out: &mut String) -> std::fmt::Result {
    let Style { strong, frame, end, .. } = style;
    let severity = diagnostic.code.severity();
    let color = match severity {
        Severity::Error => style.error,
        Severity::Warning => style.warning,
    };
    writeln!(out, "{color}{}[{}]{end}{strong}: {}{end}", severity.name(), diagnostic.code, words(&diagnostic.message))?;
    let name = one_line(source.name());
    if source.text().is_empty() && diagnostic.code != Code::Syntax {
        writeln!(out, "{frame} -->{end} {name}")?;
        if let Some(help) = &diagnostic.help {
            writeln!(out, "{frame}  ={end} {strong}help{end}: {}", words(help))?;
        }
        return writeln!(out);
    }

    let rows = rows(source, diagnostic);
    let place = source.position(diagnostic.at.start);
    let gutter = rows.last().map_or(place.line, |row| row.line).to_string().len();
    let edge = format!("{frame}{:gutter$} |{end}", "");
    writeln!(out, "{frame}{:gutter$}-->{end} {name}:{}:{}\n{edge}", "", place.line, place.column)?;
    let mut shown: Option<usize> = None;
    for row in &rows {
        if shown.is_some_and(|line| line == row.line || line + 1 < row.line) {
            writeln!(out, "{frame}...{end}")?;
        }
        writeln!(out, "{}", format!("{frame}{:gutter$} |{end} {}", row.line, row.text).trim_end())?;
        for mark in &row.marks {
            let (color, sign) = if mark.is_primary { (color, "^") } else { (*frame, "-") };
            let label = one_line(mark.words);
            let gap = if label.is_empty() { "" } else { " " };
            let (indent, signs) = (" ".repeat(mark.column), sign.repeat(mark.width));
            writeln!(out, "{edge} {indent}{color}{signs}{gap}{label}{end}")?;
        }
        shown = Some(row.line);
    }
    writeln!(out, "{edge}")?;
    if let Some(way) = diagnostic.way_in_words() {
        writeln!(out, "{frame}{:gutter$} ={end} {strong}shown by{end}: {}", "", words(&way))?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "{frame}{:gutter$} ={end} {strong}help{end}: {}", "", words(help))?;
    }
    writeln!(out)
}

fn words(text: &str) -> String {
    shorten(&one_line(text), MAX_WORDS)
}

/// A line of the source, or a part of it, harmless to show, with what is marked in it.
struct Row<'a> {
    line: usize,
    text: String,
    marks: Vec<Mark<'a>>,
}

/// A place in a row: its columns, counted from 0, and the words at it.
struct Mark<'a> {
    span: Span,
    words: &'a str,
    is_primary: bool,
    column: usize,
    width: usize,
}

/// Gathers the places of a diagnostic by line, in the order of the file; far apart on a long line they get a row each.
fn rows<'a>(source: &Source, diagnostic: &'a Diagnostic) -> Vec<Row<'a>> {
    let mark = |span, words, is_primary| Mark { span, words, is_primary, column: 0, width: 0 };
    let mut marks = vec![mark(diagnostic.at, &diagnostic.label, true)];
    marks.extend(diagnostic.related.iter().map(|(span, words)| mark(*span, words, false)));
    marks.sort_by_key(|mark| mark.span);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for mark in marks {
        let line = source.position(mark.span.start).line;
        let is_near = |row: &&mut Row<'_>| {
            row.line == line && row.marks.iter().all(|other| mark.span.start - other.span.start <= LONGEST)
        };
        match rows.last_mut().filter(is_near) {
            Some(row) => row.marks.push(mark),
            None => rows.push(Row { line, text: String::new(), marks: vec![mark] }),
        }
    }
    rows.iter_mut().for_each(|row| row.draw(source));
    rows
}

impl Row<'_> {
    /// Fills in the text and the columns. A place that runs over lines is marked up to the end of its first.
    fn draw(&mut self, source: &Source) {
        let (first, last) = (self.marks[0].span.start, self.marks[self.marks.len() - 1].span.start);
        let mut shown = source.line_around(first, LONGEST);
        if shown.end - shown.start > LONGEST {
            shown = Span::new(source.line_around(first, REACH).start, source.line_around(last, REACH).end);
        }
        let (before, after) = (&source.text()[..shown.start], &source.text()[shown.end..]);
        let (mut column, mut from) = (0, shown.start);
        if !before.is_empty() && !before.ends_with('\n') {
            self.text.push('…');
            column += 1;
        }
        let line = &source.text()[shown.range()];
        for c in line.strip_suffix('\r').unwrap_or(line).chars() {
            let start = column;
            if c == '\t' {
                self.text.push_str(TAB);
                column += TAB.len();
            } else {
                let c = if is_hostile(c) { char::REPLACEMENT_CHARACTER } else { c };
                self.text.push(c);
                column += c.width().unwrap_or(0);
            }
            for mark in &mut self.marks {
                if from < mark.span.start {
                    mark.column = column;
                } else if from < mark.span.end {
                    mark.width += column - start;
                }
            }
            from += c.len_utf8();
        }
        for mark in &mut self.marks {
            if mark.span.start <= shown.start {
                mark.column = usize::from(self.text.starts_with('…'));
            }
            mark.width = mark.width.max(1);
        }
        if !after.is_empty() && !after.starts_with('\n') {
            self.text.push('…');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Renders a finding at the place that is marked as `«…»`, and others at those marked as `‹…›`.
    fn check(marked: &str, expected: &[&str]) {
        let (mut text, mut starts, mut primary, mut related) = (String::new(), Vec::new(), None, Vec::new());
        for c in marked.chars() {
            match c {
                '«' | '‹' => starts.push(text.len()),
                '»' | '›' => {
                    let span = Span::new(starts.pop().expect("it was opened"), text.len());
                    if c == '»' { primary = Some(span) } else { related.push(span) }
                }
                c => text.push(c),
            }
        }
        let mut diagnostic =
            Diagnostic::new(Code::WrongType, primary.expect("there is one"), "a message").label("here");
        for span in related {
            diagnostic = diagnostic.related(span, "and here");
        }
        let rendered = render(&Findings::new(Source::new("a.ron", text), vec![diagnostic]), false);
        assert_eq!(rendered.trim_end().lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_finding_shows_file_line_column_caret_and_help() {
        let source = Source::new("flows/a.ron", "one\ntwo: \"x\u{1b}y\"\nthree");
        let diagnostic = Diagnostic::new(Code::HostileCharacter, Span::new(11, 12), "a control character")
            .label("here")
            .help("write it out".to_owned());
        let text = render(&Findings::new(source, vec![diagnostic]), false);
        assert_eq!(
            text,
            "error[hostile-character]: a control character\n \
             --> flows/a.ron:2:8\n  |\n2 | two: \"x\u{fffd}y\"\n  |        ^ here\n  |\n  = help: write it out\n\n"
        );
    }

    #[test]
    fn the_caret_stands_under_the_place_whatever_stands_before_it() {
        check(
            "\t宽e\u{301}«\u{200b}x»y\r\n",
            &[
                "error[wrong-type]: a message",
                " --> a.ron:1:5",
                "  |",
                "1 |     宽e\u{301}\u{fffd}xy",
                "  |        ^^ here",
                "  |",
            ],
        );
        check("a\n«»", &["error[wrong-type]: a message", " --> a.ron:2:1", "  |", "2 |", "  | ^ here", "  |"]);
        check("ab«»\nc", &["error[wrong-type]: a message", " --> a.ron:1:3", "  |", "1 | ab", "  |   ^ here", "  |"]);
        check("a«b\nc»", &["error[wrong-type]: a message", " --> a.ron:1:2", "  |", "1 | ab", "  |  ^ here", "  |"]);
    }

    #[test]
    fn several_places_are_shown_in_the_order_of_the_file() {
        check(
            "‹a›\nb\nc\n‹d› «e»\n",
            &[
                "error[wrong-type]: a message",
                " --> a.ron:4:3",
                "  |",
                "1 | a",
                "  | - and here",
                "...",
                "4 | d e",
                "  | - and here",
                "  |   ^ here",
                "  |",
            ],
        );
    }

    #[test]
    fn a_long_line_is_cut_around_each_place() {
        let long = "x".repeat(50_000);
        let (shown, most) = ("x".repeat(REACH), "x".repeat(LONGEST - 1));
        check(
            &format!("‹y›{long}«y»{long}"),
            &[
                "error[wrong-type]: a message",
                " --> a.ron:1:50002",
                "  |",
                &format!("1 | y{most}…"),
                "  | - and here",
                "...",
                &format!("1 | …{shown}y{}…", "x".repeat(REACH - 1)),
                &format!("  | {}^ here", " ".repeat(REACH + 1)),
                "  |",
            ],
        );
    }

    #[test]
    fn colours_change_no_word() {
        let source = Source::new("a.ron", "one");
        let diagnostic =
            Diagnostic::new(Code::Syntax, Span::new(0, 3), "a message").label("here").help("so".to_owned());
        let findings = Findings::new(source, vec![diagnostic]);
        let mut styled = render(&findings, true);
        for code in [STYLED.error, STYLED.warning, STYLED.strong, STYLED.frame, STYLED.end] {
            styled = styled.replace(code, "");
        }
        assert_eq!(styled, render(&findings, false));
    }
}

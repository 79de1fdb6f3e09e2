//! The span-keeping parse: RON as a tree in which every value and every name knows its bytes.
//!
//! `ron` reads the files; it says nothing of where a value stood that parsed and is wrong, and it stops at the
//! first mistake. This parse runs only when something is wrong, to say where, and to find the other mistakes. What `ron`
//! takes it takes, with the same values (a property test holds the two together). After a mistake it goes on as a
//! person would: past a missing comma, past a quote or bracket that was not closed.

mod brackets;
mod slice;
mod space;
mod text;

pub(super) use slice::slices;
pub(super) use text::find_character;

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Nesting deeper than this is refused, as `ron` refuses it.
const MAX_DEPTH: usize = 64;

/// After as many mistakes the rest is not looked at: whatever it is, it is no flow.
const MAX_MISTAKES: usize = 100;

/// Holds a value and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// Holds a value by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Word`, also `true` and `None`.
    Word(String),
    /// `"text"`
    Text(String),
    /// `12`, `1.5`
    Number(String),
    /// `Name(field: value)` or `(field: value)`
    Struct(Struct),
    /// `Name(value)` or `(value)`; `()` too
    Tuple(Option<Name>, Vec<Node>),
    /// `{key: value}`
    Map(Vec<(Node, Node)>),
    /// `[value]`
    List(Vec<Node>),
    /// What could not be read; already reported.
    Broken,
}

/// Holds the fields of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Struct {
    pub(super) name: Option<Name>,
    pub(super) fields: Vec<(Name, Node)>,
    /// Whether nothing of it got lost in a mistake, so that what is not here is not there.
    pub(super) is_whole: bool,
}

/// Holds the name of a field or of a struct, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
    /// Whether it stands in quotes, as in JSON.
    pub(super) is_quoted: bool,
}

/// Parses a text. The diagnostics say what is not RON; the tree holds the rest.
pub(super) fn parse(text: &str) -> (Node, Vec<Diagnostic>) {
    let mut parser = Parser::new(text);
    parser.space();
    parser.attributes();
    if parser.peek().is_none() {
        let message =
            if text.trim().is_empty() { "the file is empty" } else { "there is nothing in the file but comments" };
        parser.report(Span::new(text.len(), text.len()), message, "a value is expected here");
        return (parser.node(text.len(), Kind::Broken), parser.found);
    }
    let mut node = parser.value();
    parser.space();
    if let Some(c) = parser.peek() {
        if parser.found.is_empty() {
            let span = Span::new(parser.at, parser.at + c.len_utf8());
            parser.report(span, "there is more after the end of the value", "the file should end before this");
            if let Some(end) = text[..node.span.end].char_indices().next_back() {
                parser.relate(Span::new(end.0, node.span.end), "the value ends here");
            }
        }
        if let Kind::Struct(fields) = &mut node.kind {
            fields.is_whole = false;
        }
    }
    (node, parser.found)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// The closing brackets that are waited for, the innermost last.
    open: Vec<char>,
    depth: usize,
    found: Vec<Diagnostic>,
    /// Counts how often something was skipped: what holds it is not whole.
    lost: usize,
    /// Set where a missing closing bracket was reported, so that no missing comma is.
    is_comma_pardoned: bool,
    /// Set when the rest is not looked at.
    is_over: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            open: Vec::new(),
            depth: 0,
            found: Vec::new(),
            lost: 0,
            is_comma_pardoned: false,
            is_over: false,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn skip(&mut self, c: char) {
        self.go_to(self.at + c.len_utf8());
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    /// Goes to a byte, unless the rest is not looked at.
    fn go_to(&mut self, byte: usize) {
        if !self.is_over {
            self.at = byte;
        }
    }

    fn give_up(&mut self) {
        self.at = self.text.len();
        self.lost += 1;
        self.is_over = true;
    }

    fn report(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>) {
        if self.is_over {
            return;
        }
        self.found.push(Diagnostic::new(Code::Syntax, span, message).label(label));
        if self.found.len() == MAX_MISTAKES {
            self.found.push(
                Diagnostic::new(Code::Syntax, span, format!("{MAX_MISTAKES} mistakes up to here"))
                    .label("the rest is not looked at")
                    .help("mend the first ones and check again".to_owned()),
            );
            self.give_up();
        }
    }

    /// Reports the character that comes next, or the end of the file.
    fn report_here(&mut self, message: impl Into<String>, label: impl Into<String>) {
        let end = self.peek().map_or(self.at, |c| self.at + c.len_utf8());
        self.report(Span::new(self.at, end), message, label);
    }

    /// Adds what to do to the mistake that was just reported.
    fn advise(&mut self, help: impl Into<String>) {
        if let Some(last) = self.found.last_mut().filter(|_| !self.is_over) {
            last.help = Some(help.into());
        }
    }

    /// Adds another place to the mistake that was just reported.
    fn relate(&mut self, span: Span, text: &str) {
        if let Some(last) = self.found.last_mut().filter(|_| !self.is_over) {
            last.related.push((span, text.to_owned()));
        }
    }

    fn value(&mut self) -> Node {
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            self.report_here("values are nested too deeply", "deeper than this no flow needs");
            self.give_up();
            return self.node(start, Kind::Broken);
        }
        self.depth += 1;
        let kind = match self.peek() {
            Some('"') => self.text(),
            Some('r') if self.starts_raw_text() => self.raw_text(),
            Some('(') => self.parentheses(None),
            Some('{') => self.map(),
            Some('[') => self.list(),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => Kind::Number(
                self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_')).to_owned(),
            ),
            Some(c) if starts_name(c) => self.word(),
            Some(c) if text::is_other_quote(c) => self.misquoted_text(),
            Some(',' | ')' | ']' | '}') => {
                self.report_here("a value is missing", "a value is expected before this");
                Kind::Broken
            }
            Some(_) => {
                self.report_here("a value is expected", "this starts no value");
                self.skip_item();
                Kind::Broken
            }
            None => {
                self.report_here("a value is missing", "the file ends here");
                self.lost += 1;
                Kind::Broken
            }
        };
        self.depth -= 1;
        self.node(start, kind)
    }

    fn node(&self, start: usize, kind: Kind) -> Node {
        Node { span: Span::new(start, self.at), kind }
    }

    /// Reads a name: `word`, also `r#word`. What only a raw name may hold (`.`, `+`, `-`) is read with it, so that a name with a
    /// hyphen is one name to speak of.
    fn name(&mut self) -> Name {
        let start = self.at;
        self.eat("r#");
        let text = self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.')).to_owned();
        Name { text, span: Span::new(start, self.at), is_quoted: false }
    }

    /// Reads `Word` or `Word(…)`.
    fn word(&mut self) -> Kind {
        let name = self.name();
        let after = self.at;
        self.space();
        match self.peek() {
            Some('(') => self.parentheses(Some(name)),
            // `ron` takes `Some "x"` too.
            Some('"') if name.text == "Some" => {
                let value = self.value();
                Kind::Tuple(Some(name), vec![value])
            }
            _ => {
                self.go_to(after);
                Kind::Word(name.text)
            }
        }
    }
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

#[cfg(test)]
mod tests;

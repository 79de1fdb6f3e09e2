//! Brackets: structs, tuples, maps and lists, and where one ends that was not closed.

use super::text::is_other_quote;
use super::{Kind, Name, Node, Parser, Struct, starts_name};
use crate::source::Span;

/// Says what comes next, looking no further than its colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// `name:`
    Field,
    /// `"text": (`
    Entry,
    /// `"text":` and something else: in a struct, a name in quotes.
    QuotedField,
    Other,
}

impl Parser<'_> {
    pub(super) fn parentheses(&mut self, name: Option<Name>) -> Kind {
        let open = self.at;
        let lost = self.lost;
        self.at += 1;
        self.space();
        if self.holds_fields() {
            let fields = self.items(open, ')', Self::field);
            return Kind::Struct(Struct { name, fields, is_whole: self.lost == lost });
        }
        let items = self.items(open, ')', Self::value);
        if self.lost == lost || !items.is_empty() { Kind::Tuple(name, items) } else { Kind::Broken }
    }

    /// Tells whether named fields come next: a name and what should be a colon.
    fn holds_fields(&mut self) -> bool {
        let start = self.at;
        let holds = match self.next() {
            Next::Field | Next::Entry | Next::QuotedField => true,
            Next::Other => {
                !self.starts_raw_text()
                    && self.peek().is_some_and(starts_name)
                    && {
                        let name = self.name();
                        self.space();
                        name.text != "Some"
                    }
                    && self.peek().is_some_and(|c| c.is_alphanumeric() || "=\"[{".contains(c))
            }
        };
        self.go_to(start);
        holds
    }

    fn next(&mut self) -> Next {
        let start = self.at;
        let next = match self.peek() {
            Some('"') => {
                self.pass_text();
                Next::Entry
            }
            Some(c) if starts_name(c) && !self.starts_raw_text() => {
                self.name();
                Next::Field
            }
            _ => Next::Other,
        };
        self.pass_space();
        let is_named = self.rest().starts_with(':') && !self.rest().starts_with("::");
        self.eat(":");
        self.pass_space();
        let is_struct = self.peek() == Some('(');
        self.at = start;
        match next {
            _ if !is_named => Next::Other,
            Next::Entry if !is_struct => Next::QuotedField,
            next => next,
        }
    }

    /// Passes a text without a word on its mistakes.
    pub(super) fn pass_text(&mut self) {
        self.at += 1;
        loop {
            self.take_while(|c| c != '"' && c != '\\');
            match self.peek() {
                Some('\\') => {
                    self.at += 1;
                    if let Some(c) = self.peek() {
                        self.skip(c);
                    }
                }
                Some(c) => return self.skip(c),
                None => return,
            }
        }
    }

    fn field(&mut self) -> (Name, Node) {
        let start = self.at;
        let mut name = self.name();
        if name.text.is_empty() && self.peek() == Some('"') {
            self.pass_text();
            let text = self.text[start + 1..self.at].trim_end_matches('"').to_owned();
            name = Name { text, span: Span::new(start, self.at), is_quoted: true };
        }
        if name.text.is_empty() && !name.is_quoted {
            self.report_here("a field needs a name and a colon", "`name: value` is expected here");
            self.skip_item();
            return (name, self.node(start, Kind::Broken));
        }
        let value = self.after_colon(name.span, &format!("the field `{}`", name.text));
        (name, value)
    }

    pub(super) fn map(&mut self) -> Kind {
        let open = self.at;
        self.at += 1;
        Kind::Map(self.items(open, '}', |parser| {
            let key = parser.value();
            let value = parser.after_colon(key.span, "the key");
            (key, value)
        }))
    }

    pub(super) fn list(&mut self) -> Kind {
        let open = self.at;
        self.at += 1;
        Kind::List(self.items(open, ']', Self::value))
    }

    /// Reads `: value`, past a colon that is missing or written as `=`.
    fn after_colon(&mut self, name: Span, what: &str) -> Node {
        self.space();
        match self.peek() {
            Some(':') => self.at += 1,
            Some('=') => {
                self.report_here("a colon is expected, not `=`", format!("write `:` after {what}"));
                self.eat("=");
            }
            None | Some(',' | ')' | ']' | '}') => {
                self.report(name, format!("{what} has no value"), "`:` and a value are expected after this");
                return self.node(self.at, Kind::Broken);
            }
            Some(_) => {
                self.report(
                    Span::new(name.end, name.end),
                    "a colon is missing",
                    format!("`:` is expected after {what}"),
                );
            }
        }
        self.space();
        self.value()
    }

    /// Reads items up to the closing bracket: past missing commas, past closing brackets that close nothing, and up to
    /// where it should have been closed.
    fn items<T>(&mut self, open: usize, close: char, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.open.push(close);
        let mut items = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(c) if c == close => {
                    self.at += 1;
                    break;
                }
                Some(c @ (')' | ']' | '}')) if self.open.contains(&c) => {
                    self.report_unclosed(open, close);
                    break;
                }
                Some(c @ (')' | ']' | '}')) => {
                    self.report_here(format!("this `{c}` closes nothing"), format!("`{close}` or a value is expected"));
                    self.relate(Span::new(open, open + 1), &format!("this is open, and waits for `{close}`"));
                    self.skip(c);
                    self.space();
                    self.eat(",");
                    continue;
                }
                Some(_) if !items.is_empty() && self.is_outside(close) => {
                    self.report_unclosed(open, close);
                    self.is_comma_pardoned = true;
                    break;
                }
                Some(_) => {}
                None => {
                    if !self.is_over {
                        let message = format!("`{close}` is missing at the end of the file");
                        self.report(Span::new(open, open + 1), message, "opened here, never closed");
                        self.give_up();
                    }
                    break;
                }
            }
            items.push(item(self));
            self.comma();
        }
        self.open.pop();
        items
    }

    fn report_unclosed(&mut self, open: usize, close: char) {
        self.report_here(format!("a `{close}` is missing"), format!("`{close}` is expected before this"));
        self.relate(Span::new(open, open + 1), "opened here, never closed");
        self.lost += 1;
    }

    /// Tells whether what comes next belongs to what holds this bracket: a field of the struct around, or an entry of
    /// the map around. The format has no map with words as keys.
    fn is_outside(&mut self, close: char) -> bool {
        let around = self.open.iter().rev().nth(1).copied();
        match (close, around) {
            ('}' | ']', Some(')')) => self.next() == Next::Field,
            (')' | ']', Some('}')) => self.next() == Next::Entry,
            _ => false,
        }
    }

    /// Reads the comma after an item, or says that it is missing.
    fn comma(&mut self) {
        let after = self.at;
        self.space();
        if std::mem::take(&mut self.is_comma_pardoned) || self.eat(",") {
            return;
        }
        match self.peek() {
            None | Some(')' | ']' | '}') => {}
            Some(';') => {
                self.report_here("a comma is expected, not `;`", "write `,`");
                self.eat(";");
            }
            Some(c) if c.is_alphanumeric() || "_\"([{+-.".contains(c) || is_other_quote(c) => {
                self.report(Span::new(after, after), "a comma is missing", "`,` is expected here");
            }
            Some(_) => {
                self.report_here("a comma is expected", "this has no place here");
                self.skip_item();
                self.eat(",");
            }
        }
    }

    /// Skips to the next comma or closing bracket of this level.
    pub(super) fn skip_item(&mut self) {
        self.lost += 1;
        let mut open = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.pass_text();
                    continue;
                }
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' | ',' if open == 0 => return,
                ')' | ']' | '}' => open -= 1,
                _ => {}
            }
            self.skip(c);
        }
    }
}

//! The span-keeping parse: RON as a tree in which every value and every name knows its bytes.
//!
//! `ron` reads the files; it says nothing of where a value stood that parsed and is wrong, and it stops at the
//! first mistake. This parse runs only when something is wrong, to say where, and to find the other mistakes.
//! It keeps going after a mistake: up to the next comma or bracket of the same level.

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Nesting deeper than this is refused, as `ron` refuses it.
const MAX_DEPTH: usize = 64;

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
    Struct(Option<String>, Vec<(String, Span, Node)>),
    /// `Name(value)` or `(value)`; `()` too
    Tuple(Option<String>, Vec<Node>),
    /// `{key: value}`
    Map(Vec<(Node, Node)>),
    /// `[value]`
    List(Vec<Node>),
    /// What could not be read; already reported.
    Broken,
}

/// Parses a text. The diagnostics say what is not RON; the tree holds the rest.
pub(super) fn parse(text: &str) -> (Node, Vec<Diagnostic>) {
    let mut parser = Parser { text, at: 0, depth: 0, found: Vec::new() };
    parser.space();
    while parser.eat("#!") {
        match parser.rest().find(']') {
            Some(end) => parser.at += end + 1,
            None => parser.at = text.len(),
        }
        parser.space();
    }
    let node = parser.value();
    parser.space();
    if parser.at < text.len() && parser.found.is_empty() {
        parser.report("text after the end of the value", "the file ends before this");
    }
    (node, parser.found)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    found: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
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

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !wanted(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn space(&mut self) {
        loop {
            self.take_while(char::is_whitespace);
            if self.eat("//") {
                self.take_while(|c| c != '\n');
            } else if self.rest().starts_with("/*") {
                self.block_comment();
            } else {
                return;
            }
        }
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let mut open = 0_usize;
        loop {
            if self.eat("/*") {
                open += 1;
            } else if self.eat("*/") {
                open -= 1;
                if open == 0 {
                    return;
                }
            } else if let Some(c) = self.peek() {
                self.at += c.len_utf8();
            } else {
                self.report_at(Span::new(start, start + 2), "a comment has no end", "it starts here");
                return;
            }
        }
    }

    fn report(&mut self, message: &str, label: &str) {
        let end = self.peek().map_or(self.at, |c| self.at + c.len_utf8());
        self.report_at(Span::new(self.at, end), message, label);
    }

    fn report_at(&mut self, span: Span, message: &str, label: &str) {
        self.found.push(Diagnostic::new(Code::Syntax, span, message).label(label));
    }

    fn value(&mut self) -> Node {
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            self.report("values are nested too deeply", "deeper than this no flow needs");
            self.at = self.text.len();
            return self.node(start, Kind::Broken);
        }
        self.depth += 1;
        let kind = match self.peek() {
            Some('"') => self.text_value(),
            Some('r')
                if self.rest().starts_with("r\"")
                    || self.rest().starts_with("r#\"")
                    || self.rest().starts_with("r##") =>
            {
                self.raw_text()
            }
            Some('(') => self.parenthesised(None),
            Some('{') => self.map(),
            Some('[') => self.list(),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => Kind::Number(
                self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_')).to_owned(),
            ),
            Some(c) if c.is_alphabetic() || c == '_' => self.word(),
            Some(_) => {
                self.report("a value is expected", "this starts no value");
                self.skip_item();
                Kind::Broken
            }
            None => {
                self.report("a value is expected", "the file ends here");
                Kind::Broken
            }
        };
        self.depth -= 1;
        self.node(start, kind)
    }

    fn node(&self, start: usize, kind: Kind) -> Node {
        Node { span: Span::new(start, self.at), kind }
    }

    fn identifier(&mut self) -> &'a str {
        self.eat("r#");
        self.take_while(|c| c.is_alphanumeric() || c == '_')
    }

    /// Reads `Word`, `Word(…)`; `Some(x)` is `x`, as the format's optional fields are written without it.
    fn word(&mut self) -> Kind {
        let word = self.identifier().to_owned();
        let after = self.at;
        self.space();
        if self.peek() != Some('(') {
            self.at = after;
            return Kind::Word(word);
        }
        match self.parenthesised(Some(word)) {
            Kind::Tuple(Some(name), mut items) if name == "Some" && items.len() == 1 => items.remove(0).kind,
            kind => kind,
        }
    }

    fn parenthesised(&mut self, name: Option<String>) -> Kind {
        let open = self.at;
        self.at += 1;
        self.space();
        let after_open = self.at;
        let is_struct = !self.identifier().is_empty() && {
            self.space();
            self.rest().starts_with(':') && !self.rest().starts_with("::")
        };
        self.at = after_open;
        if !is_struct {
            return Kind::Tuple(name, self.items(open, ')', Self::value));
        }
        let fields = self.items(open, ')', |parser| {
            let start = parser.at;
            let field = parser.identifier().to_owned();
            let span = Span::new(start, parser.at);
            parser.space();
            if field.is_empty() || !parser.eat(":") {
                parser.report("a field needs a name and a colon", "`name: value` is expected here");
                parser.skip_item();
                return (field, span, parser.node(start, Kind::Broken));
            }
            parser.space();
            let value = parser.value();
            (field, span, value)
        });
        Kind::Struct(name, fields)
    }

    fn map(&mut self) -> Kind {
        let open = self.at;
        self.at += 1;
        Kind::Map(self.items(open, '}', |parser| {
            let key = parser.value();
            parser.space();
            if !parser.eat(":") {
                parser.report("an entry needs a key and a colon", "`:` is expected here");
                parser.skip_item();
                let value = parser.node(parser.at, Kind::Broken);
                return (key, value);
            }
            parser.space();
            let value = parser.value();
            (key, value)
        }))
    }

    fn list(&mut self) -> Kind {
        let open = self.at;
        self.at += 1;
        Kind::List(self.items(open, ']', Self::value))
    }

    /// Reads items up to the closing bracket, past missing commas.
    fn items<T>(&mut self, open: usize, close: char, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(c) if c == close => {
                    self.at += 1;
                    return items;
                }
                Some(')' | ']' | '}') => {
                    let message = format!("`{close}` is expected");
                    self.report(&message, "this closes something else");
                    if let Some(last) = self.found.last_mut() {
                        last.related.push((Span::new(open, open + 1), "opened here".to_owned()));
                    }
                    self.at += 1;
                    return items;
                }
                Some(_) => {}
                None => {
                    let message = format!("`{close}` is missing at the end of the file");
                    self.report_at(Span::new(open, open + 1), &message, "opened here");
                    return items;
                }
            }
            let before = self.at;
            items.push(item(self));
            let after = self.at;
            self.space();
            if self.eat(",") || matches!(self.peek(), None | Some(')' | ']' | '}')) {
                continue;
            }
            if self.at == before {
                self.at += self.peek().map_or(0, char::len_utf8);
            } else {
                self.report_at(Span::new(after, after), "a comma is missing", "`,` is expected here");
            }
        }
    }

    /// Skips to the next comma or closing bracket of this level.
    fn skip_item(&mut self) {
        let mut open = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.text_value();
                    continue;
                }
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' | ',' if open == 0 => return,
                ')' | ']' | '}' => open -= 1,
                _ => {}
            }
            self.at += c.len_utf8();
        }
    }

    fn text_value(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            out.push_str(self.take_while(|c| c != '"' && c != '\\'));
            match self.peek() {
                Some('"') => {
                    self.at += 1;
                    return Kind::Text(out);
                }
                Some(_) => self.escape(&mut out),
                None => {
                    self.report_at(Span::new(start, start + 1), "a text has no closing quote", "it starts here");
                    return Kind::Broken;
                }
            }
        }
    }

    fn escape(&mut self, out: &mut String) {
        let start = self.at;
        self.at += 1;
        let Some(c) = self.peek() else { return };
        self.at += c.len_utf8();
        let scalar = match c {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            '0' => Some('\0'),
            '"' | '\'' | '\\' => Some(c),
            'x' => {
                let digits: String = self.rest().chars().take(2).collect();
                self.at += digits.len();
                u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
            }
            'u' if self.eat("{") => {
                let digits = self.take_while(|c| c.is_ascii_hexdigit());
                self.eat("}");
                u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
            }
            '\n' => {
                self.take_while(char::is_whitespace);
                return;
            }
            _ => None,
        };
        match scalar {
            Some(c) => out.push(c),
            None => self.report_at(
                Span::new(start, self.at),
                "an escape that RON does not have",
                "write `\\\\` for a backslash",
            ),
        }
    }

    fn raw_text(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        let hashes = self.take_while(|c| c == '#');
        if !self.eat("\"") {
            self.report_at(Span::new(start, self.at), "a raw text has no opening quote", "`r#\"` is expected");
            self.skip_item();
            return Kind::Broken;
        }
        let close = format!("\"{hashes}");
        if let Some(end) = self.rest().find(&close) {
            let text = self.rest()[..end].to_owned();
            self.at += end + close.len();
            Kind::Text(text)
        } else {
            self.report_at(Span::new(start, self.at), "a raw text has no end", "it starts here");
            self.at = self.text.len();
            Kind::Broken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<(usize, String)> {
        parse(text).1.into_iter().map(|found| (found.at.start, found.message)).collect()
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let text = r#"#![enable(implicit_some)] /* a /* b */ */ F(a: "x\u{41}", m: {"k": [1, Two(3)]}) // end"#;
        let (node, found) = parse(text);
        assert_eq!(found, []);
        let Kind::Struct(Some(name), fields) = node.kind else { panic!("a struct: {node:?}") };
        assert_eq!((name.as_str(), &text[fields[0].1.range()]), ("F", "a"));
        assert_eq!(fields[0].2.kind, Kind::Text("xA".to_owned()));
        assert_eq!(&text[fields[1].2.span.range()], r#"{"k": [1, Two(3)]}"#);
    }

    #[test]
    fn it_goes_on_after_a_mistake_and_finds_the_next() {
        assert_eq!(
            mistakes("(a: 1 b: 2, c: ?, d 4, e: \"\\q\", f: [1 2])"),
            [
                (5, "a comma is missing".to_owned()),
                (15, "a value is expected".to_owned()),
                (20, "a field needs a name and a colon".to_owned()),
                (27, "an escape that RON does not have".to_owned()),
                (37, "a comma is missing".to_owned()),
            ]
        );
    }

    #[test]
    fn an_unclosed_bracket_or_text_is_shown_where_it_opens() {
        assert_eq!(
            mistakes("(a: [1, 2"),
            [
                (4, "`]` is missing at the end of the file".to_owned()),
                (0, "`)` is missing at the end of the file".to_owned())
            ]
        );
        assert_eq!(mistakes("(a: \"x").first().map(|first| first.0), Some(4));
        assert_eq!(mistakes("(a: [1)").len(), 2);
    }

    #[test]
    fn hostile_nesting_ends_at_once() {
        for open in ["(", "[", "{", "Some(", "/*"] {
            assert!(!mistakes(&open.repeat(200_000)).is_empty());
        }
    }
}

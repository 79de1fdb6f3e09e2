//! What stands between values: white space, comments, and the attributes at the top.

use super::{Parser, starts_name};
use crate::source::Span;

/// The extensions that `ron` has.
const EXTENSIONS: [&str; 4] = ["unwrap_newtypes", "implicit_some", "unwrap_variant_newtypes", "explicit_struct_names"];

/// Tells whether `ron` takes a character as white space; some of these are hostile, which is reported elsewhere.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
    )
}

impl Parser<'_> {
    pub(super) fn space(&mut self) {
        loop {
            self.take_while(is_space);
            if self.eat("//") {
                self.take_while(|c| c != '\n');
            } else if self.rest().starts_with("/*") {
                self.block_comment();
            } else {
                return;
            }
        }
    }

    /// Passes white space and comments without a word on their mistakes.
    pub(super) fn pass_space(&mut self) {
        loop {
            self.take_while(is_space);
            if self.eat("//") {
                self.take_while(|c| c != '\n');
            } else if !self.eat("/*") {
                return;
            } else {
                let mut open = 1_usize;
                while let Some(c) = self.peek().filter(|_| open > 0) {
                    if self.eat("/*") {
                        open += 1;
                    } else if self.eat("*/") {
                        open -= 1;
                    } else {
                        self.at += c.len_utf8();
                    }
                }
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
                self.skip(c);
            } else {
                self.report(Span::new(start, start + 2), "a comment has no end", "it starts here");
                self.advise("end it with `*/`; each `/*` inside needs one of its own");
                self.give_up();
                return;
            }
        }
    }

    pub(super) fn attributes(&mut self) {
        while self.peek() == Some('#') {
            let start = self.at;
            if self.attribute().is_none() {
                let rest = &self.text[start..];
                let length = rest.find(['\n', ']']).map_or(rest.len(), |end| {
                    if rest.as_bytes()[end] == b']' { end + 1 } else { rest[..end].trim_end().len() }
                });
                self.report(Span::new(start, start + length), "this is no attribute that RON has", "");
                self.advise("write `#![enable(implicit_some)]`");
                self.go_to(start + length);
            }
            self.space();
        }
    }

    fn attribute(&mut self) -> Option<()> {
        for token in ["#", "!", "["] {
            self.must(token)?;
        }
        match self.name().text.as_str() {
            "enable" => {
                self.space();
                self.must("(")?;
                loop {
                    EXTENSIONS.contains(&self.name().text.as_str()).then_some(())?;
                    self.space();
                    let is_comma = self.must(",").is_some();
                    if !is_comma || !self.peek().is_some_and(starts_name) {
                        break;
                    }
                }
                self.must(")")?;
            }
            "type" | "schema" => {
                self.space();
                self.must("=")?;
                matches!(self.peek()?, '"' | 'r').then_some(())?;
                self.value();
                self.space();
            }
            _ => return None,
        }
        self.must("]")
    }

    fn must(&mut self, token: &str) -> Option<()> {
        let found = self.eat(token);
        self.space();
        found.then_some(())
    }
}

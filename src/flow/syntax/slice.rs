//! Slices: where the values of a few fields at the top stand, without a tree of the rest.

use super::{Parser, starts_name};
use crate::source::Span;

/// Returns where the values of the wanted fields of the outermost struct stand, in the order wanted. It reads no further than
/// the last of them, and gives up (nothing is returned) at the first thing that is not plain RON: then a whole parse says what.
pub(in crate::flow) fn slices<const N: usize>(text: &str, wanted: [&str; N]) -> Option<[Span; N]> {
    let mut parser = Parser::new(text);
    let mut found = [None; N];
    parser.space();
    parser.attributes();
    if parser.peek().is_some_and(starts_name) {
        parser.name();
        parser.space();
    }
    parser.expect("(")?;
    while found.iter().any(Option::is_none) {
        let name = parser.name();
        parser.space();
        parser.expect(":")?;
        let start = parser.at;
        parser.pass_value()?;
        if let Some(n) = wanted.iter().position(|wanted| *wanted == name.text) {
            // The same field twice is a mistake that the whole parse reports.
            found[n].replace(Span::new(start, parser.at)).is_none().then_some(())?;
        }
        parser.space();
        if !parser.eat(",") {
            break;
        }
        parser.space();
    }
    let all: Option<Vec<Span>> = found.into_iter().collect();
    all?.try_into().ok().filter(|_| parser.found.is_empty())
}

impl Parser<'_> {
    fn expect(&mut self, token: &str) -> Option<()> {
        let is_there = self.eat(token);
        self.space();
        is_there.then_some(())
    }

    /// Passes one value up to the comma or bracket after it.
    fn pass_value(&mut self) -> Option<()> {
        let mut open = Vec::new();
        loop {
            self.pass_space();
            match self.peek()? {
                '"' => self.pass_text(),
                'r' if self.starts_raw_text() => drop(self.raw_text()),
                ',' | ')' | ']' | '}' if open.is_empty() => return Some(()),
                c @ ('(' | '[' | '{') => {
                    open.push(match c {
                        '(' => ')',
                        '[' => ']',
                        _ => '}',
                    });
                    self.at += 1;
                }
                c @ (')' | ']' | '}') => {
                    (open.pop() == Some(c)).then_some(())?;
                    self.at += 1;
                }
                c if starts_name(c) => drop(self.name()),
                c => self.skip(c),
            }
            if self.is_over {
                return None;
            }
        }
    }
}

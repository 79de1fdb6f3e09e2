//! Places: where in a flow something stands, by names instead of bytes, and the bytes looked up when needed.
//!
//! Rules speak of places; only a file with findings is parsed again to turn them into spans.

use super::syntax::{Kind, Node, parse};
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

/// Names a place in a file by the way to it from the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    path: Vec<Part>,
    part: Option<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Field(&'static str),
    /// The nth entry of a map or item of a list: ids may stand twice.
    Item(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name;

/// Says what is wrong at a place whose bytes are not looked up yet.
pub type Problem = Diagnostic<Place>;

impl Place {
    /// Returns the top of the file.
    pub fn top() -> Self {
        Self::default()
    }

    /// Goes into a field of a struct.
    #[must_use]
    pub fn field(mut self, name: &'static str) -> Self {
        self.path.push(Part::Field(name));
        self
    }

    /// Goes to the nth item of a list, or the value of the nth entry of a map.
    #[must_use]
    pub fn item(mut self, n: usize) -> Self {
        self.path.push(Part::Item(n));
        self
    }

    /// Points at the name (the key or field) instead of the value.
    #[must_use]
    pub fn name(mut self) -> Self {
        self.part = Some(Name);
        self
    }

    /// Looks the bytes up; where a part of the way is not there, the last part that is.
    fn find(&self, root: &Node) -> Span {
        let (mut node, mut name) = (root, None);
        for part in &self.path {
            let next = match (part, &node.kind) {
                (Part::Field(wanted), Kind::Struct(_, fields)) => {
                    fields.iter().find(|(field, _, _)| field == wanted).map(|(_, span, value)| (*span, value))
                }
                (Part::Item(n), Kind::Map(entries)) => entries.get(*n).map(|(key, value)| (key.span, value)),
                (Part::Item(n), Kind::List(items)) => items.get(*n).map(|item| (item.span, item)),
                _ => None,
            };
            let Some((span, value)) = next else { break };
            (node, name) = (value, Some(span));
        }
        match (&self.part, name, &node.kind) {
            (Some(Name), Some(span), _) => span,
            // The name inside `Ask("…")` is what a person has to change.
            (_, _, Kind::Tuple(Some(_), items)) if items.len() == 1 => items[0].span,
            (_, _, Kind::Struct(..) | Kind::Map(_) | Kind::Tuple(..)) => {
                Span::new(node.span.start, node.span.start + 1)
            }
            _ => node.span,
        }
    }
}

/// Looks up the bytes of all problems, with one parse.
pub fn locate(source: &Source, problems: Vec<Problem>) -> Vec<Diagnostic> {
    if problems.is_empty() {
        return Vec::new();
    }
    let (root, _) = parse(source.text());
    problems.into_iter().map(|problem| problem.map(|place| place.find(&root))).collect()
}

//! Places: where in a flow something stands, by names instead of bytes, and the bytes looked up when needed.
//!
//! Rules speak of places; only a file with findings is parsed again to turn them into spans.

use super::syntax::{Kind, Node, find_character, parse};
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

/// Names a place in a file by the way to it from the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    path: Vec<Step>,
    part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(&'static str),
    /// The nth entry of a map or item of a list: ids may stand twice.
    Item(usize),
}

/// Says which part of what stands at a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Value,
    Name,
    /// The nth character of a text.
    Character(usize),
}

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
        self.path.push(Step::Field(name));
        self
    }

    /// Goes to the nth item of a list, or the value of the nth entry of a map.
    #[must_use]
    pub fn item(mut self, n: usize) -> Self {
        self.path.push(Step::Item(n));
        self
    }

    /// Points at the name (the key or field) instead of the value.
    #[must_use]
    pub fn name(mut self) -> Self {
        self.part = Part::Name;
        self
    }

    /// Points at the nth character of a text instead of the whole text.
    #[must_use]
    pub fn character(mut self, n: usize) -> Self {
        self.part = Part::Character(n);
        self
    }

    /// Goes the way from the top: to what stands there, the bytes of its name, and whether the way is there to its end.
    fn follow<'a>(&self, root: &'a Node) -> (&'a Node, Option<Span>, bool) {
        let (mut node, mut name) = (root, None);
        for step in &self.path {
            let next = match (step, &node.kind) {
                (Step::Field(wanted), Kind::Struct(given)) => {
                    given.fields.iter().find(|(name, _)| name.text == *wanted).map(|(name, value)| (name.span, value))
                }
                (Step::Item(n), Kind::Map(entries)) => entries.get(*n).map(|(key, value)| (key.span, value)),
                (Step::Item(n), Kind::List(items)) => items.get(*n).map(|item| (item.span, item)),
                _ => None,
            };
            let Some((span, value)) = next else { return (node, name, false) };
            (node, name) = (value, Some(span));
        }
        (node, name, true)
    }

    /// Looks the bytes up, and tells whether the place is there; where it is not, the last part of the way that is.
    fn find(&self, root: &Node, text: &str) -> (Span, bool) {
        let (mut node, name, is_there) = self.follow(root);
        // The name inside `Ask("…")` is what a person has to change.
        if let (Part::Value | Part::Character(_), Kind::Tuple(Some(_), items)) = (self.part, &node.kind)
            && let [item] = items.as_slice()
        {
            node = item;
        }
        let span = match (self.part, name, &node.kind) {
            (Part::Name, Some(span), _) => span,
            (Part::Character(n), _, Kind::Text(_)) if is_there => find_character(&text[node.span.range()], n)
                .map_or(node.span, |span| Span::new(node.span.start + span.start, node.span.start + span.end)),
            (_, _, Kind::Struct(_) | Kind::Map(_) | Kind::Tuple(..)) => Span::new(node.span.start, node.span.start + 1),
            _ => node.span,
        };
        (span, is_there)
    }
}

/// Looks up the bytes of all problems, with one parse.
pub fn locate(source: &Source, problems: Vec<Problem>) -> Vec<Diagnostic> {
    look_up(source, problems).into_iter().map(|(diagnostic, _)| diagnostic).collect()
}

/// Looks up the bytes of places, with one parse.
pub fn spans(source: &Source, places: &[Place]) -> Vec<Span> {
    if places.is_empty() {
        return Vec::new();
    }
    let (root, _) = parse(source.text());
    places.iter().map(|place| place.find(&root, source.text()).0).collect()
}

/// Looks up the bytes of all problems, and tells of each whether its place is in the file.
pub(super) fn look_up(source: &Source, problems: Vec<Problem>) -> Vec<(Diagnostic, bool)> {
    if problems.is_empty() {
        return Vec::new();
    }
    let (root, _) = parse(source.text());
    let find = |problem: Problem| {
        let (_, is_there) = problem.at.find(&root, source.text());
        (problem.map(|place| place.find(&root, source.text()).0), is_there)
    };
    problems.into_iter().map(find).collect()
}

/// Looks up the bytes of all that stands at each place, to its closing bracket; nothing where a place is not there.
pub fn whole(source: &Source, places: &[Place]) -> Vec<Option<Span>> {
    let (root, _) = parse(source.text());
    let find = |place: &Place| {
        let (node, _, is_there) = place.follow(&root);
        is_there.then_some(node.span)
    };
    places.iter().map(find).collect()
}

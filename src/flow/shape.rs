//! The format as a table: which fields there are, what kind each is, which may be left out, what each is for.
//!
//! Purpose: say everything that is wrong with the shape of a file in one go, with did-you-mean. `raw.rs` is the
//! same format for serde; a property test keeps the two in step, so a file serde takes has a good shape here.

use std::collections::HashMap;

use super::model::{Answer, Effort, FixResult, Likelihood, Risk, Severity, Unsure};
use super::syntax::{Kind, Node};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::source::Span;

/// Describes a kind of value.
#[derive(Debug)]
pub(super) enum Shape {
    Text,
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words with a text in brackets, or one of the bare words.
    Tagged {
        with_text: &'static [&'static str],
        bare: &'static [&'static str],
    },
    List(&'static Shape),
    Map(&'static Shape),
    Struct(&'static str, &'static [Field]),
}

/// Describes a field of a struct.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: &'static Shape,
    pub(super) required: bool,
}

const fn must(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, shape, required: true }
}

const fn may(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, shape, required: false }
}

static TEXT: Shape = Shape::Text;
static TEXTS: Shape = Shape::List(&TEXT);
static TARGET: Shape = Shape::Tagged { with_text: &["Ask", "Cause", "HandOff", "Escalate"], bare: &[] };
static ANSWERS: Shape = Shape::Map(&Shape::Word(Answer::WORDS));
static FIXES: Shape = Shape::Map(&Shape::Word(FixResult::WORDS));

/// Describes a flow file.
pub(super) static FLOW: Shape = Shape::Struct(
    "Flow",
    &[
        must("format", &Shape::Number),
        must("id", &TEXT),
        must("error", &ERROR),
        must("causes", &Shape::Map(&CAUSE)),
        must("steps", &Shape::Map(&STEP)),
        must("start", &TEXT),
        must("questions", &Shape::Map(&QUESTION)),
        may("inseparable", &Shape::List(&INSEPARABLE)),
        may("faq", &Shape::List(&FAQ)),
        may("related", &Shape::List(&RELATED)),
        may("rehearsals", &Shape::List(&REHEARSAL)),
    ],
);

static ERROR: Shape = Shape::Struct(
    "Error",
    &[
        must("code", &TEXT),
        must("title", &TEXT),
        must("product", &TEXT),
        must("category", &TEXT),
        must("severity", &Shape::Word(Severity::WORDS)),
        must("meaning", &TEXT),
        may("signatures", &TEXTS),
        must("source", &TEXT),
        must("checked", &TEXT),
    ],
);

static CAUSE: Shape = Shape::Struct(
    "Cause",
    &[
        must("title", &TEXT),
        must("why", &TEXT),
        must("likelihood", &Shape::Word(Likelihood::WORDS)),
        must("fix", &TEXTS),
        may("verify", &TEXT),
        may("prevent", &TEXTS),
    ],
);

static STEP: Shape = Shape::Struct(
    "Step",
    &[
        must("title", &TEXT),
        must("text", &TEXT),
        may("command", &TEXT),
        may("look_for", &TEXT),
        may("warning", &TEXT),
        must("effort", &Shape::Word(Effort::WORDS)),
        must("risk", &Shape::Word(Risk::WORDS)),
    ],
);

static QUESTION: Shape = Shape::Struct(
    "Question",
    &[
        must("ask", &TEXT),
        may("find_out", &TEXTS),
        may("why", &TEXT),
        may("say", &TEXT),
        may("agent", &TEXT),
        may("unsure", &Shape::Word(Unsure::WORDS)),
        must("yes", &TARGET),
        must("no", &TARGET),
    ],
);

static INSEPARABLE: Shape = Shape::Struct("Inseparable", &[must("causes", &TEXTS), must("why", &TEXT)]);

static FAQ: Shape = Shape::Struct(
    "Faq",
    &[
        must("question", &TEXT),
        must("answer", &TEXT),
        may("helps", &Shape::List(&Shape::Tagged { with_text: &["Question", "Cause"], bare: &[] })),
    ],
);

static RELATED: Shape = Shape::Struct("Related", &[must("flow", &TEXT), must("when", &TEXT)]);

static REHEARSAL: Shape = Shape::Struct(
    "Rehearsal",
    &[
        must("name", &TEXT),
        may("answers", &ANSWERS),
        may("fixes", &FIXES),
        must("ends", &Shape::Tagged { with_text: &["Cause", "HandOff"], bare: &["Escalate"] }),
    ],
);

/// Describes an answers file.
pub(super) static ANSWERS_FILE: Shape = Shape::Struct("Answers", &[may("answers", &ANSWERS), may("fixes", &FIXES)]);

/// Returns everything in which a tree departs from a shape.
pub(super) fn check(node: &Node, shape: &Shape) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_node(node, shape, &mut found);
    found
}

fn check_node(node: &Node, shape: &Shape, found: &mut Vec<Diagnostic>) {
    match (shape, &node.kind) {
        (_, Kind::Broken) | (Shape::Text, Kind::Text(_)) => {}
        (Shape::Number, Kind::Number(digits)) if digits.parse::<u32>().is_ok() => {}
        (Shape::Word(words), Kind::Word(word)) => {
            if !words.contains(&word.as_str()) {
                found.push(unknown_variant(node.span, word, words, &[]));
            }
        }
        (Shape::Tagged { with_text, bare }, Kind::Word(word)) => {
            if with_text.contains(&word.as_str()) {
                found.push(wrong_type(node, &format!("`{word}(\"…\")`")));
            } else if !bare.contains(&word.as_str()) {
                found.push(unknown_variant(node.span, word, with_text, bare));
            }
        }
        (Shape::Tagged { with_text, bare }, Kind::Tuple(Some(word), items)) => {
            let name = Span::new(node.span.start, node.span.start + word.len());
            if !with_text.contains(&word.as_str()) {
                found.push(unknown_variant(name, word, with_text, bare));
            } else if let [item] = items.as_slice() {
                check_node(item, &TEXT, found);
            } else {
                found.push(wrong_type(node, &format!("`{word}(\"…\")` with one text")));
            }
        }
        (Shape::List(of), Kind::List(items)) => items.iter().for_each(|item| check_node(item, of, found)),
        (Shape::Map(of), Kind::Map(entries)) => check_entries(entries, of, found),
        (Shape::Struct(name, fields), Kind::Struct(given, values)) => {
            check_name(node, name, given.as_deref(), found);
            check_fields(node, fields, values, found);
        }
        (Shape::Struct(name, fields), Kind::Tuple(given, items)) if items.is_empty() => {
            check_name(node, name, given.as_deref(), found);
            check_fields(node, fields, &[], found);
        }
        _ => found.push(wrong_type(node, &expected(shape))),
    }
}

fn check_name(node: &Node, name: &str, given: Option<&str>, found: &mut Vec<Diagnostic>) {
    if let Some(given) = given.filter(|given| *given != name) {
        let span = Span::new(node.span.start, node.span.start + given.len());
        found.push(
            Diagnostic::new(Code::WrongType, span, format!("`{name}` is expected, not `{given}`"))
                .help(Some(format!("write `{name}(…)` or just `(…)`"))),
        );
    }
}

fn check_entries(entries: &[(Node, Node)], of: &Shape, found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::new();
    for (key, value) in entries {
        check_node(key, &TEXT, found);
        if let Kind::Text(text) = &key.kind {
            if let Some(earlier) = first.get(text) {
                found.push(duplicate_key(text, key.span, *earlier));
            } else {
                first.insert(text, key.span);
            }
        }
        check_node(value, of, found);
    }
}

/// Says that a key stands twice in a map.
pub(super) fn duplicate_key(key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, span, format!("`{key}` is given twice"))
        .label("again here")
        .related(first, "first here")
        .help("give one of the two another id, or delete it".to_owned())
}

fn check_fields(node: &Node, fields: &[Field], values: &[(String, Span, Node)], found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for (name, span, value) in values {
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            if !name.is_empty() {
                found.push(unknown_field(name, *span, fields));
            }
            continue;
        };
        if let Some(earlier) = first.insert(field.name, *span) {
            found.push(
                Diagnostic::new(Code::DuplicateField, *span, format!("`{name}` is given twice"))
                    .label("again here")
                    .related(earlier, "first here")
                    .help("delete one of the two".to_owned()),
            );
        }
        check_node(value, field.shape, found);
    }
    let missing: Vec<_> = fields.iter().filter(|field| field.required && !first.contains_key(field.name)).collect();
    if !missing.is_empty() {
        let names = list(missing.iter().map(|field| field.name));
        let example = missing.iter().map(|field| format!("{}: {}", field.name, example(field.shape)));
        let example = example.collect::<Vec<_>>().join(", ");
        found.push(
            Diagnostic::new(
                Code::MissingField,
                head(node),
                format!("{names} {} missing", if missing.len() == 1 { "is" } else { "are" }),
            )
            .label("in this one")
            .help(format!("add `{example}`")),
        );
    }
}

/// The opening of a struct: its name and bracket, so that a caret does not run over pages.
fn head(node: &Node) -> Span {
    let name = match &node.kind {
        Kind::Struct(name, _) | Kind::Tuple(name, _) => name.as_ref().map_or(0, String::len),
        _ => 0,
    };
    Span::new(node.span.start, node.span.start + name + 1)
}

fn unknown_field(name: &str, span: Span, fields: &[Field]) -> Diagnostic {
    let known = fields.iter().map(|field| field.name);
    let help = did_you_mean(name, known.clone()).unwrap_or_else(|| format!("the fields here are {}", list(known)));
    Diagnostic::new(Code::UnknownField, span, format!("there is no field `{name}` here")).help(help)
}

fn unknown_variant(span: Span, word: &str, with_text: &[&'static str], bare: &[&'static str]) -> Diagnostic {
    let known = || with_text.iter().chain(bare).copied();
    let help = did_you_mean(word, known()).unwrap_or_else(|| format!("the words allowed here are {}", list(known())));
    Diagnostic::new(Code::UnknownVariant, span, format!("`{word}` is not a word allowed here")).help(help)
}

fn wrong_type(node: &Node, expected: &str) -> Diagnostic {
    let given = match &node.kind {
        Kind::Word(word) => format!("the word `{word}`"),
        Kind::Text(_) => "a text".to_owned(),
        Kind::Number(digits) => format!("the number `{digits}`"),
        Kind::Struct(..) => "a struct `(…: …)`".to_owned(),
        Kind::Tuple(..) => "a tuple `(…)`".to_owned(),
        Kind::Map(_) => "a map `{…}`".to_owned(),
        Kind::List(_) => "a list `[…]`".to_owned(),
        Kind::Broken => "nothing readable".to_owned(),
    };
    let span = match node.kind {
        Kind::Struct(..) | Kind::Tuple(..) | Kind::Map(_) | Kind::List(_) => head(node),
        _ => node.span,
    };
    Diagnostic::new(Code::WrongType, span, format!("{expected} is expected, not {given}"))
}

fn expected(shape: &Shape) -> String {
    match shape {
        Shape::Text => "a text `\"…\"`".to_owned(),
        Shape::Number => "a whole number".to_owned(),
        Shape::Word(words) => format!("one of the words {}", list(words.iter().copied())),
        Shape::Tagged { with_text, bare } => {
            let tagged = with_text.iter().map(|word| format!("{word}(\"…\")"));
            let all: Vec<_> = tagged.chain(bare.iter().map(|word| (*word).to_owned())).collect();
            format!("one of {}", list(all.iter().map(String::as_str)))
        }
        Shape::List(_) => "a list `[…]`".to_owned(),
        Shape::Map(_) => "a map `{\"id\": …}`".to_owned(),
        Shape::Struct(..) => "a struct `(…: …)`".to_owned(),
    }
}

fn example(shape: &Shape) -> String {
    match shape {
        Shape::Text => "\"…\"".to_owned(),
        Shape::Number => "1".to_owned(),
        Shape::Word(words) => words[0].to_owned(),
        Shape::Tagged { with_text, .. } => format!("{}(\"…\")", with_text[0]),
        Shape::List(_) => "[…]".to_owned(),
        Shape::Map(_) => "{…}".to_owned(),
        Shape::Struct(..) => "(…)".to_owned(),
    }
}

/// Joins names as a person would: `a`, `b` and `c`.
fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

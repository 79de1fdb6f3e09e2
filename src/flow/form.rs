//! The form of a file: everything in which it departs from the table of `shape.rs`, in one go, with did-you-mean.

use std::collections::{HashMap, HashSet};

use super::shape::{Field, Shape};
use super::syntax::{Kind, Name, Node, Struct};
use crate::diag::{Code, Diagnostic, did_you_mean, named, nearest};
use crate::source::Span;

/// After as many mistakes the rest is not looked at: whatever it is, it is no flow.
pub(super) const MAX_MISTAKES: usize = 20_000;

/// Returns everything in which a tree departs from a shape, but for what comes after [`MAX_MISTAKES`].
pub(super) fn check(node: &Node, shape: &Shape) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_node(node, shape, None, &mut found);
    if found.len() >= MAX_MISTAKES {
        found.truncate(MAX_MISTAKES);
        let last = &mut found[MAX_MISTAKES - 1];
        last.help = Some(format!("these are {MAX_MISTAKES} mistakes; the rest is not looked at"));
    }
    found
}

/// Reads a whole number as `ron` does: `1`, `+1`, `1_000`, `0x1f`, `0b1`, `0o7`, `1u32`.
pub(super) fn whole_number(digits: &str) -> Option<u32> {
    let digits = digits.strip_suffix("u32").unwrap_or(digits);
    let (is_negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let bases = [("0b", 2), ("0o", 8), ("0x", 16)];
    let prefixed = bases.iter().find_map(|&(prefix, base)| Some((digits.strip_prefix(prefix)?, base)));
    let (digits, base) = prefixed.unwrap_or((digits, 10));
    if digits.starts_with(['_', '+', '-']) {
        return None;
    }
    let number = u32::from_str_radix(&digits.replace('_', ""), base).ok()?;
    (!is_negative || number == 0).then_some(number)
}

/// Returns the text of a node where the format asks for one, also as `Some("…")` where it may be left out.
pub(super) fn text_of<'a>(node: &'a Node, shape: &Shape) -> Option<&'a str> {
    match (shape, &node.kind) {
        (Shape::Text | Shape::MaybeText, Kind::Text(text)) => Some(text),
        (Shape::MaybeText, Kind::Tuple(Some(name), items)) if name.text == "Some" => match items.as_slice() {
            [one] => text_of(one, &Shape::Text),
            _ => None,
        },
        _ => None,
    }
}

fn check_node(node: &Node, shape: &Shape, owner: Option<&str>, found: &mut Vec<Diagnostic>) {
    match (shape, &node.kind) {
        _ if found.len() >= MAX_MISTAKES => {}
        (_, Kind::Broken) | (Shape::Text, Kind::Text(_)) => {}
        (Shape::MaybeText, Kind::Word(word)) if word == "None" => {}
        (Shape::MaybeText, _) if text_of(node, shape).is_some() => {}
        (Shape::Number, Kind::Number(digits)) if whole_number(digits).is_some() => {}
        (Shape::Word(words), Kind::Word(word)) => {
            if !words.contains(&word.as_str()) {
                found.push(unknown_variant(node.span, word, words, &[]));
            }
        }
        (Shape::Tagged { with_text, bare }, Kind::Word(word)) => {
            if with_text.contains(&word.as_str()) {
                found.push(
                    Diagnostic::new(Code::WrongType, node.span, format!("{} does not say which", named(word)))
                        .help(format!("write `{word}(\"…\")`")),
                );
            } else if !bare.contains(&word.as_str()) {
                found.push(unknown_variant(node.span, word, with_text, bare));
            }
        }
        (Shape::Tagged { with_text, bare }, Kind::Tuple(Some(word), items)) => {
            check_tagged(node, word, items, with_text, bare, found);
        }
        (Shape::List(of), Kind::List(items)) => items.iter().for_each(|item| check_node(item, of, None, found)),
        (Shape::Map(of), Kind::Map(entries)) => check_entries(entries, of, found),
        (Shape::Struct(name, fields), Kind::Struct(given)) => {
            check_name(name, given.name.as_ref(), found);
            check_fields(node, fields, given, owner, found);
        }
        (Shape::Struct(name, fields), Kind::Tuple(given, items)) if items.is_empty() => {
            check_name(name, given.as_ref(), found);
            let given = Struct { name: given.clone(), fields: Vec::new(), is_whole: true };
            check_fields(node, fields, &given, owner, found);
        }
        _ => found.push(wrong_type(node, shape)),
    }
}

fn check_tagged(
    node: &Node,
    word: &Name,
    items: &[Node],
    with_text: &[&'static str],
    bare: &[&'static str],
    found: &mut Vec<Diagnostic>,
) {
    let given = word.text.as_str();
    if bare.contains(&given) {
        let message = format!("`{given}` stands alone here, without brackets");
        found.push(Diagnostic::new(Code::WrongType, head(node), message).help(format!("write `{given}`")));
    } else if !with_text.contains(&given) {
        found.push(unknown_variant(word.span, given, with_text, bare));
    } else if let [item] = items {
        check_node(item, &Shape::Text, None, found);
    } else {
        let message = format!("`{given}` holds one text, not {}", items.len());
        found.push(Diagnostic::new(Code::WrongType, head(node), message).help(format!("write `{given}(\"…\")`")));
    }
}

fn check_name(name: &str, given: Option<&Name>, found: &mut Vec<Diagnostic>) {
    if let Some(given) = given.filter(|given| given.text != name) {
        let message = format!("`{name}(…)` is expected, not {}", named(&given.text));
        found.push(
            Diagnostic::new(Code::WrongType, given.span, message).help(format!("write `{name}(…)` or just `(…)`")),
        );
    }
}

fn check_entries(entries: &[(Node, Node)], of: &Shape, found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::new();
    for (key, value) in entries {
        check_node(key, &Shape::Text, None, found);
        let Kind::Text(text) = &key.kind else {
            check_node(value, of, None, found);
            continue;
        };
        if let Some(&earlier) = first.get(text) {
            found.push(
                Diagnostic::new(Code::DuplicateKey, key.span, format!("{} is given twice", named(text)))
                    .label("again here")
                    .related(earlier, "first here")
                    .help("give one of the two another id, or delete it".to_owned()),
            );
        } else {
            first.insert(text, key.span);
        }
        check_node(value, of, Some(text), found);
    }
}

fn check_fields(node: &Node, fields: &[Field], given: &Struct, owner: Option<&str>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    let (mut unknown, mut meant) = (HashSet::new(), HashSet::new());
    for (name, value) in &given.fields {
        let Some(field) = fields.iter().find(|field| field.name == name.text) else {
            if (!name.text.is_empty() || name.is_quoted) && unknown.insert(&name.text) {
                meant.extend(nearest(&name.text, fields.iter().map(|field| field.name)));
                found.push(unknown_field(name, fields));
            }
            continue;
        };
        if name.is_quoted {
            found.push(
                Diagnostic::new(Code::WrongType, name.span, "the name of a field stands without quotes")
                    .help(format!("write `{}: …`", field.name)),
            );
        }
        if let Some(earlier) = first.insert(field.name, name.span) {
            found.push(
                Diagnostic::new(Code::DuplicateField, name.span, format!("`{}` is given twice", field.name))
                    .label("again here")
                    .related(earlier, "first here")
                    .help("delete one of the two".to_owned()),
            );
        }
        check_node(value, field.shape, Some(field.name), found);
    }
    // A field that was only mistyped is not missing, too.
    let is_missing = |field: &&Field| field.required && !first.contains_key(field.name) && !meant.contains(field.name);
    let missing: Vec<_> = fields.iter().filter(is_missing).collect();
    if given.is_whole && !missing.is_empty() {
        let names = list(missing.iter().map(|field| field.name), "and");
        let verb = if missing.len() == 1 { "is" } else { "are" };
        let place = owner.map_or(String::new(), |owner| format!(" in {}", named(owner)));
        let example = missing.iter().map(|field| format!("{}: {}", field.name, example(field.shape)));
        let example = example.collect::<Vec<_>>().join(", ");
        found.push(
            Diagnostic::new(Code::MissingField, head(node), format!("{names} {verb} missing{place}"))
                .label("in this one")
                .help(format!("add `{example}`")),
        );
    }
}

/// The opening of a value with brackets: its name and bracket, so that a caret does not run over pages.
fn head(node: &Node) -> Span {
    match &node.kind {
        Kind::Struct(Struct { name: Some(name), .. }) | Kind::Tuple(Some(name), _) => name.span,
        Kind::Struct(_) | Kind::Tuple(..) | Kind::Map(_) | Kind::List(_) => {
            Span::new(node.span.start, node.span.start + 1)
        }
        _ => node.span,
    }
}

fn unknown_field(name: &Name, fields: &[Field]) -> Diagnostic {
    let known = fields.iter().map(|field| field.name);
    let help = did_you_mean(&name.text, known.clone())
        .unwrap_or_else(|| format!("the fields here are {}", list(known, "and")));
    Diagnostic::new(Code::UnknownField, name.span, format!("there is no field {} here", named(&name.text))).help(help)
}

fn unknown_variant(span: Span, word: &str, with_text: &[&'static str], bare: &[&'static str]) -> Diagnostic {
    let known = || with_text.iter().chain(bare).copied();
    let help = did_you_mean(word, known()).unwrap_or_else(|| format!("write {}", list(known(), "or")));
    Diagnostic::new(Code::UnknownVariant, span, format!("{} is not a word allowed here", named(word))).help(help)
}

fn wrong_type(node: &Node, shape: &Shape) -> Diagnostic {
    let given = match &node.kind {
        Kind::Word(word) => format!("the word {}", named(word)),
        Kind::Text(_) => "a text".to_owned(),
        Kind::Number(digits) => format!("the number {}", named(digits)),
        Kind::Tuple(Some(name), _) if name.text == "Some" => "`Some(…)`".to_owned(),
        Kind::Tuple(Some(name), _) => named(&format!("{}(…)", name.text)),
        Kind::Struct(_) => "a struct `(…: …)`".to_owned(),
        Kind::Tuple(..) => "a value in brackets `(…)`".to_owned(),
        Kind::Map(_) => "a map `{…}`".to_owned(),
        Kind::List(_) => "a list `[…]`".to_owned(),
        Kind::Broken => "nothing readable".to_owned(),
    };
    let message = format!("{} is expected, not {given}", expected(shape));
    Diagnostic::new(Code::WrongType, head(node), message).help(remedy(node, shape))
}

/// Says what to write instead, where a common slip shows what was meant.
fn remedy(node: &Node, shape: &Shape) -> Option<String> {
    let quoted = |text: &str| named(&format!("\"{text}\""));
    Some(match (shape, &node.kind) {
        (Shape::Text, Kind::Tuple(Some(name), _)) if name.text == "Some" => "write the text alone".to_owned(),
        (_, Kind::Word(word)) if word == "None" => {
            format!("only a text that may be left out can be `None`; write `{}`", example(shape))
        }
        (Shape::Text | Shape::MaybeText, Kind::Word(given) | Kind::Number(given)) => {
            format!("write {}, in double quotes", quoted(given))
        }
        (Shape::Number, Kind::Text(text)) if whole_number(text).is_some() => {
            format!("write {}, without quotes", named(text))
        }
        (Shape::Word(words), Kind::Text(text)) => {
            format!("write `{}`, without quotes", nearest(text, words.iter().copied())?)
        }
        (Shape::Tagged { with_text, .. }, Kind::Text(text)) => {
            let tagged = with_text.iter().map(|word| format!("{word}(\"{text}\")")).collect::<Vec<_>>();
            format!("write {}", list(tagged.iter().map(String::as_str), "or"))
        }
        (Shape::List(Shape::Text), Kind::Text(text)) => format!("write {}", named(&format!("[\"{text}\"]"))),
        (Shape::List(_), Kind::Struct(_) | Kind::Tuple(..)) => "put it in a list: `[…]`".to_owned(),
        (Shape::Map(_), Kind::Struct(_)) => "write `{\"id\": …}`, with curly brackets and each id in quotes".to_owned(),
        (Shape::Struct(..), Kind::Map(_)) => {
            "write `(name: …)`, with round brackets and the names without quotes".to_owned()
        }
        _ => return None,
    })
}

fn expected(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::MaybeText => "a text `\"…\"`".to_owned(),
        Shape::Number => "a whole number".to_owned(),
        Shape::Word(words) => list(words.iter().copied(), "or"),
        Shape::Tagged { with_text, bare } => {
            let tagged = with_text.iter().map(|word| format!("{word}(\"…\")"));
            let all: Vec<_> = tagged.chain(bare.iter().map(|word| (*word).to_owned())).collect();
            list(all.iter().map(String::as_str), "or")
        }
        Shape::List(_) => "a list `[…]`".to_owned(),
        Shape::Map(_) => "a map `{\"id\": …}`".to_owned(),
        Shape::Struct(..) => "a struct `(…: …)`".to_owned(),
    }
}

fn example(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::MaybeText => "\"…\"".to_owned(),
        Shape::Number => "1".to_owned(),
        Shape::Word(words) => words[0].to_owned(),
        Shape::Tagged { with_text, .. } => format!("{}(\"…\")", with_text[0]),
        Shape::List(_) => "[…]".to_owned(),
        Shape::Map(_) => "{…}".to_owned(),
        Shape::Struct(..) => "(…)".to_owned(),
    }
}

/// Joins names as a person would: `a`, `b` and `c`.
fn list<'a>(names: impl IntoIterator<Item = &'a str>, joint: &str) -> String {
    let names: Vec<_> = names.into_iter().map(named).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {joint} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::shape::FLOW;
    use crate::flow::syntax::parse;

    #[test]
    fn whole_numbers_are_read_as_ron_reads_them() {
        let texts = [
            "1",
            "+1",
            "-0",
            "-1",
            "01",
            "1_0",
            "1_",
            "_1",
            "0x1f",
            "0X1f",
            "0x",
            "0x_1",
            "0b11",
            "0b2",
            "0o17",
            "1u32",
            "1u8",
            "1i32",
            "0x1u32",
            "1.0",
            "1e3",
            "4294967295",
            "4294967296",
            "1a",
            "--1",
            "+-1",
            "-0u32",
            "0b",
            "1u32u32",
            "0x+1",
            "0_1",
            "1__0",
            ".5",
            "-",
            "+",
            "0x-1",
            "u32",
            "0b_1",
        ];
        for text in texts {
            assert_eq!(whole_number(text), ron::from_str::<u32>(text).ok(), "{text}");
        }
    }

    #[test]
    fn a_lost_part_is_not_called_missing() {
        let codes = |text: &str| {
            let (root, _) = parse(text);
            check(&root, &FLOW).into_iter().map(|found| found.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("(format: 1)"), [Code::MissingField]);
        assert_eq!(codes("(format: 1, id: \"x\", "), []);
        assert_eq!(codes("(format: 1, error: (), id: \"x"), [Code::MissingField]);
    }
}

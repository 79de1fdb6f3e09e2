//! Repair: the RON text of a tree with a good shape, so that a file with mistakes in its shape can be read on and
//! all its other mistakes be found in the same run.
//!
//! What the shape does not have is left out; what is missing or of the wrong kind becomes a placeholder, on which
//! `validate` keeps silent, because `form.rs` has spoken already. The order and number of entries stay.

use std::fmt::Write as _;

use super::form::{text_of, whole_number};
use super::shape::{Field, Shape};
use super::syntax::{Kind, Name, Node};

/// Stands for a text or id that is missing or of the wrong kind. No author writes it: it is a private character.
pub(super) const PLACEHOLDER: &str = "\u{f8ff}";

/// Writes a tree as RON of a given shape.
pub(super) fn repair(node: &Node, shape: &Shape) -> String {
    let mut out = String::new();
    write(Some(node), shape, &mut out);
    out
}

fn write(node: Option<&Node>, shape: &Shape, out: &mut String) {
    let kind = node.map(|node| &node.kind);
    match (shape, kind) {
        (Shape::MaybeText, Some(Kind::Word(word))) if word == "None" => out.push_str(word),
        (Shape::Text | Shape::MaybeText, _) => {
            text_literal(node.and_then(|node| text_of(node, shape)).unwrap_or(PLACEHOLDER), out);
        }
        (Shape::Number, Some(Kind::Number(digits))) => out.push_str(&whole_number(digits).unwrap_or(1).to_string()),
        (Shape::Number, _) => out.push('1'),
        (Shape::Word(words), Some(Kind::Word(word))) if words.contains(&word.as_str()) => out.push_str(word),
        (Shape::Word(words), _) => out.push_str(words[0]),
        (Shape::Tagged { bare, .. }, Some(Kind::Word(word))) if bare.contains(&word.as_str()) => out.push_str(word),
        (Shape::Tagged { with_text, .. }, Some(Kind::Tuple(Some(word), items)))
            if with_text.contains(&word.text.as_str()) =>
        {
            tagged(&word.text, items.first(), out);
        }
        (Shape::Tagged { with_text, .. }, _) => tagged(with_text[0], None, out),
        (Shape::List(of), Some(Kind::List(items))) => {
            sequence('[', ']', items, out, |item, out| write(Some(item), of, out));
        }
        (Shape::List(_), _) => out.push_str("[]"),
        (Shape::Map(of), Some(Kind::Map(entries))) => sequence('{', '}', entries, out, |(key, value), out| {
            write(Some(key), &Shape::Text, out);
            out.push(':');
            write(Some(value), of, out);
        }),
        (Shape::Map(_), _) => out.push_str("{}"),
        (Shape::Struct(_, fields), Some(Kind::Struct(given))) => structure(fields, &given.fields, out),
        (Shape::Struct(_, fields), _) => structure(fields, &[], out),
    }
}

fn structure(fields: &[Field], values: &[(Name, Node)], out: &mut String) {
    out.push('(');
    for field in fields {
        let given = values.iter().find(|(name, _)| name.text == field.name).map(|(_, value)| value);
        if given.is_some() || field.required {
            let _ = write!(out, "{}:", field.name);
            write(given, field.shape, out);
            out.push(',');
        }
    }
    out.push(')');
}

fn sequence<T>(open: char, close: char, items: &[T], out: &mut String, mut item: impl FnMut(&T, &mut String)) {
    out.push(open);
    for one in items {
        item(one, out);
        out.push(',');
    }
    out.push(close);
}

fn tagged(word: &str, text: Option<&Node>, out: &mut String) {
    out.push_str(word);
    out.push('(');
    write(text, &Shape::Text, out);
    out.push(')');
}

fn text_literal(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
}

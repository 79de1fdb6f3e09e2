//! Repair: the RON text of a tree with a good shape, so that a file with mistakes in its shape can be read on and
//! all its other mistakes be found in the same run.
//!
//! What the shape does not have is left out; what is missing or of the wrong kind becomes a placeholder, on which
//! `validate` keeps silent, because `form.rs` has spoken already. The order and number of entries stay.

use std::fmt::Write as _;

use super::form::{text_of, whole_number};
use super::model::PLACEHOLDER;
use super::shape::{Field, Shape};
use super::syntax::{Kind, Name, Node};

/// Holds a text that can be read, and whether it says more than the file did.
#[derive(Debug, Default)]
pub(super) struct Repaired {
    pub(super) text: String,
    /// Whether a word, target, id, list or map was made up. What follows from it says nothing of the file.
    pub(super) is_guess: bool,
}

/// Writes a tree as RON of a given shape.
pub(super) fn repair(node: &Node, shape: &Shape) -> Repaired {
    let mut repaired = Repaired::default();
    repaired.write(Some(node), shape);
    repaired
}

impl Repaired {
    fn write(&mut self, node: Option<&Node>, shape: &Shape) {
        let kind = node.map(|node| &node.kind);
        match (shape, kind) {
            (Shape::MaybeText, Some(Kind::Word(word))) if word == "None" => self.text.push_str(word),
            (Shape::Text | Shape::MaybeText, _) => {
                self.text_literal(node.and_then(|node| text_of(node, shape)).unwrap_or(PLACEHOLDER));
            }
            (Shape::Number, _) => {
                let number =
                    kind.and_then(|kind| if let Kind::Number(digits) = kind { whole_number(digits) } else { None });
                self.text.push_str(&number.unwrap_or(1).to_string());
            }
            (Shape::Word(words), Some(Kind::Word(word))) if words.contains(&word.as_str()) => self.text.push_str(word),
            (Shape::Word(words), _) => self.guess(words[0]),
            (Shape::Tagged { bare, .. }, Some(Kind::Word(word))) if bare.contains(&word.as_str()) => {
                self.text.push_str(word);
            }
            (Shape::Tagged { with_text, .. }, Some(Kind::Tuple(Some(word), items)))
                if with_text.contains(&word.text.as_str()) =>
            {
                self.tagged(&word.text, items.first());
            }
            (Shape::Tagged { with_text, .. }, _) => self.tagged(with_text[0], None),
            (Shape::List(of), Some(Kind::List(items))) => {
                self.sequence(['[', ']'], items, |out, item| out.write(Some(item), of));
            }
            // One id without its brackets is meant as a list of one.
            (Shape::List(Shape::Text), Some(Kind::Text(_))) => {
                self.sequence(['[', ']'], &[node], |out, item| out.write(*item, &Shape::Text));
            }
            (Shape::List(_), _) => self.guess("[]"),
            (Shape::Map(of), Some(Kind::Map(entries))) => self.sequence(['{', '}'], entries, |out, (key, value)| {
                out.is_guess |= text_of(key, &Shape::Text).is_none();
                out.write(Some(key), &Shape::Text);
                out.text.push(':');
                out.write(Some(value), of);
            }),
            (Shape::Map(_), _) => self.guess("{}"),
            (Shape::Struct(_, fields), Some(Kind::Struct(given))) => self.structure(fields, &given.fields),
            (Shape::Struct(_, fields), _) => self.structure(fields, &[]),
        }
    }

    fn guess(&mut self, text: &str) {
        self.is_guess = true;
        self.text.push_str(text);
    }

    fn structure(&mut self, fields: &[Field], values: &[(Name, Node)]) {
        self.text.push('(');
        for field in fields {
            let given = values.iter().find(|(name, _)| name.text == field.name).map(|(_, value)| value);
            if given.is_some() || field.required {
                let _ = write!(self.text, "{}:", field.name);
                self.write(given, field.shape);
                self.text.push(',');
            }
        }
        self.text.push(')');
    }

    fn sequence<T>(&mut self, brackets: [char; 2], items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.text.push(brackets[0]);
        for one in items {
            item(self, one);
            self.text.push(',');
        }
        self.text.push(brackets[1]);
    }

    fn tagged(&mut self, word: &str, text: Option<&Node>) {
        self.is_guess |= text.is_none_or(|text| text_of(text, &Shape::Text).is_none());
        self.text.push_str(word);
        self.text.push('(');
        self.write(text, &Shape::Text);
        self.text.push(')');
    }

    fn text_literal(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                c if c.is_control() => self.text.extend(c.escape_unicode()),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}

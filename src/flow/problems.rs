//! The problems of one flow as they are collected, and the checks that every text and every id passes.

use super::place::{Place, Problem};
use super::repair::PLACEHOLDER;
use crate::diag::{Code, Diagnostic, named};
use crate::text::is_hostile;

/// Longest id, in bytes.
const MAX_ID: usize = 100;

/// As many hostile characters of one text are shown one by one.
const MAX_SHOWN: usize = 10;

/// Collects what is wrong.
pub(super) struct Problems(pub(super) Vec<Problem>);

impl Problems {
    pub(super) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Checks a text that a person will read.
    pub(super) fn text(&mut self, text: &str, place: impl FnOnce() -> Place) {
        if text.trim().is_empty() {
            self.push(
                Problem::new(Code::EmptyText, place(), "the text is empty")
                    .help("write what a person should read here, or leave an optional field out".to_owned()),
            );
            return;
        }
        let is_plain = text.bytes().all(|byte| matches!(byte, 0x20..=0x7e | b'\n'));
        if !is_plain && text.chars().any(is_hostile) {
            let place = place();
            let hostile = text.chars().enumerate().filter(|&(_, c)| is_hostile(c)).take(MAX_SHOWN);
            hostile.for_each(|(n, c)| self.push(hostile_character(c, place.clone().character(n))));
        }
    }

    pub(super) fn optional_text(&mut self, text: Option<&String>, place: impl FnOnce() -> Place) {
        if let Some(text) = text {
            self.text(text, place);
        }
    }

    pub(super) fn id(&mut self, id: &str, place: impl FnOnce() -> Place) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if id == PLACEHOLDER {
            return;
        }
        if id.is_empty() || id.len() > MAX_ID || !id.chars().all(plain) || id.starts_with(['-', '.']) {
            self.push(Problem::new(Code::BadId, place(), format!("{} cannot be an id", named(id))).help(format!(
                "an id has 1 to {MAX_ID} of the characters a-z, 0-9 and -, and starts with a letter or digit"
            )));
        }
    }
}

/// Says that a character acts instead of being read.
pub(super) fn hostile_character<At>(c: char, at: At) -> Diagnostic<At> {
    let message = format!("the character U+{:04X} acts on a terminal or hides", u32::from(c));
    Diagnostic::new(Code::HostileCharacter, at, message).help("delete it; text in a flow is only ever read".to_owned())
}

//! The problems of one flow as they are collected, and the checks that every text and every id passes.

use super::model::PLACEHOLDER;
use super::place::{Place, Problem};
use crate::diag::{Code, Diagnostic, named};
use crate::text::{hostile, is_hostile};

/// The format number this program reads.
const FORMAT: u32 = 1;

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

    /// Checks the format number.
    pub(super) fn format(&mut self, given: u32) {
        if given != FORMAT {
            let place = Place::top().field("format");
            self.push(
                Problem::new(Code::UnknownFormat, place, format!("format {given} is not known"))
                    .help(format!("this program reads format {FORMAT}; a newer file needs a newer program")),
            );
        }
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
        if hostile(text).next().is_some() {
            let place = place();
            let shown = text.chars().enumerate().filter(|&(_, c)| is_hostile(c)).take(MAX_SHOWN);
            shown.for_each(|(n, c)| self.push(hostile_character(c, place.clone().character(n))));
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
            let message =
                if id.is_empty() { "an id is empty".to_owned() } else { format!("{} cannot be an id", named(id)) };
            self.push(
                Problem::new(Code::BadId, place(), message)
                    .help(format!("write lower-case words joined by `-`, at most {MAX_ID} characters")),
            );
        }
    }
}

/// Says that a character acts instead of being read.
pub(super) fn hostile_character<At>(c: char, at: At) -> Diagnostic<At> {
    let (what, help) = match c {
        '\r' => ("a carriage return that ends no line", "delete it, or save the file with line feeds"),
        c if c.is_control() => ("a control character, which can act on a terminal", "delete it"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("a character that changes the direction of writing", "delete it")
        }
        '\u{2028}' | '\u{2029}' => ("a line separator that is no line feed", "delete it, or write `\\n`"),
        _ => ("an invisible character", "delete it"),
    };
    let message = format!("{what} (U+{:04X})", u32::from(c));
    Diagnostic::new(Code::HostileCharacter, at, message).help(help.to_owned())
}

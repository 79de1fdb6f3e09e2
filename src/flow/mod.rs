//! Flows: from the text of a file to a model that holds.
//!
//! Purpose: `raw` (serde mirror) → `validate` → `model`. Only here is a [`Flow`] built, so later rooms never check again.
//! When something is wrong the file is parsed a second time by `syntax`, which keeps spans: `shape` says what
//! is wrong with its form, `repair` lets the rest be read on, `place` finds where a name stands. Must not: open files,
//! know other flows (the linter does), or stop at the first mistake. Place: after source and diag.

mod model;
mod names;
mod order;
mod place;
mod problems;
mod raw;
mod repair;
mod shape;
mod syntax;
mod validate;

pub use model::{
    Answer, Answers, Cause, CauseIx, Effort, End, ErrorFacts, Faq, FixResult, Flow, Helps, Inseparable, Likelihood,
    Outcome, OutcomeIx, Question, QuestionIx, Rehearsal, Related, Risk, Severity, Step, StepIx, Target, Unsure,
};
pub use place::{Place, Problem, locate};

use ron::extensions::Extensions;

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{Position, Source, Span};
use crate::text::is_hostile;

/// Largest file that is read, in bytes.
pub const MAX_FILE: usize = 16 * 1024 * 1024;

/// Holds a flow as far as it could be built, and what is wrong with it: for the linter, which goes on past mistakes.
#[derive(Debug)]
pub struct Draft {
    /// The flow, unless its mistakes leave no graph to look at. With findings it promises nothing.
    pub flow: Option<Flow>,
    /// What is wrong; may be empty.
    pub findings: Findings,
}

/// Reads a flow, or says everything that is wrong with it.
pub fn read(source: &Source) -> Result<Flow, Findings> {
    let draft = draft(source);
    match draft.flow {
        Some(flow) if draft.findings.diagnostics.is_empty() => Ok(flow),
        _ => Err(draft.findings),
    }
}

/// Reads a flow as far as it goes.
pub fn draft(source: &Source) -> Draft {
    let Parsed { raw, mut found } = parse(source, &shape::FLOW);
    let (flow, problems) = raw.map_or((None, Vec::new()), validate::validate);
    add_located(source, problems, &mut found);
    Draft { flow, findings: Findings::new(source.clone(), found) }
}

/// Reads an answers file for a flow: `(answers: {"question": Yes}, fixes: {"cause": NotFixed})`.
pub fn read_answers(source: &Source, flow: &Flow) -> Result<Answers, Findings> {
    let Parsed { raw, mut found } = parse(source, &shape::ANSWERS_FILE);
    let (answers, problems) = raw.map_or_else(Default::default, |raw| validate::answers(&raw, flow));
    add_located(source, problems, &mut found);
    if found.is_empty() { Ok(answers) } else { Err(Findings::new(source.clone(), found)) }
}

struct Parsed<T> {
    raw: Option<T>,
    found: Vec<Diagnostic>,
}

/// Parses with `ron`; where that fails, says everything that is wrong and reads on past it if the text is RON.
fn parse<T: serde::de::DeserializeOwned>(source: &Source, shape: &shape::Shape) -> Parsed<T> {
    let text = source.text();
    if text.len() > MAX_FILE {
        let message = format!("the file has {} bytes, more than {MAX_FILE}", text.len());
        return Parsed { raw: None, found: vec![Diagnostic::new(Code::TooLarge, Span::default(), message)] };
    }
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut found: Vec<_> = raw_hostile(text).map(|(c, span)| problems::hostile_character(c, span)).collect();
    let error = match options.from_str::<T>(text) {
        Ok(raw) => return Parsed { raw: Some(raw), found },
        Err(error) => error,
    };
    let (root, mistakes) = syntax::parse(text);
    let is_ron = mistakes.is_empty();
    let before = found.len();
    found.extend(mistakes);
    found.extend(shape::check(&root, shape));
    if found.len() == before {
        found.push(as_diagnostic(source, &error));
        return Parsed { raw: None, found };
    }
    let raw = if is_ron { options.from_str(&repair::repair(&root, shape)).ok() } else { None };
    Parsed { raw, found }
}

/// Adds problems with their bytes, but for those that speak of the same thing as one already found there.
fn add_located(source: &Source, problems: Vec<Problem>, found: &mut Vec<Diagnostic>) {
    let inside = |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
    for diagnostic in locate(source, problems) {
        let known = |earlier: &Diagnostic| {
            earlier.code == diagnostic.code && (inside(earlier.at, diagnostic.at) || earlier.at == diagnostic.at)
        };
        if !found.iter().any(known) {
            found.push(diagnostic);
        }
    }
}

fn raw_hostile(text: &str) -> impl Iterator<Item = (char, Span)> + '_ {
    let plain = text.bytes().all(|byte| matches!(byte, 0x20..=0x7e | b'\n' | b'\t' | b'\r'));
    let characters = if plain { "" } else { text };
    let at_line_end = |byte: usize| text[byte..].starts_with("\r\n");
    characters
        .char_indices()
        .filter(move |&(byte, c)| is_hostile(c) && !at_line_end(byte))
        .map(|(byte, c)| (c, Span::new(byte, byte + c.len_utf8())))
}

/// Turns `ron`'s own error into a diagnostic: for what `ron` refuses and the span-keeping parse does not.
fn as_diagnostic(source: &Source, error: &ron::error::SpannedError) -> Diagnostic {
    let byte = |position: ron::error::Position| source.byte(Position { line: position.line, column: position.col });
    let span = Span::new(byte(error.span.start), byte(error.span.end).max(byte(error.span.start)));
    Diagnostic::new(Code::Syntax, span, error.code.to_string())
}

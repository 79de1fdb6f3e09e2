//! Flows: from the text of a file to a model that holds.
//!
//! Purpose: `raw` (serde mirror) → `validate` → `model`. Only here is a [`Flow`] built, so later rooms never check again.
//! When something is wrong the file is parsed a second time by `syntax`, which keeps spans: `form` compares it with the table
//! of the format in `shape`, `repair` lets the rest be read on, `place` finds where a name stands. Steps that many flows share are put
//! into the text of each (`splice`), so that it says all that a walk needs, wherever it is read. `head` reads only what names a flow.
//! Must not: open files,
//! know other flows (the linter does), or stop at the first mistake. Place: after source and diag.

mod find;
mod form;
mod head;
mod model;
mod names;
mod order;
mod place;
mod problems;
mod raw;
mod repair;
mod shape;
mod shared;
mod splice;
mod syntax;
mod validate;

pub use head::{Head, hand_offs, head};
pub use model::{
    Answer, Answers, Cause, CauseIx, Effort, End, ErrorFacts, Expected, Faq, FixResult, Flow, Helps, Inseparable,
    Likelihood, Outcome, OutcomeIx, Question, QuestionIx, Rehearsal, Related, Risk, Severity, Step, StepIx, Target,
    Unsure,
};
pub use place::{Place, Problem, locate, spans, whole};
pub use shared::{SharedDraft, SharedFile, draft_shared, find_shared, names_shared, put_in_place};
pub(crate) use splice::{BEHIND, Slot};

use std::collections::HashSet;

use ron::extensions::Extensions;

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{Position, Source, Span};
use crate::text::hostile;

/// Largest file that is read, in bytes.
pub const MAX_FILE: usize = 16 * 1024 * 1024;

/// As many hostile characters are shown one by one.
const MAX_HOSTILE: usize = 100;

/// Holds a flow as far as it could be built, and what is wrong with it: for the linter, which goes on past mistakes.
#[derive(Debug)]
pub struct Draft {
    /// The flow, unless its mistakes leave no graph to look at. With findings it promises nothing.
    pub flow: Option<Flow>,
    /// Whether a part of the flow was made up, because the file says nothing that can be read there. How walks
    /// go through such a flow says nothing of the file.
    pub is_guess: bool,
    /// What is wrong; may be empty.
    pub findings: Findings,
}

impl Draft {
    /// Adds what rules found in the flow, but for what speaks of a place that was spoken of before: there an author has
    /// something to mend already, and the rest may follow from it.
    pub fn add(&mut self, problems: Vec<Problem>) {
        if problems.is_empty() {
            return;
        }
        let Findings { source, diagnostics } = &mut self.findings;
        let mut found = std::mem::take(diagnostics);
        add_located(source, problems, &mut found);
        self.findings = Findings::new(source.clone(), found);
    }
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
    let Parsed { raw, is_guess, mut found } = parse(source, &shape::FLOW);
    let (flow, problems) = raw.map_or((None, Vec::new()), |raw| validate::validate(raw, source));
    add_located(source, problems, &mut found);
    Draft { flow, is_guess, findings: Findings::new(source.clone(), found) }
}

/// Reads an answers file for a flow: `(answers: {"question": Yes}, fixes: {"cause": NotFixed})`.
pub fn read_answers(source: &Source, flow: &Flow) -> Result<Answers, Findings> {
    let Parsed { raw, is_guess: _, mut found } = parse(source, &shape::ANSWERS_FILE);
    let (answers, problems) = raw.map_or_else(Default::default, |raw| validate::answers(&raw, flow));
    add_located(source, problems, &mut found);
    if found.is_empty() { Ok(answers) } else { Err(Findings::new(source.clone(), found)) }
}

/// How `ron` reads the format.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

struct Parsed<T> {
    raw: Option<T>,
    is_guess: bool,
    found: Vec<Diagnostic>,
}

/// Parses with `ron`; where that fails, says everything that is wrong and reads on past it if the text is RON.
fn parse<T: serde::de::DeserializeOwned>(source: &Source, shape: &shape::Shape) -> Parsed<T> {
    let text = source.text();
    if text.len() > MAX_FILE {
        let message = format!("the file has {} bytes, a flow at most {MAX_FILE}", text.len());
        return Parsed {
            raw: None,
            is_guess: false,
            found: vec![Diagnostic::new(Code::TooLarge, Span::default(), message)],
        };
    }
    let options = options();
    let mut found = raw_hostile(text);
    let error = match options.from_str::<T>(text) {
        Ok(raw) => return Parsed { raw: Some(raw), is_guess: false, found },
        Err(error) => error,
    };
    let (root, mut mistakes) = syntax::parse(text);
    if let ([only], shape::Shape::Struct(name, _)) = (mistakes.as_mut_slice(), shape)
        && only.at.start == text.len()
        && root.span == only.at
    {
        only.help = Some(format!("write `{name}(…)`"));
    }
    let is_ron = mistakes.is_empty();
    let before = found.len();
    found.extend(mistakes);
    let departures = form::check(&root, shape);
    let is_flow = departures.len() < form::MAX_MISTAKES;
    found.extend(departures);
    if found.len() == before {
        found.push(as_diagnostic(source, &error));
        return Parsed { raw: None, is_guess: false, found };
    }
    if !is_ron || !is_flow {
        return Parsed { raw: None, is_guess: false, found };
    }
    let repaired = repair::repair(&root, shape);
    Parsed { raw: options.from_str(&repaired.text).ok(), is_guess: repaired.is_guess, found }
}

/// Adds problems with their bytes, but for those that speak of a place that was spoken of before, or that is not
/// there: then something is missing, and that was said.
fn add_located(source: &Source, problems: Vec<Problem>, found: &mut Vec<Diagnostic>) {
    let known: HashSet<usize> = found.iter().map(|diagnostic| diagnostic.at.start).collect();
    let located = place::look_up(source, problems);
    let is_new = |diagnostic: &Diagnostic, is_there: bool| {
        known.is_empty() || (is_there && !known.contains(&diagnostic.at.start))
    };
    found.extend(located.into_iter().filter(|(one, is_there)| is_new(one, *is_there)).map(|(one, _)| one));
}

/// Finds the hostile characters that stand in the text as they are, in comments too; each run of them once.
fn raw_hostile(text: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (byte, c) in hostile(text) {
        if text[byte..].starts_with("\r\n") {
            continue;
        }
        let end = byte + c.len_utf8();
        let is_enough = found.len() == MAX_HOSTILE;
        match found.last_mut() {
            Some(last) if last.at.end == byte => last.at.end = end,
            Some(last) if is_enough => {
                last.related.push((Span::new(byte, end), "and there are more from here on".to_owned()));
                return found;
            }
            _ => found.push(problems::hostile_character(c, Span::new(byte, end))),
        }
    }
    found
}

/// Turns `ron`'s own error into a diagnostic: for what `ron` refuses and the span-keeping parse does not.
fn as_diagnostic(source: &Source, error: &ron::error::SpannedError) -> Diagnostic {
    let byte = |position: ron::error::Position| source.byte(Position { line: position.line, column: position.col });
    let span = Span::new(byte(error.span.start), byte(error.span.end).max(byte(error.span.start)));
    Diagnostic::new(Code::Syntax, span, error.code.to_string())
}

#[cfg(test)]
mod tests;

//! What was added, removed, renamed and reworded.

use std::collections::HashMap;

use super::names::{Names, Pairs};
use crate::flow::{Cause, CauseIx, Flow, Question, QuestionIx, Step, StepIx};

/// Says what became of one thing of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What it is.
    pub kind: Kind,
    /// Its id; the new one where it has another.
    pub id: String,
    /// What became of it.
    pub change: Change,
}

/// Names the kinds of things that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The error itself.
    Error,
    /// A question.
    Question,
    /// A cause.
    Cause,
    /// A step.
    Step,
}

/// Says what became of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new; its words.
    Added(String),
    /// It is gone; its words.
    Removed(String),
    /// Its id is another one now; the old id.
    Renamed(String),
    /// A field has another content; the field, and the old and new text where it is one line of text.
    Changed {
        /// The field.
        field: &'static str,
        /// What stood there; nothing where nothing did.
        old: Option<String>,
        /// What stands there now.
        new: Option<String>,
    },
}

impl Kind {
    /// Returns the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Question => "question",
            Self::Cause => "cause",
            Self::Step => "step",
        }
    }
}

type Field = (&'static str, Option<String>);

/// Lists what changed, in the order of the new file, what is gone last.
pub(super) fn edits(old: &Flow, new: &Flow, names: &Names) -> Vec<Edit> {
    let mut edits = Vec::new();
    compare(&mut edits, Kind::Error, new.id(), &error(old), &error(new));
    let question = |flow: &Flow| {
        flow.questions().iter().map(|one| (one.id.clone(), one.ask.clone(), question(flow, one))).collect::<Vec<_>>()
    };
    list(&mut edits, Kind::Question, &question(old), &question(new), &places(&names.questions, QuestionIx::index));
    let cause = |flow: &Flow| {
        flow.causes().iter().map(|one| (one.id.clone(), one.title.clone(), cause(flow, one))).collect::<Vec<_>>()
    };
    list(&mut edits, Kind::Cause, &cause(old), &cause(new), &places(&names.causes, CauseIx::index));
    let step =
        |flow: &Flow| flow.steps().iter().map(|one| (one.id.clone(), one.title.clone(), step(one))).collect::<Vec<_>>();
    let by_id: HashMap<&str, usize> = old.steps().iter().enumerate().map(|(n, one)| (one.id.as_str(), n)).collect();
    let old_of: Vec<Option<usize>> = new.steps().iter().map(|one| by_id.get(one.id.as_str()).copied()).collect();
    list(&mut edits, Kind::Step, &step(old), &step(new), &old_of);
    edits
}

fn places<Ix: Copy>(pairs: &Pairs<Ix>, place: impl Fn(Ix) -> usize) -> Vec<Option<usize>> {
    pairs.old_of.iter().map(|old| old.map(&place)).collect()
}

type Thing = (String, String, Vec<Field>);

fn list(edits: &mut Vec<Edit>, kind: Kind, old: &[Thing], new: &[Thing], old_of: &[Option<usize>]) {
    let mut is_kept = vec![false; old.len()];
    for ((id, words, fields), known) in new.iter().zip(old_of) {
        let Some(known) = *known else {
            edits.push(Edit { kind, id: id.clone(), change: Change::Added(words.clone()) });
            continue;
        };
        is_kept[known] = true;
        if old[known].0 != *id {
            edits.push(Edit { kind, id: id.clone(), change: Change::Renamed(old[known].0.clone()) });
        }
        compare(edits, kind, id, &old[known].2, fields);
    }
    for ((id, words, _), _) in old.iter().zip(is_kept).filter(|(_, is_kept)| !is_kept) {
        edits.push(Edit { kind, id: id.clone(), change: Change::Removed(words.clone()) });
    }
}

fn compare(edits: &mut Vec<Edit>, kind: Kind, id: &str, old: &[Field], new: &[Field]) {
    for ((field, old), (_, new)) in old.iter().zip(new).filter(|((_, old), (_, new))| old != new) {
        let change = Change::Changed { field, old: old.clone(), new: new.clone() };
        edits.push(Edit { kind, id: id.to_owned(), change });
    }
}

fn error(flow: &Flow) -> Vec<Field> {
    let error = flow.error();
    vec![
        ("code", Some(error.code.clone())),
        ("title", Some(error.title.clone())),
        ("product", Some(error.product.clone())),
        ("category", Some(error.category.clone())),
        ("severity", Some(error.severity.word().to_owned())),
        ("meaning", Some(error.meaning.clone())),
        ("signatures", lines(&error.signatures)),
        ("source", Some(error.source.clone())),
        ("checked", Some(error.checked.to_string())),
    ]
}

fn question(flow: &Flow, question: &Question) -> Vec<Field> {
    vec![
        ("ask", Some(question.ask.clone())),
        ("find_out", steps(flow, &question.find_out)),
        ("why", question.why.clone()),
        ("say", question.say.clone()),
        ("agent", question.agent.clone()),
        ("unsure", Some(question.unsure.word().to_owned())),
    ]
}

fn cause(flow: &Flow, cause: &Cause) -> Vec<Field> {
    vec![
        ("title", Some(cause.title.clone())),
        ("why", Some(cause.why.clone())),
        ("likelihood", Some(cause.likelihood.word().to_owned())),
        ("fix", steps(flow, &cause.fix)),
        ("verify", cause.verify.clone()),
        ("prevent", steps(flow, &cause.prevent)),
    ]
}

fn step(step: &Step) -> Vec<Field> {
    vec![
        ("title", Some(step.title.clone())),
        ("text", Some(step.text.clone())),
        ("command", step.command.clone()),
        ("look_for", step.look_for.clone()),
        ("warning", step.warning.clone()),
        ("effort", Some(step.effort.word().to_owned())),
        ("risk", Some(step.risk.word().to_owned())),
    ]
}

fn steps(flow: &Flow, steps: &[StepIx]) -> Option<String> {
    lines(&steps.iter().map(|&step| flow.step(step).id.clone()).collect::<Vec<_>>())
}

fn lines(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

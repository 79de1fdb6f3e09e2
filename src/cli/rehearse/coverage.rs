//! `rootwalk rehearse --coverage`: what rehearsals, and real sessions if wanted, never touch, with lines.

use serde_json::{Value, json};

use super::super::error::Failure;
use super::super::ledger::fold;
use super::super::settings::Settings;
use crate::flow::{self, Flow};
use crate::rehearse::{Coverage, Part, Share, Shares, untouched};
use crate::source::{Position, Source, Span};
use crate::store::Store as _;
use crate::text::one_line;
use crate::walk::Session;

/// What was touched of one flow.
pub(super) struct Covered {
    pub(super) shares: Shares,
    /// How many sessions were counted.
    pub(super) sessions: usize,
    /// Each with its file and place.
    untouched: Vec<(Part, String, Position)>,
}

/// Folds all sessions that are stored. A damaged one is reported and does not hide the others.
pub(super) fn sessions(settings: &Settings) -> Result<Vec<Session>, Failure> {
    let Some(store) = settings.existing_store()? else { return Ok(Vec::new()) };
    let stored = store.list(usize::MAX)?.into_iter();
    let folded = stored.map(|stored| stored.map_err(Failure::from).and_then(|stored| fold(&stored)));
    Ok(folded.filter_map(|folded| folded.map_err(|failure| failure.report()).ok()).collect())
}

impl Covered {
    pub(super) fn of(source: &Source, flow: &Flow, sessions: &[Session]) -> Self {
        let mut coverage = Coverage::of_rehearsals(flow);
        let sessions = sessions.iter().filter(|session| coverage.add_session(flow, session)).count();
        let parts = untouched(flow, &coverage);
        let places: Vec<_> = parts.iter().map(|part| part.place()).collect();
        let spans = flow::spans(source, &places).into_iter();
        let mut untouched: Vec<_> = parts.into_iter().zip(spans).collect();
        untouched.sort_by_key(|(_, span)| span.start);
        let place = |(part, span): (Part, Span)| {
            let (file, position) = source.place(span.start);
            (part, file.to_owned(), position)
        };
        Self { shares: coverage.shares(), sessions, untouched: untouched.into_iter().map(place).collect() }
    }

    /// Lists what was never touched. A question that was never asked stands for its branches.
    pub(super) fn text(&self, flow: &Flow) -> String {
        let asked_never = |part: &Part| {
            let Part::Branch(question, _) = part else { return false };
            self.untouched.iter().any(|(other, ..)| *other == Part::Question(*question))
        };
        let mut text = String::new();
        if !self.untouched.is_empty() {
            text.push_str(&format!("  {}; never touched:\n", kinds(&self.shares)));
        }
        for (part, file, position) in self.untouched.iter().filter(|(part, ..)| !asked_never(part)) {
            let side = part.answer().map_or_else(String::new, |side| format!(", {side}"));
            let (file, line) = (one_line(file), position.line);
            text.push_str(&format!("  {file}:{line}: {:8}  {}{side}\n", part.kind(), part.id(flow)));
        }
        text
    }

    pub(super) fn json(&self, flow: &Flow) -> Value {
        let untouched: Vec<Value> = self
            .untouched
            .iter()
            .map(|(part, file, position)| {
                let mut value = json!({
                    "kind": part.kind(), "id": part.id(flow), "file": file, "line": position.line,
                    "column": position.column,
                });
                if let Some(side) = part.answer() {
                    value["answer"] = json!(side.word());
                }
                value
            })
            .collect();
        let mut value = shares_json(&self.shares);
        value["sessions"] = json!(self.sessions);
        value["untouched"] = json!(untouched);
        value
    }
}

pub(super) fn shares_json(shares: &Shares) -> Value {
    let share = |share: Share| json!({ "touched": share.touched, "of": share.of, "percent": share.percent() });
    json!({
        "percent": shares.all().percent(), "questions": share(shares.questions), "branches": share(shares.branches),
        "causes": share(shares.causes), "steps": share(shares.steps),
    })
}

/// Says how much of each kind was touched.
pub(super) fn kinds(shares: &Shares) -> String {
    let kind = |word: &str, share: Share| format!("{} of {} {word}", share.touched, share.of);
    [
        kind("questions", shares.questions),
        kind("branches", shares.branches),
        kind("causes", shares.causes),
        kind("steps", shares.steps),
    ]
    .join(", ")
}

/// Says how much of all flows was touched, and whether that is enough.
pub(super) fn sum(all: &Shares, min: Option<u8>, sessions: usize) -> String {
    let by = match sessions {
        0 => "rehearsals".to_owned(),
        1 => "rehearsals and 1 session".to_owned(),
        sessions => format!("rehearsals and {sessions} sessions"),
    };
    let mut sum = format!("{} % touched by {by}\n  {}\n", all.all().percent(), kinds(all));
    if let Some(min) = min.filter(|&min| !all.all().is_at_least(min)) {
        sum.push_str(&format!("that is less than the {min} % that --min asks for\n"));
    }
    sum
}

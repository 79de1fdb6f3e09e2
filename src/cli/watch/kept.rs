//! What was answered, kept by ids while the flow changes under it.

use std::sync::Arc;

use super::super::preview::{begin, give, happen};
use crate::flow::{Answer, Answers, FixResult, Flow, Outcome, OutcomeIx};
use crate::walk::{About, Edition, Event, Leg, Mark, Prompt, RefusedOutcome, Session};

/// Keeps what was answered and tried. What a version of the flow does not ask for is kept for one that does.
#[derive(Debug, Default)]
pub(super) struct Kept {
    answers: Vec<(String, Answer)>,
    fixes: Vec<(String, FixResult)>,
    marks: Vec<(String, String, Mark)>,
    refused: Vec<RefusedOutcome>,
}

impl Kept {
    /// Keeps answers that were given in advance.
    pub(super) fn of(flow: &Flow, script: &Answers) -> Self {
        Self {
            answers: script.answers.iter().map(|&(ix, answer)| (flow.question(ix).id.clone(), answer)).collect(),
            fixes: script.fixes.iter().map(|&(ix, result)| (flow.cause(ix).id.clone(), result)).collect(),
            ..Self::default()
        }
    }

    /// Walks another version of the flow as far as what is kept leads.
    pub(super) fn walk(&self, edition: Arc<Edition>, about: About) -> Session {
        let mut session = begin(edition, about);
        while self.go_on(&mut session) {}
        session
    }

    fn go_on(&self, session: &mut Session) -> bool {
        let flow = session.flow();
        match session.prompt() {
            Prompt::Question(question) => {
                let id = &flow.question(question).id;
                let kept = self.answers.iter().find(|(known, _)| known == id).map(|&(_, answer)| answer);
                kept.is_some_and(|answer| give(session, question, answer))
            }
            Prompt::Fix { cause, .. } => {
                let cause = flow.cause(cause).id.clone();
                let result = self.fixes.iter().find(|(known, _)| *known == cause).map(|&(_, result)| result);
                for (_, step, mark) in self.marks.iter().filter(|(of, ..)| *of == cause) {
                    happen(session, Event::StepMarked { cause: cause.clone(), step: step.clone(), mark: *mark });
                }
                result.is_some_and(|result| happen(session, Event::FixVerified { cause, result }))
            }
            Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome)) => {
                let refused = named(flow, outcome).filter(|outcome| self.refused.contains(outcome));
                refused.is_some_and(|outcome| happen(session, Event::Refused { outcome }))
            }
            Prompt::Escalation(None) | Prompt::Ended(_) => false,
        }
    }

    /// Takes over what a session knows now. `before` is the session as it was walked last: what it knew and this one does not was taken back.
    pub(super) fn take(&mut self, before: &Session, now: &Session) {
        let (before, now) = (Self::known(before), Self::known(now));
        merge(&mut self.answers, &before.answers, &now.answers, |(question, _)| question.clone());
        merge(&mut self.fixes, &before.fixes, &now.fixes, |(cause, _)| cause.clone());
        merge(&mut self.marks, &before.marks, &now.marks, |(cause, step, _)| (cause.clone(), step.clone()));
        merge(&mut self.refused, &before.refused, &now.refused, Clone::clone);
    }

    /// What a session knows of the flow it began with.
    fn known(session: &Session) -> Self {
        let Some((edition, leg)) = session.legs().next() else { return Self::default() };
        let flow = edition.flow();
        let id = |cause| flow.cause(cause).id.clone();
        let answer = |&asked| Some((flow.question(asked).id.clone(), leg.given().answer(asked)?));
        Self {
            answers: leg.asked().iter().filter_map(answer).collect(),
            fixes: leg.failed().iter().map(|&cause| (id(cause), FixResult::NotFixed)).collect(),
            marks: flow.cause_ixs().flat_map(|cause| marks(flow, leg, cause)).collect(),
            refused: flow
                .outcome_ixs()
                .filter(|&outcome| leg.given().is_spent(outcome))
                .filter_map(|outcome| named(flow, outcome))
                .collect(),
        }
    }
}

/// Replaces what was known before by what is known now; the rest stays.
fn merge<T: Clone, K: PartialEq>(kept: &mut Vec<T>, before: &[T], now: &[T], key: impl Fn(&T) -> K) {
    let is_among = |one: &T, all: &[T]| all.iter().any(|other| key(other) == key(one));
    kept.retain(|one| !is_among(one, before) && !is_among(one, now));
    kept.extend_from_slice(now);
}

fn marks(flow: &Flow, leg: &Leg, cause: crate::flow::CauseIx) -> Vec<(String, String, Mark)> {
    let facts = flow.cause(cause);
    let mark = |&step| Some((facts.id.clone(), flow.step(step).id.clone(), leg.mark(cause, step)?));
    facts.fix.iter().filter_map(mark).collect()
}

/// Names an outcome that can be refused.
fn named(flow: &Flow, outcome: OutcomeIx) -> Option<RefusedOutcome> {
    match flow.outcome(outcome) {
        Outcome::Cause(_) => None,
        Outcome::HandOff(to) => Some(RefusedOutcome::HandOff(to.clone())),
        Outcome::Escalate(text) => Some(RefusedOutcome::Escalation(text.clone())),
    }
}

//! Composes the document from a session.

use jiff::SignedDuration;

use super::document::{
    Answered, CauseFacts, EditionText, ErrorFacts, FORMAT, Fix, LegFacts, Named, Next, NextKind, Note, Now, Outcome,
    PastedText, RelatedError, RuledOutCause, State, StepFacts, Times, Transcript,
};
use super::entries::entries;
use crate::flow::{self, CauseIx, FixResult, Flow, OutcomeIx, QuestionIx, StepIx};
use crate::graph::Ranking;
use crate::paste::{Pasted, Values};
use crate::walk::{
    Edition, Ended, Event, FlowRef, Leg, Mark, Narrowing, Prompt, Record, Session, narrow, open, position, ruled_out_by,
};

impl Transcript {
    /// Composes the transcript of a session.
    pub fn of(session: &Session) -> Self {
        let records = session.records();
        let program = records.iter().find_map(|record| match &record.event {
            Event::Started { program, .. } => Some(program.clone()),
            _ => None,
        });
        Self {
            format: FORMAT,
            program: program.unwrap_or_default(),
            session: session.id().to_owned(),
            about: session.about().clone(),
            pasted: records.iter().filter_map(pasted).collect(),
            times: times(records),
            result: outcome(session),
            promises: session.promises().to_vec(),
            notes: records.iter().filter_map(note).collect(),
            legs: session.legs().map(|(edition, leg)| leg_facts(edition, leg)).collect(),
            entries: entries(session),
            editions: editions(session),
        }
    }
}

fn times(records: &[Record]) -> Times {
    let first = records.first().expect("a session starts with a record");
    let last = records.last().expect("a session starts with a record");
    let is_away = |event: &Event| {
        matches!(event, Event::Paused { .. } | Event::HandedOver { .. } | Event::Escalated { .. } | Event::Closed)
            || matches!(event, Event::FixVerified { result: FixResult::Fixed, .. })
    };
    let gaps = records.iter().zip(&records[1..]);
    let active = gaps
        .filter(|(before, after)| !is_away(&before.event) && after.event != Event::Resumed)
        .map(|(before, after)| after.at.duration_since(before.at).max(SignedDuration::ZERO))
        .fold(SignedDuration::ZERO, SignedDuration::saturating_add);
    Times { started: first.at, last: last.at, active }
}

fn note(record: &Record) -> Option<Note> {
    let Event::Noted { note, text } = &record.event else { return None };
    Some(Note { n: record.n, at: record.at, by: record.by.clone(), note: *note, text: text.clone() })
}

fn pasted(record: &Record) -> Option<PastedText> {
    let Event::Pasted { pasted } = &record.event else { return None };
    let Pasted { text, masked, left_out } = pasted.clone();
    Some(PastedText { n: record.n, text, masked, left_out })
}

fn leg_facts(edition: &Edition, leg: &Leg) -> LegFacts {
    let (flow, ranking) = (edition.flow(), edition.ranking());
    let error = flow.error();
    let known = narrow(flow, ranking, leg);
    let way = open(flow, ranking, leg).way().passed;
    LegFacts {
        flow: edition.flow_ref(),
        error: ErrorFacts {
            code: error.code.clone(),
            title: error.title.clone(),
            product: error.product.clone(),
            category: error.category.clone(),
            severity: error.severity,
        },
        answers: leg.asked().iter().filter_map(|&question| answered(flow, leg, question)).collect(),
        taken_over: taken_over(flow, leg),
        way: way.into_iter().map(|question| flow.question(question).id.clone()).collect(),
        at: next(flow, &position(flow, ranking, leg)),
        failed: leg.failed().iter().map(|&cause| named(flow, cause)).collect(),
        ruled_out: known.ruled_out.iter().map(|&cause| flow.cause(cause).id.clone()).collect(),
    }
}

fn outcome(session: &Session) -> Outcome {
    let (flow, ranking, leg) = (session.flow(), session.edition().ranking(), session.leg());
    let known = narrow(flow, ranking, leg);
    let (state, reason) = match session.ended() {
        None => (State::Open, None),
        Some(Ended::Resolved(_)) => (State::Resolved, None),
        Some(Ended::Escalated(reason)) => (State::Escalated, Some(reason.clone())),
        Some(Ended::Unresolved) => (State::Unresolved, None),
    };
    let (tried, contradicts) = match position(flow, ranking, leg) {
        Prompt::Fix { cause, contradicts } => (Some(cause), contradicts),
        _ => (None, Vec::new()),
    };
    let cause = tried.filter(|_| matches!(state, State::Resolved | State::Open));
    let is_verified = state == State::Resolved;
    let against = contradicts.iter().filter_map(|&question| answered(flow, leg, question));
    let prevent = cause.filter(|_| is_verified).map_or(&[][..], |cause| &flow.cause(cause).prevent);
    let by = ruled_out_by(flow, leg, &known.ruled_out);
    let out = known.ruled_out.iter().zip(by).map(|(&cause, by)| RuledOutCause {
        cause: named(flow, cause),
        by: by.iter().filter_map(|&question| answered(flow, leg, question)).collect(),
    });
    let related = flow.related().iter();
    Outcome {
        state,
        reason,
        cause: cause.map(|cause| cause_facts(flow, cause)),
        verified: is_verified,
        against: if cause.is_some() { against.collect() } else { Vec::new() },
        fixes: fixes(session, tried, cause.is_some()),
        prevent: prevent.iter().map(|&step| step_facts(flow, step, None, session.values())).collect(),
        live: known.live.iter().map(|&cause| named(flow, cause)).collect(),
        ruled_out: out.collect(),
        now: now(session, ranking, &known),
        related: related.map(|other| RelatedError { flow: other.flow.clone(), when: other.when.clone() }).collect(),
    }
}

/// Lists the fixes that were tried: on each leg those that failed, then those left in the middle, and at last the one that
/// is tried now or worked.
fn fixes(session: &Session, tried: Option<CauseIx>, is_current: bool) -> Vec<Fix> {
    let tried = tried.filter(|_| is_current);
    let last = session.legs().len() - 1;
    let mut fixes = Vec::new();
    for (n, (edition, leg)) in session.legs().enumerate() {
        let flow = edition.flow();
        let current = tried.filter(|_| n == last);
        let is_begun = |&cause: &CauseIx| flow.cause(cause).fix.iter().any(|&step| leg.mark(cause, step).is_some());
        let is_left = |cause: &CauseIx| is_begun(cause) && !leg.failed().contains(cause) && current != Some(*cause);
        let result = matches!(session.ended(), Some(Ended::Resolved(_))).then_some(FixResult::Fixed);
        let failed = leg.failed().iter().map(|&cause| (cause, Some(FixResult::NotFixed)));
        let left = flow.cause_ixs().filter(is_left).map(|cause| (cause, None));
        fixes.extend(failed.chain(left).chain(current.map(|cause| (cause, result))).map(|(cause, result)| {
            Fix {
                cause: named(flow, cause),
                result,
                steps: flow
                    .cause(cause)
                    .fix
                    .iter()
                    .map(|&step| step_facts(flow, step, leg.mark(cause, step), session.values()))
                    .collect(),
            }
        }));
    }
    fixes
}

fn now(session: &Session, ranking: &Ranking, known: &Narrowing) -> Option<Now> {
    let (flow, leg) = (session.flow(), session.leg());
    let prompt = session.prompt();
    let (text, say, step) = match &prompt {
        Prompt::Question(question) => {
            let question = flow.question(*question);
            (question.ask.clone(), question.say.clone(), None)
        }
        Prompt::Fix { cause, .. } => {
            let step: Option<StepIx> = leg.next_step(flow, *cause);
            (flow.cause(*cause).title.clone(), None, step.map(|step| step_facts(flow, step, None, session.values())))
        }
        Prompt::HandOff(outcome) => (outcome_text(flow, *outcome), None, None),
        Prompt::Escalation(outcome) => (outcome.map_or_else(String::new, |at| outcome_text(flow, at)), None, None),
        Prompt::Ended(_) => return None,
    };
    debug_assert_eq!(prompt, position(flow, ranking, leg), "a session that has not ended is where its leg is");
    Some(Now { next: next(flow, &prompt), text, say, step, least: known.least, most: known.most })
}

fn outcome_text(flow: &Flow, outcome: OutcomeIx) -> String {
    match flow.outcome(outcome) {
        flow::Outcome::Cause(cause) => flow.cause(*cause).title.clone(),
        flow::Outcome::HandOff(text) | flow::Outcome::Escalate(text) => text.clone(),
    }
}

/// Lists the texts of the flows that events name, each once, in the order in which they are first named.
fn editions(session: &Session) -> Vec<EditionText> {
    let mut named: Vec<&FlowRef> = Vec::new();
    for record in session.records() {
        if let Event::Started { flow, .. } | Event::HandedOff { to: flow } = &record.event
            && !named.contains(&flow)
        {
            named.push(flow);
        }
    }
    let find = |flow: &&FlowRef| session.editions().iter().find(|edition| edition.flow_ref() == **flow);
    let text = |edition: &Edition| EditionText {
        id: edition.flow().id().to_owned(),
        hash: edition.hash().to_owned(),
        text: edition.text().to_owned(),
    };
    named.iter().filter_map(find).map(|edition| text(edition)).collect()
}

/// Names what is asked, by ids.
pub(super) fn next(flow: &Flow, prompt: &Prompt) -> Next {
    let (kind, id) = match prompt {
        Prompt::Question(question) => (NextKind::Question, Some(flow.question(*question).id.clone())),
        Prompt::Fix { cause, .. } => (NextKind::Fix, Some(flow.cause(*cause).id.clone())),
        Prompt::HandOff(outcome) => (NextKind::HandOff, Some(outcome_text(flow, *outcome))),
        Prompt::Escalation(_) => (NextKind::Escalation, None),
        Prompt::Ended(_) => (NextKind::Ended, None),
    };
    let against = match prompt {
        Prompt::Fix { contradicts, .. } => contradicts.iter().map(|&ix| flow.question(ix).id.clone()).collect(),
        _ => Vec::new(),
    };
    Next { kind, id, against }
}

/// Names a cause.
pub(super) fn named(flow: &Flow, cause: CauseIx) -> Named {
    let cause = flow.cause(cause);
    Named { id: cause.id.clone(), title: cause.title.clone() }
}

/// Returns a step as a reader needs it.
pub(super) fn step_facts(flow: &Flow, step: StepIx, mark: Option<Mark>, values: &Values) -> StepFacts {
    let step = flow.step(step);
    let filled = step.command.as_deref().map(|command| values.fill(command));
    let (command, taken) = filled.map_or((None, Vec::new()), |filled| (Some(filled.text), filled.taken));
    StepFacts {
        id: step.id.clone(),
        title: step.title.clone(),
        text: step.text.clone(),
        command,
        taken,
        effort: step.effort,
        risk: step.risk,
        mark,
    }
}

fn cause_facts(flow: &Flow, cause: CauseIx) -> CauseFacts {
    let cause = flow.cause(cause);
    CauseFacts {
        id: cause.id.clone(),
        title: cause.title.clone(),
        why: cause.why.clone(),
        likelihood: cause.likelihood,
        verify: cause.verify.clone(),
    }
}

/// Tells the answers that a leg has from those before.
pub(super) fn taken_over(flow: &Flow, leg: &Leg) -> Vec<Answered> {
    leg.taken_over().filter_map(|question| answered(flow, leg, question)).collect()
}

fn answered(flow: &Flow, leg: &Leg, question: QuestionIx) -> Option<Answered> {
    let answer = leg.given().answer(question)?;
    let question = flow.question(question);
    Some(Answered { question: question.id.clone(), ask: question.ask.clone(), answer })
}

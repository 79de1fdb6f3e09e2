//! The sentences that the page and the hand-over share.

use jiff::{SignedDuration, Timestamp};

use super::document::{Answered, Entry, Named, NextKind, Now, Outcome, RuledOutCause, State, Transcript};
use crate::flow::{Answer, FixResult};
use crate::walk::{Event, Mark, NoteKind, PauseReason, RefusedOutcome};

/// Writes a time in UTC, to the second.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// Writes a duration as `1 h 2 m 3 s`.
pub(super) fn duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let written: Vec<String> = parts.iter().filter(|part| part.0 > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    if written.is_empty() { "0 s".to_owned() } else { written.join(" ") }
}

/// Names the state in one word.
pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Resolved => "resolved",
        State::Escalated => "escalated",
        State::Unresolved => "not resolved",
        State::Open => "open",
    }
}

/// Says in a sentence or two what came of the session.
pub(super) fn result(transcript: &Transcript) -> String {
    let result = &transcript.result;
    let cause = result.cause.as_ref().map_or("", |cause| &cause.title);
    let mut sentence = match (result.state, &result.now) {
        (State::Resolved, _) => format!("Resolved: the cause was “{cause}”, and its fix was seen to work."),
        (State::Escalated, _) => match result.reason.as_deref().unwrap_or_default().trim() {
            "" => "Escalated: somebody else has to look.".to_owned(),
            reason => format!("Escalated: {}", end(reason)),
        },
        (State::Unresolved, _) => "Closed without a fix that worked.".to_owned(),
        (State::Open, Some(now)) => format!("Open: {}", end(&asked_now(now))),
        (State::Open, None) => "Open.".to_owned(),
    };
    if !result.against.is_empty() {
        let answers: Vec<String> = result.against.iter().map(answer_to).collect();
        sentence = format!("{sentence} This contradicts the answer {}.", answers.join(" and "));
    }
    sentence
}

/// Says how the session stands, as short as can be.
pub(super) fn stands(transcript: &Transcript) -> String {
    let result = &transcript.result;
    match (&result.now, &result.cause) {
        (Some(now), _) => format!("open: {}", prompt(now)),
        (None, Some(cause)) if result.verified => format!("resolved: {}", cause.title),
        _ => match result.reason.as_deref() {
            Some(reason) if !reason.trim().is_empty() => format!("{}: {reason}", state(result.state)),
            _ => state(result.state).to_owned(),
        },
    }
}

/// Says what is asked now.
fn asked_now(now: &Now) -> String {
    match now.next.kind {
        NextKind::Question => format!("the next question is “{}”", now.text),
        NextKind::Fix => format!("the fix of “{}” is being tried", now.text),
        NextKind::HandOff => format!("it is to go on with the flow {}", now.text),
        NextKind::Escalation if now.text.is_empty() => "everything was tried; somebody else has to look".to_owned(),
        NextKind::Escalation => format!("somebody else has to look: {}", now.text),
        NextKind::Ended => "nothing is asked".to_owned(),
    }
}

/// Puts what is asked now as a question.
pub(super) fn prompt(now: &Now) -> String {
    match now.next.kind {
        NextKind::Question => now.text.clone(),
        NextKind::Fix => format!("Did the fix of “{}” work?", now.text),
        NextKind::HandOff => format!("Go on with the flow {}?", now.text),
        NextKind::Escalation if now.text.is_empty() => "Everything was tried: escalate?".to_owned(),
        NextKind::Escalation => format!("Escalate? {}", now.text),
        NextKind::Ended => String::new(),
    }
}

/// Returns the causes that were ruled out, without the one that is taken for the cause all the same.
pub(super) fn not_taken(result: &Outcome) -> impl Iterator<Item = &RuledOutCause> {
    let taken = result.cause.as_ref().map(|cause| cause.id.as_str());
    result.ruled_out.iter().filter(move |out| Some(out.cause.id.as_str()) != taken)
}

/// Writes an answer with its question.
pub(super) fn answer_to(answered: &Answered) -> String {
    format!("{} to “{}”", answered.answer, answered.ask)
}

/// Joins titles.
pub(super) fn titles(names: &[Named]) -> String {
    names.iter().map(|name| format!("“{}”", name.title)).collect::<Vec<_>>().join(", ")
}

/// Says what a mark means; of a step that nothing came of, whether it is still to do.
pub(super) const fn mark(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Done) => "done",
        Some(Mark::Skipped) => "skipped",
        Some(Mark::Failed) => "failed",
        None => "not marked",
    }
}

/// Names a kind of note.
pub(super) const fn note(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "note",
        NoteKind::Promise => "promise",
        NoteKind::Symptom => "symptom",
    }
}

/// Says what happened: what was asked or done, and the answer to it. Nothing for notes and steps, which have their own place.
pub(super) fn happened(entry: &Entry) -> Option<(String, String)> {
    let said = |what: &str| Some((what.to_owned(), String::new()));
    let ask = || entry.ask.clone().unwrap_or_default();
    let flow = |begun: &str| {
        let flow = entry.flow.as_ref();
        let title = flow.map_or_else(String::new, |flow| format!("{} ({})", flow.id, flow.title));
        Some((format!("{begun} {title}"), String::new()))
    };
    match &entry.event {
        Event::Started { .. } => flow("Started with the flow"),
        Event::Answered { answer, .. } => Some((ask(), answer_word(entry, *answer))),
        Event::Revised { answer, .. } => {
            let before = entry.before.map_or_else(String::new, |before| format!("{before} → "));
            Some((format!("{} (answer changed)", ask()), format!("{before}{}", answer_word(entry, *answer))))
        }
        Event::TakenBack { n } => said(&format!("Event {n} was taken back")),
        Event::Pasted { pasted } => {
            let told = pasted.told().map_or_else(String::new, |told| format!(" ({told})"));
            said(&format!("The error was pasted{told}"))
        }
        Event::Noted { .. } | Event::StepMarked { .. } => None,
        Event::FixVerified { result, .. } => {
            let cause = entry.cause.as_ref().map_or("", |cause| &cause.title);
            let answer = match result {
                FixResult::Fixed => "yes, fixed",
                FixResult::NotFixed => "no, not fixed",
            };
            Some((format!("Did the fix of “{cause}” work?"), answer.to_owned()))
        }
        Event::HandedOff { .. } => flow("Went on with the flow"),
        Event::Refused { outcome: RefusedOutcome::HandOff(to) } => {
            said(&format!("Not taken: going on with the flow {to}"))
        }
        Event::Refused { outcome: RefusedOutcome::Escalation(text) } => said(&format!("Not escalated: {text}")),
        Event::Paused { reason } => said(match reason {
            PauseReason::Quit => "Paused",
            PauseReason::Later => "Paused: the fix has to show its effect first",
            PauseReason::NoAnswer => "Paused: the script holds no answer",
        }),
        Event::Resumed => said("Resumed"),
        Event::Described { .. } => said("Ticket, people or symptom changed"),
        Event::HandedOver { to: Some(to) } => said(&format!("Handed over to {to}")),
        Event::HandedOver { to: None } => said("Handed over"),
        Event::Escalated { reason } => said(&format!("Escalated: {reason}")),
        Event::Closed => said("Closed"),
    }
}

fn answer_word(entry: &Entry, answer: Answer) -> String {
    entry.unsure.map_or_else(|| answer.to_string(), |unsure| format!("{answer} ({unsure})"))
}

/// Ends a sentence that may have its full stop already.
fn end(sentence: &str) -> String {
    let is_ended = sentence.ends_with(['.', '?', '!', '…']);
    if is_ended { sentence.to_owned() } else { format!("{sentence}.") }
}

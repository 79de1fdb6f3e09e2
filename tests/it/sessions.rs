//! Sessions in memory, for tests that walk.

use std::sync::Arc;

use jiff::Timestamp;
use rootwalk::flow::{Answer, FixResult, Flow, read};
use rootwalk::source::Source;
use rootwalk::walk::{About, Edition, Event, Mark, Prompt, Record, RefusedOutcome, Session, Wording};

/// Reads a flow that must be good.
pub(crate) fn edition(text: &str) -> Arc<Edition> {
    let flow =
        read(&Source::new("test", text)).unwrap_or_else(|found| panic!("{}", rootwalk::diag::render(&found, false)));
    Arc::new(Edition::new(flow, text))
}

/// Begins a session.
pub(crate) fn start(edition: &Arc<Edition>) -> Session {
    let event = Event::Started { flow: edition.flow_ref(), about: About::default(), program: "0.0.0".to_owned() };
    Session::start("test-test", Arc::clone(edition), record(1, event)).expect("a start is legal")
}

pub(crate) fn record(n: u32, event: Event) -> Record {
    let at = Timestamp::from_second(1_700_000_000 + i64::from(n)).expect("a time");
    Record { n, at, by: None, event }
}

/// Applies an event that must be legal.
pub(crate) fn apply(session: &mut Session, event: Event) {
    let record = record(session.next_number(), event);
    session.apply(record).unwrap_or_else(|illegal| panic!("{illegal}"));
}

pub(crate) fn apply_to(session: &Session, event: Event) -> Session {
    let mut next = session.clone();
    apply(&mut next, event);
    next
}

pub(crate) fn answered(flow: &Flow, question: rootwalk::flow::QuestionIx, answer: Answer) -> Event {
    Event::Answered { question: flow.question(question).id.clone(), answer, shown: Wording::Ask }
}

/// Everything that a person can do at a prompt and that changes where the walk goes.
pub(crate) fn moves(session: &Session) -> Vec<Event> {
    let flow = session.flow();
    match session.prompt() {
        Prompt::Question(question) => [Answer::Yes, Answer::No, Answer::Unsure]
            .into_iter()
            .map(|answer| answered(flow, question, answer))
            .collect(),
        Prompt::Fix { cause, .. } => {
            let cause = &flow.cause(cause).id;
            let verified = |result| Event::FixVerified { cause: cause.clone(), result };
            vec![verified(FixResult::Fixed), verified(FixResult::NotFixed)]
        }
        Prompt::HandOff(outcome) => {
            let to = flow.outcome(outcome).hand_off().expect("a hand-off").to_owned();
            vec![Event::Refused { outcome: RefusedOutcome::HandOff(to) }]
        }
        Prompt::Escalation(Some(outcome)) => {
            let rootwalk::flow::Outcome::Escalate(text) = flow.outcome(outcome) else { panic!("an escalation") };
            vec![
                Event::Escalated { reason: text.clone() },
                Event::Refused { outcome: RefusedOutcome::Escalation(text.clone()) },
            ]
        }
        Prompt::Escalation(None) => vec![Event::Escalated { reason: "nothing left".to_owned() }, Event::Closed],
        Prompt::Ended(_) => Vec::new(),
    }
}

/// Marks the first open step of the fix that is tried, if one is.
pub(crate) fn step_done(session: &Session) -> Option<Event> {
    let Prompt::Fix { cause, .. } = session.prompt() else { return None };
    let step = session.leg().next_step(session.flow(), cause)?;
    let (cause, step) = (session.flow().cause(cause).id.clone(), session.flow().step(step).id.clone());
    Some(Event::StepMarked { cause, step, mark: Mark::Done })
}

//! Tells each event with what it meant then: the records are folded again, one after another, and what was known
//! before and after each is compared.

use super::compose::{named, next, step_facts, taken_over};
use super::document::{Entry, Named};
use crate::flow::{Answer, CauseIx, Flow};
use crate::walk::{Event, FlowRef, Narrowing, Record, Session, Wording, narrow};

/// Tells all events of a session.
pub(super) fn entries(session: &Session) -> Vec<Entry> {
    let (first, rest) = session.records().split_first().expect("a session starts with a record");
    let mut then = Session::fold(session.id(), session.editions().to_vec(), vec![first.clone()])
        .expect("the session accepted this event before");
    let mut entries = vec![entry(session, first, &then)];
    let mut known = known(&then);
    for record in rest {
        let mut told = entry(session, record, &then);
        let legs = then.legs().len();
        then.apply(record.clone()).expect("the session accepted this event before");
        let after = self::known(&then);
        if legs == then.legs().len() {
            let flow = then.flow();
            let is_out = |cause: &CauseIx| after.ruled_out.contains(cause);
            let gone = known.live.iter().filter(|cause| is_out(cause));
            told.ruled_out = gone.map(|&cause| named(flow, cause)).collect();
            let back = after.live.iter().filter(|cause| !known.live.contains(cause));
            told.brought_back = back.map(|&cause| named(flow, cause)).collect();
        }
        if matches!(record.event, Event::HandedOff { .. }) {
            told.taken_over = taken_over(then.flow(), then.leg());
        }
        told.next = next(then.flow(), &then.prompt());
        entries.push(told);
        known = after;
    }
    for record in rest {
        if let Event::TakenBack { n } = record.event
            && let Some(entry) = entries.iter_mut().find(|entry| entry.n == n)
        {
            entry.taken_back_by = Some(record.n);
        }
    }
    entries
}

fn known(session: &Session) -> Narrowing {
    narrow(session.flow(), session.edition().ranking(), session.leg())
}

/// Tells an event with what the flow says about it, as the session was before it.
fn entry(session: &Session, record: &Record, at: &Session) -> Entry {
    let flow = at.flow();
    let mut entry = Entry {
        n: record.n,
        at: record.at,
        by: record.by.clone(),
        event: record.event.clone(),
        taken_back_by: None,
        ask: None,
        say: None,
        before: None,
        unsure: None,
        cause: None,
        step: None,
        flow: None,
        taken_over: Vec::new(),
        ruled_out: Vec::new(),
        brought_back: Vec::new(),
        next: next(flow, &at.prompt()),
    };
    match &record.event {
        Event::Answered { question, answer, shown } => {
            tell_answer(&mut entry, flow, question, *answer);
            entry.say = entry.say.filter(|_| *shown == Wording::Say);
        }
        Event::Revised { question, answer } => {
            tell_answer(&mut entry, flow, question, *answer);
            entry.say = None;
            let asked = flow.find_question(question);
            entry.before = asked.and_then(|asked| at.leg().given().answer(asked));
        }
        Event::StepMarked { cause, step, mark } => {
            entry.cause = flow.find_cause(cause).map(|cause| named(flow, cause));
            entry.step = flow.find_step(step).map(|step| step_facts(flow, step, Some(*mark), at.values()));
        }
        Event::FixVerified { cause, .. } => entry.cause = flow.find_cause(cause).map(|cause| named(flow, cause)),
        Event::Started { flow, .. } | Event::HandedOff { to: flow } => entry.flow = begun(session, flow),
        _ => {}
    }
    entry
}

fn tell_answer(entry: &mut Entry, flow: &Flow, question: &str, answer: Answer) {
    let Some(asked) = flow.find_question(question) else { return };
    let asked = flow.question(asked);
    entry.ask = Some(asked.ask.clone());
    entry.say.clone_from(&asked.say);
    entry.unsure = (answer == Answer::Unsure).then_some(asked.unsure);
}

fn begun(session: &Session, flow: &FlowRef) -> Option<Named> {
    let edition = session.editions().iter().find(|edition| edition.flow_ref() == *flow)?;
    let error = edition.flow().error();
    Some(Named { id: flow.id.clone(), title: format!("{} {}", error.code, error.title) })
}

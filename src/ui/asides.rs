//! Asides: what a walk says when it is asked something back, and at its end, as [`Line`]s, the same for every front.

use super::pages::{because, effort, faq_lines, step_lines};
use super::screen::{Action, Line, Role, Screen};
use crate::flow::{Answer, CauseIx, Flow, Helps, Unsure};
use crate::graph::Ranking;
use crate::walk::{Ended, Event, Mark, Prompt, Session, narrow, narrow_if, ruled_out_by};

/// Says why something is asked: what each answer would leave and rule out, or why this cause.
pub fn why_page(session: &Session) -> Vec<Line> {
    let (flow, ranking, leg) = (session.flow(), session.edition().ranking(), session.leg());
    match session.prompt() {
        Prompt::Question(question) => {
            let asked = flow.question(question);
            let mut lines = Vec::from(Line::heading("Why this is asked"));
            lines.extend(asked.why.as_ref().map(|why| Line::plain(&**why)));
            let live = narrow(flow, ranking, leg).live;
            for (answer, word) in [(Answer::Yes, "yes"), (Answer::No, "no")] {
                let left = narrow_if(flow, ranking, leg, question, answer);
                let out: Vec<CauseIx> = live.iter().copied().filter(|cause| !left.contains(cause)).collect();
                lines.push(Line::empty());
                lines.push(Line::plain(format!("leaves {}", titles(flow, &left))).lead(format!("{word}:")));
                lines.push(Line::new(Role::Dim, format!("rules out {}", titles(flow, &out))).indent(word.len() + 2));
            }
            let unsure = match asked.unsure {
                Unsure::KeepBoth => "both sides stay open, the more promising one first",
                Unsure::AsYes => "taken as yes",
                Unsure::AsNo => "taken as no",
            };
            lines.extend([Line::empty(), Line::plain(unsure).lead("not sure:")]);
            lines.extend(faq_lines(flow, Helps::Question(question)));
            lines
        }
        Prompt::Fix { cause, contradicts } => {
            let mut lines = Vec::from(Line::heading(&*flow.cause(cause).title));
            lines.push(Line::plain(&*flow.cause(cause).why));
            lines.extend(because(session, &contradicts));
            lines.extend(faq_lines(flow, Helps::Cause(cause)));
            lines
        }
        Prompt::HandOff(_) | Prompt::Escalation(_) | Prompt::Ended(_) => Vec::new(),
    }
}

/// Says what taking an event back takes back.
pub fn taken_back(session: &Session, n: u32) -> String {
    let flow = session.flow();
    let event = session.records().iter().find(|record| record.n == n).map(|record| &record.event);
    let ask = |id: &str| flow.find_question(id).map_or_else(|| id.to_owned(), |ix| flow.question(ix).ask.clone());
    let title = |id: &str| flow.find_cause(id).map_or_else(|| id.to_owned(), |ix| flow.cause(ix).title.clone());
    let step_title = |id: &str| flow.find_step(id).map_or_else(|| id.to_owned(), |ix| flow.step(ix).title.clone());
    match event {
        Some(Event::Answered { question, answer, .. }) => format!("{} — {answer}", ask(question)),
        Some(Event::Revised { question, answer }) => format!("the change to {answer} of {}", ask(question)),
        Some(Event::StepMarked { step, .. }) => format!("the mark on the step {}", step_title(step)),
        Some(Event::FixVerified { cause, result }) => format!("{result}: {}", title(cause)),
        Some(Event::HandedOff { to }) => format!("going on with {}", to.id),
        Some(Event::Refused { .. }) => "going on here".to_owned(),
        _ => "the last step".to_owned(),
    }
}

/// Says what each key of a screen does, in a walk that is stored or not.
pub fn keys_page(screen: &Screen, is_stored: bool) -> Vec<Line> {
    let mut lines = Vec::from(Line::heading("Keys and words"));
    for choice in &screen.choices {
        let does = match choice.action {
            Action::Answer(Answer::Yes | Answer::No) => "answers; the words work too: type them in one go, then Enter",
            Action::Answer(Answer::Unsure) => "you cannot tell; w says what it means for this question",
            Action::Mark(Mark::Done) => "the step is done",
            Action::Mark(Mark::Skipped) => "the step is not needed, or not now",
            Action::Mark(Mark::Failed) => "the step was tried and did not work",
            Action::Verify => "look at once whether it is fixed, whatever steps are left",
            Action::Fixed => "it is fixed: the session closes as resolved",
            Action::NotFixed => "it is not: the next cause is tried",
            Action::Later => "the fix has to show its effect first; resume comes back to this question",
            Action::Accept => "go on in the other flow",
            Action::Refuse => "go on looking here",
            Action::Close => "end without a fix; the transcript keeps all",
            Action::Back => "takes back what you did last, and says what that was",
            Action::Why => "why this, and what each answer would leave and rule out",
            Action::How => "how to find the answer out, with the commands to copy",
            Action::Note => {
                "writes something down; begin with promise: or symptom: for those, error: for the error text"
            }
            Action::Causes => "what is still possible, and what is ruled out by which answer",
            Action::Revise => "changes any earlier answer; later ones are kept",
            Action::Escalate => "somebody else has to look",
            Action::Quit if is_stored => "leaves; everything is saved (Ctrl-C and Ctrl-D too)",
            Action::Quit => "leaves (Ctrl-C and Ctrl-D too)",
            Action::Help => "shows this",
        };
        lines.push(Line::plain(does).lead(format!("{} {}:", choice.key, choice.word)).indent(2));
    }
    lines
}

fn titles(flow: &Flow, causes: &[CauseIx]) -> String {
    match causes {
        [] => "none of the causes here".to_owned(),
        causes => causes.iter().map(|&cause| flow.cause(cause).title.as_str()).collect::<Vec<_>>().join("; "),
    }
}

/// Says how to find the answer out, step by step.
pub fn how_page(session: &Session) -> Vec<Line> {
    let Prompt::Question(question) = session.prompt() else { return Vec::new() };
    let (flow, asked) = (session.flow(), session.flow().question(question));
    let mut lines = Vec::from(Line::heading("How to find out"));
    if asked.find_out.is_empty() {
        lines.push(Line::plain("Nothing to look up: the question says it all. If you cannot tell, answer not sure."));
    }
    for (n, &step) in asked.find_out.iter().enumerate() {
        let step = flow.step(step);
        lines.push(
            Line::new(Role::Question, format!("{} ({})", step.title, effort(step.effort))).lead(format!("{}.", n + 1)),
        );
        lines.extend(step_lines(step, session.values()));
    }
    lines
}

/// Shows the causes: those still possible, ranked; those tried; those ruled out, each with the answer that did it.
pub fn causes_page(session: &Session) -> Vec<Line> {
    let (flow, leg) = (session.flow(), session.leg());
    let ranking: &Ranking = session.edition().ranking();
    let known = narrow(flow, ranking, leg);
    let mut lines = Vec::from(Line::heading("Still possible, most likely first"));
    if known.live.is_empty() {
        lines.push(Line::plain("none"));
    }
    for (n, &cause) in known.live.iter().enumerate() {
        let facts = flow.cause(cause);
        let text = format!("{} ({}, fix takes {})", facts.title, facts.likelihood, effort(facts.effort));
        lines.push(Line::plain(text).lead(format!("{}.", n + 1)));
    }
    if !leg.failed().is_empty() {
        lines.extend(Line::heading("Tried, did not help"));
        lines.extend(leg.failed().iter().map(|&cause| Line::plain(&*flow.cause(cause).title).lead("•")));
    }
    if !known.ruled_out.is_empty() {
        lines.extend(Line::heading("Ruled out"));
        for (&cause, by) in known.ruled_out.iter().zip(ruled_out_by(flow, leg, &known.ruled_out)) {
            lines.push(Line::plain(&*flow.cause(cause).title).lead("•"));
            lines.extend(by.iter().map(|&question| {
                let answer = leg.given().answer(question).map_or("not asked", Answer::word);
                Line::new(Role::Dim, format!("{} — {answer}", flow.question(question).ask)).indent(4)
            }));
        }
    }
    lines
}

/// Says how a session ended and what remains to do.
pub fn end_page(session: &Session) -> Vec<Line> {
    let flow = session.flow();
    let mut lines = vec![Line::empty()];
    match session.prompt() {
        Prompt::Ended(Ended::Resolved(cause)) => {
            let facts = flow.cause(cause);
            lines.push(Line::new(Role::Good, format!("Resolved: {}", facts.title)));
            lines.push(Line::plain("The fix was verified: it worked."));
            for &step in &facts.fix {
                let mark = match session.leg().mark(cause, step) {
                    Some(Mark::Done) => "done:",
                    Some(Mark::Skipped) => "skipped:",
                    Some(Mark::Failed) => "failed:",
                    None => "•",
                };
                lines.push(Line::plain(&*flow.step(step).title).lead(mark).indent(2));
            }
            if !facts.prevent.is_empty() {
                lines.extend(Line::heading("To keep it from coming back"));
                for &step in &facts.prevent {
                    lines.push(Line::new(Role::Question, &*flow.step(step).title).lead("•"));
                    lines.extend(step_lines(flow.step(step), session.values()));
                }
            }
        }
        Prompt::Ended(Ended::Escalated(reason)) => {
            lines.push(Line::new(Role::Warning, "Escalated"));
            lines.push(Line::plain(reason));
        }
        Prompt::Ended(Ended::Unresolved) => lines.push(Line::new(Role::Warning, "Closed without a fix that worked")),
        _ => {}
    }
    if !flow.related().is_empty() {
        lines.extend(Line::heading("Related errors"));
        let related = flow.related().iter();
        lines.extend(related.map(|related| Line::plain(format!("{}: {}", related.flow, related.when)).lead("•")));
    }
    lines
}

/// Says how to get the transcript of a session that is stored.
pub fn transcript_lines(session: &Session) -> Vec<Line> {
    let id = session.id();
    let mut lines = Vec::from(Line::heading("Transcript"));
    lines.push(Line::new(Role::Command, format!("rootwalk export {id} --format markdown")).indent(2));
    lines
}

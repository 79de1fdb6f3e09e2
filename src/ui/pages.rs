//! Pages: what each moment of a walk says, as [`Screen`]s and [`Line`]s, the same for every front.

use super::screen::{Action, Choice, Line, Role, Screen, Subject};
use crate::flow::{Answer, CauseIx, Effort, Flow, Helps, Outcome, Question, QuestionIx, Risk, Step, StepIx, Unsure};
use crate::graph::Ranking;
use crate::walk::{Ended, Event, Mark, Narrowing, Prompt, Session, narrow, narrow_if, ruled_out_by};

/// Says what a screen may show beside what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Help {
    /// Shows the header with the error; on the first screen and after a change of flow.
    pub header: bool,
    /// Asks at once whether the fix worked, though steps are left.
    pub verify: bool,
    /// Shows only what is asked: the rest was shown just before.
    pub is_again: bool,
}

/// Builds the screen of a prompt; nothing once the session has ended.
pub fn screen(session: &Session, help: Help) -> Option<Screen> {
    let mut lines = if help.header { header(session) } else { Vec::new() };
    let (subject, answers) = match session.prompt() {
        Prompt::Question(question) => {
            question_lines(session, question, &mut lines);
            (Subject::Question(session.flow().question(question).id.clone()), QUESTION)
        }
        Prompt::Fix { cause, contradicts } => {
            let step = session.leg().next_step(session.flow(), cause).filter(|_| !help.verify);
            if !help.is_again {
                fix_overview(session, cause, &contradicts, &mut lines);
            }
            let answers = fix_lines(session, cause, step, &mut lines);
            (Subject::Fix(session.flow().cause(cause).id.clone()), answers)
        }
        Prompt::HandOff(outcome) => {
            let to = session.flow().outcome(outcome).hand_off()?;
            lines.push(Line::new(Role::Question, format!("This looks like another error: {to}")));
            let related = session.flow().related().iter().find(|related| related.flow == to);
            lines.extend(related.map(|related| Line::plain(&*related.when)));
            lines.extend([
                Line::empty(),
                Line::new(Role::Question, "Go on there? This session and its notes go along."),
            ]);
            (Subject::HandOff(to.to_owned()), HAND_OFF)
        }
        Prompt::Escalation(outcome) => (Subject::Escalation, escalation_lines(session, outcome, &mut lines)),
        Prompt::Ended(_) => return None,
    };
    let is_new = |known: &&Known| !answers.iter().any(|answer| answer.3 == known.3);
    let choices = answers.iter().chain(HELPS.iter().filter(is_new)).copied().map(choice).collect();
    Some(Screen { subject, lines, choices })
}

type Known = (char, &'static str, &'static [&'static str], Action, bool);

const QUESTION: &[Known] = &[
    ('y', "yes", &["ja", "true"], Action::Answer(Answer::Yes), true),
    ('n', "no", &["nein", "false"], Action::Answer(Answer::No), true),
    ('u', "not sure", &["unsure", "notsure", "don't know", "dont know", "?"], Action::Answer(Answer::Unsure), true),
    ('w', "why", &[], Action::Why, false),
    ('h', "how", &["how to find out"], Action::How, false),
];

const STEP: &[Known] = &[
    ('d', "done", &["yes", "y"], Action::Mark(Mark::Done), true),
    ('s', "skip", &["skipped"], Action::Mark(Mark::Skipped), true),
    ('f', "failed", &["fail", "no", "n"], Action::Mark(Mark::Failed), true),
    ('v', "verify now", &["verify"], Action::Verify, true),
    ('l', "later", &[], Action::Later, true),
    ('w', "why", &[], Action::Why, false),
];

const VERIFY: &[Known] = &[
    ('y', "yes", &["fixed"], Action::Fixed, true),
    ('n', "no", &["not fixed"], Action::NotFixed, true),
    ('l', "later", &[], Action::Later, true),
    ('w', "why", &[], Action::Why, false),
];

const HAND_OFF: &[Known] = &[
    ('y', "yes", &["go on"], Action::Accept, true),
    ('n', "no", &["stay"], Action::Refuse, true),
    ('l', "later", &[], Action::Later, true),
];

const ESCALATION: &[Known] = &[
    ('e', "escalate", &["yes", "y"], Action::Escalate, true),
    ('n', "no, go on looking", &["no", "go on"], Action::Refuse, true),
    ('x', "close unresolved", &["close"], Action::Close, true),
    ('l', "later", &[], Action::Later, true),
];

const LAST_ESCALATION: &[Known] = &[ESCALATION[0], ESCALATION[2], ESCALATION[3]];

const HELPS: &[Known] = &[
    ('b', "back", &["undo"], Action::Back, false),
    ('t', "note", &["text"], Action::Note, false),
    ('c', "causes", &[], Action::Causes, false),
    ('r', "revise", &[], Action::Revise, false),
    ('e', "escalate", &[], Action::Escalate, false),
    ('q', "quit", &["exit", "save"], Action::Quit, false),
    ('?', "help", &["keys"], Action::Help, false),
];

fn choice((key, word, also, action, is_answer): Known) -> Choice {
    Choice { key, word, also, action, is_answer }
}

fn header(session: &Session) -> Vec<Line> {
    let (error, about) = (session.flow().error(), session.about());
    let mut facts = vec![format!("{} severity", error.severity), error.category.clone(), error.product.clone()];
    facts.extend(about.ticket.as_ref().map(|ticket| format!("ticket {ticket}")));
    facts.extend(about.customer.as_ref().map(|customer| format!("customer {customer}")));
    facts.extend(about.agent.as_ref().map(|agent| format!("agent {agent}")));
    facts.push(format!("session {}", session.id()));
    let mut lines = vec![
        Line::new(Role::Heading, format!("{} · {}", error.code, error.title)),
        Line::new(Role::Header, facts.join(" · ")),
        Line::empty(),
        Line::plain(&*error.meaning),
        Line::empty(),
    ];
    if let Some(symptom) = &about.symptom {
        lines.insert(2, Line::new(Role::Header, format!("\u{201c}{symptom}\u{201d}")));
    }
    lines
}

fn question_lines(session: &Session, question: QuestionIx, lines: &mut Vec<Line>) {
    let (flow, leg) = (session.flow(), session.leg());
    let known = narrow(flow, session.edition().ranking(), leg);
    let asked = flow.question(question);
    lines.push(progress(flow, &known));
    lines.push(Line::empty());
    let number = format!("{}.", leg.asked().len() + 1);
    match (&asked.say, session.about().desk) {
        (Some(say), true) => {
            lines.push(Line::new(Role::Say, format!("\u{201c}{say}\u{201d}")).lead("Say:"));
            lines.push(Line::new(Role::Question, &*asked.ask).lead(number));
        }
        _ => lines.push(Line::new(Role::Question, &*asked.ask).lead(number)),
    }
    if let (Some(agent), true) = (&asked.agent, session.about().desk) {
        lines.push(Line::new(Role::Agent, &**agent).lead("For you:"));
    }
    if let Some(&first) = asked.find_out.first() {
        let step = flow.step(first);
        lines.push(Line::new(Role::Dim, format!("{} (h shows how)", step.title)).lead("Where:"));
    }
}

fn progress(flow: &Flow, known: &Narrowing) -> Line {
    let to_come = match (known.least, known.most) {
        (_, 1) => "1 question to go".to_owned(),
        (least, most) if least == most => format!("{most} questions to go"),
        (least, most) => format!("{least} to {most} questions to go"),
    };
    let of = flow.causes().len();
    Line::new(Role::Progress { out: of - known.live.len(), of }, to_come)
}

/// Says which cause it is, why, and how it is fixed; once work on it has begun, only which it is.
fn fix_overview(session: &Session, cause: CauseIx, contradicts: &[QuestionIx], lines: &mut Vec<Line>) {
    let (flow, leg) = (session.flow(), session.leg());
    let facts = flow.cause(cause);
    let is_untouched = facts.fix.iter().all(|&step| leg.mark(cause, step).is_none());
    if is_untouched {
        let lead = if contradicts.is_empty() { "Most likely cause:" } else { "Next to try:" };
        lines.push(Line::new(Role::Heading, &*facts.title).lead(lead));
        lines.push(Line::plain(&*facts.why));
        lines.extend(because(session, contradicts));
        for faq in flow.faq().iter().filter(|faq| faq.helps.contains(&Helps::Cause(cause))) {
            lines.push(Line::new(Role::Dim, format!("{} (w answers)", faq.question)).lead("Asked often:"));
        }
        lines.extend(Line::heading("How to fix it"));
        for (n, &ix) in facts.fix.iter().enumerate() {
            lines.push(overview(flow.step(ix)).lead(format!("{}.", n + 1)));
        }
    } else {
        lines.push(Line::new(Role::Header, format!("Fixing: {}", facts.title)));
    }
}

/// Says what is to be done next, or asks whether the fix worked.
fn fix_lines(session: &Session, cause: CauseIx, step: Option<StepIx>, lines: &mut Vec<Line>) -> &'static [Known] {
    let flow = session.flow();
    let facts = flow.cause(cause);
    let total = facts.fix.len();
    let next = step.and_then(|step| facts.fix.iter().position(|&ix| ix == step));
    lines.push(Line::empty());
    if let (Some(step), Some(n)) = (step, next) {
        lines.push(Line::new(Role::Question, format!("Step {} of {total}: {}", n + 1, flow.step(step).title)));
        lines.extend(step_lines(flow.step(step)));
        return STEP;
    }
    lines.push(Line::new(Role::Question, "Did this fix it?"));
    lines.extend(facts.verify.as_ref().map(|verify| Line::plain(&**verify).lead("Look for:")));
    VERIFY
}

/// Says why we think so: the answers that led here, or those that speak against it.
fn because(session: &Session, contradicts: &[QuestionIx]) -> Vec<Line> {
    let (flow, leg) = (session.flow(), session.leg());
    let answered = |question: QuestionIx| {
        let facts = flow.question(question);
        let answer =
            leg.given().answer(question).map_or_else(|| "not asked".to_owned(), |answer| answer_words(facts, answer));
        Line::plain(format!("{} — {answer}", facts.ask)).lead("•").indent(2)
    };
    let mut lines = vec![Line::empty()];
    if contradicts.is_empty() {
        lines.push(Line::new(Role::Dim, "Why we think so:"));
        lines.extend(leg.path(flow, session.edition().ranking()).into_iter().map(answered));
        if !leg.failed().is_empty() {
            let failed: Vec<_> = leg.failed().iter().map(|&cause| flow.cause(cause).title.as_str()).collect();
            lines.push(
                Line::plain(format!("Not it, as the fix did not help: {}", failed.join("; "))).lead("•").indent(2),
            );
        }
    } else {
        lines.push(Line::new(
            Role::Warning,
            "Everything your answers left open has been tried. This cause is next; it would mean that the answer was otherwise to:",
        ));
        lines.extend(contradicts.iter().map(|&question| answered(question)));
    }
    lines
}

fn overview(step: &Step) -> Line {
    let risk = if step.risk == Risk::Safe { String::new() } else { format!(", {}", step.risk) };
    Line::new(
        if step.risk == Risk::Safe { Role::Plain } else { Role::Warning },
        format!("{} ({}{risk})", step.title, effort(step.effort)),
    )
}

fn effort(effort: Effort) -> &'static str {
    match effort {
        Effort::Minutes => "minutes",
        Effort::Hours => "hours",
        Effort::Days => "days",
    }
}

/// Says all of a step: what to do, the command to copy, what to look for, what to know before.
fn step_lines(step: &Step) -> Vec<Line> {
    let mut lines = Vec::new();
    let risk = match step.risk {
        Risk::Safe => None,
        Risk::Disruptive => Some("disruptive: others may notice"),
        Risk::Irreversible => Some("irreversible: this cannot be undone"),
    };
    lines.extend(risk.map(|risk| Line::new(Role::Warning, risk).lead("Risk:").indent(3)));
    lines.extend(step.warning.as_ref().map(|warning| Line::new(Role::Warning, &**warning).lead("Careful:").indent(3)));
    lines.push(Line::plain(&*step.text).indent(3));
    if let Some(command) = &step.command {
        lines.push(Line::empty());
        lines.push(Line::new(Role::Command, &**command).indent(4));
        lines.push(Line::empty());
    }
    lines.extend(step.look_for.as_ref().map(|look_for| Line::plain(&**look_for).lead("Look for:").indent(3)));
    lines
}

fn faq_lines(flow: &Flow, place: Helps) -> Vec<Line> {
    let mut lines = Vec::new();
    for faq in flow.faq().iter().filter(|faq| faq.helps.contains(&place)) {
        lines.extend([Line::empty(), Line::new(Role::Heading, &*faq.question), Line::plain(&*faq.answer)]);
    }
    lines
}

fn escalation_lines(
    session: &Session,
    outcome: Option<crate::flow::OutcomeIx>,
    lines: &mut Vec<Line>,
) -> &'static [Known] {
    let flow = session.flow();
    let (heading, text, choices) = match outcome.map(|outcome| flow.outcome(outcome)) {
        Some(Outcome::Escalate(reason)) => ("Somebody else has to look", &**reason, ESCALATION),
        _ => (
            "Every cause known to this flow has been tried",
            "What was asked, answered and tried is in the transcript; hand it to whoever looks next.",
            LAST_ESCALATION,
        ),
    };
    lines.extend([Line::new(Role::Heading, heading), Line::plain(text)]);
    lines.extend([Line::empty(), Line::new(Role::Question, "Escalate now?")]);
    choices
}

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

/// Returns an answer as it counts: what *not sure* means is said.
pub fn answer_words(question: &Question, answer: Answer) -> String {
    match (answer, question.unsure) {
        (Answer::Unsure, Unsure::AsYes | Unsure::AsNo) => format!("{answer}, {}", question.unsure),
        _ => answer.to_string(),
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

/// Says what each key of a screen does.
pub fn keys_page(screen: &Screen) -> Vec<Line> {
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
            Action::Note => "writes something down; begin with promise: or symptom: for those",
            Action::Causes => "what is still possible, and what is ruled out by which answer",
            Action::Revise => "changes any earlier answer; later ones are kept",
            Action::Escalate => "somebody else has to look",
            Action::Quit => "leaves; everything is saved (Ctrl-C and Ctrl-D too)",
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
        lines.extend(step_lines(step));
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
                    lines.extend(step_lines(flow.step(step)));
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
    let id = session.id();
    lines.extend(Line::heading("Transcript"));
    lines.push(Line::new(Role::Command, format!("rootwalk export {id} --format markdown")).indent(2));
    lines
}

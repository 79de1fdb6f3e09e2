//! Pages: what each prompt of a walk says, as [`Screen`]s, the same for every front.

use super::screen::{Action, Choice, Line, Role, Screen, Subject};
use crate::flow::{Answer, CauseIx, Effort, Flow, Helps, Outcome, Question, QuestionIx, Risk, Step, StepIx, Unsure};
use crate::paste::{Quote, Taken, Values, quote};
use crate::walk::{Leg, Mark, Narrowing, Prompt, Session, narrow};

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
            lines.extend(related.map(|related| Line::plain(&*related.when).lead("Typical of it:")));
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
    if let Some(pasted) = session.pasted().next_back() {
        let told = pasted.told().map_or_else(String::new, |told| format!("; {told}"));
        let text = format!("The error text as you pasted it is kept{told}. Look it over before you send it on.");
        lines.insert(2, Line::new(Role::Dim, text));
    }
    if let Some(symptom) = &about.symptom {
        lines.insert(2, Line::new(Role::Header, format!("\u{201c}{symptom}\u{201d}")));
    }
    lines.extend(taken_over(session));
    lines
}

/// Says what is not asked here because the walk before knows it.
fn taken_over(session: &Session) -> Vec<Line> {
    let (flow, leg) = (session.flow(), session.leg());
    let mut lines: Vec<Line> = leg.taken_over().map(|question| known(flow, leg, question)).collect();
    if !lines.is_empty() {
        lines.insert(0, Line::new(Role::Dim, "Taken over from the walk before (r changes it):"));
        lines.push(Line::empty());
    }
    lines
}

/// Says a question with its answer, if there is one.
fn known(flow: &Flow, leg: &Leg, question: QuestionIx) -> Line {
    let facts = flow.question(question);
    let answer =
        leg.given().answer(question).map_or_else(|| "not asked".to_owned(), |answer| answer_words(facts, answer));
    Line::plain(format!("{} — {answer}", facts.ask)).lead("•").indent(2)
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
    if let Some(agent) = &asked.agent {
        let lead = if session.about().desk { "For you:" } else { "Mind:" };
        lines.push(Line::new(Role::Agent, &**agent).lead(lead));
    }
    if !asked.find_out.is_empty() {
        let titles = asked.find_out.iter().map(|&step| &*flow.step(step).title).collect::<Vec<_>>().join("; ");
        lines.push(Line::new(Role::Dim, format!("{titles} (h shows how)")).lead("Where:"));
    }
    let quoted = quote(session.pasted().rev().map(|pasted| pasted.text.as_str()), &asked.ask);
    lines.extend(quoted.map(|quoted| match quoted {
        Quote::Says(said) => Line::new(Role::Dim, said).lead("You pasted:"),
        Quote::HasNone => Line::new(Role::Dim, "What you pasted holds none of these words."),
    }));
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
        if leg.has_tried(flow, cause) {
            let told = "Each of these steps was done already. If nothing was missed, v and then n go on.";
            lines.extend([Line::empty(), Line::new(Role::Warning, told)]);
        }
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
        lines.extend(step_lines(flow.step(step), session.values()));
        return STEP;
    }
    lines.push(Line::new(Role::Question, "Did this fix it?"));
    lines.extend(facts.verify.as_ref().map(|verify| Line::plain(&**verify).lead("Look for:")));
    VERIFY
}

/// Says why we think so: the answers that led here, or those that speak against it.
pub(super) fn because(session: &Session, contradicts: &[QuestionIx]) -> Vec<Line> {
    let (flow, leg) = (session.flow(), session.leg());
    let answered = |question: QuestionIx| known(flow, leg, question);
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

pub(super) fn effort(effort: Effort) -> &'static str {
    match effort {
        Effort::Minutes => "minutes",
        Effort::Hours => "hours",
        Effort::Days => "days",
    }
}

/// Says which values a command has from the pasted text, so that somebody looks whether they are the right ones.
fn taken_words(taken: &[Taken]) -> String {
    let words: Vec<String> = taken.iter().map(|taken| format!("{} {}", taken.name, taken.value)).collect();
    format!("{}; check before you run it", words.join(", "))
}

/// Says all of a step: what to do, the command to copy, what to look for, what to know before.
pub(super) fn step_lines(step: &Step, values: &Values) -> Vec<Line> {
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
        let filled = values.fill(command);
        lines.push(Line::empty());
        lines.push(Line::new(Role::Command, filled.text).indent(4));
        lines.push(Line::empty());
        if !filled.taken.is_empty() {
            lines.push(Line::plain(taken_words(&filled.taken)).lead("From the pasted text:").indent(3));
        }
    }
    lines.extend(step.look_for.as_ref().map(|look_for| Line::plain(&**look_for).lead("Look for:").indent(3)));
    lines
}

pub(super) fn faq_lines(flow: &Flow, place: Helps) -> Vec<Line> {
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

/// Returns an answer as it counts: what *not sure* means is said.
pub fn answer_words(question: &Question, answer: Answer) -> String {
    match (answer, question.unsure) {
        (Answer::Unsure, Unsure::AsYes | Unsure::AsNo) => format!("{answer}, {}", question.unsure),
        _ => answer.to_string(),
    }
}

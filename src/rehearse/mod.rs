//! Rehearsals: the walks that a flow's author wrote down, walked and compared.
//!
//! Purpose: say which rehearsals do not end where they say, which causes none reaches, and what of a flow walks touch; make a
//! rehearsal of a walk; play the customer whom an agent practises with. Must not: open files, store sessions or draw a random number
//! (a seed is an argument). Place: after walk; `cli` runs it with the linter.

mod coverage;
mod parts;
mod practice;
mod random;
mod record;

pub use coverage::{Coverage, Share, Shares};
pub use parts::{Part, untouched};
pub use practice::{Better, Cost, Move, Practice, draw};
pub use random::Random;
pub use record::{Recorded, Unrecordable, holds_in, record, write};

use crate::diag::{Code, named};
use crate::flow::{Answers, CauseIx, End, FixResult, Flow, Outcome, Place, Problem, Rehearsal};
use crate::graph::Ranking;
use crate::walk::{Leg, Play, Prompt, play};

/// Walks all rehearsals of a flow, and says which are broken and which causes none reaches.
pub fn rehearse(flow: &Flow) -> Vec<Problem> {
    let (walked, is_reached) = walk_all(flow);
    let mut problems: Vec<Problem> = walked.into_iter().flatten().collect();
    // Where an answer leads to what the file does not have, a rehearsal may end there that is meant to go on.
    let is_graph_known = !flow.outcomes().iter().any(Outcome::is_unknown);
    for cause in flow.cause_ixs().filter(|cause| is_graph_known && !is_reached[cause.index()]) {
        let id = &flow.cause(cause).id;
        let place = Place::top().field("causes").item(cause.index()).name();
        problems.push(
            Problem::new(Code::UnrehearsedCause, place, format!("no rehearsal reaches the cause {}", named(id))).help(
                format!(
                    "add one under `rehearsals`: `(name: \"…\", answers: {{…}}, {})`",
                    named(&format!("ends: Cause(\"{id}\")")).trim_matches('`')
                ),
            ),
        );
    }
    problems
}

/// Walks all rehearsals of a flow: what is wrong with each, in the order of the file; nothing where it ends as it says.
pub fn broken(flow: &Flow) -> Vec<Option<Problem>> {
    walk_all(flow).0
}

/// Walks all rehearsals, and tells of each cause whether one reaches it.
fn walk_all(flow: &Flow) -> (Vec<Option<Problem>>, Vec<bool>) {
    let ranking = Ranking::of(flow);
    let mut is_reached = vec![false; flow.causes().len()];
    let walk = |(n, rehearsal): (usize, &Rehearsal)| {
        let (came_to, leg) = play(flow, &ranking, &rehearsal.script);
        for cause in leg.failed().iter().copied().chain(verdict(&came_to)) {
            is_reached[cause.index()] = true;
        }
        if rehearsal.ends.is_unknown() || is_unknown(flow, &came_to) {
            None
        } else if ends_as_said(flow, rehearsal, &came_to) {
            unmet(flow, n, rehearsal, &came_to, &leg)
        } else {
            Some(say(flow, n, rehearsal, &came_to, &leg))
        }
    };
    let walked = flow.rehearsals().iter().enumerate().map(walk).collect();
    (walked, is_reached)
}

fn verdict(came_to: &Play) -> Option<CauseIx> {
    match came_to {
        Play::At(Prompt::Fix { cause, .. }) | Play::Resolved(cause) => Some(*cause),
        Play::At(_) => None,
    }
}

/// Tells whether a walk came to what the file does not have: only in drafts.
fn is_unknown(flow: &Flow, came_to: &Play) -> bool {
    match came_to {
        Play::At(Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome))) => flow.outcome(*outcome).is_unknown(),
        _ => false,
    }
}

fn ends_as_said(flow: &Flow, rehearsal: &Rehearsal, came_to: &Play) -> bool {
    match (&rehearsal.ends, came_to) {
        (End::Cause(said), came_to) => verdict(came_to) == Some(*said),
        (End::HandOff(said), Play::At(Prompt::HandOff(outcome))) => flow.find_hand_off(said) == Some(*outcome),
        (End::Escalate, Play::At(Prompt::Escalation(_))) => true,
        _ => false,
    }
}

/// Says where a broken rehearsal ends, and which way it went.
fn say(flow: &Flow, n: usize, rehearsal: &Rehearsal, came_to: &Play, leg: &Leg) -> Problem {
    let end = match came_to {
        Play::Resolved(cause) | Play::At(Prompt::Fix { cause, .. }) => {
            format!("ends at the cause {}", named(&flow.cause(*cause).id))
        }
        Play::At(Prompt::Question(question)) => {
            format!("stops at the question {}, which it does not answer", named(&flow.question(*question).id))
        }
        Play::At(Prompt::HandOff(outcome)) => {
            format!("ends at the hand-off to {}", named(flow.outcome(*outcome).hand_off().unwrap_or_default()))
        }
        Play::At(Prompt::Escalation(_) | Prompt::Ended(_)) => "ends at an escalation".to_owned(),
    };
    let place = Place::top().field("rehearsals").item(n).field("ends");
    Problem::new(Code::BrokenRehearsal, place, format!("the rehearsal {} {end}", named(&rehearsal.name)))
        .label("it says that it ends here")
        .way(way(flow, leg))
}

/// Says what a rehearsal names that its walk never comes to, though it ends as it says.
fn unmet(flow: &Flow, n: usize, rehearsal: &Rehearsal, came_to: &Play, leg: &Leg) -> Option<Problem> {
    let Answers { answers, fixes } = &rehearsal.script;
    let place = |field: &'static str, at: usize| Place::top().field("rehearsals").item(n).field(field).item(at).name();
    let answer = answers.iter().position(|(question, _)| !leg.asked().contains(question));
    let fix = || fixes.iter().position(|(cause, _)| !leg.failed().contains(cause) && verdict(came_to) != Some(*cause));
    let (place, what) = if let Some(at) = answer {
        (place("answers", at), format!("the question {}", named(&flow.question(answers[at].0).id)))
    } else {
        let at = fix()?;
        (place("fixes", at), format!("the fix of {}", named(&flow.cause(fixes[at].0).id)))
    };
    let said = format!("the rehearsal {} never comes to {what}", named(&rehearsal.name));
    Some(Problem::new(Code::BrokenRehearsal, place, said).label("the walk ends without it").way(way(flow, leg)))
}

/// Tells the way a walk took: its answers, then the fixes that failed.
fn way(flow: &Flow, leg: &Leg) -> Vec<(String, &'static str)> {
    let answer = |&question| Some((flow.question(question).id.clone(), leg.given().answer(question)?.word()));
    let fix = |&cause| (flow.cause(cause).id.clone(), FixResult::NotFixed.word());
    leg.asked().iter().filter_map(answer).chain(leg.failed().iter().map(fix)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::render;
    use crate::flow::read;
    use crate::source::Source;

    /// Rehearses a flow with two causes, an escalation and a hand-off: the codes found, and what is said of each.
    fn check(rehearsals: &str, expected: &[(Code, &str)]) {
        let text = format!(
            r#"(
                format: 1, id: "lamp",
                error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
                causes: {{
                    "bulb": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
                    "plug": (title: "t", why: "w", likelihood: Rare, fix: ["do"]),
                }},
                steps: {{"do": (title: "t", text: "t", effort: Minutes, risk: Safe)}},
                start: "plugged",
                questions: {{
                    "plugged": (ask: "a?", yes: Ask("power"), no: Cause("plug")),
                    "power": (ask: "a?", yes: Cause("bulb"), no: Ask("known")),
                    "known": (ask: "a?", yes: HandOff("fuse"), no: Escalate("e")),
                }},
                rehearsals: [{rehearsals}],
            )"#
        );
        let flow =
            read(&Source::new("lamp.ron", text)).unwrap_or_else(|findings| panic!("{}", render(&findings, false)));
        let found = rehearse(&flow);
        let found: Vec<_> = found.iter().map(|problem| (problem.code, problem.message.as_str())).collect();
        assert_eq!(found, expected);
    }

    const BOTH: &str = r#"
        (name: "b", answers: {"plugged": Yes, "power": Yes}, ends: Cause("bulb")),
        (name: "p", answers: {"plugged": No}, fixes: {"plug": Fixed}, ends: Cause("plug")),"#;

    #[test]
    fn rehearsals_that_end_as_they_say_and_reach_every_cause_are_silent() {
        check(BOTH, &[]);
        let escalated = r#"(name: "e", answers: {"plugged": Yes, "power": No, "known": No}, ends: Escalate),"#;
        let handed_off = r#"(name: "h", answers: {"plugged": Yes, "power": No, "known": Yes}, ends: HandOff("fuse")),"#;
        check(&format!("{BOTH}{escalated}{handed_off}"), &[]);
    }

    #[test]
    fn a_cause_that_is_tried_and_fails_is_rehearsed() {
        check(
            r#"(name: "n", answers: {"plugged": Unsure, "power": Yes}, fixes: {"bulb": NotFixed}, ends: Cause("plug"))"#,
            &[],
        );
    }

    #[test]
    fn a_cause_that_no_rehearsal_reaches_is_named() {
        check(
            r#"(name: "p", answers: {"plugged": No}, ends: Cause("plug"))"#,
            &[(Code::UnrehearsedCause, "no rehearsal reaches the cause `bulb`")],
        );
    }

    #[test]
    fn a_rehearsal_that_ends_elsewhere_says_where() {
        let broken = |rehearsal: &str, message: &str| {
            check(&format!("{BOTH}{rehearsal}"), &[(Code::BrokenRehearsal, message)]);
        };
        broken(
            r#"(name: "n", answers: {"plugged": No}, ends: Cause("bulb"))"#,
            "the rehearsal `n` ends at the cause `plug`",
        );
        broken(
            r#"(name: "n", answers: {"plugged": Yes}, ends: Escalate)"#,
            "the rehearsal `n` stops at the question `power`, which it does not answer",
        );
        broken(
            r#"(name: "n", answers: {"plugged": Yes, "power": No, "known": Yes}, ends: HandOff("fuze"))"#,
            "the rehearsal `n` ends at the hand-off to `fuse`",
        );
        broken(
            r#"(name: "n", answers: {"plugged": Yes, "power": No, "known": No}, ends: Cause("bulb"))"#,
            "the rehearsal `n` ends at an escalation",
        );
    }
}

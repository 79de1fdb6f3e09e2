//! Scripted walks: what happens when answers and fix results are given in advance.
//!
//! Rehearsals, `--answers` and the proof share it, so a flow cannot behave differently in its tests.

use super::position::open;
use super::{Leg, Prompt, position};
use crate::flow::{Answer, Answers, CauseIx, FixResult, Flow, QuestionIx, Target};
use crate::graph::Ranking;

/// Says where a scripted walk came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Play {
    /// It stopped at this prompt: a question or fix for which the script holds nothing, a hand-off or an escalation.
    At(Prompt),
    /// A fix worked.
    Resolved(CauseIx),
}

/// Walks a flow as a script says, as far as the script goes.
pub fn play(flow: &Flow, ranking: &Ranking, script: &Answers) -> (Play, Leg) {
    walk(flow, ranking, script, false)
}

/// Walks a flow as [`play`] does, but past each hand-off and escalation that can be refused.
pub fn play_past(flow: &Flow, ranking: &Ranking, script: &Answers) -> (Play, Leg) {
    walk(flow, ranking, script, true)
}

fn walk(flow: &Flow, ranking: &Ranking, script: &Answers, refuses: bool) -> (Play, Leg) {
    let mut leg = Leg::new(flow);
    loop {
        let prompt = position(flow, ranking, &leg);
        match &prompt {
            Prompt::Question(asked) => {
                let Some(answer) = script.answer(*asked) else { return (Play::At(prompt), leg) };
                leg.answer(*asked, answer);
            }
            Prompt::Fix { cause, .. } => match script.fix(*cause) {
                Some(FixResult::Fixed) => return (Play::Resolved(*cause), leg),
                Some(FixResult::NotFixed) => leg.fail(*cause),
                None => return (Play::At(prompt), leg),
            },
            Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome)) if refuses => leg.spend(*outcome),
            Prompt::HandOff(_) | Prompt::Escalation(_) | Prompt::Ended(_) => return (Play::At(prompt), leg),
        }
    }
}

/// Walks again what a leg knows, and returns which sides of each *not sure* that kept both open were tried, as the question and yes
/// or no, in the order in which they first were.
pub fn tried_sides(flow: &Flow, ranking: &Ranking, known: &Leg) -> Vec<(QuestionIx, Answer)> {
    let mut sides = Vec::new();
    let mut leg = Leg::new(flow);
    loop {
        let way = open(flow, ranking, &leg).way();
        let next = way.passed.iter().skip(1).map(|&question| Some(Target::Ask(question))).chain([way.to]);
        for (&question, next) in way.passed.iter().zip(next) {
            let facts = flow.question(question);
            let is_unsure = leg.given().answer(question).is_some_and(|answer| facts.side(answer).is_none());
            for side in [Answer::Yes, Answer::No] {
                if is_unsure && facts.side(side) == next && !sides.contains(&(question, side)) {
                    sides.push((question, side));
                }
            }
        }
        match position(flow, ranking, &leg) {
            Prompt::Question(asked) => {
                let Some(answer) = known.given().answer(asked) else { return sides };
                leg.answer(asked, answer);
            }
            Prompt::Fix { cause, .. } if known.given().is_spent(cause) => leg.fail(cause),
            Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome)) if known.given().is_spent(outcome) => {
                leg.spend(outcome);
            }
            Prompt::Fix { .. } | Prompt::HandOff(_) | Prompt::Escalation(_) | Prompt::Ended(_) => return sides,
        }
    }
}

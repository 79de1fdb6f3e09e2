//! Scripted walks: what happens when answers and fix results are given in advance.
//!
//! Rehearsals, `--answers` and the proof share it, so a flow cannot behave differently in its tests.

use super::{Leg, Prompt, position};
use crate::flow::{Answers, CauseIx, FixResult, Flow};
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
            Prompt::HandOff(_) | Prompt::Escalation(_) | Prompt::Ended(_) => return (Play::At(prompt), leg),
        }
    }
}

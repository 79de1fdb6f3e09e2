//! Position: what a walk asks next. A pure function of what is given.

use std::borrow::Cow;

use crate::flow::{CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, Target};
use crate::graph::{Contradiction, Given, Open, Ranking, contradictions};

use super::Leg;

/// Says what a walk asks next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// A question.
    Question(QuestionIx),
    /// Whether the fix of a cause worked. When the answers ruled the cause out, what they say against it.
    Fix {
        /// The cause.
        cause: CauseIx,
        /// Empty unless everything the answers left open has failed.
        contradicts: Vec<QuestionIx>,
    },
    /// Whether to go on in another flow.
    HandOff(OutcomeIx),
    /// Whether to escalate; the flow's own escalation, or none when nothing is left to try.
    Escalation(Option<OutcomeIx>),
    /// Nothing: the session has ended.
    Ended(Ended),
}

/// Says how a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// A fix worked.
    Resolved(CauseIx),
    /// Somebody else has to look.
    Escalated(String),
    /// Closed without a fix that worked.
    Unresolved,
}

/// Returns what a leg that has not ended asks next: along the open sides first; then the causes that the answers ruled out,
/// the one with the fewest contradicted answers first, then by rank; at last an escalation.
pub fn position(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Prompt {
    let given = escalations_last(flow, ranking, leg.given());
    match Open::of(flow, ranking, &given).way().to {
        Some(Target::Ask(question)) => Prompt::Question(question),
        Some(Target::End(outcome)) => match flow.outcome(outcome) {
            Outcome::Cause(cause) => Prompt::Fix { cause: *cause, contradicts: Vec::new() },
            Outcome::HandOff(_) => Prompt::HandOff(outcome),
            Outcome::Escalate(_) => Prompt::Escalation(Some(outcome)),
        },
        None => match least_contradicted(flow, ranking, leg) {
            Some((cause, contradiction)) => Prompt::Fix { cause, contradicts: contradiction.questions },
            None => Prompt::Escalation(None),
        },
    }
}

/// Returns what is given, with each escalation spent that the walk meets while a cause or another flow is still open
/// elsewhere, on the other side of a *not sure*: what can be tried here comes before calling somebody else.
pub(super) fn escalations_last<'a>(flow: &Flow, ranking: &Ranking, given: &'a Given) -> Cow<'a, Given> {
    let mut given = Cow::Borrowed(given);
    loop {
        let open = Open::of(flow, ranking, &given);
        let Some(Target::End(met)) = open.way().to else { return given };
        let is_escalation = |outcome| matches!(flow.outcome(outcome), Outcome::Escalate(_));
        let all = open.all();
        if !is_escalation(met) || flow.outcome_ixs().all(|outcome| is_escalation(outcome) || !all.contains(outcome)) {
            return given;
        }
        given.to_mut().set_spent(met, true);
    }
}

fn least_contradicted(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Option<(CauseIx, Contradiction)> {
    let left: Vec<CauseIx> = flow.cause_ixs().filter(|&cause| !leg.given().is_spent(cause)).collect();
    let outcomes: Vec<OutcomeIx> = left.iter().map(|&cause| cause.into()).collect();
    let found = contradictions(flow, leg.given(), &outcomes);
    let known = left.into_iter().zip(found).filter_map(|(cause, found)| found.map(|found| (cause, found)));
    known.min_by_key(|(cause, found)| (found.answers, ranking.rank(*cause)))
}

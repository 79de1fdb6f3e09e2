//! Position: what a walk asks next. A pure function of what is given.

use crate::flow::{CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, Target};
use crate::graph::{Contradiction, Open, Ranking, contradictions};

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
/// those of which the fix has something new first, among them the one with the fewest contradicted answers, then by rank; at last an
/// escalation.
pub fn position(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Prompt {
    match open(flow, ranking, leg).way().to {
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

/// Returns what stays open on a leg, with each escalation spent that the walk meets while a cause or another flow is still open
/// elsewhere, on the other side of a *not sure*: what can be tried here comes before calling somebody else.
pub fn open<'a>(flow: &'a Flow, ranking: &'a Ranking, leg: &'a Leg) -> Open<'a> {
    let mut open = Open::of(flow, ranking, leg.given());
    loop {
        let Some(Target::End(met)) = open.way().to else { return open };
        let is_escalation = |outcome| matches!(flow.outcome(outcome), Outcome::Escalate(_));
        if !is_escalation(met) || open.all().outcomes(flow).into_iter().all(is_escalation) {
            return open;
        }
        let mut given = open.given().clone();
        given.set_spent(met, true);
        open = Open::of(flow, ranking, given);
    }
}

fn least_contradicted(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Option<(CauseIx, Contradiction)> {
    let left: Vec<CauseIx> = flow.cause_ixs().filter(|&cause| !leg.given().is_spent(cause)).collect();
    let outcomes: Vec<OutcomeIx> = left.iter().map(|&cause| cause.into()).collect();
    let found = contradictions(flow, leg.given(), &outcomes);
    let known = left.into_iter().zip(found).filter_map(|(cause, found)| found.map(|found| (cause, found)));
    known.min_by_key(|(cause, found)| (leg.has_tried(flow, *cause), found.answers, ranking.rank(*cause)))
}

/// Says in a few words what a walk asks next.
pub fn describe(flow: &Flow, prompt: &Prompt) -> String {
    match prompt {
        Prompt::Question(question) => format!("question `{}` is asked", flow.question(*question).id),
        Prompt::Fix { cause, .. } => format!("the fix of `{}` is tried", flow.cause(*cause).id),
        Prompt::HandOff(_) => "a hand-off is offered".to_owned(),
        Prompt::Escalation(_) => "an escalation is offered".to_owned(),
        Prompt::Ended(_) => "the session has ended".to_owned(),
    }
}

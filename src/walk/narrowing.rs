//! Narrowing: which causes are still possible, which are ruled out and by what, and how far it is.

use crate::flow::{Answer, CauseIx, Flow, OutcomeIx, QuestionIx, Target};
use crate::graph::{Open, Ranking, contradictions};

use super::Leg;
use super::position;

/// Says what a walk knows at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// Causes still possible, the most promising first.
    pub live: Vec<CauseIx>,
    /// Causes that the answers rule out, the most promising first.
    pub ruled_out: Vec<RuledOut>,
    /// Least questions to the next outcome.
    pub least: u32,
    /// Most questions to the next outcome.
    pub most: u32,
}

/// Says which answers rule a cause out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuledOut {
    /// The cause.
    pub cause: CauseIx,
    /// The fewest answers that would have to be different; empty when no answers lead to the cause at all.
    pub by: Vec<QuestionIx>,
}

/// Returns what is known on a leg.
pub fn narrow(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Narrowing {
    let open = position::open(flow, ranking, leg);
    let set = open.all();
    let mut live = set.causes(flow);
    ranking.sort(&mut live);
    let is_out = |&cause: &CauseIx| !set.contains(cause) && !leg.given().is_spent(cause);
    let mut out: Vec<CauseIx> = flow.cause_ixs().filter(is_out).collect();
    ranking.sort(&mut out);
    let outcomes: Vec<OutcomeIx> = out.iter().map(|&cause| cause.into()).collect();
    let by = contradictions(flow, leg.given(), &outcomes);
    let ruled_out =
        out.into_iter().zip(by).map(|(cause, by)| RuledOut { cause, by: by.unwrap_or_default().questions }).collect();
    let (least, most) = open.bounds(open.way().to.unwrap_or(Target::Ask(flow.start())));
    Narrowing { live, ruled_out, least, most }
}

/// Returns the causes that would be still possible if a question were answered so, the most promising first.
pub fn narrow_if(flow: &Flow, ranking: &Ranking, leg: &Leg, question: QuestionIx, answer: Answer) -> Vec<CauseIx> {
    let mut given = leg.given().clone();
    given.set_answer(question, answer);
    let mut live = Open::of(flow, ranking, given).all().causes(flow);
    ranking.sort(&mut live);
    live
}

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
    pub ruled_out: Vec<CauseIx>,
    /// Least questions to the next outcome.
    pub least: u32,
    /// Most questions to the next outcome.
    pub most: u32,
}

/// Returns what is known on a leg.
pub fn narrow(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Narrowing {
    let open = position::open(flow, ranking, leg);
    let set = open.all();
    let mut live = set.causes(flow);
    ranking.sort(&mut live);
    let is_out = |&cause: &CauseIx| !set.contains(cause) && !leg.given().is_spent(cause);
    let mut ruled_out: Vec<CauseIx> = flow.cause_ixs().filter(is_out).collect();
    ranking.sort(&mut ruled_out);
    let (least, most) = open.bounds(open.way().to.unwrap_or(Target::Ask(flow.start())));
    Narrowing { live, ruled_out, least, most }
}

/// Returns for each of some ruled-out causes the fewest answers that would have to be different for it to be possible; none where no
/// answers lead to the cause at all.
pub fn ruled_out_by(flow: &Flow, leg: &Leg, causes: &[CauseIx]) -> Vec<Vec<QuestionIx>> {
    let outcomes: Vec<OutcomeIx> = causes.iter().map(|&cause| cause.into()).collect();
    let found = contradictions(flow, leg.given(), &outcomes);
    found.into_iter().map(|found| found.unwrap_or_default().questions).collect()
}

/// Returns the causes that would be still possible if a question were answered so, the most promising first.
pub fn narrow_if(flow: &Flow, ranking: &Ranking, leg: &Leg, question: QuestionIx, answer: Answer) -> Vec<CauseIx> {
    let mut given = leg.given().clone();
    given.set_answer(question, answer);
    let mut live = Open::of(flow, ranking, given).all().causes(flow);
    ranking.sort(&mut live);
    live
}

//! What speaks against an outcome: the fewest answers that would have to be different for the walk to get there.
//!
//! A shortest path from the start, in which a side that the answer leaves costs nothing, a side that *not sure* was
//! taken to close costs little, and a side that a yes or no closes costs one. On a DAG one pass in order finds them all.

use crate::flow::{Answer, Flow, OutcomeIx, QuestionIx, Target};

use super::Given;

/// Says what speaks against an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contradiction {
    /// How many yes or no answers speak against it.
    pub answers: u32,
    /// The questions whose answers do (with those where *not sure* was taken to), in the order of the walk.
    pub questions: Vec<QuestionIx>,
}

/// A path's cost: contradicted answers first, assumptions second.
type Cost = (u32, u32);

/// Finds what speaks against each of some outcomes; nothing for one that no path reaches.
pub fn contradictions(flow: &Flow, given: &Given, outcomes: &[OutcomeIx]) -> Vec<Option<Contradiction>> {
    const FAR: Cost = (u32::MAX, u32::MAX);
    let mut question_cost = vec![FAR; flow.questions().len()];
    let mut outcome_cost = vec![FAR; flow.outcomes().len()];
    let mut question_from = vec![None; flow.questions().len()];
    let mut outcome_from = vec![None; flow.outcomes().len()];
    question_cost[flow.start().index()] = (0, 0);
    for &at in flow.order() {
        let cost = question_cost[at.index()];
        if cost == FAR {
            continue;
        }
        for side in [Answer::Yes, Answer::No] {
            let extra = price(flow, given, at, side);
            let through = (cost.0 + extra.0, cost.1 + extra.1);
            let (known, from) = match flow.question(at).side(side).expect("yes and no lead somewhere") {
                Target::Ask(to) => (&mut question_cost[to.index()], &mut question_from[to.index()]),
                Target::End(to) => (&mut outcome_cost[to.index()], &mut outcome_from[to.index()]),
            };
            if through < *known {
                *known = through;
                *from = Some((at, extra != (0, 0)));
            }
        }
    }
    let trace = |&outcome: &OutcomeIx| {
        let mut questions = Vec::new();
        let mut from = outcome_from[outcome.index()];
        from?;
        while let Some((question, contradicts)) = from {
            if contradicts {
                questions.push(question);
            }
            from = question_from[question.index()];
        }
        questions.reverse();
        Some(Contradiction { answers: outcome_cost[outcome.index()].0, questions })
    };
    outcomes.iter().map(trace).collect()
}

/// What it costs to take a side: an answer contradicted, an assumption dropped, or nothing.
fn price(flow: &Flow, given: &Given, question: QuestionIx, side: Answer) -> Cost {
    let Some(answer) = given.answer(question) else { return (0, 0) };
    let question = flow.question(question);
    let is_closed = question.side(answer).is_some_and(|open| Some(open) != question.side(side));
    match answer {
        _ if !is_closed => (0, 0),
        Answer::Unsure => (0, 1),
        Answer::Yes | Answer::No => (1, 0),
    }
}

//! What speaks against an outcome: the fewest answers that would have to be different for the walk to get there.
//!
//! A shortest path from the start, in which a side that the answer leaves costs nothing, a side that *not sure* was
//! taken to close costs little, and a side that a yes or no closes costs one; of paths that cost the same, the one with the fewest
//! questions that nobody answered: it leaves the walk where it left the cause. On a DAG one pass in order finds them all.

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

/// A path's cost: contradicted answers first, assumptions second, questions without an answer last.
type Cost = (u32, u32, u32);

/// Finds what speaks against each of some outcomes; nothing for one that no path reaches.
pub fn contradictions(flow: &Flow, given: &Given, outcomes: &[OutcomeIx]) -> Vec<Option<Contradiction>> {
    const FAR: Cost = (u32::MAX, u32::MAX, u32::MAX);
    let mut question_cost = vec![FAR; flow.questions().len()];
    let mut outcome_cost = vec![FAR; flow.outcomes().len()];
    let mut question_from = vec![None; flow.questions().len()];
    let mut outcome_from = vec![None; flow.outcomes().len()];
    question_cost[flow.start().index()] = (0, 0, 0);
    for &at in flow.order() {
        let cost = question_cost[at.index()];
        if cost == FAR {
            continue;
        }
        for side in [Answer::Yes, Answer::No] {
            let extra = price(flow, given, at, side);
            let through = (cost.0 + extra.0, cost.1 + extra.1, cost.2 + extra.2);
            let (known, from) = match flow.question(at).side(side).expect("yes and no lead somewhere") {
                Target::Ask(to) => (&mut question_cost[to.index()], &mut question_from[to.index()]),
                Target::End(to) => (&mut outcome_cost[to.index()], &mut outcome_from[to.index()]),
            };
            // Of equal ones the later way in.
            if through <= *known {
                *known = through;
                *from = Some((at, (extra.0, extra.1) != (0, 0)));
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

/// What it costs to take a side: an answer contradicted, an assumption dropped, an answer that nobody gave, or nothing.
fn price(flow: &Flow, given: &Given, question: QuestionIx, side: Answer) -> Cost {
    let Some(answer) = given.answer(question) else { return (0, 0, 1) };
    let question = flow.question(question);
    let is_closed = question.side(answer).is_some_and(|open| Some(open) != question.side(side));
    match answer {
        _ if !is_closed => (0, 0, 0),
        Answer::Unsure => (0, 1, 0),
        Answer::Yes | Answer::No => (1, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
    use crate::source::Source;

    #[test]
    fn of_equal_ones_the_answer_that_closed_the_way_is_named() {
        let text = r#"(
            format: 1, id: "lamp",
            error: (code: "E", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
            causes: {
                "bulb": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
                "plug": (title: "t", why: "w", likelihood: Rare, fix: ["do"]),
                "fuse": (title: "t", why: "w", likelihood: Rare, fix: ["do"]),
            },
            steps: {"do": (title: "t", text: "t", effort: Minutes, risk: Safe)},
            start: "first",
            questions: {
                "first": (ask: "a?", yes: Ask("second"), no: Ask("other")),
                "second": (ask: "b?", yes: Cause("bulb"), no: Cause("plug")),
                "other": (ask: "c?", yes: Cause("bulb"), no: Cause("fuse")),
            },
        )"#;
        let flow = read(&Source::new("lamp.ron", text)).expect("a good flow");
        let ix = |id: &str| flow.find_question(id).expect("it is there");
        let mut given = Given::nothing(&flow);
        let bulb = [flow.find_cause("bulb").expect("it is there").into()];
        let against =
            |given: &Given| contradictions(&flow, given, &bulb)[0].clone().expect("a way leads there").questions;
        given.set_answer(ix("first"), Answer::Yes);
        assert_eq!(against(&given), []);
        given.set_answer(ix("second"), Answer::No);
        assert_eq!(against(&given), [ix("second")]);
        // One more answer against the other way, and it costs more.
        given.set_answer(ix("other"), Answer::No);
        assert_eq!(against(&given), [ix("second")]);
        given.set_answer(ix("other"), Answer::Yes);
        given.set_answer(ix("first"), Answer::No);
        given.set_answer(ix("other"), Answer::No);
        assert_eq!(against(&given), [ix("other")]);
    }
}

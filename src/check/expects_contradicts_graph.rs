//! What a cause expects must not be what the graph excludes: one of the two is wrong.

use crate::diag::{Code, named};
use crate::flow::{Answer, Expected, Flow, Place, Problem};
use crate::graph::{Reach, truths};

pub(super) fn check(flow: &Flow) -> Vec<Problem> {
    if flow.causes().iter().all(|cause| cause.expects.is_empty()) {
        return Vec::new();
    }
    let reach = Reach::of(flow);
    let truths = truths(flow, &reach);
    let mut problems = Vec::new();
    for cause in flow.cause_ixs() {
        let facts = flow.cause(cause);
        for (n, &(question, expected)) in facts.expects.iter().enumerate() {
            let says = match (truths.answer(cause, question), expected) {
                (Some(Answer::Yes), Expected::No) => Answer::Yes,
                (Some(Answer::No), Expected::Yes) => Answer::No,
                _ => continue,
            };
            let (cause_id, question_id) = (named(&facts.id), named(&flow.question(question).id));
            let place = Place::top().field("causes").item(cause.index()).field("expects").item(n);
            let message = format!("{cause_id} expects {expected} at {question_id}, where only {says} leads to it");
            problems.push(
                Problem::new(Code::ExpectsContradictsGraph, place, message)
                    .label("this answer rules the cause out")
                    .help("delete it if the graph is right, or let the other answer lead to the cause too".to_owned()),
            );
        }
    }
    problems
}

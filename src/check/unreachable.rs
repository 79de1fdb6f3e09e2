//! Every question and every cause must be reached by some answers, or it is written for nobody.

use crate::diag::{Code, named};
use crate::flow::{Flow, Place, Problem, Target};
use crate::graph::Ways;

pub(super) fn questions(flow: &Flow) -> Vec<Problem> {
    let mut is_reached = vec![false; flow.questions().len()];
    is_reached[flow.start().index()] = true;
    for &from in flow.order() {
        if is_reached[from.index()] {
            let question = flow.question(from);
            for target in [question.yes, question.no] {
                if let Target::Ask(to) = target {
                    is_reached[to.index()] = true;
                }
            }
        }
    }
    let unreached = flow.question_ixs().filter(|question| !is_reached[question.index()]);
    unreached
        .map(|question| {
            let id = &flow.question(question).id;
            let place = Place::top().field("questions").item(question.index()).name();
            Problem::new(Code::UnreachableQuestion, place, format!("no answers lead to the question {}", named(id)))
                .help(format!("let an answer lead to it with {}, or delete it", named(&format!("Ask(\"{id}\")"))))
        })
        .collect()
}

pub(super) fn causes(flow: &Flow, ways: &Ways<'_>) -> Vec<Problem> {
    // What a walk passes without asking hides no outcome: both its sides hold the same.
    let unreached = flow.cause_ixs().filter(|&cause| ways.distance(Target::End(cause.into())).is_none());
    unreached
        .map(|cause| {
            let id = &flow.cause(cause).id;
            let place = Place::top().field("causes").item(cause.index()).name();
            Problem::new(Code::UnreachableCause, place, format!("no answers lead to the cause {}", named(id)))
                .help(format!("let an answer end at it with {}, or delete it", named(&format!("Cause(\"{id}\")"))))
        })
        .collect()
}

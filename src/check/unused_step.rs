//! Every step has its place: in finding an answer out, in a fix, or in keeping a cause from coming back.

use crate::diag::{Code, named};
use crate::flow::{Flow, Place, Problem};

pub(super) fn check(flow: &Flow) -> Vec<Problem> {
    let mut is_used = vec![false; flow.steps().len()];
    let find_out = flow.questions().iter().flat_map(|question| &question.find_out);
    let fixes = flow.causes().iter().flat_map(|cause| cause.fix.iter().chain(&cause.prevent));
    for step in find_out.chain(fixes) {
        is_used[step.index()] = true;
    }
    let unused = flow.steps().iter().zip(is_used).enumerate().filter(|(_, (_, is_used))| !is_used);
    unused
        .map(|(n, (step, _))| {
            let place = Place::top().field("steps").item(n).name();
            Problem::new(Code::UnusedStep, place, format!("nothing uses the step {}", named(&step.id)))
                .help("name it in a `find_out`, a `fix` or a `prevent`, or delete it".to_owned())
        })
        .collect()
}

//! Whoever is told to do what others notice, or what cannot be undone, must know it before.

use crate::diag::{Code, named};
use crate::flow::{Place, Problem, Risk, Step};

pub(super) fn check(n: usize, step: &Step) -> Option<Problem> {
    let (harm, help) = match step.risk {
        Risk::Safe => return None,
        Risk::Disruptive => ("others may notice", "say in `warning` who is disturbed, for how long, and when to do it"),
        Risk::Irreversible => ("it cannot be undone", "say in `warning` what is lost, and what to save before"),
    };
    step.warning.is_none().then(|| {
        let place = Place::top().field("steps").item(n).field("risk");
        Problem::new(Code::UnwarnedRisk, place, format!("the step {} has no `warning`", named(&step.id)))
            .label(harm)
            .help(help.to_owned())
    })
}

//! A question must separate something: its two sides lead to different outcomes.

use crate::diag::{Code, named};
use crate::flow::{Flow, Place, Problem};
use crate::graph::Reach;

/// As many causes are named.
const MAX_NAMED: usize = 4;

pub(super) fn check(flow: &Flow, reach: &Reach<'_>) -> Vec<Problem> {
    let is_useless = |question: &crate::flow::Question| reach.outcomes(question.yes) == reach.outcomes(question.no);
    let useless = flow.questions().iter().enumerate().filter(|(_, question)| is_useless(question));
    useless
        .map(|(n, question)| {
            let causes = reach.causes(question.yes);
            let names: Vec<_> = causes.iter().take(MAX_NAMED).map(|&cause| named(&flow.cause(cause).id)).collect();
            let label = match causes.len() {
                0 => String::new(),
                few if few <= MAX_NAMED => format!("yes and no: {}", names.join(", ")),
                many => format!("yes and no: {} and {} more causes", names.join(", "), many - MAX_NAMED),
            };
            let place = Place::top().field("questions").item(n).name();
            let message = format!("both answers of {} lead to the same outcomes", named(&question.id));
            Problem::new(Code::UselessQuestion, place, message)
                .label(label)
                .help("ask what tells them apart, or leave the question out".to_owned())
        })
        .collect()
}

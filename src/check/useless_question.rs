//! A question must separate something: its two sides lead to different outcomes.

use crate::diag::Code;
use crate::flow::{Flow, Place, Problem};
use crate::graph::Reach;

pub(super) fn check(flow: &Flow, reach: &Reach<'_>) -> Vec<Problem> {
    let is_useless = |question: &crate::flow::Question| reach.outcomes(question.yes) == reach.outcomes(question.no);
    let useless = flow.questions().iter().enumerate().filter(|(_, question)| is_useless(question));
    useless
        .map(|(n, question)| {
            let causes: Vec<_> =
                reach.causes(question.yes).iter().map(|&cause| format!("`{}`", flow.cause(cause).id)).collect();
            let place = Place::top().field("questions").item(n).name();
            let message = format!("both answers of `{}` lead to the same outcomes", question.id);
            Problem::new(Code::UselessQuestion, place, message)
                .label(if causes.is_empty() { String::new() } else { format!("yes and no: {}", causes.join(", ")) })
                .help("ask what tells them apart, or leave the question out".to_owned())
        })
        .collect()
}

//! A question must separate something: its two sides lead to different outcomes.

use super::words;
use crate::diag::{Code, named};
use crate::flow::{Flow, Place, Problem, QuestionIx, Target};
use crate::graph::{Reach, Ways};

/// As many causes are named.
const MAX_NAMED: usize = 4;

pub(super) fn check<'a>(flow: &'a Flow, reach: &Reach<'_>, ways: impl FnOnce() -> Ways<'a>) -> Vec<Problem> {
    let is_useless = |question: &crate::flow::Question| reach.is_same(question.yes, question.no);
    let useless: Vec<QuestionIx> = flow.question_ixs().filter(|&ix| is_useless(flow.question(ix))).collect();
    if useless.is_empty() {
        return Vec::new();
    }
    let ways = ways();
    useless
        .into_iter()
        .map(|ix| {
            let question = flow.question(ix);
            let causes = reach.causes(question.yes);
            let names: Vec<_> = causes.iter().take(MAX_NAMED).map(|&cause| named(&flow.cause(cause).id)).collect();
            let label = match causes.len() {
                0 => String::new(),
                few if few <= MAX_NAMED => format!("yes and no: {}", names.join(", ")),
                many => format!("yes and no: {} and {} more causes", names.join(", "), many - MAX_NAMED),
            };
            let place = Place::top().field("questions").item(ix.index()).name();
            let message = format!("both answers of {} lead to the same outcomes", named(&question.id));
            Problem::new(Code::UselessQuestion, place, message)
                .label(label)
                .way(words(flow, &ways.shortest(Target::Ask(ix)).unwrap_or_default()))
                .help("ask what tells them apart, or leave the question out".to_owned())
        })
        .collect()
}

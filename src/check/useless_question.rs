//! A question must separate something: its two sides lead to different outcomes.

use super::words;
use crate::diag::{Code, named};
use crate::flow::{Flow, Place, Problem, QuestionIx, Target};
use crate::graph::{Given, Open, Ranking, Ways};

/// As many causes are named.
const MAX_NAMED: usize = 4;

/// As many findings name what both answers lead to, and the way there: to find them costs a pass over the flow each.
const MOST_SHOWN: usize = 100;

pub(super) fn check(flow: &Flow, ranking: &Ranking, ways: &Ways<'_>) -> Vec<Problem> {
    let useless: Vec<QuestionIx> = flow.question_ixs().filter(|&ix| !ways.is_asked(ix)).collect();
    if useless.is_empty() {
        return Vec::new();
    }
    let open = Open::of(flow, ranking, Given::nothing(flow));
    useless
        .into_iter()
        .enumerate()
        .map(|(n, ix)| {
            let question = flow.question(ix);
            let (causes, way) = if n < MOST_SHOWN {
                (open.outcomes(question.yes).causes(flow), ways.shortest(Target::Ask(ix)).unwrap_or_default())
            } else {
                (Vec::new(), Vec::new())
            };
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
                .way(words(flow, &way))
                .help("ask what tells them apart, or leave the question out".to_owned())
        })
        .collect()
}

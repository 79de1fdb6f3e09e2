//! A question of more than 25 words is read twice on a screen and lost on the telephone.

use super::words::words;
use crate::diag::{Code, named};
use crate::flow::{Place, Problem, Question};

/// Most words of a question.
const MOST: usize = 25;

pub(super) fn check(n: usize, question: &Question) -> Option<Problem> {
    let count = words(&question.ask).count();
    (count > MOST).then(|| {
        let place = Place::top().field("questions").item(n).field("ask");
        Problem::new(Code::LongQuestion, place, format!("the question {} has {count} words", named(&question.id)))
            .label(format!("{MOST} at most"))
            .help("ask for the one fact; the way to it belongs in `find_out`, the reason into `why`".to_owned())
    })
}

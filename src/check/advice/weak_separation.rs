//! The last question between two causes decides between them alone: a bare one is a guess with two buttons.
//!
//! Each two causes are told apart by some question (the proof stands in `check`), so what can be weak is the question: its yes and
//! its no end at two causes, and it says neither how to find out (`find_out`) nor what the answer tells (`why`, `agent`). Where
//! the author names the two under `inseparable`, he has said so himself.

use crate::diag::{Code, named};
use crate::flow::{CauseIx, Flow, Outcome, Place, Problem, Question, Target};

pub(super) fn check(flow: &Flow, n: usize, question: &Question) -> Option<Problem> {
    let (yes, no) = (cause_at(flow, question.yes)?, cause_at(flow, question.no)?);
    let is_bare = question.find_out.is_empty() && question.why.is_none() && question.agent.is_none();
    let is_named = || flow.inseparable().iter().any(|group| group.causes.contains(&yes) && group.causes.contains(&no));
    (yes != no && is_bare && !is_named()).then(|| {
        let place = Place::top().field("questions").item(n).name();
        let (yes, no) = (named(&flow.cause(yes).id), named(&flow.cause(no).id));
        let message = format!("only the bare question {} tells {yes} and {no} apart", named(&question.id));
        Problem::new(Code::WeakSeparation, place, message)
            .help("say in `find_out` where to look, or in `why` what the answer tells; name the two under `inseparable` if nothing does".to_owned())
    })
}

fn cause_at(flow: &Flow, target: Target) -> Option<CauseIx> {
    match target {
        Target::End(outcome) => match flow.outcome(outcome) {
            Outcome::Cause(cause) => Some(*cause),
            Outcome::HandOff(_) | Outcome::Escalate(_) => None,
        },
        Target::Ask(_) => None,
    }
}

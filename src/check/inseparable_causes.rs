//! Each two causes must be told apart by some question, or be named as inseparable with the reason.

use crate::diag::{Code, named};
use crate::flow::{CauseIx, Flow, Place, Problem};
use crate::graph::Reach;

/// As many causes are named with one that nothing tells from them.
const MAX_NAMED: usize = 3;

/// Which causes are told apart from which, or named as inseparable: a row of bits for each cause. One of the two rows
/// of a pair is enough.
struct Apart {
    words: usize,
    bits: Vec<u64>,
}

impl Apart {
    fn row_of(&self, causes: &[CauseIx]) -> Vec<u64> {
        let mut row = vec![0; self.words];
        causes.iter().for_each(|cause| row[cause.index() / 64] |= 1 << (cause.index() % 64));
        row
    }

    fn set(&mut self, few: &[CauseIx], many: &[CauseIx]) {
        let row = self.row_of(many);
        for cause in few {
            let into = &mut self.bits[cause.index() * self.words..][..self.words];
            into.iter_mut().zip(&row).for_each(|(into, word)| *into |= word);
        }
    }

    fn has(&self, a: CauseIx, b: CauseIx) -> bool {
        let bit = |a: CauseIx, b: CauseIx| self.bits[a.index() * self.words + b.index() / 64] >> (b.index() % 64) & 1;
        bit(a, b) == 1 || bit(b, a) == 1
    }
}

/// A question tells two causes apart if one is found only on its yes side and the other only on its no side.
pub(super) fn check(flow: &Flow, reach: &Reach<'_>) -> Vec<Problem> {
    let count = flow.causes().len();
    let words = count.div_ceil(64);
    let mut apart = Apart { words, bits: vec![0; count * words] };
    for question in flow.questions() {
        let (yes, no) = (reach.outcomes(question.yes), reach.outcomes(question.no));
        let only_yes: Vec<CauseIx> = yes.causes(flow).into_iter().filter(|&cause| !no.contains(cause)).collect();
        let only_no: Vec<CauseIx> = no.causes(flow).into_iter().filter(|&cause| !yes.contains(cause)).collect();
        if only_yes.len() < only_no.len() { apart.set(&only_yes, &only_no) } else { apart.set(&only_no, &only_yes) }
    }
    flow.inseparable().iter().for_each(|group| apart.set(&group.causes, &group.causes));

    let reached = reach.all().causes(flow);
    let mut problems = Vec::new();
    for (n, &cause) in reached.iter().enumerate() {
        let others: Vec<CauseIx> = reached[..n].iter().copied().filter(|&other| !apart.has(other, cause)).collect();
        if !others.is_empty() {
            problems.push(problem(flow, cause, &others));
        }
    }
    problems
}

fn problem(flow: &Flow, cause: CauseIx, others: &[CauseIx]) -> Problem {
    let id = |cause: CauseIx| flow.cause(cause).id.as_str();
    let place = |cause: CauseIx| Place::top().field("causes").item(cause.index()).name();
    let (shown, more) = others.split_at(others.len().min(MAX_NAMED));
    let mut names = shown.iter().map(|&other| named(id(other))).collect::<Vec<_>>().join(", ");
    if !more.is_empty() {
        names.push_str(&format!(" and {} more", more.len()));
    }
    let message = format!("no question tells {} from {names}", named(id(cause)));
    let mut problem = Problem::new(Code::InseparableCauses, place(cause), message);
    for &other in shown {
        problem = problem.related(place(other), if others.len() == 1 { "the other one" } else { "one of the others" });
    }
    let group = format!("[\"{}\", \"{}\"]", id(others[0]), id(cause));
    problem.help(format!(
        "ask for a fact that is there for one of them only, or write `inseparable: [(causes: {}, why: \"…\")]`",
        named(&group).trim_matches('`')
    ))
}

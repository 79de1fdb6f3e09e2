//! Each two causes must be told apart by some question, or be named as inseparable with the reason.

use crate::diag::Code;
use crate::flow::{CauseIx, Flow, Place, Problem};
use crate::graph::Reach;

/// A question tells two causes apart if one is found only on its yes side and the other only on its no side.
pub(super) fn check(flow: &Flow, reach: &Reach<'_>) -> Vec<Problem> {
    let count = flow.causes().len();
    let words = count.div_ceil(64);
    let mut apart = vec![0_u64; count * words];
    for question in flow.questions() {
        let (yes, no) = (reach.outcomes(question.yes), reach.outcomes(question.no));
        let only_yes: Vec<CauseIx> = yes.causes(flow).into_iter().filter(|&cause| !no.contains(cause)).collect();
        let only_no: Vec<CauseIx> = no.causes(flow).into_iter().filter(|&cause| !yes.contains(cause)).collect();
        let (few, many) = if only_yes.len() < only_no.len() { (only_yes, only_no) } else { (only_no, only_yes) };
        let mut row = vec![0_u64; words];
        for cause in many {
            row[cause.index() / 64] |= 1 << (cause.index() % 64);
        }
        for cause in few {
            let into = &mut apart[cause.index() * words..][..words];
            into.iter_mut().zip(&row).for_each(|(into, word)| *into |= word);
        }
    }
    let is_apart = |a: CauseIx, b: CauseIx| apart[a.index() * words + b.index() / 64] >> (b.index() % 64) & 1 == 1;
    let is_named = |a: &CauseIx, b: &CauseIx| {
        flow.inseparable().iter().any(|group| group.causes.contains(a) && group.causes.contains(b))
    };
    let reached = reach.all().causes(flow);
    let mut problems = Vec::new();
    for (n, &a) in reached.iter().enumerate() {
        for &b in &reached[n + 1..] {
            if !is_apart(a, b) && !is_apart(b, a) && !is_named(&a, &b) {
                let (first, second) = (&flow.cause(a).id, &flow.cause(b).id);
                let name = |cause: CauseIx| Place::top().field("causes").item(cause.index()).name();
                problems.push(
                    Problem::new(
                        Code::InseparableCauses,
                        name(b),
                        format!("no question tells `{second}` from `{first}`"),
                    )
                    .related(name(a), "the other one")
                    .help(format!(
                        "ask for a fact that is there for one of them only, or write \
                             `inseparable: [(causes: [\"{first}\", \"{second}\"], why: \"…\")]`"
                    )),
                );
            }
        }
    }
    problems
}

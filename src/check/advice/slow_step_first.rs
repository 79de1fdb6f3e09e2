//! A step of days before one of minutes: what might help at once waits for somebody else.
//!
//! The last steps of a fix test and run the failed thing again: they can come nowhere else, whatever they take. Those are the last
//! one, and before it those that other fixes have, too.

use crate::diag::{Code, named};
use crate::flow::{Cause, Effort, Flow, Place, Problem};

pub(super) fn check(flow: &Flow, n: usize, cause: &Cause) -> Option<Problem> {
    let is_shared =
        |step| flow.causes().iter().enumerate().any(|(other, cause)| other != n && cause.fix.contains(step));
    let (_, steps) = cause.fix.split_last()?;
    let own = steps.iter().rposition(|step| !is_shared(step))? + 1;
    let steps = &steps[..own];
    let takes = |effort: Effort| move |&step: &crate::flow::StepIx| flow.step(step).effort == effort;
    let slow = steps.iter().position(takes(Effort::Days))?;
    let quick = slow + steps[slow..].iter().position(takes(Effort::Minutes))?;
    let (slow_id, quick_id) = (named(&flow.step(steps[slow]).id), named(&flow.step(steps[quick]).id));
    let place = |step| Place::top().field("causes").item(n).field("fix").item(step);
    Some(
        Problem::new(Code::SlowStepFirst, place(slow), format!("{slow_id} takes days and comes before {quick_id}"))
            .label("days")
            .related(place(quick), "minutes")
            .help(format!("do {quick_id} first; where it needs {slow_id}, join the two to one step")),
    )
}

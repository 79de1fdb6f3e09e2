//! A step of days before one of minutes: what might help at once waits for somebody else.
//!
//! The last step of a fix runs the failed thing again: it can come nowhere else, whatever it takes.

use crate::diag::{Code, named};
use crate::flow::{Cause, Effort, Flow, Place, Problem};

pub(super) fn check(flow: &Flow, n: usize, cause: &Cause) -> Option<Problem> {
    let (_, steps) = cause.fix.split_last()?;
    let takes = |effort: Effort| move |&step: &crate::flow::StepIx| flow.step(step).effort == effort;
    let slow = steps.iter().position(takes(Effort::Days))?;
    let quick = slow + steps[slow..].iter().position(takes(Effort::Minutes))?;
    let (slow_id, quick_id) = (named(&flow.step(steps[slow]).id), named(&flow.step(steps[quick]).id));
    let place = |step| Place::top().field("causes").item(n).field("fix").item(step);
    Some(
        Problem::new(Code::SlowStepFirst, place(slow), format!("{slow_id} takes days and comes before {quick_id}"))
            .label("days")
            .related(place(quick), "minutes")
            .help("do first what takes minutes; where the one needs the other, join them to one step".to_owned()),
    )
}

//! After a fix the walk asks whether it worked; without a word on what to see, nobody knows.
//!
//! The cause's own `verify` says it, or a step of the fix with a `look_for`.

use crate::diag::{Code, named};
use crate::flow::{Cause, Flow, Place, Problem};

pub(super) fn check(flow: &Flow, n: usize, cause: &Cause) -> Option<Problem> {
    let is_seen = cause.verify.is_some() || cause.fix.iter().any(|&step| flow.step(step).look_for.is_some());
    (!is_seen && !cause.fix.is_empty()).then(|| {
        let place = Place::top().field("causes").item(n).field("fix");
        Problem::new(Code::UnverifiedFix, place, format!("nothing says how to see that {} is fixed", named(&cause.id)))
            .help("write in `verify` what a person sees when it worked".to_owned())
    })
}

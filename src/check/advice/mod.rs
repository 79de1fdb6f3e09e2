//! What a good editor would ask for: the rules that warn, one file a rule.
//!
//! The file can be walked as it is; whoever walks it would be better off otherwise. There is no way to silence a rule in
//! a file, so each says in its first lines where it keeps quiet: a warning that is wrong costs more than one that is missing.

mod future_date;
mod internal_note;
mod long_question;
mod slow_step_first;
mod stale_source;
mod two_facts;
mod unexplained_jargon;
mod unverified_fix;
mod unwarned_risk;
mod weak_separation;
mod words;

use jiff::civil::Date;

use crate::flow::{Flow, Problem, Step};

/// Runs every rule that warns, on a flow of which no part was made up. The day is that of the check.
pub fn advise(flow: &Flow, today: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    problems.extend(stale_source::check(flow, today));
    problems.extend(future_date::check(flow, today));
    for (n, cause) in flow.causes().iter().enumerate() {
        problems.extend(unverified_fix::check(flow, n, cause));
        problems.extend(slow_step_first::check(flow, n, cause));
    }
    problems.extend(advise_steps(flow.steps()));
    for ix in flow.question_ixs() {
        let (n, question) = (ix.index(), flow.question(ix));
        problems.extend(long_question::check(n, question));
        problems.extend(two_facts::check(n, question));
        problems.extend(unexplained_jargon::check(n, question));
        problems.extend(internal_note::check(n, question));
        problems.extend(weak_separation::check(flow, n, question));
    }
    problems
}

/// Runs every rule that warns and looks at a step alone: on those of a flow, or of a file of shared ones.
pub fn advise_steps(steps: &[Step]) -> Vec<Problem> {
    steps.iter().enumerate().filter_map(|(n, step)| unwarned_risk::check(n, step)).collect()
}

#[cfg(test)]
mod tests;

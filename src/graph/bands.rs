//! The bands as numbers: the one table that turns an author's words into weights and minutes.
//!
//! | word | counts as |
//! |---|---|
//! | `Common`, `Occasional`, `Rare` | weight 9, 3, 1 |
//! | a step of `Minutes`, `Hours`, `Days` | 5, 120, 960 minutes |
//! | a question without steps to find it out | 1 minute |
//! | a question with such steps | the sum of the steps |
//! | a fix | the sum of its steps |
//! | a hand-off, an escalation | the weight of a rare cause, no minutes |
//!
//! The numbers are coarse on purpose: authors give bands, never probabilities. What matters is their ratio: a band of likelihood
//! is three times the next, two hours are a morning's work with interruptions, a day is two working days of eight hours,
//! because whoever else has to act does not act at once.

use crate::flow::{CauseIx, Effort, Flow, Likelihood, QuestionIx, StepIx};

/// Minutes of a question that nothing has to be looked up for.
pub const BARE_QUESTION: u32 = 1;

/// The weight of a hand-off or an escalation.
pub const ELSEWHERE: u32 = weight(Likelihood::Rare);

/// Returns the weight of a likelihood.
pub const fn weight(likelihood: Likelihood) -> u32 {
    match likelihood {
        Likelihood::Common => 9,
        Likelihood::Occasional => 3,
        Likelihood::Rare => 1,
    }
}

/// Returns the minutes of a step's effort.
pub const fn minutes(effort: Effort) -> u32 {
    match effort {
        Effort::Minutes => 5,
        Effort::Hours => 120,
        Effort::Days => 960,
    }
}

/// Returns the minutes of a question.
pub fn question_minutes(flow: &Flow, question: QuestionIx) -> u32 {
    match flow.question(question).find_out.as_slice() {
        [] => BARE_QUESTION,
        steps => sum(flow, steps),
    }
}

/// Returns the minutes of a cause's fix.
pub fn fix_minutes(flow: &Flow, cause: CauseIx) -> u32 {
    sum(flow, &flow.cause(cause).fix)
}

fn sum(flow: &Flow, steps: &[StepIx]) -> u32 {
    steps.iter().map(|&step| minutes(flow.step(step).effort)).fold(0, u32::saturating_add)
}

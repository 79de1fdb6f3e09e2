//! A flow as numbers: its outcomes and questions as an instance, and the way back from numbers to names.

use super::{Instance, Query, RightFix, Set, Suspect};
use crate::flow::{Answer, Expected, Flow, Outcome, OutcomeIx, QuestionIx};
use crate::graph::{Reach, Truths, bands, truths};

/// Holds a flow as numbers. Question `n` of the instance is question `n` of the flow.
#[derive(Debug)]
pub struct Measured<'a> {
    flow: &'a Flow,
    instance: Instance,
    /// The outcomes that some answers lead to, in the order of the flow; the instance's are the same.
    outcomes: Vec<OutcomeIx>,
    questions: Vec<QuestionIx>,
}

/// Says that a flow has more outcomes than sets can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the flow has {0} outcomes; at most {most} can be analyzed", most = Set::MOST)]
pub struct TooManyOutcomes(pub usize);

impl<'a> Measured<'a> {
    /// Measures a flow. What no answers lead to is left out.
    pub fn of(flow: &'a Flow) -> Result<Self, TooManyOutcomes> {
        let reach = Reach::of(flow);
        let outcomes = reach.all().outcomes(flow);
        if outcomes.len() > Set::MOST {
            return Err(TooManyOutcomes(outcomes.len()));
        }
        let truths = truths(flow, &reach);
        let suspects = outcomes.iter().map(|&outcome| suspect(flow, outcome));
        let questions: Vec<QuestionIx> = flow.question_ixs().collect();
        let queries = questions.iter().map(|&question| {
            let who = |says| {
                let says_so = |&n: &usize| answer(flow, &truths, outcomes[n], question) == Some(says);
                (0..outcomes.len()).filter(says_so).collect()
            };
            let minutes = f64::from(bands::question_minutes(flow, question));
            Query { minutes, yes: who(Answer::Yes), no: who(Answer::No) }
        });
        let instance =
            Instance { outcomes: suspects.collect(), questions: queries.collect(), right_fix: RightFix::Ahead };
        Ok(Self { flow, instance, outcomes, questions })
    }

    /// Returns the flow.
    pub fn flow(&self) -> &'a Flow {
        self.flow
    }

    /// Returns the numbers.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Returns an outcome of the instance as the flow names it.
    pub fn outcome(&self, n: usize) -> OutcomeIx {
        self.outcomes[n]
    }

    /// Returns a question of the instance as the flow names it.
    pub fn question(&self, n: usize) -> QuestionIx {
        self.questions[n]
    }

    /// Returns the place of an outcome in the instance; nothing for one that no answers lead to.
    pub fn find(&self, outcome: OutcomeIx) -> Option<usize> {
        self.outcomes.binary_search(&outcome).ok()
    }
}

fn suspect(flow: &Flow, outcome: OutcomeIx) -> Suspect {
    match flow.outcome(outcome) {
        Outcome::Cause(cause) => Suspect {
            weight: f64::from(bands::weight(flow.cause(*cause).likelihood)),
            fix: Some(f64::from(bands::fix_minutes(flow, *cause))),
        },
        Outcome::HandOff(_) | Outcome::Escalate(_) => Suspect { weight: f64::from(bands::ELSEWHERE), fix: None },
    }
}

/// What an outcome answers: as its author expects, else as the graph says.
fn answer(flow: &Flow, truths: &Truths<'_>, outcome: OutcomeIx, question: QuestionIx) -> Option<Answer> {
    let by_graph = truths.answer(outcome, question);
    let Outcome::Cause(cause) = flow.outcome(outcome) else { return by_graph };
    let expected = flow.cause(*cause).expects.iter().find(|(expects, _)| *expects == question);
    by_graph.or(expected.map(|(_, expected)| match expected {
        Expected::Yes => Answer::Yes,
        Expected::No => Answer::No,
    }))
}

//! The rank of outcomes, and which side of a question is the more promising one.

use crate::flow::{CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, Target};

/// Ranks the outcomes of a flow: causes by likelihood, then by the effort of their fix, then in the order of the
/// file; after them hand-offs, then escalations. Answers do not change it, so the order of a walk is stable.
#[derive(Debug, Clone)]
pub struct Ranking {
    rank: Vec<u32>,
    sides: Vec<[Target; 2]>,
}

impl Ranking {
    /// Ranks the outcomes of a flow.
    pub fn of(flow: &Flow) -> Self {
        let mut sorted: Vec<OutcomeIx> = flow.outcome_ixs().collect();
        sorted.sort_by_key(|&ix| match flow.outcome(ix) {
            Outcome::Cause(cause) => {
                let cause = flow.cause(*cause);
                (0, Some((cause.likelihood, cause.effort)), ix)
            }
            Outcome::HandOff(_) => (1, None, ix),
            Outcome::Escalate(_) => (2, None, ix),
        });
        let mut rank = vec![0; sorted.len()];
        for (ix, place) in sorted.into_iter().zip(0..) {
            rank[ix.index()] = place;
        }
        let mut best = vec![u32::MAX; flow.questions().len()];
        let mut sides: Vec<[Target; 2]> = flow.questions().iter().map(|question| [question.yes, question.no]).collect();
        for &ix in flow.order().iter().rev() {
            let [yes, no] = sides[ix.index()].map(|side| match side {
                Target::Ask(question) => best[question.index()],
                Target::End(outcome) => rank[outcome.index()],
            });
            best[ix.index()] = yes.min(no);
            if no < yes {
                sides[ix.index()].reverse();
            }
        }
        Self { rank, sides }
    }

    /// Returns the rank of an outcome; 0 is the most promising.
    pub fn rank(&self, outcome: impl Into<OutcomeIx>) -> u32 {
        self.rank[outcome.into().index()]
    }

    /// Sorts causes, the most promising first.
    pub fn sort(&self, causes: &mut [CauseIx]) {
        causes.sort_by_key(|&cause| self.rank(cause));
    }

    /// Returns the two sides of a question, the more promising one first: the one with the better best outcome, and
    /// yes where both have the same.
    pub fn sides(&self, question: QuestionIx) -> [Target; 2] {
        self.sides[question.index()]
    }
}

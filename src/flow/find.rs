//! Finding: from an id to what it names in one flow.

use super::model::{CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, StepIx, narrow};

impl Flow {
    /// Returns the names of all steps, in the order of the file.
    pub fn step_ixs(&self) -> impl ExactSizeIterator<Item = StepIx> + use<> {
        (0..narrow(self.steps.len())).map(StepIx)
    }

    /// Finds a question by its id.
    pub fn find_question(&self, id: &str) -> Option<QuestionIx> {
        self.question_ixs().find(|&ix| self.question(ix).id == id)
    }

    /// Finds a cause by its id.
    pub fn find_cause(&self, id: &str) -> Option<CauseIx> {
        self.cause_ixs().find(|&ix| self.cause(ix).id == id)
    }

    /// Finds a step by its id.
    pub fn find_step(&self, id: &str) -> Option<StepIx> {
        self.step_ixs().find(|&ix| self.step(ix).id == id)
    }

    /// Finds the outcome that hands off to a flow.
    pub fn find_hand_off(&self, flow: &str) -> Option<OutcomeIx> {
        self.outcome_ixs().find(|&ix| matches!(self.outcome(ix), Outcome::HandOff(to) if to == flow))
    }
}

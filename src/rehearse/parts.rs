//! Parts: what of a flow a walk can touch, each with its name and its place in the file.

use super::Coverage;
use crate::flow::{Answer, CauseIx, Flow, Place, QuestionIx, StepIx};

/// Names a part of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A question.
    Question(QuestionIx),
    /// The yes or the no of a question.
    Branch(QuestionIx, Answer),
    /// A cause.
    Cause(CauseIx),
    /// A step.
    Step(StepIx),
}

impl Part {
    /// Returns the word for its kind.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::Branch(..) => "branch",
            Self::Cause(_) => "cause",
            Self::Step(_) => "step",
        }
    }

    /// Returns its id; of a branch, that of its question.
    pub fn id(self, flow: &Flow) -> &str {
        match self {
            Self::Question(question) | Self::Branch(question, _) => &flow.question(question).id,
            Self::Cause(cause) => &flow.cause(cause).id,
            Self::Step(step) => &flow.step(step).id,
        }
    }

    /// Returns the answer that a branch belongs to.
    pub fn answer(self) -> Option<Answer> {
        if let Self::Branch(_, side) = self { Some(side) } else { None }
    }

    /// Returns where it stands in the file.
    pub fn place(self) -> Place {
        let entry = |map: &'static str, n: usize| Place::top().field(map).item(n);
        match self {
            Self::Question(question) => entry("questions", question.index()).name(),
            Self::Branch(question, Answer::Yes) => entry("questions", question.index()).field("yes").name(),
            Self::Branch(question, _) => entry("questions", question.index()).field("no").name(),
            Self::Cause(cause) => entry("causes", cause.index()).name(),
            Self::Step(step) => entry("steps", step.index()).name(),
        }
    }
}

/// Returns what no walk has touched: causes, steps, then questions, each followed by its branches.
pub fn untouched(flow: &Flow, coverage: &Coverage) -> Vec<Part> {
    let causes = flow.cause_ixs().filter(|&cause| coverage.cause(cause) == 0).map(Part::Cause);
    let steps = flow.step_ixs().filter(|&step| coverage.step(step) == 0).map(Part::Step);
    let questions = flow.question_ixs().flat_map(|question| {
        let itself = (coverage.question(question) == 0).then_some(Part::Question(question));
        let sides = [Answer::Yes, Answer::No].into_iter();
        let sides = sides.filter(move |&side| coverage.branch(question, side) == 0);
        itself.into_iter().chain(sides.map(move |side| Part::Branch(question, side)))
    });
    causes.chain(steps).chain(questions).collect()
}

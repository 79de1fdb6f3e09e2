//! A leg: the part of a session that walks one flow.

use crate::flow::{Answer, CauseIx, Flow, OutcomeIx, QuestionIx, StepIx};
use crate::graph::{Given, Ranking};

use super::position;
use super::{Mark, Prompt};

/// Holds what is known on one flow of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    given: Given,
    /// The questions whose answers were known from the legs before when this one began.
    taken_over: Vec<QuestionIx>,
    asked: Vec<QuestionIx>,
    failed: Vec<CauseIx>,
    refused: Vec<OutcomeIx>,
    marks: Vec<(CauseIx, StepIx, Mark)>,
}

impl Leg {
    /// Nothing is known yet.
    pub fn new(flow: &Flow) -> Self {
        Self {
            given: Given::nothing(flow),
            taken_over: Vec::new(),
            asked: Vec::new(),
            failed: Vec::new(),
            refused: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// What the legs before know is known: the answer to each question that asks for a fact which one of them asked for. Of several
    /// the newest counts; *not sure* is no answer to take over. When one of them was on the same flow and the same text (`earlier`), all
    /// that it knows is known, and the walk does not leave again by the way it left.
    pub fn after(flow: &Flow, ranking: &Ranking, before: &[(&Flow, &Self)], earlier: Option<&Self>) -> Self {
        let mut leg = earlier.map_or_else(|| Self::new(flow), |earlier| earlier.again(flow, ranking));
        for question in flow.question_ixs() {
            let fact = flow.question(question).fact.as_deref();
            let Some(fact) = fact.filter(|_| leg.given.answer(question).is_none()) else { continue };
            let newest = before.iter().rev().find_map(|(flow, leg)| leg.fact(flow, fact));
            if let Some(answer @ (Answer::Yes | Answer::No)) = newest {
                leg.given.set_answer(question, answer);
                leg.taken_over.push(question);
            }
        }
        leg
    }

    fn again(&self, flow: &Flow, ranking: &Ranking) -> Self {
        let mut leg = Self { taken_over: self.answered().collect(), asked: Vec::new(), ..self.clone() };
        if let Prompt::HandOff(left_by) = position::position(flow, ranking, &leg) {
            leg.spend(left_by);
        }
        leg
    }

    /// Returns the answer to the question that asks for a fact; of copies of the question the one asked last counts.
    fn fact(&self, flow: &Flow, fact: &str) -> Option<Answer> {
        let asked = self.answered().filter(|&question| flow.question(question).fact.as_deref() == Some(fact));
        self.given.answer(asked.last()?)
    }

    /// These answers are known, and nothing else.
    pub fn with_answers(flow: &Flow, answers: &[(QuestionIx, Answer)]) -> Self {
        let mut leg = Self::new(flow);
        answers.iter().for_each(|&(question, answer)| leg.answer(question, answer));
        leg
    }

    /// Returns what would be known of another version of the flow: the answers to questions and the failed fixes of causes that it has too.
    #[must_use]
    pub fn carried(
        &self,
        to: &Flow,
        question: impl Fn(QuestionIx) -> Option<QuestionIx>,
        cause: impl Fn(CauseIx) -> Option<CauseIx>,
    ) -> Self {
        let answer = |&asked: &QuestionIx| Some((question(asked)?, self.given.answer(asked)?));
        let known: Vec<QuestionIx> = self.answered().collect();
        let mut leg = Self::with_answers(to, &known.iter().filter_map(answer).collect::<Vec<_>>());
        self.failed.iter().filter_map(|&failed| cause(failed)).for_each(|failed| leg.fail(failed));
        leg
    }

    /// Takes the answer to a question that was asked.
    pub fn answer(&mut self, question: QuestionIx, answer: Answer) {
        self.given.set_answer(question, answer);
        if !self.asked.contains(&question) {
            self.asked.push(question);
        }
    }

    /// Takes back to an earlier answer, or to none; `was_asked` tells whether that one was given on this leg.
    pub(super) fn take_back_answer(&mut self, question: QuestionIx, before: Option<Answer>, was_asked: bool) {
        self.given.set_answer(question, before);
        if !was_asked {
            self.asked.retain(|&asked| asked != question);
        }
    }

    /// Takes that the fix of a cause did not work.
    pub fn fail(&mut self, cause: CauseIx) {
        self.given.set_spent(cause, true);
        self.failed.push(cause);
    }

    /// Takes that an outcome was refused.
    pub fn spend(&mut self, outcome: OutcomeIx) {
        self.given.set_spent(outcome, true);
        self.refused.push(outcome);
    }

    /// Takes that what was refused was refused for other answers: it may be offered again. Returns what that is.
    pub(super) fn offer_again(&mut self) -> Vec<OutcomeIx> {
        let refused = std::mem::take(&mut self.refused);
        refused.iter().for_each(|&outcome| self.given.set_spent(outcome, false));
        refused
    }

    /// Takes back that an outcome is spent.
    pub(super) fn take_back_spent(&mut self, outcome: OutcomeIx) {
        self.given.set_spent(outcome, false);
        self.failed.retain(|&cause| OutcomeIx::from(cause) != outcome);
        self.refused.retain(|&refused| refused != outcome);
    }

    /// Takes what came of a step; the last word counts.
    pub(super) fn set_mark(&mut self, cause: CauseIx, step: StepIx, mark: impl Into<Option<Mark>>) {
        self.marks.retain(|&(c, s, _)| (c, s) != (cause, step));
        self.marks.extend(mark.into().map(|mark| (cause, step, mark)));
    }

    /// Returns the answers and what is spent.
    pub fn given(&self) -> &Given {
        &self.given
    }

    /// Returns the questions that were answered here, in the order in which they were first asked.
    pub fn asked(&self) -> &[QuestionIx] {
        &self.asked
    }

    /// Returns the questions that were not asked here because the legs before know the answer, in the order of the flow.
    pub fn taken_over(&self) -> impl Iterator<Item = QuestionIx> {
        self.taken_over.iter().copied().filter(|question| !self.asked.contains(question))
    }

    /// Returns all questions with an answer: those taken over, then those that were asked.
    pub fn answered(&self) -> impl Iterator<Item = QuestionIx> {
        self.taken_over().chain(self.asked.iter().copied())
    }

    /// Returns the causes whose fix failed, in the order in which they did.
    pub fn failed(&self) -> &[CauseIx] {
        &self.failed
    }

    /// Returns what came of a step of a fix, if anything yet.
    pub fn mark(&self, cause: CauseIx, step: StepIx) -> Option<Mark> {
        let is_it = |&&(c, s, _): &&(CauseIx, StepIx, Mark)| (c, s) == (cause, step);
        self.marks.iter().find(is_it).map(|&(_, _, mark)| mark)
    }

    /// Returns the first step of a fix that nothing came of yet.
    pub fn next_step(&self, flow: &Flow, cause: CauseIx) -> Option<StepIx> {
        flow.cause(cause).fix.iter().copied().find(|&step| self.mark(cause, step).is_none())
    }

    /// Tells whether each step of a fix was done already, for causes whose fixes failed: there is nothing new in it.
    pub fn has_tried(&self, flow: &Flow, cause: CauseIx) -> bool {
        let is_undone = |&failed: &CauseIx, step| matches!(self.mark(failed, step), Some(Mark::Skipped | Mark::Failed));
        let is_done = |step: &StepIx| {
            self.failed.iter().any(|failed| flow.cause(*failed).fix.contains(step) && !is_undone(failed, *step))
        };
        flow.cause(cause).fix.iter().all(is_done)
    }

    /// Returns the answered questions that led the walk to where it is, in the order of the walk.
    pub fn path(&self, flow: &Flow, ranking: &Ranking) -> Vec<QuestionIx> {
        let mut passed = position::open(flow, ranking, self).way().passed;
        passed.retain(|&question| self.given.answer(question).is_some());
        passed
    }
}

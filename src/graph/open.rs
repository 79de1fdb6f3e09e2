//! What stays open under given answers: the outcomes below each question, and the least and most questions to come.
//!
//! One pass over the questions from the leaves up; a set of outcomes is a row of bits. The cost is linear in the
//! questions for a given number of outcomes (64 outcomes a word).

use super::Ranking;
use crate::flow::{Answer, CauseIx, Flow, OutcomeIx, QuestionIx, Target};

/// Holds what is given: the answers, and the outcomes that are spent (a fix that failed, a hand-off refused).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Given {
    answers: Vec<Option<Answer>>,
    spent: Vec<bool>,
}

impl Given {
    /// Nothing is given yet.
    pub fn nothing(flow: &Flow) -> Self {
        Self { answers: vec![None; flow.questions().len()], spent: vec![false; flow.outcomes().len()] }
    }

    /// Returns the answer to a question.
    pub fn answer(&self, question: QuestionIx) -> Option<Answer> {
        self.answers[question.index()]
    }

    /// Sets the answer to a question, or takes it away.
    pub fn set_answer(&mut self, question: QuestionIx, answer: impl Into<Option<Answer>>) {
        self.answers[question.index()] = answer.into();
    }

    /// Tells whether an outcome is spent.
    pub fn is_spent(&self, outcome: impl Into<OutcomeIx>) -> bool {
        self.spent[outcome.into().index()]
    }

    /// Says whether an outcome is spent.
    pub fn set_spent(&mut self, outcome: impl Into<OutcomeIx>, is_spent: bool) {
        self.spent[outcome.into().index()] = is_spent;
    }

    /// Returns the sides of a question that its answer leaves open, the one to try first in front.
    fn sides(&self, flow: &Flow, ranking: &Ranking, question: QuestionIx) -> (Target, Option<Target>) {
        let side = self.answer(question).and_then(|answer| flow.question(question).side(answer));
        side.map_or_else(
            || {
                let [first, second] = ranking.sides(flow, question);
                (first, Some(second))
            },
            |side| (side, None),
        )
    }
}

/// Holds outcomes of one flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeSet(Vec<u64>);

impl OutcomeSet {
    /// Tells whether an outcome is in the set.
    pub fn contains(&self, outcome: impl Into<OutcomeIx>) -> bool {
        let bit = outcome.into().index();
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Returns the causes in the set, in the order of the file.
    pub fn causes(&self, flow: &Flow) -> Vec<CauseIx> {
        flow.cause_ixs().filter(|&cause| self.contains(cause)).collect()
    }

    /// Returns the outcomes in the set, in the order of the flow.
    pub fn outcomes(&self, flow: &Flow) -> Vec<OutcomeIx> {
        flow.outcome_ixs().filter(|&outcome| self.contains(outcome)).collect()
    }
}

/// Holds what stays open below each question, under given answers.
#[derive(Debug)]
pub struct Open<'a> {
    flow: &'a Flow,
    ranking: &'a Ranking,
    given: &'a Given,
    words: usize,
    bits: Vec<u64>,
    least: Vec<u32>,
    most: Vec<u32>,
}

/// Says where a walk has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The questions passed, answered or not worth asking.
    pub passed: Vec<QuestionIx>,
    /// The question to ask or the outcome reached; nothing when all is exhausted.
    pub to: Option<Target>,
}

/// Says how a walk passes a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// It has to be asked.
    Ask,
    /// It leads on without being asked: it is answered, or its answer would separate nothing.
    On(Target),
}

impl<'a> Open<'a> {
    /// Finds what stays open.
    pub fn of(flow: &'a Flow, ranking: &'a Ranking, given: &'a Given) -> Self {
        let questions = flow.questions().len();
        let words = flow.outcomes().len().div_ceil(64);
        let mut open = Self {
            flow,
            ranking,
            given,
            words,
            bits: vec![0; questions * words],
            least: vec![0; questions],
            most: vec![0; questions],
        };
        for &question in flow.order().iter().rev() {
            open.settle(question);
        }
        open
    }

    /// Settles one question, once those below it are settled.
    fn settle(&mut self, question: QuestionIx) {
        let (first, second) = self.given.sides(self.flow, self.ranking, question);
        for side in std::iter::once(first).chain(second) {
            self.add(question, side);
        }
        let (least, most) = match self.pass(question) {
            Pass::On(target) => self.bounds(target),
            Pass::Ask => {
                let question = self.flow.question(question);
                let (yes, no) = (self.bounds(question.yes), self.bounds(question.no));
                (1 + yes.0.min(no.0), 1 + yes.1.max(no.1))
            }
        };
        self.least[question.index()] = least;
        self.most[question.index()] = most;
    }

    fn add(&mut self, question: QuestionIx, side: Target) {
        let into = question.index() * self.words;
        match side {
            Target::End(outcome) if self.given.is_spent(outcome) => {}
            Target::End(outcome) => self.bits[into + outcome.index() / 64] |= 1 << (outcome.index() % 64),
            Target::Ask(below) => {
                let from = below.index() * self.words;
                for word in 0..self.words {
                    self.bits[into + word] |= self.bits[from + word];
                }
            }
        }
    }

    /// Says how a walk passes a question: the answered side, or, where several are open, the more promising one
    /// until it is exhausted; a question is asked only if its sides still lead to different outcomes.
    pub fn pass(&self, question: QuestionIx) -> Pass {
        let (first, second) = self.given.sides(self.flow, self.ranking, question);
        match second {
            Some(second) if !self.is_open(first) => Pass::On(second),
            Some(second) => {
                let is_answered = self.given.answer(question).is_some();
                let separates = self.is_open(second) && !self.is_same(first, second);
                if is_answered || !separates { Pass::On(first) } else { Pass::Ask }
            }
            None => Pass::On(first),
        }
    }

    /// Tells whether some outcome is still open there.
    pub fn is_open(&self, target: Target) -> bool {
        match target {
            Target::End(outcome) => !self.given.is_spent(outcome),
            Target::Ask(question) => self.row(question).iter().any(|&word| word != 0),
        }
    }

    /// Returns the outcomes that are still open there.
    pub fn outcomes(&self, target: Target) -> OutcomeSet {
        match target {
            Target::Ask(question) => OutcomeSet(self.row(question).to_vec()),
            Target::End(outcome) => {
                let mut set = vec![0; self.words];
                if !self.given.is_spent(outcome) {
                    set[outcome.index() / 64] |= 1 << (outcome.index() % 64);
                }
                OutcomeSet(set)
            }
        }
    }

    /// Returns the causes that are still open there, in the order of the file.
    pub fn causes(&self, target: Target) -> Vec<CauseIx> {
        self.outcomes(target).causes(self.flow)
    }

    /// Returns the least and the most questions from there to the next outcome, over all yes/no answers.
    pub fn bounds(&self, target: Target) -> (u32, u32) {
        match target {
            Target::Ask(question) => (self.least[question.index()], self.most[question.index()]),
            Target::End(_) => (0, 0),
        }
    }

    /// Walks from the start to the next question to ask or the outcome reached.
    pub fn way(&self) -> Way {
        let mut passed = Vec::new();
        let mut at = Target::Ask(self.flow.start());
        if !self.is_open(at) {
            return Way { passed, to: None };
        }
        while let Target::Ask(question) = at {
            match self.pass(question) {
                Pass::Ask => break,
                Pass::On(target) => at = target,
            }
            passed.push(question);
        }
        Way { passed, to: Some(at) }
    }

    fn row(&self, question: QuestionIx) -> &[u64] {
        &self.bits[question.index() * self.words..][..self.words]
    }

    fn is_same(&self, a: Target, b: Target) -> bool {
        match (a, b) {
            (Target::Ask(a), Target::Ask(b)) => a == b || self.row(a) == self.row(b),
            _ => self.outcomes(a) == self.outcomes(b),
        }
    }

    /// Returns the outcomes open from the start.
    pub fn all(&self) -> OutcomeSet {
        self.outcomes(Target::Ask(self.flow.start()))
    }
}

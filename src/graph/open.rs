//! What stays open under given answers: which side of a question is exhausted, which questions still separate something, and the
//! least and most questions to come.
//!
//! One pass over the questions from the leaves up, linear in them. Below each question it keeps a [`Signature`] of the
//! open outcomes instead of their set: where two signatures differ, the sets do; where they are the same and may hide a
//! difference, the sets are compared, but only for the questions a walk comes to.

use std::borrow::Cow;

use super::{OutcomeSet, Ranking};
use crate::flow::{Answer, Flow, OutcomeIx, QuestionIx, Target};

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
                let [first, second] = ranking.sides(question);
                (first, Some(second))
            },
            |side| (side, None),
        )
    }
}

/// Stands for a set of outcomes: a bit for each outcome modulo 64, and the smallest and largest. Of a union it is the union, so a
/// walk over a graph can keep it; up to 64 outcomes it is the set itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Signature {
    bits: u64,
    first: u32,
    last: u32,
}

impl Signature {
    const EMPTY: Self = Self { bits: 0, first: u32::MAX, last: 0 };

    fn of(outcome: OutcomeIx) -> Self {
        let n = outcome.number();
        Self { bits: 1 << (n % 64), first: n, last: n }
    }

    fn join(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    fn is_empty(self) -> bool {
        self.bits == 0
    }
}

/// What is known below one question.
#[derive(Debug, Clone, Copy)]
struct Below {
    open: Signature,
    least: u32,
    most: u32,
}

/// Holds what stays open below each question, under given answers.
#[derive(Debug)]
pub struct Open<'a> {
    flow: &'a Flow,
    ranking: &'a Ranking,
    given: Cow<'a, Given>,
    below: Vec<Below>,
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
enum Pass {
    /// It has to be asked.
    Ask,
    /// It leads on without being asked: it is answered, or its answer would separate nothing.
    On(Target),
    /// It leads there without being asked if its two sides hold the same outcomes, which their signatures do not tell.
    OnIfSame(Target, Target),
}

impl<'a> Open<'a> {
    /// Finds what stays open.
    pub fn of(flow: &'a Flow, ranking: &'a Ranking, given: impl Into<Cow<'a, Given>>) -> Self {
        let unknown = Below { open: Signature::EMPTY, least: 0, most: 0 };
        let mut open = Self { flow, ranking, given: given.into(), below: vec![unknown; flow.questions().len()] };
        for &question in flow.order().iter().rev() {
            open.below[question.index()] = open.settle(question);
        }
        open
    }

    /// Settles one question, once those below it are settled.
    fn settle(&self, question: QuestionIx) -> Below {
        let (first, second) = self.given.sides(self.flow, self.ranking, question);
        let open = second.map_or(self.signature(first), |second| self.signature(first).join(self.signature(second)));
        let (least, most) = match (self.pass(question), second) {
            (Pass::On(target), _) => self.bounds(target),
            (Pass::Ask | Pass::OnIfSame(..), second) => {
                let (a, b) = (self.bounds(first), self.bounds(second.unwrap_or(first)));
                (1 + a.0.min(b.0), 1 + a.1.max(b.1))
            }
        };
        Below { open, least, most }
    }

    /// Says how a walk passes a question: along the answered side, or, where several are open, the more promising one
    /// until it is exhausted; a question is asked only if its sides still lead to different outcomes.
    fn pass(&self, question: QuestionIx) -> Pass {
        let (first, second) = self.given.sides(self.flow, self.ranking, question);
        let Some(second) = second else { return Pass::On(first) };
        let (in_first, in_second) = (self.signature(first), self.signature(second));
        if in_first.is_empty() {
            Pass::On(second)
        } else if in_second.is_empty() || self.given.answer(question).is_some() {
            Pass::On(first)
        } else if in_first != in_second {
            Pass::Ask
        } else if first == second || self.flow.outcomes().len() <= 64 {
            Pass::On(first)
        } else {
            Pass::OnIfSame(first, second)
        }
    }

    fn signature(&self, target: Target) -> Signature {
        match target {
            Target::Ask(question) => self.below[question.index()].open,
            Target::End(outcome) if self.given.is_spent(outcome) => Signature::EMPTY,
            Target::End(outcome) => Signature::of(outcome),
        }
    }

    /// Returns what is given.
    pub fn given(&self) -> &Given {
        &self.given
    }

    /// Tells whether some outcome is still open there.
    pub fn is_open(&self, target: Target) -> bool {
        !self.signature(target).is_empty()
    }

    /// Returns the outcomes that are still open there.
    pub fn outcomes(&self, target: Target) -> OutcomeSet {
        let mut set = OutcomeSet::empty(self.flow);
        let mut is_seen = vec![false; self.below.len()];
        let mut stack = vec![target];
        while let Some(target) = stack.pop() {
            match target {
                Target::End(outcome) if self.given.is_spent(outcome) => {}
                Target::End(outcome) => set.add(outcome),
                Target::Ask(question) if is_seen[question.index()] => {}
                Target::Ask(question) => {
                    is_seen[question.index()] = true;
                    let (first, second) = self.given.sides(self.flow, self.ranking, question);
                    stack.push(first);
                    stack.extend(second);
                }
            }
        }
        set
    }

    /// Returns the outcomes open from the start.
    pub fn all(&self) -> OutcomeSet {
        self.outcomes(Target::Ask(self.flow.start()))
    }

    /// Returns the least and the most questions from there to the next outcome, over all yes/no answers. In a flow of more than
    /// 64 outcomes a question whose sides only their sets could tell to be the same counts as one to be asked.
    pub fn bounds(&self, target: Target) -> (u32, u32) {
        match target {
            Target::Ask(question) => (self.below[question.index()].least, self.below[question.index()].most),
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
                Pass::On(target) => at = target,
                Pass::OnIfSame(first, second) if self.outcomes(first) == self.outcomes(second) => at = first,
                Pass::Ask | Pass::OnIfSame(..) => break,
            }
            passed.push(question);
        }
        Way { passed, to: Some(at) }
    }
}

impl<'a> From<&'a Given> for Cow<'a, Given> {
    fn from(given: &'a Given) -> Self {
        Self::Borrowed(given)
    }
}

impl From<Given> for Cow<'_, Given> {
    fn from(given: Given) -> Self {
        Self::Owned(given)
    }
}

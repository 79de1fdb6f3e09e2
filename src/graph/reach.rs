//! What is reachable below each question when nothing is answered: exact sets, for the linter and the drawings.

use crate::flow::{CauseIx, Flow, OutcomeIx, QuestionIx, Target};

/// Holds outcomes of one flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeSet(Vec<u64>);

impl OutcomeSet {
    /// Makes an empty set.
    pub fn empty(flow: &Flow) -> Self {
        Self(vec![0; flow.outcomes().len().div_ceil(64)])
    }

    /// Adds an outcome.
    pub fn add(&mut self, outcome: OutcomeIx) {
        self.0[outcome.index() / 64] |= 1 << (outcome.index() % 64);
    }

    /// Tells whether an outcome is in the set.
    pub fn contains(&self, outcome: impl Into<OutcomeIx>) -> bool {
        let bit = outcome.into().index();
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Returns the causes in the set, in the order of the file.
    pub fn causes(&self, flow: &Flow) -> Vec<CauseIx> {
        flow.cause_ixs().filter(|&cause| self.contains(cause)).collect()
    }

    /// Returns how many causes are in the set.
    pub fn count_causes(&self, flow: &Flow) -> usize {
        let causes = flow.causes().len();
        let ones = |n: usize| {
            let left = causes.saturating_sub(n * 64);
            let mask = if left < 64 { (1 << left) - 1 } else { u64::MAX };
            (self.0[n] & mask).count_ones() as usize
        };
        (0..self.0.len()).map(ones).sum()
    }

    /// Returns the outcomes in the set, in the order of the flow.
    pub fn outcomes(&self, flow: &Flow) -> Vec<OutcomeIx> {
        flow.outcome_ixs().filter(|&outcome| self.contains(outcome)).collect()
    }
}

/// As many words of a row are kept at once when only rows are compared.
const WORDS: usize = 16;

/// Tells of each question whether its sides reach the same outcomes, in memory that is linear in the questions: a stretch of
/// outcomes after another.
pub(super) fn same_sides(flow: &Flow) -> Vec<bool> {
    const STRETCH: usize = WORDS * 64;
    let mut is_same = vec![true; flow.questions().len()];
    let mut below = vec![[0_u64; WORDS]; flow.questions().len()];
    for first in (0..flow.outcomes().len()).step_by(STRETCH) {
        for &ix in flow.order().iter().rev() {
            let side = |target: Target| match target {
                Target::Ask(question) => below[question.index()],
                Target::End(outcome) => {
                    let mut row = [0; WORDS];
                    if let Some(bit) = outcome.index().checked_sub(first).filter(|bit| *bit < STRETCH) {
                        row[bit / 64] = 1 << (bit % 64);
                    }
                    row
                }
            };
            let (yes, no) = (side(flow.question(ix).yes), side(flow.question(ix).no));
            is_same[ix.index()] &= yes == no;
            below[ix.index()] = std::array::from_fn(|word| yes[word] | no[word]);
        }
    }
    is_same
}

/// Holds the outcomes below each question: a row of bits for each, 64 outcomes a word.
#[derive(Debug)]
pub struct Reach<'a> {
    flow: &'a Flow,
    words: usize,
    bits: Vec<u64>,
}

impl<'a> Reach<'a> {
    /// Finds what is reachable, in one pass from the leaves up.
    pub fn of(flow: &'a Flow) -> Self {
        let words = flow.outcomes().len().div_ceil(64);
        let mut reach = Self { flow, words, bits: vec![0; flow.questions().len() * words] };
        for &question in flow.order().iter().rev() {
            let facts = flow.question(question);
            reach.add(question, facts.yes);
            reach.add(question, facts.no);
        }
        reach
    }

    fn add(&mut self, question: QuestionIx, side: Target) {
        let into = question.index() * self.words;
        match side {
            Target::End(outcome) => self.bits[into + outcome.index() / 64] |= 1 << (outcome.index() % 64),
            Target::Ask(below) => {
                let from = below.index() * self.words;
                for word in 0..self.words {
                    self.bits[into + word] |= self.bits[from + word];
                }
            }
        }
    }

    fn row(&self, question: QuestionIx) -> &[u64] {
        &self.bits[question.index() * self.words..][..self.words]
    }

    /// Returns the outcomes reachable from there.
    pub fn outcomes(&self, target: Target) -> OutcomeSet {
        match target {
            Target::Ask(question) => OutcomeSet(self.row(question).to_vec()),
            Target::End(outcome) => {
                let mut set = OutcomeSet::empty(self.flow);
                set.add(outcome);
                set
            }
        }
    }

    /// Tells whether an outcome is reachable from there.
    pub fn reaches(&self, target: Target, outcome: impl Into<OutcomeIx>) -> bool {
        let outcome = outcome.into();
        match target {
            Target::Ask(question) => {
                let word = self.bits[question.index() * self.words + outcome.index() / 64];
                word >> (outcome.index() % 64) & 1 == 1
            }
            Target::End(end) => end == outcome,
        }
    }

    /// Returns the causes reachable from there, in the order of the file.
    pub fn causes(&self, target: Target) -> Vec<CauseIx> {
        self.outcomes(target).causes(self.flow)
    }

    /// Returns the outcomes reachable from the start.
    pub fn all(&self) -> OutcomeSet {
        self.outcomes(Target::Ask(self.flow.start()))
    }
}

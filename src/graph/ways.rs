//! The ways of yes and no from the start: which questions a walk asks, how far each outcome is, how many ways there are.
//!
//! A question whose sides hold the same outcomes is not asked; the walk passes it by its more promising side, as
//! [`super::Open`] does while nothing is given. On a DAG one pass in order answers each of these, however many ways there are.

use super::Ranking;
use super::reach::same_sides;
use crate::flow::{Answer, CauseIx, Flow, QuestionIx, Target};

/// Holds the shortest way to each question and outcome, and the number of ways.
#[derive(Debug)]
pub struct Ways<'a> {
    flow: &'a Flow,
    /// Of each question the sides that a walk can take: one where it is not asked.
    sides: Vec<Sides>,
    questions: Vec<Reached>,
    outcomes: Vec<Reached>,
    count: u128,
    most: u32,
}

#[derive(Debug, Clone, Copy)]
enum Sides {
    Both(Target, Target),
    Pass(Target),
}

/// Says how a walk gets somewhere.
#[derive(Debug, Clone, Copy)]
struct Reached {
    /// The fewest questions asked before; `FAR` where no answers lead.
    distance: u32,
    from: Option<(QuestionIx, Option<Answer>)>,
}

const FAR: u32 = u32::MAX;
const NOT_REACHED: Reached = Reached { distance: FAR, from: None };

impl<'a> Ways<'a> {
    /// Finds the ways of a flow.
    pub fn of(flow: &'a Flow, ranking: &Ranking) -> Self {
        let sides = flow.question_ixs().zip(same_sides(flow)).map(|(ix, is_same)| {
            let question = flow.question(ix);
            if is_same { Sides::Pass(ranking.sides(ix)[0]) } else { Sides::Both(question.yes, question.no) }
        });
        let mut ways = Self {
            flow,
            sides: sides.collect(),
            questions: vec![NOT_REACHED; flow.questions().len()],
            outcomes: vec![NOT_REACHED; flow.outcomes().len()],
            count: 0,
            most: 0,
        };
        ways.search();
        ways
    }

    fn search(&mut self) {
        let mut counts = vec![0_u128; self.questions.len()];
        let mut longest = vec![0_u32; self.questions.len()];
        let start = self.flow.start();
        self.questions[start.index()].distance = 0;
        counts[start.index()] = 1;
        for &at in self.flow.order() {
            let Reached { distance, .. } = self.questions[at.index()];
            if distance == FAR {
                continue;
            }
            for (answer, target) in self.steps(at) {
                let asked = u32::from(answer.is_some());
                let so_far = longest[at.index()] + asked;
                let known = match target {
                    Target::Ask(to) => {
                        counts[to.index()] = counts[to.index()].saturating_add(counts[at.index()]);
                        longest[to.index()] = longest[to.index()].max(so_far);
                        &mut self.questions[to.index()]
                    }
                    Target::End(to) => {
                        self.count = self.count.saturating_add(counts[at.index()]);
                        self.most = self.most.max(so_far);
                        &mut self.outcomes[to.index()]
                    }
                };
                if distance + asked < known.distance {
                    *known = Reached { distance: distance + asked, from: Some((at, answer)) };
                }
            }
        }
    }

    /// Returns where a walk can go on from a question: by yes and by no where it is asked, else without an answer.
    pub fn steps(&self, question: QuestionIx) -> impl Iterator<Item = (Option<Answer>, Target)> + use<> {
        let (first, second) = match self.sides[question.index()] {
            Sides::Both(yes, no) => ((Some(Answer::Yes), yes), Some((Some(Answer::No), no))),
            Sides::Pass(on) => ((None, on), None),
        };
        [first].into_iter().chain(second)
    }

    /// Tells whether a walk that comes to a question asks it: whether its sides hold different outcomes.
    pub fn is_asked(&self, question: QuestionIx) -> bool {
        matches!(self.sides[question.index()], Sides::Both(..))
    }

    /// Returns the fewest questions asked on the way to a place; nothing where no answers lead.
    pub fn distance(&self, target: Target) -> Option<u32> {
        let distance = self.reached(target).distance;
        (distance != FAR).then_some(distance)
    }

    /// Returns the fewest answers that lead to a place; nothing where none do.
    pub fn shortest(&self, target: Target) -> Option<Vec<(QuestionIx, Answer)>> {
        self.distance(target)?;
        let mut way = Vec::new();
        let mut from = self.reached(target).from;
        while let Some((question, answer)) = from {
            way.extend(answer.map(|answer| (question, answer)));
            from = self.questions[question.index()].from;
        }
        way.reverse();
        Some(way)
    }

    /// Returns how many different ways of yes and no lead from the start to an outcome; `u128::MAX` for as many or more.
    pub fn count(&self) -> u128 {
        self.count
    }

    /// Returns the fewest and the most questions asked on a way to an outcome.
    pub fn lengths(&self) -> (u32, u32) {
        (self.outcomes.iter().map(|reached| reached.distance).min().unwrap_or(0), self.most)
    }

    /// Returns the cause that takes the most questions to reach at best, and how many.
    pub fn farthest_cause(&self) -> Option<(CauseIx, u32)> {
        let reached = self.flow.cause_ixs().filter_map(|ix| Some((ix, self.distance(Target::End(ix.into()))?)));
        reached.max_by_key(|&(ix, distance)| (distance, std::cmp::Reverse(ix)))
    }

    fn reached(&self, target: Target) -> Reached {
        match target {
            Target::Ask(question) => self.questions[question.index()],
            Target::End(outcome) => self.outcomes[outcome.index()],
        }
    }
}

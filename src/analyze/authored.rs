//! The flow as its author ordered it, judged by the same rule as every other order: each question that a walk comes to, with
//! what is live there, the chance to get there, and what it costs that the best order does something else.
//!
//! What is live at a question is a part of what it leads to: where no way from here leads to an outcome, some answer on the way ruled it out.
//! So at the end of a branch nothing else is live, and an order of the graph is one of those that the optimum is the best of. Each decision costs
//! `Q(S, authored) − V(S)` where it is made; weighted with the chance to get there, these regrets add up to what lies between the two
//! orders.

use std::collections::HashMap;

use super::{Cost, Measured, Optimum, Set, Split};
use crate::flow::{Answer, QuestionIx, Target};

/// Holds the authored order.
#[derive(Debug)]
pub struct Authored {
    /// Where walks come to, each after those that lead to it.
    pub visits: Vec<Visit>,
    /// What the order costs.
    pub cost: Cost,
}

/// Says that walks come to a question while a set is live.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The question.
    pub question: QuestionIx,
    /// What is live.
    pub live: Set,
    /// The chance to come here.
    pub chance: f64,
    /// The likeliest way here: the visit before, and the answer there.
    pub from: Option<(usize, Answer)>,
    /// The expected minutes that asking here, now, costs more than the best there is to do, if all goes on as well as can be after it.
    pub regret: Option<f64>,
}

/// The visits as they are found.
#[derive(Default)]
struct Visits {
    all: Vec<Visit>,
    /// The chance of the likeliest way to each.
    likeliest: Vec<f64>,
    known: HashMap<(QuestionIx, Set), usize>,
    /// The visits to each question.
    by_question: HashMap<QuestionIx, Vec<usize>>,
}

/// One answer to a question: the side, what it leaves live, its chance.
struct Branch {
    answer: Answer,
    target: Target,
    live: Set,
    chance: f64,
}

impl Authored {
    /// Finds what the authored order costs; regrets where the optimum is known.
    pub fn of(measured: &Measured<'_>, optimum: Option<&Optimum>) -> Self {
        let flow = measured.flow();
        let mut visits = Visits::default();
        visits.arrive(flow.start(), measured.instance().all(), 1.0, None);
        let mut order = Vec::new();
        for &question in flow.order() {
            for at in visits.by_question.remove(&question).unwrap_or_default() {
                order.push(at);
                let visit = visits.all[at].clone();
                visits.all[at].regret = optimum.map(|optimum| regret(measured, optimum, &visit));
                for branch in branches(measured, question, visit.live) {
                    if let Target::Ask(next) = branch.target {
                        let from = Some((at, branch.answer));
                        visits.arrive(next, branch.live, visit.chance * branch.chance, from);
                    }
                }
            }
        }
        let mut costs = vec![Cost::default(); visits.all.len()];
        for at in order.into_iter().rev() {
            let Visit { question, live, .. } = visits.all[at];
            let after = branches(measured, question, live).map(|branch| {
                let cost = match branch.target {
                    Target::Ask(next) => costs[visits.known[&(next, branch.live)]],
                    Target::End(outcome) => {
                        let n = measured.find(outcome).expect("a walk comes to it");
                        debug_assert_eq!(branch.live, [n].into_iter().collect(), "the end of a branch leaves one");
                        Cost::of_fix(measured.instance().try_minutes(n, 0.0), None)
                    }
                };
                (branch.chance, cost)
            });
            let after: Vec<(f64, Cost)> = after.collect();
            costs[at] = Cost::of_question(measured.instance().questions[question.index()].minutes, &after);
        }
        Self { cost: costs[0].after(measured.instance().minutes_ahead()), visits: visits.all }
    }
}

impl Visits {
    fn arrive(&mut self, question: QuestionIx, live: Set, chance: f64, from: Option<(usize, Answer)>) {
        let at = *self.known.entry((question, live)).or_insert(self.all.len());
        if at == self.all.len() {
            self.all.push(Visit { question, live, chance, from, regret: None });
            self.likeliest.push(chance);
            self.by_question.entry(question).or_default().push(at);
            return;
        }
        self.all[at].chance += chance;
        if chance > self.likeliest[at] {
            self.likeliest[at] = chance;
            self.all[at].from = from;
        }
    }
}

/// The answers to a question that something live gives.
fn branches(measured: &Measured<'_>, question: QuestionIx, live: Set) -> impl Iterator<Item = Branch> {
    let facts = measured.flow().question(question);
    let Split { yes, no, chance, .. } = measured.instance().split(question.index(), live);
    let both = [(Answer::Yes, facts.yes, yes, chance), (Answer::No, facts.no, no, 1.0 - chance)];
    let given = both.into_iter().filter(|(.., chance)| *chance > 0.0);
    given.map(|(answer, target, live, chance)| Branch { answer, target, live, chance })
}

/// What it costs to ask this question here and then go on as well as can be.
fn regret(measured: &Measured<'_>, optimum: &Optimum, visit: &Visit) -> f64 {
    let minutes = measured.instance().questions[visit.question.index()].minutes;
    let after = branches(measured, visit.question, visit.live);
    let after: f64 = after.map(|branch| branch.chance * optimum.minutes(branch.live)).sum();
    (minutes + after - optimum.minutes(visit.live)).max(0.0)
}

//! The best order there is: the least expected minutes from every set of live outcomes, each set settled once.
//!
//! `V(S) = min( min over causes c: fix(c) + P(not c) V(S∖c), min over questions q that separate S: minutes(q) + P(yes) V(Y) + P(no) V(N) )`
//! with `V({c}) = fix(c)`; where the right fix counts ahead, a try costs `P(not c) fix(c)` and `V({c})` is nothing. A set is a number whose bits are its outcomes, so each comes after its subsets, and the
//! table is filled from small to large. That all of them are settled is the proof.
//!
//! With `Y` and `N` overlapping in what is unknown, `P(yes) W(S) = (W(S) + W(Y) − W(N)) / 2`: two look-ups a question.

use super::{Action, Instance, Set};

/// Says which orders count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orders {
    /// Questions and fixes in any order.
    All,
    /// A fix only where no question separates any more.
    QuestionsFirst,
}

/// Holds the least expected minutes, and what to do, for each set.
#[derive(Debug)]
pub struct Optimum {
    table: Vec<Entry>,
    /// What to do: a number below [`Self::MOST_OUTCOMES`] is an outcome to try, else a question.
    best: Vec<u32>,
}

/// The weight and the least minutes of one set.
#[derive(Debug, Clone, Copy)]
struct Entry {
    weight: f64,
    minutes: f64,
}

/// A question as the inner loop wants it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Masks {
    yes: u32,
    no: u32,
    minutes: f64,
    question: u32,
}

impl Optimum {
    /// As many outcomes are solved exactly: the table holds a million sets.
    pub const MOST_OUTCOMES: usize = 20;

    /// Finds the best of some orders; nothing for more than [`Self::MOST_OUTCOMES`] outcomes.
    pub fn of(instance: &Instance, orders: Orders) -> Option<Self> {
        let count = instance.outcomes.len();
        if count > Self::MOST_OUTCOMES {
            return None;
        }
        let sets = 1_usize << count;
        let mut optimum = Self { table: vec![Entry { weight: 0.0, minutes: 0.0 }; sets], best: vec![0; sets] };
        let causes = instance.causes().bits();
        let queries = undominated(instance);
        for set in 1..u32::try_from(sets).expect("at most 2^20") {
            let rest = set & (set - 1);
            let weight = optimum.table[rest as usize].weight + instance.outcomes[set.trailing_zeros() as usize].weight;
            optimum.table[set as usize].weight = weight;
            let mut best = (f64::INFINITY, 0);
            if orders == Orders::All {
                optimum.try_fixes(instance, set, set & causes, &mut best);
            }
            optimum.ask(set, &queries, &mut best);
            if best.0.is_infinite() {
                optimum.try_fixes(instance, set, if set & causes == 0 { set } else { set & causes }, &mut best);
            }
            optimum.table[set as usize].minutes = best.0;
            optimum.best[set as usize] = best.1;
        }
        Some(optimum)
    }

    fn try_fixes(&self, instance: &Instance, set: u32, causes: u32, best: &mut (f64, u32)) {
        let mut left = causes;
        while left != 0 {
            let cause = left.trailing_zeros();
            let rest = set & !(1 << cause);
            let in_vain = if rest == 0 { 0.0 } else { self.chance(rest, set) };
            let minutes = instance.try_minutes(cause as usize, in_vain) + in_vain * self.table[rest as usize].minutes;
            if minutes < best.0 {
                *best = (minutes, cause);
            }
            left &= left - 1;
        }
    }

    /// Looks for a better question; as they are sorted by minutes, none is left once one alone costs more than the best.
    fn ask(&self, set: u32, queries: &[Masks], best: &mut (f64, u32)) {
        let weight = self.table[set as usize].weight;
        let scale = if weight > 0.0 { 0.5 / weight } else { 0.0 };
        for query in queries {
            if query.minutes >= best.0 {
                return;
            }
            let (yes, no) = (set & !query.no, set & !query.yes);
            if yes == set || no == set {
                continue;
            }
            let (if_yes, if_no) = (self.table[yes as usize], self.table[no as usize]);
            let chance = if scale > 0.0 {
                (weight + if_yes.weight - if_no.weight) * scale
            } else {
                f64::from(set.count_ones() + yes.count_ones() - no.count_ones()) / f64::from(2 * set.count_ones())
            };
            let minutes = query.minutes + chance * if_yes.minutes + (1.0 - chance) * if_no.minutes;
            if minutes < best.0 {
                *best = (minutes, query.question);
            }
        }
    }

    /// The chance that it is one of a part of what is live.
    fn chance(&self, part: u32, set: u32) -> f64 {
        let weight = self.table[set as usize].weight;
        if weight > 0.0 {
            self.table[part as usize].weight / weight
        } else {
            f64::from(part.count_ones()) / f64::from(set.count_ones())
        }
    }

    /// Returns the least expected minutes from there, without what counts ahead.
    pub fn minutes(&self, live: Set) -> f64 {
        self.table[live.bits() as usize].minutes
    }

    /// Returns what to do first.
    pub fn action(&self, live: Set) -> Action {
        let best = self.best[live.bits() as usize] as usize;
        if best < Self::MOST_OUTCOMES { Action::Try(best) } else { Action::Ask(best - Self::MOST_OUTCOMES) }
    }

    /// Counts the sets that were settled.
    pub fn sets(&self) -> usize {
        self.table.len() - 1
    }
}

/// Returns the questions that may be worth asking, cheapest first: those that separate something, and of those that separate the
/// same (also with yes and no exchanged) the cheapest.
fn undominated(instance: &Instance) -> Vec<Masks> {
    let of = |(query, question): (&super::Query, u32)| Masks {
        yes: query.yes.bits(),
        no: query.no.bits(),
        minutes: query.minutes,
        question,
    };
    let all = instance.questions.iter().zip(u32::try_from(Optimum::MOST_OUTCOMES).expect("20")..).map(of);
    let mut queries: Vec<Masks> = all.filter(|query| query.yes != 0 && query.no != 0).collect();
    queries.sort_by(|a, b| a.minutes.total_cmp(&b.minutes));
    let mut seen = std::collections::HashSet::new();
    queries.retain(|query| seen.insert((query.yes.min(query.no), query.yes.max(query.no))));
    queries
}

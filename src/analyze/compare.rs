//! The orders that do not need a graph, side by side.

use super::{Action, Cost, Greedy, Instance, Optimum, Orders, Set, article_order, cost};

/// Holds what the orders of one instance cost.
#[derive(Debug)]
pub struct Comparison {
    /// The fixes in the order of the list, without questions.
    pub fixes_in_order: Cost,
    /// The greedy order.
    pub greedy: Cost,
    /// The best order known.
    pub best: Cost,
    /// How far that is proved.
    pub proof: Proof,
    /// Bits that no order can do without.
    pub entropy_bits: f64,
    /// Minutes that no order can do without.
    pub least_minutes: f64,
    /// The exact solution, if there are few enough outcomes.
    pub optimum: Option<Optimum>,
}

/// Says how far it is proved that no order is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// Every one of so many sets was settled.
    Proved(usize),
    /// There are too many outcomes for that.
    TooMany,
}

impl Comparison {
    /// Finds what each order costs.
    pub fn of(instance: &Instance) -> Self {
        let all = instance.all();
        let optimum = Optimum::of(instance, Orders::All);
        let fixes_in_order = cost(instance, all, &mut |live| article_order(instance, live));
        let mut rule = Greedy::new(instance);
        let greedy = cost(instance, all, &mut |live| rule.action(live));
        let better = if fixes_in_order.expected_minutes < greedy.expected_minutes { fixes_in_order } else { greedy };
        Self {
            best: optimum.as_ref().map_or(better, |optimum| cost(instance, all, &mut |live| optimum.action(live))),
            proof: optimum.as_ref().map_or(Proof::TooMany, |optimum| Proof::Proved(optimum.sets())),
            entropy_bits: instance.entropy(),
            least_minutes: instance.least_minutes(),
            fixes_in_order,
            greedy,
            optimum,
        }
    }

    /// Returns the rule of the best order known.
    pub fn rule<'a>(&'a self, instance: &'a Instance) -> Box<dyn FnMut(Set) -> Action + 'a> {
        match &self.optimum {
            Some(optimum) => Box::new(|live| optimum.action(live)),
            None if self.fixes_in_order.expected_minutes < self.greedy.expected_minutes => {
                Box::new(|live| article_order(instance, live))
            }
            None => {
                let mut rule = Greedy::new(instance);
                Box::new(move |live| rule.action(live))
            }
        }
    }
}

impl Proof {
    /// Says it in words, of what the sets hold.
    pub fn in_words(self, of: &str) -> String {
        match self {
            Self::Proved(sets) => format!("proved: the least over all {sets} sets of {of}"),
            Self::TooMany => {
                format!("not proved: the best found; more than {} {of} are not solved exactly", Optimum::MOST_OUTCOMES)
            }
        }
    }
}

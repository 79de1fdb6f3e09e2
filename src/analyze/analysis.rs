//! An analysis: everything there is to say on one flow, as a value.

use super::advice::{self, Change};
use super::{Authored, Comparison, Measured, Noise, Robustness, TooManyOutcomes};
use crate::flow::Flow;

/// Holds what a flow's walks cost.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The flow as numbers.
    pub measured: Measured<'a>,
    /// The flow's own order.
    pub authored: Authored,
    /// The orders to compare it with.
    pub comparison: Comparison,
    /// How well the flow bears wrong and missing answers; nothing where it leads to no cause, or takes too long to walk.
    pub robustness: Option<Robustness>,
    /// What to change, the best first; nothing where the best order is not known.
    pub changes: Option<Vec<Change>>,
}

impl<'a> Analysis<'a> {
    /// Analyzes a flow; the seed is that of the people drawn to see how well it bears wrong answers.
    pub fn of(flow: &'a Flow, seed: u64) -> Result<Self, TooManyOutcomes> {
        let measured = Measured::of(flow)?;
        let mut comparison = Comparison::of(measured.instance());
        let authored = Authored::of(&measured, comparison.optimum.as_ref());
        if comparison.optimum.is_none() && authored.cost.expected_minutes < comparison.best.expected_minutes {
            comparison.best = authored.cost;
        }
        let changes = comparison.optimum.as_ref().map(|optimum| advice::changes(&measured, &authored, optimum));
        let robustness = Robustness::of(&measured, seed, &Noise::ALL);
        Ok(Self { measured, authored, comparison, robustness, changes })
    }
}

//! What a walk costs, and how little it could cost.
//!
//! Purpose: the expected effort from the first question to the right fix, for a flow's own order and for others, the best order
//! among them with proof; how well the order bears wrong and missing answers; what to change. Must not: change a flow (the order
//! stays its author's), open files, or draw random numbers that no seed gives. Place: after rehearse; `cli` prints it.
//!
//! # The method
//!
//! Decision-theoretic troubleshooting (Heckerman, Breese and Rommelse, *Decision-theoretic troubleshooting*, Communications of
//! the ACM 38(3), 1995): one of the causes is the one; a question costs minutes and rules causes out; a fix costs minutes and ends
//! the walk if it was that of the right cause. An order is judged by its expected minutes. How words become weights and
//! minutes is said in [`crate::graph::bands`].
//!
//! **Belief is by sets, like the walk itself.** What is live keeps its band; an answer rules out, it does not weigh. A question is
//! worth asking only where it separates: some live cause definitely answers yes and some definitely no. Then yes leaves those that
//! answer yes or either, and its chance is the weight of the definite yes and half the weight of the unknown. Where no
//! answer is unknown this is Bayes' rule, exactly. Where some are, it is simpler than Bayes in one thing: what could have
//! answered either way stays live with its whole weight, not with half of it. All orders are judged by the same rule. Where what is
//! live weighs nothing at all, each of it counts the same.
//!
//! **The right fix of a flow counts ahead** ([`RightFix::Ahead`]): it has to be made whatever the order, so its minutes are taken by the
//! weights once, and an order is judged by what it asks and what it tries in vain. Where each answer is known that is the same sum. Where
//! some are not, the simplification above moves chance from causes whose answer is known to those whose answer is not, and an
//! order could seem to save on the right fix itself by asking what nobody knows. A bare instance is solved by the recursion
//! as it stands ([`RightFix::WhenMade`]).
//!
//! * [`Optimum`]: the best order of questions and fixes, by dynamic programming over all sets of live causes.
//! * [`cost`] with [`article_order`]: no questions, the fixes as the article lists them.
//! * [`Greedy`]: one step ahead, with the fixes by chance over cost (Kadane and Simon, *Optimal problem-solving search: all-or-none
//!   solutions*, Artificial Intelligence 8, 1977): the best there is without questions.
//! * [`Instance::entropy`]: what no order of yes/no questions can do without (Shannon 1948).
//!
//! Which answer a cause gives to a question comes from the graph: yes if each way to it through the question takes yes. What the
//! graph does not say an author may add with `expects`; what nobody says counts as either.

mod advice;
mod analysis;
mod authored;
mod compare;
mod instance;
mod json;
mod matrix;
mod measured;
mod optimum;
mod plain;
mod policies;
mod rewrite;
mod robustness;
mod set;

pub use advice::{Change, Instead, changes};
pub use analysis::Analysis;
pub use authored::{Authored, Visit};
pub use compare::{Comparison, Proof};
pub use instance::{Action, Instance, Query, RightFix, Split, Suspect};
pub use json::to_json;
pub use matrix::{MatrixError, Solution, read_matrix, solve};
pub use measured::{Measured, TooManyOutcomes};
pub use optimum::{Optimum, Orders};
pub use plain::plain;
pub use policies::{Cost, Greedy, Questions, article_order, cost};
pub use rewrite::{AnalysisError, rewrite};
pub use robustness::{Found, Noise, Robustness, SEED};
pub use set::Set;

/// How unknown answers count, in one sentence, for whoever compares the figures with those of another program.
pub const UNKNOWN_ANSWERS: &str =
    "an unknown answer is yes or no with equal chance, and its cause stays live with its whole weight after either";

#[cfg(test)]
mod tests;

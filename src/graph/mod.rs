//! The graph of a flow: what can be reached from where, what stays open, how far it is.
//!
//! Purpose: answer every question about the shape of a flow, under any answers. Must not: know events or
//! sessions, or choose what to ask (the walk does). Place: after flow; the linter, the walk and the drawings use it.

pub mod bands;
mod contradiction;
mod drawing;
mod open;
mod rank;
mod reach;
mod truths;
mod ways;

pub use contradiction::{Contradiction, contradictions};
pub use drawing::{
    Count, Drawing, MOST_BOXES, Marks, Numbers, Overlay, Paper, Picture, Touches, document, dot, mermaid, schema, svg,
    tree,
};
pub use open::{Given, Open, Way};
pub use rank::Ranking;
pub use reach::{OutcomeSet, Reach};
pub use truths::{Truths, truths};
pub use ways::Ways;

//! The guide: what a flow says, to be read instead of walked.
//!
//! Purpose: [`Listed`] is an error among others. Must not: do I/O. Place: after the transcript; only the command line uses it.

mod listing;

pub use listing::{Listed, Unknown, Wanted, grouped, lines, sort};

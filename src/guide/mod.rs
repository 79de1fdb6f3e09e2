//! The guide: what a flow says, to be read instead of walked.
//!
//! Purpose: [`Guide`] is what a flow says, put together once, and its JSON; [`reading`] and [`script`] lay it out as a sheet, the one to be
//! read, the other to be walked on paper; [`Listed`] is an error among others. Must not: do I/O. Place: after graph; the
//! command line and the site use it.

mod document;
mod listing;
mod reading;
mod script;

pub use document::{Guide, Names, schema};
pub use listing::{Listed, Unknown, Wanted, grouped, lines, sort};
pub use reading::{Pages, reading};
pub use script::script;

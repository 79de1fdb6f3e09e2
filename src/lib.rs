//! rootwalk
pub mod diag;
pub mod flow;
pub mod graph;
pub mod source;
pub mod store;
pub mod text;
pub mod walk;

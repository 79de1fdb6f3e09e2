//! rootwalk
pub mod diag;
pub mod flow;
pub mod graph;
pub mod source;
pub mod text;
pub mod transcript;
pub mod walk;

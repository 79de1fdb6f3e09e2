//! rootwalk
pub mod diag;
pub mod flow;
pub mod source;
pub mod text;

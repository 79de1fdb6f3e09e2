//! Drawings: a flow's graph as text, DOT, Mermaid, SVG and JSON, with a walk or the coverage laid over it.
//!
//! Purpose: [`Picture`] says once what there is to draw; each form only lays it out and escapes its own markup, so none can say more
//! than another. Must not: know sessions or rehearsals ([`Marks`] and [`Touches`] are what is left of them here). The SVG is placed by
//! `layout`; its head says why it is our own.

mod document;
mod dot;
mod layout;
mod mermaid;
mod overlay;
mod picture;
mod svg;
mod tree;

pub use document::{document, schema};
pub use dot::dot;
pub use mermaid::mermaid;
pub use overlay::{Count, Marks, Overlay, Touches};
pub use picture::Picture;
pub use svg::{Drawing, MOST_BOXES, Numbers, svg};
pub use tree::{Paper, tree};

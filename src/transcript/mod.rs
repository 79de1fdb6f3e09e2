//! The transcript: a session as one document, and renderings that say the same.
//!
//! Purpose: [`Transcript::of`] puts events and flow together once; [`json`] is that value as a file, from which another
//! machine resumes ([`read`]) and by which anybody can check it ([`replay`]); [`markdown`], [`text`] and [`html`] are one sheet made
//! of it, so none can say more than another; [`handover`] is the one screen for the colleague who takes over.
//! Must not: do I/O, read a clock, let a byte of input act in any rendering: texts are made harmless when the sheet is made, and
//! each rendering escapes its own markup. Place: after walk and store; only the command line uses it.

mod compose;
mod document;
mod entries;
#[cfg(test)]
mod fixture;
mod handover;
#[cfg(test)]
mod hostile;
mod import;
mod json;
mod marks;
mod replay;
mod sections;
mod sheets;
#[cfg(test)]
mod tests;
mod words;

pub use document::{
    Answered, CauseFacts, EditionText, Entry, ErrorFacts, FORMAT, Fix, LegFacts, Named, Next, NextKind, Note, Now,
    Outcome, PastedText, RelatedError, RuledOutCause, State, StepFacts, Times, Transcript,
};
pub use handover::handover;
pub use import::{ImportError, MAX_TRANSCRIPT, read};
pub use json::{json, schema};
pub use marks::marks;
pub use replay::{ReplayError, Replayed, replay};
pub use sheets::{html, markdown, text};

//! The walk: from events to the next prompt.
//!
//! Purpose: state is a fold of [`Event`]s; position is a pure function of state; a failed fix always leads somewhere.
//! Must not: do I/O, read a clock, draw a random number: times and ids are arguments. Place: after graph; the UI asks what
//! the walk says, the store keeps what the walk accepted, the transcript tells it again.

mod event;
mod leg;
mod narrowing;
mod position;
mod script;
mod session;

pub use event::{About, Event, FlowRef, Mark, NoteKind, PauseReason, Record, RefusedOutcome, Wording};
pub use leg::Leg;
pub use narrowing::{Narrowing, narrow, narrow_if, ruled_out_by};
pub use position::{Ended, Prompt, describe, open, position};
pub use script::{Play, play, play_past, tried_sides};
pub use session::{Edition, Illegal, Session};

//! Events: what happened in a session, in the form in which it is stored and exported.
//!
//! Names are ids, not places in a list, so an event means the same on every machine. A variant or field is never renamed:
//! old stores and exports hold them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::flow::{Answer, FixResult};
use crate::paste::Pasted;

/// Holds one event with its number, time and author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Number in the session, from 1, without gaps.
    pub n: u32,
    /// When it happened, in UTC, to the millisecond.
    pub at: Timestamp,
    /// Who sat at the keyboard, where that is known.
    pub by: Option<String>,
    /// What happened.
    pub event: Event,
}

/// Says what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// The session began.
    Started {
        /// The flow it walks first.
        flow: FlowRef,
        /// Whom and what it is about.
        about: About,
        /// Version of the program.
        program: String,
    },
    /// The question that was asked got an answer.
    Answered {
        /// The question.
        question: String,
        /// The answer.
        answer: Answer,
        /// The text that was shown.
        shown: Wording,
    },
    /// An earlier answer was changed; later ones stay.
    Revised {
        /// The question.
        question: String,
        /// The new answer.
        answer: Answer,
    },
    /// The last answer, revision, verification, refusal or hand-off was taken back.
    TakenBack {
        /// The number of the event taken back.
        n: u32,
    },
    /// Somebody wrote something down.
    Noted {
        /// What kind of note.
        note: NoteKind,
        /// The text as it was typed, without its secrets.
        text: String,
    },
    /// The error text became known, as it was pasted.
    Pasted {
        /// What is kept of it.
        pasted: Pasted,
    },
    /// A step of a fix was worked on.
    StepMarked {
        /// The cause whose fix it is.
        cause: String,
        /// The step.
        step: String,
        /// What came of it.
        mark: Mark,
    },
    /// Somebody looked whether the fix worked.
    FixVerified {
        /// The cause.
        cause: String,
        /// Whether it did.
        result: FixResult,
    },
    /// The walk went on in another flow.
    HandedOff {
        /// The other flow.
        to: FlowRef,
    },
    /// An outcome was not taken; the walk went on looking.
    Refused {
        /// The outcome.
        outcome: RefusedOutcome,
    },
    /// The walk was left, to be gone on with.
    Paused {
        /// Why.
        reason: PauseReason,
    },
    /// The walk was gone on with.
    Resumed,
    /// Whom and what it is about became known or changed.
    Described {
        /// All of it, as it is now.
        about: About,
    },
    /// Somebody else takes the session over.
    HandedOver {
        /// Who.
        to: Option<String>,
    },
    /// Somebody else has to look.
    Escalated {
        /// Why, or to whom.
        reason: String,
    },
    /// The session ended without a cause that was fixed.
    Closed,
}

/// Names a flow in the state in which it was walked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowRef {
    /// The flow's id.
    pub id: String,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
}

/// Says whom and what a session is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The ticket.
    pub ticket: Option<String>,
    /// The agent.
    pub agent: Option<String>,
    /// The customer.
    pub customer: Option<String>,
    /// The symptom in the customer's words.
    pub symptom: Option<String>,
    /// Whether it is walked at a support desk, with a customer.
    pub desk: bool,
}

/// Says which of a question's texts was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// The question itself.
    Ask,
    /// What to say to a customer, with the question below it.
    Say,
}

/// Says what a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Anything worth keeping.
    Note,
    /// Something promised to the customer.
    Promise,
    /// The symptom in the customer's words.
    Symptom,
}

/// Says what came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Done.
    Done,
    /// Not needed, or not now.
    Skipped,
    /// Tried, and did not work.
    Failed,
}

/// Names an outcome that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusedOutcome {
    /// A hand-off to a flow.
    HandOff(String),
    /// An escalation, by its text.
    Escalation(String),
}

/// Says why a walk was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PauseReason {
    /// The person left.
    Quit,
    /// The fix has to show its effect first.
    Later,
    /// An answer was asked for that the script does not hold.
    NoAnswer,
}

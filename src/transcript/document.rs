//! The document: what a transcript says, field by field. Its JSON is a format that other machines read: a field is never
//! renamed, a new one is optional or raises [`FORMAT`].

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::flow::{Answer, Effort, FixResult, Likelihood, Risk, Severity, Unsure};
use crate::paste::{Masked, Taken};
use crate::walk::{About, Event, FlowRef, Mark, NoteKind};

/// Version of the format; a reader refuses any other.
pub const FORMAT: u32 = 1;

/// Holds a session as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// Always [`FORMAT`].
    pub format: u32,
    /// Version of the program that began the session.
    pub program: String,
    /// The session's id.
    pub session: String,
    /// Whom and what it is about, as it was at the end.
    pub about: About,
    /// The error text as it was pasted, without its secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pasted: Vec<PastedText>,
    /// When it happened.
    pub times: Times,
    /// What came of it.
    pub result: Outcome,
    /// What was promised to the customer.
    pub promises: Vec<String>,
    /// What was written down, promises and symptoms too.
    pub notes: Vec<Note>,
    /// The flows walked, in order; a hand-off that was taken back is not among them.
    pub legs: Vec<LegFacts>,
    /// Everything that happened.
    pub entries: Vec<Entry>,
    /// The text of each flow that the events name, in the order in which they do.
    pub editions: Vec<EditionText>,
}

/// Says when a session happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// The first event.
    pub started: Timestamp,
    /// The last event.
    pub last: Timestamp,
    /// The time between events, without pauses and without what came after the end.
    pub active: SignedDuration,
}

/// Says what came of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// How it stands.
    pub state: State,
    /// Why or to whom it was escalated.
    pub reason: Option<String>,
    /// The cause that was found, or the one whose fix is tried now.
    pub cause: Option<CauseFacts>,
    /// Whether somebody looked and saw that its fix worked.
    pub verified: bool,
    /// The answers that speak against that cause.
    pub against: Vec<Answered>,
    /// The fixes that were tried, in order.
    pub fixes: Vec<Fix>,
    /// The steps that keep the cause from coming back.
    pub prevent: Vec<StepFacts>,
    /// The causes still possible, the most promising first.
    pub live: Vec<Named>,
    /// The causes that the answers ruled out, the most promising first.
    pub ruled_out: Vec<RuledOutCause>,
    /// What is asked now, unless the session has ended.
    pub now: Option<Now>,
    /// Other errors that look like this one.
    pub related: Vec<RelatedError>,
}

/// Says how a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A fix worked.
    Resolved,
    /// Somebody else has to look.
    Escalated,
    /// Closed without a fix that worked.
    Unresolved,
    /// It can be gone on with.
    Open,
}

/// Names something of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its title; of a question, the question.
    pub title: String,
}

/// Holds a cause as a reader needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseFacts {
    /// Its id.
    pub id: String,
    /// The cause in a few words.
    pub title: String,
    /// How it makes the error.
    pub why: String,
    /// How often it is the one.
    pub likelihood: Likelihood,
    /// What to see when its fix worked.
    pub verify: Option<String>,
}

/// Holds a step as a reader needs it, with what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepFacts {
    /// Its id.
    pub id: String,
    /// The step in a few words.
    pub title: String,
    /// What to do, and where.
    pub text: String,
    /// A command to copy, filled with what the pasted text says.
    pub command: Option<String>,
    /// What the command has from the pasted text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<Taken>,
    /// How long it takes.
    pub effort: Effort,
    /// What it can do to a running system.
    pub risk: Risk,
    /// What came of it, if anything yet.
    pub mark: Option<Mark>,
}

/// Holds a fix that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// The cause it removes.
    pub cause: Named,
    /// Whether it worked, if somebody looked.
    pub result: Option<FixResult>,
    /// Its steps.
    pub steps: Vec<StepFacts>,
}

/// Holds a question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// The question's id.
    pub question: String,
    /// The question.
    pub ask: String,
    /// The answer.
    pub answer: Answer,
}

/// Holds a cause that is ruled out, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuledOutCause {
    /// The cause.
    pub cause: Named,
    /// The fewest answers that would have to be different.
    pub by: Vec<Answered>,
}

/// Says what is asked now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Now {
    /// The prompt.
    pub next: Next,
    /// The question, the cause's title, the other flow or whom to escalate to.
    pub text: String,
    /// What to say to a customer.
    pub say: Option<String>,
    /// The first step of the fix that nothing came of yet.
    pub step: Option<StepFacts>,
    /// Least questions to the next outcome.
    pub least: u32,
    /// Most questions to the next outcome.
    pub most: u32,
}

/// Names a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Next {
    /// What is asked.
    pub kind: NextKind,
    /// The question, the cause or the other flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The questions whose answers speak against the cause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
}

/// Says what a prompt asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextKind {
    /// A question.
    Question,
    /// Whether a fix worked.
    Fix,
    /// Whether to go on in another flow.
    HandOff,
    /// Whether to escalate.
    Escalation,
    /// Nothing: the session has ended.
    Ended,
}

/// Names a related error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedError {
    /// Its flow.
    pub flow: String,
    /// When it is that one.
    pub when: String,
}

/// Holds a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The number of its event.
    pub n: u32,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: Option<String>,
    /// What kind of note.
    pub note: NoteKind,
    /// The text as it was typed, without its secrets.
    pub text: String,
}

/// Holds a text that was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastedText {
    /// The number of its event.
    pub n: u32,
    /// The text, with a mark where each secret stood.
    pub text: String,
    /// What was masked in it.
    pub masked: Vec<Masked>,
    /// How many bytes came after what is kept.
    pub left_out: u64,
}

/// Holds what is known on one flow of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegFacts {
    /// The flow and the hash of its text.
    pub flow: FlowRef,
    /// The error it is about.
    pub error: ErrorFacts,
    /// The answers that count, in the order in which the questions were first asked.
    pub answers: Vec<Answered>,
    /// The answers that were known from the flows walked before, so that the questions were not asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_over: Vec<Answered>,
    /// The questions that led to where the walk is, in order.
    pub way: Vec<String>,
    /// What the walk came to here.
    pub at: Next,
    /// The causes whose fix did not work.
    pub failed: Vec<Named>,
    /// The causes that the answers ruled out.
    pub ruled_out: Vec<String>,
}

/// Holds the facts of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorFacts {
    /// The code as the product prints it.
    pub code: String,
    /// The error in a few words.
    pub title: String,
    /// Where it occurs.
    pub product: String,
    /// What kind of error it is.
    pub category: String,
    /// How much it hurts.
    pub severity: Severity,
}

/// Holds one event with what a reader needs to understand it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Number in the session, from 1.
    pub n: u32,
    /// When it happened.
    pub at: Timestamp,
    /// Who sat at the keyboard.
    pub by: Option<String>,
    /// What happened.
    pub event: Event,
    /// The event that took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back_by: Option<u32>,
    /// The question that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// What was said to the customer instead, when that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// The answer before it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Answer>,
    /// What *not sure* meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsure: Option<Unsure>,
    /// The cause whose fix it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Named>,
    /// The step it was about, with what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepFacts>,
    /// The flow that was begun: its id, and its error's code and title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Named>,
    /// The answers that were known in the flow that was begun.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_over: Vec<Answered>,
    /// The causes it ruled out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ruled_out: Vec<Named>,
    /// The causes it made possible again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brought_back: Vec<Named>,
    /// What was asked after it.
    pub next: Next,
}

/// Holds the text of a flow as it was walked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionText {
    /// The flow's id.
    pub id: String,
    /// SHA-256 of the text, in hexadecimal.
    pub hash: String,
    /// The text.
    pub text: String,
}

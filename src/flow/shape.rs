//! The format as a table: which fields there are, what kind each is, which may be left out.
//!
//! `raw.rs` is the same format for serde; a property test keeps the two in step, so that a file serde takes has a
//! good form here, and the other way round. `form.rs` compares a file with the table, `repair.rs` fits it in.

use super::model::{Answer, Effort, Expected, FixResult, Likelihood, Risk, Severity, Unsure};

/// Describes a kind of value.
#[derive(Debug)]
pub(super) enum Shape {
    Text,
    /// A text, also as `Some("…")`, or `None`.
    MaybeText,
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words with a text in brackets, or one of the bare words.
    Tagged {
        with_text: &'static [&'static str],
        bare: &'static [&'static str],
    },
    List(&'static Shape),
    Map(&'static Shape),
    Struct(&'static str, &'static [Field]),
}

/// Describes a field of a struct.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: &'static Shape,
    pub(super) required: bool,
}

const fn must(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, shape, required: true }
}

const fn may(name: &'static str, shape: &'static Shape) -> Field {
    Field { name, shape, required: false }
}

static TEXT: Shape = Shape::Text;
static MAYBE: Shape = Shape::MaybeText;
static TEXTS: Shape = Shape::List(&TEXT);
static TARGET: Shape = Shape::Tagged { with_text: &["Ask", "Cause", "HandOff", "Escalate"], bare: &[] };
static ANSWERS: Shape = Shape::Map(&Shape::Word(Answer::WORDS));
static FIXES: Shape = Shape::Map(&Shape::Word(FixResult::WORDS));

/// Describes a flow file.
pub(super) static FLOW: Shape = Shape::Struct(
    "Flow",
    &[
        must("format", &Shape::Number),
        must("id", &TEXT),
        must("error", &ERROR),
        must("causes", &Shape::Map(&CAUSE)),
        must("steps", &Shape::Map(&STEP)),
        must("start", &TEXT),
        must("questions", &Shape::Map(&QUESTION)),
        may("inseparable", &Shape::List(&INSEPARABLE)),
        may("faq", &Shape::List(&FAQ)),
        may("related", &Shape::List(&RELATED)),
        may("rehearsals", &Shape::List(&REHEARSAL)),
    ],
);

/// Describes a file of shared steps.
pub(super) static SHARED: Shape =
    Shape::Struct("Shared", &[must("format", &Shape::Number), must("steps", &Shape::Map(&STEP))]);

static ERROR: Shape = Shape::Struct(
    "Error",
    &[
        must("code", &TEXT),
        must("title", &TEXT),
        must("product", &TEXT),
        must("category", &TEXT),
        must("severity", &Shape::Word(Severity::WORDS)),
        must("meaning", &TEXT),
        may("signatures", &TEXTS),
        must("source", &TEXT),
        must("checked", &TEXT),
    ],
);

static CAUSE: Shape = Shape::Struct(
    "Cause",
    &[
        must("title", &TEXT),
        must("why", &TEXT),
        must("likelihood", &Shape::Word(Likelihood::WORDS)),
        must("fix", &TEXTS),
        may("verify", &MAYBE),
        may("prevent", &TEXTS),
        may("expects", &Shape::Map(&Shape::Word(Expected::WORDS))),
    ],
);

static STEP: Shape = Shape::Struct(
    "Step",
    &[
        must("title", &TEXT),
        must("text", &TEXT),
        may("command", &MAYBE),
        may("look_for", &MAYBE),
        may("warning", &MAYBE),
        must("effort", &Shape::Word(Effort::WORDS)),
        must("risk", &Shape::Word(Risk::WORDS)),
    ],
);

static QUESTION: Shape = Shape::Struct(
    "Question",
    &[
        must("ask", &TEXT),
        may("find_out", &TEXTS),
        may("why", &MAYBE),
        may("say", &MAYBE),
        may("agent", &MAYBE),
        may("unsure", &Shape::Word(Unsure::WORDS)),
        may("fact", &MAYBE),
        must("yes", &TARGET),
        must("no", &TARGET),
    ],
);

static INSEPARABLE: Shape = Shape::Struct("Inseparable", &[must("causes", &TEXTS), must("why", &TEXT)]);

static FAQ: Shape = Shape::Struct(
    "Faq",
    &[
        must("question", &TEXT),
        must("answer", &TEXT),
        may("helps", &Shape::List(&Shape::Tagged { with_text: &["Question", "Cause"], bare: &[] })),
    ],
);

static RELATED: Shape = Shape::Struct("Related", &[must("flow", &TEXT), must("when", &TEXT)]);

static REHEARSAL: Shape = Shape::Struct(
    "Rehearsal",
    &[
        must("name", &TEXT),
        may("answers", &ANSWERS),
        may("fixes", &FIXES),
        must("ends", &Shape::Tagged { with_text: &["Cause", "HandOff"], bare: &["Escalate"] }),
    ],
);

/// Describes an answers file.
pub(super) static ANSWERS_FILE: Shape = Shape::Struct("Answers", &[may("answers", &ANSWERS), may("fixes", &FIXES)]);

//! The serde mirror of a flow file: what stands in the file, not yet checked.
//!
//! `shape.rs` holds the same format as a table, to say what is wrong with a file that serde refuses; a property
//! test keeps the two in step.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::model::{Effort, Likelihood, Risk, Severity};

/// Mirrors a whole file.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Flow")]
pub(super) struct RawFlow {
    pub(super) format: u32,
    pub(super) id: String,
    pub(super) error: RawError,
    pub(super) causes: Entries<RawCause>,
    pub(super) steps: Entries<RawStep>,
    pub(super) start: String,
    pub(super) questions: Entries<RawQuestion>,
    #[serde(default)]
    pub(super) inseparable: Vec<RawInseparable>,
    #[serde(default)]
    pub(super) faq: Vec<RawFaq>,
    #[serde(default)]
    pub(super) related: Vec<RawRelated>,
    #[serde(default)]
    pub(super) rehearsals: Vec<RawRehearsal>,
}

/// Mirrors a file of shared steps.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Shared")]
pub(super) struct RawShared {
    pub(super) format: u32,
    pub(super) steps: Entries<RawStep>,
}

/// Mirrors `error`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Error")]
pub(super) struct RawError {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) product: String,
    pub(super) category: String,
    pub(super) severity: Severity,
    pub(super) meaning: String,
    #[serde(default)]
    pub(super) signatures: Vec<String>,
    pub(super) source: String,
    pub(super) checked: String,
}

/// Mirrors an entry of `causes`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Cause")]
pub(super) struct RawCause {
    pub(super) title: String,
    pub(super) why: String,
    pub(super) likelihood: Likelihood,
    pub(super) fix: Vec<String>,
    #[serde(default)]
    pub(super) verify: Option<String>,
    #[serde(default)]
    pub(super) prevent: Vec<String>,
    #[serde(default)]
    pub(super) expects: Entries<super::model::Expected>,
}

/// Mirrors an entry of `steps`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Step")]
pub(super) struct RawStep {
    pub(super) title: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) command: Option<String>,
    #[serde(default)]
    pub(super) look_for: Option<String>,
    #[serde(default)]
    pub(super) warning: Option<String>,
    pub(super) effort: Effort,
    pub(super) risk: Risk,
}

/// Mirrors an entry of `questions`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Question")]
pub(super) struct RawQuestion {
    pub(super) ask: String,
    #[serde(default)]
    pub(super) find_out: Vec<String>,
    #[serde(default)]
    pub(super) why: Option<String>,
    #[serde(default)]
    pub(super) say: Option<String>,
    #[serde(default)]
    pub(super) agent: Option<String>,
    #[serde(default)]
    pub(super) unsure: super::model::Unsure,
    #[serde(default)]
    pub(super) fact: Option<String>,
    pub(super) yes: RawTarget,
    pub(super) no: RawTarget,
}

/// Mirrors where an answer leads.
#[derive(Debug, serde::Deserialize)]
#[serde(rename = "Target")]
pub(super) enum RawTarget {
    Ask(String),
    Cause(String),
    HandOff(String),
    Escalate(String),
}

/// Mirrors an entry of `inseparable`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Inseparable")]
pub(super) struct RawInseparable {
    pub(super) causes: Vec<String>,
    pub(super) why: String,
}

/// Mirrors an entry of `faq`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Faq")]
pub(super) struct RawFaq {
    pub(super) question: String,
    pub(super) answer: String,
    #[serde(default)]
    pub(super) helps: Vec<RawHelps>,
}

/// Mirrors where a FAQ entry helps.
#[derive(Debug, serde::Deserialize)]
#[serde(rename = "Helps")]
pub(super) enum RawHelps {
    Question(String),
    Cause(String),
}

/// Mirrors an entry of `related`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Related")]
pub(super) struct RawRelated {
    pub(super) flow: String,
    pub(super) when: String,
}

/// Mirrors an entry of `rehearsals`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Rehearsal")]
pub(super) struct RawRehearsal {
    pub(super) name: String,
    #[serde(default)]
    pub(super) answers: Entries<super::model::Answer>,
    #[serde(default)]
    pub(super) fixes: Entries<super::model::FixResult>,
    pub(super) ends: RawEnd,
}

/// Mirrors where a rehearsal ends.
#[derive(Debug, serde::Deserialize)]
#[serde(rename = "End")]
pub(super) enum RawEnd {
    Cause(String),
    HandOff(String),
    Escalate,
}

/// Mirrors an answers file: a rehearsal without name and end.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename = "Answers")]
pub(super) struct RawAnswers {
    #[serde(default)]
    pub(super) answers: Entries<super::model::Answer>,
    #[serde(default)]
    pub(super) fixes: Entries<super::model::FixResult>,
}

/// Holds a map in the order of the file with every entry of it: `ron` would let the last of two equal keys win.
#[derive(Debug)]
pub(super) struct Entries<V>(pub(super) Vec<(String, V)>);

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Collect<V> {
            type Value = Entries<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<V>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Collect(PhantomData))
    }
}

//! The least that reads a flow, as the measure of what reading costs.

use std::collections::HashMap;

/// The least that reads a flow: every text kept, nothing looked at.
#[derive(serde::Deserialize)]
#[serde(rename = "Flow")]
#[expect(dead_code, reason = "it is only built")]
pub(crate) struct Bare {
    format: u32,
    id: String,
    error: BareError,
    causes: HashMap<String, BareCause>,
    steps: HashMap<String, BareStep>,
    start: String,
    questions: HashMap<String, BareQuestion>,
    #[serde(default)]
    faq: Vec<BareFaq>,
    #[serde(default)]
    related: Vec<BareRelated>,
    #[serde(default)]
    rehearsals: Vec<BareRehearsal>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareError {
    code: String,
    title: String,
    product: String,
    category: String,
    severity: Word,
    meaning: String,
    #[serde(default)]
    signatures: Vec<String>,
    source: String,
    checked: String,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareCause {
    title: String,
    why: String,
    likelihood: Word,
    fix: Vec<String>,
    #[serde(default)]
    verify: Option<String>,
    #[serde(default)]
    prevent: Vec<String>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareStep {
    title: String,
    text: String,
    #[serde(default)]
    command: Option<String>,
    #[serde(default)]
    look_for: Option<String>,
    #[serde(default)]
    warning: Option<String>,
    effort: Word,
    risk: Word,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareQuestion {
    ask: String,
    #[serde(default)]
    find_out: Vec<String>,
    #[serde(default)]
    why: Option<String>,
    #[serde(default)]
    say: Option<String>,
    #[serde(default)]
    agent: Option<String>,
    #[serde(default)]
    unsure: Option<Word>,
    yes: Target,
    no: Target,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
enum Target {
    Ask(String),
    Cause(String),
    HandOff(String),
    Escalate(String),
    Question(String),
}

#[derive(serde::Deserialize)]
enum Word {
    Critical,
    High,
    Medium,
    Low,
    Common,
    Occasional,
    Rare,
    Minutes,
    Hours,
    Days,
    Safe,
    Disruptive,
    Irreversible,
    KeepBoth,
    AsYes,
    AsNo,
    Yes,
    No,
    Unsure,
    Fixed,
    NotFixed,
    Escalate,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareFaq {
    question: String,
    answer: String,
    #[serde(default)]
    helps: Vec<Target>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareRelated {
    flow: String,
    when: String,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
struct BareRehearsal {
    name: String,
    #[serde(default)]
    answers: HashMap<String, Word>,
    #[serde(default)]
    fixes: HashMap<String, Word>,
    ends: End,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only built")]
enum End {
    Cause(String),
    HandOff(String),
    Escalate,
}

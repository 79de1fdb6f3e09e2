//! The outcome: how a walk was left, as the object that `--format json` prints, as a line, and as an exit code.

use super::drive::Left;
use super::error::Exit;
use crate::walk::{Ended, Prompt, Session, narrow};

/// Mirrors the object that `--format json` prints at the end of a walk.
#[derive(Debug, serde::Serialize)]
pub(super) struct Outcome {
    session: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
    /// The flow that goes on, when it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    asked: Vec<String>,
    live: Vec<String>,
}

/// Mirrors where a walk that has not ended stands.
#[derive(Debug, serde::Serialize)]
struct At {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

impl Outcome {
    /// Says how a walk was left.
    pub(super) fn of(session: &Session, left: Left) -> Self {
        let (flow, prompt) = (session.flow(), session.prompt());
        let state = state(session, left);
        let to = if let Prompt::HandOff(outcome) = prompt { flow.outcome(outcome).hand_off() } else { None };
        let at = |kind, id: Option<&str>| Some(At { kind, id: id.map(str::to_owned) });
        let asked = session
            .legs()
            .flat_map(|(edition, leg)| leg.asked().iter().map(|&ix| edition.flow().question(ix).id.clone()));
        let live = narrow(flow, session.edition().ranking(), session.leg()).live;
        Self {
            session: session.id().to_owned(),
            state,
            at: match &prompt {
                _ if state != "paused" => None,
                Prompt::Question(question) => at("question", Some(&flow.question(*question).id)),
                Prompt::Fix { cause, .. } => at("fix", Some(&flow.cause(*cause).id)),
                Prompt::HandOff(_) => at("hand-off", to),
                Prompt::Escalation(_) => at("escalation", None),
                Prompt::Ended(_) => None,
            },
            to: to.map(str::to_owned),
            cause: match prompt {
                Prompt::Fix { cause, .. } | Prompt::Ended(Ended::Resolved(cause)) => Some(flow.cause(cause).id.clone()),
                _ => None,
            },
            asked: asked.collect(),
            live: live.into_iter().map(|cause| flow.cause(cause).id.clone()).collect(),
        }
    }
}

fn state(session: &Session, left: Left) -> &'static str {
    match (session.ended(), left, session.prompt()) {
        (Some(Ended::Resolved(_)), ..) => "resolved",
        (Some(Ended::Escalated(_)), ..) => "escalated",
        (Some(Ended::Unresolved), ..) => "unresolved",
        (None, Left::NoAnswer, Prompt::HandOff(_)) => "handed-off",
        (None, ..) => "paused",
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.state)?;
        match (&self.at, &self.cause, &self.to) {
            (Some(At { kind, id: Some(id) }), ..) => write!(f, " at the {kind} `{id}`"),
            (Some(At { kind, id: None }), ..) => write!(f, " at the {kind}"),
            (None, Some(cause), _) => write!(f, ": {cause}"),
            (None, None, Some(to)) => write!(f, " to `{to}`"),
            (None, None, None) => Ok(()),
        }
    }
}

/// Returns the exit code of a walk.
pub(super) fn exit(session: &Session, left: Left) -> Exit {
    match (left, state(session, left)) {
        (Left::Signal(signal), _) => Exit::Signal(signal),
        (_, "resolved") => Exit::Done,
        (_, "paused") => Exit::Paused,
        _ => Exit::No,
    }
}

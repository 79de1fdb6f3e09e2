//! A leg as marks on a drawing of its flow.

use super::document::{NextKind, State, Transcript};
use crate::flow::{Flow, OutcomeIx, Target};
use crate::graph::Marks;

/// Returns what a leg of a transcript made of its flow.
pub fn marks(transcript: &Transcript, leg: usize, flow: &Flow) -> Marks {
    let is_last = leg + 1 == transcript.legs.len();
    let leg = &transcript.legs[leg];
    let id = leg.at.id.as_deref();
    let at = match leg.at.kind {
        NextKind::Question => id.and_then(|id| flow.find_question(id)).map(Target::Ask),
        NextKind::Fix => id.and_then(|id| flow.find_cause(id)).map(|cause| Target::End(cause.into())),
        NextKind::HandOff => id.and_then(|id| flow.find_hand_off(id)).map(Target::End),
        NextKind::Escalation => escalation(transcript, flow).map(Target::End),
        NextKind::Ended => None,
    };
    let answers = leg.taken_over.iter().chain(&leg.answers);
    Marks {
        session: transcript.session.clone(),
        answered: answers.filter_map(|given| Some((flow.find_question(&given.question)?, given.answer))).collect(),
        way: leg.way.iter().filter_map(|id| flow.find_question(id)).collect(),
        at,
        is_fixed: is_last && transcript.result.state == State::Resolved,
        failed: leg.failed.iter().filter_map(|cause| flow.find_cause(&cause.id)).collect(),
        ruled_out: leg.ruled_out.iter().filter_map(|id| flow.find_cause(id)).collect(),
    }
}

/// Finds the flow's own escalation that is offered now.
fn escalation(transcript: &Transcript, flow: &Flow) -> Option<OutcomeIx> {
    let now = transcript.result.now.as_ref()?;
    let is_it = |&ix: &OutcomeIx| matches!(flow.outcome(ix), crate::flow::Outcome::Escalate(text) if *text == now.text);
    flow.outcome_ixs().find(is_it)
}

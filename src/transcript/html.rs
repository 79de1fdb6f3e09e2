//! The transcript as one HTML file for a browser or paper: no script, nothing loaded, the walked path drawn on each flow's graph.

use askama::Template;

use super::document::{EditionText, LegFacts, NextKind, State, Transcript};
use super::import::edition;
use super::page::{Block, Page};
use super::words;
use crate::flow::{Flow, OutcomeIx, Target};
use crate::graph::{Marks, svg};
use crate::text::one_line;

#[derive(Template)]
#[template(path = "page.html", config = "src/transcript/askama.toml")]
struct Document<'a> {
    page: &'a Page,
    state: &'static str,
    legs: Vec<Graph>,
}

/// Holds the drawing of a leg.
struct Graph {
    flow: String,
    svg: String,
    left_out: usize,
}

/// Writes a transcript as HTML.
#[expect(clippy::missing_panics_doc, reason = "memory takes every byte")]
pub fn html(transcript: &Transcript) -> String {
    let page = Page::of(transcript);
    let legs = transcript.legs.iter().enumerate().filter_map(|(n, leg)| graph(transcript, leg, n)).collect();
    let document = Document { page: &page, state: words::state(transcript.result.state), legs };
    document.render().expect("memory takes every byte")
}

/// Draws a leg on the graph of its flow, which the transcript carries.
fn graph(transcript: &Transcript, leg: &LegFacts, n: usize) -> Option<Graph> {
    let is_its = |text: &&EditionText| text.id == leg.flow.id && text.hash == leg.flow.hash;
    let edition = edition(transcript.editions.iter().find(is_its)?).ok()?;
    let flow = edition.flow();
    let is_last = n + 1 == transcript.legs.len();
    let drawing = svg(flow, &marks(transcript, leg, flow, is_last), &format!("leg-{}", n + 1));
    Some(Graph { flow: one_line(flow.id()), svg: drawing.svg, left_out: drawing.left_out })
}

fn marks(transcript: &Transcript, leg: &LegFacts, flow: &Flow, is_last: bool) -> Marks {
    let id = leg.at.id.as_deref();
    let at = match leg.at.kind {
        NextKind::Question => id.and_then(|id| flow.find_question(id)).map(Target::Ask),
        NextKind::Fix => id.and_then(|id| flow.find_cause(id)).map(|cause| Target::End(cause.into())),
        NextKind::HandOff => id.and_then(|id| flow.find_hand_off(id)).map(Target::End),
        NextKind::Escalation => escalation(transcript, flow).map(Target::End),
        NextKind::Ended => None,
    };
    let answers = leg.answers.iter();
    Marks {
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

//! The transcript as one HTML file for a browser or paper: no script, nothing loaded, the walked path drawn on each flow's graph.

use askama::Template;

use super::document::{EditionText, LegFacts, Transcript};
use super::import::edition;
use super::marks::marks;
use super::page::{Block, Page};
use super::words;
use crate::graph::{Numbers, Overlay, Picture, STYLE, svg};
use crate::text::one_line;

#[derive(Template)]
#[template(path = "page.html", config = "src/transcript/askama.toml")]
struct Document<'a> {
    page: &'a Page,
    state: &'static str,
    legs: Vec<Graph>,
    style: &'static str,
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
    let document = Document { page: &page, state: words::state(transcript.result.state), legs, style: STYLE };
    document.render().expect("memory takes every byte")
}

/// Draws a leg on the graph of its flow, which the transcript carries.
fn graph(transcript: &Transcript, leg: &LegFacts, n: usize) -> Option<Graph> {
    let is_its = |text: &&EditionText| text.id == leg.flow.id && text.hash == leg.flow.hash;
    let edition = edition(transcript.editions.iter().find(is_its)?).ok()?;
    let flow = edition.flow();
    let marks = marks(transcript, n, flow);
    let drawing = svg(&Picture::of(flow, Overlay::Walk(&marks)), &format!("leg-{}", n + 1), Numbers::Hidden);
    Some(Graph { flow: one_line(flow.id()), svg: drawing.svg, left_out: drawing.left_out })
}

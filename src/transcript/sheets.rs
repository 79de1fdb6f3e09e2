//! The transcript as a sheet, and as the forms that a sheet has: for a ticket, a mail, a browser or paper.

use super::document::{EditionText, LegFacts, Transcript};
use super::import::edition;
use super::marks::marks;
use super::{sections, words};
use crate::graph::{Numbers, Overlay, Picture, svg};
use crate::sheet::{self, Block, Drawing, Frame, Line, Sheet};

/// Writes a transcript as Markdown.
pub fn markdown(transcript: &Transcript) -> String {
    sheet::markdown(&sheet(transcript, Vec::new()))
}

/// Writes a transcript as plain text.
pub fn text(transcript: &Transcript) -> String {
    sheet::text(&sheet(transcript, Vec::new()), sheet::WIDTH)
}

/// Writes a transcript as one HTML file, the walked path drawn on each flow's graph.
pub fn html(transcript: &Transcript) -> String {
    let drawings = transcript.legs.iter().enumerate().filter_map(|(n, leg)| drawing(transcript, leg, n)).collect();
    sheet::html(&sheet(transcript, drawings), Frame::Alone)
}

fn sheet(transcript: &Transcript, drawings: Vec<Drawing>) -> Sheet {
    let error = transcript.legs.last().map(|leg| &leg.error);
    let title = error.map_or_else(String::new, |error| format!("Error {}: {}", error.code, error.title));
    let mut sections = sections::all(transcript);
    if let Some(path) = sections.iter_mut().find(|section| section.key == sections::PATH) {
        path.blocks.extend(drawings.into_iter().map(Block::Drawing));
    }
    Sheet::new(title, words::state(transcript.result.state), sections)
}

/// Draws a leg on the graph of its flow, which the transcript carries.
fn drawing(transcript: &Transcript, leg: &LegFacts, n: usize) -> Option<Drawing> {
    let is_its = |text: &&EditionText| text.id == leg.flow.id && text.hash == leg.flow.hash;
    let edition = edition(transcript.editions.iter().find(is_its)?).ok()?;
    let flow = edition.flow();
    let marks = marks(transcript, n, flow);
    let drawn = svg(&Picture::of(flow, Overlay::Walk(&marks)), &format!("leg-{}", n + 1), Numbers::Hidden);
    let left_out = match drawn.left_out {
        0 => String::new(),
        boxes => format!("; only what the walk touched is drawn, {boxes} boxes are left out"),
    };
    let caption = Line::new(format!("The path on the graph of {}{left_out}", flow.id()));
    Some(Drawing { caption, svg: drawn.svg, ..Drawing::default() })
}

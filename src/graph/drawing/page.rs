//! A picture as one HTML page for a browser or paper: what the error is, the drawing, and every question and cause with its steps.
//! No script, nothing loaded.

use askama::Template;

use super::overlay::{Overlay, State};
use super::picture::{Edge, Kind, Node, Picture};
use super::svg::{Drawing, Numbers, svg};
use crate::flow::{Cause, Question, StepIx, Target};
use crate::graph::Reach;
use crate::text::{one_line, visible};

/// What the pages of this program have in common: colours for a light and a dark screen, print.
pub const STYLE: &str = include_str!("style.css");

#[derive(Template)]
#[template(path = "page.html", config = "src/graph/drawing/askama.toml")]
struct Page<'a> {
    title: String,
    state: &'static str,
    subtitle: String,
    facts: Vec<(&'static str, String)>,
    meaning: String,
    caption: String,
    drawing: Drawing,
    legend: &'static [(&'static str, &'static str)],
    questions: Vec<QuestionEntry>,
    causes: Vec<CauseEntry>,
    ends: Vec<(usize, &'a Node)>,
    /// How many boxes have no entry, as there are too many for a page.
    unlisted: usize,
    style: &'static str,
}

struct QuestionEntry {
    number: usize,
    ask: String,
    status: String,
    why: Option<String>,
    find_out: Vec<StepEntry>,
    sides: Vec<(String, usize, String)>,
    unsure: &'static str,
    possible: Vec<String>,
}

struct CauseEntry {
    number: usize,
    title: String,
    status: String,
    bands: String,
    why: String,
    fix: Vec<StepEntry>,
    verify: Option<String>,
    prevent: Vec<StepEntry>,
}

struct StepEntry {
    title: String,
    bands: String,
    text: String,
    command: Option<String>,
    look_for: Option<String>,
    warning: Option<String>,
}

/// Most entries of a kind; a larger flow is no page to read.
const MOST_LISTED: usize = 1_000;
/// Most causes that are named as still possible at a question.
const MOST_POSSIBLE: usize = 12;

/// Writes a picture as an HTML page.
#[expect(clippy::missing_panics_doc, reason = "memory takes every byte")]
pub fn page(picture: &Picture) -> String {
    let error = picture.flow.error();
    let caption = [picture.summary()].into_iter().chain(picture.caption());
    let (questions, causes, ends) = (questions(picture), causes(picture), ends(picture));
    let page = Page {
        title: picture.title(),
        state: error.severity.word(),
        subtitle: one_line(&format!("{} · {}", error.product, error.category)),
        facts: vec![
            ("Flow", one_line(picture.flow.id())),
            ("Source", one_line(&error.source)),
            ("Checked", error.checked.to_string()),
        ],
        meaning: visible(&error.meaning).into_owned(),
        caption: caption.collect::<Vec<_>>().join(". "),
        drawing: svg(picture, "graph", Numbers::Shown),
        legend: legend(picture.overlay),
        unlisted: picture.nodes.len() - questions.len() - causes.len() - ends.len(),
        questions,
        causes,
        ends,
        style: STYLE,
    };
    page.render().expect("memory takes every byte")
}

/// Explains what is drawn: a class of the swatch, and words.
fn legend(overlay: Overlay) -> &'static [(&'static str, &'static str)] {
    match overlay {
        Overlay::Nothing => &[
            ("question", "a question; the answer stands on each line that leaves it"),
            ("cause", "a cause, with how often it is the one and how long its fix takes"),
            ("outcome", "a hand-off to another flow, or an escalation to somebody else"),
        ],
        Overlay::Walk(_) => &[
            ("way", "the way to where the walk is"),
            ("answered", "answered, beside that way"),
            ("fixed", "the fix worked"),
            ("failed", "the fix did not work"),
            ("ruled-out", "ruled out by the answers"),
        ],
        Overlay::Touches(_) => {
            &[("touched", "touched by a walk; a line carries how many went along it"), ("untouched", "never touched")]
        }
    }
}

fn questions(picture: &Picture) -> Vec<QuestionEntry> {
    let reach = Reach::of(picture.flow);
    let sides = picture.sides();
    let entry = |(place, node, ix): (usize, &Node, _)| {
        let question: &Question = picture.flow.question(ix);
        let side = |edge: Edge| {
            let to = &picture.nodes[edge.to];
            let kind = if to.kind == Kind::Question { String::new() } else { format!("{}: ", to.kind.word()) };
            (picture.label(&edge), edge.to + 1, format!("{kind}{}", to.text))
        };
        let possible = reach.causes(Target::Ask(ix));
        let more = possible.len().saturating_sub(MOST_POSSIBLE);
        let titles = possible.iter().take(MOST_POSSIBLE).map(|&cause| one_line(&picture.flow.cause(cause).title));
        QuestionEntry {
            number: place + 1,
            ask: node.text.clone(),
            status: words(node),
            why: question.why.as_deref().map(|why| visible(why).into_owned()),
            find_out: steps(picture, &question.find_out),
            sides: sides[place].into_iter().flatten().map(side).collect(),
            unsure: question.unsure.word(),
            possible: titles.chain((more > 0).then(|| format!("{more} more"))).collect(),
        }
    };
    let asked = picture.nodes.iter().enumerate().filter_map(|(place, node)| match node.target {
        Target::Ask(ix) => Some((place, node, ix)),
        Target::End(_) => None,
    });
    asked.take(MOST_LISTED).map(entry).collect()
}

fn causes(picture: &Picture) -> Vec<CauseEntry> {
    let entry = |(place, node): (usize, &Node)| {
        let Kind::Cause(cause) = node.kind else { return None };
        let cause: &Cause = picture.flow.cause(cause);
        Some(CauseEntry {
            number: place + 1,
            title: node.text.clone(),
            status: words(node),
            bands: picture.bands(node).unwrap_or_default(),
            why: visible(&cause.why).into_owned(),
            fix: steps(picture, &cause.fix),
            verify: cause.verify.as_deref().map(|verify| visible(verify).into_owned()),
            prevent: steps(picture, &cause.prevent),
        })
    };
    picture.nodes.iter().enumerate().filter_map(entry).take(MOST_LISTED).collect()
}

fn ends<'a>(picture: &'a Picture) -> Vec<(usize, &'a Node)> {
    let nodes = picture.nodes.iter().enumerate().map(|(place, node)| (place + 1, node));
    nodes.filter(|(_, node)| matches!(node.kind, Kind::HandOff | Kind::Escalation)).take(MOST_LISTED).collect()
}

fn words(node: &Node) -> String {
    if node.state == State::Plain { String::new() } else { node.status.clone() }
}

fn steps(picture: &Picture, steps: &[StepIx]) -> Vec<StepEntry> {
    let owned = |text: &Option<String>| text.as_deref().map(|text| visible(text).into_owned());
    let entry = |&step: &StepIx| {
        let step = picture.flow.step(step);
        StepEntry {
            title: one_line(&step.title),
            bands: format!("{}, {}", step.effort, step.risk),
            text: visible(&step.text).into_owned(),
            command: owned(&step.command),
            look_for: owned(&step.look_for),
            warning: owned(&step.warning),
        }
    };
    steps.iter().map(entry).collect()
}

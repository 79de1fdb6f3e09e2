//! Draws a flow's graph as SVG: questions, labelled edges and outcomes, with what a walk made of them or how often they were
//! touched marked by line width, dashes and words, and by colour besides.
//!
//! The drawing is self-contained, runs nothing, loads nothing, and fits a light and a dark page. Texts are wrapped, not cut.

use std::collections::VecDeque;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use super::layout::{Layout, Link, Rect, Route, place};
use super::overlay::{EdgeState, Overlay, State};
use super::picture::{Edge, Kind, Node, Picture};
use crate::flow::Target;
use crate::text::{one_line, shorten};

/// Most boxes that are drawn; of a larger flow only what the walk touched is, or what is nearest to the start.
pub const MOST_BOXES: usize = 150;
/// Most questions that are drawn then: the last ones of a walk, the first ones of a flow.
const MOST_QUESTIONS: usize = 60;
const COLUMNS: usize = 27;
/// Longest text in a box, in columns; the whole of a longer one is in the box's tooltip.
const LONGEST: usize = 400;
const PER_COLUMN: f64 = 7.2;
const LINE: f64 = 16.;
const PADDING: f64 = 9.;
const MARGIN: f64 = 6.;
/// Width of a text in a box; a line that may be wider is squeezed.
#[expect(clippy::cast_precision_loss, reason = "a small number")]
const INSIDE: f64 = COLUMNS as f64 * PER_COLUMN;

/// Holds a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG element.
    pub svg: String,
    /// How many boxes of the flow are left out because it is too large.
    pub left_out: usize,
}

/// Says whether boxes carry their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// As the tree and the page count them.
    Shown,
    /// As they are shown, and each box leads to `#n` and its number on the same page.
    Linked,
    /// Nothing refers to them.
    Hidden,
}

struct Item<'a> {
    node: &'a Node,
    class: String,
    status: Vec<String>,
    lines: Vec<String>,
    bands: Option<String>,
    /// The number of the box to which a click leads.
    link: Option<usize>,
}

/// Draws a picture. The name makes the ids on the page unique; it consists of letters, digits and `-`.
pub fn svg(picture: &Picture, name: &str, numbers: Numbers) -> Drawing {
    let is_shown = shown(picture);
    let edges: Vec<&Edge> = picture.edges.iter().filter(|edge| is_shown[edge.from]).collect();
    let places = places(picture, &edges, &is_shown);
    let mut item_of = vec![0; picture.nodes.len()];
    for (item, &place) in places.iter().enumerate() {
        item_of[place] = item;
    }
    let items: Vec<Item> = places.iter().map(|&place| Item::new(picture, place, numbers, is_shown[place])).collect();
    let labels: Vec<String> = edges.iter().map(|edge| picture.label(edge)).collect();
    let links: Vec<Link> = edges
        .iter()
        .zip(&labels)
        .map(|(edge, label)| Link { from: item_of[edge.from], to: item_of[edge.to], label: label_size(label) })
        .collect();
    let layout = place(&items.iter().map(Item::size).collect::<Vec<_>>(), &links);
    let left_out = picture.nodes.len() - items.len();
    let head = head(picture, name, left_out, numbers, &layout);
    Drawing { svg: write(&head, &items, &edges.into_iter().zip(labels).collect::<Vec<_>>(), &layout), left_out }
}

/// Tells which questions are drawn with their sides: all, or of a large flow those that the walk touched, or the first ones.
fn shown(picture: &Picture) -> Vec<bool> {
    let nodes = picture.nodes.len();
    if nodes <= MOST_BOXES {
        return vec![true; nodes];
    }
    let mut is_shown = vec![false; nodes];
    let walked: Vec<usize> = match picture.overlay {
        Overlay::Walk(marks) => {
            let now = marks.at.into_iter().filter(|at| matches!(at, Target::Ask(_)));
            let answered = marks.answered.iter().map(|&(question, _)| question);
            let questions = answered.chain(marks.way.iter().copied()).map(Target::Ask);
            questions.chain(now).map(|target| picture.place(target)).collect()
        }
        Overlay::Nothing | Overlay::Touches(_) => Vec::new(),
    };
    for &place in &walked[walked.len().saturating_sub(MOST_QUESTIONS)..] {
        is_shown[place] = true;
    }
    if walked.is_empty() {
        let sides = picture.sides();
        let (mut to_do, mut left) = (VecDeque::from([0]), MOST_QUESTIONS);
        while let Some(place) = to_do.pop_front().filter(|_| left > 0) {
            if let Some(edges) = sides[place].filter(|_| !is_shown[place]) {
                is_shown[place] = true;
                left -= 1;
                to_do.extend(edges.map(|edge| edge.to));
            }
        }
    }
    is_shown
}

/// Lists the boxes that are drawn, in an order in which each question comes before those it leads to.
fn places(picture: &Picture, edges: &[&Edge], is_shown: &[bool]) -> Vec<usize> {
    let mut is_listed = vec![false; picture.nodes.len()];
    let at = if let Overlay::Walk(marks) = picture.overlay { marks.at } else { None };
    let beside = at.map(|at| picture.place(at));
    // Boxes that no edge touches stand alone; of a large flow they are left out.
    let lone = (0..picture.nodes.len()).filter(|_| picture.nodes.len() <= MOST_BOXES);
    let ends = edges.iter().flat_map(|edge| [edge.from, edge.to]);
    let start = std::iter::once(0).filter(|&start| is_shown[start]);
    start
        .chain(ends)
        .chain(beside)
        .chain(lone)
        .filter(|&place| !std::mem::replace(&mut is_listed[place], true))
        .collect()
}

impl<'a> Item<'a> {
    fn new(picture: &'a Picture, place: usize, numbers: Numbers, is_shown: bool) -> Self {
        let node = &picture.nodes[place];
        let status = match (node.kind, node.state) {
            (Kind::Question, _) if !is_shown => "… goes on below",
            (Kind::HandOff, State::Now) => "▸ hand off",
            (Kind::Escalation, State::Now) => "▸ escalate",
            (Kind::Question, _) => &node.status,
            (kind, _) if node.status.is_empty() => kind.word(),
            _ => &node.status,
        };
        let number = (numbers != Numbers::Hidden).then(|| (place + 1).to_string());
        let status = number.iter().map(String::as_str).chain(Some(status).filter(|status| !status.is_empty()));
        Self {
            node,
            class: class(node),
            status: wrap(&status.collect::<Vec<_>>().join(" · ")),
            lines: wrap(&shorten(&node.text, LONGEST)),
            bands: picture.bands(node),
            link: (numbers == Numbers::Linked).then_some(place + 1),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a box has few lines")]
    fn size(&self) -> (f64, f64) {
        let lines = self.status.len() + self.lines.len() + usize::from(self.bands.is_some());
        (INSIDE + 2. * PADDING, lines as f64 * LINE + 2. * PADDING)
    }
}

fn class(node: &Node) -> String {
    let kind = match node.kind {
        Kind::Question => "box",
        Kind::Cause(_) => "box cause",
        Kind::HandOff | Kind::Escalation => "box outcome",
    };
    let state = match node.state {
        State::Plain => return kind.to_owned(),
        State::Answered => "answered",
        State::Way => "way",
        State::Now => "now",
        State::Fixed => "fixed",
        State::Failed => "failed",
        State::RuledOut => "ruled-out",
        State::Touched => "touched",
        State::Untouched => "untouched",
    };
    format!("{kind} {state}")
}

fn wrap(text: &str) -> Vec<String> {
    textwrap::wrap(text, COLUMNS).into_iter().filter(|line| !line.is_empty()).map(Into::into).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a label is short")]
fn label_size(label: &str) -> (f64, f64) {
    ((label.chars().count() as f64 * 6.6 + 14.).max(34.), 20.)
}

/// Returns a width that a text may have at most, in pixels, whatever the font.
fn widest(text: &str) -> f64 {
    let width = |c: char| match c {
        _ if c.width() == Some(2) => 13.5,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 13.5,
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | ';' | '|' | '\'' | '(' | ')' | '[' | ']' => {
            5.6
        }
        c if c.is_ascii_lowercase() || c.is_ascii_digit() => 8.,
        c if c.is_ascii() => 10.,
        _ => 10.5,
    };
    text.chars().map(width).sum()
}

fn head(picture: &Picture, name: &str, left_out: usize, numbers: Numbers, layout: &Layout) -> String {
    // An image has no parts that could be gone to.
    let role = if numbers == Numbers::Linked { "group" } else { "img" };
    let (width, height) = (layout.width + 2. * MARGIN, layout.height + 2. * MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rw-graph\" role=\"{role}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"{:.0} {:.0} {width:.0} {height:.0}\" aria-labelledby=\"{name}-title {name}-desc\">\n\
         <title id=\"{name}-title\">Questions and outcomes of {}</title>\n<desc id=\"{name}-desc\">{}</desc>\n<style>\n{}</style>\n",
        -MARGIN,
        -MARGIN,
        escape(&one_line(picture.flow.id())),
        escape(&describe(picture, left_out)),
        include_str!("svg.css"),
    )
}

fn write(head: &str, items: &[Item], edges: &[(&Edge, String)], layout: &Layout) -> String {
    let mut out = head.to_owned();
    // What is walked is drawn last, so that its lines lie on top.
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|&n| edges[n].0.state);
    for n in order {
        write_edge(&mut out, edges[n].0, &edges[n].1, &layout.routes[n]);
    }
    for (item, rect) in items.iter().zip(&layout.boxes) {
        write_box(&mut out, item, rect);
    }
    out.push_str("</svg>");
    out
}

fn write_edge(out: &mut String, edge: &Edge, label: &str, route: &Route) {
    let class = match edge.state {
        EdgeState::Plain => "edge",
        EdgeState::Touched => "edge touched",
        EdgeState::Untouched => "edge untouched",
        EdgeState::Answered => "edge answered",
        EdgeState::Way => "edge way",
    };
    // Writing to a string cannot fail.
    let _ = write!(out, "<g class=\"{class}\"><path d=\"");
    let mut before: Option<(f64, f64)> = None;
    for &(x, top, bottom) in &route.runs {
        let _ = match before {
            None => write!(out, "M{x:.1} {top:.1}"),
            Some((from, y)) if (from - x).abs() < 0.05 => write!(out, "L{x:.1} {:.1}", top.max(y)),
            Some((from, y)) => {
                let middle = f64::midpoint(y, top);
                write!(out, "C{from:.1} {middle:.1} {x:.1} {middle:.1} {x:.1} {top:.1}")
            }
        };
        if bottom - top > 0.05 {
            let _ = write!(out, "V{bottom:.1}");
        }
        before = Some((x, bottom));
    }
    let (x, y) = before.unwrap_or_default();
    let Rect { x: at, y: middle, width, height } = route.label;
    let (left, top) = (at - width / 2., middle - height / 2.);
    let _ = writeln!(
        out,
        "\"/><path class=\"head\" d=\"M{:.1} {:.1}L{x:.1} {y:.1}L{:.1} {:.1}Z\"/>\
         <rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"10\"/>\
         <text x=\"{at:.1}\" y=\"{:.1}\">{}</text></g>",
        x - 4.5,
        y - 8.,
        x + 4.5,
        y - 8.,
        middle + 4.,
        escape(label),
    );
}

fn write_box(out: &mut String, item: &Item, rect: &Rect) {
    let Rect { x, y, width, height } = *rect;
    let (left, top) = (x - width / 2., y - height / 2.);
    let radius = match item.node.kind {
        Kind::Question => 14,
        Kind::Cause(_) => 3,
        Kind::HandOff | Kind::Escalation => 0,
    };
    if let Some(number) = item.link {
        let _ = write!(out, "<a href=\"#n{number}\">");
    }
    let _ = write!(
        out,
        "<g class=\"{}\"><title>{}</title>\
         <rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\"/>",
        item.class,
        escape(&item.node.text),
    );
    let mut baseline = top + PADDING + LINE - 4.;
    let status = item.status.iter().map(|line| (" class=\"status\"", line));
    let bands = item.bands.iter().map(|line| (" class=\"bands\"", line));
    for (class, line) in status.chain(item.lines.iter().map(|line| ("", line))).chain(bands) {
        let squeeze = if widest(line) > INSIDE + 2. * PADDING - 2. {
            format!(" textLength=\"{INSIDE:.1}\" lengthAdjust=\"spacingAndGlyphs\"")
        } else {
            String::new()
        };
        let _ = write!(out, "<text{class} x=\"{x:.1}\" y=\"{baseline:.1}\"{squeeze}>{}</text>", escape(line));
        baseline += LINE;
    }
    out.push_str(if item.link.is_some() { "</g></a>\n" } else { "</g>\n" });
}

/// Says in words what the drawing shows.
fn describe(picture: &Picture, left_out: usize) -> String {
    let mut out = String::new();
    if let Overlay::Walk(marks) = picture.overlay {
        for &question in &marks.way {
            if let Some(answer) = marks.answer(question) {
                let _ = write!(out, "{} {answer}. ", one_line(&picture.flow.question(question).ask));
            }
        }
        match marks.at.map(|at| &picture.nodes[picture.place(at)]) {
            Some(node) => {
                let what = match node.kind {
                    Kind::Question => "Asked now",
                    Kind::Cause(_) if marks.is_fixed => "The cause",
                    Kind::Cause(_) => "Tried now",
                    Kind::HandOff => "Hand off to",
                    Kind::Escalation => "Escalate",
                };
                let end = if node.text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
                let _ = write!(out, "{what}: {}{end}", node.text);
            }
            None => out.push_str("The way is highlighted as far as it went."),
        }
    } else {
        out.push_str(&picture.summary());
        out.extend(picture.caption().map(|caption| format!(". {caption}")));
    }
    if left_out > 0 {
        let what = if matches!(picture.overlay, Overlay::Walk(_)) { "what the walk touched" } else { "the beginning" };
        let _ = write!(out, " Only {what} is drawn; {left_out} boxes are left out.");
    }
    out
}

/// Escapes a harmless text for XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::overlay::Marks;
    use super::*;
    use crate::flow::{Answer, Flow, QuestionIx, read};
    use crate::source::Source;

    /// A flow of a chain of questions, each with a cause of its own on `no`.
    fn chain(questions: usize) -> Flow {
        let question = |n: usize| {
            let yes =
                if n + 1 == questions { format!("Cause(\"c{questions}\")") } else { format!("Ask(\"q{}\")", n + 1) };
            let ask = "Does the page of the resource <in the portal> show the status of number";
            format!("\"q{n}\": (ask: \"{ask} {n}?\", yes: {yes}, no: Cause(\"c{n}\")),")
        };
        let cause =
            |n: usize| format!("\"c{n}\": (title: \"Cause {n}\", why: \"W.\", likelihood: Common, fix: [\"s\"]),");
        let text = format!(
            "#![enable(implicit_some)]\nFlow(format: 1, id: \"chain\", error: (code: \"9\", title: \"T\", product: \"P\", \
             category: \"c\", severity: Low, meaning: \"M.\", source: \"S\", checked: \"2026-11-20\"), causes: {{{}}}, \
             steps: {{\"s\": (title: \"S\", text: \"T.\", effort: Minutes, risk: Safe)}}, start: \"q0\", questions: {{{}}})",
            (0..=questions).map(cause).collect::<String>(),
            (0..questions).map(question).collect::<String>()
        );
        read(&Source::new("chain", text)).expect("the fixture is a flow")
    }

    fn draw(flow: &Flow, marks: &Marks) -> Drawing {
        svg(&Picture::of(flow, Overlay::Walk(marks)), "leg-1", Numbers::Hidden)
    }

    fn walked(flow: &Flow, answers: usize) -> Marks {
        let way: Vec<QuestionIx> = flow.order().iter().copied().take(answers).collect();
        let at = flow.order().get(answers).map(|&question| Target::Ask(question));
        Marks { answered: way.iter().map(|&question| (question, Answer::Yes)).collect(), way, at, ..Marks::default() }
    }

    #[test]
    fn the_way_is_marked_and_the_text_is_escaped_and_whole() {
        let flow = chain(20);
        let drawing = draw(&flow, &walked(&flow, 3));
        assert_eq!(drawing.svg.matches("class=\"edge way\"").count(), 3);
        assert_eq!(drawing.svg.matches("class=\"box now\"").count(), 1);
        assert_eq!(drawing.left_out, 0);
        assert!(drawing.svg.contains("&lt;in the") && !drawing.svg.contains("<in"));
        assert!(!drawing.svg.contains('…'));
    }

    #[test]
    fn of_a_large_flow_only_what_was_walked_is_drawn() {
        let flow = chain(100);
        let drawing = draw(&flow, &walked(&flow, 3));
        assert_eq!(drawing.left_out, 201 - 9);
        assert!(drawing.svg.contains("192 boxes are left out") && drawing.svg.contains("goes on below"));
        let all = draw(&flow, &walked(&flow, 100));
        assert_eq!(all.left_out, 201 - 121);
    }
}

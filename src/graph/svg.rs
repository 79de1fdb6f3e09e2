//! Draws a flow's graph as SVG: questions, labelled edges and outcomes, with what a walk made of them marked by line
//! width, dashes and words, and by colour besides.
//!
//! The drawing is self-contained, runs nothing, loads nothing, and fits a light and a dark page. Texts are wrapped, not cut.

use std::fmt::Write as _;

use super::layout::{Layout, Link, Rect, Route, place};
use crate::flow::{Answer, CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, Target};
use crate::text::{one_line, shorten};

/// Most boxes that are drawn; of a larger flow only what the walk touched is.
pub const MOST_BOXES: usize = 150;
/// Most questions of a walk that are drawn then, the last ones.
const MOST_WALKED: usize = 60;
const COLUMNS: usize = 27;
/// Longest text in a box, in columns; the whole of a longer one is in the box's tooltip.
const LONGEST: usize = 400;
const PER_COLUMN: f64 = 7.2;
const LINE: f64 = 16.;
const PADDING: f64 = 9.;
const MARGIN: f64 = 6.;
const LABEL: (f64, f64) = (34., 20.);

/// Says what a walk made of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The questions that were answered, each with its answer.
    pub answered: Vec<(QuestionIx, Answer)>,
    /// The questions that led to where the walk is, in order, and where that is.
    pub way: Vec<QuestionIx>,
    /// What is asked now, or the cause that was fixed; it may stand beside the way.
    pub at: Option<Target>,
    /// Whether the fix of the cause there worked.
    pub is_fixed: bool,
    /// The causes whose fix did not work.
    pub failed: Vec<CauseIx>,
    /// The causes that the answers ruled out.
    pub ruled_out: Vec<CauseIx>,
}

/// Holds a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG element.
    pub svg: String,
    /// How many boxes of the flow are left out because it is too large.
    pub left_out: usize,
}

struct Item {
    target: Target,
    class: &'static str,
    status: &'static str,
    text: String,
    lines: Vec<String>,
}

/// Draws a flow with a walk's marks. The name makes the ids on the page unique; it consists of letters, digits and `-`.
pub fn svg(flow: &Flow, marks: &Marks, name: &str) -> Drawing {
    let shown = shown(flow, marks);
    let (items, links) = graph(flow, marks, &shown);
    let sizes: Vec<(f64, f64)> = items.iter().map(Item::size).collect();
    let edges: Vec<Link> = links.iter().map(|edge| edge.link).collect();
    let layout = place(&sizes, &edges);
    let left_out = (flow.questions().len() + flow.outcomes().len()).saturating_sub(items.len());
    Drawing { svg: write(flow, marks, name, left_out, &items, &links, &layout), left_out }
}

/// Tells which questions are drawn with their sides: all, or of a large flow those that the walk touched.
fn shown(flow: &Flow, marks: &Marks) -> Vec<bool> {
    if flow.questions().len() + flow.outcomes().len() <= MOST_BOXES {
        return vec![true; flow.questions().len()];
    }
    let mut shown = vec![false; flow.questions().len()];
    let now = marks.at.into_iter().filter_map(|at| if let Target::Ask(question) = at { Some(question) } else { None });
    let walked: Vec<QuestionIx> =
        marks.answered.iter().map(|&(question, _)| question).chain(marks.way.iter().copied()).chain(now).collect();
    for question in &walked[walked.len().saturating_sub(MOST_WALKED)..] {
        shown[question.index()] = true;
    }
    if walked.is_empty() {
        shown[flow.start().index()] = true;
    }
    shown
}

struct Edge {
    link: Link,
    side: Answer,
    class: &'static str,
}

/// Collects what is drawn, in an order in which each question comes before those it leads to.
fn graph(flow: &Flow, marks: &Marks, shown: &[bool]) -> (Vec<Item>, Vec<Edge>) {
    let mut targets: Vec<Target> = Vec::new();
    let mut add = |target: Target| {
        targets.iter().position(|&known| known == target).unwrap_or_else(|| {
            targets.push(target);
            targets.len() - 1
        })
    };
    let mut links = Vec::new();
    for &question in flow.order().iter().filter(|question| shown[question.index()]) {
        let from = add(Target::Ask(question));
        for (side, target) in [(Answer::Yes, flow.question(question).yes), (Answer::No, flow.question(question).no)] {
            links.push(Edge {
                link: Link { from, to: add(target), label: LABEL },
                side,
                class: marks.edge_class(flow, question, side, target),
            });
        }
    }
    if let Some(at) = marks.at {
        add(at);
    }
    (targets.into_iter().map(|target| Item::new(flow, marks, shown, target)).collect(), links)
}

impl Marks {
    fn answer(&self, question: QuestionIx) -> Option<Answer> {
        self.answered.iter().find(|&&(ix, _)| ix == question).map(|&(_, answer)| answer)
    }

    fn edge_class(&self, flow: &Flow, question: QuestionIx, side: Answer, target: Target) -> &'static str {
        let Some(answer) = self.answer(question) else { return "edge" };
        let taken = flow.question(question).side(answer);
        let is_side = answer == side || (answer == Answer::Unsure && taken.is_none_or(|taken| taken == target));
        let next =
            self.way.iter().position(|&ix| ix == question).map(|n| self.way.get(n + 1).map(|&ix| Target::Ask(ix)));
        match next {
            _ if !is_side => "edge",
            Some(next) if next.or(self.at) == Some(target) => "edge way",
            _ => "edge answered",
        }
    }

    fn question(&self, question: QuestionIx) -> (&'static str, &'static str) {
        let status = match self.answer(question) {
            _ if self.at == Some(Target::Ask(question)) => return ("box now", "▸ asked now"),
            Some(Answer::Yes) => "answered yes",
            Some(Answer::No) => "answered no",
            Some(Answer::Unsure) => "answered not sure",
            None => return ("box", ""),
        };
        (if self.way.contains(&question) { "box way" } else { "box answered" }, status)
    }

    fn outcome(&self, flow: &Flow, outcome: OutcomeIx) -> (&'static str, &'static str) {
        let is_at = self.at == Some(Target::End(outcome));
        match flow.outcome(outcome) {
            Outcome::Cause(_) if is_at && self.is_fixed => ("box cause fixed", "✓ the cause: its fix worked"),
            Outcome::Cause(cause) if self.failed.contains(cause) => ("box cause failed", "✗ its fix did not work"),
            Outcome::Cause(_) if is_at => ("box cause now", "▸ its fix is tried now"),
            Outcome::Cause(cause) if self.ruled_out.contains(cause) => ("box cause ruled-out", "ruled out"),
            Outcome::Cause(_) => ("box cause", "cause"),
            Outcome::HandOff(_) if is_at => ("box outcome now", "▸ hand off"),
            Outcome::HandOff(_) => ("box outcome", "hand off"),
            Outcome::Escalate(_) if is_at => ("box outcome now", "▸ escalate"),
            Outcome::Escalate(_) => ("box outcome", "escalate"),
        }
    }
}

impl Item {
    fn new(flow: &Flow, marks: &Marks, shown: &[bool], target: Target) -> Self {
        let ((class, mut status), text) = match target {
            Target::Ask(question) => (marks.question(question), &flow.question(question).ask),
            Target::End(outcome) => {
                let text = match flow.outcome(outcome) {
                    Outcome::Cause(cause) => &flow.cause(*cause).title,
                    Outcome::HandOff(text) | Outcome::Escalate(text) => text,
                };
                (marks.outcome(flow, outcome), text)
            }
        };
        if matches!(target, Target::Ask(question) if !shown[question.index()]) {
            status = "… goes on below";
        }
        let text = one_line(text);
        let lines = textwrap::wrap(&shorten(&text, LONGEST), COLUMNS).into_iter().map(Into::into).collect();
        Self { target, class, status, text, lines }
    }

    #[expect(clippy::cast_precision_loss, reason = "a box has few lines")]
    fn size(&self) -> (f64, f64) {
        let lines = self.lines.len() + usize::from(!self.status.is_empty());
        (COLUMNS as f64 * PER_COLUMN + 2. * PADDING, lines as f64 * LINE + 2. * PADDING)
    }
}

fn write(
    flow: &Flow,
    marks: &Marks,
    name: &str,
    left_out: usize,
    items: &[Item],
    edges: &[Edge],
    layout: &Layout,
) -> String {
    let (width, height) = (layout.width + 2. * MARGIN, layout.height + 2. * MARGIN);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rw-graph\" role=\"img\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"{:.0} {:.0} {width:.0} {height:.0}\" aria-labelledby=\"{name}-title {name}-desc\">\n\
         <title id=\"{name}-title\">Questions and outcomes of {}</title>\n<desc id=\"{name}-desc\">{}</desc>\n<style>\n{}</style>\n",
        -MARGIN,
        -MARGIN,
        escape(&one_line(flow.id())),
        escape(&describe(flow, marks, left_out)),
        include_str!("svg.css"),
    );
    // What is walked is drawn last, so that its lines lie on top.
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|&n| edges[n].class.len());
    for n in order {
        write_edge(&mut out, &edges[n], &layout.routes[n]);
    }
    for (item, rect) in items.iter().zip(&layout.boxes) {
        write_box(&mut out, item, rect);
    }
    out.push_str("</svg>");
    out
}

fn write_edge(out: &mut String, edge: &Edge, route: &Route) {
    let _ = write!(out, "<g class=\"{}\"><path d=\"", edge.class);
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
        edge.side.word(),
    );
}

fn write_box(out: &mut String, item: &Item, rect: &Rect) {
    let Rect { x, y, width, height } = *rect;
    let (left, top) = (x - width / 2., y - height / 2.);
    let radius = if matches!(item.target, Target::Ask(_)) { 14 } else { 3 };
    let _ = write!(
        out,
        "<g class=\"{}\"><title>{}</title>\
         <rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\"/>",
        item.class,
        escape(&item.text),
    );
    let mut baseline = top + PADDING + LINE - 4.;
    let status = (!item.status.is_empty()).then_some((" class=\"status\"", item.status));
    for (class, line) in status.into_iter().chain(item.lines.iter().map(|line| ("", line.as_str()))) {
        let _ = write!(out, "<text{class} x=\"{x:.1}\" y=\"{baseline:.1}\">{}</text>", escape(line));
        baseline += LINE;
    }
    out.push_str("</g>\n");
}

/// Says in words what the drawing shows.
fn describe(flow: &Flow, marks: &Marks, left_out: usize) -> String {
    let mut out = String::new();
    for &question in &marks.way {
        if let Some(answer) = marks.answer(question) {
            let _ = write!(out, "{} {answer}. ", one_line(&flow.question(question).ask));
        }
    }
    let _ = match marks.at {
        Some(Target::Ask(question)) => write!(out, "Asked now: {}", one_line(&flow.question(question).ask)),
        Some(Target::End(outcome)) => match flow.outcome(outcome) {
            Outcome::Cause(cause) => write!(
                out,
                "{}: {}.",
                if marks.is_fixed { "The cause" } else { "Tried now" },
                one_line(&flow.cause(*cause).title)
            ),
            Outcome::HandOff(flow) => write!(out, "Hand off to {}.", one_line(flow)),
            Outcome::Escalate(text) => write!(out, "Escalate: {}", one_line(text)),
        },
        None => write!(out, "The way is highlighted as far as it went."),
    };
    if left_out > 0 {
        let _ = write!(out, " Only what the walk touched is drawn; {left_out} boxes are left out.");
    }
    out
}

/// Escapes a harmless text for XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
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

    fn walked(flow: &Flow, answers: usize) -> Marks {
        let way: Vec<QuestionIx> = flow.order().iter().copied().take(answers).collect();
        let at = flow.order().get(answers).map(|&question| Target::Ask(question));
        Marks { answered: way.iter().map(|&question| (question, Answer::Yes)).collect(), way, at, ..Marks::default() }
    }

    #[test]
    fn the_way_is_marked_and_the_text_is_escaped_and_whole() {
        let flow = chain(20);
        let drawing = svg(&flow, &walked(&flow, 3), "leg-1");
        assert_eq!(drawing.svg.matches("class=\"edge way\"").count(), 3);
        assert_eq!(drawing.svg.matches("class=\"box now\"").count(), 1);
        assert_eq!(drawing.left_out, 0);
        assert!(drawing.svg.contains("&lt;in the") && !drawing.svg.contains("<in"));
        assert!(!drawing.svg.contains('…'));
    }

    #[test]
    fn of_a_large_flow_only_what_was_walked_is_drawn() {
        let flow = chain(100);
        let drawing = svg(&flow, &walked(&flow, 3), "leg-1");
        assert_eq!(drawing.left_out, 201 - 9);
        assert!(drawing.svg.contains("192 boxes are left out") && drawing.svg.contains("goes on below"));
        let all = svg(&flow, &walked(&flow, 100), "leg-1");
        assert_eq!(all.left_out, 201 - 121);
    }

    #[test]
    #[ignore = "draws the flow file that DRAW names, to look at"]
    fn draw_to_look_at() {
        let flow = match std::env::var("DRAW") {
            Ok(path) => read(&Source::new("flow", std::fs::read_to_string(path).unwrap())).unwrap(),
            Err(_) => chain(40),
        };
        let drawing = svg(&flow, &walked(&flow, 3), "leg-1");
        std::fs::write(std::env::temp_dir().join("rootwalk-drawing.svg"), drawing.svg).unwrap();
    }
}

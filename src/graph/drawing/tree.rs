//! A picture as a tree of text that fits a terminal.
//!
//! A box that is reached twice is drawn once and referred to afterwards by its number; where a branch is too deep for the width, it goes
//! on below as a tree of its own, so that a chain of ten thousand questions still fits.

use unicode_width::UnicodeWidthStr as _;

use super::overlay::{EdgeState, State};
use super::picture::{Edge, Kind, Node, Picture};

/// Says on what a tree is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Columns there are; fewer than 40 count as 40.
    pub columns: usize,
    /// Whether lines may be drawn with other than ASCII characters.
    pub unicode: bool,
    /// Whether to use colours.
    pub styled: bool,
}

/// Columns a text should have at least, beside the lines that lead to it.
const LEAST: usize = 36;
/// Columns of one level, and of `├─ yes  `.
const LEVEL: usize = 3;
const ANSWER: usize = 8;

/// What is drawn between boxes.
struct Lines {
    fork: &'static str,
    last: &'static str,
    walked_fork: &'static str,
    walked_last: &'static str,
    down: &'static str,
    to: &'static str,
}

const UNICODE: Lines =
    Lines { fork: "├─", last: "└─", walked_fork: "┝━", walked_last: "┕━", down: "│", to: "→" };
const ASCII: Lines = Lines { fork: "|-", last: "`-", walked_fork: "|=", walked_last: "`=", down: "|", to: "->" };

/// Writes a picture as a tree.
pub fn tree(picture: &Picture, paper: Paper) -> String {
    let columns = paper.columns.max(40);
    let mut tree = Tree {
        picture,
        sides: picture.sides(),
        columns,
        deepest: (columns.saturating_sub(LEAST + ANSWER) / LEVEL).max(2),
        lines: if paper.unicode { &UNICODE } else { &ASCII },
        paper,
        out: String::new(),
    };
    tree.head();
    let mut is_reached = true;
    for root in picture.roots() {
        if root > 0 && std::mem::take(&mut is_reached) {
            tree.out.push_str("\nNothing leads to:\n");
        }
        tree.draw(root);
    }
    tree.out
}

struct Tree<'a> {
    picture: &'a Picture<'a>,
    sides: Vec<Option<[Edge; 2]>>,
    columns: usize,
    deepest: usize,
    lines: &'static Lines,
    paper: Paper,
    out: String,
}

/// A box still to be written: through which edge, and what leads to it.
struct Branch {
    edge: Edge,
    /// The lines of the levels above.
    stem: String,
    depth: usize,
}

impl Tree<'_> {
    fn head(&mut self) {
        let picture = self.picture;
        let title = format!("{} ({})", picture.title(), crate::text::one_line(picture.flow.id()));
        self.write("", "", &title, "\u{1b}[1m");
        self.write("", "", &picture.summary(), "");
        if let Some(caption) = picture.caption() {
            self.write("", "", &caption, "");
        }
    }

    /// Draws a box and all that it is the first to lead to, then what was too deep for the width.
    fn draw(&mut self, root: usize) {
        let mut deferred = std::collections::VecDeque::from([root]);
        while let Some(root) = deferred.pop_front() {
            self.out.push('\n');
            self.node(root, "", "");
            let mut to_do = self.branches(root, "", 0);
            while let Some(Branch { edge, stem, depth }) = to_do.pop() {
                let is_last = edge.side != crate::flow::Answer::Yes;
                let lead = self.lead(&edge, is_last);
                let below = format!("{stem}{}  ", if is_last { " " } else { self.lines.down });
                if !edge.is_first {
                    self.refer(&format!("{stem}{lead}"), &below, &edge, "");
                } else if depth >= self.deepest && self.sides[edge.to].is_some() {
                    self.refer(&format!("{stem}{lead}"), &below, &edge, ", below");
                    deferred.push_back(edge.to);
                } else {
                    self.node(edge.to, &format!("{stem}{lead}"), &below);
                    to_do.extend(self.branches(edge.to, &below, depth + 1));
                }
            }
        }
    }

    /// Returns the branches of a box, the yes last: the next one to be taken.
    fn branches(&self, node: usize, stem: &str, depth: usize) -> Vec<Branch> {
        let sides = self.sides[node].into_iter().flatten().rev();
        sides.map(|edge| Branch { edge, stem: stem.to_owned(), depth }).collect()
    }

    fn lead(&self, edge: &Edge, is_last: bool) -> String {
        let line = match (edge.state, is_last) {
            (EdgeState::Way, false) => self.lines.walked_fork,
            (EdgeState::Way, true) => self.lines.walked_last,
            (_, false) => self.lines.fork,
            (_, true) => self.lines.last,
        };
        let label = self.picture.label(edge);
        let label = label.split_once(" · ").map_or(label.clone(), |(answer, count)| format!("{answer} ({count})"));
        format!("{line} {label:<4} ")
    }

    fn node(&mut self, place: usize, lead: &str, below: &str) {
        let node = &self.picture.nodes[place];
        let mut text = format!("{}. ", place + 1);
        let hang = text.len();
        if node.kind != Kind::Question {
            text.push_str(&format!("{}: ", node.kind.word()));
        }
        text.push_str(&node.text);
        if let Some(bands) = self.picture.bands(node) {
            text.push_str(&format!(" ({})", bands.replace(" · ", ", ")));
        }
        if !node.status.is_empty() {
            text.push_str(&format!(" [{}]", self.words(&node.status)));
        }
        let stem = if self.sides[place].is_some() { format!("{below}{}", self.lines.down) } else { below.to_owned() };
        let width = lead.width() + hang;
        let rest = format!("{stem}{}", " ".repeat(width.saturating_sub(stem.width())));
        self.write(lead, &rest, &text, color(node));
    }

    fn refer(&mut self, lead: &str, below: &str, edge: &Edge, where_it_is: &str) {
        let text = format!("{} see {}{where_it_is}", self.lines.to, edge.to + 1);
        self.write(lead, &format!("{below}  "), &text, "\u{1b}[2m");
    }

    /// Returns words that the paper can show.
    fn words(&self, status: &str) -> String {
        let status = if self.paper.unicode { status } else { status.trim_start_matches(['▸', '✓', '✗', ' ']) };
        status.to_owned()
    }

    fn write(&mut self, lead: &str, rest: &str, text: &str, color: &str) {
        let options = textwrap::Options::new(self.columns)
            .initial_indent(lead)
            .subsequent_indent(rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (n, line) in textwrap::wrap(text, options).iter().enumerate() {
            let indent = if n == 0 { lead } else { rest };
            let words = line.strip_prefix(indent).unwrap_or(line).trim_end();
            let (color, end) = if self.paper.styled && !color.is_empty() { (color, "\u{1b}[0m") } else { ("", "") };
            self.out.push_str(&format!(
                "{}{color}{words}{end}\n",
                if words.is_empty() { indent.trim_end() } else { indent }
            ));
        }
    }
}

fn color(node: &Node) -> &'static str {
    match node.state {
        State::Plain | State::Answered | State::Touched => "",
        State::Way => "\u{1b}[36m",
        State::Now => "\u{1b}[1;36m",
        State::Fixed => "\u{1b}[1;32m",
        State::Failed | State::Untouched => "\u{1b}[31m",
        State::RuledOut => "\u{1b}[2m",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
    use crate::graph::Overlay;
    use crate::source::Source;

    const PAPER: Paper = Paper { columns: 80, unicode: true, styled: false };

    /// Draws the questions of a flow with two causes, without the head.
    fn check(questions: &str, paper: Paper, expected: &[&str]) {
        let text = format!(
            r#"(
                format: 1, id: "lamp",
                error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
                causes: {{
                    "bulb": (title: "The bulb is broken", why: "w", likelihood: Common, fix: ["do"]),
                    "plug": (title: "The plug is out", why: "w", likelihood: Rare, fix: ["do"]),
                }},
                steps: {{"do": (title: "t", text: "t", effort: Minutes, risk: Safe)}},
                start: "a", questions: {{{questions}}},
            )"#
        );
        let flow = read(&Source::new("lamp.ron", text)).expect("a flow");
        let drawn = tree(&Picture::of(&flow, Overlay::Nothing), paper);
        assert_eq!(drawn.split_once("\n\n").expect("a head").1.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_box_reached_twice_is_drawn_once() {
        check(
            r#""a": (ask: "A?", yes: Ask("c"), no: Ask("b")), "b": (ask: "B?", yes: Ask("c"), no: Cause("plug")),
               "c": (ask: "C?", yes: Cause("bulb"), no: Cause("plug"))"#,
            PAPER,
            &[
                "1. A?",
                "├─ yes  2. C?",
                "│  ├─ yes  3. cause: The bulb is broken (common, minutes to fix)",
                "│  └─ no   4. cause: The plug is out (rare, minutes to fix)",
                "└─ no   5. B?",
                "   ├─ yes  → see 2",
                "   └─ no   → see 4",
            ],
        );
    }

    #[test]
    fn what_nothing_leads_to_is_drawn_apart() {
        check(
            r#""a": (ask: "A?", yes: Cause("bulb"), no: HandOff("fuse")), "b": (ask: "B?", yes: Cause("bulb"), no: Escalate("e"))"#,
            PAPER,
            &[
                "1. A?",
                "├─ yes  2. cause: The bulb is broken (common, minutes to fix)",
                "└─ no   3. hand off: fuse",
                "",
                "Nothing leads to:",
                "",
                "4. B?",
                "├─ yes  → see 2",
                "└─ no   5. escalate: e",
                "",
                "6. cause: The plug is out (rare, minutes to fix)",
            ],
        );
    }

    #[test]
    fn a_branch_too_deep_for_the_width_goes_on_below() {
        check(
            r#""a": (ask: "Is the lamp of the first floor dark?", yes: Cause("bulb"), no: Ask("b")),
               "b": (ask: "And the lamp of the second floor?", yes: Ask("c"), no: Escalate("e")),
               "c": (ask: "C?", yes: Ask("d"), no: Escalate("f")),
               "d": (ask: "D?", yes: Cause("plug"), no: Escalate("g"))"#,
            Paper { columns: 10, unicode: false, styled: false },
            &[
                "1. Is the lamp of the first floor dark?",
                "|- yes  2. cause: The bulb is broken",
                "|          (common, minutes to fix)",
                "`- no   3. And the lamp of the second",
                "   |       floor?",
                "   |- yes  4. C?",
                "   |  |- yes  -> see 5, below",
                "   |  `- no   8. escalate: f",
                "   `- no   9. escalate: e",
                "",
                "5. D?",
                "|- yes  6. cause: The plug is out (rare,",
                "|          minutes to fix)",
                "`- no   7. escalate: g",
            ],
        );
    }
}

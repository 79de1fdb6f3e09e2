//! The picture: what there is to draw of a flow, made once, so that no form says more than another.
//!
//! The boxes stand, and are numbered, in the order of the tree: a question, all that its yes leads to, then all that its no leads
//! to; a box reached twice where it is reached first. What the start does not reach comes last.

use std::fmt::Write as _;

use super::overlay::{EdgeState, Overlay, State};
use crate::flow::{Answer, CauseIx, Flow, Outcome, Target};
use crate::text::one_line;

/// Holds all boxes and edges of a flow, with what an overlay makes of them. All texts are harmless lines.
#[derive(Debug)]
pub struct Picture<'a> {
    pub(super) flow: &'a Flow,
    pub(super) overlay: Overlay<'a>,
    /// The first is the start.
    pub(super) nodes: Vec<Node>,
    /// The yes and the no of each question, each question before those it leads to.
    pub(super) edges: Vec<Edge>,
    questions: Vec<usize>,
    outcomes: Vec<usize>,
}

/// Holds a box.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) target: Target,
    pub(super) kind: Kind,
    pub(super) state: State,
    /// What the overlay says; may be empty.
    pub(super) status: String,
    /// The question, the title, the other flow or whom to escalate to.
    pub(super) text: String,
}

/// Says what a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Question,
    Cause(CauseIx),
    HandOff,
    Escalation,
}

/// Holds an edge between two boxes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) side: Answer,
    pub(super) state: EdgeState,
    /// Whether it is the edge through which the tree first reaches the box.
    pub(super) is_first: bool,
}

const NOWHERE: usize = usize::MAX;

impl<'a> Picture<'a> {
    /// Collects what there is to draw.
    pub fn of(flow: &'a Flow, overlay: Overlay<'a>) -> Self {
        let mut picture = Self {
            flow,
            overlay,
            nodes: Vec::new(),
            edges: Vec::new(),
            questions: vec![NOWHERE; flow.questions().len()],
            outcomes: vec![NOWHERE; flow.outcomes().len()],
        };
        let mut first = vec![None; flow.questions().len() + flow.outcomes().len()];
        let roots = std::iter::once(flow.start()).chain(flow.order().iter().copied()).map(Target::Ask);
        for root in roots.chain(flow.outcome_ixs().map(Target::End)) {
            let mut to_do = vec![(root, None)];
            while let Some((target, through)) = to_do.pop() {
                if picture.place(target) != NOWHERE {
                    continue;
                }
                first[picture.nodes.len()] = through;
                picture.add(target);
                if let Target::Ask(ix) = target {
                    let question = flow.question(ix);
                    to_do.extend([(question.no, Some((ix, Answer::No))), (question.yes, Some((ix, Answer::Yes)))]);
                }
            }
        }
        for &ix in flow.order() {
            for (side, target) in [(Answer::Yes, flow.question(ix).yes), (Answer::No, flow.question(ix).no)] {
                let (from, to) = (picture.place(Target::Ask(ix)), picture.place(target));
                let state = overlay.edge(flow, ix, side, target);
                picture.edges.push(Edge { from, to, side, state, is_first: first[to] == Some((ix, side)) });
            }
        }
        picture
    }

    /// Returns the flow.
    pub fn flow(&self) -> &'a Flow {
        self.flow
    }

    /// Returns the number by which the tree and the drawings name a box.
    pub fn number(&self, target: Target) -> usize {
        self.place(target) + 1
    }

    /// Returns what the overlay says of a box, in words; may be empty.
    pub fn status(&self, target: Target) -> &str {
        let node = &self.nodes[self.place(target)];
        if node.state == State::Plain { "" } else { &node.status }
    }

    /// Explains what is drawn: a class of the swatch, and words.
    pub const fn legend(&self) -> &'static [(&'static str, &'static str)] {
        match self.overlay {
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
            Overlay::Touches(_) => &[
                ("touched", "touched by a walk; a line carries how many went along it"),
                ("untouched", "never touched"),
            ],
        }
    }

    /// Returns where a box stands in the list.
    pub(super) fn place(&self, target: Target) -> usize {
        match target {
            Target::Ask(question) => self.questions[question.index()],
            Target::End(outcome) => self.outcomes[outcome.index()],
        }
    }

    fn add(&mut self, target: Target) {
        let place = self.nodes.len();
        let (flow, overlay) = (self.flow, self.overlay);
        let (kind, (state, status), text) = match target {
            Target::Ask(question) => {
                self.questions[question.index()] = place;
                (Kind::Question, overlay.question(question), &flow.question(question).ask)
            }
            Target::End(outcome) => {
                self.outcomes[outcome.index()] = place;
                match flow.outcome(outcome) {
                    Outcome::Cause(cause) => (Kind::Cause(*cause), overlay.cause(*cause), &flow.cause(*cause).title),
                    Outcome::HandOff(to) => (Kind::HandOff, overlay.outcome(flow, outcome), to),
                    Outcome::Escalate(text) => (Kind::Escalation, overlay.outcome(flow, outcome), text),
                }
            }
        };
        self.nodes.push(Node { target, kind, state, status, text: one_line(text) });
    }

    /// Returns the edges by the box they leave: the yes and the no of each question.
    pub(super) fn sides(&self) -> Vec<Option<[Edge; 2]>> {
        let mut sides = vec![None; self.nodes.len()];
        for pair in self.edges.chunks_exact(2) {
            sides[pair[0].from] = Some([pair[0], pair[1]]);
        }
        sides
    }

    /// Returns the boxes that no edge leads to, the start first.
    pub(super) fn roots(&self) -> Vec<usize> {
        let mut is_reached = vec![false; self.nodes.len()];
        self.edges.iter().filter(|edge| edge.is_first).for_each(|edge| is_reached[edge.to] = true);
        (0..self.nodes.len()).filter(|&node| !is_reached[node]).collect()
    }

    /// Returns the bands of a cause, in words; nothing for another box.
    pub(super) fn bands(&self, node: &Node) -> Option<String> {
        let Kind::Cause(cause) = node.kind else { return None };
        let cause = self.flow.cause(cause);
        Some(format!("{} · {} to fix", cause.likelihood, cause.effort))
    }

    /// Returns what stands on an edge: the answer, and how many walks went along.
    pub(super) fn label(&self, edge: &Edge) -> String {
        match (self.overlay, self.nodes[edge.from].target) {
            (Overlay::Touches(touches), Target::Ask(question)) => {
                format!("{} · {}", edge.side, touches.branch(question, edge.side).all())
            }
            _ => edge.side.to_string(),
        }
    }

    /// Names the error.
    pub fn title(&self) -> String {
        let error = self.flow.error();
        one_line(&format!("Error {}: {}", error.code, error.title))
    }

    /// Says in numbers what there is.
    pub fn summary(&self) -> String {
        let count = |is_it: fn(&Kind) -> bool, word: &str| {
            let n = self.nodes.iter().filter(|node| is_it(&node.kind)).count();
            (n > 0).then(|| format!("{n} {word}{}", if n == 1 { "" } else { "s" }))
        };
        let parts = [
            count(|kind| *kind == Kind::Question, "question"),
            count(|kind| matches!(kind, Kind::Cause(_)), "cause"),
            count(|kind| *kind == Kind::HandOff, "hand-off"),
            count(|kind| *kind == Kind::Escalation, "escalation"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Says in words what the overlay shows; nothing where there is none.
    pub fn caption(&self) -> Option<String> {
        match self.overlay {
            Overlay::Nothing => None,
            Overlay::Walk(marks) => {
                let at = marks.at.map_or_else(String::new, |at| {
                    let node = &self.nodes[self.place(at)];
                    let what = match node.kind {
                        Kind::Question => "asked now",
                        Kind::Cause(_) if marks.is_fixed => "the cause",
                        Kind::Cause(_) => "tried now, the fix of",
                        Kind::HandOff | Kind::Escalation => node.kind.word(),
                    };
                    format!("; {what}: {}", node.text)
                });
                let n = marks.answered.len();
                let questions = if n == 1 { "question" } else { "questions" };
                Some(format!("The path of session {}: {n} {questions} answered{at}", one_line(&marks.session)))
            }
            Overlay::Touches(touches) => {
                let mut out = format!(
                    "Touched by {}:",
                    if touches.walks.all() == 0 { "nothing".to_owned() } else { touches.walks.to_string() }
                );
                let share = |counts: &mut dyn Iterator<Item = u32>| {
                    counts.fold((0, 0), |(touched, of), count| (touched + u32::from(count > 0), of + 1))
                };
                for (word, (touched, of)) in [
                    ("questions", share(&mut touches.questions.iter().map(|count| count.all()))),
                    ("branches", share(&mut touches.branches.iter().flatten().map(|count| count.all()))),
                    ("causes", share(&mut touches.causes.iter().map(|count| count.all()))),
                ] {
                    let _ = write!(out, " {touched} of {of} {word},");
                }
                out.pop();
                Some(out)
            }
        }
    }
}

impl Kind {
    /// Returns the word a person reads.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Cause(_) => "cause",
            Self::HandOff => "hand off",
            Self::Escalation => "escalate",
        }
    }
}

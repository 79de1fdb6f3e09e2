//! A picture as a document, for machines: boxes, edges, causes, and for each box the causes still possible there.

use serde::Serialize;

use super::overlay::{Count, Overlay};
use super::picture::{Kind, Picture};
use crate::flow::{Answer, Effort, Likelihood, Risk, Target, Unsure};
use crate::graph::{OutcomeSet, Reach};

/// Version of the format.
const FORMAT: u32 = 1;
/// Most names that the lists of possible causes hold together. Those of a larger flow are left out, only their lengths are told: of
/// ten thousand questions they may be fifty million names, which the edges tell as well.
const MOST_NAMES: usize = 100_000;

/// Holds a flow's graph as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    format: u32,
    flow: String,
    code: String,
    title: String,
    product: String,
    /// The box of the first question.
    start: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    causes: Vec<Cause>,
    #[serde(skip_serializing_if = "Option::is_none")]
    walked: Option<Walked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    touched: Option<Touched>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Node {
    /// Its name in this document.
    name: String,
    #[serde(flatten)]
    is: Is,
    /// How many causes are still possible there.
    possible_count: usize,
    /// Which; nothing where the flow is too large to list them.
    possible: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    touched: Option<Count>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Is {
    Question { id: String, ask: String, unsure: Unsure },
    Cause { id: String },
    HandOff { flow: String },
    Escalation { text: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Edge {
    from: String,
    answer: Answer,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    touched: Option<Count>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Cause {
    id: String,
    title: String,
    likelihood: Likelihood,
    /// The longest effort of the fix's steps.
    effort: Effort,
    fix: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Step {
    id: String,
    title: String,
    effort: Effort,
    risk: Risk,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Walked {
    session: String,
    /// The answers, in the order in which the questions were first asked.
    answered: Vec<Answered>,
    /// The questions that led to where the walk is.
    way: Vec<String>,
    /// The box where the walk is.
    at: Option<String>,
    is_fixed: bool,
    failed: Vec<String>,
    ruled_out: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Answered {
    question: String,
    answer: Answer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Touched {
    walks: Count,
}

/// Returns the JSON Schema (draft 2020-12) of the document.
pub const fn schema() -> &'static str {
    include_str!("graph.schema.json")
}

/// Makes a picture's document.
pub fn document(picture: &Picture) -> Document {
    let (flow, error) = (picture.flow, picture.flow.error());
    Document {
        format: FORMAT,
        flow: flow.id().to_owned(),
        code: error.code.clone(),
        title: error.title.clone(),
        product: error.product.clone(),
        start: name(picture, 0),
        nodes: nodes(picture),
        edges: edges(picture),
        causes: flow
            .causes()
            .iter()
            .map(|cause| Cause {
                id: cause.id.clone(),
                title: cause.title.clone(),
                likelihood: cause.likelihood,
                effort: cause.effort,
                fix: cause.fix.iter().map(|&step| flow.step(step)).map(Step::of).collect(),
            })
            .collect(),
        walked: walked(picture),
        touched: if let Overlay::Touches(touches) = picture.overlay {
            Some(Touched { walks: touches.walks })
        } else {
            None
        },
    }
}

/// Names a box: what it is, and its id; of an escalation its number in the picture.
fn name(picture: &Picture, place: usize) -> String {
    let node = &picture.nodes[place];
    match (node.kind, node.target) {
        (Kind::Cause(cause), _) => format!("cause:{}", picture.flow.cause(cause).id),
        (_, Target::Ask(question)) => format!("question:{}", picture.flow.question(question).id),
        (Kind::HandOff, Target::End(outcome)) => {
            format!("hand-off:{}", picture.flow.outcome(outcome).hand_off().unwrap_or_default())
        }
        (_, Target::End(_)) => format!("escalation:{}", place + 1),
    }
}

fn nodes(picture: &Picture) -> Vec<Node> {
    let flow = picture.flow;
    let reach = Reach::of(flow);
    let possible: Vec<OutcomeSet> = picture.nodes.iter().map(|node| reach.outcomes(node.target)).collect();
    let counts: Vec<usize> = possible.iter().map(|set| set.count_causes(flow)).collect();
    let is_listed = counts.iter().sum::<usize>() <= MOST_NAMES;
    let ids = |set: &OutcomeSet| set.causes(flow).iter().map(|&cause| flow.cause(cause).id.clone()).collect();
    let node = |place: usize| Node {
        name: name(picture, place),
        is: match (picture.nodes[place].kind, picture.nodes[place].target) {
            (_, Target::Ask(ix)) => {
                let question = flow.question(ix);
                Is::Question { id: question.id.clone(), ask: question.ask.clone(), unsure: question.unsure }
            }
            (Kind::Cause(cause), _) => Is::Cause { id: flow.cause(cause).id.clone() },
            (Kind::HandOff, _) => Is::HandOff { flow: picture.nodes[place].text.clone() },
            (Kind::Question | Kind::Escalation, _) => Is::Escalation { text: picture.nodes[place].text.clone() },
        },
        possible_count: counts[place],
        possible: is_listed.then(|| ids(&possible[place])),
        touched: picture.overlay.touched(flow, picture.nodes[place].target),
    };
    (0..picture.nodes.len()).map(node).collect()
}

fn edges(picture: &Picture) -> Vec<Edge> {
    let edge = |edge: &super::picture::Edge| Edge {
        from: name(picture, edge.from),
        answer: edge.side,
        to: name(picture, edge.to),
        touched: match (picture.overlay, picture.nodes[edge.from].target) {
            (Overlay::Touches(touches), Target::Ask(question)) => Some(touches.branch(question, edge.side)),
            _ => None,
        },
    };
    picture.edges.iter().map(edge).collect()
}

fn walked(picture: &Picture) -> Option<Walked> {
    let Overlay::Walk(marks) = picture.overlay else { return None };
    let question = |&ix: &crate::flow::QuestionIx| picture.flow.question(ix).id.clone();
    let cause = |&ix: &crate::flow::CauseIx| picture.flow.cause(ix).id.clone();
    Some(Walked {
        session: marks.session.clone(),
        answered: marks
            .answered
            .iter()
            .map(|(ix, answer)| Answered { question: question(ix), answer: *answer })
            .collect(),
        way: marks.way.iter().map(question).collect(),
        at: marks.at.map(|at| name(picture, picture.place(at))),
        is_fixed: marks.is_fixed,
        failed: marks.failed.iter().map(cause).collect(),
        ruled_out: marks.ruled_out.iter().map(cause).collect(),
    })
}

impl Step {
    fn of(step: &crate::flow::Step) -> Self {
        Self { id: step.id.clone(), title: step.title.clone(), effort: step.effort, risk: step.risk }
    }
}

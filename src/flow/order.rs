//! The order of the questions, each before those it leads to; or the cycles that leave none.

use std::collections::{HashMap, HashSet, VecDeque};

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::DiGraph;

use super::model::{Answer, Question, QuestionIx, Target, narrow};
use super::place::{Place, Problem};
use crate::diag::{Code, named};

/// As many questions of a cycle are tried as its beginning.
const MAX_TRIED: usize = 100;

/// As many questions of a cycle are named.
const MAX_SHOWN: usize = 8;

/// Orders the questions so that each comes before those it leads to, or returns the cycles.
pub(super) fn order(questions: &[Question]) -> Result<Vec<QuestionIx>, Vec<Vec<QuestionIx>>> {
    let edges = questions.iter().zip(0..).flat_map(|(question, from)| {
        [question.yes, question.no].into_iter().filter_map(move |target| match target {
            Target::Ask(to) => Some((from, to.0)),
            Target::End(_) => None,
        })
    });
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(questions.len(), 2 * questions.len());
    for _ in questions {
        graph.add_node(());
    }
    graph.extend_with_edges(edges);
    let ix = |node: petgraph::graph::NodeIndex| QuestionIx(narrow(node.index()));
    toposort(&graph, None).map(|order| order.into_iter().map(ix).collect()).map_err(|_| {
        let cyclic = |nodes: &Vec<_>| nodes.len() > 1 || graph.contains_edge(nodes[0], nodes[0]);
        let components = kosaraju_scc(&graph).into_iter().filter(cyclic);
        let mut cycles: Vec<Vec<_>> = components.map(|nodes| nodes.into_iter().map(ix).collect()).collect();
        cycles.iter_mut().for_each(|cycle| cycle.sort_unstable());
        cycles.sort_unstable();
        cycles
    })
}

/// Shows the fewest answers that lead from the start into a cycle and once round it.
pub(super) fn cycle_problem(questions: &[Question], start: QuestionIx, component: &[QuestionIx]) -> Problem {
    let inside: HashSet<QuestionIx> = component.iter().copied().collect();
    let from_start = search(questions, start, |_| true);
    // Each with the answers that lead to it and how many those are; what no answers lead to comes last.
    let round = |&begin: &QuestionIx| {
        let is_reached = begin == start || from_start.contains_key(&begin);
        let mut all = if begin == start || !is_reached { Vec::new() } else { way(&from_start, start, begin) };
        let before = all.len();
        all.extend(way(&search(questions, begin, |question| inside.contains(&question)), begin, begin));
        (!is_reached, all.len(), begin, before, all)
    };
    let (_, _, begin, before, way) =
        component.iter().take(MAX_TRIED).map(round).min().expect("a component holds a question");
    let cycle = &way[before..];
    let (last, side) = *cycle.last().expect("a way round has a step");
    let id = |ix: &QuestionIx| named(&questions[ix.index()].id);
    let mut ids: Vec<_> = cycle.iter().take(MAX_SHOWN).map(|(ix, _)| id(ix)).collect();
    if cycle.len() > MAX_SHOWN {
        ids.extend(["…".to_owned(), id(&last)]);
    }
    ids.push(id(&begin));
    Problem::new(
        Code::Cycle,
        Place::top().field("questions").item(last.index()).field(side.word()),
        format!("the questions lead back to themselves: {}", ids.join(" → ")),
    )
    .label("this leads back")
    .way(way.iter().map(|&(ix, side)| (questions[ix.index()].id.clone(), side.word())).collect())
    .help("let this answer end at a cause, a hand-off or an escalation".to_owned())
}

/// Finds the questions that answers lead to, each with the last step of the fewest answers; the first one too, if they lead back to it.
fn search(
    questions: &[Question],
    begin: QuestionIx,
    is_looked_at: impl Fn(QuestionIx) -> bool,
) -> HashMap<QuestionIx, (QuestionIx, Answer)> {
    let mut came = HashMap::new();
    let mut queue = VecDeque::from([begin]);
    while let Some(from) = queue.pop_front() {
        let question = &questions[from.index()];
        for (side, target) in [(Answer::Yes, question.yes), (Answer::No, question.no)] {
            if let Target::Ask(to) = target
                && is_looked_at(to)
                && !came.contains_key(&to)
            {
                came.insert(to, (from, side));
                queue.push_back(to);
            }
        }
    }
    came
}

/// Returns the answers from one question to another, or once round.
fn way(
    came: &HashMap<QuestionIx, (QuestionIx, Answer)>,
    begin: QuestionIx,
    end: QuestionIx,
) -> Vec<(QuestionIx, Answer)> {
    let mut way = vec![came[&end]];
    while way[way.len() - 1].0 != begin {
        way.push(came[&way[way.len() - 1].0]);
    }
    way.reverse();
    way
}

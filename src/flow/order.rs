//! The order of the questions, each before those it leads to; or the cycles that leave none.

use std::collections::{HashMap, HashSet, VecDeque};

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::DiGraph;

use super::model::{Question, QuestionIx, Target, narrow};
use super::place::{Place, Problem};
use crate::diag::{Code, named};

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

/// Shows one way round: the shortest from the first question of the component back to itself.
pub(super) fn cycle_problem(questions: &[Question], component: &[QuestionIx]) -> Problem {
    let first = component[0];
    let inside: HashSet<QuestionIx> = component.iter().copied().collect();
    let mut came: HashMap<QuestionIx, (QuestionIx, &'static str)> = HashMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(from) = queue.pop_front() {
        let question = &questions[from.index()];
        for (side, target) in [("yes", question.yes), ("no", question.no)] {
            if let Target::Ask(to) = target
                && inside.contains(&to)
                && !came.contains_key(&to)
            {
                came.insert(to, (from, side));
                queue.push_back(to);
            }
        }
    }
    let (last, side) = came[&first];
    let mut way = vec![first, last];
    while way[way.len() - 1] != first {
        way.push(came[&way[way.len() - 1]].0);
    }
    way.reverse();
    let id = |ix: &QuestionIx| named(&questions[ix.index()].id);
    let mut ids: Vec<_> = way.iter().take(MAX_SHOWN).map(id).collect();
    if way.len() > MAX_SHOWN {
        ids.extend(["…".to_owned(), id(&last), id(&first)]);
    }
    Problem::new(
        Code::Cycle,
        Place::top().field("questions").item(last.index()).field(side),
        format!("the questions lead back to themselves: {}", ids.join(" → ")),
    )
    .label("this leads back")
    .help("let this answer end at a cause, a hand-off or an escalation".to_owned())
}

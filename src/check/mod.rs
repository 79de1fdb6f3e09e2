//! The linter: rules over one flow that holds, one file a rule.
//!
//! Purpose: find what would lead a person astray although the file can be read: what nobody reaches, what separates nothing,
//! what is used nowhere; and, in `advice`, what a good editor would ask for. Must not: open files, read the clock or walk sessions (rehearsals have a room of their own). Place: after graph;
//! `cli` runs it on every file.
//!
//! That some question tells each two causes apart needs no rule. Of the questions from which both are reached take one below
//! which none is: each of its sides reaches only one of the two, because a branch ends at one outcome.

mod advice;
mod asked_twice;
mod expects_contradicts_graph;
mod id_not_file_stem;
mod unknown_flow;
mod unreachable;
mod unused_step;
mod useless_question;

pub use advice::{advise, advise_steps};

use crate::flow::{Answer, Flow, Outcome, Problem, QuestionIx};
use crate::graph::{Ranking, Ways};

/// Holds what the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The name of its file without `.ron`; nothing for a text without a file.
    pub stem: Option<&'a str>,
    /// The ids of all flows that can be handed off to, sorted.
    pub catalog: &'a [String],
}

/// Runs every rule that tells of an error.
pub fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let flow = subject.flow;
    // Where an answer leads to what the file does not have, nothing can be said of what is reached and told apart.
    let is_graph_known = !flow.outcomes().iter().any(Outcome::is_unknown);
    let mut problems = Vec::new();
    problems.extend(id_not_file_stem::check(subject));
    problems.extend(unknown_flow::check(subject));
    if is_graph_known {
        let ranking = Ranking::of(flow);
        let ways = Ways::of(flow, &ranking);
        problems.extend(unreachable::questions(flow));
        problems.extend(unreachable::causes(flow, &ways));
        problems.extend(useless_question::check(flow, &ranking, &ways));
        problems.extend(asked_twice::check(flow, &ways));
        problems.extend(expects_contradicts_graph::check(flow));
    }
    problems.extend(unused_step::check(flow));
    problems
}

/// Puts answers into the words of a finding.
fn words(flow: &Flow, way: &[(QuestionIx, Answer)]) -> Vec<(String, &'static str)> {
    way.iter().map(|&(question, answer)| (flow.question(question).id.clone(), answer.word())).collect()
}

#[cfg(test)]
mod tests;

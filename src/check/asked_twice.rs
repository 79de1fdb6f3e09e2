//! No walk asks the same thing twice. By id none can; two questions with the same words on one way would.

use std::collections::HashMap;

use crate::diag::{Code, named};
use crate::flow::{Answer, Flow, Place, Problem, QuestionIx, Target};
use crate::graph::Ways;
use crate::text::letters;

/// As many findings are shown with the answers that lead there: to find them costs a pass over the flow each.
const MOST_SHOWN: usize = 100;

pub(super) fn check(flow: &Flow, ways: &Ways<'_>) -> Vec<Problem> {
    let groups = same_words(flow);
    if groups.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(QuestionIx, usize)> = Vec::new();
    // 64 groups a pass: which of them have a question above this one.
    for (n, chunk) in groups.chunks(64).enumerate() {
        let mut own = vec![0_u64; flow.questions().len()];
        for (bit, group) in chunk.iter().enumerate() {
            group
                .iter()
                .filter(|&&question| ways.is_asked(question))
                .for_each(|question| own[question.index()] |= 1 << bit);
        }
        let mut above = vec![0_u64; flow.questions().len()];
        for &at in flow.order().iter().filter(|&&at| ways.distance(Target::Ask(at)).is_some()) {
            let again = above[at.index()] & own[at.index()];
            if again != 0 {
                found.push((at, n * 64 + again.trailing_zeros() as usize));
            }
            for (_, target) in ways.steps(at) {
                if let Target::Ask(to) = target {
                    above[to.index()] |= above[at.index()] | own[at.index()];
                }
            }
        }
    }
    found.sort_unstable();
    let problem = |(n, (again, group)): (usize, (QuestionIx, usize))| {
        let place = |question: QuestionIx| Place::top().field("questions").item(question.index()).field("ask");
        let way = if n < MOST_SHOWN { shortest(flow, ways, &groups[group], again) } else { Vec::new() };
        let first = way.iter().map(|&(question, _)| question).find(|question| groups[group].contains(question));
        let message = format!("a walk can ask the words of {} twice", named(&flow.question(again).id));
        let problem = Problem::new(Code::AskedTwice, place(again), message)
            .label("asked again here")
            .way(super::words(flow, &way))
            .help("lead past the second one by its known answer, or ask for another fact there".to_owned());
        match first {
            Some(first) => problem.related(place(first), "asked first here"),
            None => problem,
        }
    };
    found.into_iter().enumerate().map(problem).collect()
}

/// Groups the questions whose words are the same but for case, white space and punctuation.
fn same_words(flow: &Flow) -> Vec<Vec<QuestionIx>> {
    let mut hashes: Vec<(u64, QuestionIx)> = flow.question_ixs().map(|ix| (hash(&flow.question(ix).ask), ix)).collect();
    hashes.sort_unstable();
    if hashes.windows(2).all(|pair| pair[0].0 != pair[1].0) {
        return Vec::new();
    }
    let mut groups: HashMap<String, Vec<QuestionIx>> = HashMap::new();
    for ix in flow.question_ixs() {
        groups.entry(letters(&flow.question(ix).ask).collect()).or_default().push(ix);
    }
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    groups
}

/// Hashes the words of a text (FNV-1a), so that nothing is kept of a flow in which all are different.
fn hash(text: &str) -> u64 {
    letters(text).fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3))
}

/// Returns the fewest answers after which a question is asked whose words one of a group has asked before.
fn shortest(flow: &Flow, ways: &Ways<'_>, group: &[QuestionIx], again: QuestionIx) -> Vec<(QuestionIx, Answer)> {
    // The fewest answers on a way through one of the group, and the last step of that way since then.
    let mut distance = vec![u32::MAX; flow.questions().len()];
    let mut from: Vec<Option<(QuestionIx, Option<Answer>)>> = vec![None; flow.questions().len()];
    for &at in flow.order() {
        let is_first = group.contains(&at) && at != again && ways.is_asked(at);
        if let Some(begins) = ways.distance(Target::Ask(at)).filter(|begins| is_first && *begins < distance[at.index()])
        {
            (distance[at.index()], from[at.index()]) = (begins, None);
        }
        if distance[at.index()] == u32::MAX {
            continue;
        }
        for (answer, target) in ways.steps(at) {
            let far = distance[at.index()] + u32::from(answer.is_some());
            if let Target::Ask(to) = target
                && far < distance[to.index()]
            {
                (distance[to.index()], from[to.index()]) = (far, Some((at, answer)));
            }
        }
    }
    let mut way = Vec::new();
    let mut at = again;
    while let Some((before, answer)) = from[at.index()] {
        way.extend(answer.map(|answer| (before, answer)));
        at = before;
    }
    way.reverse();
    let mut all = ways.shortest(Target::Ask(at)).unwrap_or_default();
    all.extend(way);
    all
}

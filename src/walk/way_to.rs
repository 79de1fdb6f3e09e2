//! The shortest way to a question: the fewest answers after which a walk asks it.

use std::collections::VecDeque;

use super::{Leg, Prompt, position};
use crate::flow::{Answer, Flow, QuestionIx};
use crate::graph::Ranking;

/// Returns the fewest yes and no answers that lead from the start to a question, in the order in which they are asked for; nothing where no
/// answers do. The walk itself is asked where each answer leads, so a question that it passes without asking is no stop. Each question is
/// gone on from once, as it was first come to: exact wherever each question separates something, which the linter asks for.
pub fn way_to(flow: &Flow, ranking: &Ranking, question: QuestionIx) -> Option<Vec<(QuestionIx, Answer)>> {
    let mut is_seen = vec![false; flow.questions().len()];
    let mut queue = VecDeque::from([Leg::new(flow)]);
    while let Some(leg) = queue.pop_front() {
        let Prompt::Question(asked) = position(flow, ranking, &leg) else { continue };
        if asked == question {
            return leg.asked().iter().map(|&asked| Some((asked, leg.given().answer(asked)?))).collect();
        }
        if std::mem::replace(&mut is_seen[asked.index()], true) {
            continue;
        }
        for answer in [Answer::Yes, Answer::No] {
            let mut next = leg.clone();
            next.answer(asked, answer);
            queue.push_back(next);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
    use crate::source::Source;

    /// Finds the way to a question of a flow in which `same` separates nothing at first, and `lost` is reached by no answers.
    fn check(to: &str, expected: Option<&[(&str, Answer)]>) {
        let text = r#"(
            format: 1, id: "lamp",
            error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
            causes: {
                "a": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
                "b": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
                "c": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
            },
            steps: {"do": (title: "t", text: "t", effort: Minutes, risk: Safe)},
            start: "first",
            questions: {
                "first": (ask: "a?", yes: Ask("second"), no: Ask("same")),
                "second": (ask: "a?", yes: Ask("last"), no: Cause("c")),
                "same": (ask: "a?", yes: Ask("last"), no: Ask("also-last")),
                "last": (ask: "a?", yes: Cause("a"), no: Cause("b")),
                "also-last": (ask: "a?", yes: Cause("b"), no: Cause("a")),
                "lost": (ask: "a?", yes: Cause("b"), no: Cause("a")),
            },
        )"#;
        let flow = read(&Source::new("lamp.ron", text)).expect("a flow");
        let found = way_to(&flow, &Ranking::of(&flow), flow.find_question(to).expect("there"));
        let named =
            found.map(|way| way.into_iter().map(|(ix, answer)| (flow.question(ix).id.clone(), answer)).collect());
        let expected = expected.map(|way| way.iter().map(|&(id, answer)| (id.to_owned(), answer)).collect::<Vec<_>>());
        assert_eq!(named, expected);
    }

    #[test]
    fn the_way_is_the_one_with_the_fewest_answers() {
        check("first", Some(&[]));
        check("second", Some(&[("first", Answer::Yes)]));
        check("last", Some(&[("first", Answer::No)]));
    }

    #[test]
    fn what_a_walk_never_asks_has_no_way() {
        check("lost", None);
    }

    #[test]
    fn a_question_passed_at_first_is_come_to_where_it_separates_something() {
        check("same", Some(&[("first", Answer::No), ("last", Answer::Yes)]));
    }
}

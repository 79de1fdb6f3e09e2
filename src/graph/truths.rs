//! Truths: what the graph knows of how each cause answers each question.
//!
//! Where a cause is the one, a question below which only its yes leads to that cause is answered yes, and no likewise. Of a question
//! whose two sides both lead there, or neither, the graph says nothing.

use crate::flow::{Answer, Flow, OutcomeIx, QuestionIx};

use super::Reach;

/// Tells how each cause answers each question; one look at two bits for each.
#[derive(Debug, Clone, Copy)]
pub struct Truths<'a> {
    flow: &'a Flow,
    reach: &'a Reach<'a>,
}

/// Finds how each cause answers each question.
pub fn truths<'a>(flow: &'a Flow, reach: &'a Reach<'a>) -> Truths<'a> {
    Truths { flow, reach }
}

impl Truths<'_> {
    /// Returns yes or no as the question is answered where the cause, or another outcome, is the one; nothing where the graph does not say.
    pub fn answer(&self, cause: impl Into<OutcomeIx>, question: QuestionIx) -> Option<Answer> {
        let cause = cause.into();
        let asked = self.flow.question(question);
        match [asked.yes, asked.no].map(|side| self.reach.reaches(side, cause)) {
            [true, false] => Some(Answer::Yes),
            [false, true] => Some(Answer::No),
            [true, true] | [false, false] => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
    use crate::source::Source;

    #[test]
    fn a_cause_answers_by_the_side_that_leads_to_it_alone() {
        let text = r#"(
            format: 1, id: "lamp",
            error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
            causes: {
                "bulb": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
                "plug": (title: "t", why: "w", likelihood: Rare, fix: ["do"]),
                "fuse": (title: "t", why: "w", likelihood: Rare, fix: ["do"]),
            },
            steps: {"do": (title: "t", text: "t", effort: Minutes, risk: Safe)},
            start: "plugged",
            questions: {
                "plugged": (ask: "a?", yes: Ask("radio"), no: Ask("seen")),
                "radio": (ask: "a?", yes: Cause("bulb"), no: Cause("fuse")),
                "seen": (ask: "a?", yes: Cause("plug"), no: Cause("fuse")),
            },
        )"#;
        let flow = read(&Source::new("lamp.ron", text)).expect("a flow");
        let reach = Reach::of(&flow);
        let truths = truths(&flow, &reach);
        let answers = |cause: &str| {
            let cause = flow.find_cause(cause).expect("it is there");
            flow.question_ixs().map(|question| truths.answer(cause, question)).collect::<Vec<_>>()
        };
        assert_eq!(answers("bulb"), [Some(Answer::Yes), Some(Answer::Yes), None]);
        assert_eq!(answers("plug"), [Some(Answer::No), None, Some(Answer::Yes)]);
        assert_eq!(answers("fuse"), [None, Some(Answer::No), Some(Answer::No)]);
    }
}

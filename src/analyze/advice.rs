//! What to change: the decisions of the authored order that cost most against the best order.

use super::{Action, Authored, Measured, Optimum, Visit};
use crate::flow::{Answer, CauseIx, QuestionIx};

/// As many changes are suggested.
const MOST: usize = 3;

/// Minutes a walk that are not worth a change.
pub(super) const NOTHING: f64 = 0.5;

/// Suggests a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What to do there instead.
    pub instead: Instead,
    /// The question that the flow asks there.
    pub asked: QuestionIx,
    /// The answers that lead there, on the likeliest way.
    pub after: Vec<(QuestionIx, Answer)>,
    /// Expected minutes saved a walk, over all walks, if the rest is as good as it can be.
    pub saves: f64,
}

/// Says what to do instead of asking a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Ask this one first.
    Ask(QuestionIx),
    /// Try the fix of this cause first.
    Try(CauseIx),
    /// Nothing: as far as is known it separates nothing that is live there.
    LeaveOut {
        /// What nothing live is known to answer; nothing where that holds for yes and for no.
        nobody_says: Option<Answer>,
    },
}

/// Returns the changes worth most, the best first. What all decisions cost adds up to what lies between the order and the best one.
pub fn changes(measured: &Measured<'_>, authored: &Authored, optimum: &Optimum) -> Vec<Change> {
    let gain = |at: usize| authored.visits[at].chance * authored.visits[at].regret.unwrap_or(0.0);
    let mut worst: Vec<usize> = (0..authored.visits.len()).filter(|&at| gain(at) >= NOTHING).collect();
    worst.sort_by(|&a, &b| gain(b).total_cmp(&gain(a)));
    let mut changes: Vec<Change> = Vec::new();
    for at in worst {
        let visit = &authored.visits[at];
        let change = Change {
            instead: instead(measured, visit, optimum),
            asked: visit.question,
            after: way(authored, at),
            saves: gain(at),
        };
        // The same advice further down or up the same way is the same advice.
        let is_said = |said: &Change| {
            let is_same = said.instead == change.instead
                && (said.asked == change.asked || !matches!(change.instead, Instead::LeaveOut { .. }));
            is_same && (said.after.starts_with(&change.after) || change.after.starts_with(&said.after))
        };
        if !changes.iter().any(is_said) {
            changes.push(change);
        }
        if changes.len() == MOST {
            break;
        }
    }
    changes
}

fn instead(measured: &Measured<'_>, visit: &Visit, optimum: &Optimum) -> Instead {
    let query = &measured.instance().questions[visit.question.index()];
    let is_said = [query.yes, query.no].map(|who| !visit.live.and(who).is_empty());
    match (is_said, optimum.action(visit.live)) {
        ([true, true], Action::Ask(question)) => Instead::Ask(measured.question(question)),
        ([true, true], Action::Try(n)) => {
            let cause = measured.flow().outcome(measured.outcome(n)).cause();
            Instead::Try(cause.expect("what is no cause waits while a question separates"))
        }
        ([false, true], _) => Instead::LeaveOut { nobody_says: Some(Answer::Yes) },
        ([true, false], _) => Instead::LeaveOut { nobody_says: Some(Answer::No) },
        ([false, false], _) => Instead::LeaveOut { nobody_says: None },
    }
}

/// The answers on the likeliest way to a visit.
fn way(authored: &Authored, mut at: usize) -> Vec<(QuestionIx, Answer)> {
    let mut answers = Vec::new();
    while let Some((before, answer)) = authored.visits[at].from {
        answers.push((authored.visits[before].question, answer));
        at = before;
    }
    answers.reverse();
    answers
}

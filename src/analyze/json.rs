//! An analysis as JSON: the same content as the text.

use serde_json::{Value, json};

use super::{Analysis, Change, Instead, Proof, UNKNOWN_ANSWERS};
use crate::flow::{Answer, Effort, Likelihood};
use crate::graph::bands;

/// Writes an analysis for a machine.
pub fn to_json(analysis: &Analysis<'_>) -> Value {
    let comparison = &analysis.comparison;
    let flow = analysis.measured.flow();
    let (known, all) = analysis.measured.instance().known_answers();
    json!({
        "flow": flow.id(),
        "expected_minutes": analysis.authored.cost.expected_minutes,
        "right_fix_minutes": analysis.measured.instance().right_fix_minutes(),
        "orders": {
            "authored": analysis.authored.cost,
            "fixes_in_order": comparison.fixes_in_order,
            "greedy": comparison.greedy,
            "best": comparison.best,
        },
        "proved": matches!(comparison.proof, Proof::Proved(_)),
        "proof": comparison.proof.in_words("outcomes"),
        "bound": {"entropy_bits": comparison.entropy_bits, "minutes": comparison.least_minutes},
        "robustness": analysis.robustness,
        "changes": analysis.changes.as_ref().map(|changes| {
            changes.iter().map(|change| to_value(analysis, change)).collect::<Vec<_>>()
        }),
        "answers": {"known": known, "all": all, "unknown": UNKNOWN_ANSWERS},
        "bands": {
            "weights": {
                "common": bands::weight(Likelihood::Common),
                "occasional": bands::weight(Likelihood::Occasional),
                "rare": bands::weight(Likelihood::Rare),
                "elsewhere": bands::ELSEWHERE,
            },
            "minutes": {
                "minutes": bands::minutes(Effort::Minutes),
                "hours": bands::minutes(Effort::Hours),
                "days": bands::minutes(Effort::Days),
                "bare_question": bands::BARE_QUESTION,
            },
        },
    })
}

fn to_value(analysis: &Analysis<'_>, change: &Change) -> Value {
    let flow = analysis.measured.flow();
    let id = |question| &flow.question(question).id;
    let after = change.after.iter();
    let after: Vec<Value> =
        after.map(|&(question, answer)| json!({"question": id(question), "answer": answer.word()})).collect();
    let instead = match change.instead {
        Instead::Ask(question) => json!({"ask": id(question)}),
        Instead::Try(cause) => json!({"fix": flow.cause(cause).id}),
        Instead::LeaveOut { nobody_says } => {
            json!({"leave_out": true, "nobody_says": nobody_says.map_or("yes or no", Answer::word)})
        }
    };
    json!({"saves_minutes": change.saves, "asked": id(change.asked), "instead": instead, "after": after})
}

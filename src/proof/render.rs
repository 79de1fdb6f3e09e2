//! A proof as text for people and as JSON for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Claim, Facts, Proof};
use crate::flow::Flow;
use crate::text::{number, one_line, plural};

/// Returns the claims as lines: whether each holds, and why.
pub fn to_text(proof: &Proof<'_>) -> String {
    let mut out = String::new();
    if let Some((flow, facts)) = &proof.flow {
        let error = flow.error();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} · {} ({})", one_line(&error.code), one_line(&error.title), one_line(flow.id()));
        let _ = writeln!(out, "{}\n", describe(facts));
    }
    out.push_str("Over every sequence of yes, no, not sure and failed fixes:\n");
    for claim in Claim::ALL {
        let (word, why) = match (proof.holds(claim), &proof.flow) {
            (Some(true), Some((flow, facts))) => ("holds", why(claim, flow, facts)),
            (Some(true), None) => ("holds", String::new()),
            (Some(false), _) => ("FAILS", format!("{}, below", plural(proof.against(claim).count(), "finding"))),
            (None, _) => ("open", "nothing can be said before the walk ends".to_owned()),
        };
        let _ = writeln!(out, "{}", format!("  {word:<5}  {:<34}  {why}", claim.words()).trim_end());
    }
    out
}

/// Returns the proof as JSON: `flow`, `proved`, what was counted, and `claims` with `holds` (null where that cannot be said)
/// and `because`. The findings stand beside, as `rootwalk check` prints them.
pub fn to_json(proof: &Proof<'_>, diagnostics: &[Value]) -> Value {
    let claims: Vec<Value> = Claim::ALL
        .into_iter()
        .map(|claim| {
            let holds = proof.holds(claim);
            let because =
                proof.flow.as_ref().filter(|_| holds == Some(true)).map(|(flow, facts)| why(claim, flow, facts));
            let codes = claim.codes().iter().map(|code| code.name());
            json!({
                "claim": claim.name(), "words": claim.words(), "holds": holds, "because": because,
                "codes": codes.collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut value = json!({ "proved": proof.is_proved(), "claims": claims, "diagnostics": diagnostics });
    if let Some((flow, facts)) = &proof.flow {
        value["flow"] = json!(flow.id());
        value["facts"] = json!({
            "asked": facts.asked, "causes": facts.causes, "hand_offs": facts.hand_offs, "escalations": facts.escalations,
            "steps": facts.steps, "ways": (!facts.is_any_useless).then(|| number(facts.ways)), "least_questions": facts.least, "most_questions": facts.most,
            "most_prompts": facts.prompts, "inseparable": facts.inseparable,
        });
    }
    value
}

fn describe(facts: &Facts) -> String {
    let mut parts = vec![plural(facts.asked, "question"), plural(facts.causes, "cause")];
    for (n, word) in [(facts.hand_offs, "hand-off"), (facts.escalations, "escalation")] {
        if n > 0 {
            parts.push(plural(n, word));
        }
    }
    if facts.is_any_useless {
        return parts.join(", ");
    }
    let ways = if facts.ways == 1 { "1 way".to_owned() } else { format!("{} ways", number(facts.ways)) };
    let lengths = match (facts.least, facts.most) {
        (least, most) if least == most => plural(most, "question"),
        (least, most) => format!("{least} to {}", plural(most, "question")),
    };
    format!("{}; {ways} through by yes and no, {lengths} each", parts.join(", "))
}

fn why(claim: Claim, flow: &Flow, facts: &Facts) -> String {
    match claim {
        Claim::Ends => {
            format!("after at most {}; each question and outcome comes once", plural(facts.prompts, "prompt"))
        }
        Claim::NeverStrands => "what was ruled out comes after what is open, then an escalation".to_owned(),
        Claim::ReachesAll => match facts.farthest {
            Some((cause, far)) => {
                format!("the farthest cause, {}, after {}", one_line(&flow.cause(cause).id), plural(far, "question"))
            }
            None => String::new(),
        },
        Claim::AsksOnce => "by id, and no way has the same words twice".to_owned(),
        Claim::AsksUseful => format!("yes and no lead to different outcomes at {}", plural(facts.asked, "question")),
        Claim::Separates => {
            let pairs = plural(facts.causes * (facts.causes - 1) / 2, "pair");
            match facts.inseparable {
                0 => pairs,
                named => format!("{pairs}; {named} named as inseparable in practice"),
            }
        }
        Claim::UsesSteps => plural(facts.steps, "step"),
    }
}

//! Recording: what was really walked, as a rehearsal to paste into the flow. Only ids of the flow and answers get into it.

use super::ends_as_said;
use crate::flow::{Answers, End, FixResult, Flow, QuestionIx, Rehearsal};
use crate::graph::Ranking;
use crate::walk::{Leg, Play, Prompt, play};

/// Holds a rehearsal made of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The rehearsal.
    pub rehearsal: Rehearsal,
    /// Whether the walk went on past its end, because a hand-off or an escalation was refused there: a rehearsal cannot.
    pub went_on: bool,
}

/// Says why a leg is no rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrecordable {
    /// Nothing was answered.
    NothingAnswered,
    /// It came to no end: this question was not answered.
    StopsAt(QuestionIx),
}

/// Makes a rehearsal of a leg: the answers that led where it came to, in the order in which they are asked for, and the fixes that
/// failed on the way. Answers that a later change left aside are not in it.
pub fn record(flow: &Flow, ranking: &Ranking, leg: &Leg, name: &str) -> Result<Recorded, Unrecordable> {
    let known = Answers {
        answers: leg.answered().filter_map(|asked| Some((asked, leg.given().answer(asked)?))).collect(),
        fixes: leg.failed().iter().map(|&cause| (cause, FixResult::NotFixed)).collect(),
    };
    if known.answers.is_empty() {
        return Err(Unrecordable::NothingAnswered);
    }
    let (came_to, walked) = play(flow, ranking, &known);
    let (ends, went_on) = match came_to {
        Play::Resolved(cause) | Play::At(Prompt::Fix { cause, .. }) => (End::Cause(cause), false),
        Play::At(Prompt::HandOff(outcome)) => {
            let to = flow.outcome(outcome).hand_off().unwrap_or_default().to_owned();
            (End::HandOff(to), leg.given().is_spent(outcome))
        }
        Play::At(Prompt::Escalation(outcome)) => {
            (End::Escalate, outcome.is_some_and(|outcome| leg.given().is_spent(outcome)))
        }
        Play::At(Prompt::Question(question)) => return Err(Unrecordable::StopsAt(question)),
        Play::At(Prompt::Ended(_)) => unreachable!("a script ends no session"),
    };
    let used = |&asked: &QuestionIx| Some((asked, known.answer(asked)?));
    let script = Answers {
        answers: walked.asked().iter().filter_map(used).collect(),
        fixes: walked.failed().iter().map(|&cause| (cause, FixResult::NotFixed)).collect(),
    };
    Ok(Recorded { rehearsal: Rehearsal { name: name.to_owned(), script, ends }, went_on })
}

/// Tells whether a rehearsal ends as it says in another edition of its flow, where ids mean the same.
pub fn holds_in(rehearsal: &Rehearsal, flow: &Flow, other: &Flow) -> bool {
    let answer = |&(ix, answer)| Some((other.find_question(&flow.question(ix).id)?, answer));
    let fix = |&(ix, result)| Some((other.find_cause(&flow.cause(ix).id)?, result));
    let ends = match &rehearsal.ends {
        End::Cause(cause) => other.find_cause(&flow.cause(*cause).id).map(End::Cause),
        End::HandOff(to) => other.find_hand_off(to).map(|_| End::HandOff(to.clone())),
        End::Escalate => Some(End::Escalate),
    };
    let answers: Option<Vec<_>> = rehearsal.script.answers.iter().map(answer).collect();
    let fixes: Option<Vec<_>> = rehearsal.script.fixes.iter().map(fix).collect();
    let (Some(answers), Some(fixes), Some(ends)) = (answers, fixes, ends) else { return false };
    let there = Rehearsal { name: rehearsal.name.clone(), script: Answers { answers, fixes }, ends };
    let (came_to, _) = play(other, &Ranking::of(other), &there.script);
    ends_as_said(other, &there, &came_to)
}

/// Writes a rehearsal as an entry of a flow's `rehearsals`, indented as it stands there.
pub fn write(flow: &Flow, rehearsal: &Rehearsal) -> String {
    let Rehearsal { name, script, ends } = rehearsal;
    let answers: Vec<String> =
        script.answers.iter().map(|&(ix, answer)| format!("{}: {answer:?}", quoted(&flow.question(ix).id))).collect();
    let fixes: Vec<String> =
        script.fixes.iter().map(|&(ix, result)| format!("{}: {result:?}", quoted(&flow.cause(ix).id))).collect();
    let ends = match ends {
        End::Cause(cause) => format!("Cause({})", quoted(&flow.cause(*cause).id)),
        End::HandOff(to) => format!("HandOff({})", quoted(to)),
        End::Escalate => "Escalate".to_owned(),
    };
    let mut entry = format!("        (\n            name: {},\n", quoted(name));
    entry.push_str(&format!("            answers: {{{}}},\n", answers.join(", ")));
    if !fixes.is_empty() {
        entry.push_str(&format!("            fixes: {{{}}},\n", fixes.join(", ")));
    }
    entry.push_str(&format!("            ends: {ends},\n        ),\n"));
    entry
}

/// Returns a text as RON writes it. The escapes of the language are those of RON.
fn quoted(text: &str) -> String {
    format!("{text:?}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::flow::read;
    use crate::source::Source;

    /// A flow of two causes, an escalation and a hand-off, with rehearsals.
    fn lamp(rehearsals: &str) -> Flow {
        let text = format!(
            r#"(
                format: 1, id: "lamp",
                error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
                causes: {{
                    "bulb": (title: "t", why: "w", likelihood: Common, fix: ["do"]),
                    "plug": (title: "t", why: "w", likelihood: Rare, fix: ["do"]),
                }},
                steps: {{"do": (title: "t", text: "t", effort: Minutes, risk: Safe)}},
                start: "plugged",
                questions: {{
                    "plugged": (ask: "a?", yes: Ask("power"), no: Cause("plug")),
                    "power": (ask: "a?", yes: Cause("bulb"), no: Ask("known")),
                    "known": (ask: "a?", yes: HandOff("fuse"), no: Escalate("e")),
                }},
                rehearsals: [{rehearsals}],
            )"#
        );
        read(&Source::new("lamp.ron", text)).expect("a flow")
    }

    proptest! {
        #[test]
        fn a_rehearsal_that_is_walked_recorded_and_written_is_read_as_the_same(
            name in "\\PC{1,40}",
            answers in prop::collection::vec(prop::sample::select(vec!["Yes", "No", "Unsure"]), 3),
            failed in prop::collection::vec(any::<bool>(), 2),
        ) {
            prop_assume!(!name.trim().is_empty() && crate::text::hostile(&name).next().is_none());
            let [plugged, power, known] = answers[..] else { unreachable!("three") };
            let fix = |is_failed: bool| if is_failed { "NotFixed" } else { "Fixed" };
            let flow = lamp(&format!(
                r#"(name: "n", answers: {{"plugged": {plugged}, "power": {power}, "known": {known}}},
                    fixes: {{"bulb": {}, "plug": {}}}, ends: Escalate)"#, fix(failed[0]), fix(failed[1]),
            ));
            let ranking = Ranking::of(&flow);
            let (_, leg) = play(&flow, &ranking, &flow.rehearsals()[0].script);
            let Recorded { rehearsal, went_on } = record(&flow, &ranking, &leg, &name).expect("all is answered");
            prop_assert!(!went_on);
            let again = lamp(&write(&flow, &rehearsal));
            prop_assert_eq!(&again.rehearsals()[0], &rehearsal);
            prop_assert!(super::super::broken(&again)[0].is_none());
            prop_assert!(holds_in(&rehearsal, &flow, &again));
        }
    }

    #[test]
    fn what_came_to_no_end_is_no_rehearsal() {
        let flow = lamp(r#"(name: "n", answers: {"plugged": Yes}, ends: Escalate)"#);
        let ranking = Ranking::of(&flow);
        let (_, leg) = play(&flow, &ranking, &flow.rehearsals()[0].script);
        let power = flow.find_question("power").expect("there");
        assert_eq!(record(&flow, &ranking, &leg, "n"), Err(Unrecordable::StopsAt(power)));
        assert_eq!(record(&flow, &ranking, &Leg::new(&flow), "n"), Err(Unrecordable::NothingAnswered));
    }

    #[test]
    fn a_rehearsal_holds_in_another_edition_only_where_it_ends_the_same() {
        let flow = lamp(r#"(name: "n", answers: {"plugged": No}, ends: Cause("plug"))"#);
        let rehearsal = &flow.rehearsals()[0];
        assert!(holds_in(rehearsal, &flow, &lamp("")));
        let mut broken = rehearsal.clone();
        broken.ends = End::Cause(flow.find_cause("bulb").expect("there"));
        assert!(!holds_in(&broken, &flow, &lamp("")));
    }
}

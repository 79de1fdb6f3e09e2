//! Tests of the rules, each on its own.

use super::*;
use crate::diag::{Code, render};
use crate::flow::{locate, read};
use crate::source::Source;

/// A flow on which every rule is silent.
const GOOD: &str = r#"(
    format: 1, id: "lamp",
    error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
    causes: {
        "bulb": (title: "t", why: "w", likelihood: Common, fix: ["change"], prevent: ["spare"]),
        "plug": (title: "t", why: "w", likelihood: Rare, fix: ["plug-in"]),
    },
    steps: {
        "change": (title: "t", text: "t", effort: Minutes, risk: Safe),
        "plug-in": (title: "t", text: "t", effort: Minutes, risk: Safe),
        "spare": (title: "t", text: "t", effort: Minutes, risk: Safe),
        "look": (title: "t", text: "t", effort: Minutes, risk: Safe),
    },
    start: "plugged",
    questions: {
        "plugged": (ask: "Is it plugged?", find_out: ["look"], yes: Ask("power"), no: Cause("plug")),
        "power": (ask: "Is there power?", yes: Cause("bulb"), no: HandOff("fuse")),
    },
    related: [(flow: "radio", when: "w")],
)"#;

/// Checks the good flow with changes made to it: the codes found, and the source under each.
fn check(changes: &[(&str, &str)], expected: &[(Code, &str)]) {
    let text = changes.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let source = Source::new("lamp.ron", text);
    let flow = read(&source).unwrap_or_else(|findings| panic!("{}", render(&findings, false)));
    let catalog = ["fuse", "lamp", "radio"].map(str::to_owned);
    let problems = super::check(&Subject { flow: &flow, stem: Some("lamp"), catalog: &catalog });
    let found: Vec<_> =
        locate(&source, problems).into_iter().map(|found| (found.code, &source.text()[found.at.range()])).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_good_flow_is_silent() {
    check(&[], &[]);
}

#[test]
fn the_id_is_the_name_of_the_file() {
    check(&[("\"lamp\"", "\"light\"")], &[(Code::IdNotFileStem, "\"light\"")]);
}

#[test]
fn a_flow_that_is_not_there_cannot_be_handed_off_to() {
    check(&[("\"fuse\"", "\"fuze\"")], &[(Code::UnknownFlow, "\"fuze\"")]);
    check(&[("\"radio\"", "\"tv\"")], &[(Code::UnknownFlow, "\"tv\"")]);
    check(&[("\"radio\"", "\"lamp\"")], &[(Code::UnknownFlow, "\"lamp\"")]);
    let rehearsal = "when: \"w\")], rehearsals: [(name: \"n\", ends: HandOff(\"tv\"))]";
    check(&[("when: \"w\")]", rehearsal)], &[(Code::UnknownFlow, "\"tv\"")]);
}

#[test]
fn what_no_answers_lead_to_is_named() {
    check(
        &[("start: \"plugged\"", "start: \"power\"")],
        &[(Code::UnreachableQuestion, "\"plugged\""), (Code::UnreachableCause, "\"plug\"")],
    );
    check(&[("Cause(\"plug\")", "Escalate(\"e\")")], &[(Code::UnreachableCause, "\"plug\"")]);
}

#[test]
fn a_question_that_separates_nothing_is_named() {
    check(
        &[("yes: Cause(\"bulb\"), no: HandOff(\"fuse\")", "yes: Cause(\"bulb\"), no: Cause(\"bulb\")")],
        &[(Code::UselessQuestion, "\"power\"")],
    );
    check(
        &[("Ask(\"power\"), no: Cause(\"plug\")", "Ask(\"power\"), no: Ask(\"power\")")],
        &[(Code::UnreachableCause, "\"plug\""), (Code::UselessQuestion, "\"plugged\"")],
    );
}

#[test]
fn the_same_words_are_not_asked_twice_on_one_way() {
    check(&[("\"Is there power?\"", "\"IS it... plugged\"")], &[(Code::AskedTwice, "\"IS it... plugged\"")]);
}

#[test]
fn a_step_is_used_by_a_question_a_fix_or_a_prevention() {
    check(&[("find_out: [\"look\"], ", "")], &[(Code::UnusedStep, "\"look\"")]);
    check(&[(", prevent: [\"spare\"]", "")], &[(Code::UnusedStep, "\"spare\"")]);
    check(&[("fix: [\"change\"]", "fix: [\"look\"]")], &[(Code::UnusedStep, "\"change\"")]);
}

#[test]
fn what_a_cause_expects_is_not_what_the_graph_excludes() {
    let expects = |given: &'static str| ("prevent: [\"spare\"]", given);
    check(&[expects("prevent: [\"spare\"], expects: {\"plugged\": Yes, \"power\": Yes}")], &[]);
    check(
        &[expects("prevent: [\"spare\"], expects: {\"plugged\": Yes, \"power\": No}")],
        &[(Code::ExpectsContradictsGraph, "No")],
    );
    // Off its path a cause may expect anything.
    check(&[("fix: [\"plug-in\"]", "fix: [\"plug-in\"], expects: {\"power\": No}")], &[]);
}

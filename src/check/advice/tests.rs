//! Tests of the rules that warn, each on a flow that is good but for one thing.

use super::*;
use crate::diag::{Code, render};
use crate::flow::{locate, read};
use crate::source::Source;

/// A flow on which every rule keeps quiet.
const GOOD: &str = r#"(
    format: 1, id: "lamp",
    error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
    causes: {
        "bulb": (title: "t", why: "w", likelihood: Common, fix: ["order", "change"], verify: "it shines"),
        "plug": (title: "t", why: "w", likelihood: Rare, fix: ["plug-in"]),
    },
    steps: {
        "order": (title: "t", text: "t", effort: Days, risk: Safe),
        "change": (title: "t", text: "t", warning: "It is hot.", effort: Minutes, risk: Disruptive),
        "plug-in": (title: "t", text: "t", look_for: "it shines", effort: Minutes, risk: Safe),
        "look": (title: "t", text: "t", effort: Minutes, risk: Safe),
    },
    start: "plugged",
    questions: {
        "plugged": (ask: "Is the plug in?", find_out: ["look"], say: "Please look: is the plug in?", yes: Cause("bulb"), no: Cause("plug")),
    },
)"#;

/// Checks the good flow with changes made to it: the codes found, and the source under each.
#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[(Code, &str)]) {
    let text = changes.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let source = Source::new("lamp.ron", text);
    let flow = read(&source).unwrap_or_else(|findings| panic!("{}", render(&findings, false)));
    let problems = advise(&flow, Date::constant(2026, 11, 20));
    let found: Vec<_> =
        locate(&source, problems).into_iter().map(|found| (found.code, &source.text()[found.at.range()])).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_good_flow_is_silent() {
    check(&[], &[]);
}

#[test]
fn facts_are_stale_after_a_year_and_not_checked_tomorrow() {
    check(&[("2026-11-20", "2025-11-20")], &[]);
    check(&[("2026-11-20", "2025-11-19")], &[(Code::StaleSource, "\"2025-11-19\"")]);
    check(&[("2026-11-20", "2026-11-21")], &[]);
    check(&[("2026-11-20", "2026-11-22")], &[(Code::FutureDate, "\"2026-11-22\"")]);
}

#[test]
fn a_fix_says_how_to_see_that_it_worked() {
    check(&[(", verify: \"it shines\"", "")], &[(Code::UnverifiedFix, "[\"order\", \"change\"]")]);
    check(&[("look_for: \"it shines\", ", "")], &[(Code::UnverifiedFix, "[\"plug-in\"]")]);
}

#[test]
fn a_step_that_can_do_harm_has_a_warning() {
    check(&[("warning: \"It is hot.\", ", "")], &[(Code::UnwarnedRisk, "Disruptive")]);
    check(&[("effort: Days, risk: Safe", "effort: Days, risk: Irreversible")], &[(Code::UnwarnedRisk, "Irreversible")]);
}

#[test]
fn what_takes_minutes_comes_first_but_the_last_step_is_the_last() {
    let fix = "[\"order\", \"change\"]";
    check(&[(fix, "[\"order\", \"look\", \"change\"]")], &[(Code::SlowStepFirst, "\"order\"")]);
    // What another fix has, too, tests and runs the thing again.
    check(&[(fix, "[\"order\", \"plug-in\", \"change\"]")], &[]);
    check(&[(fix, "[\"plug-in\", \"order\", \"change\"]")], &[]);
}

#[test]
fn the_last_question_between_two_causes_says_how_to_find_out() {
    let find_out = "find_out: [\"look\"], ";
    check(&[(find_out, "")], &[(Code::WeakSeparation, "\"plugged\"")]);
    check(&[(find_out, "why: \"w\", ")], &[]);
    check(&[(find_out, "agent: \"a\", ")], &[]);
    check(&[(find_out, ""), ("no: Cause(\"plug\")", "no: Escalate(\"e\")")], &[]);
    check(
        &[(find_out, ""), ("    },\n)", "    },\n    inseparable: [(causes: [\"plug\", \"bulb\"], why: \"w\")],\n)")],
        &[],
    );
}

#[test]
fn a_question_has_25_words_at_most() {
    let ask = |words: usize| format!("ask: \"{}?\"", ["word"; 40][..words].join(" - "));
    check(&[("ask: \"Is the plug in?\"", &ask(25))], &[]);
    let long = ask(26);
    check(&[("ask: \"Is the plug in?\"", &long)], &[(Code::LongQuestion, &long["ask: ".len()..])]);
}

#[test]
fn a_question_asks_for_one_fact() {
    check(&[("the plug in?\", f", "it in and is it on?\", f")], &[(Code::TwoFacts, "\"Is it in and is it on?\"")]);
}

/// Asks a question without `find_out`: whether it is jargon.
#[track_caller]
fn check_jargon(ask: &str, is_jargon: bool) {
    let question = format!("ask: \"{ask}\", why: \"w\"");
    let quoted = format!("\"{ask}\"");
    let expected = [(Code::UnexplainedJargon, quoted.as_str())];
    check(&[("ask: \"Is the plug in?\", find_out: [\"look\"]", &question)], if is_jargon { &expected } else { &[] });
}

#[test]
fn a_technical_term_needs_a_way_to_find_out() {
    for ask in [
        "Does the answer contain AADSTS500011?",
        "Does GenerateToken return anything?",
        "Does the IAM page list the role?",
        "Is /myorg/groups in the address?",
        "Does app.powerbi.com open?",
        "Is client_id set?",
        "Are the tenants the same?",
        "Is Settings › Status on?",
        "Does the back-end's HTTP/2 work?",
    ] {
        check_jargon(ask, true);
    }
    for ask in [
        "Is the lamp on?",
        "Was it before 2026-11-20, at 10:30 a.m.?",
        "Is the file larger than 5GB, or 5 GB?",
        "Is your PC's power light green?",
        "Does it happen every 3rd time, e.g. on Monday?",
        "Is it a yes/no question?",
        "Did you sign in to Microsoft Fabric or Power BI?",
        "Does the error show the number 403?",
        "Is the file in OneDrive?",
        "Did the co-worker's sign-in work?",
    ] {
        check_jargon(ask, false);
    }
}

/// Says something to the customer: what the rule complains of, if anything.
#[track_caller]
fn check_say(say: &str, expected: &str) {
    let text = GOOD.replace("Please look: is the plug in?", say);
    let flow = read(&Source::new("lamp.ron", text)).expect("a good flow");
    let found: Vec<_> = advise(&flow, Date::constant(2026, 11, 20)).into_iter().map(|found| found.message).collect();
    match found.as_slice() {
        [] => assert_eq!("", expected, "{say}"),
        [only] => assert!(only.contains(expected) && !expected.is_empty(), "{say}: {only}"),
        more => panic!("{say}: {more:?}"),
    }
}

#[test]
fn what_is_said_to_a_customer_is_no_note() {
    for (say, expected) in [
        ("Ask the customer whether the light is on.", "somebody else"),
        ("Does the caller's lamp shine?", "somebody else"),
        ("Check whether the light is on.", "tells the agent what to do"),
        ("If yes, go on.", "tells the agent what to do"),
        ("Light on?", ""),
        ("Status of the light in the hall.", "turns to nobody"),
        ("Does your GenerateToken call return an AADSTS500011?", "technical words"),
        ("Please check whether the light is on.", ""),
        ("Check that your plug is in.", ""),
        ("Noted a light before?", ""),
        ("Your administrator can see all sign-ins.", ""),
        ("Please read me the message. Does it show the code AADSTS500011?", ""),
    ] {
        check_say(say, expected);
    }
}

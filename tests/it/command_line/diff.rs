//! `rootwalk diff`: what a change does to walks, between files and against a revision.

use std::process::Command;
use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::Program;

fn diff(home: &Arc<Home>, old: &str, new: &str) -> Program {
    Program::at(home).args(["diff", old, new])
}

/// The lamp, with its second question led elsewhere, another one put before it, and some words edited.
fn other_lamp() -> String {
    LAMP.replace("yes: Ask(\"switched-on\")", "yes: Ask(\"on-at-the-wall\")")
        .replace(
            "\"switched-on\": (ask: \"Is the switch on?\"",
            "\"on-at-the-wall\": (ask: \"Does the wall switch show red?\", yes: Ask(\"switched-on\"), no: Cause(\"switched-off\")),
             \"switched-on\": (ask: \"Is the lamp's switch on?\"",
        )
        .replace("likelihood: Rare", "likelihood: Occasional")
}

fn homes() -> Arc<Home> {
    let home = Home::new();
    home.write("work/old.ron", LAMP);
    home.write("work/new.ron", &other_lamp());
    home
}

#[test]
fn what_changed_is_said_with_the_shortest_answers() {
    let home = homes();
    let shown = diff(&home, "old.ron", "new.ron").run().exit(1).in_plain_text();
    insta::assert_snapshot!(shown.stdout);
    insta::assert_snapshot!(diff(&home, "old.ron", "new.ron").args(["--format", "markdown"]).run().exit(1).stdout);
    let json = diff(&home, "old.ron", "new.ron").args(["--format", "json"]).run().exit(1).json();
    assert_eq!(json["walks_change"], true);
    assert_eq!(json["moves"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["moves"][0]["from"]["escalate"], "Ask the maker.");
}

#[test]
fn words_that_are_edited_change_no_walk() {
    let home = homes();
    home.write(
        "work/new.ron",
        &LAMP.replace("Is the switch on?", "Is the switch at the lamp on?").replace("\"look\"", "\"look-at-it\""),
    );
    let shown = diff(&home, "old.ron", "new.ron").run().exit(0);
    insta::assert_snapshot!(shown.stdout);
}

#[test]
fn a_question_or_cause_with_another_id_and_the_same_words_is_renamed() {
    let home = homes();
    home.write("work/new.ron", &LAMP.replace("\"plugged-in\"", "\"plug\"").replace("\"unplugged\"", "\"plug-out\""));
    let shown = diff(&home, "old.ron", "new.ron").run().exit(0);
    shown.stdout_has("= question plug: was plugged-in").stdout_has("= cause plug-out: was unplugged");
}

#[test]
fn open_sessions_go_on_with_their_version_and_stand_somewhere_in_the_new_one() {
    let home = homes();
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin("y\n").run().exit(11);
    let shown = diff(&home, "old.ron", "new.ron").run().exit(1);
    shown
        .stdout_has("1 open session is on the old version")
        .stdout_has("question `switched-on` is asked; in the new version question `on-at-the-wall` is asked");
    diff(&home, "new.ron", "old.ron").run().exit(1).stdout_has("No open session");
}

#[test]
fn a_file_is_compared_with_a_revision_of_itself() {
    let home = homes();
    let git = |args: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "init.defaultBranch=main"])
            .args(args)
            .current_dir(home.work())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git is there");
        assert!(done.status.success(), "{done:?}");
    };
    home.write("work/flows/lamp-dark.ron", LAMP);
    git(&["init", "-q"]);
    git(&["add", "flows"]);
    git(&["commit", "-q", "-m", "The lamp"]);
    home.write("work/flows/lamp-dark.ron", &other_lamp());
    diff(&home, "git:HEAD", "flows/lamp-dark.ron").run().exit(1).stdout_has("now     The switch is off (switched-off)");
    diff(&home, "flows/lamp-dark.ron", "git:HEAD").run().exit(1).stdout_has("before  The switch is off (switched-off)");
    diff(&home, "git:nope", "flows/lamp-dark.ron").run().exit(3).stderr_has("cannot be had from revision `nope`");
    diff(&home, "git:--output=x", "flows/lamp-dark.ron").run().exit(3).stderr_has("it names no revision");
    diff(&home, "git:HEAD", "git:HEAD").run().exit(2).stderr_has("says of no file which one is meant");
    diff(&home, "git:HEAD", "old.ron").run().exit(3).stderr_has("cannot be had from revision `HEAD`");
}

/// Layers of three questions that meet again: too many states to walk them all.
fn layers(ask: &str, last: &str) -> String {
    let cause = |n: usize| format!("\"c{n}\": (title: \"Cause {n}\", why: \"W\", likelihood: Rare, fix: [\"s\"]),\n");
    let causes = cause(0) + &cause(1);
    let mut questions = String::new();
    for n in 0..60 {
        let next = if n < 59 { format!("Ask(\"a{}\")", n + 1) } else { last.to_owned() };
        questions += &format!("\"a{n}\": (ask: \"{ask} {n}?\", yes: Ask(\"b{n}\"), no: Ask(\"d{n}\")),\n");
        questions += &format!("\"b{n}\": (ask: \"Is b {n}?\", yes: {next}, no: {next}),\n");
        questions += &format!("\"d{n}\": (ask: \"Is d {n}?\", yes: {next}, no: Cause(\"c{}\")),\n", n % 2);
    }
    format!(
        "#![enable(implicit_some)]
Flow(format: 1, id: \"layers\", error: (code: \"1\", title: \"T\", product: \"P\", category: \"c\", severity: High,
    meaning: \"M\", source: \"s\", checked: \"2026-11-01\"),
    causes: {{{causes}}},
    steps: {{\"s\": (title: \"Do\", text: \"Do it.\", effort: Minutes, risk: Safe)}},
    start: \"a0\", questions: {{{questions}}})"
    )
}

#[test]
fn flows_with_more_states_than_can_be_walked_are_compared_by_their_graph() {
    let home = Home::new();
    home.write("work/old.ron", &layers("Is a", "Cause(\"c0\")"));
    home.write("work/reworded.ron", &layers("Is it a", "Cause(\"c0\")"));
    home.write("work/led-elsewhere.ron", &layers("Is a", "Escalate(\"Ask the maker.\")"));
    diff(&home, "old.ron", "reworded.ron").run().exit(0).stdout_has("the same graph, so each ends where it ended");
    let json = diff(&home, "old.ron", "reworded.ron").args(["--format", "json"]).run().exit(0).json();
    assert_eq!(json["walks_change"], false);
    diff(&home, "old.ron", "led-elsewhere.ron").run().exit(1).stdout_has("too many states to compare all walks");
}

//! Walks without a person: answers from a file and from arguments, and the one object that says what came of it.

use serde_json::{Value, json};

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

/// A program that sees the small flow.
fn lamp(home: &std::sync::Arc<Home>) -> Program {
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    Program::at(home)
}

/// Checks the object but for the session, which must be the stored one.
#[track_caller]
fn is_outcome(done: &Done, expected: &Value) {
    let mut outcome = done.json();
    let session = outcome.as_object_mut().expect("an object").remove("session").expect("it names the session");
    assert_eq!(session, done.home.sessions()[0].id.as_str());
    assert_eq!(outcome, *expected, "{done}");
}

#[test]
fn the_object_says_where_a_walk_stands() {
    let home = Home::new();
    let walk = |answers: &[&str]| {
        lamp(&home).args(["walk", "lamp-dark", "--format", "json"]).args(answers.iter().copied()).run()
    };
    let asked_one = json!(["plugged-in"]);
    is_outcome(
        &walk(&["--answer", "plugged-in=yes"]).exit(11).stderr("Saved. Go on with: rootwalk resume <id>\n"),
        &json!({"state": "paused", "at": {"kind": "question", "id": "switched-on"}, "asked": asked_one, "live": ["switched-off"]}),
    );
    is_outcome(
        &walk(&["--answer", "plugged-in=no"]).exit(11),
        &json!({"state": "paused", "at": {"kind": "fix", "id": "unplugged"}, "cause": "unplugged", "asked": asked_one, "live": ["unplugged"]}),
    );
    is_outcome(
        &walk(&["--answer", "plugged-in=no", "--fix", "unplugged=fixed"]).exit(0).stderr(""),
        &json!({"state": "resolved", "cause": "unplugged", "asked": asked_one, "live": ["unplugged"]}),
    );
    is_outcome(
        &walk(&["--answer", "plugged-in=no", "--fix", "unplugged=not-fixed"]).exit(11),
        &json!({"state": "paused", "at": {"kind": "fix", "id": "switched-off"}, "cause": "switched-off", "asked": asked_one, "live": []}),
    );
    is_outcome(
        &walk(&["--answer", "plugged-in=yes", "--answer", "switched-on=yes"]).exit(1),
        &json!({"state": "escalated", "asked": ["plugged-in", "switched-on"], "live": []}),
    );
    is_outcome(
        &walk(&["--answer", "plugged-in=unsure"]).exit(11),
        &json!({"state": "paused", "at": {"kind": "fix", "id": "unplugged"}, "cause": "unplugged", "asked": asked_one, "live": ["unplugged", "switched-off"]}),
    );
}

#[test]
fn the_object_says_that_another_flow_goes_on() {
    let args = [
        "walk",
        "powerbi-not-authorized-exception",
        "--answer",
        "status-401=no",
        "--answer",
        "token-expired-named=yes",
    ];
    let done = Program::new().args(args).args(["--format", "json"]).run().exit(1);
    let outcome = done.json();
    assert_eq!(outcome["state"], "handed-off");
    assert_eq!(outcome["to"], "powerbi-token-expired");
    assert_eq!(outcome.get("at"), None);
    assert_eq!(outcome.get("cause"), None);
}

#[test]
fn with_plain_lines_the_object_stands_alone_on_standard_output() {
    let home = Home::new();
    let args = ["walk", "lamp-dark", "--plain", "--format", "json"];
    let done = lamp(&home).args(args).stdin("y\ny\nx\n").run().exit(1).stderr_has("1. Is the plug in?").in_plain_text();
    is_outcome(&done, &json!({"state": "unresolved", "asked": ["plugged-in", "switched-on"], "live": []}));
}

#[test]
fn a_file_answers_and_arguments_win() {
    let home = Home::new();
    let file = home.write(
        "work/answers.ron",
        r#"(answers: {"plugged-in": No, "switched-on": No}, fixes: {"unplugged": NotFixed, "switched-off": Fixed})"#,
    );
    let walk = || lamp(&home).args(["walk", "lamp-dark", "--answers"]).args([&file]);
    walk().run().exit(0).stdout("resolved: switched-off\n").stderr("");
    walk().args(["--answer", "plugged-in=yes"]).run().exit(0).stdout("resolved: switched-off\n");
    walk().args(["--fix", "unplugged=fixed"]).run().exit(0).stdout("resolved: unplugged\n");
    walk()
        .args(["--answer", "plugged-in=unsure", "--fix", "unplugged=fixed"])
        .run()
        .exit(0)
        .stdout("resolved: unplugged\n");
}

#[test]
fn a_walk_that_paused_is_gone_on_with_by_more_answers() {
    let home = Home::new();
    lamp(&home).args(["walk", "lamp-dark", "--answer", "plugged-in=no"]).run().exit(11);
    lamp(&home).args(["resume", "--fix", "unplugged=fixed", "--format", "json"]).run().exit(0);
    assert_eq!(home.events().len(), 2);
    let again = lamp(&home).args(["resume", &home.stored().id, "--fix", "unplugged=fixed"]).run().exit(0);
    again.stdout_has("Resolved: The plug is out").stderr("");
    lamp(&home).args(["resume", "--plain"]).run().exit(3).stderr_has("there is no session to go on with");
}

#[test]
fn mistakes_in_arguments_are_named_with_what_was_meant() {
    let check = |args: &[&str], expected: &str| {
        let home = Home::new();
        lamp(&home).args(["walk", "lamp-dark"]).args(args.iter().copied()).run().exit(2).stdout("").stderr(expected);
        assert!(!home.store_path().exists(), "nothing was begun");
    };
    check(
        &["--answer", "pluged-in=yes"],
        "error: `lamp-dark` has no question `pluged-in`\nhelp: did you mean `plugged-in`?\n",
    );
    check(
        &["--fix", "unpluged=fixed"],
        "error: `lamp-dark` has no cause `unpluged`\nhelp: did you mean `unplugged`?\n",
    );
    check(&["--answer", "plugged-in=maybe"], "error: `maybe` is no answer\nhelp: write yes, no or unsure\n");
    check(&["--fix", "unplugged=perhaps"], "error: `perhaps` is no result\nhelp: write fixed or not-fixed\n");
    check(
        &["--answer", "plugged-in"],
        "error: `--answer plugged-in` says nothing\nhelp: write --answer ID=yes, ID=no or ID=unsure\n",
    );
    check(&["--answer", "x\x1b[31m=yes"], "error: `lamp-dark` has no question `x\\u{1b}[31m`\n");
}

#[test]
fn mistakes_in_a_file_are_shown_where_they_are() {
    let check = |text: &str, expected: &[&str]| {
        let home = Home::new();
        let file = home.write("work/answers.ron", text);
        let mut done =
            lamp(&home).args(["walk", "lamp-dark", "--answers"]).args([file]).run().exit(3).stdout("").in_plain_text();
        for expected in expected {
            done = done.stderr_has(expected);
        }
        assert!(!home.store_path().exists(), "nothing was begun");
    };
    check(
        "(answers: {\n    \"pluged-in\": Yes,\n})",
        &["answers.ron:2:5", "pluged-in", "did you mean `plugged-in`?", "^"],
    );
    check("(answers: {\"plugged-in\": Perhaps})", &["answers.ron:1:", "Perhaps"]);
    check("(answers: {\"plugged-in\": Yes, \"plugged-in\": No})", &["answers.ron:1:", "plugged-in"]);
    check("(answrs: {})", &["answers.ron:1:", "answrs", "answers"]);
    check("(answers: {", &["answers.ron:1:"]);
    check("(fixes: {\"unpluged\": Fixed})", &["did you mean `unplugged`?"]);
}

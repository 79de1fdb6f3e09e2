//! Rehearsals, what they touch, and sessions that become rehearsals.

use std::sync::Arc;

use rootwalk::flow::read;
use rootwalk::rehearse;
use rootwalk::source::Source;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

/// A home where the lamp's flow stands in the project, changed.
fn lamp(changes: &[(&str, &str)]) -> Arc<Home> {
    let home = Home::new();
    write(&home, changes);
    home
}

fn write(home: &Home, changes: &[(&str, &str)]) {
    let text = changes.iter().fold(LAMP.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    home.write("work/.rootwalk/flows/lamp-dark.ron", &text);
}

const FILE: &str = ".rootwalk/flows/lamp-dark.ron";

fn rehearse(home: &Arc<Home>, args: &[&str]) -> Done {
    Program::at(home).args(["rehearse"]).args(args.iter().copied()).run().in_plain_text()
}

fn walk(home: &Arc<Home>, args: &[&str]) -> Done {
    Program::at(home).args(["walk", "lamp-dark"]).args(args.iter().copied()).run()
}

fn session(home: &Home) -> String {
    home.stored().id
}

#[test]
fn every_shipped_flow_passes() {
    let home = Home::new();
    let flows = rootwalk::catalog::ron_files(std::path::Path::new("flows")).expect("flows").len();
    let done =
        rehearse(&home, &[]).exit(0).stderr_has(&format!("{flows} flows, ")).stderr_has(" rehearsals: all pass\n");
    assert_eq!(done.stdout.lines().count(), flows, "a line a flow\n{done}");
}

#[test]
fn rehearsals_that_pass_are_counted_and_listed_when_asked_for() {
    let home = lamp(&[]);
    rehearse(&home, &[FILE]).exit(0).stdout("lamp-dark  2 pass\n").stderr("1 flow, 2 rehearsals: all pass\n");
    rehearse(&home, &[".rootwalk", "-v"]).exit(0).stdout("lamp-dark  2 pass\n  pass    out\n  pass    off\n");
    let none = [
        (r#"(name: "out", answers: {"plugged-in": No}, ends: Cause("unplugged")),"#, ""),
        (r#"(name: "off", answers: {"plugged-in": Yes, "switched-on": No}, ends: Cause("switched-off")),"#, ""),
    ];
    rehearse(&lamp(&none), &[FILE]).exit(0).stdout("lamp-dark  no rehearsals\n");
}

#[test]
fn a_broken_rehearsal_says_where_it_ends_and_which_way_it_went() {
    let home = lamp(&[(r#""switched-on": No}, ends: Cause("switched-off")"#, r#""switched-on": No}, ends: Escalate"#)]);
    insta::assert_snapshot!(rehearse(&home, &[FILE, "--verbose"]).exit(1));
    let json = rehearse(&home, &[FILE, "--format", "json"]).exit(1).json();
    assert_eq!(json["broken"], 1);
    assert_eq!(json["flows"][0]["rehearsals"][0], serde_json::json!({ "name": "out", "passed": true }));
    assert_eq!(json["flows"][0]["rehearsals"][1]["passed"], false);
    assert_eq!(json["diagnostics"][0]["code"], "broken-rehearsal");
    assert_eq!(json["diagnostics"][0]["line"], 25);
}

#[test]
fn a_file_that_cannot_be_used_does_not_keep_the_others_from_being_walked() {
    let home = lamp(&[]);
    home.write("work/.rootwalk/flows/other.ron", "Flow(");
    let done = rehearse(&home, &[".rootwalk"]).exit(3).stdout("lamp-dark  2 pass\n");
    done.stderr_has("error[syntax]").stderr_has("other.ron` cannot be used, so nothing of it was walked\n");
    let json = rehearse(&home, &[".rootwalk", "--format", "json"]).exit(3).json();
    assert_eq!((&json["unusable"], &json["rehearsals"]), (&1.into(), &2.into()));
    rehearse(&home, &["nowhere"]).exit(3).stderr_has("`nowhere` cannot be read");
}

#[test]
fn coverage_names_what_is_never_touched_with_its_line() {
    let home = lamp(&[(
        r#"(name: "off", answers: {"plugged-in": Yes, "switched-on": No}, ends: Cause("switched-off")),"#,
        "",
    )]);
    insta::assert_snapshot!(rehearse(&home, &[FILE, "--coverage"]).exit(0));
    let json = rehearse(&home, &[FILE, "--coverage", "--format", "json"]).exit(0).json();
    let covered = &json["flows"][0]["coverage"];
    assert_eq!((&covered["percent"], &json["coverage"]["percent"]), (&45.into(), &45.into()));
    assert_eq!(covered["branches"], serde_json::json!({ "touched": 1, "of": 4, "percent": 25 }));
    let question = serde_json::json!({
        "kind": "question", "id": "switched-on", "file": FILE, "line": 21, "column": 9,
    });
    assert!(covered["untouched"].as_array().expect("a list").contains(&question), "{covered}");
    assert_eq!(covered["untouched"].as_array().map(Vec::len), Some(6));
}

#[test]
fn too_little_coverage_fails() {
    let home = lamp(&[]);
    let done = rehearse(&home, &[FILE, "--coverage", "--min", "91"]).exit(1);
    done.stderr_has("90 % touched by rehearsals\n").stderr_has("that is less than the 91 % that --min asks for\n");
    rehearse(&home, &[FILE, "--coverage", "--min", "90"]).exit(0).stderr_lacks("less than");
    rehearse(&home, &[FILE, "--min", "90"]).exit(2);
    rehearse(&home, &[FILE, "--coverage", "--min", "101"]).exit(2);
}

#[test]
fn real_sessions_touch_what_they_walked_in_whichever_edition() {
    let home = lamp(&[]);
    walk(&home, &["--answer", "plugged-in=yes", "--answer", "switched-on=yes"]).exit(1);
    rehearse(&home, &[FILE, "--coverage"])
        .stdout_has("lamp-dark  2 pass, 90 % touched\n")
        .stdout_has("branch    switched-on, yes\n");
    let counted = rehearse(&home, &[FILE, "--coverage", "--sessions"]);
    counted.stdout("lamp-dark  2 pass, 100 % touched\n").stderr_has("100 % touched by rehearsals and 1 session\n");
    // Another edition of the flow, in which the questions stand in another order and one is new.
    write(
        &home,
        &[
            (
                "\"plugged-in\": (ask",
                "\"glows\": (ask: \"Does it glow?\", yes: Ask(\"switched-on\"), no: Ask(\"plugged-in\")),\n\"plugged-in\": (ask",
            ),
            ("start: \"plugged-in\"", "start: \"glows\""),
        ],
    );
    let counted = rehearse(&home, &[FILE, "--coverage", "--sessions"]);
    counted.stdout_has("question  glows\n").stderr_has("2 of 6 branches").stderr_has("and 1 session\n");
    // A session on another flow counts for nothing here.
    Program::at(&home).args(["walk", "2403", "--answer", "identity-enabled=no"]).run().exit(11);
    rehearse(&home, &[FILE, "--coverage", "--sessions"]).stderr_has("and 1 session\n");
}

#[test]
fn a_session_becomes_a_rehearsal_that_can_be_pasted() {
    let home = lamp(&[]);
    let private = ["--ticket", "INC-SECRET", "--customer", "Jane SECRET", "--symptom", "SECRET", "--agent", "SECRET"];
    walk(
        &home,
        &[&private[..], &["--answer", "plugged-in=no", "--fix", "unplugged=not-fixed", "--fix", "switched-off=fixed"]]
            .concat(),
    )
    .exit(0);
    let name = "it says \"dark\", and \\ {more}\nž宽";
    let done = rehearse(&home, &["--from-session", &session(&home), "--name", name]).exit(0);
    let done = done.stderr("paste it under `rehearsals` in the flow `lamp-dark`\n");
    assert!(!done.stdout.contains("SECRET"), "{done}");
    let pasted = LAMP.replace("rehearsals: [", &format!("rehearsals: [\n{}", done.stdout));
    let flow = read(&Source::new("lamp-dark.ron", pasted))
        .unwrap_or_else(|found| panic!("{}", rootwalk::diag::render(&found, false)));
    assert_eq!(flow.rehearsals()[0].name, "it says \"dark\", and \\ {more} ž宽");
    assert!(rehearse::broken(&flow).iter().all(Option::is_none));
    done.stdout(
        "        (
            name: \"it says \\\"dark\\\", and \\\\ {more} ž宽\",
            answers: {\"plugged-in\": No},
            fixes: {\"unplugged\": NotFixed},
            ends: Cause(\"switched-off\"),
        ),
",
    );
}

#[test]
fn a_session_through_several_flows_becomes_a_rehearsal_of_each() {
    let home = lamp(&[("yes: Escalate(\"Ask the maker.\")", "yes: HandOff(\"fabric-pipeline-error-2403\")")]);
    let walked = Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin("y\ny\ny\nn\nv\ny\n").run();
    walked.exit(0);
    let done = rehearse(&home, &["--from-session", &session(&home)]).exit(0);
    insta::assert_snapshot!(done);
}

#[test]
fn what_is_no_rehearsal_is_said() {
    let home = lamp(&[]);
    rehearse(&home, &["--from-session", "k7f3"]).exit(3).stderr_has("there is no session yet");
    walk(&home, &["--plain"]).exit(11);
    let id = session(&home);
    let done = rehearse(&home, &["--from-session", &id]).exit(1).stdout("");
    done.stderr("nothing was answered in the flow `lamp-dark`: no rehearsal\n");
    Program::at(&home).args(["resume", &id, "--plain"]).stdin("y\n").run().exit(11);
    let done = rehearse(&home, &["--from-session", &id]).exit(1).stdout("");
    done.stderr_has("the question `switched-on` is not answered, so the walk has no end");
    rehearse(&home, &["--from-session", &id, "--name", " "]).exit(2).stderr_has("the name is empty");
    rehearse(&home, &["--from-session", &id, FILE]).exit(2);
    rehearse(&home, &["--from-session", &id, "--coverage"]).exit(2);
}

#[test]
fn a_rehearsal_of_an_old_edition_says_whether_it_holds_in_the_new_one() {
    let home = lamp(&[]);
    walk(&home, &["--answer", "plugged-in=no"]).exit(11);
    let from = || rehearse(&home, &["--from-session", &session(&home)]).exit(0);
    from().stderr_has("whether the fix worked is not known yet").stderr_lacks("has changed");
    write(&home, &[("Is the plug in?", "Is the plug in the wall?")]);
    from().stderr_has("the flow has changed since it was walked; the rehearsal ends the same in it\n");
    write(
        &home,
        &[(
            "yes: Ask(\"switched-on\"), no: Cause(\"unplugged\")",
            "yes: Cause(\"unplugged\"), no: Ask(\"switched-on\")",
        )],
    );
    from().stderr_has("the flow has changed since it was walked; in the flow as it is now the rehearsal is broken\n");
}

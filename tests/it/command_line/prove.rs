//! `rootwalk prove`: what holds, and what shows where it does not.

use crate::home::{Home, LAMP};
use crate::program::Program;

fn prove(text: &str) -> Program {
    let home = Home::new();
    home.write("work/lamp.ron", text);
    Program::at(&home).args(["prove", "lamp.ron"])
}

#[test]
fn a_good_flow_is_proved_with_what_was_counted() {
    let shown = prove(LAMP).run().exit(0).in_plain_text();
    insta::assert_snapshot!(shown.stdout);
    let json = prove(LAMP).args(["--format", "json"]).run().exit(0).json();
    assert_eq!((&json["proved"], &json["facts"]["ways"]), (&true.into(), &"3".into()));
    assert!(json["claims"].as_array().expect("a list").iter().all(|claim| claim["holds"] == true));
}

#[test]
fn what_fails_is_shown_by_the_fewest_answers() {
    let text = LAMP.replace("Is the switch on?", "Is the PLUG in").replace(
        "yes: Escalate(\"Ask the maker.\"), no: Cause(\"switched-off\")",
        "yes: Cause(\"switched-off\"), no: Cause(\"switched-off\")",
    );
    let shown = prove(&text).run().exit(1).in_plain_text();
    insta::assert_snapshot!(shown.stdout);
    let json = prove(&text).args(["--format", "json"]).run().exit(1).json();
    assert_eq!(json["proved"], false);
    assert_eq!(json["diagnostics"][0]["way"][0], serde_json::json!({ "question": "plugged-in", "answer": "yes" }));
}

#[test]
fn of_questions_that_lead_back_only_that_can_be_said() {
    let text = LAMP.replace("Escalate(\"Ask the maker.\")", "Ask(\"plugged-in\")");
    let shown = prove(&text).run().exit(1).stdout_has("shown by: `plugged-in`: yes, `switched-on`: yes");
    assert!(shown.stdout.contains("FAILS  it ends") && shown.stdout.contains("open   it never strands"), "{shown}");
}

#[test]
fn a_file_that_holds_no_flow_is_no_input() {
    let text = LAMP.replace("\"look\"],", "\"lock\"],");
    prove(&text).run().exit(3).stdout("").stderr_has("did you mean `look`?");
    Program::new().args(["prove", "nowhere.ron"]).run().exit(3).stderr_has("`nowhere.ron` cannot be read");
    Program::new().args(["prove", "24O3"]).run().exit(2).stderr_has("did you mean");
}

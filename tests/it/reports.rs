//! What other programs read of a check, when its answer is no, and the pages that explain the codes.

use std::path::{Path, PathBuf};

use rootwalk::diag::Code;
use serde_json::Value;

use crate::program::{Done, Program};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diagnostics").join(name)
}

/// Checks copies of fixtures, so that their paths are relative.
fn check(names: &[&str], args: &[&str]) -> Done {
    let program = Program::new().args(["check"]).args(args.iter().copied()).args(names.iter().copied());
    let folder = program.command().get_current_dir().expect("it has one").to_owned();
    for name in names {
        std::fs::copy(fixture(name), folder.join(name)).expect("copied");
    }
    program.run()
}

#[test]
fn warnings_alone_are_no_no_unless_denied() {
    check(&["two-facts.ron"], &[])
        .exit(0)
        .stdout_has("warning[two-facts]")
        .stderr("1 flow checked, 1 warning\n`rootwalk explain two-facts` says why it matters, with an example\n");
    check(&["two-facts.ron"], &["--deny", "warnings"]).exit(1);
    check(&["two-facts.ron", "cycle.ron"], &[]).exit(1).stderr(
        "2 flows checked, 1 error, 1 warning\n`rootwalk explain CODE` says why each matters, with an example\n",
    );
    check(&["not-utf-8.ron"], &["--deny", "warnings"]).exit(3);
}

#[test]
fn github_gets_a_command_for_each_finding() {
    check(&["cycle-itself.ron", "two-facts.ron"], &["--format", "github"])
        .exit(1)
        .stdout(
            "::error file=cycle-itself.ron,line=25,col=111,endLine=25,endColumn=120,title=cycle::the questions lead \
             back to themselves: `plugged` → `plugged` (this leads back)%0Ahelp: let this answer end at a cause, a hand-off or an escalation\n\
             ::warning file=two-facts.ron,line=25,col=26,endLine=25,endColumn=76,title=two-facts::the question `plugged` asks \
             for two facts (the second begins at `and is the switch on?`)%0Ahelp: ask the first, let its answer lead to a \
             question for the second\n",
        )
        .stderr("2 flows checked, 1 error, 1 warning\n");
}

/// Holds a document against the schema that OASIS publishes.
fn assert_is_sarif(document: &Value) {
    let schema = include_str!("../fixtures/sarif/sarif-schema-2.1.0.json");
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("sarif.json", serde_json::from_str(schema).expect("JSON")).expect("a schema");
    let mut schemas = boon::Schemas::new();
    let schema = compiler.compile("sarif.json", &mut schemas).expect("it compiles");
    schemas.validate(document, schema).unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn sarif_is_what_oasis_says() {
    for file in std::fs::read_dir(fixture("")).expect("the folder") {
        let name = file.expect("a file").file_name().into_string().expect("UTF-8");
        if name.contains('.') {
            assert_is_sarif(&check(&[&name], &["--format", "sarif"]).json());
        }
    }
    assert_is_sarif(&check(&[], &["--format", "sarif"]).exit(0).json());
}

#[test]
fn sarif_has_every_code_as_a_rule_and_each_finding_at_its_place() {
    let document = check(&["duplicate-key.ron"], &["--format", "sarif"]).exit(1).stderr("").json();
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(rules.iter().map(|rule| rule["id"].as_str().expect("a name")).eq(Code::ALL.iter().map(|code| code.name())));
    let result = &run["results"][0];
    assert_eq!(
        rules[usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small")]["id"],
        result["ruleId"]
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "duplicate-key.ron");
    assert_eq!(place["region"]["startLine"], 22);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
}

#[test]
fn the_day_of_the_check_is_given_by_the_environment() {
    let on = |day: &str| Program::new().args(["check"]).env("SOURCE_DATE_EPOCH", day).run();
    on("1795219200").exit(0).stdout("");
    on("1890000000").exit(0).stdout_has("warning[stale-source]");
    on("1000000000").exit(0).stdout_has("warning[future-date]");
    on("soon").exit(2).stderr(
        "error: `SOURCE_DATE_EPOCH` is no number of seconds\n\
         help: unset it, or set it to the seconds since 1970, such as `date +%s` prints\n",
    );
}

#[test]
fn every_code_is_explained() {
    let list = Program::new().args(["explain"]).run().exit(0);
    assert_eq!(list.stdout, Program::new().args(["explain", "--list"]).run().exit(0).stdout);
    assert_eq!(list.stdout.lines().count(), Code::ALL.len());
    assert!(list.stdout.lines().all(|line| line.len() <= 100));
    for code in Code::ALL {
        let name = code.name();
        let text = Program::new().args(["explain", name]).run().exit(0).stdout_has("Why it matters").in_plain_text();
        assert!(text.stdout.starts_with(&format!("{}[{name}]: ", code.severity().name())));
        assert!(text.stdout.lines().all(|line| line.len() <= 100));
        let json = Program::new().args(["explain", name, "--format", "json"]).run().exit(0).json();
        assert_eq!(json["code"], name);
        assert!(json["after"].is_string() || json["example"].is_string());
    }
    let listed = Program::new().args(["explain", "--format", "json"]).run().exit(0).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(Code::ALL.len()));
}

#[test]
fn a_page() {
    insta::assert_snapshot!(Program::new().args(["explain", "warning[unwarned-risk]"]).run().exit(0).stdout);
}

#[test]
fn a_mistyped_code_gets_the_nearest() {
    Program::new()
        .args(["explain", "unusedstep"])
        .run()
        .exit(2)
        .stdout("")
        .stderr("error: there is no code `unusedstep`\nhelp: did you mean `unused-step`?\n");
    Program::new()
        .args(["explain", "xyz"])
        .run()
        .exit(2)
        .stderr("error: there is no code `xyz`\nhelp: `rootwalk explain` lists all codes\n");
}

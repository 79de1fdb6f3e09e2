//! `rootwalk graph`: what each form says, of flows as they are, of sessions and of coverage.

mod tools;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};
use crate::random::{chain, tangled};

const FORMATS: [&str; 6] = ["text", "dot", "mermaid", "svg", "html", "json"];

/// Text that looks like markup to some form.
const HOSTILE: &str = "tests/fixtures/drawings/hostile.ron";

fn here(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> Vec<String> {
    let files = rootwalk::catalog::ron_files(Path::new(&here("flows"))).expect("flows");
    assert!(files.len() >= 6);
    files.into_iter().map(|file| file.display().to_string()).collect()
}

/// The two largest shipped flows of each folder: what is hardest to draw, of every family.
fn largest() -> Vec<String> {
    let mut by_folder: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
    for file in shipped() {
        let folder = Path::new(&file).parent().expect("a folder").display().to_string();
        let size = fs::metadata(&file).expect("a flow").len();
        by_folder.entry(folder).or_default().push((size, file));
    }
    let folders = by_folder.into_values().map(|mut files| {
        files.sort();
        files.into_iter().rev().take(2).map(|(_, file)| file)
    });
    folders.flatten().collect()
}

fn graph<'a>(home: &Arc<Home>, args: impl IntoIterator<Item = &'a str>) -> Done {
    Program::at(home).args(["graph"]).args(args).run()
}

/// A home with the lamp's flow, and a session that failed to fix one of its causes.
fn lamp() -> (Arc<Home>, String) {
    let home = Home::new();
    let path = home.write("lamp-dark.ron", LAMP).display().to_string();
    home.write("home/../data/rootwalk/flows/lamp-dark.ron", LAMP);
    let walk = ["walk", "lamp-dark", "--answer", "plugged-in=no", "--fix", "unplugged=not-fixed"];
    Program::at(&home).args(walk).run().exit(11);
    (home, path)
}

#[test]
fn a_tree_says_where_each_answer_leads() {
    let (home, path) = lamp();
    graph(&home, [path.as_str()]).exit(0).stderr("").stdout(
        "Error L-1: The lamp is dark (lamp-dark)\n\
         2 questions, 2 causes, 1 escalation\n\
         \n\
         1. Is the plug in?\n\
         ├─ yes  2. Is the switch on?\n\
         │  ├─ yes  3. escalate: Ask the maker.\n\
         │  └─ no   4. cause: The switch is off (rare, minutes to fix)\n\
         └─ no   5. cause: The plug is out (common, minutes to fix)\n",
    );
}

#[test]
fn a_tree_is_drawn_with_ascii_where_plain_lines_are_wanted() {
    let (home, path) = lamp();
    for (name, value) in [("ACCESSIBLE", "1"), ("TERM", "dumb")] {
        let done = Program::at(&home).args(["graph", &path]).env(name, value).run().exit(0);
        assert!(done.stdout.is_ascii(), "{}", done.stdout);
        done.stdout_has("|- yes  2. Is the switch on?\n|  |- yes  3.").stdout_has("`- no   5.");
    }
}

#[test]
fn colours_are_used_when_asked_for_and_change_no_word() {
    let (home, path) = lamp();
    let id = home.stored().id;
    let session = ["--session", id.as_str()];
    let plain = graph(&home, session).exit(0).in_plain_text().stdout;
    let styled = graph(&home, session.into_iter().chain(["--color", "always"])).exit(0).stdout;
    assert!(styled.contains("\u{1b}[31m") && styled.contains("\u{1b}[0m"));
    let codes = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m", "\u{1b}[36m", "\u{1b}[1;36m", "\u{1b}[1;32m"];
    assert_eq!(codes.iter().fold(styled, |text, code| text.replace(code, "")), plain);
    graph(&home, [path.as_str(), "--color", "always", "-o", &home.path("tree").display().to_string()]).exit(0);
    assert!(!fs::read_to_string(home.path("tree")).expect("written").contains('\u{1b}'));
}

#[test]
fn an_error_is_named_as_to_walk_or_by_its_file() {
    let (home, path) = lamp();
    let by_file = graph(&home, [path.as_str()]).exit(0).stdout;
    for wanted in ["lamp-dark", "L-1", "The lamp is dark", "../lamp-dark.ron"] {
        assert_eq!(graph(&home, [wanted]).exit(0).stdout, by_file, "{wanted}");
    }
    // A file without the ending is one when it has a slash; a bare word is an error's name.
    home.write("work/L-1", "not a flow");
    home.write("work/flow.txt", LAMP);
    assert_eq!(graph(&home, ["L-1"]).exit(0).stdout, by_file);
    assert_eq!(graph(&home, ["./flow.txt"]).exit(0).stdout, by_file);
    graph(&home, ["nothing.ron"]).exit(3).stderr_has("error: `nothing.ron` cannot be read: No such file");
    graph(&home, ["lamp-drak"]).exit(2).stderr_has("did you mean `lamp-dark`?");
    home.write("work/broken.ron", "Flow(");
    graph(&home, ["broken.ron"]).exit(3).stderr_has("error: `broken.ron` cannot be used").stdout("");
    graph(&home, []).exit(2);
    graph(&home, ["lamp-dark", "--coverage", "--session", "x"]).exit(2);
}

#[test]
fn a_session_is_drawn_in_each_form_on_the_flow_as_it_was_walked() {
    let (home, _) = lamp();
    // The flow has changed since; the session has not.
    home.write("data/rootwalk/flows/lamp-dark.ron", &LAMP.replace("Is the plug in?", "Is the plug there?"));
    let id = home.stored().id;
    let drawn = |format: &str| graph(&home, ["--session", &id, "--format", format]).exit(0).stderr("").stdout;
    assert_eq!(
        drawn("text").replace(&id, "<id>"),
        "Error L-1: The lamp is dark (lamp-dark)\n\
         2 questions, 2 causes, 1 escalation\n\
         The path of session <id>: 1 question answered; tried now, the fix of: The\n\
         switch is off\n\
         \n\
         1. Is the plug in? [answered no]\n\
         ├─ yes  2. Is the switch on?\n\
         │  ├─ yes  3. escalate: Ask the maker.\n\
         │  └─ no   4. cause: The switch is off (rare, minutes to fix) [▸ its fix is\n\
         │             tried now]\n\
         └─ no   5. cause: The plug is out (common, minutes to fix) [✗ its fix did not\n\
         \u{20}          work]\n"
    );
    for (format, marks) in [
        ("dot", &["n5 [shape=box, style=bold, label=\"cause: ✗ its fix did not work", "color=\"#a3262a\""][..]),
        ("mermaid", &["class n5 failed", "class n4 now", "linkStyle 1 stroke:#2f81d6"]),
        ("svg", &["class=\"box cause failed\"", "class=\"edge answered\""]),
        ("html", &["class=\"box cause failed\"", "The path of session", "the fix did not work"]),
        ("json", &["\"walked\": {", "\"at\": \"cause:switched-off\"", "\"answer\": \"No\""]),
    ] {
        let text = drawn(format);
        marks.iter().for_each(|mark| assert!(text.contains(mark), "no {mark} in {text}"));
        assert!(!text.contains("Is the plug there?"));
    }
    graph(&home, ["2403", "--session", &id])
        .exit(2)
        .stderr_has("did not walk `fabric-pipeline-error-2403`")
        .stderr_has("help: it walked `lamp-dark`");
    graph(&home, ["--session", "zzzz"]).exit(3);
}

#[test]
fn the_leg_of_a_flow_is_drawn_when_the_session_walked_several() {
    let home = Home::new();
    home.write(
        "data/rootwalk/flows/lamp-dark.ron",
        &LAMP.replace("Escalate(\"Ask the maker.\")", "HandOff(\"house-dark\")"),
    );
    home.write("data/rootwalk/flows/house-dark.ron", &LAMP.replace("id: \"lamp-dark\"", "id: \"house-dark\""));
    let answers = "1\n1\n1\n2\nq\n";
    Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin(answers).run();
    let session = home.session();
    assert_eq!(session.legs().len(), 2, "the walk went on with the other flow");
    let drawn =
        |args: &[&str]| graph(&home, ["--session", session.id()].into_iter().chain(args.iter().copied())).exit(0);
    drawn(&[]).stdout_has("(house-dark)").stdout_has("[answered no]");
    drawn(&["house-dark"]).stdout_has("(house-dark)");
    drawn(&["lamp-dark"]).stdout_has("(lamp-dark)").stdout_has("[▸ here]");
}

#[test]
fn coverage_tells_rehearsals_from_sessions_and_what_nothing_touched() {
    let (home, _) = lamp();
    let drawn = |format: &str| graph(&home, ["lamp-dark", "--coverage", "--format", format]).exit(0).stderr("").stdout;
    assert_eq!(
        drawn("text"),
        "Error L-1: The lamp is dark (lamp-dark)\n\
         2 questions, 2 causes, 1 escalation\n\
         Touched by 2 rehearsals, 1 session: 2 of 2 questions, 3 of 4 branches, 2 of\n\
         2 causes\n\
         \n\
         1. Is the plug in? [2 rehearsals, 1 session]\n\
         ├─ yes (1) 2. Is the switch on? [1 rehearsal]\n\
         │  ├─ yes (0) 3. escalate: Ask the maker. [never touched]\n\
         │  └─ no (1) 4. cause: The switch is off (rare, minutes to fix) [1 rehearsal,\n\
         │               1 session]\n\
         └─ no (2) 5. cause: The plug is out (common, minutes to fix) [1 rehearsal,\n\
         \u{20}            1 session]\n"
    );
    assert!(drawn("svg").contains("class=\"edge untouched\""));
    assert!(drawn("dot").contains("n2 -> n3 [label=\"yes · 0\", style=dashed"));
    assert!(drawn("mermaid").contains("class n3 untouched"));
    assert!(drawn("html").contains("never touched"));
    let json: serde_json::Value = serde_json::from_str(&drawn("json")).expect("JSON");
    assert_eq!(json["touched"]["walks"], serde_json::json!({"rehearsals": 2, "sessions": 1}));
    assert_eq!(json["edges"][2]["touched"], serde_json::json!({"rehearsals": 0, "sessions": 0}));
}

#[test]
fn a_file_is_written_whole_in_place_of_the_old_one() {
    let (home, path) = lamp();
    let file = home.write("work/out", &"old ".repeat(10_000));
    for format in FORMATS {
        let to_stdout = graph(&home, [path.as_str(), "--format", format]).exit(0).stdout;
        let done = graph(&home, [path.as_str(), "--format", format, "-o", "out"]).exit(0);
        done.stdout("").stderr("`lamp-dark` written to out\n");
        assert_eq!(fs::read_to_string(&file).expect("written"), to_stdout);
    }
    graph(&home, [path.as_str(), "-o", "no/such/folder"]).exit(4).stderr_has("cannot be written");
}

#[test]
fn every_document_fits_the_schema() {
    let (home, path) = lamp();
    let id = home.stored().id;
    let schema = Program::at(&home).args(["schema", "graph"]).run().exit(0).json();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("graph", schema).expect("a schema");
    let index = compiler.compile("graph", &mut schemas).expect("a schema");
    let mut all: Vec<Vec<String>> = shipped().into_iter().chain([path, here(HOSTILE)]).map(|file| vec![file]).collect();
    all.extend(all.clone().into_iter().map(|args| [args, vec!["--coverage".to_owned()]].concat()));
    all.push(vec!["--session".to_owned(), id]);
    for args in all {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let document = graph(&home, args.iter().copied().chain(["--format", "json"])).exit(0).json();
        schemas.validate(&document, index).unwrap_or_else(|error| panic!("{args:?}: {error}"));
        let mut cut = document.clone();
        cut["nodes"][0].as_object_mut().expect("a box").remove("possible");
        assert!(schemas.validate(&cut, index).is_err());
        let mut grown = document;
        grown["nodes"][0]["mood"] = "good".into();
        assert!(schemas.validate(&grown, index).is_err());
    }
}

#[test]
fn the_document_names_the_causes_still_possible_at_each_box() {
    let (home, path) = lamp();
    let document = graph(&home, [path.as_str(), "--format", "json"]).exit(0).json();
    let possible = |n: usize| (document["nodes"][n]["name"].clone(), document["nodes"][n]["possible"].clone());
    assert_eq!(possible(0), ("question:plugged-in".into(), serde_json::json!(["unplugged", "switched-off"])));
    assert_eq!(possible(1), ("question:switched-on".into(), serde_json::json!(["switched-off"])));
    assert_eq!(possible(2), ("escalation:3".into(), serde_json::json!([])));
    assert_eq!(
        document["edges"][1],
        serde_json::json!({"from": "question:plugged-in", "answer": "No", "to": "cause:unplugged"})
    );
    assert_eq!(document["causes"][0]["fix"][0]["effort"], "Minutes");
}

#[test]
fn the_causes_still_possible_are_counted_as_they_are_listed() {
    let home = Home::new();
    for causes in [1, 63, 64, 65, 128, 130] {
        let path = home.write("work/f.ron", &tangled(causes as u64, 60, causes)).display().to_string();
        let document = graph(&home, [path.as_str(), "--format", "json"]).exit(0).json();
        for node in document["nodes"].as_array().expect("boxes") {
            assert_eq!(node["possible_count"], node["possible"].as_array().expect("a list").len(), "{node}");
        }
    }
}

#[test]
fn a_flow_of_ten_thousand_questions_is_written_in_every_form() {
    let home = Home::new();
    for (name, text) in [("work/chain.ron", chain(10_000)), ("work/tangled.ron", tangled(7, 10_000, 300))] {
        let path = home.write(name, &text).display().to_string();
        for format in FORMATS {
            let done = graph(&home, [path.as_str(), "--format", format]).exit(0);
            if format == "html" {
                assert!(done.stdout.contains(" boxes are left out; ") && done.stdout.contains(" have no entry below."));
            }
            if ["svg", "html"].contains(&format) {
                done.stderr_has("boxes, ").stderr_has("help: `--format dot`");
            } else {
                let questions = done.stdout.matches("Is fact ").count();
                assert_eq!(questions, 10_000, "{name} as {format}");
                assert_eq!(done.stderr, "");
            }
        }
    }
}

#[test]
fn a_tree_names_each_box_once_and_keeps_to_the_width() {
    let home = Home::new();
    for seed in 0..30 {
        let path = home.write("work/f.ron", &tangled(seed, 40, 8)).display().to_string();
        let text = graph(&home, [path.as_str()]).exit(0).stdout;
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        for n in 0..40 {
            assert_eq!(text.matches(&format!(". Is fact {n} there?")).count(), 1, "{seed} {n}\n{text}");
        }
        // Each reference leads to a box that is drawn.
        for number in text.split("→ see ").skip(1).filter_map(|rest| rest.split(['\n', ',']).next()) {
            assert!(
                text.contains(&format!(" {number}. ")) || text.contains(&format!("\n{number}. ")),
                "{number}\n{text}"
            );
        }
    }
}

#[test]
fn no_text_of_a_flow_is_alive_in_any_form() {
    let home = Home::new();
    for format in FORMATS {
        let text = graph(&home, [here(HOSTILE).as_str(), "--format", format]).exit(0).in_plain_text().stdout;
        if ["svg", "html"].contains(&format) {
            for alive in ["<script", "<img", "<b>", "</main><", "onload=alert(1)>"] {
                assert!(!text.contains(alive), "{alive} in {format}");
            }
        }
    }
}

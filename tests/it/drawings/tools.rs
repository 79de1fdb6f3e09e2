//! Drawings in the programs that read them: Graphviz, Mermaid and Chromium. Run by `.ci/run`, which installs them.
//!
//! `ROOTWALK_MERMAID` names the file `mermaid.min.js`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use serde_json::Value;

use super::{HOSTILE, here, largest};
use crate::home::Home;
use crate::program::Program;
use crate::random::{chain, tangled, tree};

/// What is drawn: a name, and the arguments of `rootwalk graph`.
fn cases(home: &Arc<Home>) -> Vec<(String, Vec<String>)> {
    let name = |file: &str| Path::new(file).file_stem().expect("a file").to_string_lossy().into_owned();
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    for file in largest() {
        cases.push((format!("{}-coverage", name(&file)), vec![file.clone(), "--coverage".to_owned()]));
        cases.push((name(&file), vec![file]));
    }
    cases.push(("hostile".to_owned(), vec![here(HOSTILE)]));
    for (name, text) in [("tangled", tangled(3, 40, 12)), ("tree", tree(20)), ("chain", chain(20))] {
        let path = home.write(&format!("work/{name}.ron"), &text).display().to_string();
        cases.push((name.to_owned(), vec![path]));
    }
    let answers = "status-403=yes fails-at-load=no short-life=yes".split(' ').flat_map(|answer| ["--answer", answer]);
    let walk = ["walk", "powerbi-token-expired", "--fix", "entra-token-short=not-fixed"];
    Program::at(home).args(walk).args(answers).run().exit(11);
    cases.push(("session".to_owned(), vec!["--session".to_owned(), home.stored().id]));
    cases
}

fn drawn(home: &Arc<Home>, args: &[String], format: &str) -> String {
    Program::at(home).args(["graph", "--format", format]).args(args).run().exit(0).stdout
}

/// What stands in each box, without white space, by its number: what a person must be able to read in the drawing.
fn labels(home: &Arc<Home>, args: &[String]) -> BTreeMap<String, String> {
    let document: Value = serde_json::from_str(&drawn(home, args, "json")).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").split_whitespace().collect::<String>();
    let label = |node: &Value| match node["kind"].as_str().expect("a kind") {
        "question" => text(&node["ask"]),
        "cause" => {
            let causes = document["causes"].as_array().expect("causes");
            let cause = causes.iter().find(|cause| cause["id"] == node["id"]).expect("it is listed");
            let word = |field: &str| text(&cause[field]).to_lowercase();
            format!("{}{}·{}tofix", text(&cause["title"]), word("likelihood"), word("effort"))
        }
        "hand-off" => text(&node["flow"]),
        _ => text(&node["text"]),
    };
    let nodes = document["nodes"].as_array().expect("boxes");
    nodes.iter().zip(1..).map(|(node, n): (_, usize)| (format!("n{n}"), label(node))).collect()
}

#[track_caller]
fn check_labels(name: &str, expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>) {
    assert_eq!(found.len(), expected.len(), "{name}");
    for (id, label) in expected {
        let found: String = found[id].split_whitespace().collect();
        assert!(found.ends_with(label.as_str()), "{name} {id}: no {label} in {found}");
    }
}

#[test]
#[ignore = "needs Graphviz; .ci/run runs it"]
fn graphviz_takes_every_dot_and_shows_every_label() {
    let home = Home::new();
    for (name, args) in cases(&home) {
        let mut dot = Command::new("dot");
        dot.arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = dot.spawn().expect("`dot` is installed");
        let source = drawn(&home, &args, "dot");
        child.stdin.take().expect("piped").write_all(source.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
        let svg = String::from_utf8(output.stdout).expect("UTF-8");
        let mut found = BTreeMap::new();
        for node in svg.split("class=\"node\">").skip(1) {
            let node = node.split("</g>").next().expect("it ends");
            let between = |text: &str, from: &str| {
                text.split_once(from).and_then(|(_, rest)| rest.split_once('<')).map(|(text, _)| unescape(text))
            };
            let texts = node.split("<text ").skip(1).filter_map(|text| between(text, ">"));
            found.insert(between(node, "<title>").expect("a title"), texts.collect::<String>());
        }
        check_labels(&name, &labels(&home, &args), &found);
    }
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&#45;", "-").replace("&#160;", " ").replace("&amp;", "&")
}

#[test]
#[ignore = "needs Chromium and Mermaid; .ci/run runs it"]
fn mermaid_takes_every_flowchart_and_shows_every_label() {
    let mermaid = std::env::var("ROOTWALK_MERMAID").expect("ROOTWALK_MERMAID names mermaid.min.js");
    let home = Home::new();
    let cases = cases(&home);
    let sources: Vec<String> = cases.iter().map(|(_, args)| drawn(&home, args, "mermaid")).collect();
    let sources = serde_json::to_string(&sources).expect("JSON").replace('<', "\\u003c");
    let page = include_str!("mermaid.html").replace("MERMAID", &mermaid).replace("SOURCES", &sources);
    let path = home.write("mermaid.html", &page);
    let measured = measured(&chromium(&path, &["--virtual-time-budget=60000", "--dump-dom"]));
    let drawn: Vec<Value> = serde_json::from_str(&measured).expect("JSON");
    assert_eq!(drawn.len(), cases.len());
    for ((name, args), drawn) in cases.iter().zip(drawn) {
        assert_eq!(drawn["error"], Value::Null, "{name}");
        assert_eq!(drawn["scripts"], 0, "{name}");
        let found = serde_json::from_value(drawn["boxes"].clone()).expect("texts by number");
        check_labels(name, &labels(&home, args), &found);
    }
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn chromium_shows_every_drawing_without_an_overlap_or_a_cut_text() {
    let home = Home::new();
    let (mut light, mut dark) = (Vec::new(), Vec::new());
    let mut boxes = BTreeMap::new();
    for (name, args) in cases(&home) {
        boxes.insert(name.clone(), labels(&home, &args).len());
        let page = drawn(&home, &args, "html");
        assert!(!page.contains("<script"));
        // The page allows no script; what measures it is added to a copy that does.
        let policy =
            page.split_once("<meta http-equiv").and_then(|(_, rest)| rest.split_once('>')).expect("a policy").0;
        let page = page.replace(&format!("<meta http-equiv{policy}>"), "");
        let alone = format!("<!doctype html><body>{}</body>", drawn(&home, &args, "svg"));
        light.push((name.clone(), 1280, page.clone()));
        dark.push((format!("{name} narrow"), 500, page));
        dark.push((format!("{name} alone"), 1280, alone));
    }
    for (scheme, pages) in [("light", light), ("dark", dark)] {
        let path = home.write(&format!("{scheme}.html"), &framed(&pages));
        let scheme_flag = format!("--blink-settings=preferredColorScheme={}", u8::from(scheme == "light"));
        let found = measured(&chromium(&path, &["--dump-dom", &scheme_flag]));
        let found: Vec<&str> = found.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(found.len(), pages.len(), "{found:?}");
        for (name, ..) in pages {
            let boxes = boxes[name.split(' ').next().expect("a name")];
            let expected = format!("{name}: {boxes} boxes, {scheme};");
            let line = found.iter().find(|line| line.starts_with(&format!("{name}:"))).expect("it was measured");
            assert_eq!(*line, expected);
        }
    }
}

/// Puts pages of given widths into one that collects what each measures of itself.
fn framed(pages: &[(String, u32, String)]) -> String {
    let script = format!("<script>{}</script></body>", include_str!("measure.js"));
    let escape = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let frames = pages.iter().map(|(name, width, page)| {
        let page = escape(&page.replace("</body>", &script));
        format!("<iframe data-name=\"{name}\" width=\"{width}\" height=\"900\" style=\"border: 0\" srcdoc=\"{page}\"></iframe>\n")
    });
    let frames: String = frames.collect();
    format!(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><pre id=\"out\">measured </pre>{frames}"
    )
}

/// Shows a file in Chromium and returns what it prints.
fn chromium(file: &Path, args: &[&str]) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(args)
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("`chromium` is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Returns what a script wrote into the page.
fn measured(page: &str) -> String {
    let (_, rest) = page.split_once(">measured ").unwrap_or_else(|| panic!("nothing was measured: {page:.2000}"));
    let encoded = rest.split([';', '<']).next().expect("it ends");
    let mut bytes = Vec::new();
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next().expect("two digits")).to_digit(16).expect("a digit");
        bytes.push(if byte == b'%' { u8::try_from(digit() * 16 + digit()).expect("a byte") } else { byte });
    }
    String::from_utf8(bytes).expect("UTF-8")
}

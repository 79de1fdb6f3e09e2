//! What an author sees: each kind of mistake in a file of its own, and the whole of what `rootwalk check` prints.
//!
//! A fixture is named after the code it shows, `<code>.ron` or `<code>-<variant>.ron`; everything else in it is good.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rootwalk::catalog::{Catalog, Layers, read_source, ron_files};
use rootwalk::check::{Subject, advise, check};
use rootwalk::diag::{Code, render, to_json};
use rootwalk::flow::{MAX_FILE, draft};
use rootwalk::rehearse::rehearse;
use rootwalk::text::plural;

/// The day on which the tests check, in seconds since 1970: 2026-11-21.
const DAY: &str = "1795219200";

/// What a run of the program came to.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `rootwalk check` in a folder, in an environment of its own.
fn run(folder: &Path, args: &[&str]) -> Run {
    let home = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_rootwalk"))
        .arg("check")
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("HOME", home.path())
        .env("SOURCE_DATE_EPOCH", DAY)
        .output()
        .expect("the program runs");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

impl Run {
    fn shown(&self) -> String {
        format!("{}{}exit code {}\n", self.stdout, self.stderr, self.code.expect("it ends by itself"))
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diagnostics")
}

/// The code that a fixture is named after: the longest that its name begins with.
fn code_of(name: &str) -> Option<Code> {
    let is_its =
        |code: &&Code| name.strip_prefix(code.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    Code::ALL.iter().filter(is_its).max_by_key(|code| code.name().len()).copied()
}

#[test]
fn each_mistake_is_shown_so_that_a_person_understands_it() {
    insta::glob!("../fixtures/diagnostics", "*.ron", |path| {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let run = run(&fixtures(), &[name]);
        let first = run.stdout.split(['[', ']']).nth(1).unwrap_or_default().to_owned();
        if let Some(code) = code_of(name.trim_end_matches(".ron")) {
            assert!(run.stdout.contains(&format!("[{code}]")), "{name} does not show {code}:\n{}", run.shown());
            assert_eq!(first, code.name(), "{name}");
        }
        insta::assert_snapshot!(run.shown());
    });
}

#[test]
fn two_files_with_one_id_are_both_named() {
    insta::assert_snapshot!(run(&fixtures(), &["duplicate-flow"]).shown());
}

#[test]
fn files_of_shared_steps_are_checked_like_flows() {
    insta::assert_snapshot!("duplicate-step", run(&fixtures(), &["duplicate-step"]).shown());
    insta::assert_snapshot!("unused-shared-step", run(&fixtures(), &["unused-shared-step"]).shown());
}

/// What is wrong in a shared step is said at its own line, and once, however many flows name it.
#[test]
fn a_mistake_in_a_shared_step_is_said_once() {
    let flow = "in-shared-step/lamp.ron";
    insta::assert_snapshot!("in-shared-step", run(&fixtures(), &["in-shared-step"]).shown());
    let alone = run(&fixtures(), &[flow]);
    insta::assert_snapshot!("in-shared-step-alone", alone.shown());

    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("shared")).expect("made");
    let copy = |from: &str, to: &str, id: &str| {
        let text = fs::read_to_string(fixtures().join("in-shared-step").join(from)).expect("there");
        fs::write(folder.path().join(to), text.replace("id: \"lamp\"", &format!("id: \"{id}\""))).expect("written");
    };
    copy("shared/plugs.ron", "shared/plugs.ron", "");
    copy("lamp.ron", "lamp.ron", "lamp");
    copy("lamp.ron", "torch.ron", "torch");
    let both = run(folder.path(), &["."]);
    assert_eq!(both.stdout.matches("[unknown-field]").count(), 1, "{}", both.shown());
    assert_eq!(both.stdout.matches("[unwarned-risk]").count(), 1, "{}", both.shown());
    assert!(both.stderr.starts_with("2 flows and 1 file of shared steps checked, 2 errors"), "{}", both.shown());
    for format in ["json", "github", "sarif"] {
        let machine = run(folder.path(), &[".", "--format", format]);
        assert_eq!(machine.stdout.matches("there is no field `colour`").count(), 1, "{}", machine.shown());
        assert!(machine.stdout.contains("shared/plugs.ron"), "{}", machine.shown());
    }
}

#[test]
fn a_finding_as_json() {
    insta::assert_snapshot!(run(&fixtures(), &["--format", "json", "duplicate-key.ron", "unknown-field.ron"]).shown());
}

#[test]
fn every_code_has_a_fixture() {
    let mut shown: BTreeSet<Code> = [Code::Unreadable, Code::TooLarge].into();
    for file in fs::read_dir(fixtures()).expect("the folder") {
        let name = file.expect("a file").file_name().into_string().expect("UTF-8");
        shown.extend(code_of(name.trim_end_matches(".ron")));
    }
    let without: Vec<_> = Code::ALL.iter().filter(|code| !shown.contains(code)).map(|code| code.name()).collect();
    assert!(without.is_empty(), "no fixture shows {without:?}");
}

#[test]
fn a_file_that_cannot_be_read_or_is_too_large_is_an_input_that_cannot_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = fs::File::create(folder.path().join("too-large.ron")).expect("a file");
    large.set_len(MAX_FILE as u64 + 1).expect("a sparse file");
    insta::assert_snapshot!(run(folder.path(), &["too-large.ron"]).shown());

    // A link to nowhere stands for what cannot be read: a test that runs as root can read everything else.
    std::os::unix::fs::symlink("nowhere", folder.path().join("unreadable.ron")).expect("a link");
    fs::remove_file(folder.path().join("too-large.ron")).expect("the file");
    insta::assert_snapshot!(run(folder.path(), &["."]).shown());
    insta::assert_snapshot!(run(folder.path(), &["missing.ron"]).shown());
}

#[test]
fn every_shipped_flow_is_silent() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = run(root, &["flows"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(0)), "{}", run.shown());
    assert_eq!(
        run.stderr,
        format!(
            "{} flows and {} of shared steps checked, nothing found\n",
            ron_files(&root.join("flows")).expect("flows").len(),
            plural(ron_files(&root.join("flows/shared")).expect("shared steps").len(), "file"),
        )
    );
}

#[test]
fn a_folder_shows_what_is_wrong_with_each_of_its_files() {
    let all = run(&fixtures(), &["."]);
    assert_eq!(all.code, Some(1));
    for file in ron_files(&fixtures()).expect("the folder") {
        let name = file.strip_prefix(fixtures()).expect("below it").display().to_string();
        // Of two files with one id the second says so, and names the first.
        assert!(all.stdout.contains(&format!("./{name}")), "{name} is not shown");
    }
    assert!(
        all.stdout.contains("./duplicate-step/shared/b.ron")
            && all.stdout.contains("./unused-shared-step/shared/plugs.ron")
    );
    // However many threads look at them, files stand in their order.
    let places = all.stdout.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    let places = places.filter(|place| !place.contains("/shared/"));
    let shown: Vec<&str> = places.map(|place| place.split(".ron").next().expect("a first part")).collect();
    assert!(shown.is_sorted_by_key(|name| PathBuf::from(format!("{name}.ron"))), "{shown:?}");
}

/// Every rule takes every fixture, and what it says can be shown.
#[test]
fn every_rule_runs_on_every_fixture() {
    for file in ron_files(&fixtures()).expect("the folder") {
        let source = match read_source(&file) {
            Ok(source) => source,
            Err(findings) => findings.source,
        };
        let mut draft = draft(&source);
        if let Some(flow) = &draft.flow {
            let mut problems = check(&Subject { flow, stem: Some("lamp"), catalog: &[] });
            problems.extend(rehearse(flow));
            problems.extend(advise(flow, jiff::civil::Date::constant(2026, 11, 21)));
            draft.add(problems);
        }
        let findings = draft.findings;
        for diagnostic in &findings.diagnostics {
            for span in diagnostic.related.iter().map(|(span, _)| *span).chain([diagnostic.at]) {
                assert!(source.text().get(span.range()).is_some(), "{}: {diagnostic:?}", file.display());
            }
        }
        assert_eq!(to_json(&findings).len(), findings.diagnostics.len());
        assert!(!render(&findings, false).chars().any(rootwalk::text::is_hostile), "{}", file.display());
    }
}

/// A broken file costs only itself.
#[test]
fn the_catalog_names_a_broken_file_and_takes_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let id = "powerbi-token-expired";
    fs::write(folder.path().join(format!("{id}.ron")), "Flow(").expect("written");
    let layers = Layers { flag: vec![folder.path().to_owned()], ..Layers::default() };
    let opened = Catalog::look(&layers).expect("readable").open(id).expect("the built-in one is good");
    assert_eq!((opened.edition.flow().id(), opened.broken.len()), (id, 1));
}

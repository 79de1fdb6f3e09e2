//! Tests of the pages: each can be read, and each example is true.

use jiff::civil::Date;

use super::*;
use crate::check::{Subject, advise, check};
use crate::diag::{Findings, render};
use crate::flow::draft;
use crate::rehearse::rehearse;
use crate::source::Source;

/// A flow with which nothing is wrong. The parts that pages show are put into it: a part's entries take the place of those
/// with the same id or name, and other fields that of the same field.
const GOOD: &str = r#"#![enable(implicit_some)]
Flow(
format: 1,
id: "gateway-offline",
error: (
    code: "GW-OFF",
    title: "The gateway cannot be reached",
    product: "Power BI",
    category: "connectivity",
    severity: High,
    meaning: "A refresh asked the gateway for data, and nobody answered.",
    source: "the operations handbook",
    checked: "2026-11-20",
),
causes: {
    "machine-off": (
        title: "The gateway's machine is off", why: "Nobody answers on the other side.", likelihood: Common,
        fix: ["start-machine", "rerun"], verify: "The gateway shows as Online.",
    ),
    "old-password": (
        title: "The stored password is old", why: "The gateway signs in with it.", likelihood: Occasional,
        fix: ["enter-password", "rerun"], verify: "The refresh succeeds.",
    ),
},
steps: {
    "look-at-gateway": (title: "Open the list of gateways", text: "Settings, then gateways.", effort: Minutes, risk: Safe),
    "start-machine": (
        title: "Start the gateway's machine", text: "Start it.", warning: "Other refreshes start, too.",
        effort: Minutes, risk: Disruptive,
    ),
    "enter-password": (title: "Enter the new password", text: "In the connection.", effort: Minutes, risk: Safe),
    "rerun": (title: "Refresh again", text: "Select Refresh now.", effort: Minutes, risk: Safe),
},
start: "gateway-online",
questions: {
    "gateway-online": (
        ask: "Does the list of gateways show this one as Online?", find_out: ["look-at-gateway"],
        yes: Ask("password-changed"), no: Cause("machine-off"),
    ),
    "password-changed": (
        ask: "Was the password changed since the last refresh?", why: "A changed one has to be entered here, too.",
        yes: Cause("old-password"), no: Escalate("The team that runs the gateway."),
    ),
},
rehearsals: [
    (name: "The night without power", answers: {"gateway-online": No}, ends: Cause("machine-off")),
    (name: "A new password", answers: {"gateway-online": Yes, "password-changed": Yes}, ends: Cause("old-password")),
],
)
"#;

/// A field of the flow: its first line, its entries or items with all their lines, and its last line.
struct Part {
    first: String,
    entries: Vec<String>,
    last: String,
}

/// Reads fields by their indentation alone, so that it does not matter whether they are RON.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines() {
        let is_inner = line.starts_with("    ");
        let closes = line.trim_start().starts_with([')', '}', ']']);
        match parts.last_mut() {
            Some(part) if is_inner && (line.starts_with("     ") || closes) => {
                let entry = part.entries.last_mut().expect("an entry begins before it goes on");
                entry.push_str(&format!("{line}\n"));
            }
            Some(part) if is_inner => part.entries.push(format!("{line}\n")),
            Some(part) if closes && part.last.is_empty() => part.last = format!("{line}\n"),
            _ => parts.push(Part { first: format!("{line}\n"), entries: Vec::new(), last: String::new() }),
        }
    }
    parts
}

fn key(text: &str) -> &str {
    text.split(':').next().expect("a text has a first part").trim()
}

fn flow_with(snippet: &str) -> String {
    let mut flow = parts(GOOD);
    for part in parts(snippet) {
        let end = flow.len() - 1;
        let Some(own) = flow.iter_mut().find(|own| key(&own.first) == key(&part.first)) else {
            flow.insert(end, part);
            continue;
        };
        if part.entries.is_empty() || part.first.trim_end().ends_with('[') {
            *own = part;
            continue;
        }
        let mut replaced = Vec::new();
        for entry in part.entries {
            let key = key(&entry).to_owned();
            let is_first = !replaced.contains(&key);
            match own.entries.iter_mut().find(|own| is_first && self::key(own) == key) {
                Some(own) => *own = entry,
                None => own.entries.push(entry),
            }
            replaced.push(key);
        }
    }
    flow.into_iter().map(|part| part.first + &part.entries.concat() + &part.last).collect()
}

/// Checks a text as `rootwalk check` does.
fn findings(text: &str) -> Findings {
    let source = Source::new("gateway-offline.ron", text);
    let mut draft = draft(&source);
    if let Some(flow) = &draft.flow {
        let catalog = ["gateway-offline", "powerbi-token-expired"].map(str::to_owned);
        let mut problems = check(&Subject { flow, stem: Some("gateway-offline"), catalog: &catalog });
        if !draft.is_guess {
            problems.extend(rehearse(flow));
            problems.extend(advise(flow, Date::constant(2026, 11, 21)));
        }
        draft.add(problems);
    }
    draft.findings
}

#[test]
fn the_flow_of_the_examples_is_good() {
    let findings = findings(&flow_with(""));
    assert!(findings.diagnostics.is_empty(), "{}", render(&findings, false));
}

#[test]
fn each_example_has_the_mistake_before_and_none_after() {
    let mut shown = 0;
    for &code in Code::ALL {
        let Example::Parts { before, after } = page(code).example else { continue };
        let (before, after) = (findings(&flow_with(&before)), findings(&flow_with(&after)));
        let is_found = before.diagnostics.iter().any(|diagnostic| diagnostic.code == code);
        assert!(is_found, "{code} is not found before:\n{}", render(&before, false));
        assert!(after.diagnostics.is_empty(), "{code}, after:\n{}", render(&after, false));
        shown += 1;
    }
    assert!(shown + 6 >= Code::ALL.len(), "only {shown} codes are shown by a part of a flow");
}

/// What cannot be shown by a part of a flow is what is wrong with the file itself.
#[test]
fn only_files_are_explained_in_words() {
    let told = Code::ALL.iter().filter(|code| matches!(page(**code).example, Example::Words { .. }));
    let told: Vec<&str> = told.map(|code| code.name()).collect();
    assert_eq!(
        told,
        ["unreadable", "not-utf-8", "too-large", "duplicate-flow", "duplicate-step", "unused-shared-step"]
    );
}

#[test]
fn each_page_fits_a_terminal_and_says_enough() {
    for &code in Code::ALL {
        let page = page(code);
        assert!(page.what.len() > 25 && page.why.len() > 60, "{code}");
        assert!(page.plain().lines().filter(|line| line.starts_with("    ")).all(|line| line.len() <= 80), "{code}");
    }
}

/// A page that no code has would be read by nobody.
#[test]
fn each_page_belongs_to_a_code() {
    for file in std::fs::read_dir("src/diag/pages").expect("there") {
        let name = file.expect("a file").file_name().into_string().expect("UTF-8");
        assert!(Code::of(name.trim_end_matches(".md")).is_some(), "{name}");
    }
}

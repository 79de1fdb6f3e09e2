//! The format under attack and at size: whatever a file holds, reading it ends soon and with a word on it.

use std::time::{Duration, Instant};

use rootwalk::check::{Subject, advise, check};
use rootwalk::diag::{Findings, render, to_json};
use rootwalk::flow::{draft, read};
use rootwalk::rehearse::rehearse;
use rootwalk::source::Source;
use rootwalk::text::is_hostile;

use crate::random::{chain, tree};

const MEGABYTE: usize = 1 << 20;

/// Everything that `rootwalk check` does with a text.
fn checked(text: &str) -> Findings {
    let source = Source::new("test", text);
    let mut draft = draft(&source);
    if let Some(flow) = &draft.flow {
        let linted = check(&Subject { flow, stem: None, catalog: &[] });
        draft.add(linted);
    }
    draft.findings
}

/// Texts that no author writes; each with a name.
fn hostile() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, text: String| all.push((name.to_owned(), text));
    let good = tree(3);
    for open in [
        "(", "[", "{", "<", "((", "([{", "Some(", "Flow(", "Ask(", "a(", "(a:", "{\"a\":", "{a:", "[(", "{[", "/*",
        "r#", "#![", "(a:[{", "-", "\"\\",
    ] {
        add(&format!("100,000 × {open}"), open.repeat(100_000));
        add(
            &format!("a flow with 100,000 × {open} as a value"),
            good.replacen("1,", &format!("{},", open.repeat(100_000)), 1),
        );
    }
    for close in [
        ")",
        "]",
        "}",
        "*/",
        ",",
        ":",
        ";",
        "=",
        "'",
        "\"",
        "\"\n",
        "\"a\"b",
        "\"\n\\",
        "“",
        "\\",
        "é",
        "\0",
        "\r",
        "\u{202e}",
        "a\u{202e}",
        "\n",
        " ",
        "//",
        "// x\n",
        "1 ",
        "a ",
        "a b:",
        "_",
        ".",
        "?",
    ] {
        add(&format!("a megabyte of {}", close.escape_default()), close.repeat(MEGABYTE / close.len()));
        add(
            &format!("a list with a megabyte of {}", close.escape_default()),
            format!("[{}]", close.repeat(MEGABYTE / close.len())),
        );
    }
    for text in [
        "\\u{110000}",
        "\\u{d800}\\u{dc00}",
        "\\u{ffffffffffffffff}",
        "\\u{}",
        "\\x",
        "\\xff\\xff",
        "\\",
        "\\q",
        "\0",
        "\u{feff}",
        "\u{1b}[2J",
    ] {
        add(&format!("a text of {}", text.escape_default()), good.replacen("\"random\"", &format!("\"{text}\""), 1));
        add(
            &format!("a text of many {}", text.escape_default()),
            good.replacen("\"random\"", &format!("\"{}\"", text.repeat(50_000)), 1),
        );
    }
    let long = "x".repeat(MEGABYTE);
    for id in [
        format!("\"{long}\""),
        format!("r\"{long}\""),
        long.clone(),
        "9".repeat(MEGABYTE),
        format!("\"{}\"", "\\n".repeat(MEGABYTE / 2)),
    ] {
        add("a huge id", good.replacen("\"random\"", &id, 1));
        add("a huge target", good.replacen("Ask(\"q1\")", &format!("Ask({id})"), 1));
        add("a huge key", good.replacen("\"q0\":", &format!("{id}:"), 1));
        add("a huge word", good.replacen("Low", &id, 1));
    }
    add("a huge field", good.replacen("format", &long, 1));
    add("a huge struct name", good.replacen("Flow", &long, 1));
    add("a megabyte of fields", format!("({})", "a: 1, ".repeat(MEGABYTE / 6)));
    add("many fields", format!("({})", (0..20_000).map(|n| format!("field_{n}: 1")).collect::<Vec<_>>().join(", ")));
    add(
        "a megabyte of entries",
        good.replacen("causes: {", &format!("causes: {{{}", "\"a\": 1, ".repeat(MEGABYTE / 8)), 1),
    );
    add("many steps of one id", good.replacen("steps: {", &format!("steps: {{{}", "\"a\": (), ".repeat(20_000)), 1));
    add("a hidden line end", good.replace(' ', "\u{2028}"));
    add("only a byte order mark", "\u{feff}".to_owned());
    add("nothing", String::new());
    all
}

#[test]
fn hostile_texts_are_refused_soon_and_with_a_word() {
    let all = hostile();
    assert!(all.len() >= 100, "{}", all.len());
    let mut slowest = (Duration::ZERO, "");
    for (name, text) in &all {
        let start = Instant::now();
        let findings = checked(text);
        let took = start.elapsed();
        assert!(!findings.diagnostics.is_empty(), "{name} is taken");
        let start = Instant::now();
        let rendered = render(&findings, false);
        let shown = start.elapsed();
        assert!(!rendered.chars().any(is_hostile), "{name}");
        let longest = rendered.lines().map(str::len).max().unwrap_or(0);
        assert!(longest < 4000, "{name}: a line of {longest} bytes");
        assert_eq!(to_json(&findings).len(), findings.diagnostics.len());
        println!("{took:>9.3?} {shown:>9.3?} {:>6} {name}", findings.diagnostics.len());
        slowest = slowest.max((took, name));
    }
    assert!(slowest.0 < Duration::from_secs(1) * patience(), "{slowest:?}");
}

/// How many times longer a run may take than on a machine that does nothing else: tests run beside each other.
fn patience() -> u32 {
    3
}

/// A good flow of some size in which each question names a step that is not there.
fn broken_everywhere(questions: usize) -> String {
    let text = tree(questions);
    let mut out = String::with_capacity(2 * text.len());
    for (n, part) in text.split("find_out: [\"s0\"]").enumerate() {
        if n > 0 {
            out.push_str(&format!("find_out: [\"no-such-step-{n}\"]"));
        }
        out.push_str(part);
    }
    out
}

#[test]
fn the_cost_of_findings_is_linear_in_them() {
    let time = |questions: usize| {
        let text = broken_everywhere(questions);
        let start = Instant::now();
        let findings = checked(&text);
        assert_eq!(findings.diagnostics.len(), questions);
        let found = start.elapsed();
        let text = render(&findings, false);
        let json = to_json(&findings);
        println!(
            "{questions} findings: found in {found:?}, rendered and as JSON in {:?}, {} bytes",
            start.elapsed().saturating_sub(found),
            text.len()
        );
        assert_eq!(json.len(), questions);
        start.elapsed()
    };
    let (some, many) = (time(1_000), time(10_000));
    assert!(many < Duration::from_secs(10), "{many:?}");
    assert!(many < some * 10 * 8, "{some:?} for a thousand, {many:?} for ten thousand");
}

#[test]
fn ten_thousand_mistakes_of_a_kind_are_found_and_shown_soon() {
    let good = chain(10_000);
    let entries = good.split_once("questions: {\n").expect("it has questions").1;
    let last = format!("no: Cause(\"c{}\")", 10_000);
    let kinds = [
        ("names of questions", good.replace("Ask(\"q", "Ask(\"no-such-")),
        ("names of causes", good.replace("yes: Cause(\"c", "yes: Cause(\"no-such-")),
        ("ids", good.replace("        \"q", "        \"q ").replace("Ask(\"q", "Ask(\"q ")),
        (
            "keys",
            good.replace(
                "questions: {\n",
                &format!(
                    "questions: {{\n{}",
                    entries.trim_end_matches(&[')', '}', '\n', ' ', ','][..]).to_owned() + "),\n"
                ),
            ),
        ),
        ("questions of a cycle", good.replace(&last, "no: Ask(\"q0\")")),
        ("unreachable questions", good.replacen("start: \"q0\"", "start: \"q9999\"", 1)),
        ("words", good.replace("risk: Safe", "risk: safe").replace("likelihood: ", "likelihood: Very")),
        ("texts", good.replace("it happens", " ")),
        ("escapes", good.replace("it happens", "it \\u{1b}[1mhappens")),
    ];
    for (name, text) in kinds {
        let start = Instant::now();
        let findings = checked(&text);
        let found = start.elapsed();
        let bytes = render(&findings, false).len();
        assert_eq!(to_json(&findings).len(), findings.diagnostics.len());
        println!(
            "{:>6} findings on {name}: {found:?}, shown in {:?}, {bytes} bytes",
            findings.diagnostics.len(),
            start.elapsed().saturating_sub(found)
        );
        assert!(!findings.diagnostics.is_empty(), "{name}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn the_linter_is_quick_on_large_flows() {
    for (name, text) in [("tree", tree(5_000)), ("chain", chain(5_000))] {
        let flow = read(&Source::new("test", text)).unwrap_or_else(|findings| panic!("{}", render(&findings, false)));
        let start = Instant::now();
        let problems = check(&Subject { flow: &flow, stem: None, catalog: &[] });
        advise(&flow, jiff::civil::Date::constant(2026, 11, 21));
        println!("{name} of {} causes: {:?}", flow.causes().len(), start.elapsed());
        assert!(problems.is_empty(), "{:?}", problems[0]);
        assert!(start.elapsed() < Duration::from_secs(5));
    }
    // A text may be as long as the file.
    for word in [" and is the", " or", " \\\"and", " it", ", and the x", " HTTP?", " “and is the"] {
        let endless = word.repeat(400_000);
        let text = tree(2).replacen("Is fact 0 there?\"", &format!("{endless}\", say: \"{endless}\""), 1);
        let flow = read(&Source::new("test", text)).unwrap_or_else(|findings| panic!("{}", render(&findings, false)));
        let start = Instant::now();
        advise(&flow, jiff::civil::Date::constant(2026, 11, 21));
        assert!(start.elapsed() < Duration::from_secs(5), "{word}: {:?}", start.elapsed());
    }
    // A rehearsal walks the flow once.
    let flow = read(&Source::new("test", tree(200))).expect("a good flow");
    assert_eq!(rehearse(&flow).len(), flow.causes().len());
}

//! What holds for every text: `ron` takes it if and only if the span-keeping parse and the table of the format find nothing; and
//! whatever is found can be shown.
//!
//! Known departures, all of them to the strict side and only in texts that `ron` refuses for nothing else: a key twice in one map
//! (`ron` keeps both, `validate` refuses them), and what the extension `explicit_struct_names` forbids (then `ron`'s own
//! words are shown).

mod guide;

use proptest::prelude::*;
use ron::extensions::Extensions;

use super::raw::RawFlow;
use super::splice::outline;
use super::syntax::{Kind, Node, parse};
use super::{Problem, draft, form, locate, read, shape};
use crate::check::{Subject, advise, check};
use crate::diag::{Code, Diagnostic, render, to_github, to_json, to_sarif_results};
use crate::rehearse::rehearse;
use crate::source::Source;

/// A flow with everything that the format has.
const GOOD: &str = r#"#![enable(implicit_some)]
Flow(
    format: 1, id: "lamp",
    error: Error(code: "E1", title: "dark – žluť", product: "Lamp", category: "light", severity: Low, meaning: "No \"light\".",
        signatures: ["da\u{72}k", r"no\light",], source: "manual", checked: "2026-11-20"),
    causes: {
        "bulb": (title: "b", why: "w", likelihood: Common, fix: ["change"], verify: "v", prevent: ["spare"], expects: {"known": No}),
        "plug": Cause(title: "p", why: "w", likelihood: Rare, fix: ["plug-in"], verify: Some("v"), prevent: []), // out
    },
    steps: {
        "change": (title: "c", text: "t", command: "x", look_for: "l", warning: None, effort: Minutes, risk: Safe),
        "plug-in": (title: "p", text: "t", effort: Hours, risk: Disruptive),
        "spare": (title: "s", text: "t", effort: Days, risk: Irreversible),
    },
    /* the /* nested */ way */
    start: "plugged",
    questions: {
        "plugged": (ask: "a?", find_out: ["plug-in"], why: "w", say: "s", agent: "a", unsure: AsNo, fact: "f", yes: Ask("power"), no: Cause("plug")),
        "power": (ask: "p?", yes: Cause("bulb"), no: Ask("known")),
        "known": (ask: "k?", yes: HandOff("other"), no: Escalate("call")),
    },
    inseparable: [(causes: ["bulb", "plug"], why: "w")],
    faq: [(question: "q", answer: "a", helps: [Question("power"), Cause("bulb")])],
    related: [(flow: "other", when: "w")],
    rehearsals: [
        (name: "n", answers: {"plugged": Yes, "power": Yes}, fixes: {"bulb": Fixed}, ends: Cause("bulb")),
        (name: "n", answers: {"plugged": Unsure}, ends: Cause("plug")),
        (name: "n", answers: {"plugged": Yes, "power": No, "known": No}, ends: Escalate),
    ],
)
"#;

/// What a slip of the pen may put in the place of something else.
const SLIPS: &[&str] = &[
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ",,",
    ":",
    "::",
    ";",
    "=",
    ".",
    "..",
    "-",
    "/",
    "\\",
    "#",
    "'",
    "\"",
    "Some",
    "None",
    "Some(\"x\")",
    "Some \"x\"",
    "Some(Some(\"x\"))",
    "()",
    "(\"x\")",
    "[]",
    "{}",
    "1",
    "-1",
    "+0x1",
    "1u32",
    "1u8",
    "1.0",
    "1_0",
    "'x'",
    "\"x\"",
    "\"\"",
    "\"\\q\"",
    "\"\\x41\\u{e9}\"",
    "\"\\xc3\\xa9\"",
    "r\"x\"",
    "r#\"x\"#",
    "r##\"x\"#",
    "b\"x\"",
    "r#title",
    "title",
    "Flow",
    "Ask",
    "Ask(\"x\")",
    "Ask(\"x\",)",
    "Ask()",
    "Escalate",
    "Escalate(\"x\")",
    "Cause(1)",
    "Yes",
    "true",
    "é",
    "\u{200b}",
    "\u{200e}",
    "\u{a0}",
    "\u{85}",
    "\u{feff}",
    "\0",
    "\r\n",
    "\r",
    "\t",
    "// x\n",
    "//",
    "/* x */",
    "/*",
    "*/",
    "#![enable(unwrap_newtypes)]",
    "#![enable(unwrap_variant_newtypes, implicit_some,)]",
    "#![type = \"x\"]",
    "#[enable(implicit_some)]",
    "a: 1",
    "\"a\": 1",
    "name: \"x\",",
    "“x”",
    "inf",
    "_",
    "a-b",
];

fn departs(found: &Diagnostic) -> bool {
    found.code != Code::DuplicateKey
}

fn can_be_shown(source: &Source, found: &[Diagnostic]) {
    for one in found {
        for span in one.related.iter().map(|(span, _)| *span).chain([one.at]) {
            assert!(span.start <= span.end && source.text().get(span.range()).is_some(), "{one:?}\n{}", source.text());
        }
    }
}

/// Holds the two parses of a text together, and lets every rule see it.
fn agree(text: &str) {
    let source = Source::new("test", text);
    let text = source.text();
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let by_ron = options.from_str::<RawFlow>(text);
    let (root, mistakes) = parse(text);
    let departures: Vec<_> = form::check(&root, &shape::FLOW).into_iter().filter(departs).collect();
    let is_good = mistakes.is_empty() && departures.is_empty();
    assert_eq!(by_ron.is_ok(), is_good, "ron: {:?}\nfound: {mistakes:?} {departures:?}\n{text}", by_ron.err());

    if is_good {
        let (outline, steps) = (outline(text).expect("its brackets match"), steps(&root, text));
        assert_eq!(outline.steps.iter().map(|step| (step.start, step.end)).collect::<Vec<_>>(), steps, "{text}");
    }

    let mut draft = draft(&source);
    assert!(is_good || !draft.findings.diagnostics.is_empty(), "refused without a word: {text}");
    assert_eq!(read(&source).is_ok(), draft.findings.diagnostics.is_empty(), "{text}");
    if let Some(flow) = &draft.flow {
        let mut problems: Vec<Problem> = check(&Subject { flow, stem: Some("lamp"), catalog: &["other".to_owned()] });
        problems.extend(rehearse(flow));
        problems.extend(advise(flow, jiff::civil::Date::constant(2026, 11, 21)));
        can_be_shown(&source, &locate(&source, problems.clone()));
        draft.add(problems);
    }
    can_be_shown(&source, &draft.findings.diagnostics);
    assert!(!render(&draft.findings, false).chars().any(crate::text::is_hostile));
    let count = draft.findings.diagnostics.len();
    assert_eq!(to_json(&draft.findings).len(), count);
    assert_eq!(to_sarif_results(&draft.findings).len(), count);
    assert_eq!(to_github(&draft.findings).lines().count(), count);
}

/// Returns the bytes of each step whose id stands in simple quotes, from the first of its id.
fn steps(root: &Node, text: &str) -> Vec<(usize, usize)> {
    let Kind::Struct(fields) = &root.kind else { return Vec::new() };
    let steps = fields.fields.iter().filter(|(name, _)| name.text == "steps");
    let entries = steps.flat_map(|(_, steps)| if let Kind::Map(entries) = &steps.kind { &entries[..] } else { &[] });
    let is_simple = |(key, _): &&(Node, Node)| text[key.span.start..].starts_with('"');
    entries.filter(is_simple).map(|(key, value)| (key.span.start + 1, value.span.end)).collect()
}

/// Cuts a text into words, texts, spaces and signs, so that a mutation looks like a slip of the pen.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            c if c.is_alphanumeric() => rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()),
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[test]
fn the_good_flow_is_good() {
    let source = Source::new("test", GOOD);
    read(&source).unwrap_or_else(|findings| panic!("{}", render(&findings, false)));
    agree(GOOD);
}

#[test]
fn a_file_cut_anywhere_is_refused_with_a_word() {
    for (byte, _) in GOOD.char_indices() {
        agree(&GOOD[..byte]);
        agree(&GOOD[byte..]);
    }
}

#[test]
fn any_slip_at_any_place_is_seen_by_both_parses_or_by_none() {
    let tokens = tokens(GOOD);
    for n in 0..tokens.len() {
        let (before, after) = (tokens[..n].concat(), tokens[n + 1..].concat());
        // A seventh of all pairs, another one at each place: every slip gets to every kind of place.
        for slip in SLIPS.iter().skip(n % 7).step_by(7) {
            agree(&format!("{before}{slip}{after}"));
        }
        agree(&format!("{before}{0}{0}{after}", tokens[n]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn many_slips_are_seen_by_both_parses_or_by_none(
        slips in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..5), 1..6),
    ) {
        let mut tokens: Vec<String> = tokens(GOOD).into_iter().map(str::to_owned).collect();
        for (place, with, kind) in slips {
            let (place, other) = (place.index(tokens.len()), with.index(tokens.len()));
            match kind {
                0 => tokens[place].clear(),
                1 => tokens[place] = tokens[other].clone(),
                2 => tokens.swap(place, other),
                3 => tokens[place] += SLIPS[with.index(SLIPS.len())],
                _ => tokens[place] = SLIPS[with.index(SLIPS.len())].to_owned(),
            }
        }
        agree(&tokens.concat());
    }

    #[test]
    fn characters_at_random_are_seen_by_both_parses_or_by_none(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, prop::collection::vec(any::<char>(), 0..3)), 1..5),
    ) {
        let mut characters: Vec<char> = GOOD.chars().collect();
        for (place, length, with) in edits {
            let from = place.index(characters.len());
            let to = (from + length).min(characters.len());
            characters.splice(from..to, with);
        }
        agree(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn a_text_has_the_same_value_in_both_parses(
        pieces in prop::collection::vec(prop::sample::select(&[
            "a", "é", "宽", "👍", " ", "\n", "\r\n", "\t", "\0", "'", "#", "/*", "//", "\\n", "\\r", "\\t", "\\0", "\\'", "\\\"", "\\\\", "\\x41", "\\x4", "\\x+1",
            "\\xe9", "\\xc3\\xa9", "\\xf0\\x9f\\x91\\x8d", "\\xc3", "\\xff", "\\u{e9}", "\\u{0}", "\\u{10ffff}", "\\u{110000}", "\\u{d800}", "\\u{}",
            "\\u{1234567}", "\\u{+1}", "\\u{1", "\\u41", "\\\n  \t", "\\\r\n ", "\\\r", "\\\u{a0}", "\\q", "\\", "\"", "\"#", "{", "}",
        ][..]), 0..8),
        around in prop::sample::select(&[("\"", "\""), ("r\"", "\""), ("r#\"", "\"#"), ("r##\"", "\"##"), ("/* /* */ */ \"", "\" // x"), ("\u{b}\"", "\"\u{2028}")][..]),
    ) {
        let text = format!("{}{}{}", around.0, pieces.concat(), around.1);
        let by_ron = ron::from_str::<String>(&text);
        let (node, mistakes) = parse(&text);
        let ours = match node.kind {
            Kind::Text(value) if mistakes.is_empty() => Some(value),
            _ => None,
        };
        prop_assert_eq!(ours, by_ron.as_ref().ok().cloned(), "{:?} {:?} {:?}", text, by_ron, mistakes);
    }

    #[test]
    fn a_number_has_the_same_value_in_both_parses(text in "[-+]?(0[xbo])?[0-9a-f_]{0,4}([iu](8|16|32|64))?|[-+.0-9a-fxobu_]{0,6}") {
        let by_ron = ron::from_str::<u32>(&text).ok();
        let (node, mistakes) = parse(&text);
        let ours = match &node.kind {
            Kind::Number(digits) if mistakes.is_empty() => form::whole_number(digits),
            _ => None,
        };
        prop_assert_eq!(ours, by_ron, "{}", text);
    }
}

//! Tests that nothing a person types or imports is alive in any rendering, and that the hand-over keeps its bounds.

use pulldown_cmark::{Event as Md, Options, Parser, Tag};

use super::fixture::{Walk, about};
use super::*;
use crate::flow::Answer;
use crate::paste::Pasted;
use crate::sheet::escape_markdown as escape;
use crate::text::{is_hostile, one_line};
use crate::walk::{About, Event, NoteKind, Session};

const STRINGS: &[&str] = &[
    "\u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil.example\u{7}click\u{1b}]8;;\u{7} \u{9b}2J \u{90}x\u{9c}",
    "over\rwritten \u{8}\u{8}\u{8} back \u{7f}\u{0}",
    "\u{202e}txt.exe\u{202c} zero\u{200b}width\u{feff} \u{e0041}\u{e0042} line\u{2028}line",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> </style></svg></title><b>\"onclick='x'",
    "--> <!-- ]]> <![CDATA[ &lt;script&gt; &#60;script&#62; &amp; javascript:alert(1)",
    "# heading\n## heading\n\nsetext\n===\nsetext\n---\n- item\n* item\n+ item\n1. item\n1) item\n> quote\n    code\n\tcode\n```\nfence\n~~~",
    "*a* **b** _c_ __d__ ~~e~~ `f` ``g`` [h](http://x.example) ![i](x) [j]: http://x.example <http://x.example>",
    "| a | b |\n|---|---|\n| @c | #1 |\na|b `a|@b` \\| c\\|@d",
    "@name @org/team x@example.com #12 owner/repo#3 GH-12 ABC-123 !12 $12 %4 ~label &9 user@1a2b3c4 a1b2c3d4e5f6 1234567",
    "http://x.example https://x.example/a_b*c ftp://x www.example.com example.com mailto:x@y.example //x.example",
    ":smile: $x$ $$y$$ $`z`$ [[wiki]] {{x}} {% raw %} ^1 [^1] [^1]: note ==mark== H~2~O :::note",
    "/close\n/assign me\n  /label x",
    "Summary\n-------\n  Resolved: all is well.\n\n# Ruled out",
    "`",
    "``",
    "```",
    "`` ` ``x@y",
    "\\",
    "a\\",
    "\\@b",
    "-",
    "=",
    "1.",
    "+",
    "(@a)",
    "“@a”.",
    "@",
    "#",
    "&",
    "::",
    "|",
    "||@|",
];

/// A session in which every text that a person types is the given one.
fn session(text: &str) -> Session {
    let some = || Some(text.to_owned());
    let about = About { ticket: some(), agent: some(), customer: some(), symptom: some(), desk: true };
    Walk::start(about.clone())
        .then(Event::Pasted { pasted: Pasted::keep(text).expect("a text") })
        .then(Event::Described { about })
        .by(text, Event::Noted { note: NoteKind::Note, text: text.to_owned() })
        .note(NoteKind::Symptom, text)
        .note(NoteKind::Promise, text)
        .answer("tray-full", Answer::No)
        .then(Event::HandedOver { to: some() })
        .then(Event::Escalated { reason: text.to_owned() })
        .done()
}

fn long() -> Vec<String> {
    vec!["x".repeat(100_000), "word ".repeat(20_000), "a\n".repeat(50_000), "@宽 ".repeat(30_000)]
}

#[test]
fn no_character_acts_in_any_rendering() {
    for text_in in STRINGS.iter().map(|&s| s.to_owned()).chain(long()) {
        let session = session(&text_in);
        let transcript = Transcript::of(&session);
        let renderings = [
            json(&transcript),
            markdown(&transcript),
            text(&transcript),
            html(&transcript),
            handover(&session, transcript.times.last),
        ];
        for rendering in renderings {
            let alive = rendering.chars().find(|&c| is_hostile(c) || c == '\t');
            assert_eq!(alive, None, "{text_in:.80}");
        }
        let again = read(&json(&transcript)).unwrap();
        assert_eq!(again.records(), session.records(), "nothing is lost in JSON");
        assert!(replay(&json(&transcript)).is_ok());
    }
}

#[test]
fn no_tag_or_attribute_comes_from_input_in_html() {
    let tags = |page: &str| {
        let mut tags: Vec<String> =
            page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap().to_owned()).collect();
        tags.sort();
        tags.dedup();
        tags
    };
    let plain = tags(&html(&Transcript::of(&session("plain"))));
    for text in STRINGS {
        assert_eq!(tags(&html(&Transcript::of(&session(text)))), plain, "{text}");
    }
    let inside = |tag: &String| tag.replace("href=\"#", "");
    assert!(plain.iter().map(inside).all(|tag| ["script", " on", "href"].iter().all(|word| !tag.contains(word))));
}

/// Parses with everything switched on and returns the text, if there is nothing but text and code.
fn only_text(source: &str) -> Option<String> {
    let mut out = String::new();
    for event in Parser::new_ext(source, Options::all()) {
        match event {
            Md::Text(text) | Md::Code(text) => out.push_str(&text),
            Md::SoftBreak => out.push(' '),
            Md::Start(Tag::Paragraph) | Md::End(_) => {}
            _ => return None,
        }
    }
    Some(out)
}

#[test]
fn an_escaped_line_is_nothing_but_its_text() {
    for line in STRINGS.iter().flat_map(|text| text.split('\n')).map(one_line).filter(|line| !line.is_empty()) {
        let escaped = escape(&line);
        let straight = |text: &str| {
            text.replace(['“', '”', '‘', '’'], "'")
                .replace('"', "'")
                .replace("...", "…")
                .replace("---", "—")
                .replace("--", "–")
        };
        let parsed = only_text(&escaped).unwrap_or_else(|| panic!("{line} is alive as {escaped}"));
        assert_eq!(straight(&parsed), straight(&line), "{escaped}");
    }
}

#[test]
fn what_a_ticket_system_looks_for_stands_in_code_only() {
    let alive = [
        "@n", "@o", "x@", "#1", "GH-12", "ABC-123", "!12", "http:", "https:", "www.", "ple.com", ":smile:", "//x",
        "a1b2c3d4",
    ];
    for line in STRINGS.iter().flat_map(|text| text.split('\n')).map(one_line) {
        for event in Parser::new_ext(&escape(&line), Options::all()) {
            if let Md::Text(text) = event {
                let found = alive.iter().find(|alive| text.contains(*alive));
                assert_eq!(found, None, "{text} in {line}");
            }
        }
        assert!(!escape(&line).starts_with('/'));
    }
}

#[test]
fn the_structure_of_markdown_does_not_depend_on_input() {
    let structure = |text: &str| {
        let page = markdown(&Transcript::of(&session(text)));
        let events = Parser::new_ext(&page, Options::all()).filter(|event| {
            matches!(
                event,
                Md::Start(
                    Tag::Heading { .. }
                        | Tag::List(_)
                        | Tag::TableRow
                        | Tag::TableCell
                        | Tag::CodeBlock(_)
                        | Tag::Link { .. }
                        | Tag::Image { .. }
                        | Tag::BlockQuote(_)
                        | Tag::HtmlBlock
                ) | Md::Html(_)
                    | Md::InlineHtml(_)
                    | Md::Rule
            )
        });
        events.map(|event| format!("{event:?}")).collect::<Vec<_>>()
    };
    let plain = structure("plain");
    for text in STRINGS {
        assert_eq!(structure(text), plain, "{text}");
    }
}

#[test]
fn no_note_can_fake_a_section_of_the_text() {
    let headings = |text_in: &str| {
        let page = text(&Transcript::of(&session(text_in)));
        page.lines().filter(|line| !line.is_empty() && !line.starts_with("  ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let plain = headings("plain");
    for text in STRINGS {
        assert_eq!(headings(text), plain, "{text}");
    }
}

#[test]
fn text_stays_within_100_columns() {
    use unicode_width::UnicodeWidthStr as _;
    for text_in in STRINGS.iter().map(|&s| s.to_owned()).chain(long()) {
        let page = text(&Transcript::of(&session(&text_in)));
        let wide = page.lines().find(|line| line.width() > 100);
        assert_eq!(wide, None);
    }
}

/// A flow that asks 50 questions in a row.
fn long_flow() -> String {
    let question = |n: usize| {
        let next = if n == 49 { "Cause(\"c50\")".to_owned() } else { format!("Ask(\"q{}\")", n + 1) };
        format!("\"q{n}\": (ask: \"Is number {n} {}?\", yes: {next}, no: Cause(\"c{n}\")),", "very ".repeat(40))
    };
    let cause = |n: usize| format!("\"c{n}\": (title: \"Cause {n}\", why: \"W.\", likelihood: Common, fix: [\"s\"]),");
    format!(
        "#![enable(implicit_some)]\nFlow(format: 1, id: \"long\", error: (code: \"9\", title: \"Long\", product: \"P\", category: \"c\", \
         severity: Low, meaning: \"M.\", source: \"S\", checked: \"2026-11-20\"), causes: {{{}}}, steps: {{\"s\": (title: \"S\", text: \"T.\", \
         effort: Minutes, risk: Safe)}}, start: \"q0\", questions: {{{}}})",
        (0..=50).map(cause).collect::<String>(),
        (0..50).map(question).collect::<String>()
    )
}

#[test]
fn a_handover_fits_on_one_screen_whatever_happens() {
    use unicode_width::UnicodeWidthStr as _;
    let mut walk = Walk::on(&long_flow(), about());
    for n in 0..50 {
        walk = walk.answer(&format!("q{n}"), Answer::Yes).note(NoteKind::Promise, &format!("promise {n}"));
    }
    let full = walk.done();
    let mut sessions: Vec<Session> = STRINGS.iter().map(|&s| s.to_owned()).chain(long()).map(|s| session(&s)).collect();
    sessions.push(full.clone());
    for session in sessions {
        let screen = handover(&session, Transcript::of(&session).times.last);
        assert!(screen.lines().count() <= 24, "{screen}");
        assert!(screen.lines().all(|line| line.width() <= 100), "{screen}");
        let how = if session.ended().is_none() { "rootwalk resume 0192-test" } else { "rootwalk export 0192-test" };
        assert!(screen.lines().last().unwrap().ends_with(how), "{screen}");
    }
    let screen = handover(&full, Transcript::of(&full).times.last);
    assert!(screen.contains("more (rootwalk export 0192-test)"), "{screen}");
    assert_eq!(screen.lines().count(), 24, "{screen}");
}

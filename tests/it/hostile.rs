//! Sixty strings that would like to be more than text, through flow text, notes and names, into every place where text comes out.

use std::io::Cursor;

use rootwalk::diag;
use rootwalk::flow::{Answer, FixResult, Flow, Head, read};
use rootwalk::graph::{Overlay, Picture};
use rootwalk::guide::{self, Guide, Listed};
use rootwalk::sheet::{self, Frame};
use rootwalk::site;
use rootwalk::source::Source;
use rootwalk::text::is_hostile;
use rootwalk::transcript::{self, Transcript};
use rootwalk::ui::{self, Ask as _, Help, Lines};
use rootwalk::walk::{About, Event, NoteKind, Prompt, Session};

use crate::sessions::{answered, apply, edition, record};

const STRINGS: &[&str] = &[
    // Escape sequences of terminals, whole and cut, seven and eight bits wide.
    "\u{1b}[31mred",
    "\u{1b}[2J",
    "\u{1b}[1A\u{1b}[2K",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://evil.example\u{1b}\\x\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}_apc\u{1b}\\",
    "\u{1b}^pm\u{1b}\\",
    "\u{1b}c",
    "\u{1b}[",
    "\u{1b}",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}x\u{9c}",
    "\u{85}next line",
    "\u{1b}[?1049h",
    "\u{1b}[6n",
    "\u{1b}(0",
    // Controls that move the cursor or end a line.
    "over\rwritten",
    "back\u{8}\u{8}\u{8}space",
    "\u{7}bell",
    "\u{0}nul",
    "\u{b}\u{c}",
    "\u{7f}del",
    "\u{e}\u{f}",
    // Directions, invisible characters, tags.
    "\u{202e}gpj.exe",
    "\u{2066}x\u{2069}",
    "\u{200e}\u{200f}",
    "\u{61c}x",
    "zero\u{200b}width",
    "joined\u{200d}\u{200c}",
    "\u{feff}mark",
    "\u{2060}word",
    "soft\u{ad}hyphen",
    "\u{e0001}\u{e0041}\u{e007f}",
    "\u{2028}line\u{2029}",
    "\u{fff9}a\u{fffb}",
    "\u{3164}\u{115f}",
    "\u{180e}x",
    // Markup.
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "</style></svg><b>",
    "&lt;b&gt; &#60;b&#62;",
    "javascript:alert(1)",
    "]]> --> <!--",
    "# heading",
    "[x](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "```\ncode\n```",
    "| a | b |\n|---|---|",
    "> quote\n- item",
    "http://evil.example www.evil.example",
    "<http://evil.example>",
    "@name @org/team",
    "#12 GH-12 ABC-123 !12",
    "{{7*7}} ${x} {% x %}",
    "%s %n %x",
    "'; DROP TABLE event; --",
];

/// A flow in which every text is the given one.
fn flow_of(text: &str) -> String {
    let text = ron::to_string(text).expect("a text");
    format!(
        "#![enable(implicit_some)]\nFlow(format: 1, id: \"f\", error: (code: {text}, title: {text}, product: {text}, category: {text}, \
         severity: Low, meaning: {text}, signatures: [{text}], source: {text}, checked: \"2026-11-20\"),\
         causes: {{\"a\": (title: {text}, why: {text}, likelihood: Common, fix: [\"s\"], verify: {text}, prevent: [\"s\"]),\
                  \"b\": (title: {text}, why: {text}, likelihood: Rare, fix: [\"s\"])}},\
         steps: {{\"s\": (title: {text}, text: {text}, command: {text}, look_for: {text}, warning: {text}, effort: Hours, risk: Disruptive)}},\
         start: \"q\", questions: {{\"q\": (ask: {text}, find_out: [\"s\"], why: {text}, say: {text}, agent: {text}, yes: Cause(\"a\"), no: Cause(\"b\"))}},\
         faq: [(question: {text}, answer: {text}, helps: [Question(\"q\"), Cause(\"a\")])])"
    )
}

const GOOD: &str = "plain";

/// A whole session: every name and note is `typed`, every text of the flow `written`.
fn sessions(typed: &str, written: &str) -> Vec<Session> {
    let edition = edition(&flow_of(written));
    let some = || Some(typed.to_owned());
    let about = About { ticket: some(), agent: some(), customer: some(), symptom: some(), desk: true };
    let started = Event::Started { flow: edition.flow_ref(), about, program: "0".to_owned() };
    let mut session = Session::start("test-test", edition, record(1, started)).expect("legal");
    let mut all = vec![session.clone()];
    for note in [NoteKind::Note, NoteKind::Promise, NoteKind::Symptom] {
        apply(&mut session, Event::Noted { note, text: typed.to_owned() });
    }
    let Prompt::Question(question) = session.prompt() else { panic!("it asks") };
    let event = answered(session.flow(), question, Answer::Yes);
    apply(&mut session, event);
    all.push(session.clone());
    apply(&mut session, Event::FixVerified { cause: "a".to_owned(), result: FixResult::NotFixed });
    all.push(session.clone());
    apply(&mut session, Event::FixVerified { cause: "b".to_owned(), result: FixResult::Fixed });
    all.push(session);
    all
}

/// All that a flow can put out without being walked.
fn read_forms(flow: &Flow) -> Vec<String> {
    let picture = Picture::of(flow, Overlay::Nothing);
    let guide = Guide::of(&picture, &|_| Some((flow.error().code.clone(), flow.error().title.clone())));
    let mut all = vec![rootwalk::text::json(&guide), site::page(&guide, &picture, &|_| true).text];
    for page in [guide::reading(&guide, None, &|_| None), guide::script(&guide)] {
        all.extend([sheet::text(&page, 40), sheet::markdown(&page), sheet::html(&page, Frame::Alone)]);
    }
    let listed = [Listed::new(flow.id(), flow.error(), "user")];
    all.extend([guide::grouped(&listed, 40), guide::lines(&listed).replace('\t', " "), rootwalk::text::json(&listed)]);
    let head = Head::of(flow);
    let searched = site::search(&[head], &|_| Vec::new());
    all.extend(site::index(&listed, &searched).into_iter().map(|file| file.text));
    all
}

/// All that a session can put out.
fn outputs(session: &Session) -> Vec<String> {
    let transcript = Transcript::of(session);
    let mut all = vec![
        transcript::json(&transcript),
        transcript::markdown(&transcript),
        transcript::html(&transcript),
        transcript::text(&transcript),
        transcript::handover(session, transcript.times.last),
    ];
    all.extend(read_forms(session.flow()));
    let pages = [ui::why_page(session), ui::how_page(session), ui::causes_page(session), ui::end_page(session)];
    let mut plain = Vec::new();
    let mut lines = Lines::new(Cursor::new("q\n"), &mut plain);
    for page in &pages {
        lines.tell(page).expect("memory takes it");
    }
    let screen = ui::screen(session, Help { header: true, ..Help::default() });
    if let Some(screen) = &screen {
        lines.show(screen).expect("memory takes it");
    }
    lines.pick("pick", &[session.about().customer.clone().unwrap_or_default()]).ok();
    drop(lines);
    all.push(String::from_utf8(plain).expect("UTF-8"));
    // What a terminal gets is these lines with styles around them.
    for line in pages.iter().flatten().chain(screen.iter().flat_map(|screen| &screen.lines)) {
        all.extend([8, 20, 80].into_iter().flat_map(|width| line.wrap(width)));
    }
    all
}

fn assert_dead(text: &str, from: &str) {
    let alive = text.chars().find(|&c| is_hostile(c) || c == '\t');
    assert_eq!(alive, None, "{from:?} is alive in {text:.300}");
}

#[test]
fn sixty_strings_are_dead_in_every_output() {
    assert!(STRINGS.len() >= 60, "{}", STRINGS.len());
    let long: Vec<String> = ["x".repeat(100_000), "\u{1b}[31m".repeat(20_000), "宽 ".repeat(30_000)].into();
    let (mut refused, mut checked) = (0, 0);
    for typed in STRINGS.iter().copied().chain(long.iter().map(String::as_str)) {
        for session in sessions(typed, GOOD) {
            for output in outputs(&session) {
                assert_dead(&output, typed);
                checked += 1;
            }
        }
        match read(&Source::new(typed, flow_of(typed))) {
            Ok(_) => {
                for output in sessions(GOOD, typed).iter().flat_map(outputs) {
                    assert_dead(&output, typed);
                    checked += 1;
                }
            }
            Err(findings) => {
                refused += 1;
                assert_dead(&diag::render(&findings, false), typed);
                assert_dead(&rootwalk::text::json(&diag::to_json(&findings)), typed);
            }
        }
    }
    assert!(refused >= 35, "flow text with controls in it is refused: {refused}");
    println!("{} strings, {checked} outputs, {refused} refused as flow text: none alive", STRINGS.len() + long.len());
}

#[test]
fn flow_text_is_no_markup_in_html() {
    let tags = |page: &str| {
        page.split('<')
            .skip(1)
            .map(|rest| rest.split(['>', ' ']).next().unwrap_or_default().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let html = |written: &str| {
        let session = &sessions(GOOD, written)[3];
        let pages = read_forms(session.flow()).into_iter().filter(|text| text.starts_with("<!doctype html>"));
        pages.chain([transcript::html(&Transcript::of(session))]).collect::<String>()
    };
    let plain = tags(&html(GOOD));
    for written in STRINGS.iter().filter(|text| read(&Source::new("t", flow_of(text))).is_ok()) {
        let page = html(written);
        assert_eq!(tags(&page), plain, "{written}");
        let inside = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
        for tag in inside {
            // What a page refers to is named by the program, never by a flow.
            let own = [
                "href=\"#",
                "href=\"index.html",
                "href=\"f.html",
                "href=\"style.css",
                "script src=\"site.js\"",
                "script src=\"search-index.js\"",
                "script src=\"search.js\"",
                "/script",
                "script-src",
            ];
            let tag = own.iter().fold(tag.to_owned(), |tag, own| tag.replace(own, ""));
            let acts = ["script", "href=", "src=", " on"].into_iter().find(|word| tag.contains(word));
            assert_eq!(acts, None, "{written} in <{tag}>");
        }
    }
}

//! The search on the page of all errors: whether it comes to what `rootwalk find` comes to, and whether it can be used and read.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::browser::Browser;
use crate::home::Home;
use crate::program::Program;
use rootwalk::catalog::{Catalog, Layers};
use rootwalk::search::{Evidence, Index, Ranking};
use rootwalk::site::page_name;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/find");

/// As many errors are shown on the page.
const MOST: usize = 5;

/// Searches, and returns what is shown: the page of each error that fits, its score and why; the pages of those that are near.
const SEARCH: &str = "(text) => {
    document.getElementById('search-text').value = text;
    document.getElementById('search').requestSubmit();
    const all = (selector) => [...document.querySelectorAll(selector)];
    const page = (line) => line.querySelector('a').getAttribute('href');
    const why = (line) => [...line.querySelectorAll('.why')].map((one) => one.textContent);
    return {
        matches: all('#search-results.found > li').map((line) => [page(line), Number(line.dataset.score), why(line)]),
        near: all('#search-results.near > li').map(page),
    };
}";

/// What the page has to show of a ranking.
fn shown(index: &Index, ranking: &Ranking) -> Value {
    let page = |flow: usize| page_name(index.id(flow));
    let word = |evidence| match evidence {
        Evidence::Code => "code",
        Evidence::Message => "message",
        Evidence::Words => "words",
    };
    let matches: Vec<Value> = (ranking.matches.iter().take(MOST))
        .map(|one| {
            let why = one.why.iter().map(|why| format!("{}: {}", word(why.evidence), why.fragment));
            json!([page(one.flow), one.score, why.collect::<Vec<_>>()])
        })
        .collect();
    json!({ "matches": matches, "near": ranking.nearest.iter().map(|&flow| page(flow)).collect::<Vec<_>>() })
}

/// A message, and what becomes of one on its way: wrapped twice, broken into lines, with letters left out.
fn ways(text: &str) -> [String; 4] {
    let wrapped = json!({ "error": json!({ "message": text }).to_string() }).to_string();
    let every = |n: usize| text.chars().enumerate().map(move |(at, c)| (at % n == n - 1, c));
    let broken = every(37).flat_map(|(is_last, c)| [Some(c), is_last.then_some('\n')]).flatten().collect();
    let mistyped = every(23).filter(|&(is_last, _)| !is_last).map(|(_, c)| c).collect();
    [text.to_owned(), wrapped, broken, mistyped]
}

fn messages() -> Vec<String> {
    let read = |name| fs::read_to_string(Path::new(FIXTURES).join(name)).expect("the messages");
    let lines = [read("messages.jsonl"), read("hard.jsonl"), read("real.jsonl")].concat();
    let message =
        |line| serde_json::from_str::<Value>(line).expect("a message a line")["text"].as_str().map(str::to_owned);
    let mut all: Vec<String> = lines.lines().filter_map(message).flat_map(|text| ways(&text)).collect();
    all.extend(
        ["???", "\u{202e}\u{feff}😀 2403 错误代码2403 Код", "error 2403½", "code\u{1680}2403"].map(str::to_owned),
    );
    // Of what is too long the beginning and the end count, and no character is cut.
    all.push(format!("{}AADSTS7000222", "宽a ".repeat(300_000)));
    all.push(format!("AADSTS7000222 {}AADSTS50011", "row 17 of the table is wrong\n".repeat(60_000)));
    // What is typed into the page has no carriage returns.
    all.into_iter().map(|text| text.replace("\r\n", "\n").replace('\r', "\n")).collect()
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn the_search_in_the_browser_comes_to_what_find_comes_to() {
    let home = Home::new();
    Program::at(&home).args(["site", "site"]).run().exit(0);
    let catalog = Catalog::look(&Layers::default()).expect("built in");
    let index = Index::new(&catalog.heads().0);
    let mut browser = Browser::open();
    browser.screen(1280, "light");
    browser.show(&format!("file://{}/index.html", home.path("work/site").display()));
    let (mut found, mut differing) = (0, Vec::new());
    let messages = messages();
    assert!(messages.len() > 4 * 400);
    for text in &messages {
        let ranking = index.rank(text, &|flow| catalog.hand_offs(index.id(flow)));
        found += usize::from(!ranking.matches.is_empty());
        let expected = shown(&index, &ranking);
        let seen = browser.evaluate(&format!("({SEARCH})({})", json!(text)));
        if seen != expected {
            differing.push(format!("{text:.300}\n  find:    {expected}\n  browser: {seen}"));
        }
    }
    let (count, first) = (differing.len(), differing.iter().take(5).cloned().collect::<Vec<_>>().join("\n"));
    assert!(differing.is_empty(), "{count} of {} differ:\n{first}", messages.len());
    assert!(found > messages.len() / 2, "{found} of {} were found", messages.len());
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn the_search_can_be_typed_into_read_and_left_by_keyboard_and_asks_nothing_of_the_net() {
    let home = Home::new();
    let site = super::site(&home);
    let mut browser = Browser::open();
    for (width, scheme) in [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")] {
        browser.screen(width, scheme);
        browser.show(&format!("file://{}/index.html", site.display()));
        for (text, said) in [
            ("AADSTS7000222: the provided client secret keys are expired", "1 error fits:"),
            ("<img src=x onerror=alert(1)> 2403 <b>error 2403</b>", "2 errors fit, the best first:"),
            ("the printer in room 2403 wants paper", "No error on these pages fits this text."),
            ("gateway", "No error"),
            ("  ", ""),
        ] {
            browser.evaluate(&format!("({SEARCH})({})", json!(text)));
            let heard = browser.evaluate("document.querySelector('#search [role=status]').textContent");
            let heard = heard.as_str().expect("a text");
            assert!(heard.starts_with(said) && heard.is_empty() == said.is_empty(), "{text}: {heard}");
            let wrong = browser.evaluate(include_str!("judge.js"));
            assert_eq!(wrong, json!([]), "{text} at {width}, {scheme}");
            assert_eq!(browser.evaluate("document.querySelectorAll('#search img, #search b').length"), 0, "{text}");
        }
    }
    browser.show(&format!("file://{}/index.html", site.display()));
    browser.evaluate("document.getElementById('search-text').focus()");
    browser.ask("Input.insertText", &json!({ "text": "error 2403" }));
    let wait = "new Promise((done) => {
        const seen = () => document.querySelector('#search-results li') ? done(true) : setTimeout(seen, 20);
        seen();
    })";
    assert_eq!(browser.evaluate(wait), true, "what is typed is searched for without a key");
    browser.evaluate("document.getElementById('search-results').replaceChildren()");
    browser.press("Enter");
    assert_eq!(browser.evaluate("document.querySelectorAll('#search-results li').length"), 1);
    assert_eq!(browser.evaluate("document.getElementById('search-text').value"), "error 2403");
    browser.press("Tab");
    assert_eq!(browser.evaluate("document.activeElement.type"), "submit");
    browser.press("Tab");
    let at = browser.evaluate("document.activeElement.getAttribute('href')");
    assert_eq!(at, "fabric-pipeline-error-2403.html");
    let here = format!("file://{}/", site.display());
    let asked = browser.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
    assert!(asked.filter_map(|event| event["params"]["request"]["url"].as_str()).all(|url| url.starts_with(&here)));
    let logged = ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"];
    assert!(browser.events.iter().all(|event| !logged.iter().any(|name| event["method"] == *name)));
}

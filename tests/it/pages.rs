//! The site in a real browser: what is seen and heard of it, what the keyboard reaches, what it asks of the net. Run by `.ci/run`,
//! which installs Chromium.

mod browser;
mod search;

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::Program;
use browser::Browser;

const HOSTILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/drawings/hostile.ron");

/// A site of all shipped flows, one whose texts would like to be markup, and one whose words have no end.
fn site(home: &Arc<Home>) -> PathBuf {
    let flows = home.path("data/rootwalk/flows");
    fs::create_dir_all(&flows).expect("a folder");
    fs::copy(HOSTILE, flows.join("hostile.ron")).expect("copied");
    let long = LAMP.replace("lamp-dark", "lamp-long").replace("Is the plug in?", &"Wordwithoutanend".repeat(20));
    home.write("data/rootwalk/flows/lamp-long.ron", &long.replace("plug --in", &"--option=value,".repeat(30)));
    Program::at(home).args(["site", "site"]).run().exit(0);
    home.path("work/site")
}

/// The first page, and the pages with the most on them; the hostile one and the endless one are looked at whatever their size.
fn pages(site: &Path) -> Vec<String> {
    const MOST: usize = 12;
    let entries = fs::read_dir(site).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect();
    let is_chosen = |path: &PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy();
        ["index", "hostile", "lamp-long"].contains(&&*name)
    };
    pages.sort_by_key(|path| (!is_chosen(path), Reverse(fs::metadata(path).expect("a file").len()), path.clone()));
    assert!(pages.len() > MOST);
    pages.iter().take(MOST).map(|path| path.display().to_string()).collect()
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn each_page_can_be_read_on_a_phone_and_a_desk_by_day_and_night_and_asks_nothing_of_the_net() {
    let home = Home::new();
    let site = site(&home);
    let mut browser = Browser::open();
    for (width, scheme) in [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")] {
        browser.screen(width, scheme);
        for page in pages(&site) {
            browser.show(&format!("file://{page}"));
            let is_dark = browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches && innerWidth");
            assert_eq!(is_dark, if scheme == "dark" { width.into() } else { serde_json::Value::Bool(false) });
            let wrong = browser.evaluate(include_str!("pages/judge.js"));
            assert_eq!(wrong, serde_json::json!([]), "{page} at {width}, {scheme}");
        }
    }
    let here = format!("file://{}/", site.display());
    let asked = browser.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
    let asked: Vec<&str> = asked.filter_map(|event| event["params"]["request"]["url"].as_str()).collect();
    assert!(asked.len() > 50, "each page, its style and its script are asked for: {}", asked.len());
    assert!(asked.iter().all(|url| url.starts_with(&here)), "{asked:?}");
    let logged = ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"];
    let said: Vec<_> =
        browser.events.iter().filter(|event| logged.iter().any(|name| event["method"] == *name)).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn the_keyboard_reaches_everything_in_order_and_shows_where_it_is() {
    const REACHED: &str = "a[href], button, input, textarea, [tabindex=\"0\"]";
    let home = Home::new();
    let site = site(&home);
    let mut browser = Browser::open();
    browser.screen(1280, "light");
    for page in ["index.html", "fabric-pipeline-error-2403.html", "powerbi-token-expired.html"] {
        browser.show(&format!("file://{}/{page}", site.display()));
        let there = format!("[...document.querySelectorAll('{REACHED}')]");
        let count = browser.evaluate(&format!("{there}.length")).as_u64().expect("a number");
        assert!(count > 5, "{page}");
        for n in 0..count {
            browser.press("Tab");
            let at = browser.evaluate(&format!("{there}.indexOf(document.activeElement)"));
            assert_eq!(at, n, "{page}");
            let outline = browser.evaluate("getComputedStyle(document.activeElement).outlineStyle");
            assert_eq!(outline, "solid", "{page}: {n} shows that it has the focus");
            let right = browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0");
            assert_eq!(right, true, "{page}: {n} is on the screen");
        }
    }
    browser.show(&format!("file://{}/index.html", site.display()));
    browser.press("Tab");
    browser.press("Enter");
    assert_eq!(browser.evaluate("document.activeElement.id"), "main");
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn a_command_is_copied_by_a_button_that_is_there_only_with_a_script() {
    let home = Home::new();
    let page = format!("file://{}/fabric-pipeline-error-2403.html", site(&home).display());
    let mut browser = Browser::open();
    browser.screen(1280, "light");
    browser.ask(
        "Browser.grantPermissions",
        &serde_json::json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    browser.show(&page);
    let commands = browser.evaluate("document.querySelectorAll('pre > code').length").as_u64().expect("a number");
    assert_eq!(browser.evaluate("document.querySelectorAll('button.copy').length"), commands);
    browser.evaluate("document.querySelector('button.copy').focus()");
    browser.press("Enter");
    let said = "new Promise((done) => setTimeout(() => done(document.querySelector('.said').textContent), 300))";
    assert_eq!(browser.evaluate(said), "Copied");
    let copied = browser.evaluate("navigator.clipboard.readText()");
    assert_eq!(copied, browser.evaluate("document.querySelector('pre > code').textContent"));
    browser.ask("Emulation.setScriptExecutionDisabled", &serde_json::json!({ "value": true }));
    browser.show(&page);
    let dom = browser.ask("DOMSnapshot.captureSnapshot", &serde_json::json!({ "computedStyles": [] })).to_string();
    assert!(dom.contains("\"PRE\"") && !dom.contains("\"BUTTON\""));
}

#[test]
#[ignore = "needs Chromium; .ci/run runs it"]
fn the_judge_sees_what_is_wrong() {
    let home = Home::new();
    let bad = "<!doctype html><body style='color: #999; background: #fff'><h1>A</h1><h3 id='a'></h3><p id='a' style='width: 2000px'>wide</p>\
               <input><nav></nav><a href='#gone'>x</a><svg></svg>";
    let page = home.write("bad.html", bad);
    let mut browser = Browser::open();
    browser.screen(360, "light");
    browser.show(&format!("file://{}", page.display()));
    let wrong = browser.evaluate(include_str!("pages/judge.js")).to_string();
    for part in [
        "wide, the screen",
        "leaves the screen",
        "0 of main",
        "names of nav",
        "no language",
        "a heading is left out",
        "an empty heading",
        "in no landmark",
        "an id stands twice",
        "has no name",
        "an image without words",
        "leads nowhere",
        "contrast of 2.8",
    ] {
        assert!(wrong.contains(part), "no {part} in {wrong}");
    }
}

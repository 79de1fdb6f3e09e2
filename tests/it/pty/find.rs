//! The first screen at a terminal: pastes of many lines, with brackets and without, answer nothing that comes later.

use crate::home::Home;
use crate::terminal::Spawn;

const LINES: &str = "Good morning,\n\nwe get\nTokenExpired\nsince today.\ny\n";

#[test]
fn a_paste_of_many_lines_is_one_text_and_picks_nothing() {
    for is_bracketed in [true, false] {
        let home = Home::new();
        let mut at = Spawn::new(&home).start();
        at.wait_said("Paste the error").wait_asked();
        if is_bracketed {
            at.paste(LINES);
        } else {
            at.send(&LINES.replace('\n', "\r"));
        }
        at.wait_said("6 lines").send("\r").wait_said("This fits").wait_said("❯ TokenExpired");
        at.send("\r").wait_said("1. Does the error name").press('q').exit(11);
        assert_eq!(home.session().flow().id(), "powerbi-token-expired");
    }
}

#[test]
fn a_long_line_that_is_pasted_is_shown_from_its_beginning_and_without_its_secrets() {
    let home = Home::new();
    let mut at = Spawn::new(&home).size(24, 60).start();
    at.wait_said("Paste the error").wait_asked();
    let line = format!("Password=hunter2; TokenExpired {}Password=hunter3", "and so on, ".repeat(20));
    at.paste(&line).wait_said("> Password=[password 1]; TokenExpired and").wait_said("characters)").fits();
    at.send("\r").wait_said("This fits").wait_said("❯ TokenExpired");
    assert!(!at.printed().contains("hunter"), "{}", at.printed());
    at.send("\x03").exit(130);
}

#[test]
fn a_few_words_lead_on_and_what_fits_nothing_is_asked_again() {
    let home = Home::new();
    let mut at = Spawn::new(&home).start();
    at.wait_said("Paste the error").wait_asked().send("out of paper\r");
    at.wait_said("No error that rootwalk knows").wait_said("Paste the error").wait_asked().send("TokenExpired\r");
    at.wait_said("❯ TokenExpired").send("\x1b").wait_said("Paste the error").wait_asked().send("\x03").exit(130);
}

#[test]
fn find_offers_to_walk_at_once() {
    let home = Home::new();
    let mut at = Spawn::new(&home).args(["find", "TokenExpired"]).start();
    at.wait_said("rootwalk walk powerbi-token-expired").wait_said("❯ TokenExpired").send("\r");
    at.wait_said("1. Does the error name").press('q').exit(11);
    at.again("find TokenExpired --plain").wait_said("rootwalk walk powerbi-token-expired").exit(0);
}

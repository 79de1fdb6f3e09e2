//! A flow that is watched at a terminal while it is written.

use std::sync::Arc;

use nix::sys::signal::Signal;

use crate::home::{GOOD_LAMP, Home};
use crate::terminal::{Spawn, Terminal};

/// Saves the lamp's flow, changed, while a key is waited for.
fn save(at: &mut Terminal, changes: &[(&str, &str)]) {
    at.wait_asked().mark();
    let text = changes.iter().fold(GOOD_LAMP.clone(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    at.home.write("work/lamp-dark.ron", &text);
}

fn watch(home: &Arc<Home>) -> Terminal {
    home.write("work/lamp-dark.ron", &GOOD_LAMP);
    let mut at = Spawn::new(home).args(["watch", "lamp-dark.ron"]).start();
    at.wait_for("lamp-dark.ron · version 1 · nothing found").wait_for("1. Is the plug in?");
    at
}

#[test]
fn a_save_while_a_key_is_waited_for_shows_the_same_question_anew() {
    let home = Home::new();
    let mut at = watch(&home);
    at.press('y').wait_said("2. Is the switch on?");
    save(&mut at, &[("Is the switch on?", "Is the switch up?")]);
    at.wait_for("version 2 · nothing found").wait_for("Still at the question `switched-on`.").wait_asked();
    at.wait_for("2. Is the switch up?");
    // What was there before the save is gone from the screen.
    assert!(!at.shown().contains("Is the switch on?"), "{}", at.contents());
    at.press('n').wait_said("Most likely cause: The switch is off").press('q').exit(0);
    assert!(!home.store_path().exists(), "nothing is stored");
}

#[test]
fn a_broken_version_is_shown_and_the_last_good_one_is_walked_on() {
    let home = Home::new();
    let mut at = watch(&home);
    save(&mut at, &[("Ask(\"switched-on\")", "Ask(\"switched-in\")")]);
    at.wait_for("version 2 · 1 error").wait_for("there is no question `switched-in` — did you mean `switched-on`?");
    at.wait_for("This version cannot be walked; the last good one goes on, at the question `plugged-in`.");
    at.press('y').wait_said("2. Is the switch on?");
    save(&mut at, &[("start: \"plugged-in\"", "start: \"switched-on\"")]);
    at.wait_for("version 3").wait_for("Still at the question `switched-on`.").wait_for("1. Is the switch on?");
    at.press('q').exit(0);
}

#[test]
fn where_the_answers_lead_elsewhere_is_said_and_an_answer_taken_back_stays_so() {
    let home = Home::new();
    let mut at = watch(&home);
    at.press('n').wait_said("Most likely cause: The plug is out").press('d').wait_said("Did this fix it?");
    let changes = [
        (
            "yes: Ask(\"switched-on\"), no: Cause(\"unplugged\")",
            "yes: Cause(\"switched-off\"), no: Ask(\"switched-on\")",
        ),
        ("no: Cause(\"switched-off\")),\n    }", "no: Cause(\"unplugged\")),\n    }"),
    ];
    save(&mut at, &changes);
    at.wait_for("Your answers lead to the question `switched-on` now; before they led to the fix of `unplugged`.");
    at.press('b').wait_said("Taken back: Is the plug in? — no").wait_said("1. Is the plug in?");
    save(&mut at, &[]);
    at.wait_for("version 3").wait_for("Still at the question `plugged-in`.").press('q').exit(0);
}

#[test]
fn a_step_that_was_done_is_done_in_the_next_version_and_an_end_is_waited_at() {
    let home = Home::new();
    let mut at = watch(&home);
    at.press('n').wait_said("Step 1 of 1").press('d').wait_said("Did this fix it?");
    save(&mut at, &[("Put the plug in", "Push the plug in")]);
    at.wait_for("Still at the fix of `unplugged`.")
        .wait_for("Did this fix it?")
        .press('y')
        .wait_said("The walk has ended.");
    at.press('b').wait_said("Did this fix it?").press('y').wait_said("The walk has ended.");
    save(&mut at, &[("No current.", "No current at all.")]);
    at.wait_for("version 3").wait_for("Did this fix it?").press('q').exit(0);
}

#[test]
fn a_file_broken_from_the_start_is_waited_for() {
    let home = Home::new();
    home.write("work/lamp-dark.ron", "Flow(");
    let mut at = Spawn::new(&home).args(["watch", "lamp-dark.ron"]).start();
    at.wait_for("This version cannot be walked. Mend the file and save it.");
    save(&mut at, &[]);
    at.wait_for("version 2 · nothing found").wait_for("1. Is the plug in?").press('q').exit(0);
}

#[test]
fn whatever_ends_it_the_terminal_comes_back() {
    let home = Home::new();
    watch(&home).wait_asked().send("\x03").exit(130);
    watch(&home).wait_asked().signal(Signal::SIGTERM).exit(143);
    watch(&home).wait_asked().send("\x04").exit(0);
}

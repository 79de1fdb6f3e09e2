//! What keys mean: words, sequences that mean nothing, what was typed too early, and the control keys.

use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::termios::LocalFlags;
use rootwalk::flow::Answer;
use rootwalk::walk::Event;

use crate::home::Home;
use crate::terminal::{Terminal, unescaped};

/// The answers of the only session, in order.
fn answers(home: &Home) -> Vec<Answer> {
    let answer = |event| match event {
        Event::Answered { answer, .. } => Some(answer),
        _ => None,
    };
    home.events().into_iter().filter_map(answer).collect()
}

#[test]
fn words_answer_too() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.wait_asked().send("yes\r").wait_said("2. Does the error text");
    at.wait_asked().send("Not Sure\r").wait_said("3. Does another activity");
    at.wait_asked().send("nx\x7fo\r").wait_said("4. Does the same activity");
    at.wait_asked().send("3\r").wait_said("5. Does the sign-in log");
    at.wait_asked().send("causes\r").wait_said("Still possible").wait_asked().send("save\r").exit(11);
    assert_eq!(answers(&home), [Answer::Yes, Answer::Unsure, Answer::No, Answer::Unsure]);
}

#[test]
fn what_is_no_choice_is_said_to_be_none() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.wait_asked().send("x").wait_said("`x` is none of the keys above");
    at.send("perhaps\r").wait_said("`perhaps` is none of the keys above");
    at.send("99\r").wait_said("`99` is none of the keys above");
    at.send("宽\r").wait_said("`宽` is none of the keys above");
    at.send("yes\x15").send("Y").wait_said("2. Does the error text").press('q').exit(11);
    assert_eq!(answers(&home), [Answer::Yes]);
}

#[test]
fn keys_that_mean_nothing_answer_nothing() {
    const KEYS: [&str; 14] = [
        "\x1b[15~",
        "\x1b[1;5C",
        "\x1b[A",
        "\x1bOA",
        "\x1b[B",
        "\x1b[D",
        "\x1b[3~",
        "\x1b[Z",
        "\x1bOP",
        "\x1b[1;2Q",
        "\x1by",
        "\t",
        "\r",
        "\x7f",
    ];
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.wait_asked().send(&KEYS.concat()).send("w").wait_said("Why this is asked").wait_asked();
    for key in KEYS {
        at.send(key);
    }
    at.send("h").wait_said("How to find out").press('q').exit(11);
    assert_eq!(answers(&home), []);
}

#[test]
fn a_sequence_whose_bytes_come_apart_is_still_one_key() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.wait_asked();
    let mut is_slow = false;
    for sequence in ["[15~", "[1;5C", "OA", "[A"].into_iter().cycle().take(12) {
        let begun = Instant::now();
        at.send("\x1b");
        sleep(Duration::from_millis(20));
        at.send(sequence);
        // On a busy machine the rest may come later than the rest of a key may: it is typed then, and still answers nothing.
        if begun.elapsed() > Duration::from_millis(45) {
            is_slow = true;
            at.send("\x15");
        }
    }
    at.send("w").wait_said("Why this is asked");
    let typed = unescaped(&at.printed());
    assert!(is_slow || !typed.contains("15~") && !typed.contains("5C"), "a rest was typed: {typed}");
    at.press('q').exit(11);
    assert_eq!(answers(&home), []);
}

#[test]
fn a_resize_amid_a_sequence_leaves_no_rest_of_it() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.wait_asked()
        .send("\x1b[1")
        .resize(50, 90)
        .send("5~")
        .send("w")
        .wait_said("Why this is asked")
        .press('q')
        .exit(11);
    assert_eq!(answers(&home), []);
}

#[test]
fn what_was_typed_before_the_first_question_does_not_answer_it() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    let pid = at.pid();
    at.send("n");
    assert!(pid.as_raw() > 0);
    at.wait_for("1. Does the identity page").wait_asked().press('w').wait_said("Why this is asked").press('q').exit(11);
    assert_eq!(answers(&home), []);
}

#[test]
fn what_was_typed_ahead_does_not_answer_the_next_question() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.wait_asked();
    // While somebody else writes to the store, the program waits after the key and before the next question.
    let busy = rusqlite::Connection::open(home.store_path()).expect("the store");
    busy.execute_batch("BEGIN IMMEDIATE").expect("nobody writes");
    at.press('y').wait_printed("y\r\n").send("n").send("n\r").send("no\r");
    busy.execute_batch("ROLLBACK").expect("begun");
    at.wait_said("2. Does the error text").press('w').wait_said("Why this is asked").press('q').exit(11);
    assert_eq!(answers(&home), [Answer::Yes]);
}

#[test]
fn ctrl_c_and_ctrl_d_leave_and_all_is_saved() {
    for (key, code) in [('\x03', 130), ('\x04', 11)] {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        at.press('y').wait_said("2. Does the error text").press(key).exit(code);
        at.wait_said(&format!("Saved. Go on with: rootwalk resume {}", home.stored().id));
        at.again("resume").wait_said("2. Does the error text").press('q').exit(11);
        assert_eq!(answers(&home), [Answer::Yes]);
    }
}

#[test]
fn ctrl_c_leaves_from_a_note_a_list_and_a_confirmation() {
    for (key, prompt) in [('t', "? text ›"), ('r', "❯ yes — Does"), ('e', "sure?")] {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        at.press('y').wait_said("2. Does the error text").press(key).wait_said(prompt).send("\x03").exit(130);
        at.wait_said(&format!("Saved. Go on with: rootwalk resume {}", home.stored().id));
        assert_eq!(answers(&home), [Answer::Yes]);
    }
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_draws_again() {
    const STOPPED: i32 = 128 + nix::sys::signal::Signal::SIGTSTP as i32;
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('y').wait_said("2. Does the error text").press('\x1a').exit(STOPPED);
    at.shell("fg; ended $?").wait_said("2. Does the error text").wait_asked();
    assert!(!at.flags().2.intersects(LocalFlags::ECHO | LocalFlags::ICANON), "keys come one by one again");
    at.paste("no\nyes\nyes\n").wait_said("what you pasted was not used");
    at.send("q").exit(11);
    assert_eq!(answers(&home), [Answer::Yes]);
}

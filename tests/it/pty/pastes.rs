//! Pastes: what is pasted belongs to one note, and answers nothing.

use rootwalk::walk::{Event, NoteKind};

use crate::home::Home;
use crate::terminal::{Spawn, Terminal};

const PASTE: &str = "no\nyes\nyes\n";

fn noted(text: &str) -> Event {
    Event::Noted { note: NoteKind::Note, text: text.to_owned() }
}

/// Pastes into a note, goes on to the next question, and returns what is stored.
fn pasted_into_a_note(how: impl FnOnce(&mut Terminal) -> &mut Terminal) -> Vec<Event> {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('t').wait_text();
    how(&mut at);
    at.wait_said("Noted.").wait_said("1. Does the identity page").press('w').wait_said("Why this is asked");
    at.press('q').exit(11);
    home.events()
}

#[test]
fn a_paste_into_a_note_is_one_note() {
    assert_eq!(pasted_into_a_note(|at| at.paste(PASTE)), [noted("no\nyes\nyes")]);
}

#[test]
fn a_burst_into_a_note_is_one_note() {
    assert_eq!(pasted_into_a_note(|at| at.send(PASTE)), [noted("no\nyes\nyes")]);
    assert_eq!(pasted_into_a_note(|at| at.send("no\ryes\ryes\r")), [noted("no\nyes\nyes")]);
    assert_eq!(pasted_into_a_note(|at| at.send("no\r\nyes\r\nyes\r\n")), [noted("no\nyes\nyes")]);
}

#[test]
fn a_paste_that_comes_in_brackets_all_the_same_is_one_note() {
    let bracketed = "\x1b[200~no\ryes\ryes\r\x1b[201~";
    assert_eq!(pasted_into_a_note(|at| at.send(bracketed)), [noted("no\nyes\nyes")]);
    let one_line = pasted_into_a_note(|at| at.send("\x1b[200~no\x1b[201~").send("\r"));
    assert_eq!(one_line, [noted("no")]);
}

#[test]
fn a_paste_of_many_lines_is_one_note() {
    let lines: Vec<String> = (1..=60).map(|n| format!("y line {n} of a log: ERROR 2403")).collect();
    let text = lines.join("\n") + "\n";
    assert_eq!(pasted_into_a_note(|at| at.paste(&text)), [noted(text.trim())]);
}

#[test]
fn a_paste_at_a_question_answers_nothing() {
    for text in [PASTE, "no\n", "y\ny\ny\n", "y\n\n", "y", "q\n", "yes\n\nSent from my telephone"] {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        at.wait_asked().paste(text).wait_said("what you pasted was not used");
        at.send("w").wait_said("Why this is asked").press('q').exit(11);
        assert_eq!(home.events(), [], "{text:?}");
    }
}

#[test]
fn a_burst_at_a_question_answers_nothing() {
    for text in [PASTE, "no\ryes\ryes\r", "y\ry\ry\r", "y\nn\n", "no\r\nyes\r\nyes\r\n"] {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        at.wait_asked().send(text).wait_said("what you pasted was not used");
        at.send("w").wait_said("Why this is asked").press('q').exit(11);
        assert_eq!(home.events(), [], "{text:?}");
    }
}

#[test]
fn a_paste_into_plain_lines_answers_nothing_and_is_one_note() {
    let home = Home::new();
    let mut at = Spawn::new(&home).args(["walk", "2403", "--plain"]).start();
    at.wait_for("help (?)").paste(PASTE).wait_said("what you pasted was not used");
    at.shell("t").wait_said("symptom:").paste(PASTE).wait_said("Noted.").wait_said("help (?)").shell("q").exit(11);
    assert_eq!(home.events(), [noted("no\nyes\nyes")]);
    assert!(!at.printed().contains('\x1b'), "{:?}", at.printed());
}

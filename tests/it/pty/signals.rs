//! Whatever ends the process: the terminal comes back, the exit code says what it was, and the walk goes on where it was.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use nix::sys::signal::Signal;
use nix::sys::termios::LocalFlags;
use rootwalk::flow::Answer;
use rootwalk::walk::{Event, Wording};

use crate::home::Home;
use crate::random::Random;
use crate::terminal::{Spawn, Terminal};

/// Where one may be when it happens: the key that leads there from the second question, and what is shown there.
const PLACES: [(&str, &str); 5] = [
    ("", ""),
    ("t", "text"),
    ("r", "❯ yes — Does the identity page"),
    ("e", "sure?"),
    ("half a word", "> half a word"),
];

fn go_to(at: &mut Terminal, (keys, shown): (&str, &str)) {
    at.press('y').wait_said("2. Does the error text").wait_asked();
    if !keys.is_empty() {
        at.send(keys).wait_said(shown);
    }
}

fn one_answer() -> [Event; 1] {
    [Event::Answered { question: "identity-enabled".to_owned(), answer: Answer::Yes, shown: Wording::Ask }]
}

/// Resumes on the same terminal and finds the same question.
fn goes_on(at: &mut Terminal) {
    let id = at.home.stored().id;
    at.again(&format!("resume {id}")).wait_said("2. Does the error text").press('q').exit(11);
    assert_eq!(at.home.events(), one_answer());
}

fn ends_well(signal: Signal, code: i32) {
    for place in PLACES {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        go_to(&mut at, place);
        at.signal(signal).exit(code);
        at.wait_said(&format!("Saved. Go on with: rootwalk resume {}", home.stored().id));
        goes_on(&mut at);
    }
}

#[test]
fn sigterm_ends_with_143() {
    ends_well(Signal::SIGTERM, 143);
}

#[test]
fn sighup_ends_with_129() {
    ends_well(Signal::SIGHUP, 129);
}

#[test]
fn sigint_ends_with_130() {
    ends_well(Signal::SIGINT, 130);
}

#[test]
fn sigquit_ends_with_131() {
    ends_well(Signal::SIGQUIT, 131);
}

/// The library takes the terminal anew for each of its prompts; a signal may come just then.
#[test]
fn a_signal_while_a_prompt_is_being_put_up_leaves_nothing_behind() {
    const SIGNALS: usize = 96;
    const AT_ONCE: usize = 8;
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= SIGNALS {
                        break;
                    }
                    let mut random = Random(n as u64);
                    let home = Home::new();
                    let mut at = Terminal::walk(&home, "2403");
                    at.press('y').wait_said("2. Does the error text").wait_asked();
                    // The line ends the wait for a word, so that the prompt follows at once.
                    at.send(random.pick(&["t\r", "r\r", "e\r", "w\r"]));
                    sleep(Duration::from_micros(30_000 + random.next() % 4_000));
                    at.signal(Signal::SIGTERM).exit(143);
                    assert_eq!(home.events(), one_answer(), "seed {n}");
                }
            });
        }
    });
}

#[test]
fn a_signal_in_the_list_of_errors_leaves_nothing_behind() {
    let home = Home::new();
    let mut at = Spawn::new(&home).start();
    at.wait_said("Paste the error").wait_asked().signal(Signal::SIGTERM).exit(143);
    let mut at = Spawn::new(&home).start();
    at.wait_said("Paste the error").wait_asked().send("\r");
    at.wait_for("type to narrow").wait_asked().signal(Signal::SIGTERM).exit(143);
    assert!(!at.since_key().contains("Saved"), "there is nothing to go on with");
}

#[test]
fn a_closed_terminal_ends_the_process_and_loses_nothing() {
    for place in PLACES {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        go_to(&mut at, place);
        let id = home.stored().id;
        at.close();
        at.wait_free(&id);
        let mut at = Terminal::walk(&home, "4121");
        at.wait_said("1. ").press('q').exit(11);
        at.again(&format!("resume {id}")).wait_said("2. Does the error text").press('q').exit(11);
        let stored = home.sessions().into_iter().find(|stored| stored.id == id).expect("it is there");
        assert_eq!(crate::home::events(&stored), one_answer());
    }
}

#[test]
fn a_terminal_that_a_killed_process_left_raw_is_well_after_the_next_one() {
    for place in PLACES {
        let home = Home::new();
        let mut at = Terminal::walk(&home, "2403");
        go_to(&mut at, place);
        at.signal(Signal::SIGKILL).ended(137);
        assert!(!at.flags().2.intersects(LocalFlags::ECHO | LocalFlags::ICANON), "a killed process leaves it raw");
        goes_on(&mut at);
    }
}

#[test]
fn a_stopped_process_is_ended_by_a_signal_once_it_goes_on() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    go_to(&mut at, PLACES[0]);
    let pid = at.pid();
    at.signal(Signal::SIGSTOP).ended(128 + Signal::SIGSTOP as i32);
    nix::sys::signal::kill(pid, Signal::SIGTERM).expect("it is stopped");
    at.shell("fg; ended $?").exit(143);
    goes_on(&mut at);
}

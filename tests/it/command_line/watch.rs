//! Watching in plain lines: what is said each time the file is saved.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::home::{GOOD_LAMP, Home};
use crate::program::Program;

const PATIENCE: Duration = Duration::from_secs(10);

struct Watch {
    home: Arc<Home>,
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(text: &str, args: &[&str]) -> Self {
        let home = Home::new();
        home.write("work/lamp-dark.ron", text);
        let program = Program::at(&home).args(["watch", "lamp-dark.ron"]).args(args.iter().copied());
        let mut child = program.command().stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        let (send, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { home, child, lines }
    }

    /// Takes the lines of the next version, from its summary to where the answers lead, behind what is shown of the one before.
    #[track_caller]
    fn says(&self, expected: &[&str]) {
        self.skips_to(expected[0]);
        for expected in &expected[1..] {
            let line = self.lines.recv_timeout(PATIENCE).expect("another line");
            assert_eq!(line, *expected);
        }
    }

    /// Skips to the line that says where the answers lead.
    #[track_caller]
    fn skips_to(&self, expected: &str) {
        while self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no `{expected}`")) != expected {}
    }

    fn save(&self, text: &str) {
        self.home.write("work/lamp-dark.ron", text);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_save_is_checked_and_the_answers_are_followed() {
    let watch = Watch::start(&GOOD_LAMP, &["--plain", "--answer", "plugged-in=yes"]);
    watch.says(&["lamp-dark.ron · version 1 · nothing found", "At the question `switched-on`."]);
    watch.save(&GOOD_LAMP.replace("Is the switch on?", "Is the switch up?"));
    watch.says(&["lamp-dark.ron · version 2 · nothing found", "Still at the question `switched-on`."]);
    watch.skips_to("2. Is the switch up?");
    watch.save(&GOOD_LAMP.replace(
        "yes: Ask(\"switched-on\"), no: Cause(\"unplugged\")",
        "yes: Cause(\"unplugged\"), no: Ask(\"switched-on\")",
    ));
    watch.says(&["lamp-dark.ron · version 3 · 3 errors"]);
    watch.skips_to("Your answers lead to the fix of `unplugged` now; before they led to the question `switched-on`.");
    watch.save(&GOOD_LAMP);
    watch.says(&[
        "lamp-dark.ron · version 4 · nothing found",
        "Your answers lead to the question `switched-on` now; before they led to the fix of `unplugged`.",
    ]);
}

#[test]
fn a_broken_version_is_said_and_the_last_good_one_goes_on() {
    let watch = Watch::start(&GOOD_LAMP, &["--plain"]);
    watch.says(&["lamp-dark.ron · version 1 · nothing found", "At the question `plugged-in`."]);
    watch.save(&GOOD_LAMP[..GOOD_LAMP.len() / 2]);
    watch.skips_to("This version cannot be walked; the last good one goes on, at the question `plugged-in`.");
    watch.save(&GOOD_LAMP);
    watch.says(&["lamp-dark.ron · version 3 · nothing found", "Still at the question `plugged-in`."]);
}

#[test]
fn a_file_that_is_broken_from_the_start_is_waited_for() {
    let watch = Watch::start("Flow(", &[]);
    watch.skips_to("No version can be walked yet.");
    watch.save(&GOOD_LAMP);
    watch.says(&["lamp-dark.ron · version 2 · nothing found", "Still at the question `plugged-in`."]);
}

#[test]
fn a_file_that_an_editor_replaces_is_still_watched() {
    let watch = Watch::start(&GOOD_LAMP, &["--plain"]);
    watch.skips_to("At the question `plugged-in`.");
    let path = watch.home.path("work/lamp-dark.ron");
    fs::rename(&path, watch.home.path("work/lamp-dark.ron~")).expect("renamed");
    thread::sleep(Duration::from_millis(300));
    let new = watch.home.write("work/new", &GOOD_LAMP.replace("Is the plug in?", "Is the plug in the wall?"));
    fs::rename(new, path).expect("renamed");
    watch.says(&["lamp-dark.ron · version 2 · nothing found", "Still at the question `plugged-in`."]);
}

#[test]
fn a_file_that_is_not_there_or_an_answer_that_is_none_is_said_at_once() {
    let home = Home::new();
    Program::at(&home).args(["watch", "nowhere.ron"]).run().exit(3).stderr_has("`nowhere.ron` cannot be read");
    home.write("work/lamp-dark.ron", &GOOD_LAMP);
    let done = Program::at(&home).args(["watch", "lamp-dark.ron", "--answer", "plugged-out=yes"]).run().exit(2);
    done.stderr_has("has no question `plugged-out`").stderr_has("did you mean `plugged-in`?");
}

//! The store from outside: where it is, what is refused, and a disk that is full.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rootwalk::flow::Answer;
use rootwalk::walk::{Event, NoteKind, Wording};

use crate::home::{Home, events};
use crate::program::Program;

const WALK: [&str; 4] = ["walk", "2403", "--answer", "identity-enabled=yes"];

#[test]
fn the_store_is_the_users_and_nobody_elses() {
    let home = Home::new();
    Program::at(&home).args(WALK).run().exit(11);
    let mode = |below: &str| fs::metadata(home.path(below)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode("state/rootwalk"), mode("state/rootwalk/sessions.db")), (0o700, 0o600));
}

#[test]
fn a_flag_beats_the_environment_beats_the_config_file() {
    let home = Home::new();
    home.write("config/rootwalk/config.ron", &format!("(store: \"{}\")", home.path("config.db").display()));
    let environment = home.path("environment.db").display().to_string();
    let flag = home.path("a flag.db").display().to_string();
    let done =
        Program::at(&home).args(WALK).args(["--store", &flag]).env("ROOTWALK_STORE", &environment).run().exit(11);
    done.stderr("Saved. Go on with: rootwalk resume <id> --store '<home>/a flag.db'\n");
    assert!(home.path("a flag.db").exists() && !home.path("environment.db").exists());
    Program::at(&home).args(WALK).env("ROOTWALK_STORE", &environment).run().exit(11);
    assert!(home.path("environment.db").exists() && !home.path("config.db").exists());
    Program::at(&home).args(WALK).run().exit(11);
    assert!(home.path("config.db").exists() && !home.store_path().exists());
}

#[test]
fn a_file_that_is_no_store_is_refused_and_untouched() {
    for bytes in
        [&b"not a store"[..], &[0_u8; 4096], b"SQLite format 3\0 and then garbage, more than a page of it, in a way"]
    {
        for args in [&WALK[..], &["walk", "2403", "--plain"], &["resume", "--plain"], &["sessions"]] {
            let home = Home::new();
            let path = home.write("state/rootwalk/sessions.db", "");
            fs::write(&path, bytes).expect("a file");
            let done = Program::at(&home).args(args.iter().copied()).stdin("y\ny\n").run().exit(3);
            let done = done.stderr_has("error: `<home>/state/rootwalk/sessions.db` is not a rootwalk store\n");
            done.stderr_has("help: name another file with `--store`; this one was not touched\n").stderr_lacks("Saved");
            assert_eq!(fs::read(&path).expect("it is there"), bytes);
        }
    }
}

#[test]
fn a_newer_store_is_refused_and_untouched() {
    let home = Home::new();
    Program::at(&home).args(WALK).run().exit(11);
    let newer = rusqlite::Connection::open(home.store_path()).expect("the store");
    newer.execute_batch("PRAGMA user_version = 99").expect("a newer schema");
    drop(newer);
    let before = fs::read(home.store_path()).expect("it is there");
    for args in [&WALK[..], &["walk", "2403", "--plain"], &["resume", "--plain"], &["sessions"], &["export"]] {
        let done = Program::at(&home).args(args.iter().copied()).stdin("y\n").run().exit(3);
        let done = done.stderr_has("sessions.db` has schema 99, and this program knows schemas up to ");
        done.stderr_has("help: it was written by a newer rootwalk; update this one").stderr_lacks("Saved");
    }
    assert_eq!(fs::read(home.store_path()).expect("it is there"), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_before_anything_is_answered() {
    let home = Home::new();
    home.write("file", "");
    let path = home.path("file/sessions.db").display().to_string();
    let done = Program::at(&home).args(["walk", "2403", "--plain", "--store", &path]).stdin("y\n").run().exit(4);
    done.stderr_has("error: cannot").stderr_lacks("Saved").stderr_lacks("Go on");
}

/// Answers, takes back, writes long notes: until the disk is full. What was acknowledged before is there, and can be gone on with.
#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    const NOTES: usize = 400;
    let mut input = String::new();
    for n in 0..NOTES {
        let _ = write!(input, "y\nt\nnote {n} {}\nb\n", "x".repeat(500));
    }
    // In blocks of 512 bytes: the store is made, and then its log cannot grow.
    for blocks in [400, 700, 1000] {
        let home = Home::new();
        let full = format!("ulimit -f {blocks}; trap '' XFSZ");
        let done = Program::at(&home).after(&full).args(["walk", "2403", "--plain"]).stdin(input.clone()).run().exit(4);
        let noted = done.stdout.matches("\nNoted.\n").count();
        let answered = done.stdout.matches("\nyes — rules out").count();
        let taken_back = done.stdout.matches("\nTaken back: ").count();
        let done = done.stderr_has("error: cannot write to the store `<home>/state/rootwalk/sessions.db`");
        let done = done.stderr_has("help: make room; the last answer was not saved, all before it were\n");
        done.stderr_has("Go on with: rootwalk resume <id>\n").stderr_lacks("Saved");
        assert!(noted > 3 && noted < NOTES, "{blocks}: {noted} notes");

        let mut expected = Vec::new();
        for n in 0..answered {
            expected.push(Event::Answered {
                question: "identity-enabled".to_owned(),
                answer: Answer::Yes,
                shown: Wording::Ask,
            });
            if n < noted {
                expected.push(Event::Noted { note: NoteKind::Note, text: format!("note {n} {}", "x".repeat(500)) });
            }
            if n < taken_back {
                expected.push(Event::TakenBack { n: u32::try_from(3 * n + 2).expect("small") });
            }
        }
        assert_eq!(events(&home.stored()), expected, "{blocks}");
        let question = if answered == taken_back { "1. Does the identity page" } else { "2. Does the error text" };
        Program::at(&home)
            .args(["resume", "--plain"])
            .stdin("t\nthere is room again\n")
            .run()
            .exit(11)
            .stdout_has(question);
        println!("full at {blocks} blocks: {} events acknowledged, all there", expected.len());
    }
}

#[test]
fn a_disk_that_is_full_from_the_start_is_an_error_and_nothing_is_said_to_be_saved() {
    let home = Home::new();
    let done = Program::at(&home).after("ulimit -f 8; trap '' XFSZ").args(WALK).run().exit(4);
    done.stderr_has("help: make room").stderr_lacks("Go on with");
}

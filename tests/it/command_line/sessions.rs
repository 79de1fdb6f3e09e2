//! Listing sessions, naming them, and two processes at one.

use std::time::Duration;

use jiff::Timestamp;
use rootwalk::store::{Store as _, StoredEdition};
use rootwalk::walk::{About, Event, Record, Wording};

use crate::home::{Home, LAMP, events};
use crate::program::Program;
use crate::sessions::edition;
use crate::terminal::{Spawn, Terminal};

/// Stores a session of the small flow that was answered some seconds ago.
fn put(home: &Home, id: &str, ticket: Option<&str>, seconds_ago: i64) {
    let edition = edition(LAMP);
    let at = Timestamp::now() - Duration::from_secs(seconds_ago.unsigned_abs());
    let about = About { ticket: ticket.map(str::to_owned), ..About::default() };
    let started = Event::Started { flow: edition.flow_ref(), about, program: "0.0.0".to_owned() };
    let answer = rootwalk::flow::Answer::Yes;
    let answered = Event::Answered { question: "plugged-in".to_owned(), answer, shown: Wording::Ask };
    let records: Vec<Record> =
        (1..).zip([started, answered]).map(|(n, event)| Record { n, at, by: None, event }).collect();
    home.store().begin(id, &[StoredEdition::from(&*edition)], &records).expect("a new session");
}

#[test]
fn sessions_are_listed_the_newest_first() {
    let home = Home::new();
    Program::at(&home)
        .args(["sessions"])
        .run()
        .exit(0)
        .stdout("")
        .stderr("no sessions yet; start one with `rootwalk walk ERROR`\n");
    put(&home, "aaaa-0001", Some("T-1 宽"), 90_000);
    put(&home, "bbbb-0002", None, 7_300);
    put(&home, "cccc-0003", Some("a ticket with a name that is long\x1b[31m"), 125);
    let listed = "\
SESSION  FLOW       STATE  TICKET            AGE  AT
<id>  lamp-dark  open   a ticket with a…  2m   Is the switch on?
<id>  lamp-dark  open   -                 2h   Is the switch on?
<id>  lamp-dark  open   T-1 宽            1d   Is the switch on?
";
    // An id is wider than what stands for it.
    let listed = listed.replace("SESSION  ", "SESSION    ");
    Program::at(&home).args(["sessions"]).run().exit(0).stdout(&listed).stderr("").in_plain_text();
    let done = Program::at(&home).args(["sessions", "--limit", "1", "--format", "json"]).run().exit(0);
    let json = done.json();
    assert_eq!(json["sessions"].as_array().map(Vec::len), Some(1));
    let newest = json["sessions"][0].as_object().expect("an object");
    assert_eq!(newest.keys().collect::<Vec<_>>(), ["at", "flow", "last", "session", "state", "ticket"]);
    assert_eq!((&newest["session"], &newest["state"]), (&"cccc-0003".into(), &"open".into()));
}

#[test]
fn on_a_terminal_no_line_of_the_sessions_is_wider_than_it() {
    let home = Home::new();
    put(&home, "aaaa-0001", Some("T-1"), 90_000);
    put(&home, "bbbb-0002", None, 7_300);
    let at = |columns: u16| {
        let mut at = Spawn::new(&home).args(["sessions"]).size(20, columns).start();
        at.exit(0).contents().trim_end().to_owned()
    };
    let wide = "\
SESSION    FLOW       STATE  TICKET  AGE  AT
bbbb-0002  lamp-dark  open   -       2h   Is the switch on?
aaaa-0001  lamp-dark  open   T-1     1d   Is the switch on?";
    assert_eq!(at(80), wide);
    let narrow = "\
bbbb-0002
  open · 2h
  lamp-dark
  Is the switch…
aaaa-0001
  open · 1d · T-1
  lamp-dark
  Is the switch…";
    assert_eq!(at(17), narrow);
}

#[test]
fn where_there_is_no_session_nobody_wants_to_go_on() {
    for command in [&["export"][..], &["export", "k7f3"], &["handover", "k7f3"], &["sessions", "--delete", "k7f3"]] {
        let nothing = "error: there is no session yet\nhelp: start one with `rootwalk walk ERROR`\n";
        Program::new().args(command).run().exit(3).stdout("").stderr(nothing);
    }
}

#[test]
fn a_session_is_named_by_the_beginning_of_its_id() {
    let home = Home::new();
    put(&home, "abcd-0001", None, 50);
    put(&home, "abcd-0002", None, 40);
    put(&home, "bbbb-0002", None, 30);
    let resume = |id: &str| Program::at(&home).args(["resume", id, "--plain"]).run();
    resume("b").exit(11).stderr("Saved. Go on with: rootwalk resume <id>\n");
    resume("ABCD0002").exit(11);
    resume("abcd-ooo1").exit(11);
    let ambiguous = "error: 2 sessions begin with `abcd`\nhelp: say which: <id>, <id>\n";
    resume("abcd").exit(3).stdout("").stderr(ambiguous);
    resume("zz")
        .exit(3)
        .stderr("error: there is no session `zz`\nhelp: `rootwalk sessions` lists the sessions there are\n");
    resume("../x").exit(3);
    resume("").exit(3);
}

#[test]
fn a_second_process_is_told_so_and_loses_nothing() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('y').wait_said("2. Does the error text").wait_asked();
    let before = home.stored();
    let second = || Program::at(&home).args(["resume", &before.id, "--plain"]).stdin("n\nn\n").run().exit(3).stdout("");
    let done = second().stderr_has("error: session `<id>` is open in another process (");
    done.stderr_has("help: nothing was changed; go on there, or quit it there first\n");
    Program::at(&home).args(["resume", &before.id, "--answer", "target-answered-403=no"]).run().exit(3);
    assert_eq!(home.stored(), before);
    at.press('n').wait_said("3. Does another activity").press('q').exit(11);
    assert_eq!(events(&home.stored()).len(), 2);
    Program::at(&home).args(["resume", &before.id, "--plain"]).run().exit(11).stdout_has("3. Does another activity");
}

#[test]
fn what_is_known_is_kept_and_what_is_said_anew_counts() {
    let home = Home::new();
    home.write("config/rootwalk/config.ron", "(agent: \"Kim\", desk: true)");
    Program::at(&home)
        .args(["walk", "2403", "--plain", "--ticket", "T-1"])
        .run()
        .exit(11)
        .stdout_has("Say: “Your pipeline");
    let resume =
        Program::at(&home).args(["resume", "--plain", "--agent", "Lee", "--customer", "Contoso"]).run().exit(11);
    resume.stdout_has("ticket T-1 · customer\nContoso · agent Lee");
}

#[test]
fn a_session_is_deleted_when_somebody_is_sure() {
    let home = Home::new();
    put(&home, "abcd-0001", Some("T-1"), 50);
    put(&home, "bbbb-0002", None, 40);
    let delete = |args: &[&str]| Program::at(&home).args([&["sessions", "--delete"], args].concat()).run();
    let nobody = "error: deleting needs somebody who says yes\nhelp: run it in a terminal, or add `--yes`\n";
    delete(&["abcd"]).exit(20).stdout("").stderr(nobody);
    delete(&["zz", "--yes"]).exit(3);
    delete(&["abc", "--yes"]).exit(2).stderr_has("if <id> is meant, name it by 4 characters or more");
    delete(&["abcd", "--limit", "3"]).exit(2);
    Program::at(&home).args(["sessions", "--yes"]).run().exit(2);
    assert_eq!(home.sessions().len(), 2);
    delete(&["abcd", "--yes"]).exit(0).stdout("").stderr("session <id> is deleted\n");
    assert_eq!(home.sessions().len(), 1);
    let mut at = Spawn::new(&home).args(["sessions", "--delete", "b"]).start();
    at.wait_said("Delete session bbbb-0002 (lamp-dark, open, last event")
        .wait_said("sure?")
        .send("n")
        .wait_said("nothing was deleted")
        .exit(1);
    assert_eq!(home.sessions().len(), 1);
    let mut at = Spawn::new(&home).args(["sessions", "--delete", "b"]).start();
    at.wait_said("It cannot be had back.").wait_said("sure?").send("y").wait_said("is deleted").exit(0);
    assert_eq!(home.sessions().len(), 0);
}

#[test]
fn a_session_that_is_open_elsewhere_is_not_deleted() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('y').wait_said("2. Does the error text").wait_asked();
    let id = home.stored().id;
    let done = Program::at(&home).args(["sessions", "--delete", &id, "--yes"]).run().exit(3);
    done.stderr_has("is open in another process");
    at.press('q').exit(11);
    assert_eq!(home.sessions().len(), 1);
}

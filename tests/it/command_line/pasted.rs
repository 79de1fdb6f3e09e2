//! The error text as it was pasted: masked, kept, shown, and filled into commands.

use rootwalk::walk::{Event, NoteKind};

use crate::home::{Home, LAMP};
use crate::program::Program;
use crate::terminal::Terminal;

const ERROR: &str = "{\"code\":\"L-1\",\"message\":\"lamp is dark; Password=hunter2;\",\"socketName\":\"hall-2\",\"by\":\"ann@contoso.com\"}\n\
                     \u{1b}[31m  at Lamp.Light()\n```\n<b>";

/// A home that knows a lamp whose socket has a name.
fn home() -> std::sync::Arc<Home> {
    let home = Home::new();
    let lamp = LAMP.replace("plug --in", "plug --in <socket-name> --as <user>");
    home.write("data/rootwalk/flows/lamp-dark.ron", &lamp);
    home.write("work/error.txt", ERROR);
    home
}

#[test]
fn a_pasted_text_is_masked_kept_shown_and_fills_commands() {
    let home = home();
    let walk =
        Program::at(&home).args(["walk", "L-1", "--plain", "--pasted", "error.txt"]).stdin("no\n").run().exit(11);
    let walk = walk
        .stdout_has("The error text as you pasted it is kept; masked: 1 password, 1 e-mail address.")
        .in_plain_text();
    let walk = walk.stdout_has("    plug --in hall-2 --as <user>\n");
    walk.stdout_has("From the pasted text: socket-name hall-2; check before you run it");
    let events = home.events();
    let Some(Event::Pasted { pasted }) = events.first() else { panic!("{events:?}") };
    assert!(pasted.text.contains("Password=[password 1];") && pasted.text.contains("[e-mail address 1]"), "{pasted:?}");
    let bytes = std::fs::read(home.store_path()).expect("a store");
    assert!(!bytes.windows(7).any(|window| window == b"hunter2"));
    for (format, expected) in [
        ("markdown", "````text\n{\"code\":\"L-1\""),
        ("text", "The error as it was pasted\n----"),
        ("html", "<pre class=\"pasted\"><code>{"),
        ("json", "\"left_out\": 0"),
    ] {
        let done = Program::at(&home).args(["export", "--format", format]).run().exit(0).stdout_has(expected);
        done.stdout_has("plug --in hall-2").in_plain_text();
    }
    let id = home.stored().id;
    Program::at(&home).args(["handover", &id]).run().exit(0).stdout_has("Pasted     {\"code\":\"L-1\"");
    Program::at(&home).args(["resume", "--plain"]).run().exit(11).stdout_has("The error text as you pasted it is kept");
    let exported = Program::at(&home).args(["export", "--format", "json"]).run().exit(0).stdout;
    home.write("work/session.json", &exported);
    Program::at(&home).args(["replay", "session.json"]).run().exit(0);
}

#[test]
fn what_stands_at_a_variable_part_of_the_flows_own_message_fills_commands() {
    let home = Home::new();
    let lamp =
        LAMP.replace("\"lamp is dark\"", "\"Lamp '<lamp-name>' found no socket called '<socket-name>' in the hall\"");
    let lamp = lamp.replace("plug --in", "plug --in <socket-name> --lamp <lamp-name>");
    home.write("data/rootwalk/flows/lamp-dark.ron", &lamp);
    let walk = |message: &str| {
        home.write("work/error.txt", message);
        let walk = Program::at(&home).args(["walk", "L-1", "--plain", "--pasted", "error.txt"]).stdin("no\n").run();
        walk.exit(11).in_plain_text()
    };
    let filled = walk("2026-11-21 ERROR lamp 'desk-1' found no socket called 'hall-2'\nin the hall (socket type C)");
    let filled = filled.stdout_has("    plug --in hall-2 --lamp desk-1\n");
    let told = "From the pasted text: socket-name hall-2, lamp-name desk-1; check before you run it";
    assert!(filled.stdout.split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{}", filled.stdout);
    for other in ["a socket called 'hall-2' in the hall", "Lamp 'x' found no socket called '$(rm)' in the hall"] {
        walk(other).stdout_has("plug --in <socket-name>");
    }
    walk("Lamp 'a' found no socket called 'ann@contoso.com' in the hall").stdout_has("plug --in <socket-name>");
}

#[test]
fn a_question_about_the_message_shows_what_was_pasted_of_it() {
    let home = Home::new();
    let lamp = LAMP.replace("Is the plug in?", "Does the message name NoCurrent?");
    home.write("data/rootwalk/flows/lamp-dark.ron", &lamp);
    let walk = |message: &str| {
        home.write("work/error.txt", message);
        Program::at(&home).args(["walk", "L-1", "--plain", "--pasted", "error.txt"]).stdin("q\n").run().exit(11)
    };
    walk("lamp is dark\nreason: NoCurrent; pwd=hunter2")
        .stdout_has("You pasted: lamp is dark reason: NoCurrent; pwd=[password 1]");
    let long = format!("lamp is dark\nreason: NoCurrents{}", " and more".repeat(10));
    walk(&long).stdout_has("What you pasted holds none of these words.");
    assert!(!walk("lamp is dark").stdout.contains("ou pasted holds"));
}

#[test]
fn the_message_is_kept_where_words_tried_after_it_find_the_error() {
    let home = Home::new();
    let input = "Zxcv qwer uiop: asdf ghjk yxcv\n\n2403\n\n1\nq\n";
    let walk = Program::at(&home).args(["--plain"]).stdin(input).run().exit(11);
    walk.stdout_has("No error that rootwalk knows fits this text.");
    let Some(Event::Pasted { pasted }) = home.events().into_iter().next() else { panic!("nothing was kept") };
    assert_eq!(pasted.text, "Zxcv qwer uiop: asdf ghjk yxcv");
}

#[test]
fn standard_input_is_taken_where_the_answers_are_given() {
    let home = home();
    let walk = |args: &[&str]| Program::at(&home).args([&["walk", "L-1", "--pasted"], args].concat()).stdin(ERROR);
    let done = walk(&["-", "--answer", "plugged-in=no", "--fix", "unplugged=fixed"]).run().exit(0);
    done.stdout("resolved: unplugged\n").stderr("pasted text: masked: 1 password, 1 e-mail address\n");
    assert!(matches!(home.events().first(), Some(Event::Pasted { .. })));
    walk(&["-", "--plain"]).run().exit(2).stderr_has("error: `--pasted -` takes standard input, and nothing is left");
    walk(&["none.txt", "--plain"]).run().exit(3);
    home.write("work/empty.txt", " \n");
    walk(&["empty.txt", "--plain"]).run().exit(2).stderr_has("error: `empty.txt` holds no text\n");
    home.write("work/large.txt", &"x".repeat(1024 * 1024 + 1));
    walk(&["large.txt", "--plain"]).run().exit(2).stderr_has("has more than a megabyte");
    walk(&["error.txt", "--from", "plugged-in"]).run().exit(2);
    assert_eq!(home.sessions().len(), 1);
}

#[test]
fn a_file_as_powershell_writes_it_is_read() {
    let home = home();
    let utf16: Vec<u8> = "\u{feff}socketName: hall-2".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(home.path("work/error.txt"), utf16).expect("a file");
    let walk = Program::at(&home).args(["walk", "L-1", "--plain", "--pasted", "error.txt"]).stdin("no\n").run();
    walk.exit(11).stdout_has("plug --in hall-2");
}

#[test]
fn what_is_typed_is_masked_before_it_is_kept() {
    let home = home();
    let typed = "t\npwd=hunter2 does not work\nt\npromise: write to ann@contoso.com\nt\nerror: socketName: hall-3 pwd=hunter2\nt\nerror:\n\
                 e\nyes\nKim, with pwd=hunter2\n";
    let walk = Program::at(&home)
        .args(["walk", "L-1", "--plain", "--symptom", "dark, says ann@contoso.com"])
        .stdin(typed)
        .run();
    let walk = walk.exit(1).stderr_has("--symptom: Masked: 1 e-mail address.\n");
    let walk = walk.stdout_has("Noted. Masked: 1 password.\n").stdout_has("Masked: 1 password.\n");
    walk.stdout_has("The error text is kept; masked: 1 password. Look it over").stdout_has("there was no text");
    let events = home.events();
    let note = |note, text: &str| Event::Noted { note, text: text.to_owned() };
    assert_eq!(events[0], note(NoteKind::Note, "pwd=[password 1] does not work"));
    assert_eq!(events[1], note(NoteKind::Promise, "write to [e-mail address 1]"));
    assert!(matches!(&events[2], Event::Pasted { pasted } if pasted.text == "socketName: hall-3 pwd=[password 1]"));
    assert_eq!(events[3], Event::Escalated { reason: "Kim, with pwd=[password 1]".to_owned() });
    assert_eq!(home.session().about().symptom.as_deref(), Some("dark, says [e-mail address 1]"));
}

#[test]
fn an_error_of_many_lines_is_pasted_into_a_note() {
    let home = home();
    let mut at = Terminal::walk(&home, "L-1");
    at.press('t').wait_text();
    at.paste("error: lamp is dark\nsocketName: hall-4\npwd=hunter2\n")
        .wait_said("The error text is kept; masked: 1 password.");
    at.wait_said("1. Is the plug in?").wait_asked().press('n').wait_said("plug --in hall-4 --as <user>");
    at.wait_said("From the pasted text: socket-name hall-4").wait_asked().press('q').exit(11);
    let Some(Event::Pasted { pasted }) = home.events().into_iter().next() else { panic!("nothing was kept") };
    assert_eq!(pasted.text, "lamp is dark\nsocketName: hall-4\npwd=[password 1]");
}

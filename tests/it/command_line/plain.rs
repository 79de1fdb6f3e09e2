//! Plain lines: the whole walk, piped in and compared whole.

use rootwalk::flow::Answer;
use rootwalk::walk::Event;

use crate::home::{Home, LAMP};
use crate::program::Program;

fn lamp(home: &std::sync::Arc<Home>, input: &str) -> Program {
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    Program::at(home).args(["walk", "lamp-dark", "--plain"]).stdin(input)
}

fn answers(home: &Home) -> Vec<Answer> {
    let answer = |event| match event {
        Event::Answered { answer, .. } => Some(answer),
        _ => None,
    };
    home.events().into_iter().filter_map(answer).collect()
}

#[test]
fn a_whole_walk() {
    let home = Home::new();
    let args = ["--ticket", "T-7", "--customer", "宽字", "--agent", "Kim", "--symptom", "it is dark"];
    let done = lamp(&home, "n\nd\ny\n").args(args).run().exit(0).stderr("").in_plain_text();
    done.stdout(
        "
L-1 · The lamp is dark
low severity · power · Lamp · ticket T-7 · customer 宽字 · agent Kim · session
<id>
“it is dark”

No light.

0 of 2 causes ruled out; 1 to 2 questions to go

1. Is the plug in?
Where: Look at the plug (h shows how)
1. yes (y)
2. no (n)
3. not sure (u)
4. why (w)  5. how (h)  6. back (b)  7. note (t)  8. causes (c)  9. revise (r)
10. escalate (e)  11. quit (q)  12. help (?)
no — rules out: The switch is off

Most likely cause: The plug is out
No current.

Why we think so:
  • Is the plug in? — no

How to fix it
1. Put the plug in (minutes)

Step 1 of 1: Put the plug in
   Push.

    plug --in

1. done (d)
2. skip (s)
3. failed (f)
4. verify now (v)
5. later (l)
6. why (w)  7. back (b)  8. note (t)  9. causes (c)  10. revise (r)
11. escalate (e)  12. quit (q)  13. help (?)

Fixing: The plug is out

Did this fix it?
1. yes (y)
2. no (n)
3. later (l)
4. why (w)  5. back (b)  6. note (t)  7. causes (c)  8. revise (r)
9. escalate (e)  10. quit (q)  11. help (?)

Resolved: The plug is out
The fix was verified: it worked.
  done: Put the plug in

Transcript
  rootwalk export <id> --format markdown
",
    );
}

#[test]
fn words_numbers_and_keys_are_the_same() {
    for input in ["y\nn\nv\ny\n", "yes\nNO\nverify now\nfixed\n", "1\n2\n4\n1\n", " Yes \r\nno\r\nverify\r\ny\r\n"] {
        let home = Home::new();
        lamp(&home, input).run().exit(0).stdout_has("Resolved: The switch is off");
        assert_eq!(answers(&home), [Answer::Yes, Answer::No], "{input:?}");
    }
}

#[test]
fn what_is_no_choice_is_asked_again() {
    let home = Home::new();
    let done = lamp(&home, "perhaps\n99\n\n\x1b[31mred\ny\n").run().exit(11).in_plain_text();
    done.stdout_has("`perhaps` is none of the choices").stdout_has("`\\u{1b}[31mred` is none of the choices");
    assert_eq!(answers(&home), [Answer::Yes]);
}

#[test]
fn the_end_of_the_input_pauses_and_resume_goes_on_at_the_same_question() {
    let home = Home::new();
    lamp(&home, "y\n").run().exit(11).stderr("Saved. Go on with: rootwalk resume <id>\n");
    let resume = |input: &str| Program::at(&home).args(["resume", "--plain"]).stdin(input).run();
    resume("").exit(11).stdout_has("2. Is the switch on?").stdout_has("1 of 2 causes ruled out; 1 question to go");
    // A line without its end is still a line.
    resume("n").exit(11).stdout_has("Most likely cause: The switch is off");
    resume("v\nl\n").exit(11);
    resume("v\ny\n").exit(0).stdout_has("Resolved: The switch is off");
    assert_eq!(answers(&home), [Answer::Yes, Answer::No]);
}

#[test]
fn everything_can_be_done_by_lines() {
    let home = Home::new();
    let input = "y\nb\nu\nt\npromise: call back\nc\nw\nh\n?\nr\n1\n1\nr\n\ne\nn\ne\ny\nthe maker\n";
    let done = lamp(&home, input).run().exit(1).in_plain_text();
    let done = done.stdout_has("Taken back:").stdout_has("Noted.").stdout_has("Still possible, most likely first");
    let done = done.stdout_has("The plug is out\nNo current.").stdout_has("`h` is none of the choices");
    done.stdout_has("Keys and words").stdout_has("Escalated\nthe maker\n");
    assert_eq!(home.session().promises(), ["call back"]);
}

#[test]
fn the_environment_can_ask_for_plain_lines() {
    for (name, value, is_plain) in
        [("ACCESSIBLE", "1", true), ("ACCESSIBLE", "yes", true), ("ACCESSIBLE", "0", false), ("ACCESSIBLE", "", false)]
    {
        let home = Home::new();
        home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
        let done = Program::at(&home).args(["walk", "lamp-dark"]).env(name, value).stdin("y\n").run().in_plain_text();
        done.exit(if is_plain { 11 } else { 20 });
    }
}

#[test]
fn an_error_is_picked_by_its_number() {
    let home = Home::new();
    home.write("data/rootwalk/flows/a-lamp-dark.ron", &LAMP.replace("lamp-dark", "a-lamp-dark"));
    let shipped = rootwalk::catalog::ron_files(std::path::Path::new("flows")).expect("flows").len();
    let done = Program::at(&home).args(["--plain"]).stdin("\n9999\n1\ny\n").run().exit(11).in_plain_text();
    done.stdout_has("1. L-1 The lamp is dark (Lamp)")
        .stdout_has(&format!("type a number from 1 to {}", shipped + 1))
        .stdout_has("2. Is the switch on?");
    assert_eq!(home.session().flow().id(), "a-lamp-dark");
    Program::at(&home).args(["--plain"]).stdin("\n\n").run().exit(1);
    Program::at(&home).args(["--plain"]).stdin("").run().exit(1);
}

#[test]
fn a_fix_that_holds_nothing_new_is_tried_last_and_says_so() {
    let home = Home::new();
    // No socket has current, either: the same plug is put in again. The switch speaks against as many answers.
    let lamp = LAMP.replace(
        "\"switched-off\": (title",
        "\"loose\": (title: \"The plug is loose\", why: \"Bad contact.\", likelihood: Common, fix: [\"plug-in\"]), \
         \"switched-off\": (title",
    );
    let lamp = lamp.replace("yes: Escalate(\"Ask the maker.\")", "yes: Cause(\"loose\")");
    home.write("data/rootwalk/flows/lamp-dark.ron", &lamp);
    let walk = |input: &str| {
        let walk = Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin(input).run().in_plain_text();
        let next = |line: &str| line.strip_prefix("Next to try: ").map(str::to_owned);
        (walk.stdout.lines().filter_map(next).collect::<Vec<_>>(), walk.stdout.clone())
    };
    let told = "Each of these steps was done already.";
    let (next, said) = walk("n\nd\nn\nd\nn\n");
    assert_eq!(next, ["The switch is off", "The plug is loose"], "{said}");
    assert!(said.rsplit("The plug is loose").next().is_some_and(|last| last.contains(told)), "{said}");
    assert_eq!(said.matches(told).count(), 1);
    // What was skipped was not done.
    let (next, said) = walk("n\ns\nn\nd\nn\n");
    assert_eq!(next, ["The plug is loose", "The switch is off"], "{said}");
    assert!(!said.contains(told));
}

#[test]
fn an_escalation_refused_for_another_answer_is_offered_again() {
    let home = Home::new();
    // Plugged in and switched on is for the maker; what is not plugged in may be a fuse, or for the maker, too.
    let lamp = LAMP.replace("no: Cause(\"unplugged\")", "no: Ask(\"fuse-out\")").replace(
        "\"switched-on\": (ask",
        "\"fuse-out\": (ask: \"Is the fuse out?\", yes: Cause(\"unplugged\"), no: Escalate(\"Ask the maker.\")), \"switched-on\": (ask",
    );
    home.write("data/rootwalk/flows/lamp-dark.ron", &lamp);
    // At the maker's door: no, go on looking; then the first answer is changed.
    let input = "y\ny\nn\nr\n1\n2\n";
    let walk = Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin(input).run().in_plain_text();
    walk.exit(11).stdout_has("Is the fuse out?");
}

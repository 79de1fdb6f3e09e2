//! Previews: a walk from a question in the middle of a flow, of which nothing is stored.

use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

fn preview(home: &Arc<Home>, args: &[&str], lines: &str) -> Done {
    Program::at(home).args(["walk"]).args(args.iter().copied()).stdin(lines).run().in_plain_text()
}

fn lamp() -> Arc<Home> {
    let home = Home::new();
    home.write("work/lamp-dark.ron", LAMP);
    home
}

#[test]
fn a_preview_begins_at_the_question_and_says_what_it_took_as_answered() {
    let home = lamp();
    insta::assert_snapshot!(
        preview(&home, &["lamp-dark.ron", "--from", "switched-on", "--plain"], "n\nv\ny\n").exit(0)
    );
    assert!(!home.store_path().exists(), "a preview is no session");
}

#[test]
fn a_preview_that_is_left_leaves_nothing() {
    let home = lamp();
    let done = preview(&home, &["lamp-dark.ron", "--from", "switched-on", "--plain"], "b\nq\n").exit(0);
    done.stdout_has("Taken back: Is the plug in? — yes\n").stderr("This was a preview: nothing is stored.\n");
    assert!(!home.store_path().exists());
}

#[test]
fn a_preview_takes_answers_for_what_comes_after() {
    let home = lamp();
    let args = ["lamp-dark.ron", "--from", "switched-on", "--answer", "switched-on=no"];
    preview(&home, &args, "").exit(11).stdout("paused at the fix `switched-off`\n");
    let done = preview(&home, &[&args[..], &["--fix", "switched-off=fixed", "--format", "json"]].concat(), "").exit(0);
    assert_eq!((&done.json()["state"], &done.json()["session"]), (&"resolved".into(), &"preview".into()));
    preview(&home, &["2403", "--from", "identity-enabled", "--answer", "identity-enabled=no"], "").exit(11);
    assert!(!home.store_path().exists());
}

#[test]
fn a_question_that_is_not_there_or_not_reached_is_said() {
    let home = lamp();
    let done = preview(&home, &["lamp-dark.ron", "--from", "switched-no", "--plain"], "").exit(2);
    done.stderr_has("`lamp-dark` has no question `switched-no`").stderr_has("did you mean `switched-on`?");
    home.write(
        "work/lost.ron",
        &LAMP.replace("yes: Ask(\"switched-on\")", "yes: Cause(\"switched-off\")").replace("lamp-dark", "lost"),
    );
    let done = preview(&home, &["lost.ron", "--from", "switched-on", "--plain"], "").exit(2);
    done.stderr_has("no answers lead straight to the question `switched-on`");
}

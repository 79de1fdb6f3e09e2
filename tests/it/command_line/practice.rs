//! Practice: a customer with a hidden cause, questioned through piped lines.

use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

fn practise(home: &Arc<Home>, args: &[&str], lines: &str) -> Done {
    let program = Program::at(home).args(["rehearse", "--practice"]).args(args.iter().copied());
    program.stdin(lines).run().in_plain_text()
}

fn lamp() -> Arc<Home> {
    let home = Home::new();
    home.write("work/lamp-dark.ron", LAMP);
    home
}

/// On the list stand two questions, two fixes and the way out.
const FILE: &str = "lamp-dark.ron";

#[test]
fn a_practice_from_the_call_to_the_review() {
    let home = lamp();
    insta::assert_snapshot!(
        practise(&home, &[FILE, "--cause", "switched-off", "--plain"], "2\nplug\n7\nnot there\n3\n4\n").exit(0)
    );
    assert!(!home.store_path().exists(), "a practice is no session");
}

#[test]
fn the_guided_walk_is_worth_a_hundred() {
    let home = lamp();
    let done = practise(&home, &[FILE, "--cause", "unplugged", "--plain"], "1\n3\n").exit(0);
    done.stdout_has("Score 100: as good as the guided walk").stdout_has("time          10 min        10 min\n");
    let done = practise(&home, &[FILE, "--cause", "unplugged", "--plain"], "3\n").exit(0);
    done.stdout_has("Score 200: you beat the guided walk by 5 min");
}

#[test]
fn the_same_number_is_the_same_customer_and_the_next_one_has_another_cause() {
    let home = lamp();
    let run = || practise(&home, &[FILE, "--seed", "7", "--plain"], "3\n1\n3\n4\n2\n").exit(0);
    let first = run();
    assert_eq!(first.stdout, run().stdout);
    let second = first.stdout.matches(" · customer ").count();
    assert_eq!(second, 2, "{first}");
    let first = first.stdout_has(" · customer 7\n").stdout_has("Found: The plug is out\n");
    first.stdout_has("Found: The switch is off\n").stdout_has("Your best so far: 200\n");
}

#[test]
fn giving_up_says_what_it_was_and_how_the_guided_walk_finds_it() {
    let home = lamp();
    for lines in ["5\n", "q\n", "", "1\n"] {
        let done = practise(&home, &[FILE, "--cause", "switched-off", "--plain"], lines).exit(1);
        done.stdout_has("It was: The switch is off\n")
            .stdout_has("The guided walk\n1. Is the plug in? — yes (5 min)\n");
    }
}

#[test]
fn a_practice_needs_a_flow_a_cause_that_is_there_and_somebody() {
    let home = lamp();
    let done = practise(&home, &[FILE, "--cause", "switched-of", "--plain"], "").exit(2);
    done.stderr_has("`lamp-dark` has no cause `switched-of`").stderr_has("did you mean `switched-off`?");
    practise(&home, &["2404", "--plain"], "").exit(2).stderr_has("there is no flow for `2404`");
    practise(&home, &[FILE], "").exit(20);
    practise(&home, &[FILE, "--cause", "a", "--seed", "1"], "").exit(2);
}

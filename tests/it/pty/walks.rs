//! Walks by keys: each of the three errors to each of its causes, and everything one can do on the way.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use rootwalk::flow::{Answer, CauseIx, End, FixResult, Rehearsal};
use rootwalk::walk::{Event, Mark, NoteKind, Prompt, Session, Wording};

use crate::home::{Home, shipped};
use crate::sessions::{apply, start};
use crate::terminal::{Spawn, Terminal};

/// Walks that are at a terminal at the same time: they wait more than they work.
const AT_ONCE: usize = 8;

/// Plays a rehearsal by keys, beside a session in memory that says what comes next; presses on through the fix until it is
/// verified. Returns the cause, if the rehearsal ends at one.
fn play(flow: &str, rehearsal: &Rehearsal) -> Option<CauseIx> {
    let home = Home::new();
    let mut expected = start(&shipped(flow));
    let mut at = Terminal::walk(&home, flow);
    loop {
        let flow = expected.flow();
        match expected.prompt() {
            Prompt::Question(question) => {
                let asked = flow.question(question);
                at.wait_said(&format!("{}. {}", expected.leg().asked().len() + 1, asked.ask)).wait_for(&asked.ask);
                let answer = rehearsal.script.answer(question).expect("the rehearsal answers what is asked");
                at.press(match answer {
                    Answer::Yes => 'y',
                    Answer::No => 'n',
                    Answer::Unsure => 'u',
                });
                let event = Event::Answered { question: asked.id.clone(), answer, shown: Wording::Ask };
                apply(&mut expected, event);
            }
            Prompt::Fix { cause, .. } => {
                let result = rehearsal.script.fix(cause).unwrap_or(FixResult::Fixed);
                fix(&mut at, &mut expected, cause, result);
                if result == FixResult::Fixed {
                    at.exit(0).wait_said(&format!("Resolved: {}", expected.flow().cause(cause).title));
                    assert_eq!(home.events(), events(&expected));
                    return Some(cause);
                }
            }
            Prompt::HandOff(outcome) => {
                let to = flow.outcome(outcome).hand_off().expect("a hand-off");
                at.wait_said(&format!("This looks like another error: {to}")).press('y');
                let title = shipped(to).flow().error().title.clone();
                at.wait_said(&title).press('q').exit(11);
                assert_eq!(home.session().flow().id(), to);
                return None;
            }
            Prompt::Escalation(_) => {
                at.wait_said("Escalate now?").press('e').exit(1).wait_said("Escalated");
                return None;
            }
            Prompt::Ended(_) => unreachable!("a fix that worked returns"),
        }
    }
}

/// Does every step of a fix and says whether it worked.
fn fix(at: &mut Terminal, expected: &mut Session, cause: CauseIx, result: FixResult) {
    let title = &expected.flow().cause(cause).title;
    let is_ruled_out = matches!(expected.prompt(), Prompt::Fix { contradicts, .. } if !contradicts.is_empty());
    let lead = if is_ruled_out { "Next to try:" } else { "Most likely cause:" };
    at.wait_said(&format!("{lead} {title}"));
    while let Some(step) = expected.leg().next_step(expected.flow(), cause) {
        at.wait_said(&expected.flow().step(step).title).press('d');
        let (cause, step) = (expected.flow().cause(cause).id.clone(), expected.flow().step(step).id.clone());
        apply(expected, Event::StepMarked { cause, step, mark: Mark::Done });
    }
    at.wait_said("Did this fix it?").press(if result == FixResult::Fixed { 'y' } else { 'n' });
    let cause = expected.flow().cause(cause).id.clone();
    apply(expected, Event::FixVerified { cause, result });
}

fn events(session: &Session) -> Vec<Event> {
    session.records()[1..].iter().map(|record| record.event.clone()).collect()
}

fn every_cause_is_reached_by_keys(id: &str) {
    let edition = shipped(id);
    let flow = edition.flow();
    let left = Mutex::new(flow.rehearsals().iter().collect::<Vec<_>>());
    let reached = Mutex::new(BTreeSet::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(rehearsal) = left.lock().expect("no panic holds it").pop() else { break };
                    let cause = play(id, rehearsal);
                    if let (End::Cause(said), None) = (&rehearsal.ends, cause) {
                        panic!("`{}` ends at {} and nothing was resolved", rehearsal.name, flow.cause(*said).id);
                    }
                    reached.lock().expect("no panic holds it").extend(cause);
                }
            });
        }
    });
    let reached = reached.into_inner().expect("no panic held it");
    let lacking: Vec<_> = flow.cause_ixs().filter(|cause| !reached.contains(cause)).collect();
    assert!(
        lacking.is_empty(),
        "not reached: {:?}",
        lacking.iter().map(|&cause| &flow.cause(cause).id).collect::<Vec<_>>()
    );
    println!(
        "{id}: {} rehearsals walked by keys, all {} causes resolved",
        flow.rehearsals().len(),
        flow.causes().len()
    );
}

#[test]
fn each_cause_of_2403_is_reached_by_keys() {
    every_cause_is_reached_by_keys("fabric-pipeline-error-2403");
}

#[test]
fn each_cause_of_4121_is_reached_by_keys() {
    every_cause_is_reached_by_keys("fabric-pipeline-error-4121");
}

#[test]
fn each_cause_of_power_bi_is_reached_by_keys() {
    every_cause_is_reached_by_keys("powerbi-not-authorized-exception");
}

fn answered(question: &str, answer: Answer) -> Event {
    Event::Answered { question: question.to_owned(), answer, shown: Wording::Ask }
}

#[test]
fn back_takes_the_last_answer_back_and_asks_it_again() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('b').wait_said("Nothing to take back");
    at.press('y')
        .wait_said("2. Does the error text")
        .press('b')
        .wait_said("1. Does the identity page")
        .press('q')
        .exit(11);
    let expected = [answered("identity-enabled", Answer::Yes), Event::TakenBack { n: 2 }];
    assert_eq!(home.events(), expected);
    assert!(home.session().leg().asked().is_empty());
}

#[test]
fn an_earlier_answer_is_revised_and_later_ones_are_kept() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('r').wait_said("Nothing is answered yet");
    at.press('y').wait_said("2. Does the error text").press('n').wait_said("3. Does another activity");
    at.press('r').wait_said("❯ yes — Does the identity page").send("\r");
    at.wait_said("❯ yes no not sure").send("\x1b[B\r");
    at.wait_said("Most likely cause: The factory or workspace has no usable identity");
    at.press('r').wait_said("❯ no — Does the identity page").send("\r").wait_said("❯ yes no not sure").send("\r");
    at.wait_said("3. Does another activity").press('q').exit(11);
    let revised = |answer| Event::Revised { question: "identity-enabled".to_owned(), answer };
    let expected = [
        answered("identity-enabled", Answer::Yes),
        answered("target-answered-403", Answer::No),
        revised(Answer::No),
        revised(Answer::Yes),
    ];
    assert_eq!(home.events(), expected);
}

#[test]
fn a_list_is_left_without_a_change() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('y').wait_said("2. Does the error text").press('r').wait_said("❯ yes — Does the identity page");
    at.send("\x1b").wait_said("2. Does the error text");
    assert!(!at.is_cursor_hidden());
    at.press('r').wait_said("❯ yes — Does the identity page").send("\r").wait_said("❯ yes no not sure").send("\r");
    at.wait_said("Nothing changed").press('q').exit(11);
    assert_eq!(home.events(), [answered("identity-enabled", Answer::Yes)]);
}

#[test]
fn not_sure_asks_on_and_both_sides_stay_open() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('u').wait_said("not sure — nothing ruled out").press('c');
    at.wait_said("Still possible, most likely first 1. The").wait_said("6. A rule of the tenant").press('q').exit(11);
    assert_eq!(home.events(), [answered("identity-enabled", Answer::Unsure)]);
}

#[test]
fn notes_are_stored_as_what_they_are() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    for text in ["the run at 02:00 failed, 宽 too", "promise: call back on Friday", "Symptom: nothing loads", ""] {
        at.press('t').wait_text().send(text).send("\r").wait_said("1. Does the identity page");
    }
    at.press('q').exit(11);
    let noted = |note, text: &str| Event::Noted { note, text: text.to_owned() };
    let expected = [
        noted(NoteKind::Note, "the run at 02:00 failed, 宽 too"),
        noted(NoteKind::Promise, "call back on Friday"),
        noted(NoteKind::Symptom, "nothing loads"),
    ];
    assert_eq!(home.events(), expected);
}

#[test]
fn why_how_causes_and_help_explain_and_ask_again() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    for (key, says) in [
        ('w', "yes: leaves The resource URL is wrong"),
        ('h', "az resource show --resource-group <resource-group>"),
        ('c', "1. The factory or workspace has no usable identity (common, fix takes minutes)"),
        ('?', "b back: takes back what you did last"),
    ] {
        at.press(key).wait_said(says).wait_said("1. Does the identity page").wait_asked();
    }
    at.press('y').wait_said("2. Does the error text").press('c');
    at.wait_said("Ruled out • The factory or workspace has no usable identity Does the identity page");
    at.press('q').exit(11);
    assert_eq!(home.events().len(), 1);
}

#[test]
fn a_fix_that_failed_leads_to_the_next_cause() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('n').wait_said("Most likely cause: The factory").press('w').wait_said("Step 1 of 4").press('s');
    at.wait_said("Step 2 of 4").press('f').wait_said("Step 3 of 4").press('v').wait_said("Did this fix it?").press('n');
    at.wait_said("Next to try:").wait_said("Everything your answers left open has been tried").press('q').exit(11);
    let session = home.session();
    assert_eq!(session.leg().failed().len(), 1);
    let Prompt::Fix { contradicts, .. } = session.prompt() else { panic!("the next cause: {:?}", session.prompt()) };
    assert_eq!(contradicts.len(), 1);
}

#[test]
fn after_the_last_step_only_keys_that_there_are_are_named() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('n').wait_said("Step 1 of 4").press('f').wait_said("Step 2 of 4").wait_said("v then no tries the next");
    at.press('d').wait_said("Step 3 of 4").press('d').wait_said("Step 4 of 4").press('f').wait_said("Did this fix it?");
    assert!(at.since_key().contains("answer no: the next cause"), "{}", at.since_key());
    assert!(!at.since_key().contains("v then no"), "{}", at.since_key());
    at.press('q').exit(11);
}

#[test]
fn quit_and_resume_goes_on_at_the_same_question() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('y').wait_said("2. Does the error text").press('q').exit(11);
    at.wait_said(&format!("Saved. Go on with: rootwalk resume {}", home.stored().id));
    at.again("resume").wait_said("2. Does the error text").press('n').wait_said("3. Does another activity").press('q');
    at.exit(11);
    assert_eq!(home.events(), [answered("identity-enabled", Answer::Yes), answered("target-answered-403", Answer::No)]);
}

#[test]
fn later_and_resume_goes_on_at_the_same_fix() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('n').wait_said("Step 1 of 4").press('d').wait_said("Step 2 of 4").press('v').wait_said("Did this fix it?");
    at.press('l').exit(11);
    at.again("resume").wait_said("Step 2 of 4").press('v').wait_said("Did this fix it?").press('y').exit(0);
    at.wait_said("Resolved: The factory or workspace has no usable identity").wait_said("done: Switch the identity on");
}

#[test]
fn escalating_asks_whether_and_to_whom() {
    let home = Home::new();
    let mut at = Terminal::walk(&home, "2403");
    at.press('e').wait_said("sure?").send("n").wait_said("1. Does the identity page");
    at.press('e').wait_said("sure?").send("y").wait_said("to whom").wait_text().send("network team\r").exit(1);
    assert_eq!(home.events(), [Event::Escalated { reason: "network team".to_owned() }]);
}

#[test]
fn an_error_is_picked_from_the_list_by_typing() {
    let home = Home::new();
    let mut at = Spawn::new(&home).start();
    let all = rootwalk::catalog::ron_files(std::path::Path::new("flows")).expect("flows").len();
    at.wait_said("Paste the error").wait_asked().send("\r");
    at.wait_for(&format!("{all} of {all}; type to narrow")).wait_asked().send("powerbinot exc");
    at.wait_said(&format!("1 of {all}")).send("\r");
    at.wait_said("PowerBINotAuthorizedException").wait_said("1. ").press('q').exit(11);
    assert_eq!(home.session().flow().id(), "powerbi-not-authorized-exception");
    at.again("").wait_said("Paste the error").wait_asked().send("\r");
    at.wait_said("type to narrow").wait_asked().send("\x1b").exit(1);
    at.again("").wait_said("Paste the error").wait_asked().send("\x1b").exit(1);
}

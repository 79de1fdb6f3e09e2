//! Facts carried across a hand-off: what one flow asked is not asked again in the next.

use std::collections::HashSet;

use proptest::prelude::*;
use rootwalk::flow::{Answer, FixResult, QuestionIx};
use rootwalk::transcript::{self, Transcript};
use rootwalk::walk::{Event, Prompt, Session, narrow};

use crate::random::{Random, tangled};
use crate::sessions::{answered, apply, apply_to, edition, moves, start};
use crate::walks::{asks_what_the_book_says, explore};

const ANSWERS: [Answer; 3] = [Answer::Yes, Answer::No, Answer::Unsure];

/// A flow that asks for a row of facts and then hands off: each `no` leads past a cause of its own.
fn row(id: &str, facts: &[String], to: &str) -> String {
    let (mut causes, mut questions) = (String::new(), String::new());
    for (n, fact) in facts.iter().enumerate() {
        let next = if n + 1 < facts.len() { format!("Ask(\"q{}\")", n + 1) } else { format!("HandOff(\"{to}\")") };
        causes += &format!("\"c{n}\": (title: \"{id} {n}\", why: \"w\", likelihood: Rare, fix: [\"s\"]), ");
        questions +=
            &format!("\"q{n}\": (ask: \"{fact}, asked by {id}?\", fact: \"{fact}\", yes: {next}, no: Ask(\"p{n}\")), ");
        questions += &format!("\"p{n}\": (ask: \"Past {n}?\", yes: Cause(\"c{n}\"), no: {next}), ");
    }
    format!(
        "#![enable(implicit_some)]\nFlow(format: 1, id: \"{id}\", error: (code: \"{id}\", title: \"t\", product: \"p\", category: \"c\", \
         severity: Low, meaning: \"m\", source: \"s\", checked: \"2026-11-20\"), causes: {{{causes}}}, \
         steps: {{\"s\": (title: \"s\", text: \"s\", effort: Minutes, risk: Safe)}}, start: \"q0\", questions: {{{questions}}})"
    )
}

fn facts(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("fact-{n}")).collect()
}

/// Answers the questions of a row, and comes to its hand-off.
fn walk_row(session: &mut Session, mut answer: impl FnMut(&str) -> Answer) {
    loop {
        let flow = session.flow();
        let event = match session.prompt() {
            Prompt::Question(question) => {
                let answer = flow.question(question).fact.as_deref().map_or(Answer::No, &mut answer);
                answered(flow, question, answer)
            }
            Prompt::Fix { cause, .. } => {
                Event::FixVerified { cause: flow.cause(cause).id.clone(), result: FixResult::NotFixed }
            }
            _ => return,
        };
        apply(session, event);
    }
}

fn hand_off(session: &mut Session, to: &str) {
    let to = edition(to);
    session.add_edition(to.clone());
    apply(session, Event::HandedOff { to: to.flow_ref() });
}

fn known(session: &Session) -> Vec<(String, Answer)> {
    let (flow, leg) = (session.flow(), session.leg());
    let answer = |question| leg.given().answer(question).expect("it is known");
    leg.taken_over().map(|question| (flow.question(question).fact.clone().expect("a fact"), answer(question))).collect()
}

fn pairs(known: &[(&str, Answer)]) -> Vec<(String, Answer)> {
    known.iter().map(|&(fact, answer)| (fact.to_owned(), answer)).collect()
}

/// A walk of a flow of any shape, in which some questions are answered by the flow before.
fn with_facts(seed: u64, questions: usize, causes: usize) -> Session {
    let mut random = Random(seed ^ 0xfac7);
    let mut session = start(&edition(&row("first", &facts(questions), "random")));
    walk_row(&mut session, |_| random.pick(&ANSWERS));
    let mut second = tangled(seed, questions, causes);
    for n in 0..questions {
        if random.below(2) == 0 {
            second = second.replace(&format!("\"q{n}\": (ask"), &format!("\"q{n}\": (fact: \"fact-{n}\", ask"));
        }
    }
    hand_off(&mut session, &second);
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_known_before_a_flow_ends_never_strands_and_reaches_what_is_left(
        seed: u64, questions in 1_usize..6, causes in 1_usize..5,
    ) {
        let session = with_facts(seed, questions, causes);
        let left = narrow(session.flow(), session.edition().ranking(), session.leg()).live;
        let proof = explore(&session);
        prop_assert!(proof.walks > 0);
        prop_assert!(left.iter().all(|cause| proof.reached.contains(cause)), "{:?} of {:?}", proof.reached, left);
        prop_assert!(u128::from(proof.longest) <= 2 * (questions + causes + 8) as u128);
    }

    #[test]
    fn what_is_known_is_not_asked_and_counts_as_an_answer(
        seed: u64, questions in 1_usize..12, causes in 1_usize..8, steps in 0_usize..16,
    ) {
        let mut session = with_facts(seed, questions, causes);
        let known: HashSet<QuestionIx> = session.leg().taken_over().collect();
        let mut random = Random(seed ^ 0xfeed);
        for _ in 0..=steps {
            asks_what_the_book_says(&session)?;
            if let Prompt::Question(asked) = session.prompt() {
                prop_assert!(!known.contains(&asked));
            }
            let moves = moves(&session);
            if moves.is_empty() {
                break;
            }
            let event = moves[random.below(moves.len())].clone();
            apply(&mut session, event);
        }
    }

    #[test]
    fn a_session_with_facts_replays_to_the_byte(seed: u64, questions in 1_usize..8, steps in 0_usize..12) {
        let mut session = with_facts(seed, questions, 4);
        let mut random = Random(seed ^ 0xfeed);
        for _ in 0..steps {
            let mut moves = moves(&session);
            if session.ended().is_none() {
                let revise = |question| Event::Revised { question: session.flow().question(question).id.clone(), answer: random.pick(&ANSWERS) };
                moves.extend(session.leg().taken_over().map(revise));
            }
            moves.extend(session.last_undoable().map(|n| Event::TakenBack { n }));
            let event = moves[random.below(moves.len())].clone();
            apply(&mut session, event);
        }
        let text = transcript::json(&Transcript::of(&session));
        let replayed = transcript::replay(&text);
        prop_assert!(replayed.is_ok(), "{:?}", replayed.err());
        prop_assert!(replayed.is_ok_and(|replayed| replayed.session.is_same_state(&session)));
    }

    #[test]
    fn a_changed_fact_taken_back_is_taken_over_again(seed: u64, questions in 1_usize..8) {
        let session = with_facts(seed, questions, 4);
        for question in session.leg().taken_over() {
            let id = &session.flow().question(question).id;
            let mut changed = session.clone();
            for answer in ANSWERS {
                apply(&mut changed, Event::Revised { question: id.clone(), answer });
                prop_assert_eq!(changed.leg().given().answer(question), Some(answer));
                prop_assert!(changed.leg().asked().contains(&question));
                prop_assert!(changed.leg().taken_over().all(|other| other != question));
            }
            for _ in ANSWERS {
                let n = changed.last_undoable().expect("it was changed");
                apply(&mut changed, Event::TakenBack { n });
            }
            prop_assert!(changed.is_same_state(&session));
        }
    }
}

#[test]
fn the_third_flow_knows_what_the_first_asked_and_the_newest_answer_wins() {
    let mut session = start(&edition(&row("first", &facts(3), "second")));
    walk_row(&mut session, |fact| match fact {
        "fact-0" => Answer::Yes,
        "fact-1" => Answer::No,
        _ => Answer::Unsure,
    });
    hand_off(&mut session, &row("second", &facts(3)[1..], "third"));
    assert_eq!(known(&session), pairs(&[("fact-1", Answer::No)]), "not sure is no answer to take over");
    apply(&mut session, Event::Revised { question: "q0".to_owned(), answer: Answer::Yes });
    walk_row(&mut session, |_| Answer::No);
    hand_off(&mut session, &row("third", &facts(3), "fourth"));
    let all = [("fact-0", Answer::Yes), ("fact-1", Answer::Yes), ("fact-2", Answer::No)];
    assert_eq!(known(&session), pairs(&all));
    let next = session.flow().find_question("p2").expect("what follows the no");
    assert_eq!(session.prompt(), Prompt::Question(next));
    // Who became unsure of it in between does not know it any more.
    apply(&mut session, Event::Revised { question: "q0".to_owned(), answer: Answer::Unsure });
    walk_row(&mut session, |_| Answer::No);
    hand_off(&mut session, &row("fourth", &facts(3), "fifth"));
    assert_eq!(known(&session), pairs(&all[1..]));
}

#[test]
fn a_hand_off_taken_back_takes_back_what_was_taken_over() {
    let mut session = start(&edition(&row("first", &facts(2), "second")));
    walk_row(&mut session, |_| Answer::Yes);
    let before = session.clone();
    let second = row("second", &facts(2), "third");
    hand_off(&mut session, &second);
    assert_eq!(known(&session), pairs(&[("fact-0", Answer::Yes), ("fact-1", Answer::Yes)]));
    let n = session.last_undoable().expect("the hand-off");
    apply(&mut session, Event::TakenBack { n });
    assert!(session.is_same_state(&before));
    // The answer is changed before going on again, and the next flow takes over what stands.
    apply(&mut session, Event::Revised { question: "q1".to_owned(), answer: Answer::No });
    walk_row(&mut session, |_| Answer::Yes);
    hand_off(&mut session, &second);
    assert_eq!(known(&session), pairs(&[("fact-0", Answer::Yes), ("fact-1", Answer::No)]));
}

#[test]
fn a_copy_of_a_question_asks_for_the_same_fact() {
    let first =
        row("first", &facts(2), "second").replace("fact-1, asked", "fact-0, asked").replace("\"fact-1\"", "\"fact-0\"");
    let mut session = start(&edition(&first));
    let mut answers = [Answer::No, Answer::Yes].into_iter();
    walk_row(&mut session, |_| answers.next().expect("two are asked"));
    hand_off(&mut session, &row("second", &facts(1), "third"));
    assert_eq!(known(&session), pairs(&[("fact-0", Answer::Yes)]), "the one asked last counts");
}

#[test]
fn what_is_taken_over_is_in_each_form_of_the_transcript() {
    let mut session = start(&edition(&row("first", &facts(2), "second")));
    walk_row(&mut session, |_| Answer::No);
    hand_off(&mut session, &row("second", &facts(1), "third"));
    let transcript = Transcript::of(&session);
    assert!(transcript::markdown(&transcript).contains("Taken over from before: no to “"));
    assert!(transcript::text(&transcript).contains("Taken over from before: no to"));
    assert!(transcript::html(&transcript).contains("Taken over from before"));
    assert_eq!(transcript.legs[1].answers, []);
    assert_eq!(transcript.legs[1].taken_over.len(), 1);
    let back = transcript::read(&transcript::json(&transcript)).expect("our own export");
    assert!(apply_to(&back, Event::Closed).ended().is_some() && back.is_same_state(&session));
}

#[test]
fn who_comes_back_to_a_flow_is_asked_nothing_again_and_does_not_leave_the_same_way() {
    let first = row("first", &facts(2), "second");
    let mut session = start(&edition(&first));
    walk_row(&mut session, |fact| if fact == "fact-0" { Answer::Yes } else { Answer::Unsure });
    let left = session.leg().clone();
    assert!(matches!(session.prompt(), Prompt::HandOff(_)));
    hand_off(&mut session, &row("second", &facts(3)[2..], "first"));
    walk_row(&mut session, |_| Answer::Yes);
    let before = session.clone();
    hand_off(&mut session, &first);
    let again = session.leg();
    assert_eq!(again.answered().collect::<Vec<_>>(), left.answered().collect::<Vec<_>>());
    assert!(again.answered().all(|question| again.given().answer(question) == left.given().answer(question)));
    assert_eq!((again.failed(), again.asked().len()), (left.failed(), 0));
    // All that is left on this flow is what the answers ruled out.
    assert!(matches!(session.prompt(), Prompt::Fix { contradicts, .. } if !contradicts.is_empty()));
    let mut revised = session.clone();
    apply(&mut revised, Event::Revised { question: "q0".to_owned(), answer: Answer::No });
    let handover = transcript::handover(&revised, jiff::Timestamp::UNIX_EPOCH);
    let answered: Vec<&str> = handover.lines().filter(|line| line.ends_with("fact-0, asked by first?")).collect();
    assert_eq!(answered, ["Answered   no: fact-0, asked by first?"], "the newest answer holds");
    let n = session.last_undoable().expect("the hand-off");
    apply(&mut session, Event::TakenBack { n });
    assert!(session.is_same_state(&before));
}

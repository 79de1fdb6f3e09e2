//! The proof: every flow, over every answer sequence with *not sure*, failed fixes and refusals in it (of the largest, over each yes and
//! no, and over walks that are drawn). And the properties that hold
//! for any flow, on random ones.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use rootwalk::catalog::{Catalog, Layers};
use rootwalk::check::{Subject, check};
use rootwalk::diag::Code;
use rootwalk::flow::{Answer, CauseIx, Flow, Outcome, QuestionIx, Target, Unsure};
use rootwalk::graph::Given;
use rootwalk::walk::{Event, NoteKind, PauseReason, Prompt, Session, narrow, ruled_out_by};

use crate::random::{Random, tangled};
use crate::sessions::{answered, apply, apply_to, edition, moves, start, step_done};

/// What all walks from a state come to.
#[derive(Clone, Default)]
pub(crate) struct Proof {
    pub(crate) walks: u128,
    pub(crate) reached: BTreeSet<CauseIx>,
    pub(crate) longest: u32,
}

/// Walks every sequence from a state on.
pub(crate) fn explore(session: &Session) -> Proof {
    Explorer { moves, most: usize::MAX, seen: HashMap::new() }.explore(session, 0).expect("there is no bound")
}

/// Walks every sequence; states that were seen are not walked again.
struct Explorer {
    moves: fn(&Session) -> Vec<Event>,
    /// With more states than this it gives up.
    most: usize,
    seen: HashMap<(Given, bool), Proof>,
}

impl Explorer {
    fn explore(&mut self, session: &Session, depth: u32) -> Option<Proof> {
        assert!(depth < 200, "the walk does not end: {:?}", session.records());
        let key = (session.leg().given().clone(), session.ended().is_some());
        if let Some(known) = self.seen.get(&key) {
            return Some(known.clone());
        }
        let mut proof = Proof::default();
        match session.prompt() {
            Prompt::Ended(_) => proof.walks = 1,
            prompt => {
                if let Prompt::Fix { cause, .. } = prompt {
                    proof.reached.insert(cause);
                }
                let moves = (self.moves)(session);
                assert!(!moves.is_empty(), "the walk strands at {prompt:?}");
                for event in moves {
                    let next = self.explore(&apply_to(session, event), depth + 1)?;
                    proof.walks += next.walks;
                    proof.reached.extend(next.reached);
                    proof.longest = proof.longest.max(next.longest + 1);
                }
            }
        }
        self.seen.insert(key, proof.clone());
        (self.seen.len() <= self.most).then_some(proof)
    }
}

/// The moves of somebody who always knows the answer.
fn sure_moves(session: &Session) -> Vec<Event> {
    let is_sure = |event: &Event| !matches!(event, Event::Answered { answer: Answer::Unsure, .. });
    moves(session).into_iter().filter(is_sure).collect()
}

#[test]
fn every_shipped_flow_ends_never_strands_and_reaches_every_cause_over_all_answers() {
    /// Some seconds; of the few flows that have more, `prove` says the same over all.
    const MOST: usize = 200_000;
    const DRAWN: u64 = 2_000;
    let catalog = Catalog::look(&Layers::default()).expect("built in");
    let (mut whole, mut large) = (0, Vec::new());
    for id in catalog.ids() {
        let opened = catalog.open(&id).expect("a shipped flow is good");
        let session = start(&std::sync::Arc::new(opened.edition));
        let mut explorer = Explorer { moves, most: MOST, seen: HashMap::new() };
        let (proof, over) = if let Some(proof) = explorer.explore(&session, 0) {
            whole += 1;
            (proof, "all answers".to_owned())
        } else {
            large.push(id.clone());
            explorer = Explorer { moves: sure_moves, most: usize::MAX, seen: HashMap::new() };
            (0..DRAWN).for_each(|seed| ends(session.clone(), seed));
            (
                explorer.explore(&session, 0).expect("there is no bound"),
                format!("each yes and no, {DRAWN} more walks drawn"),
            )
        };
        assert_eq!(proof.reached.len(), session.flow().causes().len(), "{id}: a cause is not reached");
        println!(
            "{id}: {} sequences ({over}), {} states, longest {}; all end, none strands, all {} causes are reached",
            proof.walks,
            explorer.seen.len(),
            proof.longest,
            proof.reached.len()
        );
    }
    assert!(whole > 10 * large.len(), "{large:?}");
}

/// Walks at random, *not sure* among the answers, to the end.
fn ends(mut session: Session, seed: u64) {
    let mut random = Random(seed);
    for _ in 0..200 {
        if session.ended().is_some() {
            return;
        }
        let moves = moves(&session);
        assert!(!moves.is_empty(), "the walk strands at {:?}", session.prompt());
        apply(&mut session, moves[random.below(moves.len())].clone());
    }
    panic!("the walk does not end: {:?}", session.records());
}

/// The next prompt by the words of the design, followed one by one without sets: the oracle for `position`.
fn asked_by_the_book(flow: &Flow, given: &Given) -> Option<Target> {
    fn open(flow: &Flow, given: &Given, target: Target) -> BTreeSet<usize> {
        match target {
            Target::End(outcome) if given.is_spent(outcome) => BTreeSet::new(),
            Target::End(outcome) => BTreeSet::from([outcome.index()]),
            Target::Ask(question) => {
                let facts = flow.question(question);
                match given.answer(question).and_then(|answer| facts.side(answer)) {
                    Some(side) => open(flow, given, side),
                    None => open(flow, given, facts.yes).into_iter().chain(open(flow, given, facts.no)).collect(),
                }
            }
        }
    }
    fn best(flow: &Flow, target: Target) -> (u8, Option<(rootwalk::flow::Likelihood, rootwalk::flow::Effort)>, usize) {
        let nothing = Given::nothing(flow);
        let rank = |outcome: usize| match flow.outcomes()[outcome] {
            rootwalk::flow::Outcome::Cause(cause) => {
                (0, Some((flow.cause(cause).likelihood, flow.cause(cause).effort)), outcome)
            }
            rootwalk::flow::Outcome::HandOff(_) => (1, None, outcome),
            rootwalk::flow::Outcome::Escalate(_) => (2, None, outcome),
        };
        open(flow, &nothing, target).into_iter().map(rank).min().expect("every branch ends")
    }
    let mut at = Target::Ask(flow.start());
    if open(flow, given, at).is_empty() {
        return None;
    }
    while let Target::Ask(question) = at {
        let facts = flow.question(question);
        if let Some(side) = given.answer(question).and_then(|answer| facts.side(answer)) {
            at = side;
            continue;
        }
        let (first, second) =
            if best(flow, facts.no) < best(flow, facts.yes) { (facts.no, facts.yes) } else { (facts.yes, facts.no) };
        let (in_first, in_second) = (open(flow, given, first), open(flow, given, second));
        let is_answered = given.answer(question) == Some(Answer::Unsure);
        if in_first.is_empty() {
            at = second;
        } else if is_answered || in_second.is_empty() || in_first == in_second {
            at = first;
        } else {
            return Some(at);
        }
    }
    Some(at)
}

fn random_walk(seed: u64, questions: usize, causes: usize, steps: usize) -> Session {
    let mut session = start(&edition(&tangled(seed, questions, causes)));
    let mut random = Random(seed ^ 0xfeed);
    for _ in 0..steps {
        let moves = moves(&session);
        if moves.is_empty() {
            break;
        }
        let event = moves[random.below(moves.len())].clone();
        apply(&mut session, event);
    }
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_flow_ends_and_never_strands(seed: u64, questions in 1_usize..6, causes in 1_usize..5) {
        let session = start(&edition(&tangled(seed, questions, causes)));
        let proof = explore(&session);
        prop_assert!(proof.walks > 0);
        prop_assert!(u128::from(proof.longest) <= 2 * (questions + causes + 8) as u128);
    }

    #[test]
    fn the_walk_asks_what_the_book_says(seed: u64, questions in 1_usize..12, causes in 1_usize..8, steps in 0_usize..16) {
        asks_what_the_book_says(&random_walk(seed, questions, causes, steps))?;
    }

    #[test]
    fn an_answer_taken_back_changes_nothing(seed: u64, questions in 1_usize..12, causes in 1_usize..8, steps in 0_usize..16) {
        let session = random_walk(seed, questions, causes, steps);
        for event in moves(&session) {
            let mut there = apply_to(&session, event);
            let n = there.last_undoable().expect("every move can be taken back");
            apply(&mut there, Event::TakenBack { n });
            prop_assert!(there.is_same_state(&session));
        }
    }

    #[test]
    fn folding_the_records_gives_the_live_state(seed: u64, questions in 1_usize..12, causes in 1_usize..8, steps in 0_usize..24) {
        let mut session = random_walk(seed, questions, causes, steps);
        apply(&mut session, Event::Noted { note: NoteKind::Promise, text: "call back".to_owned() });
        if let Some(done) = step_done(&session) {
            apply(&mut session, done);
        }
        let folded = Session::fold("test-test", session.editions().to_vec(), session.records().to_vec()).expect("legal");
        prop_assert!(folded.is_same_state(&session));
        prop_assert_eq!(folded.prompt(), session.prompt());
        for cut in 1..session.records().len() {
            let prefix = Session::fold("test-test", session.editions().to_vec(), session.records()[..cut].to_vec());
            prop_assert!(prefix.is_ok());
        }
    }

    #[test]
    fn revising_keeps_the_other_answers(seed: u64, questions in 2_usize..12, causes in 2_usize..8, steps in 1_usize..16) {
        let session = random_walk(seed, questions, causes, steps);
        let flow = session.flow();
        if session.ended().is_none() {
            for &asked in session.leg().asked() {
                for answer in [Answer::Yes, Answer::No, Answer::Unsure] {
                    let revised = apply_to(&session, Event::Revised { question: flow.question(asked).id.clone(), answer });
                    for &other in session.leg().asked() {
                        let expected = if other == asked { Some(answer) } else { session.leg().given().answer(other) };
                        prop_assert_eq!(revised.leg().given().answer(other), expected);
                    }
                    // The same as if it had been answered so at first; what was refused for another answer is offered again.
                    let mut given = session.leg().given().clone();
                    if given.answer(asked) != Some(answer) {
                        let offers = flow.outcome_ixs().filter(|&outcome| !matches!(flow.outcome(outcome), Outcome::Cause(_)));
                        offers.for_each(|outcome| given.set_spent(outcome, false));
                    }
                    given.set_answer(asked, answer);
                    prop_assert_eq!(revised.leg().given(), &given);
                }
            }
        }
    }

    #[test]
    fn pausing_and_resuming_changes_nothing(seed: u64, questions in 1_usize..12, causes in 1_usize..8, steps in 0_usize..16) {
        let session = random_walk(seed, questions, causes, steps);
        if session.ended().is_none() {
            let mut resumed = apply_to(&session, Event::Paused { reason: PauseReason::Quit });
            apply(&mut resumed, Event::Resumed);
            prop_assert!(resumed.is_same_state(&session));
        }
    }

    #[test]
    fn least_and_most_are_what_all_answers_come_to(seed: u64, questions in 1_usize..10, causes in 1_usize..6, steps in 0_usize..6) {
        // An escalation may wait for what else can be tried, and then is not the next outcome; and the linter refuses a question
        // whose sides are the same, which may come to be worth asking only once those below it are answered.
        let text = tangled(seed, questions, causes).replace("Escalate(\"call somebody\")", "Cause(\"c0\")");
        let mut session = start(&edition(&text));
        let subject = Subject { flow: session.flow(), stem: None, catalog: &[] };
        let is_useless = |problem: &rootwalk::flow::Problem| problem.code == Code::UselessQuestion;
        if check(&subject).iter().any(is_useless) {
            return Ok(());
        }
        let mut random = Random(seed ^ 0xfeed);
        for _ in 0..steps {
            if let Prompt::Question(question) = session.prompt() {
                let answer = random.pick(&[Answer::Yes, Answer::No, Answer::Unsure]);
                let event = answered(session.flow(), question, answer);
                apply(&mut session, event);
            }
        }
        if matches!(session.prompt(), Prompt::Question(_)) {
            let known = narrow(session.flow(), session.edition().ranking(), session.leg());
            prop_assert_eq!((known.least, known.most), depths(&session));
        }
    }

    #[test]
    fn a_ruled_out_cause_comes_back_when_what_ruled_it_out_is_revised(
        seed: u64, questions in 1_usize..12, causes in 1_usize..8, steps in 0_usize..12,
    ) {
        let session = random_walk(seed, questions, causes, steps);
        let (flow, ranking) = (session.flow(), session.edition().ranking());
        let out = narrow(flow, ranking, session.leg()).ruled_out;
        for (&cause, by) in out.iter().zip(ruled_out_by(flow, session.leg(), &out)) {
            let mut given = session.leg().given().clone();
            for &question in &by {
                given.set_answer(question, opposite(flow, &given, question));
            }
            let open = rootwalk::graph::Open::of(flow, ranking, &given);
            prop_assert!(open.all().contains(cause) || by.is_empty());
        }
    }
}

/// Compares where a session stands with what the book says.
pub(crate) fn asks_what_the_book_says(session: &Session) -> Result<(), TestCaseError> {
    let by_the_book = asked_by_the_book(session.flow(), session.leg().given());
    match (session.prompt(), by_the_book) {
        (Prompt::Question(asked), Some(Target::Ask(book))) => prop_assert_eq!(asked, book),
        (Prompt::Fix { cause, contradicts }, Some(Target::End(book))) if contradicts.is_empty() => {
            prop_assert!(book == cause.into() || is_escalation(session, book));
        }
        (Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome)), Some(Target::End(book))) => {
            prop_assert!(book == outcome || is_escalation(session, book));
        }
        // An escalation waits while something can still be tried here.
        (Prompt::Question(_), Some(Target::End(book))) => prop_assert!(is_escalation(session, book)),
        (Prompt::Fix { .. } | Prompt::Escalation(None), None) | (Prompt::Ended(_), _) => {}
        (prompt, book) => prop_assert!(false, "{:?} but the book says {:?}", prompt, book),
    }
    Ok(())
}

fn is_escalation(session: &Session, outcome: rootwalk::flow::OutcomeIx) -> bool {
    matches!(session.flow().outcome(outcome), rootwalk::flow::Outcome::Escalate(_))
}

/// The least and most questions to the next outcome, by trying all yes/no answers.
fn depths(session: &Session) -> (u32, u32) {
    let Prompt::Question(question) = session.prompt() else { return (0, 0) };
    let next = |answer| depths(&apply_to(session, answered(session.flow(), question, answer)));
    let (yes, no) = (next(Answer::Yes), next(Answer::No));
    (1 + yes.0.min(no.0), 1 + yes.1.max(no.1))
}

fn opposite(flow: &Flow, given: &Given, question: QuestionIx) -> Answer {
    match (given.answer(question), flow.question(question).unsure) {
        (Some(Answer::Yes), _) | (Some(Answer::Unsure), Unsure::AsYes) => Answer::No,
        _ => Answer::Yes,
    }
}

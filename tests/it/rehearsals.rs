//! What rehearsing, practising and previewing hold for any flow, against slower ways to find the same.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use rootwalk::flow::{Answer, CauseIx, FixResult, Flow, OutcomeIx, QuestionIx, Target};
use rootwalk::graph::{Ranking, Reach, Ways, truths};
use rootwalk::rehearse::{Coverage, Move, Practice, record};
use rootwalk::walk::{Play, Prompt, play};

use crate::random::{Random, tangled};
use crate::sessions::{answered, apply, apply_to, edition, moves, start};

/// The answers to each question on all ways to each cause, by walking every way.
fn answers_on_all_ways(flow: &Flow) -> HashMap<(CauseIx, QuestionIx), BTreeSet<Answer>> {
    fn go(
        flow: &Flow,
        at: Target,
        way: &mut Vec<(QuestionIx, Answer)>,
        found: &mut HashMap<(CauseIx, QuestionIx), BTreeSet<Answer>>,
    ) {
        match at {
            Target::Ask(question) => {
                for side in [Answer::Yes, Answer::No] {
                    way.push((question, side));
                    go(flow, flow.question(question).side(side).expect("a side"), way, found);
                    way.pop();
                }
            }
            Target::End(end) => {
                for cause in flow.cause_ixs().filter(|&cause| OutcomeIx::from(cause) == end) {
                    for &(question, side) in way.iter() {
                        found.entry((cause, question)).or_default().insert(side);
                    }
                }
            }
        }
    }
    let mut found = HashMap::new();
    // From every question, not only from the start: what no answers lead to has ways below it, too.
    flow.question_ixs().for_each(|question| go(flow, Target::Ask(question), &mut Vec::new(), &mut found));
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cause_answers_as_all_ways_to_it_do(seed: u64, questions in 1_usize..8, causes in 1_usize..6) {
        let edition = edition(&tangled(seed, questions, causes));
        let flow = edition.flow();
        let reach = Reach::of(flow);
        let truths = truths(flow, &reach);
        let ways = answers_on_all_ways(flow);
        for cause in flow.cause_ixs() {
            for question in flow.question_ixs() {
                let on_ways = ways.get(&(cause, question)).map(|answers| answers.iter().copied().collect::<Vec<_>>());
                let expected = match on_ways.as_deref() {
                    Some([only]) => Some(*only),
                    _ => None,
                };
                prop_assert_eq!(truths.answer(cause, question), expected);
            }
        }
    }

    #[test]
    fn the_way_to_a_question_leads_there_and_none_is_shorter(
        seed: u64, questions in 1_usize..8, causes in 2_usize..8, answers: u32,
    ) {
        let edition = edition(&tangled(seed, questions, causes));
        let flow = edition.flow();
        // Where a question separates nothing it is passed, and may be asked later for other answers.
        let found = Ways::of(flow, edition.ranking());
        if !flow.question_ixs().all(|question| found.is_asked(question)) {
            return Ok(());
        }
        let ways: Vec<_> = flow.question_ixs().map(|question| found.shortest(Target::Ask(question))).collect();
        for (question, way) in flow.question_ixs().zip(&ways) {
            let mut walked = start(&edition);
            way.iter().flatten().for_each(|&(asked, answer)| apply(&mut walked, answered(flow, asked, answer)));
            prop_assert!(way.is_none() || walked.prompt() == Prompt::Question(question));
        }
        let mut walked = start(&edition);
        for n in 0..32 {
            let Prompt::Question(question) = walked.prompt() else { break };
            let shortest = ways[question.index()].as_ref().map(Vec::len);
            prop_assert!(shortest.is_some_and(|shortest| shortest <= n), "{shortest:?} for {n}");
            let answer = if answers >> n & 1 == 1 { Answer::Yes } else { Answer::No };
            apply(&mut walked, answered(flow, question, answer));
        }
    }

    #[test]
    fn what_a_session_touched_is_what_was_asked_and_tried(
        seed: u64, questions in 1_usize..9, causes in 1_usize..6, steps in 0_usize..16,
    ) {
        let edition = edition(&tangled(seed, questions, causes));
        let flow = edition.flow();
        let mut random = Random(seed);
        let mut session = start(&edition);
        let mut sides = BTreeSet::new();
        for _ in 0..steps {
            let moves = moves(&session);
            let Some(next) = (!moves.is_empty()).then(|| moves[random.below(moves.len())].clone()) else { break };
            apply(&mut session, next);
            // Of the questions on the way to where the walk stands now, the side it goes along.
            let path = session.leg().path(flow, edition.ranking());
            for pair in path.windows(2) {
                for side in [Answer::Yes, Answer::No] {
                    if flow.question(pair[0]).side(side) == Some(Target::Ask(pair[1])) {
                        sides.insert((pair[0], side));
                    }
                }
            }
        }
        let mut coverage = Coverage::nothing(flow);
        prop_assert!(coverage.add_session(flow, &session));
        for question in flow.question_ixs() {
            let answer = session.leg().given().answer(question);
            prop_assert_eq!(coverage.question(question) > 0, answer.is_some());
            for side in [Answer::Yes, Answer::No] {
                let is_taken = coverage.branch(question, side) > 0;
                match answer {
                    Some(Answer::Unsure) => prop_assert!(is_taken || !sides.contains(&(question, side))),
                    given => prop_assert_eq!(is_taken, given == Some(side)),
                }
            }
        }
        for cause in flow.cause_ixs() {
            let is_at = matches!(session.prompt(), Prompt::Fix { cause: at, .. } if at == cause);
            prop_assert!(coverage.cause(cause) > 0 || !(is_at || session.leg().failed().contains(&cause)));
        }
    }

    #[test]
    fn a_session_recorded_as_a_rehearsal_comes_to_where_the_session_stands(
        seed: u64, questions in 1_usize..9, causes in 1_usize..6, steps in 1_usize..16,
    ) {
        let edition = edition(&tangled(seed, questions, causes));
        let mut random = Random(seed);
        let mut session = start(&edition);
        for _ in 0..steps {
            let moves = moves(&session);
            if moves.is_empty() {
                break;
            }
            let next = apply_to(&session, moves[random.below(moves.len())].clone());
            if next.ended().is_some() {
                break;
            }
            session = next;
        }
        if let Ok(recorded) = record(edition.flow(), edition.ranking(), session.leg(), "n")
            && !recorded.went_on
        {
            let (came_to, _) = play(edition.flow(), edition.ranking(), &recorded.rehearsal.script);
            prop_assert_eq!(came_to, Play::At(session.prompt()));
        }
    }

    #[test]
    fn the_guided_walk_finds_each_cause_that_answers_lead_to(seed: u64, questions in 1_usize..9, causes in 1_usize..6) {
        let edition = edition(&tangled(seed, questions, causes));
        let flow = edition.flow();
        let reach = Reach::of(flow);
        for hidden in flow.cause_ixs().filter(|&cause| reach.all().contains(cause)) {
            let practice = Practice::begin(flow, &reach, hidden);
            let guided = practice.guided(&Ranking::of(flow));
            prop_assert_eq!(guided.last(), Some(&Move::Tried(hidden, FixResult::Fixed)));
            // What it asks and tries is what a person who answers the same would be asked.
            let mut session = start(&edition);
            let mut asked = 0;
            while session.ended().is_none() {
                let truth = |question| guided.iter().find_map(|done| match done {
                    Move::Asked(at, answer) if *at == question => Some(*answer),
                    _ => None,
                });
                let event = match session.prompt() {
                    Prompt::Question(question) => {
                        asked += 1;
                        answered(flow, question, truth(question).expect("the guided walk asked it"))
                    }
                    Prompt::Fix { cause, .. } => {
                        prop_assert!(guided.iter().any(|done| matches!(done, Move::Tried(tried, _) if *tried == cause)));
                        // Fixed stands first among what one can say.
                        moves(&session)[usize::from(cause != hidden)].clone()
                    }
                    Prompt::HandOff(_) | Prompt::Escalation(Some(_)) => {
                        moves(&session).pop().expect("it can be refused")
                    }
                    other => panic!("{other:?} before the cause was found"),
                };
                apply(&mut session, event);
            }
            prop_assert_eq!(asked, guided.iter().filter(|done| matches!(done, Move::Asked(..))).count());
        }
    }
}

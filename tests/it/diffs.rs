//! The comparison of two versions against sequences that are played one by one, on random flows.

use std::collections::BTreeMap;

use rootwalk::diff::compare;
use rootwalk::flow::{Answer, Answers, Flow, Outcome, read};
use rootwalk::graph::Ranking;
use rootwalk::source::Source;
use rootwalk::walk::{Play, Prompt, play};

use crate::random::{Random, chain, tangled};

/// Ends of both versions, and how many sequences come to them, and the fewest answers.
type Ends = BTreeMap<(String, String), (u128, usize)>;

struct Side<'a> {
    flow: &'a Flow,
    ranking: Ranking,
}

impl<'a> Side<'a> {
    fn of(flow: &'a Flow) -> Self {
        Self { flow, ranking: Ranking::of(flow) }
    }

    /// The question that no answer is given to, or where the walk ends.
    fn play(&self, script: &[(String, Answer)]) -> Result<String, String> {
        let given = |(id, answer): &(String, Answer)| Some((self.flow.find_question(id)?, *answer));
        let answers = Answers { answers: script.iter().filter_map(given).collect(), fixes: Vec::new() };
        match play(self.flow, &self.ranking, &answers).0 {
            Play::At(Prompt::Question(question)) => Err(self.flow.question(question).id.clone()),
            Play::At(Prompt::Fix { cause, .. }) => Ok(self.flow.cause(cause).id.clone()),
            Play::At(Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome))) => {
                Ok(name(self.flow, self.flow.outcome(outcome)))
            }
            other => panic!("{other:?}"),
        }
    }
}

fn name(flow: &Flow, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Cause(cause) => flow.cause(*cause).id.clone(),
        Outcome::HandOff(to) => format!("hand off {to}"),
        Outcome::Escalate(text) => format!("escalate {text}"),
    }
}

fn go_on(old: &Side<'_>, new: &Side<'_>, script: &mut Vec<(String, Answer)>, ends: &mut Ends) {
    let asked = match (old.play(script), new.play(script)) {
        (Err(question), _) | (Ok(_), Err(question)) => question,
        (Ok(before), Ok(now)) => {
            let (ways, fewest) = ends.entry((before, now)).or_insert((0, script.len()));
            *ways += 1;
            *fewest = script.len().min(*fewest);
            return;
        }
    };
    for answer in [Answer::Yes, Answer::No, Answer::Unsure] {
        script.push((asked.clone(), answer));
        go_on(old, new, script, ends);
        script.pop();
    }
}

/// Another version: a target or two changed, ids swapped so that the order is another one, a question or a cause more, or all of it.
fn edited(text: &str, random: &mut Random, questions: usize, causes: usize) -> String {
    let mut text = text.to_owned();
    match random.below(4) {
        0 => {}
        1 => return tangled(random.next(), questions, causes),
        2 => text = tangled(random.next(), questions + 1, causes + 1),
        _ => text = text.replacen("Common", "Rare", 1),
    }
    for _ in 0..random.below(3) {
        let (from, to) = (random.below(questions), random.below(questions));
        let swapped =
            text.replace(&format!("\"q{from}\""), "\"was\"").replace(&format!("\"q{to}\""), &format!("\"q{from}\""));
        text = swapped.replace("\"was\"", &format!("\"q{to}\""));
    }
    let (from, to) = (random.below(causes), random.below(causes));
    text.replacen(&format!("Cause(\"c{from}\")"), &format!("Cause(\"c{to}\")"), 1)
}

#[test]
fn what_changed_is_what_playing_every_sequence_comes_to() {
    let (mut with_moves, mut without) = (0, 0);
    for seed in 0..2_000 {
        let mut random = Random(seed);
        let (questions, causes) = (1 + random.below(5), 1 + random.below(4));
        let old_text = tangled(seed, questions, causes);
        let new_text = edited(&old_text, &mut random, questions, causes);
        let old = read(&Source::new("old", old_text)).expect("a good flow");
        let new = read(&Source::new("new", new_text)).expect("a good flow");
        let mut ends = Ends::new();
        go_on(&Side::of(&old), &Side::of(&new), &mut Vec::new(), &mut ends);

        let comparison = compare(&old, &new);
        let at = || format!("seed {seed}\n{:?}\n{:?}", old.questions(), new.questions());
        assert_eq!(comparison.answers.len(), 3);
        assert_eq!(comparison.ways, Some(ends.values().map(|(ways, _)| ways).sum()), "{}", at());
        let found: Ends = comparison
            .moves
            .iter()
            .map(|moved| ((name(&old, &moved.from), name(&new, &moved.to)), (moved.ways, moved.way.len())))
            .collect();
        ends.retain(|(before, now), _| before != now);
        assert_eq!(found, ends, "{}", at());
        for moved in &comparison.moves {
            assert_eq!(Side::of(&old).play(&moved.way), Ok(name(&old, &moved.from)), "{}", at());
            assert_eq!(Side::of(&new).play(&moved.way), Ok(name(&new, &moved.to)), "{}", at());
        }
        if ends.is_empty() { without += 1 } else { with_moves += 1 }
    }
    assert!(with_moves > 500 && without > 200, "too little was seen: {with_moves} {without}");
}

#[test]
fn a_large_flow_is_compared_with_itself_and_with_one_end_changed() {
    let text = chain(2_000);
    let other = text.replace("yes: Cause(\"c1990\")", "yes: Cause(\"c1991\")");
    let [old, new] = [&text, &other].map(|text| read(&Source::new("chain", text.as_str())).expect("a good flow"));
    assert!(compare(&old, &old).moves.is_empty());
    let comparison = compare(&old, &new);
    assert_eq!(comparison.moves.len(), 1);
    assert_eq!(comparison.moves[0].way.len(), 1_991);
}

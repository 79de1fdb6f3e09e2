//! The proof against walks that are enumerated one by one, on random flows; and on flows far too large for that.

use std::collections::{BTreeMap, BTreeSet};

use rootwalk::check::{Subject, check};
use rootwalk::diag::{Code, Diagnostic};
use rootwalk::flow::{Answer, Answers, Flow, Outcome, Place, Problem, QuestionIx, Target, read};
use rootwalk::graph::Ranking;
use rootwalk::proof::{Claim, Facts, Proof};
use rootwalk::source::Source;
use rootwalk::walk::{Play, Prompt, play};

use crate::random::{Random, chain, layered, tangled, tree};
use crate::sessions::{edition, start};
use crate::walks::explore;

/// Every walk of yes and no, by playing it.
struct Walks<'a> {
    flow: &'a Flow,
    ranking: Ranking,
    /// The questions and answers of each walk, and where it comes to.
    all: Vec<(Vec<(QuestionIx, Answer)>, Prompt)>,
}

impl<'a> Walks<'a> {
    fn of(flow: &'a Flow) -> Self {
        let mut walks = Self { flow, ranking: Ranking::of(flow), all: Vec::new() };
        walks.go_on(&mut Answers::default());
        walks
    }

    fn go_on(&mut self, script: &mut Answers) {
        match play(self.flow, &self.ranking, script).0 {
            Play::At(Prompt::Question(question)) => {
                for answer in [Answer::Yes, Answer::No] {
                    script.answers.push((question, answer));
                    self.go_on(script);
                    script.answers.pop();
                }
            }
            Play::At(prompt) => self.all.push((script.answers.clone(), prompt)),
            Play::Resolved(_) => unreachable!("no fix is given"),
        }
    }

    /// The fewest answers after which each question is asked.
    fn asked(&self) -> BTreeMap<QuestionIx, usize> {
        let mut fewest = BTreeMap::new();
        for (n, question) in self.all.iter().flat_map(|(way, _)| way.iter().map(|(question, _)| *question).enumerate())
        {
            let known = fewest.entry(question).or_insert(n);
            *known = n.min(*known);
        }
        fewest
    }

    /// The fewest answers after which a question is asked whose words were asked before.
    fn asked_twice(&self) -> BTreeMap<QuestionIx, usize> {
        let words = |question: QuestionIx| self.flow.question(question).ask.as_str();
        let mut fewest = BTreeMap::new();
        for (way, _) in &self.all {
            for (n, &(again, _)) in way.iter().enumerate() {
                if way[..n].iter().any(|&(first, _)| words(first) == words(again)) {
                    let known = fewest.entry(again).or_insert(n);
                    *known = n.min(*known);
                }
            }
        }
        fewest
    }
}

/// The outcomes below, followed one by one.
fn below(flow: &Flow, target: Target) -> BTreeSet<usize> {
    match target {
        Target::End(outcome) => [outcome.index()].into(),
        Target::Ask(question) => {
            let question = flow.question(question);
            below(flow, question.yes).into_iter().chain(below(flow, question.no)).collect()
        }
    }
}

/// The questions below, followed one by one.
fn met(flow: &Flow, target: Target, seen: &mut BTreeSet<QuestionIx>) {
    if let Target::Ask(question) = target
        && seen.insert(question)
    {
        met(flow, flow.question(question).yes, seen);
        met(flow, flow.question(question).no, seen);
    }
}

fn linted(flow: &Flow) -> Vec<Problem> {
    check(&Subject { flow, stem: None, catalog: &["other".to_owned()] })
}

/// The questions that findings of a code point at, each with the answers that show it.
fn found<'a>(
    flow: &Flow,
    problems: &'a [Problem],
    code: Code,
    part: &'static str,
) -> BTreeMap<QuestionIx, &'a Problem> {
    let place = |ix: QuestionIx| {
        let place = Place::top().field("questions").item(ix.index());
        if part.is_empty() { place.name() } else { place.field(part) }
    };
    let of = |problem: &&Problem| flow.question_ixs().find(|&ix| problem.at == place(ix)).expect("a question");
    problems.iter().filter(|problem| problem.code == code).map(|problem| (of(&problem), problem)).collect()
}

fn script(flow: &Flow, way: &[(String, &'static str)]) -> Answers {
    let answer = |(id, answer): &(String, &str)| {
        let answer = if *answer == "yes" { Answer::Yes } else { Answer::No };
        (flow.find_question(id).expect("it is there"), answer)
    };
    Answers { answers: way.iter().map(answer).collect(), fixes: Vec::new() }
}

#[test]
fn the_proof_is_what_enumerating_every_walk_comes_to() {
    let (mut counted, mut twice, mut useless, mut unreached) = (0, 0, 0, 0);
    for seed in 0..10_000 {
        let mut random = Random(seed);
        let (questions, causes) = (1 + random.below(7), 1 + random.below(5));
        let mut text = tangled(seed, questions, causes);
        if seed % 2 == 0 {
            // The same words at two places.
            let (from, to) = (random.below(questions), random.below(questions));
            text = text.replace(&format!("Is fact {from} there?"), &format!("Is fact {to} there?"));
        }
        let source = Source::new("random", text);
        let flow = read(&source).expect("a good flow");
        let walks = Walks::of(&flow);
        let facts = Facts::of(&flow);
        let problems = linted(&flow);
        let asked = walks.asked();

        let separates_nothing = found(&flow, &problems, Code::UselessQuestion, "");
        for ix in flow.question_ixs() {
            let question = flow.question(ix);
            let is_useless = below(&flow, question.yes) == below(&flow, question.no);
            assert_eq!(separates_nothing.contains_key(&ix), is_useless, "seed {seed}: {}", question.id);
        }
        useless += separates_nothing.len();
        let unreachable: Vec<&Problem> =
            problems.iter().filter(|problem| problem.code == Code::UnreachableCause).collect();
        unreached += unreachable.len();
        let mut seen = BTreeSet::new();
        met(&flow, Target::Ask(flow.start()), &mut seen);
        let unmet = found(&flow, &problems, Code::UnreachableQuestion, "");
        assert_eq!(unmet.len(), flow.questions().len() - seen.len(), "seed {seed}");
        assert!(unmet.keys().all(|question| !seen.contains(question)), "seed {seed}");
        // A question that separates nothing is passed, until an answer below it makes it worth asking: that is not counted.
        if !separates_nothing.is_empty() {
            continue;
        }
        counted += 1;

        assert_eq!(facts.ways, walks.all.len() as u128, "seed {seed}");
        assert_eq!(facts.asked, asked.len(), "seed {seed}");
        let lengths: Vec<usize> = walks.all.iter().map(|(way, _)| way.len()).collect();
        assert_eq!(facts.least as usize, *lengths.iter().min().expect("a walk"), "seed {seed}");
        assert_eq!(facts.most as usize, *lengths.iter().max().expect("a walk"), "seed {seed}");

        let mut reached: BTreeMap<usize, usize> = BTreeMap::new();
        for (way, end) in &walks.all {
            if let Prompt::Fix { cause, .. } = end {
                let known = reached.entry(cause.index()).or_insert(way.len());
                *known = way.len().min(*known);
            }
        }
        let farthest = reached.values().max().copied();
        assert_eq!(facts.farthest.map(|(_, far)| far as usize), farthest, "seed {seed}");
        assert_eq!(unreachable.len(), flow.causes().len() - reached.len(), "seed {seed}");

        let again = found(&flow, &problems, Code::AskedTwice, "ask");
        let expected = walks.asked_twice();
        assert!(again.keys().eq(expected.keys()), "seed {seed}: {again:?} {expected:?}");
        for (question, problem) in again {
            assert_eq!(problem.way.len(), expected[&question], "seed {seed}: {problem:?}");
            let (came_to, leg) = play(&flow, &walks.ranking, &script(&flow, &problem.way));
            assert_eq!(came_to, Play::At(Prompt::Question(question)), "seed {seed}");
            let is_before = |&first: &QuestionIx| flow.question(first).ask == flow.question(question).ask;
            assert!(leg.asked().iter().any(is_before), "seed {seed}");
            twice += 1;
        }
        // Each two causes that are reached are told apart: no walk of yes and no ends at both.
        assert!(walks.all.iter().all(|(_, end)| !matches!(end, Prompt::Escalation(None))), "seed {seed}");
    }
    let seen = (counted, twice, useless, unreached);
    assert!(counted > 1_000 && twice > 100 && useless > 500 && unreached > 500, "too little was seen: {seen:?}");
}

#[test]
fn no_walk_takes_more_prompts_than_the_proof_says() {
    for seed in 0..2_000 {
        let mut random = Random(seed);
        let text = tangled(seed, 1 + random.below(5), 1 + random.below(4));
        let flow = read(&Source::new("random", text.as_str())).expect("a good flow");
        let walked = explore(&start(&edition(&text)));
        let most = Facts::of(&flow).prompts;
        assert!(walked.longest as usize <= most, "seed {seed}: {} prompts, {most} were claimed", walked.longest);
        // With failed fixes and refusals every cause comes that some answers lead to.
        let open = below(&flow, Target::Ask(flow.start()));
        let is_cause = |n: &&usize| matches!(flow.outcomes()[**n], Outcome::Cause(_));
        assert!(walked.reached.len() >= open.iter().filter(is_cause).count(), "seed {seed}");
    }
}

#[test]
fn a_flow_of_a_million_million_ways_is_proved_by_its_states() {
    let flow = read(&Source::new("layered", layered(30))).expect("a good flow");
    let facts = Facts::of(&flow);
    assert!(facts.ways > 1_000_000_000_000, "{facts:?}");
    assert_eq!(facts.asked, flow.questions().len());
    let proved = linted(&flow).into_iter().filter(|problem| problem.code == Code::UselessQuestion).count();
    assert_eq!(proved, 0);
}

#[test]
fn ten_thousand_nodes_are_proved() {
    for text in [tree(5_000), chain(5_000), tangled(3, 5_000, 5_000)] {
        let flow = read(&Source::new("large", text)).expect("a good flow");
        let findings: Vec<Diagnostic> =
            linted(&flow).into_iter().map(|problem| problem.map(|_| rootwalk::source::Span::default())).collect();
        let proof = Proof::of(Some(&flow), &findings);
        assert_eq!(proof.holds(Claim::Ends), Some(true));
        assert_eq!(proof.flow.as_ref().map(|(_, facts)| facts.causes), Some(flow.causes().len()));
    }
}

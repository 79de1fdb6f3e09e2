//! How well an order bears wrong and missing answers: people drawn at random, walked by the engine itself.
//!
//! Whoever is drawn has one of the causes, by weight, and answers as that cause does; where that is not known, by a coin thrown once
//! for each question. Some answers are then turned round, or become *not sure*. Verdicts that are not the cause fail, as their fix
//! would, until the right one comes. All draws are of whole numbers from a seed, so the figures are the same on every machine;
//! the same people meet each kind of noise.

use super::Measured;
use crate::flow::{Answer, CauseIx, Flow, Outcome, OutcomeIx, QuestionIx};
use crate::graph::{Ranking, bands};
use crate::rehearse::Random;
use crate::walk::{Leg, Prompt, position};

/// The seed when none is given.
pub const SEED: u64 = 1995;

/// As many people are drawn: then a share is off by more than one in a hundred in one of twenty runs at most.
const WALKS: u32 = 10_000;

/// Fewer are drawn for flows with more questions than this, because each costs more.
const MANY_QUESTIONS: u32 = 200;

/// As many questions are looked at for the walks of one kind of noise: each new turn of a walk looks at all of a flow and at what
/// was answered before it. Flows that need more are not walked.
const MOST_LOOKS: usize = 300_000_000;

/// A verdict that comes later counts as not reached.
const VERDICTS: u32 = 3;

/// Says how many answers in a hundred are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Noise {
    /// Turned round.
    pub wrong_percent: u32,
    /// Not sure.
    pub unsure_percent: u32,
}

impl Noise {
    /// The kinds that are looked at.
    pub const ALL: [Self; 4] = [
        Self { wrong_percent: 5, unsure_percent: 0 },
        Self { wrong_percent: 10, unsure_percent: 0 },
        Self { wrong_percent: 0, unsure_percent: 10 },
        Self { wrong_percent: 0, unsure_percent: 20 },
    ];
}

/// Holds how often the right cause was found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Robustness {
    /// The seed of the draws.
    pub seed: u64,
    /// How many people were drawn for each kind of noise.
    pub walks: u32,
    /// What came of it.
    pub found: Vec<Found>,
}

/// Says how often the right cause was found under one kind of noise.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    /// The noise.
    #[serde(flatten)]
    pub noise: Noise,
    /// Walks on which the right cause was the first verdict.
    pub first: u32,
    /// Walks on which it was among the first three.
    pub within_three: u32,
}

impl Robustness {
    /// Walks people under each kind of noise; nothing where no answers lead to a cause, or where that takes too long.
    pub fn of(measured: &Measured<'_>, seed: u64, noises: &[Noise]) -> Option<Self> {
        let flow = measured.flow();
        if !can_be_walked(measured) || is_tangled(flow) {
            return None;
        }
        let mut walks = Walks::new(flow);
        let questions = u32::try_from(flow.questions().len()).unwrap_or(u32::MAX);
        let count = WALKS * MANY_QUESTIONS / questions.max(MANY_QUESTIONS);
        let found = noises.iter().map(|&noise| {
            let mut found = Found { noise, first: 0, within_three: 0 };
            walks.looks = 0;
            for n in 0..count {
                let person = Person::draw(measured, seed, n, noise);
                let verdict = walks.verdict(&person);
                if walks.looks > MOST_LOOKS {
                    return None;
                }
                found.first += u32::from(verdict == Some(1));
                found.within_three += u32::from(verdict.is_some());
            }
            Some(found)
        });
        Some(Self { seed, walks: count, found: found.collect::<Option<_>>()? })
    }
}

/// One person with one cause.
struct Person<'a> {
    measured: &'a Measured<'a>,
    cause: CauseIx,
    place: usize,
    noise: Noise,
    /// What the answers are drawn from: each question has draws of its own, whenever it is asked.
    seed: u64,
}

impl<'a> Person<'a> {
    fn draw(measured: &'a Measured<'a>, seed: u64, n: u32, noise: Noise) -> Self {
        let flow = measured.flow();
        let mut random = Random(seed.wrapping_add(u64::from(n) << 32));
        let causes = || flow.cause_ixs().filter_map(|cause| Some((cause, measured.find(cause.into())?)));
        let weight = |cause| bands::weight(flow.cause(cause).likelihood);
        let mut left = random.below(causes().map(|(cause, _)| weight(cause)).sum::<u32>().max(1));
        let drawn = causes().find(|&(cause, _)| {
            let is_it = left < weight(cause);
            left = left.saturating_sub(weight(cause));
            is_it
        });
        let (cause, place) = drawn.expect("only flows that lead to a cause are walked");
        Self { measured, cause, place, noise, seed: random.draw() }
    }

    fn answer(&self, question: QuestionIx) -> Answer {
        let mut random = Random(self.seed ^ (u64::from(question.number()) << 32));
        let (coin, wrong, unsure) = (random.below(2) == 1, random.below(100), random.below(100));
        let query = &self.measured.instance().questions[question.index()];
        let says_yes = query.yes.contains(self.place) || (coin && !query.no.contains(self.place));
        if unsure < self.noise.unsure_percent {
            Answer::Unsure
        } else if says_yes == (wrong < self.noise.wrong_percent) {
            Answer::No
        } else {
            Answer::Yes
        }
    }
}

/// All walks taken so far, as a tree: where two begin the same, the engine is asked once.
struct Walks<'a> {
    flow: &'a Flow,
    ranking: Ranking,
    nodes: Vec<Node>,
    /// How many questions were looked at.
    looks: usize,
}

struct Node {
    prompt: Prompt,
    /// What comes after yes (or after a verdict that failed), no, and not sure.
    next: [Option<usize>; 3],
}

/// What happens at a prompt.
#[derive(Clone, Copy)]
enum Turn {
    Answer(QuestionIx, Answer),
    Fail(CauseIx),
    Refuse(OutcomeIx),
}

impl<'a> Walks<'a> {
    fn new(flow: &'a Flow) -> Self {
        let mut walks = Self { flow, ranking: Ranking::of(flow), nodes: Vec::new(), looks: 0 };
        walks.add(&[]);
        walks
    }

    /// Asks the engine where some turns lead to.
    fn add(&mut self, turns: &[Turn]) -> usize {
        self.looks += self.flow.questions().len() + turns.len();
        let mut leg = Leg::new(self.flow);
        for &turn in turns {
            match turn {
                Turn::Answer(question, answer) => leg.answer(question, answer),
                Turn::Fail(cause) => leg.fail(cause),
                Turn::Refuse(outcome) => leg.spend(outcome),
            }
        }
        self.nodes.push(Node { prompt: position(self.flow, &self.ranking, &leg), next: [None; 3] });
        self.nodes.len() - 1
    }

    /// Returns the how many-th verdict was right, if one of the first was. A hand-off or an escalation is a verdict that was wrong.
    fn verdict(&mut self, person: &Person<'_>) -> Option<u32> {
        let (mut at, mut verdicts, mut turns) = (0, 0, Vec::new());
        loop {
            let (turn, side) = match &self.nodes[at].prompt {
                Prompt::Question(question) => {
                    let answer = person.answer(*question);
                    (Turn::Answer(*question, answer), answer as usize)
                }
                Prompt::Fix { cause, .. } if *cause == person.cause => return Some(verdicts + 1),
                Prompt::Fix { cause, .. } => (Turn::Fail(*cause), 0),
                Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome)) => (Turn::Refuse(*outcome), 0),
                Prompt::Escalation(None) | Prompt::Ended(_) => return None,
            };
            if !matches!(turn, Turn::Answer(..)) {
                verdicts += 1;
                if verdicts == VERDICTS {
                    return None;
                }
            }
            if self.looks > MOST_LOOKS {
                return None;
            }
            turns.push(turn);
            at = self.nodes[at].next[side].unwrap_or_else(|| {
                let new = self.add(&turns);
                self.nodes[at].next[side] = Some(new);
                new
            });
        }
    }
}

/// Tells whether a single position may cost the square of its questions: beyond 64 outcomes sides are compared by walking them.
fn is_tangled(flow: &Flow) -> bool {
    flow.outcomes().len() > 64 && flow.questions().len() > 2_000
}

/// Tells whether there is a cause to draw.
pub(super) fn can_be_walked(measured: &Measured<'_>) -> bool {
    let flow = measured.flow();
    flow.outcome_ixs().any(|ix| matches!(flow.outcome(ix), Outcome::Cause(_)) && measured.find(ix).is_some())
}

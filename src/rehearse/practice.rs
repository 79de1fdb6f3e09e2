//! Practice: a customer with a hidden cause, whom an agent questions; what that cost, and what would have been better.
//!
//! The customer knows only what the graph knows ([`Truths`]) and never lies. What an agent could know at a point is kept as a set of
//! causes that fit: those that do not answer a question otherwise than the customer did, and whose fix was not tried in vain.

use super::Random;
use crate::flow::{Answer, Answers, CauseIx, FixResult, Flow, QuestionIx};
use crate::graph::{Ranking, Reach, Truths, bands, truths};
use crate::walk::play_past;

/// Says what an agent did, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Asked a question.
    Asked(QuestionIx, Answer),
    /// Tried the fix of a cause.
    Tried(CauseIx, FixResult),
}

/// Says what a way to the cause cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// Questions asked.
    pub questions: u32,
    /// Fixes tried, the right one among them.
    pub fixes: u32,
    /// Minutes of all of it.
    pub minutes: u32,
}

/// Names a question that would have ruled out more than what was done, and the shares of what was left that each was to rule out, in
/// percent, as was to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Better {
    /// The question.
    pub question: QuestionIx,
    /// What it would have ruled out.
    pub percent: u32,
    /// What was done instead would.
    pub instead: u32,
}

/// Holds one practice on its way.
#[derive(Debug)]
pub struct Practice<'a> {
    flow: &'a Flow,
    truths: Truths<'a>,
    hidden: CauseIx,
    moves: Vec<Move>,
}

/// Draws a cause by its likelihood; the same number draws the same cause.
pub fn draw(flow: &Flow, seed: u64) -> CauseIx {
    let weights = || flow.cause_ixs().map(|cause| u64::from(bands::weight(flow.cause(cause).likelihood)));
    let mut left = Random(seed).draw() % weights().sum::<u64>().max(1);
    let drawn = flow.cause_ixs().zip(weights()).find(|&(_, weight)| {
        let is_it = left < weight;
        left = left.saturating_sub(weight);
        is_it
    });
    drawn.expect("the draw is below the sum of the weights").0
}

impl<'a> Practice<'a> {
    /// Begins a practice.
    pub fn begin(flow: &'a Flow, reach: &'a Reach<'a>, hidden: CauseIx) -> Self {
        Self { flow, truths: truths(flow, reach), hidden, moves: Vec::new() }
    }

    /// Returns the hidden cause.
    pub fn hidden(&self) -> CauseIx {
        self.hidden
    }

    /// Returns what was done so far.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// Asks the customer. What was asked before is answered as before, and costs nothing.
    pub fn ask(&mut self, question: QuestionIx) -> Answer {
        let answer = self.truth(question);
        let asked = Move::Asked(question, answer);
        if !self.moves.contains(&asked) {
            self.moves.push(asked);
        }
        answer
    }

    /// Tries the fix of a cause. Trying once more costs once more: nobody knows what a second time is for.
    pub fn fix(&mut self, cause: CauseIx) -> FixResult {
        let result = if cause == self.hidden { FixResult::Fixed } else { FixResult::NotFixed };
        self.moves.push(Move::Tried(cause, result));
        result
    }

    /// Tells whether the right fix was tried.
    pub fn is_solved(&self) -> bool {
        self.moves.contains(&Move::Tried(self.hidden, FixResult::Fixed))
    }

    /// Returns what one move cost, in minutes.
    pub fn minutes(&self, done: Move) -> u32 {
        match done {
            Move::Asked(question, _) => bands::question_minutes(self.flow, question),
            Move::Tried(cause, _) => bands::fix_minutes(self.flow, cause),
        }
    }

    /// Returns what moves cost.
    pub fn cost(&self, moves: &[Move]) -> Cost {
        let mut cost = Cost::default();
        for &done in moves {
            match done {
                Move::Asked(..) => cost.questions += 1,
                Move::Tried(..) => cost.fixes += 1,
            }
            cost.minutes = cost.minutes.saturating_add(self.minutes(done));
        }
        cost
    }

    /// Returns what the guided walk does with the same customer, who refuses to be handed off: the questions, then the fixes.
    pub fn guided(&self, ranking: &Ranking) -> Vec<Move> {
        let result = |cause| if cause == self.hidden { FixResult::Fixed } else { FixResult::NotFixed };
        let script = Answers {
            answers: self.flow.question_ixs().map(|question| (question, self.truth(question))).collect(),
            fixes: self.flow.cause_ixs().map(|cause| (cause, result(cause))).collect(),
        };
        let (_, leg) = play_past(self.flow, ranking, &script);
        let asked = leg.asked().iter().map(|&question| Move::Asked(question, self.truth(question)));
        let tried = leg.failed().iter().chain([&self.hidden]).map(|&cause| Move::Tried(cause, result(cause)));
        asked.chain(tried).collect()
    }

    /// Returns which question would have ruled out clearly more than the move that was made, if one would have.
    pub fn better(&self, place: usize) -> Option<Better> {
        /// So many percent more are clearly more.
        const CLEARLY: u32 = 15;
        let fitting = self.fitting(&self.moves[..place]);
        if fitting.len() < 2 {
            return None;
        }
        let instead = match self.moves[place] {
            Move::Asked(question, _) => self.worth(question, &fitting),
            Move::Tried(cause, FixResult::NotFixed) => {
                let weight = if fitting.contains(&cause) { self.weigh([cause]) } else { 0 };
                percent(weight, self.weigh(fitting.iter().copied()))
            }
            Move::Tried(_, FixResult::Fixed) => return None,
        };
        let asked = |question: &QuestionIx| {
            self.moves[..place].iter().any(|done| matches!(done, Move::Asked(before, _) if before == question))
        };
        let open = self.flow.question_ixs().filter(|question| !asked(question));
        let cheap = |question| std::cmp::Reverse(bands::question_minutes(self.flow, question));
        let best = open.map(|question| (self.worth(question, &fitting), question));
        let (percent, question) =
            best.max_by_key(|&(worth, question)| (worth, cheap(question), std::cmp::Reverse(question)))?;
        (percent >= instead + CLEARLY).then_some(Better { question, percent, instead })
    }

    fn truth(&self, question: QuestionIx) -> Answer {
        self.truths.answer(self.hidden, question).unwrap_or(Answer::Unsure)
    }

    /// Returns the causes that fit what was done.
    fn fitting(&self, moves: &[Move]) -> Vec<CauseIx> {
        let fits = |cause: CauseIx| {
            moves.iter().all(|done| match *done {
                Move::Asked(_, Answer::Unsure) => true,
                Move::Asked(question, answer) => {
                    self.truths.answer(cause, question).is_none_or(|truth| truth == answer)
                }
                Move::Tried(tried, _) => tried != cause,
            })
        };
        self.flow.cause_ixs().filter(|&cause| fits(cause)).collect()
    }

    fn weigh(&self, causes: impl IntoIterator<Item = CauseIx>) -> u64 {
        causes.into_iter().map(|cause| u64::from(bands::weight(self.flow.cause(cause).likelihood))).sum()
    }

    /// Returns how many percent of the weight of causes a question is expected to rule out: yes comes as often as the causes that say
    /// so weigh, and rules out those that say no; those that say neither are ruled out by nothing.
    fn worth(&self, question: QuestionIx, causes: &[CauseIx]) -> u32 {
        let says = |side| {
            self.weigh(causes.iter().copied().filter(|&cause| self.truths.answer(cause, question) == Some(side)))
        };
        let (yes, no, all) = (says(Answer::Yes), says(Answer::No), self.weigh(causes.iter().copied()));
        percent(2 * yes * no, all * all)
    }
}

fn percent(part: u64, of: u64) -> u32 {
    u32::try_from((part * 100).checked_div(of).unwrap_or(0)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
    use crate::source::Source;

    /// Practises on four causes that two questions tell apart, and a third that tells only one from the others.
    fn check(hidden: &str, practise: impl FnOnce(&Flow, &mut Practice<'_>)) {
        let text = r#"(
            format: 1, id: "lamp",
            error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
            causes: {
                "a": (title: "t", why: "w", likelihood: Common, fix: ["long"]),
                "b": (title: "t", why: "w", likelihood: Common, fix: ["short"]),
                "c": (title: "t", why: "w", likelihood: Common, fix: ["short"]),
                "d": (title: "t", why: "w", likelihood: Common, fix: ["short"]),
            },
            steps: {
                "short": (title: "t", text: "t", effort: Minutes, risk: Safe),
                "long": (title: "t", text: "t", effort: Hours, risk: Safe),
            },
            start: "half",
            questions: {
                "half": (ask: "a?", yes: Ask("left"), no: Ask("right")),
                "left": (ask: "a?", find_out: ["short"], yes: Cause("a"), no: Cause("b")),
                "right": (ask: "a?", yes: Cause("c"), no: Cause("d")),
            },
        )"#;
        let flow = read(&Source::new("lamp.ron", text)).expect("a flow");
        let reach = Reach::of(&flow);
        let hidden = flow.find_cause(hidden).expect("there");
        practise(&flow, &mut Practice::begin(&flow, &reach, hidden));
    }

    #[test]
    fn the_customer_answers_as_the_hidden_cause_does() {
        check("d", |flow, practice| {
            let mut ask = |id| practice.ask(flow.find_question(id).expect("there"));
            assert_eq!([ask("half"), ask("left"), ask("right")], [Answer::No, Answer::Unsure, Answer::No]);
        });
    }

    #[test]
    fn what_is_asked_twice_costs_once_and_a_wrong_fix_costs_its_effort() {
        check("b", |flow, practice| {
            let [half, left] = ["half", "left"].map(|id| flow.find_question(id).expect("there"));
            let [a, b] = ["a", "b"].map(|id| flow.find_cause(id).expect("there"));
            practice.ask(half);
            practice.ask(half);
            practice.ask(left);
            assert_eq!(practice.cost(practice.moves()), Cost { questions: 2, fixes: 0, minutes: 6 });
            assert_eq!(practice.fix(a), FixResult::NotFixed);
            assert!(!practice.is_solved());
            assert_eq!(practice.fix(b), FixResult::Fixed);
            assert!(practice.is_solved());
            assert_eq!(practice.cost(practice.moves()), Cost { questions: 2, fixes: 2, minutes: 131 });
            let guided = practice.guided(&Ranking::of(flow));
            assert_eq!(practice.cost(&guided), Cost { questions: 2, fixes: 1, minutes: 11 });
        });
    }

    #[test]
    fn a_question_that_rules_out_clearly_more_is_named() {
        check("d", |flow, practice| {
            let [half, left, right] = ["half", "left", "right"].map(|id| flow.find_question(id).expect("there"));
            practice.ask(left);
            practice.ask(half);
            practice.ask(right);
            let better = [0, 1, 2].map(|place| practice.better(place));
            assert_eq!(better, [Some(Better { question: half, percent: 50, instead: 12 }), None, None]);
        });
    }

    #[test]
    fn a_number_draws_the_same_cause_and_numbers_draw_by_likelihood() {
        check("a", |flow, _| {
            let mut drawn = [0; 4];
            for seed in 0..4_000 {
                assert_eq!(draw(flow, seed), draw(flow, seed));
                drawn[draw(flow, seed).index()] += 1;
            }
            assert!(drawn.iter().all(|&times| (850..1_150).contains(&times)), "{drawn:?}");
        });
    }
}

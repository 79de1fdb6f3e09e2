//! Coverage: what of a flow walks have touched, counted.
//!
//! A question is touched when it is answered; a branch when the walk goes along it; a cause when its fix is tried or named as
//! the end; a step when it stands on the screen for one of these: to find out, to fix, and, of the cause it was, to prevent.

use std::collections::HashMap;

use crate::flow::{Answer, CauseIx, Flow, QuestionIx, StepIx, Unsure};
use crate::graph::Ranking;
use crate::walk::{Ended, Leg, Play, Prompt, Session, play, tried_sides};

/// Counts by how many walks each part of a flow was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    questions: Vec<u32>,
    /// Yes, then no.
    branches: Vec<[u32; 2]>,
    causes: Vec<u32>,
    steps: Vec<u32>,
    walks: u32,
}

/// Says how much of a kind was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Share {
    /// How many were touched at least once.
    pub touched: usize,
    /// How many there are.
    pub of: usize,
}

/// Holds the shares of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Shares {
    /// Of the questions.
    pub questions: Share,
    /// Of the branches: two a question.
    pub branches: Share,
    /// Of the causes.
    pub causes: Share,
    /// Of the steps.
    pub steps: Share,
}

impl Coverage {
    /// Nothing is touched yet.
    pub fn nothing(flow: &Flow) -> Self {
        Self {
            questions: vec![0; flow.questions().len()],
            branches: vec![[0; 2]; flow.questions().len()],
            causes: vec![0; flow.causes().len()],
            steps: vec![0; flow.steps().len()],
            walks: 0,
        }
    }

    /// Returns what a flow's rehearsals touch, whether they end where they say or not.
    pub fn of_rehearsals(flow: &Flow) -> Self {
        let ranking = Ranking::of(flow);
        let mut coverage = Self::nothing(flow);
        for rehearsal in flow.rehearsals() {
            let (came_to, leg) = play(flow, &ranking, &rehearsal.script);
            // A rehearsal ends where it was right: its last cause is the one.
            let found = match came_to {
                Play::Resolved(cause) | Play::At(Prompt::Fix { cause, .. }) => Some(cause),
                Play::At(_) => None,
            };
            coverage.add_leg(flow, &ranking, &leg, found.map(|cause| (cause, true)));
        }
        coverage
    }

    /// Adds what a session touched, on each of its legs that walked this flow; what it walked in another edition counts where the ids
    /// are the same. Returns whether there was such a leg.
    pub fn add_session(&mut self, flow: &Flow, session: &Session) -> bool {
        let last = session.legs().len() - 1;
        let mut is_added = false;
        for (n, (edition, leg)) in
            session.legs().enumerate().filter(|(_, (edition, _))| edition.flow().id() == flow.id())
        {
            let reached = match session.prompt() {
                _ if n != last => None,
                Prompt::Fix { cause, .. } => Some((cause, false)),
                Prompt::Ended(Ended::Resolved(cause)) => Some((cause, true)),
                _ => None,
            };
            let mut walked = Self::nothing(edition.flow());
            walked.add_leg(edition.flow(), edition.ranking(), leg, reached);
            self.add(flow, &walked, edition.flow());
            is_added = true;
        }
        is_added
    }

    /// Adds one walk: what its leg knows, and the cause it stands at, with whether that is the one.
    fn add_leg(&mut self, flow: &Flow, ranking: &Ranking, leg: &Leg, reached: Option<(CauseIx, bool)>) {
        let mut steps = vec![false; flow.steps().len()];
        let mut touch = |list: &[StepIx]| list.iter().for_each(|step| steps[step.index()] = true);
        for &asked in leg.asked() {
            self.questions[asked.index()] += 1;
            touch(&flow.question(asked).find_out);
        }
        for (question, side) in sides(flow, ranking, leg) {
            self.branches[question.index()][place(side)] += 1;
        }
        let at = reached.map(|(cause, _)| cause).filter(|cause| !leg.failed().contains(cause));
        for cause in leg.failed().iter().copied().chain(at) {
            self.causes[cause.index()] += 1;
            touch(&flow.cause(cause).fix);
        }
        if let Some((cause, true)) = reached {
            touch(&flow.cause(cause).prevent);
        }
        self.steps.iter_mut().zip(steps).for_each(|(count, is_touched)| *count += u32::from(is_touched));
        self.walks += 1;
    }

    /// Adds what was touched of another edition of the flow, by ids.
    pub fn add(&mut self, flow: &Flow, other: &Self, other_flow: &Flow) {
        let here = places(flow.questions().iter().map(|question| &*question.id));
        for (n, question) in other_flow.questions().iter().enumerate() {
            let Some(&here) = here.get(&*question.id) else { continue };
            self.questions[here] += other.questions[n];
            for side in 0..2 {
                self.branches[here][side] += other.branches[n][side];
            }
        }
        let here = places(flow.causes().iter().map(|cause| &*cause.id));
        for (cause, count) in other_flow.causes().iter().zip(&other.causes) {
            if let Some(&here) = here.get(&*cause.id) {
                self.causes[here] += count;
            }
        }
        let here = places(flow.steps().iter().map(|step| &*step.id));
        for (step, count) in other_flow.steps().iter().zip(&other.steps) {
            if let Some(&here) = here.get(&*step.id) {
                self.steps[here] += count;
            }
        }
        self.walks += other.walks;
    }

    /// Returns how many walks were added.
    pub fn walks(&self) -> u32 {
        self.walks
    }

    /// Returns how many walks answered a question.
    pub fn question(&self, question: QuestionIx) -> u32 {
        self.questions[question.index()]
    }

    /// Returns how many walks went along the yes or the no of a question; none for *not sure*, which is no branch of its own.
    pub fn branch(&self, question: QuestionIx, side: Answer) -> u32 {
        match side {
            Answer::Yes | Answer::No => self.branches[question.index()][place(side)],
            Answer::Unsure => 0,
        }
    }

    /// Returns how many walks reached a cause.
    pub fn cause(&self, cause: CauseIx) -> u32 {
        self.causes[cause.index()]
    }

    /// Returns how many walks touched a step.
    pub fn step(&self, step: StepIx) -> u32 {
        self.steps[step.index()]
    }

    /// Returns how much of each kind was touched.
    pub fn shares(&self) -> Shares {
        Shares {
            questions: Share::of(self.questions.iter()),
            branches: Share::of(self.branches.iter().flatten()),
            causes: Share::of(self.causes.iter()),
            steps: Share::of(self.steps.iter()),
        }
    }
}

impl Share {
    fn of<'a>(counts: impl Iterator<Item = &'a u32>) -> Self {
        counts.fold(Self::default(), |share, &count| Self {
            touched: share.touched + usize::from(count > 0),
            of: share.of + 1,
        })
    }

    /// Returns the share in whole percent, rounded down: 100 only where nothing is left out.
    pub fn percent(self) -> usize {
        (self.touched * 100).checked_div(self.of).unwrap_or(100)
    }

    /// Tells whether at least so many percent were touched.
    pub fn is_at_least(self, percent: u8) -> bool {
        self.touched * 100 >= usize::from(percent) * self.of
    }
}

impl std::ops::Add for Share {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { touched: self.touched + other.touched, of: self.of + other.of }
    }
}

impl Shares {
    /// Returns the share of all kinds together.
    pub fn all(&self) -> Share {
        self.questions + self.branches + self.causes + self.steps
    }
}

impl std::ops::Add for Shares {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            questions: self.questions + other.questions,
            branches: self.branches + other.branches,
            causes: self.causes + other.causes,
            steps: self.steps + other.steps,
        }
    }
}

/// Returns the sides that a leg's answers took; an answer that a later change left aside was given, too.
fn sides(flow: &Flow, ranking: &Ranking, leg: &Leg) -> Vec<(QuestionIx, Answer)> {
    let counts_as = |&asked: &QuestionIx| match (leg.given().answer(asked)?, flow.question(asked).unsure) {
        (Answer::Yes, _) | (Answer::Unsure, Unsure::AsYes) => Some((asked, Answer::Yes)),
        (Answer::No, _) | (Answer::Unsure, Unsure::AsNo) => Some((asked, Answer::No)),
        (Answer::Unsure, Unsure::KeepBoth) => None,
    };
    let mut sides: Vec<_> = leg.asked().iter().filter_map(counts_as).collect();
    if leg.asked().iter().any(|asked| counts_as(asked).is_none()) {
        sides.extend(tried_sides(flow, ranking, leg));
    }
    sides
}

/// Returns where each id stands.
fn places<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    ids.zip(0..).collect()
}

fn place(side: Answer) -> usize {
    usize::from(side != Answer::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::read;
    use crate::source::Source;

    /// Covers a flow of two causes, where the first question's *not sure* keeps both sides: what rehearsals leave untouched.
    fn check(rehearsals: &str, expected: &[&str]) {
        let text = format!(
            r#"(
                format: 1, id: "lamp",
                error: (code: "E1", title: "t", product: "p", category: "c", severity: Low, meaning: "m", source: "s", checked: "2026-11-20"),
                causes: {{
                    "bulb": (title: "t", why: "w", likelihood: Common, fix: ["change"], prevent: ["spare"]),
                    "plug": (title: "t", why: "w", likelihood: Rare, fix: ["plug-in"]),
                }},
                steps: {{
                    "change": (title: "t", text: "t", effort: Minutes, risk: Safe),
                    "plug-in": (title: "t", text: "t", effort: Minutes, risk: Safe),
                    "spare": (title: "t", text: "t", effort: Minutes, risk: Safe),
                    "look": (title: "t", text: "t", effort: Minutes, risk: Safe),
                }},
                start: "plugged",
                questions: {{
                    "plugged": (ask: "a?", yes: Ask("power"), no: Cause("plug")),
                    "power": (ask: "a?", find_out: ["look"], unsure: AsYes, yes: Cause("bulb"), no: HandOff("fuse")),
                }},
                rehearsals: [{rehearsals}],
            )"#
        );
        let flow = read(&Source::new("lamp.ron", text)).expect("a flow");
        let coverage = Coverage::of_rehearsals(&flow);
        let mut untouched = Vec::new();
        for (ix, question) in flow.question_ixs().zip(flow.questions()) {
            let sides =
                [Answer::Yes, Answer::No].map(|side| (coverage.branch(ix, side), format!("{} {side}", question.id)));
            untouched.extend([(coverage.question(ix), question.id.clone())].into_iter().chain(sides));
        }
        untouched.extend(flow.cause_ixs().map(|ix| (coverage.cause(ix), flow.cause(ix).id.clone())));
        untouched.extend(flow.steps().iter().zip(&coverage.steps).map(|(step, &count)| (count, step.id.clone())));
        let of = untouched.len();
        untouched.retain(|(count, _)| *count == 0);
        assert_eq!(untouched.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(coverage.shares().all(), Share { touched: of - expected.len(), of });
    }

    #[test]
    fn nothing_is_touched_without_a_rehearsal() {
        check(
            "",
            &[
                "plugged",
                "plugged yes",
                "plugged no",
                "power",
                "power yes",
                "power no",
                "bulb",
                "plug",
                "change",
                "plug-in",
                "spare",
                "look",
            ],
        );
    }

    #[test]
    fn an_answer_touches_its_question_its_side_and_how_to_find_it_out() {
        check(
            r#"(name: "n", answers: {"plugged": Yes, "power": No}, ends: HandOff("fuse"))"#,
            &["plugged no", "power yes", "bulb", "plug", "change", "plug-in", "spare"],
        );
    }

    #[test]
    fn the_cause_it_was_touches_its_prevention_and_one_that_was_tried_its_fix() {
        check(
            r#"(name: "n", answers: {"plugged": Unsure, "power": Yes}, fixes: {"bulb": NotFixed}, ends: Cause("plug"))"#,
            &["power no", "spare"],
        );
        check(
            r#"(name: "n", answers: {"plugged": Yes, "power": Yes}, ends: Cause("bulb"))"#,
            &["plugged no", "power no", "plug", "plug-in"],
        );
    }

    #[test]
    fn not_sure_touches_the_sides_that_were_walked() {
        check(
            r#"(name: "n", answers: {"plugged": Unsure, "power": Unsure}, ends: Cause("bulb"))"#,
            &["plugged no", "power no", "plug", "plug-in"],
        );
    }

    #[test]
    fn a_share_is_whole_only_when_nothing_is_left_out() {
        let percent = |touched, of| Share { touched, of }.percent();
        assert_eq!(
            [percent(0, 0), percent(0, 3), percent(2, 3), percent(999, 1000), percent(3, 3)],
            [100, 0, 66, 99, 100]
        );
    }
}

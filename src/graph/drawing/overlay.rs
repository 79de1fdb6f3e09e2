//! What is laid over a flow's graph: one walk, or what many walks touched.

use crate::flow::{Answer, CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, Target};

/// Says what a drawing shows besides the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay<'a> {
    /// Nothing.
    Nothing,
    /// One walk.
    Walk(&'a Marks),
    /// What many walks touched.
    Touches(&'a Touches),
}

/// Says what a walk made of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The session that walked.
    pub session: String,
    /// The questions that were answered, each with its answer.
    pub answered: Vec<(QuestionIx, Answer)>,
    /// The questions that led to where the walk is, in order, and where that is.
    pub way: Vec<QuestionIx>,
    /// What is asked now, or the cause that was fixed; it may stand beside the way.
    pub at: Option<Target>,
    /// Whether the fix of the cause there worked.
    pub is_fixed: bool,
    /// The causes whose fix did not work.
    pub failed: Vec<CauseIx>,
    /// The causes that the answers ruled out.
    pub ruled_out: Vec<CauseIx>,
}

/// Counts by how many walks each question, branch and cause was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touches {
    /// Each question of the flow, in the order of the file.
    pub questions: Vec<Count>,
    /// The yes and the no of each question.
    pub branches: Vec<[Count; 2]>,
    /// Each cause of the flow, in the order of the file.
    pub causes: Vec<Count>,
    /// How many walks there are.
    pub walks: Count,
}

/// Counts walks by where they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Count {
    /// Walks that the flow's author wrote down.
    pub rehearsals: u32,
    /// Walks of persons.
    pub sessions: u32,
}

impl Count {
    /// Returns how many walks these are.
    pub fn all(self) -> u32 {
        self.rehearsals + self.sessions
    }
}

impl std::ops::Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { rehearsals: self.rehearsals + other.rehearsals, sessions: self.sessions + other.sessions }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let some = |n: u32, word: &str| match n {
            0 => None,
            1 => Some(format!("1 {word}")),
            n => Some(format!("{n} {word}s")),
        };
        let parts: Vec<String> =
            [some(self.rehearsals, "rehearsal"), some(self.sessions, "session")].into_iter().flatten().collect();
        f.write_str(&if parts.is_empty() { "never touched".to_owned() } else { parts.join(", ") })
    }
}

/// Says what an overlay makes of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Plain,
    Answered,
    Way,
    Now,
    Fixed,
    Failed,
    RuledOut,
    Touched,
    Untouched,
}

/// Says what an overlay makes of an edge; a later one is drawn over an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EdgeState {
    Plain,
    Touched,
    Untouched,
    Answered,
    Way,
}

impl Marks {
    /// Returns what was answered to a question.
    pub(super) fn answer(&self, question: QuestionIx) -> Option<Answer> {
        self.answered.iter().find(|&&(ix, _)| ix == question).map(|&(_, answer)| answer)
    }

    fn edge(&self, flow: &Flow, question: QuestionIx, side: Answer, target: Target) -> EdgeState {
        let Some(answer) = self.answer(question) else { return EdgeState::Plain };
        let taken = flow.question(question).side(answer);
        let is_side = answer == side || (answer == Answer::Unsure && taken.is_none_or(|taken| taken == target));
        let next =
            self.way.iter().position(|&ix| ix == question).map(|n| self.way.get(n + 1).map(|&ix| Target::Ask(ix)));
        match next {
            _ if !is_side => EdgeState::Plain,
            Some(next) if next.or(self.at) == Some(target) => EdgeState::Way,
            _ => EdgeState::Answered,
        }
    }

    fn question(&self, question: QuestionIx) -> (State, &'static str) {
        let status = match self.answer(question) {
            _ if self.at == Some(Target::Ask(question)) => return (State::Now, "▸ asked now"),
            Some(Answer::Yes) => "answered yes",
            Some(Answer::No) => "answered no",
            Some(Answer::Unsure) => "answered not sure",
            None => return (State::Plain, ""),
        };
        (if self.way.contains(&question) { State::Way } else { State::Answered }, status)
    }

    fn cause(&self, cause: CauseIx) -> (State, &'static str) {
        let is_at = self.at == Some(Target::End(cause.into()));
        if is_at && self.is_fixed {
            (State::Fixed, "✓ the cause: its fix worked")
        } else if self.failed.contains(&cause) {
            (State::Failed, "✗ its fix did not work")
        } else if is_at {
            (State::Now, "▸ its fix is tried now")
        } else if self.ruled_out.contains(&cause) {
            (State::RuledOut, "ruled out")
        } else {
            (State::Plain, "")
        }
    }

    fn outcome(&self, outcome: OutcomeIx) -> (State, &'static str) {
        if self.at == Some(Target::End(outcome)) { (State::Now, "▸ here") } else { (State::Plain, "") }
    }
}

impl Touches {
    fn state(count: Count) -> (State, String) {
        (if count.all() > 0 { State::Touched } else { State::Untouched }, count.to_string())
    }

    /// Returns how many walks went along a branch.
    pub(super) fn branch(&self, question: QuestionIx, side: Answer) -> Count {
        self.branches[question.index()][usize::from(side != Answer::Yes)]
    }

    /// Returns how many walks came to an outcome that is no cause: those that went along a branch to it.
    fn outcome(&self, flow: &Flow, outcome: OutcomeIx) -> Count {
        let sides = flow.question_ixs().flat_map(|ix| {
            let question = flow.question(ix);
            [(ix, Answer::Yes, question.yes), (ix, Answer::No, question.no)]
        });
        let leading = sides.filter(|&(_, _, target)| target == Target::End(outcome));
        leading.map(|(ix, side, _)| self.branch(ix, side)).fold(Count::default(), |sum, count| sum + count)
    }
}

impl Overlay<'_> {
    /// Says what becomes of a question, and in words.
    pub(super) fn question(&self, question: QuestionIx) -> (State, String) {
        match self {
            Self::Nothing => (State::Plain, String::new()),
            Self::Walk(marks) => owned(marks.question(question)),
            Self::Touches(touches) => Touches::state(touches.questions[question.index()]),
        }
    }

    /// Says what becomes of a cause, and in words.
    pub(super) fn cause(&self, cause: CauseIx) -> (State, String) {
        match self {
            Self::Nothing => (State::Plain, String::new()),
            Self::Walk(marks) => owned(marks.cause(cause)),
            Self::Touches(touches) => Touches::state(touches.causes[cause.index()]),
        }
    }

    /// Says what becomes of a hand-off or an escalation, and in words.
    pub(super) fn outcome(&self, flow: &Flow, outcome: OutcomeIx) -> (State, String) {
        match self {
            Self::Nothing => (State::Plain, String::new()),
            Self::Walk(marks) => owned(marks.outcome(outcome)),
            Self::Touches(touches) => Touches::state(touches.outcome(flow, outcome)),
        }
    }

    /// Returns by how many walks something was touched, where that is counted.
    pub(super) fn touched(&self, flow: &Flow, target: Target) -> Option<Count> {
        let Self::Touches(touches) = self else { return None };
        Some(match target {
            Target::Ask(question) => touches.questions[question.index()],
            Target::End(outcome) => match flow.outcome(outcome) {
                Outcome::Cause(cause) => touches.causes[cause.index()],
                Outcome::HandOff(_) | Outcome::Escalate(_) => touches.outcome(flow, outcome),
            },
        })
    }

    /// Says what becomes of a branch.
    pub(super) fn edge(&self, flow: &Flow, question: QuestionIx, side: Answer, target: Target) -> EdgeState {
        match self {
            Self::Nothing => EdgeState::Plain,
            Self::Walk(marks) => marks.edge(flow, question, side, target),
            Self::Touches(touches) if touches.branch(question, side).all() > 0 => EdgeState::Touched,
            Self::Touches(_) => EdgeState::Untouched,
        }
    }
}

fn owned((state, words): (State, &str)) -> (State, String) {
    (state, words.to_owned())
}

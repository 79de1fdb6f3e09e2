//! An instance: what the analysis looks at, without words. Outcomes with weights and fix minutes, questions with minutes, and
//! who answers what.

use super::Set;

/// Holds outcomes and questions as numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// What may be the matter.
    pub outcomes: Vec<Suspect>,
    /// What can be asked.
    pub questions: Vec<Query>,
    /// When the minutes of the right fix count.
    pub right_fix: RightFix,
}

/// Says when the minutes of the right fix count. Where each answer is known it makes no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RightFix {
    /// When it is made, with the chance to come to it.
    WhenMade,
    /// Ahead, by the weights: the right fix has to be made whatever the order, so no order can save on it. Only what is asked
    /// and what is tried in vain counts on the way.
    Ahead,
}

/// Holds what may be the matter, as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suspect {
    /// How often it is the one, against the others.
    pub weight: f64,
    /// Minutes of its fix; none for a hand-off or an escalation, which cannot be tried while something else is live.
    pub fix: Option<f64>,
}

/// Holds a question as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Query {
    /// Minutes until it is answered.
    pub minutes: f64,
    /// The outcomes under which the answer is yes.
    pub yes: Set,
    /// The outcomes under which the answer is no. Those in neither set may answer either way.
    pub no: Set,
}

/// Says what one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Try the fix of an outcome.
    Try(usize),
    /// Ask a question.
    Ask(usize),
}

/// Says what an answer leaves live, and how likely it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// What yes leaves.
    pub yes: Set,
    /// What no leaves.
    pub no: Set,
    /// The chance of yes.
    pub chance: f64,
    /// Whether some live outcome definitely answers yes and some definitely no.
    pub separates: bool,
}

impl Instance {
    /// Returns the set of all outcomes.
    pub fn all(&self) -> Set {
        Set::first(self.outcomes.len())
    }

    /// Returns the outcomes that have a fix.
    pub fn causes(&self) -> Set {
        (0..self.outcomes.len()).filter(|&n| self.outcomes[n].fix.is_some()).collect()
    }

    /// Returns the share of some live outcomes among all that are. Where all weights are zero each counts the same.
    pub fn share(&self, part: Set, live: Set) -> f64 {
        let all = self.weight(live);
        if all > 0.0 { self.weight(part) / all } else { count(part) / count(live) }
    }

    fn weight(&self, set: Set) -> f64 {
        set.iter().map(|n| self.outcomes[n].weight).sum()
    }

    /// Returns the minutes that count ahead of all questions and tries.
    pub fn minutes_ahead(&self) -> f64 {
        match self.right_fix {
            RightFix::WhenMade => 0.0,
            RightFix::Ahead => self.right_fix_minutes(),
        }
    }

    /// Returns the minutes that count when a fix is tried that may leave something live, with the chance of that.
    pub fn try_minutes(&self, outcome: usize, in_vain: f64) -> f64 {
        let fix = self.outcomes[outcome].fix.unwrap_or(0.0);
        match self.right_fix {
            RightFix::WhenMade => fix,
            RightFix::Ahead => in_vain * fix,
        }
    }

    /// Returns the expected minutes of the right fix.
    pub fn right_fix_minutes(&self) -> f64 {
        let own = |n: usize| self.share([n].into_iter().collect(), self.all()) * self.outcomes[n].fix.unwrap_or(0.0);
        self.all().iter().map(own).sum()
    }

    /// Returns what the answers to a question leave. Where no live outcome definitely says no, all say yes, and the reverse;
    /// where none says anything definite, either answer has the chance of one half.
    pub fn split(&self, question: usize, live: Set) -> Split {
        let Query { yes, no, .. } = self.questions[question];
        let (says_yes, says_no) = (live.and(yes), live.and(no));
        let unknown = live.minus(yes).minus(no);
        let chance = match (says_yes.is_empty(), says_no.is_empty()) {
            (false, false) => self.share(says_yes, live) + self.share(unknown, live) / 2.0,
            (false, true) => 1.0,
            (true, false) => 0.0,
            (true, true) => 0.5,
        };
        Split {
            yes: live.minus(no),
            no: live.minus(yes),
            chance,
            separates: !says_yes.is_empty() && !says_no.is_empty(),
        }
    }

    /// Tells whether some question separates what is live.
    pub fn is_separable(&self, live: Set) -> bool {
        self.questions.iter().any(|query| !live.and(query.yes).is_empty() && !live.and(query.no).is_empty())
    }

    /// Tells whether each outcome has a definite answer to each question. Then belief by sets is Bayes' rule.
    pub fn is_definite(&self) -> bool {
        let all = self.all();
        self.questions.iter().all(|query| all.minus(query.yes).minus(query.no).is_empty())
    }

    /// Counts the answers that are known, and all there could be.
    pub fn known_answers(&self) -> (usize, usize) {
        let known = |query: &Query| self.all().and(query.yes).len() + self.all().and(query.no).len();
        (self.questions.iter().map(known).sum(), self.questions.len() * self.outcomes.len())
    }

    /// Tells whether each outcome ends ways of its own: a fix tells its cause from the rest, what has none needs a question.
    fn is_each_found(&self) -> bool {
        let elsewhere = self.all().minus(self.causes());
        elsewhere.iter().all(|a| elsewhere.iter().all(|b| a == b || self.is_separable([a, b].into_iter().collect())))
    }

    /// Returns the entropy of the outcomes in bits (Shannon 1948): no order of yes/no questions and tries can do with fewer
    /// on average.
    pub fn entropy(&self) -> f64 {
        let share = |n| self.share([n].into_iter().collect(), self.all());
        self.all()
            .iter()
            .map(share)
            .filter(|&share| share > 0.0)
            .map(|share| -share * share.log2())
            .sum::<f64>()
            .max(0.0)
    }

    /// Returns minutes that no order can do without.
    ///
    /// Where each answer is known and each outcome can be told from the others, an order is a binary tree of questions and tries
    /// with a leaf for each outcome, at which its own fix is made. Its mean depth is at least the entropy; at most one of the
    /// steps on a way is that last fix itself, and each other one costs no less than the cheapest. Else only that something has
    /// to be fixed at last.
    pub fn least_minutes(&self) -> f64 {
        let fixes = || self.outcomes.iter().map(|suspect| suspect.fix.unwrap_or(0.0));
        if !self.is_definite() || !self.is_each_found() {
            return match self.right_fix {
                RightFix::WhenMade => fixes().fold(f64::INFINITY, f64::min),
                RightFix::Ahead => self.right_fix_minutes(),
            };
        }
        let tries = self.outcomes.iter().filter_map(|suspect| suspect.fix);
        let cheapest = self.questions.iter().map(|query| query.minutes).chain(tries).fold(f64::INFINITY, f64::min);
        let others = (self.entropy() - 1.0).max(0.0);
        self.right_fix_minutes() + if others > 0.0 { others * cheapest } else { 0.0 }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a set has at most 128 outcomes")]
fn count(set: Set) -> f64 {
    set.len() as f64
}

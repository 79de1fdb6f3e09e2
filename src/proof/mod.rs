//! The proof: what holds of a flow over every answer sequence, with *not sure* and failed fixes in it.
//!
//! Purpose: say of each [`Claim`] that it holds and why, or show by findings that it does not. Must not: enumerate walks: a flow
//! of 100 questions can have 10^12 ways. Place: after check, whose findings are what fails; `cli` shows it.
//!
//! The method. A walk's position is a pure function of its answers and of the outcomes that are spent, and each prompt
//! takes one thing away from what can come: an answered question is not asked again, a spent outcome is not offered again. So every walk ends, after
//! at most as many prompts as there are questions and outcomes, and one escalation when nothing is left. It never strands: both sides of every
//! question lead somewhere (the reader refuses others), what *not sure* left open comes next, then what answers ruled out, then the
//! escalation. What is left to prove are facts of the graph, each by a pass over its questions ([`Ways`]): which
//! questions and causes are reached, which are worth asking, whether the same words stand twice on one way. A question is worth
//! asking if its sides hold different outcomes; where they do not, the walk passes it.
//!
//! That some question tells each two causes apart follows: of the questions from which both are reached take one
//! below which none is; each of its sides reaches only one of the two, because a branch ends at one outcome. A property test holds
//! all of this against walks that are enumerated.

mod render;

pub use render::{to_json, to_text};

use crate::diag::{Code, Diagnostic};
use crate::flow::{CauseIx, Flow, Outcome};
use crate::graph::{Ranking, Ways};

/// Names what is claimed of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Every walk ends.
    Ends,
    /// No walk comes to where nothing follows.
    NeverStrands,
    /// Some answers lead to each question and each cause.
    ReachesAll,
    /// No walk asks the same thing twice.
    AsksOnce,
    /// Every question separates something.
    AsksUseful,
    /// Each two causes are told apart.
    Separates,
    /// Every step has its place.
    UsesSteps,
}

impl Claim {
    /// Lists the claims in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Ends,
        Self::NeverStrands,
        Self::ReachesAll,
        Self::AsksOnce,
        Self::AsksUseful,
        Self::Separates,
        Self::UsesSteps,
    ];

    /// Returns the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ends => "ends",
            Self::NeverStrands => "never-strands",
            Self::ReachesAll => "reaches-all",
            Self::AsksOnce => "asks-once",
            Self::AsksUseful => "asks-useful",
            Self::Separates => "separates",
            Self::UsesSteps => "uses-steps",
        }
    }

    /// Returns the claim in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Ends => "it ends",
            Self::NeverStrands => "it never strands",
            Self::ReachesAll => "it reaches each question and cause",
            Self::AsksOnce => "it asks nothing twice",
            Self::AsksUseful => "it asks nothing useless",
            Self::Separates => "it tells each two causes apart",
            Self::UsesSteps => "it uses each step",
        }
    }

    /// Returns the codes of the findings that show that it does not hold.
    pub const fn codes(self) -> &'static [Code] {
        match self {
            Self::Ends => &[Code::Cycle],
            Self::NeverStrands | Self::Separates => &[],
            Self::ReachesAll => &[Code::UnreachableQuestion, Code::UnreachableCause],
            Self::AsksOnce => &[Code::AskedTwice],
            Self::AsksUseful => &[Code::UselessQuestion],
            Self::UsesSteps => &[Code::UnusedStep],
        }
    }

    /// Returns what fails with it, if the flow is known: of one that does not end nothing else can be said.
    fn needs_end(self) -> bool {
        !matches!(self, Self::Ends)
    }
}

/// Counts what a proof speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Questions that a walk can ask.
    pub asked: usize,
    /// Causes of the flow.
    pub causes: usize,
    /// Hand-offs to other flows.
    pub hand_offs: usize,
    /// Escalations that the flow writes.
    pub escalations: usize,
    /// Steps of the flow.
    pub steps: usize,
    /// Whether a question separates nothing: then how many ways there are, and how long, is not counted.
    pub is_any_useless: bool,
    /// Different ways of yes and no from the start to an outcome; `u128::MAX` for as many or more.
    pub ways: u128,
    /// The fewest questions on such a way.
    pub least: u32,
    /// The most questions on such a way.
    pub most: u32,
    /// The most prompts of any walk: questions, fixes, hand-offs and escalations.
    pub prompts: usize,
    /// The cause that takes the most questions at best, and how many.
    pub farthest: Option<(CauseIx, u32)>,
    /// Groups of causes that the author names as inseparable.
    pub inseparable: usize,
}

impl Facts {
    /// Counts, by states: each pass is linear in the questions.
    pub fn of(flow: &Flow) -> Self {
        let ways = Ways::of(flow, &Ranking::of(flow));
        let is_asked =
            |&question: &_| ways.is_asked(question) && ways.distance(crate::flow::Target::Ask(question)).is_some();
        let asked = flow.question_ixs().filter(is_asked).count();
        let count = |is: fn(&Outcome) -> bool| flow.outcomes().iter().filter(|outcome| is(outcome)).count();
        let (least, most) = ways.lengths();
        Self {
            asked,
            causes: flow.causes().len(),
            hand_offs: count(|outcome| matches!(outcome, Outcome::HandOff(_))),
            escalations: count(|outcome| matches!(outcome, Outcome::Escalate(_))),
            steps: flow.steps().len(),
            is_any_useless: flow.question_ixs().any(|ix| !ways.is_asked(ix)),
            ways: ways.count(),
            least,
            most,
            prompts: flow.questions().len() + flow.outcomes().len() + 1,
            farthest: ways.farthest_cause(),
            inseparable: flow.inseparable().len(),
        }
    }
}

/// Says of each claim what shows that it does not hold; nothing where it does.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// The flow; nothing where its questions lead back to themselves.
    pub flow: Option<(&'a Flow, Facts)>,
    /// What was found, of what the claims speak of.
    pub findings: &'a [Diagnostic],
}

impl<'a> Proof<'a> {
    /// Makes the proof of a flow from what the linter found in it.
    pub fn of(flow: Option<&'a Flow>, findings: &'a [Diagnostic]) -> Self {
        Self { flow: flow.map(|flow| (flow, Facts::of(flow))), findings }
    }

    /// Tells whether a claim holds; nothing where that cannot be said.
    pub fn holds(&self, claim: Claim) -> Option<bool> {
        if self.against(claim).next().is_some() {
            return Some(false);
        }
        (self.flow.is_some() || !claim.needs_end()).then_some(true)
    }

    /// Returns the findings that show that a claim does not hold.
    pub fn against(&self, claim: Claim) -> impl Iterator<Item = &'a Diagnostic> + use<'a> {
        self.findings.iter().filter(move |found| claim.codes().contains(&found.code))
    }

    /// Tells whether all claims hold.
    pub fn is_proved(&self) -> bool {
        Claim::ALL.into_iter().all(|claim| self.holds(claim) == Some(true))
    }
}

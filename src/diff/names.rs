//! What in the old flow is what in the new one: by id, and where an id is gone by the same words under a new one.

use std::collections::{HashMap, HashSet};

use crate::flow::{CauseIx, Flow, Outcome, OutcomeIx, QuestionIx, Target};
use crate::graph::Ranking;

/// Pairs the questions, causes and ends of two flows.
#[derive(Debug)]
pub(super) struct Names {
    /// The old question of each new one, and the new one of each old one.
    pub(super) questions: Pairs<QuestionIx>,
    /// The same of causes.
    pub(super) causes: Pairs<CauseIx>,
    /// The old end of each new one; nothing for one that is new.
    pub(super) old_ends: Vec<Option<OutcomeIx>>,
}

/// Pairs things of two lists, by their places.
#[derive(Debug)]
pub(super) struct Pairs<Ix> {
    pub(super) new_of: Vec<Option<Ix>>,
    pub(super) old_of: Vec<Option<Ix>>,
}

impl Names {
    pub(super) fn of(old: &Flow, new: &Flow) -> Self {
        fn question(flow: &Flow, ix: QuestionIx) -> (&str, &str) {
            (&flow.question(ix).id, &flow.question(ix).ask)
        }
        fn cause(flow: &Flow, ix: CauseIx) -> (&str, &str) {
            (&flow.cause(ix).id, &flow.cause(ix).title)
        }
        let questions = Pairs::of(
            &old.question_ixs().map(|ix| (ix, question(old, ix))).collect::<Vec<_>>(),
            &new.question_ixs().map(|ix| (ix, question(new, ix))).collect::<Vec<_>>(),
        );
        let causes = Pairs::of(
            &old.cause_ixs().map(|ix| (ix, cause(old, ix))).collect::<Vec<_>>(),
            &new.cause_ixs().map(|ix| (ix, cause(new, ix))).collect::<Vec<_>>(),
        );
        let old_ends = old_ends(old, new, &causes);
        Self { questions, causes, old_ends }
    }

    /// Tells whether an old end and a new one are the same.
    pub(super) fn is_same_end(&self, old: OutcomeIx, new: OutcomeIx) -> bool {
        self.old_ends[new.index()] == Some(old)
    }

    /// Tells whether both flows ask the same questions, lead to the same ends by them, and prefer them in the same order:
    /// all that a position depends on.
    pub(super) fn is_same_graph(&self, old: &Flow, new: &Flow) -> bool {
        let is_same = |before: Target, now: Target| match (before, now) {
            (Target::Ask(before), Target::Ask(now)) => self.questions.new_of[before.index()] == Some(now),
            (Target::End(before), Target::End(now)) => self.is_same_end(before, now),
            _ => false,
        };
        let ranked = |flow: &Flow| {
            let ranking = Ranking::of(flow);
            let mut ends: Vec<OutcomeIx> = flow.outcome_ixs().collect();
            ends.sort_by_key(|&end| ranking.rank(end));
            ends
        };
        let (before, now) = (ranked(old), ranked(new));
        old.questions().len() == new.questions().len()
            && is_same(Target::Ask(old.start()), Target::Ask(new.start()))
            && before.len() == now.len()
            && before.into_iter().zip(now).all(|(before, now)| self.is_same_end(before, now))
            && old.question_ixs().all(|ix| {
                self.questions.new_of[ix.index()].is_some_and(|now| {
                    let (before, now) = (old.question(ix), new.question(now));
                    before.unsure == now.unsure && is_same(before.yes, now.yes) && is_same(before.no, now.no)
                })
            })
    }
}

impl<Ix: Copy> Pairs<Ix> {
    /// Pairs by id, then what is left by words, where only one on each side has them.
    fn of(old: &[(Ix, (&str, &str))], new: &[(Ix, (&str, &str))]) -> Self {
        let mut pairs = Self { new_of: vec![None; old.len()], old_of: vec![None; new.len()] };
        let by_id: HashMap<&str, usize> = old.iter().enumerate().map(|(n, (_, (id, _)))| (*id, n)).collect();
        for (n, (_, (id, _))) in new.iter().enumerate() {
            if let Some(&o) = by_id.get(id) {
                pairs.set(old, o, new, n);
            }
        }
        let mut by_words: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (o, (_, (_, words))) in old.iter().enumerate().filter(|(o, _)| pairs.new_of[*o].is_none()) {
            by_words.entry(words).or_default().0.push(o);
        }
        for (n, (_, (_, words))) in new.iter().enumerate().filter(|(n, _)| pairs.old_of[*n].is_none()) {
            by_words.entry(words).or_default().1.push(n);
        }
        for alone in by_words.into_values() {
            if let ([o], [n]) = (alone.0.as_slice(), alone.1.as_slice()) {
                pairs.set(old, *o, new, *n);
            }
        }
        pairs
    }

    fn set(&mut self, old: &[(Ix, (&str, &str))], o: usize, new: &[(Ix, (&str, &str))], n: usize) {
        self.new_of[o] = Some(new[n].0);
        self.old_of[n] = Some(old[o].0);
    }
}

/// Finds the old end of each new one. An escalation is the same by its text; one that is alone in being gone is the one that is
/// alone in being new.
fn old_ends(old: &Flow, new: &Flow, causes: &Pairs<CauseIx>) -> Vec<Option<OutcomeIx>> {
    let known: HashMap<&Outcome, OutcomeIx> = old.outcome_ixs().map(|ix| (old.outcome(ix), ix)).collect();
    let old_of = |outcome: &Outcome| match outcome {
        Outcome::Cause(cause) => causes.old_of[cause.index()].map(OutcomeIx::from),
        Outcome::HandOff(_) | Outcome::Escalate(_) => known.get(outcome).copied(),
    };
    let mut ends: Vec<Option<OutcomeIx>> = new.outcomes().iter().map(old_of).collect();
    let stays: HashSet<OutcomeIx> = ends.iter().copied().flatten().collect();
    let is_escalation = |flow: &Flow, ix: OutcomeIx| matches!(flow.outcome(ix), Outcome::Escalate(_));
    let gone: Vec<OutcomeIx> = old.outcome_ixs().filter(|ix| is_escalation(old, *ix) && !stays.contains(ix)).collect();
    let come: Vec<OutcomeIx> =
        new.outcome_ixs().filter(|ix| is_escalation(new, *ix) && ends[ix.index()].is_none()).collect();
    if let ([gone], [come]) = (gone.as_slice(), come.as_slice()) {
        ends[come.index()] = Some(*gone);
    }
    ends
}

//! What a change to a flow does to people's walks: the meaning of two versions, not their text.
//!
//! Purpose: say which answers now end elsewhere, each by its fewest answers and with their number, and what was added, removed,
//! renamed and reworded. Must not: open files or sessions. Place: after walk, whose engine says where answers lead, and transcript, whose Markdown it writes.
//!
//! A sequence is one person who answers what is asked, yes, no or not sure, in the old version and in the new one; a question that
//! both ask is asked once. It ends where both have come to their first outcome. What is the same thing in both is found by id, then
//! by the same words. `joint` counts the sequences by states; a property test holds it against sequences that are played.

mod edits;
mod joint;
mod names;
mod render;

pub use edits::{Change, Edit, Kind};
pub use render::{to_json, to_markdown, to_text};

use crate::flow::{Answer, Flow, Outcome};
use crate::graph::Ranking;
use crate::proof::Facts;
use crate::walk::{Leg, describe, position};
use joint::{Asked, Joint, Pair};
use names::Names;

/// Holds what changed from one version of a flow to another.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The old version.
    pub old: &'a Flow,
    /// The new version.
    pub new: &'a Flow,
    /// Which answers the sequences hold: not sure is left out of flows in which it would take too many states.
    pub answers: &'static [Answer],
    /// How many sequences there are; nothing where even yes and no take too many states.
    pub ways: Option<u128>,
    /// Whether both versions ask the same and lead to the same ends: then no sequence can end elsewhere, counted or not.
    pub is_same_graph: bool,
    /// Where sequences end elsewhere now; the most frequent first.
    pub moves: Vec<Move>,
    /// What was added, removed, renamed and reworded.
    pub edits: Vec<Edit>,
    /// What the proof counts, before and after.
    pub facts: [Facts; 2],
    names: Names,
}

/// Says where an open session stands in the old version, and where it would stand in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The session's id.
    pub session: String,
    /// What it asks next.
    pub now: String,
    /// What it would ask next.
    pub then: String,
}

/// Says that some sequences end elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where they ended.
    pub from: Outcome,
    /// Where they end now.
    pub to: Outcome,
    /// How many they are; `u128::MAX` for as many or more.
    pub ways: u128,
    /// The shortest of them: questions by id, the old one where both versions have it.
    pub way: Vec<(String, Answer)>,
}

/// Compares two versions of a flow.
pub fn compare<'a>(old: &'a Flow, new: &'a Flow) -> Comparison<'a> {
    const ALL: &[Answer] = &[Answer::Yes, Answer::No, Answer::Unsure];
    let names = Names::of(old, new);
    let joint =
        [ALL, &ALL[..2]].into_iter().find_map(|answers| Some((joint::walk(old, new, &names, answers)?, answers)));
    let (ways, answers, moves) = match joint {
        Some((joint, answers)) => (Some(joint.ways), answers, moves(old, new, &names, joint)),
        None => (None, &ALL[..0], Vec::new()),
    };
    let edits = edits::edits(old, new, &names);
    let is_same_graph = names.is_same_graph(old, new);
    Comparison { old, new, answers, ways, is_same_graph, moves, edits, facts: [Facts::of(old), Facts::of(new)], names }
}

impl Comparison<'_> {
    /// Returns how many sequences end elsewhere now.
    pub fn moved(&self) -> u128 {
        self.moves.iter().fold(0, |sum, moved| sum.saturating_add(moved.ways))
    }

    /// Says where a session that walks the old version stands in both, by the same answers and failed fixes.
    pub fn meet(&self, session: &str, leg: &Leg) -> Meeting {
        let Names { questions, causes, .. } = &self.names;
        let carried = leg.carried(self.new, |ix| questions.new_of[ix.index()], |ix| causes.new_of[ix.index()]);
        let next = |flow: &Flow, leg: &Leg| describe(flow, &position(flow, &Ranking::of(flow), leg));
        Meeting { session: session.to_owned(), now: next(self.old, leg), then: next(self.new, &carried) }
    }

    /// Tells whether any question of the old version is in the new one; where none is, no walks can be compared.
    pub fn has_common_questions(&self) -> bool {
        self.names.questions.new_of.iter().any(Option::is_some)
    }

    /// Tells whether walks change, as far as that was found out.
    pub fn changes_walks(&self) -> bool {
        !self.moves.is_empty() || (self.ways.is_none() && !self.is_same_graph)
    }
}

fn moves(old: &Flow, new: &Flow, names: &Names, joint: Joint) -> Vec<Move> {
    let id = |asked: Asked| match asked {
        Asked::Old(question) => old.question(question).id.clone(),
        Asked::New(question) => new.question(question).id.clone(),
    };
    let moved = |pair: Pair| Move {
        from: old.outcome(pair.old).clone(),
        to: new.outcome(pair.new).clone(),
        ways: pair.ways,
        way: pair.way.into_iter().map(|(asked, answer)| (id(asked), answer)).collect(),
    };
    let mut pairs: Vec<Pair> = joint.ends.into_iter().filter(|pair| !names.is_same_end(pair.old, pair.new)).collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.ways), pair.old, pair.new));
    pairs.into_iter().map(moved).collect()
}

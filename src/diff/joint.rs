//! Walks of two flows side by side: the same person, the same answers, each question asked once. By states, not by sequences.
//!
//! A state holds for each flow the question from which everything is still open, the answers below it that count, and the answers
//! that were given in the other flow and may still be asked for. Answers that no open side leads to are left out: the position is
//! a function of what is open. So flows that ask in the same order have as many states as questions, however many sequences there are.

use std::cell::{Cell, OnceCell};
use std::collections::{HashMap, HashSet};

use super::names::Names;
use crate::flow::{Answer, Flow, Outcome, OutcomeIx, QuestionIx, Target};
use crate::graph::{Ranking, Ways};
use crate::walk::{Leg, open};

/// As many states are looked at.
const MOST_STATES: usize = 100_000;

/// As many questions are looked at, over all states: a state of a long flow costs more than one of a short flow.
const MOST_LOOKS: usize = 50_000_000;

/// Holds what all sequences come to.
#[derive(Debug)]
pub(super) struct Joint {
    /// All sequences.
    pub(super) ways: u128,
    /// Of each two ends that sequences come to, the old one and the new one: how many, and the fewest answers.
    pub(super) ends: Vec<Pair>,
}

/// Says where sequences end in the old flow and in the new one.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) old: OutcomeIx,
    pub(super) new: OutcomeIx,
    pub(super) ways: u128,
    pub(super) way: Vec<(Asked, Answer)>,
}

/// Names a question of either flow: the old one where both have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Asked {
    Old(QuestionIx),
    New(QuestionIx),
}

/// One of the two flows, with what is found out about it once.
struct Side<'a> {
    flow: &'a Flow,
    ranking: Ranking,
    is_asked: Vec<bool>,
    /// Whether an escalation lies below.
    may_escalate: Vec<bool>,
    /// The place of each question in the order in which each comes before those it leads to.
    rank_in_order: Vec<usize>,
    /// How many questions were looked at.
    looks: Cell<usize>,
}

/// Where one flow is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Spot {
    root: Target,
    /// The answers to questions that are open from the root, sorted.
    known: Vec<(QuestionIx, Answer)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    spots: [Spot; 2],
    /// Answers that one flow has and the other may ask for, sorted.
    ahead: Vec<(Asked, Answer)>,
}

struct State {
    /// A state that leads here, and what each flow came to know on the way from there: all answers of a sequence that leads here are
    /// found by going back. The position depends on the key alone, so any sequence will do.
    from: Option<usize>,
    added: [Vec<(QuestionIx, Answer)>; 2],
    next: Next,
}

enum Next {
    /// Each answer, and the state it leads to.
    Asks(Asked, Vec<(Answer, usize)>),
    Ends(OutcomeIx, OutcomeIx),
}

/// Walks every sequence of some answers; nothing if that takes too many states.
pub(super) fn walk(old: &Flow, new: &Flow, names: &Names, answers: &[Answer]) -> Option<Joint> {
    let mut walker =
        Walker { sides: [Side::of(old), Side::of(new)], names, states: Vec::new(), by_key: HashMap::new() };
    let spot = |flow: &Flow| Spot { root: Target::Ask(flow.start()), known: Vec::new() };
    let key = Key { spots: [spot(old), spot(new)], ahead: Vec::new() };
    let mut to_do = vec![walker.enter(key, None)];
    while let Some((state, key)) = to_do.pop() {
        let Some(key) = key else { continue };
        let Next::Asks(asked, _) = walker.states[state].next else { continue };
        let mut leads = Vec::new();
        for &answer in answers {
            if walker.is_too_much() {
                return None;
            }
            let mut next = key.clone();
            next.ahead.push((asked, answer));
            let (to, key) = walker.enter(next, Some(state));
            leads.push((answer, to));
            to_do.push((to, key));
        }
        walker.states[state].next = Next::Asks(asked, leads);
    }
    Some(sum(&walker.states))
}

struct Walker<'a> {
    sides: [Side<'a>; 2],
    names: &'a Names,
    states: Vec<State>,
    by_key: HashMap<Key, usize>,
}

impl Walker<'_> {
    /// Tells whether more was looked at than is worth while.
    fn is_too_much(&self) -> bool {
        let looks = self.sides.iter().map(|side| side.looks.get()).sum::<usize>();
        self.states.len() > MOST_STATES || looks > MOST_LOOKS
    }

    /// Goes on in both flows as far as the answers lead. Returns the state, and its key if it is new.
    fn enter(&mut self, mut key: Key, from: Option<usize>) -> (usize, Option<Key>) {
        let mut added = [Vec::new(), Vec::new()];
        let stops = [0, 1].map(|n| self.go_on(n, &mut key, from, &mut added[n]));
        self.forget(&mut key);
        if let Some(&state) = self.by_key.get(&key) {
            return (state, None);
        }
        let next = match stops {
            [Stop::Asks(question), _] => Next::Asks(Asked::Old(question), Vec::new()),
            [Stop::Ends(_), Stop::Asks(question)] => {
                let old = self.names.questions.old_of[question.index()];
                Next::Asks(old.map_or(Asked::New(question), Asked::Old), Vec::new())
            }
            [Stop::Ends(old), Stop::Ends(new)] => Next::Ends(old, new),
        };
        self.states.push(State { from, added, next });
        self.by_key.insert(key.clone(), self.states.len() - 1);
        (self.states.len() - 1, Some(key))
    }

    /// Goes on in one flow until it asks what no answer is known to, or ends.
    fn go_on(&self, n: usize, key: &mut Key, from: Option<usize>, added: &mut Vec<(QuestionIx, Answer)>) -> Stop {
        let side = &self.sides[n];
        loop {
            let spot = &mut key.spots[n];
            let stop = side.position(spot, || self.known(n, from, added));
            let Stop::Asks(question) = stop else { return stop };
            let given = key.ahead.iter().find(|(asked, _)| own(self.names, n, *asked) == Some(question));
            let Some(&(_, answer)) = given else { return stop };
            added.push((question, answer));
            spot.known.push((question, answer));
            side.settle(spot);
        }
    }

    /// Returns all answers that a flow knows.
    fn known(&self, n: usize, mut from: Option<usize>, added: &[(QuestionIx, Answer)]) -> Vec<(QuestionIx, Answer)> {
        let mut known = added.to_vec();
        while let Some(state) = from {
            known.extend(&self.states[state].added[n]);
            from = self.states[state].from;
        }
        known
    }

    /// Forgets the answers that neither flow can ask for any more.
    fn forget(&self, key: &mut Key) {
        let Key { spots, ahead } = key;
        let open: [OnceCell<HashSet<QuestionIx>>; 2] = Default::default();
        let may_ask = |n: usize, asked: Asked| {
            let Some(own) = own(self.names, n, asked) else { return false };
            let (side, spot) = (&self.sides[n], &spots[n]);
            side.may_lie_below(spot.root, own)
                && open[n].get_or_init(|| side.open(spot)).contains(&own)
                && spot.known.iter().all(|(known, _)| *known != own)
        };
        ahead.retain(|&(asked, _)| may_ask(0, asked) || may_ask(1, asked));
        ahead.sort_unstable();
    }
}

#[derive(Debug, Clone, Copy)]
enum Stop {
    Asks(QuestionIx),
    Ends(OutcomeIx),
}

/// Returns the question in one of the flows, if that has it.
fn own(names: &Names, n: usize, asked: Asked) -> Option<QuestionIx> {
    match (asked, n) {
        (Asked::Old(question), 0) | (Asked::New(question), 1) => Some(question),
        (Asked::Old(question), _) => names.questions.new_of[question.index()],
        (Asked::New(_), _) => None,
    }
}

impl<'a> Side<'a> {
    fn of(flow: &'a Flow) -> Self {
        let ranking = Ranking::of(flow);
        let ways = Ways::of(flow, &ranking);
        let is_asked = flow.question_ixs().map(|ix| ways.is_asked(ix)).collect();
        let mut rank_in_order = vec![0; flow.questions().len()];
        flow.order().iter().enumerate().for_each(|(n, ix)| rank_in_order[ix.index()] = n);
        let may_escalate = vec![false; flow.questions().len()];
        let mut side = Self { flow, ranking, is_asked, may_escalate, rank_in_order, looks: Cell::new(0) };
        for &ix in flow.order().iter().rev() {
            let question = flow.question(ix);
            side.may_escalate[ix.index()] = side.escalates(question.yes) || side.escalates(question.no);
        }
        side
    }

    fn escalates(&self, target: Target) -> bool {
        match target {
            Target::Ask(question) => self.may_escalate[question.index()],
            Target::End(outcome) => matches!(self.flow.outcome(outcome), Outcome::Escalate(_)),
        }
    }

    /// Says where a flow is. Where nothing is left open beside the way, that is the root.
    fn position(&self, spot: &mut Spot, known: impl Fn() -> Vec<(QuestionIx, Answer)>) -> Stop {
        if spot.known.is_empty() {
            match spot.root {
                Target::Ask(question) if self.is_asked[question.index()] => return Stop::Asks(question),
                Target::End(outcome) => return Stop::Ends(outcome),
                Target::Ask(_) => {}
            }
        }
        let known = known();
        let leg = Leg::with_answers(self.flow, &known);
        let way = open(self.flow, &self.ranking, &leg).way();
        self.look((1 + way.passed.len()) * self.flow.questions().len() + known.len());
        let at = way.to.expect("no outcome is spent, so one is open");
        // Only an escalation, or a question that was passed without an answer, makes a walk come back for what is open elsewhere:
        // where there is none, what lies beside the way counts no more.
        let is_answered = |&passed: &QuestionIx| leg.given().answer(passed).is_some();
        if matches!(at, Target::End(_)) || (!self.escalates(at) && way.passed.iter().all(is_answered)) {
            spot.root = at;
            let below = self.open(spot);
            spot.known.retain(|(known, _)| below.contains(known));
        }
        match at {
            Target::Ask(question) => Stop::Asks(question),
            Target::End(outcome) => Stop::Ends(outcome),
        }
    }

    /// Tells whether a question may lie below a place, by the order of the questions alone.
    fn may_lie_below(&self, place: Target, question: QuestionIx) -> bool {
        matches!(place, Target::Ask(top) if self.rank_in_order[top.index()] <= self.rank_in_order[question.index()])
    }

    /// Goes down from the root along definite answers, and forgets the answers that no open side leads to.
    fn settle(&self, spot: &mut Spot) {
        while let Target::Ask(question) = spot.root
            && let Some(place) = spot.known.iter().position(|(known, _)| *known == question)
            && let Some(side) = self.flow.question(question).side(spot.known[place].1)
        {
            spot.root = side;
            spot.known.remove(place);
        }
        if !spot.known.is_empty() {
            let open = self.open(spot);
            spot.known.retain(|(question, _)| open.contains(question));
            spot.known.sort_unstable();
        }
    }

    /// Returns the questions that open sides lead to from the root.
    fn open(&self, spot: &Spot) -> HashSet<QuestionIx> {
        let mut open = HashSet::new();
        let mut to_do = vec![spot.root];
        while let Some(target) = to_do.pop() {
            if let Target::Ask(question) = target
                && open.insert(question)
            {
                let facts = self.flow.question(question);
                let answer = spot.known.iter().find(|(known, _)| *known == question).map(|(_, answer)| *answer);
                match answer.and_then(|answer| facts.side(answer)) {
                    Some(side) => to_do.push(side),
                    None => to_do.extend([facts.yes, facts.no]),
                }
            }
        }
        self.look(open.len() * (1 + spot.known.len()));
        open
    }

    fn look(&self, questions: usize) {
        self.looks.set(self.looks.get() + questions);
    }
}

/// Sums the sequences up, from the first state on; the states form a DAG.
fn sum(states: &[State]) -> Joint {
    let leads = |state: &State| match &state.next {
        Next::Asks(_, leads) => leads.clone(),
        Next::Ends(..) => Vec::new(),
    };
    let mut waits = vec![0_usize; states.len()];
    for (_, to) in states.iter().flat_map(leads) {
        waits[to] += 1;
    }
    let mut ways = vec![0_u128; states.len()];
    let mut fewest = vec![(usize::MAX, None); states.len()];
    (ways[0], fewest[0]) = (1, (0, None));
    let mut ready = vec![0];
    let mut all = 0_u128;
    let mut ends: HashMap<(OutcomeIx, OutcomeIx), (u128, usize)> = HashMap::new();
    while let Some(at) = ready.pop() {
        if let Next::Ends(old, new) = states[at].next {
            all = all.saturating_add(ways[at]);
            let (count, best) = ends.entry((old, new)).or_insert((0, at));
            *count = count.saturating_add(ways[at]);
            if fewest[at].0 < fewest[*best].0 {
                *best = at;
            }
        }
        for (answer, to) in leads(&states[at]) {
            ways[to] = ways[to].saturating_add(ways[at]);
            if fewest[at].0 + 1 < fewest[to].0 {
                fewest[to] = (fewest[at].0 + 1, Some((at, answer)));
            }
            waits[to] -= 1;
            if waits[to] == 0 {
                ready.push(to);
            }
        }
    }
    let trace = |mut at: usize| {
        let mut way = Vec::new();
        while let (_, Some((from, answer))) = fewest[at] {
            if let Next::Asks(asked, _) = states[from].next {
                way.push((asked, answer));
            }
            at = from;
        }
        way.reverse();
        way
    };
    let pair = |((old, new), (ways, at))| Pair { old, new, ways, way: trace(at) };
    Joint { ways: all, ends: ends.into_iter().map(pair).collect() }
}

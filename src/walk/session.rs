//! A session: its records, and the state they fold to.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{About, Ended, Event, FlowRef, Leg, Mark, NoteKind, Prompt, Record, RefusedOutcome, position};
use crate::flow::{Answer, CauseIx, FixResult, Flow, Outcome, OutcomeIx, QuestionIx, StepIx};
use crate::graph::Ranking;
use crate::paste::{Pasted, Values};
use crate::search::captures;

/// Holds a flow in one state of its text: what a session walks, whatever happens to the file later.
#[derive(Debug)]
pub struct Edition {
    flow: Flow,
    ranking: Ranking,
    text: String,
    hash: String,
}

impl Edition {
    /// Joins a flow with the text it was read from.
    pub fn new(flow: Flow, text: impl Into<String>) -> Self {
        let text = text.into();
        let hash = Self::hash_of(&text);
        Self::with_hash(flow, text, hash)
    }

    /// Joins a flow with the text it was read from, whose hash is known.
    pub fn with_hash(flow: Flow, text: impl Into<String>, hash: impl Into<String>) -> Self {
        Self { ranking: Ranking::of(&flow), hash: hash.into(), flow, text: text.into() }
    }

    /// Returns the SHA-256 of a text, in hexadecimal.
    pub fn hash_of(text: &str) -> String {
        use std::fmt::Write as _;
        Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Returns the flow.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Returns the rank of its outcomes.
    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the hash of the text.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Names the edition as events do.
    pub fn flow_ref(&self) -> FlowRef {
        FlowRef { id: self.flow.id().to_owned(), hash: self.hash.clone() }
    }
}

/// Says why an event cannot happen in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illegal {
    /// The event's number.
    pub n: u32,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Illegal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {} cannot have happened: {}", self.n, self.why)
    }
}

impl std::error::Error for Illegal {}

/// Holds one walk by one person: its records and what they fold to.
#[derive(Debug, Clone)]
pub struct Session {
    id: String,
    editions: Vec<Arc<Edition>>,
    records: Vec<Record>,
    state: State,
}

/// What the records fold to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    about: About,
    /// The edition (by its place in `editions`) and what is known on it; the last one is walked now.
    legs: Vec<(usize, Leg)>,
    ended: Option<Ended>,
    /// What is asked next: found once after each event that can change it.
    prompt: Prompt,
    /// The events that can be taken back, in order, each with what it takes.
    undo: Vec<(u32, Undo)>,
    promises: Vec<String>,
    /// The pasted texts.
    pasted: Vec<Pasted>,
    /// What they say under names that commands ask for.
    values: Values,
}

/// What taking an event back takes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Undo {
    /// The answer before, whether it was given on this leg, and what was refused then.
    Answer(QuestionIx, Option<Answer>, bool, Vec<OutcomeIx>),
    Mark(CauseIx, StepIx, Option<Mark>),
    Spent(OutcomeIx),
    Leg,
    End,
}

impl Session {
    /// Begins a session. The record must be a `Started` that names the edition.
    pub fn start(id: impl Into<String>, edition: Arc<Edition>, record: Record) -> Result<Self, Illegal> {
        Self::fold(id, vec![edition], vec![record])
    }

    /// Folds stored records. The editions are all that the records name, in any order.
    pub fn fold(id: impl Into<String>, editions: Vec<Arc<Edition>>, records: Vec<Record>) -> Result<Self, Illegal> {
        let state = fold(&editions, &records)?;
        Ok(Self { id: id.into(), editions, records, state })
    }

    /// Adds what happened next, or refuses what cannot happen now.
    pub fn apply(&mut self, record: Record) -> Result<(), Illegal> {
        let expected = self.next_number();
        if record.n != expected {
            return Err(Illegal { n: record.n, why: format!("number {expected} comes next") });
        }
        self.state.apply(&self.editions, &record)?;
        self.records.push(record);
        Ok(())
    }

    /// Makes an edition known, before an event hands off to it.
    pub fn add_edition(&mut self, edition: Arc<Edition>) {
        if !self.editions.iter().any(|known| known.hash == edition.hash) {
            self.editions.push(edition);
        }
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the records.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns the editions the session names.
    pub fn editions(&self) -> &[Arc<Edition>] {
        &self.editions
    }

    /// Returns the number of the next record.
    pub fn next_number(&self) -> u32 {
        self.records.last().map_or(1, |record| record.n + 1)
    }

    /// Returns whom and what it is about.
    pub fn about(&self) -> &About {
        &self.state.about
    }

    /// Returns the edition walked now.
    pub fn edition(&self) -> &Edition {
        &self.editions[self.current().0]
    }

    /// Returns the flow walked now.
    pub fn flow(&self) -> &Flow {
        self.edition().flow()
    }

    /// Returns what is known on the flow walked now.
    pub fn leg(&self) -> &Leg {
        &self.current().1
    }

    /// Returns all legs with their editions, the one walked now last.
    pub fn legs(&self) -> impl ExactSizeIterator<Item = (&Edition, &Leg)> {
        self.state.legs.iter().map(|(edition, leg)| (&*self.editions[*edition], leg))
    }

    /// Returns what is kept of the texts that were pasted, in order.
    pub fn pasted(&self) -> impl DoubleEndedIterator<Item = &Pasted> {
        self.state.pasted.iter()
    }

    /// Returns what the pasted texts say under names that commands ask for.
    pub fn values(&self) -> &Values {
        &self.state.values
    }

    /// Returns what was promised to the customer.
    pub fn promises(&self) -> &[String] {
        &self.state.promises
    }

    /// Returns how the session ended, if it did.
    pub fn ended(&self) -> Option<&Ended> {
        self.state.ended.as_ref()
    }

    /// Returns what is asked next.
    pub fn prompt(&self) -> Prompt {
        self.state.prompt.clone()
    }

    /// Returns the number of the event that `back` would take back.
    pub fn last_undoable(&self) -> Option<u32> {
        self.state.undo.last().map(|(n, _)| *n)
    }

    /// Tells whether two sessions are in the same state, whatever led there.
    pub fn is_same_state(&self, other: &Self) -> bool {
        self.state == other.state
    }

    fn current(&self) -> &(usize, Leg) {
        self.state.legs.last().expect("a session starts with a leg")
    }
}

fn fold(editions: &[Arc<Edition>], records: &[Record]) -> Result<State, Illegal> {
    let Some((first, rest)) = records.split_first() else {
        return Err(Illegal { n: 1, why: "there is no event".to_owned() });
    };
    let mut state = State::start(editions, first)?;
    for (record, expected) in rest.iter().zip(first.n + 1..) {
        if record.n != expected {
            return Err(Illegal { n: record.n, why: format!("number {expected} comes next") });
        }
        state.apply(editions, record)?;
    }
    Ok(state)
}

impl State {
    fn start(editions: &[Arc<Edition>], record: &Record) -> Result<Self, Illegal> {
        let Event::Started { flow, about, .. } = &record.event else {
            return Err(Illegal { n: record.n, why: "a session begins with `started`".to_owned() });
        };
        let mut state = Self {
            about: about.clone(),
            legs: Vec::new(),
            ended: None,
            prompt: Prompt::Escalation(None),
            undo: Vec::new(),
            promises: Vec::new(),
            pasted: Vec::new(),
            values: Values::default(),
        };
        state.begin_leg(editions, flow).map_err(|why| Illegal { n: record.n, why })?;
        state.prompt = state.find_prompt(editions);
        Ok(state)
    }

    fn begin_leg(&mut self, editions: &[Arc<Edition>], flow: &FlowRef) -> Result<(), String> {
        let known = editions.iter().position(|edition| edition.hash == flow.hash && edition.flow.id() == flow.id);
        let edition = known.ok_or_else(|| format!("the text of flow `{}` ({}) is not there", flow.id, flow.hash))?;
        let Edition { flow, ranking, .. } = &*editions[edition];
        let before: Vec<_> = self.legs.iter().map(|(edition, leg)| (&editions[*edition].flow, leg)).collect();
        let earlier = self.legs.iter().rfind(|(known, _)| *known == edition).map(|(_, leg)| leg);
        let leg = Leg::after(flow, ranking, &before, earlier);
        self.legs.push((edition, leg));
        Ok(())
    }

    fn find_prompt(&self, editions: &[Arc<Edition>]) -> Prompt {
        if let Some(ended) = &self.ended {
            return Prompt::Ended(ended.clone());
        }
        let (edition, leg) = self.legs.last().expect("a session starts with a leg");
        position(&editions[*edition].flow, &editions[*edition].ranking, leg)
    }

    /// Picks up what the pasted texts say; what stands at a variable part of a flow's own message counts before what a label says.
    fn find_values(&self, editions: &[Arc<Edition>]) -> Values {
        let signatures = || self.legs.iter().flat_map(|(edition, _)| &editions[*edition].flow.error().signatures);
        let mut values = Values::default();
        for Pasted { text, .. } in &self.pasted {
            values.extend(Values::of(text));
            let mut at_parts = Values::default();
            for (name, value) in signatures().flat_map(|signature| captures(text, signature)) {
                at_parts.add(&name, &value);
            }
            values.extend(at_parts);
        }
        values
    }

    /// The one transition: an arm for each legal event at each prompt; anything else is refused and changes nothing.
    fn apply(&mut self, editions: &[Arc<Edition>], record: &Record) -> Result<(), Illegal> {
        let prompt = self.prompt.clone();
        let refuse = |why: String| Illegal { n: record.n, why };
        let (edition, leg) = self.legs.last_mut().expect("a session starts with a leg");
        let flow = &editions[*edition].flow;
        let is_open = !matches!(prompt, Prompt::Ended(_));
        let undo = match (&record.event, &prompt) {
            (Event::Answered { question, answer, .. }, Prompt::Question(at)) if flow.question(*at).id == *question => {
                leg.answer(*at, *answer);
                Some(Undo::Answer(*at, None, false, Vec::new()))
            }
            (Event::Revised { question, answer }, _) if is_open => {
                let found = flow.find_question(question).and_then(|at| Some((at, leg.given().answer(at)?)));
                let (at, before) = found.ok_or_else(|| refuse(format!("`{question}` has no answer to revise")))?;
                let was_asked = leg.asked().contains(&at);
                leg.answer(at, *answer);
                let refused = if *answer == before { Vec::new() } else { leg.offer_again() };
                Some(Undo::Answer(at, Some(before), was_asked, refused))
            }
            (Event::StepMarked { cause, step, mark }, Prompt::Fix { cause: at, .. })
                if flow.cause(*at).id == *cause =>
            {
                let found = flow.cause(*at).fix.iter().copied().find(|&ix| flow.step(ix).id == *step);
                let found = found.ok_or_else(|| refuse(format!("the fix of `{cause}` has no step `{step}`")))?;
                let before = leg.mark(*at, found);
                leg.set_mark(*at, found, *mark);
                Some(Undo::Mark(*at, found, before))
            }
            (Event::FixVerified { cause, result }, Prompt::Fix { cause: at, .. }) if flow.cause(*at).id == *cause => {
                match result {
                    FixResult::Fixed => {
                        self.ended = Some(Ended::Resolved(*at));
                        Some(Undo::End)
                    }
                    FixResult::NotFixed => {
                        leg.fail(*at);
                        Some(Undo::Spent((*at).into()))
                    }
                }
            }
            (Event::HandedOff { to }, Prompt::HandOff(outcome)) if names_flow(flow, *outcome, &to.id) => {
                self.begin_leg(editions, to).map_err(refuse)?;
                Some(Undo::Leg)
            }
            (Event::Refused { outcome }, Prompt::HandOff(at) | Prompt::Escalation(Some(at)))
                if names(flow, *at, outcome) =>
            {
                leg.spend(*at);
                Some(Undo::Spent(*at))
            }
            (Event::TakenBack { n }, _) if self.undo.last().is_some_and(|(last, _)| last == n) => {
                self.take_back();
                None
            }
            (Event::Noted { note, text }, _) => {
                match note {
                    NoteKind::Promise => self.promises.push(text.clone()),
                    NoteKind::Symptom => add_symptom(&mut self.about, text),
                    NoteKind::Note => {}
                }
                None
            }
            (Event::Described { about }, _) => {
                self.about = about.clone();
                None
            }
            (Event::HandedOver { to }, _) => {
                self.about.agent.clone_from(to);
                None
            }
            (Event::Pasted { pasted }, _) => {
                self.pasted.push(pasted.clone());
                None
            }
            (Event::Paused { .. } | Event::Resumed, _) if is_open => None,
            (Event::Escalated { reason }, _) if is_open => {
                self.ended = Some(Ended::Escalated(reason.clone()));
                Some(Undo::End)
            }
            (Event::Closed, _) if is_open => {
                self.ended = Some(Ended::Unresolved);
                Some(Undo::End)
            }
            (event, prompt) => {
                return Err(refuse(format!("{} while {}", describe(event), position::describe(flow, prompt))));
            }
        };
        if undo.is_some() || matches!(record.event, Event::TakenBack { .. }) {
            self.undo.extend(undo.map(|undo| (record.n, undo)));
            self.prompt = self.find_prompt(editions);
        }
        if matches!(record.event, Event::Pasted { .. } | Event::HandedOff { .. } | Event::TakenBack { .. }) {
            self.values = self.find_values(editions);
        }
        Ok(())
    }

    fn take_back(&mut self) {
        let (_, undo) = self.undo.pop().expect("only called with something to take back");
        let (_, leg) = self.legs.last_mut().expect("a session starts with a leg");
        match undo {
            Undo::Answer(question, before, was_asked, refused) => {
                leg.take_back_answer(question, before, was_asked);
                refused.into_iter().for_each(|outcome| leg.spend(outcome));
            }
            Undo::Mark(cause, step, before) => leg.set_mark(cause, step, before),
            Undo::Spent(outcome) => leg.take_back_spent(outcome),
            Undo::End => self.ended = None,
            Undo::Leg => {
                self.legs.pop();
            }
        }
    }
}

/// What the customer said later comes after what the customer said first.
fn add_symptom(about: &mut About, text: &str) {
    about.symptom = Some(about.symptom.take().map_or_else(|| text.to_owned(), |before| format!("{before}\n{text}")));
}

fn names_flow(flow: &Flow, outcome: OutcomeIx, id: &str) -> bool {
    matches!(flow.outcome(outcome), Outcome::HandOff(to) if to == id)
}

fn names(flow: &Flow, outcome: OutcomeIx, refused: &RefusedOutcome) -> bool {
    match (flow.outcome(outcome), refused) {
        (Outcome::HandOff(to), RefusedOutcome::HandOff(id)) => to == id,
        (Outcome::Escalate(text), RefusedOutcome::Escalation(refused)) => text == refused,
        _ => false,
    }
}

fn describe(event: &Event) -> String {
    match event {
        Event::Started { .. } => "a second start".to_owned(),
        Event::Answered { question, answer, .. } => format!("`{question}` answered {answer}"),
        Event::Revised { question, .. } => format!("`{question}` revised"),
        Event::TakenBack { n } => format!("event {n} taken back"),
        Event::Noted { .. } => "a note".to_owned(),
        Event::Pasted { .. } => "a pasted text".to_owned(),
        Event::StepMarked { step, .. } => format!("step `{step}` marked"),
        Event::FixVerified { cause, .. } => format!("the fix of `{cause}` verified"),
        Event::HandedOff { to } => format!("a hand-off to `{}`", to.id),
        Event::Refused { .. } => "an outcome refused".to_owned(),
        Event::Paused { .. } => "a pause".to_owned(),
        Event::Resumed => "a resumption".to_owned(),
        Event::Described { .. } => "a description".to_owned(),
        Event::HandedOver { .. } => "a hand-over".to_owned(),
        Event::Escalated { .. } => "an escalation".to_owned(),
        Event::Closed => "a close".to_owned(),
    }
}

//! Names: from the ids in a file to places in the model's lists. An unknown id is a problem, with did-you-mean.

use std::cell::Cell;
use std::collections::HashMap;

use super::model::PLACEHOLDER;
use super::model::{
    Answer, Answers, CauseIx, End, Expected, FixResult, Helps, Outcome, OutcomeIx, QuestionIx, Rehearsal, StepIx,
    Target, narrow,
};
use super::place::{Place, Problem};
use super::problems::Problems;
use super::raw::{Entries, RawEnd, RawFlow, RawHelps, RawRehearsal, RawStep, RawTarget};
use super::splice::PREFIX;
use crate::diag::{Code, named, nearest};

/// As many ids are compared with unknown ones, over all unknown ones of a kind: to look for the nearest costs the number of
/// ids, and a file with thousands of unknown names has one mistake, not thousands of slips of the pen.
const MAX_COMPARED: usize = 500_000;

/// Few enough ids to list them all.
const MAX_LISTED: usize = 8;

/// The ids of one kind, by name.
pub(super) struct Index {
    kind: &'static str,
    unknown: Code,
    by_id: HashMap<String, u32>,
    compared: Cell<usize>,
    /// What could be named, too.
    offered: Vec<String>,
}

impl Index {
    pub(super) fn new<'a>(kind: &'static str, unknown: Code, ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_id = HashMap::new();
        for (n, id) in ids.into_iter().enumerate() {
            by_id.entry(id.to_owned()).or_insert(narrow(n));
        }
        Self { kind, unknown, by_id, compared: Cell::new(0), offered: Vec::new() }
    }

    /// Makes the index of steps; the names of shared ones that are not in the file are `offered`.
    pub(super) fn steps(entries: &Entries<RawStep>, offered: &[String]) -> Self {
        let ids = entries.0.iter().map(|(id, _)| id.as_str());
        Self { offered: offered.to_vec(), ..Self::new("step", Code::UnknownStep, ids) }
    }

    /// Checks the keys of a map; `prefix` may stand before an id.
    pub(super) fn check_keys<V>(
        &self,
        entries: &Entries<V>,
        field: &'static str,
        prefix: &str,
        problems: &mut Problems,
    ) {
        for (n, (id, _)) in entries.0.iter().enumerate() {
            let place = |n| Place::top().field(field).item(n).name();
            problems.id(id.strip_prefix(prefix).unwrap_or(id), || place(n));
            let first = self.by_id[id] as usize;
            if first != n && id != PLACEHOLDER {
                problems.push(
                    Problem::new(
                        Code::DuplicateKey,
                        place(n),
                        format!("the {} {} is given twice", self.kind, named(id)),
                    )
                    .label("again here")
                    .related(place(first), "first here")
                    .help("give one of the two another id, or delete it".to_owned()),
                );
            }
        }
    }

    /// Finds an id; an unknown one is a problem, and stands for the nearest known one.
    pub(super) fn find(&self, id: &str, place: impl FnOnce() -> Place, problems: &mut Problems) -> Option<u32> {
        if let Some(&ix) = self.by_id.get(id) {
            return Some(ix);
        }
        if id == PLACEHOLDER {
            return None;
        }
        if self.by_id.is_empty() && self.unknown != Code::UnknownStep {
            // That there is none at all is said once, not at each name.
            return None;
        }
        if self.unknown == Code::UnknownStep && id.starts_with(PREFIX) {
            problems.push(self.unknown_shared(id, place()));
            return None;
        }
        let known = self.known();
        let nearest = nearest(id, known.iter().copied());
        let help = match (nearest, known.as_slice()) {
            (Some(nearest), _) => format!("did you mean {}?", named(nearest)),
            (None, [only]) => format!("the only {} is {}", self.kind, named(only)),
            (None, few @ [_, ..]) if few.len() <= MAX_LISTED => {
                let ids = few.iter().map(|id| named(id)).collect::<Vec<_>>();
                format!("the {}s are {}", self.kind, ids.join(", "))
            }
            (None, _) if self.by_id.is_empty() => format!("the flow has no {} yet; add it under `{0}s`", self.kind),
            (None, _) => format!("add it under `{}s`, or name one that is there", self.kind),
        };
        problems
            .push(Problem::new(self.unknown, place(), format!("there is no {} {}", self.kind, named(id))).help(help));
        nearest.map(|id| self.by_id[id])
    }

    /// Says that no file of shared steps that is looked into has a step.
    fn unknown_shared(&self, id: &str, place: Place) -> Problem {
        let put_in = self.by_id.keys().filter(|id| id.starts_with(PREFIX));
        let mut known: Vec<&str> = put_in.chain(&self.offered).map(String::as_str).collect();
        known.sort_unstable();
        let help = match (nearest(id, known.iter().copied()), known.as_slice()) {
            (Some(nearest), _) => format!("did you mean {}?", named(nearest)),
            (None, few @ [_, ..]) if few.len() <= MAX_LISTED => {
                format!("the shared steps are {}", few.iter().map(|id| named(id)).collect::<Vec<_>>().join(", "))
            }
            (None, []) => "no file of shared steps was found; they stand in a folder `shared`".to_owned(),
            (None, _) => "add it to a file in the folder `shared`, or name one that is there".to_owned(),
        };
        Problem::new(self.unknown, place, format!("there is no shared step {}", named(id))).help(help)
    }

    /// Returns the ids in the order of the file; none once enough were compared.
    fn known(&self) -> Vec<&str> {
        let compared = self.compared.get() + self.by_id.len();
        if compared > MAX_COMPARED {
            return Vec::new();
        }
        self.compared.set(compared);
        let mut known: Vec<(u32, &str)> = self.by_id.iter().map(|(id, &ix)| (ix, id.as_str())).collect();
        known.sort_unstable();
        known.into_iter().map(|(_, id)| id).collect()
    }
}

/// The ids of a file.
pub(super) struct Names {
    pub(super) questions: Index,
    pub(super) causes: Index,
    pub(super) steps: Index,
}

impl Names {
    pub(super) fn of(raw: &RawFlow, offered: &[String]) -> Self {
        fn ids<V>(entries: &Entries<V>) -> impl Iterator<Item = &str> {
            entries.0.iter().map(|(id, _)| id.as_str())
        }
        Self {
            questions: Index::new("question", Code::UnknownQuestion, ids(&raw.questions)),
            causes: Index::new("cause", Code::UnknownCause, ids(&raw.causes)),
            steps: Index::steps(&raw.steps, offered),
        }
    }
}

/// Turns ids into places of the model's lists.
pub(super) struct Resolver<'a> {
    pub(super) questions: &'a Index,
    pub(super) causes: &'a Index,
    pub(super) steps: &'a Index,
}

impl Resolver<'_> {
    pub(super) fn steps(&self, ids: &[String], place: impl Fn() -> Place, problems: &mut Problems) -> Vec<StepIx> {
        let find = |(n, id): (usize, &String)| self.steps.find(id, || place().item(n), problems).map(StepIx);
        ids.iter().enumerate().filter_map(find).collect()
    }

    pub(super) fn causes(&self, ids: &[String], place: impl Fn() -> Place, problems: &mut Problems) -> Vec<CauseIx> {
        let find = |(n, id): (usize, &String)| self.causes.find(id, || place().item(n), problems).map(CauseIx);
        ids.iter().enumerate().filter_map(find).collect()
    }

    pub(super) fn helps(&self, helps: &[RawHelps], place: impl Fn() -> Place, problems: &mut Problems) -> Vec<Helps> {
        let mut find = |(n, helps): (usize, &RawHelps)| match helps {
            RawHelps::Question(id) => {
                self.questions.find(id, || place().item(n), problems).map(|ix| Helps::Question(QuestionIx(ix)))
            }
            RawHelps::Cause(id) => {
                self.causes.find(id, || place().item(n), problems).map(|ix| Helps::Cause(CauseIx(ix)))
            }
        };
        helps.iter().enumerate().filter_map(&mut find).collect()
    }

    pub(super) fn target(
        &self,
        raw: RawTarget,
        place: impl Fn() -> Place,
        outcomes: &mut Outcomes,
        problems: &mut Problems,
    ) -> Target {
        let outcome = match raw {
            RawTarget::Ask(id) => match self.questions.find(&id, place, problems) {
                Some(ix) => return Target::Ask(QuestionIx(ix)),
                None => Outcome::Escalate(PLACEHOLDER.to_owned()),
            },
            RawTarget::Cause(id) => match self.causes.find(&id, place, problems) {
                Some(ix) => Outcome::Cause(CauseIx(ix)),
                None => Outcome::Escalate(PLACEHOLDER.to_owned()),
            },
            RawTarget::HandOff(flow) => {
                problems.id(&flow, place);
                Outcome::HandOff(flow)
            }
            RawTarget::Escalate(text) => {
                problems.text(&text, place);
                Outcome::Escalate(text)
            }
        };
        Target::End(outcomes.ix(outcome))
    }

    pub(super) fn rehearsal(&self, raw: RawRehearsal, place: impl Fn() -> Place, problems: &mut Problems) -> Rehearsal {
        problems.text(&raw.name, || place().field("name"));
        let script = self.answers(&raw.answers, &raw.fixes, &place, problems);
        let ends = match raw.ends {
            RawEnd::Cause(id) => match self.causes.find(&id, || place().field("ends"), problems) {
                Some(ix) => End::Cause(CauseIx(ix)),
                None => End::HandOff(PLACEHOLDER.to_owned()),
            },
            RawEnd::HandOff(flow) => {
                problems.id(&flow, || place().field("ends"));
                End::HandOff(flow)
            }
            RawEnd::Escalate => End::Escalate,
        };
        Rehearsal { name: raw.name, script, ends }
    }

    /// Where one name stands for nothing, none is kept: places count entries.
    pub(super) fn expects(
        &self,
        expects: &Entries<Expected>,
        place: impl Fn() -> Place,
        problems: &mut Problems,
    ) -> Vec<(QuestionIx, Expected)> {
        let found = entries(expects, self.questions, QuestionIx, |n| place().item(n).name(), problems);
        if found.len() == expects.0.len() { found } else { Vec::new() }
    }

    pub(super) fn answers(
        &self,
        answers: &Entries<Answer>,
        fixes: &Entries<FixResult>,
        place: impl Fn() -> Place,
        problems: &mut Problems,
    ) -> Answers {
        Answers {
            answers: entries(
                answers,
                self.questions,
                QuestionIx,
                |n| place().field("answers").item(n).name(),
                problems,
            ),
            fixes: entries(fixes, self.causes, CauseIx, |n| place().field("fixes").item(n).name(), problems),
        }
    }
}

/// Resolves the keys of a map. A key twice is a problem; an unknown one with nothing near it is left out.
fn entries<V: Copy, Ix>(
    entries: &Entries<V>,
    index: &Index,
    ix: impl Fn(u32) -> Ix,
    place: impl Fn(usize) -> Place,
    problems: &mut Problems,
) -> Vec<(Ix, V)> {
    let mut first = HashMap::new();
    let mut out = Vec::new();
    for (n, (id, value)) in entries.0.iter().enumerate() {
        if let Some(&earlier) = first.get(id) {
            problems.push(
                Problem::new(Code::DuplicateKey, place(n), format!("the {} {} is given twice", index.kind, named(id)))
                    .label("again here")
                    .related(place(earlier), "first here"),
            );
        }
        first.entry(id).or_insert(n);
        out.extend(index.find(id, || place(n), problems).map(|found| (ix(found), *value)));
    }
    out
}

/// The outcomes of a flow: the causes first, then each hand-off and escalation once.
pub(super) struct Outcomes {
    pub(super) list: Vec<Outcome>,
    known: HashMap<Outcome, OutcomeIx>,
}

impl Outcomes {
    pub(super) fn with_causes(count: usize) -> Self {
        let list = (0..narrow(count)).map(|n| Outcome::Cause(CauseIx(n))).collect();
        Self { list, known: HashMap::new() }
    }

    pub(super) fn ix(&mut self, outcome: Outcome) -> OutcomeIx {
        if let Outcome::Cause(ix) = outcome {
            return ix.into();
        }
        let next = OutcomeIx(narrow(self.list.len()));
        let Self { list, known } = self;
        *known.entry(outcome).or_insert_with_key(|outcome| {
            list.push(outcome.clone());
            next
        })
    }
}

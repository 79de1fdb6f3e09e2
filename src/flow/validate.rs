//! From the serde mirror to the model: every rule that a [`Flow`] promises, all problems collected.
//!
//! A flow with problems is still built as far as it goes (an unknown name stands for the nearest known one), so
//! that the linter can find the rest in the same run; only [`super::read`] hands flows to other rooms, and only
//! those without a problem.

use std::collections::HashMap;

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::DiGraph;

use super::model::{
    Answers, Cause, CauseIx, Effort, End, ErrorFacts, Faq, Flow, Helps, Inseparable, Outcome, OutcomeIx, Question,
    QuestionIx, Rehearsal, Related, Step, StepIx, Target, narrow,
};
use super::place::{Place, Problem};
use super::raw::{Entries, RawAnswers, RawEnd, RawFlow, RawHelps, RawRehearsal, RawTarget};
use super::repair::PLACEHOLDER;
use crate::diag::{Code, did_you_mean, nearest};
use crate::text::is_hostile;

/// The format number this program reads.
const FORMAT: u32 = 1;

/// Longest id, in bytes.
const MAX_ID: usize = 100;

/// Builds the model, as far as it goes, and says what is wrong with it.
pub(super) fn validate(raw: RawFlow) -> (Option<Flow>, Vec<Problem>) {
    let mut problems = Problems(Vec::new());
    let names = Names::of(&raw);
    let mut outcomes = Outcomes::with_causes(raw.causes.0.len());
    let top = Place::top;

    if raw.format != FORMAT {
        problems.push(
            Problem::new(Code::UnknownFormat, top().field("format"), format!("format {} is not known", raw.format))
                .help(format!("this program reads format {FORMAT}; a newer file needs a newer program")),
        );
    }
    problems.id(&raw.id, || top().field("id"));
    names.questions.check_keys(&raw.questions, "questions", &mut problems);
    names.causes.check_keys(&raw.causes, "causes", &mut problems);
    names.steps.check_keys(&raw.steps, "steps", &mut problems);

    let error = error_facts(raw.error, &mut problems);
    let start = names.questions.find(&raw.start, || top().field("start"), &mut problems);
    let resolver = Resolver { questions: &names.questions, causes: &names.causes, steps: &names.steps };
    let mut flow = Flow {
        id: raw.id,
        error,
        start: QuestionIx(start.unwrap_or(0)),
        steps: steps(raw.steps, &mut problems),
        causes: causes(raw.causes, &resolver, &mut problems),
        questions: questions(raw.questions, &resolver, &mut outcomes, &mut problems),
        outcomes: Vec::new(),
        order: Vec::new(),
        inseparable: Vec::new(),
        faq: Vec::new(),
        related: Vec::new(),
        rehearsals: Vec::new(),
    };
    for cause in &mut flow.causes {
        let efforts = cause.fix.iter().map(|step| flow.steps[step.index()].effort);
        cause.effort = efforts.max().unwrap_or(Effort::Minutes);
    }
    for (n, group) in raw.inseparable.into_iter().enumerate() {
        let place = || top().field("inseparable").item(n);
        problems.text(&group.why, || place().field("why"));
        let causes = resolver.causes(&group.causes, || place().field("causes"), &mut problems);
        flow.inseparable.push(Inseparable { causes, why: group.why });
    }
    for (n, faq) in raw.faq.into_iter().enumerate() {
        let place = || top().field("faq").item(n);
        problems.text(&faq.question, || place().field("question"));
        problems.text(&faq.answer, || place().field("answer"));
        let helps = resolver.helps(&faq.helps, || place().field("helps"), &mut problems);
        flow.faq.push(Faq { question: faq.question, answer: faq.answer, helps });
    }
    for (n, related) in raw.related.into_iter().enumerate() {
        let place = || top().field("related").item(n);
        problems.id(&related.flow, || place().field("flow"));
        problems.text(&related.when, || place().field("when"));
        flow.related.push(Related { flow: related.flow, when: related.when });
    }
    for (n, rehearsal) in raw.rehearsals.into_iter().enumerate() {
        flow.rehearsals.extend(resolver.rehearsal(rehearsal, || top().field("rehearsals").item(n), &mut problems));
    }
    flow.outcomes = outcomes.list;

    if flow.questions.is_empty() {
        problems.push(Problem::new(Code::EmptyText, top().field("questions"), "the flow has no question"));
    }
    if flow.causes.is_empty() {
        problems.push(Problem::new(Code::EmptyText, top().field("causes"), "the flow has no cause"));
    }
    let built = match order(&flow.questions) {
        Ok(order) => {
            flow.order = order;
            !flow.questions.is_empty() && !flow.causes.is_empty()
        }
        Err(cycles) => {
            cycles.iter().for_each(|cycle| problems.push(cycle_problem(&flow.questions, cycle)));
            false
        }
    };
    (built.then_some(flow), problems.0)
}

/// Resolves an answers file against a flow.
pub(super) fn answers(raw: RawAnswers, flow: &Flow) -> (Answers, Vec<Problem>) {
    let mut problems = Problems(Vec::new());
    let questions =
        Index::new("question", Code::UnknownQuestion, flow.questions.iter().map(|question| question.id.as_str()));
    let causes = Index::new("cause", Code::UnknownCause, flow.causes.iter().map(|cause| cause.id.as_str()));
    let steps = Index::new("step", Code::UnknownStep, []);
    let resolver = Resolver { questions: &questions, causes: &causes, steps: &steps };
    let answers = resolver.answers(&raw.answers, &raw.fixes, Place::top, &mut problems);
    (answers, problems.0)
}

struct Problems(Vec<Problem>);

impl Problems {
    fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Checks a text that a person will read.
    fn text(&mut self, text: &str, place: impl FnOnce() -> Place) {
        if text.trim().is_empty() {
            self.push(
                Problem::new(Code::EmptyText, place(), "the text is empty")
                    .help("write what a person should read here, or leave an optional field out".to_owned()),
            );
        } else if let Some(c) = hostile(text) {
            self.push(hostile_character(c, place()));
        }
    }

    fn optional_text(&mut self, text: Option<&String>, place: impl FnOnce() -> Place) {
        if let Some(text) = text {
            self.text(text, place);
        }
    }

    fn id(&mut self, id: &str, place: impl FnOnce() -> Place) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if id == PLACEHOLDER {
            return;
        }
        if id.is_empty() || id.len() > MAX_ID || !id.chars().all(plain) || id.starts_with(['-', '.']) {
            self.push(Problem::new(Code::BadId, place(), format!("`{id}` cannot be an id")).help(format!(
                "an id has 1 to {MAX_ID} of the characters a-z, 0-9 and -, and starts with a letter or digit"
            )));
        }
    }
}

fn hostile(text: &str) -> Option<char> {
    let plain = text.bytes().all(|byte| matches!(byte, 0x20..=0x7e | b'\n'));
    if plain { None } else { text.chars().find(|&c| is_hostile(c)) }
}

/// Says that a character acts instead of being read.
pub(super) fn hostile_character<At>(c: char, at: At) -> crate::diag::Diagnostic<At> {
    let message = format!("the character U+{:04X} acts on a terminal or hides", u32::from(c));
    crate::diag::Diagnostic::new(Code::HostileCharacter, at, message)
        .help("delete it; text in a flow is only ever read".to_owned())
}

/// The ids of one kind, by name.
struct Index {
    kind: &'static str,
    unknown: Code,
    by_id: HashMap<String, u32>,
}

impl Index {
    fn new<'a>(kind: &'static str, unknown: Code, ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_id = HashMap::new();
        for (n, id) in ids.into_iter().enumerate() {
            by_id.entry(id.to_owned()).or_insert(narrow(n));
        }
        Self { kind, unknown, by_id }
    }

    fn check_keys<V>(&self, entries: &Entries<V>, field: &'static str, problems: &mut Problems) {
        for (n, (id, _)) in entries.0.iter().enumerate() {
            let place = |n| Place::top().field(field).item(n).name();
            problems.id(id, || place(n));
            let first = self.by_id[id] as usize;
            if first != n && id != PLACEHOLDER {
                problems.push(
                    Problem::new(Code::DuplicateKey, place(n), format!("the {} `{id}` is given twice", self.kind))
                        .label("again here")
                        .related(place(first), "first here")
                        .help("give one of the two another id, or delete it".to_owned()),
                );
            }
        }
    }

    /// Finds an id; an unknown one is a problem, and stands for the nearest known one.
    fn find(&self, id: &str, place: impl FnOnce() -> Place, problems: &mut Problems) -> Option<u32> {
        if let Some(&ix) = self.by_id.get(id) {
            return Some(ix);
        }
        if id == PLACEHOLDER {
            return None;
        }
        let mut known: Vec<&str> = self.by_id.keys().map(String::as_str).collect();
        known.sort_unstable();
        let help = did_you_mean(id, known.iter().copied()).or_else(|| match known.as_slice() {
            [] => None,
            few if few.len() <= 12 => {
                Some(format!("there are {}", few.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")))
            }
            _ => None,
        });
        problems.push(Problem::new(self.unknown, place(), format!("there is no {} `{id}`", self.kind)).help(help));
        nearest(id, known).map(|id| self.by_id[id])
    }
}

struct Names {
    questions: Index,
    causes: Index,
    steps: Index,
}

impl Names {
    fn of(raw: &RawFlow) -> Self {
        fn ids<V>(entries: &Entries<V>) -> impl Iterator<Item = &str> {
            entries.0.iter().map(|(id, _)| id.as_str())
        }
        Self {
            questions: Index::new("question", Code::UnknownQuestion, ids(&raw.questions)),
            causes: Index::new("cause", Code::UnknownCause, ids(&raw.causes)),
            steps: Index::new("step", Code::UnknownStep, ids(&raw.steps)),
        }
    }
}

struct Resolver<'a> {
    questions: &'a Index,
    causes: &'a Index,
    steps: &'a Index,
}

impl Resolver<'_> {
    fn steps(&self, ids: &[String], place: impl Fn() -> Place, problems: &mut Problems) -> Vec<StepIx> {
        let find = |(n, id): (usize, &String)| self.steps.find(id, || place().item(n), problems).map(StepIx);
        ids.iter().enumerate().filter_map(find).collect()
    }

    fn causes(&self, ids: &[String], place: impl Fn() -> Place, problems: &mut Problems) -> Vec<CauseIx> {
        let find = |(n, id): (usize, &String)| self.causes.find(id, || place().item(n), problems).map(CauseIx);
        ids.iter().enumerate().filter_map(find).collect()
    }

    fn helps(&self, helps: &[RawHelps], place: impl Fn() -> Place, problems: &mut Problems) -> Vec<Helps> {
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

    fn target(
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

    fn rehearsal(&self, raw: RawRehearsal, place: impl Fn() -> Place, problems: &mut Problems) -> Option<Rehearsal> {
        problems.text(&raw.name, || place().field("name"));
        let script = self.answers(&raw.answers, &raw.fixes, &place, problems);
        let ends = match raw.ends {
            RawEnd::Cause(id) => End::Cause(CauseIx(self.causes.find(&id, || place().field("ends"), problems)?)),
            RawEnd::HandOff(flow) => {
                problems.id(&flow, || place().field("ends"));
                End::HandOff(flow)
            }
            RawEnd::Escalate => End::Escalate,
        };
        Some(Rehearsal { name: raw.name, script, ends })
    }

    fn answers(
        &self,
        answers: &Entries<super::model::Answer>,
        fixes: &Entries<super::model::FixResult>,
        place: impl Fn() -> Place,
        problems: &mut Problems,
    ) -> Answers {
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
                        Problem::new(Code::DuplicateKey, place(n), format!("the {} `{id}` is given twice", index.kind))
                            .label("again here")
                            .related(place(earlier), "first here"),
                    );
                }
                first.entry(id).or_insert(n);
                out.extend(index.find(id, || place(n), problems).map(|found| (ix(found), *value)));
            }
            out
        }
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

/// The outcomes of a flow: the causes first, then each hand-off and escalation once.
struct Outcomes {
    list: Vec<Outcome>,
    known: HashMap<Outcome, OutcomeIx>,
}

impl Outcomes {
    fn with_causes(count: usize) -> Self {
        let list = (0..narrow(count)).map(|n| Outcome::Cause(CauseIx(n))).collect();
        Self { list, known: HashMap::new() }
    }

    fn ix(&mut self, outcome: Outcome) -> OutcomeIx {
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

fn error_facts(raw: super::raw::RawError, problems: &mut Problems) -> ErrorFacts {
    let place = |field| move || Place::top().field("error").field(field);
    problems.text(&raw.code, place("code"));
    problems.text(&raw.title, place("title"));
    problems.text(&raw.product, place("product"));
    problems.text(&raw.category, place("category"));
    problems.text(&raw.meaning, place("meaning"));
    problems.text(&raw.source, place("source"));
    for (n, signature) in raw.signatures.iter().enumerate() {
        problems.text(signature, || place("signatures")().item(n));
    }
    let checked = raw.checked.parse().unwrap_or_else(|_| {
        if raw.checked != PLACEHOLDER {
            problems.push(
                Problem::new(Code::BadDate, place("checked")(), format!("`{}` is not a day", raw.checked))
                    .help("write the day as YYYY-MM-DD, such as 2026-11-20".to_owned()),
            );
        }
        jiff::civil::Date::constant(1970, 1, 1)
    });
    ErrorFacts {
        code: raw.code,
        title: raw.title,
        product: raw.product,
        category: raw.category,
        severity: raw.severity,
        meaning: raw.meaning,
        signatures: raw.signatures,
        source: raw.source,
        checked,
    }
}

fn steps(raw: Entries<super::raw::RawStep>, problems: &mut Problems) -> Vec<Step> {
    let build = |(n, (id, raw)): (usize, (String, super::raw::RawStep))| {
        let place = |field| move || Place::top().field("steps").item(n).field(field);
        problems.text(&raw.title, place("title"));
        problems.text(&raw.text, place("text"));
        problems.optional_text(raw.command.as_ref(), place("command"));
        problems.optional_text(raw.look_for.as_ref(), place("look_for"));
        problems.optional_text(raw.warning.as_ref(), place("warning"));
        Step {
            id,
            title: raw.title,
            text: raw.text,
            command: raw.command,
            look_for: raw.look_for,
            warning: raw.warning,
            effort: raw.effort,
            risk: raw.risk,
        }
    };
    raw.0.into_iter().enumerate().map(build).collect()
}

fn causes(raw: Entries<super::raw::RawCause>, resolver: &Resolver<'_>, problems: &mut Problems) -> Vec<Cause> {
    let build = |(n, (id, raw)): (usize, (String, super::raw::RawCause))| {
        let place = |field| move || Place::top().field("causes").item(n).field(field);
        problems.text(&raw.title, place("title"));
        problems.text(&raw.why, place("why"));
        problems.optional_text(raw.verify.as_ref(), place("verify"));
        if raw.fix.is_empty() {
            problems.push(
                Problem::new(Code::EmptyFix, place("fix")(), format!("the cause `{id}` has no fix"))
                    .help("name at least one step that removes it".to_owned()),
            );
        }
        Cause {
            fix: resolver.steps(&raw.fix, place("fix"), problems),
            prevent: resolver.steps(&raw.prevent, place("prevent"), problems),
            effort: Effort::Minutes,
            id,
            title: raw.title,
            why: raw.why,
            likelihood: raw.likelihood,
            verify: raw.verify,
        }
    };
    raw.0.into_iter().enumerate().map(build).collect()
}

fn questions(
    raw: Entries<super::raw::RawQuestion>,
    resolver: &Resolver<'_>,
    outcomes: &mut Outcomes,
    problems: &mut Problems,
) -> Vec<Question> {
    let build = |(n, (id, raw)): (usize, (String, super::raw::RawQuestion))| {
        let place = |field| move || Place::top().field("questions").item(n).field(field);
        problems.text(&raw.ask, place("ask"));
        problems.optional_text(raw.why.as_ref(), place("why"));
        problems.optional_text(raw.say.as_ref(), place("say"));
        problems.optional_text(raw.agent.as_ref(), place("agent"));
        Question {
            find_out: resolver.steps(&raw.find_out, place("find_out"), problems),
            yes: resolver.target(raw.yes, place("yes"), outcomes, problems),
            no: resolver.target(raw.no, place("no"), outcomes, problems),
            id,
            ask: raw.ask,
            why: raw.why,
            say: raw.say,
            agent: raw.agent,
            unsure: raw.unsure,
        }
    };
    raw.0.into_iter().enumerate().map(build).collect()
}

/// Orders the questions so that each comes before those it leads to, or returns the cycles.
fn order(questions: &[Question]) -> Result<Vec<QuestionIx>, Vec<Vec<QuestionIx>>> {
    let edges = questions.iter().zip(0..).flat_map(|(question, from)| {
        [question.yes, question.no].into_iter().filter_map(move |target| match target {
            Target::Ask(to) => Some((from, to.0)),
            Target::End(_) => None,
        })
    });
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(questions.len(), 2 * questions.len());
    for _ in questions {
        graph.add_node(());
    }
    graph.extend_with_edges(edges);
    let ix = |node: petgraph::graph::NodeIndex| QuestionIx(narrow(node.index()));
    toposort(&graph, None).map(|order| order.into_iter().map(ix).collect()).map_err(|_| {
        let cyclic = |nodes: &Vec<_>| nodes.len() > 1 || graph.contains_edge(nodes[0], nodes[0]);
        let components = kosaraju_scc(&graph).into_iter().filter(cyclic);
        let mut cycles: Vec<Vec<_>> = components.map(|nodes| nodes.into_iter().map(ix).collect()).collect();
        cycles.iter_mut().for_each(|cycle| cycle.sort_unstable());
        cycles.sort_unstable();
        cycles
    })
}

/// Shows one way round: from the first question of the component back to itself, always along an edge inside.
fn cycle_problem(questions: &[Question], component: &[QuestionIx]) -> Problem {
    let inside = |from: QuestionIx| {
        let question = &questions[from.index()];
        [("yes", question.yes), ("no", question.no)].into_iter().filter_map(|(side, target)| match target {
            Target::Ask(to) if component.contains(&to) => Some((side, to)),
            _ => None,
        })
    };
    let first = component[0];
    let mut came: HashMap<QuestionIx, (QuestionIx, &'static str)> = HashMap::new();
    let mut queue = std::collections::VecDeque::from([first]);
    while let Some(from) = queue.pop_front() {
        for (side, to) in inside(from) {
            if let std::collections::hash_map::Entry::Vacant(vacant) = came.entry(to) {
                vacant.insert((from, side));
                queue.push_back(to);
            }
        }
    }
    let mut way = vec![first];
    let (mut at, mut last_side) = came[&first];
    let closing = (at, last_side);
    while at != first {
        way.push(at);
        (at, last_side) = came[&at];
    }
    let _ = last_side;
    way.push(first);
    way.reverse();
    let ids: Vec<_> = way.iter().map(|ix| format!("`{}`", questions[ix.index()].id)).collect();
    Problem::new(
        Code::Cycle,
        Place::top().field("questions").item(closing.0.index()).field(closing.1),
        format!("the questions lead back to themselves: {}", ids.join(" → ")),
    )
    .label("this leads back")
    .help("let this answer end at a cause, a hand-off or an escalation".to_owned())
}

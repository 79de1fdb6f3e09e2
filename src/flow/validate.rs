//! From the serde mirror to the model: every rule that a [`Flow`] promises, all problems collected.
//!
//! A flow with problems is still built as far as it goes (an unknown name stands for the nearest known one), so
//! that the linter can find the rest in the same run; only [`super::read`] hands flows to other rooms, and only
//! those without a problem.

use std::collections::HashMap;

use super::model::PLACEHOLDER;
use super::model::{Answers, Cause, Effort, ErrorFacts, Faq, Flow, Inseparable, Question, QuestionIx, Related, Step};
use super::names::{Index, Names, Outcomes, Resolver};
use super::order::{cycle_problem, order};
use super::place::{Place, Problem};
use super::problems::Problems;
use super::raw::{Entries, RawAnswers, RawFlow, RawQuestion, RawShared, RawStep};
use super::splice::PREFIX;
use crate::diag::{Code, named};
use crate::source::Source;

/// Builds the model, as far as it goes, and says what is wrong with it.
pub(super) fn validate(raw: RawFlow, source: &Source) -> (Option<Flow>, Vec<Problem>) {
    let mut problems = Problems(Vec::new());
    let names = Names::of(&raw, source.offered());
    let mut outcomes = Outcomes::with_causes(raw.causes.0.len());
    let top = Place::top;

    problems.format(raw.format);
    problems.id(&raw.id, || top().field("id"));
    names.questions.check_keys(&raw.questions, "questions", "", &mut problems);
    names.causes.check_keys(&raw.causes, "causes", "", &mut problems);
    names.steps.check_keys(&raw.steps, "steps", PREFIX, &mut problems);
    if let Some(inlays) = source.inlays() {
        own_steps(&raw.steps.0[..raw.steps.0.len().saturating_sub(inlays)], &mut problems);
    }

    asked_facts(&raw.questions, &mut problems);

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
        if group.causes.iter().all(|id| *id == group.causes[0]) {
            problems.push(
                Problem::new(Code::InseparableCauses, place().field("causes"), "fewer than two causes are named")
                    .help("name at least two causes that no question can tell apart, or delete the entry".to_owned()),
            );
        }
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
        let place = || top().field("rehearsals").item(n);
        flow.rehearsals.push(resolver.rehearsal(rehearsal, place, &mut problems));
    }
    flow.outcomes = outcomes.list;

    if flow.questions.is_empty() {
        problems.push(
            Problem::new(Code::EmptyText, top().field("questions"), "the flow has no question")
                .help("write one: `\"id\": (ask: \"…?\", yes: Cause(\"…\"), no: Cause(\"…\"))`".to_owned()),
        );
    }
    if flow.causes.is_empty() {
        problems.push(
            Problem::new(Code::EmptyText, top().field("causes"), "the flow has no cause")
                .help("write one: `\"id\": (title: \"…\", why: \"…\", likelihood: Common, fix: [\"…\"])`".to_owned()),
        );
    }
    let built = match order(&flow.questions) {
        Ok(order) => {
            flow.order = order;
            !flow.questions.is_empty() && !flow.causes.is_empty()
        }
        Err(cycles) => {
            cycles.iter().for_each(|cycle| problems.push(cycle_problem(&flow.questions, flow.start, cycle)));
            false
        }
    };
    (built.then_some(flow), problems.0)
}

/// Builds the steps of a file of shared ones, and says what is wrong with them.
pub(super) fn shared(raw: RawShared) -> (Vec<Step>, Vec<Problem>) {
    let mut problems = Problems(Vec::new());
    problems.format(raw.format);
    Index::steps(&raw.steps, &[]).check_keys(&raw.steps, "steps", "", &mut problems);
    (steps(raw.steps, &mut problems), problems.0)
}

/// The file's own steps are no shared ones, whatever they are called; in the text of a session both stand side by side.
fn own_steps(own: &[(String, RawStep)], problems: &mut Problems) {
    for (n, (id, _)) in own.iter().enumerate().filter(|(_, (id, _))| id.starts_with(PREFIX)) {
        let place = Place::top().field("steps").item(n).name();
        problems.push(
            Problem::new(Code::BadId, place, format!("{} is the name of a shared step", named(id)))
                .label("an own step cannot be called so")
                .help("call it otherwise, or put it into a file in the folder `shared`, without `shared/`".to_owned()),
        );
    }
}

/// Resolves an answers file against a flow.
pub(super) fn answers(raw: &RawAnswers, flow: &Flow) -> (Answers, Vec<Problem>) {
    let mut problems = Problems(Vec::new());
    let questions =
        Index::new("question", Code::UnknownQuestion, flow.questions.iter().map(|question| question.id.as_str()));
    let causes = Index::new("cause", Code::UnknownCause, flow.causes.iter().map(|cause| cause.id.as_str()));
    let steps = Index::steps(&Entries::default(), &[]);
    let resolver = Resolver { questions: &questions, causes: &causes, steps: &steps };
    let answers = resolver.answers(&raw.answers, &raw.fixes, Place::top, &mut problems);
    (answers, problems.0)
}

/// Builds the facts of an error; nothing when something is wrong with them.
pub(super) fn facts(raw: super::raw::RawError) -> Option<ErrorFacts> {
    let mut problems = Problems(Vec::new());
    let facts = error_facts(raw, &mut problems);
    problems.0.is_empty().then_some(facts)
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
                Problem::new(Code::BadDate, place("checked")(), format!("{} is not a day", named(&raw.checked)))
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

fn steps(raw: Entries<RawStep>, problems: &mut Problems) -> Vec<Step> {
    let build = |(n, (id, raw)): (usize, (String, RawStep))| {
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

/// Checks the facts that questions ask for: each has an id, and one question of a flow asks for it. Where a graph needs it at two places,
/// the other is a copy in the same words; whether one walk meets both is the linter's.
fn asked_facts(questions: &Entries<RawQuestion>, problems: &mut Problems) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (n, (_, question)) in questions.0.iter().enumerate() {
        let Some(fact) = question.fact.as_deref().filter(|fact| *fact != PLACEHOLDER) else { continue };
        let place = |n| Place::top().field("questions").item(n).field("fact");
        problems.id(fact, || place(n));
        if let Some(&earlier) = first.get(fact)
            && questions.0[earlier].1.ask != question.ask
        {
            problems.push(
                Problem::new(
                    Code::DuplicateFact,
                    place(n),
                    format!("two different questions ask for the fact {}", named(fact)),
                )
                .label("again here")
                .related(place(earlier), "first here")
                .help("let one question ask for it, or give the two facts different ids".to_owned()),
            );
        }
        first.entry(fact).or_insert(n);
    }
}

fn causes(raw: Entries<super::raw::RawCause>, resolver: &Resolver<'_>, problems: &mut Problems) -> Vec<Cause> {
    let build = |(n, (id, raw)): (usize, (String, super::raw::RawCause))| {
        let place = |field| move || Place::top().field("causes").item(n).field(field);
        problems.text(&raw.title, place("title"));
        problems.text(&raw.why, place("why"));
        problems.optional_text(raw.verify.as_ref(), place("verify"));
        if raw.fix.is_empty() {
            problems.push(
                Problem::new(Code::EmptyFix, place("fix")(), format!("the cause {} has no fix", named(&id)))
                    .help("name at least one step that removes it".to_owned()),
            );
        }
        Cause {
            fix: resolver.steps(&raw.fix, place("fix"), problems),
            prevent: resolver.steps(&raw.prevent, place("prevent"), problems),
            expects: resolver.expects(&raw.expects, place("expects"), problems),
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
    raw: Entries<RawQuestion>,
    resolver: &Resolver<'_>,
    outcomes: &mut Outcomes,
    problems: &mut Problems,
) -> Vec<Question> {
    let build = |(n, (id, raw)): (usize, (String, RawQuestion))| {
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
            fact: raw.fact,
        }
    };
    raw.0.into_iter().enumerate().map(build).collect()
}

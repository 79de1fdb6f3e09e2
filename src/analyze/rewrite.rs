//! The flow's questions in the best order, as RON to paste: each question's words as they stand in the file, with only the two
//! targets replaced.
//!
//! Fixes come last here: a flow ends a branch at one cause, so the order asks until nothing separates. Where the same set is live the
//! same question is asked, so branches meet again. A question that is asked while different sets are live needs an entry for each,
//! with ids `name`, `name-2`, ….

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;

use thiserror::Error;

use super::{Action, Authored, Greedy, Measured, Optimum, Orders, Set, TooManyOutcomes, cost};
use crate::diag::named;
use crate::flow::{Flow, Helps, Place, QuestionIx, StepIx, Target, whole};
use crate::source::{Source, Span};

/// A graph of more questions is nobody's to read.
const MOST_QUESTIONS: usize = 2_000;

/// Says why a flow is not analyzed or rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnalysisError {
    /// It has more outcomes than sets can hold.
    #[error(transparent)]
    TooManyOutcomes(#[from] TooManyOutcomes),
    /// The best order would be written out endlessly.
    #[error("its best order asks in more than {MOST_QUESTIONS} places, because too many answers are unknown")]
    TooManyQuestions,
}

/// One question at one place of the new graph.
struct Entry {
    question: QuestionIx,
    id: String,
    yes: Set,
    no: Set,
}

/// Writes the start and the questions of a flow in the best order.
pub fn rewrite(flow: &Flow, source: &Source) -> Result<String, AnalysisError> {
    let measured = Measured::of(flow)?;
    let instance = measured.instance();
    let optimum = Optimum::of(instance, Orders::QuestionsFirst);
    let mut greedy = Greedy::new(instance);
    let mut rule = |live| optimum.as_ref().map_or_else(|| greedy.question_first(live), |known| known.action(live));
    let entries = entries(&measured, &mut rule)?;
    let by_live: HashMap<Set, &Entry> = entries.iter().map(|(live, entry)| (*live, entry)).collect();
    let places = Places::of(flow, source);
    let target = |live: Set| {
        if let Some(entry) = by_live.get(&live) {
            return format!("Ask(\"{}\")", entry.id);
        }
        let n = live.iter().next().expect("an answer that separates leaves something");
        places.outcomes[&Target::End(measured.outcome(n))].to_owned()
    };
    let minutes = cost(instance, instance.all(), &mut rule).expected_minutes;
    let now = Authored::of(&measured, None).cost.expected_minutes;
    let proof = if optimum.is_some() { "the best of the orders" } else { "the best found of the orders" };
    let mut out = String::new();
    remark(
        &mut out,
        &format!(
            "{minutes:.1} minutes a walk on average, {now:.1} as it was: {proof} that ask first and fix at the end."
        ),
    );
    out.push_str(&remarks(flow, &entries));
    let start = by_live.get(&instance.all()).map_or(flow.start(), |entry| entry.question);
    let _ = writeln!(out, "    start: \"{}\",\n    questions: {{", flow.question(start).id);
    for (_, entry) in &entries {
        let text = places.entry(entry.question, &target(entry.yes), &target(entry.no));
        let _ = writeln!(out, "        \"{}\": {text},", entry.id);
    }
    out.push_str("    },\n");
    Ok(out)
}

/// Follows the order from the start, breadth first.
fn entries(measured: &Measured<'_>, rule: &mut impl FnMut(Set) -> Action) -> Result<Vec<(Set, Entry)>, AnalysisError> {
    let flow = measured.flow();
    let mut taken: HashSet<String> = flow.questions().iter().map(|question| question.id.clone()).collect();
    let mut asked: HashSet<QuestionIx> = HashSet::new();
    let mut seen: HashSet<Set> = HashSet::new();
    let mut queue = VecDeque::from([measured.instance().all()]);
    let mut entries = Vec::new();
    while let Some(live) = queue.pop_front() {
        if !seen.insert(live) {
            continue;
        }
        let Action::Ask(n) = rule(live) else { continue };
        let question = measured.question(n);
        let split = measured.instance().split(n, live);
        let id = if asked.insert(question) {
            flow.question(question).id.clone()
        } else {
            free_id(flow, question, &mut taken)
        };
        entries.push((live, Entry { question, id, yes: split.yes, no: split.no }));
        if entries.len() > MOST_QUESTIONS {
            return Err(AnalysisError::TooManyQuestions);
        }
        queue.extend([split.yes, split.no]);
    }
    Ok(entries)
}

/// Returns an id for one more place of a question.
fn free_id(flow: &Flow, question: QuestionIx, taken: &mut HashSet<String>) -> String {
    let own = &flow.question(question).id;
    let mut ids = (2..).map(|n| format!("{own}-{n}"));
    ids.find(|id| taken.insert(id.clone())).expect("there are more numbers than questions")
}

fn remark(out: &mut String, text: &str) {
    let options = textwrap::Options::new(100).initial_indent("    // ").subsequent_indent("    // ");
    out.push_str(&textwrap::fill(text, options.word_splitter(textwrap::WordSplitter::NoHyphenation)));
    out.push('\n');
}

/// Says what else has to change with the new graph.
fn remarks(flow: &Flow, entries: &[(Set, Entry)]) -> String {
    let mut out = String::new();
    let again: Vec<String> = entries
        .iter()
        .filter(|(_, entry)| flow.question(entry.question).id != entry.id)
        .map(|(_, entry)| named(&entry.id))
        .collect();
    if !again.is_empty() {
        remark(&mut out, &format!("Asked again at another place, in the same words: {}.", again.join(", ")));
    }
    let asked: HashSet<QuestionIx> = entries.iter().map(|(_, entry)| entry.question).collect();
    let left_out: Vec<QuestionIx> = flow.question_ixs().filter(|question| !asked.contains(question)).collect();
    if !left_out.is_empty() {
        let ids: Vec<String> = left_out.iter().map(|&question| named(&flow.question(question).id)).collect();
        remark(&mut out, &format!("Not asked any more: {}.", ids.join(", ")));
        let steps: Vec<String> = only_used_by(flow, &left_out).map(|step| named(&flow.step(step).id)).collect();
        if !steps.is_empty() {
            remark(&mut out, &format!("Delete the steps that only they used: {}.", steps.join(", ")));
        }
        let is_named = |helps: &Helps| matches!(helps, Helps::Question(question) if left_out.contains(question));
        if flow.faq().iter().any(|faq| faq.helps.iter().any(is_named)) {
            remark(&mut out, "Take them out of `helps` in the FAQ.");
        }
        let expects = |question: &QuestionIx| {
            flow.causes().iter().any(|cause| cause.expects.iter().any(|(expects, _)| expects == question))
        };
        if left_out.iter().any(expects) {
            remark(&mut out, "Take them out of `expects`.");
        }
    }
    if !flow.rehearsals().is_empty() {
        remark(&mut out, "Rehearse anew: `rootwalk check` names the rehearsals that now end elsewhere.");
    }
    out
}

/// Returns the steps that find out only these questions and are used nowhere else.
fn only_used_by(flow: &Flow, questions: &[QuestionIx]) -> impl Iterator<Item = StepIx> {
    let gone = questions.iter().flat_map(|&question| flow.question(question).find_out.iter().copied());
    let gone: std::collections::BTreeSet<StepIx> = gone.collect();
    let stays = flow.question_ixs().filter(|question| !questions.contains(question));
    let mut used: HashSet<StepIx> = stays.flat_map(|question| flow.question(question).find_out.clone()).collect();
    used.extend(flow.causes().iter().flat_map(|cause| cause.fix.iter().chain(&cause.prevent).copied()));
    gone.into_iter().filter(move |step| !used.contains(step))
}

/// Where the questions and their targets stand in the file.
struct Places<'a> {
    text: &'a str,
    /// The whole of each question, its yes and its no.
    questions: Vec<[Span; 3]>,
    /// Each outcome as some question names it.
    outcomes: HashMap<Target, &'a str>,
}

impl<'a> Places<'a> {
    fn of(flow: &Flow, source: &'a Source) -> Self {
        let entry = |n: usize| Place::top().field("questions").item(n);
        let places: Vec<Place> =
            (0..flow.questions().len()).flat_map(|n| [entry(n), entry(n).field("yes"), entry(n).field("no")]).collect();
        let spans = whole(source, &places);
        let span = |at: usize| spans[at].expect("the flow was read from this text");
        let questions: Vec<_> = (0..flow.questions().len()).map(|n| [0, 1, 2].map(|part| span(3 * n + part))).collect();
        let mut outcomes = HashMap::new();
        for (question, spans) in flow.questions().iter().zip(&questions) {
            for (target, span) in [(question.yes, spans[1]), (question.no, spans[2])] {
                outcomes.entry(target).or_insert(&source.text()[span.range()]);
            }
        }
        Self { text: source.text(), questions, outcomes }
    }

    /// Returns a question's bytes with other targets.
    fn entry(&self, question: QuestionIx, yes: &str, no: &str) -> String {
        let [all, of_yes, of_no] = self.questions[question.index()];
        let mut parts = [(of_yes, yes), (of_no, no)];
        parts.sort_by_key(|(span, _)| span.start);
        let [(first, a), (second, b)] = parts;
        let between = |from: usize, to: usize| &self.text[from..to];
        format!(
            "{}{a}{}{b}{}",
            between(all.start, first.start),
            between(first.end, second.start),
            between(second.end, all.end)
        )
    }
}

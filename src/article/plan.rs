//! The plan: what an author decides, proposed. Which step belongs to which cause's fix, what to ask, where an FAQ entry helps.
//!
//! A step belongs to the causes it has most words in common with, and to every cause where it resembles none. What tries the failed
//! thing again comes last in every fix; what watches for the next time goes to `prevent`. All of it is marked in the draft.

use std::collections::HashSet;

use super::question::{self, Question, question};
use super::words::{Ids, Weights, names};
use super::{Article, Instruction};
use crate::flow::{Effort, Risk};
use crate::text::{letters, shorten};
use unicode_width::UnicodeWidthStr as _;

/// How much of a cause's words a step has at least, to belong to it.
const ALIKE: f64 = 0.2;

/// How much of the best likeness another cause has at least, for the step to belong to it as well.
const NEARLY: f64 = 0.7;

/// Longest title, in columns: what a cause says is not cut unless it is far too long.
const MAX_TITLE: usize = 120;

/// As many characters of a step are looked at for its title.
const LONGEST_START: usize = 400;

/// Longest title of a step, in columns, where there is a place to cut it.
const STEP_TITLE: usize = 64;

/// Stand for the causes where none is known yet.
const EXAMPLES: [&str; 2] = ["The first possible cause", "The second possible cause"];

/// Holds the parts of a flow as they will be written.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) causes: Vec<Cause>,
    pub(super) steps: Vec<Step>,
    /// For each FAQ entry the cause it seems to be about.
    pub(super) helps: Vec<Option<usize>>,
}

#[derive(Debug)]
pub(super) struct Cause {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) why: String,
    pub(super) fix: Vec<usize>,
    /// Whether no step has anything to do with it in words.
    pub(super) is_fix_guessed: bool,
    pub(super) prevent: Vec<usize>,
    pub(super) question_id: String,
    pub(super) question: Question,
    pub(super) find_out: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) command: Option<String>,
    pub(super) effort: Effort,
    pub(super) risk: Risk,
    /// Whether it stands for what the article does not say.
    pub(super) is_made_up: bool,
}

/// Says what a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Fix,
    Verify,
    Prevent,
}

/// Plans the flow of an article.
pub(super) fn plan(article: &Article) -> Plan {
    let examples = EXAMPLES.map(str::to_owned);
    let texts = if article.causes.is_empty() { examples.as_slice() } else { &article.causes };
    let weights = Weights::of(texts);
    let mut steps = steps(&article.steps);
    let shares = share(&article.steps, texts.len(), &weights);
    let sentences = texts.iter().chain(article.steps.iter().map(|step| &step.text)).map(String::as_str);
    let names = names(sentences.chain(article.product.known().map(String::as_str)));
    let (mut cause_ids, mut question_ids, mut step_ids) = (Ids::default(), Ids::default(), Ids::default());
    for step in &mut steps {
        step.id = step_ids.make(&step.title, "step");
    }
    let mut causes = Vec::new();
    // Two causes may differ in no more than a *not*, and a walk would ask the same thing twice.
    let mut asked = HashSet::new();
    for (n, (text, Share { mut fix, is_fix_guessed, prevent, find_out })) in texts.iter().zip(shares).enumerate() {
        let mut question = question(text, &names);
        if !asked.insert(letters(&question.ask).collect::<String>()) {
            question.ask = format!("Cause {}: {}", n + 1, question.ask);
        }
        let id = cause_ids.make(&question.about_cause, &format!("cause-{}", n + 1));
        let title = shorten(&question::core(text), MAX_TITLE);
        if fix.is_empty() {
            fix.push(steps.len());
            steps.push(made_up(step_ids.make(&format!("remove {id}"), "remove"), &title));
        }
        causes.push(Cause {
            question_id: question_ids.make(&question.about, &format!("question-{}", n + 1)),
            id,
            title,
            why: text.clone(),
            fix,
            is_fix_guessed,
            prevent,
            question,
            find_out,
        });
    }
    let helps = article.faq.iter().map(|entry| {
        let text = format!("{} {}", entry.question, entry.answer.as_deref().unwrap_or_default());
        best(&weights.likeness(&text)).filter(|&(_, likeness)| likeness >= 2.0 * ALIKE).map(|(n, _)| n)
    });
    Plan { helps: helps.collect(), causes, steps }
}

/// Returns the place and value of the largest number, the first of equal ones.
fn best(likeness: &[f64]) -> Option<(usize, f64)> {
    likeness.iter().copied().enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

type Steps = Vec<usize>;

/// Holds the steps of one cause.
#[derive(Debug, Default, Clone)]
struct Share {
    fix: Steps,
    is_fix_guessed: bool,
    prevent: Steps,
    /// The steps that find the answer to its question out.
    find_out: Steps,
}

/// Shares the steps out among the causes.
fn share(steps: &[Instruction], count: usize, weights: &Weights) -> Vec<Share> {
    let mut shares = vec![Share::default(); count];
    let mut verify = Vec::new();
    let mut doing: Vec<(usize, Vec<f64>)> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        let kind = use_of(&step.text);
        if kind == Use::Verify {
            verify.push(n);
            continue;
        }
        let likeness = weights.likeness(&step.text);
        let top = best(&likeness).filter(|&(_, top)| top >= ALIKE);
        if let (Some((cause, _)), true, Use::Fix) = (top, looks(&step.text), kind) {
            shares[cause].find_out.push(n);
        }
        for (share, likeness) in shares.iter_mut().zip(&likeness) {
            if top.is_none_or(|(_, top)| *likeness >= top * NEARLY) {
                if kind == Use::Prevent { share.prevent.push(n) } else { share.fix.push(n) }
            }
        }
        if kind == Use::Fix {
            doing.push((n, likeness));
        }
    }
    for (cause, share) in shares.iter_mut().enumerate() {
        if share.fix.is_empty() {
            share.is_fix_guessed = true;
            // Articles often go through causes and steps in the same order.
            let near: Vec<f64> = doing.iter().map(|(_, likeness)| likeness[cause]).collect();
            let near = best(&near).filter(|&(_, likeness)| likeness > 0.0).map(|(at, _)| &doing[at]);
            share.fix.extend(near.or_else(|| doing.get(cause).or(doing.last())).map(|(n, _)| *n));
        }
        share.fix.extend(&verify);
    }
    shares
}

/// Returns what is to be done, without the condition before it.
fn order(text: &str) -> &str {
    let lower = text.get(..24.min(text.len())).unwrap_or(text).to_lowercase();
    let mut order = text;
    if ["if ", "when ", "for ", "in ", "once ", "after ", "where ", "on "].iter().any(|start| lower.starts_with(start))
        && let Some((_, rest)) = text.split_once(", ")
    {
        order = rest;
    }
    for word in ["then ", "next, ", "finally, ", "optionally, ", "also ", "first, ", "please "] {
        if order.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            order = &order[word.len()..];
        }
    }
    order
}

fn first_word(text: &str) -> String {
    let word = order(text).split_whitespace().next().unwrap_or_default();
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn use_of(text: &str) -> Use {
    let lower = text.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    match first_word(text).as_str() {
        "monitor" | "automate" => Use::Prevent,
        "set" | "configure" | "create" | "enable" | "schedule" | "add" | "implement" | "establish" | "document"
        | "use" | "consider"
            if has(&[
                "alert",
                "reminder",
                "notification",
                "monitoring",
                "in future",
                "in the future",
                "to avoid future",
                "prevent future",
                "going forward",
            ]) =>
        {
            Use::Prevent
        }
        "test" | "retest" | "re-test" | "rerun" | "re-run" | "retry" | "rerunning" => Use::Verify,
        "run" | "trigger" | "start" | "execute" | "refresh"
            if has(&[" again", "once more", "a manual refresh", "on-demand refresh"]) =>
        {
            Use::Verify
        }
        "validate" | "confirm" | "verify"
            if has(&["succeeds", "now works", "is resolved", "completes successfully", "works again"]) =>
        {
            Use::Verify
        }
        _ => Use::Fix,
    }
}

/// Tells whether doing a step shows how things are.
fn looks(text: &str) -> bool {
    const LOOKS: &[&str] = &[
        "confirm",
        "check",
        "verify",
        "review",
        "inspect",
        "look",
        "identify",
        "determine",
        "find",
        "examine",
        "compare",
        "test",
    ];
    let is_look = LOOKS.contains(&first_word(text).as_str());
    let lower = text.to_lowercase();
    is_look
        || LOOKS
            .iter()
            .take(5)
            .any(|word| lower.contains(&format!(" and {word} ")) || lower.contains(&format!(", {word} ")))
}

fn steps(instructions: &[Instruction]) -> Vec<Step> {
    let step = |instruction: &Instruction| {
        let lower = instruction.text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let text = if instruction.text.trim().is_empty() { "Run the command." } else { &instruction.text };
        Step {
            id: String::new(),
            title: title(text),
            text: text.to_owned(),
            command: instruction.command.clone(),
            effort: if has(&["administrator", "contact ", "support ticket", "exemption", "ask your"]) {
                Effort::Days
            } else {
                Effort::Minutes
            },
            risk: if has(&["delete", "remove ", "revoke", "restart", "reboot", "regenerate", "rotate", "reset"]) {
                Risk::Disruptive
            } else {
                Risk::Safe
            },
            is_made_up: false,
        }
    };
    instructions.iter().map(step).collect()
}

/// Stands for the fix of a cause for which the article has no step.
fn made_up(id: String, cause: &str) -> Step {
    Step {
        id,
        title: shorten(&format!("Remove the cause: {cause}"), MAX_TITLE),
        text: "Nobody has written yet how this is done.".to_owned(),
        command: None,
        effort: Effort::Minutes,
        risk: Risk::Safe,
        is_made_up: true,
    }
}

/// Makes a title of what a step orders, up to where it goes into detail.
fn title(text: &str) -> String {
    const STOPS: &[(&str, usize)] = &[
        (", ", 4),
        (": ", 3),
        (" so that ", 4),
        (" to ensure ", 4),
        (" to confirm ", 4),
        (" to isolate ", 4),
        (" to avoid ", 4),
        (" in order ", 4),
        (" if ", 4),
        (" before ", 4),
        (" and ", 7),
    ];
    const WEAK: &[&str] = &[
        " in ",
        " for ",
        " from ",
        " on ",
        " that ",
        " with ",
        " to ",
        " under ",
        " using ",
        " attempting ",
        " and ",
        " or ",
    ];
    // A title ends long before; some texts do not.
    let start = text.char_indices().nth(LONGEST_START).map_or(text, |(at, _)| &text[..at]);
    let order = question::core(order(start));
    let words = |end: usize| order[..end].split(' ').count();
    let mut end = order.len();
    for (stop, least) in STOPS {
        if let Some(at) = order[..end].find(stop).filter(|&at| words(at) >= *least) {
            end = at;
        }
    }
    if order[..end].width() > STEP_TITLE {
        let ends = WEAK.iter().flat_map(|stop| order[..end].match_indices(stop)).map(|(at, _)| at);
        if let Some(at) = ends.filter(|&at| words(at) >= 4 && order[..at].width() <= STEP_TITLE).max() {
            end = at;
        }
    }
    let title = shorten(order[..end].trim(), MAX_TITLE);
    let mut letters = title.chars();
    letters.next().map_or(title.clone(), |first| first.to_uppercase().chain(letters).collect())
}

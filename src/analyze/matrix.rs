//! A bare instance as JSON, and its solution as JSON: so that others can check the optimum against a solver of their own.
//!
//! `{"causes":[{"weight":3,"fix_minutes":10}],"questions":[{"minutes":2,"answers":["yes","no",null]}]}`, answers by cause.

use std::collections::{HashSet, VecDeque};

use thiserror::Error;

use super::{Action, Comparison, Cost, Instance, Proof, Query, RightFix, Set, Suspect};

/// Largest weight and most minutes: sums of them stay far from what a number can hold.
const LARGEST: f64 = 1e12;

/// As many questions are taken.
const MOST_QUESTIONS: usize = 10_000;

/// As many sets of the policy are written.
const MOST_WRITTEN: usize = 1_000;

/// Says why a matrix cannot be used.
#[derive(Debug, Error)]
pub enum MatrixError {
    /// It is not the JSON that is expected; the message names line and column.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A value in it makes no sense.
    #[error("{0}")]
    Value(String),
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Matrix {
    causes: Vec<MatrixCause>,
    questions: Vec<MatrixQuestion>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixCause {
    weight: f64,
    fix_minutes: f64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixQuestion {
    minutes: f64,
    answers: Vec<Option<MatrixAnswer>>,
}

#[derive(serde::Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum MatrixAnswer {
    Yes,
    No,
}

/// Reads a matrix.
pub fn read_matrix(text: &str) -> Result<Instance, MatrixError> {
    let matrix: Matrix = serde_json::from_str(text)?;
    let count = matrix.causes.len();
    let refuse = |why: String| Err(MatrixError::Value(why));
    if count == 0 {
        return refuse("`causes` is empty: there is nothing to find".to_owned());
    }
    if count > Set::MOST {
        return refuse(format!("there are {count} causes; at most {} are taken", Set::MOST));
    }
    if matrix.questions.len() > MOST_QUESTIONS {
        return refuse(format!("there are {} questions; at most {MOST_QUESTIONS} are taken", matrix.questions.len()));
    }
    let mut instance = Instance { outcomes: Vec::new(), questions: Vec::new(), right_fix: RightFix::WhenMade };
    for (n, cause) in matrix.causes.iter().enumerate() {
        in_range(cause.weight, || format!("causes[{n}].weight"))?;
        in_range(cause.fix_minutes, || format!("causes[{n}].fix_minutes"))?;
        instance.outcomes.push(Suspect { weight: cause.weight, fix: Some(cause.fix_minutes) });
    }
    for (n, question) in matrix.questions.iter().enumerate() {
        in_range(question.minutes, || format!("questions[{n}].minutes"))?;
        let answers = &question.answers;
        if answers.len() != count {
            return refuse(format!(
                "`questions[{n}].answers` has {} entries; one for each cause is needed, {count} in all",
                answers.len()
            ));
        }
        let who = |says| (0..count).filter(|&cause| answers[cause] == Some(says)).collect();
        let query = Query { minutes: question.minutes, yes: who(MatrixAnswer::Yes), no: who(MatrixAnswer::No) };
        instance.questions.push(query);
    }
    Ok(instance)
}

fn in_range(value: f64, what: impl Fn() -> String) -> Result<(), MatrixError> {
    if (0.0..=LARGEST).contains(&value) {
        return Ok(());
    }
    Err(MatrixError::Value(format!("`{}` is {value}; a number from 0 to {LARGEST} is needed", what())))
}

/// Holds the solution of a bare instance, as it is written.
#[derive(Debug, serde::Serialize)]
pub struct Solution {
    expected_minutes: f64,
    proved: bool,
    proof: String,
    /// How many sets were settled; none where it is not proved.
    sets: Option<usize>,
    first: Step,
    unknown_answers: &'static str,
    orders: Orders,
    bound: Bound,
    policy_is_whole: bool,
    policy_by_live_causes: Policy,
}

#[derive(Debug, serde::Serialize)]
struct Orders {
    fixes_in_order: Cost,
    greedy: Cost,
    best: Cost,
}

#[derive(Debug, serde::Serialize)]
struct Bound {
    entropy_bits: f64,
    minutes: f64,
}

#[derive(Debug, Clone, Copy, serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    Fix(usize),
    Ask(usize),
}

/// What to do for each set of live causes, written as a map from `"0 2 5"` to `"ask 3"` or `"fix 2"`.
#[derive(Debug)]
struct Policy(Vec<(Set, Action)>);

impl serde::Serialize for Policy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let key = |live: &Set| live.iter().map(|cause| cause.to_string()).collect::<Vec<_>>().join(" ");
        let word = |action: &Action| match action {
            Action::Try(cause) => format!("fix {cause}"),
            Action::Ask(question) => format!("ask {question}"),
        };
        serializer.collect_map(self.0.iter().map(|(live, action)| (key(live), word(action))))
    }
}

impl From<Action> for Step {
    fn from(action: Action) -> Self {
        match action {
            Action::Try(cause) => Self::Fix(cause),
            Action::Ask(question) => Self::Ask(question),
        }
    }
}

/// Solves a bare instance.
pub fn solve(instance: &Instance) -> Solution {
    let comparison = Comparison::of(instance);
    let mut rule = comparison.rule(instance);
    let first = rule(instance.all()).into();
    let (policy, policy_is_whole) = policy(instance, &mut rule);
    drop(rule);
    Solution {
        expected_minutes: comparison.best.expected_minutes,
        proved: matches!(comparison.proof, Proof::Proved(_)),
        proof: comparison.proof.in_words("causes"),
        sets: match comparison.proof {
            Proof::Proved(sets) => Some(sets),
            Proof::TooMany => None,
        },
        first,
        unknown_answers: super::UNKNOWN_ANSWERS,
        orders: Orders { fixes_in_order: comparison.fixes_in_order, greedy: comparison.greedy, best: comparison.best },
        bound: Bound { entropy_bits: comparison.entropy_bits, minutes: comparison.least_minutes },
        policy_is_whole,
        policy_by_live_causes: policy,
    }
}

/// Writes an order down from all causes on, the sets in the order in which they are come to; tells whether that is all of it.
fn policy(instance: &Instance, rule: &mut dyn FnMut(Set) -> Action) -> (Policy, bool) {
    let mut written = Vec::new();
    let mut seen: HashSet<Set> = [instance.all()].into();
    let mut queue = VecDeque::from([instance.all()]);
    while let Some(live) = queue.pop_front() {
        if written.len() == MOST_WRITTEN {
            return (Policy(written), false);
        }
        let action = rule(live);
        written.push((live, action));
        let next = match action {
            Action::Try(cause) => vec![live.without(cause)],
            Action::Ask(question) => {
                let split = instance.split(question, live);
                vec![split.yes, split.no]
            }
        };
        queue.extend(next.into_iter().filter(|set| !set.is_empty() && seen.insert(*set)));
    }
    (Policy(written), true)
}

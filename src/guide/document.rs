//! The document: what a flow says, field by field. Its JSON is a format that other machines read: a field is never renamed, a new
//! one is optional or raises the format's version.

use jiff::civil::Date;
use serde::Serialize;

use crate::flow::{
    Answer, CauseIx, Effort, Flow, Likelihood, Outcome, OutcomeIx, QuestionIx, Risk, Severity, StepIx, Target, Unsure,
};
use crate::graph::{Picture, Ranking, Reach};

/// Version of the format.
const FORMAT: u32 = 1;

/// Most questions of which is told what is still possible there; a larger flow is no page to read.
pub(super) const MOST_LISTED: usize = 1_000;
/// Most causes that are named as still possible at a question.
const MOST_POSSIBLE: usize = 12;

/// Holds a flow as a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// Version of the format.
    pub format: u32,
    /// The flow's id.
    pub id: String,
    /// The error.
    pub error: ErrorFacts,
    /// The causes, the most promising first.
    pub causes: Vec<CauseFacts>,
    /// The questions, the first one first, each that is reached through yes before those that are reached through no.
    pub questions: Vec<QuestionFacts>,
    /// Where the walk goes on with another flow.
    pub hand_offs: Vec<HandOff>,
    /// Where somebody else has to look.
    pub escalations: Vec<Escalation>,
    /// What is often asked.
    pub faq: Vec<Faq>,
    /// Errors that are like it.
    pub related: Vec<Related>,
}

/// Describes the error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorFacts {
    /// The code as the product prints it.
    pub code: String,
    /// The error in a few words.
    pub title: String,
    /// Where it occurs.
    pub product: String,
    /// What kind of error it is.
    pub category: String,
    /// How much it hurts.
    pub severity: Severity,
    /// What it means.
    pub meaning: String,
    /// The fixed parts of the product's message.
    pub signatures: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// The day on which they were last checked.
    pub checked: Date,
}

/// Describes a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseFacts {
    /// Its id.
    pub id: String,
    /// Its number, as the drawings and the tree count it.
    pub number: usize,
    /// The cause in a few words.
    pub title: String,
    /// How it makes the error.
    pub why: String,
    /// How often it is the one.
    pub likelihood: Likelihood,
    /// How long its fix takes: the longest effort of its steps.
    pub effort: Effort,
    /// The steps that remove it.
    pub fix: Vec<StepFacts>,
    /// What to see when the fix worked.
    pub verify: Option<String>,
    /// The steps that keep it from coming back.
    pub prevent: Vec<StepFacts>,
    /// What the overlay of the drawing says; may be empty.
    #[serde(skip)]
    pub status: String,
}

/// Describes a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepFacts {
    /// Its id.
    pub id: String,
    /// The step in a few words.
    pub title: String,
    /// What to do, and where.
    pub text: String,
    /// A command to copy.
    pub command: Option<String>,
    /// What to look for in what comes back.
    pub look_for: Option<String>,
    /// What to know before doing it.
    pub warning: Option<String>,
    /// How long it takes.
    pub effort: Effort,
    /// What it can do to a running system.
    pub risk: Risk,
}

/// Describes a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionFacts {
    /// Its id.
    pub id: String,
    /// Its number, as the drawings and the tree count it.
    pub number: usize,
    /// The question.
    pub ask: String,
    /// Why it is asked.
    pub why: Option<String>,
    /// What to say to a customer.
    pub say: Option<String>,
    /// What whoever answers should know, and is not said to a customer.
    pub agent: Option<String>,
    /// The steps that find the answer out.
    pub find_out: Vec<StepFacts>,
    /// Where yes leads.
    pub yes: Lead,
    /// Where no leads.
    pub no: Lead,
    /// What *not sure* means.
    pub unsure: Unsure,
    /// Which side a walk tries first where both stay open.
    pub first: Answer,
    /// What the overlay of the drawing says; may be empty.
    #[serde(skip)]
    pub status: String,
    /// The causes still possible there, in words; nothing where the flow is too large.
    #[serde(skip)]
    pub possible: String,
}

/// Says where an answer leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Lead {
    /// To another question.
    Question {
        /// Its id.
        id: String,
        /// Its number.
        number: usize,
    },
    /// To a cause.
    Cause {
        /// Its id.
        id: String,
        /// Its number.
        number: usize,
    },
    /// To another flow.
    HandOff {
        /// Its id.
        flow: String,
        /// The number of the box.
        number: usize,
    },
    /// To somebody else.
    Escalation {
        /// Who, and with what.
        text: String,
        /// The number of the box.
        number: usize,
    },
}

/// Describes a hand-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOff {
    /// The number of the box.
    pub number: usize,
    /// The other flow.
    #[serde(flatten)]
    pub to: Other,
    /// What the overlay of the drawing says; may be empty.
    #[serde(skip)]
    pub status: String,
}

/// Describes an escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Escalation {
    /// The number of the box.
    pub number: usize,
    /// Who, and with what.
    pub text: String,
    /// What the overlay of the drawing says; may be empty.
    #[serde(skip)]
    pub status: String,
}

/// Names another flow. Code and title are null where the catalog does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Other {
    /// Its id.
    pub flow: String,
    /// Its error's code.
    pub code: Option<String>,
    /// Its error's title.
    pub title: Option<String>,
}

/// Holds a frequently asked question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Faq {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// Names a related error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Its flow.
    #[serde(flatten)]
    pub other: Other,
    /// When it is that one.
    pub when: String,
}

/// Tells code and title of another flow; nothing where there is no such flow.
pub type Names<'a> = &'a dyn Fn(&str) -> Option<(String, String)>;

/// Returns the JSON Schema (draft 2020-12) of the document.
pub const fn schema() -> &'static str {
    include_str!("guide.schema.json")
}

impl Guide {
    /// Collects what a flow says, with the numbers and the overlay of its picture.
    pub fn of(picture: &Picture, names: Names) -> Self {
        let flow = picture.flow();
        let error = flow.error();
        let ranking = Ranking::of(flow);
        let mut causes: Vec<CauseIx> = flow.cause_ixs().collect();
        ranking.sort(&mut causes);
        let mut questions: Vec<QuestionIx> = flow.question_ixs().collect();
        questions.sort_by_key(|&ix| picture.number(Target::Ask(ix)));
        let reach = Reach::of(flow);
        let mut collected = Self {
            format: FORMAT,
            id: flow.id().to_owned(),
            error: ErrorFacts {
                code: error.code.clone(),
                title: error.title.clone(),
                product: error.product.clone(),
                category: error.category.clone(),
                severity: error.severity,
                meaning: error.meaning.clone(),
                signatures: error.signatures.clone(),
                source: error.source.clone(),
                checked: error.checked,
            },
            causes: causes.into_iter().map(|ix| cause(picture, ix)).collect(),
            questions: questions
                .into_iter()
                .enumerate()
                .map(|(n, ix)| QuestionFacts {
                    possible: if n < MOST_LISTED { possible(flow, &reach, ix) } else { String::new() },
                    first: if ranking.sides(ix)[0] == flow.question(ix).yes { Answer::Yes } else { Answer::No },
                    ..question(picture, ix)
                })
                .collect(),
            hand_offs: Vec::new(),
            escalations: Vec::new(),
            faq: flow
                .faq()
                .iter()
                .map(|faq| Faq { question: faq.question.clone(), answer: faq.answer.clone() })
                .collect(),
            related: flow
                .related()
                .iter()
                .map(|related| Related { other: other(&related.flow, names), when: related.when.clone() })
                .collect(),
        };
        collected.add_ends(picture, names);
        collected
    }

    /// Returns the question of a number, and its place in the list.
    pub(super) fn question(&self, number: usize) -> Option<(usize, &QuestionFacts)> {
        let place = self.questions.binary_search_by_key(&number, |question| question.number).ok()?;
        Some((place, &self.questions[place]))
    }

    /// Returns the cause of a number, and its rank from 0.
    pub(super) fn cause(&self, number: usize) -> Option<(usize, &CauseFacts)> {
        self.causes.iter().enumerate().find(|(_, cause)| cause.number == number)
    }

    fn add_ends(&mut self, picture: &Picture, names: Names) {
        let flow = picture.flow();
        for ix in flow.outcome_ixs() {
            let target = Target::End(ix);
            let (number, status) = (picture.number(target), picture.status(target).to_owned());
            match flow.outcome(ix) {
                Outcome::Cause(_) => {}
                Outcome::HandOff(to) => self.hand_offs.push(HandOff { number, to: other(to, names), status }),
                Outcome::Escalate(text) => self.escalations.push(Escalation { number, text: text.clone(), status }),
            }
        }
    }
}

fn cause(picture: &Picture, ix: CauseIx) -> CauseFacts {
    let (flow, target) = (picture.flow(), Target::End(ix.into()));
    let cause = flow.cause(ix);
    CauseFacts {
        id: cause.id.clone(),
        number: picture.number(target),
        title: cause.title.clone(),
        why: cause.why.clone(),
        likelihood: cause.likelihood,
        effort: cause.effort,
        fix: steps(flow, &cause.fix),
        verify: cause.verify.clone(),
        prevent: steps(flow, &cause.prevent),
        status: picture.status(target).to_owned(),
    }
}

fn question(picture: &Picture, ix: QuestionIx) -> QuestionFacts {
    let (flow, target) = (picture.flow(), Target::Ask(ix));
    let question = flow.question(ix);
    QuestionFacts {
        id: question.id.clone(),
        number: picture.number(target),
        ask: question.ask.clone(),
        why: question.why.clone(),
        say: question.say.clone(),
        agent: question.agent.clone(),
        find_out: steps(flow, &question.find_out),
        yes: lead(picture, question.yes),
        no: lead(picture, question.no),
        unsure: question.unsure,
        first: Answer::Yes,
        status: picture.status(target).to_owned(),
        possible: String::new(),
    }
}

fn lead(picture: &Picture, target: Target) -> Lead {
    let (flow, number) = (picture.flow(), picture.number(target));
    let end = |ix: OutcomeIx| match flow.outcome(ix) {
        Outcome::Cause(cause) => Lead::Cause { id: flow.cause(*cause).id.clone(), number },
        Outcome::HandOff(to) => Lead::HandOff { flow: to.clone(), number },
        Outcome::Escalate(text) => Lead::Escalation { text: text.clone(), number },
    };
    match target {
        Target::Ask(ix) => Lead::Question { id: flow.question(ix).id.clone(), number },
        Target::End(ix) => end(ix),
    }
}

fn steps(flow: &Flow, steps: &[StepIx]) -> Vec<StepFacts> {
    let facts = |&ix: &StepIx| {
        let step = flow.step(ix);
        StepFacts {
            id: step.id.clone(),
            title: step.title.clone(),
            text: step.text.clone(),
            command: step.command.clone(),
            look_for: step.look_for.clone(),
            warning: step.warning.clone(),
            effort: step.effort,
            risk: step.risk,
        }
    };
    steps.iter().map(facts).collect()
}

fn possible(flow: &Flow, reach: &Reach, ix: QuestionIx) -> String {
    let causes = reach.causes(Target::Ask(ix));
    let more = causes.len().saturating_sub(MOST_POSSIBLE);
    let titles = causes.iter().take(MOST_POSSIBLE).map(|&cause| flow.cause(cause).title.clone());
    let named: Vec<String> = titles.chain((more > 0).then(|| format!("{more} more"))).collect();
    if named.is_empty() { "no cause".to_owned() } else { named.join("; ") }
}

fn other(id: &str, names: Names) -> Other {
    let (code, title) = names(id).unzip();
    Other { flow: id.to_owned(), code, title }
}

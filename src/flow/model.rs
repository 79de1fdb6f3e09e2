//! The model: a flow that holds. Only `validate` builds one, so later rooms never check again.

use std::fmt;

/// Stands for a text or id that is missing or of the wrong kind. No author writes it: it is a private character.
pub(super) const PLACEHOLDER: &str = "\u{f8ff}";

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(in crate::flow) u32);

        impl $name {
            /// Returns the place in the flow's list, from 0.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// Returns the same as [`Self::index`], as it is kept.
            pub const fn number(self) -> u32 {
                self.0
            }
        }
    )*};
}

indices! {
    /// Names a question of one flow.
    QuestionIx,
    /// Names a cause of one flow.
    CauseIx,
    /// Names a step of one flow.
    StepIx,
    /// Names an outcome of one flow. The causes come first: cause `n` is outcome `n`.
    OutcomeIx,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Lists the words as a flow file writes them.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($variant),)*];

            /// Returns the word a person reads.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    )*};
}

words! {
    /// Says how much an error hurts.
    Severity {
        /// Nothing works.
        Critical "critical",
        /// Much does not work.
        High "high",
        /// Some of it does not work.
        Medium "medium",
        /// It can wait.
        Low "low",
    }
    /// Says how often a cause is the one, best first.
    Likelihood {
        /// Most times.
        Common "common",
        /// Now and then.
        Occasional "occasional",
        /// Hardly ever.
        Rare "rare",
    }
    /// Says how long a step takes a person, least first.
    Effort {
        /// Minutes.
        Minutes "minutes",
        /// Hours.
        Hours "hours",
        /// Days, or somebody else has to act.
        Days "days",
    }
    /// Says what a step can do to a running system, least first.
    Risk {
        /// Nobody notices.
        Safe "safe",
        /// Others may notice.
        Disruptive "disruptive",
        /// Cannot be undone.
        Irreversible "irreversible",
    }
    /// Says what *not sure* means for a question.
    #[derive(Default)]
    Unsure {
        /// Both sides stay open; the more promising one is tried first.
        #[default]
        KeepBoth "both sides stay open",
        /// Taken as yes.
        AsYes "taken as yes",
        /// Taken as no.
        AsNo "taken as no",
    }
    /// Answers a question.
    Answer {
        /// Yes.
        Yes "yes",
        /// No.
        No "no",
        /// Not known.
        Unsure "not sure",
    }
    /// Says what a question is answered where a cause is the one.
    Expected {
        /// Yes.
        Yes "yes",
        /// No.
        No "no",
    }
    /// Says whether a fix worked.
    FixResult {
        /// It worked.
        Fixed "fixed",
        /// It did not.
        NotFixed "not fixed",
    }
}

/// Describes the error a flow is about.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What it means, in a few sentences.
    pub meaning: String,
    /// The fixed parts of the product's message.
    pub signatures: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// The day on which the facts were last checked against the source.
    pub checked: jiff::civil::Date,
}

/// Describes a possible root cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The id in the file.
    pub id: String,
    /// The cause in a few words.
    pub title: String,
    /// How this cause makes the error.
    pub why: String,
    /// How often it is the one.
    pub likelihood: Likelihood,
    /// The steps that remove it, in order.
    pub fix: Vec<StepIx>,
    /// What to see when the fix worked.
    pub verify: Option<String>,
    /// The steps that keep it from coming back.
    pub prevent: Vec<StepIx>,
    /// What questions off its path are answered where it is the one, as the author knows it.
    pub expects: Vec<(QuestionIx, Expected)>,
    /// The longest effort of the fix's steps.
    pub effort: Effort,
}

/// Describes one thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The id in the file.
    pub id: String,
    /// The step in a few words.
    pub title: String,
    /// What to do, and where.
    pub text: String,
    /// A command to copy; never run by this program.
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

/// Describes a yes/no question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The id in the file.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The steps that find the answer out.
    pub find_out: Vec<StepIx>,
    /// Why it is asked.
    pub why: Option<String>,
    /// What to say to a customer.
    pub say: Option<String>,
    /// What whoever answers should know, and is not said to a customer.
    pub agent: Option<String>,
    /// What *not sure* means.
    pub unsure: Unsure,
    /// The fact that it asks for, by an id that other flows use for the same one.
    pub fact: Option<String>,
    /// Where yes leads.
    pub yes: Target,
    /// Where no leads.
    pub no: Target,
}

/// Says where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// To another question.
    Ask(QuestionIx),
    /// To the end of the branch.
    End(OutcomeIx),
}

/// Says where a branch ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A cause of this flow.
    Cause(CauseIx),
    /// Another flow, by id.
    HandOff(String),
    /// Somebody else has to look; the text says who and with what.
    Escalate(String),
}

/// Names causes that no question tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inseparable {
    /// The causes.
    pub causes: Vec<CauseIx>,
    /// Why nothing tells them apart.
    pub why: String,
}

/// Holds one frequently asked question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faq {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Where in a walk it helps.
    pub helps: Vec<Helps>,
}

/// Names where a FAQ entry helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helps {
    /// At a question.
    Question(QuestionIx),
    /// At a verdict.
    Cause(CauseIx),
}

/// Names a related error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The other flow's id.
    pub flow: String,
    /// When it is the other one.
    pub when: String,
}

/// Holds answers and fix results given in advance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// Answers by question.
    pub answers: Vec<(QuestionIx, Answer)>,
    /// Fix results by cause.
    pub fixes: Vec<(CauseIx, FixResult)>,
}

/// Describes a walk that must end where it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// What the walk is about.
    pub name: String,
    /// What is answered on the way.
    pub script: Answers,
    /// Where it ends.
    pub ends: End,
}

/// Says where a rehearsal ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// At a verdict.
    Cause(CauseIx),
    /// At a hand-off to another flow.
    HandOff(String),
    /// At an escalation.
    Escalate,
}

/// Holds one error's model. What it promises: every name resolves, the questions form a DAG in which the start comes first,
/// every text is there and harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    pub(super) id: String,
    pub(super) error: ErrorFacts,
    pub(super) causes: Vec<Cause>,
    pub(super) steps: Vec<Step>,
    pub(super) start: QuestionIx,
    pub(super) questions: Vec<Question>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) order: Vec<QuestionIx>,
    pub(super) inseparable: Vec<Inseparable>,
    pub(super) faq: Vec<Faq>,
    pub(super) related: Vec<Related>,
    pub(super) rehearsals: Vec<Rehearsal>,
}

impl Flow {
    /// Returns the id, which is also the file stem.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the error the flow is about.
    pub fn error(&self) -> &ErrorFacts {
        &self.error
    }

    /// Returns the causes in the order of the file.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Returns the steps in the order of the file.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns the first question.
    pub fn start(&self) -> QuestionIx {
        self.start
    }

    /// Returns the questions in the order of the file.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Returns where branches can end: all causes, then the hand-offs and escalations that questions name.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Returns the questions in an order in which each comes before those it leads to.
    pub fn order(&self) -> &[QuestionIx] {
        &self.order
    }

    /// Returns the groups of causes that the author names as inseparable.
    pub fn inseparable(&self) -> &[Inseparable] {
        &self.inseparable
    }

    /// Returns the frequently asked questions.
    pub fn faq(&self) -> &[Faq] {
        &self.faq
    }

    /// Returns the related errors.
    pub fn related(&self) -> &[Related] {
        &self.related
    }

    /// Returns the rehearsals.
    pub fn rehearsals(&self) -> &[Rehearsal] {
        &self.rehearsals
    }

    /// Returns a cause.
    pub fn cause(&self, ix: CauseIx) -> &Cause {
        &self.causes[ix.index()]
    }

    /// Returns a step.
    pub fn step(&self, ix: StepIx) -> &Step {
        &self.steps[ix.index()]
    }

    /// Returns a question.
    pub fn question(&self, ix: QuestionIx) -> &Question {
        &self.questions[ix.index()]
    }

    /// Returns an outcome.
    pub fn outcome(&self, ix: OutcomeIx) -> &Outcome {
        &self.outcomes[ix.index()]
    }

    /// Returns the names of all causes, in the order of the file.
    pub fn cause_ixs(&self) -> impl ExactSizeIterator<Item = CauseIx> + use<> {
        (0..narrow(self.causes.len())).map(CauseIx)
    }

    /// Returns the names of all questions, in the order of the file.
    pub fn question_ixs(&self) -> impl ExactSizeIterator<Item = QuestionIx> + use<> {
        (0..narrow(self.questions.len())).map(QuestionIx)
    }

    /// Returns the names of all outcomes.
    pub fn outcome_ixs(&self) -> impl ExactSizeIterator<Item = OutcomeIx> + use<> {
        (0..narrow(self.outcomes.len())).map(OutcomeIx)
    }
}

impl Question {
    /// Returns where an answer leads; for *not sure* on a `KeepBoth` question nothing, as both sides stay open.
    pub fn side(&self, answer: Answer) -> Option<Target> {
        match (answer, self.unsure) {
            (Answer::Yes, _) | (Answer::Unsure, Unsure::AsYes) => Some(self.yes),
            (Answer::No, _) | (Answer::Unsure, Unsure::AsNo) => Some(self.no),
            (Answer::Unsure, Unsure::KeepBoth) => None,
        }
    }
}

impl Outcome {
    /// Tells whether it stands for a name that the file does not have: only in drafts.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::HandOff(text) | Self::Escalate(text) if text == PLACEHOLDER)
    }

    /// Returns the cause, if that is what it is.
    pub fn cause(&self) -> Option<CauseIx> {
        match self {
            Self::Cause(cause) => Some(*cause),
            Self::HandOff(_) | Self::Escalate(_) => None,
        }
    }

    /// Returns the flow handed off to, if that is what it is.
    pub fn hand_off(&self) -> Option<&str> {
        match self {
            Self::HandOff(to) => Some(to),
            Self::Cause(_) | Self::Escalate(_) => None,
        }
    }
}

impl End {
    /// Tells whether it stands for a name that the file does not have: only in drafts.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::HandOff(to) if to == PLACEHOLDER)
    }
}

impl From<CauseIx> for OutcomeIx {
    fn from(cause: CauseIx) -> Self {
        Self(cause.0)
    }
}

/// Narrows a list's length; a file's size limit keeps every list far below `u32::MAX`.
pub(super) fn narrow(length: usize) -> u32 {
    u32::try_from(length).expect("a file of at most 16 MiB has fewer than 2^32 entries")
}

impl Answers {
    /// Returns the answer given to a question.
    pub fn answer(&self, question: QuestionIx) -> Option<Answer> {
        self.answers.iter().find(|(ix, _)| *ix == question).map(|&(_, answer)| answer)
    }

    /// Returns the result given for the fix of a cause.
    pub fn fix(&self, cause: CauseIx) -> Option<FixResult> {
        self.fixes.iter().find(|(ix, _)| *ix == cause).map(|&(_, result)| result)
    }
}

//! The arguments of commands that walk.

#![expect(clippy::doc_markdown, reason = "these are the words of the help, not of the documentation")]

use std::path::PathBuf;

use clap::Args;

use super::TextOrJson;

/// How a walk is shown and who walks it.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Walking {
    /// Plain numbered lines instead of keys and colours; answers may be piped in [env: ACCESSIBLE=1]
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// The ticket this is about
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) ticket: Option<String>,
    /// Who walks [config: agent]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) agent: Option<String>,
    /// Whom it is walked for
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) customer: Option<String>,
    /// The symptom in the customer's words
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) symptom: Option<String>,
    /// Show what to say to the customer first, and apart from it what is for the agent [config: desk]
    #[arg(long)]
    pub(in crate::cli) desk: bool,
}

impl Walking {
    /// Returns the name of an option that is given, if one is.
    pub(in crate::cli) fn given(&self) -> Option<&'static str> {
        let given = [
            ("--plain", self.plain),
            ("--ticket", self.ticket.is_some()),
            ("--agent", self.agent.is_some()),
            ("--customer", self.customer.is_some()),
            ("--symptom", self.symptom.is_some()),
            ("--desk", self.desk),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(name, _)| name)
    }

    /// Takes what stands before the command for what stands nowhere behind it.
    pub(in crate::cli) fn or(self, before: Self) -> Self {
        Self {
            plain: self.plain || before.plain,
            ticket: self.ticket.or(before.ticket),
            agent: self.agent.or(before.agent),
            customer: self.customer.or(before.customer),
            symptom: self.symptom.or(before.symptom),
            desk: self.desk || before.desk,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Walk {
    /// The error (its id, code or name, or its message as it was copied), or a flow file
    #[arg(value_name = "ERROR|FILE")]
    pub(in crate::cli) error: String,
    /// Preview the flow from this question on: the shortest answers that lead there are given, and nothing is stored
    #[arg(long, value_name = "QUESTION")]
    pub(in crate::cli) from: Option<String>,
    /// Keep the error text in this file with the session, without its secrets, and fill commands with what it says; - for standard
    /// input, where the answers are given
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    pub(in crate::cli) pasted: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) walking: Walking,
    #[command(flatten)]
    pub(in crate::cli) scripted: Scripted,
}

/// Answers given in advance: a whole walk without a person.
#[derive(Debug, Args)]
pub(in crate::cli) struct Scripted {
    /// Take the answers from a RON file: (answers: {"question": Yes}, fixes: {"cause": NotFixed})
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) answers: Option<PathBuf>,
    /// Answer a question: ID=yes, ID=no or ID=unsure (may be given several times)
    #[arg(long = "answer", value_name = "ID=ANSWER")]
    pub(in crate::cli) answer: Vec<String>,
    /// Say whether a fix worked: CAUSE=fixed or CAUSE=not-fixed (may be given several times)
    #[arg(long = "fix", value_name = "CAUSE=RESULT")]
    pub(in crate::cli) fix: Vec<String>,
    /// What to print at the end
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
}

impl Scripted {
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.answers.is_some() || !self.answer.is_empty() || !self.fix.is_empty()
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Resume {
    /// The session (its id or the beginning of it) or an exported JSON file; the newest open session if left out
    #[arg(value_name = "SESSION|FILE")]
    pub(in crate::cli) session: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) walking: Walking,
    #[command(flatten)]
    pub(in crate::cli) scripted: Scripted,
}

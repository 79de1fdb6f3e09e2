//! The arguments.

#![expect(clippy::doc_markdown, reason = "these are the words of the help, not of the documentation")]

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Walk from an error message to its verified root cause, one yes/no question at a time.
///
/// Without a command: pick an error from the list and walk it.
#[derive(Debug, Parser)]
#[command(name = "rootwalk", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Exit codes:
  0  done; a walk: resolved        11  paused, can be resumed
  1  the answer is no: findings,   20  needs a terminal or answers
     unresolved, escalated        128+n  ended by signal n; all answers saved
  2  wrong arguments
  3  an input cannot be used        Start with:  rootwalk walk 2403
  4  internal or I/O error          In a script: rootwalk walk 2403 --answers FILE --format json")]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) global: Global,
    #[command(flatten)]
    pub(super) walking: Walking,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk an error to its root cause
    Walk(Walk),
    /// Go on with a session, or take up one that another machine exported
    Resume(Resume),
    /// List sessions, newest first
    Sessions(Sessions),
    /// Write a session's transcript
    Export(Export),
    /// Write one screen for whoever takes the session over
    Handover(Handover),
    /// Re-run an exported session and confirm that it comes to the same result
    Replay(Replay),
    /// Check flow files: everything that is wrong, where, and what to do
    Check(Check),
    /// Print the JSON Schema of a document this program writes
    Schema(Schema),
}

#[derive(Debug, ClapArgs)]
pub(super) struct Global {
    /// Also look for flows in this folder, before all others (may be given several times)
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) flows: Vec<PathBuf>,
    /// Keep sessions in this file [env: ROOTWALK_STORE]
    #[arg(long, value_name = "PATH", global = true)]
    pub(super) store: Option<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

/// How a walk is shown and who walks it.
#[derive(Debug, ClapArgs)]
pub(super) struct Walking {
    /// Plain numbered lines instead of keys and colours; answers may be piped in [env: ACCESSIBLE=1]
    #[arg(long)]
    pub(super) plain: bool,
    /// The ticket this is about
    #[arg(long, value_name = "ID")]
    pub(super) ticket: Option<String>,
    /// Who walks [config: agent]
    #[arg(long, value_name = "NAME")]
    pub(super) agent: Option<String>,
    /// Whom it is walked for
    #[arg(long, value_name = "NAME")]
    pub(super) customer: Option<String>,
    /// The symptom in the customer's words
    #[arg(long, value_name = "TEXT")]
    pub(super) symptom: Option<String>,
    /// Show what to say to the customer first, and what only the agent should know apart from it [config: desk]
    #[arg(long)]
    pub(super) desk: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Walk {
    /// The error: its id, code or name
    #[arg(value_name = "ERROR")]
    pub(super) error: String,
    #[command(flatten)]
    pub(super) walking: Walking,
    #[command(flatten)]
    pub(super) scripted: Scripted,
}

/// Answers given in advance: a whole walk without a person.
#[derive(Debug, ClapArgs)]
pub(super) struct Scripted {
    /// Take the answers from a RON file: (answers: {"question": Yes}, fixes: {"cause": NotFixed})
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// Answer a question: ID=yes, ID=no or ID=unsure (may be given several times)
    #[arg(long = "answer", value_name = "ID=ANSWER")]
    pub(super) answer: Vec<String>,
    /// Say whether a fix worked: CAUSE=fixed or CAUSE=not-fixed (may be given several times)
    #[arg(long = "fix", value_name = "CAUSE=RESULT")]
    pub(super) fix: Vec<String>,
    /// What to print at the end
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextOrJson,
}

impl Scripted {
    pub(super) fn is_given(&self) -> bool {
        self.answers.is_some() || !self.answer.is_empty() || !self.fix.is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    Text,
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Resume {
    /// The session (its id or the beginning of it) or an exported JSON file; the newest open session if left out
    #[arg(value_name = "SESSION|FILE")]
    pub(super) session: Option<String>,
    #[command(flatten)]
    pub(super) walking: Walking,
    #[command(flatten)]
    pub(super) scripted: Scripted,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Sessions {
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) limit: u16,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextOrJson,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Export {
    /// The session (its id or the beginning of it); the newest if left out
    #[arg(value_name = "SESSION")]
    pub(super) session: Option<String>,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub(super) format: Form,
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For a ticket
    Markdown,
    /// One file for a browser or paper
    Html,
    /// For machines, and to resume or replay elsewhere
    Json,
    /// For a mail
    Text,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Handover {
    /// The session (its id or the beginning of it)
    #[arg(value_name = "SESSION")]
    pub(super) session: String,
    /// Who takes it over; recorded in the session
    #[arg(long, value_name = "NAME")]
    pub(super) to: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Replay {
    /// A file written by `rootwalk export --format json`
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    /// Flow files, or folders with flow files; all flows the program can see if left out
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: TextOrJson,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Schema {
    /// Which document
    #[arg(value_name = "DOCUMENT")]
    pub(super) document: Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// What `rootwalk export --format json` writes
    Transcript,
}

//! What can go wrong with a command, as message, hint and exit code, in one place.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use thiserror::Error;

use super::find::about_file;
use super::out;
use crate::analyze::{AnalysisError, MatrixError};
use crate::article::Refusal;
use crate::catalog::CatalogError;
use crate::diag::{self, Findings};
use crate::store::StoreError;
use crate::text::one_line;
use crate::transcript::{ImportError, ReplayError};

/// Says how the program ends; each code means one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done; a walk: resolved.
    Done,
    /// The answer is no.
    No,
    /// Wrong arguments.
    Usage,
    /// An input cannot be used.
    Input,
    /// Internal or I/O error.
    Internal,
    /// Paused, can be resumed.
    Paused,
    /// Needs a terminal or answers.
    NeedsTerminal,
    /// Ended by a signal, saved.
    Signal(i32),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::No => 1,
            Exit::Usage => 2,
            Exit::Input => 3,
            Exit::Internal => 4,
            Exit::Paused => 11,
            Exit::NeedsTerminal => 20,
            Exit::Signal(signal) => u8::try_from(128 + signal).unwrap_or(u8::MAX),
        })
    }
}

/// Says why a command failed.
#[derive(Debug, Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the file `{path}` cannot be taken up")]
    Read { path: PathBuf, source: ImportError },
    #[error("`{path}` does not replay")]
    Replay { path: PathBuf, source: ReplayError },
    #[error("{} cannot be used", sources(.0))]
    Findings(Vec<Findings>),
    #[error("the config file `{path}` cannot be used: line {line}, column {column}: {message}")]
    Config { path: PathBuf, line: usize, column: usize, message: String },
    #[error("`{flow}` cannot be analyzed")]
    Analysis { flow: String, source: AnalysisError },
    #[error("the matrix in `{path}` cannot be used")]
    Matrix { path: PathBuf, source: MatrixError },
    #[error("{name} cannot be imported")]
    Article { name: String, source: Refusal },
    #[error("{name} cannot be imported: it is not UTF-8 text")]
    NotText { name: String },
    #[error("`{path}` is there already; nothing was written")]
    Exists { path: PathBuf },
    #[error("`{path}` holds something else than a site; nothing was written")]
    NotASite { path: PathBuf },
    #[error("`{path}` cannot be read")]
    Input { path: PathBuf, source: io::Error },
    #[error("`{path}` cannot be had from revision `{revision}`: {why}")]
    Git { revision: String, path: PathBuf, why: String },
    #[error("`{path}` cannot be written")]
    Write { path: PathBuf, source: io::Error },
    #[error("standard output cannot be written")]
    Output(#[source] io::Error),
    #[error("the walk cannot be shown or read")]
    Terminal(#[source] io::Error),
    #[error("{message}")]
    Argument { message: String, help: Option<String> },
    #[error("a walk needs a terminal, plain lines or answers")]
    NeedsTerminal,
    #[error("a new flow needs a terminal, or its essentials")]
    NothingToAsk,
    #[error("deleting needs somebody who says yes")]
    NobodyToConfirm,
    #[error("there is no session yet")]
    NoSession,
    #[error("there is no session to go on with")]
    NoneOpen,
    #[error("session `{session}` cannot be used: {why}")]
    Session { session: String, why: String },
    #[error("the home folder is not known")]
    NoHome,
    /// A walk was cut short, and what was answered before is stored.
    #[error("{failure}")]
    Interrupted { failure: Box<Failure>, go_on: String },
}

fn sources(findings: &[Findings]) -> String {
    findings.iter().map(|findings| format!("`{}`", findings.source.name())).collect::<Vec<_>>().join(", ")
}

impl Failure {
    /// Says what happened, why and what to do, on standard error; returns the exit code.
    pub(super) fn report(&self) -> Exit {
        if let Self::Interrupted { failure, go_on } = self {
            let exit = failure.report();
            out::talk(&format!("{go_on}\n"));
            return exit;
        }
        if let Self::Findings(all) = self {
            all.iter().for_each(|findings| out::talk(&diag::render(findings, false)));
        }
        let mut text = format!("error: {}", one_line(&self.to_string()));
        let mut source = self.source();
        while let Some(error) = source {
            text.push_str(&format!(": {}", one_line(&error.to_string())));
            source = error.source();
        }
        text.push('\n');
        let (help, exit) = self.help_and_exit();
        if let Some(help) = help {
            text.push_str(&format!("help: {}\n", one_line(&help)));
        }
        out::talk(&text);
        exit
    }

    fn help_and_exit(&self) -> (Option<String>, Exit) {
        let some = |help: &str| Some(help.to_owned());
        match self {
            Self::Catalog(error) => catalog(error),
            Self::Store(error) => store(error),
            Self::Read { .. } => (some("it must be a file written by `rootwalk export --format json`"), Exit::Input),
            Self::Replay {
                source:
                    ReplayError::Import(
                        ImportError::Json { .. } | ImportError::Format { .. } | ImportError::TooLarge { .. },
                    ),
                ..
            } => (some("it must be a file written by `rootwalk export --format json`"), Exit::Input),
            Self::Replay { .. } => (None, Exit::No),
            Self::Findings(_) => (None, Exit::Input),
            Self::Config { .. } => {
                (some("the fields are `agent`, `desk`, `flows` and `store`, such as (agent: \"Kim\")"), Exit::Input)
            }
            Self::Analysis { .. } => (None, Exit::Input),
            Self::Matrix { .. } => (
                some(
                    r#"such as {"causes":[{"weight":3,"fix_minutes":10}],"questions":[{"minutes":2,"answers":["yes"]}]}; answers by cause: "yes", "no" or null"#,
                ),
                Exit::Input,
            ),
            Self::Article { source, .. } => (Some(article(source)), Exit::Input),
            Self::NotText { .. } => (some("save it as UTF-8"), Exit::Input),
            Self::Exists { .. } => {
                (some("name another file with `--output FILE`, or `--output -` for standard output"), Exit::Input)
            }
            Self::NotASite { .. } => (some("name a folder that is new or empty"), Exit::Input),
            Self::Input { .. } => (None, Exit::Input),
            Self::Git { .. } => (some("write git:REV with a commit, branch or tag, such as git:HEAD~1"), Exit::Input),
            Self::Write { .. } | Self::Output(_) | Self::Terminal(_) => (None, Exit::Internal),
            Self::Argument { help, .. } => (help.clone(), Exit::Usage),
            Self::NeedsTerminal => (
                some(
                    "run it in a terminal, add `--plain` to pipe answers in line by line, or give them all with `--answers FILE`",
                ),
                Exit::NeedsTerminal,
            ),
            Self::NothingToAsk => (
                some(
                    "give `--title` and one `--cause` after the other, or add `--plain` to pipe the answers in line by line",
                ),
                Exit::NeedsTerminal,
            ),
            Self::NobodyToConfirm => (some("run it in a terminal, or add `--yes`"), Exit::NeedsTerminal),
            Self::NoSession | Self::NoneOpen => (some("start one with `rootwalk walk ERROR`"), Exit::Input),
            Self::Session { .. } => (None, Exit::Input),
            Self::NoHome => (some("set HOME"), Exit::Internal),
            Self::Interrupted { failure, .. } => failure.help_and_exit(),
        }
    }
}

fn article(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoCauses => {
            "it needs a heading such as `Common causes` with a list of causes below; `What does this error mean?`, \
             `How to fix it` and `Frequently asked questions` are read as well"
        }
        Refusal::Empty => "name a file that holds the article, or pipe its text in with `-`",
        Refusal::TooLarge | Refusal::TooMany { .. } => {
            "name a file that holds the article of one error, and nothing else"
        }
    }
    .to_owned()
}

fn catalog(error: &CatalogError) -> (Option<String>, Exit) {
    match error {
        CatalogError::Folder { .. } => {
            (Some("folders come from `--flows`, `$ROOTWALK_FLOWS` and the config file".to_owned()), Exit::Input)
        }
        CatalogError::NotFound { wanted, nearest } => {
            let help = about_file(wanted).unwrap_or_else(|| match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`rootwalk list` lists all errors, `rootwalk find` finds one by its message".to_owned(),
            });
            (Some(help), Exit::Usage)
        }
        CatalogError::Several { ids, .. } => (Some(format!("say which: {}", ids.join(", "))), Exit::Usage),
        CatalogError::Broken { id } => (Some(format!("`rootwalk check` says what is wrong with `{id}`")), Exit::Input),
    }
}

fn store(error: &StoreError) -> (Option<String>, Exit) {
    let help = match error {
        StoreError::NotFound { .. } | StoreError::BadId { .. } => {
            "`rootwalk sessions` lists the sessions there are".to_owned()
        }
        StoreError::Ambiguous { matches, .. } => format!("say which: {}", matches.join(", ")),
        StoreError::Busy { .. } => "nothing was changed; go on there, or quit it there first".to_owned(),
        StoreError::Overtaken { session, .. } => {
            format!("run `rootwalk resume {session}` to see what was answered there")
        }
        StoreError::Newer { .. } => {
            "it was written by a newer rootwalk; update this one, or use another file with `--store`".to_owned()
        }
        StoreError::NotAStore { .. } => "name another file with `--store`; this one was not touched".to_owned(),
        StoreError::Full { .. } => "make room; the last answer was not saved, all before it were".to_owned(),
        StoreError::Diverged { .. } => "export the one here under another name, or go on with the one here".to_owned(),
        StoreError::Locked { .. } => "try again in a moment".to_owned(),
        StoreError::Io { .. } | StoreError::Sqlite { .. } => "name another file with `--store PATH`".to_owned(),
        _ => return (None, Exit::Internal),
    };
    let exit = match error {
        StoreError::NotFound { .. }
        | StoreError::BadId { .. }
        | StoreError::Ambiguous { .. }
        | StoreError::Busy { .. }
        | StoreError::Newer { .. }
        | StoreError::NotAStore { .. }
        | StoreError::Diverged { .. } => Exit::Input,
        _ => Exit::Internal,
    };
    (Some(help), exit)
}

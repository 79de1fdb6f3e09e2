//! The arguments: the commands and what they share; what each command takes stands in a file beside.

#![expect(clippy::doc_markdown, reason = "these are the words of the help, not of the documentation")]

mod analyze;
mod article;
mod check;
mod diff;
mod find;
mod graph;
mod prove;
mod reading;
mod rehearsing;
mod sessions;
mod walking;
mod watching;

pub(super) use analyze::Analyze;
pub(super) use article::{ArticleFormat, Import, New, Target};
pub(super) use check::{Check, Deny, Explain, Report};
pub(super) use diff::{Comparing, Diff};
pub(super) use find::Find;
pub(super) use graph::{Graph, Picture};
pub(super) use prove::Prove;
pub(super) use reading::{Completions, List, Show, ShowForm, Site};
pub(super) use rehearsing::{Practising, Rehearse};
pub(super) use sessions::{Document, Export, Form, Handover, Replay, Schema, Sessions};
pub(super) use walking::{Resume, Scripted, Walk, Walking};
pub(super) use watching::Watch;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Walk from an error message to its verified root cause, one yes/no question at a time.
///
/// Without a command: paste the error, or pick it from the list, and walk it.
#[derive(Debug, Parser)]
#[command(name = "rootwalk", version, max_term_width = 100)]
#[command(after_help = "\
Exit codes:
  0  done; a walk: resolved        11  paused, can be resumed
  1  the answer is no: findings,   20  needs a terminal or answers
     unresolved, escalated        128+n  ended by signal n; all answers saved
  2  wrong arguments
  3  an input cannot be used        Start with:  rootwalk walk 2403
  4  internal or I/O error          In a script: rootwalk walk 2403 --answers FILE --format json")]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<Command>,
    #[command(flatten)]
    pub(in crate::cli) global: Global,
    #[command(flatten)]
    pub(in crate::cli) walking: Walking,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum Command {
    /// Find the error that a pasted message or a few words mean
    Find(Find),
    /// Walk an error to its root cause
    Walk(Walk),
    /// List the errors there are, by product, category and severity
    List(List),
    /// Show what is known of an error: meaning, causes, fixes, questions often asked
    Show(Show),
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
    /// Turn an article about an error into the first draft of its flow
    Import(Import),
    /// Begin a flow from nothing, asking for the essentials
    New(New),
    /// Check flow files: everything that is wrong, where, and what to do
    Check(Check),
    /// Explain what a code of `rootwalk check` means, with an example
    Explain(Explain),
    /// Prove what holds of a flow over every answer sequence
    Prove(Prove),
    /// Draw a flow: a tree, DOT, Mermaid, SVG, a page or JSON
    Graph(Graph),
    /// Say what a walk costs and what a better order of its questions would save
    Analyze(Analyze),
    /// Show what a change to a flow does to people's walks
    Diff(Diff),
    /// Walk the rehearsals in flow files; say what they never touch, or practise
    Rehearse(Rehearse),
    /// Watch a flow file while it is written: check it on each save, and go on at the same question
    Watch(Watch),
    /// Write the catalog as a static web site: a page per error, readable offline
    Site(Site),
    /// Print the script with which a shell completes commands, options, and the ids of errors and sessions
    Completions(Completions),
    /// Print the JSON Schema of a document this program writes
    Schema(Schema),
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Global {
    /// Also look for flows in this folder, before all others (may be given several times)
    #[arg(long, value_name = "DIR", global = true)]
    pub(in crate::cli) flows: Vec<PathBuf>,
    /// Keep sessions in this file [env: ROOTWALK_STORE]
    #[arg(long, value_name = "PATH", global = true)]
    pub(in crate::cli) store: Option<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(in crate::cli) color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TextOrJson {
    Text,
    Json,
}

//! The arguments of commands on sessions that were walked.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TextOrJson;

#[derive(Debug, Args)]
pub(in crate::cli) struct Sessions {
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::cli) limit: u16,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
    /// Delete this session (its id or the beginning of it) for good, instead of listing
    #[arg(long, value_name = "SESSION", conflicts_with_all = ["limit", "format"])]
    pub(in crate::cli) delete: Option<String>,
    /// Delete without asking
    #[arg(long, requires = "delete")]
    pub(in crate::cli) yes: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// The session (its id or the beginning of it); the newest if left out
    #[arg(value_name = "SESSION")]
    pub(in crate::cli) session: Option<String>,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub(in crate::cli) format: Form,
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    /// For a ticket
    Markdown,
    /// One file for a browser or paper
    Html,
    /// For machines, and to resume or replay elsewhere
    Json,
    /// For a mail
    Text,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Handover {
    /// The session (its id or the beginning of it); the newest if left out
    #[arg(value_name = "SESSION")]
    pub(in crate::cli) session: Option<String>,
    /// Who takes it over; recorded in the session
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) to: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Replay {
    /// A file written by `rootwalk export --format json`
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Schema {
    /// Which document
    #[arg(value_name = "DOCUMENT")]
    pub(in crate::cli) document: Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Document {
    /// What `rootwalk export --format json` writes
    Transcript,
    /// What `rootwalk graph --format json` writes
    Graph,
    /// What `rootwalk show --format json` writes
    Guide,
}

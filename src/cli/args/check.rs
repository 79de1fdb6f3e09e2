//! The arguments of the commands for authors: `rootwalk check` and `rootwalk explain`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TextOrJson;

#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// Flow files, or folders with flow files; all flows the program can see if left out
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Report,
    /// What else makes the answer no (exit code 1)
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) deny: Vec<Deny>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Report {
    /// For people
    Text,
    /// For scripts
    Json,
    /// Annotations in GitHub Actions
    Github,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Warnings count as errors do
    Warnings,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Explain {
    /// The code, as it stands in brackets in what `rootwalk check` prints; all codes are listed if left out
    #[arg(value_name = "CODE", conflicts_with = "list")]
    pub(in crate::cli) code: Option<String>,
    /// List all codes
    #[arg(long)]
    pub(in crate::cli) list: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
}

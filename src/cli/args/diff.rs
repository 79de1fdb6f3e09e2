//! The arguments of `rootwalk diff`.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// The old flow: a file, an error of the catalog, or git:REV for the file NEW as it was in that revision
    #[arg(value_name = "OLD")]
    pub(in crate::cli) old: String,
    /// The new flow: a file, an error of the catalog, or git:REV for the file OLD as it is in that revision
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: String,
    /// How to print what changed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Comparing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Comparing {
    /// For a terminal
    Text,
    /// For a review
    Markdown,
    /// For machines
    Json,
}

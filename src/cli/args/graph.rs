//! The arguments of `rootwalk graph`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct Graph {
    /// The error: its id, code or name, or a flow file; with `--session` the flow it walks now if left out
    #[arg(value_name = "ERROR", required_unless_present = "session")]
    pub(in crate::cli) error: Option<String>,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Picture,
    /// Draw the path of this session (its id or the beginning of it), on the flow as it was walked
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) session: Option<String>,
    /// Draw what the flow's rehearsals and the stored sessions touched, and what nothing did
    #[arg(long, conflicts_with = "session")]
    pub(in crate::cli) coverage: bool,
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Picture {
    /// A tree for the terminal
    Text,
    /// For Graphviz
    Dot,
    /// A flowchart for Markdown pages
    Mermaid,
    /// A drawing
    Svg,
    /// One page for a browser or paper: the drawing, all questions and causes
    Html,
    /// For machines; `rootwalk schema graph` describes it
    Json,
}

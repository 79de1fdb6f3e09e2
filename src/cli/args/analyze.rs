//! The arguments of `rootwalk analyze`.

use std::path::PathBuf;

use clap::Args;

use super::TextOrJson;
use crate::analyze::SEED;

#[derive(Debug, Args)]
#[command(after_help = "\
How words become numbers:
  likelihood Common, Occasional, Rare     weight 9, 3, 1
  a step of Minutes, Hours, Days          5, 120, 960 minutes
  a question                              its find_out steps; 1 minute without any
  a fix                                   its steps
  a hand-off, an escalation               weight 1, no minutes, never tried for luck

Which answer a cause gives to a question comes from the graph; an author may add what it does not say:
  expects: {\"question\": Yes}              beside the cause

A bare instance, answers by cause (yes, no or null), for --matrix:
  {\"causes\":[{\"weight\":3,\"fix_minutes\":10}],\"questions\":[{\"minutes\":2,\"answers\":[\"yes\"]}]}

Method: decision-theoretic troubleshooting (Heckerman, Breese and Rommelse 1995).")]
pub(in crate::cli) struct Analyze {
    /// The error: its id, code or name, or a flow file
    #[arg(value_name = "ERROR", required_unless_present = "matrix")]
    pub(in crate::cli) error: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
    /// Draw the people who answer wrongly or are not sure from this seed
    #[arg(long, value_name = "N", default_value_t = SEED)]
    pub(in crate::cli) seed: u64,
    /// Print the questions of the flow in the best order, ready to paste, instead
    #[arg(long, conflicts_with_all = ["format", "seed"])]
    pub(in crate::cli) write: bool,
    /// Solve a bare instance instead and print the solution as JSON; `-` reads it from standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["error", "write", "seed", "format"])]
    pub(in crate::cli) matrix: Option<PathBuf>,
}

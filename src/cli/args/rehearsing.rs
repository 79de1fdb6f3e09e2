//! The arguments of `rootwalk rehearse`.

use std::path::PathBuf;

use clap::Args;

use super::TextOrJson;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rootwalk rehearse                                    every flow
  rootwalk rehearse flows/fabric --coverage --min 90   one folder, and what no rehearsal touches
  rootwalk rehearse --from-session k7f3                a real session as a rehearsal, to paste
  rootwalk rehearse --practice 2403                    find a customer's hidden cause yourself")]
pub(in crate::cli) struct Rehearse {
    /// Flow files, or folders with flow files; all flows the program can see if left out
    #[arg(value_name = "PATH", conflicts_with_all = ["from_session", "practice"])]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// One line for each rehearsal, those that pass too
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    #[command(flatten)]
    pub(in crate::cli) measured: Measured,
    /// How to print what came of it
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with_all = ["from_session", "practice"])]
    pub(in crate::cli) format: TextOrJson,
    /// Write a session (its id or the beginning of it) as a rehearsal, to paste into its flow
    #[arg(long, value_name = "ID", conflicts_with_all = ["verbose", "coverage", "practice"])]
    pub(in crate::cli) from_session: Option<String>,
    /// What to call the rehearsal
    #[arg(long, value_name = "TEXT", requires = "from_session")]
    pub(in crate::cli) name: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) practising: Practising,
}

/// What of the flows is touched.
#[derive(Debug, Args)]
pub(in crate::cli) struct Measured {
    /// Also print the questions, branches, causes and steps that no rehearsal touches
    #[arg(long)]
    pub(in crate::cli) coverage: bool,
    /// Count what real sessions touched, too
    #[arg(long, requires = "coverage")]
    pub(in crate::cli) sessions: bool,
    /// Fail when less than this many percent of all are touched
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(in crate::cli) min: Option<u8>,
}

/// A customer with a hidden cause.
#[derive(Debug, Args)]
pub(in crate::cli) struct Practising {
    /// Question a customer whose cause is hidden; ERROR is an id, code or name, or a flow file
    #[arg(long, value_name = "ERROR", conflicts_with_all = ["verbose", "coverage"])]
    pub(in crate::cli) practice: Option<String>,
    /// Meet the same customer as in another practice with this number
    #[arg(long, value_name = "N", requires = "practice", conflicts_with = "cause")]
    pub(in crate::cli) seed: Option<u64>,
    /// Choose the hidden cause, for whoever trains others
    #[arg(long, value_name = "CAUSE", requires = "practice")]
    pub(in crate::cli) cause: Option<String>,
    /// Plain numbered lines instead of lists to pick from; choices may be piped in [env: ACCESSIBLE=1]
    #[arg(long, requires = "practice")]
    pub(in crate::cli) plain: bool,
}

//! The arguments of `rootwalk watch`.

use std::path::PathBuf;

use clap::Args;

use super::{Scripted, TextOrJson};

#[derive(Debug, Args)]
pub(in crate::cli) struct Watch {
    /// The flow file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Plain lines instead of keys and colours: says what is found, and where the answers given lead [env: ACCESSIBLE=1]
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// Show what to say to the customer first, and what only the agent should know apart from it [config: desk]
    #[arg(long)]
    pub(in crate::cli) desk: bool,
    /// Answer a question to begin with: ID=yes, ID=no or ID=unsure (may be given several times)
    #[arg(long = "answer", value_name = "ID=ANSWER")]
    answer: Vec<String>,
    /// Say whether a fix worked: CAUSE=fixed or CAUSE=not-fixed (may be given several times)
    #[arg(long = "fix", value_name = "CAUSE=RESULT")]
    fix: Vec<String>,
}

impl Watch {
    /// Returns the answers to begin with, as a walk takes them.
    pub(in crate::cli) fn scripted(&self) -> Scripted {
        let (answer, fix) = (self.answer.clone(), self.fix.clone());
        Scripted { answers: None, answer, fix, format: TextOrJson::Text }
    }
}

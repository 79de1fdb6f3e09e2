//! The arguments of commands that only show what the catalog holds.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TextOrJson;
use super::article::SeverityWord;

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// Only errors of this product; a word of its name is enough (may be given several times)
    #[arg(long = "product", value_name = "NAME")]
    pub(in crate::cli) products: Vec<String>,
    /// Only errors of this category (may be given several times)
    #[arg(long = "category", value_name = "NAME")]
    pub(in crate::cli) categories: Vec<String>,
    /// Only errors of this severity (may be given several times)
    #[arg(long = "severity", value_name = "SEVERITY", ignore_case = true)]
    pub(in crate::cli) severities: Vec<SeverityWord>,
    /// How to print them; as text, one line each with tabs where it is not for a terminal
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// The error: its id, code or name, or a flow file
    #[arg(value_name = "ERROR")]
    pub(in crate::cli) error: String,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: ShowForm,
    /// The whole flow as numbered questions, to be walked on paper by people without this program
    #[arg(long)]
    pub(in crate::cli) script: bool,
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ShowForm {
    /// For the terminal or a mail
    Text,
    /// For a ticket or a wiki
    Markdown,
    /// One file for a browser or paper, with the graph and all questions
    Html,
    /// For machines; `rootwalk schema guide` describes it
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Site {
    /// The folder: a new one, an empty one, or one that holds such a site already
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
How to use it:
  bash        rootwalk completions bash > ~/.local/share/bash-completion/completions/rootwalk
  zsh         rootwalk completions zsh > _rootwalk, in a folder of $fpath
  fish        rootwalk completions fish > ~/.config/fish/completions/rootwalk.fish
  elvish      eval (rootwalk completions elvish | slurp), in ~/.config/elvish/rc.elv
  powershell  rootwalk completions powershell | Out-String | Invoke-Expression, in $PROFILE")]
pub(in crate::cli) struct Completions {
    /// Which shell
    #[arg(value_name = "SHELL")]
    pub(in crate::cli) shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Shell {
    Bash,
    Zsh,
    Fish,
    Elvish,
    Powershell,
}

impl Shell {
    /// Returns its name.
    pub(in crate::cli) const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Elvish => "elvish",
            Self::Powershell => "powershell",
        }
    }
}

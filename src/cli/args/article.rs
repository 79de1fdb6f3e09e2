//! The arguments of commands that write the first draft of a flow.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::flow::Severity;

#[derive(Debug, Args)]
#[command(after_help = "\
Reads title, severity, category, product, what the error means, its causes, how to fix it and the FAQ, and \
writes a flow that passes `rootwalk check`, with a DECIDE comment wherever a person has to decide.")]
pub(in crate::cli) struct Import {
    /// The article: a file, or `-` for standard input
    #[arg(value_name = "ARTICLE")]
    pub(in crate::cli) article: PathBuf,
    /// How the article is written
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub(in crate::cli) format: ArticleFormat,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ArticleFormat {
    /// As the name and the text tell
    Auto,
    /// Plain lines, as copied from a browser
    Text,
    /// Markdown
    Markdown,
    /// HTML
    Html,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Target {
    /// Write to this file or folder, or with `-` to standard output; if left out to flows/<product>/<id>.ron
    /// where there is a folder `flows`, else to <id>.ron. A file that exists is never touched
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Asks for code, title, product, category, severity, meaning and causes; with any of these options given it asks for none.
Example: rootwalk new lamp-dark --title \"The lamp is dark\" --cause \"The plug is out\"")]
pub(in crate::cli) struct New {
    /// The id of the flow: lower-case words joined by `-`
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// The code as the product prints it
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) code: Option<String>,
    /// The error in a few words
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) title: Option<String>,
    /// Where it occurs
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) product: Option<String>,
    /// What kind of error it is, such as authentication
    #[arg(long, value_name = "WORD")]
    pub(in crate::cli) category: Option<String>,
    /// How much it hurts
    #[arg(long, value_name = "SEVERITY", ignore_case = true)]
    pub(in crate::cli) severity: Option<SeverityWord>,
    /// What it means, in two or three sentences
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) meaning: Option<String>,
    /// A possible cause, in a sentence (may be given several times)
    #[arg(long = "cause", value_name = "TEXT")]
    pub(in crate::cli) causes: Vec<String>,
    /// Ask with plain lines; answers may be piped in
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SeverityWord {
    Critical,
    High,
    Medium,
    Low,
}

impl From<SeverityWord> for Severity {
    fn from(word: SeverityWord) -> Self {
        match word {
            SeverityWord::Critical => Self::Critical,
            SeverityWord::High => Self::High,
            SeverityWord::Medium => Self::Medium,
            SeverityWord::Low => Self::Low,
        }
    }
}

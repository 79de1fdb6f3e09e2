//! The arguments of commands that only show what the catalog holds.

use clap::Args;

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

//! The arguments of `rootwalk find`.

use clap::Args;

use super::TextOrJson;

#[derive(Debug, Args)]
pub(in crate::cli) struct Find {
    /// The error message, as it was copied, or a few words; `-` or nothing reads it from standard input
    #[arg(value_name = "TEXT")]
    pub(in crate::cli) text: Vec<String>,
    /// Name at most as many errors
    #[arg(long, value_name = "N", default_value = "5")]
    pub(in crate::cli) limit: usize,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
    /// Plain numbered lines instead of keys and colours [env: ACCESSIBLE=1]
    #[arg(long)]
    pub(in crate::cli) plain: bool,
}

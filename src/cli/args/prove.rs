//! The arguments of `rootwalk prove`.

use clap::Args;

use super::TextOrJson;

#[derive(Debug, Args)]
pub(in crate::cli) struct Prove {
    /// The error (its id, code or name), or a flow file
    #[arg(value_name = "ERROR|FILE")]
    pub(in crate::cli) error: String,
    /// How to print the proof
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: TextOrJson,
}

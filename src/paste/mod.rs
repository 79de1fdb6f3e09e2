//! What a person pasted: the error as it came, without its secrets, and the values in it that commands ask for.
//!
//! Purpose: [`mask`] takes out of a text what must not be kept (passwords, keys, tokens, e-mail addresses) before anything is stored, and
//! says what it was. It cannot know every secret there is: whoever shows its work says so. [`Values`] picks up what stands in a pasted text
//! under a name that commands use (`<workspace-id>`) and fills commands with it, but only with text that no shell can take for more than a
//! word. [`quote`] shows where the text says what a question asks of it. Must not: store, read files, know flows. Place: after text; events carry what was masked, everything that keeps a text masks it here.

mod flat;
mod keep;
mod labels;
mod marks;
mod mask;
mod names;
mod quote;
mod shapes;
mod span;
#[cfg(test)]
mod tests;
mod values;

pub use keep::{MOST_KEPT, Pasted};
pub use marks::{Masked, SecretKind, masked_words};
pub use mask::{Mask, mask};
pub use quote::{Quote, quote};
pub use values::{Filled, Taken, Values};

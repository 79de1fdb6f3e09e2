//! What of a pasted text is kept: without its secrets, and no more of it than somebody reads.

use serde::{Deserialize, Serialize};

use super::{Masked, mask};

/// Most that is kept of a pasted text, in bytes.
pub const MOST_KEPT: usize = 64 * 1024;

/// Holds what is kept of a pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pasted {
    /// The text from its beginning on, with a mark such as `[password 1]` where each secret stood.
    pub text: String,
    /// What was masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Masked>,
    /// How many bytes came after what is kept.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub left_out: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_nothing(bytes: &u64) -> bool {
    *bytes == 0
}

/// Returns where to cut: not in a mark.
fn cut(text: &str) -> usize {
    const LONGEST_MARK: usize = 30;
    let at = (0..=text.len().min(MOST_KEPT)).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let open = text[..at].rfind('[').filter(|open| at < text.len() && at - open < LONGEST_MARK);
    open.filter(|open| !text[*open..at].contains(']')).unwrap_or(at)
}

impl Pasted {
    /// Takes a text as it was pasted; nothing when there is none.
    pub fn keep(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['\n', '\r', '\u{feff}']).trim_end();
        let masked = mask(text);
        // Cut only after all was masked: half a secret is hard to know.
        let kept = cut(&masked.text);
        let left_out = u64::try_from(masked.text.len() - kept).unwrap_or(u64::MAX);
        let text = masked.text[..kept].trim_end().to_owned();
        (!text.is_empty()).then_some(Self { text, masked: masked.masked, left_out })
    }

    /// Says what was masked and left out; nothing when nothing was.
    pub fn told(&self) -> Option<String> {
        let masked = (!self.masked.is_empty()).then(|| format!("masked: {}", super::masked_words(&self.masked)));
        let cut = (self.left_out > 0)
            .then(|| format!("left out: {} bytes at the end", crate::text::number(self.left_out.into())));
        let told: Vec<String> = masked.into_iter().chain(cut).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_after_it_was_masked_and_it_says_so() {
        let pasted = Pasted::keep(&format!("\n{}pwd=hunter2 {}\n", "ž".repeat(MOST_KEPT / 2 - 3), "x".repeat(100)))
            .expect("text");
        assert!(pasted.text.len() <= MOST_KEPT);
        assert!(pasted.text.ends_with("pwd="));
        assert_eq!(pasted.told().as_deref(), Some("masked: 1 password; left out: 113 bytes at the end"));
        assert_eq!(Pasted::keep(" \n\t"), None);
        assert_eq!(Pasted::keep("Error 2403\n").expect("text").told(), None);
    }
}

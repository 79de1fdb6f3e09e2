//! The transcript as JSON: what machines read, and the file from which another one resumes.
//!
//! Every character that could act on a terminal or a page is written as an escape, so the file can be printed as it is and
//! still holds the text as it was.

use super::Transcript;
use crate::text;

/// Returns the JSON Schema (draft 2020-12) of the file.
pub const fn schema() -> &'static str {
    include_str!("transcript.schema.json")
}

/// Writes a transcript as JSON. The same transcript gives the same bytes.
pub fn json(transcript: &Transcript) -> String {
    text::json(transcript) + "\n"
}

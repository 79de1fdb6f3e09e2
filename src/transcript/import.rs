//! The way back: from a transcript's JSON to the session that made it.
//!
//! Only events and flow texts count; what else the file says is told again from them (`replay` compares). Whatever is
//! not as this program writes it is refused.

use std::sync::Arc;

use serde::Deserialize;
use thiserror::Error;

use super::document::EditionText;
use super::{FORMAT, Transcript};
use crate::diag::Findings;
use crate::flow;
use crate::source::Source;
use crate::text::one_line;
use crate::walk::{Edition, Illegal, Record, Session};

/// Largest transcript that is read, in bytes.
pub const MAX_TRANSCRIPT: usize = 64 * 1024 * 1024;

/// Says why a text is no transcript that can be used. What it quotes from the text is harmless.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It is too large.
    #[error("the transcript has {size} bytes, more than {MAX_TRANSCRIPT}")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It is not JSON, or not in the shape of a transcript.
    #[error("line {line}, column {column}: {message}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1; 0 at the start of a line.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It is in another version of the format.
    #[error("the transcript is in format {found}, this program reads format {FORMAT}")]
    Format {
        /// Its version.
        found: u64,
    },
    /// The text of a flow is not the one that was walked.
    #[error("the text of flow `{id}` does not match its hash: the file says {said}, the text has {has}")]
    Hash {
        /// The flow.
        id: String,
        /// The hash in the file.
        said: String,
        /// The hash of the text.
        has: String,
    },
    /// The text of a flow cannot be read.
    #[error("the text of flow `{id}` has mistakes")]
    Flow {
        /// The flow.
        id: String,
        /// What is wrong with it.
        findings: Box<Findings>,
    },
    /// The text of a flow is that of another flow.
    #[error("the text under `{said}` is that of flow `{has}`")]
    OtherFlow {
        /// The id in the file.
        said: String,
        /// The id in the text.
        has: String,
    },
    /// An event cannot have happened.
    #[error(transparent)]
    Illegal(#[from] Illegal),
}

/// Reads a transcript and rebuilds its session.
pub fn read(text: &str) -> Result<Session, ImportError> {
    let transcript = parse(text)?;
    let editions = transcript.editions.iter().map(edition).collect::<Result<_, _>>()?;
    Ok(Session::fold(&*transcript.session, editions, records(&transcript))?)
}

/// Reads the document, without a look at what it says.
pub(super) fn parse(text: &str) -> Result<Transcript, ImportError> {
    #[derive(Deserialize)]
    struct Version {
        format: u64,
    }

    if text.len() > MAX_TRANSCRIPT {
        return Err(ImportError::TooLarge { size: text.len() });
    }
    let refuse = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        let message = one_line(&error.to_string());
        let message = message.trim_end_matches(&format!(" at line {line} column {column}")).to_owned();
        ImportError::Json { line, column, message }
    };
    let Version { format } = serde_json::from_str(text).map_err(refuse)?;
    if format != u64::from(FORMAT) {
        return Err(ImportError::Format { found: format });
    }
    serde_json::from_str(text).map_err(refuse)
}

/// Reads the text of a flow and checks that it is the one that was walked.
pub(super) fn edition(edition: &EditionText) -> Result<Arc<Edition>, ImportError> {
    let EditionText { id, hash, text } = edition;
    let has = Edition::hash_of(text);
    let id = one_line(id);
    if has != *hash {
        return Err(ImportError::Hash { id, said: one_line(hash), has });
    }
    let source = Source::new(format!("flow {id} in the transcript"), text.as_str());
    let flow =
        flow::read(&source).map_err(|findings| ImportError::Flow { id: id.clone(), findings: Box::new(findings) })?;
    if flow.id() != edition.id {
        return Err(ImportError::OtherFlow { said: id, has: flow.id().to_owned() });
    }
    Ok(Arc::new(Edition::new(flow, text.as_str())))
}

/// Returns the records that the entries tell.
pub(super) fn records(transcript: &Transcript) -> Vec<Record> {
    let record =
        |entry: &super::Entry| Record { n: entry.n, at: entry.at, by: entry.by.clone(), event: entry.event.clone() };
    transcript.entries.iter().map(record).collect()
}

//! Replay: walks the events of a transcript through the flow it carries and compares what comes out with what the file says.

use serde_json::Value;
use thiserror::Error;

use super::document::Entry;
use super::import::{edition, parse, records};
use super::{ImportError, Transcript, json};
use crate::text::{one_line, shorten};
use crate::walk::Session;

/// Longest quote from a file in an error, in columns.
const LONGEST_QUOTE: usize = 200;

/// Says that a transcript is what its events and its flows make, to the byte.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// The session.
    pub session: Session,
    /// The transcript.
    pub transcript: Transcript,
}

/// Says where a transcript is not what its events make. What it quotes from the file is harmless.
#[derive(Debug, Error)]
pub enum ReplayError {
    /// It cannot be read, or an event cannot have happened.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// An event differs: the first one that does.
    #[error("event {n} differs in `{field}`: the file says {file}, the walk says {walk}")]
    Event {
        /// The event's number.
        n: u32,
        /// What differs: `next`, `ruled_out`…
        field: String,
        /// What the file says, as JSON, shortened.
        file: String,
        /// What the walk says.
        walk: String,
    },
    /// All events agree; something that is put together from them differs.
    #[error("all events agree, but `{field}` is not what they make")]
    Frame {
        /// The field at the top of the file.
        field: String,
    },
    /// All values agree; the file is written in another way (white space, order, escapes, a repeated default).
    #[error("all values agree, but line {line} is not written as this program writes it")]
    Writing {
        /// The first line that differs, from 1.
        line: usize,
    },
}

/// Replays a transcript; confirms that its events make the same bytes again.
pub fn replay(text: &str) -> Result<Replayed, ReplayError> {
    let file = parse(text)?;
    let editions = file.editions.iter().map(edition).collect::<Result<Vec<_>, _>>()?;
    let records = records(&file);
    let session = match Session::fold(&*file.session, editions.clone(), records.clone()) {
        Ok(session) => session,
        Err(illegal) => {
            // An entry before the illegal event may differ already: that one is the first.
            let before = records.into_iter().take_while(|record| record.n < illegal.n).collect();
            if let Ok(session) = Session::fold(&*file.session, editions, before) {
                compare(&file.entries, &Transcript::of(&session).entries, true)?;
            }
            return Err(ImportError::Illegal(illegal).into());
        }
    };
    let transcript = Transcript::of(&session);
    compare(&file.entries, &transcript.entries, false)?;
    compare_frame(&value(&file), &value(&transcript))?;
    let again = json(&transcript);
    if again == text {
        return Ok(Replayed { session, transcript });
    }
    let same = again.lines().zip(text.lines()).take_while(|(again, text)| again == text).count();
    Err(ReplayError::Writing { line: same + 1 })
}

/// Compares entries, the first one first. Where the walk was cut short, what later events took back is not known.
fn compare(file: &[Entry], walk: &[Entry], is_cut: bool) -> Result<(), ReplayError> {
    for (file, walk) in file.iter().zip(walk) {
        let mut file = file.clone();
        if is_cut && walk.taken_back_by.is_none() {
            file.taken_back_by = None;
        }
        if file != *walk {
            let (said, made) = (value(&file), value(walk));
            let field = differing(&said, &made).unwrap_or_default();
            let quote = |value: &Value| {
                let value = value.get(&field).map_or_else(|| "nothing".to_owned(), Value::to_string);
                shorten(&one_line(&value), LONGEST_QUOTE)
            };
            return Err(ReplayError::Event { n: walk.n, file: quote(&said), walk: quote(&made), field });
        }
    }
    Ok(())
}

fn compare_frame(file: &Value, walk: &Value) -> Result<(), ReplayError> {
    differing(file, walk).map_or(Ok(()), |field| Err(ReplayError::Frame { field }))
}

/// Returns the first field in which two objects differ.
fn differing(file: &Value, walk: &Value) -> Option<String> {
    let (file, walk) = (file.as_object()?, walk.as_object()?);
    let differs = |field: &&String| file.get(*field) != walk.get(*field);
    walk.keys().chain(file.keys()).find(differs).cloned()
}

fn value(document: &impl serde::Serialize) -> Value {
    serde_json::to_value(document).expect("all keys are strings")
}

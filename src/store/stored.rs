//! What is stored, and the checks that every store makes on the way in and out.

use std::sync::Arc;

use jiff::Timestamp;

use super::StoreError;
use crate::walk::{Edition, Event, FlowRef, Record};

/// Holds a session as it is stored: texts and records, neither read nor folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The id.
    pub id: String,
    /// The texts that the records name, in the order in which they first do.
    pub editions: Vec<StoredEdition>,
    /// What happened, from number 1 on without gaps.
    pub records: Vec<Record>,
}

/// Holds the text of a flow under its id and hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdition {
    /// The flow's id.
    pub id: String,
    /// SHA-256 of the text, in hexadecimal.
    pub hash: String,
    /// The text; sessions that are listed together share it.
    pub text: Arc<str>,
}

impl From<&Edition> for StoredEdition {
    fn from(edition: &Edition) -> Self {
        let FlowRef { id, hash } = edition.flow_ref();
        Self { id, hash, text: edition.text().into() }
    }
}

impl StoredEdition {
    /// Refuses a text that is not the one its hash was taken of, or not the one the session names.
    pub(super) fn check(&self, session: &str, named: &FlowRef) -> Result<(), StoreError> {
        if self.id != named.id {
            return Err(damaged(session, format!("the text of flow `{}` belongs to flow `{}`", named.id, self.id)));
        }
        if self.hash != named.hash || Edition::hash_of(&self.text) != self.hash {
            return Err(damaged(session, format!("the text of flow `{}` was changed", self.id)));
        }
        Ok(())
    }
}

/// A record as columns.
pub(super) struct Row {
    pub(super) n: u32,
    /// Milliseconds since 1970, UTC.
    pub(super) at: i64,
    pub(super) by: Option<String>,
    /// JSON.
    pub(super) event: String,
}

impl Row {
    pub(super) fn of(session: &str, record: &Record) -> Result<Self, StoreError> {
        let event = serde_json::to_string(&record.event)
            .map_err(|error| damaged(session, format!("event {} cannot be written: {error}", record.n)))?;
        Ok(Self { n: record.n, at: record.at.as_millisecond(), by: record.by.clone(), event })
    }

    pub(super) fn read(self, session: &str) -> Result<Record, StoreError> {
        let refuse = |why: String| damaged(session, format!("event {} cannot be read: {why}", self.n));
        let at = Timestamp::from_millisecond(self.at).map_err(|error| refuse(error.to_string()))?;
        let event = serde_json::from_str(&self.event).map_err(|error| refuse(error.to_string()))?;
        Ok(Record { n: self.n, at, by: self.by, event })
    }
}

/// Returns the flows that records name, each once.
pub(super) fn named_flows(records: &[Record]) -> Vec<&FlowRef> {
    let mut named: Vec<&FlowRef> = Vec::new();
    for record in records {
        if let Event::Started { flow, .. } | Event::HandedOff { to: flow } = &record.event
            && !named.contains(&flow)
        {
            named.push(flow);
        }
    }
    named
}

/// Refuses records that are not numbered from 1 without gaps, and none at all.
pub(super) fn check_numbers(session: &str, records: &[Record]) -> Result<(), StoreError> {
    if records.is_empty() {
        return Err(damaged(session, "it has no event".to_owned()));
    }
    match (1..).zip(records).find(|(expected, record)| record.n != *expected) {
        Some((expected, record)) => Err(StoreError::Gap { session: session.to_owned(), n: record.n, expected }),
        None => Ok(()),
    }
}

/// Returns what a stored session lacks of an imported one; both are numbered from 1 without gaps.
pub(super) fn lacking<'a>(session: &str, known: &[Record], imported: &'a [Record]) -> Result<&'a [Record], StoreError> {
    match known.iter().zip(imported).find(|(known, imported)| !is_same(known, imported)) {
        Some((known, _)) => Err(StoreError::Diverged { session: session.to_owned(), n: known.n }),
        None => Ok(imported.get(known.len()..).unwrap_or_default()),
    }
}

/// Tells whether two records are stored alike: times are kept to the millisecond.
fn is_same(a: &Record, b: &Record) -> bool {
    (a.n, a.at.as_millisecond(), &a.by, &a.event) == (b.n, b.at.as_millisecond(), &b.by, &b.event)
}

pub(super) fn damaged(session: &str, what: String) -> StoreError {
    StoreError::Damaged { session: session.to_owned(), what }
}

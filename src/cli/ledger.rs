//! The ledger: the store as one walk sees it. It opens while the person reads the first question; from then on each event is on
//! disk before the next prompt. A preview keeps nothing.

use std::path::PathBuf;
use std::sync::Arc;

use super::drive::now;
use super::error::Failure;
use crate::flow;
use crate::source::Source;
use crate::store::{Claim, Sqlite, Store, Stored, StoredEdition};
use crate::walk::{Edition, Event, Record, Session};

/// Keeps one session's events.
#[derive(Debug)]
pub(super) struct Ledger {
    session: String,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Not on disk yet: where it will be, and how it begins.
    New { path: PathBuf, editions: Vec<StoredEdition>, records: Vec<Record> },
    /// Nothing is kept.
    Preview,
    /// On disk, with the right to append.
    Open { store: Sqlite, _claim: Claim },
}

impl Ledger {
    /// Takes a new session; nothing is opened yet.
    pub(super) fn begin(path: PathBuf, session: &Session) -> Self {
        let editions = session.editions().iter().map(|edition| StoredEdition::from(&**edition)).collect();
        let state = State::New { path, editions, records: session.records().to_vec() };
        Self { session: session.id().to_owned(), state }
    }

    /// Keeps nothing of a session.
    pub(super) fn preview(session: &Session) -> Self {
        Self { session: session.id().to_owned(), state: State::Preview }
    }

    /// Goes on with a session that is stored.
    pub(super) fn resume(store: Sqlite, claim: Claim, session: &str) -> Self {
        Self { session: session.to_owned(), state: State::Open { store, _claim: claim } }
    }

    /// Opens the store and begins the session in it, if that is not done yet. Called once the first question is shown, so that
    /// nobody waits for it, and before an answer is taken.
    pub(super) fn ready(&mut self) -> Result<(), Failure> {
        self.store().map(drop)
    }

    /// Tells whether nothing is kept.
    pub(super) fn is_preview(&self) -> bool {
        matches!(self.state, State::Preview)
    }

    /// Tells whether the session is in the store.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// Takes an event into the session and onto the disk, in this order, so that nothing illegal is stored; it is on disk when
    /// this returns. An event that hands off to a flow comes with its edition.
    pub(super) fn commit(
        &mut self,
        session: &mut Session,
        event: Event,
        edition: Option<&Edition>,
    ) -> Result<(), Failure> {
        let record = Record { n: session.next_number(), at: now(), by: session.about().agent.clone(), event };
        session
            .apply(record.clone())
            .map_err(|illegal| Failure::Session { session: session.id().to_owned(), why: illegal.to_string() })?;
        let edition = edition.map(StoredEdition::from);
        let id = self.session.clone();
        match self.store()? {
            Some(store) => Ok(store.append(&id, &record, edition.as_ref())?),
            None => Ok(()),
        }
    }

    /// Returns the store, opened if it was not; nothing for a preview.
    fn store(&mut self) -> Result<Option<&mut Sqlite>, Failure> {
        if let State::New { path, editions, records } = &self.state {
            let mut store = Sqlite::open(path)?;
            let claim = store.claim(&self.session)?;
            store.begin(&self.session, editions, records)?;
            self.state = State::Open { store, _claim: claim };
        }
        match &mut self.state {
            State::Open { store, .. } => Ok(Some(store)),
            State::Preview => Ok(None),
            State::New { .. } => unreachable!("just opened"),
        }
    }
}

/// Folds a stored session, each flow read from the text that is stored with it.
pub(super) fn fold(stored: &Stored) -> Result<Session, Failure> {
    let broken = |why: String| Failure::Session { session: stored.id.clone(), why };
    let mut editions = Vec::new();
    for edition in &stored.editions {
        let source = Source::new(format!("flow {} of session {}", edition.id, stored.id), &*edition.text);
        let flow = flow::read(&source).map_err(|findings| Failure::Findings(vec![findings]))?;
        editions.push(Arc::new(Edition::new(flow, source.text())));
    }
    Session::fold(stored.id.clone(), editions, stored.records.clone()).map_err(|illegal| broken(illegal.to_string()))
}

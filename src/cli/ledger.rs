//! The ledger: the store as one walk sees it. It opens while the person reads the first question; from then on each event is on
//! disk before the next prompt.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use super::error::Failure;
use crate::flow;
use crate::source::Source;
use crate::store::{Claim, Sqlite, Store, StoreError, Stored, StoredEdition};
use crate::walk::{Edition, Record, Session};

/// Keeps one session's events.
#[derive(Debug)]
pub(super) struct Ledger {
    session: String,
    state: State,
}

#[derive(Debug)]
enum State {
    Opening(JoinHandle<Result<Held, StoreError>>),
    Open(Held),
    /// Opening failed and was reported.
    Failed,
}

/// A store with the right to append to the session.
#[derive(Debug)]
struct Held {
    store: Sqlite,
    _claim: Claim,
}

impl Ledger {
    /// Begins to store a new session, in the background.
    pub(super) fn begin(path: PathBuf, session: &Session) -> Self {
        let id = session.id().to_owned();
        let editions: Vec<StoredEdition> =
            session.editions().iter().map(|edition| StoredEdition::from(&**edition)).collect();
        let records = session.records().to_vec();
        let open = move || {
            let mut store = Sqlite::open(&path)?;
            let claim = store.claim(&id)?;
            store.begin(&id, &editions, &records)?;
            Ok(Held { store, _claim: claim })
        };
        Self { session: session.id().to_owned(), state: State::Opening(thread::spawn(open)) }
    }

    /// Goes on with a session that is stored.
    pub(super) fn resume(store: Sqlite, claim: Claim, session: &str) -> Self {
        Self { session: session.to_owned(), state: State::Open(Held { store, _claim: claim }) }
    }

    /// Waits until the session can be stored.
    pub(super) fn ready(&mut self) -> Result<(), Failure> {
        self.store().map(drop)
    }

    /// Stores an event; it is on disk when this returns.
    pub(super) fn append(&mut self, record: &Record, edition: Option<&Edition>) -> Result<(), Failure> {
        let edition = edition.map(StoredEdition::from);
        let session = self.session.clone();
        Ok(self.store()?.append(&session, record, edition.as_ref())?)
    }

    fn store(&mut self) -> Result<&mut Sqlite, Failure> {
        if matches!(self.state, State::Opening(_)) {
            let State::Opening(opening) = std::mem::replace(&mut self.state, State::Failed) else {
                unreachable!("just seen")
            };
            self.state = State::Open(opening.join().expect("opening a store does not panic")?);
        }
        match &mut self.state {
            State::Open(held) => Ok(&mut held.store),
            State::Opening(_) | State::Failed => {
                Err(Failure::Session { session: self.session.clone(), why: "its store could not be opened".to_owned() })
            }
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

//! The store: sessions on disk, so that nothing is lost.
//!
//! Purpose: what [`Store::append`] was given is on disk when it returns, and comes back as it was, or with an error
//! that says what is wrong; never changed, never guessed. Must not: read flows or fold events (a session comes back as
//! texts and records), read a clock, mask or judge what it is given, print. Place: after walk; the command line keeps
//! here what the walk accepted, transcripts and reports read it.
//!
//! `stored` is what every store has in common, `sqlite` the embedded one: `schema` opens its file and brings it up to
//! date, `files` makes folders and files, `claim` keeps a second process out of a session. Whoever adds a kind of event
//! raises the schema, so that an older program says that it is too old instead of calling the session damaged.

mod claim;
mod error;
mod files;
mod id;
mod schema;
mod sqlite;
mod stored;
#[cfg(test)]
mod tests;

pub use claim::Claim;
pub use error::StoreError;
pub use id::new_id;
pub use sqlite::Sqlite;
pub use stored::{Stored, StoredEdition};

use crate::walk::Record;

/// Keeps sessions. All stores keep the same contract and pass the same tests.
///
/// Ids are as [`new_id`] makes them; every operation refuses another form with [`StoreError::BadId`].
pub trait Store: Send {
    /// Stores a new session, all of it or nothing. Its records are numbered from 1 and the editions they name are given
    /// or already there. [`StoreError::Taken`] when the id exists.
    fn begin(&mut self, session: &str, editions: &[StoredEdition], records: &[Record]) -> Result<(), StoreError>;

    /// Stores what happened next; it is on disk when this returns. A record that hands off to a flow comes with the
    /// flow's edition unless that is there already. [`StoreError::Overtaken`] when another process stored that number.
    fn append(&mut self, session: &str, record: &Record, edition: Option<&StoredEdition>) -> Result<(), StoreError>;

    /// Returns a session with every text it names, each checked against its hash.
    fn load(&self, session: &str) -> Result<Stored, StoreError>;

    /// Returns the session with the latest last event.
    fn newest(&self) -> Result<Option<String>, StoreError>;

    /// Returns up to `limit` sessions, the one with the latest last event first, then by id. A damaged session is
    /// an error in its place and does not hide the others.
    fn list(&self, limit: usize) -> Result<Vec<Result<Stored, StoreError>>, StoreError>;

    /// Returns the one session whose id begins as given, without regard to case, hyphens, and `o` for `0` or `i` and
    /// `l` for `1`.
    fn resolve(&self, prefix: &str) -> Result<String, StoreError>;

    /// Takes a session out, all of it, and the texts that no other session names. The caller holds the claim.
    fn delete(&mut self, session: &str) -> Result<(), StoreError>;

    /// Takes the right to append to a session, for as long as the claim is kept. [`StoreError::Busy`] when it is taken.
    /// The session need not be there yet.
    fn claim(&self, session: &str) -> Result<Claim, StoreError>;

    /// Takes up a session that was exported elsewhere and returns how many records were new. A known session gets what
    /// it lacks; [`StoreError::Diverged`] when neither is the beginning of the other. The caller holds the claim.
    fn import(&mut self, stored: &Stored) -> Result<usize, StoreError>;
}

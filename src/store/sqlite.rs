//! The embedded store: one `SQLite` file.
//!
//! Each write is one immediate transaction in a write-ahead log with `synchronous=FULL`: it is synced before it is
//! reported as done, and a log that was cut holds a prefix of the transactions. Triggers keep events from being
//! changed or deleted, whoever writes. A write that fails is not tried again: after a failed sync nobody knows what is
//! on disk.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::slice;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use super::error::Failure;
use super::stored::{self, Row, damaged};
use super::{Claim, Store, StoreError, Stored, StoredEdition, claim, id, schema};
use crate::walk::{FlowRef, Record};

/// Keeps sessions in an `SQLite` file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    connection: Connection,
}

/// Texts that were read and checked, by hash.
type Texts = BTreeMap<String, StoredEdition>;

impl Sqlite {
    /// Opens the store at a path; makes it, and the folders above it, where there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = schema::open(path, schema::STEPS).map_err(|failure| failure.at(path))?;
        Ok(Self { path: path.to_owned(), connection })
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T, StoreError> {
        // One snapshot, and one lock, for however many queries there are.
        let run = || work(&*self.connection.unchecked_transaction()?);
        run().map_err(|failure| failure.at(&self.path))
    }

    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>) -> Result<T, StoreError> {
        let connection = &mut self.connection;
        let run = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        run().map_err(|failure: Failure| failure.at(&self.path))
    }
}

impl Store for Sqlite {
    fn begin(&mut self, session: &str, editions: &[StoredEdition], records: &[Record]) -> Result<(), StoreError> {
        id::require(session)?;
        stored::check_numbers(session, records)?;
        self.write(|transaction| {
            if last_number(transaction, session)?.is_some() {
                return Err(StoreError::Taken { session: session.to_owned() }.into());
            }
            put_session(transaction, session)?;
            put_records(transaction, session, editions, records)
        })
    }

    fn append(&mut self, session: &str, record: &Record, edition: Option<&StoredEdition>) -> Result<(), StoreError> {
        id::require(session)?;
        self.write(|transaction| {
            let last = last_number(transaction, session)?.ok_or_else(|| not_found(session))?;
            let (n, expected) = (record.n, last.saturating_add(1));
            match n.cmp(&expected) {
                Ordering::Less => Err(StoreError::Overtaken { session: session.to_owned(), n }.into()),
                Ordering::Greater => Err(StoreError::Gap { session: session.to_owned(), n, expected }.into()),
                Ordering::Equal => {
                    put_records(transaction, session, edition.map_or(&[], slice::from_ref), slice::from_ref(record))
                }
            }
        })
    }

    fn load(&self, session: &str) -> Result<Stored, StoreError> {
        id::require(session)?;
        self.read(|connection| load(connection, session, &mut Texts::new()))
    }

    fn newest(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| Ok(newest(connection, 1)?.pop()))
    }

    fn list(&self, limit: usize) -> Result<Vec<Result<Stored, StoreError>>, StoreError> {
        self.read(|connection| {
            let mut texts = Texts::new();
            let mut listed = Vec::new();
            for session in newest(connection, limit)? {
                listed.push(match load(connection, &session, &mut texts) {
                    Err(Failure::Store(error)) => Err(error),
                    loaded => Ok(loaded?),
                });
            }
            Ok(listed)
        })
    }

    fn resolve(&self, prefix: &str) -> Result<String, StoreError> {
        let canonical = id::prefix(prefix).ok_or_else(|| not_found(prefix))?;
        let mut matches = self.read(|connection| {
            // `~` comes after every digit.
            let mut query = connection.prepare_cached("SELECT id FROM session WHERE id >= ?1 AND id < ?1 || '~'")?;
            let ids = query.query_map([canonical], |row| row.get(0))?;
            Ok(ids.collect::<Result<Vec<String>, _>>()?)
        })?;
        match matches.len() {
            0 => Err(not_found(prefix)),
            1 => Ok(matches.remove(0)),
            _ => {
                matches.sort();
                Err(StoreError::Ambiguous { prefix: prefix.to_owned(), matches })
            }
        }
    }

    fn delete(&mut self, session: &str) -> Result<(), StoreError> {
        id::require(session)?;
        // What is deleted is overwritten.
        let secure = self.connection.pragma_update(None, "secure_delete", true);
        secure.map_err(|error| Failure::from(error).at(&self.path))?;
        self.write(|transaction| delete(transaction, session))?;
        // The log holds it still, up to the next checkpoint; where somebody reads, that one is theirs.
        let checkpoint = self.connection.pragma_update_and_check(None, "wal_checkpoint", "truncate", |_| Ok(()));
        checkpoint.map_err(|error| Failure::from(error).at(&self.path))
    }

    fn claim(&self, session: &str) -> Result<Claim, StoreError> {
        claim::by_file(&self.path, session)
    }

    fn import(&mut self, imported: &Stored) -> Result<usize, StoreError> {
        let Stored { id: session, editions, records } = imported;
        id::require(session)?;
        stored::check_numbers(session, records)?;
        self.write(|transaction| {
            let known = if last_number(transaction, session)?.is_some() {
                load_records(transaction, session)?
            } else {
                put_session(transaction, session)?;
                Vec::new()
            };
            let lacking = stored::lacking(session, &known, records)?;
            put_records(transaction, session, editions, lacking)?;
            Ok(lacking.len())
        })
    }
}

fn not_found(wanted: &str) -> StoreError {
    StoreError::NotFound { wanted: wanted.to_owned() }
}

/// Returns the number of a session's last event; nothing for an unknown session.
fn last_number(connection: &Connection, session: &str) -> Result<Option<u32>, Failure> {
    let mut query = connection.prepare_cached(
        "SELECT (SELECT coalesce(max(n), 0) FROM event WHERE session = id) FROM session WHERE id = ?1",
    )?;
    Ok(query.query_row([session], |row| row.get(0)).optional()?)
}

fn newest(connection: &Connection, limit: usize) -> Result<Vec<String>, Failure> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = connection.prepare_cached("SELECT id FROM session ORDER BY last_at DESC, id LIMIT ?1")?;
    let ids = query.query_map([limit], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn load(connection: &Connection, session: &str, texts: &mut Texts) -> Result<Stored, Failure> {
    let records = load_records(connection, session)?;
    let mut editions = Vec::new();
    for named in stored::named_flows(&records) {
        editions.push(load_text(connection, session, named, texts)?);
    }
    Ok(Stored { id: session.to_owned(), editions, records })
}

fn load_records(connection: &Connection, session: &str) -> Result<Vec<Record>, Failure> {
    last_number(connection, session)?.ok_or_else(|| not_found(session))?;
    let mut query =
        connection.prepare_cached(r#"SELECT n, at, "by", event FROM event WHERE session = ?1 ORDER BY n"#)?;
    let rows = query
        .query_map([session], |row| Ok(Row { n: row.get(0)?, at: row.get(1)?, by: row.get(2)?, event: row.get(3)? }))?;
    let records = rows.map(|row| Ok(row?.read(session)?)).collect::<Result<Vec<_>, Failure>>()?;
    match stored::check_numbers(session, &records) {
        Err(StoreError::Gap { expected, .. }) => Err(damaged(session, format!("event {expected} is missing")).into()),
        checked => Ok(checked.map(|()| records)?),
    }
}

fn load_text(
    connection: &Connection,
    session: &str,
    named: &FlowRef,
    texts: &mut Texts,
) -> Result<StoredEdition, Failure> {
    if let Some(known) = texts.get(&named.hash).filter(|known| known.id == named.id) {
        return Ok(known.clone());
    }
    let mut query = connection.prepare_cached("SELECT hash, id, text FROM flow WHERE hash = ?1")?;
    let found = query
        .query_row([&named.hash], |row| {
            Ok(StoredEdition { hash: row.get(0)?, id: row.get(1)?, text: row.get::<_, String>(2)?.into() })
        })
        .optional()?;
    let edition = found.ok_or_else(|| damaged(session, format!("the text of flow `{}` is not there", named.id)))?;
    edition.check(session, named)?;
    texts.insert(edition.hash.clone(), edition.clone());
    Ok(edition)
}

fn delete(transaction: &Transaction<'_>, session: &str) -> Result<(), Failure> {
    last_number(transaction, session)?.ok_or_else(|| not_found(session))?;
    // A damaged session goes as well; its texts stay.
    let records = load_records(transaction, session).unwrap_or_default();
    // The session goes first: no event goes while its session is there.
    transaction.pragma_update(None, "defer_foreign_keys", true)?;
    transaction.execute("DELETE FROM session WHERE id = ?1", [session])?;
    transaction.execute("DELETE FROM event WHERE session = ?1", [session])?;
    let unnamed = "DELETE FROM flow WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM event WHERE instr(event, ?1) > 0)";
    for named in stored::named_flows(&records) {
        transaction.execute(unnamed, [&named.hash])?;
    }
    Ok(())
}

fn put_session(transaction: &Transaction<'_>, session: &str) -> Result<(), Failure> {
    transaction.prepare_cached("INSERT INTO session (id) VALUES (?1)")?.execute([session])?;
    Ok(())
}

/// Stores records and the texts they name, which are given or there.
fn put_records(
    transaction: &Transaction<'_>,
    session: &str,
    editions: &[StoredEdition],
    records: &[Record],
) -> Result<(), Failure> {
    let mut insert =
        transaction.prepare_cached(r#"INSERT INTO event (session, n, at, "by", event) VALUES (?1, ?2, ?3, ?4, ?5)"#)?;
    for record in records {
        let Row { n, at, by, event } = Row::of(session, record)?;
        insert.execute((session, n, at, by, event))?;
    }
    let mut insert = transaction.prepare_cached("INSERT OR IGNORE INTO flow (hash, id, text) VALUES (?1, ?2, ?3)")?;
    for named in stored::named_flows(records) {
        if let Some(given) = editions.iter().find(|edition| edition.hash == named.hash) {
            insert.execute((&given.hash, &given.id, &*given.text))?;
        }
        // What could not be read again is not stored.
        load_text(transaction, session, named, &mut Texts::new())?;
    }
    Ok(())
}

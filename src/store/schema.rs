//! The file of the embedded store: how it is known, opened, and brought up to date.
//!
//! A file that is something else, or was made by a newer program, is refused and stays as it is to the byte.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::Failure;
use super::{StoreError, files};

/// What marks a database as ours: `rwlk` in ASCII.
const APPLICATION_ID: i64 = 0x7277_6c6b;
/// The steps that lead from each schema to the next; the schema of a store is the number of steps it has taken.
pub(super) const STEPS: &[&str] = &[include_str!("schema/v1.sql"), include_str!("schema/v2.sql")];
/// How long to wait for another process to finish its write.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the store at a path, made or migrated by the given steps where need be.
pub(super) fn open(path: &Path, steps: &[&str]) -> Result<Connection, Failure> {
    if !path.try_exists().map_err(files::cannot("open", path))? {
        files::create(path)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let has_wal = files::beside(path, "-wal").exists();
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // A file that is refused is not written to, not even with what waits in its own write-ahead log.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_wal)?;
    if !is_ready(&mut connection, path, steps)? {
        let _alone = files::be_alone(path)?;
        migrate(&mut connection, path, steps)?;
        // Only now, and alone: a change of the mode does not wait for readers as a transaction does.
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// Tells whether the store needs nothing done to it.
fn is_ready(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<bool, Failure> {
    // One snapshot: another process may be making the store right now.
    let snapshot = connection.transaction()?;
    let taken = steps_taken(&snapshot, path, steps)?;
    let mode: String = snapshot.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    Ok(taken == steps.len() && mode == "wal")
}

/// Takes the steps that are missing, all of them or none.
fn migrate(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken = steps_taken(&transaction, path, steps)?;
    for (step, version) in steps.iter().zip(1_i64..).skip(taken) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(transaction.commit()?)
}

/// Returns how many steps the store has taken; none for an empty file. Refuses what is not ours or newer.
fn steps_taken(connection: &Connection, path: &Path, steps: &[&str]) -> Result<usize, Failure> {
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // `SQLite` takes a file of a few bytes, whatever they are, for an empty database, so the length is asked for.
    let is_blank = fs::metadata(path).map_err(files::cannot("open", path))?.len() == 0;
    match usize::try_from(version) {
        Ok(taken) if application == APPLICATION_ID && taken <= steps.len() => Ok(taken),
        Ok(_) if application == APPLICATION_ID => {
            let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
            Err(StoreError::Newer { path: path.to_owned(), found: version, known }.into())
        }
        Ok(_) if is_blank => Ok(0),
        _ => Err(StoreError::NotAStore { path: path.to_owned() }.into()),
    }
}

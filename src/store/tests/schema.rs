//! Schemas: stores of older programs are brought up to date, those of newer ones are refused.

use std::fs;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::super::schema::{STEPS, open};
use super::super::{Sqlite, Store, StoreError};
use super::{File, NOON, Shelf, begin, edition, handed_off, noted, record, session};
use crate::paste::Pasted;
use crate::walk::Event;

const ID: &str = "k7f3-9qmd";

/// A store as the first program left it. Each schema adds its own dump; none is ever changed.
const V1: &str = include_str!("v1.sql");
const V2: &str = include_str!("v2.sql");

/// Writes a dump to a file, as a store that was left in that schema.
fn restore(dump: &str) -> File {
    let file = File::new();
    file.raw().execute_batch(dump).unwrap();
    file
}

fn objects(connection: &Connection) -> Vec<(String, String)> {
    let mut query = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE sql <> '' ORDER BY name").unwrap();
    query.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn version(connection: &Connection) -> i64 {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn a_store_of_schema_1_is_opened() {
    let file = restore(V1);
    let mut store = file.open();
    let mut expected = session(ID, 2);
    expected.records[1].by = Some("Žofie".to_owned());
    expected.records.push(handed_off(3, "two"));
    expected.editions.push(edition("two"));
    assert_eq!(store.load(ID).unwrap(), expected);
    store.append(ID, &noted(4, "a note"), None).unwrap();
    assert_eq!(store.newest().unwrap().as_deref(), Some(ID));
}

#[test]
fn a_store_of_schema_2_is_opened() {
    let file = restore(V2);
    let mut expected = restore(V1).open().load(ID).unwrap();
    let pasted = Pasted::keep("pwd=hunter2 failed").unwrap();
    expected.records.push(record(4, NOON + 4, Event::Pasted { pasted }));
    assert_eq!(file.open().load(ID).unwrap(), expected);
}

#[test]
fn an_older_store_has_the_same_schema_as_a_new_one_once_it_is_open() {
    for dump in [V1, V2] {
        let (older, new) = (restore(dump), File::new());
        let (older, new) = (older.open(), new.open());
        assert_eq!(objects(older.connection()), objects(new.connection()));
        assert_eq!(version(older.connection()), version(new.connection()));
    }
}

#[test]
fn a_step_leads_from_one_schema_to_the_next_and_keeps_what_is_there() {
    let file = restore(V1);
    let before = file.open().load(ID).unwrap();
    let steps: Vec<&str> = STEPS.iter().copied().chain(["ALTER TABLE session ADD COLUMN colour TEXT"]).collect();
    let connection = open(&file.path(), &steps).unwrap();
    assert_eq!(version(&connection), i64::try_from(steps.len()).unwrap());
    connection.query_row("SELECT colour FROM session", (), |row| row.get::<_, Option<String>>(0)).unwrap();
    drop(connection);
    // The program that knows one step less is now too old; what it wrote is still there.
    assert!(matches!(Sqlite::open(&file.path()), Err(StoreError::Newer { .. })));
    file.raw().pragma_update(None, "user_version", i64::try_from(STEPS.len()).unwrap()).unwrap();
    assert_eq!(file.open().load(ID).unwrap(), before);
}

#[test]
fn steps_are_taken_together_or_not_at_all() {
    let file = restore(V1);
    drop(file.open());
    let before = fs::read(file.path()).unwrap();
    let steps: Vec<&str> = STEPS.iter().copied().chain(["CREATE TABLE colour (a)", "CREATE TABLE flow (a)"]).collect();
    assert!(open(&file.path(), &steps).is_err());
    assert!(before == fs::read(file.path()).unwrap());
    assert_eq!(version(file.open().connection()), i64::try_from(STEPS.len()).unwrap());
}

#[test]
fn a_newer_store_is_refused_and_untouched() {
    for has_log in [false, true] {
        let file = restore(V1);
        begin(&mut file.open(), &session("aaaa-0001", 1));
        let raw = file.raw();
        raw.pragma_update(None, "user_version", 9).unwrap();
        raw.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log).unwrap();
        drop(raw);
        assert_eq!(file.folder.path().join("sessions.db-wal").exists(), has_log);
        let before = file.bytes();
        let error = Sqlite::open(&file.path()).unwrap_err();
        let known = STEPS.len();
        let expected =
            format!("the store `{}` has schema 9, and this program knows schemas up to {known}", file.path().display());
        assert_eq!(error.to_string(), expected);
        assert!(matches!(error, StoreError::Newer { found: 9, .. }));
        assert!(before == file.bytes());
    }
}

#[test]
fn events_cannot_be_changed_deleted_or_replaced_by_anyone() {
    let file = File::new();
    begin(&mut file.open(), &session(ID, 3));
    let check = |sql: &str, expected: &str| {
        let error = file.raw().execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains(expected), "{sql}: {error}");
        assert_eq!(file.open().load(ID).unwrap(), session(ID, 3));
    };
    let columns = r#"INTO event (session, n, at, "by", event) VALUES ('k7f3-9qmd',"#;
    check("UPDATE event SET at = 0", "events are never changed");
    check("UPDATE OR REPLACE event SET n = n + 1", "events are never changed");
    check("DELETE FROM event WHERE n = 3", "events are never deleted");
    check(&format!("INSERT OR REPLACE {columns} 2, 0, NULL, '')"), "without gaps");
    check(&format!("INSERT {columns} 3, 0, NULL, '')"), "without gaps");
    check(&format!("INSERT {columns} 5, 0, NULL, '')"), "without gaps");
    check("PRAGMA foreign_keys = ON; DELETE FROM session", "FOREIGN KEY");
    check("INSERT INTO event (session, n, at, event) VALUES ('aaaa-0001', 1, 0, '')", "FOREIGN KEY");
}

#[test]
fn nothing_of_a_deleted_session_is_left_on_disk() {
    let file = File::new();
    let mut store = file.open();
    begin(&mut store, &session(ID, 1));
    let secret = "what the customer said on the telephone";
    store.append(ID, &noted(2, &secret.repeat(500)), None).unwrap();
    let is_there = || {
        let folder = fs::read_dir(file.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let bytes: Vec<Vec<u8>> = folder.filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect();
        bytes.into_iter().any(|bytes| bytes.windows(secret.len()).any(|window| window == secret.as_bytes()))
    };
    assert!(is_there());
    store.delete(ID).unwrap();
    assert!(!is_there());
}

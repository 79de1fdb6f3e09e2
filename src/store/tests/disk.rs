//! The embedded store's files: who may read them, what stays when they are cut, full or not ours.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rusqlite::config::DbConfig;

use super::super::{Sqlite, Store, StoreError};
use super::{File, NOON, Shelf, begin, copy_store, edition, handed_off, noted, session};

const ID: &str = "k7f3-9qmd";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn only_the_owner_can_read_what_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/sessions.db");
    let mut store = Sqlite::open(&path).unwrap();
    begin(&mut store, &session(ID, 2));
    let _claim = store.claim(ID).unwrap();
    for name in ["a", "a/b", "a/b/sessions.db.locks"] {
        assert_eq!(mode(&folder.path().join(name)), 0o700, "{name}");
    }
    let claimed = format!("sessions.db.locks/{ID}");
    for name in ["sessions.db", "sessions.db-wal", "sessions.db-shm", &claimed] {
        assert_eq!(mode(&folder.path().join("a/b").join(name)), 0o600, "{name}");
    }
}

#[test]
fn what_is_there_keeps_its_mode() {
    let file = File::new();
    set_mode(file.folder.path(), 0o750);
    begin(&mut file.open(), &session(ID, 2));
    set_mode(&file.path(), 0o640);
    assert_eq!(file.open().load(ID).unwrap(), session(ID, 2));
    assert_eq!((mode(file.folder.path()), mode(&file.path())), (0o750, 0o640));
}

#[test]
fn a_store_that_is_closed_is_one_file() {
    let file = File::new();
    let mut store = file.open();
    begin(&mut store, &session(ID, 2));
    store.connection().set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    drop(store);
    assert!(file.folder.path().join("sessions.db-wal").exists(), "a process that is killed leaves the log");
    drop(file.open());
    let names = |folder: &Path| -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let mut left = names(file.folder.path());
    left.sort();
    assert_eq!(left, ["sessions.db", "sessions.db.locks"]);
    drop(file.open().claim(ID).unwrap());
    assert_eq!(names(&file.folder.path().join("sessions.db.locks")), ["opening"]);
}

#[test]
fn a_lock_file_that_a_killed_process_left_is_used_again() {
    let file = File::new();
    let store = file.open();
    fs::write(file.folder.path().join("sessions.db.locks").join(ID), "4000000000").unwrap();
    let _claim = store.claim(ID).unwrap();
    assert!(matches!(store.claim(ID), Err(StoreError::Busy { pid, .. }) if pid == Some(std::process::id())));
}

#[test]
fn each_write_is_synced() {
    let store = File::new().open();
    let pragma = |name| store.connection().pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(pragma("synchronous"), 2);
    assert_eq!(pragma("foreign_keys"), 1);
    assert_eq!(pragma("busy_timeout"), 5_000);
    let mode = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    assert_eq!(store.connection().pragma_query_value(None, "journal_mode", mode).unwrap(), "wal");
}

#[test]
fn a_text_is_stored_once() {
    let file = File::new();
    let mut store = file.open();
    begin(&mut store, &session(ID, 1));
    begin(&mut store, &session("aaaa-0001", 1));
    store.append(ID, &handed_off(2, "two"), Some(&edition("two"))).unwrap();
    store.append(ID, &handed_off(3, "one"), Some(&edition("one"))).unwrap();
    let texts = store.connection().query_row("SELECT count(*) FROM flow", (), |row| row.get::<_, i64>(0));
    assert_eq!(texts.unwrap(), 2);
}

#[test]
fn a_log_that_is_cut_anywhere_resumes_to_a_prefix() {
    const LENGTH: u32 = 9;
    let file = File::new();
    let mut store = file.open();
    begin(&mut store, &session(ID, 2));
    for n in 3..=LENGTH {
        store.append(ID, &noted(n, "a note"), None).unwrap();
    }
    store.connection().set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    drop(store);
    let whole = fs::metadata(file.folder.path().join("sessions.db-wal")).unwrap().len();
    let mut seen = vec![0];
    for cut in (0..=whole).step_by(512).chain([whole]) {
        let copy = File::new();
        copy_store(&file.path(), &copy.path());
        let wal = fs::OpenOptions::new().write(true).open(copy.folder.path().join("sessions.db-wal")).unwrap();
        wal.set_len(cut).unwrap();
        let mut store = copy.open();
        let kept = match store.load(ID) {
            Ok(stored) => {
                let kept = u32::try_from(stored.records.len()).unwrap();
                assert_eq!(stored, session(ID, kept), "cut at {cut}");
                store.append(ID, &noted(kept + 1, "a note"), None).unwrap();
                kept
            }
            Err(StoreError::NotFound { .. }) => {
                begin(&mut store, &session(ID, 1));
                0
            }
            Err(error) => panic!("cut at {cut}: {error}"),
        };
        drop(store);
        assert_eq!(copy.open().load(ID).unwrap(), session(ID, kept + 1), "cut at {cut}");
        assert!(seen.last().is_some_and(|&last| last <= kept), "cut at {cut}: {kept} after {seen:?}");
        seen.push(kept);
    }
    seen.dedup();
    // `begin` stored two records at once; each append stored one.
    assert_eq!(seen, [0].into_iter().chain(2..=LENGTH).collect::<Vec<_>>());
}

#[test]
fn a_full_disk_takes_nothing_away() {
    let file = File::new();
    let mut store = file.open();
    begin(&mut store, &session(ID, 2));
    let pages = |store: &Sqlite| store.connection().pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |store: &Sqlite, pages: i64| {
        store.connection().pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    };
    let room: i64 = pages(&store);
    limit(&store, room + 8);
    let large = "x".repeat(5_000);
    let (n, error) = (3..).find_map(|n| Some((n, store.append(ID, &noted(n, &large), None).err()?))).unwrap();
    assert!(matches!(&error, StoreError::Full { path, .. } if *path == file.path()), "{error:?}");
    assert!(n > 3, "the first append had room");
    let error = store.begin("aaaa-0001", &[edition(&large)], &[super::started(&large)]).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
    for store in [&store, &file.open()] {
        let stored = store.load(ID).unwrap();
        assert_eq!(stored.records.len(), n as usize - 1);
        assert_eq!(stored.records.last(), Some(&noted(n - 1, &large)));
        assert!(matches!(store.load("aaaa-0001"), Err(StoreError::NotFound { .. })));
    }
    limit(&store, i64::from(u32::MAX) - 1);
    store.append(ID, &noted(n, &large), None).unwrap();
    assert_eq!(file.open().load(ID).unwrap().records.len(), n as usize);
}

/// Checks that a file is refused, named, and as it was, with nothing beside it.
fn check_refused(file: &File) {
    let before = file.bytes();
    let error = Sqlite::open(&file.path()).unwrap_err();
    assert!(matches!(&error, StoreError::NotAStore { path } if *path == file.path()), "{error:?}");
    assert!(before == file.bytes(), "{:?} became {:?}", before.keys(), file.bytes().keys());
}

#[test]
fn a_file_that_is_no_database_is_refused_and_untouched() {
    for garbage in [&b"x"[..], b"a note\n", &[0; 100], &[0xa5; 511], &[0xa5; 9_000], b"SQLite format 3\0 and more"] {
        let file = File::new();
        fs::write(file.path(), garbage).unwrap();
        check_refused(&file);
    }
}

#[test]
fn a_database_of_another_program_is_refused_and_untouched() {
    for journal in ["delete", "wal"] {
        let file = File::new();
        let raw = file.raw();
        raw.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(())).unwrap();
        raw.execute_batch("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1);").unwrap();
        raw.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
        drop(raw);
        check_refused(&file);
        file.raw().pragma_update(None, "user_version", 1).unwrap();
        check_refused(&file);
    }
}

#[test]
fn an_empty_file_that_a_crash_left_becomes_a_store() {
    let file = File::new();
    fs::write(file.path(), "").unwrap();
    begin(&mut file.open(), &session(ID, 2));
    assert_eq!(file.open().load(ID).unwrap(), session(ID, 2));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let file = File::new();
    fs::write(file.path(), "").unwrap();
    let error = Sqlite::open(&file.path().join("below/sessions.db")).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error:?}");
    assert!(error.to_string().contains("sessions.db"), "{error}");
}

#[test]
fn a_damaged_session_is_named_and_does_not_hide_the_others() {
    let file = File::new();
    let mut store = file.open();
    for id in [ID, "aaaa-0001", "bbbb-0002"] {
        begin(&mut store, &session(id, 2));
    }
    store.append(ID, &handed_off(3, "two"), Some(&edition("two"))).unwrap();
    let check = |damage: &str, what: &str| {
        file.raw().execute_batch(damage).unwrap();
        let error = store.load(ID).unwrap_err();
        let expected = format!("session `{ID}` is damaged: {what}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        let listed = store.list(10).unwrap();
        assert_eq!(listed.iter().filter(|listed| listed.is_ok()).count(), 2);
        assert!(matches!(&listed[0], Err(StoreError::Damaged { session, .. }) if session == ID));
    };
    let misnamed = format!(r#"{{"kind":"handed-off","to":{{"id":"three","hash":"{}"}}}}"#, edition("one").hash);
    check(
        &format!("INSERT INTO event (session, n, at, event) VALUES ('{ID}', 4, {NOON} + 4, '{misnamed}')"),
        "the text of flow `three` belongs to flow `one`",
    );
    check("UPDATE flow SET text = text || '!' WHERE id = 'two'", "the text of flow `two` was changed");
    check("DELETE FROM flow WHERE id = 'two'", "the text of flow `two` is not there");
    let unguarded = "DROP TRIGGER event_is_not_changed; DROP TRIGGER event_is_not_deleted;";
    check(
        &format!("{unguarded} UPDATE event SET event = '{{\"kind\":\"newer\"}}' WHERE session = '{ID}' AND n = 3"),
        "event 3 cannot be read: unknown variant `newer`",
    );
    check(
        &format!(
            "DELETE FROM event WHERE session = '{ID}' AND n > 1; UPDATE event SET event = '{{}}' WHERE session = '{ID}'"
        ),
        "event 1 cannot be read: missing field `kind`",
    );
    check(&format!("DELETE FROM event WHERE session = '{ID}'"), "it has no event");
}

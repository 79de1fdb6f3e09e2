//! The store's tests: `contract` holds for every store; the others are about the embedded one.

mod contract;
mod disk;
mod processes;
mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use super::{Sqlite, Store, Stored, StoredEdition};
use crate::flow::{Answer, FixResult};
use crate::paste::Pasted;
use crate::walk::{About, Edition, Event, FlowRef, Mark, NoteKind, PauseReason, Record, RefusedOutcome, Wording};

/// A place where a store can be opened, again and again.
trait Shelf {
    type Store: Store;

    fn open(&self) -> Self::Store;
}

/// A file in a folder of its own, gone with it.
struct File {
    folder: TempDir,
}

impl File {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("sessions.db")
    }

    /// Opens the file past the store, as another program would.
    fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    /// Returns every file with its bytes, but for the index of the log, which is made anew at each opening.
    fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let paths = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let paths = paths.filter(|path| !path.to_string_lossy().ends_with("-shm"));
        paths.map(|path| (path.clone(), fs::read(path).unwrap_or_default())).collect()
    }
}

impl Shelf for File {
    type Store = Sqlite;

    fn open(&self) -> Sqlite {
        Sqlite::open(&self.path()).unwrap()
    }
}

contract::holds_for!(File::new());

/// Milliseconds, some time in 2026.
const NOON: i64 = 1_790_000_000_123;

fn edition(flow: &str) -> StoredEdition {
    let text = format!("the text of {flow}: žluť 宽 ' \"");
    StoredEdition { id: flow.to_owned(), hash: Edition::hash_of(&text), text: text.into() }
}

fn flow_ref(flow: &str) -> FlowRef {
    FlowRef { id: flow.to_owned(), hash: edition(flow).hash }
}

fn record(n: u32, at: i64, event: Event) -> Record {
    Record { n, at: Timestamp::from_millisecond(at).unwrap(), by: None, event }
}

fn started(flow: &str) -> Record {
    let about = About { ticket: Some("T-1".to_owned()), desk: true, ..About::default() };
    record(1, NOON, Event::Started { flow: flow_ref(flow), about, program: "0.1.0".to_owned() })
}

fn noted(n: u32, text: &str) -> Record {
    record(n, NOON + i64::from(n), Event::Noted { note: NoteKind::Note, text: text.to_owned() })
}

fn handed_off(n: u32, flow: &str) -> Record {
    record(n, NOON + i64::from(n), Event::HandedOff { to: flow_ref(flow) })
}

/// A session that began with `one` and has that many records.
fn session(id: &str, length: u32) -> Stored {
    let records = std::iter::once(started("one")).chain((2..=length).map(|n| noted(n, "a note"))).collect();
    Stored { id: id.to_owned(), editions: vec![edition("one")], records }
}

fn begin(store: &mut impl Store, stored: &Stored) {
    store.begin(&stored.id, &stored.editions, &stored.records).unwrap();
}

/// One event of each kind, with every field that can be filled filled once.
fn every_event() -> Vec<Event> {
    let text = || "it's \"odd\": \u{1b}[31m\n žluť \0 \u{202e} 宽".to_owned();
    vec![
        Event::Answered { question: "q".to_owned(), answer: Answer::Unsure, shown: Wording::Say },
        Event::Revised { question: "q".to_owned(), answer: Answer::Yes },
        Event::TakenBack { n: 3 },
        Event::Noted { note: NoteKind::Promise, text: text() },
        Event::Pasted { pasted: Pasted::keep("pwd=hunter2 \u{1b}[31m žluť \0 \u{202e}").unwrap() },
        Event::StepMarked { cause: "c".to_owned(), step: "s".to_owned(), mark: Mark::Skipped },
        Event::FixVerified { cause: "c".to_owned(), result: FixResult::NotFixed },
        Event::HandedOff { to: flow_ref("two") },
        Event::Refused { outcome: RefusedOutcome::Escalation(text()) },
        Event::Paused { reason: PauseReason::NoAnswer },
        Event::Resumed,
        Event::HandedOver { to: Some(text()) },
        Event::Escalated { reason: text() },
        Event::Closed,
    ]
}

fn copy_store(from: &Path, to: &Path) {
    for end in ["", "-wal"] {
        let (from, to) = (super::files::beside(from, end), super::files::beside(to, end));
        fs::copy(from, to).unwrap();
    }
}

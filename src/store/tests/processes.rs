//! Several processes at one store. The other processes are this test binary, told by its environment what to do.

use std::env;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::super::{Sqlite, Store, StoreError, new_id};
use super::{File, Shelf, begin, noted, session};

const ID: &str = "k7f3-9qmd";
const TASK: &str = "ROOTWALK_TEST_TASK";
const STORE: &str = "ROOTWALK_TEST_STORE";

struct Other {
    process: Child,
    says: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(task: &str, store: &Path) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "store::tests::processes::another_process", "--ignored", "--nocapture"]);
        let mut process = command.env(TASK, task).env(STORE, store).stdout(Stdio::piped()).spawn().unwrap();
        let says = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, says }
    }

    /// Waits until the process says how far it is, past what the test harness says.
    fn wait_for(&mut self, word: &str) {
        assert!(self.says.any(|line| line.unwrap().ends_with(word)), "the process ended before it said `{word}`");
    }

    /// Ends the process as `kill -9` does.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
#[ignore = "the other tests here run it as another process"]
fn another_process() {
    let (Ok(task), Some(path)) = (env::var(TASK), env::var_os(STORE)) else { return };
    let open = || Sqlite::open(Path::new(&path)).unwrap();
    match &*task {
        "claim" => {
            let _claim = open().claim(ID).unwrap();
            println!("claimed");
            thread::park();
        }
        "append" => {
            let mut store = open();
            begin(&mut store, &session(ID, 1));
            for n in 2.. {
                store.append(ID, &noted(n, "a note"), None).unwrap();
                println!("stored {n}.");
            }
        }
        "create" => {
            while !Path::new(&path).with_extension("go").exists() {
                thread::yield_now();
            }
            let mut store = open();
            begin(&mut store, &session(&new_id().unwrap(), 3));
        }
        task => panic!("unknown task `{task}`"),
    }
}

#[test]
fn a_claim_names_its_process_and_ends_with_it() {
    let file = File::new();
    let store = file.open();
    let mut other = Other::start("claim", &file.path());
    other.wait_for("claimed");
    match store.claim(ID) {
        Err(StoreError::Busy { session, pid }) => assert_eq!((&*session, pid), (ID, Some(other.process.id()))),
        other => panic!("{other:?}"),
    }
    other.kill();
    let _claim = store.claim(ID).unwrap();
    assert!(matches!(store.claim(ID), Err(StoreError::Busy { pid, .. }) if pid == Some(std::process::id())));
}

#[test]
fn what_a_killed_process_had_stored_is_there() {
    let file = File::new();
    let mut other = Other::start("append", &file.path());
    other.wait_for("stored 20.");
    other.kill();
    let mut store = file.open();
    let stored = store.load(ID).unwrap();
    let length = u32::try_from(stored.records.len()).unwrap();
    assert!(length >= 20, "{length}");
    assert_eq!(stored, session(ID, length));
    store.append(ID, &noted(length + 1, "a note"), None).unwrap();
}

#[test]
fn processes_that_make_one_store_at_once_all_succeed() {
    for _ in 0..8 {
        let file = File::new();
        let others: Vec<Other> = (0..6).map(|_| Other::start("create", &file.path())).collect();
        std::fs::write(file.path().with_extension("go"), "").unwrap();
        for mut other in others {
            assert!(other.process.wait().unwrap().success());
        }
        check_sessions(&file, 6);
    }
}

#[test]
fn threads_that_make_one_store_at_once_all_succeed() {
    for _ in 0..100 {
        let file = File::new();
        let start = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    begin(&mut file.open(), &session(&new_id().unwrap(), 3));
                });
            }
        });
        check_sessions(&file, 4);
    }
}

#[test]
fn threads_that_claim_one_session_have_it_one_at_a_time() {
    let file = File::new();
    let held = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let store = file.open();
                for _ in 0..2_000 {
                    if let Ok(_claim) = store.claim(ID) {
                        assert!(!held.swap(true, Ordering::SeqCst), "two have the claim");
                        thread::yield_now();
                        held.store(false, Ordering::SeqCst);
                    }
                }
            });
        }
    });
}

fn check_sessions(file: &File, count: usize) {
    let listed = file.open().list(100).unwrap();
    assert_eq!(listed.len(), count);
    for stored in listed {
        let stored = stored.unwrap();
        assert_eq!(stored, session(&stored.id, 3));
    }
}

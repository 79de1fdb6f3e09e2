//! A home of its own for each test: nothing of the machine is seen, nothing of it is touched.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use rootwalk::catalog::{Catalog, Layers};
use rootwalk::flow::read;
use rootwalk::source::Source;
use rootwalk::store::{Sqlite, Store as _, Stored};
use rootwalk::walk::{Edition, Event, Session};
use tempfile::TempDir;

/// The program under test.
pub(crate) const ROOTWALK: &str = env!("CARGO_BIN_EXE_rootwalk");

/// A small flow, so that a whole walk can be compared.
pub(crate) const LAMP: &str = r#"#![enable(implicit_some)]
Flow(
    format: 1,
    id: "lamp-dark",
    error: (
        code: "L-1", title: "The lamp is dark", product: "Lamp", category: "power", severity: Low, meaning: "No light.",
        signatures: ["lamp is dark"], source: "made for tests", checked: "2026-11-20",
    ),
    causes: {
        "unplugged": (title: "The plug is out", why: "No current.", likelihood: Common, fix: ["plug-in"]),
        "switched-off": (title: "The switch is off", why: "No contact.", likelihood: Rare, fix: ["switch-on"]),
    },
    steps: {
        "look": (title: "Look at the plug", text: "It is behind the lamp.", effort: Minutes, risk: Safe),
        "plug-in": (title: "Put the plug in", text: "Push.", command: "plug --in", effort: Minutes, risk: Safe),
        "switch-on": (title: "Switch on", text: "Press.", effort: Minutes, risk: Safe),
    },
    start: "plugged-in",
    questions: {
        "plugged-in": (ask: "Is the plug in?", find_out: ["look"], yes: Ask("switched-on"), no: Cause("unplugged")),
        "switched-on": (ask: "Is the switch on?", yes: Escalate("Ask the maker."), no: Cause("switched-off")),
    },
    rehearsals: [
        (name: "out", answers: {"plugged-in": No}, ends: Cause("unplugged")),
        (name: "off", answers: {"plugged-in": Yes, "switched-on": No}, ends: Cause("switched-off")),
    ],
)
"#;

/// The lamp, with nothing that a good editor would ask for.
pub(crate) static GOOD_LAMP: LazyLock<String> = LazyLock::new(|| {
    ["plug-in", "switch-on"].iter().fold(LAMP.to_owned(), |text, step| {
        text.replace(&format!("fix: [\"{step}\"])"), &format!("fix: [\"{step}\"], verify: \"The lamp is lit.\")"))
    })
});

/// A folder that the program takes for the user's home, with its store and its flows.
#[derive(Debug)]
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Arc<Self> {
        let home = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(home.path("work")).expect("a folder");
        Arc::new(home)
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Where the program is started.
    pub(crate) fn work(&self) -> PathBuf {
        self.path("work")
    }

    pub(crate) fn store_path(&self) -> PathBuf {
        self.path("state/rootwalk/sessions.db")
    }

    /// Writes a file, and the folders it needs.
    pub(crate) fn write(&self, below: &str, text: &str) -> PathBuf {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the home")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path
    }

    /// The whole environment of a program that runs here.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let mut all = vec![
            ("PATH".to_owned(), "/usr/bin:/bin".to_owned()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            // Facts go stale in a year: to the tests it is always 2026-11-21.
            ("SOURCE_DATE_EPOCH".to_owned(), "1795219200".to_owned()),
        ];
        for (name, below) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("TMPDIR", "work"),
        ] {
            all.push((name.to_owned(), self.path(below).display().to_string()));
        }
        all
    }

    pub(crate) fn store(&self) -> Sqlite {
        Sqlite::open(&self.store_path()).expect("the store opens")
    }

    /// All sessions, the newest first.
    pub(crate) fn sessions(&self) -> Vec<Stored> {
        let listed = self.store().list(1000).expect("the store can be read");
        listed.into_iter().map(|stored| stored.expect("no session is damaged")).collect()
    }

    /// The only session.
    pub(crate) fn stored(&self) -> Stored {
        let mut sessions = self.sessions();
        assert_eq!(sessions.len(), 1, "there is one session");
        sessions.remove(0)
    }

    /// The only session, folded.
    pub(crate) fn session(&self) -> Session {
        fold(&self.stored())
    }

    /// What happened in the only session, but that it was left and gone on with.
    pub(crate) fn events(&self) -> Vec<Event> {
        events(&self.stored())
    }
}

/// What happened in a session, but that it began, was left and gone on with.
pub(crate) fn events(stored: &Stored) -> Vec<Event> {
    let is_frame = |event: &Event| matches!(event, Event::Started { .. } | Event::Paused { .. } | Event::Resumed);
    stored.records.iter().map(|record| record.event.clone()).filter(|event| !is_frame(event)).collect()
}

/// Folds a stored session from the texts that are stored with it.
pub(crate) fn fold(stored: &Stored) -> Session {
    let editions = stored.editions.iter().map(|edition| {
        let flow = read(&Source::new("stored", &*edition.text)).expect("what was walked can be read");
        Arc::new(Edition::new(flow, &*edition.text))
    });
    Session::fold(stored.id.clone(), editions.collect(), stored.records.clone()).expect("what is stored is legal")
}

/// A shipped flow.
pub(crate) fn shipped(id: &str) -> Arc<Edition> {
    Arc::new(Catalog::look(&Layers::default()).expect("built in").open(id).expect("a shipped flow is good").edition)
}

/// The text of a shipped flow with another title, so that one sees which file was walked.
pub(crate) fn retitled(id: &str, title: &str) -> String {
    let edition = shipped(id);
    let old = &edition.flow().error().title;
    edition.text().replacen(&format!("title: \"{old}\""), &format!("title: \"{title}\""), 1)
}

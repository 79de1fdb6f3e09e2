//! What every store promises.

use super::super::{Store, StoreError, Stored, new_id};
use super::{NOON, Shelf, begin, edition, every_event, handed_off, noted, record, session, started};
use crate::walk::Record;

/// Makes a test of each promise for the stores on a shelf.
macro_rules! holds_for {
    ($shelf:expr) => {
        contract::holds_for!($shelf,
            a_session_comes_back_as_it_was_stored
            what_was_appended_is_seen_by_others_at_once
            an_id_is_taken_once
            a_number_is_stored_once_and_the_second_writer_is_told
            a_gap_is_refused
            an_unknown_session_is_not_found
            a_session_without_its_text_is_not_stored
            a_text_that_is_not_its_hash_is_not_stored
            a_hand_off_brings_its_text_or_finds_it_there
            sessions_are_listed_by_their_last_event
            a_session_is_claimed_once
            the_beginning_of_an_id_is_enough_when_it_is_the_only_one
            a_session_goes_as_a_whole_and_leaves_the_others
            an_import_adds_what_is_lacking
            an_import_that_diverged_changes_nothing
            an_import_that_is_not_whole_changes_nothing
            what_is_no_id_gets_nowhere
            a_store_can_be_chosen_at_run_time
        );
    };
    ($shelf:expr, $($promise:ident)*) => {
        $(#[test]
        fn $promise() {
            contract::$promise(&$shelf);
        })*
    };
}
pub(super) use holds_for;

const ID: &str = "k7f3-9qmd";
const OTHER: &str = "k7f3-0000";

pub(super) fn a_session_comes_back_as_it_was_stored(shelf: &impl Shelf) {
    let events = every_event().into_iter().zip(2..).map(|(event, n)| record(n, NOON - i64::from(n), event));
    let mut records: Vec<Record> = std::iter::once(started("one")).chain(events).collect();
    records[4].by = Some("Žofie".to_owned());
    let mut store = shelf.open();
    store.begin(ID, &[edition("one")], &records[..2]).unwrap();
    for record in &records[2..] {
        store.append(ID, record, Some(&edition("two"))).unwrap();
    }
    drop(store);
    let expected = Stored { id: ID.to_owned(), editions: vec![edition("one"), edition("two")], records };
    assert_eq!(shelf.open().load(ID).unwrap(), expected);
}

pub(super) fn what_was_appended_is_seen_by_others_at_once(shelf: &impl Shelf) {
    let (mut store, other) = (shelf.open(), shelf.open());
    begin(&mut store, &session(ID, 1));
    for n in 2..9 {
        store.append(ID, &noted(n, "a note"), None).unwrap();
        assert_eq!(other.load(ID).unwrap(), session(ID, n));
    }
}

pub(super) fn a_session_goes_as_a_whole_and_leaves_the_others(shelf: &impl Shelf) {
    let mut store = shelf.open();
    begin(&mut store, &session(ID, 3));
    begin(&mut store, &session(OTHER, 2));
    store.append(ID, &handed_off(4, "two"), Some(&edition("two"))).unwrap();
    store.delete(ID).unwrap();
    assert!(matches!(store.load(ID), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.delete(ID), Err(StoreError::NotFound { .. })));
    assert_eq!(shelf.open().load(OTHER).unwrap(), session(OTHER, 2));
    // Its text went with it: a hand-off there has to bring it again.
    assert!(store.append(OTHER, &handed_off(3, "two"), None).is_err());
    begin(&mut store, &session(ID, 1));
    assert_eq!(store.load(ID).unwrap(), session(ID, 1));
}

pub(super) fn an_id_is_taken_once(shelf: &impl Shelf) {
    let mut store = shelf.open();
    begin(&mut store, &session(ID, 2));
    let error = store.begin(ID, &[edition("two")], &[started("two")]).unwrap_err();
    assert!(matches!(error, StoreError::Taken { session } if session == ID));
    assert_eq!(store.load(ID).unwrap(), session(ID, 2));
}

pub(super) fn a_number_is_stored_once_and_the_second_writer_is_told(shelf: &impl Shelf) {
    let (mut first, mut second) = (shelf.open(), shelf.open());
    begin(&mut first, &session(ID, 1));
    first.append(ID, &noted(2, "a note"), None).unwrap();
    for n in 1..=2 {
        let error = second.append(ID, &noted(n, "another"), None).unwrap_err();
        assert!(matches!(error, StoreError::Overtaken { session, n: told } if session == ID && told == n));
    }
    assert_eq!(first.load(ID).unwrap(), session(ID, 2));
}

pub(super) fn a_gap_is_refused(shelf: &impl Shelf) {
    let mut store = shelf.open();
    let check = |result: Result<(), StoreError>, number: u32, next: u32| match result {
        Err(StoreError::Gap { session, n, expected }) => assert_eq!((&*session, n, expected), (ID, number, next)),
        other => panic!("{other:?}"),
    };
    check(store.begin(ID, &[edition("one")], &[started("one"), noted(3, "a note")]), 3, 2);
    check(store.begin(ID, &[edition("one")], &[noted(2, "a note")]), 2, 1);
    assert!(matches!(store.begin(ID, &[], &[]), Err(StoreError::Damaged { .. })));
    begin(&mut store, &session(ID, 2));
    check(store.append(ID, &noted(4, "a note"), None), 4, 3);
    assert_eq!(store.load(ID).unwrap(), session(ID, 2));
}

pub(super) fn an_unknown_session_is_not_found(shelf: &impl Shelf) {
    let mut store = shelf.open();
    let check = |error| assert!(matches!(error, StoreError::NotFound { wanted } if wanted == ID));
    check(store.load(ID).unwrap_err());
    check(store.append(ID, &noted(1, "a note"), None).unwrap_err());
    check(store.resolve(ID).unwrap_err());
    assert_eq!(store.newest().unwrap(), None);
    assert!(store.list(10).unwrap().is_empty());
}

pub(super) fn a_session_without_its_text_is_not_stored(shelf: &impl Shelf) {
    let mut store = shelf.open();
    let error = store.begin(ID, &[edition("two")], &session(ID, 2).records).unwrap_err();
    assert_eq!(error.to_string(), "session `k7f3-9qmd` is damaged: the text of flow `one` is not there");
    assert!(matches!(store.load(ID), Err(StoreError::NotFound { .. })));
    assert_eq!(store.newest().unwrap(), None);
}

pub(super) fn a_text_that_is_not_its_hash_is_not_stored(shelf: &impl Shelf) {
    let mut store = shelf.open();
    let mut changed = session(ID, 1);
    changed.editions[0].text = "another text".into();
    let error = store.begin(ID, &changed.editions, &changed.records).unwrap_err();
    assert_eq!(error.to_string(), "session `k7f3-9qmd` is damaged: the text of flow `one` was changed");
    let mut renamed = session(ID, 1);
    renamed.editions[0].id = "two".to_owned();
    let error = store.begin(ID, &renamed.editions, &renamed.records).unwrap_err();
    assert_eq!(error.to_string(), "session `k7f3-9qmd` is damaged: the text of flow `one` belongs to flow `two`");
    begin(&mut store, &session(ID, 1));
}

pub(super) fn a_hand_off_brings_its_text_or_finds_it_there(shelf: &impl Shelf) {
    let mut store = shelf.open();
    begin(&mut store, &session(ID, 1));
    begin(&mut store, &session(OTHER, 1));
    let error = store.append(ID, &handed_off(2, "two"), None).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert_eq!(store.load(ID).unwrap(), session(ID, 1));
    store.append(ID, &handed_off(2, "two"), Some(&edition("two"))).unwrap();
    store.append(OTHER, &handed_off(2, "two"), None).unwrap();
    for id in [ID, OTHER] {
        assert_eq!(store.load(id).unwrap().editions, [edition("one"), edition("two")]);
    }
}

pub(super) fn sessions_are_listed_by_their_last_event(shelf: &impl Shelf) {
    let mut store = shelf.open();
    let [a, b, c] = ["aaaa-0001", "bbbb-0002", "cccc-0003"];
    let listed = |store: &dyn Store, limit| -> Vec<String> {
        store.list(limit).unwrap().into_iter().map(|listed| listed.unwrap().id).collect()
    };
    for id in [b, c, a] {
        begin(&mut store, &session(id, 1));
    }
    assert_eq!(listed(&store, 10), [a, b, c]);
    store.append(b, &noted(2, "a note"), None).unwrap();
    store.append(c, &noted(2, "a note"), None).unwrap();
    store.append(c, &noted(3, "a note"), None).unwrap();
    assert_eq!(listed(&store, 10), [c, b, a]);
    assert_eq!(listed(&store, 2), [c, b]);
    assert_eq!(listed(&store, 0), [""; 0]);
    assert_eq!(store.newest().unwrap().as_deref(), Some(c));
    assert_eq!(store.list(1).unwrap().remove(0).unwrap(), session(c, 3));
    // The clock was set back: the last event counts, not the latest time.
    let mut early = noted(4, "a note");
    early.at = record(4, NOON - 60_000, early.event.clone()).at;
    store.append(c, &early, None).unwrap();
    assert_eq!(listed(&store, 10), [b, a, c]);
}

pub(super) fn a_session_is_claimed_once(shelf: &impl Shelf) {
    let (first, second) = (shelf.open(), shelf.open());
    let claim = first.claim(ID).unwrap();
    for store in [&first, &second] {
        match store.claim(ID) {
            Err(StoreError::Busy { session, pid }) => assert_eq!((&*session, pid), (ID, Some(std::process::id()))),
            other => panic!("{other:?}"),
        }
    }
    let other = second.claim(OTHER).unwrap();
    drop(claim);
    let claim = second.claim(ID).unwrap();
    assert!(matches!(first.claim(ID), Err(StoreError::Busy { .. })));
    drop((claim, other));
    drop(first.claim(ID).unwrap());
}

pub(super) fn the_beginning_of_an_id_is_enough_when_it_is_the_only_one(shelf: &impl Shelf) {
    let mut store = shelf.open();
    for id in ["k7f3-9qmd", "k7f3-01zz", "zzzz-zzzz"] {
        begin(&mut store, &session(id, 1));
    }
    for (prefix, id) in [
        ("k7f3-9qmd", "k7f3-9qmd"),
        ("K7F39", "k7f3-9qmd"),
        ("k7f3-oI", "k7f3-01zz"),
        ("k7f30L", "k7f3-01zz"),
        ("z", "zzzz-zzzz"),
        ("zzzz-zzzz", "zzzz-zzzz"),
    ] {
        assert_eq!(store.resolve(prefix).unwrap(), id, "{prefix}");
    }
    for unknown in ["", "-", "k8", "k7f3-9qmda", "u", "%", "k7f3_9"] {
        assert!(matches!(store.resolve(unknown), Err(StoreError::NotFound { wanted }) if wanted == unknown));
    }
    match store.resolve("K7") {
        Err(StoreError::Ambiguous { prefix, matches }) => {
            assert_eq!((&*prefix, &*matches), ("K7", &["k7f3-01zz".to_owned(), "k7f3-9qmd".to_owned()][..]));
        }
        other => panic!("{other:?}"),
    }
}

pub(super) fn an_import_adds_what_is_lacking(shelf: &impl Shelf) {
    let mut store = shelf.open();
    assert_eq!(store.import(&session(ID, 2)).unwrap(), 2);
    assert_eq!(store.import(&session(ID, 2)).unwrap(), 0);
    assert_eq!(store.import(&session(ID, 1)).unwrap(), 0);
    assert_eq!(store.load(ID).unwrap(), session(ID, 2));
    let mut longer = session(ID, 4);
    longer.records.push(handed_off(5, "two"));
    longer.editions.push(edition("two"));
    assert_eq!(store.import(&longer).unwrap(), 3);
    assert_eq!(store.load(ID).unwrap(), longer);
    // Times are kept to the millisecond, so a finer one is no difference.
    longer.records[0].at += jiff::SignedDuration::from_micros(7);
    assert_eq!(store.import(&longer).unwrap(), 0);
}

pub(super) fn an_import_that_diverged_changes_nothing(shelf: &impl Shelf) {
    let mut store = shelf.open();
    begin(&mut store, &session(ID, 4));
    let check = |store: &mut dyn Store, change: &dyn Fn(&mut Record)| {
        let mut other = session(ID, 6);
        change(&mut other.records[2]);
        let error = store.import(&other).unwrap_err();
        assert!(matches!(error, StoreError::Diverged { session, n: 3 } if session == ID));
        assert_eq!(store.load(ID).unwrap(), session(ID, 4));
    };
    check(&mut store, &|record| record.event = noted(3, "another").event);
    check(&mut store, &|record| record.by = Some("somebody".to_owned()));
    check(&mut store, &|record| record.at = noted(2, "").at);
}

pub(super) fn an_import_that_is_not_whole_changes_nothing(shelf: &impl Shelf) {
    let mut store = shelf.open();
    let mut gap = session(ID, 3);
    gap.records.remove(1);
    assert!(matches!(store.import(&gap), Err(StoreError::Gap { n: 3, expected: 2, .. })));
    let mut textless = session(ID, 3);
    textless.editions.clear();
    assert!(matches!(store.import(&textless), Err(StoreError::Damaged { .. })));
    assert!(matches!(store.load(ID), Err(StoreError::NotFound { .. })));
}

pub(super) fn what_is_no_id_gets_nowhere(shelf: &impl Shelf) {
    let mut store = shelf.open();
    for id in ["", "../../etc", "K7F3-9QMD", "k7f39qmd", "opening"] {
        let bad = session(id, 1);
        for result in [
            store.begin(id, &bad.editions, &bad.records),
            store.append(id, &bad.records[0], None),
            store.load(id).map(drop),
            store.claim(id).map(drop),
            store.import(&bad).map(drop),
        ] {
            assert!(matches!(result, Err(StoreError::BadId { id: told }) if told == id));
        }
    }
}

pub(super) fn a_store_can_be_chosen_at_run_time(shelf: &impl Shelf) {
    fn walk_along(store: &mut dyn Store) {
        let id = new_id().unwrap();
        let stored = session(&id, 1);
        store.begin(&id, &stored.editions, &stored.records).unwrap();
        assert_eq!(store.newest().unwrap(), Some(id));
    }
    walk_along(&mut shelf.open());
}

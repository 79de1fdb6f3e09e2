-- A store of schema 2: one session of four events on two flows.
PRAGMA journal_mode=WAL;
PRAGMA application_id=1920429163;
PRAGMA user_version=2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE flow (
    hash TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO flow VALUES('470669663ac27ddd6eb6af7ab426d2950fdae1d8aec9a79dad5812d4982e703d','two','the text of two: žluť 宽 '' "');
INSERT INTO flow VALUES('b136c36dd19a71cde1ecaa06b8932711b55b6087860b47afbf6e53ad69d660a0','one','the text of one: žluť 宽 '' "');
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    -- Time of the last event; the trigger below keeps it.
    last_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO session VALUES('k7f3-9qmd',1790000000127);
CREATE TABLE event (
    session TEXT NOT NULL REFERENCES session (id),
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT,
    event TEXT NOT NULL,
    PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;
INSERT INTO event VALUES('k7f3-9qmd',1,1790000000123,NULL,'{"kind":"started","flow":{"id":"one","hash":"b136c36dd19a71cde1ecaa06b8932711b55b6087860b47afbf6e53ad69d660a0"},"about":{"ticket":"T-1","agent":null,"customer":null,"symptom":null,"desk":true},"program":"0.1.0"}');
INSERT INTO event VALUES('k7f3-9qmd',2,1790000000125,'Žofie','{"kind":"noted","note":"note","text":"a note"}');
INSERT INTO event VALUES('k7f3-9qmd',3,1790000000126,NULL,'{"kind":"handed-off","to":{"id":"two","hash":"470669663ac27ddd6eb6af7ab426d2950fdae1d8aec9a79dad5812d4982e703d"}}');
INSERT INTO event VALUES('k7f3-9qmd',4,1790000000127,NULL,'{"kind":"pasted","pasted":{"text":"pwd=[password 1] failed","masked":[{"kind":"password","count":1}]}}');
CREATE INDEX session_newest ON session (last_at DESC, id);
CREATE TRIGGER event_is_next BEFORE INSERT ON event
WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM event WHERE session = NEW.session)
BEGIN
    SELECT RAISE(ABORT, 'events are numbered from 1 without gaps');
END;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM session WHERE id = OLD.session)
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;
CREATE TRIGGER event_is_newest AFTER INSERT ON event
BEGIN
    UPDATE session SET last_at = NEW.at WHERE id = NEW.session;
END;
COMMIT;

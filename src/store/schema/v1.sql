-- Schema 1. A step is never changed once it has shipped: stores on disk were made by it.

-- The texts that sessions walk, each once.
CREATE TABLE flow (
    hash TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    -- Time of the last event; the trigger below keeps it.
    last_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX session_newest ON session (last_at DESC, id);

-- What happened: times in milliseconds since 1970, UTC; events as JSON.
CREATE TABLE event (
    session TEXT NOT NULL REFERENCES session (id),
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT,
    event TEXT NOT NULL,
    PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

-- Without gaps, and so that no `INSERT OR REPLACE` gets past the two triggers below it.
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
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;

CREATE TRIGGER event_is_newest AFTER INSERT ON event
BEGIN
    UPDATE session SET last_at = NEW.at WHERE id = NEW.session;
END;

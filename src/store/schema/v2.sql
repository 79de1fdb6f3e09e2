-- Schema 2. Events say that a text was pasted, which a program of schema 1 does not know; a session can go as a whole.

DROP TRIGGER event_is_not_deleted;

-- A session goes first, with its foreign keys deferred, then its events: no event goes alone.
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM session WHERE id = OLD.session)
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;

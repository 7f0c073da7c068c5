"""Triggers of the commission: votes and rolls stay, votes come while voting is open, a closed session is over."""

from __future__ import annotations

from calendar_app.guards.topic_lists import frozen

SESSION_EDGES = """
CREATE FUNCTION calendar_app_session_edges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state IN ('closed', 'cancelled') THEN
        RAISE EXCEPTION 'a session that is over does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.version_id <> OLD.version_id OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('planned', 'materials_sent'), ('materials_sent', 'open'), ('open', 'closed'),
            ('planned', 'cancelled'), ('materials_sent', 'cancelled'))) THEN
        RAISE EXCEPTION 'a session cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER session_edges BEFORE UPDATE OR DELETE ON calendar_app_session
    FOR EACH ROW EXECUTE FUNCTION calendar_app_session_edges();
CREATE FUNCTION calendar_app_session_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM calendar_app_session WHERE id = NEW.session_id AND state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'voting is not open' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vote_while_open BEFORE INSERT ON calendar_app_vote
    FOR EACH ROW EXECUTE FUNCTION calendar_app_session_open();
CREATE TRIGGER roll_while_open BEFORE INSERT ON calendar_app_rollentry
    FOR EACH ROW EXECUTE FUNCTION calendar_app_session_open();
"""

CREATE = SESSION_EDGES + frozen("vote", "rollentry")

# A session without a quorum is called off although voting had begun; the act that puts an approved calendar
# into force may come after the session, once. A link made for a member is never given to another one.
LATER_EDGES = """
CREATE OR REPLACE FUNCTION calendar_app_session_edges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'closed' AND OLD.decision = 'approved' AND OLD.act = '' AND NEW.act <> ''
        AND to_jsonb(NEW) - '{act,revision}'::text[] = to_jsonb(OLD) - '{act,revision}'::text[] THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' OR OLD.state IN ('closed', 'cancelled') THEN
        RAISE EXCEPTION 'a session that is over does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.version_id <> OLD.version_id OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('planned', 'materials_sent'), ('materials_sent', 'open'), ('open', 'closed'),
            ('planned', 'cancelled'), ('materials_sent', 'cancelled'), ('open', 'cancelled'))) THEN
        RAISE EXCEPTION 'a session cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION calendar_app_reading_link_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - '{browsers,replaced_at}'::text[] <> to_jsonb(OLD) - '{browsers,replaced_at}'::text[]
        OR (OLD.replaced_at IS NOT NULL AND NEW.replaced_at IS DISTINCT FROM OLD.replaced_at) THEN
        RAISE EXCEPTION 'a reading link stays as it was made'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reading_link_stays BEFORE UPDATE ON calendar_app_readinglink
    FOR EACH ROW EXECUTE FUNCTION calendar_app_reading_link_stays();
"""

DROP_LATER_EDGES = """
DROP FUNCTION calendar_app_reading_link_stays() CASCADE;
""" + SESSION_EDGES[: SESSION_EDGES.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)

DROP = """
DROP TRIGGER vote_frozen ON calendar_app_vote;
DROP TRIGGER vote_not_emptied ON calendar_app_vote;
DROP TRIGGER rollentry_frozen ON calendar_app_rollentry;
DROP TRIGGER rollentry_not_emptied ON calendar_app_rollentry;
DROP FUNCTION calendar_app_session_open() CASCADE;
DROP FUNCTION calendar_app_session_edges() CASCADE;
"""

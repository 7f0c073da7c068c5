"""Triggers of duties: a duty stays the duty it is, and the trace of its terms stays."""

from __future__ import annotations

from calendar_app.guards.topic_lists import frozen

OBLIGATION_STAYS = """
CREATE FUNCTION calendar_app_obligation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.kind, NEW.subject, NEW.body_id, NEW.half_year, NEW.round, NEW.opened_at)
       IS DISTINCT FROM
       (OLD.kind, OLD.subject, OLD.body_id, OLD.half_year, OLD.round, OLD.opened_at) THEN
        RAISE EXCEPTION 'a duty stays the duty it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.done_at IS NOT NULL AND NEW.due IS DISTINCT FROM OLD.due THEN
        RAISE EXCEPTION 'the term of a duty that was done does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER obligation_stays BEFORE UPDATE OR DELETE ON calendar_app_obligation
    FOR EACH ROW EXECUTE FUNCTION calendar_app_obligation_stays();
"""

CREATE = OBLIGATION_STAYS + frozen("termchange")

EXTENSIONS = frozen("termextension")

DROP_EXTENSIONS = """
DROP TRIGGER termextension_frozen ON calendar_app_termextension;
DROP TRIGGER termextension_not_emptied ON calendar_app_termextension;
"""

DROP = """
DROP TRIGGER termchange_frozen ON calendar_app_termchange;
DROP TRIGGER termchange_not_emptied ON calendar_app_termchange;
DROP FUNCTION calendar_app_obligation_stays() CASCADE;
"""

"""Triggers of lists that the authorised body enters by letter: what counts is the letter, and objections are heard."""

from __future__ import annotations

from calendar_app.guards.topic_lists import frozen

# When a list came is said by its letter and by nobody else; without one it came when it was submitted.
CAME = """
CREATE FUNCTION calendar_app_submission_came() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    received timestamptz;
BEGIN
    SELECT received_at INTO received FROM calendar_app_signedletter WHERE id = NEW.letter_id;
    IF NEW.came_at IS DISTINCT FROM received THEN
        RAISE EXCEPTION 'a submission came when its letter was registered, or when it was made'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submission_came BEFORE INSERT ON calendar_app_submission
    FOR EACH ROW EXECUTE FUNCTION calendar_app_submission_came();
"""

# What a list is entered from is a letter of its own akimat that came to the authorised body.
ENTRY_FITS = """
CREATE FUNCTION calendar_app_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.entry_letter_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM calendar_app_signedletter
            WHERE id = NEW.entry_letter_id AND body_id = NEW.akimat_id AND act = 'topic_list'
              AND received_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a list is entered from a letter of its own akimat that came'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER topic_list_entry_fits BEFORE INSERT OR UPDATE OF entry_letter_id ON calendar_app_topiclist
    FOR EACH ROW EXECUTE FUNCTION calendar_app_entry_fits();
"""

# Who submitted by itself has nothing to object to.
OBJECTION_FITS = """
CREATE FUNCTION calendar_app_objection_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM calendar_app_submission
                   WHERE id = NEW.submission_id AND came_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an objection is to what was entered by letter'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entryobjection_fits BEFORE INSERT ON calendar_app_entryobjection
    FOR EACH ROW EXECUTE FUNCTION calendar_app_objection_fits();
"""

OBJECTIONS_HEARD = """
CREATE FUNCTION calendar_app_objections_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'accepted' AND EXISTS (
            SELECT 1 FROM calendar_app_entryobjection o
            LEFT JOIN calendar_app_objectionanswer a ON a.objection_id = o.id
            WHERE o.submission_id = NEW.submission_id AND a.id IS NULL) THEN
        RAISE EXCEPTION 'a list is not accepted while an objection has no answer'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_objections_heard BEFORE INSERT ON calendar_app_review
    FOR EACH ROW EXECUTE FUNCTION calendar_app_objections_heard();
"""

CREATE = CAME + ENTRY_FITS + frozen("entryobjection", "objectionanswer") + OBJECTION_FITS + OBJECTIONS_HEARD

DROP = """
DROP FUNCTION calendar_app_objections_heard() CASCADE;
DROP FUNCTION calendar_app_objection_fits() CASCADE;
DROP FUNCTION calendar_app_entry_fits() CASCADE;
DROP FUNCTION calendar_app_submission_came() CASCADE;
DROP TRIGGER entryobjection_frozen ON calendar_app_entryobjection;
DROP TRIGGER entryobjection_not_emptied ON calendar_app_entryobjection;
DROP TRIGGER objectionanswer_frozen ON calendar_app_objectionanswer;
DROP TRIGGER objectionanswer_not_emptied ON calendar_app_objectionanswer;
"""

# (table, trigger), for the check that guards are in place.
GUARDS = (
    *(
        (f"calendar_app_{table}", f"{table}_{kept}")
        for table in ("entryobjection", "objectionanswer")
        for kept in ("frozen", "not_emptied")
    ),
    ("calendar_app_submission", "submission_came"),
    ("calendar_app_topiclist", "topic_list_entry_fits"),
    ("calendar_app_entryobjection", "entryobjection_fits"),
    ("calendar_app_review", "review_objections_heard"),
)

"""Triggers of signed letters: what was recorded stays, and is recorded now."""

from __future__ import annotations

from calendar_app.guards.topic_lists import frozen

# The instant of entering comes from the act; outside a demonstration it may not stray from the clock of the
# database. When the letter itself came is another fact, kept apart.
ENTERED_NOW = """
CREATE FUNCTION calendar_app_letter_entered_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF abs(extract(epoch FROM NEW.entered_at - clock_timestamp())) > 60
       AND NOT EXISTS (SELECT 1 FROM calendar_app_demonstration) THEN
        RAISE EXCEPTION 'a signed letter cannot be entered back or ahead of its time'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_letter_entered_now BEFORE INSERT ON calendar_app_signedletter
    FOR EACH ROW EXECUTE FUNCTION calendar_app_letter_entered_now();
"""

# What a submission rests on was signed by its own akimat for just such an act.
FITS_SUBMISSION = """
CREATE FUNCTION calendar_app_letter_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.letter_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM calendar_app_signedletter s
            JOIN calendar_app_topiclist l ON l.akimat_id = s.body_id
            WHERE s.id = NEW.letter_id AND l.id = NEW.topic_list_id AND s.act = 'topic_list') THEN
        RAISE EXCEPTION 'a submission rests on a letter of its own akimat only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submission_letter_fits BEFORE INSERT ON calendar_app_submission
    FOR EACH ROW EXECUTE FUNCTION calendar_app_letter_fits();
"""

CREATE = frozen("signedfile", "signedletter") + ENTERED_NOW + FITS_SUBMISSION

DROP = """
DROP FUNCTION calendar_app_letter_fits() CASCADE;
DROP FUNCTION calendar_app_letter_entered_now() CASCADE;
DROP TRIGGER signedfile_frozen ON calendar_app_signedfile;
DROP TRIGGER signedfile_not_emptied ON calendar_app_signedfile;
DROP TRIGGER signedletter_frozen ON calendar_app_signedletter;
DROP TRIGGER signedletter_not_emptied ON calendar_app_signedletter;
"""

# (table, trigger), for the check that guards are in place.
GUARDS = (
    *(
        (f"calendar_app_{table}", f"{table}_{kept}")
        for table in ("signedfile", "signedletter")
        for kept in ("frozen", "not_emptied")
    ),
    ("calendar_app_signedletter", "signed_letter_entered_now"),
    ("calendar_app_submission", "submission_letter_fits"),
)

"""Triggers of coordination: an answer rests on a letter of its own ministry, written for just such an act."""

from __future__ import annotations

CREATE = """
CREATE FUNCTION calendar_app_answer_letter_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.letter_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM calendar_app_signedletter s
            WHERE s.id = NEW.letter_id AND s.body_id = NEW.body_id AND s.act = 'coordination') THEN
        RAISE EXCEPTION 'an answer rests on a letter of its own ministry only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answer_letter_fits BEFORE INSERT OR UPDATE ON calendar_app_coordinationanswer
    FOR EACH ROW EXECUTE FUNCTION calendar_app_answer_letter_fits();
"""

DROP = "DROP FUNCTION calendar_app_answer_letter_fits() CASCADE;"

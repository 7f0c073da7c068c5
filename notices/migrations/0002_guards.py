"""A letter moves along known edges only, and what makes it this letter never changes."""

from django.db import migrations

CREATE = """
CREATE FUNCTION notices_letter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.key, NEW.kind, NEW.recipient_key, NEW.language, NEW.message_id, NEW.created_at)
       IS DISTINCT FROM
       (OLD.key, OLD.kind, OLD.recipient_key, OLD.language, OLD.message_id, OLD.created_at) THEN
        RAISE EXCEPTION 'a letter stays the letter that was queued'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.attempts < OLD.attempts OR NEW.doubts < OLD.doubts THEN
        RAISE EXCEPTION 'attempts of a letter are only added'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('queued', 'sending'), ('in_doubt', 'sending'),
        ('sending', 'sent'), ('sending', 'shown'), ('sending', 'failed'),
        ('sending', 'queued'), ('sending', 'in_doubt'),
        ('failed', 'queued')
    ) THEN
        RAISE EXCEPTION 'a letter does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER letter_guard BEFORE UPDATE ON notices_letter
    FOR EACH ROW EXECUTE FUNCTION notices_letter_guard();
"""

DROP = """
DROP TRIGGER letter_guard ON notices_letter;
DROP FUNCTION notices_letter_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]

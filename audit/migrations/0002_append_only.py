"""The journal only grows, and only at its end: the database refuses everything else, whoever asks."""

from django.db import migrations

CONTINUE = """
CREATE FUNCTION audit_continue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last audit_head%ROWTYPE;
BEGIN
    SELECT * INTO last FROM audit_head WHERE id = 1 FOR UPDATE;
    IF NOT FOUND THEN
        IF NEW.number <> 1 OR NEW.previous_hash <> repeat('0', 64) THEN
            RAISE EXCEPTION 'journal: the first entry has number 1' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        INSERT INTO audit_head (id, number, hash) VALUES (1, NEW.number, NEW.hash);
        RETURN NEW;
    END IF;
    IF NEW.number <> last.number + 1 OR NEW.previous_hash <> last.hash THEN
        RAISE EXCEPTION 'journal: entry % does not continue entry %', NEW.number, last.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE audit_head SET number = NEW.number, hash = NEW.hash WHERE id = 1;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_continue BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_continue();
"""
UNDO_CONTINUE = """
DROP TRIGGER audit_entry_continue ON audit_entry;
DROP FUNCTION audit_continue();
"""

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal: % on % is refused, entries are only ever added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_only_by_entry BEFORE INSERT OR UPDATE ON audit_head
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION audit_refuse();
"""
UNDO_REFUSE = """
DROP TRIGGER audit_head_only_by_entry ON audit_head;
DROP TRIGGER audit_head_no_truncate ON audit_head;
DROP TRIGGER audit_head_no_delete ON audit_head;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_entry_no_change ON audit_entry;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(CONTINUE, UNDO_CONTINUE),
        migrations.RunSQL(REFUSE, UNDO_REFUSE),
    ]

"""Triggers of imports: states move along their edges only, and a settled import keeps nothing of its files."""

from __future__ import annotations


def _edges(*kept: str) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in kept) for row in ("NEW", "OLD"))
    return f"""
CREATE OR REPLACE FUNCTION calendar_app_import_edges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'uploaded' THEN
            RAISE EXCEPTION 'an import begins as uploaded'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF ({new}) IS DISTINCT FROM ({old}) THEN
        RAISE EXCEPTION 'an import stays with its list and its maker'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('uploaded', 'reading'), ('reading', 'uploaded'), ('reading', 'read'), ('reading', 'failed'),
            ('read', 'uploaded'), ('failed', 'uploaded'), ('read', 'taken'),
            ('uploaded', 'dropped'), ('reading', 'dropped'), ('read', 'dropped'), ('failed', 'dropped')) THEN
        RAISE EXCEPTION 'an import cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


IMPORT_EDGES = (
    _edges("topic_list_id", "kind", "made_by_id", "made_at")
    + """
CREATE TRIGGER import_edges BEFORE INSERT OR UPDATE ON calendar_app_import
    FOR EACH ROW EXECUTE FUNCTION calendar_app_import_edges();
"""
)
# Since imports belong to a working copy or a ministry too.
OWNED_EDGES = _edges("topic_list_id", "plan_id", "body_id", "kind", "made_by_id", "made_at")
LIST_EDGES = _edges("topic_list_id", "kind", "made_by_id", "made_at")

SETTLED_KEEPS_NOTHING = """
CREATE FUNCTION calendar_app_import_file_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM calendar_app_import
               WHERE id = NEW.batch_id AND state IN ('taken', 'dropped')) THEN
        RAISE EXCEPTION 'a settled import takes no files'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_file_open BEFORE INSERT OR UPDATE ON calendar_app_importfile
    FOR EACH ROW EXECUTE FUNCTION calendar_app_import_file_open();
"""

CREATE = IMPORT_EDGES + SETTLED_KEEPS_NOTHING

DROP = """
DROP FUNCTION calendar_app_import_file_open() CASCADE;
DROP FUNCTION calendar_app_import_edges() CASCADE;
"""

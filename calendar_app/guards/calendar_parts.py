"""What triggers of calendars learnt later: every way into a submitted version is shut, instants stay as told."""

from __future__ import annotations

from calendar_app.guards.calendars import ATTENDANCE, PLANS_FROZEN, VERSION_EDGES

_BEGIN, _END = "CREATE FUNCTION", "END $$;"


def _replaced(sql: str, name: str, former: str, present: str) -> tuple[str, str]:
    """(SQL that replaces the function with one that differs in one place, SQL that brings the former back)."""
    start = sql.index(f"{_BEGIN} {name}(")
    made = (
        sql[start : sql.index(_END, start) + len(_END)].replace(_BEGIN, "CREATE OR REPLACE FUNCTION") + "\n"
    )
    if made.count(former) != 1:
        raise ValueError(f"{name} is not as it was")
    return made.replace(former, present), made


# Neither may an attendance be taken out of a frozen plan into an open one, nor any other part of a meeting.
_FOLLOWS = _replaced(
    ATTENDANCE,
    "calendar_app_attendance_follows",
    "        PERFORM calendar_app_plan_open(plan.version_id);\n    END IF;\n    RETURN NEW;",
    """        PERFORM calendar_app_plan_open(plan.version_id);
        IF TG_OP = 'UPDATE' THEN
            PERFORM calendar_app_plan_open(version_id) FROM calendar_app_plannedmeeting
                WHERE id = OLD.planned_id;
        END IF;
    END IF;
    RETURN NEW;""",
)
_PART = _replaced(
    PLANS_FROZEN,
    "calendar_app_part_frozen",
    "    RETURN CASE TG_OP",
    """    IF TG_OP = 'UPDATE' AND NEW.planned_id <> OLD.planned_id THEN
        SELECT version_id INTO key FROM calendar_app_plannedmeeting WHERE id = NEW.planned_id;
        PERFORM calendar_app_plan_open(key);
    END IF;
    RETURN CASE TG_OP""",
)
_EDGES = _replaced(
    VERSION_EDGES,
    "calendar_app_version_edges",
    "          OR (OLD.in_force_from IS NOT NULL",
    """          OR (OLD.decided_at IS NOT NULL AND NEW.decided_at IS DISTINCT FROM OLD.decided_at)
          OR (OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at)
          OR (OLD.in_force_from IS NOT NULL""",
)

# What was asked and what was brought along as a disagreement is part of what the commission decides on.
_ROUNDS = """
CREATE TRIGGER coordination_round_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_coordinationround
    FOR EACH ROW EXECUTE FUNCTION calendar_app_plan_frozen();
CREATE FUNCTION calendar_app_disagreement_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Inside a removed meeting the answer is gone already: its own trigger has asked.
    IF TG_OP <> 'INSERT' THEN
        PERFORM calendar_app_plan_open(p.version_id) FROM calendar_app_coordinationanswer a
            JOIN calendar_app_plannedmeeting p ON p.id = a.planned_id WHERE a.id = OLD.answer_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM calendar_app_plan_open(p.version_id) FROM calendar_app_coordinationanswer a
            JOIN calendar_app_plannedmeeting p ON p.id = a.planned_id WHERE a.id = NEW.answer_id;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER disagreement_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_disagreement
    FOR EACH ROW EXECUTE FUNCTION calendar_app_disagreement_frozen();
"""

_TABLES = (
    "plannedmeeting", "attendance", "plannedtopic", "coordinationanswer", "coordinationround", "disagreement",
    "leftoutitem", "acceptedwarning",
)  # fmt: skip
_NOT_EMPTIED = "".join(
    f"""
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON calendar_app_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_app_refuse_change();
"""
    for table in _TABLES
)

CREATE = _FOLLOWS[0] + _PART[0] + _EDGES[0] + _ROUNDS + _NOT_EMPTIED

DROP = (
    "".join(f"DROP TRIGGER {table}_not_emptied ON calendar_app_{table};\n" for table in _TABLES)
    + "DROP FUNCTION calendar_app_disagreement_frozen() CASCADE;\n"
    + "DROP TRIGGER coordination_round_frozen ON calendar_app_coordinationround;\n"
    + _FOLLOWS[1]
    + _PART[1]
    + _EDGES[1]
)

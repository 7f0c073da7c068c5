"""Triggers of calendars: versions move along their edges, and from submission on nothing in them changes."""

from __future__ import annotations

from calendar_app.guards.topic_lists import frozen

VERSION_EDGES = """
CREATE FUNCTION calendar_app_version_edges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version of a calendar is never deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'working' THEN
            RAISE EXCEPTION 'a version begins as a working copy'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.calendar_id <> OLD.calendar_id OR NEW.number <> OLD.number
          OR NEW.based_on_id IS DISTINCT FROM OLD.based_on_id
          OR (OLD.submitted_at IS NOT NULL AND NEW.submitted_at IS DISTINCT FROM OLD.submitted_at)
          OR (OLD.in_force_from IS NOT NULL AND NEW.in_force_from IS DISTINCT FROM OLD.in_force_from) THEN
        RAISE EXCEPTION 'what is known of a version stays'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('working', 'coordination'), ('coordination', 'submitted'), ('submitted', 'approved'),
            ('submitted', 'returned'), ('approved', 'in_force'), ('in_force', 'superseded')) THEN
        RAISE EXCEPTION 'a version cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_edges BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_calendarversion
    FOR EACH ROW EXECUTE FUNCTION calendar_app_version_edges();
"""

# The row of the version is share-locked: who submits it waits for statements that still write into it.
PLANS_FROZEN = """
CREATE FUNCTION calendar_app_plan_open(key bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    known text;
BEGIN
    SELECT state INTO known FROM calendar_app_calendarversion WHERE id = key FOR SHARE;
    IF known NOT IN ('working', 'coordination') THEN
        RAISE EXCEPTION 'a submitted version of a calendar is frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
CREATE FUNCTION calendar_app_plan_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM calendar_app_plan_open(OLD.version_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM calendar_app_plan_open(NEW.version_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION calendar_app_part_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.planned_id ELSE OLD.planned_id END;
    key bigint;
BEGIN
    -- Inside a removed meeting the plan is gone already: its own trigger has asked.
    SELECT version_id INTO key FROM calendar_app_plannedmeeting WHERE id = owner;
    IF key IS NOT NULL THEN
        PERFORM calendar_app_plan_open(key);
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER planned_meeting_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_plannedmeeting
    FOR EACH ROW EXECUTE FUNCTION calendar_app_plan_frozen();
CREATE TRIGGER left_out_item_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_leftoutitem
    FOR EACH ROW EXECUTE FUNCTION calendar_app_plan_frozen();
CREATE TRIGGER accepted_warning_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_acceptedwarning
    FOR EACH ROW EXECUTE FUNCTION calendar_app_plan_frozen();
CREATE TRIGGER planned_topic_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_plannedtopic
    FOR EACH ROW EXECUTE FUNCTION calendar_app_part_frozen();
CREATE TRIGGER coordination_answer_frozen BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_coordinationanswer
    FOR EACH ROW EXECUTE FUNCTION calendar_app_part_frozen();
"""

# Version, times and marks of an attendance are those of its planned meeting; the person who holds the post
# may become another one at any time (procedure, section 1), nothing else once the plan is frozen.
ATTENDANCE = """
CREATE FUNCTION calendar_app_attendance_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan calendar_app_plannedmeeting;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT * INTO plan FROM calendar_app_plannedmeeting WHERE id = OLD.planned_id;
        IF plan.id IS NOT NULL THEN
            PERFORM calendar_app_plan_open(plan.version_id);
        END IF;
        RETURN OLD;
    END IF;
    SELECT * INTO plan FROM calendar_app_plannedmeeting WHERE id = NEW.planned_id;
    NEW.version_id := plan.version_id;
    NEW.starts := plan.starts;
    NEW.ends := plan.ends;
    NEW.binding := plan.binding;
    NEW.cancelled := plan.cancelled;
    IF TG_OP = 'INSERT' OR (OLD.planned_id, OLD.body_id, OLD.post_id, OLD.position)
            IS DISTINCT FROM (NEW.planned_id, NEW.body_id, NEW.post_id, NEW.position) THEN
        PERFORM calendar_app_plan_open(plan.version_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_follows BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_attendance
    FOR EACH ROW EXECUTE FUNCTION calendar_app_attendance_follows();
CREATE FUNCTION calendar_app_plan_leads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE calendar_app_attendance SET planned_id = planned_id WHERE planned_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER planned_meeting_leads AFTER UPDATE OF starts, ends, binding, cancelled
    ON calendar_app_plannedmeeting FOR EACH ROW
    WHEN ((OLD.starts, OLD.ends, OLD.binding, OLD.cancelled)
          IS DISTINCT FROM (NEW.starts, NEW.ends, NEW.binding, NEW.cancelled))
    EXECUTE FUNCTION calendar_app_plan_leads();
"""

NUMBERS_STAY = """
CREATE FUNCTION calendar_app_meeting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.number IS DISTINCT FROM OLD.number) THEN
        RAISE EXCEPTION 'the number % is given for good', OLD.number
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'UPDATE' AND (NEW.uid <> OLD.uid OR NEW.calendar_id <> OLD.calendar_id) THEN
        RAISE EXCEPTION 'a meeting keeps its identity' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER meeting_stays BEFORE UPDATE OR DELETE ON calendar_app_meeting
    FOR EACH ROW EXECUTE FUNCTION calendar_app_meeting_stays();
"""

# As for lists: outside a demonstration nothing is dated back or ahead.
SUBMITTED_NOW = """
CREATE TRIGGER calendar_submission_submitted_now BEFORE INSERT ON calendar_app_calendarsubmission
    FOR EACH ROW EXECUTE FUNCTION calendar_app_submitted_now();
"""

CREATE = (
    VERSION_EDGES + PLANS_FROZEN + ATTENDANCE + NUMBERS_STAY + SUBMITTED_NOW + frozen("calendarsubmission")
)

DROP = """
DROP TRIGGER calendarsubmission_frozen ON calendar_app_calendarsubmission;
DROP TRIGGER calendarsubmission_not_emptied ON calendar_app_calendarsubmission;
DROP TRIGGER calendar_submission_submitted_now ON calendar_app_calendarsubmission;
DROP FUNCTION calendar_app_meeting_stays() CASCADE;
DROP FUNCTION calendar_app_plan_leads() CASCADE;
DROP FUNCTION calendar_app_attendance_follows() CASCADE;
DROP FUNCTION calendar_app_part_frozen() CASCADE;
DROP FUNCTION calendar_app_plan_frozen() CASCADE;
DROP FUNCTION calendar_app_plan_open(bigint) CASCADE;
DROP FUNCTION calendar_app_version_edges() CASCADE;
"""

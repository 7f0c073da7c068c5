"""Triggers of proposed meetings: each stays in its region and half-year, and as it was submitted."""

from __future__ import annotations

# Whatever hangs on a list that lies with the authorised body is what was submitted.
LOCKED = """
CREATE FUNCTION calendar_app_proposed_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    list_id bigint := one ->> 'topic_list_id';
BEGIN
    IF TG_TABLE_NAME <> 'calendar_app_proposedmeeting' THEN
        SELECT m.topic_list_id INTO list_id FROM calendar_app_proposedmeeting m
        WHERE m.id = coalesce(one ->> 'meeting_id', one ->> 'proposedmeeting_id')::bigint;
    END IF;
    IF EXISTS (SELECT 1 FROM calendar_app_topiclist
               WHERE id = list_id AND state IN ('submitted', 'accepted')) THEN
        RAISE EXCEPTION 'proposed meetings of a submitted list are not changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

# (table without the app, trigger)
TABLES = (
    ("proposedmeeting", "proposed_meeting_locked"),
    ("proposedwindow", "proposed_window_locked"),
    ("proposedmeeting_topics", "proposed_topics_locked"),
    ("proposedmeeting_ministries", "proposed_ministries_locked"),
)
LOCKS = "".join(
    f"""
CREATE TRIGGER {trigger} BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_{table}
    FOR EACH ROW EXECUTE FUNCTION calendar_app_proposed_locked();
"""
    for table, trigger in TABLES
)

# A place where meetings can be held, and a hall of the akimat, both in its region.
AT_HOME = """
CREATE FUNCTION calendar_app_proposed_at_home() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner regions_body;
BEGIN
    SELECT b.* INTO owner FROM calendar_app_topiclist l JOIN regions_body b ON b.code = l.akimat_id
    WHERE l.id = NEW.topic_list_id;
    IF NEW.place_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM regions_territory
            WHERE code = NEW.place_id AND region_id = owner.region_id AND selectable) THEN
        RAISE EXCEPTION 'proposed meeting: no meeting of % can be held in %', owner.code, NEW.place_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.hall_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM regions_hall WHERE id = NEW.hall_id AND owner_id = owner.code) THEN
        RAISE EXCEPTION 'proposed meeting: the hall is not one of %', owner.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposed_meeting_at_home BEFORE INSERT OR UPDATE ON calendar_app_proposedmeeting
    FOR EACH ROW EXECUTE FUNCTION calendar_app_proposed_at_home();
"""

OWN_TOPICS = """
CREATE FUNCTION calendar_app_proposed_own_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM calendar_app_topic t JOIN calendar_app_proposedmeeting m
                   ON m.topic_list_id = t.topic_list_id
                   WHERE t.id = NEW.topic_id AND m.id = NEW.proposedmeeting_id) THEN
        RAISE EXCEPTION 'proposed meeting: the topic belongs to another list'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposed_own_topics BEFORE INSERT OR UPDATE ON calendar_app_proposedmeeting_topics
    FOR EACH ROW EXECUTE FUNCTION calendar_app_proposed_own_topics();
"""

MINISTRIES = """
CREATE FUNCTION calendar_app_proposed_ministries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM regions_body WHERE code = NEW.body_id AND kind = 'ministry') THEN
        RAISE EXCEPTION 'proposed meeting: % is no ministry', NEW.body_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposed_ministries BEFORE INSERT OR UPDATE ON calendar_app_proposedmeeting_ministries
    FOR EACH ROW EXECUTE FUNCTION calendar_app_proposed_ministries();
"""

IN_HALF_YEAR = """
CREATE FUNCTION calendar_app_proposed_in_half_year() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    code text;
    first date;
    last date;
BEGIN
    SELECT l.half_year INTO code FROM calendar_app_proposedmeeting m
    JOIN calendar_app_topiclist l ON l.id = m.topic_list_id WHERE m.id = NEW.meeting_id;
    first := make_date(left(code, 4)::int, CASE right(code, 1) WHEN '1' THEN 1 ELSE 7 END, 1);
    last := first + interval '6 months' - interval '1 day';
    IF coalesce(NEW.day, NEW.first_day) < first OR coalesce(NEW.day, NEW.last_day) > last THEN
        RAISE EXCEPTION 'proposed meeting: a time outside the half-year %', code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposed_in_half_year BEFORE INSERT OR UPDATE ON calendar_app_proposedwindow
    FOR EACH ROW EXECUTE FUNCTION calendar_app_proposed_in_half_year();
"""

CREATE = LOCKED + LOCKS + AT_HOME + OWN_TOPICS + MINISTRIES + IN_HALF_YEAR

DROP = """
DROP FUNCTION calendar_app_proposed_in_half_year() CASCADE;
DROP FUNCTION calendar_app_proposed_ministries() CASCADE;
DROP FUNCTION calendar_app_proposed_own_topics() CASCADE;
DROP FUNCTION calendar_app_proposed_at_home() CASCADE;
DROP FUNCTION calendar_app_proposed_locked() CASCADE;
"""

"""Triggers of the calendar: facts that were recorded stay, and states move along their edges only.

The migration runs this SQL. A later change of a trigger is a new migration with the new text.
"""

from __future__ import annotations

REFUSE_CHANGE = """
CREATE FUNCTION calendar_app_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is frozen: it is neither changed nor deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def frozen(*tables: str) -> str:
    """Triggers that keep the rows of these tables as they are."""
    return "".join(
        f"""
CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON calendar_app_{table}
    FOR EACH ROW EXECUTE FUNCTION calendar_app_refuse_change();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON calendar_app_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION calendar_app_refuse_change();
"""
        for table in tables
    )


FROZEN = frozen("submission", "recall", "review", "demonstration")

# A submission's instant comes from the act; outside a demonstration it may not stray from the clock of
# the database, so that nothing can be dated back.
SUBMITTED_NOW = """
CREATE FUNCTION calendar_app_submitted_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_at := clock_timestamp();
    IF abs(extract(epoch FROM NEW.submitted_at - NEW.recorded_at)) > 60
       AND NOT EXISTS (SELECT 1 FROM calendar_app_demonstration) THEN
        RAISE EXCEPTION 'a submission cannot be dated back or ahead'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submission_submitted_now BEFORE INSERT ON calendar_app_submission
    FOR EACH ROW EXECUTE FUNCTION calendar_app_submitted_now();
"""

RULE_SETS = """
CREATE FUNCTION calendar_app_rule_set_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used AND (TG_OP = 'DELETE' OR NEW.code <> OLD.code OR NEW.text <> OLD.text
                     OR NEW.sha256 <> OLD.sha256 OR NOT NEW.used
                     OR NEW.in_force_from IS DISTINCT FROM OLD.in_force_from) THEN
        RAISE EXCEPTION 'rule set % was used and is frozen', OLD.code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER rule_set_frozen BEFORE UPDATE OR DELETE ON calendar_app_ruleset
    FOR EACH ROW EXECUTE FUNCTION calendar_app_rule_set_frozen();
"""

TOPIC_LIST_EDGES = """
CREATE FUNCTION calendar_app_topic_list_edges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.round <> 1 THEN
            RAISE EXCEPTION 'a topic list begins as a draft of its first round'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.akimat_id <> OLD.akimat_id OR NEW.half_year <> OLD.half_year THEN
        RAISE EXCEPTION 'a topic list stays with its akimat and half-year'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'draft'),
            ('submitted', 'returned'), ('submitted', 'accepted'), ('accepted', 'returned')) THEN
        RAISE EXCEPTION 'a topic list cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF NEW.round <> OLD.round + (NEW.state = 'returned' AND OLD.state <> 'returned')::int THEN
        RAISE EXCEPTION 'a round begins with a return'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER topic_list_edges BEFORE INSERT OR UPDATE ON calendar_app_topiclist
    FOR EACH ROW EXECUTE FUNCTION calendar_app_topic_list_edges();
"""

# Topics of a list that lies with the authorised body are what was submitted.
TOPICS_LOCKED = """
CREATE FUNCTION calendar_app_topics_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one calendar_app_topic := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT 1 FROM calendar_app_topiclist
               WHERE id = one.topic_list_id AND state IN ('submitted', 'accepted')) THEN
        RAISE EXCEPTION 'topics of a submitted list are not changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN one;
END $$;
CREATE TRIGGER topics_locked BEFORE INSERT OR UPDATE OR DELETE ON calendar_app_topic
    FOR EACH ROW EXECUTE FUNCTION calendar_app_topics_locked();
"""

CREATE = REFUSE_CHANGE + FROZEN + SUBMITTED_NOW + RULE_SETS + TOPIC_LIST_EDGES + TOPICS_LOCKED

DROP = """
DROP FUNCTION calendar_app_topics_locked() CASCADE;
DROP FUNCTION calendar_app_topic_list_edges() CASCADE;
DROP FUNCTION calendar_app_rule_set_frozen() CASCADE;
DROP FUNCTION calendar_app_submitted_now() CASCADE;
DROP FUNCTION calendar_app_refuse_change() CASCADE;
"""

# A return or reopening says something: on the whole or on a topic. Looked at when the transaction ends,
# because comments on topics come after their review.
ROUND_HAS_COMMENT = """
CREATE FUNCTION calendar_app_round_has_comment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome <> 'accepted' AND NEW.comment = ''
       AND NOT EXISTS (SELECT 1 FROM calendar_app_topiccomment WHERE review_id = NEW.id) THEN
        RAISE EXCEPTION 'a list is not returned without a comment'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER review_has_comment AFTER INSERT ON calendar_app_review
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION calendar_app_round_has_comment();
"""

CREATE_COMMENTS = frozen("topiccomment") + ROUND_HAS_COMMENT

DROP_COMMENTS = """
DROP FUNCTION calendar_app_round_has_comment() CASCADE;
DROP TRIGGER topiccomment_frozen ON calendar_app_topiccomment;
DROP TRIGGER topiccomment_not_emptied ON calendar_app_topiccomment;
"""

CREATE_LEFT_OUT = frozen("leftouttopic")

DROP_LEFT_OUT = """
DROP TRIGGER leftouttopic_frozen ON calendar_app_leftouttopic;
DROP TRIGGER leftouttopic_not_emptied ON calendar_app_leftouttopic;
"""

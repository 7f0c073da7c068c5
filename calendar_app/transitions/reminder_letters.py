"""The statements that queue reminders: one per kind of duty, however many duties and people there are.

Recipients are the officers of the body; its official address where there is none; its head's address from the
step of escalation. Whoever chose the daily digest is spared the steps before the last one. The facts are those
of the moment of queueing, which the letter names; names of bodies are added when a letter is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calendar_app.labels.obligations import ObligationKind


@dataclass(frozen=True)
class Wording:
    """How a kind of duty is reminded of.

    before, after: kinds of letters before and after the day to aim at; facts: what only this kind has to say, by
    name the SQL of its value as JSON text, read by `joins` of the obligation `o`; missed: the letter to the
    authorised body at the end of a term, none for its own duties.
    """

    before: str
    after: str
    facts: Mapping[str, str]
    joins: str
    missed: str = ""


def _code(sql: str) -> str:
    """A value that needs no escaping as JSON text: a code, a number of a paper, an address of this portal."""
    return f"'\"' || {sql} || '\"'"


def _flag(sql: str) -> str:
    return f"CASE WHEN {sql} THEN 'true' ELSE 'false' END"


# What letters of all kinds say.
_COMMON = {
    "half_year_code": _code("o.half_year"),
    "last_day": _code("o.last_day::text"),
    "aim_day": _code("o.aim_day::text"),
    "aims_earlier": _flag("o.aim_day < o.last_day"),
    "round": "o.round::text",
    "working_days": "step.days_left::text",
    "overdue": _flag("step.step > 0"),
}
_LISTS = (
    {
        "path": _code("%(list_start)s::text || o.half_year || '/' || o.body_id || '/'"),
        "list_state": _code("coalesce(l.state, 'not_started')"),
        "topic_count": "coalesce(t.topics, 0)::text",
        "missing_kk": "coalesce(t.no_kk, 0)::text",
        "missing_ru": "coalesce(t.no_ru, 0)::text",
    },
    """
    LEFT JOIN calendar_app_topiclist l ON l.half_year = o.subject AND l.akimat_id = o.body_id
    LEFT JOIN (
        SELECT t.topic_list_id, count(*) AS topics,
               count(*) FILTER (WHERE t.title_kk = '' OR (t.text_kk = '' AND t.text_ru <> '')) AS no_kk,
               count(*) FILTER (WHERE t.title_ru = '' OR (t.text_ru = '' AND t.text_kk <> '')) AS no_ru
        FROM calendar_app_topic t GROUP BY t.topic_list_id
    ) t ON t.topic_list_id = l.id
""",
)
_REVIEWS = (
    {
        "path": _code("%(list_start)s::text || o.half_year || '/' || l.akimat_id || '/'"),
        **{f"akimat_{code}": f"to_json(a.full_name_{code})::text" for code in ("kk", "ru", "en")},
        "submitted_at": "to_json(coalesce(s.came_at, s.submitted_at))::text",
        "receipt_number": _code("s.receipt_number"),
    },
    """
    JOIN calendar_app_submission s ON s.receipt_number = o.subject
    JOIN calendar_app_topiclist l ON l.id = s.topic_list_id JOIN regions_body a ON a.code = l.akimat_id
""",
)
_QUESTIONS = (
    {"path": _code("%(coordination_path)s::text"), "questions": "q.questions::text"},
    """
    JOIN calendar_app_calendar c ON c.half_year = o.half_year
    JOIN calendar_app_calendarversion v ON v.calendar_id = c.id AND o.subject = concat(c.half_year, '/', v.number)
    JOIN calendar_app_coordinationround r ON r.version_id = v.id AND r.number = o.round
    JOIN (
        SELECT q.round_id, q.body_id, count(p.id) AS questions
        FROM calendar_app_coordinationanswer q LEFT JOIN calendar_app_plannedmeeting p
            ON p.id = q.planned_id AND q.state = 'asked' AND p.edition = q.edition AND NOT p.cancelled
        GROUP BY q.round_id, q.body_id
    ) q ON q.round_id = r.id AND q.body_id IN (
        SELECT o.body_id UNION ALL SELECT code FROM regions_body WHERE successor_id = o.body_id)
""",
)
_CALENDARS = (
    {"path": _code("%(calendars_path)s::text"), "version_state": _code("coalesce(v.state, 'not_started')")},
    """
    LEFT JOIN (
        SELECT DISTINCT ON (c.half_year) c.half_year, v.state
        FROM calendar_app_calendarversion v JOIN calendar_app_calendar c ON c.id = v.calendar_id
        ORDER BY c.half_year, v.number DESC
    ) v ON v.half_year = o.half_year
""",
)
_PUBLICATIONS = {"path": _code("%(calendars_path)s::text")}, ""

WORDINGS: Mapping[ObligationKind, Wording] = {
    ObligationKind.TOPIC_LIST: Wording(
        "topic_list_reminder", "topic_list_overdue", *_LISTS, "topic_list_missed"
    ),
    ObligationKind.TOPIC_LIST_REVIEW: Wording("review_reminder", "review_reminder", *_REVIEWS),
    ObligationKind.COORDINATION_ANSWER: Wording(
        "coordination_reminder", "coordination_reminder", *_QUESTIONS, "coordination_missed"
    ),
    ObligationKind.CALENDAR_SUBMISSION: Wording("calendar_reminder", "calendar_reminder", *_CALENDARS),
    ObligationKind.PUBLICATION: Wording("publication_reminder", "publication_reminder", *_PUBLICATIONS),
}

_SELECT = """
WITH step AS (
    SELECT due, step, at, days_left,
           concat(':', to_char(due AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI'), ':', step) AS key_end
    FROM unnest(%(due)s::timestamptz[], %(offset)s::int[], %(at)s::timestamptz[], %(left)s::int[])
        AS s(due, step, at, days_left)
), owed AS (
    SELECT o.body_id, step.step, o.subject || ':' || o.body_id || step.key_end AS key,
           ({context})::jsonb AS context
    FROM calendar_app_obligation o JOIN step ON step.due = o.due {joins}
    WHERE o.kind = %(kind)s AND o.done_at IS NULL AND o.closed_at IS NULL
        AND greatest(o.opened_at, o.extended_at) <= step.at
), officer AS MATERIALIZED (
    SELECT DISTINCT m.body_id, u.id, u.email, u.language, u.daily_digest
    FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
    WHERE m.role = ANY(%(roles)s) AND m.valid_from <= %(day)s
        AND (m.valid_to IS NULL OR m.valid_to >= %(day)s) AND u.is_active AND u.email <> ''
), reader AS (
    SELECT body_id, 'user:' || id AS recipient, id AS user_id, email, language,
           CASE WHEN daily_digest THEN %(last)s ELSE -1000 END AS since
    FROM officer
    UNION ALL
    SELECT b.code, 'body:' || b.code, NULL, b.official_email, b.default_language, -1000
    FROM regions_body b WHERE b.code NOT IN (SELECT body_id FROM officer)
    UNION ALL
    SELECT b.code, 'head:' || b.code, NULL, b.head_email, b.default_language, %(escalate)s
    FROM regions_body b WHERE b.head_email <> ''
)
SELECT CASE WHEN owed.step > 0 THEN %(after)s ELSE %(before)s END AS kind, owed.key, recipient, user_id,
       email, language, owed.body_id AS body_code, owed.context
FROM owed JOIN reader ON reader.body_id = owed.body_id AND owed.step >= reader.since
"""


def select(kind: ObligationKind) -> str:
    """The SELECT for `outbox.queue_selected` of the kind's letters, for the steps given as parameters."""
    wording = WORDINGS[kind]
    return _SELECT.replace("{context}", _object({**_COMMON, **wording.facts})).replace(
        "{joins}", wording.joins
    )


def _object(facts: Mapping[str, str]) -> str:
    """SQL of a JSON object as text: jsonb_build_object took as long as everything else about a letter's row."""
    pairs = [f"'\"{name}\": ' || {value}" for name, value in facts.items()]
    # Texts that stand side by side are one text: each joining copies all before it.
    return ("'{' || " + " || ', ' || ".join(pairs) + " || '}'").replace("' || '", "")

"""Kept duties brought to what the rules and acts say, in sets: as many statements for any number of rows.

Each statement names the rows that it changed, and changes only those that differ: a run that finds nothing new
writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from calendar_app.models.obligations import Key
from calendar_app.queries.owed import Evidence, Owed
from procedure.half_years import HalfYear

# What a statement returns of a row, and how the journal digests it.
_NAME = "concat_ws(' ', o.kind, o.subject, o.body_id, o.round)"
_SAME = "(o.kind, o.subject, o.body_id, o.round) = (e.kind, e.subject, e.body, e.round)"
_EXPECTED = """
    SELECT * FROM unnest(
        %(kind)s::text[], %(subject)s::text[], %(body)s::text[], %(round)s::int[], %(half_year)s::text[],
        %(rule_set)s::bigint[], %(opened_at)s::timestamptz[], %(last_day)s::date[], %(aim_day)s::date[],
        %(due)s::timestamptz[], %(closed_at)s::timestamptz[])
    AS e(kind, subject, body, round, half_year, rule_set, opened_at, last_day, aim_day, due, closed_at)
"""
_DONE = """
    SELECT * FROM unnest(%(kind)s::text[], %(subject)s::text[], %(body)s::text[], %(round)s::int[],
        %(done_at)s::timestamptz[], %(evidence)s::text[]) AS e(kind, subject, body, round, done_at, evidence)
"""

OPEN = f"""
    WITH e AS ({_EXPECTED})
    INSERT INTO calendar_app_obligation AS o (
        kind, subject, body_id, round, half_year, rule_set_id, opened_at, last_day, aim_day, due, closed_at, evidence)
    SELECT kind, subject, body, round, half_year, rule_set, opened_at, last_day, aim_day, due, closed_at, ''
    FROM e WHERE NOT EXISTS (SELECT FROM calendar_app_obligation o WHERE {_SAME})
    RETURNING {_NAME}
"""  # noqa: S608 - fixed text
CLOSE = f"""
    WITH e AS ({_EXPECTED})
    UPDATE calendar_app_obligation o SET closed_at = e.closed_at
    FROM e WHERE {_SAME} AND o.closed_at IS DISTINCT FROM e.closed_at
    RETURNING {_NAME}
"""  # noqa: S608 - fixed text
SETTLE = f"""
    WITH e AS ({_DONE})
    UPDATE calendar_app_obligation o SET done_at = e.done_at, evidence = e.evidence
    FROM e WHERE {_SAME} AND (o.done_at, o.evidence) IS DISTINCT FROM (e.done_at, e.evidence::varchar)
    RETURNING {_NAME}
"""  # noqa: S608 - fixed text
REOPEN = f"""
    WITH e AS ({_DONE})
    UPDATE calendar_app_obligation o SET done_at = NULL, evidence = ''
    WHERE o.half_year = ANY(%(half_years)s) AND o.kind = ANY(%(kinds)s) AND o.done_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM e WHERE {_SAME})
        AND (o.kind <> 'coordination_answer' OR {_NAME} = ANY(%(owed)s))
    RETURNING {_NAME}
"""  # noqa: S608 - fixed text
# A meeting that was taken out takes the questions about it along: what asked nothing else need not be answered.
LAPSE = f"""
    UPDATE calendar_app_obligation o SET closed_at = o.opened_at
    WHERE o.half_year = ANY(%(half_years)s) AND o.kind = 'coordination_answer' AND o.opened_at <= %(now)s
        AND o.done_at IS NULL AND o.closed_at IS DISTINCT FROM o.opened_at
        AND {_NAME} <> ALL(%(owed)s)
    RETURNING {_NAME}
"""  # noqa: S608 - fixed text
# What is done keeps its term; so does a round whose term was written to the body that owes it.
RECOMPUTE = f"""
    WITH e AS ({_EXPECTED}), changed AS (
        SELECT o.id, o.rule_set_id, o.last_day, o.aim_day, o.due, e.rule_set AS new_rules,
               e.last_day AS new_last, e.aim_day AS new_aim, e.due AS new_due
        FROM calendar_app_obligation o JOIN e ON {_SAME}
        WHERE o.done_at IS NULL AND (o.round = 1 OR o.kind = 'topic_list_review')
            AND (o.rule_set_id, o.last_day, o.aim_day, o.due)
                IS DISTINCT FROM (e.rule_set, e.last_day, e.aim_day, e.due)
    ), traced AS (
        INSERT INTO calendar_app_termchange (obligation_id, at, rule_set_id, last_day, aim_day, due)
        SELECT id, %(now)s, rule_set_id, last_day, aim_day, due FROM changed
    )
    UPDATE calendar_app_obligation o
    SET rule_set_id = new_rules, last_day = new_last, aim_day = new_aim, due = new_due
    FROM changed WHERE o.id = changed.id
    RETURNING {_NAME}
"""  # noqa: S608 - fixed text
# A list that is being written is submitted by the rules by which it is owed.
FOLLOW = """
    UPDATE calendar_app_topiclist l SET rule_set_id = o.rule_set_id
    FROM calendar_app_obligation o
    WHERE o.kind = 'topic_list' AND o.half_year = ANY(%(half_years)s) AND l.state = 'draft'
        AND (o.subject, o.body_id, o.round) = (l.half_year, l.akimat_id, l.round)
        AND l.rule_set_id <> o.rule_set_id
"""


@dataclass(frozen=True)
class Changed:
    """The names of the rows that were opened, recomputed, and found to be done, closed or open again."""

    opened: list[str]
    recomputed: list[str]
    settled: list[str]


def bring_up(
    half_years: Sequence[HalfYear],
    kinds: Iterable[str],
    expected: Sequence[Owed],
    done: Mapping[Key, Evidence],
    now: datetime,
) -> Changed:
    """Open, settle and recompute the kept duties of the half-years; kinds: those whose evidence was read."""
    owed = _columns(expected) | {"now": now}
    found = _done_columns(done) | {
        "half_years": [one.code for one in half_years],
        "kinds": list(kinds),
        "owed": [" ".join(map(str, one.key)) for one in expected],
        "now": now,
    }
    opened = _names(OPEN, owed)
    settled = [*_names(CLOSE, owed), *_names(SETTLE, found), *_names(REOPEN, found), *_names(LAPSE, found)]
    recomputed = _names(RECOMPUTE, owed)
    if recomputed:
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW, found)
    return Changed(opened, recomputed, settled)


def _columns(expected: Sequence[Owed]) -> dict[str, Any]:
    """One array per column; a duty without a term has none of its three days."""
    return {
        **_key_columns([one.key for one in expected]),
        "half_year": [one.half_year.code for one in expected],
        "rule_set": [one.rule_set.pk for one in expected],
        "opened_at": [one.opened_at for one in expected],
        "last_day": [one.term and one.term.last_day for one in expected],
        "aim_day": [one.term and one.term.aim_day for one in expected],
        "due": [one.term and one.term.due for one in expected],
        "closed_at": [one.closed_at for one in expected],
    }


def _done_columns(done: Mapping[Key, Evidence]) -> dict[str, Any]:
    return {
        **_key_columns(list(done)),
        "done_at": [one.done_at for one in done.values()],
        "evidence": [one.reference for one in done.values()],
    }


def _key_columns(keys: Sequence[Key]) -> dict[str, list[object]]:
    return {
        name: [str(key[at]) if at < 3 else key[at] for key in keys]
        for at, name in enumerate(("kind", "subject", "body", "round"))
    }


def _names(statement: str, columns: dict[str, Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
        return [name for (name,) in cursor.fetchall()]

"""Reminders queued in sets: one statement per kind of duty, however many duties and people there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.permissions import Permission, roles_with
from audit import journal
from audit.actors import SYSTEM, Subject
from calendar_app import reminders
from calendar_app.labels.obligations import ObligationKind
from calendar_app.letters import obligations as letters
from calendar_app.models import Obligation, ReminderStep
from calendar_app.reminders import Step
from calendar_app.transitions import obligations
from notices import outbox
from procedure.moments import day_of

# Who is reminded at a body, by kind of duty.
WRITERS = {ObligationKind.TOPIC_LIST: Permission.TOPIC_LIST_WRITE}

# Officers of the body; its official address where there is none; its head's address from the step of escalation.
# `unnest` brings the steps; the facts are those of the moment of queueing, which the letter names.
TOPIC_LISTS = """
WITH step AS (
    SELECT * FROM unnest(%(due)s::timestamptz[], %(offset)s::int[], %(at)s::timestamptz[], %(left)s::int[])
        AS s(due, step, at, days_left)
), owed AS (
    SELECT o.subject, o.body_id, o.round, o.due, o.last_day, o.aim_day, step.step, step.days_left
    FROM calendar_app_obligation o JOIN step ON step.due = o.due
    WHERE o.kind = %(kind)s AND o.done_at IS NULL AND o.opened_at <= step.at
), officer AS (
    SELECT DISTINCT m.body_id, u.id, u.email, u.language
    FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
    WHERE m.role = ANY(%(roles)s) AND m.valid_from <= %(day)s
      AND (m.valid_to IS NULL OR m.valid_to >= %(day)s) AND u.is_active AND u.email <> ''
), told AS (
    SELECT owed.*, 'user:' || f.id AS recipient, f.id AS user_id, f.email, f.language
    FROM owed JOIN officer f ON f.body_id = owed.body_id
    UNION ALL
    SELECT owed.*, 'body:' || b.code, NULL, b.official_email, b.default_language
    FROM owed JOIN regions_body b ON b.code = owed.body_id
    WHERE NOT EXISTS (SELECT 1 FROM officer f WHERE f.body_id = owed.body_id)
    UNION ALL
    SELECT owed.*, 'head:' || b.code, NULL, b.head_email, b.default_language
    FROM owed JOIN regions_body b ON b.code = owed.body_id
    WHERE owed.step >= %(escalate)s AND b.head_email <> ''
), list AS (
    SELECT l.half_year, l.akimat_id, l.state, count(t.id) AS topics,
           count(t.id) FILTER (WHERE t.title_kk = '' OR (t.text_kk = '' AND t.text_ru <> '')) AS no_kk,
           count(t.id) FILTER (WHERE t.title_ru = '' OR (t.text_ru = '' AND t.text_kk <> '')) AS no_ru
    FROM calendar_app_topiclist l LEFT JOIN calendar_app_topic t ON t.topic_list_id = l.id
    WHERE (l.half_year, l.akimat_id) IN (SELECT subject, body_id FROM owed)
    GROUP BY l.id
)
SELECT CASE WHEN step > 0 THEN 'topic_list_overdue' ELSE 'topic_list_reminder' END AS kind,
       concat_ws(':', subject, body_id, to_char(due AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI'), step) AS key,
       recipient, user_id, email, told.language, body_id AS body_code,
       jsonb_build_object(
           'akimat_kk', b.full_name_kk, 'akimat_ru', b.full_name_ru, 'akimat_en', b.full_name_en,
           'half_year_code', subject,
           'path', replace(replace(%(path)s, '2000-H1', subject), 'akimat.00', body_id),
           'last_day', last_day, 'aim_day', aim_day, 'aims_earlier', aim_day < last_day,
           'round', round, 'working_days', days_left, 'list_state', coalesce(list.state, 'not_started'),
           'topic_count', coalesce(list.topics, 0),
           'missing_kk', coalesce(list.no_kk, 0), 'missing_ru', coalesce(list.no_ru, 0)) AS context
FROM told JOIN regions_body b ON b.code = told.body_id
LEFT JOIN list ON list.half_year = told.subject AND list.akimat_id = told.body_id
"""


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Derive the duties, then queue every reminder that is owed at the instant; the number of letters.

    What is done is never reminded of, because duties are derived first in the same transaction and under the
    same lock. A letter is unique by kind, subject, body, due instant, step and recipient, and a step is taken
    once: two beats, a repeated task, a killed worker or a clock set back add nothing.
    """
    obligations.derive(now=now)
    queued = _ladders(reminders.owed(now), now)
    for kind, due in reminders.missed(now, list(WRITERS)):
        queued += letters.term_ended(kind, due, _of_term(kind, due), now=now)
        ReminderStep.objects.create(kind=kind, due=due, offset=ReminderStep.MISSED, at=now)
    return queued


def _of_term(kind: str, due: datetime) -> list[Obligation]:
    return list(Obligation.objects.not_done().filter(kind=kind, due=due).select_related("body"))


def _ladders(steps: Sequence[Step], now: datetime) -> int:
    queued = 0
    for kind, permission in WRITERS.items():
        of_kind = [step for step in steps if step.kind == kind]
        if not of_kind:
            continue
        made = outbox.queue_selected(TOPIC_LISTS, _parameters(kind, permission, of_kind, now), now=now)
        ReminderStep.objects.bulk_create(
            [ReminderStep(kind=kind, due=one.due, offset=one.offset, at=now) for one in of_kind]
        )
        journal.record(
            act="reminders.queue",
            actor=SYSTEM,
            now=now,
            subject=Subject("reminders", kind, kind),
            changes={
                "steps": [None, [f"{one.due.isoformat()} {one.offset:+d}" for one in of_kind]],
                "letters": [0, made.letters],
                "keys_sha256": [None, made.sha256],
            },
        )
        queued += made.letters
    return queued


def _parameters(kind: str, permission: Permission, steps: Sequence[Step], now: datetime) -> dict[str, object]:
    return {
        "kind": kind,
        "due": [one.due for one in steps],
        "offset": [one.offset for one in steps],
        "at": [one.at for one in steps],
        "left": [one.days_left for one in steps],
        "roles": [role.value for role in roles_with(permission)],
        "day": day_of(now),
        "escalate": settings.REMINDER_ESCALATES_FROM,
        "path": reverse("staff:topic_list", args=["2000-H1", "akimat.00"]),
    }

"""To whom a body's letters go: its officers of the day, else its official address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

from accounts.permissions import Permission, roles_with
from calendar_app.labels.obligations import ObligationKind
from notices.outbox import Recipient
from regions.models import Body

# Who works on a duty at the body that owes it, and is reminded of it and told about it.
OFFICERS: Mapping[ObligationKind, Permission] = {
    ObligationKind.TOPIC_LIST: Permission.TOPIC_LIST_WRITE,
    ObligationKind.TOPIC_LIST_REVIEW: Permission.TOPIC_LIST_REVIEW,
    ObligationKind.COORDINATION_ANSWER: Permission.COORDINATION_READ,
    ObligationKind.CALENDAR_SUBMISSION: Permission.CALENDAR_COMPILE,
    ObligationKind.PUBLICATION: Permission.CALENDAR_COMPILE,
}


# Nearly every act writes to somebody, so the text is fixed, as in models/standings.py.
_OFFICERS = """
    SELECT asked.code, u.email, u.language, u.id
    FROM unnest(%s::text[], %s::text[]) AS asked(code, role) JOIN regions_body b ON b.code = asked.code
        JOIN accounts_membership m ON m.role = asked.role
            AND m.body_id = CASE WHEN b.valid_to < %s THEN coalesce(b.successor_id, b.code) ELSE b.code END
        JOIN accounts_user u ON u.id = m.user_id
    WHERE m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to >= %s) AND u.is_active AND u.email <> ''
    ORDER BY u.id, m.id
"""


def officers_of(wanted: Mapping[str, Permission], on: date) -> dict[str, list[Recipient]]:
    """For each body (by its code) the people who hold the permission on that day, each once; one query.

    Of a body that was closed, those of its successor.
    A body without such a person is written to at its official address (procedure, section 1). One without
    any address has a letter all the same, which ends as not delivered: its readers are told here.
    """
    asked = [(code, str(role)) for code, permission in wanted.items() for role in roles_with(permission)]
    found: dict[str, dict[str, Recipient]] = {code: {} for code in wanted}
    with connection.cursor() as cursor:
        codes, roles = [code for code, _role in asked], [role for _code, role in asked]
        cursor.execute(_OFFICERS, [codes, roles, on, on, on])
        people = cursor.fetchall()
    for code, email, language, user in people:
        found[code][f"user:{user}"] = Recipient(f"user:{user}", email, language, user)
    return {code: list(each.values()) or [_official_address(code, on)] for code, each in found.items()}


def _official_address(code: str, on: date) -> Recipient:
    body = Body.objects.select_related("successor").get(code=code)
    if body.successor and body.valid_to and body.valid_to < on:
        body = body.successor
    return Recipient(f"body:{body.pk}", body.official_email, body.default_language)

"""A person and what their rights come from, read by fixed SQL: every signed-in request asks for them.

The ORM took twice the time of the queries to write them anew, and a query for each of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.models.memberships import Membership
from accounts.models.users import User
from regions.models import Body

# A body that was closed lives on in its successor: whoever works there has the same role at it from the next day.
_SQL = """
    WITH RECURSIVE reach AS (
        SELECT id, body_id AS code, valid_from AS since FROM accounts_membership WHERE user_id = %s
        UNION
        SELECT r.id, b.code, greatest(r.since, b.valid_to + 1)
        FROM reach r JOIN regions_body b ON b.successor_id = r.code AND b.valid_to IS NOT NULL
    )
    SELECT {columns}
    FROM accounts_user u LEFT JOIN (
        reach r JOIN accounts_membership m ON m.id = r.id JOIN regions_body b ON b.code = r.code
    ) ON true
    WHERE u.id = %s ORDER BY m.id, r.code <> m.body_id, r.code
"""
# Of a membership at a predecessor.
_REACHED = {"body_id": "r.code", "valid_from": "r.since"}
# In the order of the models, which `from_db` relies on. A body comes with its names, kind and region;
# the rest of it is read when asked.
_OF_USER = [field.attname for field in User._meta.concrete_fields]
_OF_MEMBERSHIP = [field.attname for field in Membership._meta.concrete_fields]
_OF_BODY = [
    field.attname
    for field in Body._meta.concrete_fields
    if field.attname in ("code", "kind", "name_kk", "name_ru", "name_en", "region_id")
]
_MEMBER_OF = len(_OF_USER) + len(_OF_MEMBERSHIP)
_FIRST_OF_BODY = _MEMBER_OF + 1
_FIRST_COUNTED = _FIRST_OF_BODY + len(_OF_BODY)


def person(key: int | str) -> User | None:
    """The user with this key and all their memberships in the order of their making; one query.

    Of a closed body the members of its successor have what was its own: its lists, questions and duties.
    """
    with connection.cursor() as cursor:
        cursor.execute(_sql(), [key, key])
        rows = cursor.fetchall()
    if not rows:
        return None
    user = User.from_db(connection.alias, _OF_USER, rows[0][: len(_OF_USER)])
    user.know([_membership(row) for row in rows if row[len(_OF_USER)] is not None])
    user.counted = dict(zip(settings.COUNTED_WITH_PERSON, rows[0][_FIRST_COUNTED:], strict=True))
    return user


@cache
def _sql() -> str:
    """With the numbers that settings name: fixed text of the program, each a subselect about `u.id`."""
    columns = [f"u.{name}" for name in _OF_USER]
    columns += [_REACHED.get(name, f"m.{name}") for name in _OF_MEMBERSHIP]
    columns += ["m.body_id", *(f"b.{name}" for name in _OF_BODY)]
    columns += [f"({select})" for select in settings.COUNTED_WITH_PERSON.values()]
    return _SQL.replace("{columns}", ", ".join(columns))


def _membership(row: Sequence[Any]) -> Membership:
    found = Membership.from_db(connection.alias, _OF_MEMBERSHIP, row[len(_OF_USER) : _MEMBER_OF])
    found.member_of = row[_MEMBER_OF]
    found.body = Body.from_db(connection.alias, _OF_BODY, row[_FIRST_OF_BODY:_FIRST_COUNTED])
    return found

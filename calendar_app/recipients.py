"""To whom a body's letters go: its officers of the day, else its official address."""

from __future__ import annotations

from datetime import date

from accounts.models import Membership
from accounts.permissions import Permission, roles_with
from notices.outbox import Recipient
from regions.models import Body


def officers_of(body: Body, permission: Permission, on: date) -> list[Recipient]:
    """People of the body who hold the permission on that day, each once.

    A body without such a person is written to at its official address (procedure, section 1).
    """
    memberships = (
        Membership.objects.on(on)
        .filter(body=body, role__in=roles_with(permission), user__is_active=True)
        .select_related("user")
        .order_by("user_id")
    )
    people = {one.user_id: one.user for one in memberships}
    found = [
        Recipient(key=f"user:{user.pk}", email=user.email, language=user.language, user_id=user.pk)
        for user in people.values()
        if user.email
    ]
    if found or not body.official_email:
        return found
    return [Recipient(key=f"body:{body.code}", email=body.official_email, language=body.default_language)]

"""Acts on the secret address of a person's calendar of deadlines. The token itself is kept nowhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Subject
from base.sealed_links import digest
from calendar_app.models import FeedAddress
from calendar_app.models.feed_addresses import new_token


@transaction.atomic
def make(*, by: User, now: datetime) -> str:
    """A new address for the person; the one before stops working. Gives its token, this once."""
    actor = access.check(by, Permission.STAFF_HOME, None, now)
    token = new_token()
    _, is_new = FeedAddress.objects.update_or_create(
        user=by, defaults={"token_sha256": digest(token), "made_at": now}
    )
    act = "feed_address.make" if is_new else "feed_address.renew"
    journal.record(act=act, actor=actor, now=now, subject=_subject(by))
    return token


@transaction.atomic
def revoke(*, by: User, now: datetime) -> bool:
    """The address stops working at once; False if there was none."""
    actor = access.check(by, Permission.STAFF_HOME, None, now)
    revoked, _ = FeedAddress.objects.filter(user=by).delete()
    if revoked:
        journal.record(act="feed_address.revoke", actor=actor, now=now, subject=_subject(by))
    return bool(revoked)


def _subject(user: User) -> Subject:
    return Subject(kind="user", id=str(user.pk), label=user.username)

"""Acts on a person's account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Subject


def subject(user: User) -> Subject:
    """The account as the journal names it."""
    return Subject(kind="user", id=str(user.pk), label=user.username)


@transaction.atomic
def change_password(*, user: User, password: str, now: datetime) -> None:
    """The person chooses a new password; every other session of theirs ends."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    journal.record(act="user.change_password", actor=user.actor(), now=now, subject=subject(user))


@transaction.atomic
def set_temporary_password(*, user: User, password: str, by: User, now: datetime) -> None:
    """An administrator gives a password that must be changed at the next sign-in; all sessions end."""
    actor = access.check(by, Permission.ADMIN_SITE, None, now)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    journal.record(act="user.set_temporary_password", actor=actor, now=now, subject=subject(user))


@transaction.atomic
def choose_language(*, user: User, language: str, now: datetime) -> None:
    """The person chooses the language of letters and of pages without one."""
    before, user.language = user.language, language
    if before == language:
        return
    user.save(update_fields=["language"])
    changes = {"language": [before, language]}
    journal.record(
        act="user.choose_language", actor=user.actor(), now=now, subject=subject(user), changes=changes
    )


@transaction.atomic
def choose_daily_digest(*, user: User, daily_digest: bool, now: datetime) -> None:
    """One letter a day instead of single reminders, or back; the last reminder before a term always comes."""
    before, user.daily_digest = user.daily_digest, daily_digest
    if before == daily_digest:
        return
    user.save(update_fields=["daily_digest"])
    changes = {"daily_digest": [before, daily_digest]}
    journal.record(
        act="user.choose_digest", actor=user.actor(), now=now, subject=subject(user), changes=changes
    )

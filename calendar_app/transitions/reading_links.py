"""Acts on personal reading links: make them, open one (procedure, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from audit import journal
from audit.actors import Actor, Subject
from base import sealed_links
from base.errors import Refused
from calendar_app.models import ReadingLink, Session
from calendar_app.queries import commission as queries
from procedure.moments import day_of, end_of_day
from procedure.problems import Problem

# The journal tells that a link was used, never whose it was.
READER = Actor(id="reading_link", label="Reading link", role="commission_member", body="commission")


def expires_at(session: Session, now: datetime) -> datetime:
    """A link made now opens until the end of the day of the session, and at least for a day."""
    return max(end_of_day(day_of(session.held_at)), now + timedelta(days=1))


def make(session: Session, members: Iterable[User], now: datetime) -> list[tuple[User, str]]:
    """A new link for each member, in the caller's transaction; (member, seal). Links made before end.

    Raises nothing; a member without an address gets a link too, which nobody is told.
    """
    sealed = [(one, sealed_links.new_seal()) for one in members]
    former = ReadingLink.objects.filter(session=session, member__in=[one for one, _ in sealed])
    former.filter(replaced_at=None).update(replaced_at=now)
    ReadingLink.objects.bulk_create(
        ReadingLink(
            session=session,
            member=member,
            token_sha256=sealed_links.digest(sealed_links.token_of(seal)),
            made_at=now,
            expires_at=expires_at(session, now),
        )
        for member, seal in sealed
    )
    return sealed


def open_(*, token: str, browser: str, reader: User | None, now: datetime) -> ReadingLink:
    """Open the materials in a browser with this mark; each use and each refusal is in the journal.

    reader: who is signed in there, if anybody. Raises Refused with one problem: the link is not known, was
    replaced, has expired, its session is over, or it was passed on.
    """
    with transaction.atomic():
        link = _find(token, lock=True)
        problem = _problem(link, now) or _passed_on(link, browser, reader)
        if problem is None and sealed_links.digest(browser) not in link.browsers:
            link.browsers = [*link.browsers, sealed_links.digest(browser)]
            link.save(update_fields=["browsers"])
        _record("read_materials", link, now, {"refused": problem.code} if problem else {})
    if problem:
        raise Refused([problem])
    return link


def reading(*, token: str, browser: str, now: datetime, file: str = "") -> ReadingLink:
    """The link of a browser that has opened it. Raises Refused; reading a file is in the journal too."""
    with transaction.atomic():
        link = _find(token)
        if problem := _problem(link, now):
            raise Refused([problem])
        if sealed_links.digest(browser) not in link.browsers:
            raise Refused([Problem("reading_link_not_opened")])
        if file:
            _record("read_materials", link, now, {"file": file})
    return link


def _find(token: str, *, lock: bool = False) -> ReadingLink:
    links = ReadingLink.objects.select_related("session__version__calendar", "session__rule_set", "member")
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.filter(token_sha256=sealed_links.digest(token)).first()
    if link is None:
        raise Refused([Problem("reading_link_unknown")])
    return link


def _problem(link: ReadingLink, now: datetime) -> Problem | None:
    if link.replaced_at is not None:
        return Problem("reading_link_replaced")
    if link.session.state in ("closed", "cancelled"):
        return Problem("reading_link_over")
    if now >= link.expires_at:
        return Problem("reading_link_expired")
    known = {one.user_id for one in queries.members_on(day_of(now))}
    if not link.member.is_active or link.member_id not in known:
        return Problem("reading_link_no_member")
    return None


def _passed_on(link: ReadingLink, browser: str, reader: User | None) -> Problem | None:
    """Somebody else is signed in here, or it was opened in as many browsers as one person needs."""
    if reader is not None and reader.pk != link.member_id:
        return Problem("reading_link_personal")
    known = sealed_links.digest(browser) in link.browsers
    if not known and len(link.browsers) >= settings.READING_LINK_BROWSERS:
        return Problem("reading_link_personal")
    return None


def _record(act: str, link: ReadingLink, now: datetime, changes: dict[str, object]) -> None:
    subject = Subject("session", str(link.session_id), link.session.label, "commission")
    journal.record(act=f"session.{act}", actor=READER, now=now, subject=subject, changes=changes)

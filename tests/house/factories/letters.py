"""Letters to the asking akimat and to another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from base import clock
from notices import outbox
from notices.models import Letter
from notices.outbox import Recipient
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People
from tests.house.factories import topic_lists

REMINDER = "topic_list_reminder"
FACTS: dict[str, str | int | bool] = {
    "akimat_kk": "Әкімдік",
    "akimat_ru": "Акимат",
    "akimat_en": "Akimat",
    "body_kk": "Әкімдік",
    "body_ru": "Акимат",
    "body_en": "Akimat",
    "half_year_code": "2027-H1",
    "path": "/kk/staff/",
    "last_day": "2026-12-01",
    "aim_day": "2026-12-01",
    "aims_earlier": False,
    "round": 1,
    "working_days": 5,
    "list_state": "draft",
    "topic_count": 4,
    "missing_kk": 0,
    "missing_ru": 1,
}


def to_akimats(people: People) -> Objects:
    """The letters that tell both akimats of the return of their lists, with the comment in them."""
    for code in (OWN, FOREIGN):
        topic_lists.make("returned", people, code)
    return Objects(_letter(OWN), _letter(FOREIGN))


def _letter(code: str) -> Target:
    letter = Letter.objects.filter(body_code=code, context__icontains=topic_lists.canary(code)).latest("pk")
    ids = {"letter": letter.pk, "id": letter.pk, "body_code": code}
    return Target(path={"pk": letter.pk}, others=ids, canary=topic_lists.canary(code))


def failed(people: People) -> Objects:
    """The same, not delivered."""
    objects = to_akimats(people)
    assert objects.foreign
    return Objects(_failed(objects.own), _failed(objects.foreign))


def _failed(target: Target) -> Target:
    letter = Letter.objects.filter(pk=target.path["pk"])
    letter.update(state="sending", attempts=1, claimed_at=clock.now(), next_attempt_at=None)
    letter.update(state="failed", claimed_at=None, last_error="InvalidAddress")
    return replace(target, kept=partial(_kept, target.path["pk"]))


def _kept(pk: int) -> object:
    return list(Letter.objects.filter(pk=pk).values())


def with_papers(people: People) -> Objects:
    """Reminders to both akimats, which bring a page."""
    for code in (OWN, FOREIGN):
        to = [Recipient(f"body:{code}", f"{code}@example.invalid", "kk")]
        outbox.queue(kind=REMINDER, key=code, to=to, context=FACTS, now=clock.now(), body_code=code)
    letters = [Letter.objects.get(kind=REMINDER, body_code=code) for code in (OWN, FOREIGN)]
    return Objects(*(Target(path={"pk": one.pk, "number": 1}, others={"letter": one.pk}) for one in letters))


MAKERS: dict[str, Callable[[People], Objects]] = {
    "letter": to_akimats,
    "failed_letter": failed,
    "letter_with_paper": with_papers,
}

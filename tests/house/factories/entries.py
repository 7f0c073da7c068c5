"""Lists that came by letter to the authorised body: of the asking akimat and of another one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from base import clock
from calendar_app import terms
from calendar_app.models import TopicList
from calendar_app.transitions import entries as acts
from calendar_app.transitions import topic_lists as lists
from calendar_app.transitions import topics
from calendar_app.transitions.signed_letters import NewLetter
from procedure.half_years import HalfYear
from procedure.signed_letters import LetterHead
from procedure.topic_lists import TopicDraft
from regions.models import Body
from tests import signed_files as files
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People
from tests.house.factories.topic_lists import canary


def letter_form(people: People) -> Objects:
    """The filled form that begins an entry."""
    today = str(clock.today())
    return Objects(
        Target(
            form={
                "akimat": OWN, "half_year": _half_year().code, "received_day": today, "received_clock": "00:00",
                "number": "1", "day": today, "signatory": "A", "post": "B", "file": files.Paper(),
                "version": "0", "idempotency_key": str(uuid.uuid4()),
            }
        )
    )  # fmt: skip


def begun(people: People) -> Objects:
    return Objects(*(_target(_begun(people, code)) for code in (OWN, FOREIGN)))


def submitted(people: People, **form: str) -> Objects:
    """Entered and submitted, with its receipt."""
    return Objects(*(_target(_submitted(people, code), number=1, **form) for code in (OWN, FOREIGN)))


def objected(people: People, **form: str) -> Objects:
    """The same, with an objection of the akimat."""
    found = []
    for code in (OWN, FOREIGN):
        one = _submitted(people, code)
        acts.object_(
            topic_list=one, words=canary(code), by=people.makers[code], now=clock.now(), version=one.version
        )
        found.append(_target(_fresh(one), number=1, **form))
    return Objects(*found)


def _begun(people: People, code: str) -> TopicList:
    day, authority = clock.today(), people.makers["authority"]
    received = datetime.combine(day, time(0), tzinfo=clock.ALMATY)
    one = acts.begin(
        akimat=Body.objects.get(code=code),
        half_year=_half_year(),
        letter=NewLetter(LetterHead("1", day, "A", "B", received), files.PDF),
        by=authority,
        now=clock.now(),
    )
    words = canary(code)
    draft = TopicDraft(f"{words} kk", f"{words} ru")
    topics.save_topic(topic_list=one, draft=draft, by=authority, now=clock.now())
    return _fresh(one)


def _submitted(people: People, code: str) -> TopicList:
    one = _begun(people, code)
    lists.submit(topic_list=one, by=people.makers["authority"], now=clock.now(), version=one.version)
    return _fresh(one)


def _fresh(topic_list: TopicList) -> TopicList:
    return TopicList.objects.select_related("akimat").get(pk=topic_list.pk)


def _target(topic_list: TopicList, number: int = 0, **form: str) -> Target:
    code = topic_list.akimat_id
    path = {"half_year": topic_list.half_year, "akimat": code} | ({"number": number} if number else {})
    return Target(
        path=path,
        form={"version": topic_list.version, "idempotency_key": str(uuid.uuid4()), **form},
        others={"topic_list": topic_list.pk, "akimat": code},
        canary=canary(code),
        kept=partial(_kept, topic_list.pk),
    )


def _kept(pk: int) -> object:
    """The list as it stands in the database."""
    return list(TopicList.objects.filter(pk=pk).values())


def _half_year() -> HalfYear:
    return terms.half_years_open_for_lists(clock.today())[-1]


MAKERS: dict[str, Callable[[People], Objects]] = {
    "entry_letter": letter_form,
    "entry": begun,
    "entered": partial(submitted, objection="Қате"),
    "objected_entry": partial(objected, objection="Жоқ"),
}

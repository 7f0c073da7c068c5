"""A later version takes over what was said and accepted; a submitted one shows what stood when it came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from base.errors import Refused
from calendar_app.models import CalendarVersion, CoordinationAnswer, CoordinationRound, Disagreement
from calendar_app.queries import calendar_changes, coordination, warnings
from calendar_app.queries import calendars as queries
from calendar_app.transitions import busy_periods, calendars
from calendar_app.transitions import coordination as acts
from calendar_app.transitions import warnings as warning_acts
from procedure.conflicts import carried_over
from regions.models import Body, Day
from tests.calendar_app import commission_play as play

ONE, OTHER = play.MINISTRIES
LATER = play.HELD + timedelta(days=1)
POSITION = "Комиссия шешсін. / Пусть решит комиссия."
REASON = "Министр тек осы күні бос. / Министр свободен только в этот день."


@pytest.fixture
def people(person: Callable[..., User]) -> play.Cast:
    return play.cast(person)


def revised(version: CalendarVersion, people: play.Cast, now: datetime = play.NOW) -> dict[str, Any]:
    return {"by": people.authority, "now": now, "revision": play.fresh(version).revision}


def submitted(people: play.Cast) -> CalendarVersion:
    """Saturday: agreed with a remark; Monday: a warning accepted, refused and brought along; Tuesday: silence."""
    version = play.working(
        people, people.draft(), people.draft(2, bodies=(OTHER,)), people.draft(3, in_hall=people.halls[1])
    )
    saturday, monday, tuesday = version.planned.in_order()
    name = f"in_working_hours:{monday.pk}"
    warning_acts.accept(version=version, name=name, reason=REASON, **revised(version, people))
    acts.ask(version=version, **revised(version, people))
    asked = {one.planned_id: one for one in CoordinationAnswer.objects.all()}
    said: dict[str, Any] = {"now": play.NOW, "words": "Жол алыс"}
    acts.answer(answers=[asked[saturday.pk]], agree=True, by=people.ministries[ONE], **said)
    acts.answer(answers=[asked[monday.pk]], agree=False, by=people.ministries[OTHER], **said)
    refusal = CoordinationAnswer.objects.get(state="refused")
    acts.disagree(refusal=refusal, position=POSITION, **revised(version, people))
    late = play.NOW + timedelta(days=20)
    calendars.submit(version=version, silence="Жауап жоқ", **revised(version, people, late))
    assert asked[tuesday.pk].state == "asked"
    return play.fresh(version)


def test_a_later_version_asks_about_what_changed_and_whoever_was_silent(people: play.Cast) -> None:
    now = play.NOW + timedelta(days=20)
    first = play.published(people, play.approved(people, submitted(people), now), now + timedelta(days=8))
    counts = [(one.questions, one.agreed, one.refused) for one in coordination.rounds_of(first)]
    now += timedelta(days=9)
    second = play.working(people, now=now, reason="Зал")

    assert [body.pk for _planned, body in queries.to_be_asked(second)] == [ONE], "who was silent, only"
    standing = coordination.standing_of(second, now)
    assert [one.words for one in standing.remarks] == ["Жол алыс"]
    assert [one.disagreement.position for one in standing.refusals] == [POSITION]
    accepted = [one.accepted.reason for one in warnings.told(second) if one.accepted]
    assert accepted == [REASON]

    monday = second.planned.in_order().select_related("version")[1]
    play._change(people, monday, people.draft(9, bodies=(OTHER,)), now)
    assert sorted(body.pk for _planned, body in queries.to_be_asked(second)) == [ONE, OTHER]
    opened = acts.ask(version=second, **revised(second, people, now))
    assert opened.answers.count() == 2
    assert not coordination.standing_of(second, now).refusals, "what was refused is not planned any more"

    assert counts == [(3, 1, 1)]
    assert [(one.questions, one.agreed, one.refused) for one in coordination.rounds_of(first)] == counts
    assert Disagreement.objects.count() == 2


def test_a_returned_calendar_goes_back_without_asking_anybody(people: play.Cast) -> None:
    version = play.working(people, people.draft(2, bodies=(OTHER,)))
    with pytest.raises(Refused):
        play.working(people)
    session = play.opened(people, play.submitted(people, version))
    play.close(people, session, present=[one.pk for one in people.members], reasons="Қайта қараңыз")
    second = play.working(people, now=LATER)

    assert queries.to_be_asked(second) == []
    acts.ask(version=second, **revised(second, people, LATER))
    assert play.fresh(second).state == "coordination"
    with pytest.raises(Refused):
        acts.ask(version=second, **revised(second, people, LATER))
    assert CoordinationRound.objects.get(version=second).answers.count() == 0
    calendars.submit(version=second, **revised(second, people, LATER))
    assert play.fresh(second).state == "submitted"


def test_the_page_of_a_submitted_version_stays_as_it_was(people: play.Cast) -> None:
    version = submitted(people)
    before = weighed(version)
    assert before[0] == [("in_working_hours", 2, [REASON])]

    monday = version.planned.in_order()[1]
    busy = busy_periods.NewPeriod(monday.starts, monday.ends)
    busy_periods.add(body=Body.objects.get(pk=OTHER), period=busy, by=people.ministries[OTHER], now=play.NOW)
    Day.objects.create(day=monday.day, kind="day_off", source="test", name_kk="Мереке", name_ru="Праздник")

    assert weighed(version) == before
    play.close(people, play.opened(people, version, LATER), LATER + timedelta(days=8), reasons="Қайта қараңыз",
               present=[one.pk for one in people.members])  # fmt: skip
    control = weighed(play.working(people, now=LATER + timedelta(days=9)))
    assert {code for code, _count, _reasons in control[0]} == {"in_working_hours", "ministry_busy"}
    assert control[1] == before[1] + 1


def weighed(version: CalendarVersion) -> tuple[list[tuple[str, int, list[str]]], int, int]:
    page = calendar_changes.one_page(play.fresh(version))
    return (
        [(one.first.code, one.cases, one.reasons) for one in page.warnings],
        page.days_off,
        page.evenings,
    )


@pytest.mark.parametrize(
    ("name", "carried"),
    [
        ("in_working_hours:4", "in_working_hours:14"),
        ("little_travel_time:4:5", "little_travel_time:14:15"),
        ("region_without_meeting:4", "region_without_meeting:4"),
        ("little_travel_time:4:6", None),
    ],
)
def test_a_warning_keeps_its_name_in_a_copy(name: str, carried: str | None) -> None:
    assert carried_over(name, {4: 14, 5: 15}) == carried

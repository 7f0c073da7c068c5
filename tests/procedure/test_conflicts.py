"""Conflicts of a plan (procedure, section 6): tables, and thousands of slots in one pass."""

from datetime import date, datetime, timedelta

import pytest

from procedure.conflicts import Conflict, Slot, blocking, conflicts
from procedure.half_years import HalfYear
from procedure.meeting_plans import MeetingDraft, problems_of_draft
from procedure.meeting_times import TimeKind
from procedure.moments import ALMATY

PERIOD, SAFE = HalfYear(2027, 1), date(2027, 1, 25)
AT = datetime(2027, 2, 27, 11, tzinfo=ALMATY)


def slot(key: int, hours: float = 0, **more: object) -> Slot:
    values = {"people": ("p1",), "bodies": ("b1",), "place": "190000000", "region": "190000000"} | more
    starts = values.pop("starts", AT + timedelta(hours=hours))
    return Slot(key, starts, starts + timedelta(hours=2), **values)


def found(*slots: Slot, regions: tuple[str, ...] = ()) -> set[tuple[str, tuple[int, ...]]]:
    return {(one.code, one.keys) for one in conflicts(slots, PERIOD, SAFE, regions)}


@pytest.mark.parametrize(
    ("slots", "code", "keys"),
    [
        ([slot(1), slot(2, 1)], "person_twice", (1, 2)),
        ([slot(1, hall="h"), slot(2, 1, hall="h", people=("p2",))], "hall_twice", (1, 2)),
        ([slot(1, starts=datetime(2027, 7, 1, 11, tzinfo=ALMATY))], "outside_half_year", (1,)),
        ([slot(1, starts=datetime(2027, 6, 30, 23, tzinfo=ALMATY))], "outside_half_year", (1,)),
        ([slot(1, bodies=())], "meeting_without_ministry", (1,)),
        ([slot(1, people=(None,))], "nobody_in_office", (1,)),
        ([slot(1, missing=("ru",))], "subject_language_missing", (1,)),
        ([slot(1, starts=datetime(2027, 1, 24, 11, tzinfo=ALMATY))], "before_safe_day", (1,)),
        ([slot(1, time_kind=TimeKind.WORKING_HOURS)], "in_working_hours", (1,)),
        ([slot(1), slot(2, 2.5)], "little_travel_time", (1, 2)),
        ([slot(1), slot(2, 4, place="190000001")], "little_travel_time", (1, 2)),
        ([slot(1), slot(2, 25, place="7", region="7")], "little_travel_time", (1, 2)),
        ([slot(1), slot(2, 5, people=("p2",), bodies=("b2",))], "same_place_same_day", (1, 2)),
    ],
)
def test_each_conflict_is_found(slots, code, keys):
    assert (code, keys) in found(*slots)


def test_a_third_ministry_in_a_place_is_told_of_both():
    """Also when the first and the third are of one ministry: then of the second."""
    second = slot(2, 5, people=("p2",), bodies=("b2",))
    third = slot(3, 10, people=("p3",), bodies=("b3",))
    same = {one for one in found(slot(1), second, third) if one[0] == "same_place_same_day"}
    assert {keys for _code, keys in same} == {(1, 2), (1, 3), (2, 3)}
    assert ("same_place_same_day", (2, 3)) in found(slot(1), second, slot(3, 10))


def test_a_plan_in_order_has_none():
    """Neighbours touch without overlapping: times are half-open."""
    assert found(slot(1, hall="h"), slot(2, 2, hall="h", people=("p2",))) == set()
    assert found(slot(1), slot(2, 3)) == set()
    assert found(slot(1), regions=("190000000",)) == set()


def test_a_forgotten_region_is_named():
    [one] = conflicts([slot(1)], PERIOD, SAFE, ["190000000", "710000000"])
    assert (one.code, one.params["region"], one.name) == (
        "region_without_meeting",
        "710000000",
        "region_without_meeting:710000000",
    )


def test_blocking_ones_come_first_and_alone():
    everything = conflicts([slot(1, time_kind=TimeKind.WORKING_HOURS), slot(2, 1)], PERIOD, SAFE)
    assert everything[0].code == "person_twice"
    assert [one.code for one in blocking(everything)] == ["person_twice"]
    assert Conflict("a", "warning", (1, 2)).name == "a:1:2"


def test_three_at_once_are_three_pairs():
    pairs = {keys for code, keys in found(slot(1), slot(2, 0.5), slot(3, 1)) if code == "person_twice"}
    assert pairs == {(1, 2), (1, 3), (2, 3)}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"ends": AT}, ["ends_before_start"]),
        ({"bodies": ()}, ["ministry_required"]),
        ({"subject_ru": " "}, ["subject_required"]),
        ({"mode": "online", "hall": 1}, ["online_has_no_hall"]),
    ],
)
def test_what_a_planned_meeting_needs(changes, codes):
    values = {"starts": AT, "ends": AT + timedelta(hours=2), "bodies": ("b",), "subject_ru": "Вода"}
    assert [one.code for one in problems_of_draft(MeetingDraft("190000000", **values | changes))] == codes

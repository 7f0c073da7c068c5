"""Proposed meetings: sound windows, what a meeting may name, what it must say before its list is submitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from procedure.half_years import HalfYear
from procedure.halls import seat_warning
from procedure.meeting_times import TimeKind, WorkingHours
from procedure.proposed_meetings import (
    ExactWindow,
    HallFacts,
    Known,
    LooseWindow,
    MeetingDraft,
    Place,
    Window,
    gaps,
    meeting_advice,
    problems_of_meeting,
    problems_of_names,
    problems_of_window,
    says_nothing,
)
from procedure.proposed_times import fit_of, share_that_suits
from procedure.topic_lists import ListDraft, TopicDraft, advice, problems_to_accept, problems_to_submit
from tests.procedure.days import DayTable

HALF_YEAR = HalfYear(2027, 1)
SATURDAY = ExactWindow(date(2027, 3, 6), time(11), time(13))
SATURDAYS = LooseWindow(date(2027, 3, 1), date(2027, 3, 31), (5,), (date(2027, 3, 20),), "day", 120)
TOPIC = TopicDraft("Су", "Вода", key=1)
FULL = MeetingDraft(("ministry.water",), (1,), "in_person", "196830100", 7, windows=(SATURDAY,))
VILLAGE = Place("196830100", "190000000", True, ("196830000", "196800000", "190000000"))
KNOWN = Known("akimat.19", "190000000", VILLAGE, HallFacts("akimat.19", VILLAGE), {"ministry.water"}, {1, 2})
WEEK = {weekday: WorkingHours(time(9), time(18)) for weekday in range(5)}
TODAY = date(2026, 11, 23)


def found(problems):
    return [(one.code, one.field) for one in problems]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (SATURDAY, []),
        (replace(SATURDAY, ends=time(11)), [("ends_before_start", "ends")]),
        (replace(SATURDAY, ends=time(10)), [("ends_before_start", "ends")]),
        (replace(SATURDAY, day=date(2026, 12, 31)), [("window_outside_half_year", "day")]),
        (replace(SATURDAY, day=date(2027, 7, 1)), [("window_outside_half_year", "day")]),
        (replace(SATURDAY, day=date(2027, 6, 30)), []),
        (SATURDAYS, []),
        (replace(SATURDAYS, last_day=date(2027, 2, 1)), [("range_ends_before_start", "last_day")]),
        (replace(SATURDAYS, last_day=date(9999, 12, 31)), [("window_outside_half_year", "last_day")]),
        (replace(SATURDAYS, first_day=date(2026, 12, 31)), [("window_outside_half_year", "first_day")]),
        (replace(SATURDAYS, excluded=(date(2027, 4, 3),)), [("excluded_outside_range", "excluded")]),
        (LooseWindow(date(2027, 3, 20), date(2027, 3, 20), (), (date(2027, 3, 20),)), [("no_day_left", "excluded")]),
        (LooseWindow(date(2027, 3, 1), date(2027, 3, 5), (5,)), [("no_day_left", "weekdays")]),
        (replace(SATURDAYS, part="night"), [("unknown_part_of_day", "part")]),
        (replace(SATURDAYS, weekdays=(7,)), [("unknown_weekday", "weekdays"), ("no_day_left", "excluded")]),
        (replace(SATURDAYS, minutes=5), [("out_of_range", "minutes")]),
        (replace(SATURDAYS, excluded=(date(2027, 3, 20),) * 40), [("too_many_excluded", "excluded")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_window(window: Window, expected: list[tuple[str, str]]) -> None:
    assert found(problems_of_window(window, HALF_YEAR)) == expected


def test_a_loose_window_means_certain_days() -> None:
    assert SATURDAYS.days == (date(2027, 3, 6), date(2027, 3, 13), date(2027, 3, 27))
    assert SATURDAY.days == (date(2027, 3, 6),)
    assert len(LooseWindow(date(2027, 3, 1), date(2027, 3, 31)).days) == 31


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"mode": "by_post"}, [("unknown_mode", "mode")]),
        ({"mode": "online"}, [("online_has_no_hall", "hall")]),
        ({"mode": "online", "hall": None, "venue_ru": "Дом"}, [("online_has_no_hall", "venue_kk")]),
        ({"venue_kk": "Үй"}, [("venue_beside_hall", "venue_kk")]),
        ({"hall": None, "venue_ru": "д" * 301}, [("too_long", "venue_ru")]),
        ({"attendance": 0}, [("out_of_range", "attendance")]),
        ({"attendance": 100_001}, [("out_of_range", "attendance")]),
        ({"windows": (SATURDAY,) * 11}, [("too_many_windows", "windows")]),
        ({"windows": (SATURDAYS, replace(SATURDAY, ends=time(1)))}, [("ends_before_start", "windows.1.ends")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_meeting(change: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert found(problems_of_meeting(replace(FULL, **change), HALF_YEAR)) == expected  # type: ignore[arg-type]


FOREIGN = Place("552210000", "550000000", True)
OTHER_VILLAGE = replace(VILLAGE, code="196830200")


@pytest.mark.parametrize(
    ("known", "draft", "expected"),
    [
        (KNOWN, FULL, []),
        (KNOWN, replace(FULL, ministries=("ministry.gone",)), [("not_a_ministry_now", "ministries")]),
        (KNOWN, replace(FULL, topics=(1, 99)), [("topic_not_in_list", "topics")]),
        (replace(KNOWN, place=None), replace(FULL, hall=None), [("unknown_place", "place")]),
        (replace(KNOWN, place=FOREIGN), replace(FULL, hall=None), [("place_of_another_region", "place")]),
        (
            replace(KNOWN, place=replace(VILLAGE, is_for_meetings=False)),
            replace(FULL, hall=None),
            [("nobody_lives_there", "place")],
        ),
        (replace(KNOWN, hall=None), FULL, [("hall_not_own", "hall")]),
        (replace(KNOWN, hall=HallFacts("akimat.33", VILLAGE)), FULL, [("hall_not_own", "hall")]),
        (replace(KNOWN, hall=HallFacts("akimat.19", OTHER_VILLAGE)), FULL, [("hall_elsewhere", "hall")]),
        (
            replace(KNOWN, hall=HallFacts("akimat.19", VILLAGE, closed=date(2026, 11, 1))),
            FULL,
            [("hall_closed", "hall")],
        ),
        (
            replace(KNOWN, hall=HallFacts("akimat.19", VILLAGE, closed=date(2027, 3, 5))),
            FULL,
            [("hall_closed", "hall")],
        ),
        (replace(KNOWN, hall=HallFacts("akimat.19", VILLAGE, closed=date(2027, 3, 6))), FULL, []),
    ],
)
def test_what_a_meeting_may_name(known: Known, draft: MeetingDraft, expected: list[tuple[str, str]]) -> None:
    assert found(problems_of_names(draft, known, TODAY)) == expected


def test_a_hall_lies_in_its_town_or_in_a_district_of_it() -> None:
    city = Place("710000000", "710000000", True)
    district = Place("711210000", "710000000", True, ("710000000",))
    for place, hall in ((city, district), (district, city), (city, city)):
        known = replace(KNOWN, region="710000000", place=place, hall=HallFacts("akimat.19", hall))
        assert problems_of_names(replace(FULL, place=place.code), known, TODAY) == []


def test_a_meeting_says_with_whom_where_and_when_before_its_list_is_submitted() -> None:
    assert found(gaps(MeetingDraft())) == [
        ("proposed_without_ministry", "ministries"),
        ("meeting_without_place", "place"),
        ("meeting_without_window", "windows"),
    ]
    assert "meeting_without_place" not in {one.code for one in gaps(MeetingDraft(mode="online"))}
    bare = ListDraft([TOPIC], meetings=[FULL, MeetingDraft()])
    first = problems_to_submit(bare)[0]
    assert (first.field, first.params["number"]) == ("meetings.1.ministries", 2)
    assert problems_to_submit(ListDraft([TOPIC], meetings=[FULL])) == []


def test_a_venue_in_one_language_is_not_accepted() -> None:
    one = ListDraft([TOPIC], meetings=[replace(FULL, hall=None, venue_kk="Мәдениет үйі")])

    assert problems_to_submit(one) == []
    assert found(problems_to_accept(one)) == [("missing_venue_language", "meetings.0.venue_ru")]


def test_a_list_proposes_meetings_or_is_advised_to_say_why_not() -> None:
    silent = ListDraft([TOPIC])

    assert "no_meetings" in {one.code for one in advice(silent)}
    assert problems_to_submit(silent) == problems_to_accept(silent) == []
    for said in (replace(silent, meetings=[FULL]), replace(silent, no_meetings_reason_ru="Зал на ремонте")):
        assert "no_meetings" not in {one.code for one in advice(said)}
    assert "no_meetings" not in {one.code for one in advice(ListDraft(no_topics_reason_ru="Нет"))}
    both = replace(silent, meetings=[FULL], no_meetings_reason_ru="Зал на ремонте")
    assert found(problems_to_submit(both)) == [("reason_beside_meetings", "no_meetings_reason_kk")]
    many = replace(silent, meetings=[FULL] * 51)
    assert "too_many_meetings" in {one.code for one in problems_to_submit(many)}


def test_what_the_authority_would_miss() -> None:
    assert meeting_advice(FULL) == []
    assert found(meeting_advice(MeetingDraft())) == [
        ("meeting_without_topics", "topics"),
        ("meeting_without_hall", "hall"),
    ]
    assert meeting_advice(MeetingDraft(topics=(1,), mode="online")) == []
    assert meeting_advice(MeetingDraft(topics=(1,), venue_ru="Дом культуры")) == []


@pytest.mark.parametrize(
    ("window", "kind", "days_off", "suiting"),
    [
        (SATURDAY, TimeKind.DAY_OFF, 1, 1),
        (SATURDAYS, TimeKind.DAY_OFF, 3, 3),
        (ExactWindow(date(2027, 3, 9), time(18, 30), time(20)), TimeKind.EVENING, 0, 1),
        (ExactWindow(date(2027, 3, 9), time(10), time(12)), TimeKind.WORKING_HOURS, 0, 0),
        (ExactWindow(date(2027, 3, 9), time(17), time(19)), TimeKind.PARTLY_WORKING_HOURS, 0, 0),
        (ExactWindow(date(2027, 3, 22), time(10), time(12)), TimeKind.DAY_OFF, 1, 1),
        (LooseWindow(date(2027, 3, 9), date(2027, 3, 12), part="evening"), TimeKind.EVENING, 0, 4),
        (LooseWindow(date(2027, 3, 9), date(2027, 3, 12)), TimeKind.PARTLY_WORKING_HOURS, 0, 0),
        (LooseWindow(date(2027, 3, 12), date(2027, 3, 13), part="day"), None, 1, 1),
    ],
)
def test_how_a_window_fits_people_who_work(
    window: Window, kind: TimeKind | None, days_off: int, suiting: int
) -> None:
    fit = fit_of(window, WEEK, DayTable())

    assert (fit.kind, fit.days_off, fit.suiting) == (kind, days_off, suiting)
    assert fit.suits_people == (suiting == len(window.days))


def test_a_moved_saturday_follows_the_hours_of_another_day() -> None:
    swapped = DayTable(frozenset({SATURDAY.day}))

    assert fit_of(SATURDAY, WEEK, swapped).kind == TimeKind.WORKING_HOURS
    assert fit_of(SATURDAY, {}, swapped).kind == TimeKind.WORKING_HOURS


def test_the_share_of_meetings_that_people_can_come_to() -> None:
    good, bad = (
        fit_of(one, WEEK, DayTable()) for one in (SATURDAY, ExactWindow(date(2027, 3, 9), time(9), time(10)))
    )

    assert share_that_suits([[good], [bad], [bad, good], []]) == (2, 3)
    assert share_that_suits([]) == (0, 0)


def test_a_blank_form_says_nothing_and_a_crowd_is_told() -> None:
    assert says_nothing(MeetingDraft(mode="online", key=7))
    assert not says_nothing(MeetingDraft(attendance=1))
    assert found(seat_warning(201, 200)) == [("more_people_than_seats", "attendance")]
    assert not seat_warning(200, 200)
    assert not seat_warning(None, 200)
    assert not seat_warning(200, None)

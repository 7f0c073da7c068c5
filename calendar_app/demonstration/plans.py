"""About 200 meetings of a half-year: who goes where, when and about what; a function of the half-year alone.

Each accepted topic gets its meeting, the rest is shared out evenly among ministries and regions.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from calendar_app.demonstration import halls
from calendar_app.queries.calendars import AcceptedTopic
from procedure.half_years import HalfYear
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Body, Hall

MEETINGS = 190  # without the second towns of journeys
FIRST_DAY, LAST_DAY = 18, 3  # days after the beginning and before the end of the half-year
LENGTH = timedelta(hours=2)
# Days off in the morning and after lunch, evenings of working days, now and then a working afternoon.
CLOCK = {5: (10, 15, 11), 6: (11, 12, 16), 2: (19,), 3: (19,)}
AFTERNOON = (1, 15)
JOINT, ONLINE, HYBRID, KAZAKH_ONLY, DEPUTY, JOURNEY = 11, 13, 9, 17, 19, 6
NOTE_KK = "Көрнекі мысал: мұндай кездесу жоспарланбаған. Кіру еркін."
NOTE_RU = "Пример для показа: такая встреча не планируется. Вход свободный."
VENUE_KK, VENUE_RU = "Аудандық демо мәдениет үйі", "Районный демо-дом культуры"
PHONE = "+7 700 000 00 00"


@dataclass(frozen=True)
class Wish:
    """What a meeting is for: a topic of a list, or what the ministry has to say anyway."""

    ministry: str
    akimat: str
    subject_kk: str
    subject_ru: str
    topics: tuple[int, ...] = ()
    district: str = ""


@dataclass
class Board:
    """What is taken already: halls by day, ministries by day."""

    halls: dict[str, list[Hall]]
    taken: set[tuple[int | str, date]] = field(default_factory=set)

    def free_hall(self, akimat: str, turn: int, day: date) -> Hall | None:
        own = self.halls[akimat]
        turns = (own[(turn + step) % len(own)] for step in range(len(own)))
        return next((hall for hall in turns if (hall.pk, day) not in self.taken), None)

    def is_free(self, ministry: str, day: date) -> bool:
        """Also the day before and after: the other end of the country is a day away."""
        return not any((ministry, day + timedelta(days=step)) in self.taken for step in (-1, 0, 1))


def drafts(half_year: HalfYear, topics: Sequence[AcceptedTopic]) -> list[MeetingDraft]:
    """The plan of the half-year, in the order in which it was written."""
    wishes: dict[str, list[Wish]] = defaultdict(list)
    for wish in _wishes(topics):
        wishes[wish.ministry].append(wish)
    found: dict[str, list[Hall]] = defaultdict(list)
    for hall in Hall.objects.order_by("owner", "pk"):
        found[str(hall.owner_id)].append(hall)
    days, board = list(_days(half_year)), Board(found)
    plan: list[MeetingDraft] = []
    for place, ministry in enumerate(sorted(wishes)):
        own = wishes[ministry]
        for turn, wish in enumerate(own):
            at = int((turn + place / len(wishes)) / len(own) * len(days))
            plan += _planned(wish, days[at], len(plan), board)
    return _joined(plan, sorted(wishes), board)


def _wishes(topics: Sequence[AcceptedTopic]) -> Iterator[Wish]:
    subjects = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text())
    ministries = [f"ministry.{code}" for code in subjects]
    akimats = list(Body.objects.akimats().order_by("code").values_list("code", flat=True))
    for number, topic in enumerate(topics):
        known = topic.ministry if topic.ministry in ministries else ministries[number % len(ministries)]
        yield Wish(known, topic.akimat.code, topic.title_kk, topic.title_ru, (topic.key,), topic.district)
    for number in range(MEETINGS - len(topics)):
        ministry = ministries[number % len(ministries)]
        kk, ru = subjects[ministry.removeprefix("ministry.")]
        yield Wish(ministry, akimats[number * 7 % len(akimats)], kk, ru)


def _days(half_year: HalfYear) -> Iterator[datetime]:
    """Moments at which meetings begin, about five a week."""
    first, last = half_year.first_day + timedelta(FIRST_DAY), half_year.last_day - timedelta(LAST_DAY)
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        week = number // 7
        weekday, hour = AFTERNOON
        if day.weekday() == weekday and week % 2:
            yield _at(day, hour)
        for hours in filter(None, [CLOCK.get(day.weekday())]):
            yield _at(day, hours[week % len(hours)])


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ALMATY)


def _planned(wish: Wish, starts: datetime, number: int, board: Board) -> list[MeetingDraft]:
    """One meeting, or two of one journey: the second in another town of the region in the afternoon."""
    draft = _draft(wish, starts, number, board)
    board.taken |= {(wish.ministry, starts.date())}
    second = board.free_hall(wish.akimat, number + 1, starts.date())
    if number % JOURNEY or starts.hour > 11 or draft.hall is None or second is None:
        return [draft]
    board.taken |= {(second.pk, starts.date())}
    trip = f"{wish.ministry.removeprefix('ministry.')}-{starts:%m%d}"
    later = starts + timedelta(hours=6)
    more = replace(
        draft, place=str(second.territory_id), hall=second.pk, starts=later, ends=later + LENGTH, trip=trip, topics=()
    )  # fmt: skip
    return [replace(draft, trip=trip), more]


def _draft(wish: Wish, starts: datetime, number: int, board: Board) -> MeetingDraft:
    draft = MeetingDraft(
        board.halls[wish.akimat][0].territory_id,
        starts,
        starts + LENGTH,
        (wish.ministry,),
        kind="deputy" if number % DEPUTY == 1 else "head",
        languages="kk" if number % KAZAKH_ONLY == 3 else "kk_ru",
        subject_kk=wish.subject_kk,
        subject_ru=wish.subject_ru,
        note_kk=NOTE_KK,
        note_ru=NOTE_RU,
        contact_person=f"Demo contact {wish.akimat[-2:]}",
        contact_phone=PHONE,
        topics=wish.topics,
    )
    return _somewhere(draft, wish, number, board)


def _somewhere(draft: MeetingDraft, wish: Wish, number: int, board: Board) -> MeetingDraft:
    """Online, in a village of the district that asked, or in a hall of the akimat."""
    if number % ONLINE == 5:
        return replace(draft, mode="online", online_url=f"https://broadcast.example/{draft.starts:%Y-%m-%d}")
    place = halls.first_place(wish.district) if wish.district else None
    if place:
        return replace(draft, place=place, venue_kk=VENUE_KK, venue_ru=VENUE_RU)
    hall = board.free_hall(wish.akimat, number, draft.starts.date())
    if hall is None:
        return replace(draft, venue_kk=VENUE_KK, venue_ru=VENUE_RU)
    board.taken |= {(hall.pk, draft.starts.date())}
    draft = replace(draft, place=str(hall.territory_id), hall=hall.pk)
    if number % HYBRID == 4:
        return replace(draft, mode="hybrid", online_url=f"https://broadcast.example/{draft.starts:%Y-%m-%d}")
    return draft


def _joined(plan: list[MeetingDraft], ministries: list[str], board: Board) -> list[MeetingDraft]:
    """Now and then a second ministry comes along, if it is free on that day."""
    found = []
    for number, draft in enumerate(plan):
        day, others = draft.starts.date(), ministries[number % len(ministries) :]
        partner = next((code for code in others if board.is_free(code, day)), None)
        if partner is None or number % JOINT != 2 or draft.kind != "head" or draft.trip:
            found.append(draft)
            continue
        board.taken |= {(partner, day)}
        found.append(replace(draft, bodies=(*draft.bodies, partner)))
    return found

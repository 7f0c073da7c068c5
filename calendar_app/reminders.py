"""What is to be reminded of at an instant: reading only. `transitions.reminders` queues the letters.

A duty has a ladder of steps, in working days from the day to aim at: before it, on it, after it. Each step has
an instant, so that what is owed follows from rows and the clock alone. Of the steps that passed while nobody
looked, only the newest is owed: after three days without the portal there is one letter, not three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.db.models.functions import Greatest

from calendar_app.models import Obligation, ReminderStep
from procedure.moments import ALMATY, day_of
from procedure.workdays import count_working_days
from regions import workdays
from regions.workdays import Workdays

# Further from its last day than this no duty has a step: the sweep leaves it alone.
REACH = timedelta(days=90)


@dataclass(frozen=True)
class Step:
    """A step of the ladder that has come for all duties of a kind with one term.

    offset: working days from the day to aim at, negative before it; at: its instant; days_left: working days
    from now to the day to aim at, 0 on it and after it.
    """

    kind: str
    due: datetime
    offset: int
    at: datetime
    days_left: int


def ladder(kind: str) -> Sequence[int]:
    """The steps of a kind, in order; a kind that the setting does not name has the default ones."""
    ladders = settings.REMINDER_LADDERS
    return sorted(ladders.get(kind, ladders["default"]))


def last_before(kind: str) -> int:
    """The last step of a kind that is not after the day to aim at: it comes to everybody, digest or not."""
    return max((step for step in ladder(kind) if step <= 0), default=0)


def step_at(aim_day: date, offset: int, days: Workdays) -> datetime:
    """The instant of a step: a working day, at the hour of reminders, in Almaty."""
    day = count_working_days(aim_day, abs(offset), days, direction=1 if offset > 0 else -1)
    return datetime.combine(day, time(settings.REMINDER_HOUR), tzinfo=ALMATY)


def owed(now: datetime) -> list[Step]:
    """The newest step of each term that has come and was not taken; for kinds with duties not done.

    A step before one that was taken is never owed again, whatever the clock does. Three queries.
    """
    days = workdays.current()
    terms = (
        Obligation.objects.not_done()
        .filter(due__gt=now - REACH, due__lt=now + REACH)
        .values_list("kind", "due")
        .annotate(aim=Max("aim_day"), since=Min(Greatest("opened_at", "extended_at")))
        .order_by("kind", "due")
    )
    taken = _taken(now)
    found = []
    for kind, due, aim_day, since in terms:
        step = _newest(kind, due, aim_day, days, now)
        if step and step.at >= since and step.offset > taken.get((kind, due), -REACH.days):
            found.append(step)
    return found


def missed(now: datetime, kinds: Sequence[str]) -> list[tuple[str, datetime]]:
    """Kind and due instant of terms of these kinds that ended lately with duties not done, and not told yet."""
    told = set(
        ReminderStep.objects.filter(offset=ReminderStep.MISSED, due__gt=now - REACH).values_list(
            "kind", "due"
        )
    )
    ended = Obligation.objects.not_done().filter(kind__in=kinds, due__gt=now - REACH, due__lte=now)
    terms = {(kind, due) for kind, due in ended.values_list("kind", "due") if due}
    return sorted(terms - told)


def _newest(kind: str, due: datetime, aim_day: date, days: Workdays, now: datetime) -> Step | None:
    come = [(offset, at) for offset in ladder(kind) if (at := step_at(aim_day, offset, days)) <= now]
    if not come:
        return None
    offset, at = come[-1]
    return Step(kind, due, offset, at, _working_days(day_of(now), aim_day, days))


def _working_days(today: date, aim_day: date, days: Workdays) -> int:
    """Working days after today up to the day to aim at."""
    between = (today + timedelta(days=number) for number in range(1, (aim_day - today).days + 1))
    return sum(days.is_working(day) for day in between)


def _taken(now: datetime) -> dict[tuple[str, datetime], int]:
    steps = ReminderStep.objects.exclude(offset=ReminderStep.MISSED).filter(due__gt=now - REACH)
    return {(kind, due): offset for kind, due, offset in _latest(steps.values_list("kind", "due", "offset"))}


def _latest(rows: Iterable[tuple[str, datetime, int]]) -> list[tuple[str, datetime, int]]:
    """In ascending order of the step, so that the last one wins."""
    return sorted(rows, key=lambda row: row[2])

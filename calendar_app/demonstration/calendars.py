"""The calendar of the half-year that runs: compiled, coordinated, approved, in force, and amended once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from accounts.models import User
from calendar_app import terms
from calendar_app.demonstration import plans
from calendar_app.demonstration.moments import Moment
from calendar_app.models import CalendarVersion, CoordinationAnswer, PlannedMeeting, RuleSet, Session
from calendar_app.queries import calendars as queries
from calendar_app.queries.calendars import AcceptedTopic
from calendar_app.transitions import calendars, commission, coordination, meetings
from procedure import sessions
from procedure.half_years import HalfYear
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY, day_of, start_of_day
from regions import workdays

# The last list is accepted two days and a half after the last day for lists.
AFTER_LISTS, STEP = timedelta(days=4, hours=10, minutes=30), timedelta(days=1)
# A later version changes meetings that lie this far in the half-year, so that they have not begun.
CHANGED_FROM, SECOND_VERSION_BY = timedelta(days=100), timedelta(days=75)
REFUSING = "ministry.transport"
REFUSAL = "Көрнекі мысал: министр сол күні басқа өңірде. / Пример: министр в этот день в другом регионе."
LEFT_OUT_WORDS = "Көрнекі мысал: әкімдік өзі шеше алады. / Пример: акимат может решить сам."
CANCELLED = "Көрнекі мысал: зал жөндеуге жабылды. / Пример: зал закрыт на ремонт."
AMENDED = "Көрнекі мысал: министрліктердің ұсыныстары. / Пример: предложения министерств."


def story(*, users: dict[str, User], half_year: HalfYear, now: datetime) -> Iterator[Moment]:
    """Two versions between the acceptance of the lists and now; the first is in force before the half-year."""
    rules = RuleSet.objects.in_force_on(half_year.previous.first_day)
    began = terms.of_half_year(half_year, rules, workdays.current()).due + AFTER_LISTS
    first = _First(users, half_year)
    compiled = (first.open, first.plan, first.leave_out, first.ask, first.answer, first.mend, first.submit)
    yield from _spread(compiled, began, STEP)
    decided = began + STEP * len(compiled)
    yield from _spread((first.plan_session, first.open_session), decided, STEP * 3)
    yield from _spread((first.close_session, first.publish), decided + STEP * 4, STEP)
    published = decided + STEP * 5
    step = (min(now, start_of_day(half_year.first_day) + SECOND_VERSION_BY) - published) / 10
    step = timedelta(step.days) or step
    second = _Second(users, half_year)
    amended = (
        second.open, second.amend, second.ask, second.answer, second.submit,
        second.plan_session, second.open_session, second.close_session, second.publish,
    )  # fmt: skip
    yield from _spread(amended, published + step, step)


def _spread(acts: Sequence[Callable[[datetime], None]], began: datetime, step: timedelta) -> Iterator[Moment]:
    for number, act in enumerate(acts):
        at = began + step * number
        yield Moment(at, "calendar", partial(act, at))


class _Story:
    """One version and the people who act on it; each act reads the version anew."""

    protocol = ""

    def __init__(self, users: dict[str, User], half_year: HalfYear) -> None:
        self.users, self.half_year = users, half_year
        self.authority, self.secretary = users["authority"], users["secretary"]

    @property
    def version(self) -> CalendarVersion:
        found = CalendarVersion.objects.filter(calendar__half_year=self.half_year.code)
        return found.select_related("calendar__rule_set").order_by("-number")[0]

    @property
    def session(self) -> Session:
        return Session.objects.select_related("version").get(version=self.version)

    def _compile(self, act: Callable[..., object], now: datetime, **words: Any) -> None:
        version = self.version
        act(version=version, by=self.authority, now=now, revision=version.revision, **words)

    def ask(self, now: datetime) -> None:
        self._compile(coordination.ask, now)

    def answer(self, now: datetime) -> None:
        """Every ministry agrees to everything that it was not heard about."""
        asked = CoordinationAnswer.objects.filter(planned__version=self.version).current().unanswered()
        by_ministry: dict[str, list[CoordinationAnswer]] = {}
        for one in asked.select_related("planned__version").order_by("body", "pk"):
            by_ministry.setdefault(str(one.body_id), []).append(one)
        for code, answers in by_ministry.items():
            coordination.answer(answers=answers, agree=True, by=self.users[code], now=now)

    def submit(self, now: datetime) -> None:
        self._compile(calendars.submit, now)

    def plan_session(self, now: datetime) -> None:
        rules = self.version.calendar.rule_set.rules
        day = sessions.first_session_day(day_of(now), rules, workdays.current())
        held_at = datetime.combine(day, time(11), tzinfo=ALMATY)
        session = commission.plan(
            version=self.version, kind="session", held_at=held_at, by=self.secretary, now=now
        )
        commission.send_materials(session=session, by=self.secretary, now=now, revision=session.revision)

    def open_session(self, now: datetime) -> None:
        session = self.session
        commission.open_(session=session, by=self.secretary, now=now, revision=session.revision)
        for number, value in enumerate(("for", "for", "for", "for", "for", "abstained"), start=1):
            commission.vote(session=session, value=value, by=self.users[f"commission.{number}"], now=now)

    def close_session(self, now: datetime) -> None:
        session = self.session
        commission.close(
            session=session,
            by=self.secretary,
            now=now,
            revision=session.revision,
            present=[],
            protocol_number=self.protocol,
            protocol_day=day_of(now),
        )

    def publish(self, now: datetime) -> None:
        self._compile(calendars.publish, now)


class _First(_Story):
    """The first version: two topics are left out, one ministry refuses a meeting, which is moved."""

    protocol = "DEMO-1"

    def open(self, now: datetime) -> None:
        calendars.open_(half_year=self.half_year, by=self.authority, now=now)

    def plan(self, now: datetime) -> None:
        self._compile(meetings.plan, now, drafts=plans.drafts(self.half_year, self._topics()[2:]))

    def leave_out(self, now: datetime) -> None:
        for topic in self._topics()[:2]:
            self._compile(meetings.leave_out, now, topic=topic.key, reason="local", words=LEFT_OUT_WORDS)

    def answer(self, now: datetime) -> None:
        asked = CoordinationAnswer.objects.filter(planned__version=self.version, body=REFUSING)
        refused = asked.select_related("planned__version").order_by("planned__starts").last()
        assert refused is not None
        later = refused.planned.starts + timedelta(days=1)
        by = self.users[REFUSING]
        coordination.answer(
            answers=[refused], agree=False, by=by, now=now, words=REFUSAL, counter_starts=later
        )
        super().answer(now)

    def mend(self, now: datetime) -> None:
        """The refused meeting is moved to the proposed day; only this one is asked about again."""
        refused = CoordinationAnswer.objects.select_related("planned__version").get(state="refused")
        assert refused.counter_starts is not None
        _change(refused.planned, self, now, starts=refused.counter_starts)
        self.ask(now)
        super().answer(now)

    def _topics(self) -> list[AcceptedTopic]:
        return queries.accepted_topics(self.half_year)


class _Second(_Story):
    """The second version: one meeting cancelled, one in another hall, one with other words, one later."""

    protocol = "DEMO-2"

    def open(self, now: datetime) -> None:
        calendars.open_(half_year=self.half_year, by=self.authority, now=now, reason=AMENDED)

    def amend(self, now: datetime) -> None:
        after = start_of_day(self.half_year.first_day) + CHANGED_FROM
        coming = self.version.planned.filter(starts__gte=after, hall__isnull=False, trip="", mode="in_person")
        coming = coming.filter(topics=None).in_order()
        gone, elsewhere, later, longer = coming.select_related("version", "meeting", "hall__owner")[:4]
        self._cancel(gone, now)
        assert elsewhere.hall is not None
        hall = elsewhere.hall.owner.halls.exclude(pk=elsewhere.hall.pk).last()
        assert hall is not None
        _change(elsewhere, self, now, place=hall.territory_id, hall=hall.pk)
        _change(later, self, now, starts=later.starts + timedelta(hours=1))
        _change(longer, self, now, ends=longer.ends + timedelta(minutes=30))

    def _cancel(self, planned: PlannedMeeting, now: datetime) -> None:
        meetings.remove(
            planned=planned, by=self.authority, now=now, revision=self.version.revision, reason=CANCELLED
        )


def _change(planned: PlannedMeeting, story: _Story, now: datetime, **words: Any) -> None:
    draft = draft_of(planned)
    if "starts" in words:
        words["ends"] = words["starts"] + (draft.ends - draft.starts)
    meetings.change(
        planned=planned,
        draft=replace(draft, **words),
        by=story.authority,
        now=now,
        revision=story.version.revision,
    )


def draft_of(planned: PlannedMeeting) -> MeetingDraft:
    """The planned meeting as it was written."""
    plain = {name: getattr(planned, name) for name in meetings.PLAIN}
    return MeetingDraft(
        place=str(planned.place_id),
        hall=planned.hall_id,
        bodies=tuple(planned.attendance.values_list("body", flat=True)),
        topics=tuple(planned.topics.values_list("topic_key", flat=True)),
        **plain,
    )

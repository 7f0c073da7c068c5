"""“What I owe and by when”: whatever a person's bodies have to do next, the most urgent first.

One reader per desk. Each looks at the objects themselves, so that a line goes the moment its act is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.models import User
from accounts.permissions import Permission
from base import written_once
from base.dates import half_year_name
from base.names import in_language
from calendar_app.labels.calendars import OPEN_STATES, VersionState
from calendar_app.labels.commission import SessionState
from calendar_app.labels.obligations import ObligationKind
from calendar_app.labels.topic_lists import BOARD_STATES
from calendar_app.models import CalendarVersion, CoordinationAnswer, RuleSet, Session, TopicList
from calendar_app.queries.topic_lists import Standing, waiting_for_review
from calendar_app.transitions import calendars
from procedure.deadlines import Due, calendar_submission_due, coordination_due, publication_due, term_due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.workdays import working_day_from
from regions import workdays


@dataclass(frozen=True)
class Task:
    """One line: what, for whom, where it stands, what is missing, by when, and where it is done."""

    name: str
    about: str
    state: str
    url: str
    action: str
    term: Due | None = None
    missing: list[str] = field(default_factory=list)
    badge: str = "upcoming"
    is_late: bool = False


def own_work(user: User, lists: Sequence[Standing], desk: Sequence[Standing], moment: datetime) -> list[Task]:
    """The tasks of a person. lists: standings of their own akimats; desk: those that they may review."""
    day = day_of(moment)
    found = [*_lists(user, lists, day), *_reviews(user, desk, day)]
    readers: list[tuple[Permission, Callable[[User, datetime], Iterator[Task]]]] = [
        (Permission.CALENDAR_COMPILE, _calendars),
        (Permission.COORDINATION_READ, _coordination),
        (Permission.SESSION_KEEP, _sessions),
        (Permission.SESSION_VOTE, _votes),
    ]
    for permission, reader in readers:
        if user.may(permission, on=day):
            found += reader(user, moment)
    return sorted(found, key=_urgency)


def _urgency(task: Task) -> tuple[bool, float]:
    return task.term is None, task.term.due.timestamp() if task.term else 0.0


# --- Akimats ------------------------------------------------------------------------------------------
def _lists(user: User, rows: Sequence[Standing], day: date) -> Iterator[Task]:
    owed = [row for row in rows if row.is_owed]
    missing = _missing([row.topic_list.pk for row in owed if row.topic_list])
    states = dict(BOARD_STATES)
    for row in owed:
        one = row.topic_list
        address = [row.half_year, row.akimat.code]
        yield Task(
            name=_named(ObligationKind.TOPIC_LIST, row.round),
            about=f"{in_language(row.akimat)}, {half_year_name(row.half_year)}",
            state=str(states[row.state]),
            badge="overdue" if row.is_overdue else row.state,
            is_late=row.is_overdue,
            missing=missing.get(one.pk, []) if one else [],
            term=row.term,
            url=reverse("staff:topic_list_edit", args=address)
            if one
            else f"#list-{row.half_year.code}-{row.akimat.region_id}",
            action=gettext("Continue writing") if one else gettext("Start the list"),
        )


def _missing(keys: Sequence[int]) -> dict[int, list[str]]:
    """By list: that it has no topic yet, or how many topics lack one of the two languages."""
    if not keys:
        return {}
    lacks = {
        code: Q(**{f"topics__title_{code}": ""})
        | Q(**{f"topics__text_{code}": ""}) & ~Q(**{f"topics__text_{other}": ""})
        for code, other in (("kk", "ru"), ("ru", "kk"))
    }
    rows = TopicList.objects.filter(pk__in=keys).annotate(
        number=Count("topics"),
        no_kk=Count("topics", filter=Q(topics__isnull=False) & lacks["kk"]),
        no_ru=Count("topics", filter=Q(topics__isnull=False) & lacks["ru"]),
    )
    return {
        key: list(_lacking(*counted)) for key, *counted in rows.values_list("pk", "number", "no_kk", "no_ru")
    }


def _lacking(topics: int, kk: int, ru: int) -> Iterator[str]:
    if not topics:
        yield gettext("No topic yet")
    if kk:
        yield gettext("Topics without Kazakh text: %(number)s") % {"number": kk}
    if ru:
        yield gettext("Topics without Russian text: %(number)s") % {"number": ru}


# --- The authorised body ------------------------------------------------------------------------------
def _reviews(user: User, rows: Sequence[Standing], day: date) -> Iterator[Task]:
    waiting = waiting_for_review(rows)
    if not waiting or not user.may(Permission.TOPIC_LIST_REVIEW, on=day):
        return
    first = waiting[0]
    yield Task(
        name=gettext("Review of topic lists"),
        about=half_year_name(first.half_year),
        state=ngettext("%(number)s list waits", "%(number)s lists wait", len(waiting))
        % {"number": len(waiting)},
        badge="overdue" if first.is_review_late else "submitted",
        is_late=first.is_review_late,
        term=first.review,
        url=first.topic_list.get_absolute_url() if first.topic_list else reverse("staff:board"),
        action=gettext("Open the list that is due first"),
    )


def _calendars(user: User, moment: datetime) -> Iterator[Task]:
    """The calendar of the half-year that runs and of the next, while it has to be submitted or published."""
    current = HalfYear.of(day_of(moment))
    known = CalendarVersion.objects.filter(calendar__half_year__in=[current.code, current.next.code])
    versions = list(known.select_related("calendar__rule_set").order_by("number"))
    latest = {one.half_year: one for one in versions}
    begun = {one.half_year for one in versions if one.in_force_from}
    for half_year in (current, current.next):
        version = latest.get(half_year.code)
        if version is None or version.state in (*OPEN_STATES, VersionState.RETURNED):
            if half_year.code not in begun:
                yield _submission(half_year, version, moment)
        elif version.state == VersionState.APPROVED and version.decided_at:
            yield _publication(version, moment)


def _submission(half_year: HalfYear, version: CalendarVersion | None, moment: datetime) -> Task:
    term: Due | None
    if version is None:
        rules = RuleSet.objects.in_force_on(day_of(moment)).rules
        term, number = calendar_submission_due(half_year, rules, workdays.current()), 1
    else:
        term, number = calendars.due_of(version), version.calendar.round
    late = term is not None and term.is_late(moment)
    return Task(
        name=_named(ObligationKind.CALENDAR_SUBMISSION, number),
        about=half_year_name(half_year),
        state=str(VersionState(version.state).label) if version else gettext("No working copy yet"),
        badge="overdue" if late else "draft",
        is_late=late,
        term=term,
        url=version.get_absolute_url() if version else reverse("staff:calendars"),
        action=gettext("Open the calendar"),
    )


def _publication(version: CalendarVersion, moment: datetime) -> Task:
    assert version.decided_at
    rules, period = version.calendar.rule_set.rules, version.period
    term = publication_due(day_of(version.decided_at), rules, workdays.current(), period)
    return Task(
        name=str(ObligationKind.PUBLICATION.label),
        about=half_year_name(period),
        state=str(VersionState.APPROVED.label),
        badge="overdue" if term.is_late(moment) else "accepted",
        is_late=term.is_late(moment),
        term=term,
        url=version.get_absolute_url(),
        action=gettext("Open the calendar"),
    )


# --- Ministries ---------------------------------------------------------------------------------------
def _coordination(user: User, moment: datetime) -> Iterator[Task]:
    """Rounds of coordination in which one's own ministry has not answered about every meeting."""
    own = {one.body_id for one in user.held(day_of(moment)) if one.grants(Permission.COORDINATION_READ)}
    asked = [key for (key,) in _unanswered(tuple(sorted(own)))]
    if not asked:  # as for almost everybody at almost any time
        return
    rows = CoordinationAnswer.objects.with_terms().filter(pk__in=asked)
    rows = rows.select_related("round__version__calendar__rule_set", "body")
    groups: dict[tuple[int, str], list[CoordinationAnswer]] = {}
    for one in rows.order_by("round", "body"):
        groups.setdefault((one.round_id, one.body_id), []).append(one)
    days = workdays.current()
    for same in groups.values():
        asked_in = same[0].round
        rules, period = asked_in.version.calendar.rule_set.rules, asked_in.version.period
        term = coordination_due(day_of(asked_in.opened_at), rules, days, period)
        yield Task(
            name=str(ObligationKind.COORDINATION_ANSWER.label),
            about=f"{in_language(same[0].body)}, {half_year_name(period)}",
            state=ngettext(
                "%(number)s meeting without an answer", "%(number)s meetings without an answer", len(same)
            )
            % {"number": len(same)},
            badge="overdue" if moment >= same[0].due else "submitted",
            is_late=moment >= same[0].due,
            # What was asked with stands, whatever the day table says since.
            term=replace(
                term,
                last_day=same[0].last_day,
                due=same[0].due,
                aim_day=working_day_from(same[0].last_day, days, direction=-1)
                if same[0].given_due
                else min(term.aim_day, asked_in.last_day),
            ),
            url=reverse("staff:coordination"),
            action=gettext("Answer"),
        )


@written_once.tuples
def _unanswered(bodies: tuple[str, ...]) -> QuerySet[CoordinationAnswer, tuple[int]]:
    """What the bodies were asked about meetings as they are now, and have not answered."""
    open_ = CoordinationAnswer.objects.current().unanswered()
    asked = open_.filter(body__in=bodies, planned__version__state=VersionState.COORDINATION)
    return asked.order_by().values_list("pk")


# --- The commission -----------------------------------------------------------------------------------
def _sessions(user: User, moment: datetime) -> Iterator[Task]:
    """For the secretary: calendars without a session, materials to send, sessions to open and to close."""
    submitted = CalendarVersion.objects.filter(state=VersionState.SUBMITTED).select_related("calendar")
    running = {
        one.version_id: one
        for one in Session.objects.running().select_related("version__calendar", "rule_set")
    }
    for version in submitted:
        session = running.get(version.pk)
        assert version.submitted_at
        days = (day_of(moment) - day_of(version.submitted_at)).days
        yield Task(
            name=str(ObligationKind.DECISION.label),
            about=half_year_name(version.period),
            state=str(SessionState(session.state).label) if session else gettext("No session is planned yet"),
            badge="draft",
            missing=[
                ngettext("Waits for %(number)s day", "Waits for %(number)s days", days) % {"number": days}
            ],
            term=_materials(session) if session and session.state == SessionState.PLANNED else None,
            url=session.get_absolute_url() if session else reverse("staff:session_plan", args=[version.pk]),
            action=gettext("Open the session") if session else gettext("Plan the session"),
        )


def _materials(session: Session) -> Due:
    """By when members have the materials, counted back from the day of the session (section 7)."""
    period = session.version.period
    return term_due(
        "materials", "materials", day_of(session.held_at), session.rule_set.rules, workdays.current(), period
    )


def _votes(user: User, moment: datetime) -> Iterator[Task]:
    """Open votes in which one has not voted."""
    open_ones = Session.objects.filter(state=SessionState.OPEN).exclude(votes__member=user)
    for session in open_ones.select_related("version__calendar"):
        yield Task(
            name=gettext("Your vote"),
            about=half_year_name(session.version.period),
            state=str(SessionState.OPEN.label),
            badge="submitted",
            url=reverse("staff:session_vote", args=[session.pk]),
            action=gettext("Vote"),
        )


def _named(kind: ObligationKind, number: int) -> str:
    if number == 1:
        return str(kind.label)
    return gettext("%(duty)s, round %(number)s") % {"duty": kind.label, "number": number}

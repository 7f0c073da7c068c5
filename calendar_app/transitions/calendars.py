"""Acts on a calendar as a whole: open a working copy, submit it, publish it (procedure, section 2)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from base.errors import Refused
from calendar_app import calendar_snapshots, terms
from calendar_app.labels.calendars import PUBLISHED_STATES, ItemKind, VersionState
from calendar_app.labels.coordination import AnswerState
from calendar_app.letters import calendars as letters
from calendar_app.letters import commission as commission_letters
from calendar_app.models import (
    Calendar,
    CalendarSubmission,
    CalendarVersion,
    Meeting,
    PlannedMeeting,
    RuleSet,
)
from calendar_app.queries import brought, weighed
from calendar_app.queries import calendars as queries
from calendar_app.transitions import calendar_steps as steps
from calendar_app.transitions import working_copies
from calendar_app.transitions.meetings import resolve_people
from procedure.conflicts import blocking
from procedure.deadlines import Due, calendar_submission_due, round_due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.problems import Problem
from regions import workdays
from regions.models import Body

_NOW = "SET CONSTRAINTS attendance_person_once, planned_meeting_hall_once IMMEDIATE"


@transaction.atomic
def open_(*, half_year: HalfYear, by: User, now: datetime, reason: str = "") -> CalendarVersion:
    """Open the working copy of the half-year: empty, or as the version before it was.

    Raises NotPermitted, and Refused while another one is in preparation or for a half-year far away.
    """
    actor = access.check(by, Permission.CALENDAR_COMPILE, Body.objects.get(code="authority"), now)
    if half_year not in terms.half_years_open_for_lists(day_of(now)):
        raise Refused([Problem("half_year_not_open", {"half_year": half_year.code}, "half_year")])
    rule_set = RuleSet.objects.in_force_on(day_of(now))
    calendar, _ = Calendar.objects.get_or_create(
        half_year=half_year.code, defaults={"rule_set": rule_set, "opened_at": now}
    )
    RuleSet.objects.filter(pk=calendar.rule_set_id, used=False).update(used=True)
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    if calendar.versions.in_preparation().exists():
        raise Refused([Problem("version_in_preparation")])
    base = calendar.versions.order_by("-number").first()
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=base.number + 1 if base else 1,
        based_on=base,
        reason=reason.strip(),
        created_at=now,
    )
    if base:
        working_copies.fill(version, base)
    steps.remember_hand(version, by)
    steps.record("open", version, actor, now, {"state": [None, version.state]})
    return version


def due_of(version: CalendarVersion) -> Due | None:
    """By when this version is due: the date of the half-year, or the term of a returned round.

    None for a version that changes one in force: nothing but the first calendar of a half-year has a date.
    """
    calendar, days = version.calendar, workdays.current()
    if calendar.versions.filter(in_force_from__isnull=False).exists():
        return None
    rules = calendar.rule_set.rules
    returned = calendar.versions.filter(state=VersionState.RETURNED).order_by("-number").first()
    if returned is None or returned.decided_at is None:
        return calendar_submission_due(calendar.period, rules, days)
    return round_due("calendar_submission", day_of(returned.decided_at), rules, days, calendar.period)


def problems_to_submit(version: CalendarVersion) -> list[Problem]:
    """What keeps the version from the commission: conflicts, topics without a word, ministries not heard."""
    problems = [Problem(one.code, one.params) for one in blocking(queries.conflicts_of(version))]
    if not version.planned.filter(cancelled=False).exists():
        problems.append(Problem("calendar_empty"))
    waiting = brought.open_items(version)
    for kind, code in (
        (ItemKind.TOPIC, "topics_not_taken"),
        (ItemKind.PROPOSED_MEETING, "meetings_not_taken"),
    ):
        if count := sum(one.item.kind == kind for one in waiting):
            problems.append(Problem(code, {"count": count}))
    asked = queries.to_be_asked(version)
    if asked:
        problems.append(Problem("ministries_not_asked", {"count": len(asked)}))
    refused = [
        one
        for one in queries.standing_answers(version, AnswerState.REFUSED)
        if not hasattr(one, "disagreement")
    ]
    if refused:
        problems.append(Problem("refusals_stand", {"count": len(refused)}))
    return problems


@transaction.atomic
def submit(
    *,
    version: CalendarVersion,
    by: User,
    now: datetime,
    revision: int,
    explanation: str = "",
    silence: str = "",
) -> CalendarSubmission:
    """Submit the coordinated calendar: numbers are given, everything becomes binding and frozen, a receipt is made.

    Raises NotPermitted, Stale, and Refused with everything that stands in the way.
    """
    locked, actor = steps.lock(version, Permission.CALENDAR_SUBMIT, by, now, revision)
    target = steps.target("submit", locked)
    term = due_of(locked)
    problems = problems_to_submit(locked) + _unexplained(locked, now, term, explanation, silence)
    if problems:
        raise Refused(problems)
    resolve_people(locked)
    _number(locked)
    _bind(locked)
    locked.submitted_at = now
    submission = _receipt(locked, by, now, term, explanation.strip(), silence.strip())
    before, locked.state = locked.state, target
    steps.remember_hand(locked, by)
    steps.save(locked, "state", "submitted_at")
    changes = {
        "state": [before, locked.state],
        "receipt_number": [None, submission.receipt_number],
        "sha256": [None, submission.sha256],
        "late": [None, submission.late],
    }
    steps.record("submit", locked, actor, now, changes)
    letters.submitted(submission, now=now)
    return submission


@transaction.atomic
def publish(*, version: CalendarVersion, by: User, now: datetime, revision: int) -> CalendarVersion:
    """Bring the approved version into force; the one before is superseded at the same instant (row 6)."""
    locked, actor = steps.lock(version, Permission.CALENDAR_SUBMIT, by, now, revision)
    target = steps.target("publish", locked)
    former = CalendarVersion.objects.select_for_update().filter(
        calendar=locked.calendar, state=VersionState.IN_FORCE
    )
    for one in former:
        one.state, one.superseded_at = steps.target("supersede", one), now
        steps.save(one, "state", "superseded_at")
    before, locked.state, locked.in_force_from = locked.state, target, now
    steps.save(locked, "state", "in_force_from")
    steps.record("publish", locked, actor, now, {"state": [before, locked.state]})
    commission_letters.published(locked, now=now)
    return locked


def _unexplained(
    version: CalendarVersion, now: datetime, term: Due | None, explanation: str, silence: str
) -> list[Problem]:
    """A late calendar wants an explanation; a silent ministry the end of its term and a word about it."""
    problems = []
    if term and term.is_late(now) and not explanation.strip():
        problems.append(Problem("explanation_required", field="explanation"))
    silent = list(queries.standing_answers(version, AnswerState.ASKED))
    if any(now < one.due for one in silent):
        problems.append(Problem("ministries_have_time", {"count": len(silent)}))
    elif silent and not silence.strip():
        problems.append(Problem("silence_unexplained", {"count": len(silent)}, "silence"))
    return problems


def _number(version: CalendarVersion) -> None:
    """Permanent numbers for meetings that have none, in the order of time."""
    last = (
        Meeting.objects.filter(calendar=version.calendar, number__isnull=False)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    number = int(last.rpartition("-")[2]) if last else 0
    fresh = []
    for planned in version.planned.filter(meeting__number=None).in_order().select_related("meeting"):
        number += 1
        planned.meeting.number = f"{version.half_year}-{number:03}"
        fresh.append(planned.meeting)
    Meeting.objects.bulk_update(fresh, ["number"], batch_size=500)


def _bind(version: CalendarVersion) -> None:
    """Everything becomes binding; what differs from the version in force gets the next sequence.

    Raises Refused when the database finds a person or a hall twice that the rules had not found.
    """
    former = CalendarVersion.objects.filter(calendar=version.calendar, state__in=PUBLISHED_STATES)
    base = former.order_by("-in_force_from").first()
    known = {one.meeting_id: one for one in base.planned.with_posts().with_topics()} if base else {}
    same: dict[tuple[int, int | None], list[int]] = {}
    for one in version.planned.with_posts().with_topics():
        before = known.get(one.meeting_id)
        mark: tuple[int, int | None] = (before.sequence + 1 if before else 0, version.pk)
        if before and before.content() == one.content():
            mark = (before.sequence, before.changed_in_id)
        same.setdefault(mark, []).append(one.pk)
    try:
        with transaction.atomic():
            for (sequence, changed_in), keys in same.items():
                rows = PlannedMeeting.objects.filter(pk__in=keys)
                rows.update(binding=True, sequence=sequence, changed_in=changed_in)
            with connection.cursor() as cursor:
                cursor.execute(_NOW)
    except IntegrityError:
        raise Refused([Problem("binding_overlap")]) from None


def _receipt(
    version: CalendarVersion, by: User, now: datetime, term: Due | None, explanation: str, silence: str
) -> CalendarSubmission:
    calendar, late = version.calendar, bool(term and term.is_late(now))
    submission = CalendarSubmission(
        version=version,
        round=calendar.round,
        receipt_number=f"C-{calendar.half_year}-{version.number}",
        submitted_at=now,
        submitted_by=by,
        last_day=term.last_day if term else None,
        due=term.due if term else None,
        late=late,
        explanation=explanation if late else "",
        silence=silence,
    )
    submission.snapshot = calendar_snapshots.canonical(calendar_snapshots.content_of(submission))
    submission.sha256 = calendar_snapshots.sha256_of(submission.snapshot)
    submission.weighed = weighed.to_keep(weighed.now(version, version.planned.filter(cancelled=False)))
    submission.save(force_insert=True)
    return submission

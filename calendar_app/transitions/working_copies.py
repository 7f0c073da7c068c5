"""What a new working copy takes over from the version before it (procedure, section 2 row 3 and section 5).

Everything stands as it stood: the plan, what was left out and why, accepted warnings, and what ministries said about
meetings as they still are. So only changed meetings are asked about again; who was silent is asked again, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from calendar_app.labels.coordination import AnswerState
from calendar_app.models import (
    AcceptedWarning,
    Attendance,
    CalendarVersion,
    CoordinationAnswer,
    Disagreement,
    LeftOutItem,
    PlannedMeeting,
    PlannedTopic,
)
from procedure.conflicts import carried_over

BATCH = 500
# Planned meetings of the new version by the key of the old one.
Copies = Mapping[int, PlannedMeeting]


def fill(version: CalendarVersion, base: CalendarVersion) -> None:
    """Fill the empty working copy; a fixed number of statements for every 500 rows."""
    copies = _plan(version, base)
    _answers(base, copies)
    _warnings(version, base, copies)
    items = list(base.left_out.all())
    for item in items:
        item.pk, item.version = None, version
    LeftOutItem.objects.bulk_create(items)


def _plan(version: CalendarVersion, base: CalendarVersion) -> Copies:
    """The plan row by row: meetings keep their identity and edition, nothing is binding yet."""
    old = list(base.planned.prefetch_related("attendance", "topics").order_by("pk"))
    new = []
    for one in old:
        fields = {f.attname: getattr(one, f.attname) for f in PlannedMeeting._meta.concrete_fields}
        fresh = {"id": None, "version_id": version.pk, "binding": False, "changed_in_id": None, "sequence": 0}
        new.append(PlannedMeeting(**fields | fresh))
    PlannedMeeting.objects.bulk_create(new, batch_size=BATCH)
    attendance, topics = [], []
    for before, after in zip(old, new, strict=True):
        for who in before.attendance.all():
            who.pk, who.planned, who.version_id, who.binding = None, after, version.pk, False
            attendance.append(who)
        for topic in before.topics.all():
            topic.pk, topic.planned = None, after
            topics.append(topic)
    Attendance.objects.bulk_create(attendance, batch_size=BATCH)
    PlannedTopic.objects.bulk_create(topics, batch_size=BATCH)
    return {one.pk: copy for one, copy in zip(old, new, strict=True)}


def _answers(base: CalendarVersion, copies: Copies) -> None:
    """What was said about meetings as they are, in the round in which it was asked, with its disagreement."""
    said = CoordinationAnswer.objects.filter(planned__version=base).current().exclude(state=AnswerState.ASKED)
    rows = list(said.select_related("disagreement").order_by("pk"))
    brought = [one.disagreement if hasattr(one, "disagreement") else None for one in rows]
    for one in rows:
        one.pk, one.planned = None, copies[one.planned_id]
    CoordinationAnswer.objects.bulk_create(rows, batch_size=BATCH)
    Disagreement.objects.bulk_create(
        Disagreement(answer=one, position=former.position)
        for one, former in zip(rows, brought, strict=True)
        if former
    )


def _warnings(version: CalendarVersion, base: CalendarVersion, copies: Copies) -> None:
    """Accepted warnings under the names that they have in the new version."""
    keys = {old: new.pk for old, new in copies.items()}
    known = {
        name: one.reason
        for one in base.accepted_warnings.all()
        if (name := carried_over(one.key, keys)) is not None
    }
    AcceptedWarning.objects.bulk_create(
        AcceptedWarning(version=version, key=name, reason=reason) for name, reason in known.items()
    )

"""Two versions of a calendar side by side, and what the commission reads of one on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from calendar_app.labels.calendars import PUBLISHED_STATES, VersionState
from calendar_app.labels.coordination import AnswerState
from calendar_app.models import CalendarVersion, CoordinationAnswer, PlannedMeeting
from calendar_app.queries import calendars as queries
from calendar_app.queries import weighed
from calendar_app.queries.weighed import Warned
from procedure.calendar_changes import PlanChanges, PlanEntry, calendar_changes
from regions.models import Territory

# Named by its regions, which stand in a place of their own.
REGION = "region_without_meeting"
DETAILS = (
    "kind", "languages", "online_url", "note_kk", "note_ru", "contact_person", "contact_phone", "trip",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What changed, and the rows it is about: planned meetings by the key of their meeting."""

    before: CalendarVersion | None
    after: CalendarVersion
    changes: PlanChanges
    old: dict[int, PlannedMeeting] = field(default_factory=dict)
    new: dict[int, PlannedMeeting] = field(default_factory=dict)


@dataclass(frozen=True)
class OnePage:
    """The page of the commission: the cumulative difference and what else there is to weigh.

    regions: every region with the number of its meetings; days_off, evenings, warnings: as they stood at the
    submission; refusals, remarks, silent: standing answers of
    ministries that are no plain agreement.
    """

    comparison: Comparison
    rows: list[PlannedMeeting]
    regions: list[tuple[Territory, int]]
    days_off: int
    evenings: int
    warnings: list[Warned]
    region_reasons: list[str]
    refusals: list[CoordinationAnswer]
    remarks: list[CoordinationAnswer]
    silent: list[CoordinationAnswer]
    left_out: int

    @property
    def version(self) -> CalendarVersion:
        return self.comparison.after

    @property
    def meetings(self) -> int:
        """How many take place."""
        return len(self.rows)

    @property
    def convenient(self) -> int:
        """On days off and in the evening (procedure, section 2 row 14)."""
        return self.days_off + self.evenings

    @property
    def share(self) -> int:
        """Per cent of meetings on days off and in the evening, rounded."""
        return round(100 * self.convenient / self.meetings) if self.rows else 0

    @property
    def covered(self) -> int:
        """Regions with a meeting."""
        return sum(bool(count) for _, count in self.regions)

    @property
    def empty_regions(self) -> list[Territory]:
        return [region for region, count in self.regions if not count]


def last_approved(version: CalendarVersion) -> CalendarVersion | None:
    """The version that the commission approved last before this one; None for a first calendar."""
    approved = (VersionState.APPROVED, *PUBLISHED_STATES)
    earlier = CalendarVersion.objects.filter(calendar=version.calendar_id, number__lt=version.number)
    return earlier.filter(state__in=approved).select_related("calendar").order_by("-number").first()


def rows_of(version: CalendarVersion) -> list[PlannedMeeting]:
    """All planned meetings of a version with everything that is compared: five queries."""
    return list(version.planned.in_order().with_places().with_attendance().with_topics())


def compared(before: CalendarVersion | None, after: CalendarVersion) -> Comparison:
    """The difference of two versions of one calendar; without a former one everything is added."""
    old = rows_of(before) if before else []
    return compared_rows(before, after, old, rows_of(after))


def compared_rows(
    before: CalendarVersion | None,
    after: CalendarVersion,
    old: Iterable[PlannedMeeting],
    new: Iterable[PlannedMeeting],
) -> Comparison:
    """The difference of rows that were read."""
    was = {one.meeting_id: one for one in old}
    now = {one.meeting_id: one for one in new}
    changes = calendar_changes(map(entry_of, was.values()), map(entry_of, now.values()))
    return Comparison(before, after, changes, was, now)


def entry_of(planned: PlannedMeeting) -> PlanEntry:
    """A planned meeting as the comparison sees it."""
    return PlanEntry(
        key=planned.meeting_id,
        starts=planned.starts,
        ends=planned.ends,
        number=planned.number,
        place=planned.place_id,
        venue=(str(planned.hall_id or ""), planned.venue_kk, planned.venue_ru),
        mode=planned.mode,
        who=tuple(sorted((one.body_id, str(one.post_id)) for one in planned.attendance.all())),
        topics=tuple(sorted(one.topic_key for one in planned.topics.all())),
        subject=(planned.subject_kk, planned.subject_ru),
        cancelled=planned.cancelled,
        details=tuple((name, str(getattr(planned, name))) for name in DETAILS),
    )


def one_page(version: CalendarVersion) -> OnePage:
    """Everything on the page of the commission; a fixed number of queries for any number of meetings."""
    comparison = compared(last_approved(version), version)
    rows = [one for one in comparison.new.values() if not one.cancelled]
    per_region = Counter(one.place.region_id for one in rows)
    regions = Territory.objects.regions().on(version.period.first_day).order_by("code")
    answers = list(queries.standing_answers(version))
    found = weighed.of(version, rows)
    return OnePage(
        comparison=comparison,
        rows=rows,
        regions=[(region, per_region[region.pk]) for region in regions],
        days_off=found.days_off,
        evenings=found.evenings,
        warnings=[one for one in found.warnings if one.first.code != REGION],
        region_reasons=[
            reason for one in found.warnings if one.first.code == REGION for reason in one.reasons
        ],
        refusals=[one for one in answers if one.state == AnswerState.REFUSED],
        remarks=[one for one in answers if one.state == AnswerState.AGREED and one.words],
        silent=[one for one in answers if one.state == AnswerState.ASKED],
        left_out=version.left_out.count(),
    )

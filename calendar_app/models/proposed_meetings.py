"""Meetings that an akimat proposes in its topic list, and when they could be held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from base import written_once
from base.written_once import attach
from calendar_app.labels.proposed_meetings import Mode, PartOfDay, WindowKind
from calendar_app.models.topic_lists import Topic, TopicList
from procedure.proposed_meetings import (
    ATTENDANCE_LIMIT,
    LONGEST,
    SHORTEST,
    ExactWindow,
    LooseWindow,
    MeetingDraft,
    Window,
)
from regions.models import Body, Hall, Territory

Value = TypeVar("Value")

MEETING_WORDS = ("mode", "venue_kk", "venue_ru", "attendance")
# Of the places a meeting names nothing shows these, and with them they are the larger part of what is read.
UNSEEN = tuple(
    f"{place}__{column}"
    for place in (
        "place", "place__parent", "place__parent__parent", "hall__territory", "hall__territory__parent",
    )
    for column in ("search", "aliases", "kato_name_kk", "kato_name_ru", "latitude", "longitude")
)  # fmt: skip


class ProposedMeetingQuerySet(models.QuerySet["ProposedMeeting"]):
    def whole(self) -> ProposedMeetingQuerySet:
        """With place, hall, ministries and windows: three queries for any number of meetings."""
        return (
            self.select_related("place__parent__parent", "hall__territory__parent")
            .prefetch_related("ministries", "windows")
            .annotate(topic_keys=_topic_keys())
        )


def of_list(topic_list: int) -> list[ProposedMeeting]:
    """The meetings of the list with this key as `whole()` reads them: three queries written once for all lists."""
    found = _rows(topic_list)
    ministries: dict[int, list[Body]] = defaultdict(list)
    windows: dict[int, list[ProposedWindow]] = defaultdict(list)
    if found:
        for pair in _ministries(topic_list):
            ministries[pair.proposedmeeting_id].append(pair.body)
        for window in _windows(topic_list):
            windows[window.meeting_id].append(window)
    for one in found:
        attach(one, "ministries", ministries[one.pk])
        attach(one, "windows", windows[one.pk])
    return found


@written_once.rows
def _rows(topic_list: int) -> QuerySet[ProposedMeeting]:
    whole = ProposedMeeting.objects.filter(topic_list=topic_list).whole()
    return whole.prefetch_related(None).defer(*UNSEEN).order_by("position", "pk")


@written_once.rows
def _ministries(topic_list: int) -> QuerySet[Any]:
    pairs = ProposedMeeting.ministries.through.objects.filter(proposedmeeting__topic_list=topic_list)
    return pairs.select_related("body").defer("body__search").order_by("body")


@written_once.rows
def _windows(topic_list: int) -> QuerySet[ProposedWindow]:
    return ProposedWindow.objects.filter(meeting__topic_list=topic_list).order_by("meeting", "position")


def _topic_keys() -> ArraySubquery:
    through = ProposedMeeting.topics.through.objects
    rows = through.filter(proposedmeeting_id=OuterRef("pk")).order_by("topic_id")
    return ArraySubquery(rows.values("topic_id"))


class ProposedMeeting(models.Model):
    """A meeting with heads of ministries, proposed for a half-year (procedure, section 2, row 1).

    Its key is the same from round to round; triggers keep it in its region and as it was submitted.
    """

    topic_list = models.ForeignKey(
        TopicList, on_delete=models.CASCADE, related_name="meetings", verbose_name=_("topic list")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"))
    ministries = models.ManyToManyField(Body, related_name="+", verbose_name=_("ministries"))
    topics = models.ManyToManyField(Topic, related_name="meetings", verbose_name=_("topics"))
    mode = models.CharField(_("form of the meeting"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    place = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("place")
    )
    hall = models.ForeignKey(
        Hall, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("hall")
    )
    venue_kk = models.CharField(_("venue in Kazakh"), max_length=300, blank=True)
    venue_ru = models.CharField(_("venue in Russian"), max_length=300, blank=True)
    attendance = models.PositiveIntegerField(_("expected number of people"), null=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ProposedMeetingQuerySet.as_manager()

    # Set by `whole()` only.
    topic_keys: list[int]

    class Meta:
        verbose_name = _("proposed meeting")
        verbose_name_plural = _("proposed meetings")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic_list", "position"],
                name="proposed_meeting_position_in_list",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="proposed_meeting_known_mode"),
            models.CheckConstraint(
                condition=~Q(mode="online") | Q(hall=None, venue_kk="", venue_ru=""),
                name="proposed_meeting_online_without_hall",
            ),
            models.CheckConstraint(
                condition=Q(hall=None) | Q(venue_kk="", venue_ru=""), name="proposed_meeting_hall_or_venue"
            ),
            models.CheckConstraint(
                condition=Q(attendance=None) | Q(attendance__range=(1, ATTENDANCE_LIMIT)),
                name="proposed_meeting_attendance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_list_id}/{self.position}"

    def as_draft(self) -> MeetingDraft:
        """The saved meeting as the rules see it; of rows read by `whole()`."""
        return MeetingDraft(
            ministries=tuple(sorted(body.pk for body in self.ministries.all())),
            topics=tuple(self.topic_keys),
            place=self.place_id or "",
            hall=self.hall_id,
            windows=tuple(window.as_rule() for window in self.windows.all()),
            key=self.pk,
            **{name: getattr(self, name) for name in MEETING_WORDS},
        )

    def take(self, draft: MeetingDraft) -> None:
        """Take over what a draft says of the row itself; the caller saves, and sets what hangs on it."""
        for name in MEETING_WORDS:
            setattr(self, name, getattr(draft, name))
        self.place_id, self.hall_id = draft.place or None, draft.hall


class ProposedWindow(models.Model):
    """When a proposed meeting could be held: an exact time, or a choice of days."""

    meeting = models.ForeignKey(
        ProposedMeeting, on_delete=models.CASCADE, related_name="windows", verbose_name=_("proposed meeting")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"))
    kind = models.CharField(_("kind"), max_length=5, choices=WindowKind)
    day = models.DateField(_("day"), null=True)
    starts = models.TimeField(_("from"), null=True)
    ends = models.TimeField(_("until"), null=True)
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("weekdays"))
    excluded = ArrayField(models.DateField(), default=list, verbose_name=_("not on these days"))
    part = models.CharField(_("part of day"), max_length=10, choices=PartOfDay, blank=True)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"), null=True)

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="proposed_window_position"),
            models.CheckConstraint(
                condition=Q(
                    kind="exact", day__isnull=False, ends__gt=F("starts"), starts__isnull=False,
                    ends__isnull=False, first_day=None, last_day=None, weekdays=[], excluded=[], part="",
                    minutes=None,
                )
                | Q(
                    kind="loose", day=None, starts=None, ends=None, first_day__isnull=False,
                    last_day__isnull=False, last_day__gte=F("first_day"), part__in=PartOfDay.values,
                    weekdays__contained_by=list(range(7)),
                ),
                name="proposed_window_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(SHORTEST, LONGEST)),
                name="proposed_window_duration",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"

    def as_rule(self) -> Window:
        """The window as the rules see it; which columns are filled the database sees to."""
        if self.kind == WindowKind.EXACT:
            return ExactWindow(_given(self.day), _given(self.starts), _given(self.ends))
        return LooseWindow(
            _given(self.first_day),
            _given(self.last_day),
            tuple(self.weekdays),
            tuple(self.excluded),
            self.part,
            self.minutes,
        )

    @classmethod
    def rows(cls, meeting: ProposedMeeting, windows: Iterable[Window]) -> list[ProposedWindow]:
        """The rows of a meeting's windows, not saved yet."""
        return [
            cls(meeting=meeting, position=position, kind=_kind(window), **vars(window))
            for position, window in enumerate(windows, start=1)
        ]


def _given(value: Value | None) -> Value:
    """A column that a window of this kind has, as a constraint holds."""
    assert value is not None
    return value


def _kind(window: Window) -> str:
    return WindowKind.EXACT if isinstance(window, ExactWindow) else WindowKind.LOOSE

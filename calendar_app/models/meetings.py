"""Meetings: an identity that lasts, and the plan of it in one version (procedure, section 5; ADR 17)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from base.dated import contains
from calendar_app.labels.meetings import MeetingKind, Mode, SpokenLanguage
from calendar_app.models.calendars import Calendar, CalendarVersion
from procedure.moments import day_of
from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory

TEXTS = ("subject", "venue", "note")
# What a ministry agrees to and readers are told of: a change of one of them is a change of the meeting.
CONTENT = (
    "kind",
    "place_id",
    "hall_id",
    "starts",
    "ends",
    "mode",
    "languages",
    "online_url",
    "cancelled",
    *(f"{name}_{language}" for name in TEXTS for language in ("kk", "ru")),
)


def during() -> Func:
    """`tstzrange(starts, ends)`, half-open, for exclusion constraints."""
    return Func(F("starts"), F("ends"), function="tstzrange", output_field=DateTimeRangeField())


class Meeting(models.Model):
    """A meeting for good: whatever versions say about it, it stays the same one to its readers."""

    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("calendar")
    )
    uid = models.UUIDField(_("UID"), default=uuid.uuid4, unique=True, editable=False)
    # "2027-H1-017": given at the first submission, never again and never to another one.
    number = models.CharField(_("number"), max_length=14, null=True, unique=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__regex=r"^\d{4}-H[12]-\d{3,6}$"), name="meeting_number"
            )
        ]

    def __str__(self) -> str:
        return self.number or str(self.uid)


class PlannedMeetingQuerySet(models.QuerySet["PlannedMeeting"]):
    def published(self, moment: datetime) -> PlannedMeetingQuerySet:
        """Meetings of the versions in force at the instant: all that the public may see of plans."""
        return self.filter(
            version__in=CalendarVersion.objects.in_force_at(moment), meeting__number__isnull=False
        ).known_to_readers()

    def known_to_readers(self) -> PlannedMeetingQuerySet:
        """Without meetings that were cancelled before any version in force announced them.

        A submission numbers them; if it is returned and the next version cancels them, nobody was told of them.
        """
        announced = PlannedMeeting.objects.filter(
            meeting=OuterRef("meeting"),
            cancelled=False,
            version__in_force_from__isnull=False,
            version__number__lt=OuterRef("version__number"),
        )
        return self.filter(Q(cancelled=False) | Exists(announced))

    def binding(self) -> PlannedMeetingQuerySet:
        return self.filter(binding=True, cancelled=False)

    def in_order(self) -> PlannedMeetingQuerySet:
        return self.order_by("starts", "meeting__number", "pk")

    def with_places(self) -> PlannedMeetingQuerySet:
        """With meeting, place, region and hall in the same query."""
        return self.select_related("meeting", "place__region", "place__parent", "hall")

    def with_attendance(self) -> PlannedMeetingQuerySet:
        """With who comes: bodies, posts and the terms of office that tell the name; two more queries."""
        terms = Prefetch("post__terms", TermOfOffice.objects.select_related("person"))
        rows = Attendance.objects.select_related("body", "post", "person").order_by("position", "pk")
        return self.prefetch_related(Prefetch("attendance", rows.prefetch_related(terms)))

    def with_bodies(self) -> PlannedMeetingQuerySet:
        """With who comes, without the names of people; one more query."""
        rows = Attendance.objects.select_related("body").order_by("position", "pk")
        return self.prefetch_related(Prefetch("attendance", rows))

    def with_posts(self) -> PlannedMeetingQuerySet:
        """With who comes as keys only: enough to compare, to freeze and to hash; one more query."""
        return self.prefetch_related(Prefetch("attendance", Attendance.objects.order_by("position", "pk")))

    def for_rules(self) -> PlannedMeetingQuerySet:
        """With place and terms of office, without any name: what section 6 compares; three more queries."""
        rows = Attendance.objects.order_by("position", "pk").prefetch_related("post__terms")
        return self.select_related("place").prefetch_related(Prefetch("attendance", rows))

    def with_topics(self) -> PlannedMeetingQuerySet:
        return self.prefetch_related("topics")


class PublishedManager(models.Manager["PlannedMeeting"]):
    """The only door of public pages: plans of versions that are or were in force."""

    def get_queryset(self) -> PlannedMeetingQuerySet:
        return PlannedMeetingQuerySet(self.model, using=self._db).filter(
            version__in_force_from__isnull=False, meeting__number__isnull=False
        )

    def at(self, moment: datetime) -> PlannedMeetingQuerySet:
        """As it was public at the instant."""
        return self.get_queryset().published(moment)

    def until(self, moment: datetime) -> PlannedMeetingQuerySet:
        """As every version said it that came into force by the instant."""
        return self.get_queryset().filter(version__in_force_from__lte=moment).known_to_readers()


class PlannedMeeting(models.Model):
    """What one version says about a meeting."""

    version = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, related_name="planned", verbose_name=_("version")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="plans", verbose_name=_("meeting")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind, default=MeetingKind.HEAD)
    place = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("town or village")
    )
    hall = models.ForeignKey(
        Hall, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("hall")
    )
    venue_kk = models.CharField(
        _("venue in Kazakh, if it is no hall of the list"), max_length=300, blank=True
    )
    venue_ru = models.CharField(
        _("venue in Russian, if it is no hall of the list"), max_length=300, blank=True
    )
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    languages = models.CharField(
        _("languages"), max_length=5, choices=SpokenLanguage, default=SpokenLanguage.BOTH
    )
    online_url = models.URLField(_("address of the broadcast"), blank=True)
    subject_kk = models.CharField(_("what is discussed, in Kazakh"), max_length=300, blank=True)
    subject_ru = models.CharField(_("what is discussed, in Russian"), max_length=300, blank=True)
    note_kk = models.TextField(_("note for visitors in Kazakh"), blank=True)
    note_ru = models.TextField(_("note for visitors in Russian"), blank=True)
    contact_person = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=60, blank=True)
    contact_public = models.BooleanField(_("show the telephone to the public"), default=True)
    trip = models.CharField(_("journey"), max_length=60, blank=True)
    # The key of the akimat's proposed meeting that it answers, if there is one.
    proposal_key = models.BigIntegerField(_("proposed meeting"), null=True)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    cancel_reason = models.TextField(_("reason of the cancellation"), blank=True)
    # Steps with each change of the content: coordination asks about one edition.
    edition = models.PositiveIntegerField(_("edition"), default=1)
    binding = models.BooleanField(_("binding"), default=False)
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    changed_in = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("changed in")
    )

    objects = PlannedMeetingQuerySet.as_manager()
    published = PublishedManager()

    class Meta:
        verbose_name = _("planned meeting")
        verbose_name_plural = _("planned meetings")
        ordering = ["version", "starts", "pk"]
        indexes = [models.Index(fields=["version", "starts"], name="planned_meeting_by_start")]
        constraints = [
            models.UniqueConstraint(fields=["version", "meeting"], name="planned_meeting_once"),
            models.UniqueConstraint(fields=["version", "proposal_key"], name="planned_meeting_proposal_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="planned_meeting_in_order"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="planned_meeting_kind"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="planned_meeting_mode"),
            models.CheckConstraint(
                condition=Q(languages__in=SpokenLanguage.values), name="planned_meeting_languages"
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.ONLINE) | Q(hall=None), name="planned_meeting_online_without_hall"
            ),
            models.CheckConstraint(
                condition=Q(cancelled=False) | ~Q(cancel_reason=""), name="planned_meeting_cancelled_why"
            ),
            ExclusionConstraint(
                name="planned_meeting_hall_once",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    ("hall", RangeOperators.EQUAL),
                    (during(), RangeOperators.OVERLAPS),
                ],
                condition=Q(binding=True, cancelled=False, hall__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.meeting_id}"

    @property
    def day(self) -> date:
        """The day in Almaty on which it starts."""
        return day_of(self.starts)

    @property
    def number(self) -> str:
        """The permanent number; empty before the first submission."""
        return self.meeting.number or ""

    @property
    def bodies(self) -> list[Body]:
        return [one.body for one in self.attendance.all()]

    def content(self) -> dict[str, Any]:
        """What a ministry agrees to and readers are told of, for comparing two versions."""
        who = sorted((one.body_id, one.post_id) for one in self.attendance.all())
        topics = sorted(one.topic_key for one in self.topics.all())
        return {name: getattr(self, name) for name in CONTENT} | {"attendance": who, "topics": topics}


class Attendance(models.Model):
    """A post that comes to a planned meeting. Version, times and marks are written by a trigger."""

    planned = models.ForeignKey(
        PlannedMeeting, on_delete=models.CASCADE, related_name="attendance", verbose_name=_("planned meeting")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("body"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("post"))
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+", editable=False)
    starts = models.DateTimeField(editable=False)
    ends = models.DateTimeField(editable=False)
    binding = models.BooleanField(default=False, editable=False)
    cancelled = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["planned", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["planned", "body"], name="attendance_body_once"),
            ExclusionConstraint(
                name="attendance_person_once",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (during(), RangeOperators.OVERLAPS),
                ],
                condition=Q(binding=True, cancelled=False, person__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_id}: {self.post_id}"

    @property
    def term(self) -> TermOfOffice | None:
        """Who holds the post on the day of the meeting, from terms read with `with_attendance()`."""
        day = day_of(self.starts)
        terms = self.post.terms.all()
        return next((one for one in terms if contains(one.valid_from, one.valid_to, day)), None)


class PlannedTopic(models.Model):
    """A topic of an accepted list that a planned meeting answers, by its key and the words it had."""

    planned = models.ForeignKey(
        PlannedMeeting, on_delete=models.CASCADE, related_name="topics", verbose_name=_("planned meeting")
    )
    topic_key = models.BigIntegerField(_("key of the topic"))
    akimat = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("akimat"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("topic of a planned meeting")
        verbose_name_plural = _("topics of planned meetings")
        ordering = ["planned", "pk"]
        constraints = [models.UniqueConstraint(fields=["planned", "topic_key"], name="planned_topic_once")]

    def __str__(self) -> str:
        return self.title_kk or self.title_ru

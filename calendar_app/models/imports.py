"""Files that are brought in: kept from the upload until somebody takes or drops what was read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calendar_app.labels.imports import (
    OF_BODY,
    OF_LIST,
    OF_PLAN,
    SETTLED,
    UNDER_WAY,
    ImportKind,
    ImportState,
)
from calendar_app.models.calendars import CalendarVersion
from calendar_app.models.topic_lists import TopicList
from procedure.problems import Problem
from regions.models import Body, Territory


class ImportQuerySet(models.QuerySet["Import"]):
    def unsettled(self) -> ImportQuerySet:
        """Imports about which nobody has decided yet."""
        return self.exclude(state__in=SETTLED)


class Import(models.Model):
    """One or many files brought in together, taken in as a whole or not at all.

    Its kind says to what it belongs: a topic list, a working copy (`plan`), or a ministry (`body`).
    `made_at` and `settled_at` are the portal's time; `claimed_at` steers the reading and is the clock of the
    database.
    """

    topic_list = models.ForeignKey(
        TopicList, on_delete=models.CASCADE, null=True, related_name="imports", verbose_name=_("topic list")
    )
    plan = models.ForeignKey(
        CalendarVersion,
        on_delete=models.CASCADE,
        null=True,
        related_name="imports",
        verbose_name=_("version"),
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("ministry")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ImportKind)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    made_at = models.DateTimeField(_("uploaded at"))
    settled_at = models.DateTimeField(_("decided at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_at = models.DateTimeField(_("taken up at"), null=True)
    waits_since = models.DateTimeField(_("waits since"), db_default=Now())
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["waits_since", "id"], name="import_waits", condition=Q(state="uploaded"))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_known_state"),
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="import_known_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_LIST, topic_list__isnull=False, plan=None, body=None)
                | Q(kind__in=OF_PLAN, topic_list=None, plan__isnull=False, body=None)
                | Q(kind__in=OF_BODY, topic_list=None, plan=None, body__isnull=False),
                name="import_belongs_to_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="reading", claimed_at__isnull=False)
                | (~Q(state="reading") & Q(claimed_at=None)),
                name="import_reading_is_claimed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["taken", "dropped"], settled_at__isnull=False)
                | (~Q(state__in=["taken", "dropped"]) & Q(settled_at=None)),
                name="import_settled_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_list_id or self.plan_id or self.body_id} {self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        if self.plan:
            return reverse("staff:plan_import", args=[self.plan.half_year, self.plan.number, self.pk])
        if self.topic_list is None:
            return reverse("staff:busy_import", args=[self.pk])
        return reverse("staff:import", args=[self.topic_list.half_year, self.topic_list.akimat_id, self.pk])

    @property
    def own_list(self) -> TopicList:
        """The list, of an import that belongs to one."""
        assert self.topic_list
        return self.topic_list

    @property
    def own_plan(self) -> CalendarVersion:
        """The working copy, of an import that belongs to one."""
        assert self.plan
        return self.plan

    @property
    def own_body(self) -> Body:
        """The ministry, of an import that belongs to one."""
        assert self.body
        return self.body

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED


class ImportFile(models.Model):
    """One file of an import: its bytes until it was read, then what was read of it."""

    batch = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="files", verbose_name=_("import")
    )
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"), null=True)
    is_read = models.BooleanField(_("was read"), default=False)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    faults = models.JSONField(_("problems"), default=list, blank=True)
    district = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("district")
    )

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")
        ordering = ["batch", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_read=True, content=None) | Q(is_read=False, content__isnull=False),
                name="import_file_bytes_until_read",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with it."""
        return [Problem(code, params) for code, params in self.faults]

    @property
    def lacks_district(self) -> bool:
        """Whether a topic of it names no district, so that one is asked for the file."""
        return any(not row.get("district") for row in self.rows)


def waiting_next() -> models.QuerySet[Import]:
    """Imports to be read, the one that waits longest first."""
    return Import.objects.filter(state=ImportState.UPLOADED).order_by(F("waits_since"), "pk")

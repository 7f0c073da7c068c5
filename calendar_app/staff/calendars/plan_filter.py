"""What the table and the grids of a plan are asked for in their address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from base.forms import ShortText
from base.names import in_language
from base.search import Fold, words
from calendar_app.labels.coordination import AnswerState
from calendar_app.models import Attendance, CalendarVersion, CoordinationAnswer
from calendar_app.models.meetings import PlannedMeetingQuerySet
from calendar_app.staff.proposed_meetings.fields import DayField, DayInput
from procedure.moments import end_of_day, start_of_day
from regions.models import Body, Territory

NOT_ASKED = "not_asked"
PAGES_LIMIT = 10_000
SELECT = {"class": "form-select"}


def _one_of(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.Select(attrs=SELECT))


class PlanFilter(forms.Form):
    """Filters of a plan; a value that is not offered is a 400 with a sentence."""

    region = _one_of(_("Region"))
    body = _one_of(_("Ministry"))
    answer = _one_of(
        _("Answers"),
        [
            ("", _("All answers")),
            (AnswerState.REFUSED, _("Not agreed")),
            (AnswerState.ASKED, _("Without an answer")),
            (NOT_ASKED, _("Not asked yet")),
        ],
    )
    first = DayField(label=_("From day"), required=False, widget=DayInput(attrs={"class": "form-control"}))
    last = DayField(label=_("To day"), required=False, widget=DayInput(attrs={"class": "form-control"}))
    q = ShortText(
        label=_("Search"),
        limit=200,
        required=False,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )
    day = DayField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=PAGES_LIMIT, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], version: CalendarVersion) -> None:
        super().__init__(data)
        # One query for both: the regions are those of the akimats.
        asked = Body.objects.filter(kind__in=(Body.Kind.AKIMAT, Body.Kind.MINISTRY)).on(
            version.period.first_day
        )
        rows = list(asked.select_related("region").in_alphabetical_order(get_language() or "kk"))
        regions = [(one.region_id, in_language(one.region)) for one in rows if one.kind == Body.Kind.AKIMAT]
        self.bodies = [(one.pk, in_language(one)) for one in rows if one.kind == Body.Kind.MINISTRY]
        for name, said, choices in (
            ("region", _("All regions"), regions),
            ("body", _("All ministries"), self.bodies),
        ):
            field: Any = self.fields[name]
            field.choices = [("", said), *choices]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first one."))
        return self.cleaned_data

    @property
    def asked(self) -> dict[str, str]:
        """What narrows the plan, as it stands in an address; of a valid form."""
        said = self.cleaned_data
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in said.items()
            if value and name not in ("page", "day")
        }

    def query(self, **more: object) -> str:
        """The address's query with the same filters and something else."""
        return urlencode(self.asked | {name: str(value) for name, value in more.items()})

    def narrowed(self, planned: PlannedMeetingQuerySet) -> PlannedMeetingQuerySet:
        """The meetings that the filters ask for."""
        said = self.cleaned_data
        if said["region"]:
            planned = planned.filter(place__region=said["region"])
        if said["body"]:
            coming = Attendance.objects.filter(planned=OuterRef("pk"), body=said["body"])
            planned = planned.filter(Exists(coming))
        if said["first"]:
            planned = planned.filter(starts__gte=start_of_day(said["first"]))
        if said["last"]:
            planned = planned.filter(starts__lt=end_of_day(said["last"]))
        return _found(_answered(planned, said["answer"]), said["q"])


def _answered(planned: PlannedMeetingQuerySet, answer: str) -> PlannedMeetingQuerySet:
    if not answer:
        return planned
    standing = CoordinationAnswer.objects.standing()
    if answer == NOT_ASKED:
        known = standing.filter(planned=OuterRef("planned"), body=OuterRef("body"))
        coming = Attendance.objects.filter(~Exists(known), planned=OuterRef("pk"))
        return planned.filter(Exists(coming), cancelled=False)
    return planned.filter(Exists(standing.filter(planned=OuterRef("pk"), state=answer)))


def _found(planned: PlannedMeetingQuerySet, text: str) -> PlannedMeetingQuerySet:
    """Meetings in which each word is part of the subject, the place, its region or a ministry."""
    planned = planned.alias(folded_kk=Fold("subject_kk"), folded_ru=Fold("subject_ru"))
    for word in words(text):
        places = Territory.objects.matching(word).values("pk")
        bodies = Body.objects.matching(word).values("pk")
        coming = Attendance.objects.filter(body__in=bodies).values("planned")
        said = Q(folded_kk__contains=word) | Q(folded_ru__contains=word) | Q(meeting__number__icontains=word)
        planned = planned.filter(said | Q(place__in=places) | Q(place__region__in=places) | Q(pk__in=coming))
    return planned


def monday_of(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())

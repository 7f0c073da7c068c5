"""The form of a proposed meeting: its facts, and any number of exact and loose times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, LongText, PortalForm, ShortText
from base.names import in_language
from calendar_app.labels.proposed_meetings import Mode, PartOfDay
from calendar_app.models import TopicList
from calendar_app.models.topic_lists import MEETINGS_WORDS
from calendar_app.staff.places import code_of
from calendar_app.staff.proposed_meetings.fields import ClockField, DayField, DaysField
from calendar_app.window_words import month_name
from procedure.half_years import HalfYear
from procedure.problems import Problem
from procedure.proposed_meetings import (
    LONGEST,
    SHORTEST,
    VENUE_LIMIT,
    WINDOWS_LIMIT,
    ExactWindow,
    LooseWindow,
    MeetingDraft,
    Window,
)
from regions.models import Body, Hall, WorkingHours

REASON_LIMIT = 4_000
Choices = list[tuple[str, str]]


class ExactForm(PortalForm):
    """One exact time."""

    day = DayField(label=_("Day"), required=False)
    starts = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("Until"), required=False)

    def __init__(self, *args: Any, half_year: HalfYear, **options: Any) -> None:
        super().__init__(*args, **options)
        for attribute, day in (("min", half_year.first_day), ("max", half_year.last_day)):
            self.fields["day"].widget.attrs[attribute] = day.isoformat()

    @property
    def is_blank(self) -> bool:
        return not any(self[name].value() for name in ("day", "starts", "ends"))

    def clean(self) -> dict[str, Any]:
        if not self.is_blank:
            for name in ("day", "starts", "ends"):
                if name in self.cleaned_data and self.cleaned_data[name] is None:
                    self.add_error(name, ValidationError(_("Please fill in this field."), code="required"))
        return self.cleaned_data

    def window(self) -> Window:
        """Of a valid form that is not blank."""
        return ExactWindow(*(self.cleaned_data[name] for name in ("day", "starts", "ends")))


class LooseForm(PortalForm):
    """A choice of days: a month or a range, days of the week, days that do not suit."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    first_day = DayField(label=_("or the first day"), required=False)
    last_day = DayField(label=_("and the last day"), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        required=False,
        coerce=int,
        choices=WorkingHours.Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any day of the week."),
    )
    excluded = DaysField(
        label=_("Not on these days"), required=False, help_text=_("For example: 20.03.2027, 21.03.2027")
    )
    part = forms.ChoiceField(label=_("Part of the day"), choices=PartOfDay.choices, required=False)
    minutes = forms.IntegerField(
        label=_("Duration in minutes"), required=False, min_value=SHORTEST, max_value=LONGEST
    )

    def __init__(self, *args: Any, half_year: HalfYear, **options: Any) -> None:
        super().__init__(*args, **options)
        months = range(1, 7) if half_year.half == 1 else range(7, 13)
        offered = [(f"{half_year.year}-{month:02}", month_name(month)) for month in months]
        self.fields["month"].choices = [("", _("Not chosen")), *offered]  # type: ignore[attr-defined]
        for name in ("first_day", "last_day"):
            attributes = self.fields[name].widget.attrs
            attributes["min"], attributes["max"] = (
                half_year.first_day.isoformat(),
                half_year.last_day.isoformat(),
            )

    @property
    def is_blank(self) -> bool:
        return not any(
            self[name].value()
            for name in ("month", "first_day", "last_day", "weekdays", "excluded", "minutes")
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.is_blank or self.errors:
            return said
        if said["month"] and (said["first_day"] or said["last_day"]):
            self.add_error("month", _("Choose a month, or give the first and the last day, not both."))
        elif not said["month"] and not (said["first_day"] and said["last_day"]):
            self.add_error("month", _("Choose a month, or give the first and the last day."))
        return said

    def window(self) -> Window:
        """Of a valid form that is not blank."""
        said = self.cleaned_data
        first, last = said["first_day"], said["last_day"]
        if said["month"]:
            first, last = month_range(said["month"])
        part = said["part"] or PartOfDay.ANY
        return LooseWindow(first, last, tuple(said["weekdays"]), said["excluded"], part, said["minutes"])


def month_range(code: str) -> tuple[date, date]:
    """The first and last day of "2027-03"."""
    first = date.fromisoformat(f"{code}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _times(form: type[forms.Form]) -> type[BaseFormSet]:
    return formset_factory(
        form, extra=1, max_num=WINDOWS_LIMIT, absolute_max=WINDOWS_LIMIT + 1, validate_max=True
    )


TIMES = {"exact": _times(ExactForm), "loose": _times(LooseForm)}


class FactsForm(ActForm):
    """What a meeting says beside its times."""

    ministries = forms.MultipleChoiceField(
        label=_("Ministries whose heads are asked to come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics of the list"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("Form of the meeting"), choices=Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Town or village"), required=False, max_length=9)
    hall = forms.ChoiceField(
        label=_("Hall"),
        required=False,
        help_text=_("If no place is chosen, that of the hall is taken."),
    )
    venue_kk = ShortText(label=_("Venue in Kazakh"), limit=VENUE_LIMIT, required=False)
    venue_ru = ShortText(label=_("Venue in Russian"), limit=VENUE_LIMIT, required=False)
    attendance = forms.IntegerField(label=_("Expected number of people"), required=False, min_value=1)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, topic_list: TopicList, on: date, **options: Any
    ) -> None:
        super().__init__(data, **options)
        language = get_language() or "kk"
        ministries = Body.objects.ministries().on(on).in_alphabetical_order(language)
        halls = Hall.objects.filter(owner=topic_list.akimat_id).on(on).select_related("territory")
        self.halls = {str(one.pk): one for one in halls.in_alphabetical_order(language)}
        self._offer("ministries", [(one.pk, in_language(one)) for one in ministries])
        self._offer(
            "topics",
            [
                (str(one.pk), f"{number}. {in_language(one, 'title') or '—'}")
                for number, one in enumerate(topic_list.topics.all(), start=1)
            ],
        )
        named = [
            (key, f"{in_language(one)}, {in_language(one.territory)}") for key, one in self.halls.items()
        ]
        self._offer("hall", [("", str(_("No hall chosen"))), *named])

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        """A code, or what is none: the rules then say that there is no such place."""
        code = self.cleaned_data["place"]
        if code and not code_of(code):
            raise ValidationError(_("This place does not exist. Please search again."), code="unknown_place")
        return code

    def draft(self) -> MeetingDraft:
        said = self.cleaned_data
        hall = self.halls.get(said["hall"])
        return MeetingDraft(
            ministries=tuple(sorted(set(said["ministries"]))),
            topics=tuple(sorted({int(key) for key in said["topics"]})),
            mode=said["mode"],
            place=said["place"] or (hall.territory_id if hall and said["mode"] != "online" else ""),
            hall=hall.pk if hall else None,
            venue_kk=said["venue_kk"],
            venue_ru=said["venue_ru"],
            attendance=said["attendance"],
        )


class MeetingForm:
    """The whole form: facts and both kinds of times, valid or not as a whole.

    `echo` shows what was sent without judging it: for the steps that find a place or add a time.
    """

    def __init__(
        self, topic_list: TopicList, on: date, data: Any = None, *, draft: MeetingDraft | None = None,
        version: int = 0, echo: bool = False,
    ) -> None:  # fmt: skip
        draft = draft or MeetingDraft()
        bound = None if echo else data
        facts = _sent(FactsForm.base_fields, data, "") if echo else _values(draft)
        self.facts = FactsForm(bound, topic_list=topic_list, on=on, version=version, initial=facts)
        self.times = {}
        for kind, form_set in TIMES.items():
            rows = list(_sent_rows(form_set.form, data, kind)) if echo else _rows(draft.windows, kind)
            initial = [] if bound is not None else rows
            self.times[kind] = form_set(
                bound, initial=initial, prefix=kind, form_kwargs={"half_year": topic_list.period}
            )

    @property
    def exact(self) -> BaseFormSet:
        return self.times["exact"]

    @property
    def loose(self) -> BaseFormSet:
        return self.times["loose"]

    def rows(self) -> list[Any]:
        """The times that say something, the exact ones first."""
        return [form for times in self.times.values() for form in times if not form.is_blank]

    def is_valid(self) -> bool:
        return all([self.facts.is_valid(), *(times.is_valid() for times in self.times.values())])

    def draft(self, key: int | None) -> MeetingDraft:
        """What was typed, of a valid form; `key` is that of the saved meeting."""
        windows = tuple(form.window() for form in self.rows())
        return replace(self.facts.draft(), windows=windows, key=key)

    def show(self, problems: Iterable[Problem]) -> None:
        """Beside the field that a problem names: "windows.2.ends" is a field of the third time."""
        rows = self.rows()
        for one in problems:
            first, _dot, rest = one.field.partition(".")
            index, _dot, name = rest.partition(".")
            if first == "windows" and index.isdigit() and int(index) < len(rows):
                rows[int(index)].show([replace(one, field=name)])
            else:
                self.facts.show([one])

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, message) of everything that is wrong, in the order of the page."""
        found = self.facts.summary
        for times in self.times.values():
            if times.is_bound:
                found += [("", str(message)) for message in times.non_form_errors()]
                found += [line for form in times for line in form.summary]
        return found


class NoMeetingsForm(ActForm):
    """Why no meetings are proposed."""

    no_meetings_reason_kk = LongText(
        label=pgettext_lazy("no meetings", "Reason in Kazakh"), limit=REASON_LIMIT, required=False
    )
    no_meetings_reason_ru = LongText(
        label=pgettext_lazy("no meetings", "Reason in Russian"), limit=REASON_LIMIT, required=False
    )

    def words(self) -> dict[str, Any]:
        return {"words": {name: self.cleaned_data[name] for name in MEETINGS_WORDS}}


def _values(draft: MeetingDraft) -> dict[str, Any]:
    names = ("mode", "place", "venue_kk", "venue_ru", "attendance")
    values = {name: getattr(draft, name) for name in names}
    topics = [str(key) for key in draft.topics]
    return values | {"ministries": list(draft.ministries), "topics": topics, "hall": str(draft.hall or "")}


def _rows(windows: Iterable[Window], kind: str) -> list[dict[str, Any]]:
    return [_row(one) for one in windows if isinstance(one, ExactWindow) == (kind == "exact")]


def _row(window: Window) -> dict[str, Any]:
    """What stands in the boxes of a saved time; a whole month is shown as one."""
    row = dict(vars(window))
    if isinstance(window, LooseWindow):
        month = f"{window.first_day:%Y-%m}"
        if (window.first_day, window.last_day) == month_range(month):
            row |= {"month": month, "first_day": None, "last_day": None}
        row["weekdays"] = [str(day) for day in window.weekdays]
    return row


def _sent(fields: Mapping[str, forms.Field], data: Any, prefix: str) -> dict[str, Any]:
    found = {
        name: field.widget.value_from_datadict(data, MultiValueDict(), prefix + name)
        for name, field in fields.items()
    }
    return {name: _kept(value) for name, value in found.items()}


def _kept(value: Any) -> Any:
    """A NUL would break the page's next submission: it is left out of what is shown again."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def _sent_rows(form: type[forms.Form], data: Any, prefix: str) -> Iterator[dict[str, Any]]:
    total = str(data.get(f"{prefix}-TOTAL_FORMS") or "")
    for index in range(
        min(int(total) if total.isascii() and total.isdigit() and len(total) < 4 else 0, WINDOWS_LIMIT)
    ):
        row = _sent(form.base_fields, data, f"{prefix}-{index}-")
        if any(value for name, value in row.items() if name != "part"):
            yield row

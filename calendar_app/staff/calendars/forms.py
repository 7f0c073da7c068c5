"""Forms of the calendar: one meeting, and one small form per act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, LongText, ShortText
from base.names import in_language
from calendar_app.labels.calendars import NotTakenReason
from calendar_app.labels.meetings import MeetingKind, Mode, SpokenLanguage
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries import calendars as queries
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from procedure.problems import Problem
from regions.models import Body, Hall

TEXT_LIMIT, WORDS_LIMIT = 300, 4000


class ConfirmForm(ActForm):
    """An act without words of its own."""


class SubmitForm(ActForm):
    explanation = LongText(label=_("Explanation of lateness"), limit=WORDS_LIMIT, rows=3, required=False)
    silence = LongText(
        label=_("About ministries that did not answer"), limit=WORDS_LIMIT, rows=3, required=False
    )


class RemoveForm(ActForm):
    reason = LongText(label=_("Reason of the cancellation"), limit=WORDS_LIMIT, rows=3, required=False)


class LeaveOutForm(ActForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=NotTakenReason.choices)
    explanation = LongText(label=_("Explanation"), limit=WORDS_LIMIT, rows=3, required=False)

    def show(self, problems: Iterable[Problem]) -> None:
        """The act calls the explanation words."""
        super().show(replace(one, field=one.field.replace("words", "explanation")) for one in problems)

    def words(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"], "words": self.cleaned_data["explanation"]}


class DisagreeForm(ActForm):
    position = LongText(label=_("Position of the authorised body"), limit=WORDS_LIMIT, required=False)


class MeetingForm(ActForm):
    """One planned meeting. The place follows from the hall."""

    bodies = forms.MultipleChoiceField(label=_("Ministries"), required=False)
    kind = forms.ChoiceField(label=_("Whose meeting"), choices=MeetingKind.choices)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time_from = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_to = forms.TimeField(
        label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    hall = forms.ChoiceField(label=_("Hall"))
    mode = forms.ChoiceField(label=_("Mode"), choices=[one for one in Mode.choices if one[0] != Mode.ONLINE])
    languages = forms.ChoiceField(
        label=_("Languages"), choices=SpokenLanguage.choices, initial=SpokenLanguage.BOTH
    )
    subject_kk = ShortText(label=_("What is discussed, in Kazakh"), limit=TEXT_LIMIT, required=False)
    subject_ru = ShortText(label=_("What is discussed, in Russian"), limit=TEXT_LIMIT, required=False)
    note_kk = LongText(label=_("Note for visitors in Kazakh"), limit=2000, rows=2, required=False)
    note_ru = LongText(label=_("Note for visitors in Russian"), limit=2000, rows=2, required=False)
    contact_person = ShortText(label=_("Contact person (not public)"), limit=200, required=False)
    contact_phone = ShortText(label=_("Telephone for enquiries (public)"), limit=60, required=False)
    topics = forms.MultipleChoiceField(
        label=_("Topics it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        version: CalendarVersion,
        data: Mapping[str, Any] | None = None,
        *,
        planned: PlannedMeeting | None = None,
        topic: int | None = None,
    ) -> None:
        initial = _values(planned) if planned else _suggested(version, topic)
        super().__init__(data, version=version.revision, initial=initial)
        own = list(planned.topics.all()) if planned else []
        offered = [(str(one.topic_key), in_language(one, "title")) for one in own]
        offered += [
            (str(one.key), f"{in_language(one, 'title')} ({in_language(one.akimat)})")
            for one in queries.topics_not_taken(version)
        ]
        language = get_language() or "kk"
        ministries = Body.objects.ministries().on(version.period.first_day).in_alphabetical_order(language)
        halls = Hall.objects.select_related("territory__region").on(version.period.first_day)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "topics": offered,
            "bodies": [(one.pk, in_language(one)) for one in ministries],
            "hall": [
                (
                    str(one.pk),
                    f"{in_language(one.territory.region)}: {in_language(one.territory)}, {in_language(one)}",
                )
                for one in halls.order_by("territory__region__name_kk", "name_kk")
            ],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def draft(self) -> MeetingDraft:
        """What the act takes; of a valid form."""
        data = self.cleaned_data
        hall = Hall.objects.get(pk=data["hall"])
        names = ("kind", "mode", "languages", "subject_kk", "subject_ru", "note_kk", "note_ru")
        return MeetingDraft(
            place=hall.territory_id,
            starts=datetime.combine(data["day"], data["time_from"], tzinfo=ALMATY),
            ends=datetime.combine(data["day"], data["time_to"], tzinfo=ALMATY),
            bodies=tuple(data["bodies"]),
            hall=hall.pk,
            topics=tuple(int(key) for key in data["topics"]),
            contact_person=data["contact_person"],
            contact_phone=data["contact_phone"],
            **{name: data[name] for name in names},
        )


def _values(planned: PlannedMeeting) -> dict[str, object]:
    starts, ends = planned.starts.astimezone(ALMATY), planned.ends.astimezone(ALMATY)
    names = ("kind", "mode", "languages", "subject_kk", "subject_ru", "note_kk", "note_ru")
    return {
        "bodies": [one.body_id for one in planned.attendance.all()],
        "day": starts.date(),
        "time_from": starts.time(),
        "time_to": ends.time(),
        "hall": str(planned.hall_id),
        "topics": [str(one.topic_key) for one in planned.topics.all()],
        "contact_person": planned.contact_person,
        "contact_phone": planned.contact_phone,
        **{name: getattr(planned, name) for name in names},
    }


def _suggested(version: CalendarVersion, topic: int | None) -> dict[str, object]:
    """A meeting for a topic: its ministry, its words, a hall of its akimat; the first safe Saturday."""
    found = next((one for one in queries.topics_not_taken(version) if one.key == topic), None)
    if found is None:
        return {}
    hall = Hall.objects.filter(owner=found.akimat).order_by("pk").first()
    safe = queries.safe_day(version)
    return {
        "bodies": [found.ministry] if found.ministry else [],
        "subject_kk": found.title_kk,
        "subject_ru": found.title_ru,
        "topics": [str(found.key)],
        "hall": str(hall.pk) if hall else "",
        "day": date.fromordinal(safe.toordinal() + (5 - safe.weekday()) % 7),
        "time_from": "11:00",
        "time_to": "13:00",
    }

"""The form of one planned meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, LongText, ShortText
from base.names import in_language
from calendar_app.labels.meetings import MeetingKind, Mode, SpokenLanguage
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries import brought
from calendar_app.queries import calendars as queries
from calendar_app.staff.places import code_of
from calendar_app.staff.proposed_meetings.fields import ClockField, DayField
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from procedure.problems import Problem
from regions.models import Body, Hall
from regions.places import PlacePicker

TEXT_LIMIT = 300
NAMES = (
    "kind", "mode", "languages", "online_url", "subject_kk", "subject_ru", "venue_kk", "venue_ru", "note_kk",
    "note_ru", "contact_person", "contact_phone", "trip",
)  # fmt: skip
# What the rules call otherwise than the form.
FIELDS = {"ends": "time_to", "starts": "time_from"}


class MeetingForm(ActForm):
    """One planned meeting. The place follows from the hall; without a hall it is searched for."""

    bodies = forms.MultipleChoiceField(
        label=_("Ministries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("Whose meeting"), choices=MeetingKind.choices)
    day = DayField(label=_("Day"))
    time_from = ClockField(label=_("From"))
    time_to = ClockField(label=_("Until"))
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices)
    hall = forms.ChoiceField(label=_("Hall"), required=False)
    place = forms.CharField(label=_("Town or village"), required=False, max_length=9)
    venue_kk = ShortText(label=_("Venue in Kazakh"), limit=TEXT_LIMIT, required=False)
    venue_ru = ShortText(label=_("Venue in Russian"), limit=TEXT_LIMIT, required=False)
    online_url = forms.URLField(
        label=_("Address of the broadcast"), required=False, max_length=200, assume_scheme="https"
    )
    languages = forms.ChoiceField(
        label=_("Languages"), choices=SpokenLanguage.choices, initial=SpokenLanguage.BOTH
    )
    subject_kk = ShortText(label=_("What is discussed, in Kazakh"), limit=TEXT_LIMIT, required=False)
    subject_ru = ShortText(label=_("What is discussed, in Russian"), limit=TEXT_LIMIT, required=False)
    topics = forms.MultipleChoiceField(
        label=_("Topics it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    proposal = forms.ChoiceField(label=_("Proposed meeting it answers"), required=False)
    contact_person = ShortText(label=_("Contact person (not public)"), limit=200, required=False)
    contact_phone = ShortText(label=_("Telephone for enquiries (public)"), limit=60, required=False)
    note_kk = LongText(label=_("Note for visitors in Kazakh"), limit=2000, rows=2, required=False)
    note_ru = LongText(label=_("Note for visitors in Russian"), limit=2000, rows=2, required=False)
    trip = ShortText(
        label=pgettext_lazy("trip", "Journey"),
        limit=60,
        required=False,
        help_text=_("Meetings with the same name of the journey belong together. Example: Kostanay, March."),
    )

    def __init__(
        self,
        version: CalendarVersion,
        data: Mapping[str, Any] | None = None,
        *,
        planned: PlannedMeeting | None = None,
        topic: int | None = None,
        starts: datetime | None = None,
        echo: bool = False,
    ) -> None:
        """topic: a new meeting for it; starts: show the meeting moved there, as long as it is; echo: only show."""
        every = brought.of_half_year(version.half_year)
        fates = brought.fates(version, every)
        initial = values_of(planned, starts) if planned else _suggested(version, fates, topic)
        if echo and data is not None:
            initial |= {name: _sent(data, name) for name in self.base_fields if name in data}
        super().__init__(None if echo else data, version=version.revision, initial=initial)
        self._offer("topics", _topics(planned, fates))
        self._offer("proposal", [("", str(_("None"))), *_proposals(planned, fates)])
        self._offer("bodies", _ministries(version))
        self._offer("hall", [("", str(_("No hall of the list"))), *halls_of(version)])
        for attribute, day in (("min", version.period.first_day), ("max", version.period.last_day)):
            self.fields["day"].widget.attrs[attribute] = day.isoformat()
        source = data if data is not None else {}
        self.picker = PlacePicker(
            name="place",
            code=code_of(self["place"].value()),
            typed=str(source.get("place_q") or "").replace("\x00", "")[:200],
            region="",
            on=version.period.first_day,
            language=get_language() or "kk",
        )

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A day and a clock are asked for beside their fields; where it is held follows from the hall."""
        for name in ("day", "time_from", "time_to"):
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, ValidationError(_("Please fill in this field."), code="required"))
        return self.cleaned_data

    def show(self, problems: Iterable[Problem]) -> None:
        super().show(replace(one, field=FIELDS.get(one.field, one.field)) for one in problems)

    def draft(self) -> MeetingDraft:
        """What the act takes; of a valid form."""
        data = self.cleaned_data
        hall = Hall.objects.filter(pk=data["hall"]).first() if data["hall"] else None
        return MeetingDraft(
            place=hall.territory_id if hall else code_of(data["place"]),
            starts=datetime.combine(data["day"], data["time_from"], tzinfo=ALMATY),
            ends=datetime.combine(data["day"], data["time_to"], tzinfo=ALMATY),
            bodies=tuple(data["bodies"]),
            hall=hall.pk if hall else None,
            topics=tuple(int(key) for key in data["topics"]),
            proposal=int(data["proposal"]) if data["proposal"] else None,
            **{name: data[name] for name in NAMES},
        )


def values_of(planned: PlannedMeeting, moved_to: datetime | None = None) -> dict[str, Any]:
    """A planned meeting as the form shows it, or as it would be at another time."""
    starts = (moved_to or planned.starts).astimezone(ALMATY)
    ends = starts + (planned.ends - planned.starts)
    return {
        "bodies": [one.body_id for one in planned.attendance.all()],
        "day": starts.date(),
        "time_from": starts.time(),
        "time_to": ends.time(),
        "place": planned.place_id,
        "hall": str(planned.hall_id or ""),
        "topics": [str(one.topic_key) for one in planned.topics.all()],
        "proposal": str(planned.proposal_key or ""),
        **{name: getattr(planned, name) for name in NAMES},
    }


def _sent(data: Mapping[str, Any], name: str) -> Any:
    """What was typed, to be shown again; a NUL would break the next submission."""
    if name in ("bodies", "topics") and isinstance(data, QueryDict):
        return data.getlist(name)
    return str(data[name]).replace("\x00", "")


def _topics(planned: PlannedMeeting | None, fates: list[brought.Fate]) -> list[tuple[str, str]]:
    own = [(str(one.topic_key), in_language(one, "title")) for one in planned.topics.all()] if planned else []
    mine = {key for key, _title in own}
    offered = [
        (str(one.item.key), f"{in_language(one.item, 'title')} ({in_language(one.item.akimat)})")
        for one in fates
        if isinstance(one.item, brought.AcceptedTopic) and one.planned is None
    ]
    return own + [one for one in offered if one[0] not in mine]


def _proposals(planned: PlannedMeeting | None, fates: list[brought.Fate]) -> list[tuple[str, str]]:
    found = []
    for one in fates:
        is_own = planned is not None and planned.proposal_key == one.item.key
        if isinstance(one.item, brought.AcceptedMeeting) and (is_own or one.planned is None):
            said = f"№ {one.item.number}"
            found.append(
                (
                    str(one.item.key),
                    f"{in_language(one.item.akimat)}, {said}: {in_language(one.item, 'title')}",
                )
            )
    return found


def _ministries(version: CalendarVersion) -> list[tuple[str, str]]:
    ministries = Body.objects.ministries().on(version.period.first_day)
    rows = ministries.in_alphabetical_order(get_language() or "kk")
    return [(one.pk, in_language(one)) for one in rows]


def halls_of(version: CalendarVersion) -> list[tuple[str, list[tuple[str, str]]]]:
    """Halls to choose from, by region; one query."""
    halls = Hall.objects.select_related("territory__region").on(version.period.first_day)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in halls.in_alphabetical_order(get_language() or "kk"):
        name = f"{in_language(one.territory)}, {in_language(one)}"
        groups.setdefault(in_language(one.territory.region), []).append((str(one.pk), name))
    return sorted(groups.items())


def _suggested(version: CalendarVersion, fates: list[brought.Fate], topic: int | None) -> dict[str, Any]:
    """A meeting for a topic: its ministry, its words, a hall of its akimat; the first safe Saturday."""
    items = (one.item for one in fates if isinstance(one.item, brought.AcceptedTopic) and one.planned is None)
    found = next((one for one in items if one.key == topic), None)
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

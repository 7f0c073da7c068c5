"""The form of a proposed meeting: its facts, and its times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, ShortText
from base.names import in_language
from calendar_app.labels.proposed_meetings import Mode
from calendar_app.models import TopicList
from calendar_app.staff.places import code_of
from calendar_app.staff.proposed_meetings.times import TIMES, rows_of, sent, sent_rows
from procedure.halls import seat_warning
from procedure.problems import Problem
from procedure.proposed_meetings import VENUE_LIMIT, MeetingDraft, says_nothing
from regions.models import Body, Hall

Choices = list[tuple[str, str]]


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
            (key, f"{in_language(one)}, {in_language(one.territory)}, {_seats(one)}")
            for key, one in self.halls.items()
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
        facts = sent(FactsForm.base_fields, data) if echo else _values(draft)
        self.facts = FactsForm(bound, topic_list=topic_list, on=on, version=version, initial=facts)
        self.times = {}
        for kind, form_set in TIMES.items():
            rows = list(sent_rows(data, kind)) if echo else rows_of(draft.windows, kind)
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

    @property
    def cleaned_data(self) -> dict[str, Any]:
        """Version and key of the form; what a meeting says is in its draft."""
        return self.facts.cleaned_data

    def words(self) -> dict[str, Any]:
        """What tells one sending from another, of a valid form."""
        return {"draft": self.draft(None)}

    def renew(self, version: int) -> None:
        """Let the same words be sent again over the present version, after the person was told."""
        self.facts.renew(version)

    def place_of_hall(self) -> str:
        """The code of the place where the chosen hall stands; "" without one, and for an online meeting."""
        hall = self.facts.halls.get(str(self.facts["hall"].value() or ""))
        return hall.territory_id if hall and self.facts["mode"].value() != "online" else ""

    def is_crowded(self) -> bool:
        """Whether a valid form expects more people than the chosen hall has seats."""
        hall = self.facts.halls.get(self.facts.cleaned_data["hall"])
        return bool(hall and seat_warning(self.facts.cleaned_data["attendance"], hall.capacity))

    def is_readable(self) -> bool:
        """Whether what was sent says a meeting; the key of the form plays no part."""
        wrong = set(self.facts.errors) - {"idempotency_key", "version"}
        return not wrong and all(form.is_valid() for times in self.times.values() for form in times)

    def rows(self) -> list[Any]:
        """The times that say something, the exact ones first."""
        return [form for times in self.times.values() for form in times if not form.is_blank]

    def is_valid(self) -> bool:
        """Whether it can be saved; a form in which nothing is filled in would be an empty meeting."""
        valid = all([self.facts.is_valid(), *(times.is_valid() for times in self.times.values())])
        if valid and says_nothing(self.draft(None)):
            self.show([Problem("meeting_says_nothing", field="ministries")])
            return False
        return valid

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


def _seats(hall: Hall) -> str:
    """“80 seats”."""
    text = ngettext("%(number)s seat", "%(number)s seats", hall.capacity)
    return text % {"number": hall.capacity}


def _values(draft: MeetingDraft) -> dict[str, Any]:
    names = ("mode", "place", "venue_kk", "venue_ru", "attendance")
    values = {name: getattr(draft, name) for name in names}
    topics = [str(key) for key in draft.topics]
    return values | {"ministries": list(draft.ministries), "topics": topics, "hall": str(draft.hall or "")}

"""Forms of an entry by letter: the letter, an objection, the answer to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from base.clock import ALMATY
from base.dates import half_year_name
from base.forms import ActForm, LongText
from base.names import in_language
from base.widgets import LightSelect
from calendar_app import terms
from calendar_app.staff.proposed_meetings.fields import ClockField, DayField
from calendar_app.staff.topic_lists.forms import COMMENT_LIMIT
from calendar_app.staff.topic_lists.letter_forms import LetterFieldsMixin
from procedure.half_years import HalfYear
from procedure.problems import Problem
from regions.models import Body


class EntryForm(LetterFieldsMixin, ActForm):
    """Whose list for which half-year, and the letter by which it came."""

    akimat = forms.ChoiceField(label=_("Akimat"), widget=LightSelect)
    half_year = forms.ChoiceField(label=_("Half-year"), widget=LightSelect)
    received_day = DayField(label=_("Day on which the authorised body registered the letter"))
    received_clock = ClockField(
        label=_("Time of the registration"), help_text=_("By this instant the list is in time or late.")
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, on: date, files: Any = None, **options: Any
    ) -> None:
        super().__init__(data, files=files, **options)
        akimats = Body.objects.akimats().on(on).in_alphabetical_order(get_language() or "kk")
        halves = terms.half_years_open_for_lists(on)
        for name, offered in (
            ("akimat", [(one.pk, in_language(one)) for one in akimats]),
            ("half_year", [(one.code, half_year_name(one.code)) for one in reversed(halves)]),
        ):
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def received_at(self) -> datetime:
        """The instant of the registration, of a valid form."""
        said = self.cleaned_data
        return datetime.combine(said["received_day"], said["received_clock"], tzinfo=ALMATY)

    def words(self) -> dict[str, Any]:
        """What the act takes, but for the akimat, which the page looks up."""
        words = self.letter_words(super().words(), self.received_at)
        return {"half_year": HalfYear.parse(words["half_year"]), "letter": words["letter"]}

    def show(self, problems: Iterable[Problem]) -> None:
        """What is wrong with the instant is said beside its day."""
        moved = [
            replace(one, field="received_day") if one.field == "received_at" else one for one in problems
        ]
        super().show(moved)


class ObjectionForm(ActForm):
    """What is not as in the letter."""

    objection = LongText(label=_("What is not as in your letter"), limit=COMMENT_LIMIT, rows=5)

    def words(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["objection"]}


class AnswerForm(ActForm):
    """What became of the objection."""

    objection = LongText(label=_("Answer to the objection"), limit=COMMENT_LIMIT, rows=5)

    def words(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["objection"]}

"""The form by which the authorised body enters an answer that came by a signed letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from base.dates import at_almaty
from base.forms import ActForm, LongText, ShortText
from base.names import in_language
from calendar_app.models import CoordinationAnswer
from calendar_app.staff.proposed_meetings.fields import ClockField, DayField
from calendar_app.staff.topic_lists.letter_forms import ACCEPT, LETTER_FIELDS, LetterFile
from calendar_app.transitions.coordination import Said
from calendar_app.transitions.signed_letters import NewLetter
from procedure.moments import ALMATY
from procedure.problems import Problem
from procedure.signed_letters import NAME_LIMIT, NUMBER_LIMIT, LetterHead

CHOICES = [("agree", _("The ministry agrees")), ("refuse", _("The ministry does not agree"))]


class SaidForm(ActForm):
    """What a ministry says: agree, with or without a remark, or refuse with reasons and another time."""

    decision = forms.ChoiceField(label=_("Answer"), choices=CHOICES, widget=forms.RadioSelect)
    said_words = LongText(
        label=_("Remark, or the reasons of the refusal"), limit=4000, rows=4, required=False
    )
    counter_day = DayField(label=_("Another day that would suit"), required=False)
    counter_clock = ClockField(label=_("From what time"), required=False)

    def clean(self) -> dict[str, Any]:
        """Another time has a day; a clock alone says nothing."""
        if self.cleaned_data.get("counter_clock") and not self.cleaned_data.get("counter_day"):
            self.add_error("counter_day", ValidationError(_("Please fill in this field."), code="required"))
        return self.cleaned_data

    def show(self, problems: Iterable[Problem]) -> None:
        """The act calls what was said words."""
        super().show(
            replace(one, field="said_words" if one.field == "words" else one.field) for one in problems
        )

    @property
    def said(self) -> Said:
        """Of a valid form."""
        data = self.cleaned_data
        day, clock = data["counter_day"], data["counter_clock"]
        counter = datetime.combine(day, clock, tzinfo=ALMATY) if day and clock else None
        if day and not clock:
            counter = datetime.combine(day, datetime.min.time().replace(hour=11), tzinfo=ALMATY)
        return Said(data["decision"] == "agree", data["said_words"], counter)


class AnswerByLetterForm(SaidForm):
    """The same by letter: which meetings it is about, and the letter itself."""

    meetings = forms.MultipleChoiceField(
        label=_("Meetings the letter is about"), widget=forms.CheckboxSelectMultiple
    )
    number = ShortText(label=_("Number of the letter"), limit=NUMBER_LIMIT)
    day = DayField(label=_("Date of the letter"))
    signatory = ShortText(
        label=_("Who signed"), limit=NAME_LIMIT, help_text=_("Surname and initials, as in the letter.")
    )
    post = ShortText(label=_("Post of the person who signed"), limit=NAME_LIMIT)
    file = LetterFile(
        label=_("File of the letter"),
        help_text=_("PDF, JPEG, PNG, DOCX, ASiC-E, DDOC or CMS, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"empty": _("The file is empty. Please choose another one.")},
    )
    received_day = DayField(label=_("Day on which the authorised body registered the letter"))
    received_clock = ClockField(
        label=_("Time of the registration"), help_text=_("By this instant the answer is in time or late.")
    )
    field_order = ("meetings", "decision")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        rows: Sequence[CoordinationAnswer],
    ) -> None:
        super().__init__(data, files=files, initial={"meetings": [str(one.pk) for one in rows]})
        self.rows = {str(one.pk): one for one in rows}
        offered: Any = self.fields["meetings"]
        offered.choices = [(key, _line(one)) for key, one in self.rows.items()]

    @property
    def chosen(self) -> list[CoordinationAnswer]:
        return [self.rows[key] for key in self.cleaned_data["meetings"]]

    @property
    def letter(self) -> NewLetter:
        """Of a valid form."""
        said = self.cleaned_data
        received = datetime.combine(said["received_day"], said["received_clock"], tzinfo=ALMATY)
        head = LetterHead(said["number"], said["day"], said["signatory"], said["post"], received)
        return NewLetter(head, said["file"])

    def show(self, problems: Iterable[Problem]) -> None:
        """What is wrong with the instant is said beside its day."""
        super().show(
            replace(one, field="received_day") if one.field == "received_at" else one for one in problems
        )

    def words(self) -> dict[str, Any]:
        """One letter instead of its fields: it is told apart by the hash of its file."""
        words = super().words()
        for name in (*LETTER_FIELDS, "received_day", "received_clock"):
            words.pop(name)
        return words | {"letter": self.letter}


def _line(one: CoordinationAnswer) -> str:
    row = one.planned
    return f"{at_almaty(row.starts)}, {in_language(row.place)}: {in_language(row, 'subject')}"

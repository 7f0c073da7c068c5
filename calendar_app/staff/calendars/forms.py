"""One small form per act on a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from base.dates import long_date, weekday
from base.forms import ActForm, LongText
from calendar_app.labels.calendars import NotTakenReason
from procedure.problems import Problem

WORDS_LIMIT = 4000


class ConfirmForm(ActForm):
    """An act without words of its own."""


class SubmitForm(ActForm):
    explanation = LongText(label=_("Explanation of lateness"), limit=WORDS_LIMIT, rows=3, required=False)
    silence = LongText(
        label=_("About ministries that did not answer"),
        limit=WORDS_LIMIT,
        rows=3,
        required=False,
        help_text=_("What was done to hear them. Silence is no consent: the commission reads this."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        asks_explanation: bool,
        asks_silence: bool,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        for name, is_asked in (("explanation", asks_explanation), ("silence", asks_silence)):
            if not is_asked:
                self.fields[name].widget = forms.HiddenInput()


class RemoveForm(ActForm):
    reason = LongText(label=_("Reason of the cancellation"), limit=WORDS_LIMIT, rows=3, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, numbered: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not numbered:
            self.fields["reason"].widget = forms.HiddenInput()


class LeaveOutForm(ActForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=NotTakenReason.choices, widget=forms.RadioSelect)
    explanation = LongText(
        label=_("Explanation"),
        limit=WORDS_LIMIT,
        rows=3,
        required=False,
        help_text=_("The akimat reads the reason and the explanation."),
    )

    def show(self, problems: Iterable[Problem]) -> None:
        """The act calls the explanation words."""
        super().show(replace(one, field=one.field.replace("words", "explanation")) for one in problems)

    def words(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"], "words": self.cleaned_data["explanation"]}


class DisagreeForm(ActForm):
    position = LongText(label=_("Position of the authorised body"), limit=WORDS_LIMIT, required=False)


class ProposalForm(ActForm):
    """On which of the offered days a proposed meeting is planned; without a day, at its first exact time."""

    when = forms.ChoiceField(label=_("Time or day offered by the akimat"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        times: list[tuple[str, str]],
        days: list[date],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        offered = [(one.isoformat(), f"{long_date(one)}, {weekday(one)}") for one in days]
        groups: list[Any] = []
        if times:
            groups.append((str(_("Exact times")), times))
        if offered:
            groups.append((str(_("Possible days")), offered))
        self.fields["when"].choices = [("", "—"), *groups] if not times else groups  # type: ignore[attr-defined]


class WarningForm(ActForm):
    reason = LongText(
        label=_("Why the warning is accepted"),
        limit=WORDS_LIMIT,
        rows=3,
        required=False,
        help_text=_("The commission reads the reason."),
    )

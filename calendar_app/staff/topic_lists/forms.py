"""Forms of the topic list: one small form per act."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm as BaseActForm
from base.forms import LongText
from calendar_app.models import TopicList
from procedure.half_years import HalfYear

COMMENT_LIMIT = 4000


class StartForm(forms.Form):
    """Which list to open: both values come from the button, so a wrong one was forged."""

    akimat = forms.CharField(max_length=60)
    half_year = forms.RegexField(r"\A[0-9]{4}-H[12]\Z")

    def clean_half_year(self) -> HalfYear:
        try:
            return HalfYear.parse(self.cleaned_data["half_year"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class ActForm(BaseActForm):
    """A form that confirms one act on a list; its own fields are the words the act takes."""

    def fit(self, topic_list: TopicList, *, late: bool) -> None:
        """Fit the form to the page it is shown on: its list, and whether the last day has passed."""


EXPLANATIONS = ("explanation_kk", "explanation_ru")


class SubmitForm(ActForm):
    explanation_kk = LongText(
        label=_("Explanation of lateness in Kazakh"), limit=COMMENT_LIMIT, required=False
    )
    explanation_ru = LongText(
        label=_("Explanation of lateness in Russian"), limit=COMMENT_LIMIT, required=False
    )
    asks_explanation = False
    asks_letter = False

    def fit(self, topic_list: TopicList, *, late: bool) -> None:
        self.asks_explanation = late
        for name in EXPLANATIONS:
            if not late:
                self.fields[name].widget = forms.HiddenInput()


class RecallForm(ActForm):
    reason = LongText(label=_("Reason of the recall"), limit=COMMENT_LIMIT, required=False)

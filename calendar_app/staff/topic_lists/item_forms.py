"""Forms of the parts of a list that is being written: a topic, the analysis, the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, LongText, ShortText
from base.names import in_language
from base.search import sort_key
from base.widgets import LightSelect
from calendar_app.labels.topic_lists import Sector, Urgency
from calendar_app.models import Topic, TopicComment, TopicList
from calendar_app.models.topic_lists import LIST_WORDS, MEETINGS_WORDS
from calendar_app.staff.topic_lists.forms import COMMENT_LIMIT
from procedure.list_changes import TOPIC_FIELDS
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT, TopicDraft
from regions.models import Body, Territory

ANALYSIS_LIMIT = 20_000
# Names of ministries and districts change by decree, not by the minute.
CHOICES_SECONDS = 60

Choices = tuple[tuple[str, str], ...]


class _Two(forms.Textarea):
    """A box of two lines, so that a long title can be seen whole."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2})


class TopicForm(ActForm):
    """One topic, with the answer to the comment on it if there is one."""

    title_kk = ShortText(label=_("Topic in Kazakh"), limit=TITLE_LIMIT, required=False, widget=_Two)
    text_kk = LongText(label=_("Situation in Kazakh"), limit=TEXT_LIMIT, required=False)
    title_ru = ShortText(label=_("Topic in Russian"), limit=TITLE_LIMIT, required=False, widget=_Two)
    text_ru = LongText(label=_("Situation in Russian"), limit=TEXT_LIMIT, required=False)
    ministry = forms.ChoiceField(label=_("Responsible ministry"), required=False, widget=LightSelect)
    district = forms.ChoiceField(label=_("District"), required=False, widget=LightSelect)
    sector = forms.ChoiceField(label=_("Sector"), required=False, widget=LightSelect)
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=Urgency.choices, widget=LightSelect
    )
    evidence = LongText(
        label=_("Evidence"),
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
        help_text=_("Figures, letters, inspections on which the topic rests."),
    )
    answer = LongText(label=_("Your answer to this comment"), limit=COMMENT_LIMIT, rows=3, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Mapping[str, Choices],
        remarked: bool,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not remarked:
            del self.fields["answer"]

    def draft(self, key: int | None) -> TopicDraft:
        """What was typed, as the rules see it."""
        said = {name: self.cleaned_data.get(name) or "" for name in TOPIC_FIELDS}
        return TopicDraft(**said | {"urgency": said["urgency"] or Urgency.ORDINARY}, key=key)


class AnalysisForm(ActForm):
    """What is said about the region as a whole, and why there are no topics."""

    analysis_kk = LongText(
        label=_("Analysis of the situation in Kazakh"), limit=ANALYSIS_LIMIT, rows=10, required=False
    )
    analysis_ru = LongText(
        label=_("Analysis of the situation in Russian"), limit=ANALYSIS_LIMIT, rows=10, required=False
    )
    no_topics_reason_kk = LongText(label=_("Reason in Kazakh"), limit=COMMENT_LIMIT, rows=2, required=False)
    no_topics_reason_ru = LongText(label=_("Reason in Russian"), limit=COMMENT_LIMIT, rows=2, required=False)

    def words(self) -> dict[str, Any]:
        return {"words": super().words()}


class NoMeetingsForm(ActForm):
    """Why no meetings are proposed."""

    no_meetings_reason_kk = LongText(
        label=pgettext_lazy("no meetings", "Reason in Kazakh"), limit=COMMENT_LIMIT, required=False
    )
    no_meetings_reason_ru = LongText(
        label=pgettext_lazy("no meetings", "Reason in Russian"), limit=COMMENT_LIMIT, required=False
    )

    def words(self) -> dict[str, Any]:
        return {"words": {name: self.cleaned_data[name] for name in MEETINGS_WORDS}}


class AnswerForm(ActForm):
    """The answer to the comment on the whole list, and to comments on topics that were removed since."""

    answer = LongText(
        label=_("Your answer to the comment on the whole list"), limit=COMMENT_LIMIT, required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        stray: Iterable[tuple[TopicComment, str]],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.stray = []
        for comment, said in stray:
            name = f"answers-{comment.pk}"
            label = gettext("Your answer to this comment")
            self.fields[name] = LongText(
                label=label, limit=COMMENT_LIMIT, rows=3, required=False, initial=said
            )
            self.stray.append((comment, self[name]))

    def words(self) -> dict[str, Any]:
        answers = {str(one.pk): self.cleaned_data[box.name] for one, box in self.stray}
        return {"answer": self.cleaned_data["answer"], "answers": answers}


def values_of(topic: Topic) -> dict[str, object]:
    """What stands in the boxes of a saved topic."""
    draft = topic.as_draft()
    return {name: getattr(draft, name) for name in TOPIC_FIELDS}


def words_of(topic_list: TopicList) -> dict[str, object]:
    return {name: getattr(topic_list, name) for name in LIST_WORDS}


def topic_choices(topic_list: TopicList, on: date) -> Mapping[str, Choices]:
    """What the selects of a topic offer: sectors, ministries of the day, districts of the region.

    Read at most once in CHOICES_SECONDS by each process; what is chosen is checked again by the act.
    """
    moment = int(monotonic() // CHOICES_SECONDS)
    return _choices(topic_list.akimat.region_id or "", on, get_language() or "kk", moment)


@lru_cache(maxsize=128)
def _choices(region: str, on: date, language: str, moment: int) -> Mapping[str, Choices]:
    ministries = Body.objects.ministries().on(on).in_alphabetical_order(language)
    districts = Territory.objects.within(region).districts().on(on).in_alphabetical_order(language)
    sectors = sorted(((code, str(label)) for code, label in Sector.choices), key=lambda one: sort_key(one[1]))
    return {
        "sector": (("", gettext("Not chosen")), *sectors),
        "urgency": tuple((code, str(label)) for code, label in Urgency.choices),
        "ministry": (("", gettext("Not chosen")), *_named(ministries)),
        "district": (("", gettext("The whole region")), *_named(districts)),
    }


def _named(things: Iterable[Body | Territory]) -> Sequence[tuple[str, str]]:
    return [(one.pk, in_language(one)) for one in things]

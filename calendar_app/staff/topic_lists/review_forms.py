"""Forms of the authorised body's decisions: words on the whole list and on each of its topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.forms import LongText
from calendar_app.labels.topic_lists import LeftOutReason
from calendar_app.models import Topic, TopicList
from calendar_app.staff.topic_lists.forms import COMMENT_LIMIT, ActForm
from procedure.problems import Problem
from procedure.topic_lists import TOPICS_LIMIT

TOPIC_COMMENT_LIMIT = 2_000
REASON_LIMIT = 1_000
DECISIONS = [("", _("Goes into the calendar")), (_("Left out, because:"), LeftOutReason.choices)]
LEFT_KEY = re.compile(r"leave-([1-9][0-9]{0,17})")
SENT_KEY = re.compile(r"comment-([1-9][0-9]{0,17})")


def sent_keys(data: Mapping[str, Any] | None, pattern: re.Pattern[str]) -> list[int]:
    """Keys of topics that a form came with; whether they are topics of the list is for the act to say."""
    found = (pattern.fullmatch(name) for name in data or ())
    return [int(match[1]) for match in found if match][: TOPICS_LIMIT + 1]


class RoundForm(ActForm):
    """Comments that open a round: on the whole, on topics, at least one of either kind."""

    comment = LongText(label=_("Comment on the whole list"), limit=COMMENT_LIMIT, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.topics: list[tuple[Topic, list[forms.BoundField]]] = []
        for key in sent_keys(data, SENT_KEY):
            self.fields[f"comment-{key}"] = _comment_on_topic()

    def fit(self, topic_list: TopicList, *, late: bool) -> None:
        """A box for each topic; those that came filled keep what was typed and what is wrong with it."""
        for number, topic in enumerate(topic_list.topics.all(), start=1):
            name = f"comment-{topic.pk}"
            self.fields.setdefault(name, _comment_on_topic())
            box = _labelled(self, name, gettext("Comment on topic %(number)s") % {"number": number})
            self.topics.append((topic, [box]))

    def words(self) -> dict[str, Any]:
        said = {key: self.cleaned_data[f"comment-{key}"] for key in sent_keys(self.fields, SENT_KEY)}
        return {"comment": self.cleaned_data["comment"], "topic_comments": said}


def _comment_on_topic() -> LongText:
    return LongText(limit=TOPIC_COMMENT_LIMIT, rows=2, required=False)


def _labelled(form: forms.Form, name: str, label: str) -> forms.BoundField:
    """The box under a label that names its topic; one that was looked at before has an older label."""
    form.fields[name].label = form[name].label = label
    return form[name]


class ReturnForm(RoundForm):
    """A list goes back to its akimat."""


class ReopenForm(RoundForm):
    """An accepted list is opened again."""


class AcceptForm(ActForm):
    """A note, and for each topic whether and why it is left out; by default none is."""

    comment = LongText(label=_("Note for the akimat"), limit=COMMENT_LIMIT, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.topics: list[tuple[Topic, list[forms.BoundField]]] = []
        for key in sent_keys(data, LEFT_KEY):
            self._ask_about(key)

    def fit(self, topic_list: TopicList, *, late: bool) -> None:
        """The questions about each topic; those that came filled keep what was chosen and typed."""
        for number, topic in enumerate(topic_list.topics.all(), start=1):
            if f"leave-{topic.pk}" not in self.fields:
                self._ask_about(topic.pk)
            decision = gettext("Decision on topic %(number)s") % {"number": number}
            explanation = gettext("Explanation for topic %(number)s") % {"number": number}
            boxes = [
                _labelled(self, f"leave-{topic.pk}", decision),
                _labelled(self, f"words-{topic.pk}", explanation),
            ]
            self.topics.append((topic, boxes))

    def _ask_about(self, key: int) -> None:
        self.fields[f"leave-{key}"] = forms.ChoiceField(choices=DECISIONS, required=False)
        self.fields[f"words-{key}"] = LongText(limit=REASON_LIMIT, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Words about a topic that is not left out would be lost: the decision is asked for."""
        for key in sent_keys(self.fields, LEFT_KEY):
            if self.cleaned_data.get(f"words-{key}") and self.cleaned_data.get(f"leave-{key}") == "":
                self.add_error(
                    f"leave-{key}", _("Choose why the topic is left out, or remove the explanation.")
                )
        return self.cleaned_data

    def show(self, problems: Iterable[Problem]) -> None:
        """Beside the box that a problem names: "words.7" is the box `words-7`."""
        super().show(replace(one, field=one.field.replace(".", "-")) for one in problems)

    def words(self) -> dict[str, Any]:
        asked = {
            key: (self.cleaned_data[f"leave-{key}"], self.cleaned_data[f"words-{key}"])
            for key in sent_keys(self.fields, LEFT_KEY)
        }
        left_out = {key: said for key, said in asked.items() if said[0]}
        return {"comment": self.cleaned_data["comment"], "left_out": left_out}

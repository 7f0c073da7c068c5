"""Forms of the authorised body's decisions: words on the whole list and on each of its topics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from base.forms import LongText
from calendar_app.models import Topic, TopicList
from calendar_app.staff.forms import COMMENT_LIMIT, ActForm
from procedure.topic_lists import TOPICS_LIMIT

TOPIC_COMMENT_LIMIT = 2_000
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
        self.topics: list[tuple[Topic, forms.BoundField]] = []
        for key in sent_keys(data, SENT_KEY):
            self.fields[f"comment-{key}"] = _comment_on(now_("Comment on a topic"))

    def fit(self, topic_list: TopicList, *, late: bool) -> None:
        """A box for each topic; those that came filled keep what was typed and what is wrong with it."""
        for number, topic in enumerate(topic_list.topics.all(), start=1):
            name, label = f"comment-{topic.pk}", now_("Comment on topic %(number)s") % {"number": number}
            self.fields.setdefault(name, _comment_on(label))
            self.fields[name].label = label
            self.topics.append((topic, self[name]))

    def words(self) -> dict[str, Any]:
        said = {key: self.cleaned_data[f"comment-{key}"] for key in sent_keys(self.fields, SENT_KEY)}
        return {"comment": self.cleaned_data["comment"], "topic_comments": said}


def _comment_on(label: str) -> LongText:
    return LongText(label=label, limit=TOPIC_COMMENT_LIMIT, rows=2, required=False)


class ReturnForm(RoundForm):
    """A list goes back to its akimat."""


class ReopenForm(RoundForm):
    """An accepted list is opened again."""


class AcceptForm(ActForm):
    comment = LongText(label=_("Note for the akimat"), limit=COMMENT_LIMIT, required=False)

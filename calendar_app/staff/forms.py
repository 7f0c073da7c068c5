"""Forms of the topic list: the editor of all topics, and one small form per act."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from base.forms import LongTextField, ShortTextField, VersionedForm
from calendar_app.models import TopicList
from procedure.deadlines import Due
from procedure.half_years import HalfYear
from procedure.problems import Problem
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT, TOPICS_LIMIT, ListDraft, TopicDraft


def draft_of(topic_list: TopicList) -> ListDraft:
    """The saved list as the rules see it."""
    topics = [TopicDraft(t.title_kk, t.title_ru, t.text_kk, t.text_ru) for t in topic_list.topics.all()]
    return ListDraft(topics=topics)


class StartForm(forms.Form):
    """Which list to open."""

    akimat = forms.CharField(max_length=20)
    half_year = forms.RegexField(r"^[0-9]{4}-H[12]$")

    def clean_half_year(self) -> HalfYear:
        try:
            return HalfYear.parse(self.cleaned_data["half_year"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

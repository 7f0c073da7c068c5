"""Forms of the topic list: the editor of all topics, and one small form per act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm as BaseActForm
from base.forms import LongText, ShortText
from calendar_app.models import Topic, TopicList
from procedure.half_years import HalfYear
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT, TOPICS_LIMIT, TopicDraft

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

    def fit(self, *, late: bool) -> None:
        """Fit the form to the page it is shown on: whether the last day of the round has passed."""


class SubmitForm(ActForm):
    explanation = LongText(label=_("Explanation of lateness"), limit=COMMENT_LIMIT, required=False)
    asks_explanation = False

    def fit(self, *, late: bool) -> None:
        self.asks_explanation = late
        if not late:
            self.fields["explanation"].widget = forms.HiddenInput()


class RecallForm(ActForm):
    reason = LongText(label=_("Reason of the recall"), limit=COMMENT_LIMIT, required=False)


class ReturnForm(ActForm):
    comment = LongText(
        label=_("Comment for the akimat"),
        limit=COMMENT_LIMIT,
        help_text=_("Say what is to be changed, topic by topic. The akimat answers to this text."),
    )


class ReopenForm(ActForm):
    comment = LongText(label=_("Reason for reopening"), limit=COMMENT_LIMIT)


class AcceptForm(ActForm):
    comment = LongText(label=_("Note for the akimat"), limit=COMMENT_LIMIT, required=False)


class _Two(forms.Textarea):
    """A box of two lines, so that a long title can be seen whole."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2})


class TopicForm(forms.Form):
    """One topic; four blank fields mean that there is none."""

    title_kk = ShortText(label=_("Topic in Kazakh"), limit=TITLE_LIMIT, required=False, widget=_Two)
    text_kk = LongText(label=_("Situation in Kazakh"), limit=TEXT_LIMIT, required=False)
    title_ru = ShortText(label=_("Topic in Russian"), limit=TITLE_LIMIT, required=False, widget=_Two)
    text_ru = LongText(label=_("Situation in Russian"), limit=TEXT_LIMIT, required=False)

    @property
    def is_new(self) -> bool:
        return not self.initial and not any(self[name].value() for name in self.base_fields)

    def draft(self) -> TopicDraft:
        return TopicDraft(**{name: self.cleaned_data.get(name, "") for name in self.base_fields})


def _values(topic: Topic) -> dict[str, str]:
    return {name: getattr(topic, name) for name in TopicForm.base_fields}


class _Topics(BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this topic")


TopicForms = formset_factory(
    TopicForm,
    formset=_Topics,
    extra=1,
    can_delete=True,
    max_num=TOPICS_LIMIT,
    absolute_max=TOPICS_LIMIT + 1,
    validate_max=True,
)


class DraftHead(BaseActForm):
    """What belongs to the whole list: the version it was opened at, and the answer to the comments."""

    answer = LongText(label=_("Your answer to the comments"), limit=COMMENT_LIMIT, required=False)


class TopicListEditor:
    """The editor page: a head and any number of topics, valid or not as a whole."""

    def __init__(self, topic_list: TopicList, data: Mapping[str, Any] | None = None) -> None:
        # A bound form has no initial values: Django leaves out what equals them, and a topic would be lost.
        initial = [] if data is not None else [_values(topic) for topic in topic_list.topics.all()]
        self.head = DraftHead(data, version=topic_list.version, initial={"answer": topic_list.answer})
        self.topics = TopicForms(data, initial=initial, prefix="topics")

    def is_valid(self) -> bool:
        head, topics = self.head.is_valid(), self.topics.is_valid()
        return head and topics

    @property
    def errors(self) -> bool:
        return self.head.is_bound and not self.is_valid()

    def words(self) -> dict[str, Any]:
        """What `save_draft` takes: topics that are not blank and not removed, in order; answer; version."""
        drafts = [form.draft() for form in self.topics if not form.cleaned_data.get("DELETE")]
        head = self.head.cleaned_data
        topics = [draft for draft in drafts if draft != TopicDraft()]
        return {"topics": topics, "answer": head["answer"], "version": head["version"]}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, message) of everything that is wrong, in the order of the page."""
        return [*self.head.summary, *self._topic_errors()]

    def _topic_errors(self) -> Iterable[tuple[str, str]]:
        if not self.topics.is_bound:
            return
        for message in self.topics.non_form_errors():
            yield "", str(message)
        for form in self.topics:
            for name, messages in form.errors.items():
                for message in messages:
                    yield form[name].id_for_label, f"{form[name].label}: {message}"

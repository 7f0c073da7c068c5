"""Forms of the topic list: the editor of all topics, and one small form per act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm as BaseActForm
from base.forms import LongText, PortalForm, ShortText
from base.names import in_language
from base.search import sort_key
from base.widgets import LightSelect
from calendar_app.labels.topic_lists import Sector, Urgency
from calendar_app.models import Topic, TopicComment, TopicList
from calendar_app.models.topic_lists import LIST_WORDS
from procedure.half_years import HalfYear
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT, TOPICS_LIMIT, ListDraft, TopicDraft
from regions.models import Body, Territory

COMMENT_LIMIT = 4000
ANALYSIS_LIMIT = 20_000

Choices = Sequence[tuple[object, object]]


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


class SubmitForm(ActForm):
    explanation = LongText(label=_("Explanation of lateness"), limit=COMMENT_LIMIT, required=False)
    asks_explanation = False
    asks_letter = False

    def fit(self, topic_list: TopicList, *, late: bool) -> None:
        self.asks_explanation = late
        if not late:
            self.fields["explanation"].widget = forms.HiddenInput()


class RecallForm(ActForm):
    reason = LongText(label=_("Reason of the recall"), limit=COMMENT_LIMIT, required=False)


class _Two(forms.Textarea):
    """A box of two lines, so that a long title can be seen whole."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2})


WORDS = ("title_kk", "title_ru", "text_kk", "text_ru", "evidence")


class TopicForm(forms.Form):
    """One topic; without a word in its texts there is none."""

    title_kk = ShortText(label=_("Topic in Kazakh"), limit=TITLE_LIMIT, required=False, widget=_Two)
    text_kk = LongText(label=_("Situation in Kazakh"), limit=TEXT_LIMIT, required=False)
    title_ru = ShortText(label=_("Topic in Russian"), limit=TITLE_LIMIT, required=False, widget=_Two)
    text_ru = LongText(label=_("Situation in Russian"), limit=TEXT_LIMIT, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, widget=LightSelect)
    ministry = forms.ChoiceField(label=_("Responsible ministry"), required=False, widget=LightSelect)
    district = forms.ChoiceField(label=_("District"), required=False, widget=LightSelect)
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
    key = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def is_new(self) -> bool:
        return not any(self[name].value() for name in ("key", *WORDS))

    def draft(self) -> TopicDraft:
        data = {name: self.cleaned_data.get(name) or "" for name in self.base_fields}
        key = self.cleaned_data.get("key")
        return TopicDraft(**data | {"urgency": data["urgency"] or Urgency.ORDINARY, "key": key})


def _values(topic: Topic) -> dict[str, object]:
    draft = topic.as_draft()
    return {name: getattr(draft, name) for name in TopicForm.base_fields}


def topic_choices(topic_list: TopicList, on: date) -> dict[str, Choices]:
    """What the selects of a topic offer: sectors, ministries of the day, districts of the region; two queries."""
    language = get_language() or "kk"
    ministries = Body.objects.ministries().on(on).in_alphabetical_order(language)
    districts = Territory.objects.within(topic_list.akimat.region_id or "").districts().on(on)
    districts = districts.in_alphabetical_order(language)
    sectors = sorted(((code, str(label)) for code, label in Sector.choices), key=lambda one: sort_key(one[1]))
    return {
        "sector": [("", str(_("Not chosen"))), *sectors],
        "urgency": [(code, str(label)) for code, label in Urgency.choices],
        "ministry": [("", str(_("Not chosen"))), *((one.pk, in_language(one)) for one in ministries)],
        "district": [("", str(_("The whole region"))), *((one.pk, in_language(one)) for one in districts)],
    }


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
    """What belongs to the whole list: version, analysis, why there are no topics, answer to the comments."""

    analysis_kk = LongText(
        label=_("Analysis of the situation in Kazakh"), limit=ANALYSIS_LIMIT, required=False
    )
    analysis_ru = LongText(
        label=_("Analysis of the situation in Russian"), limit=ANALYSIS_LIMIT, required=False
    )
    no_topics_reason_kk = LongText(label=_("Reason in Kazakh"), limit=COMMENT_LIMIT, rows=2, required=False)
    no_topics_reason_ru = LongText(label=_("Reason in Russian"), limit=COMMENT_LIMIT, rows=2, required=False)
    answer = LongText(
        label=_("Your answer to the comment on the whole list"), limit=COMMENT_LIMIT, required=False
    )


class AnswersForm(PortalForm):
    """An answer to each comment on a topic, by the key of the comment."""

    def __init__(self, data: Mapping[str, Any] | None, answers: Mapping[str, str]) -> None:
        super().__init__(data, prefix="answers", initial=answers)
        for key in answers:
            self.fields[key] = LongText(
                label=gettext("Your answer to this comment"), limit=COMMENT_LIMIT, rows=3, required=False
            )


def _number(value: object) -> int | None:
    """The key of a topic as its hidden field has it; None for a new topic and for what is no number."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class TopicListEditor:
    """The editor page: a head and any number of topics, valid or not as a whole."""

    def __init__(self, topic_list: TopicList, on: date, data: Mapping[str, Any] | None = None) -> None:
        # A bound form has no initial values: Django leaves out what equals them, and a topic would be lost.
        initial = [] if data is not None else [_values(topic) for topic in topic_list.topics.all()]
        words = {name: getattr(topic_list, name) for name in (*LIST_WORDS, "answer")}
        self.head = DraftHead(data, version=topic_list.version, initial=words)
        self.answers = AnswersForm(data, topic_list.answers)
        self.topics = TopicForms(
            data,
            initial=initial,
            prefix="topics",
            form_kwargs={"choices": topic_choices(topic_list, on)},
        )

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.answers.is_valid(), self.topics.is_valid()])

    def show_remarks(self, remarks: Iterable[tuple[TopicComment, str]]) -> None:
        """Put each comment with the box for its answer beside its topic; `stray` ones have lost theirs."""
        boxes: dict[int | None, tuple[TopicComment, forms.BoundField]] = {
            one.topic_key: (one, self.answers[str(one.pk)])
            for one, _answer in remarks
            if str(one.pk) in self.answers.fields
        }
        for form in self.topics:
            form.remark = boxes.pop(_number(form["key"].value()), None)
        self.stray = list(boxes.values())

    @property
    def errors(self) -> bool:
        return self.head.is_bound and not self.is_valid()

    def words(self) -> dict[str, Any]:
        """What `save_draft` takes: the topics that are not blank and not removed, in order, and the head."""
        drafts = [form.draft() for form in self.topics if not form.cleaned_data.get("DELETE")]
        head = self.head.cleaned_data
        topics = [draft for draft in drafts if not draft.is_blank]
        draft = ListDraft(topics, **{name: head[name] for name in LIST_WORDS})
        return {
            "draft": draft,
            "answer": head["answer"],
            "answers": self.answers.cleaned_data,
            "version": head["version"],
        }

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, message) of everything that is wrong, in the order of the page."""
        return [*self.head.summary, *self.answers.summary, *self._topic_errors()]

    def _topic_errors(self) -> Iterable[tuple[str, str]]:
        if not self.topics.is_bound:
            return
        for message in self.topics.non_form_errors():
            yield "", str(message)
        for form in self.topics:
            for name, messages in form.errors.items():
                for message in messages:
                    yield form[name].id_for_label, f"{form[name].label}: {message}"

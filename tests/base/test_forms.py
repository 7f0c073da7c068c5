"""Bad input: a clear message beside the field, what was typed is kept, nothing breaks."""

from __future__ import annotations

import uuid

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from base.forms import UNREADABLE_VERSION, ActForm, LongText, PortalForm, ShortText
from base.texts import tidied
from procedure.problems import Problem

KEY = "0192f0c1-2222-7333-8444-555555555555"


class CommentForm(ActForm):
    title = ShortText(label="Title", limit=10)
    comment = LongText(label="Comment", limit=20, required=False)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sent(**values: str) -> CommentForm:
    return CommentForm({"version": "3", "idempotency_key": KEY, "title": "T", **values}, version=3)


def drawn(form: forms.Form) -> str:
    return Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))


def test_words_are_what_the_act_takes() -> None:
    form = sent(comment=" Two\r\nlines ")
    assert form.is_valid(), form.errors
    assert form.words() == {"title": "T", "comment": "Two\nlines"}
    assert form.cleaned_data["version"] == 3
    assert form.cleaned_data["idempotency_key"] == uuid.UUID(KEY)


def test_a_page_carries_a_new_key_each_time_it_is_drawn() -> None:
    keys = {CommentForm(version=1)["idempotency_key"].value() for _ in range(3)}
    assert len(keys) == 3
    assert 'name="version" value="7"' in drawn(CommentForm(version=7))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("a\x07b\x1b[31m", "a b [31m"),
        ("\u202eevil\u202c", "evil"),
        ("й", "й"),
        ("tab\tstays", "tab\tstays"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("  around  ", "around"),
    ],
)
def test_texts_are_tidied(typed: str, kept: str) -> None:
    assert tidied(typed, lines=True) == kept


def test_a_short_text_has_one_line() -> None:
    assert sent(title="a\nb").is_valid()
    form = sent(title="a\r\nb")
    assert form.is_valid()
    assert form.words()["title"] == "a b"


def test_nul_is_refused_beside_the_field_and_the_words_are_kept() -> None:
    form = sent(title="a\x00b", comment="kept")
    assert not form.is_valid()
    assert form.errors["title"] == ["The text contains a character that cannot be stored (NUL)."]
    assert "kept" in drawn(form)


def test_a_text_of_a_megabyte_is_answered_with_its_length() -> None:
    form = sent(comment="ж" * 1_000_000)
    assert not form.is_valid()
    assert form.errors["comment"] == [
        "Please shorten the text: it has 1000000 characters, at most 20 are possible."
    ]
    assert "ж" * 1000 in drawn(form)


def test_exactly_the_limit_is_possible_and_one_more_is_not() -> None:
    assert sent(title="ә" * 10).is_valid()
    assert not sent(title="ә" * 11).is_valid()


def test_blank_is_missing() -> None:
    for blank in ("", "   ", "\r\n"):
        form = sent(title=blank)
        assert form.errors["title"] == ["Please fill in this field."]


@pytest.mark.parametrize("forged", ["", "-1", "1.5", "abc", "9" * 50, "²", "١", "\x00", "1\x00"])
def test_a_version_that_cannot_be_read_is_stale_not_an_error(forged: str) -> None:
    form = sent(version=forged)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["version"] == UNREADABLE_VERSION


@pytest.mark.parametrize("forged", ["", "1", "x" * 500, "\x00", "not-a-uuid"])
def test_a_key_that_cannot_be_read_is_replaced_and_the_form_can_be_sent_again(forged: str) -> None:
    form = sent(idempotency_key=forged, comment="kept")
    assert not form.is_valid()
    assert form.summary == [("", "The form came incomplete. Nothing is lost: please send it again.")]
    again = CommentForm({name: form[name].value() for name in form.fields}, version=3)
    assert again.is_valid(), again.errors
    assert again.words()["comment"] == "kept"


def test_unknown_fields_are_ignored_and_of_repeated_ones_the_last_counts() -> None:
    query = f"version=1&version=3&idempotency_key={KEY}&title=first&title=last&is_staff=1&state=accepted"
    form = CommentForm(QueryDict(query), version=3)
    assert form.is_valid(), form.errors
    assert form.words() == {"title": "last", "comment": ""}
    assert form.cleaned_data["version"] == 3


def test_renewed_the_same_words_can_be_sent_over_the_present_version() -> None:
    form = CommentForm(QueryDict(f"version=1&idempotency_key={KEY}&title=mine"), version=1)
    assert form.is_valid()
    form.renew(9)
    assert form["version"].value() == "9"
    assert form["idempotency_key"].value() != KEY
    assert form["title"].value() == "mine"


def test_the_list_of_errors_leads_to_the_fields() -> None:
    form = sent(title="")
    form.show([
        Problem("comment_required", field="comment"),
        Problem("no_topics", field="topics"),
        Problem("explanation_required", field="version"),
    ])  # fmt: skip
    ids = [field for field, _message in form.summary]
    assert ids == ["", "", "id_title", "id_comment"]
    assert form.summary[2][1] == "Title: Please fill in this field."
    summary = Template('{% include "ui/problem_summary.html" with problems=form.summary %}')
    shown = summary.render(Context({"form": form}))
    assert 'href="#id_title"' in shown
    assert "autofocus" in shown


def test_a_clean_page_has_no_list_of_errors() -> None:
    assert CommentForm(version=1).summary == []
    shown = Template('{% include "ui/problem_summary.html" with problems=form.summary %}').render(
        Context({"form": CommentForm(version=1)})
    )
    assert not shown.strip()


def test_a_field_is_drawn_with_words_and_tied_to_its_error() -> None:
    shown = drawn(sent(title=""))
    assert "(required)" in shown
    assert 'for="id_title"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_title_error"' in shown
    assert 'id="id_title_error"' in shown


def test_other_forms_say_what_is_wrong_as_a_whole_by_themselves() -> None:
    class Plain(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("as a whole <b>")

    assert "as a whole &lt;b&gt;" in drawn(Plain({}))


def test_fields_of_other_kinds_ask_in_the_same_words() -> None:
    class Ask(PortalForm):
        number = forms.IntegerField()
        choice = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
        agree = forms.BooleanField()

    form = Ask({})
    assert [message.rsplit(": ", 1)[1] for _field, message in form.summary] == [
        "Please fill in this field."
    ] * 3
    assert "<legend" in drawn(form)
    assert "form-check-input" in drawn(form)

"""Widgets drawn in Python are those of Django's templates, letter for letter."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from base.form_renderer import PlainRenderer

CHOICES = [("", "Any"), ("a&b", "A <b> & “c”"), ("Group <i>", [("1", "One"), (2, "Two")])]
WIDGETS = [
    (
        forms.Select(attrs={"class": "form-select", "required": True, "disabled": False}, choices=CHOICES),
        "a&b",
    ),
    (forms.Select(choices=CHOICES), 2),
    (forms.Select(choices=CHOICES), None),
    (forms.Select(), None),
    (forms.SearchInput(attrs={"class": "form-control"}), '"><script>'),
    (forms.TextInput(), None),
    (forms.Textarea(attrs={"rows": 3}), "</textarea><b>"),
    (forms.HiddenInput(), 5),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_plain_widgets_read_like_those_of_django(widget: forms.Widget, value: object) -> None:
    attributes = {"id": "id_x", "aria-describedby": "h<1>"}
    ours = widget.render("name<1>", value, attributes, PlainRenderer())
    theirs = widget.render("name<1>", value, attributes, TemplatesSetting())
    assert ours.split() == theirs.split()
    assert "<script>" not in ours

"""{% drawn_once %}: what is kept is drawn from what the tag names, in each language, and from nothing else."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from base.templatetags import drawn_once

LOAD = "{% load i18n drawn_once %}"


def drawn(template: Template, **values: object) -> str:
    return template.render(Context(values))


def test_what_is_named_decides_what_is_drawn() -> None:
    template = Template(LOAD + "{% drawn_once row.state as state %}[{{ state }}]{% enddrawn_once %}")

    assert [drawn(template, row={"state": state}) for state in ("draft", "late", "draft")] == [
        "[draft]",
        "[late]",
        "[draft]",
    ]


def test_what_is_not_named_is_not_known_inside() -> None:
    template = Template(LOAD + "{% drawn_once %}[{{ person }}]{% enddrawn_once %}[{{ person }}]")

    assert drawn(template, person="Demo head 07") == "[][Demo head 07]"


def test_each_language_has_its_own() -> None:
    template = Template(LOAD + '{% drawn_once %}{% translate "Letters" %}{% enddrawn_once %}')
    said = {}
    for language in ("kk", "ru", "kk", "en"):
        with translation.override(language):
            said[language] = drawn(template)

    assert said == {"kk": "Хаттар", "ru": "Письма", "en": "Letters"}


def test_it_is_drawn_once_and_begins_anew_after_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_once, "MOST", 2)
    template = Template(LOAD + "{% drawn_once number %}{{ number }}{% enddrawn_once %}")
    (node,) = template.nodelist.get_nodes_by_type(drawn_once.DrawnOnce)
    kept = []
    for number in (1, 1, 2, 3):
        assert drawn(template, number=number) == str(number)
        kept.append(len(node.drawn))

    assert kept == [1, 1, 2, 1]


def test_what_is_typed_is_escaped() -> None:
    template = Template(LOAD + "{% drawn_once text %}{{ text }}{% enddrawn_once %}")

    assert drawn(template, text="<b>") == "&lt;b&gt;"


def test_a_value_without_a_name_of_its_own_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"row\.state"):
        Template(LOAD + "{% drawn_once row.state %}{% enddrawn_once %}")

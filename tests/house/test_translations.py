"""Kazakh and Russian are complete and sound, and no text of the code was forgotten."""

from __future__ import annotations

import re
from typing import ClassVar

import polib
import pytest
from django.template.loader import get_template
from django.utils import translation

from meetings_portal import checks
from tests.house import translations as rules

LOCALE = checks.CHECKOUT / "locale"
CATALOGUES = sorted(LOCALE.rglob("*.po"))
# Words that Kazakh and Russian really share.
SAME_IN_BOTH = {
    "Body",
    "CSV",
    "Code",
    "Commission",
    "Demonstration",
    "Ecology",
    "Economy",
    "Hall",
    "Journal",
    "Message-ID",
    "Online",
    "Sport",
    "Tourism",
    "UID",
    "XLSX (Excel)",
    "body",
    "code",
    "commission",
    "file",
    "hall",
    "hash",
    "journal",
    "object",
    "railway siding",
    "revision",
}


def opened(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def test_nothing_is_missing_or_fuzzy():
    assert checks.translations(LOCALE) == ""


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(LOCALE)))
def test_every_text_is_sound(path):
    assert rules.faults(polib.pofile(str(path)), path.parent.parent.name) == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_catalogues_have_the_texts_of_the_code_and_no_others(language):
    asked, known = rules.keys_of_code(checks.CHECKOUT), rules.keys_of_catalogue(opened(language))
    assert asked - known == set(), "run makemessages and translate"
    assert known - asked == set(), "run makemessages: nobody asks for these any more"


def test_texts_are_asked_for_by_names_that_extraction_knows():
    files = [path for path in rules.files_of(checks.CHECKOUT) if path.suffix == ".py"]
    unknown = {str(path): rules.unknown_names(path.read_text()) for path in files}
    assert {path: names for path, names in unknown.items() if names} == {}
    assert rules.unknown_names("from django.utils.translation import gettext as now") == ["now"]


def test_kazakh_is_not_russian():
    russian = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in opened("ru") if entry.msgstr}
    same = {
        entry.msgid
        for entry in opened("kk")
        if entry.msgstr and russian.get((entry.msgctxt, entry.msgid)) == entry.msgstr
    }
    assert same - SAME_IN_BOTH == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(LOCALE)))
def test_catalogues_name_no_machine_and_no_moment(path):
    head, _, rest = path.read_text().partition("\n\n")
    assert not re.search(r"\b20\d\d\b|/home/|/Users/|FIRST AUTHOR|YEAR", head)
    assert "\n#: " not in rest


def test_django_speaks_kazakh_through_us():
    with translation.override("kk"):
        assert translation.gettext("This field is required.") == "Бұл өрісті толтырыңыз."
        assert translation.ngettext("%(num)d day", "%(num)d days", 5) == "%(num)d күн"
        assert "Іздеу" in get_template("admin/search_form.html").render({"cl": _Searched()})


class _Searched:
    """As much of a change list as its search form asks for."""

    search_fields = ("name",)
    query, show_result_count = "", False
    params: ClassVar[dict[str, str]] = {}


GOOD = ("%(n)s topics.", "%(n)s-мәселе.", "kk")
BAD = [
    ("missing", "Submit", "", "kk"),
    ("placeholders", "Topic %(number)s", "Мәселе", "kk"),
    ("placeholders", "Topic %(number)s", "Мәселе %(nubmer)s", "kk"),
    ("placeholders", "Added {name}", "Қосылды", "kk"),
    ("tags", "<strong>Now</strong>", "Қазір", "kk"),
    ("end of the sentence", "It is saved.", "Сақталды", "kk"),
    ("Latin letter in a Cyrillic word", "Submit", "Отправитe", "ru"),
    ("Latin letter in a Cyrillic word", "List", "Тiзбе", "kk"),
    ("Kazakh letter", "List", "Тізбе", "ru"),
    ("Russian word", "Save and submit", "Сохранить и отправить", "kk"),
    ("ending glued to a value", "To %(body)s", "%(body)sне", "kk"),
    ("ending glued to a value", "Until %(day)s", "%(day)s-ға дейін", "kk"),
]


def test_a_sound_text_passes():
    assert list(rules.text_faults(*GOOD)) == []


@pytest.mark.parametrize(("fault", "msgid", "text", "language"), BAD)
def test_each_fault_of_a_text_is_found(fault, msgid, text, language):
    assert list(rules.text_faults(msgid, text, language)) == [fault]


@pytest.mark.parametrize(
    ("fault", "entry"),
    [
        ("fuzzy", polib.POEntry(msgid="a", msgstr="б", flags=["fuzzy"])),
        ("obsolete", polib.POEntry(msgid="a", msgstr="б", obsolete=True)),
        ("plural forms", polib.POEntry(msgid="a", msgid_plural="as", msgstr_plural={0: "б"})),
    ],
)
def test_each_fault_of_an_entry_is_found(fault, entry):
    assert list(rules.entry_faults(entry, "ru", 4)) == [fault]


def test_texts_are_found_in_code_and_templates(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "One" %}{% translate "Two" context "place" as two %}'
        "{% blocktranslate trimmed count n=many with day=day %}\n {{ n }} list\n of {{ day }}\n"
        "{% plural %}{{ n }} lists{% endblocktranslate %}"
    )
    (tmp_path / "code.py").write_text(
        'a = _("Three " "words")\nb = pgettext_lazy("place", "Four")\nc = _(a)\n'
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test.py").write_text('_("Not ours")')
    assert rules.keys_of_code(tmp_path) == {
        (None, "One"),
        ("place", "Two"),
        (None, "%(n)s list of %(day)s"),
        (None, "Three words"),
        ("place", "Four"),
    }

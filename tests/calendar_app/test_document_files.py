"""Official documents as files: they stay the same, are for those who read the list, and are offered to them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest
from django.test import Client, override_settings

from accounts.models import User
from accounts.permissions import Role
from calendar_app.documents import papers
from calendar_app.models import TopicList
from calendar_app.transitions import reviews
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.official_papers import (
    NAMES,
    address,
    docx_text,
    filled,
    got,
    saved,
    signed_in,
    submission_of,
    text_of,
)


@pytest.fixture
def full(draft: TopicList, officer: User) -> TopicList:
    return filled(draft, officer)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["docx", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_a_submission_keeps_its_documents_byte_for_byte(
    full: TopicList, officer: User, authority: User, name: str, ending: str
) -> None:
    submission = submission_of(full, officer)
    before = got(officer, full, f"{name}.{ending}", submission.number)
    assert got(officer, full, f"{name}.{ending}") == before

    full.refresh_from_db()
    reviews.return_(topic_list=full, by=authority, now=IN_TIME, version=full.version, comment="Жоқ")
    changed = saved(full, officer, ListDraft([TopicDraft("Басқа", "Другое")]))

    assert got(authority, changed, f"{name}.{ending}", submission.number) == before
    assert got(authority, changed, f"{name}.{ending}") != before
    text = text_of(before, ending)
    assert submission.receipt_number in text
    assert submission.sha256 in text
    assert "ЖОБА" not in text
    assert "ПРОЕКТ" not in text


@pytest.mark.django_db
def test_bodies_are_called_what_they_were_called_on_that_day(full: TopicList, officer: User) -> None:
    submission = submission_of(full, officer)
    before = got(officer, full, "list.kk.docx", submission.number)
    ministry = Body.objects.get(code="ministry.health")
    ministry.former_names.create(
        name_kk=ministry.name_kk, name_ru=ministry.name_ru, valid_from=None, valid_to=IN_TIME.date()
    )
    Body.objects.filter(pk=ministry.pk).update(name_kk="Жаңа министрлік", name_ru="Новое министерство")

    assert got(officer, full, "list.kk.docx", submission.number) == before


@pytest.mark.django_db
def test_only_a_demonstration_is_marked_as_one(full: TopicList, officer: User) -> None:
    with override_settings(DEMO=False):
        answer = signed_in(officer).get(address(full, "letter.kk.docx"))
    assert "Демонстрация" not in docx_text(answer.content)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="draft-2027-H1-akimat.19-letter-kk.docx"'
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["list.kk.docx", "letter.ru.pdf"])
def test_documents_are_for_those_who_read_the_list(
    submitted: TopicList, officer: User, neighbour: User, authority: User, name: str,
    person: Callable[..., User],
) -> None:  # fmt: skip
    ministry = person("ministry.health", Role.MINISTRY_OFFICER)
    for number in (0, 1):
        url = address(submitted, name, number)
        for user, status in ((officer, 200), (authority, 200), (neighbour, 404), (ministry, 403)):
            assert signed_in(user).get(url).status_code == status
        assert Client().get(url).status_code == 302
        head = signed_in(officer).head(url)
        assert (head.status_code, head.content) == (200, b"")
        assert signed_in(officer).post(url).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["list.en.docx", "list.kk.doc", "minutes.kk.pdf", "list.kk", "LIST.kk.pdf"])
def test_there_are_no_other_documents(submitted: TopicList, officer: User, name: str) -> None:
    assert signed_in(officer).get(address(submitted, name)).status_code == 404


@pytest.mark.django_db
def test_an_unknown_receipt_has_no_documents(submitted: TopicList, officer: User) -> None:
    assert signed_in(officer).get(address(submitted, "list.kk.pdf", 7)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1])
def test_pages_offer_all_documents(submitted: TopicList, officer: User, number: int) -> None:
    url = address(submitted, "", number).removesuffix("documents/")
    page = signed_in(officer).get(url).content.decode()

    for name in NAMES:
        for ending in ("docx", "pdf"):
            assert f'href="{address(submitted, f"{name}.{ending}", number)}"' in page


def test_both_languages_have_the_same_texts_with_the_same_blanks() -> None:
    kk, ru = (blanks(papers.words(language)) for language in ("kk", "ru"))
    plural = {"letter.count.few", "letter.count.many", "letter.count.other"}

    assert {key: kk[key] for key in kk.keys() - plural} == {key: ru[key] for key in ru.keys() - plural}


def blanks(words: object, path: str = "") -> dict[str, object]:
    """Dotted name of each text → the names in its braces, or the number of its columns."""
    if isinstance(words, dict):
        found: dict[str, object] = {}
        for key, value in words.items():
            found |= blanks(value, f"{path}.{key}" if path else key)
        return found
    if isinstance(words, list):
        return {path: len(words)}
    return {path: {name for _, name, _, _ in Formatter().parse(str(words)) if name}}


def test_texts_of_the_documents_are_read_as_toml() -> None:
    folder = Path(papers.__file__).parent / "words"
    lists = [folder / f"{language}.toml" for language in ("kk", "ru")]
    assert set(lists) <= set(folder.iterdir())
    for path in folder.iterdir():
        assert tomllib.loads(path.read_text(encoding="utf-8"))
    for path in lists:
        assert tomllib.loads(path.read_text(encoding="utf-8"))["locale"].startswith(path.stem)

"""The papers of the commission, read back with other programs than wrote them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx.oxml.ns import qn
from pypdf import PdfReader

from accounts.models import User
from calendar_app.documents import session_sources
from calendar_app.documents.session_papers import ALL, SessionPaper
from calendar_app.models import Session
from calendar_app.transitions import commission
from tests.calendar_app import commission_play as play
from tests.calendar_app.official_papers import HOSTILE, KAZAKH, opened, squeezed, text_of

MANY = 120


@pytest.fixture
def people(person: Callable[..., User]) -> play.Cast:
    return play.cast(person)


@pytest.fixture
def session(people: play.Cast) -> Session:
    """Open, on a calendar whose words try to be markup."""
    words = f"{KAZAKH} {HOSTILE}"[:300]
    version = play.working(people, people.draft(subject_kk=words, subject_ru=words), people.draft(7))
    return play.opened(people, play.submitted(people, version, words="Ескертпеміз бар"))


def written(session: Session, name: str) -> bytes:
    return SessionPaper.parse(name).written(session_sources.of_session(Session.objects.get(pk=session.pk)))


def closed(people: play.Cast, session: Session, value: str = "for", **words: object) -> Session:
    for member, opinion in zip(people.members, ("", "Ерекше пікірім бар", ""), strict=True):
        commission.vote(session=session, value=value, by=member, now=play.NOW, opinion=opinion)
    return play.close(people, session, **words)


def test_the_packet_is_one_pdf_with_all_its_parts(people: play.Cast, session: Session) -> None:
    content = written(session, "packet.kk.pdf")

    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]
    titles = (
        "КҮНТӘРТІБІ",
        "Күнтізбебірбетте",
        "ХАТТАМАЖОБАСЫ",
        "Комиссияхаттамасынақосымша",
        "ДАУЫСБЕРУПАРАҒЫ",
    )
    where = [next(number for number, text in enumerate(pages) if title in text) for title in titles]
    assert where == sorted(where)
    assert len(set(where)) == 5
    assert "Ескертпеміз бар".replace(" ", "") in "".join(pages)
    assert all("ЖОБА" in text for text in pages)
    assert content == written(session, "packet.kk.pdf")


@pytest.mark.parametrize("name", [str(one) for one in ALL])
def test_every_paper_says_the_words_as_they_were_typed(session: Session, name: str) -> None:
    kind, _language, ending = name.split(".")

    text = text_of(written(session, name), ending)

    assert ("№" in text) or ("Календарь" in text)
    if kind in ("packet", "calendar"):
        assert squeezed(KAZAKH) in text
        assert squeezed(HOSTILE[:200]) in text
    assert "2027-H1-001" in text or kind == "protocol" or kind == "changes"


def test_the_annex_runs_over_pages_with_its_heading_again(people: play.Cast) -> None:
    """And the packet of a large calendar stays below 2 MB."""
    drafts = [
        people.draft(days, subject_kk=f"Ауыз су {days} {KAZAKH}", in_hall=people.halls[days % 2])
        for days in range(MANY)
    ]
    version = play.submitted(people, play.working(people, *drafts))
    session = play.opened(people, version)

    with CaptureQueriesContext(connection) as seen:
        content = written(session, "packet.ru.pdf")

    assert len(seen) < 45
    assert len(content) < 2_000_000
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]
    tables = [text for text in pages if "2027-H1-" in text and "Чтообсуждается" in text]
    assert len(tables) >= 6
    assert all("Деньивремя" in text for text in tables)
    document = opened(written(session, "calendar.kk.docx"))
    [table] = [one for one in document.tables if len(one.columns) == 5]
    assert len(table.rows) == MANY + 1
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_stamp_comes_with_the_approval(people: play.Cast, session: Session) -> None:
    before = text_of(written(session, "calendar.kk.pdf"), "pdf")
    assert "№________хаттамасымен" in before
    assert "ЖОБА" in before

    closed(people, session, act="Қаулы № 12")

    for name, said in (
        ("calendar.kk.pdf", "БЕКІТІЛДІ Ведомствоаралық комиссия 2026 жылғы 17 желтоқсан № 7 хаттамасымен"),
        ("calendar.ru.docx", "УТВЕРЖДЁН|Межведомственная комиссия|протокол № 7|от 17 декабря 2026 года"),
    ):
        text = text_of(written(session, name), name[-4:].strip("."))
        assert all(squeezed(line) in text for line in said.split("|"))
        assert squeezed("Қаулы № 12") in text
        assert "ЖОБА" not in text
        assert "ПРОЕКТ" not in text


def test_the_protocol_says_who_voted_how(people: play.Cast, session: Session) -> None:
    draft = text_of(written(session, "protocol.ru.docx"), "docx")
    assert "ПРОЕКТПРОТОКОЛА" in draft
    commission.enter_vote(
        session=session, member=people.members[0].pk, value="against", by=people.secretary, now=play.NOW,
        revision=session.revision, opinion="Көбірек облыс керек",
    )  # fmt: skip
    for member in people.members[1:]:
        commission.vote(session=session, value="for", by=member, now=play.NOW)
    play.close(people, session)

    for ending in ("docx", "pdf"):
        text = text_of(written(session, f"protocol.ru.{ending}"), ending)
        for words in ("№ 7, 17 декабря 2026 года", "Против", "Көбірек облыс керек", "Одобрить календарь встреч",
                      str(people.members[0]), "не позднее: 18 декабря 2026 года"):  # fmt: skip
            assert squeezed(words) in text, words


def test_a_return_is_told_with_its_reasons(people: play.Cast, session: Session) -> None:
    closed(people, session, "against", reasons="Облыстар аз.\nҚайта қараңыз.")

    text = text_of(written(session, "protocol.kk.pdf"), "pdf")

    assert squeezed("Күнтізбе пысықтауға қайтарылсын. Себептері: Облыстар аз.") in text
    assert squeezed("Қайта қараңыз.") in text
    assert "№________хаттамасымен" in text_of(written(session, "calendar.kk.pdf"), "pdf")


def test_the_files_are_fetched_by_their_readers(people: play.Cast, session: Session, officer: User) -> None:
    client = Client()
    for name in ("packet.kk.pdf", "protocol.ru.docx"):
        path = f"/kk/staff/commission/{session.pk}/{name}"
        client.force_login(people.members[0])
        answer = client.get(path)
        assert answer.status_code == 200
        kind, language, ending = name.split(".")
        file = f"C-2027-H1-1-{kind}-{language}.{ending}"
        assert answer["Content-Disposition"].endswith(f'{file}"')
        client.force_login(officer)
        assert client.get(path).status_code == 403
    client.force_login(people.members[0])
    for name in ("packet.kk.docx", "packet.en.pdf", "minutes.kk.pdf"):
        assert client.get(f"/kk/staff/commission/{session.pk}/{name}").status_code == 404


def test_a_long_difference_goes_on_on_a_page_of_its_own(people: play.Cast) -> None:
    first = play.working(people, *[people.draft(days) for days in range(12)])
    first = play.published(people, play.approved(people, play.submitted(people, first)))
    later = play.HELD + timedelta(days=1)
    second = play.working(people, now=later)
    for planned in second.planned.in_order().select_related("meeting", "version"):
        play._change(people, planned, people.draft(planned.day.toordinal() % 40 + 40), later)
    session = play.opened(people, play.submitted(people, play.fresh(second), later), later)

    text = text_of(written(session, "changes.kk.pdf"), "pdf")

    assert squeezed("Тағы 2 өзгеріс келесі бетте келтірілген.") in text
    assert squeezed("Өзгерістер тізбесі (жалғасы)") in text
    assert text.count("Уақыты:") == 12

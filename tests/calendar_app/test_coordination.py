"""Coordination: who is asked, what is answered, on the portal and by letter, and who is written to."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import Role
from base import clock
from base.errors import Refused
from calendar_app import terms
from calendar_app.documents import coordination_sheet
from calendar_app.models import CalendarSubmission, CalendarVersion, CoordinationAnswer
from calendar_app.queries import asked_duties
from calendar_app.queries import coordination as standings
from calendar_app.staff.calendars.meeting_form import MeetingForm, values_of
from calendar_app.transitions import calendars, coordination, meetings, proposals
from calendar_app.transitions.coordination import Said
from calendar_app.transitions.signed_letters import NewLetter
from notices import rendering
from notices.models import Letter
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY, day_of
from procedure.signed_letters import LetterHead
from regions.models import Body, Person, Post, TermOfOffice
from tests.calendar_app.brought_lists import MINISTRIES, bring, windows

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def ministers(person: Callable[..., User]) -> dict[str, User]:
    """Officers of two ministries, whose heads are in office."""
    found = {}
    for code in MINISTRIES:
        found[code] = person(code, Role.MINISTRY_OFFICER, Role.MINISTRY_SIGNATORY, username=code)
        post = Post.objects.get(body=code, kind=Post.Kind.HEAD)
        named = Person.objects.create(name_kk=f"Demo {code}", name_ru=f"Demo {code}")
        TermOfOffice.objects.create(person=named, post=post, valid_from=date(2020, 1, 1))
    return found


@pytest.fixture
def planned(akimat: Body, officer: User, authority: User, now: datetime) -> CalendarVersion:
    """A working copy that takes up both proposed meetings of an accepted list."""
    period = terms.half_years_open_for_lists(clock.today())[-1]
    accepted = bring(akimat=akimat, half_year=period, by=officer, authority=authority, now=now)
    version = calendars.open_(half_year=period, by=authority, now=now)
    exact, loose = accepted.meetings.order_by("position").values_list("pk", flat=True)
    day = windows(period, akimat)[1].days[1].isoformat()
    for key, when in ((exact, ""), (loose, day)):
        proposals.plan(
            version=version, proposal=key, when=when, by=authority, now=now, revision=_revision(version)
        )
    return version


@pytest.fixture
def asked(
    planned: CalendarVersion, ministers: dict[str, User], authority: User, now: datetime
) -> CalendarVersion:
    coordination.ask(version=planned, by=authority, now=now, revision=_revision(planned))
    return planned


def _revision(version: CalendarVersion) -> int:
    return CalendarVersion.objects.values_list("revision", flat=True).get(pk=version.pk)


def _rows(version: CalendarVersion, code: str) -> list[CoordinationAnswer]:
    return standings.asked_of(version, code)


def _kinds() -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in Letter.objects.values_list("kind", flat=True):
        if kind.startswith(("coordination", "calendar")):
            found[kind] = found.get(kind, 0) + 1
    return found


def _rendered(kind: str) -> list[str]:
    """The letters of the kind in three languages."""
    texts = []
    for letter in Letter.objects.filter(kind=kind):
        for language in ("kk", "ru", "en"):
            letter.language = language
            text = rendering.render(letter)
            texts.append(f"{text.subject}\n{text.body}")
    return texts


def test_ministries_are_asked_by_letter_about_their_own_meetings(asked: CalendarVersion) -> None:
    assert _kinds() == {"coordination_asked": 2}
    texts = _rendered("coordination_asked")
    assert len(texts) == 6
    health = [text for text in texts if "здравоохранения" in text]
    assert health
    assert all("Су по-русски 1" in text and "Су по-русски 2" not in text for text in health)
    assert not any("Су" in text.splitlines()[0] for text in texts), "a subject tells no content"


def test_a_refusal_is_told_at_once_and_the_end_once(
    asked: CalendarVersion, ministers: dict[str, User], now: datetime
) -> None:
    health, agriculture = MINISTRIES
    counter = datetime.combine(asked.period.first_day, datetime.min.time(), tzinfo=ALMATY)
    coordination.answer(
        answers=_rows(asked, health),
        agree=False,
        words="Сапар",
        counter_starts=counter,
        by=ministers[health],
        now=now,
    )
    assert _kinds() == {"coordination_asked": 2, "coordination_refused": 1, "coordination_answered": 1}
    coordination.answer(
        answers=_rows(asked, agriculture), agree=True, words="Ескертпе", by=ministers[agriculture], now=now
    )
    assert _kinds()["coordination_answered"] == 2
    assert all("> Сапар" in text for text in _rendered("coordination_refused"))
    assert len(_rendered("coordination_answered")) == 6
    found = standings.standing_of(asked, now)
    assert [one.words for one in found.refusals] == ["Сапар"]
    assert [one.words for one in found.remarks] == ["Ескертпе"]


def test_only_changed_meetings_are_asked_again(
    asked: CalendarVersion, ministers: dict[str, User], authority: User, now: datetime
) -> None:
    for code in MINISTRIES:
        coordination.answer(answers=_rows(asked, code), agree=True, by=ministers[code], now=now)
    with pytest.raises(Refused):
        coordination.ask(version=asked, by=authority, now=now, revision=_revision(asked))
    one = asked.planned.get(attendance__body=MINISTRIES[0])
    values = values_of(one) | {"day": (one.day + timedelta(days=1)).isoformat(), "version": "0"}
    form = MeetingForm(asked, values | {"idempotency_key": "0" * 32}, planned=one)
    assert form.is_valid(), form.errors
    meetings.change(planned=one, draft=form.draft(), by=authority, now=now, revision=_revision(asked))
    coordination.ask(version=asked, by=authority, now=now, revision=_revision(asked))
    assert [row.body.pk for row in standings.standing_of(asked, now).ministries if row.waiting] == [
        MINISTRIES[0]
    ]
    assert asked.rounds.get(number=2).answers.count() == 1


def test_nobody_agrees_to_what_the_page_did_not_show(
    asked: CalendarVersion, ministers: dict[str, User], authority: User, now: datetime
) -> None:
    """A question that came, or was overtaken, while the page was open is not answered by it."""
    health = MINISTRIES[0]
    [row] = _rows(asked, health)
    desk, page = Client(), reverse("staff:coordination_agree", args=[asked.pk, health])
    desk.force_login(ministers[health])
    assert f'name="shown" value="{row.pk}"' in desk.get(page).content.decode()
    _one_more(asked, authority, now)
    new = next(one for one in _rows(asked, health) if one.pk != row.pk)

    def send(*shown: int) -> int:
        form = {"version": "0", "idempotency_key": str(uuid.uuid4()), "shown": [str(one) for one in shown]}
        answer = desk.post(page, form)
        if answer.status_code == 422:
            text = answer.content.decode()
            waiting = [one.pk for one in _rows(asked, health) if one.state == "asked"]
            assert all(f'name="shown" value="{key}"' in text for key in waiting), "sent again, it holds"
        return answer.status_code

    assert send() == 422
    assert send(row.pk, new.pk + 1000) == 422
    assert send(row.pk) == 302
    assert send(row.pk) == 302, "a second click is no mistake"
    states = dict(CoordinationAnswer.objects.values_list("pk", "state"))
    assert (states[row.pk], states[new.pk]) == ("agreed", "asked")


def test_another_time_lies_in_the_half_year(
    asked: CalendarVersion, ministers: dict[str, User], now: datetime
) -> None:
    [row] = _rows(asked, MINISTRIES[0])
    words = {"answers": [row], "agree": False, "words": "Сапар", "by": ministers[MINISTRIES[0]], "now": now}
    midnight = datetime.min.time()
    last = datetime.combine(asked.period.last_day, midnight, tzinfo=ALMATY)
    with pytest.raises(Refused) as refusal:
        coordination.answer(**words, counter_starts=last + timedelta(days=1))
    assert [(one.code, one.field) for one in refusal.value.problems] == [("outside_half_year", "counter_day")]
    [said] = coordination.answer(**words, counter_starts=last)
    assert said.counter_starts == last


def test_silence_is_silence(asked: CalendarVersion, now: datetime) -> None:
    due = asked.rounds.get().due
    before, after = (standings.standing_of(asked, moment) for moment in (due - timedelta(seconds=1), due))
    assert [(row.waiting, row.silent) for row in before.ministries] == [(1, 0), (1, 0)]
    assert [(row.waiting, row.silent) for row in after.ministries] == [(0, 1), (0, 1)]
    assert [(one.questions, one.asked, one.agreed) for one in after.rounds] == [(2, 2, 0)]


def test_an_answer_by_letter_is_entered_and_told(
    asked: CalendarVersion, authority: User, now: datetime
) -> None:
    head = LetterHead("12-3/45", day_of(now), "Тегі А.", "Министр", now)
    rows = _rows(asked, MINISTRIES[0])
    with pytest.raises(Refused) as refusal:
        coordination.answer_by_letter(
            answers=rows,
            said=Said(True),
            letter=NewLetter(replace(head, received_at=None), PDF),
            by=authority,
            now=now,
        )
    assert [one.field for one in refusal.value.problems] == ["received_at"]
    coordination.answer_by_letter(
        answers=rows, said=Said(False, "Сапар"), letter=NewLetter(head, PDF), by=authority, now=now
    )
    row = CoordinationAnswer.objects.get(pk=rows[0].pk)
    assert (row.state, row.letter.number, row.letter.body_id) == ("refused", "12-3/45", MINISTRIES[0])
    assert all("12-3/45" in text for text in _rendered("coordination_entered"))
    other = _rows(asked, MINISTRIES[1])[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        CoordinationAnswer.objects.filter(pk=other.pk).update(letter=row.letter)


def test_an_answer_by_letter_is_in_time_by_its_registration(
    asked: CalendarVersion, authority: User, ministers: dict[str, User]
) -> None:
    """Typed an hour after the term, registered a second before it; the control: an answer on the page is late."""
    due = asked.rounds.get().due
    typed, registered = due + timedelta(hours=1), due - timedelta(seconds=1)
    head = LetterHead("12-3/46", day_of(registered), "Тегі А.", "Министр", registered)
    by_letter, by_page = _rows(asked, MINISTRIES[0]), _rows(asked, MINISTRIES[1])
    coordination.answer_by_letter(
        answers=by_letter, said=Said(True), letter=NewLetter(head, PDF), by=authority, now=typed
    )
    coordination.answer(answers=by_page, agree=True, by=ministers[MINISTRIES[1]], now=typed)
    known, before = (asked_duties.answered([asked.period], moment) for moment in (typed, due))
    assert {key[2]: one.done_at for key, one in known.items()} == {
        MINISTRIES[0]: registered,
        MINISTRIES[1]: typed,
    }
    assert before == {}, "what was not typed yet was not known"


def test_the_page_of_a_letter_keeps_what_was_typed(
    asked: CalendarVersion, authority: User, now: datetime
) -> None:
    client = Client()
    client.force_login(authority)
    path = reverse("staff:calendar_by_letter", args=[asked.half_year, asked.number, MINISTRIES[0]])
    page = client.get(path).content.decode()
    assert "Су 1" in page
    key = str(_rows(asked, MINISTRIES[0])[0].pk)
    form = {
        "idempotency_key": "00000000-0000-4000-8000-000000000001", "version": "0", "meetings": [key],
        "decision": "refuse", "said_words": "Канарейка", "number": "5", "day": clock.today().isoformat(),
        "signatory": "Тегі А.", "post": "Министр", "received_day": clock.today().isoformat(),
        "received_clock": f"{now.astimezone(ALMATY):%H:%M}",
    }  # fmt: skip
    again = client.post(path, form)
    assert again.status_code == 422
    assert "Канарейка" in again.content.decode()
    sent = client.post(path, form | {"file": SimpleUploadedFile("a.pdf", PDF, "application/pdf")})
    assert sent.status_code == 302, sent.content.decode()[:3000]
    assert CoordinationAnswer.objects.get(pk=key).words == "Канарейка"


def test_a_submission_gives_a_receipt_and_letters(
    asked: CalendarVersion,
    ministers: dict[str, User],
    authority: User,
    person: Callable[..., User],
    now: datetime,
) -> None:
    person("commission", Role.SECRETARY, username="secretary")
    person("commission", Role.COMMISSION_CHAIR, username="commission.1")
    for code in MINISTRIES:
        coordination.answer(answers=_rows(asked, code), agree=True, by=ministers[code], now=now)
    client = Client()
    client.force_login(authority)
    args = [asked.half_year, asked.number]
    page = client.get(reverse("staff:calendar_submit", args=args)).content.decode()
    assert 'name="explanation"' in page
    form = {"idempotency_key": "00000000-0000-4000-8000-000000000002", "version": str(_revision(asked))}
    done = client.post(reverse("staff:calendar_submit", args=args), form)
    assert done.status_code == 302, done.content.decode()[:3000]
    submission = CalendarSubmission.objects.get(version=asked)
    receipt = client.get(done["Location"]).content.decode()
    assert submission.receipt_number in receipt
    assert submission.sha256 in receipt
    file = client.get(reverse("staff:calendar_snapshot", args=args))
    assert hashlib.sha256(file.content).hexdigest() == submission.sha256
    kinds = _kinds()
    assert (kinds["calendar_receipt"], kinds["calendar_submitted"]) == (1, 2)
    assert all(
        submission.sha256 in text for text in _rendered("calendar_receipt") + _rendered("calendar_submitted")
    )


def test_the_pages_cost_the_same_for_any_number(
    asked: CalendarVersion, authority: User, ministers: dict[str, User], now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    overview = reverse("staff:calendar_coordination", args=[asked.half_year, asked.number])
    pages = {overview: (authority, 8), reverse("staff:coordination"): (ministers[MINISTRIES[0]], 4)}
    for step in range(2):
        for page, (user, queries) in pages.items():
            client = Client()
            client.force_login(user)
            client.get(page)
            with django_assert_num_queries(queries):
                client.get(page)
        if not step:
            _one_more(asked, authority, now)


def _one_more(version: CalendarVersion, authority: User, now: datetime) -> None:
    """Two more meetings, asked about."""
    one = version.planned.first()
    starts = datetime.combine(
        one.day + timedelta(days=2), datetime.min.time().replace(hour=18), tzinfo=ALMATY
    )
    draft = MeetingDraft(
        one.place_id,
        starts,
        starts + timedelta(hours=2),
        (MINISTRIES[0],),
        subject_kk="Тағы",
        subject_ru="Ещё",
    )
    later = replace(draft, starts=starts + timedelta(days=3), ends=draft.ends + timedelta(days=3))
    meetings.plan(version=version, drafts=[draft, later], by=authority, now=now, revision=_revision(version))
    coordination.ask(version=version, by=authority, now=now, revision=_revision(version))


def test_the_sheet_says_what_was_said(
    asked: CalendarVersion, ministers: dict[str, User], authority: User, now: datetime
) -> None:
    """Both kinds of file in both languages; silence is written as silence once the term is over."""
    coordination.answer(
        answers=_rows(asked, MINISTRIES[0]), agree=False, words="Сапар", by=ministers[MINISTRIES[0]], now=now
    )
    client = Client()
    client.force_login(authority)
    for language, title in (("kk", "Келіспеушіліктер кестесі"), ("ru", "Таблица разногласий")):
        args = [asked.half_year, asked.number]
        pdf = client.get(reverse("staff:calendar_sheet", args=[*args, f"sheet.{language}.pdf"]))
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
        assert title in " ".join(text.split())
        assert "Сапар" in text
        sent = client.get(reverse("staff:calendar_sheet", args=[*args, f"sheet.{language}.docx"]))
        cells = [cell.text for table in docx.Document(BytesIO(sent.content)).tables for cell in table._cells]
        assert any("Сапар" in cell for cell in cells)
    due = asked.rounds.get().due
    late = coordination_sheet.sheet(coordination_sheet.of_version(asked, due), "ru")
    assert "Ответа нет" in str(late)
    assert "Ответа нет" not in str(coordination_sheet.sheet(coordination_sheet.of_version(asked, now), "ru"))
